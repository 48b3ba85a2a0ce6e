/*
 * vec.h - typed growing arrays in an arena.
 *
 *   VEC(int) v = {0};
 *   *VEC_PUSH(arena, &v) = 7;
 *   for (uint32_t i = 0; i < v.len; i++) use(v.data[i]);
 */
#ifndef MOT_BASE_VEC_H
#define MOT_BASE_VEC_H

#include "base/mem.h"

#define VEC(T)         \
  struct {             \
    T *data;           \
    uint32_t len, cap; \
  }

/* The room a full vector gets next: doubled, at least four. */
void *vec_room(Arena *arena, void *data, uint32_t len, uint32_t *cap, size_t item);

/* A pointer to one more item, zeroed. */
#define VEC_PUSH(arena, v)                                                                          \
  ((v)->len == (v)->cap                                                                             \
     ? (void)((v)->data = vec_room((arena), (v)->data, (v)->len, &(v)->cap, sizeof *(v)->data))     \
     : (void)0,                                                                                     \
   &(v)->data[(v)->len++])

#endif
