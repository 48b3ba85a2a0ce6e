/*
 * pattern.c - whether a pattern is complete at an item: counts and chains are
 * followed from the first item of the journey each time.
 */
#include "tests/reference/reference.h"

static bool window_of(Scene *env, const Bound *bound, int64_t from, int64_t *ret)
{
  Value value = {0};
  *ret = NEVER;
  if (bound->kind == BOUND_NONE) return true;
  value = value_of(env, bound->value);
  if (!value.known || (bound->kind != BOUND_BY && value.i <= 0)) env->fault = true;
  if (env->fault) return false;
  switch (bound->kind) {
  case BOUND_BY: *ret = value.i; break;
  case BOUND_CALENDAR: *ret = calendar_add_open(env->run, bound->calendar, from, value.i); break;
  case BOUND_OPEN_DAYS: *ret = calendar_add_open_days(env->run, bound->calendar, from, value.i); break;
  default:
    if (__builtin_add_overflow(from, value.i, ret)) *ret = NEVER;
  }
  return true;
}

static Scene env_at(const Scene *env, const Items *items, uint32_t place)
{
  Scene then = *env;
  then.at = items->data[place];
  then.now = then.at->time;
  then.log = place + 1;
  then.fault = false;
  return then;
}

/* The last of n unused ones of which each lies at most D before it; D is worked out at each, and an event at
 * which that faults is none of them. */
static bool count_hits(Scene *env, const Choice *choice, const Items *items, uint32_t from, uint32_t place)
{
  const Step *step = &choice->steps.data[0];
  VEC(int64_t) unused = {0};
  bool hit = false;
  for (uint32_t i = from; i <= place; i++) {
    Scene then = env_at(env, items, i);
    hit = false;
    env->fault = false;
    if (match_item(&then, &step->match, items->data[i]) < 0) {
      env->fault = then.fault;
      continue;
    }
    int64_t end;
    window_of(&then, &step->bound, then.now, &end);
    env->fault = then.fault;
    if (then.fault) continue;
    *VEC_PUSH(env->run->arena, &unused) = then.now;
    if (unused.len < choice->count) continue;
    int64_t oldest = unused.data[unused.len - choice->count];
    window_of(&then, &step->bound, oldest, &end);
    hit = then.now <= end;
    if (hit) unused.len = 0;
  }
  return hit;
}

typedef struct Chain {
  const Item **latest; /* of each step */
  int64_t *until;      /* of the step after it */
} Chain;

static bool step_taken(Scene *then, const Choice *choice, Chain *chain, uint32_t k)
{
  const Item *item = then->at;
  bool in_time = k == 0 || (chain->latest[k - 1] && item->time <= chain->until[k - 1]);
  if (!in_time || match_item(then, &choice->steps.data[k].match, item) < 0) return false;
  int64_t until = NEVER;
  if (k + 1 < choice->steps.len && !window_of(then, &choice->steps.data[k + 1].bound, item->time, &until))
    return false;
  chain->latest[k] = item;
  chain->until[k] = until;
  return true;
}

static bool chain_hits(Scene *env, const Choice *choice, const Items *items, uint32_t from, uint32_t place,
                       const Item **as)
{
  uint32_t steps = choice->steps.len;
  Arena *arena = env->run->arena;
  Chain chain = {ARENA_ARRAY(arena, const Item *, steps), ARENA_ARRAY(arena, int64_t, steps)};
  bool hit = false;
  for (uint32_t i = from; i <= place; i++) {
    Scene then = env_at(env, items, i);
    hit = false;
    for (uint32_t k = steps; k-- > 0 && !hit && !then.fault;)
      hit = step_taken(&then, choice, &chain, k) && k + 1 == steps;
    env->fault = then.fault;
    if (!hit) continue;
    for (uint32_t k = 0; k < steps; k++) {
      if (i == place && as) as[k] = chain.latest[k];
      chain.latest[k] = NULL;
    }
  }
  return hit;
}

bool choice_hits(Scene *env, const Choice *choice, const Items *items, uint32_t from, uint32_t place,
                 const Item **as)
{
  if (choice->shape == AST_SILENCE || place < from) return false;
  if (choice->shape == AST_COUNT) {
    bool hit = count_hits(env, choice, items, from, place);
    if (hit && as) as[0] = items->data[place];
    return hit;
  }
  if (choice->shape == AST_CHAIN) return chain_hits(env, choice, items, from, place, as);
  Scene then = env_at(env, items, place);
  bool hit = match_item(&then, &choice->steps.data[0].match, items->data[place]) >= 0;
  env->fault = then.fault;
  if (hit && as) as[0] = items->data[place];
  return hit;
}

bool pattern_hits(Scene *env, const Pattern *pattern, const Items *items, uint32_t from, uint32_t place)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    if (choice_hits(env, &pattern->choices.data[i], items, from, place, NULL)) return true;
    if (env->fault) return false;
  }
  return false;
}
