/* journey.c - journeys: they begin, end, are void, expire, and are over. */
#include <string.h>

#include "runtime/acts.h"
#include "runtime/leaf_parts.h"
#include "runtime/trace.h"

/* ---- records ---- */

Handle journey_new(Engine *engine, Handle partition, const HandlerPlan *handler)
{
  const ExperienceFacts *facts = &engine->experiences[handler->experience];
  Handle handle = record_new(&engine->journeys, facts->fresh, facts->size, facts->units);
  JourneyHeader *journey = journey_at(engine, handle);
  journey->partition = partition;
  journey->start = engine->scene.now;
  journey->serial = engine->serial++;
  for (uint32_t i = 1; i < handler->key_count; i++) {
    VmText name = {0};
    event_name(engine, engine->scene.event, handler->keys[i], &name);
    *journey_key(engine->plan, journey, i) = text_keep(&engine->texts, name.text, (uint32_t)name.len);
  }
  return handle;
}

void journey_release(Engine *engine, Handle handle)
{
  JourneyHeader *journey = journey_at(engine, handle);
  const ExperienceFacts *facts = &engine->experiences[journey->experience];
  for (uint32_t i = 0; i < facts->text_count; i++) {
    Handle text;
    memcpy(&text, (const uint8_t *)journey + facts->texts[i], sizeof text);
    text_release(&engine->texts, text);
  }
  journey->flags = JOURNEY_OVER;
  heap_release(&engine->journeys, handle, engine->plan->experiences[journey->experience].size);
}

void journey_bury(Engine *engine, Handle handle)
{
  Handle partition = journey_at(engine, handle)->partition;
  journey_take_out(engine, handle);
  journey_release(engine, handle);
  partition_drop_if_empty(engine, partition);
}

/* ---- beginning ---- */

static int64_t silence_length(Engine *engine, uint32_t pattern)
{
  const JourneyHeader *journey = engine->scene.journey;
  uint32_t first = engine->module->Experience[journey->experience].patterns;
  const PatternRow *row = &engine->module->Pattern[first + pattern];
  VmValue length = {.i = row->within};
  if (row->length == MOT_NONE) return row->within;
  return engine_call(engine, row->length, &length) == VM_DONE ? length.i : 0;
}

static void begin_silences(Engine *engine)
{
  const ExperiencePlan *plan = &engine->plan->experiences[engine->scene.journey->experience];
  for (uint32_t i = 0; i < plan->silence_count; i++) {
    int64_t length = silence_length(engine, plan->silences[i]);
    pattern_quiet(&engine->scene, plan->silences[i], engine->scene.now, length);
    silence_arm(engine, engine->journey, i, pattern_silence_due(&engine->scene, plan->silences[i]));
  }
}

static void count_start(Engine *engine, uint32_t experience)
{
  engine->counts.experiences[experience].started++;
  engine->counts.experiences[experience].live++;
}

/* Its clocks begin; when the first of them runs out. */
static int64_t begin_clocks(JourneyHeader *journey, const HandlerFacts *facts)
{
  int64_t first = INT64_MAX;
  for (uint32_t i = 0; i < facts->clock_count; i++) {
    int64_t end = instant_after(journey->start, facts->clocks[i].length);
    if (end > DEADLINE_NEVER) end = DEADLINE_NEVER;
    memcpy((uint8_t *)journey + facts->clocks[i].deadline, &end, sizeof end);
    if (end < first) first = end;
  }
  return first < DEADLINE_NEVER ? first : INT64_MAX;
}

/* What the start function does to the journey at hand and its SCO, and the moments that open. */
static void begin_by_function(Engine *engine, const HandlerPlan *handler, bool sco)
{
  VmValue value;
  if (sco) sco_enter(engine);
  bool fault = engine_call(engine, handler->start, &value) == VM_FAULT;
  bool settled = sco && engine->scene.settled;
  if (engine->scene.trace) trace_started(&engine->scene);
  begin_silences(engine);
  moments_trigger(engine, handler);
  if (sco) sco_look(engine, fault, settled);
}

/* expiry_arm() of a journey that begins now. */
static void begin_expiry(Engine *engine, Handle record, const ExperienceFacts *facts)
{
  int64_t due = engine->scene.expiry;
  if (due < engine->horizon || facts->expiry_lane == MOT_NONE)
    expiry_arm(engine, record);
  else
    timers_set_lane(engine->timers, facts->expiry_lane, due, record);
}

void journey_begin(Engine *engine, const HandlerPlan *handler, Handle record)
{
  JourneyHeader *journey = journey_at(engine, record);
  const HandlerFacts *facts = &engine->handlers[handler->handler];
  bool sco = engine->module->Experience[handler->experience].sco != MOT_NONE;
  journey->start = engine->scene.now;
  journey->serial = engine->serial++;
  journey->flags = (uint16_t)(OUTCOME_OPEN << JOURNEY_SCO_SHIFT | (sco ? JOURNEY_SCO_OPEN : 0));
  count_start(engine, handler->experience);
  journey_put_in(engine, record);
  engine_enter(engine, record);
  if (facts->clocks) {
    int64_t due = begin_clocks(journey, facts);
    if (facts->start_counts) engine_counts_event(engine, facts->start_counts);
    if (engine->scene.trace) trace_started(&engine->scene);
    begin_silences(engine);
    moments_trigger(engine, handler);
    sco_arm(engine, due);
  } else {
    begin_by_function(engine, handler, sco);
  }
  begin_expiry(engine, record, &engine->experiences[handler->experience]);
}

/* ---- silences ---- */

void silences_note(Engine *engine)
{
  const ExperiencePlan *plan = &engine->plan->experiences[engine->scene.journey->experience];
  for (uint32_t i = 0; i < plan->silence_count; i++)
    engine->silences[i] = pattern_silence_due(&engine->scene, plan->silences[i]);
}

/* A timer that comes too early is set anew then, so only one that would come too late counts. */
void silences_arm(Engine *engine)
{
  const ExperiencePlan *plan = &engine->plan->experiences[engine->scene.journey->experience];
  if (engine->scene.journey->flags & JOURNEY_OVER) return;
  for (uint32_t i = 0; i < plan->silence_count; i++) {
    int64_t due = pattern_silence_due(&engine->scene, plan->silences[i]);
    if (due < engine->silences[i]) silence_arm(engine, engine->journey, i, due);
  }
}

/* ---- endings ---- */

static void count_over(Engine *engine)
{
  const JourneyHeader *journey = engine->scene.journey;
  ExperienceCounts *counts = &engine->counts.experiences[journey->experience];
  counts->over++;
  if (journey->flags & JOURNEY_ENDED) counts->closing--;
  else counts->live--;
  if (journey->flags & JOURNEY_VOIDED) counts->voided++;
  else if (journey->flags & JOURNEY_ENDED) counts->ended++;
  else counts->expired++;
}

void journey_may_be_over(Engine *engine)
{
  JourneyHeader *journey = engine->scene.journey;
  bool ends = journey->flags & JOURNEY_ENDING;
  if (!ends || journey->flags & (JOURNEY_OVER | JOURNEY_SCO_OPEN) || journey->open > 0) return;
  journey->flags |= JOURNEY_OVER;
  count_over(engine);
  if (engine->scene.trace) trace_over(&engine->scene, journey_end_of(journey));
  if (wants(engine, OUTCOME_KIND_JOURNEY)) emit_journey(engine);
  if (engine->plan->experiences[journey->experience].alerts) alerts_over(engine);
  handles_push(engine, &engine->over, engine->journey);
}

/* The subject at hand meets the end of its journey. */
static void settle(Engine *engine, Handle moment, uint16_t flag)
{
  Scene *scene = &engine->scene;
  bool paused = flag == JOURNEY_EXPIRED && moment && moment_paused(scene);
  if (paused || flag == JOURNEY_VOIDED) {
    subject_voided(engine, moment, paused ? VOID_PAUSED : VOID_VOIDED);
    return;
  }
  int64_t due = scene->subject.pause ? subject_due(engine) : INT64_MAX;
  int64_t deadline = scene->trace ? trace_deadline(scene) : 0;
  if (flag == JOURNEY_ENDED)
    condition_ends(scene);
  else
    condition_expires(scene);
  bool decided = scene->settled && subject_settled(engine, moment);
  if (scene->trace && !decided) trace_moved(scene, deadline);
  if (!decided && scene->subject.pause) subject_arm(engine, moment, due);
  bool risks = !decided && moment && engine->plan->mots[scene->subject.moment->mot].risks > 0;
  if (risks) risks_update(engine, moment);
}

static void settle_all(Engine *engine, uint16_t flag)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t base = engine->walk.len, count = moments_collect(engine, UINT32_MAX);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    if (moment_enter(engine, handle) && !engine->scene.subject.lasts) settle(engine, handle, flag);
  }
  engine->walk.len = base;
  if (journey->flags & JOURNEY_SCO_OPEN) {
    sco_enter(engine);
    settle(engine, 0, flag);
  }
  if (flag != JOURNEY_ENDED && journey->open > 0)
    corrections_withdraw(engine, flag == JOURNEY_VOIDED ? CAUSE_VOID : CAUSE_EXPIRED);
  journey_may_be_over(engine);
}

void journey_void(Engine *engine)
{
  engine->scene.journey->flags |= JOURNEY_VOIDED;
  settle_all(engine, JOURNEY_VOIDED);
}

void journey_end(Engine *engine)
{
  JourneyHeader *journey = engine->scene.journey;
  journey->flags |= JOURNEY_ENDED;
  *journey_ended_at(engine->plan, journey) = engine->scene.now;
  engine->counts.experiences[journey->experience].live--;
  engine->counts.experiences[journey->experience].closing++;
  settle_all(engine, JOURNEY_ENDED);
}

void journey_expire(Engine *engine)
{
  engine->scene.journey->flags |= JOURNEY_EXPIRED;
  settle_all(engine, JOURNEY_EXPIRED);
}
