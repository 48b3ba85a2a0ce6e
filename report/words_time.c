/*
 * words_time.c - instants, and stretches of time by the names that people give them.
 */
#include "report/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"};

typedef struct Local {
  int year, month, day, hour, minute;
  char text[64];               /* as the rules write it */
} Local;

static Local local(const Words *words, int64_t time)
{
  Local at = {.month = 1, .day = 1};
  mot_rules_local_time(words->rules, time, at.text, sizeof at.text);
  if (sscanf(at.text, "%d-%d-%d %d:%d", &at.year, &at.month, &at.day, &at.hour, &at.minute) < 3 || at.month < 1 ||
      at.month > 12)
    at.month = 1;
  return at;
}

const char *words_instant(const Words *words, int64_t time)
{
  if (time == MOT_NO_TIME) return WORDS_NOTHING;
  Local at = local(words, time);
  size_t day = strcspn(at.text, " ");
  return arena_printf(words->arena, "%.*s", (int)(day + strnlen(at.text + day, sizeof " 00:00" - 1)), at.text);
}

const char *words_day(const Words *words, int64_t time)
{
  if (time == MOT_NO_TIME) return WORDS_NOTHING;
  Local at = local(words, time);
  return arena_printf(words->arena, "%.*s", (int)strcspn(at.text, " "), at.text);
}

/* ---- weeks ---- */

/* The number of the ISO week that begins at `monday`, and the year that it counts in: that of its Thursday. */
static int week_number(const Words *words, int64_t monday, int *ret_year)
{
  const int64_t day = INT64_C(86400000000), week = 7 * day;
  char text[32];
  int64_t fourth, first, next;
  *ret_year = local(words, monday + 3 * day + day / 2).year;
  snprintf(text, sizeof text, "%04d-01-04", *ret_year);
  if (!mot_rules_time(words->rules, text, &fourth) ||
      !mot_rules_period(words->rules, fourth, MOT_WEEKS, 1, 0, &first, &next))
    return 1;
  return (int)((monday - first + week / 2) / week) + 1;
}

/* ---- stretches ---- */

static bool is_whole(const Words *words, ReviewSpan span, mot_unit unit)
{
  int64_t from, to;
  return mot_rules_period(words->rules, span.from, unit, 1, 0, &from, &to) && from == span.from && to == span.to;
}

/* Whether a unit begins at `time`. */
static bool begins(const Words *words, int64_t time, mot_unit unit)
{
  int64_t from, to;
  return mot_rules_period(words->rules, time, unit, 1, 0, &from, &to) && from == time;
}

static const char *one_unit(const Words *words, ReviewSpan span)
{
  static const char *const quarters[] = {"first", "second", "third", "fourth"};
  Local at = local(words, span.from);
  if (is_whole(words, span, MOT_YEARS)) return arena_printf(words->arena, "%d", at.year);
  if (is_whole(words, span, MOT_QUARTERS))
    return arena_printf(words->arena, "%s quarter of %d", quarters[(at.month - 1) / 3], at.year);
  if (is_whole(words, span, MOT_MONTHS)) return arena_printf(words->arena, "%s %d", months[at.month - 1], at.year);
  if (is_whole(words, span, MOT_DAYS))
    return arena_printf(words->arena, "%d %s %d", at.day, months[at.month - 1], at.year);
  if (!is_whole(words, span, MOT_WEEKS)) return NULL;
  int year, week = week_number(words, span.from, &year);
  return arena_printf(words->arena, "week %d of %d", week, year);
}

static const char *some_months(const Words *words, ReviewSpan span)
{
  Local from = local(words, span.from), last = local(words, span.to - 1);
  if (from.year == last.year)
    return arena_printf(words->arena, "%s to %s %d", months[from.month - 1], months[last.month - 1], last.year);
  return arena_printf(words->arena, "%s %d to %s %d", months[from.month - 1], from.year, months[last.month - 1],
                      last.year);
}

const char *words_span(const Words *words, ReviewSpan span)
{
  const char *name = one_unit(words, span);
  if (name) return name;
  if (begins(words, span.from, MOT_MONTHS) && begins(words, span.to, MOT_MONTHS)) return some_months(words, span);
  bool days = begins(words, span.from, MOT_DAYS) && begins(words, span.to, MOT_DAYS);
  if (days)
    return arena_printf(words->arena, "%s to %s", words_day(words, span.from), words_day(words, span.to - 1));
  const char *from = begins(words, span.from, MOT_DAYS) ? words_day(words, span.from) : words_instant(words, span.from);
  return arena_printf(words->arena, "%s to %s", from, words_instant(words, span.to));
}

const char *words_point(const Words *words, uint32_t point)
{
  const Review *review = words->review;
  int64_t from = review->points[point].from, monday, next;
  Local at = local(words, from);
  int year, week;
  switch (review->step) {
  case REVIEW_BY_YEAR: return arena_printf(words->arena, "%04d", at.year);
  case REVIEW_BY_MONTH: return arena_printf(words->arena, "%04d-%02d", at.year, at.month);
  case REVIEW_BY_WEEK:
    if (!mot_rules_period(words->rules, from, MOT_WEEKS, 1, 0, &monday, &next)) break;
    week = week_number(words, monday, &year);
    return arena_printf(words->arena, "%04d-W%02d", year, week);
  case REVIEW_BY_DAY: break;
  }
  return words_day(words, from);
}

const char *words_step(ReviewStep step)
{
  static const char *const names[] = {[REVIEW_BY_DAY] = "day", [REVIEW_BY_WEEK] = "week", [REVIEW_BY_MONTH] = "month",
    [REVIEW_BY_YEAR] = "year"};
  return names[step];
}
