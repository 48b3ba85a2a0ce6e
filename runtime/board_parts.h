/*
 * board_parts.h - what a board keeps, and the contract between its parts:
 *
 *   board_run.c     instants in their order
 *   board_judge.c   windows: metrics, targets
 *   board_goal.c    attainment, scores, states of goals
 *   board_alert.c   alerts about targets
 *   board_emit.c    records
 */
#ifndef MOT_RUNTIME_BOARD_PARTS_H
#define MOT_RUNTIME_BOARD_PARTS_H

#include "runtime/board.h"

/* An alert about a target (an individual of one); also one that waits to be raised. */
typedef struct BoardAlert {
  uint32_t action, target;   /* rows */
  int64_t opened;            /* when the target changed */
  int64_t since;             /* when it was raised, or began to wait */
  int64_t raise_at, clear_at, escalate_at, repeat_at; /* INT64_MAX: not */
  uint32_t to;               /* Owner: who has it now */
  uint8_t cause;             /* CAUSE_BREACHED, CAUSE_MET */
  uint8_t clears;            /* … what clears it at clear_at */
  bool active, acknowledged;
  uint32_t heard;            /* acknowledged at this very instant: as which, from 1; 0: not */
  uint32_t type, len;        /* of the individual's name; type VALUE_NONE: none */
  char *name;
} BoardAlert;

enum { JUDGED_NOT, JUDGED_EMPTY, JUDGED }; /* EMPTY: a window without any case */

struct Board {
  const Measures *measures;
  const Module *module;
  const Plan *plan;
  Mem *mem;
  Meter *const *meters;
  unsigned meter_count;
  Series *series;            /* those of the first meter */
  uint32_t kinds;
  Arena arena;
  const ActRule *rules;      /* by Action */
  uint32_t acknowledged;     /* Event row and field of std.alert.Acknowledged; MOT_NONE */
  uint32_t acknowledged_id;
  int64_t *next;             /* by measure: the end of the window to judge; INT64_MAX: nothing there */
  uint8_t *judged;           /* by measure: at the instant at hand, JUDGED_ */
  Tally *scratch;            /* as many as any measure has; in use for `scratch_of`, NULL: empty */
  const Measure *scratch_of;
  uint8_t *goals;            /* STANDING_, by goal */
  double *scores, *rolled;   /* by goal, when they were worked out */
  uint64_t *cases;
  SeriesGroup **individuals; /* of a goal with `each`, by name; good until something is judged */
  size_t individual_room;
  uint32_t individual_count, individuals_of;
  int64_t due;               /* nothing happens before */
  int64_t now;               /* the instant at hand */
  BoardAlert *alerts;        /* by target, name, since */
  size_t alert_room;
  uint32_t alert_count, heard; /* heard: acknowledgements at this instant so far */
  Scene scene;
  ActCounts acts;
  Outcomes *outcomes;
  uint64_t number;           /* of the next record */
};

/* ---- board_judge.c ---- */
/* Judges the window of a target or metric that ends now. */
void judge_target(Board *board, uint32_t target);
void judge_metric(Board *board, uint32_t metric);
/* Whether a value is on the right side. */
bool target_holds(const TargetRow *row, TallyValue value);

/* ---- board_goal.c ---- */
/* Works out the scores of all goals as they stand. */
void goals_score(Board *board);
/* State of a goal (of its individuals) after its targets were judged: records of changes. */
void goals_tell(Board *board);
GoalStanding goal_individual(const Board *board, uint32_t goal, const GroupName *name);

/* ---- board_alert.c ---- */
/* A target (of an individual: its group) was breached or met. */
void alerts_change(Board *board, uint32_t target, const SeriesGroup *group, bool breached);
/* An acknowledgement of an id, at the instant at hand. */
void alerts_hear(Board *board, const char *id, uint32_t len);
/* All that is due at the instant at hand, in order. */
void alerts_act(Board *board);
/* When the first is due. */
int64_t alerts_due(const Board *board);
BoardAlert *alert_insert(Board *board, const BoardAlert *alert);
void alert_free(Board *board, BoardAlert *alert);

/* ---- board_emit.c ---- */
void emit_target(Board *board, uint32_t target, const SeriesGroup *group, const Standing *standing);
void emit_measure(Board *board, uint32_t metric, const SeriesGroup *group, Stretch window, TallyValue value,
                  uint64_t cases);
void emit_goal(Board *board, uint32_t goal, const GroupName *name, GoalStanding standing);
void emit_alert(Board *board, const BoardAlert *alert, uint8_t state, uint8_t cause);
/* The id of an alert; bytes at `to`, which has room for alert_id_room(). */
size_t alert_id(const Board *board, const BoardAlert *alert, char *to);
size_t alert_id_room(const Board *board, const BoardAlert *alert);

#endif
