/*
 * timers_wheel.c - timers of any instant: a hierarchy of wheels.
 *
 * A tick is eight digits of six bits.  A timer stands at the level of the first digit in which its
 * tick differs from that of the wheel, in the bucket of its own digit: so those of a
 * level are all before those of the levels above, and buckets in order of their digits.
 */
#include "runtime/timers_parts.h"

enum { TICK_SHIFT = 20, DIGIT = 6 };
#define TICK_ORIGIN (UINT64_C(1) << 43) /* so that all ticks are positive */

enum { BUCKET_TIMERS = (TIMER_CHUNK_BYTES - 8) / sizeof(Timer) };

typedef struct BucketChunk {
  Handle next;
  uint32_t count;
  Timer timers[BUCKET_TIMERS];
} BucketChunk;

_Static_assert(sizeof(BucketChunk) <= TIMER_CHUNK_BYTES, "chunks are of one size");

static uint64_t tick_of(int64_t instant)
{
  return (uint64_t)(instant >> TICK_SHIFT) + TICK_ORIGIN;
}

static void bucket_put(Handle *bucket, Heap *heap, Timer timer)
{
  BucketChunk *chunk = *bucket != 0 ? heap_at(heap, *bucket) : NULL;
  if (!chunk || chunk->count == BUCKET_TIMERS) {
    Handle handle = heap_alloc(heap, TIMER_CHUNK_BYTES);
    chunk = heap_at(heap, handle);
    chunk->next = *bucket;
    chunk->count = 0;
    *bucket = handle;
  }
  chunk->timers[chunk->count++] = timer;
}

/* One of a list of chunks, which must not be empty. */
static Timer bucket_take(Handle *bucket, Heap *heap)
{
  BucketChunk *chunk = heap_at(heap, *bucket);
  Timer timer = chunk->timers[--chunk->count];
  if (chunk->count > 0) return timer;
  Handle next = chunk->next;
  heap_release(heap, *bucket, TIMER_CHUNK_BYTES);
  *bucket = next;
  return timer;
}

bool wheel_put(Wheel *wheel, Heap *heap, Timer timer)
{
  uint64_t tick = tick_of(timer.due);
  if (tick <= wheel->now) return false;
  unsigned level = (63 - (unsigned)__builtin_clzll(tick ^ wheel->now)) / DIGIT;
  unsigned slot = tick >> DIGIT * level & (WHEEL_SLOTS - 1);
  bucket_put(&wheel->buckets[level][slot], heap, timer);
  wheel->used[level] |= UINT64_C(1) << slot;
  return true;
}

/* The first bucket that is not empty, and the tick at which it begins. */
static Handle *first_bucket(Wheel *wheel, uint64_t *ret_tick, unsigned *ret_level)
{
  for (unsigned level = 0; level < WHEEL_LEVELS; level++) {
    if (wheel->used[level] == 0) continue;
    unsigned slot = (unsigned)__builtin_ctzll(wheel->used[level]), shift = DIGIT * level;
    *ret_tick = (wheel->now >> shift >> DIGIT << DIGIT | slot) << shift;
    *ret_level = level;
    return &wheel->buckets[level][slot];
  }
  return NULL;
}

/* Goes on to the beginning of the first bucket, when that is not behind tick `until`, else to `until`.  What
 * was in the bucket is ready, or stands in a lower level. */
static bool advance(Wheel *wheel, Heap *heap, uint64_t until)
{
  uint64_t tick = 0;
  unsigned level = 0;
  Handle *bucket = first_bucket(wheel, &tick, &level);
  if (!bucket || tick > until) {
    if (wheel->now < until) wheel->now = until;
    return false;
  }
  Handle list = *bucket;
  *bucket = 0;
  wheel->used[level] &= wheel->used[level] - 1;
  wheel->now = tick;
  if (level == 0) {
    wheel->ready = list;
    return true;
  }
  while (list != 0) {
    Timer timer = bucket_take(&list, heap);
    if (!wheel_put(wheel, heap, timer)) bucket_put(&wheel->ready, heap, timer);
  }
  return true;
}

bool wheel_take(Wheel *wheel, Heap *heap, int64_t horizon, Timer *ret, bool *ret_near)
{
  uint64_t until = tick_of(horizon);
  while (wheel->ready == 0)
    if (!advance(wheel, heap, until)) return false;
  *ret = bucket_take(&wheel->ready, heap);
  *ret_near = wheel->now >= until;
  return true;
}

/* ---- looking ahead ---- */

static int64_t instant_of(uint64_t tick)
{
  return (int64_t)(tick - TICK_ORIGIN) * (INT64_C(1) << TICK_SHIFT);
}

int64_t wheel_next(const Wheel *wheel)
{
  return instant_of(wheel->now + 1);
}

/* Timers of a list of chunks, or more than `most` of them. */
static uint32_t count_list(const Heap *heap, Handle list, uint32_t most)
{
  uint32_t count = 0;
  while (list != 0 && count <= most) {
    const BucketChunk *chunk = heap_at(heap, list);
    count += chunk->count;
    list = chunk->next;
  }
  return count;
}

static uint32_t level_until(const Wheel *wheel, unsigned level, const Heap *heap, int64_t *to, uint32_t count,
                            uint32_t seen)
{
  unsigned shift = DIGIT * level;
  for (uint64_t used = wheel->used[level]; used != 0; used &= used - 1) {
    unsigned slot = (unsigned)__builtin_ctzll(used);
    int64_t begin = instant_of((wheel->now >> shift >> DIGIT << DIGIT | slot) << shift);
    if (begin >= *to) break;
    uint32_t more = count_list(heap, wheel->buckets[level][slot], count - seen);
    if (more <= count - seen) {
      seen += more;
      continue;
    }
    if (level > 0 || seen == 0) begin += INT64_C(1) << TICK_SHIFT;
    if (begin < *to) *to = begin;
    break;
  }
  return seen;
}

uint32_t wheel_until(const Wheel *wheel, const Heap *heap, int64_t *to, uint32_t count)
{
  uint32_t seen = 0;
  for (unsigned level = 0; level < WHEEL_LEVELS; level++)
    seen = level_until(wheel, level, heap, to, count, seen);
  return seen;
}
