/*
 * exact_sum.h - sums of doubles without any rounding until they are read.
 *
 * A fixed-point number long enough for every finite double, after U. Kulisch's accumulator, in overlapping
 * chunks as in R. M. Neal, "Fast exact summation using small and large superaccumulators", 2015: chunk i
 * counts 2^(32·i - 1074) and takes more than 32 bits, so that carries wait.  Only the chunks in use are kept.
 *
 * What is added in which order, or in how many sums that are then merged, makes no difference.
 */
#ifndef MOT_RUNTIME_EXACT_SUM_H
#define MOT_RUNTIME_EXACT_SUM_H

#include <stdbool.h>

#include "base/mem.h"

enum { EXACT_DIGITS = 70 }; /* of 32 bits: every finite double, 2^64 times, and some more */

/* All bytes zero: 0, without memory. */
typedef struct ExactSum {
  int64_t *chunks;         /* of [first, first + count) */
  uint16_t first, count;
  uint32_t pending;        /* every chunk is less than (pending + 1)·2^32 in size */
} ExactSum;

/* The sum as one number: its sign, and digits of 32 bits that begin and end with one that is not 0. */
typedef struct ExactDigits {
  bool negative;
  uint32_t first, count;   /* 0 digits: the sum is 0, `first` is 0 */
  uint32_t digits[EXACT_DIGITS];
} ExactDigits;

/* Makes room for one value (finite), then adds it, which cannot fail; likewise for a whole sum.  Making room
 * may leave through mem->oom and changes nothing that could be seen. */
void exact_sum_room(ExactSum *sum, Mem *mem, double value);
void exact_sum_add(ExactSum *sum, double value);
void exact_sum_merge_room(ExactSum *into, const ExactSum *from, Mem *mem);
void exact_sum_merge(ExactSum *into, const ExactSum *from);

/* The nearest double, of two the one with even mantissa; false when it would be infinite. */
bool exact_sum_value(const ExactSum *sum, double *ret);
void exact_sum_digits(const ExactSum *sum, ExactDigits *ret);
/* `sum` is 0; first + count is at most EXACT_DIGITS - 2. */
void exact_sum_from(ExactSum *sum, Mem *mem, const ExactDigits *digits);
void exact_sum_free(ExactSum *sum, Mem *mem); /* and empties it */

#endif
