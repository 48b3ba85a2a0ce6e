/*
 * leaf_parts.h - a leaf's rows and slots, and when its steps still wait: between the files
 * that work on conditions.
 */
#ifndef MOT_RUNTIME_LEAF_PARTS_H
#define MOT_RUNTIME_LEAF_PARTS_H

#include <string.h>

#include "runtime/leaf.h"

/* What the deadline of a step holds that was armed but never ends by itself. */
#define DEADLINE_NEVER (INT64_MAX - 1)
/* While the clock stands, a deadline that has passed is kept less by this, which makes it negative: what
 * is left of the others is not. */
#define PASSED_MARK (INT64_C(1) << 62)

/* How far time has come. */
typedef struct Passing {
  int64_t passed;     /* what ends by then, that included, is over */
  bool ended;         /* nothing counts any more for a step without a bound */
  int64_t end;        /* when it was over for what has no bound */
} Passing;

/* As the scene has it: all timers before now have run. */
static inline int64_t time_passed(const Scene *scene)
{
  return scene->subject.ran ? scene->now : scene->now - 1;
}
static inline bool journey_ended(const Scene *scene)
{
  return scene->journey->flags & JOURNEY_ENDED && !scene->subject.lasts;
}
static inline Passing passing_now(const Scene *scene)
{
  bool ended = journey_ended(scene);
  int64_t end = ended ? *journey_ended_at(scene->plan, scene->journey) : scene->expiry;
  return (Passing){time_passed(scene), ended, end};
}

/* ---- rows and slots ---- */

static inline const LeafRow *leaf_row(const Scene *scene, uint32_t leaf)
{
  return &scene->plan->module->Leaf[scene->subject.condition->leaves + leaf];
}
static inline const StepRow *step_row(const Scene *scene, const LeafRow *row, uint32_t step)
{
  return &scene->plan->module->Step[row->steps + step];
}
/* The condition is one leaf, as it is: LEAF_GET, RET_T. */
static inline bool condition_is_leaf(const Scene *scene)
{
  const ConditionRow *row = scene->subject.condition;
  return row->leaves_count == 1 && scene->plan->module->Function[row->verdict].count == 2;
}
static inline uint8_t *slot_at(const Scene *scene, uint32_t slot)
{
  return scene->subject.record + scene->plan->module->Slot[slot].offset;
}
static inline Verdict leaf_state(const Scene *scene, const LeafRow *row)
{
  return (Verdict)*slot_at(scene, row->state);
}
static inline int64_t instant_load(const Scene *scene, uint32_t slot)
{
  int64_t value;
  memcpy(&value, slot_at(scene, slot), sizeof value);
  return value;
}
static inline void instant_store(const Scene *scene, uint32_t slot, int64_t value)
{
  memcpy(slot_at(scene, slot), &value, sizeof value);
}
/* The latest match of a step of a sequence that is not its last; INSTANT_NONE: none. */
static inline int64_t matched_load(const Scene *scene, const StepRow *step)
{
  return slot_load_i(&scene->plan->module->Slot[step->matched], scene->subject.record, scene->journey->start);
}
static inline int64_t counter_load(const Scene *scene, const LeafRow *row)
{
  return slot_load_i(&scene->plan->module->Slot[row->counter], scene->subject.record, 0);
}
/* The slot that keeps the instant of a settled leaf's sentence; MOT_NONE: it is that of the decision. */
uint32_t leaf_settled_slot(const Scene *scene, const LeafRow *row);

/* ---- clocks ---- */

static inline bool clock_stands(const Scene *scene)
{
  return scene->subject.pause && scene->subject.pause->stopped != INSTANT_NONE;
}
/* The step's clock does not run while that of the moment stands. */
static inline bool step_stands(const Scene *scene, const StepRow *step)
{
  return step->bound != BOUND_BY && step->bound != BOUND_NONE && clock_stands(scene);
}
/* When an armed step ends; DEADLINE_NEVER or more: not by itself, or its clock stands. */
static inline int64_t step_due(const Scene *scene, const StepRow *step)
{
  if (step->bound == BOUND_NONE) return DEADLINE_NEVER;
  int64_t deadline = instant_load(scene, step->deadline);
  if (!step_stands(scene, step)) return deadline;
  return deadline < 0 ? deadline + PASSED_MARK : DEADLINE_NEVER;
}
static inline bool step_waits(const Scene *scene, const StepRow *step, const Passing *passing)
{
  if (step->bound == BOUND_NONE) return !passing->ended;
  return step_due(scene, step) > passing->passed;
}
/* The step's clock has begun. */
static inline bool step_armed(const Scene *scene, const LeafRow *row, uint32_t step)
{
  return step == 0 || matched_load(scene, step_row(scene, row, step - 1)) != INSTANT_NONE;
}
/* The end of a step whose clock begins now; what is left of it when the clock stands. */
int64_t step_ends_at(const Scene *scene, const StepRow *step, int64_t length);

/* ---- what time makes of a leaf: leaf_time.c ---- */

/* The last step of a sequence counts, and those before it hold. */
bool sequence_runs(const Scene *scene, const LeafRow *row);
/* What an open leaf is at `passing`, and when it was over; nothing is changed. */
Verdict leaf_after(const Scene *scene, const LeafRow *row, const Passing *passing, int64_t *ret_instant);
/* Likewise a leaf that may be settled. */
static inline Verdict leaf_at(const Scene *scene, const LeafRow *row, const Passing *passing)
{
  int64_t instant;
  Verdict state = leaf_state(scene, row);
  return state == VERDICT_OPEN ? leaf_after(scene, row, passing, &instant) : state;
}
/* The next instant after `passed` at which a step of an open leaf ends. */
int64_t leaf_due(const Scene *scene, const LeafRow *row, int64_t passed);
/* Settles an open leaf, with the instant of its sentence. */
void leaf_settle(Scene *scene, const LeafRow *row, Verdict verdict, int64_t instant);
/* Settles it if time has made something of it. */
void leaf_settle_passed(Scene *scene, const LeafRow *row, const Passing *passing);

/* condition_deadline as seen from `passing`: condition.c. */
int64_t deadline_from(const Scene *scene, Passing passing);
/* Keeps the deadline as it is known before the first change. */
static inline void note_deadline(Scene *scene, Passing passing)
{
  if (scene->before == INSTANT_NONE) scene->before = deadline_from(scene, passing);
}

#endif
