/*
 * review.h - the figures of a review: all that `mot report` shows, ready to be laid out.
 *
 * A Review is made by report/collect.h from the records of a run and never changes.  It and all it points to
 * belong to one arena.  docs/report.md defines every figure; comments here say which one a member is.
 *
 * Conventions:
 *   - Experiences, MOTs, owners, targets, goals, events are numbers: indices of the arrays in ReviewRules.
 *     MOT_NOT_FOUND: none.  Times and lengths of time are microseconds, MOT_NO_TIME: none.
 *   - Shares lie in 0 … 1 (95 % is 0.95); percentages of disruption and goal scores in 0 … 100, negative:
 *     none.
 *   - An Estimate that is not `known` has too few cases and is to be shown as "–".
 *   - A Comparison is about misses (a missed moment, a missed SCO) unless its comment says otherwise: hits
 *     are misses, group 0 is the one asked about, group 1 the one beside it.  It is an association and is to
 *     be called so; EFFECT_NONE reads "no sign that this moment matters".
 *   - Lists are in the order in which they are to be shown.
 *   - Texts end with NUL unless a size stands beside them.
 */
#ifndef MOT_REPORT_REVIEW_H
#define MOT_REPORT_REVIEW_H

#include <stddef.h>

#include "mot/tools.h"
#include "report/statistics.h"

/* ---- what the rules say ------------------------------------------------------------ */

typedef struct ReviewMotRules {
  mot_mot_info info;
  const uint32_t *producers;   /* info.producers owners */
} ReviewMotRules;

typedef struct ReviewExperienceRules {
  mot_experience_info info;
  const char *const *keys;     /* info.keys names */
} ReviewExperienceRules;

typedef struct ReviewRules {
  const ReviewExperienceRules *experiences;
  const ReviewMotRules *mots;
  const mot_owner_info *owners;
  const mot_target_info *targets;
  const mot_goal_info *goals;
  const mot_metric_info *metrics;
  const mot_review_info *reviews;
  const char *const *events;   /* names */
  uint32_t experience_count, mot_count, owner_count, target_count, goal_count, metric_count, review_count,
    event_count;
  char hash[33];
} ReviewRules;

/* ---- parts -------------------------------------------------------------------------- */

/* A stretch of time, [from, to). */
typedef struct ReviewSpan {
  int64_t from, to;
} ReviewSpan;

/* How the sub-periods of a period are cut. */
typedef enum ReviewStep { REVIEW_BY_DAY, REVIEW_BY_WEEK, REVIEW_BY_MONTH, REVIEW_BY_YEAR } ReviewStep;

typedef struct ReviewRate {
  uint64_t produced, missed;
  Estimate rate;               /* produced / (produced + missed), Wilson */
} ReviewRate;

typedef enum ReviewTrend {
  REVIEW_TREND_UNKNOWN,        /* fewer than two sub-periods with cases */
  REVIEW_TREND_STEADY,         /* no sign of a rise or a fall */
  REVIEW_TREND_RISING, REVIEW_TREND_FALLING
} ReviewTrend;

/* A rate over the sub-periods, of which Review.points has the spans: series[i] belongs to points[i]. */
typedef struct ReviewSeries {
  const ReviewRate *series;
  uint32_t count;
  ReviewTrend trend;           /* of the rate: rising is better */
  double trend_z;              /* Cochran-Armitage */
} ReviewSeries;

/* Lengths of time, in microseconds: percentiles to within 0.8 %. */
typedef struct ReviewSpread {
  uint64_t cases;              /* 0: the rest is 0 */
  int64_t least, p10, p50, p90, p95, most;
} ReviewSpread;

/* A sum of values of one type and currency. */
typedef struct ReviewAmount {
  mot_value sum;               /* NONE: it is beyond what its type can hold */
  mot_type type;
  const char *currency;        /* MONEY; else "" */
  unsigned exponent;
  uint64_t cases;
} ReviewAmount;
typedef struct ReviewAmounts {
  const ReviewAmount *amounts; /* one for each type and currency, by type, then currency */
  uint32_t count;
} ReviewAmounts;

/* A figure of the period beside that of the previous one.  difference.known is false without a previous
 * period or without cases in one. */
typedef struct ReviewChange {
  ReviewRate previous;
  Estimate difference;         /* of the produced rate: now less then */
  Effect effect;               /* EFFECT_MORE: more is produced now, EFFECT_LESS: less */
} ReviewChange;

/* ---- a MOT -------------------------------------------------------------------------- */

/* When the moments of a MOT are decided, measured against their deadline. */
typedef struct ReviewMargin {
  ReviewSpread early;          /* produced moments with a deadline: deadline - decided */
  uint64_t produced_at_deadline;  /* of these, decided exactly there: what had to stay away did */
  uint64_t missed_at_deadline;    /* nothing came in time; how late it came is not known */
  uint64_t missed_before;         /* settled earlier by what happened */
} ReviewMargin;

typedef struct ReviewMot {
  uint32_t mot;
  uint64_t opened;             /* in the period */
  uint64_t open;               /* undecided when the period ends */
  ReviewRate rate;             /* decided in the period */
  uint64_t voided, superseded, paused, fault; /* void, by reason */
  ReviewSeries trend;
  ReviewChange change;
  ReviewSpread took;           /* produced and missed */
  ReviewMargin margin;
  ReviewAmounts impact;        /* of the decided moments */
  /* Contribution: group 0 journeys with a missed moment of this MOT, group 1 those in which all of its
   * moments were produced; hits: the SCO was missed. */
  Comparison contribution;
} ReviewMot;

/* ---- an experience -------------------------------------------------------------------- */

/* Causal flow, an association: moments of `to` after a missed moment of `from` in the same journey (group 0),
 * and where all moments of `from` before were produced (group 1). */
typedef struct ReviewFlow {
  uint32_t from, to;
  Comparison misses;
} ReviewFlow;

/* Streaks: moments of one customer, one after the other, with the same outcome. */
enum { REVIEW_STREAKS = 10 };
typedef struct ReviewStreaks {
  uint64_t count;
  uint64_t lengths[REVIEW_STREAKS]; /* [i]: streaks of i + 1 moments; the last: of that many and more */
  uint64_t longest;
  double mean;                 /* length; 0 without streaks */
  const char *longest_key;     /* whose the longest is (ties: the first found); NULL: nobody's */
  size_t longest_key_size;
} ReviewStreaks;
typedef struct ReviewCircles {
  uint64_t customers;          /* with a decided moment in the period */
  ReviewStreaks missed, produced;
  Comparison after;            /* a customer's next moment after a missed (0), after a produced one (1) */
} ReviewCircles;

/* Consecutive moments of a journey. */
typedef struct ReviewHandover {
  uint32_t from, to;           /* MOTs without a producer in common */
  ReviewRate later;            /* the moments of `to` */
} ReviewHandover;
typedef struct ReviewHandovers {
  Comparison team;             /* the later moment where the team changed (0) and where it did not (1) */
  Comparison individual;       /* the same for the individual */
  const ReviewHandover *pairs; /* where the team changed, most missed first */
  uint32_t pair_count;
} ReviewHandovers;

/* The triple crown: money, cost and service side by side, of one sub-period. */
typedef struct ReviewCrown {
  ReviewSpan span;
  ReviewAmounts value;         /* of journeys that were over */
  ReviewAmounts impact;        /* of moments decided */
  ReviewRate sco, moments;
  double disruption;           /* percent; negative: none */
  Estimate sentiment;          /* mean of what customers said */
  uint64_t sentiments;
} ReviewCrown;

/* What customers say after produced and after missed moments. */
typedef struct ReviewSentiment {
  uint64_t said;               /* sentiments in the period; 0: the rest says nothing */
  Estimate mean;
  uint64_t produced_cases, missed_cases; /* moments that a sentiment followed */
  Estimate after_produced, after_missed;
  Estimate difference;         /* after a missed one, less after a produced one */
} ReviewSentiment;

typedef struct ReviewOpenCorrection {
  const char *id, *text;
  uint32_t mot, by;            /* mot MOT_NOT_FOUND: the SCO */
  int64_t opened, due;
} ReviewOpenCorrection;

/* Corrections of a MOT or, with mot MOT_NOT_FOUND, of the SCO. */
typedef struct ReviewCorrections {
  uint32_t mot;
  uint64_t opened, in_time, late, withdrawn; /* in the period */
  uint64_t open, overdue;      /* when it ends: open, not overdue; open and overdue */
  Estimate in_time_share;      /* in_time / (in_time + late + became overdue and is open) */
  /* Journeys with a missed moment of this MOT, hits: the SCO was missed.  Not for corrections of the SCO. */
  Comparison corrected;        /* with a correction (0), without (1) */
  Comparison timely;           /* all corrections done in time (0), one that was not (1) */
} ReviewCorrections;

typedef struct ReviewAlerts {
  uint32_t mot;                /* MOT_NOT_FOUND: the SCO, or a goal */
  uint32_t owner;              /* to whom */
  uint64_t raised, escalated, repeated, acknowledged, cleared; /* in the period */
} ReviewAlerts;

typedef struct ReviewAct {     /* where to act next */
  uint32_t mot;
  uint64_t misses;
  double weight;               /* contribution difference × misses; 0 when there is no sign that it matters */
} ReviewAct;

/* One moment of a story, in the order in which they were decided. */
typedef struct ReviewStoryMoment {
  uint32_t mot;                /* MOT_NOT_FOUND: the SCO */
  mot_outcome outcome;
  mot_reason reason;
  int64_t opened, decided, deadline;
  const char *group;           /* who produced it; "": not known */
  const char *because;         /* "": nothing */
} ReviewStoryMoment;
typedef struct ReviewStory {
  bool told;                   /* false: no journey fits, the rest is 0 */
  const char *const *keys;     /* values, ReviewExperienceRules.keys their names */
  size_t key_count;
  int64_t started, over;       /* over MOT_NO_TIME: it is not when the period ends */
  uint64_t produced, missed;   /* its moments */
  const ReviewStoryMoment *moments;
  uint32_t moment_count;
  uint32_t left_out;           /* moments past the first 40 */
} ReviewStory;

/* Producers: a team's or a person's share in the moments of the MOTs it produces. */
typedef struct ReviewTeam {
  uint32_t owner;
  ReviewRate rate;
  ReviewChange change;
  ReviewSpread took;
} ReviewTeam;
typedef struct ReviewIndividual {
  uint32_t mot;                /* individuals are apart by MOT: another may mean somebody else by the same
                                  value */
  const char *who;
  bool other;                  /* those beyond the first 10,000 of the MOT, together */
  bool nobody;                 /* moments that name no individual; `who` is "(nobody)" */
  ReviewRate rate;
  int64_t took;                /* mean of the decided moments */
} ReviewIndividual;

typedef struct ReviewExperience {
  uint32_t experience;
  uint64_t started, over;      /* journeys, in the period */
  uint64_t live;               /* when it ends: started and not over */
  uint64_t sco_void, sco_open; /* decided void in the period; undecided when it ends */
  ReviewRate sco;              /* decided in the period */
  ReviewSeries sco_trend;
  ReviewChange sco_change;
  double disruption, disruption_before; /* percent; of the period, of the previous one; negative: none */
  const double *disruption_series;      /* as many as Review.points */
  Estimate journey_disruption; /* percent: mean of the journeys that were over */
  ReviewRate moments;          /* of all its MOTs */
  ReviewChange moments_change;
  const ReviewMot *mots;       /* as in the text */
  uint32_t mot_count;
  const ReviewFlow *flows;     /* only those with EFFECT_MORE or EFFECT_LESS, greatest difference first */
  uint32_t flow_count, flows_looked_at; /* pairs with cases in both groups */
  ReviewCircles circles;
  ReviewHandovers handovers;
  const ReviewCrown *crown;    /* as many as Review.points */
  ReviewAmounts value, impact; /* of the whole period */
  ReviewSentiment sentiment;
  const ReviewCorrections *corrections; /* of MOTs as in the text, the SCO last; only those with any */
  uint32_t correction_count;
  const ReviewOpenCorrection *overdue;  /* when the period ends, longest first; at most 20 */
  uint32_t overdue_count;
  uint64_t overdue_total;
  const ReviewAlerts *alerts;  /* by MOT as in the text (the SCO last), then by owner */
  uint32_t alert_count;
  uint64_t alerts_active;      /* raised and not cleared when the period ends */
  const ReviewAct *acts;       /* MOTs with a miss: greatest weight first, then most misses */
  uint32_t act_count;
  ReviewStory good, bad;
  const ReviewTeam *teams;     /* lowest rate first */
  uint32_t team_count;
  const ReviewIndividual *individuals; /* by MOT as in the text, lowest rate first */
  uint32_t individual_count;
} ReviewExperience;

/* ---- targets, goals, landscape ----------------------------------------------------------- */

typedef struct ReviewTarget {
  uint32_t target;
  mot_target_standing standing; /* at the end of the data */
  uint64_t breached, met;       /* changes in the period */
  int64_t since;                /* of the latest change before the period's end; MOT_NO_TIME: none */
} ReviewTarget;

typedef struct ReviewGoalIndividual {
  const char *who;
  mot_goal_standing standing;
} ReviewGoalIndividual;
typedef struct ReviewGoal {
  uint32_t goal;
  uint32_t depth;              /* 0: it has no parent */
  mot_goal_standing standing;  /* at the end of the data */
  uint64_t breached, met;      /* changes in the period */
  const ReviewGoalIndividual *individuals; /* of a goal for each: lowest score first */
  uint32_t individual_count;
} ReviewGoal;

typedef struct ReviewEvents {  /* of one kind, in all the data */
  uint32_t event;
  uint64_t events, touched;
  Estimate share;              /* touched / events */
} ReviewEvents;
typedef struct ReviewUnmapped {
  const char *type;            /* as in the data */
  uint64_t events;
} ReviewUnmapped;
/* How much of what customers do a MOT answers for, over all the data. */
typedef struct ReviewLandscape {
  uint64_t events, touched;    /* accepted ones, of types that no rule uses too; those that a moment heeded */
  Estimate share;              /* touched / events */
  uint64_t unmapped;           /* of the events those of types that no rule uses */
  const ReviewEvents *kinds;   /* least share first, then most events */
  uint32_t kind_count;
  const ReviewUnmapped *types; /* most frequent first; at most 20 */
  uint32_t type_count;
} ReviewLandscape;

/* ---- the whole ------------------------------------------------------------------------- */

typedef struct Review {
  const ReviewRules *rules;
  ReviewSpan period, previous; /* previous.from MOT_NO_TIME: there is none */
  ReviewStep step;
  const ReviewSpan *points;    /* the sub-periods of the period; the first and last may be cut short */
  uint32_t point_count;
  const ReviewExperience *experiences; /* those asked for, as in the text */
  uint32_t experience_count;
  const ReviewTarget *targets; /* as many as the rules have, by number */
  const ReviewGoal *goals;     /* all, parents before children, in the order of the text */
  uint32_t goal_count;
  ReviewLandscape landscape;
  mot_run_stats run;           /* of all the data */
  int64_t earliest;            /* when the first thing recorded began; MOT_NO_TIME: nothing was */
} Review;

#endif
