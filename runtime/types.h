/*
 * types.h - events by their kind, and by their type those that the rules do not use.
 *
 * Types are numbered from 1 in the order of the stream; while threads decode they only look, so that numbers do
 * not depend on how the stream is cut.
 */
#ifndef MOT_RUNTIME_TYPES_H
#define MOT_RUNTIME_TYPES_H

#include <stdbool.h>

#include "base/mem.h"

enum {
  TYPES_MOST = 1000,        /* so many are told apart */
  TYPE_TEXT_MOST = 256,     /* bytes of their texts that count */
  TYPE_NEW = 0,             /* no number yet */
  TYPE_OTHER = TYPES_MOST + 1
};

typedef struct TypeCount {
  char *text;               /* not ended by NUL */
  uint32_t len;
  uint64_t events;
} TypeCount;

typedef struct Types {
  Mem *mem;
  TypeCount *counts;        /* by number - 1 */
  size_t room;
  uint32_t count;
  uint64_t others;          /* events of types beyond those */
  uint16_t *places;         /* numbers, by hash; NULL: none yet */
  uint16_t order[TYPES_MOST]; /* numbers less 1, the most frequent first, when asked for */
  uint64_t ordered;         /* events that had been counted then */
} Types;

void types_init(Types *types, Mem *mem);
void types_free(Types *types);
/* What counts of a text. */
static inline uint32_t type_len(size_t len)
{
  return len < TYPE_TEXT_MOST ? (uint32_t)len : TYPE_TEXT_MOST;
}
/* Its number; TYPE_NEW: it is not there and there is room for it; TYPE_OTHER: there is no room. */
uint32_t types_find(const Types *types, const char *text, size_t len);
/* Its number, for which it gets a place; may leave through mem->oom with all as it was. */
uint32_t types_add(Types *types, const char *text, size_t len);
static inline void types_count(Types *types, uint32_t number)
{
  if (number <= types->count) types->counts[number - 1].events++;
  else types->others++;
}
/* Type `index` by frequency, of those of one frequency the first met; NULL past the last that was counted. */
const TypeCount *types_by_frequency(Types *types, size_t index);

#endif
