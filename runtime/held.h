/*
 * held.h - events kept back until the watermark has passed them.
 *
 * Rows are copied once, into chunks that never move; a chunk is given back when all its
 * rows were.  So memory follows what is kept back, and nothing is moved however long
 * that lasts.
 */
#ifndef MOT_RUNTIME_HELD_H
#define MOT_RUNTIME_HELD_H

#include "runtime/event.h"

typedef struct HeldChunk {
  struct HeldChunk *before, *after;
  size_t room, used;      /* bytes of rows */
  size_t rows;            /* not given back yet */
} HeldChunk;

typedef struct Held {
  Mem *mem;
  HeldChunk *newest;      /* the one that is being filled; the others before it */
  HeldChunk *spare;       /* an empty one, NULL: none */
} Held;

void held_init(Held *held, Mem *mem);
void held_free(Held *held);
/* Copies a row; *ret_chunk is to be given to held_release when it is done with. */
EventData *held_keep(Held *held, const EventData *row, HeldChunk **ret_chunk);
/* The same for bytes that need not be aligned. */
EventData *held_keep_bytes(Held *held, const void *bytes, size_t size, HeldChunk **ret_chunk);
void held_release(Held *held, HeldChunk *chunk);

#endif
