/*
 * acts.h - alerts and corrections of journeys: the contract between their parts.
 *
 *   act.c         on blocks, ids, what is active under an id
 *   risk.c        moments at risk: when
 *   alert.c       alerts: raised, go up, repeat, are cleared
 *   correction.c  corrections: open, are tested, done, overdue, withdrawn
 *   act_emit.c    their records and texts
 *   notice.c      events that name an id
 *
 * A correction is a record among the open moments of its journey.  An alert is a record in a list of its own,
 * that begins behind the record of the journey (ExperiencePlan.alerts).
 */
#ifndef MOT_RUNTIME_ACTS_H
#define MOT_RUNTIME_ACTS_H

#include "runtime/engine_state.h"

typedef struct Alert {
  Handle next, prev;          /* in its journey: the next older one, the next younger one */
  Handle journey;
  Handle subject;             /* at risk: its moment until that is decided; overdue: its correction; else 0 */
  Handle text;                /* 0 while it waits */
  uint32_t action;            /* row; overdue: that of the correction */
  uint32_t to;                /* Owner */
  uint32_t serial;            /* when it began among the openings of its key */
  uint32_t flags;             /* ALERT_ bits; 0: not in use */
  uint32_t pad;
  int64_t opening;            /* in its id */
  int64_t raised;             /* while it waits: when it will be */
  int64_t deadline;           /* at risk: that of the moment */
  int64_t escalates, repeats, clears; /* next; INT64_MAX: not */
} Alert;

enum {
  ALERT_WAITS = 1,            /* `for`: it is not raised yet */
  ALERT_ACTIVE = 2,
  ALERT_ACKNOWLEDGED = 4,
  ALERT_OVERDUE = 8           /* of a correction */
};

/* Behind the slots of a moment's record, when its MOT has actions at risk (MotPlan.risks_at). */
typedef struct Risk {
  int64_t due;                /* INT64_MAX: not */
  int64_t ran_for;            /* the deadline for which it ran last */
} Risk;
typedef struct Risks {
  int64_t deadline;           /* at which it will be missed if nothing happens; INT64_MAX: none */
  Risk each[];                /* by action at risk */
} Risks;

/* Behind the slots of a correction's record. */
typedef struct CorrectionTail {
  int64_t due;                /* INT64_MAX: none */
  int64_t opening;            /* in its id */
  uint32_t marks;             /* CORRECTION_ bits */
  uint32_t pad;
} CorrectionTail;

enum {
  CORRECTION_HOPELESS = 1,    /* its condition cannot become true any more */
  CORRECTION_OVERDUE = 2
};

static inline Alert *alert_at(const Engine *engine, Handle alert)
{
  return heap_at(&engine->alerts, alert);
}
/* Row of Correction. */
static inline uint32_t correction_row(const Engine *engine, const MomentHeader *correction)
{
  return correction->mot - engine->module->Mot_count;
}
static inline CorrectionTail *correction_tail(const Engine *engine, MomentHeader *correction)
{
  uint32_t size = engine->plan->mots[correction->mot].size;
  return (CorrectionTail *)(void *)((uint8_t *)correction + size - sizeof(CorrectionTail));
}
/* The youngest alert of a journey that can have some. */
static inline Handle *journey_alerts(const Engine *engine, JourneyHeader *journey)
{
  return (Handle *)(void *)((uint8_t *)journey + engine->plan->experiences[journey->experience].alerts);
}

/* ---- act.c ---- */

/* What is known of the actions of a module. */
struct ActFacts {
  const ActRule *rules;       /* by row of Action */
  const uint32_t *mots;       /* likewise: MOT_NONE: of the SCO, or not of a journey */
  const uint32_t *corrections; /* Action by row of Correction */
};
const ActFacts *act_facts(Engine *engine);

/* `on` blocks of the subject at hand, whose record was told; `deadline`: that of the moment. */
void act_moment(Engine *engine, Handle moment, uint8_t outcome, int64_t deadline);
void act_sco(Engine *engine, uint8_t outcome);
/* `on at risk`: an action (row) of the moment at hand. */
void act_at_risk(Engine *engine, Handle moment, uint32_t action, int64_t deadline);

typedef enum ActKind { ACT_ALERT, ACT_CORRECTION } ActKind;
typedef struct ActId {
  const char *text;           /* good until the next id is made */
  uint32_t len;
} ActId;
/* The id of an action, about the journey at hand. */
ActId act_id(Engine *engine, uint32_t action, int64_t opening, bool overdue);
/* What is active under an id: the alert, the moment that is a correction; 0: nothing. */
Handle act_find(const Engine *engine, ActKind kind, ActId id);
void act_add(Engine *engine, ActKind kind, ActId id, Handle handle);
void act_remove(Engine *engine, ActKind kind, ActId id);

/* ---- risk.c ---- */

/* The moment at hand, one of a MOT with risks, opened or tested an event: what is due. */
void risks_update(Engine *engine, Handle moment);
/* All of the MOTs in `bits` in the journey at hand: what D is made of may have changed. */
void risks_look(Engine *engine, uint32_t bits);
/* A timer of the moment at hand. */
void risk_fires(Engine *engine, Handle moment, uint32_t risk, int64_t due);
bool risks_sound(const Engine *engine, MomentHeader *moment);
void risks_resume(Engine *engine, Handle moment);

/* ---- alert.c ---- */

/* Raises an alert of the subject at hand. */
void alert_raise(Engine *engine, uint32_t action, int64_t opening);
/* The moment at hand is at risk. */
void alert_at_risk(Engine *engine, Handle moment, uint32_t action, int64_t deadline);
/* Its deadline moved, or its clock stands: what waits is forgotten. */
void alerts_forget(Engine *engine, Handle moment);
/* A moment of the journey at hand is decided: what it was at risk for clears. */
void alerts_decided(Engine *engine, Handle moment);
/* A correction of the journey at hand is overdue; is done or withdrawn. */
void alert_overdue(Engine *engine, Handle correction);
void alert_settled(Engine *engine, Handle correction, ActCause cause);
/* The journey at hand is over. */
void alerts_over(Engine *engine);
/* An active alert of the journey at hand. */
void alert_acknowledge(Engine *engine, Handle alert);
/* A timer of an alert of the journey at hand. */
void alert_fires(Engine *engine, Handle alert, uint32_t phase);
/* The instant of its next timer, INT64_MAX: none, and what it is for: the first of those at that instant. */
typedef enum AlertPhase { ALERT_CLEARS, ALERT_RAISES, ALERT_ESCALATES, ALERT_REPEATS } AlertPhase;
int64_t alert_due(const Alert *alert);
AlertPhase alert_phase(const Alert *alert);
/* Puts an alert among those of the journey at hand, as the youngest. */
void alert_link(Engine *engine, Handle alert);

/* ---- correction.c ---- */

/* Opens a correction for the subject at hand, unless one is open under its id. */
void correction_open(Engine *engine, uint32_t action, int64_t opening);
/* The event or outcome at hand; `function`: its test, MOT_NONE: none. */
void correction_hears(Engine *engine, Handle correction, uint32_t function);
/* Leaves of the correction at hand were settled: true when that makes it done. */
bool correction_settled(Engine *engine, Handle correction);
/* The one at hand is done, or withdrawn. */
void correction_close(Engine *engine, Handle correction, ActState state, ActCause cause);
/* Withdraws all that are open in the journey at hand. */
void corrections_withdraw(Engine *engine, ActCause cause);
/* The timer of its due instant. */
void correction_is_due(Engine *engine, Handle correction, int64_t due);
/* Timers of the one at hand, which is of a saved state. */
void correction_resume(Engine *engine, Handle correction);

/* ---- act_emit.c ---- */

/* The text of an alert about the subject at hand, kept among the texts. */
Handle act_text(Engine *engine, uint32_t action, int64_t deadline);
Handle act_text_overdue(Engine *engine, uint32_t action, const CorrectionRow *row);
void tell_alert(Engine *engine, const Alert *alert, ActState state, ActCause cause);
/* `cause` CAUSE_NONE: what opened it. */
void tell_correction(Engine *engine, MomentHeader *correction, ActState state, ActCause cause);
/* What raised an alert, what opens a correction. */
ActCause act_cause(const ActionRow *row);

/* ---- notice.c ---- */

/* `std.alert.Acknowledged`, `std.correction.Done`. */
void notice_hears(Engine *engine, const EventData *event, const RouteFacts *facts);

#endif
