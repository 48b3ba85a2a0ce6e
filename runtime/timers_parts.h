/*
 * timers_parts.h - the three stores of timers, for the files that make them up.
 */
#ifndef MOT_RUNTIME_TIMERS_PARTS_H
#define MOT_RUNTIME_TIMERS_PARTS_H

#include "runtime/timers.h"

/* Lanes and buckets lie in chunks of one size, out of one pool. */
enum { TIMER_CHUNK_BYTES = 512 };

/* ---- timers_lane.c ---- */

typedef struct LaneEntry {
  uint32_t tick;
  Handle subject;
} LaneEntry;

typedef struct Lane {
  int64_t first, last;       /* ticks of 2^16 us of its entries; when there are any */
  Handle head, tail;         /* chunks; 0: it is empty */
  LaneEntry *at, *end;       /* room for entries in `tail`; NULL: no tail */
  uint32_t read;             /* entries before the first, in `head` */
  uint32_t kind;             /* TimerKind */
} Lane;

enum { LANE_TICK = 16 /* bits of an instant below its tick */, LANE_ENTRIES = TIMER_CHUNK_BYTES / 8 - 1 };

typedef struct LaneChunk {
  Handle next;
  uint32_t pad;
  LaneEntry entries[LANE_ENTRIES];
} LaneChunk;

/* False: it does not fit behind those that are there. */
bool lane_push(Lane *lane, Heap *heap, int64_t due, Handle subject);
/* The first one, when it may be due before the horizon; `due` is a lower bound. */
bool lane_pop(Lane *lane, Heap *heap, int64_t horizon, Timer *ret);
/* The lowest instant that lane_pop would not tell from `due`. */
static inline int64_t lane_floor(int64_t due)
{
  return due & ~INT64_C(0xffff);
}
/* That of the first one; INT64_MAX: it is empty. */
static inline int64_t lane_first(const Lane *lane)
{
  return lane->head != 0 ? lane->first * 65536 : INT64_MAX;
}

/* Lowers *to so that at most `count` entries may be due before it, or those of the tick that begins at `from`;
 * returns how many are.  None is before `from`. */
uint32_t lane_until(const Lane *lane, const Heap *heap, int64_t from, int64_t *to, uint32_t count);

/* ---- timers_wheel.c ---- */

enum { WHEEL_LEVELS = 8, WHEEL_SLOTS = 64 };

typedef struct Wheel {
  uint64_t now;              /* tick of 2^20 us up to which it has gone */
  uint64_t used[WHEEL_LEVELS]; /* bit for each bucket that is not empty */
  Handle buckets[WHEEL_LEVELS][WHEEL_SLOTS];
  Handle ready;              /* chunks of timers that are all due */
} Wheel;

/* False: its tick is not behind that up to which the wheel has gone. */
bool wheel_put(Wheel *wheel, Heap *heap, Timer timer);
/* One that is due before the tick of the horizon, or within it: then *ret_near, and it may be due later. */
bool wheel_take(Wheel *wheel, Heap *heap, int64_t horizon, Timer *ret, bool *ret_near);
/* Likewise, or those of the first bucket.  A bucket of a higher level that has too many is entered, which puts them into lower ones. */
uint32_t wheel_until(const Wheel *wheel, const Heap *heap, int64_t *to, uint32_t count);
/* The end of the tick up to which the wheel has gone. */
int64_t wheel_next(const Wheel *wheel);

/* ---- timers_due.c ---- */

/* Timers by instant, of the tick at hand and of the past. */
typedef struct NearHeap {
  Timer *items;
  uint32_t count, room;
} NearHeap;

typedef struct DueHeap {
  DueTimer *items;
  uint32_t count, room;
} DueHeap;

void near_push(NearHeap *heap, Mem *mem, Timer timer);
/* The first one, when it is due before the horizon. */
bool near_pop(NearHeap *heap, int64_t horizon, Timer *ret);
void due_push(DueHeap *heap, Mem *mem, DueTimer timer);
void due_pop(DueHeap *heap);

#endif
