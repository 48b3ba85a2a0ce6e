#include "tests/support/arena_fixture.h"

#include <stdlib.h>

#include "base/mem.h"

typedef struct Fixture {
  Arena arena; /* first: a test sees the fixture as its arena */
  Mem mem;
} Fixture;

int arena_setup(void **state)
{
  Fixture *fixture = malloc(sizeof *fixture);
  if (!fixture) return -1;
  mem_init(&fixture->mem, NULL, NULL);
  arena_init(&fixture->arena, &fixture->mem);
  *state = fixture;
  return 0;
}

int arena_teardown(void **state)
{
  Fixture *fixture = *state;
  arena_free(&fixture->arena);
  int left = fixture->mem.in_use != 0;
  free(fixture);
  return left ? -1 : 0;
}
