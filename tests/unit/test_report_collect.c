/*
 * test_report_collect.c - production, and what goes with what, from records made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/told.h"

/* ---- production ---- */

static void nothing_told_is_a_review_of_nothing(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  const Review *review = told_review(&told);
  assert_int_equal(review->experience_count, 1);
  assert_int_equal(review->point_count, 0);
  assert_false(review->experiences[0].sco.rate.known);
  assert_true(review->experiences[0].disruption < 0);
  assert_int_equal(review->experiences[0].mot_count, MOTS);
  assert_false(review->experiences[0].good.told);
  told_end(&told);
}

static void moments_are_counted_by_outcome_and_void_ones_by_reason(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About c1 = {"c1", 0};
  told_moment(&told, c1, DAYS(10), ASK, MOT_PRODUCED);
  told_moment(&told, c1, DAYS(11), ASK, MOT_MISSED);
  told_moment(&told, c1, DAYS(11), VISIT, MOT_MISSED);
  ReviewFact fact = told_fact(c1, MOT_RECORD_MOMENT, DAYS(12), ASK, MOT_VOID);
  for (fact.record.reason = MOT_VOIDED; fact.record.reason <= MOT_FAULT; fact.record.reason++)
    told_take(&told, fact, "c1");
  told_take(&told, told_fact(c1, MOT_RECORD_OPEN, DAYS(12), ASK, MOT_OPEN), "c1");
  const ReviewExperience *e = told_experience(&told);
  const ReviewMot *ask = &e->mots[ASK];
  rate_is(&ask->rate, 1, 1);
  assert_int_equal(ask->opened, 7);
  assert_int_equal(ask->open, 1);
  assert_int_equal(ask->voided + ask->superseded + ask->paused + ask->fault, 4);
  assert_int_equal(ask->fault, 1);
  rate_is(&e->moments, 1, 2);
  assert_true(e->disruption == 75); /* weights 1 and 2 missed of 4 */
  told_end(&told);
}

static void a_period_without_a_beginning_has_points_from_the_first_day_on(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  told_moment(&told, (About){"c1", 0}, DAYS(10) + 30 * MINUTE, ASK, MOT_PRODUCED); /* opened the day before */
  told_moment(&told, (About){"c1", 0}, DAYS(12), ASK, MOT_MISSED);
  const Review *review = told_review(&told);
  assert_int_equal(review->period.from, DAYS(9));
  assert_int_equal(review->period.to, DAYS(12) + 1);
  assert_int_equal(review->step, REVIEW_BY_DAY);
  assert_int_equal(review->point_count, 4);
  assert_int_equal(review->points[3].to, DAYS(12) + 1);
  const ReviewSeries *trend = &review->experiences[0].mots[ASK].trend;
  assert_int_equal(trend->count, 4);
  rate_is(&trend->series[0], 0, 0);
  rate_is(&trend->series[1], 1, 0);
  rate_is(&trend->series[3], 0, 1);
  told_end(&told);
}

static void sub_periods_are_longer_in_longer_periods(void **state)
{
  (void)state;
  static const struct {
    int64_t days;
    ReviewStep step;
    uint32_t points;
  } periods[] = {{32, REVIEW_BY_DAY, 32},     {33, REVIEW_BY_WEEK, 6},        {200, REVIEW_BY_WEEK, 30},
                 {201, REVIEW_BY_MONTH, 7},   {20 * 366, REVIEW_BY_MONTH, 244}, {20 * 366 + 1, REVIEW_BY_YEAR, 21},
                 {2000 * 360, REVIEW_BY_YEAR, 2000}};
  for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
    Told told;
    ReviewSpan none = {MOT_NO_TIME, MOT_NO_TIME};
    told_begin_between(&told, none, (ReviewSpan){DAYS(720), DAYS(720 + periods[i].days)});
    const Review *review = told_review(&told);
    assert_int_equal(review->step, periods[i].step);
    assert_int_equal(review->point_count, periods[i].points);
    told_end(&told);
  }
}

static void a_period_behind_all_data_is_empty(void **state)
{
  (void)state;
  Told told;
  ReviewSpan none = {MOT_NO_TIME, MOT_NO_TIME};
  told_begin_between(&told, none, (ReviewSpan){DAYS(50), MOT_NO_TIME});
  told_moment(&told, (About){"c1", 0}, DAYS(10), ASK, MOT_MISSED);
  const Review *review = told_review(&told);
  assert_int_equal(review->period.from, DAYS(50));
  assert_int_equal(review->period.to, DAYS(50));
  assert_int_equal(review->point_count, 0);
  rate_is(&review->experiences[0].moments, 0, 0);
  told_end(&told);
}

static void what_is_decided_counts_in_its_period_and_the_one_before(void **state)
{
  (void)state;
  Told told;
  told_begin_between(&told, (ReviewSpan){DAYS(10), DAYS(20)}, (ReviewSpan){DAYS(20), DAYS(30)});
  About c1 = {"c1", 0};
  told_moment(&told, c1, DAYS(10) - 1, ASK, MOT_MISSED);
  told_moment(&told, c1, DAYS(10), ASK, MOT_PRODUCED);
  told_moment(&told, c1, DAYS(20) - 1, ASK, MOT_PRODUCED);
  told_moment(&told, c1, DAYS(20), ASK, MOT_MISSED); /* opened in the period before */
  told_moment(&told, c1, DAYS(30) - 1, ASK, MOT_MISSED);
  told_moment(&told, c1, DAYS(30), ASK, MOT_MISSED); /* opened in the period */
  const ReviewMot *ask = &told_experience(&told)->mots[ASK];
  rate_is(&ask->rate, 0, 2);
  rate_is(&ask->change.previous, 2, 0);
  assert_int_equal(ask->opened, 2);
  assert_int_equal(ask->open, 1);
  assert_true(ask->change.difference.value == -1);
  told_end(&told);
}

static void journeys_are_started_over_and_live(void **state)
{
  (void)state;
  Told told;
  told_begin_between(&told, (ReviewSpan){MOT_NO_TIME, MOT_NO_TIME}, (ReviewSpan){DAYS(20), DAYS(30)});
  told_over(&told, (About){"c1", 0}, DAYS(19), MOT_PRODUCED);
  told_over(&told, (About){"c1", 1}, DAYS(20), MOT_PRODUCED); /* started before */
  told_over(&told, (About){"c2", 0}, DAYS(25), MOT_MISSED);
  told_sco(&told, (About){"c3", 0}, DAYS(26), MOT_VOID);
  told_over(&told, (About){"c4", 0}, DAYS(30), MOT_MISSED); /* started in it */
  told_take(&told, told_fact((About){"c5", 0}, MOT_RECORD_OPEN, DAYS(29), MOT_NOT_FOUND, MOT_OPEN), "c5");
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->started, 4);
  assert_int_equal(e->over, 2);
  assert_int_equal(e->live, 3);
  assert_int_equal(e->sco_void, 1);
  assert_int_equal(e->sco_open, 2);
  rate_is(&e->sco, 1, 1);
  told_end(&told);
}

static void how_early_is_told_of_what_is_produced_before_its_deadline(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  ReviewFact fact = told_fact((About){"c1", 0}, MOT_RECORD_MOMENT, DAYS(10), ASK, MOT_PRODUCED);
  for (int early = 0; early < 4; early++) {
    fact.record.deadline = DAYS(10) + early * HOUR;
    told_take(&told, fact, "c1");
  }
  fact.record.outcome = MOT_MISSED;
  told_take(&told, fact, "c1");
  fact.record.deadline = DAYS(10);
  told_take(&told, fact, "c1");
  const ReviewMot *ask = &told_experience(&told)->mots[ASK];
  assert_int_equal(ask->margin.early.cases, 4);
  assert_int_equal(ask->margin.early.least, 0);
  assert_int_equal(ask->margin.early.most, 3 * HOUR);
  assert_true(ask->margin.early.p50 > 0.99 * (double)HOUR && ask->margin.early.p50 < 1.01 * (double)HOUR);
  assert_int_equal(ask->margin.produced_at_deadline, 1);
  assert_int_equal(ask->margin.missed_at_deadline, 1);
  assert_int_equal(ask->margin.missed_before, 1);
  assert_int_equal(ask->took.cases, 6);
  assert_int_equal(ask->took.p95, HOUR);
  told_end(&told);
}

/* ---- what goes with what ---- */

static void a_mot_contributes_when_its_misses_go_with_failed_journeys(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  told_forty_journeys(&told);
  const ReviewExperience *e = told_experience(&told);
  counts_are(&e->mots[VISIT].contribution, 15, 20, 5, 20);
  assert_true(e->mots[VISIT].contribution.difference.value == 0.5);
  assert_int_equal(e->mots[VISIT].contribution.effect, EFFECT_MORE);
  assert_int_equal(e->mots[ASK].contribution.effect, EFFECT_NONE);
  assert_int_equal(e->mots[CALL].contribution.effect, EFFECT_UNKNOWN);
  assert_int_equal(e->act_count, 2);
  assert_int_equal(e->acts[0].mot, VISIT);
  assert_true(e->acts[0].weight == 10);
  assert_true(e->acts[1].weight == 0);
  told_end(&told);
}

static void one_missed_moment_among_several_of_a_mot_makes_the_journey_one_with_a_miss(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About c1 = {"c1", 0}, c2 = {"c2", 0}, c3 = {"c3", 0}, c4 = {"c4", 0};
  told_moment(&told, c1, DAYS(1), ASK, MOT_MISSED);
  told_moment(&told, c1, DAYS(2), ASK, MOT_PRODUCED);
  told_moment(&told, c2, DAYS(2), ASK, MOT_PRODUCED);
  told_moment(&told, c2, DAYS(2), ASK, MOT_VOID);
  told_moment(&told, c3, DAYS(2), ASK, MOT_MISSED);
  told_moment(&told, c4, DAYS(2), ASK, MOT_VOID);
  told_over(&told, c1, DAYS(3), MOT_MISSED);
  told_over(&told, c2, DAYS(3), MOT_PRODUCED);
  told_over(&told, c3, DAYS(3), MOT_VOID); /* an SCO that is void says nothing */
  told_over(&told, c4, DAYS(3), MOT_MISSED);
  counts_are(&told_experience(&told)->mots[ASK].contribution, 1, 1, 0, 1);
  told_end(&told);
}

static void a_journey_counts_when_its_sco_is_decided_over_or_not(void **state)
{
  (void)state;
  Told told;
  told_begin_between(&told, (ReviewSpan){DAYS(10), DAYS(20)}, (ReviewSpan){DAYS(20), DAYS(30)});
  About before = {"c1", 0}, now = {"c1", 1}, later = {"c1", 2};
  told_sco(&told, before, DAYS(19), MOT_MISSED);
  told_moment(&told, before, DAYS(21), ASK, MOT_MISSED);
  told_sco(&told, now, DAYS(21), MOT_MISSED);
  told_moment(&told, now, DAYS(22), ASK, MOT_MISSED);
  told_moment(&told, later, DAYS(22), ASK, MOT_MISSED);
  told_sco(&told, later, DAYS(30), MOT_MISSED);
  told_moment(&told, now, DAYS(31), VISIT, MOT_MISSED); /* too late to be known */
  const ReviewExperience *e = told_experience(&told);
  counts_are(&e->mots[ASK].contribution, 1, 1, 0, 0);
  counts_are(&e->mots[VISIT].contribution, 0, 0, 0, 0);
  told_end(&told);
}

static void causal_flow_is_from_earlier_decided_moments_of_the_journey(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  for (uint32_t n = 0; n < 20; n++) {
    About about = {"c1", n};
    mot_outcome outcome = n < 10 ? MOT_MISSED : MOT_PRODUCED;
    told_moment(&told, about, DAYS(10) + n * HOUR, ASK, outcome);
    told_moment(&told, about, DAYS(10) + n * HOUR, CALL, MOT_PRODUCED); /* at once: not later */
    told_moment(&told, about, DAYS(10) + n * HOUR + 1, VISIT, outcome);
  }
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->flows_looked_at, 1); /* Ask to Visit; Call was produced in all */
  assert_int_equal(e->flow_count, 1);
  assert_int_equal(e->flows[0].from, ASK);
  assert_int_equal(e->flows[0].to, VISIT);
  counts_are(&e->flows[0].misses, 10, 10, 0, 10);
  told_end(&told);
}

static void moments_of_one_instant_do_not_hide_earlier_ones(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About c1 = {"c1", 0}, c2 = {"c2", 0};
  told_moment(&told, c1, DAYS(1), ASK, MOT_PRODUCED);
  told_moment(&told, c1, DAYS(2), ASK, MOT_MISSED);
  told_moment(&told, c1, DAYS(2), VISIT, MOT_MISSED); /* before it: one that was produced */
  told_moment(&told, c2, DAYS(3), ASK, MOT_MISSED);
  told_moment(&told, c2, DAYS(4), VISIT, MOT_MISSED);
  const ReviewExperience *e = told_experience(&told);
  assert_int_equal(e->flows_looked_at, 1);
  assert_int_equal(e->flow_count, 0);
  told_end(&told);
}

static void circles_are_streaks_of_a_customer_over_all_journeys(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  static const mot_outcome story[] = {MOT_MISSED, MOT_MISSED, MOT_VOID, MOT_MISSED, MOT_PRODUCED, MOT_MISSED};
  for (uint32_t i = 0; i < 6; i++)
    told_moment(&told, (About){"c1", i}, DAYS(10 + (int64_t)i), i % 2, story[i]);
  for (int i = 0; i < 12; i++) told_moment(&told, (About){"c2", 0}, DAYS(20 + i), ASK, MOT_PRODUCED);
  const ReviewCircles *circles = &told_experience(&told)->circles;
  assert_int_equal(circles->customers, 2);
  assert_int_equal(circles->missed.count, 2);
  assert_int_equal(circles->missed.lengths[2], 1);
  assert_int_equal(circles->missed.lengths[0], 1);
  assert_int_equal(circles->missed.longest, 3);
  assert_memory_equal(circles->missed.longest_key, "c1", 2);
  assert_true(circles->missed.mean == 2);
  assert_int_equal(circles->produced.count, 2);
  assert_int_equal(circles->produced.lengths[REVIEW_STREAKS - 1], 1);
  assert_int_equal(circles->produced.longest, 12);
  counts_are(&circles->after, 2, 3, 1, 12);
  told_end(&told);
}

static void a_streak_belongs_to_the_period_of_its_last_moment(void **state)
{
  (void)state;
  Told told;
  told_begin_between(&told, (ReviewSpan){DAYS(10), DAYS(20)}, (ReviewSpan){DAYS(20), DAYS(30)});
  told_moment(&told, (About){"c1", 0}, DAYS(15), ASK, MOT_MISSED);
  told_moment(&told, (About){"c2", 0}, DAYS(16), ASK, MOT_MISSED);
  told_moment(&told, (About){"c1", 0}, DAYS(21), ASK, MOT_MISSED);   /* goes on: two by now */
  told_moment(&told, (About){"c2", 0}, DAYS(22), ASK, MOT_PRODUCED); /* ends one of the period before */
  told_moment(&told, (About){"c1", 0}, DAYS(31), ASK, MOT_MISSED);   /* after all */
  const ReviewCircles *circles = &told_experience(&told)->circles;
  assert_int_equal(circles->missed.count, 1);
  assert_int_equal(circles->missed.longest, 2);
  assert_int_equal(circles->produced.count, 1);
  assert_int_equal(circles->customers, 2);
  counts_are(&circles->after, 1, 2, 0, 0);
  told_end(&told);
}

static void handovers_are_where_the_later_mot_has_no_producer_of_the_earlier(void **state)
{
  (void)state;
  Told told;
  told_begin(&told);
  About c1 = {"c1", 0};
  told_moment_by(&told, c1, DAYS(1), ASK, MOT_PRODUCED, "ann");
  told_moment_by(&told, c1, DAYS(2), VISIT, MOT_MISSED, "bob");   /* care to field, ann to bob */
  told_moment_by(&told, c1, DAYS(3), CALL, MOT_PRODUCED, "bob");  /* field stays */
  told_moment(&told, c1, DAYS(4), ASK, MOT_PRODUCED);             /* care stays, nobody known */
  told_moment_by(&told, c1, DAYS(5), VISIT, MOT_PRODUCED, "bob"); /* care to field */
  told_moment_by(&told, (About){"c1", 1}, DAYS(6), ASK, MOT_MISSED, "ann"); /* another journey */
  const ReviewHandovers *handovers = &told_experience(&told)->handovers;
  counts_are(&handovers->team, 1, 2, 0, 2);
  counts_are(&handovers->individual, 1, 1, 0, 1);
  assert_int_equal(handovers->pair_count, 1);
  assert_int_equal(handovers->pairs[0].from, ASK);
  assert_int_equal(handovers->pairs[0].to, VISIT);
  rate_is(&handovers->pairs[0].later, 1, 1);
  told_end(&told);
}

/* ---- many ---- */

/* Journeys come and go in all orders: none is lost, none stays. */
static void many_journeys_live_at_once(void **state)
{
  (void)state;
  enum { MANY = 5000 };
  Told told;
  told_begin(&told);
  for (uint32_t i = 0; i < MANY; i++)
    told_moment(&told, (About){"c1", i}, DAYS(1), ASK, i % 3 ? MOT_PRODUCED : MOT_MISSED);
  for (uint32_t i = 0; i < MANY; i++) {
    uint32_t n = i * 1237 % MANY;
    told_over(&told, (About){"c1", n}, DAYS(2), n % 3 ? MOT_PRODUCED : MOT_MISSED);
  }
  counts_are(&told_experience(&told)->mots[ASK].contribution, 1667, 1667, 0, 3333);
  told_end(&told);
}

static void tell_in(Mem *mem, void *user)
{
  Told *told = user;
  arena_init(&told->arena, mem);
  told->collector = collector_new(&told->arena, &told->plan);
  told_forty_journeys(told);
  told_correction(told, (About){"c9", 0}, DAYS(20), ASK, MOT_STATE_OPENED, "i", DAYS(21));
  told_moment(told, (About){"c9", 0}, DAYS(21), ASK, MOT_MISSED);
  told_correction(told, (About){"c9", 0}, DAYS(21), ASK, MOT_STATE_OPENED, "j", DAYS(21));
  told_review(told);
}

static void give_back(void *user)
{
  Told *told = user;
  collector_free(told->collector);
  told->collector = NULL;
  arena_free(&told->arena);
}

static void refused_memory_leaves_all_to_be_given_back(void **state)
{
  (void)state;
  Told told = {.plan = told_plan()};
  assert_true(refuse_each_resize(tell_in, give_back, &told) > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_told_is_a_review_of_nothing),
    cmocka_unit_test(moments_are_counted_by_outcome_and_void_ones_by_reason),
    cmocka_unit_test(a_period_without_a_beginning_has_points_from_the_first_day_on),
    cmocka_unit_test(sub_periods_are_longer_in_longer_periods),
    cmocka_unit_test(a_period_behind_all_data_is_empty),
    cmocka_unit_test(what_is_decided_counts_in_its_period_and_the_one_before),
    cmocka_unit_test(journeys_are_started_over_and_live),
    cmocka_unit_test(how_early_is_told_of_what_is_produced_before_its_deadline),
    cmocka_unit_test(a_mot_contributes_when_its_misses_go_with_failed_journeys),
    cmocka_unit_test(one_missed_moment_among_several_of_a_mot_makes_the_journey_one_with_a_miss),
    cmocka_unit_test(a_journey_counts_when_its_sco_is_decided_over_or_not),
    cmocka_unit_test(causal_flow_is_from_earlier_decided_moments_of_the_journey),
    cmocka_unit_test(moments_of_one_instant_do_not_hide_earlier_ones),
    cmocka_unit_test(circles_are_streaks_of_a_customer_over_all_journeys),
    cmocka_unit_test(a_streak_belongs_to_the_period_of_its_last_moment),
    cmocka_unit_test(handovers_are_where_the_later_mot_has_no_producer_of_the_earlier),
    cmocka_unit_test(many_journeys_live_at_once),
    cmocka_unit_test(refused_memory_leaves_all_to_be_given_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
