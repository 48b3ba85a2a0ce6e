/* timers_due.c - timers in exact order: heaps with four children a node. */
#include "runtime/timers_parts.h"

enum { CHILDREN = 4, ROOM_FIRST = 64 };

/* Room for one item more. */
static void *more_room(Mem *mem, void *items, uint32_t count, uint32_t *room, size_t item)
{
  if (count < *room) return items;
  if (*room > UINT32_MAX / 2) mem_fail(mem);
  uint32_t larger = *room == 0 ? ROOM_FIRST : *room * 2;
  void *moved = mem_resize(mem, items, *room * item, larger * item);
  if (!moved) mem_fail(mem);
  *room = larger;
  return moved;
}

/* ---- by instant ---- */

void near_push(NearHeap *heap, Mem *mem, Timer timer)
{
  heap->items = more_room(mem, heap->items, heap->count, &heap->room, sizeof *heap->items);
  uint32_t at = heap->count++;
  for (uint32_t parent; at > 0; at = parent) {
    parent = (at - 1) / CHILDREN;
    if (heap->items[parent].due <= timer.due) break;
    heap->items[at] = heap->items[parent];
  }
  heap->items[at] = timer;
}

static uint32_t earliest_child(const NearHeap *heap, uint32_t parent)
{
  uint32_t best = parent * CHILDREN + 1;
  uint32_t end = best + CHILDREN < heap->count ? best + CHILDREN : heap->count;
  for (uint32_t i = best + 1; i < end; i++)
    if (heap->items[i].due < heap->items[best].due) best = i;
  return best;
}

bool near_pop(NearHeap *heap, int64_t horizon, Timer *ret)
{
  if (heap->count == 0 || heap->items[0].due >= horizon) return false;
  *ret = heap->items[0];
  Timer last = heap->items[--heap->count];
  uint32_t at = 0;
  for (uint32_t child; at * CHILDREN + 1 < heap->count; at = child) {
    child = earliest_child(heap, at);
    if (last.due <= heap->items[child].due) break;
    heap->items[at] = heap->items[child];
  }
  heap->items[at] = last;
  return true;
}

/* ---- in the order in which timers run ---- */

static inline bool before(const DueTimer *a, const DueTimer *b)
{
  if (a->due != b->due) return a->due < b->due;
  if (a->kind != b->kind) return a->kind < b->kind;
  if (a->serial != b->serial) return (int32_t)(a->serial - b->serial) < 0;
  return a->part < b->part;
}

void due_push(DueHeap *heap, Mem *mem, DueTimer timer)
{
  heap->items = more_room(mem, heap->items, heap->count, &heap->room, sizeof *heap->items);
  uint32_t at = heap->count++;
  for (uint32_t parent; at > 0; at = parent) {
    parent = (at - 1) / CHILDREN;
    if (!before(&timer, &heap->items[parent])) break;
    heap->items[at] = heap->items[parent];
  }
  heap->items[at] = timer;
}

static uint32_t first_child(const DueHeap *heap, uint32_t parent)
{
  uint32_t best = parent * CHILDREN + 1;
  uint32_t end = best + CHILDREN < heap->count ? best + CHILDREN : heap->count;
  int64_t due = heap->items[best].due;
  for (uint32_t i = best + 1; i < end; i++) {
    const DueTimer *item = &heap->items[i];
    if (item->due > due || (item->due == due && !before(item, &heap->items[best]))) continue;
    best = i;
    due = item->due;
  }
  return best;
}

/* The hole goes down to a leaf, then the last item up from there: that is where it belongs nearly always. */
void due_pop(DueHeap *heap)
{
  DueTimer last = heap->items[--heap->count];
  uint32_t at = 0;
  for (uint32_t child; at * CHILDREN + 1 < heap->count; at = child) {
    child = first_child(heap, at);
    heap->items[at] = heap->items[child];
  }
  for (uint32_t parent; at > 0; at = parent) {
    parent = (at - 1) / CHILDREN;
    if (!before(&last, &heap->items[parent])) break;
    heap->items[at] = heap->items[parent];
  }
  heap->items[at] = last;
}
