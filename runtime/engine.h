/*
 * engine.h - evaluates the events of a share of the partitions: journeys, moments, timers.
 *
 * An engine belongs to one thread at a time.  It is given batches of events, in order of
 * (time, arrival), together with a horizon before which nothing more will come; it runs events
 * and timers of each key in their order and leaves records.  Neither the sizes of
 * batches nor the other engines make a difference to the records of a key.
 */
#ifndef MOT_RUNTIME_ENGINE_H
#define MOT_RUNTIME_ENGINE_H

#include "runtime/meter.h"
#include "runtime/outcome.h"
#include "runtime/partition.h"
#include "runtime/pattern.h"
#include "runtime/timers.h"
#include "runtime/vm.h"

typedef struct Engine Engine;

/* What happened, for the summary; by row of Experience and of Mot. */
typedef struct ExperienceCounts {
  uint64_t started, over, live, closing; /* journeys; live, closing: now */
  uint64_t sco[OUTCOME_END];             /* by outcome; OPEN: now */
  uint64_t expired, voided, ended;       /* of those that are over */
} ExperienceCounts;

typedef struct MotCounts {
  uint64_t opened, decided[OUTCOME_END]; /* by outcome; OPEN: now */
  uint64_t reasons[VOID_REASONS];        /* of the void */
} MotCounts;

typedef struct EngineCounts {
  uint64_t heard;      /* events that reached a journey, a start or a waiting record */
  uint64_t unreached;  /* used, but no journey of its key was there */
  uint64_t faults;     /* functions that faulted, or went on behind a fault */
  uint64_t bytes;      /* of state in use */
  ActCounts acts;      /* of its keys; whoever makes a record of an alert or correction counts it */
  ExperienceCounts *experiences;
  MotCounts *mots;
  uint64_t *touched;   /* by row of Event: opened a moment, or were tested by one that was open; but see engine_touched */
} EngineCounts;

typedef struct EngineOptions {
  uint32_t shard, shards;   /* it takes the partitions with hash % shards == shard */
  bool routed;              /* events of other engines' partitions are not given to it */
  uint32_t kinds;           /* bit set of OutcomeKind whose records are wanted; others are only counted */
  const char *key;          /* only partitions with this key value; NULL: all */
  uint32_t key_len;
  Meter *meter;             /* of this thread; NULL: nothing is measured */
  struct Trace *trace;      /* told all that it does; NULL: nobody watches */
} EngineOptions;

/* All memory from `mem`, leaving through mem->oom; after that only engine_free may follow.  `options` and what
 * it points to must live as long. */
Engine *engine_new(const Plan *plan, Mem *mem, const EngineOptions *options);
void engine_free(Engine *engine);

/* Events of time < `horizon`, in order; partitions of other engines are passed over.  Then every timer due
 * before `horizon`.  Records are appended to `outcomes` and sorted by outcomes_sort before it returns. */
void engine_run(Engine *engine, EventData *const *events, uint32_t count, int64_t horizon,
                Outcomes *outcomes);
/* An instant in (from, to] such that engine_run up to there meets about `count` timers at most, or those of the
 * second behind `from`, the horizon of the last engine_run. */
int64_t engine_horizon(const Engine *engine, int64_t from, int64_t to, uint32_t count);
/* Records of what is undecided, at `now`: the clock stopped there, and nothing is run after it. */
void engine_open(Engine *engine, int64_t now, Outcomes *outcomes);
/* The same some keys at a time, in the order of keys: how many there are; how one compares with one of another
 * engine with the same plan; the records of those from `from` up to before `to`. */
uint32_t engine_open_begin(Engine *engine);
int engine_open_order(const Engine *engine, uint32_t key, const Engine *other, uint32_t other_key);
void engine_open_some(Engine *engine, uint32_t from, uint32_t to, int64_t now, Outcomes *outcomes);
/* Events of the last engine_run that concerned a moment, of kinds that reach several key spaces; in the order of
 * the stream, perhaps twice.  They may stand in that of another engine too, so they are not in its counts. */
const EventData *const *engine_touched(const Engine *engine, uint32_t *ret_count);
/* Counts up to now; the arrays are the engine's. */
const EngineCounts *engine_counts(Engine *engine);

#endif
