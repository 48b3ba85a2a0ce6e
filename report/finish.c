/*
 * finish.c - the review as a whole: its period and points, targets and goals, the landscape.
 */
#include "report/finish.h"

#include <stdlib.h>
#include <string.h>

typedef struct Collector Collector;

/* ---- period ---- */

#define DAY UINT64_C(86400000000)

static ReviewSpan period_of(const Collector *collector, const ReviewStanding *standing)
{
  ReviewSpan period = collector->plan.period, day;
  int64_t clock = standing->run.clock, last = clock > collector->latest ? clock : collector->latest;
  if (period.to == MOT_NO_TIME) period.to = last == MOT_NO_TIME ? 0 : last + 1;
  if (period.to < period.from) period.to = period.from; /* it begins behind all data */
  if (period.from != MOT_NO_TIME) return period;
  period.from = period.to;
  if (collector->earliest == MOT_NO_TIME || collector->earliest >= period.to) return period;
  collector->plan.calendar(collector->plan.user, collector->earliest, REVIEW_BY_DAY, &day);
  period.from = day.from;
  return period;
}

static ReviewStep step_of(ReviewSpan period)
{
  uint64_t length = (uint64_t)period.to - (uint64_t)period.from;
  if (length <= 32 * DAY) return REVIEW_BY_DAY;
  if (length <= 200 * DAY) return REVIEW_BY_WEEK;
  return length <= 20 * 366 * DAY ? REVIEW_BY_MONTH : REVIEW_BY_YEAR;
}

static void lay_points(const Collector *collector, Arena *arena, Review *review)
{
  VEC(ReviewSpan) points = {0};
  for (int64_t time = review->period.from; time < review->period.to;) {
    ReviewSpan span;
    collector->plan.calendar(collector->plan.user, time, review->step, &span);
    if (span.to <= time) break; /* the last one that there is */
    ReviewSpan *point = VEC_PUSH(arena, &points);
    point->from = span.from < review->period.from ? review->period.from : span.from;
    point->to = span.to > review->period.to ? review->period.to : span.to;
    time = span.to;
  }
  review->points = points.data;
  review->point_count = points.len;
}

uint32_t point_of(const Review *review, const Day *day)
{
  uint32_t low = 0, high = review->point_count - 1;
  while (low < high) {
    uint32_t middle = low + (high - low + 1) / 2;
    if (review->points[middle].from <= day->span.from)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

/* ---- figures ---- */

ReviewRate rate_of(Outcomes outcomes)
{
  return (ReviewRate){
    .produced = outcomes.produced,
    .missed = outcomes.missed,
    .rate = share_estimate(outcomes.produced, outcomes.produced + outcomes.missed),
  };
}

Comparison comparison_of(const Groups *groups)
{
  const uint64_t *first = (*groups)[0], *second = (*groups)[1];
  return compare_shares(first[1], first[0] + first[1], second[1], second[0] + second[1]);
}

ReviewChange change_of(Outcomes now, const Outcomes *before)
{
  if (!before) return (ReviewChange){0};
  Comparison produced = compare_shares(now.produced, now.produced + now.missed, before->produced,
                                       before->produced + before->missed);
  return (ReviewChange){
    .previous = rate_of(*before),
    .difference = produced.difference,
    .effect = produced.effect,
  };
}

double percent_of(double part, double all)
{
  return all > 0 ? 100 * part / all : -1;
}

static ReviewTrend trend_of(const uint64_t *cases, uint32_t count, double z)
{
  uint32_t with_cases = 0;
  for (uint32_t i = 0; i < count; i++) with_cases += cases[i] > 0;
  if (with_cases < 2) return REVIEW_TREND_UNKNOWN;
  if (z > STATISTICS_Z) return REVIEW_TREND_RISING;
  return z < -STATISTICS_Z ? REVIEW_TREND_FALLING : REVIEW_TREND_STEADY;
}

ReviewSeries series_of(const Finish *finish, PickOutcomes pick, uint32_t mot)
{
  uint32_t count = finish->review->point_count;
  if (count == 0) return (ReviewSeries){0};
  Outcomes *sums = ARENA_ARRAY(finish->arena, Outcomes, count);
  for (uint32_t i = 0; i < finish->current->days.len; i++) {
    const Day *day = &finish->current->days.data[i];
    Outcomes *sum = &sums[point_of(finish->review, day)];
    sum->produced += pick(day, mot)->produced;
    sum->missed += pick(day, mot)->missed;
  }
  ReviewRate *series = ARENA_ARRAY(finish->arena, ReviewRate, count);
  uint64_t *produced = ARENA_ARRAY(finish->arena, uint64_t, count);
  uint64_t *cases = ARENA_ARRAY(finish->arena, uint64_t, count);
  for (uint32_t i = 0; i < count; i++) {
    series[i] = rate_of(sums[i]);
    produced[i] = sums[i].produced;
    cases[i] = sums[i].produced + sums[i].missed;
  }
  double z = trend_z(produced, cases, count);
  return (ReviewSeries){series, count, trend_of(cases, count, z), z};
}

/* ---- targets and goals ---- */

static const ReviewTarget *targets_of(const Collector *collector, const ReviewStanding *standing,
                                      Arena *arena)
{
  uint32_t count = collector->plan.rules->target_count;
  ReviewTarget *targets = ARENA_ARRAY(arena, ReviewTarget, count);
  for (uint32_t i = 0; i < count; i++) {
    targets[i] = collector->ledgers[LEDGER_CURRENT].targets[i];
    targets[i].standing = standing->targets[i];
  }
  return targets;
}

/* Lowest score first, those without a score last; of equal ones by name. */
static int by_score(const void *a, const void *b)
{
  const ReviewGoalIndividual *x = a, *y = b;
  bool x_none = x->standing.score < 0, y_none = y->standing.score < 0;
  if (x_none != y_none) return x_none ? 1 : -1;
  if (x->standing.score != y->standing.score) return x->standing.score < y->standing.score ? -1 : 1;
  return strcmp(x->who, y->who);
}

static void put_goal(const Collector *collector, const ReviewStanding *standing, uint32_t goal,
                     uint32_t depth, Review *review, ReviewGoal *goals)
{
  ReviewGoal *made = &goals[review->goal_count++];
  *made = collector->ledgers[LEDGER_CURRENT].goals[goal];
  made->goal = goal;
  made->depth = depth;
  made->standing = standing->goals[goal];
  made->individual_count = standing->individual_counts[goal];
  if (made->individual_count == 0) return;
  uint32_t count = made->individual_count;
  ReviewGoalIndividual *individuals = ARENA_ARRAY(collector->arena, ReviewGoalIndividual, count);
  for (uint32_t i = 0; i < count; i++) individuals[i] = standing->individuals[goal][i];
  qsort(individuals, count, sizeof *individuals, by_score);
  made->individuals = individuals;
}

/* First child and next of the same parent, by goal; MOT_NOT_FOUND: none. */
typedef struct Kin {
  uint32_t child, next;
} Kin;

/* [count] is above those without a parent. */
static Kin *kin_of(const ReviewRules *rules, Arena *arena)
{
  uint32_t count = rules->goal_count;
  Kin *kin = ARENA_ARRAY(arena, Kin, count + 1);
  for (uint32_t i = 0; i <= count; i++) kin[i] = (Kin){MOT_NOT_FOUND, MOT_NOT_FOUND};
  for (uint32_t i = count; i-- > 0;) {
    uint32_t parent = rules->goals[i].parent < count ? rules->goals[i].parent : count;
    kin[i].next = kin[parent].child;
    kin[parent].child = i;
  }
  return kin;
}

/* In the rules parents stand before their children, children of one parent in the order of the text. */
static void put_goals(const Collector *collector, const ReviewStanding *standing, Review *review)
{
  const ReviewRules *rules = collector->plan.rules;
  const Kin *kin = kin_of(rules, collector->arena);
  ReviewGoal *goals = ARENA_ARRAY(collector->arena, ReviewGoal, rules->goal_count);
  uint32_t depth = 0;
  for (uint32_t goal = kin[rules->goal_count].child; goal != MOT_NOT_FOUND;) {
    put_goal(collector, standing, goal, depth, review, goals);
    if (kin[goal].child != MOT_NOT_FOUND) {
      goal = kin[goal].child;
      depth++;
      continue;
    }
    for (; depth > 0 && kin[goal].next == MOT_NOT_FOUND; depth--) goal = rules->goals[goal].parent;
    goal = kin[goal].next;
  }
  review->goals = goals;
}

/* ---- landscape ---- */

enum { TYPES_SHOWN = 20 };

static int by_share(const void *a, const void *b)
{
  const ReviewEvents *x = a, *y = b;
  if (x->share.known != y->share.known) return x->share.known ? -1 : 1;
  if (x->share.value != y->share.value) return x->share.value < y->share.value ? -1 : 1;
  if (x->events != y->events) return x->events > y->events ? -1 : 1;
  return x->event < y->event ? -1 : 1;
}

static ReviewLandscape landscape_of(const ReviewRules *rules, const ReviewStanding *standing, Arena *arena)
{
  const mot_run_stats *run = &standing->run;
  ReviewLandscape landscape = {
    .events = run->events - run->rejected - run->late - run->duplicate - run->passed,
    .unmapped = run->unmapped,
    .types = standing->types,
  };
  landscape.type_count = standing->type_count < TYPES_SHOWN ? standing->type_count : TYPES_SHOWN;
  ReviewEvents *kinds = ARENA_ARRAY(arena, ReviewEvents, rules->event_count);
  for (uint32_t i = 0; i < rules->event_count; i++) {
    const mot_event_stats *stats = &standing->events[i];
    if (stats->events == 0) continue;
    kinds[landscape.kind_count++] = (ReviewEvents){
      .event = i,
      .events = stats->events,
      .touched = stats->touched,
      .share = share_estimate(stats->touched, stats->events),
    };
    landscape.touched += stats->touched;
  }
  qsort(kinds, landscape.kind_count, sizeof *kinds, by_share);
  landscape.kinds = kinds;
  landscape.share = share_estimate(landscape.touched, landscape.events);
  return landscape;
}

/* ---- the whole ---- */

static void put_experiences(Collector *collector, Review *review)
{
  const ReviewRules *rules = collector->plan.rules;
  bool compared = collector->plan.previous.from != MOT_NO_TIME;
  ReviewExperience *experiences = ARENA_ARRAY(collector->arena, ReviewExperience, rules->experience_count);
  for (uint32_t i = 0; i < rules->experience_count; i++) {
    if (collector->plan.experience != MOT_NOT_FOUND && collector->plan.experience != i) continue;
    Finish finish = {
      .collector = collector,
      .arena = collector->arena,
      .rules = rules,
      .review = review,
      .experience = i,
      .info = &rules->experiences[i].info,
      .current = &collector->ledgers[LEDGER_CURRENT].experiences[i],
      .previous = compared ? &collector->ledgers[LEDGER_PREVIOUS].experiences[i] : NULL,
    };
    finish_experience(&finish, &experiences[review->experience_count++]);
  }
  review->experiences = experiences;
}

const Review *finish_review(Collector *collector, const ReviewStanding *standing)
{
  Arena *arena = collector->arena;
  Review *review = ARENA_NEW(arena, Review);
  review->rules = collector->plan.rules;
  review->period = period_of(collector, standing);
  review->previous = collector->plan.previous;
  review->step = step_of(review->period);
  review->run = standing->run;
  review->earliest = collector->earliest;
  lay_points(collector, arena, review);
  put_experiences(collector, review);
  review->targets = targets_of(collector, standing, arena);
  put_goals(collector, standing, review);
  review->landscape = landscape_of(collector->plan.rules, standing, arena);
  return review;
}
