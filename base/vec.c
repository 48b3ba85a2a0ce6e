#include "base/vec.h"

void *vec_room(Arena *arena, void *data, uint32_t len, uint32_t *cap, size_t item)
{
  if (*cap > UINT32_MAX / 2) mem_fail(arena->mem);
  uint32_t room = *cap < 4 ? 4 : *cap * 2;
  void *grown = arena_grow(arena, data, len * item, room * item);
  *cap = room;
  return grown;
}
