/*
 * undecided.c - see undecided.h.
 */
#include "runtime/undecided.h"

/* Keys of a thread that come together: each may have several moments open. */
static uint32_t keys_together(const mot_run *run)
{
  enum { MOST = 8192 };
  return run->stretch < MOST ? (uint32_t)run->stretch : MOST;
}

static void begin(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  shard->open_count = engine_open_begin(shard->engine);
  shard->open_at = 0;
}

static uint32_t last_together(const mot_run *run, const Shard *shard)
{
  return shard->open_at + keys_together(run) - 1;
}

/* Of the threads that have more keys than come together the one whose last of those is the first; NULL: what is
 * left of all threads comes together. */
static const Shard *first_to_end(const mot_run *run)
{
  const Shard *first = NULL;
  for (unsigned i = 0; i < run->threads; i++) {
    const Shard *shard = &run->shards[i];
    if (shard->open_count - shard->open_at <= keys_together(run)) continue;
    bool sooner = !first || engine_open_order(shard->engine, last_together(run, shard), first->engine,
                                              last_together(run, first)) < 0;
    if (sooner) first = shard;
  }
  return first;
}

/* The first key of a shard that is behind key `last` of another. */
static uint32_t end_in(const Shard *shard, const Shard *other, uint32_t last)
{
  uint32_t low = shard->open_at, high = shard->open_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (engine_open_order(shard->engine, middle, other->engine, last) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool choose(mot_run *run)
{
  const Shard *first = first_to_end(run);
  uint32_t last = first ? last_together(run, first) : 0;
  for (unsigned i = 0; i < run->threads; i++) {
    Shard *shard = &run->shards[i];
    shard->open_to = first ? end_in(shard, first, last) : shard->open_count;
  }
  return first != NULL;
}

static void tell(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  engine_open_some(shard->engine, shard->open_at, shard->open_to, run->now, &run->merge.open->each[worker]);
  shard->open_at = shard->open_to;
}

static void together(mot_run *run, WorkerJob job)
{
  if (!workers_together(run->workers, job, run)) mem_fail(&run->mem);
}

bool undecided_tell(mot_run *run)
{
  if (!run->telling) together(run, begin);
  run->telling = true;
  bool more = choose(run);
  merge_open(&run->merge);
  together(run, tell);
  run->told += merge_close_among(&run->merge, !more);
  return more;
}
