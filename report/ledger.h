/*
 * ledger.h - what was counted of one period: of each experience and its MOTs, from which the figures follow.
 *
 * Everything in it lies in the collector's arena, but for the moments of stories.
 */
#ifndef MOT_REPORT_LEDGER_H
#define MOT_REPORT_LEDGER_H

#include "base/map.h"
#include "report/amounts.h"
#include "report/spread.h"
#include "report/story.h"

typedef struct Outcomes {
  uint64_t produced, missed;
} Outcomes;

/* Two groups: [0] the one asked about, [1] the one beside it; in each [1] what was hit, [0] what was not. */
typedef uint64_t Groups[2][2];

static inline void outcomes_add(Outcomes *outcomes, bool missed)
{
  ++*(missed ? &outcomes->missed : &outcomes->produced);
}

/* Moments of the MOT `to` in journeys with earlier ones of `from`. */
typedef struct Following {
  uint32_t from, to;           /* numbers among the MOTs of the experience */
  Groups missed;               /* one before was missed (0), all were produced (1) */
  Outcomes handed;             /* right after one of `from`, where the team changed */
} Following;

/* What is decided by one of a MOT's individuals. */
typedef struct Individual {
  const char *who;             /* NULL: those beyond the first ones */
  Outcomes outcomes;
  double took;                 /* in sum, microseconds */
} Individual;

typedef struct MotLedger {
  uint64_t opened, open;
  Outcomes decided;
  uint64_t voided, superseded, paused, fault;
  Spread took, early;
  uint64_t produced_at_deadline, missed_at_deadline, missed_before;
  Amounts impact;
  Groups contribution;
  uint64_t corrections_opened, in_time, late, withdrawn, open_corrections, overdue;
  Groups corrected, timely;
  Map individuals;             /* hash of who → Individual */
  VEC(Individual *) list;      /* in the order in which they came */
  Individual nobody;           /* moments that name none */
} MotLedger;

/* What was decided on one day. */
typedef struct Day {
  ReviewSpan span;
  Outcomes sco, moments;
  Outcomes *mots;
  double lost, weighed;        /* weights of what was missed; of all that was decided */
  Amounts value, impact;
  Sample sentiment;
} Day;

typedef struct Streaks {
  uint64_t count, moments;
  uint64_t lengths[REVIEW_STREAKS];
  uint64_t longest;
  ReviewText longest_key;      /* in the arena */
} Streaks;

/* Alerts of a MOT, the SCO or a goal to somebody. */
typedef struct AlertCount {
  uint32_t mot, owner;
  uint64_t raised, escalated, repeated, acknowledged, cleared;
} AlertCount;

typedef struct ExperienceLedger {
  uint64_t started, over, live, sco_void, sco_open;
  Outcomes sco, moments;
  double lost, weighed;
  Sample journeys;             /* disruption of those that were over, in percent */
  MotLedger *mots;
  MotLedger about_sco;         /* of it only corrections count */
  Map follow;                  /* from and to → Following */
  VEC(Following *) followings;
  VEC(Day) days;               /* those with a record; only of the current period */
  uint64_t customers;
  Streaks streaks[2];          /* produced, missed */
  Groups after;                /* a customer's moment after a missed (0), after a produced one (1) */
  Groups team, individual;     /* handovers */
  uint64_t said;
  Sample sentiment, after_produced, after_missed;
  VEC(AlertCount) alerts;
  uint64_t alerts_active;
  Story good, bad;
  VEC(ReviewOpenCorrection) overdue;
} ExperienceLedger;

typedef struct Ledger {
  ReviewSpan span;             /* from, to MOT_NO_TIME: without a beginning, without an end */
  bool current;                /* the period asked for, not the one before */
  bool closed;                 /* its end was passed */
  ExperienceLedger *experiences;
  ReviewTarget *targets;       /* only their changes */
  ReviewGoal *goals;
} Ledger;

/* Room for all that the rules have.  Those without figures (other experiences) stay empty. */
void ledger_init(Ledger *ledger, Arena *arena, const ReviewRules *rules);
/* The day of `time`, made if it is the first record of that day; times never go back. */
Day *ledger_day(Arena *arena, ExperienceLedger *experience, const ReviewSpan *day, uint32_t mots);
Following *ledger_following(Arena *arena, ExperienceLedger *experience, uint32_t from, uint32_t to);
AlertCount *ledger_alerts(Arena *arena, ExperienceLedger *experience, uint32_t mot, uint32_t owner);
/* The one named by `hash`, or NULL. */
Individual *ledger_individual(Arena *arena, MotLedger *mot, const mot_value *who);
/* A streak ended, or is running when the period ends. */
void streaks_add(Arena *arena, Streaks *streaks, uint64_t length, ReviewText key);

#endif
