/* test_window.c - windows and panes, beside a definition that looks at the clock minute by minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "compiler/zone.h"
#include "runtime/window.h"
#include "tests/support/arena_fixture.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define FIRST (CIVIL_FIRST_DAY * DAY)
#define LIMIT ((CIVIL_LAST_DAY + 1) * DAY)

static ZoneView zone_named(Arena *arena, const char *name)
{
  char reason[200] = "";
  uint32_t row = 0;
  ModuleBuilder *builder = ARENA_NEW(arena, ModuleBuilder);
  builder_init(builder, arena);
  if (!zone_load(builder, name, &row, reason, sizeof reason)) fail_msg("%s: %s", name, reason);
  return builder_zone(builder, row);
}

static int64_t at_utc(int year, int month, int day, int hour, int minute)
{
  return days_from_civil(year, month, day) * DAY + hour * HOUR + minute * MINUTE;
}

static WindowPlan per(ZoneView zone, uint32_t unit, int64_t length)
{
  return window_plan(&(WindowRow){.kind = WINDOW_TUMBLING, .unit = unit, .length = length}, zone);
}

static WindowPlan over(ZoneView zone, uint32_t unit, int64_t length, uint32_t step_unit, int64_t step)
{
  return window_plan(&(WindowRow){.kind = WINDOW_HOPPING, .unit = unit, .length = length,
                                  .step_unit = step_unit, .step = step}, zone);
}

/* ---- the naive definition: a clock read every minute ---- */

typedef struct Clock {
  int64_t from;          /* the first minute, UTC */
  size_t count;
  int64_t *high;         /* by minute: the latest that the clock has shown until then, itself included */
} Clock;

static Clock clock_read(Arena *arena, ZoneView zone, int64_t from, int64_t to)
{
  Clock clock = {from, (size_t)((to - from) / MINUTE), NULL};
  clock.high = ARENA_ARRAY(arena, int64_t, clock.count);
  ZoneSpan span = zone_span(zone, from / SECOND);
  for (size_t i = 0; i < clock.count; i++) {
    int64_t t = from + (int64_t)i * MINUTE, local;
    if (t / SECOND >= span.until) span = zone_span(zone, t / SECOND);
    local = t + span.offset * SECOND;
    clock.high[i] = i > 0 && clock.high[i - 1] > local ? clock.high[i - 1] : local;
  }
  return clock;
}

/* The first minute at which the clock has shown `local` or more. */
static int64_t first_shown(const Clock *clock, int64_t local)
{
  size_t low = 0, high = clock->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (clock->high[middle] < local) low = middle + 1; else high = middle;
  }
  return clock->from + (int64_t)low * MINUTE;
}

static int64_t naive_months(uint32_t unit)
{
  return unit == UNIT_MONTHS ? 1 : unit == UNIT_QUARTERS ? 3 : unit == UNIT_YEARS ? 12 : 0;
}

static int64_t floored(int64_t a, int64_t b)
{
  return (a % b + b) % b;
}

static bool begins_period(int64_t day, uint32_t unit, int64_t count)
{
  CivilDate date = civil_from_days(day);
  if (unit == UNIT_DAYS) return floored(day, count) == 0;
  if (unit == UNIT_WEEKS) return weekday_of(day) == 0 && floored((day - 4) / 7, count) == 0;
  int64_t months = (date.year - 1970) * 12 + date.month - 1;
  return date.day == 1 && floored(months, naive_months(unit) * count) == 0;
}

/* Ends of steps whose local day is in [day, to_day), in order. */
static size_t naive_ends(const Clock *clock, const WindowPlan *plan, int64_t day, int64_t to_day,
                         int64_t *ends)
{
  size_t count = 0;
  for (; day < to_day; day++) {
    int64_t begin = first_shown(clock, day * DAY), end = first_shown(clock, (day + 1) * DAY);
    if (plan->step_unit != UNIT_MICROSECONDS) {
      bool begins = begins_period(day, plan->step_unit, plan->step);
      if (begins && (count == 0 || ends[count - 1] < begin)) ends[count++] = begin;
      continue;
    }
    for (int64_t at = begin; at < end; at += plan->step) ends[count++] = at;
  }
  return count;
}

/* The wall-clock time at an end, then so much earlier on the calendar. */
static int64_t naive_begin(const Clock *clock, ZoneView zone, const WindowPlan *plan, int64_t end)
{
  if (plan->unit == UNIT_MICROSECONDS) return end - plan->length;
  int64_t local = end + zone_offset(zone, end / SECOND) * SECOND, day = local / DAY, month;
  size_t minute = (size_t)((end - clock->from) / MINUTE);
  int64_t shown = clock->high[minute - 1] + MINUTE; /* the end of what was shown before */
  if (shown > local) local = shown;
  if (first_shown(clock, day * DAY) == end) local = day * DAY;
  day = local / DAY;
  if (plan->unit == UNIT_DAYS) return first_shown(clock, local - plan->length * DAY);
  if (plan->unit == UNIT_WEEKS) return first_shown(clock, local - plan->length * 7 * DAY);
  CivilDate date = civil_from_days(day);
  month = date.year * 12 + date.month - 1 - plan->length * naive_months(plan->unit);
  int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
  if (date.day > (int)days_of_month(year, of_year))
    return first_shown(clock, (days_from_civil(year, of_year, 1) + days_of_month(year, of_year)) * DAY);
  return first_shown(clock, days_from_civil(year, of_year, date.day) * DAY + local % DAY);
}

/* ---- beside each other ---- */

static int by_time(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

static void say(const WindowPlan *plan, const char *what, int64_t t, Stretch found, Stretch expected)
{
  fail_msg("%s at %lld: %lld..%lld, not %lld..%lld (%u: %lld of %u, step %lld of %u)", what,
           (long long)t / SECOND, (long long)found.from / SECOND, (long long)found.to / SECOND,
           (long long)expected.from / SECOND, (long long)expected.to / SECOND, plan->kind,
           (long long)plan->length, plan->unit, (long long)plan->step, plan->step_unit);
}

static void check_ends(const Clock *clock, ZoneView zone, const WindowPlan *plan, const int64_t *ends,
                       size_t count)
{
  for (size_t i = 1; i < count; i++) {
    const int64_t times[] = {ends[i - 1], ends[i - 1] + 1, (ends[i - 1] + ends[i]) / 2, ends[i] - 1};
    for (unsigned k = 0; k < 4; k++) {
      int64_t end = window_next_end(plan, times[k]);
      if (end != ends[i]) say(plan, "end", times[k], (Stretch){0, end}, (Stretch){0, ends[i]});
    }
    int64_t begin = plan->kind == WINDOW_TUMBLING ? ends[i - 1] : naive_begin(clock, zone, plan, ends[i]);
    if (window_begin(plan, ends[i]) != begin)
      say(plan, "window", ends[i], (Stretch){window_begin(plan, ends[i]), ends[i]},
          (Stretch){begin, ends[i]});
  }
}

static void check_panes(const WindowPlan *plan, const int64_t *edges, size_t count, int64_t from, int64_t to)
{
  for (size_t i = 1; i < count; i++) {
    if (edges[i - 1] < from || edges[i] > to || edges[i - 1] == edges[i]) continue;
    const int64_t times[] = {edges[i - 1], edges[i - 1] + 1, (edges[i - 1] + edges[i]) / 2, edges[i] - 1};
    for (unsigned k = 0; k < 4; k++) {
      Stretch pane = window_pane(plan, times[k]);
      if (pane.from != edges[i - 1] || pane.to != edges[i])
        say(plan, "pane", times[k], pane, (Stretch){edges[i - 1], edges[i]});
    }
  }
}

/* Ends are looked for longer: those of the windows that begin in these days. */
static void check_plan(const Clock *clock, ZoneView zone, const WindowPlan *plan, int64_t day, int64_t to_day)
{
  size_t room = 300000, count;
  int64_t longer = plan->step_unit == UNIT_MICROSECONDS ? 40 : 400;
  int64_t *edges = malloc(room * sizeof *edges);
  count = naive_ends(clock, plan, day, to_day + longer, edges);
  assert_true(count * 2 <= room);
  check_ends(clock, zone, plan, edges, count);
  if (plan->kind == WINDOW_HOPPING) {
    for (size_t i = 0; i < count; i++) edges[count + i] = naive_begin(clock, zone, plan, edges[i]);
    count *= 2;
    qsort(edges, count, sizeof *edges, by_time);
  }
  check_panes(plan, edges, count, first_shown(clock, (day + 1) * DAY), first_shown(clock, to_day * DAY));
  free(edges);
}

/* All sorts of windows over some days of a zone. */
static void check_zone(Arena *arena, const char *name, int year, int month, int of_month, int days)
{
  ZoneView zone = zone_named(arena, name);
  int64_t day = days_from_civil(year, month, of_month), to_day = day + days;
  Clock clock = clock_read(arena, zone, (day - 500) * DAY, (to_day + 500) * DAY);
  const WindowPlan plans[] = {
    per(zone, UNIT_MICROSECONDS, 5 * MINUTE), per(zone, UNIT_MICROSECONDS, HOUR),
    per(zone, UNIT_MICROSECONDS, DAY), per(zone, UNIT_MICROSECONDS, 6 * HOUR),
    per(zone, UNIT_DAYS, 1), per(zone, UNIT_DAYS, 3), per(zone, UNIT_WEEKS, 1), per(zone, UNIT_WEEKS, 2),
    per(zone, UNIT_MONTHS, 1), per(zone, UNIT_QUARTERS, 1),
    over(zone, UNIT_MICROSECONDS, HOUR, UNIT_MICROSECONDS, 5 * MINUTE),
    over(zone, UNIT_MICROSECONDS, 36 * HOUR, UNIT_MICROSECONDS, HOUR),
    over(zone, UNIT_MICROSECONDS, 48 * HOUR, UNIT_DAYS, 1),
    over(zone, UNIT_DAYS, 1, UNIT_MICROSECONDS, 30 * MINUTE),
    over(zone, UNIT_DAYS, 2, UNIT_MICROSECONDS, HOUR),
    over(zone, UNIT_DAYS, 7, UNIT_DAYS, 1), over(zone, UNIT_DAYS, 30, UNIT_DAYS, 1),
    over(zone, UNIT_DAYS, 7, UNIT_MICROSECONDS, 20 * MINUTE),
    over(zone, UNIT_DAYS, 6, UNIT_DAYS, 2), over(zone, UNIT_WEEKS, 2, UNIT_WEEKS, 1),
    over(zone, UNIT_WEEKS, 1, UNIT_DAYS, 1), over(zone, UNIT_DAYS, 1, UNIT_DAYS, 3),
    over(zone, UNIT_MONTHS, 1, UNIT_DAYS, 1), over(zone, UNIT_MONTHS, 2, UNIT_MONTHS, 1),
    over(zone, UNIT_MONTHS, 1, UNIT_MICROSECONDS, HOUR), over(zone, UNIT_QUARTERS, 1, UNIT_DAYS, 1),
    over(zone, UNIT_YEARS, 1, UNIT_MONTHS, 1),
  };
  for (unsigned i = 0; i < sizeof plans / sizeof *plans; i++)
    check_plan(&clock, zone, &plans[i], day, to_day);
}

static void test_windows_where_the_clock_never_changes(void **state)
{
  check_zone(*state, "UTC", 2026, 1, 20, 80);
}

static void test_windows_of_europe(void **state)
{
  check_zone(*state, "Europe/Amsterdam", 2026, 3, 20, 20);
  check_zone(*state, "Europe/Amsterdam", 2026, 10, 15, 20);
}

static void test_windows_of_america(void **state)
{
  check_zone(*state, "America/New_York", 2028, 2, 20, 30);
  check_zone(*state, "America/New_York", 2026, 10, 25, 20);
}

static void test_windows_where_the_clock_changes_by_half_an_hour(void **state)
{
  check_zone(*state, "Australia/Lord_Howe", 2026, 3, 28, 15);
  check_zone(*state, "Australia/Lord_Howe", 2026, 9, 28, 15);
}

static void test_windows_where_midnight_is_skipped_or_repeated(void **state)
{
  check_zone(*state, "America/Sao_Paulo", 2018, 10, 25, 15); /* to 01:00 */
  check_zone(*state, "America/Sao_Paulo", 2018, 2, 10, 15);  /* back to 23:00 */
  check_zone(*state, "America/Havana", 2025, 10, 25, 15);    /* 01:00 back to 00:00 */
}

static void test_windows_where_a_day_is_skipped(void **state)
{
  check_zone(*state, "Pacific/Apia", 2011, 12, 20, 20);
}

/* ---- by hand ---- */

static void same(Stretch found, int64_t from, int64_t to)
{
  if (found.from != from || found.to != to)
    fail_msg("%lld..%lld, not %lld..%lld", (long long)found.from / SECOND, (long long)found.to / SECOND,
             (long long)from / SECOND, (long long)to / SECOND);
}

static void test_periods_are_counted_from_1970(void **state)
{
  ZoneView utc = zone_named(*state, "UTC"), amsterdam = zone_named(*state, "Europe/Amsterdam");
  int64_t t = at_utc(2026, 3, 15, 12, 0);
  same(window_period(utc, UNIT_DAYS, 1, t, 0), at_utc(2026, 3, 15, 0, 0), at_utc(2026, 3, 16, 0, 0));
  same(window_period(utc, UNIT_WEEKS, 1, t, 0), at_utc(2026, 3, 9, 0, 0), at_utc(2026, 3, 16, 0, 0));
  same(window_period(utc, UNIT_WEEKS, 1, t, -1), at_utc(2026, 3, 2, 0, 0), at_utc(2026, 3, 9, 0, 0));
  same(window_period(utc, UNIT_WEEKS, 2, at_utc(1970, 1, 7, 0, 0), 0), at_utc(1970, 1, 5, 0, 0),
       at_utc(1970, 1, 19, 0, 0));
  same(window_period(utc, UNIT_MONTHS, 1, t, 1), at_utc(2026, 4, 1, 0, 0), at_utc(2026, 5, 1, 0, 0));
  same(window_period(utc, UNIT_MONTHS, 5, t, 0), at_utc(2025, 11, 1, 0, 0), at_utc(2026, 4, 1, 0, 0));
  same(window_period(utc, UNIT_QUARTERS, 1, t, 0), at_utc(2026, 1, 1, 0, 0), at_utc(2026, 4, 1, 0, 0));
  same(window_period(utc, UNIT_YEARS, 10, t, 0), at_utc(2020, 1, 1, 0, 0), at_utc(2030, 1, 1, 0, 0));
  same(window_period(amsterdam, UNIT_MONTHS, 1, t, 0), at_utc(2026, 2, 28, 23, 0),
       at_utc(2026, 3, 31, 22, 0));
}

static void test_a_month_without_the_day_ends_instead(void **state)
{
  ZoneView utc = zone_named(*state, "UTC");
  WindowPlan plan = over(utc, UNIT_MONTHS, 1, UNIT_DAYS, 1);
  assert_int_equal(window_begin(&plan, at_utc(2026, 3, 28, 0, 0)), at_utc(2026, 2, 28, 0, 0));
  assert_int_equal(window_begin(&plan, at_utc(2026, 3, 29, 0, 0)), at_utc(2026, 3, 1, 0, 0));
  assert_int_equal(window_begin(&plan, at_utc(2026, 3, 31, 0, 0)), at_utc(2026, 3, 1, 0, 0));
  assert_int_equal(window_begin(&plan, at_utc(2026, 4, 1, 0, 0)), at_utc(2026, 3, 1, 0, 0));
}

/* ---- the edges of time ---- */

static void check_edge(const WindowPlan *plan, int64_t t)
{
  int64_t at = t < FIRST ? FIRST : t >= LIMIT ? LIMIT - 1 : t, end = window_next_end(plan, t);
  Stretch pane = window_pane(plan, t);
  if (pane.from > at || pane.to <= at || pane.from < FIRST || (pane.to >= LIMIT && pane.to != INT64_MAX))
    say(plan, "pane", t, pane, pane);
  if (end <= t && t != INT64_MAX) say(plan, "end", t, (Stretch){0, end}, pane);
  if (pane.to > end) say(plan, "pane beyond the end", t, pane, (Stretch){0, end});
  if (end == INT64_MAX) return;
  int64_t begin = window_begin(plan, end);
  if (begin >= end || begin < FIRST) say(plan, "window", t, (Stretch){begin, end}, pane);
}

static void test_windows_at_the_ends_of_time(void **state)
{
  static const char *const names[] = {"UTC", "Pacific/Apia", "America/New_York", "Australia/Sydney",
                                      "Asia/Tokyo"};
  static const int64_t times[] = {INT64_MIN, FIRST - 1, FIRST, FIRST + 1, FIRST + DAY, FIRST + 40 * DAY,
                                  FIRST + 400 * DAY, 0, -1, LIMIT - 400 * DAY, LIMIT - 2 * DAY, LIMIT - DAY,
                                  LIMIT - HOUR, LIMIT - 1, LIMIT, LIMIT + DAY, INT64_MAX};
  static const int64_t lengths[] = {1, 7, 400, 3652500};
  static const int64_t micros[] = {1, SECOND, HOUR, 7 * HOUR, 25 * HOUR, 315569520000000000};
  for (unsigned z = 0; z < 5; z++) {
    ZoneView zone = zone_named(*state, names[z]);
    for (unsigned unit = UNIT_MICROSECONDS; unit < UNIT_END; unit++)
      for (unsigned step = UNIT_MICROSECONDS; step < UNIT_END; step++)
        for (unsigned i = 0; i < 16; i++)
          for (unsigned t = 0; t < sizeof times / sizeof *times; t++) {
            int64_t length = unit ? lengths[i % 4] : micros[i % 6];
            int64_t by = step ? lengths[i / 4] : micros[i / 3];
            WindowPlan hop = over(zone, unit, length, step, by), tumble = per(zone, unit, length);
            check_edge(&hop, times[t]);
            check_edge(&tumble, times[t]);
          }
  }
}

static void test_periods_at_the_ends_of_time(void **state)
{
  ZoneView zone = zone_named(*state, "Europe/Amsterdam");
  static const int64_t offsets[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
  for (unsigned unit = UNIT_MICROSECONDS; unit < UNIT_END; unit++)
    for (unsigned i = 0; i < 5; i++) {
      Stretch whole = window_period(zone, unit, INT64_MAX, 0, offsets[i]);
      Stretch one = window_period(zone, unit, 1, i % 2 ? INT64_MAX : INT64_MIN, offsets[i]);
      assert_true(whole.from >= FIRST && one.from >= FIRST && whole.to >= whole.from && one.to >= one.from);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_windows_where_the_clock_never_changes),
    ARENA_TEST(test_windows_of_europe),
    ARENA_TEST(test_windows_of_america),
    ARENA_TEST(test_windows_where_the_clock_changes_by_half_an_hour),
    ARENA_TEST(test_windows_where_midnight_is_skipped_or_repeated),
    ARENA_TEST(test_windows_where_a_day_is_skipped),
    ARENA_TEST(test_periods_are_counted_from_1970),
    ARENA_TEST(test_a_month_without_the_day_ends_instead),
    ARENA_TEST(test_windows_at_the_ends_of_time),
    ARENA_TEST(test_periods_at_the_ends_of_time),
  };
  return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
