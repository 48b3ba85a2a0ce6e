/*
 * truths.h - works out the predicates of events as soon as they are decoded, many of one kind together.
 */
#ifndef MOT_RUNTIME_TRUTHS_H
#define MOT_RUNTIME_TRUTHS_H

#include "runtime/decode.h"

typedef struct Truths {
  Mem *mem;
  const Plan *plan;
  struct TruthBin *bins;  /* by row of Event: those of the kind that wait for company */
} Truths;

/* Leaves through mem->oom. */
void truths_init(Truths *truths, const Plan *plan, Mem *mem);
void truths_free(Truths *truths);
/* Sets `truths` and `faults` of all rows of a batch. */
void truths_find(Truths *truths, const EventBatch *batch);

#endif
