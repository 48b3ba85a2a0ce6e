/*
 * collect.h - records of a run, in their total order, become the figures of a review.
 *
 * A Collector knows no run: it is fed facts.  report/session.h feeds it from one.  What is kept while facts
 * come: for each customer of an experience a few numbers, for each journey that is not over its counts by
 * MOT, its open corrections and its first 40 moments; besides that only counts.
 *
 * Everything is taken from the arena given, and from its Mem what comes and goes; a refusal leaves through
 * mem->oom, after which the collector may only be freed.
 */
#ifndef MOT_REPORT_COLLECT_H
#define MOT_REPORT_COLLECT_H

#include "base/mem.h"
#include "report/fact.h"
#include "report/plan.h"

typedef struct Collector Collector;

Collector *collector_new(Arena *arena, const ReviewPlan *plan);
/* The next record.  Kinds that the review does not need are passed over. */
void collector_take(Collector *collector, const ReviewFact *fact);
/* No more facts come.  The review belongs to the arena. */
const Review *collector_finish(Collector *collector, const ReviewStanding *standing);
/* Gives back what is not the arena's. */
void collector_free(Collector *collector);

#endif
