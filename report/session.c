/*
 * session.c - the review of a run.
 */
#include "report/session.h"

#include <string.h>

#include "base/vec.h"
#include "report/collect.h"
#include "report/rules.h"
#include "report/values.h"

struct ReviewSession {
  Mem mem;
  Arena arena;
  const mot_rules *rules;
  const ReviewRules *all;
  Collector *collector;
  ReviewText *keys;            /* room for those of a record */
  bool failed;                 /* memory was refused */
};

/* ---- periods ---- */

static void calendar_of(void *user, int64_t time, ReviewStep step, ReviewSpan *ret_span)
{
  static const mot_unit units[] = {
    [REVIEW_BY_DAY] = MOT_DAYS, [REVIEW_BY_WEEK] = MOT_WEEKS, [REVIEW_BY_MONTH] = MOT_MONTHS,
    [REVIEW_BY_YEAR] = MOT_YEARS};
  const ReviewSession *session = user;
  if (!mot_rules_period(session->rules, time, units[step], 1, 0, &ret_span->from, &ret_span->to))
    *ret_span = (ReviewSpan){time, INT64_MAX}; /* at the end of all times */
}

/* As many months or days as the period has, when it has a whole number of them. */
static bool some_units_before(const mot_rules *rules, ReviewSpan period, mot_unit unit, ReviewSpan *ret_previous)
{
  const int64_t day = INT64_C(86400000000), least = unit == MOT_MONTHS ? 28 * day : day - day / 24;
  ReviewSpan at;
  int64_t most = (period.to - period.from) / least + 1;
  if (!mot_rules_period(rules, period.from, unit, 1, 0, &at.from, &at.to) || at.from != period.from) return false;
  for (int64_t low = 1; low <= most;) { /* at.from grows with the number of units */
    int64_t middle = low + (most - low) / 2;
    bool there = mot_rules_period(rules, period.from, unit, 1, middle, &at.from, &at.to);
    if (there && at.from == period.to) {
      *ret_previous = (ReviewSpan){0, period.from};
      return mot_rules_period(rules, period.from, unit, 1, -middle, &ret_previous->from, &at.to);
    }
    if (there && at.from < period.to)
      low = middle + 1;
    else
      most = middle - 1;
  }
  return false;
}

bool review_period_before(const mot_rules *rules, ReviewSpan period, ReviewSpan *ret_previous)
{
  if (period.from == MOT_NO_TIME || period.to == MOT_NO_TIME || period.to <= period.from) return false;
  ReviewSpan whole, before;
  for (mot_unit unit = MOT_DAYS; unit <= MOT_YEARS; unit++) {
    if (!mot_rules_period(rules, period.from, unit, 1, 0, &whole.from, &whole.to) ||
        !mot_rules_period(rules, period.from, unit, 1, -1, &before.from, &before.to))
      continue;
    if (whole.from != period.from || whole.to != period.to) continue;
    *ret_previous = before;
    return true;
  }
  if (some_units_before(rules, period, MOT_MONTHS, ret_previous)) return true;
  if (some_units_before(rules, period, MOT_DAYS, ret_previous)) return true;
  if (__builtin_sub_overflow(period.from, period.to - period.from, &before.from)) return false;
  *ret_previous = (ReviewSpan){before.from, period.from};
  return true;
}

/* ---- from opening to closing ---- */

static void prepare(ReviewSession *session, const ReviewAsk *ask)
{
  const ReviewRules *all = session->all = review_rules(session->rules, &session->arena);
  size_t most = 1;
  for (uint32_t i = 0; i < all->experience_count; i++)
    if (all->experiences[i].info.keys > most) most = all->experiences[i].info.keys;
  session->keys = ARENA_ARRAY(&session->arena, ReviewText, most);
  ReviewPlan plan = {
    .rules = all,
    .period = ask->period,
    .previous = ask->previous,
    .experience = ask->experience,
    .calendar = calendar_of,
    .user = session,
  };
  session->collector = collector_new(&session->arena, &plan);
}

ReviewSession *review_open(const mot_rules *rules, const ReviewAsk *ask)
{
  Mem mem;
  const mot_allocator *allocator = ask->allocator;
  mem_init(&mem, allocator ? allocator->resize : NULL, allocator ? allocator->user : NULL);
  ReviewSession *session = mem_resize(&mem, NULL, 0, sizeof *session);
  if (!session) return NULL;
  *session = (ReviewSession){.mem = mem, .rules = rules};
  arena_init(&session->arena, &session->mem);
  jmp_buf oom;
  session->mem.oom = &oom;
  if (setjmp(oom)) {
    review_free(session);
    return NULL;
  }
  prepare(session, ask);
  return session;
}

void review_free(ReviewSession *session)
{
  if (!session) return;
  collector_free(session->collector);
  arena_free(&session->arena);
  Mem mem = session->mem;
  mem_resize(&mem, session, sizeof *session, 0);
}

/* ---- records ---- */

static void take_record(ReviewSession *session, mot_run *run, const mot_record *record)
{
  ReviewFact fact = {.record = *record, .keys = session->keys};
  for (size_t i = 0; i < record->keys; i++) {
    ReviewText *key = &session->keys[i];
    key->text = mot_record_key(run, record, i, &key->size);
  }
  mot_record_moment(run, record, &fact.moment);
  mot_record_act(run, record, &fact.act);
  collector_take(session->collector, &fact);
}

bool review_take(ReviewSession *session, mot_run *run)
{
  jmp_buf oom;
  if (session->failed) return false;
  session->mem.oom = &oom;
  if (setjmp(oom)) {
    session->failed = true;
    return false;
  }
  for (mot_record record; mot_run_next(run, &record);) take_record(session, run, &record);
  return true;
}

/* ---- what the run knows at its end ---- */

static void ask_targets(ReviewSession *session, mot_run *run, ReviewStanding *standing)
{
  uint32_t count = session->all->target_count;
  mot_target_standing *targets = ARENA_ARRAY(&session->arena, mot_target_standing, count);
  for (uint32_t i = 0; i < count; i++) mot_run_target(run, i, &targets[i]);
  standing->targets = targets;
}

static const ReviewGoalIndividual *ask_individuals(Arena *arena, mot_run *run, uint32_t goal,
                                                   uint32_t *ret_count)
{
  VEC(ReviewGoalIndividual) list = {0};
  mot_value who;
  mot_goal_standing standing;
  while (mot_run_individual(run, goal, list.len, &who, &standing)) {
    char room[VALUE_ROOM];
    ReviewText text = review_value_text(&who, room);
    const char *name = arena_copy(arena, text.text, text.size);
    *VEC_PUSH(arena, &list) = (ReviewGoalIndividual){name, standing};
  }
  *ret_count = list.len;
  return list.data;
}

static void ask_goals(ReviewSession *session, mot_run *run, ReviewStanding *standing)
{
  uint32_t count = session->all->goal_count;
  mot_goal_standing *goals = ARENA_ARRAY(&session->arena, mot_goal_standing, count);
  Arena *arena = &session->arena;
  const ReviewGoalIndividual **individuals = ARENA_ARRAY(arena, const ReviewGoalIndividual *, count);
  uint32_t *counts = ARENA_ARRAY(arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++) {
    mot_run_goal(run, i, &goals[i]);
    if (*session->all->goals[i].each) individuals[i] = ask_individuals(arena, run, i, &counts[i]);
  }
  standing->goals = goals;
  standing->individuals = individuals;
  standing->individual_counts = counts;
}

static void ask_events(ReviewSession *session, mot_run *run, ReviewStanding *standing)
{
  uint32_t count = session->all->event_count;
  mot_event_stats *events = ARENA_ARRAY(&session->arena, mot_event_stats, count);
  for (uint32_t i = 0; i < count; i++) mot_run_event_stats(run, i, &events[i]);
  standing->events = events;
}

static void ask_types(ReviewSession *session, mot_run *run, ReviewStanding *standing)
{
  VEC(ReviewUnmapped) types = {0};
  const char *type;
  size_t size;
  uint64_t events;
  while (mot_run_unmapped(run, types.len, &type, &size, &events)) {
    const char *copy = arena_copy(&session->arena, type, size);
    *VEC_PUSH(&session->arena, &types) = (ReviewUnmapped){copy, events};
  }
  standing->types = types.data;
  standing->type_count = types.len;
}

const Review *review_close(ReviewSession *session, mot_run *run)
{
  jmp_buf oom;
  if (session->failed) return NULL;
  session->mem.oom = &oom;
  if (setjmp(oom)) {
    session->failed = true;
    return NULL;
  }
  ReviewStanding standing = {0};
  mot_run_get_stats(run, &standing.run);
  ask_targets(session, run, &standing);
  ask_goals(session, run, &standing);
  ask_events(session, run, &standing);
  ask_types(session, run, &standing);
  return collector_finish(session->collector, &standing);
}
