/* words.c - see words.h. */
#include "runtime/words.h"

#include <stdlib.h>

#include "runtime/json_put.h"
#include "runtime/json_scan.h"

/* ---- numbers ---- */

char *spell_int(char *to, int64_t value)
{
  return put_int(to, value);
}

char *spell_number(char *to, double value)
{
  return put_number(to, value);
}

/* Digits d.ddd, the first of which stands for 10 to the power of `point`, written out. */
static char *put_digits(char *to, const char *digits, int count, int point)
{
  if (point < 0) {
    to = PUT_LITERAL(to, "0.");
    for (int i = point + 1; i < 0; i++) *to++ = '0';
    return put_bytes(to, digits, (size_t)count);
  }
  for (int i = 0; i < count || i <= point; i++) {
    if (i == point + 1) *to++ = '.';
    *to++ = i < count ? digits[i] : '0';
  }
  return to;
}

/* … or with its power of 10: d.ddde+27. */
static char *put_power(char *to, const char *digits, int count, int point)
{
  to = put_digits(to, digits, count, 0);
  *to++ = 'e';
  *to++ = point < 0 ? '-' : '+';
  return put_int(to, point < 0 ? -point : point);
}

/* The fewest digits that read back as the fraction, two places further to the left. */
char *spell_percent(char *to, double fraction)
{
  enum { MOST = 20, PLACES = 2 };
  char text[DOUBLE_TEXT_MAX + 1], digits[DOUBLE_TEXT_MAX];
  int count = 0;
  text[double_write(fraction, text)] = 0;
  const char *at = text;
  if (fraction == 0) return PUT_LITERAL(to, "0%");
  if (*at == '-') *to++ = *at++;
  for (; *at && *at != 'e'; at++)
    if (*at != '.') digits[count++] = *at;
  while (count > 1 && digits[count - 1] == '0') count--;
  int point = (*at ? atoi(at + 1) : 0) + PLACES;
  to = point > MOST || point < -MOST ? put_power(to, digits, count, point) : put_digits(to, digits, count, point);
  *to++ = '%';
  return to;
}

char *spell_money(char *to, const Module *module, uint32_t currency, int64_t minor)
{
  enum { DIGITS = 20 };
  const CurrencyRow *row = &module->Currency[currency];
  uint64_t amount = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
  char digits[DIGITS], *at = digits + DIGITS;
  for (uint32_t i = 0; i < DIGITS && (amount > 0 || i <= row->exponent); i++, amount /= 10)
    *--at = (char)('0' + amount % 10);
  size_t whole = (size_t)(digits + DIGITS - at) - row->exponent;
  if (minor < 0) *to++ = '-';
  to = put_bytes(to, at, whole);
  if (row->exponent) *to++ = '.';
  to = put_bytes(to, at + whole, row->exponent);
  *to++ = ' ';
  uint32_t len;
  const char *code = module_string(module, row->code, &len);
  return put_bytes(to, code, len);
}

/* ---- times and lengths ---- */

/* A fraction of `places` digits behind the point, without zeroes at its end; nothing for 0. */
static char *put_behind(char *to, unsigned fraction, unsigned places)
{
  if (fraction == 0) return to;
  for (; fraction % 10 == 0; fraction /= 10) places--;
  *to++ = '.';
  for (unsigned i = places; i > 0; i--, fraction /= 10) to[i - 1] = (char)('0' + fraction % 10);
  return to + places;
}

static char *put_two(char *to, int64_t value)
{
  *to++ = (char)('0' + value / 10);
  *to++ = (char)('0' + value % 10);
  return to;
}

char *spell_time(char *to, ZoneView zone, int64_t instant)
{
  const int64_t second = 1000000;
  int64_t utc = instant / second - (instant % second < 0);
  unsigned micros = (unsigned)(instant - utc * second);
  int64_t local = utc + zone_offset(zone, utc), days = day_of_second(local);
  int64_t left = local - days * SECONDS_OF_DAY;
  CivilDate date = civil_from_days(days);
  to = put_two(put_two(to, date.year / 100), date.year % 100);
  *to++ = '-';
  to = put_two(to, date.month);
  *to++ = '-';
  to = put_two(to, date.day);
  *to++ = ' ';
  to = put_two(to, left / 3600);
  *to++ = ':';
  to = put_two(to, left / 60 % 60);
  if (left % 60 == 0 && micros == 0) return to;
  *to++ = ':';
  return put_behind(put_two(to, left % 60), micros, 6);
}

char *spell_duration(char *to, int64_t micros)
{
  static const struct {
    uint64_t length;
    const char *unit;
  } units[] = {{UINT64_C(86400000000), "d"}, {UINT64_C(3600000000), "h"}, {60000000, "min"}, {1000000, "s"}};
  uint64_t left = micros < 0 ? 0 - (uint64_t)micros : (uint64_t)micros;
  const char *first;
  if (left == 0) return PUT_LITERAL(to, "0 s");
  if (micros < 0) *to++ = '-';
  first = to;
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    uint64_t count = left / units[i].length;
    left %= units[i].length;
    if (count == 0) continue;
    if (to != first) *to++ = ' ';
    to = put_int(to, (int64_t)count);
    *to++ = ' ';
    to = put_bytes(to, units[i].unit, strlen(units[i].unit));
  }
  if (left == 0) return to;
  if (to != first) *to++ = ' ';
  to = put_behind(put_int(to, (int64_t)(left / 1000)), (unsigned)(left % 1000), 3);
  return PUT_LITERAL(to, " ms");
}

/* ---- any value ---- */

static char *put_string(char *to, const Module *module, uint32_t string)
{
  uint32_t len;
  const char *text = module_string(module, string, &len);
  return put_bytes(to, text, len);
}

/* The string of a listed value; 0, which is empty: there is none of that number. */
static uint32_t listed_name(const Module *module, uint32_t listed, int64_t number)
{
  const ListedRow *row = &module->Listed[listed];
  return (uint64_t)number < row->values_count ? module->ListedValue[row->values + number].name : 0;
}

char *spell_value(char *to, const Module *module, WordsType of, const VmValue *value)
{
  if (!value) return PUT_LITERAL(to, "unknown");
  switch (of.type) {
  case VALUE_BOOL: return value->i ? PUT_LITERAL(to, "yes") : PUT_LITERAL(to, "no");
  case VALUE_INT: return spell_int(to, value->i);
  case VALUE_NUMBER: return spell_number(to, value->f);
  case VALUE_PERCENT: return spell_percent(to, value->f);
  case VALUE_TIME: return spell_time(to, module_zone(module, module->Meta->zone), value->i);
  case VALUE_DURATION: return spell_duration(to, value->i);
  case VALUE_MONEY: return spell_money(to, module, of.currency, value->i);
  case VALUE_LISTED: return put_string(to, module, listed_name(module, of.listed, value->i));
  case VALUE_TEXT:
  case VALUE_ID: return put_bytes(to, value->s.text, value->s.len);
  default: return to;
  }
}

size_t spell_room(const Module *module, WordsType of, const VmValue *value)
{
  uint32_t len = 0;
  if (value && (of.type == VALUE_TEXT || of.type == VALUE_ID)) return value->s.len;
  if (value && of.type == VALUE_LISTED)
    module_string(module, listed_name(module, of.listed, value->i), &len);
  return len + WORDS_MAX;
}
