/*
 * condition.c - parts joined by the three-valued tables; the sentence that says
 * which of them decided.
 */
#include "compiler/gen_parts.h"
#include "tests/reference/reference.h"

static uint32_t place_of(const Condition *condition, const Leaf *leaf)
{
  uint32_t place = 0;
  while (condition->leaves.data[place] != leaf) place++;
  return place;
}

static Tri join(const Condition *condition, const Cond *cond, const LeafState *leaves)
{
  Tri a, b;
  switch ((CondKind)cond->kind) {
  case COND_LEAF: return leaves[place_of(condition, cond->leaf)].value;
  case COND_NOT: return (Tri)(TRUE3 - join(condition, cond->a, leaves));
  default: break;
  }
  a = join(condition, cond->a, leaves);
  b = join(condition, cond->b, leaves);
  if (cond->kind == COND_AND) return a < b ? a : b;
  return a > b ? a : b;
}

Judged judge(const View *view)
{
  const Condition *condition = view->subject->condition;
  Judged judged = {.wake = NEVER};
  judged.leaves = ARENA_ARRAY(view->run->arena, LeafState, condition->leaves.len + 1);
  for (uint32_t i = 0; i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    judged.leaves[i] = leaf_judge(view, leaf);
    judged.fault = judged.fault || judged.leaves[i].fault;
    int64_t wake = leaf_wake(view, leaf, &judged.leaves[i]);
    if (wake < judged.wake) judged.wake = wake;
  }
  judged.value = join(condition, condition->root, judged.leaves);
  return judged;
}

int64_t deadline_of(View view)
{
  int64_t expiry = expiry_of(view.subject->journey), first = view.passed;
  for (;;) {
    Judged judged = judge(&view);
    bool moved = view.passed == first; /* a bound, into the past */
    if (judged.value != UNKNOWN3) return moved ? first + 1 : view.passed;
    if (judged.fault || judged.wake >= expiry) return expiry;
    view.passed = judged.wake;
  }
}

int64_t risk_deadline(View view)
{
  int64_t expiry = expiry_of(view.subject->journey), deadline = deadline_of(view);
  if (deadline >= expiry) { /* what the expiry settles, as if nothing more ever happened */
    view.passed = NEVER;
    view.ended = true;
  } else {
    view.passed = deadline;
  }
  Judged judged = judge(&view);
  return !judged.fault && judged.value == FALSE3 ? deadline : NEVER;
}

/* ---- evidence ---- */

typedef struct Sentence {
  Run *run;
  Buf *buf;
  int64_t expiry;
  int64_t end;    /* of what has no bound */
} Sentence;

static const char *shown(Run *run, const Leaf *leaf, uint32_t step)
{
  Gen texts = {.arena = run->arena, .program = (Program *)(uintptr_t)run->program};
  return match_text(&texts, &leaf->steps.data[step].match);
}

static const char *predicate_shown(Run *run, const Leaf *leaf)
{
  Gen texts = {.arena = run->arena, .program = (Program *)(uintptr_t)run->program};
  return predicate_text(&texts, leaf);
}

static void by_deadline(const Sentence *to, const LeafState *state)
{
  buf_text(to->buf, " by ");
  if (state->deadline == NEVER) time_text(to->buf, to->end);
  else time_text(to->buf, state->deadline < to->expiry ? state->deadline : to->expiry);
}

static void at_time(const Sentence *to, const LeafState *state)
{
  buf_text(to->buf, " at ");
  time_text(to->buf, state->at);
}

static void say_counted(const Sentence *to, const Leaf *leaf, const LeafState *state)
{
  static const char *const rule[] = {[LEAF_AT_MOST] = "at most %lld allowed",
                                     [LEAF_AT_LEAST] = "at least %lld wanted",
                                     [LEAF_EXACTLY] = "exactly %lld wanted"};
  bool early = leaf->kind == LEAF_AT_LEAST;
  buf_printf(to->buf, "%s came %lld times", shown(to->run, leaf, 0), (long long)state->count);
  if ((state->value == TRUE3) != early) by_deadline(to, state);
  buf_text(to->buf, ", ");
  buf_text(to->buf, arena_printf(to->run->arena, rule[leaf->kind], (long long)leaf->count));
}

static void say_steps(const Sentence *to, const Leaf *leaf, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) buf_printf(to->buf, i ? ", then %s" : "%s", shown(to->run, leaf, i));
}

static void say_sequence(const Sentence *to, const Leaf *leaf, const LeafState *state)
{
  uint32_t last = leaf->steps.len - 1, counted = leaf->steps.data[last].counted;
  bool holds = state->value == TRUE3;
  if (counted == 0 && !holds) buf_text(to->buf, "no ");
  say_steps(to, leaf, last);
  buf_text(to->buf, ", then ");
  if (counted == 1) buf_text(to->buf, "no ");
  if (counted > 1) buf_printf(to->buf, "at most %u ", counted - 1);
  buf_text(to->buf, shown(to->run, leaf, last));
  if (counted > 0 && !holds) buf_text(to->buf, " did not hold");
  else if ((counted > 0) == holds) by_deadline(to, state);
  else at_time(to, state);
}

static void say_leaf(const Sentence *to, const Leaf *leaf, const LeafState *state)
{
  bool holds = state->value == TRUE3;
  switch (leaf->kind) {
  case LEAF_PREDICATE:
    buf_printf(to->buf, holds ? "%s held" : "%s did not hold", predicate_shown(to->run, leaf));
    break;
  case LEAF_SOME:
  case LEAF_NO:
    if ((leaf->kind == LEAF_SOME) != holds) buf_text(to->buf, "no ");
    buf_text(to->buf, shown(to->run, leaf, 0));
    if ((leaf->kind == LEAF_SOME) == holds) at_time(to, state);
    else by_deadline(to, state);
    break;
  case LEAF_BEFORE:
    if (!holds) buf_text(to->buf, "no ");
    buf_text(to->buf, shown(to->run, leaf, 0));
    if (holds) at_time(to, state);
    buf_printf(to->buf, " before %s", shown(to->run, leaf, 1));
    break;
  case LEAF_SEQUENCE: say_sequence(to, leaf, state); break;
  default: say_counted(to, leaf, state);
  }
}

/* One side settles it alone, or both together do. */
static void say(const Sentence *to, const Condition *condition, const Cond *cond, const LeafState *leaves)
{
  if (cond->kind == COND_LEAF) {
    say_leaf(to, cond->leaf, &leaves[place_of(condition, cond->leaf)]);
    return;
  }
  if (cond->kind == COND_NOT) {
    say(to, condition, cond->a, leaves);
    return;
  }
  Tri alone = cond->kind == COND_AND ? FALSE3 : TRUE3;
  if (join(condition, cond->a, leaves) == alone) {
    say(to, condition, cond->a, leaves);
  } else if (join(condition, cond->b, leaves) == alone) {
    say(to, condition, cond->b, leaves);
  } else {
    say(to, condition, cond->a, leaves);
    buf_text(to->buf, " and ");
    say(to, condition, cond->b, leaves);
  }
}

const char *because(Run *run, const Subject *subject, const Judged *judged)
{
  const Journey *journey = subject->journey;
  int64_t expiry = expiry_of(journey);
  Buf buf;
  buf_init(&buf, run->arena);
  Sentence to = {run, &buf, expiry, journey->ended ? journey->ended_at : expiry};
  say(&to, subject->condition, subject->condition->root, judged->leaves);
  return buf.data;
}
