/* heap.c - see heap.h. */
#include "runtime/heap.h"

#include <string.h>

enum {
  CHUNK_UNITS = 1 << HEAP_CHUNK_SHIFT,
  CHUNKS_MAX = 1 << (32 - HEAP_CHUNK_SHIFT),
  SHARED_MOST = CHUNK_UNITS / 4, /* larger records would leave too much of a chunk unused */
  BLOCK_CHUNKS = 4,              /* got at once behind the first ones, where huge pages help (base/mem.c) */
  EXACT_UNITS = HEAP_EXACT,
  STEPS = 16                     /* classes of a doubling beyond */
};

#define SIZE_MOST ((size_t)UINT32_MAX * 8)

void heap_init(Heap *heap, Mem *mem)
{
  *heap = (Heap){.mem = mem};
}

void heap_free_all(Heap *heap)
{
  for (uint32_t i = 0; i < heap->chunk_count; i++)
    if (heap->units[i] > 0) mem_resize(heap->mem, heap->chunks[i], (size_t)heap->units[i] * 8, 0);
  if (heap->chunk_room > 0) {
    mem_resize(heap->mem, heap->chunks, heap->chunk_room * sizeof *heap->chunks, 0);
    mem_resize(heap->mem, heap->units, heap->chunk_room * sizeof *heap->units, 0);
  }
  heap_init(heap, heap->mem);
}

/* ---- classes of sizes ---- */

/* The class of a size in units, which is rounded up to that of its class. */
static uint32_t class_of(size_t *units)
{
  if (*units <= EXACT_UNITS) return (uint32_t)*units;
  unsigned shift = 63 - (unsigned)__builtin_clzll(*units) - 4; /* 16 to 31 steps of this size */
  size_t steps = (*units + ((size_t)1 << shift) - 1) >> shift;
  *units = steps << shift;
  return (uint32_t)(EXACT_UNITS + 1 + (shift - 2) * STEPS + (steps - STEPS));
}

static size_t units_of(size_t size)
{
  return size == 0 ? 1 : size / 8 + (size % 8 != 0);
}

/* ---- chunks ---- */

static void *resize_or_fail(Mem *mem, void *p, size_t old, size_t size)
{
  void *moved = mem_resize(mem, p, old, size);
  if (!moved) mem_fail(mem);
  return moved;
}

/* Room in the tables for `more` chunks. */
static void reserve_chunks(Heap *heap, uint32_t more)
{
  uint32_t room = heap->chunk_room, larger = room == 0 ? 8 : room * 2;
  if (heap->chunk_count + more > CHUNKS_MAX) mem_fail(heap->mem);
  if (heap->chunk_count + more <= room) return;
  uint8_t **chunks = resize_or_fail(heap->mem, NULL, 0, larger * sizeof *chunks);
  uint32_t *units = mem_resize(heap->mem, heap->units, room * sizeof *units, larger * sizeof *units);
  if (!units) {
    mem_resize(heap->mem, chunks, larger * sizeof *chunks, 0);
    mem_fail(heap->mem);
  }
  if (room > 0) {
    memcpy(chunks, heap->chunks, room * sizeof *chunks);
    mem_resize(heap->mem, heap->chunks, room * sizeof *chunks, 0);
  }
  heap->chunks = chunks;
  heap->units = units;
  heap->chunk_room = larger;
}

/* A piece of memory of `units`, which begins with a new chunk; the number of that. */
static uint32_t add_memory(Heap *heap, size_t units, uint32_t chunks)
{
  if (units > UINT32_MAX) mem_fail(heap->mem);
  reserve_chunks(heap, chunks);
  uint8_t *bytes = resize_or_fail(heap->mem, NULL, 0, units * 8);
  uint32_t first = heap->chunk_count;
  for (uint32_t i = 0; i < chunks; i++) {
    heap->chunks[first + i] = bytes + (size_t)i * CHUNK_UNITS * 8;
    heap->units[first + i] = i == 0 ? (uint32_t)units : 0;
  }
  heap->chunk_count += chunks;
  heap->reserved += (uint64_t)units * 8;
  return first;
}

/* Goes on to the next chunk of the block at hand, or the first of a new one. */
static void next_chunk(Heap *heap)
{
  uint32_t next = heap->shared + 1;
  if (next >= heap->chunk_count || heap->units[next] != 0) {
    uint32_t chunks = heap->chunk_count < 2 ? heap->chunk_count + 1 : BLOCK_CHUNKS;
    if (heap->chunk_count + chunks > CHUNKS_MAX) chunks = 1;
    next = add_memory(heap, (size_t)chunks * CHUNK_UNITS, chunks);
  }
  heap->shared = next;
  heap->left = next == 0 ? CHUNK_UNITS - 1 : CHUNK_UNITS; /* handle 0 is none */
}

/* Cuts a piece off the shared chunk, which has room. */
static inline Handle cut(Heap *heap, size_t units)
{
  Handle handle = (heap->shared << HEAP_CHUNK_SHIFT) + (CHUNK_UNITS - heap->left);
  heap->left -= (uint32_t)units;
  return handle;
}

static __attribute__((noinline)) Handle alloc_more(Heap *heap, size_t units)
{
  if (heap->chunk_count == 0) next_chunk(heap); /* chunk 0 is always a shared one */
  if (units > SHARED_MOST) return add_memory(heap, units, 1) << HEAP_CHUNK_SHIFT;
  if (units > heap->left) next_chunk(heap);
  return cut(heap, units);
}

/* ---- pieces ---- */

Handle heap_alloc(Heap *heap, size_t size)
{
  if (__builtin_expect(size > SIZE_MOST, 0)) mem_fail(heap->mem);
  size_t units = units_of(size);
  uint32_t class = class_of(&units);
  Handle handle = heap->free[class];
  if (handle != 0)
    heap->free[class] = *(const Handle *)heap_at(heap, handle);
  else
    handle = units <= SHARED_MOST && units <= heap->left ? cut(heap, units) : alloc_more(heap, units);
  heap->in_use += (uint64_t)units * 8;
  return handle;
}

void heap_release(Heap *heap, Handle handle, size_t size)
{
  size_t units = units_of(size);
  uint32_t class = class_of(&units);
  *(Handle *)heap_at(heap, handle) = heap->free[class];
  heap->free[class] = handle;
  heap->in_use -= (uint64_t)units * 8;
}

/* ---- texts ---- */

Handle text_keep(Heap *heap, const char *text, uint32_t len)
{
  if (len == 0) return 0;
  Handle handle = heap_alloc(heap, sizeof len + (size_t)len);
  uint8_t *at = heap_at(heap, handle);
  memcpy(at, &len, sizeof len);
  memcpy(at + sizeof len, text, len);
  return handle;
}

void text_release(Heap *heap, Handle text)
{
  uint32_t len;
  if (text == 0) return;
  memcpy(&len, heap_at(heap, text), sizeof len);
  heap_release(heap, text, sizeof len + (size_t)len);
}
