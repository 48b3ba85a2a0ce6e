/*
 * test_report_words.c - figures, times and comparisons in words; lines of a terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/render.h"
#include "report/terminal.h"
#include "report/words.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/running.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define SECOND INT64_C(1000000)

static Words plain(void **state)
{
  return (Words){.arena = *state};
}

static void counts_have_commas(void **state)
{
  Words words = plain(state);
  assert_string_equal(words_count(&words, 0), "0");
  assert_string_equal(words_count(&words, 999), "999");
  assert_string_equal(words_count(&words, 1000), "1,000");
  assert_string_equal(words_count(&words, UINT64_MAX), "18,446,744,073,709,551,615");
  assert_string_equal(words_many(&words, 1, "journey", "journeys"), "1 journey");
  assert_string_equal(words_many(&words, 1200, "journey", "journeys"), "1,200 journeys");
}

static void shares_of_nearly_all_are_not_all(void **state)
{
  Words words = plain(state);
  assert_string_equal(words_share(&words, 1), "100 %");
  assert_string_equal(words_share(&words, 0.99999), ">99.9 %");
  assert_string_equal(words_share(&words, 0.974), "97.4 %");
  assert_string_equal(words_share(&words, 0.00001), "<0.1 %");
  assert_string_equal(words_share(&words, 0), "0 %");
  assert_string_equal(words_estimate(&words, (Estimate){0}), WORDS_NOTHING);
  assert_string_equal(words_rate(&words, share_estimate(81, 263)), "30.8 % (25.5–36.6 %)");
  assert_string_equal(words_percentage(&words, -1), WORDS_NOTHING);
}

static void points_have_a_sign(void **state)
{
  Words words = plain(state);
  assert_string_equal(words_points(&words, (Estimate){true, true, 0.028, 0.004, 0.052}), "+2.8 points");
  assert_string_equal(words_points_interval(&words, (Estimate){true, true, 0.028, -0.0004, 0.052}), "+0.0 to +5.2");
}

static void lengths_of_time_have_two_units(void **state)
{
  Words words = plain(state);
  static const struct {
    int64_t micros;
    const char *text;
  } lengths[] = {
    {0, "0 s"}, {420000, "0.42 s"}, {35 * SECOND, "35 s"}, {725 * SECOND, "12 min 5 s"}, {3600 * SECOND, "1 h"},
    {11400 * SECOND, "3 h 10 min"}, {86399 * SECOND, "24 h"}, {86400 * SECOND, "1 d"},
    {(12 * 86400 + 4 * 3600) * SECOND, "12 d 4 h"}, {-60 * SECOND, "-1 min"}, {MOT_NO_TIME, WORDS_NOTHING},
  };
  for (size_t i = 0; i < LENGTH(lengths); i++)
    assert_string_equal(words_length(&words, lengths[i].micros), lengths[i].text);
}

static void values_have_their_unit(void **state)
{
  Words words = plain(state);
  mot_value money = {.type = MOT_TYPE_MONEY, .integer = -123450, .currency = "EUR", .exponent = 2};
  mot_value yen = {.type = MOT_TYPE_MONEY, .integer = 5000000, .currency = "JPY"};
  mot_value number = {.type = MOT_TYPE_NUMBER, .number = 1234.5};
  ReviewAmount amounts[] = {{.sum = money, .type = MOT_TYPE_MONEY}, {.type = MOT_TYPE_INT}};
  assert_string_equal(words_value(&words, &money), "-1,234.50 EUR");
  assert_string_equal(words_value(&words, &yen), "5,000,000 JPY");
  assert_string_equal(words_value(&words, &number), "1,234.5");
  assert_string_equal(words_number(&words, -0.001), "0");
  assert_string_equal(words_amounts(&words, &(ReviewAmounts){amounts, 2}), "-1,234.50 EUR, too large to show");
  assert_string_equal(words_amounts(&words, &(ReviewAmounts){0}), WORDS_NOTHING);
}

/* ---- times ---- */

static int64_t time_of(const mot_rules *rules, const char *text)
{
  int64_t time;
  assert_true(mot_rules_time(rules, text, &time));
  return time;
}

static void stretches_have_the_names_that_people_give_them(void **state)
{
  static const struct {
    const char *from, *to, *name;
  } spans[] = {
    {"2016-01-01", "2017-01-01", "2016"},
    {"2016-04-01", "2016-07-01", "second quarter of 2016"},
    {"2016-03-01", "2016-04-01", "March 2016"},
    {"2016-02-29", "2016-03-07", "week 9 of 2016"},
    {"2020-12-28", "2021-01-04", "week 53 of 2020"},
    {"2024-12-30", "2025-01-06", "week 1 of 2025"},
    {"2026-03-29", "2026-03-30", "29 March 2026"}, /* of 23 hours */
    {"2016-01-01", "2016-03-01", "January to February 2016"},
    {"2015-11-01", "2016-02-01", "November 2015 to January 2016"},
    {"2016-03-05", "2016-03-20", "2016-03-05 to 2016-03-19"},
    {"2016-03-05T12:00", "2016-03-07T09:30", "2016-03-05 12:00 to 2016-03-07 09:30"},
    {"2016-03-05", "2016-03-07T09:30", "2016-03-05 to 2016-03-07 09:30"},
  };
  mot_rules *rules = running_rules("stream { zone \"Europe/Amsterdam\" } event E { c: id }");
  Words words = {.arena = *state, .rules = rules};
  for (size_t i = 0; i < LENGTH(spans); i++) {
    ReviewSpan span = {time_of(rules, spans[i].from), time_of(rules, spans[i].to)};
    assert_string_equal(words_span(&words, span), spans[i].name);
  }
  assert_string_equal(words_instant(&words, time_of(rules, "2016-03-05T12:00:30.5")), "2016-03-05 12:00");
  assert_string_equal(words_because(&words, "E at 2016-03-05T11:00:30.500Z, not 2016-03"), "E at 2016-03-05 12:00, not 2016-03");
  mot_rules_free(rules);
}

static void sub_periods_are_named_as_they_are_typed(void **state)
{
  mot_rules *rules = running_rules("stream { zone \"Europe/Amsterdam\" } event E { c: id }");
  ReviewSpan span = {time_of(rules, "2021-01-02"), 0};
  Review review = {.points = &span, .point_count = 1};
  Words words = {.arena = *state, .rules = rules, .review = &review};
  static const char *const names[] = {"2021-01-02", "2020-W53", "2021-01", "2021"};
  for (review.step = REVIEW_BY_DAY; review.step <= REVIEW_BY_YEAR; review.step++)
    assert_string_equal(words_point(&words, 0), names[review.step]);
  mot_rules_free(rules);
}

/* ---- comparisons ---- */

static void a_comparison_says_how_sure_it_is(void **state)
{
  Words words = plain(state);
  ReviewMot mot = {.contribution = compare_shares(123, 300, 117, 900)};
  assert_string_equal(words_contribution(&words, &mot),
                      "When it was missed, the outcome failed in 41 % of 300 journeys, against 13 % of 900 when all were "
                      "produced: 28 points more (95 % interval +22.1 to +34.0), 3.2 times as often.");
  mot.contribution = compare_shares(2, 5, 20, 61);
  assert_memory_equal(words_contribution(&words, &mot), "No sign that this moment matters: when", 38);
  mot.contribution = compare_shares(0, 0, 20, 61);
  assert_string_equal(words_contribution(&words, &mot), "Cannot be judged: it was never missed in 61 journeys.");
  mot.contribution = compare_shares(3, 9, 0, 0);
  assert_string_equal(words_contribution(&words, &mot), "Cannot be judged: it was missed in each of 9 journeys that had it.");
  mot.contribution = compare_shares(0, 0, 0, 0);
  assert_string_equal(words_contribution(&words, &mot), "Cannot be judged: no journey with this moment was decided.");
}

/* ---- lines of a terminal ---- */

static void a_terminal_gets_nothing_that_steers_it(void **state)
{
  assert_string_equal(terminal_clean(*state, "a\x1b[2J\tb\n\x7f\xff\xc2\x85\xe2\x80\xae" "c"), "a?[2J b ????c");
  assert_string_equal(terminal_clean(*state, "ü → 漢"), "ü → 漢");
  assert_string_equal(terminal_clean(*state, ""), "");
  assert_int_equal(terminal_width("ü → 漢", strlen("ü → 漢")), 6);
  assert_int_equal(terminal_word("one three of"), 5);
}

static void lines_break_at_blanks(void **state)
{
  static const char *const expected[] = {"one two", "threefou", "rfive", "six"};
  Lines lines = terminal_lines(*state, "one two threefourfive six", 8);
  assert_int_equal(lines.len, LENGTH(expected));
  for (uint32_t i = 0; i < lines.len; i++) {
    assert_int_equal(lines.data[i].size, strlen(expected[i]));
    assert_memory_equal(lines.data[i].text, expected[i], lines.data[i].size);
  }
  assert_int_equal(terminal_lines(*state, "", 8).len, 1);
}

/* ---- layouts ---- */

static bool refuse(void *user, const char *bytes, size_t size)
{
  (void)bytes, (void)size;
  ++*(int *)user;
  return false;
}

static void a_layout_ends_where_it_is_refused(void **state)
{
  (void)state;
  typedef RenderStatus (*Render)(const Review *, const RenderOptions *, RenderSink);
  static const Render renders[] = {render_terminal, render_markdown, render_html, render_json};
  mot_rules *rules = running_rules("event E { c: id }");
  ReviewRules said = {.hash = ""};
  Review review = {.rules = &said, .period = {0, 86400 * SECOND}, .previous = {MOT_NO_TIME, MOT_NO_TIME}};
  for (size_t i = 0; i < LENGTH(renders); i++) {
    int calls = 0;
    assert_int_equal(renders[i](&review, &(RenderOptions){.rules = rules}, (RenderSink){refuse, &calls}), RENDER_REFUSED);
    assert_int_equal(calls, 1);
  }
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(counts_have_commas),
    ARENA_TEST(shares_of_nearly_all_are_not_all),
    ARENA_TEST(points_have_a_sign),
    ARENA_TEST(lengths_of_time_have_two_units),
    ARENA_TEST(values_have_their_unit),
    ARENA_TEST(stretches_have_the_names_that_people_give_them),
    ARENA_TEST(sub_periods_are_named_as_they_are_typed),
    ARENA_TEST(a_comparison_says_how_sure_it_is),
    ARENA_TEST(a_terminal_gets_nothing_that_steers_it),
    ARENA_TEST(lines_break_at_blanks),
    cmocka_unit_test(a_layout_ends_where_it_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
