/* census.c - what stands at an instant: subjects that are still open, and counts. */
#include "runtime/engine_state.h"

/* ---- what is still open ---- */

static void open_moments(Engine *engine)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, UINT32_MAX);
  for (uint32_t i = 0; i < count; i++)
    if (moment_enter(engine, engine->walk.data[base + i]) && !engine->scene.subject.lasts) emit_open(engine);
  engine->walk.len = base;
}

static void open_journey(Engine *engine, Handle journey)
{
  engine_enter(engine, journey);
  open_moments(engine);
  if (!(engine->scene.journey->flags & JOURNEY_SCO_OPEN)) return;
  scene_sco(&engine->scene);
  emit_open(engine);
}

/* The first journey of each experience, on the walk stack. */
static void push_oldest(Engine *engine, Handle journey)
{
  uint32_t experience = UINT32_MAX;
  for (; journey; journey = journey_at(engine, journey)->next) {
    if (journey_at(engine, journey)->experience == experience) continue;
    experience = journey_at(engine, journey)->experience;
    handles_push(engine, &engine->walk, journey);
  }
}

static uint32_t oldest_of(const Engine *engine, const Handle *journeys, uint32_t count)
{
  uint32_t oldest = 0;
  for (uint32_t i = 1; i < count; i++) {
    uint32_t serial = journey_at(engine, journeys[i])->serial;
    if ((int32_t)(serial - journey_at(engine, journeys[oldest])->serial) < 0) oldest = i;
  }
  return oldest;
}

/* Journeys of all experiences, oldest first: each time the oldest of what is left of each experience. */
static void open_partition(void *user, Handle partition)
{
  Engine *engine = user;
  uint32_t base = engine->walk.len;
  push_oldest(engine, partition_first(engine, partition_at(&engine->partitions, partition), LIST_JOURNEYS));
  while (engine->walk.len > base) {
    uint32_t at = base + oldest_of(engine, engine->walk.data + base, engine->walk.len - base);
    Handle journey = engine->walk.data[at], next = journey_at(engine, journey)->next;
    open_journey(engine, journey);
    bool more = next && journey_at(engine, next)->experience == journey_at(engine, journey)->experience;
    engine->walk.data[at] = more ? next : engine->walk.data[engine->walk.len - 1];
    if (!more) engine->walk.len--;
  }
}

void engine_open(Engine *engine, int64_t now, Outcomes *outcomes)
{
  engine->outcomes = outcomes;
  engine_clock(engine, now);
  engine->scene.event = NULL;
  engine->scene.outcome = NULL;
  partitions_each(&engine->partitions, open_partition, engine);
  outcomes_sort(engine->plan, outcomes);
}

/* ---- counts ---- */

static uint64_t sum_decided(const uint64_t *decided)
{
  uint64_t sum = 0;
  for (uint32_t i = 0; i < OUTCOME_OPEN; i++) sum += decided[i];
  return sum;
}

const EngineCounts *engine_counts(Engine *engine)
{
  EngineCounts *counts = &engine->counts;
  const Module *m = engine->module;
  for (uint32_t i = 0; i < m->Mot_count; i++) {
    MotCounts *mot = &counts->mots[i];
    mot->decided[OUTCOME_OPEN] = mot->opened - sum_decided(mot->decided);
  }
  for (uint32_t i = 0; i < m->Experience_count; i++) {
    ExperienceCounts *experience = &counts->experiences[i];
    bool sco = m->Experience[i].sco != MOT_NONE;
    experience->sco[OUTCOME_OPEN] = sco ? experience->started - sum_decided(experience->sco) : 0;
  }
  counts->bytes = engine->journeys.in_use + engine->moments.in_use + engine->texts.in_use
    + engine->crowds.in_use + engine->alerts.in_use + engine->active.heap.in_use + engine->partitions.heap.in_use + timers_bytes(engine->timers);
  return counts;
}
