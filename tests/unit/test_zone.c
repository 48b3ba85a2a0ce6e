/* test_zone.c - zones from the tz database, local time there and back, the civil calendar. */
#define _DEFAULT_SOURCE /* setenv, tm_gmtoff */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bytecode/zonetime.h"
#include "compiler/zone.h"
#include "compiler/zone_file.h"

typedef struct Fixture {
  Mem mem;
  Arena arena;
  ModuleBuilder builder;
} Fixture;

static int setup(void **state)
{
  Fixture *f = calloc(1, sizeof *f);
  mem_init(&f->mem, NULL, NULL);
  arena_init(&f->arena, &f->mem);
  builder_init(&f->builder, &f->arena);
  *state = f;
  return 0;
}

static int teardown(void **state)
{
  Fixture *f = *state;
  arena_free(&f->arena);
  free(f);
  return 0;
}

static ZoneView zone(Fixture *f, const char *name)
{
  char reason[200] = "";
  uint32_t row = 0;
  if (!zone_load(&f->builder, name, &row, reason, sizeof reason)) fail_msg("%s: %s", name, reason);
  return builder_zone(&f->builder, row);
}

static int64_t seconds(int year, int month, int day, int hour, int minute)
{
  return days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

/* ---- the civil calendar ---- */

static void test_days_and_dates_agree_for_all_years(void **state)
{
  (void)state;
  int64_t day = CIVIL_FIRST_DAY;
  assert_int_equal(days_from_civil(1970, 1, 1), 0);
  assert_int_equal(days_from_civil(1, 1, 1), CIVIL_FIRST_DAY);
  assert_int_equal(days_from_civil(9999, 12, 31), CIVIL_LAST_DAY);
  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      for (int d = 1; d <= (int)days_of_month(year, month); d++, day++) {
        CivilDate date = civil_from_days(day);
        if (date.year != year || date.month != month || date.day != d
            || days_from_civil(year, month, d) != day)
          fail_msg("%04d-%02d-%02d", year, month, d);
      }
  assert_int_equal(day, CIVIL_LAST_DAY + 1);
}

static void test_weekdays_count_from_monday(void **state)
{
  (void)state;
  assert_int_equal(weekday_of(days_from_civil(2026, 3, 2)), 0);
  assert_int_equal(weekday_of(days_from_civil(2000, 2, 29)), 1);
  assert_int_equal(weekday_of(days_from_civil(1969, 12, 28)), 6);
  assert_int_equal(day_of_second(-1), -1);
  assert_int_equal(day_of_second(86399), 0);
}

/* ---- offsets ---- */

typedef struct Known {
  const char *zone;
  int year, month, day, hour, minute; /* UTC, the instant of the change */
  int before, after;                  /* minutes east of UTC */
} Known;

static void test_known_changes_of_offset(void **state)
{
  static const Known known[] = {
    {"Europe/Amsterdam", 2026, 3, 29, 1, 0, 60, 120},   {"Europe/Amsterdam", 2026, 10, 25, 1, 0, 120, 60},
    {"Europe/Amsterdam", 2093, 3, 29, 1, 0, 60, 120},   {"America/New_York", 2026, 3, 8, 7, 0, -300, -240},
    {"America/New_York", 2026, 11, 1, 6, 0, -240, -300}, {"America/New_York", 1987, 4, 5, 7, 0, -300, -240},
    {"Australia/Lord_Howe", 2026, 4, 4, 15, 0, 660, 630},
    {"Australia/Lord_Howe", 2026, 10, 3, 15, 30, 630, 660},
    {"Asia/Kolkata", 1945, 10, 14, 17, 30, 390, 330},   {"Europe/Dublin", 2026, 3, 29, 1, 0, 0, 60},
    {"Europe/Dublin", 2026, 10, 25, 1, 0, 60, 0},       {"Europe/Dublin", 2060, 10, 31, 1, 0, 60, 0},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    const Known *k = &known[i];
    int64_t at = seconds(k->year, k->month, k->day, k->hour, k->minute);
    ZoneView view = zone(*state, k->zone);
    if (zone_offset(view, at - 1) != k->before * 60 || zone_offset(view, at) != k->after * 60)
      fail_msg("%s %d-%02d-%02d: %d, then %d", k->zone, k->year, k->month, k->day, zone_offset(view, at - 1),
               zone_offset(view, at));
    assert_int_equal(zone_span(view, at).from, at);
    assert_int_equal(zone_span(view, at - 1).until, at);
  }
}

static uint64_t next_random(uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void test_offsets_agree_with_the_c_library(void **state)
{
  static const char *const names[] = {
    "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
    "Europe/Dublin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Tehran", "Antarctica/Troll",
    "America/Godthab",
    "Europe/London", "Asia/Gaza", "Pacific/Auckland", "Etc/GMT+5", "America/St_Johns", "Africa/Monrovia",
    "UTC",
  };
  uint64_t random = 88172645463325252u;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    ZoneView view = zone(*state, names[i]);
    setenv("TZ", names[i], 1);
    tzset();
    for (int n = 0; n < 600; n++) {
      uint64_t from_1850 = next_random(&random) % (uint64_t)(400LL * 366 * 86400);
      int64_t at = seconds(1850, 1, 1, 0, 0) + (int64_t)from_1850;
      time_t t = (time_t)at;
      struct tm local;
      localtime_r(&t, &local);
      if (zone_offset(view, at) != local.tm_gmtoff)
        fail_msg("%s at %lld: %d instead of %ld", names[i], (long long)at, zone_offset(view, at),
                 local.tm_gmtoff);
    }
  }
  unsetenv("TZ");
  tzset();
}

static void test_spans_follow_each_other_without_gaps(void **state)
{
  ZoneView view = zone(*state, "Europe/Amsterdam");
  ZoneSpan span = zone_span(view, INT64_MIN);
  unsigned count = 0;
  assert_true(span.from == INT64_MIN);
  while (span.until < seconds(2100, 1, 1, 0, 0)) {
    ZoneSpan next = zone_span(view, span.until);
    assert_int_equal(next.from, span.until);
    assert_true(next.until > next.from && next.offset != span.offset);
    span = next;
    count++;
  }
  assert_true(count > 200);
  assert_true(zone_span(view, INT64_MAX).until == INT64_MAX);
}

/* A rule makes the transitions it covers superfluous, however far the file has them written out. */
static void test_what_the_rule_covers_is_dropped(void **state)
{
  ZoneView view = zone(*state, "Europe/Amsterdam");
  const TransitionRow *last = &view.transitions[view.row->transitions_count - 1];
  assert_int_equal(view.row->has_rule, 1);
  assert_true(last->at < seconds(1997, 1, 1, 0, 0));
  assert_int_equal(zone(*state, "Asia/Kolkata").row->has_rule, 0);
}

/* ---- local to UTC ---- */

static void test_a_repeated_local_time_is_the_first(void **state)
{
  ZoneFit fit;
  ZoneView view = zone(*state, "Europe/Amsterdam");
  int64_t utc = zone_to_utc(view, seconds(2026, 10, 25, 2, 30), ZONE_SKIP_COUNT, &fit);
  assert_int_equal(utc, seconds(2026, 10, 25, 0, 30));
  assert_int_equal(fit, ZONE_REPEATED);
  assert_int_equal(zone_to_utc(view, seconds(2026, 10, 25, 3, 0), ZONE_SKIP_COUNT, &fit),
                   seconds(2026, 10, 25, 2, 0));
  assert_int_equal(fit, ZONE_FITS);
}

static void test_a_skipped_local_time_counts_on_or_jumps(void **state)
{
  ZoneFit fit;
  ZoneView view = zone(*state, "Europe/Amsterdam");
  int64_t local = seconds(2026, 3, 29, 2, 30);
  assert_int_equal(zone_to_utc(view, local, ZONE_SKIP_COUNT, &fit), seconds(2026, 3, 29, 1, 30));
  assert_int_equal(fit, ZONE_SKIPPED);
  assert_int_equal(zone_to_utc(view, local, ZONE_SKIP_JUMP, &fit), seconds(2026, 3, 29, 1, 0));
  assert_int_equal(zone_to_utc(view, seconds(2026, 3, 29, 3, 0), ZONE_SKIP_JUMP, &fit),
                   seconds(2026, 3, 29, 1, 0));
  assert_int_equal(fit, ZONE_FITS);
}

static void test_a_day_that_a_zone_left_out(void **state)
{
  ZoneFit fit;
  ZoneView view = zone(*state, "Pacific/Apia"); /* had no 2011-12-30 */
  int64_t jump = seconds(2011, 12, 30, 10, 0);
  assert_int_equal(zone_to_utc(view, seconds(2011, 12, 30, 12, 0), ZONE_SKIP_JUMP, &fit), jump);
  assert_int_equal(fit, ZONE_SKIPPED);
}

static void test_every_instant_comes_back_from_its_local_time(void **state)
{
  static const char *const names[] = {"Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"};
  for (size_t i = 0; i < 4; i++) {
    ZoneView view = zone(*state, names[i]);
    for (int64_t at = seconds(1900, 1, 1, 0, 0); at < seconds(2080, 1, 1, 0, 0); at += 17 * 3600 + 1234) {
      ZoneFit fit;
      int64_t back = zone_to_utc(view, at + zone_offset(view, at), ZONE_SKIP_JUMP, &fit);
      if (fit == ZONE_SKIPPED || back > at || (back != at && fit != ZONE_REPEATED))
        fail_msg("%s at %lld: %lld", names[i], (long long)at, (long long)back);
    }
  }
}

/* ---- names and files ---- */

static void test_a_zone_is_read_once(void **state)
{
  Fixture *f = *state;
  zone(f, "Europe/Amsterdam");
  zone(f, "UTC");
  zone(f, "Europe/Amsterdam");
  assert_int_equal(f->builder.Zone.len, 2);
}

static void expect_reason(Fixture *f, const char *name, const char *words)
{
  char reason[240] = "";
  uint32_t row = 77;
  assert_false(zone_load(&f->builder, name, &row, reason, sizeof reason));
  if (!strstr(reason, words)) fail_msg("%s: \"%s\" has no \"%s\"", name, reason, words);
  assert_int_equal(row, 77);
}

static void test_unknown_names_get_near_ones(void **state)
{
  expect_reason(*state, "Europe/Amsterdm", "did you mean \"Europe/Amsterdam\"");
  expect_reason(*state, "europe/amsterdam", "\"Europe/Amsterdam\"");
  expect_reason(*state, "Amsterdam", "\"Europe/Amsterdam\"");
  expect_reason(*state, "New York", "\"America/New_York\"");
  expect_reason(*state, "Europe", "there is no time zone \"Europe\"");
  expect_reason(*state, "", "there is no time zone \"\"");
}

static void test_names_do_not_leave_the_database(void **state)
{
  static const char *const bad[] = {"../../../etc/passwd", "/etc/localtime", "Europe/../../localtime",
                                    "Europe//Amsterdam",
                                    "Europe/", "localtime", "Europe/Amsterdam\n", "Zone\xc3\xa9",
                                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    expect_reason(*state, bad[i], "there is no time zone");
}

static void test_reasons_fit_small_buffers(void **state)
{
  Fixture *f = *state;
  char reason[20];
  uint32_t row;
  assert_false(zone_load(&f->builder, "Europe/Amsterdm", &row, reason, sizeof reason));
  assert_int_equal(strlen(reason), sizeof reason - 1);
}

static void test_damaged_files_are_refused_or_read(void **state)
{
  Fixture *f = *state;
  bool database;
  FILE *file = zone_file_open("Europe/Dublin", &database);
  unsigned char whole[8192];
  assert_non_null(file);
  size_t len = fread(whole, 1, sizeof whole, file);
  fclose(file);
  uint32_t row;
  for (size_t cut = 0; cut < len; cut++) {
    unsigned char *part = malloc(cut + 1);
    memcpy(part, whole, cut);
    assert_non_null(zone_read(&f->builder, "Cut", part, cut, &row));
    free(part);
  }
  assert_int_equal(f->builder.Zone.len, 0);
  for (size_t i = 0; i < len; i++) {
    whole[i] ^= 0x41;
    zone_read(&f->builder, "Changed", whole, len, &row);
    whole[i] ^= 0x41;
  }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    TEST(test_days_and_dates_agree_for_all_years),
    TEST(test_weekdays_count_from_monday),
    TEST(test_known_changes_of_offset),
    TEST(test_offsets_agree_with_the_c_library),
    TEST(test_spans_follow_each_other_without_gaps),
    TEST(test_what_the_rule_covers_is_dropped),
    TEST(test_a_repeated_local_time_is_the_first),
    TEST(test_a_skipped_local_time_counts_on_or_jumps),
    TEST(test_a_day_that_a_zone_left_out),
    TEST(test_every_instant_comes_back_from_its_local_time),
    TEST(test_a_zone_is_read_once),
    TEST(test_unknown_names_get_near_ones),
    TEST(test_names_do_not_leave_the_database),
    TEST(test_reasons_fit_small_buffers),
    TEST(test_damaged_files_are_refused_or_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
