/* census.c - what stands at an instant: subjects that are still open, and counts. */
#include <string.h>

#include "runtime/engine_state.h"
#include "runtime/grow.h"

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
static void open_partition(Engine *engine, Handle partition)
{
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

/* ---- keys in their order ---- */

/* The first bytes of a key, so that they compare as a number; most keys differ in them. */
static uint64_t prefix_of(const Partition *partition)
{
  uint64_t prefix = 0;
  for (uint32_t i = 0; i < sizeof prefix; i++)
    prefix = prefix << 8 | (i < partition->len ? (uint8_t)partition->key[i] : 0);
  return prefix;
}

/* As outcome_order, of two engines with one plan. */
static int order_of(const Engine *one, OpenKey a, const Engine *other, OpenKey b)
{
  if (a.prefix != b.prefix) return a.prefix < b.prefix ? -1 : 1;
  const Partition *x = partition_at(&one->partitions, a.partition);
  const Partition *y = partition_at(&other->partitions, b.partition);
  int order = memcmp(x->key, y->key, x->len < y->len ? x->len : y->len);
  if (order) return order;
  if (x->len != y->len) return x->len < y->len ? -1 : 1;
  uint32_t first = one->plan->spaces[x->space].rank, second = one->plan->spaces[y->space].rank;
  return (first > second) - (first < second);
}

static void collect_key(void *user, Handle partition)
{
  Engine *engine = user;
  const Partition *at = partition_at(&engine->partitions, partition);
  if (!partition_first(engine, at, LIST_JOURNEYS)) return;
  engine->open_keys = grow(engine->mem, engine->open_keys, &engine->open_room, (size_t)engine->open_count + 1,
                           sizeof *engine->open_keys);
  engine->open_keys[engine->open_count++] = (OpenKey){prefix_of(at), partition};
}

static void merge_keys(const Engine *engine, OpenKey *to, const OpenKey *keys, uint32_t middle, uint32_t end)
{
  uint32_t i = 0, j = middle;
  while (i < middle && j < end)
    *to++ = order_of(engine, keys[j], engine, keys[i]) < 0 ? keys[j++] : keys[i++];
  while (i < middle) *to++ = keys[i++];
  while (j < end) *to++ = keys[j++];
}

/* Merges stretches of growing length to and fro. */
static void sort_keys(Engine *engine)
{
  uint32_t count = engine->open_count;
  size_t room = 0;
  OpenKey *aside = grow(engine->mem, NULL, &room, count, sizeof *aside), *from = engine->open_keys, *to = aside;
  for (uint64_t width = 1; width < count; width *= 2) {
    for (uint64_t at = 0; at < count; at += 2 * width) {
      uint64_t left = count - at, middle = left < width ? left : width, end = left < 2 * width ? left : 2 * width;
      merge_keys(engine, to + at, from + at, (uint32_t)middle, (uint32_t)end);
    }
    OpenKey *merged = to;
    to = from;
    from = merged;
  }
  if (from == aside) memcpy(engine->open_keys, aside, count * sizeof *aside);
  grow_free(engine->mem, aside, room, sizeof *aside);
}

uint32_t engine_open_begin(Engine *engine)
{
  engine->open_count = 0;
  partitions_each(&engine->partitions, collect_key, engine);
  if (engine->open_count > 1) sort_keys(engine);
  return engine->open_count;
}

int engine_open_order(const Engine *engine, uint32_t key, const Engine *other, uint32_t other_key)
{
  return order_of(engine, engine->open_keys[key], other, other->open_keys[other_key]);
}

void engine_open_some(Engine *engine, uint32_t from, uint32_t to, int64_t now, Outcomes *outcomes)
{
  engine->outcomes = outcomes;
  engine_clock(engine, now);
  engine->scene.event = NULL;
  engine->scene.outcome = NULL;
  for (uint32_t i = from; i < to; i++) open_partition(engine, engine->open_keys[i].partition);
  outcomes_sort(engine->plan, outcomes);
}

void engine_open(Engine *engine, int64_t now, Outcomes *outcomes)
{
  engine_open_some(engine, 0, engine_open_begin(engine), now, outcomes);
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
