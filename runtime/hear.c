/* hear.c - what one event does in a partition: in the journeys that are there, then by those it begins. */
#include <string.h>

#include "runtime/acts.h"
#include "runtime/grow.h"
#include "runtime/trace.h"

/* ---- names ---- */

bool event_name(const Engine *engine, const EventData *event, uint32_t field, VmText *ret)
{
  uint32_t fields = engine->module->Event[event->event].fields_count;
  if (field == MOT_NONE || !event_known(event, fields, field)) return false;
  EventText text = event->values[field].s;
  *ret = (VmText){event_text(event, text), text.len};
  return true;
}

bool journey_matches(const Engine *engine, const HandlerPlan *handler, JourneyHeader *journey, bool all)
{
  for (uint32_t i = 1; i < handler->key_count; i++) {
    VmText name;
    uint32_t len;
    if (!event_name(engine, engine->scene.event, handler->keys[i], &name)) {
      if (all) return false;
      continue;
    }
    const char *own = text_of(&engine->texts, *journey_key(engine->plan, journey, i), &len);
    if (len != name.len || memcmp(own, name.text, len) != 0) return false;
  }
  return true;
}

static bool has_all_names(const Engine *engine, const HandlerPlan *handler)
{
  VmText name;
  for (uint32_t i = 1; i < handler->key_count; i++)
    if (!event_name(engine, engine->scene.event, handler->keys[i], &name)) return false;
  return true;
}

/* ---- one event in one journey ---- */

static bool is_voided(Engine *engine, const HandlerPlan *handler)
{
  for (uint32_t i = 0; i < handler->voids.len; i++)
    if (engine_truth(engine, handler->voids.data[i].function)) return true;
  return false;
}

static bool is_live(const JourneyHeader *journey)
{
  return !(journey->flags & (JOURNEY_ENDED | JOURNEY_OVER));
}

static inline void run_handler(Engine *engine, const HandlerPlan *handler, const HandlerFacts *facts)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t before = engine->serial;
  VmValue value;
  if (facts->counts) {
    engine_counts_event(engine, facts->counts);
  } else if (handler->history != MOT_NONE) {
    engine_call(engine, handler->history, &value);
    if (journey->mots & facts->risks) risks_look(engine, facts->risks);
  }
  if (handler->voids.len > 0 && is_voided(engine, handler)) {
    journey_void(engine);
    return;
  }
  if (journey->mots & facts->voids) moments_void_on(engine, handler);
  if (journey->mots & facts->tests) moments_test(engine, handler, before);
  if (!(journey->flags & JOURNEY_ENDED)) moments_trigger(engine, handler);
  if (handler->sco != MOT_NONE && journey->flags & JOURNEY_SCO_OPEN) sco_test(engine, handler->sco);
  if (handler->ends == MOT_NONE || !is_live(journey)) return;
  if (engine_truth(engine, handler->ends)) journey_end(engine);
}

static inline void journey_hears(Engine *engine, const HandlerPlan *handler, Handle journey,
                                 const Partition *partition)
{
  const HandlerFacts *facts = &engine->handlers[handler->handler];
  engine_enter_in(engine, journey, partition);
  if (facts->silences) silences_note(engine);
  run_handler(engine, handler, facts);
  if (facts->silences) silences_arm(engine);
}

/* ---- one event in one experience ---- */

typedef struct Walk {
  const Partition *partition;
  Handle next;       /* journey of this experience or a later one */
  bool heard, live;  /* live: the journey of the event's full key */
} Walk;

static inline bool reaches(const Engine *engine, const HandlerPlan *handler, JourneyHeader *journey)
{
  bool mine = journey->experience == handler->experience && !(journey->flags & JOURNEY_OVER);
  return mine && (handler->key_count <= 1 || journey_matches(engine, handler, journey, false));
}

static __attribute__((noinline)) void hears_if_mine(Engine *engine, const HandlerPlan *handler, Walk *walk,
                                                    Handle handle)
{
  JourneyHeader *journey = journey_at(engine, handle);
  if (!reaches(engine, handler, journey)) return;
  walk->heard = true;
  journey_hears(engine, handler, handle, walk->partition);
  walk->live = walk->live || is_live(journey);
}

static __attribute__((noinline)) void crowd_hears(Engine *engine, const HandlerPlan *handler, Walk *walk)
{
  CrowdWalk crowd = crowd_walk_event(engine, walk->partition, LIST_JOURNEYS, handler);
  for (Handle handle; (handle = crowd_next(engine, &crowd)) != 0;)
    hears_if_mine(engine, handler, walk, handle);
}

static inline void experience_hears(Engine *engine, const HandlerPlan *handler, Walk *walk)
{
  walk->live = false;
  if (walk->partition && walk->partition->crowded) {
    crowd_hears(engine, handler, walk);
    return;
  }
  while (walk->next) {
    Handle handle = walk->next;
    JourneyHeader *journey = journey_at(engine, handle);
    if (journey->experience > handler->experience) return;
    walk->next = journey->next;
    hears_if_mine(engine, handler, walk, handle);
  }
}

/* The partition of the event at hand, made when there is none. */
static Handle need_partition(Engine *engine, Handle partition, const Route *route, uint64_t hash)
{
  VmText key = {0};
  if (partition) return partition;
  event_name(engine, engine->scene.event, route->key, &key);
  partition = partitions_add(&engine->partitions, hash, (uint16_t)route->space, key.text, (uint32_t)key.len);
  partition_at(&engine->partitions, partition)->flags |= PARTITION_KNOWN;
  return partition;
}

/* True when the event reached a waiting record, or a journey began. */
static bool try_start(Engine *engine, const HandlerPlan *handler, const Route *route, uint64_t hash,
                      Handle *partition)
{
  if (!has_all_names(engine, handler)) return false;
  if (engine->handlers[handler->handler].waits) {
    *partition = need_partition(engine, *partition, route, hash);
    return waiting_hears(engine, *partition, handler);
  }
  engine->scene.journey = NULL;
  if (!engine_truth(engine, handler->starts)) return false;
  *partition = need_partition(engine, *partition, route, hash);
  journey_begin(engine, handler, journey_new(engine, *partition, handler));
  return true;
}

void partition_drop_if_empty(Engine *engine, Handle partition)
{
  Partition *at = partition_at(&engine->partitions, partition);
  if (at->journeys || at->waiting) return;
  at->flags = 0;
  partitions_remove(&engine->partitions, partition);
}

/* Most keys are short: two words, which may overlap. */
static inline bool same_key(const char *a, const char *b, uint32_t len)
{
  uint64_t a_first, b_first, a_last, b_last;
  if (len < 8 || len > 16) return memcmp(a, b, len) == 0;
  memcpy(&a_first, a, 8);
  memcpy(&b_first, b, 8);
  memcpy(&a_last, a + len - 8, 8);
  memcpy(&b_last, b + len - 8, 8);
  return ((a_first ^ b_first) | (a_last ^ b_last)) == 0;
}

/* `near` when it is the one looked for. */
static inline Handle find_partition(Engine *engine, const Route *route, uint64_t hash, VmText key,
                                    Handle near)
{
  uint32_t len = (uint32_t)key.len;
  if (near) {
    const Partition *at = partition_at(&engine->partitions, near);
    bool is = at->flags & PARTITION_KNOWN && at->hash == hash && at->space == route->space
      && at->len == len && same_key(at->key, key.text, len);
    if (is) return near;
  }
  Handle found = partitions_find(&engine->partitions, hash, (uint16_t)route->space, key.text, len);
  if (found) partition_at(&engine->partitions, found)->flags |= PARTITION_KNOWN;
  return found;
}

/* The event at hand concerned a moment. */
static inline void count_touched(Engine *engine, const EventData *event)
{
  if (!engine->touched) return;
  if (engine->events[event->event].count == 1) {
    engine->counts.touched[event->event]++;
    return;
  }
  size_t count = (size_t)engine->touched_count + 1;
  engine->touched_rows = grow(engine->mem, engine->touched_rows, &engine->touched_room, count,
                              sizeof *engine->touched_rows);
  engine->touched_rows[engine->touched_count++] = event;
}

/* What most events come to: the only handler, in the only journey.  False: more is to be done. */
static inline bool hears_alone(Engine *engine, const HandlerPlan *handler, Walk *walk)
{
  JourneyHeader *journey = journey_at(engine, walk->next);
  bool alone = !journey->next && journey->experience == handler->experience
    && !(journey->flags & JOURNEY_OVER);
  if (!alone) return false;
  journey_hears(engine, handler, walk->next, walk->partition);
  walk->next = 0;
  walk->heard = true;
  return handler->starts == MOT_NONE || is_live(journey);
}

static __attribute__((noinline)) void hear_all(Engine *engine, const Route *route, uint64_t hash,
                                               Handle partition, Walk walk)
{
  for (uint32_t i = 0; i < route->handler_count; i++) {
    const HandlerPlan *handler = route->handlers[i];
    experience_hears(engine, handler, &walk);
    if (handler->starts == MOT_NONE || walk.live) continue;
    walk.heard = try_start(engine, handler, route, hash, &partition) || walk.heard;
  }
  if (walk.heard)
    engine->counts.heard++;
  else
    engine->counts.unreached++;
  if (partition) partition_drop_if_empty(engine, partition);
}

/* ---- one event ---- */

static size_t count_reached(const Engine *engine, const HandlerPlan *handler, const Partition *partition)
{
  size_t count = 0;
  if (partition->crowded) {
    CrowdWalk crowd = crowd_walk_event(engine, partition, LIST_JOURNEYS, handler);
    for (Handle handle; (handle = crowd_next(engine, &crowd)) != 0;)
      count += reaches(engine, handler, journey_at(engine, handle));
    return count;
  }
  for (Handle handle = partition->journeys; handle; handle = journey_at(engine, handle)->next)
    count += reaches(engine, handler, journey_at(engine, handle));
  return count;
}

static __attribute__((noinline)) void trace_hearing(const Engine *engine, const Route *route, VmText key,
                                                    Handle partition)
{
  size_t reached = 0;
  for (uint32_t i = 0; partition && i < route->handler_count; i++)
    reached += count_reached(engine, route->handlers[i], partition_at(&engine->partitions, partition));
  trace_event(&engine->scene, key.text, key.len, reached);
}

void hear_event(Engine *engine, const EventData *event, const RouteFacts *facts, uint64_t hash, Handle near)
{
  const Route *route = facts->route;
  EventText text;
  memcpy(&text, (const uint8_t *)event + facts->key_at, sizeof text);
  VmText key = {event_text(event, text), text.len};
  Handle partition = find_partition(engine, route, hash, key, near);
  Walk walk = {0};
  engine->scene.event = event;
  engine->scene.outcome = NULL;
  engine->touched = false;
  if (engine->scene.trace) trace_hearing(engine, route, key, partition);
  if (partition) {
    walk.partition = partition_at(&engine->partitions, partition);
    walk.next = partition_first(engine, walk.partition, LIST_JOURNEYS);
    if (walk.next && facts->only && hears_alone(engine, facts->only, &walk)) {
      engine->counts.heard++;
      count_touched(engine, event);
      return;
    }
  }
  hear_all(engine, route, hash, partition, walk);
  count_touched(engine, event);
}
