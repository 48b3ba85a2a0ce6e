/*
 * pause.c - a moment's clock stops and runs on: deadlines become what is left of
 * them, and instants again.
 */
#include "runtime/leaf_parts.h"

/* ---- one step ---- */

/* When the step's clock began. */
static int64_t began(const Scene *scene, const LeafRow *row, uint32_t step)
{
  return step == 0 ? scene->subject.opened : matched_load(scene, step_row(scene, row, step - 1));
}

/* Time, open time or closes from now to the deadline; 0 when it is due now. */
static int64_t left_of(const Scene *scene, const StepRow *step, int64_t from, int64_t deadline)
{
  const OpenTime *calendar = &scene->plan->calendars[step->calendar];
  switch (step->bound) {
  case BOUND_CALENDAR: return open_between(calendar, scene->now, deadline);
  case BOUND_OPEN_DAYS: return closes_between(calendar, from, scene->now, deadline);
  default: return deadline - scene->now;
  }
}

static void stop_step(Scene *scene, const LeafRow *row, uint32_t number)
{
  const StepRow *step = step_row(scene, row, number);
  int64_t deadline = instant_load(scene, step->deadline);
  if (deadline >= DEADLINE_NEVER) return;
  bool passed = deadline <= time_passed(scene);
  instant_store(scene, step->deadline,
                passed ? deadline - PASSED_MARK : left_of(scene, step, began(scene, row, number), deadline));
}

/* The instant at which what is left will have passed from now on. */
static bool end_of(const Scene *scene, const StepRow *step, int64_t from, int64_t left, int64_t *ret)
{
  const OpenTime *calendar = &scene->plan->calendars[step->calendar];
  if (step->bound == BOUND_OPEN_DAYS)
    return nth_close(calendar, from, scene->now, left, ret) && *ret <= scene->expiry;
  if (step->bound == BOUND_CALENDAR)
    return left == 0 ? next_open(calendar, scene->now, ret) : add_open(calendar, scene->now, left, ret);
  *ret = instant_after(scene->now, left);
  return *ret < DEADLINE_NEVER;
}

static void run_step(Scene *scene, const LeafRow *row, uint32_t number)
{
  const StepRow *step = step_row(scene, row, number);
  int64_t left = instant_load(scene, step->deadline), end;
  if (left >= DEADLINE_NEVER) return;
  if (left < 0) end = left + PASSED_MARK;
  else if (!end_of(scene, step, began(scene, row, number), left, &end)) end = DEADLINE_NEVER;
  instant_store(scene, step->deadline, end);
}

/* ---- all that stand ---- */

static bool can_stand(const StepRow *step)
{
  return step->bound != BOUND_NONE && step->bound != BOUND_BY;
}

static void each_step(Scene *scene, void (*change)(Scene *scene, const LeafRow *row, uint32_t step))
{
  const ConditionRow *condition = scene->subject.condition;
  for (uint32_t i = 0; i < condition->leaves_count; i++) {
    const LeafRow *row = leaf_row(scene, i);
    if (leaf_state(scene, row) != VERDICT_OPEN) continue;
    for (uint32_t k = 0; k < row->steps_count; k++) {
      if (can_stand(step_row(scene, row, k))) change(scene, row, k);
    }
  }
  scene->moved = true;
}

bool moment_paused(const Scene *scene)
{
  return clock_stands(scene);
}

void moment_stop(Scene *scene)
{
  PauseHeader *pause = scene->subject.pause;
  if (!pause || clock_stands(scene)) return;
  each_step(scene, stop_step);
  pause->stopped = scene->now;
}

void moment_run(Scene *scene)
{
  PauseHeader *pause = scene->subject.pause;
  if (!clock_stands(scene)) return;
  each_step(scene, run_step);
  pause->paused += scene->now - pause->stopped;
  pause->stopped = INSTANT_NONE;
}

int64_t moment_stood(const Scene *scene)
{
  const PauseHeader *pause = scene->subject.pause;
  if (!pause) return 0;
  return pause->paused + (clock_stands(scene) ? scene->now - pause->stopped : 0);
}
