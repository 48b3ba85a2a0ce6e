/*
 * leaf_hit.c - what an event makes of a leaf.
 *
 * A step takes an event when its clock has begun and has not run out: an event at
 * the deadline is in time unless the timer of that instant has run.
 */
#include "runtime/leaf_parts.h"
#include "runtime/trace.h"

/* ---- arming ---- */

/* A step that is armed again keeps the later end: the earlier match may still be the one that holds. */
static void arm(Scene *scene, const LeafRow *row, const StepRow *step, int64_t length)
{
  int64_t old = instant_load(scene, step->deadline), end = step_ends_at(scene, step, length);
  if (old == INSTANT_NONE || end > old) instant_store(scene, step->deadline, end);
  scene->moved = true;
  Passing passing = passing_now(scene);
  if (step->bound == BOUND_BY && end <= passing.passed) leaf_settle_passed(scene, row, &passing);
}

bool leaf_arm(Scene *scene, uint32_t leaf, uint32_t step)
{
  const LeafRow *row = leaf_row(scene, leaf);
  const StepRow *of = step_row(scene, row, step);
  if (leaf_state(scene, row) == VERDICT_OPEN) arm(scene, row, of, of->length);
  return true;
}

bool leaf_arm_dynamic(Scene *scene, uint32_t leaf, uint32_t step, int64_t bound)
{
  const LeafRow *row = leaf_row(scene, leaf);
  const StepRow *of = step_row(scene, row, step);
  if (bound <= 0 && of->bound != BOUND_BY) return false;
  if (leaf_state(scene, row) == VERDICT_OPEN) arm(scene, row, of, bound);
  return true;
}

void leaf_move(Scene *scene, uint32_t leaf, uint32_t step, int64_t instant)
{
  const LeafRow *row = leaf_row(scene, leaf);
  const StepRow *of = step_row(scene, row, step);
  if (leaf_state(scene, row) != VERDICT_OPEN || !step_armed(scene, row, step)) return;
  Passing passing = passing_now(scene);
  int64_t deadline = instant_load(scene, of->deadline);
  if (deadline <= passing.passed || deadline == instant) return;
  instant_store(scene, of->deadline, instant < DEADLINE_NEVER ? instant : DEADLINE_NEVER);
  scene->moved = true;
  if (instant <= passing.passed) leaf_settle_passed(scene, row, &passing);
}

/* ---- the simple ones ---- */

void leaf_is(Scene *scene, uint32_t leaf, bool holds)
{
  *slot_at(scene, leaf_row(scene, leaf)->state) = holds ? VERDICT_TRUE : VERDICT_FALSE;
  scene->settled = true;
}

bool leaf_open(const Scene *scene, uint32_t leaf)
{
  return leaf_state(scene, leaf_row(scene, leaf)) == VERDICT_OPEN;
}

Verdict leaf_get(const Scene *scene, uint32_t leaf)
{
  return leaf_state(scene, leaf_row(scene, leaf));
}

/* ---- hits ---- */

static bool in_time(const Scene *scene, const StepRow *step)
{
  if (step->bound == BOUND_NONE) return !journey_ended(scene);
  return step_due(scene, step) > time_passed(scene);
}

static int64_t count_on(Scene *scene, const LeafRow *row)
{
  const SlotRow *slot = &scene->plan->module->Slot[row->counter];
  int64_t count = slot_load_i(slot, scene->subject.record, 0) + 1;
  slot_store_i(slot, scene->subject.record, 0, count);
  return count;
}

/* A counting last step has its turn when those before it hold, and then only it has. */
static bool in_turn(const Scene *scene, const LeafRow *row, uint32_t step)
{
  if (row->kind != LEAF_SEQUENCE) return true;
  bool runs = sequence_runs(scene, row), last = step + 1 == row->steps_count;
  if (last && step_row(scene, row, step)->counted > 0) return runs;
  return !runs && step_armed(scene, row, step);
}

bool leaf_waits(const Scene *scene, uint32_t leaf, uint32_t step)
{
  const LeafRow *row = leaf_row(scene, leaf);
  return leaf_state(scene, row) == VERDICT_OPEN && in_turn(scene, row, step)
    && in_time(scene, step_row(scene, row, step));
}

static bool hit_counted(Scene *scene, const LeafRow *row)
{
  if (!in_time(scene, step_row(scene, row, 0))) return false;
  note_deadline(scene, passing_now(scene));
  switch (row->kind) {
  case LEAF_SOME: leaf_settle(scene, row, VERDICT_TRUE, scene->now); break;
  case LEAF_NO: leaf_settle(scene, row, VERDICT_FALSE, scene->now); break;
  case LEAF_AT_LEAST:
    if (count_on(scene, row) >= row->count) leaf_settle(scene, row, VERDICT_TRUE, scene->now);
    break;
  default:
    if (count_on(scene, row) > row->count) leaf_settle(scene, row, VERDICT_FALSE, scene->now);
  }
  return true;
}

static bool hit_before(Scene *scene, const LeafRow *row, uint32_t step)
{
  if (journey_ended(scene)) return false;
  note_deadline(scene, passing_now(scene));
  leaf_settle(scene, row, step == 0 ? VERDICT_TRUE : VERDICT_FALSE, scene->now);
  return true;
}

/* ---- sequences ---- */

static void hit_last(Scene *scene, const LeafRow *row, const StepRow *step)
{
  if (step->counted == 0)
    leaf_settle(scene, row, VERDICT_TRUE, scene->now);
  else if (step->counted == 1 || count_on(scene, row) >= step->counted)
    leaf_settle(scene, row, VERDICT_FALSE, scene->now);
}

/* The clock of the next step begins; of a computed bound it is the code behind that arms it. */
static void begin_next(Scene *scene, const LeafRow *row, uint32_t step)
{
  const SlotRow *matched = &scene->plan->module->Slot[step_row(scene, row, step)->matched];
  const StepRow *next = step_row(scene, row, step + 1);
  slot_store_i(matched, scene->subject.record, scene->journey->start, scene->now);
  scene->moved = true;
  if (next->dynamic) return;
  if (next->bound != BOUND_NONE) {
    arm(scene, row, next, next->length);
    return;
  }
  Passing passing = passing_now(scene);
  if (passing.ended && next->counted > 0) leaf_settle_passed(scene, row, &passing);
}

static bool hit_sequence(Scene *scene, const LeafRow *row, uint32_t step)
{
  const StepRow *of = step_row(scene, row, step);
  if (!in_turn(scene, row, step) || !in_time(scene, of)) return false;
  note_deadline(scene, passing_now(scene));
  if (step + 1 == row->steps_count) hit_last(scene, row, of);
  else begin_next(scene, row, step);
  return true;
}

bool leaf_hit(Scene *scene, uint32_t leaf, uint32_t step, bool *ret_taken)
{
  const LeafRow *row = leaf_row(scene, leaf);
  *ret_taken = false;
  if (leaf_state(scene, row) != VERDICT_OPEN) return true;
  switch (row->kind) {
  case LEAF_PREDICATE: break;
  case LEAF_BEFORE: *ret_taken = hit_before(scene, row, step); break;
  case LEAF_SEQUENCE: *ret_taken = hit_sequence(scene, row, step); break;
  default: *ret_taken = hit_counted(scene, row);
  }
  if (*ret_taken && scene->trace) trace_taken(scene, leaf);
  return true;
}
