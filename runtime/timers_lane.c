/*
 * timers_lane.c - timers in order of time: a queue of chunks.
 *
 *   head: next | ... read | entry | ... | entry |  ->  tail: 0 | entry | ... write ...
 *
 * An entry keeps 32 bits of its tick; the lane knows all of the first one's, and the next
 * is less than 2^32 ticks (8.9 years) behind.
 */
#include "runtime/timers_parts.h"

_Static_assert(sizeof(LaneChunk) == TIMER_CHUNK_BYTES, "chunks are of one size");

static void add_chunk(Lane *lane, Heap *heap)
{
  Handle handle = heap_alloc(heap, sizeof(LaneChunk));
  LaneChunk *chunk = heap_at(heap, handle);
  chunk->next = 0;
  lane->at = chunk->entries;
  lane->end = chunk->entries + LANE_ENTRIES;
  if (lane->tail != 0)
    ((LaneChunk *)heap_at(heap, lane->tail))->next = handle;
  else
    lane->head = handle;
  lane->tail = handle;
}

bool lane_push(Lane *lane, Heap *heap, int64_t due, Handle subject)
{
  int64_t tick = due >> LANE_TICK;
  bool empty = lane->head == 0;
  if (!empty && (tick < lane->last || tick - lane->last > (int64_t)UINT32_MAX)) return false;
  if (lane->at == lane->end) add_chunk(lane, heap);
  if (empty) lane->first = tick;
  *lane->at++ = (LaneEntry){(uint32_t)tick, subject};
  lane->last = tick;
  return true;
}

/* Goes on to the entry behind the first, and gives back what is behind. */
static void step(Lane *lane, Heap *heap)
{
  LaneChunk *chunk = heap_at(heap, lane->head);
  bool last = lane->head == lane->tail;
  lane->read++;
  if (&chunk->entries[lane->read] == (last ? lane->at : &chunk->entries[LANE_ENTRIES])) {
    Handle next = chunk->next;
    heap_release(heap, lane->head, sizeof *chunk);
    lane->head = next;
    lane->read = 0;
    if (next == 0) {
      lane->tail = 0;
      lane->at = lane->end = NULL;
      return;
    }
    chunk = heap_at(heap, next);
  }
  lane->first += (uint32_t)(chunk->entries[lane->read].tick - (uint32_t)lane->first);
}

bool lane_pop(Lane *lane, Heap *heap, int64_t horizon, Timer *ret)
{
  if (lane->head == 0 || lane->first * (1 << LANE_TICK) >= horizon) return false;
  const LaneChunk *chunk = heap_at(heap, lane->head);
  *ret = (Timer){.due = lane->first * (1 << LANE_TICK), .subject = chunk->entries[lane->read].subject,
                 .kind = (uint32_t)lane->kind & 7};
  step(lane, heap);
  return true;
}

uint32_t lane_until(const Lane *lane, const Heap *heap, int64_t from, int64_t *to, uint32_t count)
{
  uint32_t seen = 0, at = lane->read;
  int64_t tick = lane->first;
  for (Handle handle = lane->head; handle != 0; at = 0) {
    const LaneChunk *chunk = heap_at(heap, handle);
    uint32_t end = handle == lane->tail ? (uint32_t)(lane->at - chunk->entries) : LANE_ENTRIES;
    for (; at < end; at++, seen++) {
      tick += (uint32_t)(chunk->entries[at].tick - (uint32_t)tick);
      int64_t due = tick * (1 << LANE_TICK);
      if (due >= *to) return seen;
      if (seen < count || due <= from) continue;
      *to = due;
      return seen;
    }
    handle = chunk->next;
  }
  return seen;
}
