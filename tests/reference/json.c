/*
 * json.c - values as they stand in a record.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

void json_text(Buf *buf, const char *text)
{
  buf_char(buf, '"');
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\') buf_printf(buf, "\\%c", c);
    else if (c == '\n') buf_text(buf, "\\n");
    else if (c == '\t') buf_text(buf, "\\t");
    else if (c == '\r') buf_text(buf, "\\r");
    else if (c < 0x20) buf_printf(buf, "\\u%04x", c);
    else buf_char(buf, (char)c);
  }
  buf_char(buf, '"');
}

void time_text(Buf *buf, int64_t t)
{
  int64_t seconds = t / MICROS - (t % MICROS < 0), micros = t - seconds * MICROS;
  int64_t day = day_of_second(seconds), left = seconds - day * SECONDS_OF_DAY;
  CivilDate date = civil_from_days(day);
  buf_printf(buf, "%04d-%02d-%02dT%02d:%02d:%02d", (int)date.year, (int)date.month, (int)date.day,
             (int)(left / 3600), (int)(left / 60 % 60), (int)(left % 60));
  if (micros % 1000) buf_printf(buf, ".%06dZ", (int)micros);
  else buf_printf(buf, ".%03dZ", (int)(micros / 1000));
}

void json_time(Buf *buf, const char *name, int64_t t)
{
  buf_printf(buf, ",\"%s\":\"", name);
  time_text(buf, t);
  buf_char(buf, '"');
}

/* Without a fraction when it has none, else the shortest that reads back the same. */
void json_number(Buf *buf, double value)
{
  char text[40];
  if (value == floor(value) && fabs(value) < 1e15) {
    buf_printf(buf, "%.0f", value == 0 ? 0.0 : value);
    return;
  }
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  buf_text(buf, text);
}

static void json_money(const Run *run, Buf *buf, Type type, int64_t amount)
{
  const CurrencyUse *currency = &run->program->currencies.data[type.currency];
  uint64_t minor = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount, unit = 1;
  for (unsigned i = 0; i < currency->exponent; i++) unit *= 10;
  buf_printf(buf, "{\"amount\":\"%s%llu", amount < 0 ? "-" : "", (unsigned long long)(minor / unit));
  unsigned long long rest = minor % unit;
  if (currency->exponent) buf_printf(buf, ".%0*llu", (int)currency->exponent, rest);
  buf_text(buf, "\",\"currency\":");
  json_text(buf, sym(run, currency->code));
  buf_char(buf, '}');
}

void json_value(const Run *run, Buf *buf, Type type, Value value)
{
  switch (type.base) {
  case VALUE_BOOL: buf_text(buf, value.i ? "true" : "false"); break;
  case VALUE_INT: buf_printf(buf, "%lld", (long long)value.i); break;
  case VALUE_NUMBER:
  case VALUE_PERCENT: json_number(buf, value.f); break;
  case VALUE_DURATION: buf_printf(buf, "%lld", (long long)(value.i / 1000)); break;
  case VALUE_MONEY: json_money(run, buf, type, value.i); break;
  case VALUE_LISTED: json_text(buf, sym(run, type.listed->values[value.i].name)); break;
  case VALUE_TIME:
    buf_char(buf, '"');
    time_text(buf, value.i);
    buf_char(buf, '"');
    break;
  default: json_text(buf, value.s);
  }
}
