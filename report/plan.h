/*
 * plan.h - what a review is asked to be about, and what it is told at the end.
 */
#ifndef MOT_REPORT_PLAN_H
#define MOT_REPORT_PLAN_H

#include "report/review.h"

/* The day, week, month or year in which `time` lies, in the zone of the rules. */
typedef void (*ReviewCalendar)(void *user, int64_t time, ReviewStep step, ReviewSpan *ret_span);

typedef struct ReviewPlan {
  const ReviewRules *rules;    /* must outlive the review */
  ReviewSpan period;           /* from MOT_NO_TIME: from the first day with a record; to: to the data's end */
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

#endif
