#include "tests/support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void failing_alloc_init(FailingAlloc *alloc, size_t fail_at)
{
  *alloc = (FailingAlloc){.fail_at = fail_at};
}

static bool refused(const FailingAlloc *alloc)
{
  if (alloc->fail_at == 0 || alloc->requests < alloc->fail_at) return false;
  return alloc->again == 0 || (alloc->requests - alloc->fail_at) % alloc->again == 0;
}

void *failing_resize(void *user, void *p, size_t old, size_t size)
{
  FailingAlloc *alloc = user;
  if (size == 0) {
    if (p) alloc->pieces--;
    alloc->bytes -= old;
    free(p);
    return NULL;
  }
  alloc->requests++;
  if (refused(alloc)) return NULL;
  char *moved = realloc(p, size);
  if (!moved) return NULL;
  if (!p) alloc->pieces++;
  alloc->bytes += size - old;
  if (size > old) memset(moved + old, 0xA5, size - old);
  return moved;
}

void *shared_resize(void *user, void *p, size_t old, size_t size)
{
  SharedAlloc *shared = user;
  pthread_mutex_lock(&shared->lock);
  void *moved = failing_resize(&shared->alloc, p, old, size);
  pthread_mutex_unlock(&shared->lock);
  return moved;
}

/* Whether `body` got through. */
static int run_with(FailingAlloc *alloc, void (*body)(Arena *, void *), void *user)
{
  Mem mem;
  Arena arena;
  jmp_buf oom;
  volatile int through = 0;
  mem_init(&mem, failing_resize, alloc);
  mem.oom = &oom;
  arena_init(&arena, &mem);
  if (setjmp(oom) == 0) {
    body(&arena, user);
    through = 1;
  }
  arena_free(&arena);
  assert_int_equal(mem.in_use, 0);
  return through;
}

size_t refuse_each_request(void (*body)(Arena *arena, void *user), void *user)
{
  for (size_t n = 1;; n++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, n);
    int through = run_with(&alloc, body, user);
    assert_int_equal(alloc.pieces, 0);
    assert_int_equal(alloc.bytes, 0);
    if (through) return n - 1;
  }
}

static int try_with(FailingAlloc *alloc, void (*body)(Mem *, void *), void (*undo)(void *), void *user)
{
  Mem mem;
  jmp_buf oom;
  volatile int through = 0;
  mem_init(&mem, failing_resize, alloc);
  mem.oom = &oom;
  if (setjmp(oom) == 0) {
    body(&mem, user);
    through = 1;
  }
  undo(user);
  assert_int_equal(mem.in_use, 0);
  return through;
}

size_t refuse_each_resize(void (*body)(Mem *mem, void *user), void (*undo)(void *user), void *user)
{
  for (size_t n = 1;; n++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, n);
    int through = try_with(&alloc, body, undo, user);
    assert_int_equal(alloc.pieces, 0);
    assert_int_equal(alloc.bytes, 0);
    if (through) return n - 1;
  }
}
