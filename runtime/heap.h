/*
 * heap.h - memory for records of any size, named by 32-bit handles.
 *
 * A heap grows by chunks that never move, so that a pointer to a record stays good
 * until the record is given back, and growth never stalls.  A piece that was given
 * back is used again for records of its size (beyond 512 bytes: of about its size): a handle
 * that is out of date always leads to the beginning of some record of this heap, or
 * of a free piece.
 */
#ifndef MOT_RUNTIME_HEAP_H
#define MOT_RUNTIME_HEAP_H

#include <stdbool.h>

#include "base/mem.h"

typedef uint32_t Handle; /* 0: none */

enum { HEAP_CHUNK_SHIFT = 17 }; /* units of 8 bytes in a chunk: 1 MiB */
enum { HEAP_CLASSES = 512 };    /* sizes up to 512 bytes, then 16 for each doubling */
enum { HEAP_EXACT = 64 };       /* units: up to this, each size is a class of its own */

typedef struct Heap {
  Mem *mem;
  uint8_t **chunks;
  uint32_t *units;             /* of each piece of memory by its first chunk; 0: part of the one before */
  uint32_t chunk_count, chunk_room;
  uint32_t shared;             /* the chunk out of which new pieces are cut */
  uint32_t left;               /* units that it still has, at its end */
  uint64_t in_use, reserved;   /* bytes: of records alive, of all chunks */
  Handle free[HEAP_CLASSES];   /* pieces that were given back, by class of size */
} Heap;

void heap_init(Heap *heap, Mem *mem);
void heap_free_all(Heap *heap);
/* `size` bytes (not cleared), aligned to 8.  Sizes beyond a quarter of a chunk get one of their own.  Leaves
 * through mem->oom when memory or handles run out. */
Handle heap_alloc(Heap *heap, size_t size);
/* Gives back what heap_alloc(size) gave.  The first 4 bytes become the link of the free list, the others
 * stay as they are until the piece is used again. */
void heap_release(Heap *heap, Handle handle, size_t size);

static inline void *heap_at(const Heap *heap, Handle handle)
{
  return heap->chunks[handle >> HEAP_CHUNK_SHIFT] + (size_t)(handle & ((1u << HEAP_CHUNK_SHIFT) - 1)) * 8;
}

/* heap_alloc and heap_release for a size worked out before: 1 to HEAP_EXACT units of 8 bytes. */
static inline Handle heap_take(Heap *heap, uint32_t units)
{
  Handle handle = heap->free[units];
  if (handle != 0) {
    heap->free[units] = *(const Handle *)heap_at(heap, handle);
  } else {
    if (units > heap->left) return heap_alloc(heap, (size_t)units * 8);
    handle = ((heap->shared + 1) << HEAP_CHUNK_SHIFT) - heap->left;
    heap->left -= units;
  }
  heap->in_use += (uint64_t)units * 8;
  return handle;
}
static inline void heap_put(Heap *heap, Handle handle, uint32_t units)
{
  *(Handle *)heap_at(heap, handle) = heap->free[units];
  heap->free[units] = handle;
  heap->in_use -= (uint64_t)units * 8;
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
