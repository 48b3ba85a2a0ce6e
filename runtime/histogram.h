/*
 * histogram.h - how many values fell into which bucket, for percentiles.
 *
 * A bucket holds the values whose leading 7 bits are the same: 64 of equal width from each power of two to
 * the next.  Keys number them in the order of their values: 0 is that of zero, those of negative values mirror
 * those of positive ones.  Only buckets with values are kept.  (Buckets of constant relative width merge without
 * loss, as in G. Tene's HdrHistogram, and in C. Masson, J. Rim, H. Lee, "DDSketch", 2019.)
 */
#ifndef MOT_RUNTIME_HISTOGRAM_H
#define MOT_RUNTIME_HISTOGRAM_H

#include <stdbool.h>

#include "base/mem.h"

enum { HISTOGRAM_KEY_MOST = 64 * (1074 + 1024) }; /* keys lie between this and its negative */

typedef struct Histogram Histogram;

/* The key of a finite double, and of an integer, whose bits are its own. */
int32_t histogram_key_double(double value);
int32_t histogram_key_int(int64_t value);
/* The middle of a bucket; of whole numbers rounded towards zero (and beyond 64 bits the outermost). */
double histogram_middle_double(int32_t key);
int64_t histogram_middle_int(int32_t key);

/* All take NULL for one without values, and may leave through mem->oom with it as it was. */
void histogram_add(Histogram **histogram, Mem *mem, int32_t key, uint64_t count);
void histogram_merge(Histogram **into, const Histogram *from, Mem *mem);
void histogram_free(Histogram **histogram, Mem *mem);

/* The bucket that holds the value of this rank, from 1 for the least; there are that many. */
int32_t histogram_at_rank(const Histogram *histogram, uint64_t rank);

uint32_t histogram_buckets(const Histogram *histogram);
/* The bucket at a place, in the order of keys; returns how many values are in it. */
uint64_t histogram_bucket(const Histogram *histogram, uint32_t place, int32_t *ret_key);

#endif
