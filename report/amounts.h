/*
 * amounts.h - sums of values, apart by type and currency.
 */
#ifndef MOT_REPORT_AMOUNTS_H
#define MOT_REPORT_AMOUNTS_H

#include "base/vec.h"
#include "report/review.h"

typedef struct Amount {
  mot_type type;
  const char *currency;        /* in the arena; "" */
  unsigned exponent;
  bool whole;                  /* the sum is an integer; else a number */
  bool beyond;                 /* it does not fit */
  int64_t integer;
  double number;
  uint64_t cases;
} Amount;
/* Begins as all zero. */
typedef VEC(Amount) Amounts;

/* Values that cannot be summed (none, texts, times, truths) are passed over. */
void amounts_add(Arena *arena, Amounts *amounts, const mot_value *value);
void amounts_merge(Arena *arena, Amounts *amounts, const Amounts *other);
ReviewAmounts amounts_result(Arena *arena, const Amounts *amounts);

#endif
