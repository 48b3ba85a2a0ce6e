/*
 * trace.h - what a run does, step by step, for those who watch it: steps are kept until they are taken.
 *
 * The parts of the engine tell their steps here when scene->trace says that somebody watches; they tell of the
 * subject and journey at hand.  All may leave through mem->oom.
 */
#ifndef MOT_RUNTIME_TRACE_H
#define MOT_RUNTIME_TRACE_H

#include "runtime/condition.h"
#include "runtime/outcome.h"

typedef enum TraceKind { /* as mot_trace_kind */
  TRACE_EVENT, TRACE_STARTED, TRACE_OPENED, TRACE_TAKEN, TRACE_DEADLINE, TRACE_PAUSED, TRACE_RESUMED, TRACE_RISK,
  TRACE_RISK_OVER, TRACE_PART, TRACE_DECIDED, TRACE_OVER
} TraceKind;

typedef struct TraceStep {
  uint8_t kind;               /* TraceKind */
  uint8_t outcome, reason, end; /* OUTCOME_, VoidReason, JourneyEnd */
  bool holds, by_event;
  uint32_t event, experience, mot; /* rows, or MOT_NONE */
  uint32_t journey, moment;   /* serials */
  uint32_t number;            /* of the choice, part or action within the MOT; MOT_NONE */
  uint32_t key_count;
  int64_t time;
  int64_t started, opened;    /* INT64_MIN: none */
  int64_t deadline;           /* INT64_MAX: none */
  size_t reached;
  size_t row;                 /* EVENT: where its row is among the bytes */
  size_t keys;                /* where their lengths (u32 each) are; behind these, the texts */
} TraceStep;

typedef struct Trace {
  Mem *mem;
  TraceStep *steps;
  uint8_t *bytes;             /* rows and keys of steps, each at a multiple of 8 */
  size_t count, taken, room;
  size_t size, bytes_room;
} Trace;

void trace_init(Trace *trace, Mem *mem);
void trace_free(Trace *trace);
/* The next step; NULL: there is none.  It and what it refers to stay until the next one is told. */
const TraceStep *trace_take(Trace *trace);
const EventData *trace_row(const Trace *trace, const TraceStep *step);
/* Key `key` of a step, of which it has more. */
const char *trace_key(const Trace *trace, const TraceStep *step, uint32_t key, uint32_t *ret_len);

/* ---- what the engine tells ---- */

/* The event at hand, in the partition of a key. */
void trace_event(const Scene *scene, const char *key, size_t key_len, size_t reached);
/* The journey at hand; its SCO, whose clocks run, becomes the subject at hand. */
void trace_started(Scene *scene);
/* The moment at hand opens by a choice, a number within its MOT; `fault`: its opening function faulted. */
void trace_opened(const Scene *scene, uint32_t choice, bool fault);
void trace_taken(const Scene *scene, uint32_t leaf);
/* The deadline of the subject at hand, to be compared. */
int64_t trace_deadline(const Scene *scene);
/* It is no more what it was. */
void trace_moved(const Scene *scene, int64_t before);
/* The clock of the moment at hand stopped, or runs again. */
void trace_clock(const Scene *scene);
/* An action (a number within the MOT) of the moment at hand. */
void trace_risk(const Scene *scene, uint32_t action, bool holds);
/* The subject at hand, and before that the parts that say why. */
void trace_decided(const Scene *scene, uint8_t outcome, VoidReason reason, int64_t deadline, bool by_event);
void trace_over(const Scene *scene, JourneyEnd end);

#endif
