/*
 * plan.h - what a run works out once from a module: which key spaces there are, what each
 * event does in which experience, how big records are, which timers run in lanes.
 *
 * A plan is immutable once made, so that all threads of a run share it.
 */
#ifndef MOT_RUNTIME_PLAN_H
#define MOT_RUNTIME_PLAN_H

#include "runtime/opentime.h"

/* Experiences with the same partition key (the first name of `for`) share a key space. */
typedef struct KeySpace {
  uint32_t name;                      /* string of the module */
  uint32_t rank;                      /* its place among all, by name as bytes: for the order of records */
} KeySpace;

/* One step: a function for a MOT or correction, or for the journey (mot is MOT_NONE). */
typedef struct MotStep {
  uint32_t mot, function;
} MotStep;

typedef struct MotSteps {
  const MotStep *data;
  uint32_t len;
} MotSteps;

/* What an experience does on one trigger: its handler, taken apart.  MOT_NONE: no such function. */
typedef struct HandlerPlan {
  uint32_t experience, trigger, handler; /* rows */
  uint32_t history;                   /* X_HIST */
  MotSteps voids;                     /* X_VOID, in order until one answers true; most only keep answers */
  uint32_t ends;                      /* X_ENDS */
  uint32_t sco;                       /* X_SCO */
  uint32_t starts, start;             /* X_STARTS: the test, and what fills the record */
  MotSteps mot_voids, pauses, tests, opens;
  MotSteps corrections, correction_voids; /* tests, `void on` of their MOT; numbered as in Plan.mots */
  const uint32_t *keys;               /* by key of the experience: field, counted within the event, MOT_NONE:
                                       * none; NULL: outcome */
  uint32_t key_count;
} HandlerPlan;

/* What one kind of event does in one key space. */
typedef struct Route {
  uint32_t space, key;                /* the field that holds the partition key, counted within the event */
  const HandlerPlan *const *handlers; /* in order of declaration of the experiences */
  uint32_t handler_count;
} Route;

typedef struct EventPlan {
  const Route *routes;                /* by key space */
  uint32_t route_count;
  bool mapped;                        /* some experience, metric or target uses it */
} EventPlan;

typedef struct MotPlan {
  uint32_t size;                      /* bytes of a record */
  uint32_t lane;                      /* timers of its moments with the delay of the lane; MOT_NONE: none */
  const HandlerPlan *const *listeners[2]; /* by OUTCOME_MISSED, OUTCOME_PRODUCED, in order of experiences */
  uint32_t listener_count[2];
  uint32_t risks, risks_at;           /* how many actions are AT_RISK; what is due: offset in its record */
  uint8_t acts;                       /* bits of outcomes for which it has actions; all, when it has risks */
} MotPlan;

typedef struct ExperiencePlan {
  uint32_t size;                      /* of a journey's record, with what stands behind it */
  uint32_t further;                   /* offset of those handles (u32 each) */
  uint32_t ended;                     /* offset of the instant of `ends on` (i64); 0: it has none */
  uint32_t space;
  uint32_t expiry_lane, sco_lane;     /* MOT_NONE: none */
  bool waits;                         /* `starts on` needs waiting records */
  uint8_t acts;                       /* bits of outcomes of its SCO for which it has actions */
  uint32_t alerts;                    /* offset of the youngest alert (u32); 0: it has none */
  const HandlerPlan *const *listeners[2]; /* of its SCO's outcome */
  uint32_t listener_count[2];
  const uint32_t *silences;           /* its QUIET patterns, counted within it, in order of the text */
  uint32_t silence_count;
} ExperiencePlan;

/* A lane: timers that are all due the same time after they were set. */
typedef struct LanePlan {
  int64_t delay;
  uint32_t kind;                      /* TimerKind */
} LanePlan;

typedef struct Plan {
  const Module *module;
  const KeySpace *spaces;
  uint32_t space_count;
  const EventPlan *events;            /* by row of Event */
  const ExperiencePlan *experiences;
  const MotPlan *mots;                /* by row of Mot; behind them corrections, by row */
  const LanePlan *lanes;
  uint32_t lane_count;
  uint32_t acknowledged, done;        /* events that name an alert, a correction; MOT_NONE */
  const OpenTime *calendars;          /* by row of Calendar */
  const ZoneView *zones;              /* by row of Zone */
  const struct ActRule *actions;      /* by row of Action: what ids call them, act_id.h */
  const struct VmProgram *program;    /* the functions made ready to run: vm_program() of vm_program.h */
} Plan;

/* Whether events of a kind name an alert or a correction, wherever that is. */
static inline bool is_notice(const Plan *plan, uint32_t event)
{
  return event == plan->acknowledged || event == plan->done;
}

/* Makes the plan of a verified module, which must live as long; all its memory is in `arena`. */
const Plan *plan_new(const Module *module, Arena *arena);

#endif
