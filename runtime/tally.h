/*
 * tally.h - what an aggregate has taken in: counts, exact sums, extremes, histograms, sets of hashes.
 *
 * Tallies merge exactly: adding values to one, or to several that are then merged in any
 * order, makes no difference to what comes out.
 */
#ifndef MOT_RUNTIME_TALLY_H
#define MOT_RUNTIME_TALLY_H

#include <stdbool.h>

#include "base/mem.h"
#include "bytecode/format.h"
#include "runtime/exact_sum.h"

/* Memory of a run is aligned to 8. */
typedef __int128 WideSum __attribute__((aligned(8)));

/* One aggregate's worth.  All bytes zero: empty, without memory. */
typedef struct Tally {
  uint64_t cases;
  union {
    uint64_t hits;              /* RATE */
    WideSum sum;                /* SUM, AVG of all but doubles */
    ExactSum exact;             /* SUM, AVG of doubles */
    struct { int64_t least, most; } i;  /* MIN, MAX, QUANTILE */
    struct { double least, most; } f;
    ExactSum *weights;          /* DISRUPTION: two of them, missed, and missed or produced; NULL: none yet */
    struct HashSet *hashes;     /* DISTINCT */
  };
  struct Histogram *histogram;  /* QUANTILE */
} Tally;

/* What a tally is of: kind, type of the values that go in (VALUE_), quantile. */
typedef struct TallyKind {
  uint32_t kind;                /* AGGREGATE_ */
  uint32_t type;                /* of the values that go in; RATE, COUNT, DISRUPTION: VALUE_NONE */
  double quantile;
} TallyKind;

/* What comes out: `known` false when the type cannot hold it, and without a case, but for COUNT, SUM and
 * DISTINCT, which then are 0.  DISRUPTION needs a weight above 0.  A double (f): RATE, DISRUPTION, AVG of int,
 * values of NUMBER and PERCENT; all else an integer (i). */
typedef struct TallyValue {
  bool known, is_double;
  int64_t i;
  double f;                     /* a share is a fraction */
} TallyValue;

/* All may leave through mem->oom; then the tally is as it was.  Doubles are finite, weights not below 0. */
void tally_count(Tally *tally);                                    /* COUNT */
void tally_rate(Tally *tally, bool hit);                           /* RATE */
void tally_weight(Tally *tally, Mem *mem, double weight, bool missed); /* DISRUPTION */
void tally_int(Tally *tally, Mem *mem, TallyKind kind, int64_t value); /* BOOL, INT, TIME, DURATION, MONEY, LISTED */
void tally_double(Tally *tally, Mem *mem, TallyKind kind, double value); /* NUMBER, PERCENT */
void tally_text(Tally *tally, Mem *mem, TallyKind kind, const char *text, uint32_t len); /* DISTINCT of TEXT, ID */

void tally_merge(Tally *into, const Tally *from, Mem *mem, TallyKind kind);
TallyValue tally_value(const Tally *tally, TallyKind kind);
void tally_free(Tally *tally, Mem *mem, TallyKind kind); /* and empties it */

#endif
