/*
 * finish_follow.c - what follows what: causal flow, handovers, circles; and the triple crown by sub-period.
 */
#include <math.h>
#include <stdlib.h>

#include "report/finish.h"

/* ---- causal flow ---- */

static int by_difference(const void *a, const void *b)
{
  const ReviewFlow *x = a, *y = b;
  double dx = fabs(x->misses.difference.value), dy = fabs(y->misses.difference.value);
  if (dx != dy) return dx > dy ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

void finish_flows(const Finish *finish, ReviewExperience *experience)
{
  VEC(ReviewFlow) flows = {0};
  uint32_t first = finish->info->first_mot;
  for (uint32_t i = 0; i < finish->current->followings.len; i++) {
    const Following *following = finish->current->followings.data[i];
    Comparison misses = comparison_of(&following->missed);
    experience->flows_looked_at += misses.effect != EFFECT_UNKNOWN;
    if (misses.effect == EFFECT_MORE || misses.effect == EFFECT_LESS)
      *VEC_PUSH(finish->arena, &flows) = (ReviewFlow){first + following->from, first + following->to, misses};
  }
  if (flows.len > 0) qsort(flows.data, flows.len, sizeof *flows.data, by_difference);
  experience->flows = flows.data;
  experience->flow_count = flows.len;
}

/* ---- handovers ---- */

static int by_misses(const void *a, const void *b)
{
  const ReviewHandover *x = a, *y = b;
  if (x->later.missed != y->later.missed) return x->later.missed > y->later.missed ? -1 : 1;
  if (x->later.produced != y->later.produced) return x->later.produced < y->later.produced ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

void finish_handovers(const Finish *finish, ReviewExperience *experience)
{
  VEC(ReviewHandover) pairs = {0};
  uint32_t first = finish->info->first_mot;
  for (uint32_t i = 0; i < finish->current->followings.len; i++) {
    const Following *following = finish->current->followings.data[i];
    ReviewRate later = rate_of(following->handed);
    if (!later.rate.known) continue;
    ReviewHandover *pair = VEC_PUSH(finish->arena, &pairs);
    *pair = (ReviewHandover){first + following->from, first + following->to, later};
  }
  if (pairs.len > 0) qsort(pairs.data, pairs.len, sizeof *pairs.data, by_misses);
  experience->handovers = (ReviewHandovers){
    .team = comparison_of(&finish->current->team),
    .individual = comparison_of(&finish->current->individual),
    .pairs = pairs.data,
    .pair_count = pairs.len,
  };
}

/* ---- circles ---- */

static ReviewStreaks streaks_result(const Streaks *streaks)
{
  ReviewStreaks result = {
    .count = streaks->count,
    .longest = streaks->longest,
    .mean = streaks->count ? (double)streaks->moments / (double)streaks->count : 0,
    .longest_key = streaks->longest_key.text,
    .longest_key_size = streaks->longest_key.size,
  };
  for (int i = 0; i < REVIEW_STREAKS; i++) result.lengths[i] = streaks->lengths[i];
  return result;
}

void finish_circles(const Finish *finish, ReviewExperience *experience)
{
  experience->circles = (ReviewCircles){
    .customers = finish->current->customers,
    .produced = streaks_result(&finish->current->streaks[false]),
    .missed = streaks_result(&finish->current->streaks[true]),
    .after = comparison_of(&finish->current->after),
  };
}

/* ---- triple crown ---- */

/* The days of a point together. */
static void add_day(Arena *arena, Day *sum, const Day *day)
{
  sum->sco.produced += day->sco.produced;
  sum->sco.missed += day->sco.missed;
  sum->moments.produced += day->moments.produced;
  sum->moments.missed += day->moments.missed;
  sum->lost += day->lost;
  sum->weighed += day->weighed;
  amounts_merge(arena, &sum->value, &day->value);
  amounts_merge(arena, &sum->impact, &day->impact);
  sample_merge(&sum->sentiment, &day->sentiment);
}

static ReviewCrown crown_of(Arena *arena, ReviewSpan span, const Day *sum)
{
  return (ReviewCrown){
    .span = span,
    .value = amounts_result(arena, &sum->value),
    .impact = amounts_result(arena, &sum->impact),
    .sco = rate_of(sum->sco),
    .moments = rate_of(sum->moments),
    .disruption = percent_of(sum->lost, sum->weighed),
    .sentiment = mean_estimate(&sum->sentiment),
    .sentiments = sum->sentiment.cases,
  };
}

void finish_crown(const Finish *finish, ReviewExperience *experience)
{
  uint32_t count = finish->review->point_count;
  Day *sums = ARENA_ARRAY(finish->arena, Day, count), all = {0};
  ReviewCrown *crown = ARENA_ARRAY(finish->arena, ReviewCrown, count);
  for (uint32_t i = 0; i < finish->current->days.len; i++) {
    const Day *day = &finish->current->days.data[i];
    add_day(finish->arena, &sums[point_of(finish->review, day)], day);
    add_day(finish->arena, &all, day);
  }
  for (uint32_t i = 0; i < count; i++)
    crown[i] = crown_of(finish->arena, finish->review->points[i], &sums[i]);
  experience->crown = crown;
  experience->value = amounts_result(finish->arena, &all.value);
  experience->impact = amounts_result(finish->arena, &all.impact);
}
