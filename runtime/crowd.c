/*
 * crowd.c - the journeys of a partition: a list, and when they are many, ways into it.
 *
 *   list:    | experience 0, oldest first | experience 1, oldest first | …
 *
 * Nearly all lists hold one to four journeys and are walked over.  From CROWD_FROM on a list has an index
 * beside it: a node for each record, linked both ways, found by the record's experience and further names; and
 * where each experience begins and ends.  It is given up when no more than CROWD_TO are left.  All memory of
 * indices is in a heap of its own.
 */
#include <string.h>

#include "runtime/engine_state.h"

enum { CROWD_FROM = 16, CROWD_TO = 8, BUCKETS_LEAST = 32 };

typedef struct CrowdNode {
  Handle record;
  Handle prev, next;     /* nodes, in the order of the list */
  Handle more;           /* next node of its bucket, in the same order as far as names are the same */
  uint32_t hash;         /* of experience and names */
  uint32_t pad;
} CrowdNode;

/* Nodes of the oldest and the youngest record of an experience; 0: it has none. */
typedef struct CrowdEnds {
  Handle first, last;
} CrowdEnds;

typedef struct CrowdList {
  Handle first;          /* record */
  Handle ends;           /* CrowdEnds of each experience */
  Handle buckets;        /* first nodes, by the low bits of the hash */
  uint32_t size, count;  /* buckets; nodes */
} CrowdList;

typedef struct Crowd {
  CrowdList lists[JOURNEY_LISTS];
} Crowd;

/* ---- at ---- */

static Crowd *crowd_of(const Engine *engine, const Partition *partition)
{
  return heap_at(&engine->crowds, partition->journeys);
}

static CrowdNode *node_at(const Engine *engine, Handle node)
{
  return heap_at(&engine->crowds, node);
}

static CrowdEnds *ends_of(const Engine *engine, const CrowdList *list, uint32_t experience)
{
  return (CrowdEnds *)heap_at(&engine->crowds, list->ends) + experience;
}

static Handle *bucket_of(const Engine *engine, const CrowdList *list, uint32_t hash)
{
  return (Handle *)heap_at(&engine->crowds, list->buckets) + (hash & (list->size - 1));
}

static JourneyList list_of(const JourneyHeader *record)
{
  return record->flags & JOURNEY_WAITS ? LIST_WAITING : LIST_JOURNEYS;
}

static Handle *plain_list(Partition *partition, JourneyList list)
{
  return list == LIST_WAITING ? &partition->waiting : &partition->journeys;
}

Handle crowd_first(const Engine *engine, const Partition *partition, JourneyList list)
{
  return crowd_of(engine, partition)->lists[list].first;
}

/* ---- names ---- */

static uint32_t hash_begin(uint32_t experience)
{
  return experience * UINT32_C(0x9e3779b1) + 1;
}

static uint32_t hash_add(uint32_t hash, VmText name)
{
  uint64_t mixed = (key_hash(name.text, (uint32_t)name.len) ^ hash) * UINT64_C(0x9e3779b97f4a7c15);
  return (uint32_t)(mixed >> 32);
}

static VmText name_of(const Engine *engine, JourneyHeader *journey, uint32_t key)
{
  uint32_t len;
  const char *text = text_of(&engine->texts, *journey_key(engine->plan, journey, key), &len);
  return (VmText){text, len};
}

static uint32_t hash_of(const Engine *engine, JourneyHeader *record)
{
  uint32_t keys = engine->module->Experience[record->experience].keys_count;
  uint32_t hash = hash_begin(record->experience);
  for (uint32_t i = 1; i < keys; i++) hash = hash_add(hash, name_of(engine, record, i));
  return hash;
}

/* As hash_of of the journeys that have all names of the event at hand; false: it lacks one. */
static bool hash_of_event(const Engine *engine, const HandlerPlan *handler, uint32_t *ret)
{
  VmText name;
  uint32_t hash = hash_begin(handler->experience);
  for (uint32_t i = 1; i < handler->key_count; i++) {
    if (!event_name(engine, engine->scene.event, handler->keys[i], &name)) return false;
    hash = hash_add(hash, name);
  }
  *ret = hash;
  return true;
}

/* The key of an experience, counted within it, that has the name of another's; 0: none. */
static uint32_t key_named(const Module *m, const ExperienceRow *of, uint32_t name)
{
  for (uint32_t i = 1; i < of->keys_count; i++)
    if (m->Key[of->keys + i].name == name) return i;
  return 0;
}

/* Likewise of those of `experience` whose names are all among those of a journey. */
static bool hash_of_sharer(const Engine *engine, uint32_t experience, JourneyHeader *journey, uint32_t *ret)
{
  const Module *m = engine->module;
  const ExperienceRow *of = &m->Experience[experience];
  uint32_t hash = hash_begin(experience);
  for (uint32_t i = 1; i < of->keys_count; i++) {
    uint32_t key = key_named(m, &m->Experience[journey->experience], m->Key[of->keys + i].name);
    if (key == 0) return false;
    hash = hash_add(hash, name_of(engine, journey, key));
  }
  *ret = hash;
  return true;
}

/* ---- walks ---- */

static Handle with_hash(const Engine *engine, Handle node, uint32_t hash)
{
  while (node && node_at(engine, node)->hash != hash) node = node_at(engine, node)->more;
  return node;
}

static CrowdWalk walk_all(const Engine *engine, const CrowdList *list, uint32_t experience)
{
  CrowdEnds ends = *ends_of(engine, list, experience);
  return (CrowdWalk){.node = ends.first, .last = ends.last};
}

static CrowdWalk walk_named(const Engine *engine, const CrowdList *list, uint32_t hash)
{
  return (CrowdWalk){.node = with_hash(engine, *bucket_of(engine, list, hash), hash), .hash = hash,
                     .named = true};
}

CrowdWalk crowd_walk_event(const Engine *engine, const Partition *partition, JourneyList list,
                           const HandlerPlan *handler)
{
  const CrowdList *of = &crowd_of(engine, partition)->lists[list];
  uint32_t hash;
  if (of->count == 0) return (CrowdWalk){0};
  if (handler->key_count > 1 && hash_of_event(engine, handler, &hash)) return walk_named(engine, of, hash);
  return walk_all(engine, of, handler->experience);
}

CrowdWalk crowd_walk_outcome(const Engine *engine, const Partition *partition, uint32_t experience,
                             JourneyHeader *from)
{
  const CrowdList *of = &crowd_of(engine, partition)->lists[LIST_JOURNEYS];
  uint32_t hash, keys = engine->module->Experience[experience].keys_count;
  if (of->count == 0) return (CrowdWalk){0};
  if (keys > 1 && hash_of_sharer(engine, experience, from, &hash)) return walk_named(engine, of, hash);
  return walk_all(engine, of, experience);
}

Handle crowd_next(const Engine *engine, CrowdWalk *walk)
{
  if (!walk->node) return 0;
  const CrowdNode *node = node_at(engine, walk->node);
  if (walk->named)
    walk->node = with_hash(engine, node->more, walk->hash);
  else
    walk->node = walk->node == walk->last ? 0 : node->next;
  return node->record;
}

/* ---- nodes ---- */

static void put_in_bucket(const Engine *engine, const CrowdList *list, Handle handle)
{
  Handle *at = bucket_of(engine, list, node_at(engine, handle)->hash);
  while (*at) at = &node_at(engine, *at)->more;
  *at = handle;
}

static Handle take_from_bucket(const Engine *engine, const CrowdList *list, uint32_t hash, Handle record)
{
  Handle *at = bucket_of(engine, list, hash);
  while (node_at(engine, *at)->record != record) at = &node_at(engine, *at)->more;
  Handle node = *at;
  *at = node_at(engine, node)->more;
  return node;
}

/* Behind the last one of the experience or of one before it; 0: in front of all. */
static Handle place_of(const Engine *engine, const CrowdList *list, uint32_t experience)
{
  for (uint32_t i = experience + 1; i-- > 0;) {
    Handle last = ends_of(engine, list, i)->last;
    if (last) return last;
  }
  return 0;
}

/* The first node of all. */
static Handle front_of(const Engine *engine, const CrowdList *list)
{
  for (uint32_t i = 0; i < engine->module->Experience_count; i++)
    if (ends_of(engine, list, i)->first) return ends_of(engine, list, i)->first;
  return 0;
}

/* Joins two neighbours of the list, either of which may be 0, an end. */
static void join(Engine *engine, CrowdList *list, Handle before, Handle behind)
{
  Handle record = behind ? node_at(engine, behind)->record : 0;
  if (behind) node_at(engine, behind)->prev = before;
  if (before) {
    node_at(engine, before)->next = behind;
    journey_at(engine, node_at(engine, before)->record)->next = record;
  } else {
    list->first = record;
  }
}

static void put_node(Engine *engine, CrowdList *list, Handle handle)
{
  const CrowdNode *node = node_at(engine, handle);
  uint32_t experience = journey_at(engine, node->record)->experience;
  CrowdEnds *ends = ends_of(engine, list, experience);
  Handle before = place_of(engine, list, experience);
  Handle behind = before ? node_at(engine, before)->next : front_of(engine, list);
  join(engine, list, handle, behind);
  join(engine, list, before, handle);
  if (!ends->first) ends->first = handle;
  ends->last = handle;
  put_in_bucket(engine, list, handle);
  list->count++;
}

static void take_node(Engine *engine, CrowdList *list, Handle record)
{
  JourneyHeader *journey = journey_at(engine, record);
  Handle handle = take_from_bucket(engine, list, hash_of(engine, journey), record);
  CrowdNode *node = node_at(engine, handle);
  CrowdEnds *ends = ends_of(engine, list, journey->experience);
  bool only = ends->first == ends->last;
  if (ends->first == handle) ends->first = only ? 0 : node->next;
  if (ends->last == handle) ends->last = only ? 0 : node->prev;
  join(engine, list, node->prev, node->next);
  list->count--;
  heap_release(&engine->crowds, handle, sizeof *node);
}

static Handle new_node(Engine *engine, Handle record)
{
  Handle handle = heap_alloc(&engine->crowds, sizeof(CrowdNode));
  uint32_t hash = hash_of(engine, journey_at(engine, record));
  *node_at(engine, handle) = (CrowdNode){.record = record, .hash = hash};
  return handle;
}

/* ---- room ---- */

static Handle zeroed(Engine *engine, size_t size)
{
  Handle handle = heap_alloc(&engine->crowds, size);
  memset(heap_at(&engine->crowds, handle), 0, size);
  return handle;
}

static void grow_buckets(Engine *engine, CrowdList *list)
{
  if (list->count < list->size) return;
  Handle old = list->buckets;
  uint32_t size = list->size ? list->size * 2 : BUCKETS_LEAST;
  list->buckets = zeroed(engine, size * sizeof(Handle));
  if (old) heap_release(&engine->crowds, old, list->size * sizeof(Handle));
  list->size = size;
  Handle handle = place_of(engine, list, engine->module->Experience_count - 1);
  for (; handle; handle = node_at(engine, handle)->prev) { /* the youngest first, each before the others */
    Handle *at = bucket_of(engine, list, node_at(engine, handle)->hash);
    node_at(engine, handle)->more = *at;
    *at = handle;
  }
}

static void put_record(Engine *engine, CrowdList *list, Handle record)
{
  if (!list->ends) list->ends = zeroed(engine, engine->module->Experience_count * sizeof(CrowdEnds));
  grow_buckets(engine, list);
  put_node(engine, list, new_node(engine, record));
}

/* ---- a crowd comes and goes ---- */

static void gather(Engine *engine, Partition *partition)
{
  Handle crowd = zeroed(engine, sizeof(Crowd));
  CrowdList *lists = ((Crowd *)heap_at(&engine->crowds, crowd))->lists;
  for (JourneyList list = 0; list < JOURNEY_LISTS; list++) {
    for (Handle next, record = *plain_list(partition, list); record; record = next) {
      next = journey_at(engine, record)->next;
      put_record(engine, &lists[list], record);
    }
  }
  partition->journeys = crowd;
  partition->waiting = 0;
  partition->crowded = 1;
}

static void drop_list(Engine *engine, CrowdList *list)
{
  if (!list->ends) return;
  for (Handle next, node = front_of(engine, list); node; node = next) {
    next = node_at(engine, node)->next;
    heap_release(&engine->crowds, node, sizeof(CrowdNode));
  }
  heap_release(&engine->crowds, list->ends, engine->module->Experience_count * sizeof(CrowdEnds));
  heap_release(&engine->crowds, list->buckets, list->size * sizeof(Handle));
}

static void disperse(Engine *engine, Partition *partition)
{
  Handle handle = partition->journeys;
  Crowd *crowd = crowd_of(engine, partition);
  partition->crowded = 0;
  for (JourneyList list = 0; list < JOURNEY_LISTS; list++) {
    *plain_list(partition, list) = crowd->lists[list].first;
    drop_list(engine, &crowd->lists[list]);
  }
  heap_release(&engine->crowds, handle, sizeof *crowd);
}

/* ---- in and out ---- */

void journey_put_in(Engine *engine, Handle handle)
{
  JourneyHeader *record = journey_at(engine, handle);
  Partition *partition = partition_at(&engine->partitions, record->partition);
  JourneyList list = list_of(record);
  if (partition->crowded) {
    put_record(engine, &crowd_of(engine, partition)->lists[list], handle);
    return;
  }
  Handle *at = plain_list(partition, list);
  uint32_t passed = 0;
  for (; *at && journey_at(engine, *at)->experience <= record->experience; passed++)
    at = &journey_at(engine, *at)->next;
  record->next = *at;
  *at = handle;
  if (passed >= CROWD_FROM) gather(engine, partition);
}

void journey_take_out(Engine *engine, Handle handle)
{
  const JourneyHeader *record = journey_at(engine, handle);
  Partition *partition = partition_at(&engine->partitions, record->partition);
  JourneyList list = list_of(record);
  if (partition->crowded) {
    CrowdList *lists = crowd_of(engine, partition)->lists;
    take_node(engine, &lists[list], handle);
    if (lists[LIST_JOURNEYS].count + lists[LIST_WAITING].count <= CROWD_TO) disperse(engine, partition);
    return;
  }
  Handle *at = plain_list(partition, list);
  while (*at && *at != handle) at = &journey_at(engine, *at)->next;
  if (*at) *at = record->next;
}
