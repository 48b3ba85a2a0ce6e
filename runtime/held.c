/*
 * held.c - events kept back until the watermark has passed them.
 */
#include "runtime/held.h"

#include <string.h>

enum { CHUNK = 128 << 10 };

void held_init(Held *held, Mem *mem)
{
  *held = (Held){.mem = mem};
}

static void give_back(Held *held, HeldChunk *chunk)
{
  if (chunk) mem_resize(held->mem, chunk, sizeof *chunk + chunk->room, 0);
}

void held_free(Held *held)
{
  for (HeldChunk *chunk = held->newest, *before; chunk; chunk = before) {
    before = chunk->before;
    give_back(held, chunk);
  }
  give_back(held, held->spare);
  held_init(held, held->mem);
}

static HeldChunk *take_spare(Held *held, size_t size)
{
  HeldChunk *chunk = held->spare;
  if (!chunk || chunk->room < size) return NULL;
  held->spare = NULL;
  return chunk;
}

static void begin_chunk(Held *held, size_t size)
{
  HeldChunk *chunk = take_spare(held, size);
  if (!chunk) {
    size_t room = size > CHUNK - sizeof *chunk ? size : CHUNK - sizeof *chunk;
    chunk = mem_resize(held->mem, NULL, 0, sizeof *chunk + room);
    if (!chunk) mem_fail(held->mem);
    chunk->room = room;
  }
  chunk->used = chunk->rows = 0;
  chunk->before = held->newest;
  chunk->after = NULL;
  if (held->newest) held->newest->after = chunk;
  held->newest = chunk;
}

EventData *held_keep(Held *held, const EventData *row, HeldChunk **ret_chunk)
{
  return held_keep_bytes(held, row, row->size, ret_chunk);
}

EventData *held_keep_bytes(Held *held, const void *bytes, size_t size, HeldChunk **ret_chunk)
{
  HeldChunk *chunk = held->newest;
  if (!chunk || chunk->room - chunk->used < size) {
    begin_chunk(held, size);
    chunk = held->newest;
  }
  void *to = (char *)(chunk + 1) + chunk->used;
  memcpy(to, bytes, size);
  chunk->used += size;
  chunk->rows++;
  *ret_chunk = chunk;
  return to;
}

static void unlink_chunk(Held *held, HeldChunk *chunk)
{
  if (chunk->before) chunk->before->after = chunk->after;
  if (chunk->after)
    chunk->after->before = chunk->before;
  else
    held->newest = chunk->before;
}

void held_release(Held *held, HeldChunk *chunk)
{
  if (--chunk->rows != 0) return;
  if (chunk == held->newest) { /* go on filling it from its beginning */
    chunk->used = 0;
    return;
  }
  unlink_chunk(held, chunk);
  if (!held->spare && chunk->room <= CHUNK) {
    held->spare = chunk;
    return;
  }
  give_back(held, chunk);
}
