/*
 * leaf_time.c - what time makes of leaves: when steps end, what is settled then.
 *
 * A step whose end is not after the instant up to which time has passed waits no
 * more.  At the expiry that instant is INT64_MAX, so that nothing waits.
 */
#include "runtime/leaf_parts.h"

/* ---- when a step ends ---- */

static int64_t calendar_end(const Scene *scene, const StepRow *step, int64_t length)
{
  int64_t end;
  const OpenTime *calendar = &scene->plan->calendars[step->calendar];
  bool reached = step->bound == BOUND_CALENDAR ? add_open(calendar, scene->now, length, &end)
                                               : add_open_days(calendar, scene->now, length, &end);
  /* A close beyond the expiry never comes; nor does a pause bring it nearer. */
  return reached && (step->bound == BOUND_CALENDAR || end <= scene->expiry) ? end : DEADLINE_NEVER;
}

int64_t step_ends_at(const Scene *scene, const StepRow *step, int64_t length)
{
  int64_t end = length;
  if (!step_stands(scene, step)) {
    if (step->bound == BOUND_WITHIN) end = instant_after(scene->now, length);
    else if (step->bound != BOUND_BY) end = calendar_end(scene, step, length);
  }
  return end < DEADLINE_NEVER ? end : DEADLINE_NEVER;
}

/* ---- sequences ---- */

bool sequence_runs(const Scene *scene, const LeafRow *row)
{
  uint32_t last = row->steps_count - 1;
  return step_row(scene, row, last)->counted > 0 && step_armed(scene, row, last);
}

/* Once nothing counts for steps without a bound, what comes before one that has to happen leads nowhere. */
static bool can_follow(const Scene *scene, const LeafRow *row, uint32_t step, const Passing *passing)
{
  for (uint32_t i = step + 1; passing->ended && i < row->steps_count; i++) {
    const StepRow *next = step_row(scene, row, i);
    if (next->bound == BOUND_NONE && next->counted == 0) return false;
  }
  return true;
}

/* The instant of a sentence for what ended at `due`. */
static int64_t said(const Scene *scene, int64_t due, const Passing *passing)
{
  if (due >= DEADLINE_NEVER) return passing->end;
  return due < scene->expiry ? due : scene->expiry;
}

static Verdict running_after(const Scene *scene, const LeafRow *row, const Passing *passing,
                             int64_t *ret_instant)
{
  const StepRow *last = step_row(scene, row, row->steps_count - 1);
  if (step_waits(scene, last, passing)) return VERDICT_OPEN;
  int64_t due = step_due(scene, last), from = matched_load(scene, last - 1);
  *ret_instant = said(scene, due, passing);
  /* it began when the journey had met its end already */
  if (due >= DEADLINE_NEVER && journey_ended(scene) && from > passing->end)
    *ret_instant = from < scene->expiry ? from : scene->expiry;
  return VERDICT_TRUE;
}

static Verdict sequence_after(const Scene *scene, const LeafRow *row, const Passing *passing,
                              int64_t *ret_instant)
{
  int64_t latest = INT64_MIN;
  if (sequence_runs(scene, row)) return running_after(scene, row, passing, ret_instant);
  for (uint32_t i = 0; i < row->steps_count && step_armed(scene, row, i); i++) {
    const StepRow *step = step_row(scene, row, i);
    bool waits = step_waits(scene, step, passing);
    if (waits && can_follow(scene, row, i, passing)) return VERDICT_OPEN;
    int64_t due = waits ? DEADLINE_NEVER : step_due(scene, step);
    if (due > latest) latest = due;
  }
  *ret_instant = said(scene, latest, passing);
  return VERDICT_FALSE;
}

/* ---- leaves ---- */

Verdict leaf_after(const Scene *scene, const LeafRow *row, const Passing *passing, int64_t *ret_instant)
{
  if (row->kind == LEAF_PREDICATE) return VERDICT_OPEN;
  if (row->kind == LEAF_SEQUENCE) return sequence_after(scene, row, passing, ret_instant);
  const StepRow *step = step_row(scene, row, 0);
  if (step_waits(scene, step, passing)) return VERDICT_OPEN;
  *ret_instant = said(scene, step_due(scene, step), passing);
  bool holds = row->kind == LEAF_NO || row->kind == LEAF_AT_MOST
    || (row->kind == LEAF_EXACTLY && counter_load(scene, row) == row->count);
  return holds ? VERDICT_TRUE : VERDICT_FALSE;
}

int64_t leaf_due(const Scene *scene, const LeafRow *row, int64_t passed)
{
  int64_t due = INT64_MAX;
  uint32_t first = row->kind == LEAF_SEQUENCE && sequence_runs(scene, row) ? row->steps_count - 1 : 0;
  for (uint32_t i = first; i < row->steps_count; i++) {
    if (row->kind == LEAF_BEFORE || !step_armed(scene, row, i)) break;
    int64_t end = step_due(scene, step_row(scene, row, i));
    if (end > passed && end < DEADLINE_NEVER && end < due) due = end;
  }
  return due;
}

uint32_t leaf_settled_slot(const Scene *scene, const LeafRow *row)
{
  for (uint32_t i = 0; i < row->steps_count; i++) {
    uint32_t slot = step_row(scene, row, i)->deadline;
    if (slot != MOT_NONE) return slot;
  }
  return row->settled;
}

void leaf_settle(Scene *scene, const LeafRow *row, Verdict verdict, int64_t instant)
{
  uint32_t slot = leaf_settled_slot(scene, row);
  *slot_at(scene, row->state) = (uint8_t)verdict;
  if (slot != MOT_NONE) instant_store(scene, slot, instant);
  scene->settled = true;
}

void leaf_settle_passed(Scene *scene, const LeafRow *row, const Passing *passing)
{
  int64_t instant = 0;
  Verdict verdict = leaf_after(scene, row, passing, &instant);
  if (verdict != VERDICT_OPEN) leaf_settle(scene, row, verdict, instant);
}

/* ---- conditions ---- */

int64_t condition_due(const Scene *scene)
{
  int64_t due = INT64_MAX, passed = time_passed(scene);
  const ConditionRow *condition = scene->subject.condition;
  for (uint32_t i = 0; condition && i < condition->leaves_count; i++) {
    const LeafRow *row = leaf_row(scene, i);
    if (leaf_state(scene, row) != VERDICT_OPEN) continue;
    int64_t end = leaf_due(scene, row, passed);
    if (end < due) due = end;
  }
  return due;
}

/* `before`: how it was until then. */
static void pass(Scene *scene, const Passing *before, const Passing *passing)
{
  const ConditionRow *condition = scene->subject.condition;
  for (uint32_t i = 0; condition && i < condition->leaves_count; i++) {
    const LeafRow *row = leaf_row(scene, i);
    int64_t instant = 0;
    if (leaf_state(scene, row) != VERDICT_OPEN) continue;
    Verdict verdict = leaf_after(scene, row, passing, &instant);
    if (verdict == VERDICT_OPEN) continue;
    note_deadline(scene, *before);
    leaf_settle(scene, row, verdict, instant);
  }
}

void condition_pass(Scene *scene, int64_t t)
{
  Passing before = passing_now(scene), passing = before;
  passing.passed = t;
  pass(scene, &before, &passing);
}

/* The journey may know of its end already. */
void condition_ends(Scene *scene)
{
  Passing before = {time_passed(scene), false, scene->expiry}, passing = {before.passed, true, scene->now};
  pass(scene, &before, &passing);
}

void condition_expires(Scene *scene)
{
  Passing before = passing_now(scene), passing = {INT64_MAX, true, before.end};
  pass(scene, &before, &passing);
}
