/*
 * period.c - see period.h.
 */
#include "cli/period.h"
#include "mot/tools.h"

#include <stdio.h>
#include <string.h>

/* One shape of a stretch: `d` stands for a digit, all else for itself. */
typedef struct Shape {
  const char *pattern;
  mot_unit unit;
} Shape;

static const Shape shapes[] = {
  {"dddd", MOT_YEARS},      {"dddd-Qd", MOT_QUARTERS},  {"dddd-dd", MOT_MONTHS},
  {"dddd-Wdd", MOT_WEEKS},  {"dddd-dd-dd", MOT_DAYS},
};

static bool fits(const char *pattern, const char *text, size_t size)
{
  if (strlen(pattern) != size) return false;
  for (size_t i = 0; i < size; i++)
    if (pattern[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i]) return false;
  return true;
}

static int number_at(const char *text, size_t from, size_t digits)
{
  int number = 0;
  for (size_t i = from; i < from + digits; i++) number = number * 10 + (text[i] - '0');
  return number;
}

/* A day within the stretch, and how many units later the stretch is: weeks count from the one with January 4. */
static bool day_within(const char *text, mot_unit unit, char ret_day[40], int64_t *ret_later)
{
  int year = number_at(text, 0, 4), month = 1, day = 1;
  *ret_later = 0;
  if (unit == MOT_QUARTERS) {
    int quarter = number_at(text, 6, 1);
    if (quarter < 1 || quarter > 4) return false;
    month = 3 * quarter;
  } else if (unit == MOT_WEEKS) {
    int week = number_at(text, 6, 2);
    if (week < 1 || week > 53) return false;
    day = 4;
    *ret_later = week - 1;
  } else if (unit != MOT_YEARS) {
    month = number_at(text, 5, 2);
    day = unit == MOT_DAYS ? number_at(text, 8, 2) : 1;
  }
  snprintf(ret_day, 40, "%04d-%02d-%02d", year, month, day);
  return true;
}

/* Whether the week that begins at `from` is one of the year: December 28 lies in the last. */
static bool week_of_year(const mot_rules *rules, const char *text, int64_t from)
{
  char day[40];
  int64_t last;
  snprintf(day, sizeof day, "%04d-12-28", number_at(text, 0, 4));
  return mot_rules_time(rules, day, &last) && from <= last;
}

/* Of other years times have no four digits, or nobody's calendar had them. */
enum { YEAR_FIRST = 1600, YEAR_LAST = 9998 };

static bool read_one(const mot_rules *rules, const char *text, size_t size, int64_t *ret_from, int64_t *ret_to)
{
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    char day[40];
    int64_t time, later;
    if (!fits(shapes[i].pattern, text, size)) continue;
    if (number_at(text, 0, 4) < YEAR_FIRST || number_at(text, 0, 4) > YEAR_LAST) return false;
    return day_within(text, shapes[i].unit, day, &later) && mot_rules_time(rules, day, &time) &&
      mot_rules_period(rules, time, shapes[i].unit, 1, later, ret_from, ret_to) &&
      (shapes[i].unit != MOT_WEEKS || week_of_year(rules, text, *ret_from));
  }
  return false;
}

bool period_read(const mot_rules *rules, const char *text, int64_t *ret_from, int64_t *ret_to)
{
  int64_t from, to, within;
  const char *dots = strstr(text, "..");
  if (!dots) return read_one(rules, text, strlen(text), ret_from, ret_to);
  if (!read_one(rules, text, (size_t)(dots - text), &from, &within)) return false;
  if (!read_one(rules, dots + 2, strlen(dots + 2), &within, &to) || to <= from) return false;
  *ret_from = from;
  *ret_to = to;
  return true;
}
