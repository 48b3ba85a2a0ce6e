/*
 * instant.c - times and lengths of time as they are written in data.
 */
#include <string.h>

#include "tests/reference/reference.h"

typedef struct Parts {
  int32_t year, month, day, hour, minute, second, micros;
  bool has_offset;
  int32_t offset; /* seconds east */
} Parts;

/* Exactly `count` digits. */
static bool number(const char **text, int count, int32_t *ret)
{
  *ret = 0;
  for (int i = 0; i < count; i++) {
    char c = *(*text)++;
    if (c < '0' || c > '9') return false;
    *ret = *ret * 10 + (c - '0');
  }
  return true;
}

static bool skip(const char **text, char c)
{
  if (**text != c) return false;
  (*text)++;
  return true;
}

/* One digit or more; those beyond microseconds are cut. */
static bool fraction(const char **text, int32_t *ret)
{
  int32_t unit = 100000;
  *ret = 0;
  if (**text < '0' || **text > '9') return false;
  for (; **text >= '0' && **text <= '9'; (*text)++) {
    *ret += (**text - '0') * unit;
    unit /= 10;
  }
  return true;
}

static bool offset(const char **text, Parts *parts)
{
  int32_t hours, minutes = 0;
  parts->has_offset = true;
  if (skip(text, 'Z') || skip(text, 'z')) return true;
  bool west = **text == '-';
  if (!skip(text, '+') && !skip(text, '-')) return false;
  if (!number(text, 2, &hours)) return false;
  skip(text, ':');
  if (**text && !number(text, 2, &minutes)) return false;
  parts->offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
  return hours < 24 && minutes < 60;
}

static bool valid(const Parts *parts)
{
  if (parts->year < 1 || parts->month < 1 || parts->month > 12) return false;
  if (parts->day < 1 || parts->day > (int32_t)days_of_month(parts->year, parts->month)) return false;
  return parts->hour < 24 && parts->minute < 60 && parts->second < 61;
}

/* Without an offset in the stream's zone: of an ambiguous time the earlier, a skipped one counted on. */
static bool instant(const Run *run, const Parts *parts, int64_t *ret)
{
  if (!valid(parts)) return false;
  int64_t seconds = days_from_civil(parts->year, parts->month, parts->day) * SECONDS_OF_DAY;
  seconds += parts->hour * 3600 + parts->minute * 60 + parts->second;
  if (parts->has_offset) seconds -= parts->offset;
  else seconds = zone_to_utc(builder_zone(&run->zones, run->stream_zone), seconds, ZONE_SKIP_COUNT, NULL);
  *ret = seconds * MICROS + parts->micros;
  return true;
}

static bool date(const char **text, Parts *parts)
{
  if (!number(text, 4, &parts->year) || !skip(text, '-')) return false;
  return number(text, 2, &parts->month) && skip(text, '-') && number(text, 2, &parts->day);
}

static bool clock_time(const char **text, Parts *parts)
{
  if (!number(text, 2, &parts->hour) || !skip(text, ':') || !number(text, 2, &parts->minute)) return false;
  if (!skip(text, ':')) return true;
  if (!number(text, 2, &parts->second)) return false;
  return !(skip(text, '.') || skip(text, ',')) || fraction(text, &parts->micros);
}

bool instant_iso(Run *run, const char *text, int64_t *ret)
{
  Parts parts = {0};
  if (!date(&text, &parts)) return false;
  if (*text && !skip(&text, 'T') && !skip(&text, 't') && !skip(&text, ' ')) return false;
  else if (*text && !clock_time(&text, &parts)) return false;
  if (*text && !offset(&text, &parts)) return false;
  return *text == '\0' && instant(run, &parts, ret);
}

/* ---- patterns ---- */

static bool month_name(const char **text, bool full, Parts *parts)
{
  static const char *const names[] = {"January", "February", "March", "April", "May", "June", "July",
                                      "August", "September", "October", "November", "December"};
  for (int i = 0; i < 12; i++) {
    size_t len = full ? strlen(names[i]) : 3;
    if (strncmp(*text, names[i], len) != 0) continue;
    *text += len;
    parts->month = i + 1;
    return true;
  }
  return false;
}

/* One digit or two. */
static bool short_number(const char **text, int32_t *ret)
{
  if (!number(text, 1, ret)) return false;
  if (**text >= '0' && **text <= '9') *ret = *ret * 10 + (*(*text)++ - '0');
  return true;
}

static bool short_year(const char **text, Parts *parts)
{
  if (!number(text, 2, &parts->year)) return false;
  parts->year += parts->year < 69 ? 2000 : 1900;
  return true;
}

static bool directive(char what, const char **text, Parts *parts)
{
  switch (what) {
  case 'Y': return number(text, 4, &parts->year);
  case 'y': return short_year(text, parts);
  case 'm': return short_number(text, &parts->month);
  case 'd': return short_number(text, &parts->day);
  case 'H': return short_number(text, &parts->hour);
  case 'M': return short_number(text, &parts->minute);
  case 'S': return short_number(text, &parts->second);
  case 'f': return fraction(text, &parts->micros);
  case 'b': return month_name(text, false, parts);
  case 'B': return month_name(text, true, parts);
  case 'z': return offset(text, parts);
  default: return skip(text, '%');
  }
}

bool instant_pattern(Run *run, const char *text, const char *pattern, int64_t *ret)
{
  Parts parts = {.month = 1, .day = 1};
  for (; *pattern; pattern++) {
    if (*pattern == '%') {
      if (!directive(*++pattern, &text, &parts)) return false;
    } else if (*pattern == ' ') {
      while (*text == ' ' || *text == '\t') text++;
    } else if (!skip(&text, *pattern)) {
      return false;
    }
  }
  return *text == '\0' && instant(run, &parts, ret);
}

/* ---- PT5M ---- */

static int64_t unit_of(char unit, bool time)
{
  switch (unit) {
  case 'W': return time ? 0 : 7 * 86400;
  case 'D': return time ? 0 : 86400;
  case 'H': return time ? 3600 : 0;
  case 'M': return time ? 60 : 0; /* months have no length */
  case 'S': return time ? 1 : 0;
  default: return 0;
  }
}

static bool part(const char **text, bool time, int64_t *sum)
{
  char digits[32];
  size_t len = strspn(*text, "0123456789.");
  int64_t value;
  bool beyond;
  if (len == 0 || len >= sizeof digits) return false;
  memcpy(digits, *text, len);
  digits[len] = '\0';
  int64_t unit = unit_of((*text)[len], time);
  *text += len + 1;
  if (unit == 0 || !decimal_scaled(digits, MICROS, false, &value, &beyond)) return false;
  return !__builtin_mul_overflow(value, unit, &value) && !__builtin_add_overflow(*sum, value, sum);
}

bool duration_iso(const char *text, int64_t *ret)
{
  bool negative = *text == '-', time = false, any = false;
  int64_t sum = 0;
  if (negative) text++;
  if (!skip(&text, 'P')) return false;
  while (*text) {
    if (!time && skip(&text, 'T')) {
      time = true;
      continue;
    }
    if (!part(&text, time, &sum)) return false;
    any = true;
  }
  *ret = negative ? -sum : sum;
  return any;
}
