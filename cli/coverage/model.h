/*
 * model.h - what the tests of rules have tried: each MOT, and each experience's SCO and journey, has demands, which
 * tests reach or do not.
 */
#ifndef MOT_CLI_COVERAGE_MODEL_H
#define MOT_CLI_COVERAGE_MODEL_H

#include <stdio.h>

#include "cli/args.h"
#include "mot/tools.h"

typedef enum DemandKind {
  /* of the journey */
  DEMAND_STARTED,                   /* number: the trigger */
  DEMAND_ENDED, DEMAND_EXPIRED, DEMAND_OVER_VOID,
  /* of a MOT */
  DEMAND_OPENED,                    /* number: the choice, the first of those at its place */
  DEMAND_VOIDED, DEMAND_SUPERSEDED, DEMAND_STILL_PAUSED,
  DEMAND_PAUSED, DEMAND_RESUMED,
  DEMAND_RISK,                      /* number: the action */
  DEMAND_NO_RISK,
  /* of a MOT or an SCO */
  DEMAND_PRODUCED, DEMAND_MISSED,
  DEMAND_HOLDS, DEMAND_FAILS,       /* number: the part */
  DEMAND_BEFORE, DEMAND_AT, DEMAND_AFTER, /* the deadline */
  /* not counted */
  DEMAND_RAISED,                    /* number: the action, an alert */
  DEMAND_CORRECTED, DEMAND_DONE, DEMAND_OVERDUE, /* number: the action, a correction */
  DEMAND_BREACHED, DEMAND_MET,      /* number: the target, within the MOT */
  DEMAND_GOAL_BREACHED, DEMAND_GOAL_MET /* number: the goal, within the experience */
} DemandKind;

typedef struct Demand {
  DemandKind kind;
  uint32_t number;
  uint64_t hits;
  int64_t nearest;                  /* of the deadline: how near the nearest try came that was none; -1: none came */
  bool late;                        /* … behind the deadline */
  mot_place place;                  /* where it is shown: in the declaration of its experience or MOT */
  mot_place origin;                 /* where what it is about stands, which may be in a pattern */
  char *about;                      /* the clause as written, in one line; the name of the goal */
} Demand;

/* A MOT, or (mot MOT_NOT_FOUND) the journey of an experience and its SCO. */
typedef struct Subject {
  const mot_rules *rules;
  uint32_t experience, mot;         /* numbers in those rules */
  const char *name, *title;
  size_t head;                      /* number of the subject that is its experience */
  size_t text;                      /* in which it is declared */
  mot_place place;
  Demand *demands;
  size_t count, room;
  uint64_t times;                   /* moments that opened, journeys that started */
  mot_trigger *awaits;
  size_t awaits_count;
} Subject;

/* A rule text. */
typedef struct CoverText {
  const char *name;                 /* as places have it */
  const char *text;                 /* ends with NUL */
  char *path;                       /* the file in which it stands; NULL: that cannot be told */
} CoverText;

/* What was declared by the rules of one file: numbers of subjects by numbers in the rules. */
typedef struct RulesCover {
  const mot_rules *rules;
  size_t *experiences, *mots;
  size_t experience_count, mot_count;
} RulesCover;

typedef struct Coverage {
  const Args *args;                 /* for --lib */
  CoverText *texts;
  Subject *subjects;                /* an experience, then its MOTs */
  RulesCover *rules;
  size_t text_count, subject_count, rules_count;
  size_t tests;                     /* that were run */
} Coverage;

typedef struct Share {
  uint64_t reached, demanded;
} Share;

/* Whether it counts; the others are only shown. */
bool demand_counts(const Demand *demand);
/* "never missed" */
void demand_put(const Subject *subject, const Demand *demand, FILE *out);
/* How near the nearest try was, "3 h 00 min before"; nothing when none came. */
void demand_put_nearest(const Demand *demand, FILE *out);
/* A word for programs: "missed". */
const char *demand_word(DemandKind kind);

Share share_of(const Subject *subject);
Share share_of_text(const Coverage *coverage, size_t text);
Share share_of_all(const Coverage *coverage);
/* In percent, 100 when nothing is demanded. */
double share_percent(Share share);
/* "59.6 %", never more than it is. */
const char *share_shown(Share share, char ret[40]);

#endif
