/*
 * map.h - a hash map from 64-bit keys to pointers, in an arena.
 */
#ifndef MOT_BASE_MAP_H
#define MOT_BASE_MAP_H

#include "base/mem.h"

typedef struct Map {
  Arena *arena;
  uint64_t *keys;
  void **values; /* NULL: free place */
  uint32_t len, cap;
} Map;

void map_init(Map *map, Arena *arena);
/* NULL when absent. */
void *map_get(const Map *map, uint64_t key);
/* Puts a value (not NULL); returns the one it replaces, or NULL. */
void *map_put(Map *map, uint64_t key, void *value);

#endif
