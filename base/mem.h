/*
 * mem.h - memory by lifetime: one allocator hook, arenas on top of it.
 *
 * Everything a compilation makes lives in an Arena and is given back with it;
 * passes free nothing.  When the hook refuses memory, control leaves through
 * the `oom` jump buffer of the Mem, so that no pass has to test a pointer.
 */
#ifndef MOT_BASE_MEM_H
#define MOT_BASE_MEM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* Resize `old` bytes at `p` to `size` (p NULL: allocate; size 0: free, returns
 * NULL).  Returns NULL when refused; then `p` is untouched. */
typedef void *(*MemResize)(void *user, void *p, size_t old, size_t size);

typedef struct Mem {
  MemResize resize;
  void *user;
  size_t in_use, peak; /* bytes */
  jmp_buf *oom;        /* where a refusal goes; must be set while arenas grow */
} Mem;

/* Sets up `mem`; `resize` NULL takes the C library's allocator. */
void mem_init(Mem *mem, MemResize resize, void *user);
/* As MemResize, counted; NULL when refused. */
void *mem_resize(Mem *mem, void *p, size_t old, size_t size);
/* Leaves through mem->oom. */
_Noreturn void mem_fail(Mem *mem);

typedef struct ArenaBlock ArenaBlock;
typedef struct Arena {
  Mem *mem;
  ArenaBlock *blocks; /* newest first */
  char *next, *limit;
} Arena;

void arena_init(Arena *arena, Mem *mem);
/* Gives everything back; the arena may be used again. */
void arena_free(Arena *arena);
/* `size` zeroed bytes, aligned to 8; never NULL (leaves through mem->oom). */
void *arena_alloc(Arena *arena, size_t size);
/* Grows `old` bytes at `p` to `size`, in place when `p` is the newest piece;
 * bytes added are zero. */
void *arena_grow(Arena *arena, void *p, size_t old, size_t size);
/* A NUL-terminated copy of `len` bytes. */
char *arena_copy(Arena *arena, const void *bytes, size_t len);
/* printf into the arena. */
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#define ARENA_NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define ARENA_ARRAY(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(n)))

#endif
