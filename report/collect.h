/*
 * collect.h - records of a run, in their total order, become the figures of a review.
 *
 * A Collector knows no run: it is fed facts, each a record with all that it says.  report/session.h feeds it
 * from one.  What is kept while facts come: for each customer of an experience a few numbers, for each journey
 * that is not over its counts by MOT, its open corrections and its first 40 moments; besides that only counts.
 *
 * Everything is taken from the arena given, and from its Mem what comes and goes; a refusal leaves through
 * mem->oom, after which the collector may only be freed.
 */
#ifndef MOT_REPORT_COLLECT_H
#define MOT_REPORT_COLLECT_H

#include "base/mem.h"
#include "report/review.h"

typedef struct ReviewText {
  const char *text; /* not ended by NUL */
  size_t size;
} ReviewText;

/* A record with what it says beside; good for the call. */
typedef struct ReviewFact {
  mot_record record;
  mot_moment moment;           /* MOMENT, SCO, JOURNEY */
  mot_act act;                 /* TARGET, ALERT, CORRECTION, GOAL, SENTIMENT */
  const ReviewText *keys;      /* record.keys of them */
} ReviewFact;

/* The day, week or month in which `time` lies, in the zone of the rules. */
typedef void (*ReviewCalendar)(void *user, int64_t time, ReviewStep step, ReviewSpan *ret_span);

typedef struct ReviewPlan {
  const ReviewRules *rules;    /* must outlive the review */
  ReviewSpan period;           /* from MOT_NO_TIME: from the first day with a record on; to: to the end of the data */
  ReviewSpan previous;         /* ends where the period begins; from MOT_NO_TIME: there is none */
  uint32_t experience;         /* only this; MOT_NOT_FOUND: all */
  ReviewCalendar calendar;
  void *user;
} ReviewPlan;

/* What only the run knows, when all records were taken. */
typedef struct ReviewStanding {
  const mot_target_standing *targets; /* of all targets */
  const mot_goal_standing *goals;     /* of all goals */
  const ReviewGoalIndividual *const *individuals; /* of all goals, unordered */
  const uint32_t *individual_counts;
  const mot_event_stats *events;      /* of all events */
  const ReviewUnmapped *types;        /* most frequent first */
  uint32_t type_count;
  mot_run_stats run;
} ReviewStanding;

typedef struct Collector Collector;

Collector *collector_new(Arena *arena, const ReviewPlan *plan);
/* The next record.  Kinds that the review does not need are passed over. */
void collector_take(Collector *collector, const ReviewFact *fact);
/* No more facts come.  The review belongs to the arena. */
const Review *collector_finish(Collector *collector, const ReviewStanding *standing);
/* Gives back what is not the arena's. */
void collector_free(Collector *collector);

#endif
