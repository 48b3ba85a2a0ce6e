/*
 * partition.c - see partition.h.
 *
 *   hash, high half:  | depth bits: entry of the table | …       | 11 bits: first slot |
 *
 * Slots of a segment are probed one after the other, around its end; what is taken
 * out leaves no gap.  A segment that is full although its keys cannot be told
 * apart by so many bits as are looked at goes on in a further one.
 */
#include "runtime/partition.h"

#include <string.h>

enum {
  SLOTS = PARTITION_SLOTS,
  SLOTS_MASK = SLOTS - 1,
  FULL = SLOTS * 4 / 5,
  DEPTH_SPARE = 6 /* a table has at most 2^6 entries for each segment that the keys need */
};

void partitions_init(Partitions *partitions, Mem *mem)
{
  *partitions = (Partitions){0};
  heap_init(&partitions->heap, mem);
  heap_init(&partitions->tables, mem);
}

/* Calls for each segment once, but not for those behind it; `each` may give it back. */
#define EACH_SEGMENT(partitions, i)                                               \
  for (size_t i = 0, count_ = (partitions)->segments ? table_size(partitions) : 0, step_ = 0;  \
       i < count_ && (step_ = entries_of(partitions, i), 1); i += step_)

static size_t table_size(const Partitions *partitions)
{
  return (size_t)1 << partitions->depth;
}

/* How many entries of the table lead to the segment of entry `i`. */
static size_t entries_of(const Partitions *partitions, size_t i)
{
  return (size_t)1 << (partitions->depth - partitions->segments[i]->depth);
}

void partitions_free(Partitions *partitions)
{
  Mem *mem = partitions->heap.mem;
  if (partitions->segments)
    mem_resize(mem, partitions->segments, table_size(partitions) * sizeof *partitions->segments, 0);
  heap_free_all(&partitions->tables);
  heap_free_all(&partitions->heap);
  partitions_init(partitions, mem);
}

/* ---- looking ---- */

static inline uint32_t high(uint64_t hash)
{
  return (uint32_t)(hash >> 32);
}

static inline size_t entry(const Partitions *partitions, uint32_t hash)
{
  return (size_t)((uint64_t)hash << partitions->depth >> 32);
}

static inline bool is_it(const Partitions *partitions, Handle handle, uint64_t hash, uint16_t space,
                         const char *key, uint32_t len)
{
  const Partition *partition = partition_at(partitions, handle);
  return partition->hash == hash && partition->space == space && partition->len == len
    && memcmp(partition->key, key, len) == 0;
}

static Handle probe_on(const PartitionSegment *segment, uint32_t hash)
{
  uint32_t at = hash & SLOTS_MASK;
  for (uint32_t tried = 0; tried < SLOTS && segment->slots[at].partition != 0; tried++) {
    if (segment->slots[at].hash == hash) return segment->slots[at].partition;
    at = (at + 1) & SLOTS_MASK;
  }
  return 0;
}

Handle partitions_probe_behind(const Partitions *partitions, uint64_t hash)
{
  return probe_on(partitions->segments[entry(partitions, high(hash))], high(hash));
}

static Handle find_in(const Partitions *partitions, const PartitionSegment *segment, uint64_t hash,
                      uint16_t space, const char *key, uint32_t len)
{
  uint32_t at = high(hash) & SLOTS_MASK;
  for (uint32_t tried = 0; tried < SLOTS; tried++) {
    PartitionSlot slot = segment->slots[at];
    if (slot.partition == 0) return 0;
    if (slot.hash == high(hash) && is_it(partitions, slot.partition, hash, space, key, len))
      return slot.partition;
    at = (at + 1) & SLOTS_MASK;
  }
  return 0;
}

Handle partitions_find(const Partitions *partitions, uint64_t hash, uint16_t space, const char *key,
                       uint32_t len)
{
  if (!partitions->segments) return 0;
  const PartitionSegment *segment = partitions->segments[entry(partitions, high(hash))];
  for (; segment; segment = segment->more) {
    Handle found = find_in(partitions, segment, hash, space, key, len);
    if (found != 0 || segment->count < SLOTS) return found;
  }
  return 0;
}

/* ---- growing ---- */

static PartitionSegment *new_segment(Partitions *partitions, uint32_t depth)
{
  Handle own = heap_alloc(&partitions->tables, sizeof(PartitionSegment));
  PartitionSegment *segment = heap_at(&partitions->tables, own);
  memset(segment, 0, sizeof *segment);
  segment->own = own;
  segment->depth = (uint16_t)depth;
  return segment;
}

static void put(PartitionSegment *segment, PartitionSlot slot)
{
  uint32_t at = slot.hash & SLOTS_MASK;
  while (segment->slots[at].partition != 0) at = (at + 1) & SLOTS_MASK;
  segment->slots[at] = slot;
  segment->count++;
}

static void begin(Partitions *partitions)
{
  Mem *mem = partitions->heap.mem;
  PartitionSegment *segment = new_segment(partitions, 0);
  PartitionSegment **table = mem_resize(mem, NULL, 0, sizeof *table);
  if (!table) mem_fail(mem);
  *table = segment;
  partitions->segments = table;
}

/* Each entry of the table becomes two. */
static void double_table(Partitions *partitions)
{
  Mem *mem = partitions->heap.mem;
  size_t size = table_size(partitions);
  PartitionSegment **table = mem_resize(mem, NULL, 0, 2 * size * sizeof *table);
  if (!table) mem_fail(mem);
  for (size_t i = 0; i < 2 * size; i++) table[i] = partitions->segments[i / 2];
  mem_resize(mem, partitions->segments, size * sizeof *table, 0);
  partitions->segments = table;
  partitions->depth++;
}

/* Whether looking at one bit more is worth its place: not for keys that have the same hash. */
static bool may_deepen(const Partitions *partitions)
{
  uint64_t needed = (uint64_t)partitions->count / FULL + 1;
  return partitions->depth < 32 - 11 && table_size(partitions) < needed << DEPTH_SPARE;
}

/* Half of the slots, by the bit behind those that they share, go to a new segment. */
static void split(Partitions *partitions, size_t at)
{
  PartitionSegment *low = partitions->segments[at];
  PartitionSegment *top = new_segment(partitions, low->depth + 1u);
  PartitionSlot slots[SLOTS];
  size_t entries = entries_of(partitions, at), first = at & ~(entries - 1);
  memcpy(slots, low->slots, sizeof slots);
  memset(low->slots, 0, sizeof low->slots);
  low->count = 0;
  low->depth++;
  for (uint32_t i = 0; i < SLOTS; i++)
    if (slots[i].partition != 0) put(slots[i].hash >> (32 - low->depth) & 1 ? top : low, slots[i]);
  for (size_t i = first + entries / 2; i < first + entries; i++) partitions->segments[i] = top;
}

/* A segment with a free slot for the hash. */
static PartitionSegment *segment_for(Partitions *partitions, uint32_t hash)
{
  for (;;) {
    PartitionSegment *segment = partitions->segments[entry(partitions, hash)];
    if (segment->count < FULL) return segment;
    bool deep = segment->depth == partitions->depth;
    if (segment->more || (deep && !may_deepen(partitions))) break;
    if (deep) double_table(partitions);
    split(partitions, entry(partitions, hash));
  }
  PartitionSegment *segment = partitions->segments[entry(partitions, hash)];
  while (segment->count == SLOTS) {
    if (!segment->more) segment->more = new_segment(partitions, segment->depth);
    segment = segment->more;
  }
  return segment;
}

Handle partitions_add(Partitions *partitions, uint64_t hash, uint16_t space, const char *key, uint32_t len)
{
  if (!partitions->segments) begin(partitions);
  PartitionSegment *segment = segment_for(partitions, high(hash));
  Handle handle = heap_alloc(&partitions->heap, offsetof(Partition, key) + (size_t)len);
  Partition *partition = partition_at(partitions, handle);
  *partition = (Partition){.hash = hash, .space = space, .len = len};
  memcpy(partition->key, key, len);
  put(segment, (PartitionSlot){high(hash), handle});
  partitions->count++;
  return handle;
}

/* ---- taking out ---- */

/* The slot of a partition; SLOTS: it is not in this segment. */
static uint32_t slot_of(const PartitionSegment *segment, uint32_t hash, Handle partition)
{
  uint32_t at = hash & SLOTS_MASK;
  for (uint32_t tried = 0; tried < SLOTS && segment->slots[at].partition != 0; tried++) {
    if (segment->slots[at].partition == partition) return at;
    at = (at + 1) & SLOTS_MASK;
  }
  return SLOTS;
}

/* Slots behind the gap move into it, unless they would come to stand before their first. */
static void take_out(PartitionSegment *segment, uint32_t gap)
{
  for (uint32_t at = (gap + 1) & SLOTS_MASK; at != gap && segment->slots[at].partition != 0;
       at = (at + 1) & SLOTS_MASK) {
    uint32_t first = segment->slots[at].hash & SLOTS_MASK;
    if (((at - first) & SLOTS_MASK) < ((at - gap) & SLOTS_MASK)) continue;
    segment->slots[gap] = segment->slots[at];
    gap = at;
  }
  segment->slots[gap] = (PartitionSlot){0};
  segment->count--;
}

/* A segment that goes on must be full: one slot of the last moves up to the gap; and the last is not empty. */
static void refill(Partitions *partitions, PartitionSegment *first, PartitionSegment *gap)
{
  PartitionSegment *before = first, *last = first;
  for (; last->more; last = last->more) before = last;
  for (uint32_t at = 0; gap != last && gap->count < SLOTS; at++) {
    if (last->slots[at].partition == 0) continue;
    put(gap, last->slots[at]);
    take_out(last, at);
  }
  if (last->count > 0 || last == first) return;
  before->more = NULL;
  heap_release(&partitions->tables, last->own, sizeof *last);
}

static void forget(Partitions *partitions, uint32_t hash, Handle handle)
{
  PartitionSegment *first = partitions->segments[entry(partitions, hash)];
  for (PartitionSegment *segment = first; segment; segment = segment->more) {
    uint32_t at = slot_of(segment, hash, handle);
    if (at == SLOTS) continue;
    take_out(segment, at);
    refill(partitions, first, segment);
    return;
  }
}

void partitions_remove(Partitions *partitions, Handle handle)
{
  Partition *partition = partition_at(partitions, handle);
  size_t size = offsetof(Partition, key) + (size_t)partition->len;
  partition->flags = 0;
  forget(partitions, high(partition->hash), handle);
  heap_release(&partitions->heap, handle, size);
  partitions->count--;
}

void partitions_each(const Partitions *partitions, void (*each)(void *user, Handle partition), void *user)
{
  EACH_SEGMENT(partitions, i)
    for (const PartitionSegment *segment = partitions->segments[i]; segment; segment = segment->more)
      for (uint32_t k = 0; k < SLOTS; k++)
        if (segment->slots[k].partition != 0) each(user, segment->slots[k].partition);
}
