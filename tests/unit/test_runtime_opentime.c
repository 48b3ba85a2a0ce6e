/* Calendars: at clock changes, closed days and midnight, and against a walk minute by minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "runtime/opentime.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Minutes of UTC. */
static int64_t at(int32_t year, int32_t month, int32_t day, int hour, int minute)
{
  return days_from_civil(year, month, day) * DAY + hour * HOUR + minute * MINUTE;
}

static Module zones(Arena *arena, const char *zone)
{
  Compiled result = compiled_text(arena, "rules.mot", arena_printf(arena,
    "module some.rules\nstream { type from \"type\" time from \"time\" zone \"%s\" }\n"
    "event Order { customer: id }\n", zone));
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  return result.module;
}

typedef struct Sample {
  Module module;
  CalendarRow row;
  OpenHoursRow hours[64];
  ClosedDaysRow closed[16];
} Sample;

static Sample *sample(Arena *arena, const char *zone)
{
  Sample *s = ARENA_NEW(arena, Sample);
  s->module = zones(arena, zone);
  s->row.zone = s->module.Meta[0].zone;
  s->module.Calendar = &s->row;
  s->module.OpenHours = s->hours;
  s->module.ClosedDays = s->closed;
  return s;
}

static void open_on(Sample *s, uint32_t weekday, int64_t from, int64_t to)
{
  s->hours[s->row.hours_count++] = (OpenHoursRow){.weekday = weekday, .from = from, .to = to};
}

static void close_on(Sample *s, int64_t first, int64_t last)
{
  s->closed[s->row.closed_count++] = (ClosedDaysRow){.first = first, .last = last};
}

static int64_t plus(const OpenTime *calendar, int64_t t, int64_t length)
{
  int64_t end = -1;
  assert_true(add_open(calendar, t, length, &end));
  return end;
}

/* ---- by hand ---- */

static void test_office_hours(void **state)
{
  Sample *s = sample(*state, "Europe/Amsterdam");
  for (uint32_t day = 0; day < 5; day++) open_on(s, day, 8 * HOUR, 18 * HOUR);
  open_on(s, 5, 9 * HOUR, 13 * HOUR);
  close_on(s, days_from_civil(2026, 12, 25), days_from_civil(2026, 12, 26));
  OpenTime calendar = open_time(&s->module, 0);
  /* Wednesday 2026-12-23 16:00 local is 15:00 UTC. */
  int64_t t = at(2026, 12, 23, 15, 0), open = 0;
  assert_true(is_open(&calendar, t));
  assert_int_equal(plus(&calendar, t, 2 * HOUR), at(2026, 12, 23, 17, 0));           /* at closing time */
  assert_false(is_open(&calendar, at(2026, 12, 23, 17, 0)));
  assert_int_equal(plus(&calendar, t, 2 * HOUR + 1), at(2026, 12, 24, 7, 0) + 1);
  assert_int_equal(plus(&calendar, t, 12 * HOUR + 1), at(2026, 12, 28, 7, 0) + 1);   /* over Christmas */
  assert_true(next_open(&calendar, at(2026, 12, 24, 17, 0), &open));
  assert_int_equal(open, at(2026, 12, 28, 7, 0));
  assert_int_equal(open_between(&calendar, t, at(2026, 12, 28, 8, 0)), 13 * HOUR);
  assert_true(add_open_days(&calendar, t, 1, &open));
  assert_int_equal(open, at(2026, 12, 24, 17, 0));
  assert_true(add_open_days(&calendar, t, 2, &open));
  assert_int_equal(open, at(2026, 12, 28, 17, 0));
  assert_int_equal(closes_between(&calendar, t, t, at(2026, 12, 28, 17, 0)), 2);
  assert_int_equal(closes_between(&calendar, t, t, at(2026, 12, 28, 17, 0) - 1), 1);
  assert_true(nth_close(&calendar, t, at(2026, 12, 24, 17, 0) + 1, 1, &open));
  assert_int_equal(open, at(2026, 12, 28, 17, 0));
}

static void test_hours_that_a_clock_change_moves(void **state)
{
  Sample *s = sample(*state, "Europe/Amsterdam");
  open_on(s, 6, 2 * HOUR + 30 * MINUTE, 4 * HOUR);
  OpenTime calendar = open_time(&s->module, 0);
  int64_t open = 0;
  /* 2026-03-29 02:00 becomes 03:00: open from 03:00, for an hour. */
  assert_true(next_open(&calendar, at(2026, 3, 28, 12, 0), &open));
  assert_int_equal(open, at(2026, 3, 29, 1, 0));
  assert_int_equal(open_between(&calendar, at(2026, 3, 28, 0, 0), at(2026, 3, 30, 0, 0)), HOUR);
  /* 2026-10-25 03:00 becomes 02:00: open from the first 02:30, two hours and a half. */
  assert_true(next_open(&calendar, at(2026, 10, 24, 12, 0), &open));
  assert_int_equal(open, at(2026, 10, 25, 0, 30));
  assert_int_equal(open_between(&calendar, at(2026, 10, 24, 0, 0), at(2026, 10, 26, 0, 0)), 5 * HOUR / 2);
}

static void test_hours_over_midnight_are_one(void **state)
{
  Sample *s = sample(*state, "UTC");
  open_on(s, 0, 20 * HOUR, 24 * HOUR);
  open_on(s, 1, 0, 4 * HOUR);
  OpenTime calendar = open_time(&s->module, 0);
  int64_t monday = at(2026, 3, 2, 0, 0);
  assert_int_equal(plus(&calendar, monday, 6 * HOUR), monday + 26 * HOUR);
  assert_int_equal(plus(&calendar, monday, 4 * HOUR), monday + 24 * HOUR);
  assert_true(is_open(&calendar, monday + 24 * HOUR));
  int64_t close = 0;
  assert_true(add_open_days(&calendar, monday - 1, 1, &close));
  assert_int_equal(close, monday + 24 * HOUR);
}

static void test_days_of_a_zone(void **state)
{
  Module module = zones(*state, "Europe/Amsterdam");
  ZoneView zone = module_zone(&module, module.Meta[0].zone);
  int64_t t = 0;
  assert_true(start_of_day(zone, at(2026, 3, 28, 23, 30), &t));
  assert_int_equal(t, at(2026, 3, 28, 23, 0));
  assert_true(end_of_day(zone, at(2026, 3, 29, 12, 0), &t));
  assert_int_equal(t, at(2026, 3, 29, 22, 0) - 1);
  /* 02:30 does not exist on the 29th: the first instant after; on the 30th it does again. */
  assert_true(add_days(zone, at(2026, 3, 28, 1, 30), 1, &t));
  assert_int_equal(t, at(2026, 3, 29, 1, 0));
  assert_true(add_days(zone, at(2026, 3, 28, 1, 30), 2, &t));
  assert_int_equal(t, at(2026, 3, 30, 0, 30));
  /* 02:30 is there twice on 2026-10-25: the first. */
  assert_true(add_days(zone, at(2026, 10, 24, 0, 30) + 7, 1, &t));
  assert_int_equal(t, at(2026, 10, 25, 0, 30) + 7);
  assert_true(add_days(zone, at(2026, 10, 26, 1, 30), -1, &t));
  assert_int_equal(t, at(2026, 10, 25, 0, 30));
}

static void test_nothing_lies_beyond_the_year_9999(void **state)
{
  Sample *s = sample(*state, "Europe/Amsterdam");
  open_on(s, 2, 8 * HOUR, 9 * HOUR);
  OpenTime calendar = open_time(&s->module, 0);
  int64_t t = 42, end = at(9999, 12, 31, 20, 0), now = at(2026, 3, 2, 0, 0);
  assert_false(add_open(&calendar, now, 1000000 * HOUR, &t));
  assert_false(add_open(&calendar, now, INT64_MAX, &t));
  assert_false(add_open(&calendar, now, -1, &t));
  assert_false(add_open(&calendar, INT64_MAX, 1, &t));
  assert_false(next_open(&calendar, end, &t));
  assert_false(add_open_days(&calendar, end, 1, &t));
  assert_false(add_open_days(&calendar, now, INT64_MAX, &t));
  assert_false(add_open_days(&calendar, now, 0, &t));
  assert_false(add_days(calendar.zone, now, INT64_MAX, &t));
  assert_false(add_days(calendar.zone, end, 1, &t));
  assert_int_equal(t, 42);
  /* An hour a week, for a thousand years. */
  assert_int_equal(plus(&calendar, now, 52177 * HOUR), at(2026, 3, 4, 8, 0) + 52176 * 7 * DAY);
}

/* ---- against a walk ---- */

enum { WALK_DAYS = 60, WALK_MINUTES = WALK_DAYS * 1440 };

typedef struct Oracle {
  bool open[WALK_MINUTES];
  int64_t day[WALK_MINUTES]; /* of the latest wall-clock time shown so far */
  int64_t first;             /* minute of UTC */
} Oracle;

static bool listed_open(const Sample *s, int64_t local)
{
  int64_t day = day_of_second(local * 60), time = (local - day * 1440) * MINUTE;
  for (uint32_t i = 0; i < s->row.closed_count; i++)
    if (day >= s->closed[i].first && day <= s->closed[i].last) return false;
  for (uint32_t i = 0; i < s->row.hours_count; i++)
    if (s->hours[i].weekday == weekday_of(day) && time >= s->hours[i].from && time < s->hours[i].to)
      return true;
  return false;
}

/* A repeated time was there before, a skipped one is over: what counts is the latest time shown. */
static void fill(Oracle *oracle, const Sample *s, int64_t first)
{
  ZoneView zone = module_zone(&s->module, s->row.zone);
  int64_t latest = INT64_MIN;
  for (int64_t m = first - 2880; m < first + WALK_MINUTES; m++) {
    int64_t local = m + zone_offset(zone, m * 60) / 60;
    if (local > latest) latest = local;
    if (m < first) continue;
    oracle->open[m - first] = listed_open(s, latest);
    oracle->day[m - first] = day_of_second(latest * 60);
  }
  oracle->first = first;
}

static void check_span(const Oracle *oracle, const OpenTime *calendar, int from, int to)
{
  int64_t sum = 0, t = oracle->first * MINUTE;
  for (int m = from; m < to; m++) sum += oracle->open[m];
  assert_int_equal(open_between(calendar, t + from * MINUTE, t + to * MINUTE), sum * MINUTE);
  assert_int_equal(is_open(calendar, t + from * MINUTE), oracle->open[from]);
  if (sum == 0) return;
  int end = from;
  for (int64_t passed = 0; passed < sum; end++) passed += oracle->open[end];
  assert_int_equal(plus(calendar, t + from * MINUTE, sum * MINUTE), t + end * MINUTE);
  int open = from;
  while (!oracle->open[open]) open++;
  int64_t next = 0;
  assert_true(next_open(calendar, t + from * MINUTE, &next));
  assert_int_equal(next, t + open * MINUTE);
}

/* Closes are ends of the open minutes of one day. */
static void check_closes(const Oracle *oracle, const OpenTime *calendar, int from, int to)
{
  int64_t t = oracle->first * MINUTE, n = 0;
  for (int m = from; m + 1 < to;) {
    int64_t day = oracle->day[m];
    int close = -1;
    for (; m + 1 < to && oracle->day[m] == day; m++)
      if (oracle->open[m]) close = m + 1;
    if (close < 0 || day <= oracle->day[from] || m + 1 >= to) continue;
    int64_t end = 0;
    n++;
    assert_true(add_open_days(calendar, t + from * MINUTE, n, &end));
    assert_int_equal(end, t + close * MINUTE);
    assert_int_equal(closes_between(calendar, t + from * MINUTE, t + from * MINUTE, end), n);
  }
}

static void random_hours(Sample *s)
{
  s->row.hours_count = s->row.closed_count = 0;
  for (uint32_t day = 0; day < 7; day++)
    for (int64_t from = rand() % 2000; from < 1440; from += rand() % 700) {
      int64_t to = from + 1 + rand() % 600;
      if (to > 1440 || rand() % 9 == 0) to = 1440;
      open_on(s, day, from * MINUTE, to * MINUTE);
      from = to + 1;
    }
  if (s->row.hours_count == 0) open_on(s, 3, 2 * HOUR + 10 * MINUTE, 2 * HOUR + 20 * MINUTE);
}

static void random_closed(Sample *s, int64_t first)
{
  for (int64_t day = first + rand() % 30; rand() % 4 && s->row.closed_count < 10; day += 2 + rand() % 20) {
    int64_t last = day + (rand() % 3 ? 0 : rand() % 9);
    close_on(s, day, last);
    day = last;
  }
}

static void check_zone(Arena *arena, const char *name)
{
  Sample *s = sample(arena, name);
  Oracle *oracle = ARENA_NEW(arena, Oracle);
  for (int round = 0; round < 10; round++) {
    int64_t first = days_from_civil(2026, 1 + rand() % 12, 1 + rand() % 28);
    random_hours(s);
    random_closed(s, first);
    OpenTime calendar = open_time(&s->module, 0);
    fill(oracle, s, first * 1440);
    for (int i = 0; i < 20; i++) {
      int from = rand() % (WALK_MINUTES / 2), to = from + 1 + rand() % (WALK_MINUTES / 2 - 1);
      check_span(oracle, &calendar, from, to);
      if (i < 4) check_closes(oracle, &calendar, from, to);
    }
  }
}

static void test_as_a_walk_minute_by_minute(void **state)
{
  static const char *const names[] = {"UTC", "Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe",
                                      "Africa/Cairo", "America/Santiago"};
  srand(1);
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) check_zone(*state, names[i]);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_office_hours),
    ARENA_TEST(test_hours_that_a_clock_change_moves),
    ARENA_TEST(test_hours_over_midnight_are_one),
    ARENA_TEST(test_days_of_a_zone),
    ARENA_TEST(test_nothing_lies_beyond_the_year_9999),
    ARENA_TEST(test_as_a_walk_minute_by_minute),
  };
  return cmocka_run_group_tests_name("runtime_opentime", tests, NULL, NULL);
}
