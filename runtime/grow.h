/*
 * grow.h - arrays of a run that grow, from memory that can be given back.
 */
#ifndef MOT_RUNTIME_GROW_H
#define MOT_RUNTIME_GROW_H

#include "base/mem.h"

/* `array` with room for `count` items of `item` bytes; *room is how many it has room for.  Grows by
 * half at least; leaves through mem->oom with array and room as they were. */
void *grow_to(Mem *mem, void *array, size_t *room, size_t count, size_t item);
static inline void *grow(Mem *mem, void *array, size_t *room, size_t count, size_t item)
{
  return count <= *room ? array : grow_to(mem, array, room, count, item);
}

/* Gives an array back; NULL is fine. */
static inline void grow_free(Mem *mem, void *array, size_t room, size_t item)
{
  if (array) mem_resize(mem, array, room * item, 0);
}

#endif
