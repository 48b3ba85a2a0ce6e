/*
 * heap.h - memory for records of any size, named by 32-bit handles.
 *
 * A heap grows by chunks that never move, so that a pointer to a record stays good
 * until the record is given back, and growth never stalls.  A piece that was given
 * back is used again for records of its size only: a handle that is out of date
 * always leads to the beginning of some record of this heap, or a free one.
 */
#ifndef MOT_RUNTIME_HEAP_H
#define MOT_RUNTIME_HEAP_H

#include <stdbool.h>

#include "base/mem.h"

typedef uint32_t Handle; /* 0: none */

enum { HEAP_CHUNK_SHIFT = 17 }; /* units of 8 bytes in a chunk: 1 MiB */

typedef struct Heap {
  Mem *mem;
  uint8_t **chunks;
  uint32_t chunk_count, chunk_room;
  uint32_t next, limit;        /* units left in the newest chunk */
  struct HeapClass *classes;   /* free lists by size */
  uint32_t class_count, class_room;
  uint32_t *small;             /* class of each size up to 512 bytes */
  uint64_t in_use, reserved;   /* bytes: of records alive, of all chunks */
} Heap;

void heap_init(Heap *heap, Mem *mem);
void heap_free_all(Heap *heap);
/* `size` bytes (not cleared, but for the first use of the memory), aligned to 8.  Sizes beyond a chunk get
 * one of their own.  Leaves through mem->oom when memory or handles run out. */
Handle heap_alloc(Heap *heap, size_t size);
/* Gives back what heap_alloc(size) gave.  The first 4 bytes become the link of the free list, the others
 * stay as they are until the piece is used again. */
void heap_release(Heap *heap, Handle handle, size_t size);

static inline void *heap_at(const Heap *heap, Handle handle)
{
  return heap->chunks[handle >> HEAP_CHUNK_SHIFT] + (size_t)(handle & ((1u << HEAP_CHUNK_SHIFT) - 1)) * 8;
}

/* Texts kept in records: u32 length, then the bytes.  A record owns its texts; the empty one is 0. */
Handle text_keep(Heap *heap, const char *text, uint32_t len);
void text_release(Heap *heap, Handle text);
static inline const char *text_of(const Heap *heap, Handle text, uint32_t *len)
{
  if (text == 0) {
    *len = 0;
    return "";
  }
  const uint8_t *at = (const uint8_t *)heap_at(heap, text);
  *len = *(const uint32_t *)(const void *)at;
  return (const char *)at + 4;
}

#endif
