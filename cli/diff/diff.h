/*
 * diff.h - what differs between two versions of rules: clauses, and, over events, how moments end.
 */
#ifndef MOT_CLI_DIFF_DIFF_H
#define MOT_CLI_DIFF_DIFF_H

#include <stdio.h>

#include "cli/quantity.h"
#include "cli/rules.h"
#include "mot/tools.h"

enum { DIFF_OLD, DIFF_NEW, DIFF_SIDES };
enum { DIFF_KINDS = MOT_CHANGE_GONE + 1, DIFF_OUTCOMES = MOT_OPEN + 1 };

/* How a moment or SCO ended under one of the rules. */
typedef struct DiffEnd {
  bool there;
  mot_outcome outcome;
  mot_reason reason;
  int64_t decided;           /* MOT_NO_TIME: it is open */
  char *because;             /* NULL: nothing */
} DiffEnd;

typedef struct DiffExample {
  char *key;                 /* "c045, o1000" */
  int64_t opened;
  bool moved;                /* the outcome is the same */
  DiffEnd end[DIFF_SIDES];
} DiffExample;

typedef struct DiffCounts {
  uint64_t opened, produced, missed, voided, open;
  uint64_t alerts, corrections, overdue; /* raised, opened; of those overdue */
} DiffCounts;

/* A target or goal as it stands at the end. */
typedef struct DiffStanding {
  const char *text[DIFF_SIDES]; /* as written; a goal's name; NULL: there is none */
  mot_state state[DIFF_SIDES];
  mot_value value[DIFF_SIDES];  /* NONE: none */
  uint64_t breached[DIFF_SIDES]; /* how often */
} DiffStanding;

typedef struct DiffStandings {
  DiffStanding *list;
  size_t count;
} DiffStandings;

typedef struct DiffRow {     /* a MOT, or the SCO of an experience */
  const char *name;          /* "OnTime", "SCO" */
  const char *was;           /* its name under the old rules, where that was another; NULL: not */
  uint32_t mot[DIFF_SIDES];  /* MOT_NOT_FOUND: an SCO, or not there */
  bool there[DIFF_SIDES];
  DiffCounts counts[DIFF_SIDES];
  uint64_t turned[DIFF_OUTCOMES][DIFF_OUTCOMES]; /* by old and new outcome */
  uint64_t moved;            /* the same outcome at another time, or voids for another reason */
  uint64_t only[DIFF_SIDES]; /* opened under these rules alone */
  DiffExample *examples;     /* the first that differ, by opening and key; other outcomes before other times */
  size_t example_count;
  DiffStandings targets;
} DiffRow;

typedef struct DiffExperience {
  const char *name;
  uint32_t number[DIFF_SIDES]; /* MOT_NOT_FOUND: not there */
  int64_t expires;             /* the longer one */
  uint64_t started[DIFF_SIDES], over[DIFF_SIDES];
  double disruption[DIFF_SIDES]; /* negative: none */
  uint64_t ended_otherwise;    /* journeys: by other means, or at another time */
  DiffRow *rows;               /* the SCO first */
  size_t row_count;
} DiffExperience;

typedef struct DiffRun {
  mot_run_stats stats[DIFF_SIDES];
  DiffExperience *experiences;
  size_t experience_count;
  DiffStandings goals;
} DiffRun;

typedef struct Diff {
  const char *path[DIFF_SIDES];  /* as shown */
  const char *label[DIFF_SIDES]; /* NULL: the path is shown */
  ModuleBytes module[DIFF_SIDES];
  mot_rules *rules[DIFF_SIDES];
  mot_comparison *comparison;
  size_t kinds[DIFF_KINDS];    /* changes of each kind */
  bool same_texts;             /* rule by rule, byte by byte */
  bool evaluated;              /* there were events */
  DiffRun run;
} Diff;

/* ---- facts ---- */
size_t diff_changes(const Diff *diff);
/* Whether anything but words changed, or ends differently. */
bool diff_differs(const Diff *diff);
uint64_t diff_row_differs(const DiffRow *row);   /* moments: another outcome, or only under one
                                                  * of the rules though both have the MOT */
uint64_t diff_run_differs(const DiffRun *run);
/* Produced among produced and missed, in percent; negative: none was decided. */
double diff_rate(const DiffCounts *counts);
const char *diff_kind_name(mot_change_kind kind);
const char *diff_of_name(mot_change_of of);
const char *diff_outcome_name(mot_outcome outcome);
const char *diff_reason_name(mot_reason reason);

/* ---- words that several formats share ---- */
enum { DIFF_TEXT = 512 };
/* "2 conditions, 1 bound, 1 text"; "no change in meaning" with what else there is. */
const char *diff_summary(const Diff *diff, char ret[DIFF_TEXT]);
/* "4 ended differently" … */
const char *diff_run_summary(const Diff *diff, char ret[DIFF_TEXT]);
/* What becomes of states saved under the old rules. */
const char *diff_state_words(const Diff *diff);
/* "produced 2026-03-09 13:12". */
const char *diff_end_words(const Diff *diff, const DiffEnd *end, char ret[DIFF_TEXT]);
/* "breached, 88.3 %". */
const char *diff_standing_words(const DiffStanding *standing, int side, char ret[DIFF_TEXT]);
const char *diff_rate_words(const DiffCounts *counts, char ret[SHOWN_MAX]);
bool diff_standing_changed(const DiffStanding *standing);

/* ---- formats, on standard output ---- */
void diff_text(const Diff *diff, bool color);
/* Its part about events. */
void diff_text_run(const Diff *diff, bool color);
/* Words from where the line stands at `column`, in 80 columns, with further lines below `indent`; ends the line. */
void diff_put_words(const char *text, size_t column, size_t indent);
bool diff_json(const Diff *diff);
void diff_markdown(const Diff *diff);

#endif
