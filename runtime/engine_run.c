/* engine_run.c - see engine.h: batches of events and the timers between them, in their order. */
#include <string.h>

#include "runtime/acts.h"
#include "runtime/grow.h"
#include "runtime/sentiment.h"

/* One event in one key space. */
typedef struct Visit {
  const EventData *event;
  const RouteFacts *facts;
  uint64_t hash;
  const PartitionSlot *slot; /* where the search for it begins */
  Handle partition;   /* where it probably is; 0: perhaps nowhere */
  Handle journey;     /* its first */
} Visit;

/*
 * Memory is far: each lookup of a key misses the caches three or four times, one miss behind the other.  So
 * visits are gone through in groups, and each step of the way (slot, partition, journey, moments) is taken
 * for all of a group before the next, by loads that do not wait for each other.  Loads, since prefetches are
 * dropped where the address is not translated yet: over 800 MB of records in small pages a load takes 940 ns,
 * with prefetches 430 ns, in groups of 16 97 ns (measured on a busy machine).
 */
enum { VISITS = 512 /* made ready at a time */, GROUP = 16, AHEAD_ROW = 16 };

/* ---- begin and end ---- */

static void begin(Engine *engine)
{
  const Plan *plan = engine->plan;
  Arena *arena = &engine->arena;
  int64_t *delays = ARENA_ARRAY(arena, int64_t, plan->lane_count);
  uint32_t *kinds = ARENA_ARRAY(arena, uint32_t, plan->lane_count);
  for (uint32_t i = 0; i < plan->lane_count; i++) {
    delays[i] = plan->lanes[i].delay;
    kinds[i] = plan->lanes[i].kind;
  }
  partitions_init(&engine->partitions, engine->mem);
  partitions_init(&engine->active, engine->mem);
  engine->timers = timers_new(engine->mem, delays, kinds, plan->lane_count);
  engine->visits = ARENA_ARRAY(arena, Visit, VISITS + plan->space_count + 1);
  engine_facts(engine);
}

Engine *engine_new(const Plan *plan, Mem *mem, const EngineOptions *options)
{
  jmp_buf here, *above = mem->oom;
  Engine *engine = mem_resize(mem, NULL, 0, sizeof *engine);
  if (!engine) mem_fail(mem);
  *engine = (Engine){.plan = plan, .module = plan->module, .mem = mem, .options = options,
                     .kinds = options->kinds};
  arena_init(&engine->arena, mem);
  heap_init(&engine->partitions.heap, mem);
  heap_init(&engine->journeys, mem);
  heap_init(&engine->moments, mem);
  heap_init(&engine->texts, mem);
  heap_init(&engine->crowds, mem);
  heap_init(&engine->alerts, mem);
  heap_init(&engine->active.heap, mem);
  engine->horizon = INT64_MIN;
  engine->due_next = INT64_MAX;
  engine->scene = (Scene){.plan = plan, .texts = &engine->texts, .drops = &engine->drops, .now = INT64_MIN,
                          .trace = options->trace, .faults = &engine->counts.faults};
  mem->oom = &here;
  if (setjmp(here) != 0) {
    mem->oom = above;
    engine_free(engine);
    mem_fail(mem);
  }
  begin(engine);
  mem->oom = above;
  return engine;
}

static void free_handles(Engine *engine, HandleList *list)
{
  grow_free(engine->mem, list->data, list->room, sizeof *list->data);
}

void engine_free(Engine *engine)
{
  if (!engine) return;
  Mem *mem = engine->mem;
  partitions_free(&engine->partitions);
  heap_free_all(&engine->journeys);
  heap_free_all(&engine->moments);
  heap_free_all(&engine->texts);
  heap_free_all(&engine->crowds);
  heap_free_all(&engine->alerts);
  partitions_free(&engine->active);
  grow_free(mem, engine->id, engine->id_room, 1);
  grow_free(mem, engine->text, engine->text_room, 1);
  timers_free(engine->timers);
  free_handles(engine, &engine->walk);
  free_handles(engine, &engine->over);
  free_handles(engine, &engine->ran_moments);
  free_handles(engine, &engine->ran_scos);
  grow_free(mem, engine->open_keys, engine->open_room, sizeof *engine->open_keys);
  grow_free(mem, engine->touched_rows, engine->touched_room, sizeof *engine->touched_rows);
  grow_free(mem, engine->told, engine->told_room, sizeof *engine->told);
  grow_free(mem, engine->drops.texts, engine->drops.room, sizeof *engine->drops.texts);
  arena_free(&engine->arena);
  mem_resize(mem, engine, sizeof *engine, 0);
}

/* ---- for the other parts ---- */

void handles_grow(Engine *engine, HandleList *list)
{
  list->data = grow(engine->mem, list->data, &list->room, (size_t)list->len + 1, sizeof *list->data);
}

VmStatus engine_call(Engine *engine, uint32_t function, VmValue *ret)
{
  VmStatus status = vm_run(&engine->scene, function, ret);
  if (status == VM_FAULT) engine->counts.faults++;
  return status;
}

bool engine_truth(Engine *engine, uint32_t function)
{
  VmValue value = {0};
  switch (engine->functions[function].kind) {
  case FACT_TRUE: return true;
  case FACT_FALSE: return false;
  default: return engine_call(engine, function, &value) == VM_DONE && value.i != 0;
  }
}

void engine_drop_texts(Engine *engine)
{
  for (uint32_t i = 0; i < engine->drops.count; i++) text_release(&engine->texts, engine->drops.texts[i]);
  engine->drops.count = 0;
}

void engine_clock_ran(Engine *engine)
{
  for (uint32_t i = 0; i < engine->ran_moments.len; i++)
    moment_at(engine, engine->ran_moments.data[i])->flags &= ~(uint32_t)MOMENT_RAN;
  for (uint32_t i = 0; i < engine->ran_scos.len; i++)
    journey_at(engine, engine->ran_scos.data[i])->flags &= (uint16_t)~JOURNEY_SCO_RAN;
  engine->ran_moments.len = engine->ran_scos.len = 0;
}

/* ---- a batch ---- */

/* Whether this engine takes the partition of the event in this key space, and its hash. */
static bool is_mine(const Engine *engine, const EventData *event, const Route *route, uint64_t *ret_hash)
{
  const EngineOptions *options = engine->options;
  VmText text = {0};
  uint64_t hash = route->space == 0 ? event->hash : 0;
  if (hash == 0 || options->key) {
    if (!event_name(engine, event, route->key, &text)) return false;
    if (hash == 0) hash = key_hash(text.text, (uint32_t)text.len);
  }
  *ret_hash = hash;
  if (options->shards > 1 && hash % options->shards != options->shard) return false;
  if (!options->key) return true;
  return text.len == options->key_len && memcmp(text.text, options->key, text.len) == 0;
}

/* The key is read when the visit is made: that it is there has been seen by then. */
static inline Visit visit_of(const EventData *event, const RouteFacts *facts, uint64_t hash)
{
  EventText key;
  memcpy(&key, (const uint8_t *)event + facts->key_at, sizeof key);
  __builtin_prefetch(event_text(event, key));
  return (Visit){event, facts, hash, NULL, 0, 0};
}

static inline uint32_t visits_of(Engine *engine, const EventData *event, Visit *ret)
{
  uint32_t count = 0;
  if (event->event == MOT_NONE) return 0;
  const EventFacts *facts = &engine->events[event->event];
  if (facts->quick && engine->takes_all && event->hash != 0) {
    *ret = visit_of(event, facts->routes, event->hash);
    return 1;
  }
  if (facts->notice) ret[count++] = visit_of(event, facts->notice, 0);
  for (uint32_t i = 0; i < facts->count; i++) {
    uint64_t hash;
    if (!is_mine(engine, event, facts->routes[i].route, &hash)) continue;
    ret[count++] = visit_of(event, &facts->routes[i], hash);
  }
  return count;
}

static void touch(const void *memory)
{
  (void)*(const volatile uint8_t *)memory;
}

static void fetch_slots(const Engine *engine, Visit *visits, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++) {
    visits[i].slot = partitions_slot(&engine->partitions, visits[i].hash);
    __builtin_prefetch(visits[i].slot);
  }
}

static void fetch_partitions(const Engine *engine, Visit *visits, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++) {
    Visit *visit = &visits[i];
    visit->partition = partitions_probe(&engine->partitions, visit->slot, visit->hash);
    if (visit->partition) __builtin_prefetch(partition_at(&engine->partitions, visit->partition));
  }
}

/* The first journey's record, as far as most of what an event needs; the end of the key. */
static void fetch_journeys(const Engine *engine, Visit *visits, uint32_t from, uint32_t to)
{
  enum { LINE = 64 };
  for (uint32_t i = from; i < to; i++) {
    Visit *visit = &visits[i];
    visit->journey = 0;
    if (!visit->partition) continue;
    const Partition *at = partition_at(&engine->partitions, visit->partition);
    __builtin_prefetch(at->key + at->len);
    visit->journey = at->crowded ? 0 : at->journeys;
    if (!visit->journey) continue;
    const uint8_t *record = (const uint8_t *)journey_at(engine, visit->journey);
    __builtin_prefetch(record);
    if (engine->journey_lines > LINE) __builtin_prefetch(record + LINE);
    if (visit->facts->far) __builtin_prefetch(record + visit->facts->far);
  }
}

/* The moments that an event will walk over, or the latest, which one that opens is linked to. */
static Handle first_moment(const Engine *engine, const Visit *visit)
{
  if (!visit->journey) return 0;
  const JourneyHeader *header = journey_at(engine, visit->journey);
  if (header->mots & visit->facts->looks) return header->latest;
  if (header->latest) touch(moment_at(engine, header->latest));
  return 0;
}

/* The header and the first slots, which may lie in two lines; the next moment. */
static Handle touch_moment(const MomentHeader *moment)
{
  touch(moment + 1);
  return *(const volatile Handle *)&moment->next;
}

static void touch_moments(const Engine *engine, const Visit *visits, uint32_t count)
{
  enum { CHAIN = 8 };
  Handle places[GROUP];
  uint32_t left = 0;
  for (uint32_t i = 0; i < count; i++) {
    places[left] = first_moment(engine, &visits[i]);
    left += places[left] != 0;
  }
  for (uint32_t level = 0; left > 0 && level < CHAIN; level++) {
    uint32_t before = left;
    left = 0;
    for (uint32_t i = 0; i < before; i++) {
      places[left] = touch_moment(moment_at(engine, places[i]));
      left += places[left] != 0;
    }
  }
}

static void visit(Engine *engine, const Visit *visit)
{
  if (engine->due_next < visit->event->time) timers_run(engine, visit->event->time);
  engine_clock(engine, visit->event->time);
  if (visit->facts->route)
    hear_event(engine, visit->event, visit->facts, visit->hash, visit->partition);
  else
    notice_hears(engine, visit->event, visit->facts);
  cascade_run(engine);
}

static uint32_t at_most(uint32_t at, uint32_t count)
{
  return at < count ? at : count;
}

/* While one group is at work, the next one's journeys, the partitions of the one behind and the slots of the
 * one behind that are on their way. */
static void run_visits(Engine *engine, Visit *visits, uint32_t count)
{
  uint32_t slots = 0, partitions = 0, journeys = 0;
  for (uint32_t at = 0; at < count; at += GROUP) {
    uint32_t end = at_most(at + GROUP, count), to[3];
    for (uint32_t i = 0; i < 3; i++) to[i] = at_most(end + (i + 1) * GROUP, count);
    fetch_slots(engine, visits, slots, to[2]);
    fetch_partitions(engine, visits, partitions, to[1]);
    fetch_journeys(engine, visits, journeys, to[0]);
    slots = to[2];
    partitions = to[1];
    journeys = to[0];
    touch_moments(engine, visits + at, end - at);
    for (uint32_t i = at; i < end; i++) visit(engine, &visits[i]);
  }
}

/* Its head and, behind its values, its texts. */
static void fetch_row(const EventData *event)
{
  enum { LINE = 64 };
  __builtin_prefetch(event);
  __builtin_prefetch((const uint8_t *)event + LINE);
}

static void run_events(Engine *engine, EventData *const *events, uint32_t count)
{
  Visit *visits = engine->visits;
  uint32_t made = 0, most = engine->plan->space_count + 1;
  for (uint32_t i = 0; i < count; i++) {
    if (i + AHEAD_ROW < count) fetch_row(events[i + AHEAD_ROW]);
    if (made + most > VISITS) {
      run_visits(engine, visits, made);
      made = 0;
    }
    made += visits_of(engine, events[i], visits + made);
  }
  run_visits(engine, visits, made);
}

void engine_run(Engine *engine, EventData *const *events, uint32_t count, int64_t horizon, Outcomes *outcomes)
{
  engine->outcomes = outcomes;
  engine->horizon = horizon;
  engine->touched_count = 0;
  engine->takes_all = (engine->options->shards <= 1 || engine->options->routed) && !engine->options->key;
  if (wants(engine, OUTCOME_KIND_SENTIMENT)) {
    const EngineOptions *options = engine->options;
    unsigned shards = options->routed ? 1 : options->shards; /* what comes here comes to no other */
    SentimentShare share = {options->shard, shards, options->key, options->key_len};
    sentiments_tell(engine->plan, share, events, count, outcomes);
  }
  if (engine->options->meter) meter_events(engine->options->meter, events, count);
  timers_fetch(engine);
  run_events(engine, events, count);
  timers_run(engine, horizon);
  outcomes_sort(engine->plan, outcomes);
}

const EventData *const *engine_touched(const Engine *engine, uint32_t *ret_count)
{
  *ret_count = engine->touched_count;
  return engine->touched_rows;
}

int64_t engine_horizon(const Engine *engine, int64_t from, int64_t to, uint32_t count)
{
  return timers_horizon(engine->timers, from, to, count);
}
