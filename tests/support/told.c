/*
 * told.c - records made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/told.h"

static const uint32_t producers[MOTS][2] = {{CARE}, {FIELD}, {CARE, FIELD}};
static const ReviewMotRules mots[MOTS] = {
  {{.name = "Ask", .manager = BOSS, .weight = 1, .producers = 1}, producers[ASK]},
  {{.name = "Visit", .manager = BOSS, .weight = 2, .producers = 1}, producers[VISIT]},
  {{.name = "Call", .manager = BOSS, .weight = 1, .producers = 2}, producers[CALL]},
};
static const char *const keys[] = {"customer"};
static const ReviewExperienceRules experiences[] = {{{.name = "Online", .keys = 1, .mots = MOTS}, keys}};
static const mot_owner_info owners[OWNERS] = {{.name = "care"}, {.name = "field"}, {.name = "boss"}};
static const mot_target_info targets[] = {{.text = "95% over 7 d", .mot = ASK}};
static const mot_goal_info goals[] = {
  {.name = "Top", .parent = MOT_NOT_FOUND, .each = ""},
  {.name = "Other", .parent = MOT_NOT_FOUND, .each = ""},
  {.name = "Leaf", .parent = 0, .each = "agent"}, {.name = "Under", .parent = 2, .each = ""},
};
static const char *const events[] = {"Asked", "Called"};
static const ReviewRules rules = {
  .experiences = experiences, .experience_count = 1, .mots = mots, .mot_count = MOTS, .owners = owners,
  .owner_count = OWNERS, .targets = targets, .target_count = 1, .goals = goals, .goal_count = 4,
  .events = events, .event_count = 2,
};

/* Days and weeks since 1970-01-01, months of 30 days. */
static void calendar(void *user, int64_t time, ReviewStep step, ReviewSpan *ret_span)
{
  static const int64_t lengths[] = {DAYS(1), DAYS(7), DAYS(30), DAYS(360)};
  (void)user;
  ret_span->from = time - time % lengths[step];
  ret_span->to = ret_span->from + lengths[step];
}

static void open_told(Told *told, const ReviewPlan *plan)
{
  *told = (Told){.plan = *plan};
  mem_init(&told->mem, NULL, NULL);
  told->mem.oom = &told->oom;
  arena_init(&told->arena, &told->mem);
  told->collector = collector_new(&told->arena, &told->plan);
}

ReviewPlan told_plan(void)
{
  return (ReviewPlan){
    .rules = &rules,
    .period = {MOT_NO_TIME, MOT_NO_TIME},
    .previous = {MOT_NO_TIME, MOT_NO_TIME},
    .experience = MOT_NOT_FOUND,
    .calendar = calendar,
  };
}

void told_begin(Told *told)
{
  ReviewPlan plan = told_plan();
  open_told(told, &plan);
}

void told_begin_between(Told *told, ReviewSpan previous, ReviewSpan period)
{
  ReviewPlan plan = told_plan();
  plan.previous = previous;
  plan.period = period;
  open_told(told, &plan);
}

void told_end(Told *told)
{
  collector_free(told->collector);
  arena_free(&told->arena);
  assert_int_equal(told->mem.in_use, 0);
}

void told_take(Told *told, ReviewFact fact, const char *customer)
{
  const ReviewText key = {customer, strlen(customer)};
  fact.keys = &key;
  fact.record.keys = 1;
  collector_take(told->collector, &fact);
}

ReviewFact told_fact(About about, unsigned kind, int64_t time, uint32_t mot, mot_outcome outcome)
{
  return (ReviewFact){.record = {
    .kind = kind, .outcome = outcome, .mot = mot, .time = time, .opened = time - HOUR,
    .deadline = MOT_NO_TIME, .took = HOUR, .journey = about.journey,
  }};
}

void told_moment(Told *told, About about, int64_t time, uint32_t mot, mot_outcome outcome)
{
  told_take(told, told_fact(about, MOT_RECORD_MOMENT, time, mot, outcome), about.customer);
}

void told_moment_by(Told *told, About about, int64_t time, uint32_t mot, mot_outcome outcome, const char *who)
{
  ReviewFact fact = told_fact(about, MOT_RECORD_MOMENT, time, mot, outcome);
  fact.moment.group = (mot_value){.type = MOT_TYPE_TEXT, .text = who, .size = strlen(who)};
  told_take(told, fact, about.customer);
}

void told_sco(Told *told, About about, int64_t time, mot_outcome outcome)
{
  told_take(told, told_fact(about, MOT_RECORD_SCO, time, MOT_NOT_FOUND, outcome), about.customer);
}

void told_over(Told *told, About about, int64_t time, mot_outcome outcome)
{
  told_sco(told, about, time, outcome);
  told_take(told, told_fact(about, MOT_RECORD_JOURNEY, time, MOT_NOT_FOUND, outcome), about.customer);
}

const Review *told_review(Told *told)
{
  static const mot_target_standing target = {.state = MOT_STATE_MET};
  static const mot_goal_standing goal[4] = {{.score = 1}, {.score = 2}, {.score = 3}, {.score = 4}};
  static const ReviewGoalIndividual people[] = {
    {"zoe", {.score = -1}}, {"bob", {.score = 90}}, {"ann", {.score = 90}}, {"cas", {.score = 40}}};
  static const ReviewGoalIndividual *const individuals[4] = {NULL, NULL, people, NULL};
  static const uint32_t counts[4] = {0, 0, 4, 0};
  static const mot_event_stats stats[2] = {{10, 10}, {30, 3}};
  static const ReviewUnmapped types[] = {{"poll", 7}};
  static const mot_run_stats run = {.clock = MOT_NO_TIME, .events = 50, .rejected = 2, .late = 1, .unmapped = 7};
  const ReviewStanding standing = {&target, goal, individuals, counts, stats, types, 1, run};
  return collector_finish(told->collector, &standing);
}

const ReviewExperience *told_experience(Told *told)
{
  return &told_review(told)->experiences[0];
}

void counts_are(const Comparison *comparison, uint64_t hits1, uint64_t cases1, uint64_t hits2,
                uint64_t cases2)
{
  assert_int_equal(comparison->hits[0], hits1);
  assert_int_equal(comparison->cases[0], cases1);
  assert_int_equal(comparison->hits[1], hits2);
  assert_int_equal(comparison->cases[1], cases2);
}

void rate_is(const ReviewRate *rate, uint64_t produced, uint64_t missed)
{
  assert_int_equal(rate->produced, produced);
  assert_int_equal(rate->missed, missed);
  assert_int_equal(rate->rate.known, produced + missed > 0);
}

void told_correction(Told *told, About about, int64_t time, uint32_t mot, mot_state what, const char *id,
                     int64_t due)
{
  ReviewFact fact = told_fact(about, MOT_RECORD_CORRECTION, time, mot, MOT_OPEN);
  fact.act = (mot_act){.state = what, .id = id, .text = "call", .owner = CARE, .due = due};
  told_take(told, fact, about.customer);
}

void told_forty_journeys(Told *told)
{
  for (uint32_t n = 0; n < 40; n++) {
    About about = {"c1", n};
    bool missed = n < 20, failed = missed ? n < 15 : n < 25;
    told_moment(told, about, DAYS(10) + n * HOUR, ASK, n % 2 ? MOT_MISSED : MOT_PRODUCED);
    told_moment(told, about, DAYS(10) + n * HOUR + MINUTE, VISIT, missed ? MOT_MISSED : MOT_PRODUCED);
    mot_outcome outcome = failed ? MOT_MISSED : MOT_PRODUCED;
    told_over(told, about, DAYS(10) + n * HOUR + 2 * MINUTE, outcome);
  }
}
