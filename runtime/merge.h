/*
 * merge.h - records of all threads, in their total order, until they are taken.
 *
 * Each stretch of time that was evaluated makes a block: the records of each thread, and
 * the order in which they follow one another.
 */
#ifndef MOT_RUNTIME_MERGE_H
#define MOT_RUNTIME_MERGE_H

#include "runtime/outcome.h"
#include "runtime/workers.h"

typedef struct RecordBlock {
  struct RecordBlock *next;
  Outcomes *each;                  /* of each thread, in order */
  const OutcomeRecord **order;
  size_t room;
  uint32_t count, taken;
} RecordBlock;

typedef struct Merge {
  Mem *mem;
  Workers *workers;
  const Plan *plan;
  RecordBlock *first, *last;       /* with records that wait */
  RecordBlock *open;               /* being filled; NULL: none */
  RecordBlock *kept;               /* closed by merge_keep; `taken`: those that have their place */
  RecordBlock *spare;              /* for the next ones; linked by next */
  size_t spare_bytes;              /* of their records */
} Merge;

enum { MERGE_AHEAD = 6 };

void merge_init(Merge *merge, Mem *mem, Workers *workers, const Plan *plan);
void merge_free(Merge *merge);

/* A block for the records of a stretch of time; each thread adds to its own `each`. */
RecordBlock *merge_open(Merge *merge);
/* Puts what was added in order, behind what waits; returns how many records. */
uint32_t merge_close(Merge *merge);
/* The same, but the records wait for those of the blocks after it, between which they belong. */
uint32_t merge_keep(Merge *merge);
/* merge_close when records were kept: those before the last of the block come to their places, or with `last`
 * all that are left.  Returns how many records were added. */
uint32_t merge_close_among(Merge *merge, bool last);
/* The next record, or NULL; good until the next call for this one. */
const OutcomeRecord *merge_take_next_block(Merge *merge);
static inline bool merge_at_hand(const Merge *merge)
{
  return merge->first && merge->first->taken < merge->first->count;
}
static inline const OutcomeRecord *merge_take(Merge *merge)
{
  RecordBlock *block = merge->first;
  if (!merge_at_hand(merge)) return merge_take_next_block(merge);
  /* those of another thread lie in its core's cache: they are asked for some time before */
  if (block->taken + MERGE_AHEAD < block->count) __builtin_prefetch(block->order[block->taken + MERGE_AHEAD]);
  return block->order[block->taken++];
}
/* Whether a record waits. */
bool merge_ready(const Merge *merge);
/* Takes those that wait, block by block until there are `most` or more: appends them to *records, which has
 * *count of them and *room.  They are good until merge_open. */
void merge_take_some(Merge *merge, size_t most, const OutcomeRecord ***records, size_t *count, size_t *room);

#endif
