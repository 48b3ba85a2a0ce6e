/*
 * told.h - records made by hand, told to a collector: one experience with three MOTs.
 */
#ifndef MOT_TESTS_TOLD_H
#define MOT_TESTS_TOLD_H

#include "report/collect.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)
#define DAYS(n) ((n) * 24 * HOUR)

/* MOTs of the one experience: Ask is done by care, Visit by field (weight 2), Call by both. */
enum { ASK, VISIT, CALL, MOTS };
enum { CARE, FIELD, BOSS, OWNERS };

typedef struct Told {
  Mem mem;
  Arena arena;
  jmp_buf oom;
  ReviewPlan plan;
  Collector *collector;
} Told;

/* Which journey: of whom, and which of his or hers. */
typedef struct About {
  const char *customer;
  uint32_t journey;
} About;

/* Of all the data; of a period and the one before (from MOT_NO_TIME: none).  Days and weeks are counted from
 * 1970-01-01, months have 30 days, years 12 months. */
void told_begin(Told *told);
void told_begin_between(Told *told, ReviewSpan previous, ReviewSpan period);
/* A plan of all the data, for a collector made by the test. */
ReviewPlan told_plan(void);
void told_end(Told *told);

/* A record of something opened an hour before `time`, without a deadline, which took an hour. */
ReviewFact told_fact(About about, unsigned kind, int64_t time, uint32_t mot, mot_outcome outcome);
void told_take(Told *told, ReviewFact fact, const char *customer);
void told_moment(Told *told, About about, int64_t time, uint32_t mot, mot_outcome outcome);
void told_moment_by(Told *told, About about, int64_t time, uint32_t mot, mot_outcome outcome,
                    const char *who);
void told_sco(Told *told, About about, int64_t time, mot_outcome outcome);
/* The SCO and the journey's end. */
void told_over(Told *told, About about, int64_t time, mot_outcome outcome);
/* A correction by care. */
void told_correction(Told *told, About about, int64_t time, uint32_t mot, mot_state what, const char *id,
                     int64_t due);
/* Journey n of 40: in the first 20 Visit was missed, in 15 of these the SCO, as in 5 of the others. */
void told_forty_journeys(Told *told);

/* Event 0 touched 10 of 10, event 1 3 of 30; goals have scores from 1 on, goal 2 individuals. */
const Review *told_review(Told *told);
const ReviewExperience *told_experience(Told *told);

void counts_are(const Comparison *comparison, uint64_t hits1, uint64_t cases1, uint64_t hits2,
                uint64_t cases2);
void rate_is(const ReviewRate *rate, uint64_t produced, uint64_t missed);

#endif
