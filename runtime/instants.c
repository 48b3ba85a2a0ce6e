/* instants.c - see instants.h. */
#include "runtime/instants.h"

#include <string.h>

#include "runtime/decimal.h"

#define MICROS INT64_C(1000000)

typedef struct Cursor {
  const char *p, *end;
} Cursor;

typedef struct Parts {
  int32_t year, month, day, hour, minute, second, micros;
  bool has_offset;
  int32_t offset; /* seconds east */
} Parts;

static bool at_digit(const Cursor *c)
{
  return c->p < c->end && *c->p >= '0' && *c->p <= '9';
}

/* Exactly `count` digits. */
static bool number(Cursor *c, int count, int32_t *ret)
{
  *ret = 0;
  for (int i = 0; i < count; i++) {
    if (!at_digit(c)) return false;
    *ret = *ret * 10 + (*c->p++ - '0');
  }
  return true;
}

static bool skip(Cursor *c, char wanted)
{
  if (c->p == c->end || *c->p != wanted) return false;
  c->p++;
  return true;
}

/* One digit or more; those beyond microseconds are cut. */
static bool fraction(Cursor *c, int32_t *ret)
{
  int32_t unit = 100000;
  *ret = 0;
  if (!at_digit(c)) return false;
  for (; at_digit(c); c->p++, unit /= 10) *ret += (*c->p - '0') * unit;
  return true;
}

static bool offset(Cursor *c, Parts *parts)
{
  int32_t hours, minutes = 0;
  parts->has_offset = true;
  if (skip(c, 'Z') || skip(c, 'z')) return true;
  bool west = skip(c, '-');
  if (!west && !skip(c, '+')) return false;
  if (!number(c, 2, &hours)) return false;
  skip(c, ':');
  if (c->p < c->end && !number(c, 2, &minutes)) return false;
  parts->offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
  return hours < 24 && minutes < 60;
}

static bool valid(const Parts *parts)
{
  if (parts->year < 1 || parts->month < 1 || parts->month > 12) return false;
  if (parts->day < 1 || parts->day > (int32_t)days_of_month(parts->year, parts->month)) return false;
  return parts->hour < 24 && parts->minute < 60 && parts->second < 61;
}

static bool instant(const InstantReader *reader, const Parts *parts, int64_t *ret)
{
  if (!valid(parts)) return false;
  int64_t seconds = days_from_civil(parts->year, parts->month, parts->day) * SECONDS_OF_DAY;
  seconds += parts->hour * 3600 + parts->minute * 60 + parts->second;
  if (parts->has_offset) seconds -= parts->offset;
  else seconds = zone_to_utc(reader->zone, seconds, ZONE_SKIP_COUNT, NULL);
  *ret = seconds * MICROS + parts->micros;
  return true;
}

static bool date(Cursor *c, Parts *parts)
{
  if (!number(c, 4, &parts->year) || !skip(c, '-')) return false;
  return number(c, 2, &parts->month) && skip(c, '-') && number(c, 2, &parts->day);
}

static bool clock_time(Cursor *c, Parts *parts)
{
  if (!number(c, 2, &parts->hour) || !skip(c, ':') || !number(c, 2, &parts->minute)) return false;
  if (!skip(c, ':')) return true;
  if (!number(c, 2, &parts->second)) return false;
  return !(skip(c, '.') || skip(c, ',')) || fraction(c, &parts->micros);
}

static void learn_date(InstantReader *reader, const char *text, const Parts *parts)
{
  char day[] = "ddT00:00";
  KnownDate made = {.micros = days_from_civil(parts->year, parts->month, parts->day) * SECONDS_OF_DAY * MICROS};
  memcpy(day, text + 8, 2);
  memcpy(&made.year_month, text, sizeof made.year_month);
  memcpy(&made.day, day, sizeof made.day);
  *known_date(reader, made.day) = made;
}

bool instant_iso_any(InstantReader *reader, const char *text, size_t len, int64_t *ret)
{
  Parts parts = {0};
  Cursor c = {text, text + len};
  if (!date(&c, &parts)) return false;
  if (c.p < c.end) {
    if (!skip(&c, 'T') && !skip(&c, 't') && !skip(&c, ' ')) return false;
    if (c.p < c.end && !clock_time(&c, &parts)) return false;
  }
  if (c.p < c.end && !offset(&c, &parts)) return false;
  if (c.p != c.end || !instant(reader, &parts, ret)) return false;
  learn_date(reader, text, &parts);
  return true;
}

/* ---- patterns ---- */

static bool month_name(Cursor *c, bool full, Parts *parts)
{
  static const char *const names[] = {"January", "February", "March", "April", "May", "June", "July",
                                      "August", "September", "October", "November", "December"};
  for (int i = 0; i < 12; i++) {
    size_t len = full ? strlen(names[i]) : 3;
    if ((size_t)(c->end - c->p) < len || memcmp(c->p, names[i], len) != 0) continue;
    c->p += len;
    parts->month = i + 1;
    return true;
  }
  return false;
}

/* One digit or two, as strptime reads them: logs write 9/2 as often as 09/02. */
static bool short_number(Cursor *c, int32_t *ret)
{
  if (!number(c, 1, ret)) return false;
  if (at_digit(c)) *ret = *ret * 10 + (*c->p++ - '0');
  return true;
}

static bool short_year(Cursor *c, Parts *parts)
{
  if (!number(c, 2, &parts->year)) return false;
  parts->year += parts->year < 69 ? 2000 : 1900;
  return true;
}

static bool directive(char what, Cursor *c, Parts *parts)
{
  switch (what) {
  case 'Y': return number(c, 4, &parts->year);
  case 'y': return short_year(c, parts);
  case 'm': return short_number(c, &parts->month);
  case 'd': return short_number(c, &parts->day);
  case 'H': return short_number(c, &parts->hour);
  case 'M': return short_number(c, &parts->minute);
  case 'S': return short_number(c, &parts->second);
  case 'f': return fraction(c, &parts->micros);
  case 'b': return month_name(c, false, parts);
  case 'B': return month_name(c, true, parts);
  case 'z': return offset(c, parts);
  default: return skip(c, '%');
  }
}

static bool literal(char wanted, Cursor *c)
{
  if (wanted != ' ') return skip(c, wanted);
  while (skip(c, ' ') || skip(c, '\t')) continue;
  return true;
}

bool instant_pattern(InstantReader *reader, const char *text, size_t len, const char *pattern, int64_t *ret)
{
  Parts parts = {.month = 1, .day = 1};
  Cursor c = {text, text + len};
  for (; *pattern; pattern++) {
    bool fits = *pattern == '%' && pattern[1] ? directive(*++pattern, &c, &parts) : literal(*pattern, &c);
    if (!fits) return false;
  }
  return c.p == c.end && instant(reader, &parts, ret);
}

/* ---- PT5M ---- */

static int64_t unit_of(char unit, bool time)
{
  switch (unit) {
  case 'W': return time ? 0 : 7 * SECONDS_OF_DAY;
  case 'D': return time ? 0 : SECONDS_OF_DAY;
  case 'H': return time ? 3600 : 0;
  case 'M': return time ? 60 : 0; /* months have no length */
  case 'S': return time ? 1 : 0;
  default: return 0;
  }
}

static bool part(Cursor *c, bool time, int64_t *sum)
{
  const char *digits = c->p;
  int64_t value;
  while (at_digit(c) || (c->p < c->end && *c->p == '.')) c->p++;
  size_t len = (size_t)(c->p - digits);
  if (len == 0 || len > 31 || c->p == c->end) return false;
  int64_t unit = unit_of(*c->p++, time);
  if (unit == 0 || decimal_scaled(digits, len, 6, false, &value) != NUMBER_OK) return false;
  return !__builtin_mul_overflow(value, unit, &value) && !__builtin_add_overflow(*sum, value, sum);
}

bool length_iso(const char *text, size_t len, int64_t *ret)
{
  Cursor c = {text, text + len};
  bool negative = skip(&c, '-'), time = false, any = false;
  int64_t sum = 0;
  if (!skip(&c, 'P')) return false;
  while (c.p < c.end) {
    if (!time && skip(&c, 'T')) {
      time = true;
      continue;
    }
    if (!part(&c, time, &sum)) return false;
    any = true;
  }
  *ret = negative ? -sum : sum;
  return any;
}
