/*
 * mem.c - the allocator hook and the arenas.
 *
 * A block is zeroed once when it is made; since an arena only moves forward,
 * every piece handed out is fresh and needs no clearing of its own.
 */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 4 << 10, BLOCK_LAST = 1 << 20 };

struct ArenaBlock {
  ArenaBlock *older;
  size_t size; /* of the whole block, this header included */
};

static void *libc_resize(void *user, void *p, size_t old, size_t size)
{
  (void)user;
  (void)old;
  if (size == 0) {
    free(p);
    return NULL;
  }
  return realloc(p, size);
}

void mem_init(Mem *mem, MemResize resize, void *user)
{
  *mem = (Mem){.resize = resize ? resize : libc_resize, .user = user};
}

void *mem_resize(Mem *mem, void *p, size_t old, size_t size)
{
  void *moved = mem->resize(mem->user, p, old, size);
  if (size != 0 && !moved) return NULL;
  mem->in_use += size - old;
  if (mem->in_use > mem->peak) mem->peak = mem->in_use;
  return moved;
}

_Noreturn void mem_fail(Mem *mem)
{
  if (!mem->oom) abort(); /* the contract was broken: nobody listens */
  longjmp(*mem->oom, 1);
}

void arena_init(Arena *arena, Mem *mem)
{
  *arena = (Arena){.mem = mem};
}

void arena_free(Arena *arena)
{
  for (ArenaBlock *block = arena->blocks; block;) {
    ArenaBlock *older = block->older;
    mem_resize(arena->mem, block, block->size, 0);
    block = older;
  }
  arena_init(arena, arena->mem);
}

/* A zeroed block with room for `room` bytes, not linked yet. */
static ArenaBlock *new_block(Arena *arena, size_t room)
{
  size_t size = sizeof(ArenaBlock) + room;
  ArenaBlock *block = mem_resize(arena->mem, NULL, 0, size);
  if (!block) mem_fail(arena->mem);
  memset(block, 0, size);
  block->size = size;
  return block;
}

/* A piece too big to share a block: kept behind the newest block, whose rest stays in use. */
static void *alloc_alone(Arena *arena, size_t size)
{
  ArenaBlock *block = new_block(arena, size);
  ArenaBlock **link = arena->blocks ? &arena->blocks->older : &arena->blocks;
  block->older = *link;
  *link = block;
  return block + 1;
}

static void *alloc_in_new_block(Arena *arena, size_t size)
{
  size_t total = BLOCK_FIRST;
  if (arena->blocks && arena->next) {
    total = (size_t)(arena->limit - (char *)(void *)arena->blocks) * 2;
    if (total > BLOCK_LAST) total = BLOCK_LAST;
  }
  if (size > (total - sizeof(ArenaBlock)) / 4) return alloc_alone(arena, size);
  ArenaBlock *block = new_block(arena, total - sizeof(ArenaBlock));
  block->older = arena->blocks;
  arena->blocks = block;
  arena->next = (char *)(block + 1) + size;
  arena->limit = (char *)block + total;
  return block + 1;
}

/* What a piece takes: a multiple of 8, and never nothing, so that each has its own address. */
static inline size_t piece(size_t size)
{
  return size == 0 ? 8 : (size + 7) & ~(size_t)7;
}

void *arena_alloc(Arena *arena, size_t size)
{
  if (__builtin_expect(size > PTRDIFF_MAX / 2, 0)) mem_fail(arena->mem);
  size = piece(size);
  size_t left = (size_t)(arena->limit - arena->next);
  if (__builtin_expect(size > left, 0)) return alloc_in_new_block(arena, size);
  void *p = arena->next;
  arena->next += size;
  return p;
}

void *arena_grow(Arena *arena, void *p, size_t old, size_t size)
{
  if (!p) return arena_alloc(arena, size);
  if (size <= old) return p;
  if (size > PTRDIFF_MAX / 2) mem_fail(arena->mem);
  size_t more = piece(size) - piece(old);
  int in_place = (char *)p + piece(old) == arena->next && more <= (size_t)(arena->limit - arena->next);
  if (in_place || more == 0) {
    arena->next += more;
    memset((char *)p + old, 0, piece(old) - old); /* what lies behind the old piece is fresh */
    return p;
  }
  void *moved = arena_alloc(arena, size);
  memcpy(moved, p, old);
  return moved;
}

char *arena_copy(Arena *arena, const void *bytes, size_t len)
{
  char *copy = arena_alloc(arena, len + 1);
  if (len != 0) memcpy(copy, bytes, len);
  return copy;
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
  va_list again;
  va_copy(again, args);
  char small[256];
  int len = vsnprintf(small, sizeof small, format, args);
  if (len < 0) len = 0; /* only an invalid multibyte conversion, which no caller uses */
  char *text = arena_alloc(arena, (size_t)len + 1);
  if ((size_t)len < sizeof small)
    memcpy(text, small, (size_t)len);
  else
    vsnprintf(text, (size_t)len + 1, format, again);
  va_end(again);
  return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  char *text = arena_vprintf(arena, format, args);
  va_end(args);
  return text;
}
