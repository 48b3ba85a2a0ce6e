/*
 * outcome.h - what a run tells: decided moments and SCOs, journeys that are over, what is still open.
 *
 * A record is one block without pointers, so that threads can hand it on; texts and
 * lists in it are offsets from its start.
 */
#ifndef MOT_RUNTIME_OUTCOME_H
#define MOT_RUNTIME_OUTCOME_H

#include "runtime/condition.h"

typedef enum OutcomeKind { /* as the bits of MOT_RECORD_ */
  OUTCOME_KIND_MOMENT, OUTCOME_KIND_SCO, OUTCOME_KIND_JOURNEY, OUTCOME_KIND_OPEN, OUTCOME_KIND_TARGET,
  OUTCOME_KIND_ALERT, OUTCOME_KIND_CORRECTION, OUTCOME_KIND_MEASURE, OUTCOME_KIND_GOAL, OUTCOME_KIND_SENTIMENT,
  OUTCOME_KINDS
} OutcomeKind;
typedef enum VoidReason { VOID_NONE, VOID_VOIDED, VOID_SUPERSEDED, VOID_PAUSED, VOID_FAULT, VOID_REASONS } VoidReason;
typedef enum JourneyEnd { JOURNEY_END_ENDED, JOURNEY_END_VOID, JOURNEY_END_EXPIRED } JourneyEnd;

typedef struct OutcomeText {
  uint32_t at, len;          /* in bytes, from the start of the record; of an array too */
} OutcomeText;

/* A value that may be missing; money is in minor units. */
typedef struct OutcomeValue {
  uint32_t type;             /* VALUE_; VALUE_NONE: there is none */
  uint32_t of;               /* MONEY: Currency row; LISTED: Listed row */
  union {
    int64_t i;
    double f;
    OutcomeText s;
  };
} OutcomeValue;

enum { OUTCOME_ALIGN = 8, OUTCOME_MOST = 1 << 30 };

typedef struct OutcomeRecord {
  uint32_t size;             /* bytes, a multiple of OUTCOME_ALIGN */
  uint8_t kind;              /* OutcomeKind */
  uint8_t outcome;           /* OUTCOME_; JOURNEY: of its SCO */
  uint8_t reason;            /* VoidReason */
  uint8_t end;               /* JOURNEY: JourneyEnd */
  uint32_t experience, mot;  /* rows; mot MOT_NONE: the SCO, the journey */
  int64_t time;              /* by which records are ordered: decided, at */
  int64_t opened;            /* started */
  int64_t deadline;          /* INT64_MAX: none */
  int64_t took, paused;      /* microseconds */
  int64_t started;           /* of its journey; with `journey` its name among those of its key */
  uint64_t number;           /* order among the records of its key */
  OutcomeText keys;          /* OutcomeText[]: each key of the experience, partition key first */
  OutcomeText evidence;      /* Evidence[]; none of a void */
  OutcomeValue group, impact; /* JOURNEY: impact is its value */
  uint32_t counts[OUTCOME_OPEN]; /* of a JOURNEY alone from here on: moments by outcome */
  uint32_t journey;          /* serial of its journey */
  double lost, weighed;      /* weights of moments missed, of those missed or produced */
} OutcomeRecord;

/* What a record of the kinds TARGET to SENTIMENT says beside; their `counts` and what follows do not count.
 * `keys` is empty in records without a key. */
typedef enum ActState { /* as mot_state */
  ACT_UNKNOWN, ACT_MET, ACT_BREACHED, ACT_RAISED, ACT_ESCALATED, ACT_REPEATED, ACT_ACKNOWLEDGED, ACT_CLEARED,
  ACT_OPENED, ACT_DONE, ACT_OVERDUE, ACT_WITHDRAWN, ACT_STATES
} ActState;
typedef enum ActCause { /* names in outcome_act.c */
  CAUSE_NONE, CAUSE_AT_RISK, CAUSE_MISSED, CAUSE_PRODUCED, CAUSE_VOID, CAUSE_BREACHED, CAUSE_MET, CAUSE_OVERDUE,
  CAUSE_DECIDED, CAUSE_ACKNOWLEDGED, CAUSE_OVER, CAUSE_DONE, CAUSE_WITHDRAWN, CAUSE_EXPIRED, CAUSES
} ActCause;

typedef struct ActRecord {
  OutcomeRecord base;        /* time: at; TARGET, GOAL, MEASURE: experience and mot MOT_NONE where they do not apply */
  uint8_t state, cause;      /* ActState, ActCause */
  uint8_t severity;          /* ALERT */
  uint8_t group_count;       /* of `groups`, with OTHER: none */
  uint32_t other;            /* 1: the group of those without a place */
  uint32_t owner;            /* Owner: ALERT to, CORRECTION by; MOT_NONE */
  uint32_t target, goal, metric; /* rows, or MOT_NONE */
  OutcomeText id, text;      /* ALERT, CORRECTION */
  int64_t due;               /* CORRECTION; INT64_MAX: none */
  int64_t from, to;          /* TARGET, MEASURE */
  OutcomeValue groups[2];    /* VALUE_NONE within group_count: the field was missing */
  OutcomeValue value;        /* VALUE_PERCENT: a fraction */
  uint64_t cases;
  double score, rolled_up;   /* GOAL; negative: none */
} ActRecord;

/* How often what records of alerts and corrections tell has happened, by state; also when nobody wants the
 * records.  Of alerts those that were raised and not cleared are active. */
typedef struct ActCounts {
  uint64_t alerts[ACT_STATES], corrections[ACT_STATES];
} ActCounts;

static inline bool outcome_is_act(const OutcomeRecord *record)
{
  return record->kind >= OUTCOME_KIND_TARGET;
}

static inline const void *outcome_at(const OutcomeRecord *record, OutcomeText text)
{
  return (const char *)record + text.at;
}
static inline uint32_t outcome_keys(const OutcomeRecord *record)
{
  return record->keys.len / (uint32_t)sizeof(OutcomeText);
}
static inline OutcomeText outcome_key(const OutcomeRecord *record, uint32_t key)
{
  return ((const OutcomeText *)outcome_at(record, record->keys))[key];
}

/* Where a record lies, with its time beside it: most comparisons need no more. */
typedef struct OutcomePlace {
  int64_t time;
  size_t at;                 /* bytes from the first record */
} OutcomePlace;

/* Records of a stretch of time, and how they are ordered. */
typedef struct Outcomes {
  Mem *mem;
  uint8_t *bytes;
  size_t size, room;
  OutcomePlace *places;
  uint32_t count, places_room;
} Outcomes;

void outcomes_init(Outcomes *outcomes, Mem *mem);
void outcomes_clear(Outcomes *outcomes);
void outcomes_free(Outcomes *outcomes);
static inline OutcomeRecord *outcomes_get(const Outcomes *outcomes, uint32_t i)
{
  return (OutcomeRecord *)(void *)(outcomes->bytes + outcomes->places[i].at);
}

void outcomes_grow(Outcomes *outcomes, size_t most);
/* Room for one more record of at most `most` bytes, no more than OUTCOME_MOST.  Until that is added it can be asked
 * for more: what was written stays, elsewhere. */
static inline OutcomeRecord *outcomes_room(Outcomes *outcomes, size_t most)
{
  bool fits = most <= outcomes->room - outcomes->size && outcomes->count < outcomes->places_room;
  if (!fits || most > OUTCOME_MOST) outcomes_grow(outcomes, most);
  return (OutcomeRecord *)(void *)(outcomes->bytes + outcomes->size);
}
/* Adds the record that was written there, of `size` bytes; sets its size. */
static inline void outcomes_add(Outcomes *outcomes, OutcomeRecord *record, uint32_t size)
{
  record->size = (size + OUTCOME_ALIGN - 1) / OUTCOME_ALIGN * OUTCOME_ALIGN;
  outcomes->places[outcomes->count++] = (OutcomePlace){record->time, outcomes->size};
  outcomes->size += record->size;
}

/* Negative, zero or positive: the total order: time; partition key value as bytes, then its field name; number.
 * Records without a key come after those with one, by number. */
int outcome_order(const Plan *plan, const OutcomeRecord *a, const OutcomeRecord *b);
/* Puts the places in that order.  Records come nearly in order of time. */
void outcomes_sort(const Plan *plan, Outcomes *outcomes);

/* What is the same in all records of a MOT or an experience (names, people, weights), as JSON, made once.
 * Immutable: all threads of a run share it.  `plan` must live as long; the memory is `arena`'s. */
typedef struct RecordForms RecordForms;
const RecordForms *record_forms_new(const Plan *plan, Arena *arena);

/* One line of JSON with its line feed; returns its length.  `ret` has room for outcome_json_room(record) bytes. */
size_t outcome_json_room(const RecordForms *forms, const OutcomeRecord *record);
size_t outcome_json(const RecordForms *forms, const OutcomeRecord *record, char *ret);
/* The same of many, most of a few days. */
struct DayTexts;
size_t outcome_json_of(const RecordForms *forms, const OutcomeRecord *record, struct DayTexts *days, char *ret);
/* Its evidence in words, escaped as in JSON, without quotes; likewise. */
size_t outcome_because_room(const RecordForms *forms, const OutcomeRecord *record);
size_t outcome_because(const RecordForms *forms, const OutcomeRecord *record, char *ret);

/* "breached", "raised", …; "at risk", "missed", …; "low", … */
const char *act_state_word(uint32_t state);
const char *act_cause_word(uint32_t cause);
const char *act_severity_word(uint32_t severity);

#endif
