#include "base/map.h"

enum { PLACES_FIRST = 16 };

void map_init(Map *map, Arena *arena)
{
  *map = (Map){.arena = arena};
}

/* Keys are often two small numbers side by side: both halves must reach the low bits. */
static inline uint32_t scatter(uint64_t key)
{
  key ^= key >> 32;
  key *= 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio (Knuth, TAOCP 3, 6.4) */
  return (uint32_t)(key >> 32);
}

/* Where `key` is, or the free place where it would be put. */
static uint32_t find(const Map *map, uint64_t key)
{
  uint32_t mask = map->cap - 1;
  uint32_t i = scatter(key) & mask;
  while (map->values[i] && map->keys[i] != key) i = (i + 1) & mask;
  return i;
}

static void grow(Map *map)
{
  if (map->cap > UINT32_MAX / 4) mem_fail(map->arena->mem);
  Map bigger = {.arena = map->arena, .len = map->len, .cap = map->cap ? map->cap * 2 : PLACES_FIRST};
  bigger.keys = ARENA_ARRAY(map->arena, uint64_t, bigger.cap);
  bigger.values = ARENA_ARRAY(map->arena, void *, bigger.cap);
  for (uint32_t i = 0; i < map->cap; i++) {
    if (!map->values[i]) continue;
    uint32_t at = find(&bigger, map->keys[i]);
    bigger.keys[at] = map->keys[i];
    bigger.values[at] = map->values[i];
  }
  *map = bigger;
}

void *map_get(const Map *map, uint64_t key)
{
  return map->cap == 0 ? NULL : map->values[find(map, key)];
}

void *map_put(Map *map, uint64_t key, void *value)
{
  if (map->len + 1 > map->cap / 4 * 3) grow(map);
  uint32_t at = find(map, key);
  void *before = map->values[at];
  if (!before) map->len++;
  map->keys[at] = key;
  map->values[at] = value;
  return before;
}
