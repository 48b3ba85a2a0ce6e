/*
 * types.c - see types.h.
 */
#include "runtime/types.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/event.h"
#include "runtime/grow.h"

enum { PLACES = 4096 };
_Static_assert(PLACES > 2 * TYPES_MOST, "free places are met soon");

void types_init(Types *types, Mem *mem)
{
  *types = (Types){.mem = mem};
}

void types_free(Types *types)
{
  for (uint32_t i = 0; i < types->count; i++) mem_resize(types->mem, types->counts[i].text, types->counts[i].len, 0);
  grow_free(types->mem, types->counts, types->room, sizeof *types->counts);
  grow_free(types->mem, types->places, PLACES, sizeof *types->places);
  types_init(types, types->mem);
}

/* Its place, or the free one where it would be. */
static uint16_t *place_of(const Types *types, const char *text, uint32_t len)
{
  for (uint64_t i = key_hash(text, len);; i++) {
    uint16_t *place = &types->places[i % PLACES];
    if (*place == 0) return place;
    const TypeCount *type = &types->counts[*place - 1];
    if (type->len == len && (len == 0 || memcmp(type->text, text, len) == 0)) return place;
  }
}

uint32_t types_find(const Types *types, const char *text, size_t len)
{
  uint32_t number = types->places ? *place_of(types, text, type_len(len)) : 0;
  if (number > 0) return number;
  return types->count < TYPES_MOST ? TYPE_NEW : TYPE_OTHER;
}

static uint16_t *places_new(Mem *mem)
{
  uint16_t *ret = mem_resize(mem, NULL, 0, PLACES * sizeof *ret);
  if (!ret) mem_fail(mem);
  memset(ret, 0, PLACES * sizeof *ret);
  return ret;
}

uint32_t types_add(Types *types, const char *text, size_t len)
{
  uint32_t number = types_find(types, text, len), kept = type_len(len);
  if (number != TYPE_NEW) return number;
  if (!types->places) types->places = places_new(types->mem);
  types->counts = grow(types->mem, types->counts, &types->room, types->count + 1, sizeof *types->counts);
  char *copy = kept > 0 ? mem_resize(types->mem, NULL, 0, kept) : NULL;
  if (kept > 0 && !copy) mem_fail(types->mem);
  if (kept > 0) memcpy(copy, text, kept);
  uint16_t *place = place_of(types, text, kept);
  types->counts[types->count++] = (TypeCount){copy, kept, 0};
  *place = (uint16_t)types->count;
  return types->count;
}

/* ---- the most frequent ones ---- */

typedef struct Ranked {
  uint64_t events;
  uint16_t number;
} Ranked;

static int by_events(const void *a, const void *b)
{
  const Ranked *one = a, *other = b;
  if (one->events != other->events) return one->events < other->events ? 1 : -1;
  return one->number < other->number ? -1 : 1;
}

static void rank(Types *types)
{
  uint64_t events = 0;
  for (uint32_t i = 0; i < types->count; i++) events += types->counts[i].events;
  if (events == types->ordered) return;
  Ranked ranked[TYPES_MOST];
  for (uint32_t i = 0; i < types->count; i++) ranked[i] = (Ranked){types->counts[i].events, (uint16_t)i};
  qsort(ranked, types->count, sizeof *ranked, by_events);
  for (uint32_t i = 0; i < types->count; i++) types->order[i] = ranked[i].number;
  types->ordered = events;
}

const TypeCount *types_by_frequency(Types *types, size_t index)
{
  if (index >= types->count) return NULL;
  rank(types);
  const TypeCount *type = &types->counts[types->order[index]];
  return type->events > 0 ? type : NULL;
}
