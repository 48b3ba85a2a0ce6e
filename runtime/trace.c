/*
 * trace.c - see trace.h.
 */
#include "runtime/trace.h"

#include <string.h>

#include "runtime/grow.h"

void trace_init(Trace *trace, Mem *mem)
{
  *trace = (Trace){.mem = mem};
}

void trace_free(Trace *trace)
{
  grow_free(trace->mem, trace->steps, trace->room, sizeof *trace->steps);
  grow_free(trace->mem, trace->bytes, trace->bytes_room, 1);
  *trace = (Trace){.mem = trace->mem};
}

/* ---- taking ---- */

const TraceStep *trace_take(Trace *trace)
{
  return trace->taken < trace->count ? &trace->steps[trace->taken++] : NULL;
}

const EventData *trace_row(const Trace *trace, const TraceStep *step)
{
  return (const EventData *)(const void *)(trace->bytes + step->row);
}

const char *trace_key(const Trace *trace, const TraceStep *step, uint32_t key, uint32_t *ret_len)
{
  const uint8_t *lengths = trace->bytes + step->keys, *text = lengths + sizeof *ret_len * step->key_count;
  uint32_t len;
  memcpy(&len, lengths, sizeof len);
  for (uint32_t i = 0; i < key; i++) {
    text += len;
    memcpy(&len, lengths + sizeof len * (i + 1), sizeof len);
  }
  *ret_len = len;
  return (const char *)text;
}

/* ---- adding ---- */

/* Room for bytes of a step that is not told yet; returns where they are. */
static size_t room_for(Trace *trace, size_t size)
{
  size_t at = (trace->size + 7) / 8 * 8;
  trace->bytes = grow(trace->mem, trace->bytes, &trace->bytes_room, at + size, 1);
  trace->size = at + size;
  return at;
}

/* What was taken is not needed any more. */
static void begin(Trace *trace)
{
  if (trace->taken < trace->count) return;
  trace->taken = trace->count = trace->size = 0;
}

static void add(Trace *trace, TraceStep step)
{
  trace->steps = grow(trace->mem, trace->steps, &trace->room, trace->count + 1, sizeof step);
  trace->steps[trace->count++] = step;
}

static const char *key_of(const Scene *scene, uint32_t key, uint32_t *ret_len)
{
  *ret_len = scene->key_len;
  return key == 0 ? scene->key : text_of(scene->texts, *journey_key(scene->plan, scene->journey, key), ret_len);
}

/* Those of the journey at hand. */
static size_t put_keys(const Scene *scene, uint32_t count)
{
  uint32_t len;
  size_t size = count * sizeof len;
  for (uint32_t i = 0; i < count; i++) {
    key_of(scene, i, &len);
    size += len;
  }
  size_t ret = room_for(scene->trace, size);
  uint8_t *to = scene->trace->bytes + ret, *text = to + count * sizeof len;
  for (uint32_t i = 0; i < count; i++) {
    const char *key = key_of(scene, i, &len);
    memcpy(to + i * sizeof len, &len, sizeof len);
    memcpy(text, key, len);
    text += len;
  }
  return ret;
}

/* A step of the journey at hand. */
static TraceStep of_journey(const Scene *scene, TraceKind kind)
{
  const JourneyHeader *journey = scene->journey;
  uint32_t count = scene->plan->module->Experience[journey->experience].keys_count;
  begin(scene->trace);
  return (TraceStep){
    .kind = (uint8_t)kind, .time = scene->now, .event = MOT_NONE, .experience = journey->experience,
    .mot = MOT_NONE, .journey = journey->serial, .started = journey->start, .opened = INT64_MIN,
    .number = MOT_NONE, .deadline = INT64_MAX, .keys = put_keys(scene, count), .key_count = count,
  };
}

/* … of the moment at hand, or of the SCO. */
static TraceStep of_subject(const Scene *scene, TraceKind kind)
{
  TraceStep step = of_journey(scene, kind);
  const MomentHeader *moment = scene->subject.moment;
  if (!moment) return step;
  step.mot = moment->mot;
  step.moment = moment->serial;
  step.opened = moment->opened;
  return step;
}

/* ---- what the engine tells ---- */

void trace_event(const Scene *scene, const char *key, size_t key_len, size_t reached)
{
  Trace *trace = scene->trace;
  const EventData *event = scene->event;
  uint32_t len = (uint32_t)key_len;
  begin(trace);
  TraceStep step = {.kind = TRACE_EVENT, .time = event->time, .event = event->event, .experience = MOT_NONE,
                    .mot = MOT_NONE, .number = MOT_NONE, .started = INT64_MIN, .opened = INT64_MIN,
                    .deadline = INT64_MAX, .reached = reached, .key_count = 1};
  step.row = room_for(trace, event->size);
  memcpy(trace->bytes + step.row, event, event->size);
  step.keys = room_for(trace, sizeof len + len);
  memcpy(trace->bytes + step.keys, &len, sizeof len);
  memcpy(trace->bytes + step.keys + sizeof len, key, len);
  add(trace, step);
}

/* None of what is settled already: it will not be decided then. */
static int64_t deadline_ahead(const Scene *scene)
{
  return condition_verdict(scene) == VERDICT_OPEN ? condition_deadline(scene) : INT64_MAX;
}

void trace_started(Scene *scene)
{
  scene_sco(scene);
  TraceStep step = of_journey(scene, TRACE_STARTED);
  step.deadline = deadline_ahead(scene);
  add(scene->trace, step);
}

void trace_opened(const Scene *scene, uint32_t choice, bool fault)
{
  TraceStep step = of_subject(scene, TRACE_OPENED);
  step.number = choice;
  if (!fault) step.deadline = deadline_ahead(scene);
  add(scene->trace, step);
}

void trace_taken(const Scene *scene, uint32_t leaf)
{
  if (scene->subject.lasts) return; /* of a correction, whose records say enough */
  TraceStep step = of_subject(scene, TRACE_TAKEN);
  step.number = leaf;
  add(scene->trace, step);
}

int64_t trace_deadline(const Scene *scene)
{
  return condition_deadline(scene);
}

void trace_moved(const Scene *scene, int64_t before)
{
  int64_t deadline = condition_deadline(scene);
  if (deadline == before) return;
  TraceStep step = of_subject(scene, TRACE_DEADLINE);
  step.deadline = deadline;
  add(scene->trace, step);
}

void trace_clock(const Scene *scene)
{
  bool stands = moment_paused(scene);
  TraceStep step = of_subject(scene, stands ? TRACE_PAUSED : TRACE_RESUMED);
  if (!stands) step.deadline = condition_deadline(scene);
  add(scene->trace, step);
}

void trace_risk(const Scene *scene, uint32_t action, bool holds)
{
  TraceStep step = of_subject(scene, holds ? TRACE_RISK : TRACE_RISK_OVER);
  step.number = action;
  if (holds) step.deadline = condition_deadline(scene);
  add(scene->trace, step);
}

static void tell_part(const Scene *scene, uint32_t leaf, bool holds)
{
  TraceStep step = of_subject(scene, TRACE_PART);
  step.number = leaf;
  step.holds = holds;
  add(scene->trace, step);
}

void trace_decided(const Scene *scene, uint8_t outcome, VoidReason reason, int64_t deadline, bool by_event)
{
  if (outcome != OUTCOME_VOID) condition_speakers(scene, tell_part);
  TraceStep step = of_subject(scene, TRACE_DECIDED);
  step.outcome = outcome;
  step.reason = (uint8_t)reason;
  step.deadline = deadline;
  step.by_event = by_event;
  add(scene->trace, step);
}

void trace_over(const Scene *scene, JourneyEnd end)
{
  TraceStep step = of_journey(scene, TRACE_OVER);
  step.end = (uint8_t)end;
  add(scene->trace, step);
}
