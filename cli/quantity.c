/*
 * quantity.c - see quantity.h.
 */
#include "cli/quantity.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

typedef struct Unit {
  const char *names; /* apart by blanks */
  int64_t size;
} Unit;

#define MICROS INT64_C(1000000)

static const Unit units_of_time[] = {
  {"ms millisecond milliseconds", 1000},       {"s second seconds", MICROS},
  {"min minute minutes", 60 * MICROS},         {"h hour hours", 3600 * MICROS},
  {"d day days", 86400 * MICROS},              {"w week weeks", 7 * 86400 * MICROS},
  {NULL, 0},
};

static const Unit units_of_size[] = {
  {"B byte bytes", 1}, {"K KB KiB", 1 << 10}, {"M MB MiB", 1 << 20}, {"G GB GiB", 1 << 30}, {NULL, 0},
};

static bool unit_named(const Unit *unit, const char *word, size_t len)
{
  for (const char *name = unit->names; *name;) {
    size_t n = strcspn(name, " ");
    if (n == len && strncasecmp(name, word, n) == 0) return true;
    name += n + strspn(name + n, " ");
  }
  return false;
}

static const char *past_blanks(const char *text)
{
  while (isspace((unsigned char)*text)) text++;
  return text;
}

/* A whole number and the unit behind it; moves *text past both.  `plain`: what a number without a unit counts, 0:
 * it needs one. */
static bool take_quantity(const char **text, const Unit *units, int64_t plain, int64_t *ret)
{
  char *end;
  if (!isdigit((unsigned char)**text)) return false;
  errno = 0;
  long long number = strtoll(*text, &end, 10);
  if (errno) return false;
  const char *word = past_blanks(end);
  size_t len = 0;
  while (isalpha((unsigned char)word[len])) len++;
  *text = past_blanks(word + len);
  int64_t size = len == 0 ? plain : 0;
  for (const Unit *unit = units; len > 0 && unit->names; unit++)
    if (unit_named(unit, word, len)) size = unit->size;
  if (number == 0 && len == 0) size = 1;
  return size > 0 && !__builtin_mul_overflow(number, size, ret);
}

bool length_read(const char *text, int64_t *ret)
{
  int64_t sum = 0, part;
  text = past_blanks(text);
  do {
    if (!take_quantity(&text, units_of_time, 0, &part) || __builtin_add_overflow(sum, part, &sum)) return false;
  } while (*text);
  *ret = sum;
  return true;
}

bool size_read(const char *text, size_t *ret)
{
  int64_t bytes;
  text = past_blanks(text);
  if (!take_quantity(&text, units_of_size, 1, &bytes) || *text || bytes <= 0) return false;
  *ret = (size_t)bytes;
  return true;
}

bool percent_read(const char *text, double *ret)
{
  char *end;
  size_t digits = strspn(text, "0123456789.");
  if (digits == 0 || strcspn(text, "0123456789") >= digits) return false;
  *ret = strtod(text, &end);
  if (end != text + digits) return false;
  end += strspn(end, " ");
  end += *end == '%';
  return *end == 0 && *ret <= 100;
}

bool count_read(const char *text, unsigned *ret)
{
  char *end;
  if (!isdigit((unsigned char)*text)) return false;
  errno = 0;
  unsigned long count = strtoul(text, &end, 10);
  if (errno || *end || count > 1 << 20) return false;
  *ret = (unsigned)count;
  return true;
}

/* ---- shown ---- */

const char *shown_count(uint64_t count, char ret[SHOWN_MAX])
{
  char digits[24];
  int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
  char *to = ret;
  for (int i = 0; i < n; i++) {
    if (i && (n - i) % 3 == 0) *to++ = ',';
    *to++ = digits[i];
  }
  *to = 0;
  return ret;
}

const char *shown_bytes(double bytes, char ret[SHOWN_MAX])
{
  static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
  int unit = 0;
  for (; bytes >= 999.95 && unit < 4; unit++) bytes /= 1000;
  snprintf(ret, SHOWN_MAX, unit ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
  return ret;
}

const char *shown_time(double seconds, char ret[SHOWN_MAX])
{
  long long whole = (long long)seconds;
  if (seconds < 9.995)
    snprintf(ret, SHOWN_MAX, "%.2f s", seconds);
  else if (seconds < 59.95)
    snprintf(ret, SHOWN_MAX, "%.1f s", seconds);
  else if (whole < 3600)
    snprintf(ret, SHOWN_MAX, "%lld min %02lld s", whole / 60, whole % 60);
  else
    snprintf(ret, SHOWN_MAX, "%lld h %02lld min", whole / 3600, whole / 60 % 60);
  return ret;
}

const char *shown_left(double seconds, char ret[SHOWN_MAX])
{
  if (seconds >= 59) return shown_time(seconds + 1, ret);
  snprintf(ret, SHOWN_MAX, "%d s", (int)seconds + 1);
  return ret;
}

const char *shown_instant(int64_t micros, char ret[SHOWN_MAX])
{
  time_t seconds = (time_t)(micros / MICROS - (micros % MICROS < 0));
  struct tm date;
  gmtime_r(&seconds, &date);
  snprintf(ret, SHOWN_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
           date.tm_hour, date.tm_min, date.tm_sec);
  return ret;
}
