/*
 * test_report_collect_acts.c - people, money, what was done and the stories told, from records made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/told.h"

/* ---- people ---- */

static void teams_and_individuals_have_rates_lowest_first(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About c1 = {"c1", 0};
  told_moment_by(&told, c1, DAYS(1), ASK, MOT_PRODUCED, "ann");
  told_moment_by(&told, c1, DAYS(2), ASK, MOT_MISSED, "bob");
  told_moment_by(&told, c1, DAYS(2), ASK, MOT_PRODUCED, "bob");
  told_moment_by(&told, c1, DAYS(2), VISIT, MOT_MISSED, "bob");
  told_moment(&told, c1, DAYS(3), CALL, MOT_PRODUCED);
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->team_count, 2);
  assert_int_equal(e->teams[0].owner, FIELD);
  rate_is(&e->teams[0].rate, 1, 1);
  rate_is(&e->teams[1].rate, 3, 1);
  assert_int_equal(e->teams[1].took.cases, 4);
  assert_int_equal(e->individual_count, 3);
  assert_string_equal(e->individuals[0].who, "bob");
  rate_is(&e->individuals[0].rate, 1, 1);
  assert_string_equal(e->individuals[1].who, "ann");
  assert_int_equal(e->individuals[2].mot, VISIT);
  assert_int_equal(e->individuals[2].took, HOUR);
  told_end(&told);
}

static void beyond_ten_thousand_individuals_are_together(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  for (int64_t i = 0; i < 10003; i++) {
    ReviewFact fact = told_fact((About){"c1", 0}, MOT_RECORD_MOMENT, DAYS(1), ASK, MOT_PRODUCED);
    fact.moment.group = (mot_value){.type = MOT_TYPE_INT, .integer = i};
    told_take(&told, fact, "c1");
  }
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->individual_count, 10001);
  assert_true(e->individuals[10000].other);
  rate_is(&e->individuals[10000].rate, 3, 0);
  assert_string_equal(e->individuals[0].who, "0");
  told_end(&told);
}

/* ---- money, sentiment ---- */

static void money_is_summed_by_currency_and_sub_period(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  ReviewFact fact = told_fact((About){"c1", 0}, MOT_RECORD_MOMENT, DAYS(1), ASK, MOT_MISSED);
  mot_value euros = {.type = MOT_TYPE_MONEY, .integer = -4500, .currency = "EUR", .exponent = 2};
  fact.moment.impact = euros;
  told_take(&told, fact, "c1");
  fact.record.time += DAYS(1);
  told_take(&told, fact, "c1");
  fact.moment.impact.currency = "CHF";
  told_take(&told, fact, "c1");
  fact.record.kind = MOT_RECORD_JOURNEY;
  fact.moment.impact = (mot_value){.type = MOT_TYPE_NUMBER, .number = 2.5};
  told_take(&told, fact, "c1");
  const Review *review = told_review(&told);
  const ReviewExperience *e = &review->experiences[0];
  assert_int_equal(review->point_count, 3); /* opened the day before the first decision */
  assert_int_equal(e->crown[1].impact.count, 1);
  assert_int_equal(e->crown[2].impact.count, 2);
  assert_string_equal(e->crown[2].impact.amounts[0].currency, "CHF");
  assert_int_equal(e->crown[2].value.count, 1);
  assert_int_equal(e->impact.amounts[1].sum.integer, -9000);
  assert_int_equal(e->impact.amounts[1].cases, 2);
  assert_true(e->value.amounts[0].sum.number == 2.5);
  assert_int_equal(e->mots[ASK].impact.count, 2);
  rate_is(&e->crown[2].moments, 0, 2);
  told_end(&told);
}

static void a_sum_beyond_its_type_is_none(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  ReviewFact fact = told_fact((About){"c1", 0}, MOT_RECORD_MOMENT, DAYS(1), ASK, MOT_MISSED);
  fact.moment.impact = (mot_value){.type = MOT_TYPE_MONEY, .integer = INT64_MAX, .currency = "EUR"};
  told_take(&told, fact, "c1");
  told_take(&told, fact, "c1");
  const ReviewAmounts *impact = &told_experience(&told)->impact;
  assert_int_equal(impact->amounts[0].sum.type, MOT_TYPE_NONE);
  assert_int_equal(impact->amounts[0].cases, 2);
  told_end(&told);
}

static void say(Told *told, const char *customer, int64_t time, int64_t score)
{
  ReviewFact fact = told_fact((About){customer, 0}, MOT_RECORD_SENTIMENT, time, MOT_NOT_FOUND, MOT_OPEN);
  fact.act.value = (mot_value){.type = MOT_TYPE_INT, .integer = score};
  told_take(told, fact, customer);
}

static void sentiment_is_the_first_one_after_each_moment(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  told_moment(&told, (About){"c1", 0}, DAYS(1), ASK, MOT_MISSED);
  told_moment(&told, (About){"c1", 0}, DAYS(1), ASK, MOT_MISSED);
  told_moment(&told, (About){"c1", 0}, DAYS(2), VISIT, MOT_PRODUCED);
  told_moment(&told, (About){"c2", 0}, DAYS(2), VISIT, MOT_PRODUCED);
  say(&told, "c1", DAYS(3), 2); /* after two missed, one produced */
  say(&told, "c1", DAYS(4), 9); /* after nothing new */
  told_moment(&told, (About){"c1", 0}, DAYS(5), ASK, MOT_MISSED);
  say(&told, "c1", DAYS(6), 5);
  say(&told, "c2", DAYS(6), 10);
  const ReviewSentiment *sentiment = &told_experience(&told)->sentiment;
  assert_int_equal(sentiment->said, 4);
  assert_true(sentiment->mean.value == 6.5);
  assert_int_equal(sentiment->missed_cases, 3);
  assert_true(sentiment->after_missed.value == 3);
  assert_int_equal(sentiment->produced_cases, 2);
  assert_true(sentiment->after_produced.value == 6);
  assert_true(sentiment->difference.value == -3);
  told_end(&told);
}

/* ---- corrections, alerts, targets, goals ---- */

static void corrections_are_in_time_late_overdue_or_withdrawn(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About journeys[5];
  for (uint32_t n = 0; n < 5; n++) {
    static const char *const ids[] = {"i0", "i1", "i2", "i3"};
    journeys[n] = (About){"c1", n};
    told_moment(&told, journeys[n], DAYS(10), ASK, MOT_MISSED);
    if (n < 4) told_correction(&told, journeys[n], DAYS(10), ASK, MOT_STATE_OPENED, ids[n], DAYS(11));
  }
  told_correction(&told, journeys[0], DAYS(11), ASK, MOT_STATE_DONE, "i0", DAYS(11));
  for (uint32_t n = 1; n < 3; n++)
    told_correction(&told, journeys[n], DAYS(11), ASK, MOT_STATE_OVERDUE, n == 1 ? "i1" : "i2", DAYS(11));
  told_correction(&told, journeys[1], DAYS(12), ASK, MOT_STATE_DONE, "i1", DAYS(11));
  told_correction(&told, journeys[3], DAYS(12), ASK, MOT_STATE_WITHDRAWN, "i3", DAYS(11));
  told_over(&told, journeys[0], DAYS(13), MOT_PRODUCED);
  told_over(&told, journeys[1], DAYS(13), MOT_MISSED);
  told_over(&told, journeys[4], DAYS(13), MOT_MISSED);
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->correction_count, 1);
  const ReviewCorrections *c = &e->corrections[0];
  assert_int_equal(c->mot, ASK);
  assert_int_equal(c->opened, 4);
  assert_int_equal(c->in_time, 1);
  assert_int_equal(c->late, 1);
  assert_int_equal(c->withdrawn, 1);
  assert_int_equal(c->overdue, 1);
  assert_int_equal(c->open, 0);
  assert_true(c->in_time_share.value > 0.333 && c->in_time_share.value < 0.334);
  counts_are(&c->corrected, 1, 2, 1, 1);
  counts_are(&c->timely, 0, 1, 1, 1);
  assert_int_equal(e->overdue_total, 1);
  assert_string_equal(e->overdue[0].id, "i2");
  assert_string_equal(e->overdue[0].text, "call");
  assert_int_equal(e->overdue[0].due, DAYS(11));
  told_end(&told);
}

static void alert(Told *told, int64_t time, uint32_t owner, mot_state what, const char *cause)
{
  ReviewFact fact = told_fact((About){"c1", 0}, MOT_RECORD_ALERT, time, ASK, MOT_OPEN);
  fact.act = (mot_act){.state = what, .id = "a", .owner = owner, .cause = cause, .goal = MOT_NOT_FOUND};
  told_take(told, fact, "c1");
}

static void alerts_are_counted_by_mot_and_owner(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  alert(&told, DAYS(1), BOSS, MOT_STATE_RAISED, "missed");
  alert(&told, DAYS(1), CARE, MOT_STATE_RAISED, "missed");
  alert(&told, DAYS(2), BOSS, MOT_STATE_ESCALATED, "missed");
  alert(&told, DAYS(3), CARE, MOT_STATE_CLEARED, "acknowledged");
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->alert_count, 2);
  assert_int_equal(e->alerts[0].owner, CARE);
  assert_int_equal(e->alerts[0].acknowledged, 1);
  assert_int_equal(e->alerts[0].cleared, 1);
  assert_int_equal(e->alerts[1].raised, 1);
  assert_int_equal(e->alerts[1].escalated, 1);
  assert_int_equal(e->alerts_active, 1);
  told_end(&told);
}

static void targets_and_goals_stand_as_the_run_says(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  ReviewFact fact = {.record = {.kind = MOT_RECORD_TARGET, .time = DAYS(3), .opened = MOT_NO_TIME}};
  fact.act = (mot_act){.state = MOT_STATE_BREACHED, .target = 0};
  collector_take(told.collector, &fact);
  fact.record.kind = MOT_RECORD_GOAL;
  fact.act = (mot_act){.state = MOT_STATE_MET, .goal = 2};
  collector_take(told.collector, &fact);
  const Review *review = told_review(&told);
  assert_int_equal(review->targets[0].breached, 1);
  assert_int_equal(review->targets[0].since, DAYS(3));
  assert_int_equal(review->targets[0].standing.state, MOT_STATE_MET);
  static const uint32_t order[] = {0, 2, 3, 1}, depths[] = {0, 1, 2, 0};
  for (uint32_t i = 0; i < 4; i++) {
    assert_int_equal(review->goals[i].goal, order[i]);
    assert_int_equal(review->goals[i].depth, depths[i]);
    assert_true(review->goals[i].standing.score == order[i] + 1);
  }
  const ReviewGoal *leaf = &review->goals[1];
  assert_int_equal(leaf->met, 1);
  assert_string_equal(leaf->individuals[0].who, "cas");
  assert_string_equal(leaf->individuals[1].who, "ann");
  assert_string_equal(leaf->individuals[3].who, "zoe");
  told_end(&told);
}

static void the_landscape_is_the_share_of_events_that_touch_a_mot(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  const ReviewLandscape *landscape = &told_review(&told)->landscape;
  assert_int_equal(landscape->events, 47);
  assert_int_equal(landscape->touched, 13);
  assert_int_equal(landscape->unmapped, 7);
  assert_int_equal(landscape->kinds[0].event, 1);
  assert_true(landscape->kinds[0].share.value == 0.1);
  assert_string_equal(landscape->types[0].type, "poll");
  told_end(&told);
}

/* ---- stories ---- */

static void tell_moments(Told *told, const char *customer, int64_t time, int produced, int missed)
{
  for (int i = 0; i < produced; i++) {
    ReviewFact fact = told_fact((About){customer, 0}, MOT_RECORD_MOMENT, time, ASK, MOT_PRODUCED);
    fact.moment.because = customer;
    told_take(told, fact, customer);
  }
  for (int i = 0; i < missed; i++) told_moment(told, (About){customer, 0}, time, ASK, MOT_MISSED);
}

static void stories_are_the_journeys_with_most_moments_of_their_kind(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  static const char *const customers[] = {"b", "c", "a", "aa"};
  for (int n = 0; n < 4; n++) {
    tell_moments(&told, customers[n], DAYS(n + 1), n == 0 ? 1 : 2, 0);
    told_over(&told, (About){customers[n], 0}, DAYS(n + 1), MOT_PRODUCED);
  }
  tell_moments(&told, "y", DAYS(8), 5, 0);
  told_over(&told, (About){"y", 0}, DAYS(8), MOT_MISSED);
  tell_moments(&told, "z", DAYS(9), 0, 1);
  told_over(&told, (About){"z", 0}, DAYS(9), MOT_MISSED);
  const ReviewExperience *e = told_experience(&told);
  assert_true(e->good.told);
  assert_string_equal(e->good.keys[0], "a");
  assert_int_equal(e->good.produced, 2);
  assert_int_equal(e->good.moment_count, 3);
  assert_int_equal(e->good.over, DAYS(3));
  assert_string_equal(e->good.moments[0].because, "a");
  assert_int_equal(e->good.moments[2].mot, MOT_NOT_FOUND);
  assert_true(e->bad.told);
  assert_string_equal(e->bad.keys[0], "z");
  assert_int_equal(e->bad.missed, 1);
  told_end(&told);
}

static void a_story_may_be_of_a_journey_that_is_not_over(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  tell_moments(&told, "x", DAYS(1), 0, 2);
  told_sco(&told, (About){"x", 0}, DAYS(2), MOT_MISSED);
  tell_moments(&told, "x", DAYS(3), 0, 1);
  tell_moments(&told, "y", DAYS(3), 0, 5); /* nobody knows yet how that ends */
  const ReviewStory *bad = &told_experience(&told)->bad;
  assert_string_equal(bad->keys[0], "x");
  assert_int_equal(bad->missed, 3);
  assert_int_equal(bad->over, MOT_NO_TIME);
  told_end(&told);
}

static void a_story_keeps_its_first_forty_moments(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  for (int i = 0; i < 50; i++) told_moment(&told, (About){"c1", 0}, DAYS(i + 1), ASK, MOT_MISSED);
  told_over(&told, (About){"c1", 0}, DAYS(60), MOT_MISSED);
  const ReviewStory *bad = &told_experience(&told)->bad;
  assert_int_equal(bad->moment_count, 40);
  assert_int_equal(bad->left_out, 11);
  told_end(&told);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(teams_and_individuals_have_rates_lowest_first),
    cmocka_unit_test(beyond_ten_thousand_individuals_are_together),
    cmocka_unit_test(money_is_summed_by_currency_and_sub_period),
    cmocka_unit_test(a_sum_beyond_its_type_is_none),
    cmocka_unit_test(sentiment_is_the_first_one_after_each_moment),
    cmocka_unit_test(corrections_are_in_time_late_overdue_or_withdrawn),
    cmocka_unit_test(alerts_are_counted_by_mot_and_owner),
    cmocka_unit_test(targets_and_goals_stand_as_the_run_says),
    cmocka_unit_test(the_landscape_is_the_share_of_events_that_touch_a_mot),
    cmocka_unit_test(stories_are_the_journeys_with_most_moments_of_their_kind),
    cmocka_unit_test(a_story_may_be_of_a_journey_that_is_not_over),
    cmocka_unit_test(a_story_keeps_its_first_forty_moments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
