/*
 * grow.c - arrays of a run that grow.
 */
#include "runtime/grow.h"

void *grow_to(Mem *mem, void *array, size_t *room, size_t count, size_t item)
{
  size_t more = *room + *room / 2 + 8;
  if (more < count) more = count;
  if (more > PTRDIFF_MAX / item) mem_fail(mem);
  void *moved = mem_resize(mem, array, *room * item, more * item);
  if (!moved) mem_fail(mem);
  *room = more;
  return moved;
}
