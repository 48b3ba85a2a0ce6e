/*
 * value_text.c - see value_text.h.
 */
#include "cli/value_text.h"

#include <stdio.h>

/* Whole characters of UTF-8, as many as there is room for. */
static void show_text(const mot_value *value, char ret[SHOWN_MAX])
{
  size_t size = value->size;
  if (size >= SHOWN_MAX)
    for (size = SHOWN_MAX - 1; size > 0 && ((unsigned char)value->text[size] & 0xC0) == 0x80;) size--;
  snprintf(ret, SHOWN_MAX, "%.*s", (int)size, value->text);
}

static void show_money(const mot_value *value, char ret[SHOWN_MAX])
{
  uint64_t amount = value->integer < 0 ? 0 - (uint64_t)value->integer : (uint64_t)value->integer, unit = 1;
  const char *sign = value->integer < 0 ? "-" : "";
  for (unsigned i = 0; i < value->exponent; i++) unit *= 10;
  if (value->exponent == 0)
    snprintf(ret, SHOWN_MAX, "%s%llu %s", sign, (unsigned long long)amount, value->currency);
  else
    snprintf(ret, SHOWN_MAX, "%s%llu.%0*llu %s", sign, (unsigned long long)(amount / unit), (int)value->exponent,
             (unsigned long long)(amount % unit), value->currency);
}

static void show_duration(int64_t micros, char ret[SHOWN_MAX])
{
  char length[SHOWN_MAX];
  double seconds = (double)micros / 1e6;
  snprintf(ret, SHOWN_MAX, "%s%.38s", micros < 0 ? "-" : "", shown_time(micros < 0 ? -seconds : seconds, length));
}

const char *shown_value(const mot_value *value, char ret[SHOWN_MAX])
{
  switch (value->type) {
  case MOT_TYPE_NONE: snprintf(ret, SHOWN_MAX, "-"); break;
  case MOT_TYPE_BOOL: snprintf(ret, SHOWN_MAX, "%s", value->integer ? "yes" : "no"); break;
  case MOT_TYPE_INT: snprintf(ret, SHOWN_MAX, "%lld", (long long)value->integer); break;
  case MOT_TYPE_NUMBER: snprintf(ret, SHOWN_MAX, "%.6g", value->number); break;
  case MOT_TYPE_PERCENT: snprintf(ret, SHOWN_MAX, "%.1f %%", 100 * value->number); break;
  case MOT_TYPE_TEXT: show_text(value, ret); break;
  case MOT_TYPE_TIME: shown_instant(value->integer, ret); break;
  case MOT_TYPE_DURATION: show_duration(value->integer, ret); break;
  case MOT_TYPE_MONEY: show_money(value, ret); break;
  }
  return ret;
}
