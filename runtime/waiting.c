/*
 * waiting.c - `starts on` that waits for more than one event: a record of the key
 * keeps what came, until a journey begins in it or nothing in it can matter any more.
 *
 * A record is kept only while a count or chain in it could still be completed by
 * what it remembers.  A timer looks when that will be over; when more came meanwhile it
 * is set anew.
 */
#include "runtime/engine_state.h"
#include "runtime/history.h"

/* ---- until when a record matters ---- */

/* The end of a window from `from` on; INT64_MAX when only the event that completes the count can tell. */
static int64_t window_end(const Plan *plan, const PatternStepRow *step, int64_t from)
{
  int64_t end = INT64_MAX;
  if (step->dynamic) return end;
  switch (step->bound) {
  case BOUND_WITHIN: return instant_after(from, step->length);
  case BOUND_BY: return step->length;
  case BOUND_CALENDAR: add_open(&plan->calendars[step->calendar], from, step->length, &end); return end;
  case BOUND_OPEN_DAYS: add_open_days(&plan->calendars[step->calendar], from, step->length, &end); return end;
  default: return end;
  }
}

/* INT64_MIN: nothing is remembered; INT64_MAX: it may matter for ever. */
static int64_t count_matters(const Plan *plan, const PatternRow *row, const JourneyHeader *record)
{
  RingPlace at = ring_place(&plan->module->Slot[row->store], record, row->count - 1);
  Ring ring = ring_load(&at);
  if (ring.length == 0) return INT64_MIN;
  int64_t latest = ring_instant(&at, ring, ring.length - 1u);
  return window_end(plan, &plan->module->PatternStep[row->steps], latest);
}

static int64_t step_matters(const Module *m, uint32_t step, const JourneyHeader *record)
{
  const PatternStepRow *of = &m->PatternStep[step], *next = of + 1;
  if (of->matched == MOT_NONE) return INT64_MIN;
  if (slot_load_i(&m->Slot[of->matched], record, record->start) == INSTANT_NONE) return INT64_MIN;
  if (next->deadline == MOT_NONE) return INT64_MAX;
  return slot_load_i(&m->Slot[next->deadline], record, record->start);
}

static int64_t pattern_matters(const Plan *plan, const PatternRow *row, const JourneyHeader *record)
{
  int64_t until = INT64_MIN;
  if (row->kind == PATTERN_COUNT) return count_matters(plan, row, record);
  for (uint32_t i = 0; i + 1 < row->steps_count; i++) {
    int64_t its = step_matters(plan->module, row->steps + i, record);
    if (its > until) until = its;
  }
  return until;
}

static int64_t record_matters(const Plan *plan, const JourneyHeader *record)
{
  const Module *m = plan->module;
  const ExperienceRow *row = &m->Experience[record->experience];
  int64_t until = INT64_MIN;
  for (uint32_t i = 0; i < row->patterns_count; i++) {
    const PatternRow *pattern = &m->Pattern[row->patterns + i];
    if (pattern->purpose != PURPOSE_STARTS) continue;
    int64_t its = pattern_matters(plan, pattern, record);
    if (its > until) until = its;
  }
  return until;
}

/* ---- records that wait ---- */

static bool is_its(const Engine *engine, const HandlerPlan *handler, Handle handle)
{
  JourneyHeader *record = journey_at(engine, handle);
  return record->experience == handler->experience && journey_matches(engine, handler, record, true);
}

static Handle find(const Engine *engine, Handle partition, const HandlerPlan *handler)
{
  const Partition *of = partition_at(&engine->partitions, partition);
  Handle handle;
  if (of->crowded) {
    CrowdWalk walk = crowd_walk_event(engine, of, LIST_WAITING, handler);
    do handle = crowd_next(engine, &walk);
    while (handle && !is_its(engine, handler, handle));
    return handle;
  }
  for (handle = of->waiting; handle; handle = journey_at(engine, handle)->next)
    if (is_its(engine, handler, handle)) return handle;
  return 0;
}

static Handle make(Engine *engine, Handle partition, const HandlerPlan *handler)
{
  Handle handle = journey_new(engine, partition, handler);
  journey_at(engine, handle)->flags |= JOURNEY_WAITS;
  journey_put_in(engine, handle);
  return handle;
}

bool waiting_hears(Engine *engine, Handle partition, const HandlerPlan *handler)
{
  Handle handle = find(engine, partition, handler);
  bool fresh = handle == 0;
  if (fresh) handle = make(engine, partition, handler);
  engine_enter(engine, handle);
  if (engine_truth(engine, handler->starts)) {
    journey_take_out(engine, handle);
    journey_begin(engine, handler, handle);
    return true;
  }
  int64_t until = record_matters(engine->plan, journey_at(engine, handle));
  if (until < engine->scene.now) {
    journey_take_out(engine, handle);
    journey_release(engine, handle);
    return !fresh;
  }
  if (fresh) waiting_arm(engine, handle, instant_after(until, 1));
  return true;
}

void waiting_fires(Engine *engine, Handle handle)
{
  int64_t until = record_matters(engine->plan, journey_at(engine, handle));
  if (until < engine->scene.now)
    journey_bury(engine, handle);
  else
    waiting_arm(engine, handle, instant_after(until, 1));
}
