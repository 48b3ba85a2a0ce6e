/*
 * leaf.c - one part of a condition, from the opening through all that was heard.
 *
 * An entry counts for a step when it matches, when its time is not after the
 * step's bound, and when the timer of that bound had not run before it came.
 */
#include "tests/reference/reference.h"

typedef struct Walk {
  const View *view;
  const Leaf *leaf;
  LeafState *state;
  uint32_t entries;    /* how many are known by now */
  int64_t passed;      /* timers that have run by now */
  bool ended;
} Walk;

/* Some match of the step before may hold as long as the bound of one of them does. */
static int64_t last_of(const View *view, uint32_t entries, const Bound *bound, const Clock *clock)
{
  int64_t end = INT64_MIN;
  for (; clock; clock = clock->earlier) {
    int64_t its = bound_due(view, entries, bound, clock);
    if (its > end) end = its;
  }
  return end;
}

static int64_t due(const Walk *walk, uint32_t step)
{
  const Bound *bound = &walk->leaf->steps.data[step].bound;
  return last_of(walk->view, walk->entries, bound, &walk->state->clocks[step]);
}

/* The step's clock runs and its bound is still to come. */
static bool waits(const Walk *walk, uint32_t step)
{
  const Clock *clock = &walk->state->clocks[step];
  if (!clock->runs) return false;
  if (walk->leaf->steps.data[step].bound.kind == BOUND_NONE) return !walk->ended;
  return due(walk, step) > walk->passed;
}

static void settle(Walk *walk, bool holds, int64_t at, int64_t deadline)
{
  walk->state->value = holds ? TRUE3 : FALSE3;
  walk->state->at = at;
  walk->state->deadline = deadline;
}

static void start_clock(Walk *walk, Scene *env, uint32_t step, int64_t from)
{
  const Bound *bound = &walk->leaf->steps.data[step].bound;
  Clock *clock = &walk->state->clocks[step], *earlier = NULL;
  if (clock->runs) {
    earlier = ARENA_NEW(walk->view->run->arena, Clock);
    *earlier = *clock;
  }
  if (!bound_start(walk->view, env, bound, from, clock)) walk->state->fault = true;
  clock->earlier = earlier;
}

/* ---- what time alone settles ---- */

/* After `ends on` no event counts for a step without a bound. */
static bool can_follow(const Walk *walk, uint32_t step)
{
  for (uint32_t i = step + 1; walk->ended && i < walk->leaf->steps.len; i++) {
    const Step *next = &walk->leaf->steps.data[i];
    if (next->bound.kind == BOUND_NONE && next->counted == 0) return false;
  }
  return true;
}

static bool sequence_waits(const Walk *walk)
{
  for (uint32_t i = 0; i < walk->leaf->steps.len; i++) {
    if (waits(walk, i) && can_follow(walk, i)) return true;
  }
  return false;
}

/* When the last step's time was over; it may have begun, without a bound, after the journey's end. */
static int64_t last_due(const Walk *walk, uint32_t last)
{
  int64_t from = walk->state->clocks[last].from, end = due(walk, last);
  const Journey *journey = walk->view->subject->journey;
  return end == NEVER && journey->ended && from > journey->ended_at ? from : end;
}

static void sequence_passes(Walk *walk)
{
  uint32_t last = walk->leaf->steps.len - 1;
  if (walk->state->running) {
    if (!waits(walk, last)) settle(walk, true, NEVER, last_due(walk, last));
    return;
  }
  int64_t latest = INT64_MIN;
  for (uint32_t i = 0; i <= last; i++) {
    if (!walk->state->clocks[i].runs) continue;
    int64_t end = waits(walk, i) ? NEVER : due(walk, i);
    if (end > latest) latest = end;
  }
  if (!sequence_waits(walk)) settle(walk, false, NEVER, latest);
}

static void passes(Walk *walk)
{
  const Leaf *leaf = walk->leaf;
  if (walk->state->value != UNKNOWN3 || walk->state->fault || leaf->kind == LEAF_PREDICATE) return;
  if (leaf->kind == LEAF_SEQUENCE) {
    sequence_passes(walk);
    return;
  }
  if (waits(walk, 0)) return;
  bool holds = leaf->kind == LEAF_NO || leaf->kind == LEAF_AT_MOST ||
               (leaf->kind == LEAF_EXACTLY && walk->state->count == leaf->count);
  settle(walk, holds, NEVER, due(walk, 0));
}

/* ---- what an entry settles ---- */

static bool matches(Walk *walk, Scene *env, uint32_t step)
{
  bool is = match_item(env, &walk->leaf->steps.data[step].match, env->at) >= 0;
  if (env->fault) walk->state->fault = true;
  return is && !env->fault;
}

static bool in_time(const Walk *walk, uint32_t step, int64_t t)
{
  return waits(walk, step) && t <= due(walk, step);
}

static void test_before(Walk *walk, Scene *env)
{
  if (walk->ended) return;
  bool second = matches(walk, env, 1);
  if (second) settle(walk, false, env->now, NEVER);
  else if (matches(walk, env, 0)) settle(walk, true, env->now, NEVER);
}

static void test_counted(Walk *walk, Scene *env)
{
  const Leaf *leaf = walk->leaf;
  if (!in_time(walk, 0, env->now) || !matches(walk, env, 0)) return;
  int64_t count = ++walk->state->count;
  switch (leaf->kind) {
  case LEAF_SOME: settle(walk, true, env->now, due(walk, 0)); break;
  case LEAF_NO: settle(walk, false, env->now, due(walk, 0)); break;
  case LEAF_AT_LEAST:
    if (count >= leaf->count) settle(walk, true, env->now, due(walk, 0));
    break;
  default:
    if (count > leaf->count) settle(walk, false, env->now, due(walk, 0));
  }
}

/* The last step is `no E` or `at most n E`, and those before it hold. */
static void test_running(Walk *walk, Scene *env)
{
  uint32_t last = walk->leaf->steps.len - 1;
  if (!in_time(walk, last, env->now) || !matches(walk, env, last)) return;
  int64_t count = ++walk->state->count;
  if (count >= walk->leaf->steps.data[last].counted) settle(walk, false, env->now, due(walk, last));
}

static void test_sequence(Walk *walk, Scene *env)
{
  uint32_t last = walk->leaf->steps.len - 1;
  bool counted = walk->leaf->steps.data[last].counted > 0;
  if (walk->state->running) {
    test_running(walk, env);
    return;
  }
  for (uint32_t i = counted ? last : last + 1; i-- > 0 && !walk->state->fault;) {
    if (!in_time(walk, i, env->now) || !matches(walk, env, i)) continue;
    if (i == last) {
      settle(walk, true, env->now, due(walk, i));
      return;
    }
    start_clock(walk, env, i + 1, env->now);
    if (counted && i + 1 == last) {
      walk->state->running = true;
      return;
    }
  }
}

static void test(Walk *walk, Scene *env)
{
  switch (walk->leaf->kind) {
  case LEAF_PREDICATE: break;
  case LEAF_BEFORE: test_before(walk, env); break;
  case LEAF_SEQUENCE: test_sequence(walk, env); break;
  default: test_counted(walk, env);
  }
}

/* Whether the event at hand is the E of a last(E) in it. */
static bool is_last(const Scene *env, const Expr *expr)
{
  if (!expr || !env->at) return false;
  if (expr->kind == EX_REF && expr->u.ref->kind == REF_LAST) {
    Scene then = *env;
    return match_item(&then, expr->u.ref->match, env->at) >= 0;
  }
  bool is = is_last(env, expr->a) || is_last(env, expr->b);
  for (uint32_t i = 0; expr->kind == EX_CALL && i < expr->u.call.count; i++) is |= is_last(env, expr->u.call.args[i]);
  for (uint32_t i = 0; expr->kind == EX_CASE && i < expr->u.choose.count; i++)
    is |= is_last(env, expr->u.choose.arms[i].value);
  return is;
}

/* `by` that reads last(E) follows each new E, until it has passed; one that faults is known as it was before
 * the event that is not tested. */
static void move_bounds(Walk *walk, Scene *env, bool tested)
{
  for (uint32_t i = 0; i < walk->leaf->steps.len; i++) {
    const Bound *bound = &walk->leaf->steps.data[i].bound;
    Clock *clock = &walk->state->clocks[i];
    if (!bound->moves || !clock->runs || due(walk, i) <= walk->passed || !is_last(env, bound->value)) continue;
    Value value = value_of(env, bound->value);
    bool told = !env->fault && value.known;
    /* the earlier ones move likewise */
    if (told) *clock = (Clock){.runs = true, .from = clock->from, .length = value.i};
    else if (tested) walk->state->fault = true;
    env->fault = env->fault && tested;
  }
}

/* ---- the walk ---- */

static void opens(Walk *walk)
{
  const Subject *subject = walk->view->subject;
  Scene env = subject_env(walk->view->run, subject, NULL);
  if (walk->leaf->kind != LEAF_PREDICATE) {
    start_clock(walk, &env, 0, subject->opened);
    return;
  }
  bool holds = truth_value(&env, walk->leaf->predicate);
  walk->state->fault = env.fault;
  settle(walk, holds, subject->opened, NEVER);
}

/* `ends on` comes to a leaf as it was then, whatever time has passed since. */
static void meets_end(Walk *walk, int64_t passed, bool ended)
{
  const Journey *journey = walk->view->subject->journey;
  if (ended && !walk->ended && journey->ended && passed >= journey->ended_at) {
    if (journey->ended_at - 1 > walk->passed) walk->passed = journey->ended_at - 1;
    passes(walk);
    walk->ended = true;
    passes(walk);
  }
  if (passed > walk->passed) walk->passed = passed;
  walk->ended = walk->ended || ended;
}

static void hears(Walk *walk, uint32_t number)
{
  const View *view = walk->view;
  const Entry *entry = &view->subject->entries.data[number];
  Scene env = subject_env(view->run, view->subject, entry);
  meets_end(walk, entry->passed, entry->ended);
  passes(walk);
  if (walk->state->value != UNKNOWN3 || walk->state->fault) return;
  walk->entries = number + 1;
  bool muted = view->mute && number + 1 == view->entries, tested = entry->item && !muted;
  move_bounds(walk, &env, !muted);
  if (tested && !walk->state->fault) test(walk, &env);
  if (entry->time - 1 > walk->passed) walk->passed = entry->time - 1;
  passes(walk);
}

LeafState leaf_judge(const View *view, const Leaf *leaf)
{
  LeafState state = {.value = UNKNOWN3, .at = NEVER, .deadline = NEVER};
  state.clocks = ARENA_ARRAY(view->run->arena, Clock, leaf->steps.len + 1);
  Walk walk = {view, leaf, &state, 0, view->subject->opened - 1, false};
  opens(&walk);
  passes(&walk);
  for (uint32_t i = 0; i < view->entries; i++) {
    if (state.value != UNKNOWN3 || state.fault) break;
    hears(&walk, i);
  }
  walk.entries = view->entries;
  meets_end(&walk, view->passed, view->ended);
  passes(&walk);
  return state;
}

int64_t leaf_wake(const View *view, const Leaf *leaf, const LeafState *state)
{
  int64_t wake = NEVER;
  if (state->value != UNKNOWN3 || state->fault) return NEVER;
  for (uint32_t i = 0; i < leaf->steps.len; i++) {
    if (!state->clocks[i].runs || leaf->kind == LEAF_BEFORE) continue;
    int64_t end = last_of(view, view->entries, &leaf->steps.data[i].bound, &state->clocks[i]);
    if (end > view->passed && end < wake) wake = end;
  }
  return wake;
}
