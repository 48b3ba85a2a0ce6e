/*
 * pattern.c - counts, chains and silences, in slots of the journey's record.
 */
#include "runtime/pattern.h"

#include <assert.h>
#include <string.h>

#include "runtime/history.h"

/* What a bound holds that never ends. */
#define NEVER INT64_MAX

static const PatternRow *pattern_row(const Scene *scene, uint32_t pattern)
{
  const Module *module = scene->plan->module;
  return &module->Pattern[module->Experience[scene->journey->experience].patterns + pattern];
}

static const PatternStepRow *step_row(const Scene *scene, const PatternRow *row, uint32_t step)
{
  return &scene->plan->module->PatternStep[row->steps + step];
}

static int64_t load(const Scene *scene, uint32_t slot)
{
  return slot_load_i(&scene->plan->module->Slot[slot], scene->journey, scene->journey->start);
}

static void store(Scene *scene, uint32_t slot, int64_t value)
{
  slot_store_i(&scene->plan->module->Slot[slot], scene->journey, scene->journey->start, value);
}

/* The last instant that is in time for a match at `from`. */
static int64_t bound_end(const Scene *scene, const PatternStepRow *step, int64_t from, int64_t length)
{
  int64_t end = NEVER;
  const OpenTime *calendar = &scene->plan->calendars[step->calendar];
  switch (step->bound) {
  case BOUND_NONE: return NEVER;
  case BOUND_BY: return length;
  case BOUND_CALENDAR: return add_open(calendar, from, length, &end) ? end : NEVER;
  case BOUND_OPEN_DAYS: return add_open_days(calendar, from, length, &end) ? end : NEVER;
  default: return instant_after(from, length);
  }
}

/* ---- counts ---- */

/* A computed window stands in the step's deadline. */
static int64_t window_of(const Scene *scene, const PatternStepRow *step)
{
  if (!step->dynamic) return step->length;
  return step->deadline == MOT_NONE ? 0 : load(scene, step->deadline);
}

bool pattern_count(Scene *scene, uint32_t pattern)
{
  const PatternRow *row = pattern_row(scene, pattern);
  const PatternStepRow *step = step_row(scene, row, 0);
  uint32_t entries = row->count - 1;
  if (entries == 0) return true;
  RingPlace at = ring_place(&scene->plan->module->Slot[row->store], scene->journey, entries);
  Ring ring = ring_load(&at);
  if (ring.length == entries) {
    int64_t oldest = ring_instant(&at, ring, 0);
    if (scene->now <= bound_end(scene, step, oldest, window_of(scene, step))) {
      ring_store(&at, (Ring){0, 0});
      return true;
    }
  }
  ring_push(&at, scene->now);
  return false;
}

/* ---- chains ---- */

static void begin_anew(Scene *scene, const PatternRow *row)
{
  for (uint32_t i = 0; i < row->steps_count; i++) {
    const PatternStepRow *step = step_row(scene, row, i);
    if (step->matched != MOT_NONE) store(scene, step->matched, INSTANT_NONE);
    if (step->deadline != MOT_NONE) store(scene, step->deadline, INSTANT_NONE);
  }
}

/* The step before holds, and its time for this one is not over. */
static bool in_turn(const Scene *scene, const PatternRow *row, uint32_t step)
{
  if (step == 0) return true;
  if (load(scene, step_row(scene, row, step - 1)->matched) == INSTANT_NONE) return false;
  const PatternStepRow *of = step_row(scene, row, step);
  return of->bound == BOUND_NONE || scene->now <= load(scene, of->deadline);
}

/* With a computed bound the match counts when that is known: pattern_arm. */
bool pattern_step(Scene *scene, uint32_t pattern, uint32_t step)
{
  const PatternRow *row = pattern_row(scene, pattern);
  if (!in_turn(scene, row, step)) return false;
  if (step + 1 == row->steps_count) {
    begin_anew(scene, row);
    return true;
  }
  const PatternStepRow *next = step_row(scene, row, step + 1);
  if (next->dynamic) return true;
  store(scene, step_row(scene, row, step)->matched, scene->now);
  if (next->bound != BOUND_NONE)
    store(scene, next->deadline, bound_end(scene, next, scene->now, next->length));
  return true;
}

bool pattern_arm(Scene *scene, uint32_t pattern, uint32_t step, int64_t bound)
{
  const PatternRow *row = pattern_row(scene, pattern);
  const PatternStepRow *of = step_row(scene, row, step);
  if (bound <= 0 && of->bound != BOUND_BY) return false;
  if (row->kind == PATTERN_COUNT) {
    if (of->deadline != MOT_NONE) store(scene, of->deadline, bound);
    return true;
  }
  store(scene, step_row(scene, row, step - 1)->matched, scene->now);
  store(scene, of->deadline, bound_end(scene, of, scene->now, bound));
  return true;
}

/* ---- silences ---- */

/* The slot of a fresh record is zero: nothing counts then. */
static void silence_store(Scene *scene, uint32_t pattern, int64_t due)
{
  store(scene, pattern_row(scene, pattern)->store, due ^ INT64_MAX);
}

void pattern_quiet(Scene *scene, uint32_t pattern, int64_t from, int64_t length)
{
  silence_store(scene, pattern, length > 0 ? instant_after(from, length) : INT64_MAX);
}

int64_t pattern_silence_due(const Scene *scene, uint32_t pattern)
{
  return load(scene, pattern_row(scene, pattern)->store) ^ INT64_MAX;
}

void pattern_silence_over(Scene *scene, uint32_t pattern)
{
  silence_store(scene, pattern, INT64_MAX);
}
