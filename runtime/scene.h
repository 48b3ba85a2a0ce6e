/*
 * scene.h - what is at hand while a function of the module runs.
 */
#ifndef MOT_RUNTIME_SCENE_H
#define MOT_RUNTIME_SCENE_H

#include "runtime/event.h"
#include "runtime/plan.h"
#include "runtime/record.h"

/* What the letter S stands for: an open moment, a correction, or the SCO of a journey. */
typedef struct Subject {
  uint8_t *record;            /* of the SCO: the journey's */
  MomentHeader *moment;       /* NULL: the SCO */
  PauseHeader *pause;         /* NULL: its clock cannot stand */
  const SlotRow *slots;       /* slot 0 of its owner */
  const ConditionRow *condition; /* NULL: none */
  int64_t opened;
  bool ran;                   /* its own timer of this very instant has run */
  bool lasts;                 /* a correction: the end of its journey ends nothing */
} Subject;

/* Texts that records gave up while something may still look at them. */
typedef struct TextDrops {
  Handle *texts;
  uint32_t count, room;
} TextDrops;

/* What the letter G stands for: aggregates of a metric or target, by place; `get` fills one in. */
typedef struct Aggregated {
  int64_t i;
  double f;
  bool known;                 /* it has cases */
} Aggregated;

typedef struct Group {
  Aggregated (*get)(const struct Group *group, uint32_t aggregate);
} Group;

typedef struct Scene {
  const Plan *plan;
  Heap *texts;                /* of all records */
  TextDrops *drops;           /* given back by the engine between two events */
  int64_t now;                /* the instant at hand */

  const EventData *event;     /* E; NULL: none, or an outcome (then `now` is its time) */

  JourneyHeader *journey;     /* J; also a waiting record */
  const SlotRow *journey_slots;
  const char *key;            /* of its partition */
  uint32_t key_len;
  int64_t expiry;             /* start + expires, saturated */

  Subject subject;            /* S, C */
  bool moved;                 /* set when a deadline of the subject was armed or moved */
  bool settled;               /* set when a leaf of its condition was settled */
  int64_t before;             /* its deadline just before an event or time first changed it; INSTANT_NONE: nothing has */

  const uint8_t *outcome;     /* O: record of the moment (SCO: journey) whose outcome is heard */
  const SlotRow *outcome_slots;
  int64_t outcome_opened;
  int64_t outcome_start;      /* of its journey, from which T48 slots count */

  uint32_t mot;               /* whose trigger runs, for OPEN */
  int64_t decided;            /* for M_TOOK */
  int64_t deadline;           /* for M_DEADLINE; INT64_MAX: none */

  const Group *group;         /* G */
  struct Trace *trace;        /* of what happens, told to those who watch (trace.h); NULL: nobody does */
  uint64_t *faults;           /* counts those behind which the function went on; NULL: nobody asks */
} Scene;

/* Points the scene at a subject, of which nothing has moved or been settled yet. */
void scene_moment(Scene *scene, MomentHeader *moment);
void scene_sco(Scene *scene);
/* Points it at a journey: slots, expiry; the key is the caller's. */
void scene_journey(Scene *scene, JourneyHeader *journey);
/* Handle of further key `key` (1 …) of a journey. */
Handle *journey_key(const Plan *plan, JourneyHeader *journey, uint32_t key);
/* When `ends on` came to a journey: one of an experience that can have it. */
static inline int64_t *journey_ended_at(const Plan *plan, JourneyHeader *journey)
{
  return (int64_t *)(void *)((uint8_t *)journey + plan->experiences[journey->experience].ended);
}
/* Keeps `text` in a text slot, the old one is dropped, unless it says the same. */
void scene_store_text(Scene *scene, const SlotRow *slot, void *record, const char *text, uint32_t len);
/* instant + length, INT64_MAX when that is beyond it. */
static inline int64_t instant_after(int64_t instant, int64_t length)
{
  int64_t sum;
  return __builtin_add_overflow(instant, length, &sum) ? length > 0 ? INT64_MAX : INT64_MIN : sum;
}

#endif
