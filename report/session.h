/*
 * session.h - the review of a run: opened before the run is fed, fed with the run's records, closed when it
 * ended.
 *
 *     ReviewSession *session = review_open(rules, &ask);
 *     … for the run: options.records = REVIEW_RECORDS …
 *     while (… more bytes …) { mot_run_feed(run, …); review_take(session, run); }
 *     mot_run_end(run, MOT_NO_TIME);
 *     review_take(session, run);
 *     const Review *review = review_close(session, run);
 *     … show it …
 *     review_free(session);
 */
#ifndef MOT_REPORT_SESSION_H
#define MOT_REPORT_SESSION_H

#include "report/review.h"

/* The kinds of records that a review needs, for mot_run_options. */
enum {
  REVIEW_RECORDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN |
                   MOT_RECORD_TARGET | MOT_RECORD_ALERT | MOT_RECORD_CORRECTION | MOT_RECORD_GOAL |
                   MOT_RECORD_SENTIMENT
};

typedef struct ReviewAsk {
  ReviewSpan period;           /* from MOT_NO_TIME: from the first day with a record; to: to the data's end */
  ReviewSpan previous;         /* ends where the period begins; from MOT_NO_TIME: no comparison */
  uint32_t experience;         /* MOT_NOT_FOUND: all */
  const mot_allocator *allocator; /* NULL: the C library's */
} ReviewAsk;

typedef struct ReviewSession ReviewSession;

/* The period before `period`, for ReviewAsk.previous: of the same kind when it is a whole day, week,
 * month, quarter or year of the rules' zone, else as long.  False: there is none, as the period has no
 * beginning or end. */
bool review_period_before(const mot_rules *rules, ReviewSpan period, ReviewSpan *ret_previous);

/* NULL: memory was refused.  The rules must outlive it. */
ReviewSession *review_open(const mot_rules *rules, const ReviewAsk *ask);
/* Takes all records of the run that are ready.  False: memory was refused; the session can only be freed. */
bool review_take(ReviewSession *session, mot_run *run);
/* After mot_run_end and the last review_take.  The review lives as long as the session.  NULL: memory was
 * refused. */
const Review *review_close(ReviewSession *session, mot_run *run);
void review_free(ReviewSession *session);

#endif
