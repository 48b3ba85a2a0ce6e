/* census.c - what stands at an instant: subjects that are still open, and counts. */
#include "runtime/engine_state.h"

/* ---- what is still open ---- */

static void open_moments(Engine *engine)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, UINT32_MAX);
  for (uint32_t i = 0; i < count; i++)
    if (moment_enter(engine, engine->walk.data[base + i])) emit_open(engine);
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

/* Journeys of all experiences, oldest first: each time the oldest of those that are left; there are few. */
static void open_partition(void *user, Handle partition)
{
  Engine *engine = user;
  uint32_t base = engine->walk.len;
  for (Handle journey = partition_at(&engine->partitions, partition)->journeys; journey;
       journey = journey_at(engine, journey)->next)
    handles_push(engine, &engine->walk, journey);
  while (engine->walk.len > base) {
    Handle *left = engine->walk.data + base;
    uint32_t count = engine->walk.len - base, oldest = 0;
    for (uint32_t i = 1; i < count; i++) {
      uint32_t serial = journey_at(engine, left[i])->serial, least = journey_at(engine, left[oldest])->serial;
      if ((int32_t)(serial - least) < 0) oldest = i;
    }
    Handle journey = left[oldest];
    left[oldest] = left[count - 1];
    engine->walk.len--;
    open_journey(engine, journey);
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
    + engine->partitions.heap.in_use + timers_bytes(engine->timers);
  return counts;
}
