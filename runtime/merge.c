/*
 * merge.c - records of all threads, in their total order.
 */
#include "runtime/merge.h"

#include <string.h>

#include "runtime/grow.h"

void merge_init(Merge *merge, Mem *mem, Workers *workers, const Plan *plan)
{
  *merge = (Merge){.mem = mem, .workers = workers, .plan = plan};
}

static size_t block_size(const Merge *merge)
{
  return sizeof(RecordBlock) + workers_count(merge->workers) * sizeof(Outcomes);
}

static void free_block(Merge *merge, RecordBlock *block)
{
  for (unsigned i = 0; i < workers_count(merge->workers); i++) outcomes_free(&block->each[i]);
  grow_free(merge->mem, block->order, block->room, sizeof *block->order);
  mem_resize(merge->mem, block, block_size(merge), 0);
}

static void free_blocks(Merge *merge, RecordBlock *block)
{
  for (RecordBlock *next; block; block = next) {
    next = block->next;
    free_block(merge, block);
  }
}

void merge_free(Merge *merge)
{
  free_blocks(merge, merge->first);
  free_blocks(merge, merge->open);
  free_blocks(merge, merge->kept);
  free_blocks(merge, merge->spare);
  merge->first = merge->last = merge->open = merge->kept = merge->spare = NULL;
  merge->spare_bytes = 0;
}

static RecordBlock *new_block(Merge *merge)
{
  RecordBlock *block = mem_resize(merge->mem, NULL, 0, block_size(merge));
  if (!block) mem_fail(merge->mem);
  *block = (RecordBlock){.each = (Outcomes *)(block + 1)};
  for (unsigned i = 0; i < workers_count(merge->workers); i++)
    outcomes_init(&block->each[i], workers_mem(merge->workers, i));
  return block;
}

/* Blocks that would make the spare ones larger than this are given back when their records were taken. */
enum { SPARE_MOST = 32 << 20 };

static size_t bytes_of(const Merge *merge, const RecordBlock *block)
{
  size_t size = 0;
  for (unsigned i = 0; i < workers_count(merge->workers); i++) size += block->each[i].room;
  return size;
}

static bool keep(Merge *merge, RecordBlock *block)
{
  size_t size = bytes_of(merge, block);
  if (size > SPARE_MOST - merge->spare_bytes) return false;
  merge->spare_bytes += size;
  block->next = merge->spare;
  merge->spare = block;
  return true;
}

static RecordBlock *take_spare(Merge *merge)
{
  RecordBlock *block = merge->spare;
  if (!block) return NULL;
  merge->spare = block->next;
  merge->spare_bytes -= bytes_of(merge, block);
  return block;
}

/* Blocks of which every record was taken are for use again. */
static void drop_taken(Merge *merge)
{
  for (RecordBlock *block; (block = merge->first) != NULL && block->taken == block->count;) {
    merge->first = block->next;
    if (!merge->first) merge->last = NULL;
    if (!keep(merge, block)) free_block(merge, block);
  }
}

RecordBlock *merge_open(Merge *merge)
{
  drop_taken(merge);
  RecordBlock *block = take_spare(merge);
  if (!block) block = new_block(merge);
  for (unsigned i = 0; i < workers_count(merge->workers); i++) outcomes_clear(&block->each[i]);
  block->next = NULL;
  block->count = block->taken = 0;
  return merge->open = block;
}

/* ---- the order ---- */

static uint32_t count_all(const Merge *merge, const RecordBlock *block)
{
  uint32_t count = 0;
  for (unsigned i = 0; i < workers_count(merge->workers); i++) count += block->each[i].count;
  return count;
}

static void append(RecordBlock *block, const Outcomes *outcomes)
{
  for (uint32_t i = 0; i < outcomes->count; i++) block->order[block->count++] = outcomes_get(outcomes, i);
}

/* Joins records that are in order already with those of one more thread. */
static void join(const Merge *merge, RecordBlock *block, const Outcomes *more)
{
  uint32_t i = block->count, j = more->count, to = i + j;
  block->count = to;
  while (j > 0) { /* from the end, so that nothing is in the way */
    if (j > MERGE_AHEAD) __builtin_prefetch(outcomes_get(more, j - MERGE_AHEAD));
    if (i > MERGE_AHEAD) __builtin_prefetch(block->order[i - MERGE_AHEAD]);
    const OutcomeRecord *b = outcomes_get(more, j - 1);
    bool first_is_later = i > 0 && outcome_order(merge->plan, block->order[i - 1], b) > 0;
    block->order[--to] = first_is_later ? block->order[--i] : outcomes_get(more, --j);
  }
}

/* Brings the records of all threads in order; returns how many. */
static uint32_t put_in_order(Merge *merge, RecordBlock *block)
{
  uint32_t all = count_all(merge, block);
  block->order = grow(merge->mem, block->order, &block->room, all, sizeof *block->order);
  append(block, &block->each[0]);
  for (unsigned i = 1; i < workers_count(merge->workers); i++) join(merge, block, &block->each[i]);
  return all;
}

/* The block that was open stands behind those that wait. */
static void put_last(Merge *merge, RecordBlock *block)
{
  merge->open = NULL;
  if (merge->last)
    merge->last->next = block;
  else
    merge->first = block;
  merge->last = block;
}

uint32_t merge_close(Merge *merge)
{
  RecordBlock *block = merge->open;
  uint32_t all = put_in_order(merge, block);
  put_last(merge, block);
  return all;
}

uint32_t merge_keep(Merge *merge)
{
  RecordBlock *block = merge->open;
  uint32_t all = put_in_order(merge, block);
  merge->open = NULL;
  merge->kept = block;
  return all;
}

/* How many of the kept ones come before the last of a block. */
static uint32_t kept_before(const Merge *merge, const RecordBlock *block)
{
  const RecordBlock *kept = merge->kept;
  uint32_t count = 0;
  if (block->count == 0) return 0;
  while (kept->taken + count < kept->count &&
         outcome_order(merge->plan, kept->order[kept->taken + count], block->order[block->count - 1]) < 0)
    count++;
  return count;
}

static void join_kept(const Merge *merge, RecordBlock *block, const OutcomeRecord **more, uint32_t count)
{
  uint32_t i = block->count, j = count, to = i + j;
  block->count = to;
  while (j > 0) {
    bool first_is_later = i > 0 && outcome_order(merge->plan, block->order[i - 1], more[j - 1]) > 0;
    block->order[--to] = first_is_later ? block->order[--i] : more[--j];
  }
}

uint32_t merge_close_among(Merge *merge, bool last)
{
  RecordBlock *block = merge->open, *kept = merge->kept;
  uint32_t all = put_in_order(merge, block);
  uint32_t count = last ? kept->count - kept->taken : kept_before(merge, block);
  block->order = grow(merge->mem, block->order, &block->room, (size_t)all + count, sizeof *block->order);
  join_kept(merge, block, kept->order + kept->taken, count);
  kept->taken += count;
  put_last(merge, block);
  return all;
}

/* ---- taking ---- */

const OutcomeRecord *merge_take_next_block(Merge *merge)
{
  drop_taken(merge);
  return merge->first ? merge_take(merge) : NULL;
}

bool merge_ready(const Merge *merge)
{
  for (const RecordBlock *block = merge->first; block; block = block->next)
    if (block->taken < block->count) return true;
  return false;
}

void merge_take_some(Merge *merge, size_t most, const OutcomeRecord ***records, size_t *count, size_t *room)
{
  drop_taken(merge);
  for (RecordBlock *block = merge->first; block && *count < most; block = block->next) {
    size_t more = block->count - block->taken;
    if (more == 0) continue;
    *records = grow(merge->mem, *records, room, *count + more, sizeof **records);
    memcpy(*records + *count, block->order + block->taken, more * sizeof **records);
    *count += more;
    block->taken = block->count;
  }
}
