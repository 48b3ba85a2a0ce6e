/*
 * spread.h - lengths of time, counted so that their percentiles can be told: buckets whose width is 1/64 of
 * the power of two they lie in, as docs/managing.md defines them for percentiles of measures.
 */
#ifndef MOT_REPORT_SPREAD_H
#define MOT_REPORT_SPREAD_H

#include "base/mem.h"
#include "report/review.h"

/* Begins as all zero. */
typedef struct Spread {
  uint64_t cases;
  int64_t least, most;
  uint64_t zeros;
  uint64_t *powers[63];        /* [e]: 64 counts of values from 2^e to 2^(e+1); NULL: none */
} Spread;

/* A length, in microseconds; one below 0 counts as 0. */
void spread_add(Arena *arena, Spread *spread, int64_t length);
void spread_merge(Arena *arena, Spread *spread, const Spread *other);
ReviewSpread spread_result(const Spread *spread);

#endif
