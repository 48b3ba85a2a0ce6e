/*
 * failing_alloc.h - an allocator that refuses the n-th request and counts what is not given back.
 */
#ifndef MOT_TESTS_FAILING_ALLOC_H
#define MOT_TESTS_FAILING_ALLOC_H

#include <pthread.h>

#include "base/mem.h"

typedef struct FailingAlloc {
  size_t fail_at; /* refuse this request and all after it, from 1; 0: none */
  size_t again;   /* not all after it, but each that many requests later; 0: all */
  size_t requests;
  size_t pieces, bytes; /* held now: after everything is given back, both 0 */
} FailingAlloc;

void failing_alloc_init(FailingAlloc *alloc, size_t fail_at);
/* A MemResize; `user` is a FailingAlloc.  Fresh bytes are filled with rubbish. */
void *failing_resize(void *user, void *p, size_t old, size_t size);

/* One that several threads ask at once: begins as {.lock = PTHREAD_MUTEX_INITIALIZER}. */
typedef struct SharedAlloc {
  FailingAlloc alloc;
  pthread_mutex_t lock;
} SharedAlloc;

/* A MemResize; `user` is a SharedAlloc. */
void *shared_resize(void *user, void *p, size_t old, size_t size);

/* Runs `body` in an arena whose first request is refused, then its second, and so on until it gets
 * through; after each the arena must give everything back.  The number of refusals. */
size_t refuse_each_request(void (*body)(Arena *arena, void *user), void *user);

/* Likewise for what takes memory from `mem` itself: after each try `undo` must give everything back. */
size_t refuse_each_resize(void (*body)(Mem *mem, void *user), void (*undo)(void *user), void *user);

#endif
