/* timers_all.c - the three stores of timers together: see timers.h. */
#include "runtime/timers.h"

#include "runtime/timers_parts.h"

struct Timers {
  Mem *mem;
  Heap chunks;
  Wheel wheel;
  NearHeap near;
  DueHeap due;
  int64_t horizon;       /* the furthest up to which timers were taken */
  int64_t horizon_tick;  /* of lanes: the first that is not before it */
  uint32_t lane_count;
  uint32_t lane;         /* from which to take next */
  int64_t first;         /* none of the lanes has a timer before it */
  Lane lanes[];
};

static size_t size_of(uint32_t lanes)
{
  return sizeof(Timers) + lanes * sizeof(Lane);
}

Timers *timers_new(Mem *mem, const int64_t *delays, const uint32_t *kinds, uint32_t lanes)
{
  Timers *timers = mem_resize(mem, NULL, 0, size_of(lanes));
  if (!timers) mem_fail(mem);
  *timers = (Timers){.mem = mem, .horizon = INT64_MIN, .horizon_tick = INT64_MIN, .lane_count = lanes, .first = INT64_MAX};
  heap_init(&timers->chunks, mem);
  (void)delays; /* whoever sets a timer says when it is due; equal delays only make it fit */
  for (uint32_t i = 0; i < lanes; i++) timers->lanes[i] = (Lane){.kind = kinds[i]};
  return timers;
}

void timers_free(Timers *timers)
{
  if (!timers) return;
  Mem *mem = timers->mem;
  heap_free_all(&timers->chunks);
  if (timers->near.items) mem_resize(mem, timers->near.items, timers->near.room * sizeof(Timer), 0);
  if (timers->due.items) mem_resize(mem, timers->due.items, timers->due.room * sizeof(DueTimer), 0);
  mem_resize(mem, timers, size_of(timers->lane_count), 0);
}

void timers_set(Timers *timers, Timer timer)
{
  if (timer.due == INT64_MAX) return;
  if (!wheel_put(&timers->wheel, &timers->chunks, timer)) near_push(&timers->near, timers->mem, timer);
}

/* Where there is room behind others, so that the first one stays. */
static inline bool push_behind(Timers *timers, Lane *lane, int64_t due, Handle subject)
{
  int64_t tick = due >> LANE_TICK;
  bool fits = lane->at != lane->end && tick >= timers->horizon_tick
    && (uint64_t)tick - (uint64_t)lane->last <= UINT32_MAX;
  if (!fits) return false;
  *lane->at++ = (LaneEntry){(uint32_t)tick, subject};
  lane->last = tick;
  return true;
}

/* Apart, so that what is done nearly always saves no registers. */
static __attribute__((noinline)) void set_lane(Timers *timers, Lane *of, int64_t due, Handle subject)
{
  /* Not where it would be handed out again at once. */
  if (lane_floor(due) < timers->horizon || !lane_push(of, &timers->chunks, due, subject))
    timers_set(timers, (Timer){.due = due, .subject = subject, .kind = of->kind & 7});
  else if (lane_floor(due) < timers->first)
    timers->first = lane_floor(due);
}

void timers_set_lane(Timers *timers, uint32_t lane, int64_t due, Handle subject)
{
  Lane *of = &timers->lanes[lane];
  if (due == INT64_MAX || push_behind(timers, of, due, subject)) return;
  set_lane(timers, of, due, subject);
}

static bool take_from_lanes(Timers *timers, int64_t horizon, Timer *ret)
{
  if (horizon <= timers->first) return false;
  for (; timers->lane < timers->lane_count; timers->lane++)
    if (lane_pop(&timers->lanes[timers->lane], &timers->chunks, horizon, ret)) return true;
  timers->first = INT64_MAX;
  for (uint32_t i = 0; i < timers->lane_count; i++) {
    int64_t first = lane_first(&timers->lanes[i]);
    if (first < timers->first) timers->first = first;
  }
  return false;
}

/* One that is due; those of the tick at hand are put in order first. */
static bool take_from_wheel(Timers *timers, int64_t horizon, Timer *ret)
{
  bool near;
  while (wheel_take(&timers->wheel, &timers->chunks, horizon, ret, &near)) {
    if (!near) return true;
    near_push(&timers->near, timers->mem, *ret);
  }
  return near_pop(&timers->near, horizon, ret);
}

uint32_t timers_take(Timers *timers, int64_t horizon, Timer *ret, uint32_t room)
{
  uint32_t count = 0;
  if (horizon > timers->horizon) {
    timers->horizon = horizon;
    timers->horizon_tick = (horizon >> LANE_TICK) + ((horizon & 0xffff) != 0);
  }
  while (count < room && take_from_lanes(timers, horizon, &ret[count])) count++;
  while (count < room && take_from_wheel(timers, horizon, &ret[count])) count++;
  if (count < room) timers->lane = 0;
  return count;
}

/* Lowers *to so that at most `each` timers of each store are due before it; false when all of them may be more
 * than `most`. */
static bool few_until(const Timers *timers, int64_t from, int64_t *to, uint32_t each, uint32_t most)
{
  uint32_t count = wheel_until(&timers->wheel, &timers->chunks, to, each);
  if (timers->near.count > each && wheel_next(&timers->wheel) < *to) *to = wheel_next(&timers->wheel);
  if (*to <= timers->first) return true;
  for (uint32_t i = 0; i < timers->lane_count && count <= most; i++)
    count += lane_until(&timers->lanes[i], &timers->chunks, from, to, each);
  return count <= most;
}

int64_t timers_horizon(const Timers *timers, int64_t from, int64_t to, uint32_t count)
{
  uint32_t each = count;
  while (!few_until(timers, from, &to, each, count * 2) && each > 1) each = (each + 3) / 4;
  return to > from ? to : from + 1;
}

void timers_due_push(Timers *timers, DueTimer timer)
{
  due_push(&timers->due, timers->mem, timer);
}

bool timers_due_top(const Timers *timers, DueTimer *ret)
{
  if (timers->due.count == 0) return false;
  *ret = timers->due.items[0];
  return true;
}

void timers_due_pop(Timers *timers)
{
  due_pop(&timers->due);
}

size_t timers_bytes(const Timers *timers)
{
  return size_of(timers->lane_count) + timers->chunks.in_use + timers->near.room * sizeof(Timer)
    + timers->due.room * sizeof(DueTimer);
}
