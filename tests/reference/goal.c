/*
 * goal.c - how goals stand, what they have attained, and the scores rolled up.
 */
#include <string.h>

#include "tests/reference/reference.h"

typedef struct Score {
  bool known;
  double value;
  uint64_t cases; /* of the target that gave it */
} Score;

/* ---- attained ---- */

/* Of several targets the least. */
static Score attained(const Run *run, const Goal *goal, const char *group)
{
  Score least = {0};
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    const Judging *judging = run->judgings.data[i];
    if (!judging->target || judging->goal != goal) continue;
    const Standing *standing = standing_of(judging, group);
    if (!standing || !standing->enough || (least.known && least.value <= standing->attained)) continue;
    least = (Score){true, standing->attained, standing->cases};
  }
  return least;
}

static const char *group_after(const Run *run, const Goal *goal, const char *last, const char **json)
{
  const char *next = NULL;
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    const Judging *judging = run->judgings.data[i];
    if (!judging->target || judging->goal != goal) continue;
    for (uint32_t k = 0; k < judging->standings.len; k++) {
      const Standing *standing = judging->standings.data[k];
      if (standing->gone || (last && strcmp(standing->group, last) <= 0)) continue;
      if (next && strcmp(standing->group, next) >= 0) continue;
      next = standing->group;
      *json = standing->json;
    }
  }
  return next;
}

/* The mean over individuals, by cases. */
static Score of_individuals(const Run *run, const Goal *goal)
{
  double sum = 0, cases = 0;
  const char *json, *group = group_after(run, goal, NULL, &json);
  for (; group; group = group_after(run, goal, group, &json)) {
    Score one = attained(run, goal, group);
    if (!one.known) continue;
    sum += (double)one.cases * one.value;
    cases += (double)one.cases;
  }
  return cases > 0 ? (Score){true, sum / cases, 0} : (Score){0};
}

static Score rolled_up(const Run *run, const Goal *goal)
{
  Score own = goal->each ? of_individuals(run, goal) : attained(run, goal, NULL);
  double sum = 0, weights = 0;
  for (uint32_t i = 0; i < goal->goals.len; i++) {
    Score child = rolled_up(run, goal->goals.data[i]);
    if (!child.known) continue;
    sum += goal->goals.data[i]->weight * child.value;
    weights += goal->goals.data[i]->weight;
  }
  if (weights <= 0) return own;
  double mean = sum / weights;
  return (Score){true, own.known ? (own.value + mean) / 2 : mean, 0};
}

/* ---- states ---- */

static uint8_t state_of(const Run *run, const Goal *goal, const char *group)
{
  uint8_t state = STANDS_UNKNOWN;
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    const Judging *judging = run->judgings.data[i];
    if (!judging->target || judging->goal != goal) continue;
    const Standing *standing = standing_of(judging, group);
    if (standing && standing->state > state) state = standing->state;
  }
  return state;
}

static GoalState *state_kept(Run *run, const Goal *goal, const char *group, const char *json)
{
  for (uint32_t i = 0; i < run->goal_states.len; i++) {
    GoalState *state = run->goal_states.data[i];
    bool same = group && state->group ? strcmp(group, state->group) == 0 : group == state->group;
    if (state->goal == goal && same) return state;
  }
  GoalState *state = ARENA_NEW(run->arena, GoalState);
  *state = (GoalState){.goal = goal, .group = group, .json = json};
  return *VEC_PUSH(run->arena, &run->goal_states) = state;
}

/* What leaves makes no record. */
static void told(Run *run, const Goal *goal, uint32_t declaration, const char *group, const char *json,
                 int64_t now)
{
  GoalState *state = state_kept(run, goal, group, json);
  uint8_t is = state_of(run, goal, group);
  if (state->state == is) return;
  state->state = is;
  if (is == STANDS_UNKNOWN) return;
  Score score = attained(run, goal, group), rolled = group ? score : rolled_up(run, goal);
  record_goal(run, state, declaration, score.known ? &score.value : NULL, rolled.known ? &rolled.value : NULL,
              now);
}

static void those_gone(Run *run, const Goal *goal)
{
  for (uint32_t i = 0; i < run->goal_states.len; i++) {
    GoalState *state = run->goal_states.data[i];
    bool gone = state->goal == goal && state->group && state_of(run, goal, state->group) == STANDS_UNKNOWN;
    if (gone) state->state = STANDS_UNKNOWN;
  }
}

void goals_told(Run *run, int64_t now)
{
  for (uint32_t i = 0; i < run->program->goals.len; i++) {
    const Goal *goal = run->program->goals.data[i];
    if (!goal->each) {
      told(run, goal, i, NULL, NULL, now);
      continue;
    }
    those_gone(run, goal);
    const char *json = NULL, *group = group_after(run, goal, NULL, &json);
    for (; group; group = group_after(run, goal, group, &json)) told(run, goal, i, group, json, now);
  }
}
