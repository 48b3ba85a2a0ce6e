/*
 * dedupe.h - ids of events that were kept lately, so that the same id again is dropped.
 *
 * Events come in order of time; an id is forgotten when events have become more than the
 * length of time later than it.
 */
#ifndef MOT_RUNTIME_DEDUPE_H
#define MOT_RUNTIME_DEDUPE_H

#include <stdbool.h>

#include "base/mem.h"

typedef struct DedupeEntry {
  int64_t time;
  uint64_t hash;
  uint32_t len;
  char id[];
} DedupeEntry;

/* Entries in order of time, one behind the other. */
typedef struct DedupeChunk {
  struct DedupeChunk *next;
  size_t room, first, end; /* bytes: of all, of those forgotten, of those written */
} DedupeChunk;

typedef struct Dedupe {
  Mem *mem;
  int64_t span;             /* microseconds */
  DedupeChunk *oldest, *newest;
  DedupeEntry **slots;      /* by hash, the next free one; NULL: free */
  size_t slot_count;        /* a power of two, or 0 */
  size_t count;
} Dedupe;

void dedupe_init(Dedupe *dedupe, Mem *mem, int64_t span);
void dedupe_free(Dedupe *dedupe);
uint64_t dedupe_hash(const char *id, uint32_t len);
/* Fetches the slot of a hash into the cache. */
void dedupe_prefetch(const Dedupe *dedupe, uint64_t hash);
/* True: the id was kept at most `span` before `time`.  Else it is kept now. */
bool dedupe_seen(Dedupe *dedupe, int64_t time, uint64_t hash, const char *id, uint32_t len);
/* Forgets what is more than `span` before `time`. */
void dedupe_forget(Dedupe *dedupe, int64_t time);

/* The entries, oldest first: the one behind `entry`, or the first (NULL); NULL: no more.  *chunk is where
 * the search stands, NULL to begin with. */
const DedupeEntry *dedupe_next(const Dedupe *dedupe, const DedupeEntry *entry, const DedupeChunk **chunk);

#endif
