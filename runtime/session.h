/*
 * session.h - what a run is made of, and the way of events through it.
 *
 *   bytes -> input -> intake: all threads decode -> sequence: one puts in order
 *                     -> session_evaluate: all threads, each its partitions -> merge -> records
 */
#ifndef MOT_RUNTIME_SESSION_H
#define MOT_RUNTIME_SESSION_H

#include "mot/mot.h"
#include "runtime/dedupe.h"
#include "runtime/engine.h"
#include "runtime/input.h"
#include "runtime/merge.h"
#include "runtime/rejects.h"
#include "runtime/sequence.h"
#include "runtime/state.h"
#include "runtime/truths.h"
#include "runtime/workers.h"

struct mot_rules {
  Mem mem;
  Arena arena;
  Module module;
  const Plan *plan;
  const RecordForms *forms;
};

/* What belongs to one thread. */
typedef struct Shard {
  Decoder *decoder;
  EventBatch batch;       /* events decoded and not put in order yet */
  Truths truths;          /* their predicates */
  RejectList rejects;     /* those between them */
  const char *text;       /* its part of the block that is decoded */
  size_t size;
  Position at;            /* how far that part goes, counted from its beginning */
  Engine *engine;
  EngineOptions options;
  EventData **due;        /* events to evaluate; of the run's memory */
  size_t due_count, due_room;
  StateIn in;             /* while a state is loaded */
  char *lines;            /* records as JSON */
  size_t lines_len, lines_room;
} Shard;

typedef enum RunState { RUN_OPEN, RUN_ENDED, RUN_REFUSED } RunState;

struct mot_run {
  Mem mem;
  const mot_rules *rules;
  const Plan *plan;
  RunState state;
  mot_status status;      /* of the call at hand */
  mot_error error;
  Workers *workers;
  Shard *shards;
  Engine **engines;       /* those of the shards, for state_put_engines */
  StateOut *saving;       /* NULL: not now */
  unsigned threads;
  unsigned records;       /* bits of the kinds that are wanted */
  char *key;              /* a copy of the option; NULL: all keys */
  size_t key_size;
  Input input;
  Sequence sequence;
  Held held;
  Dedupe dedupe;
  bool dedupes;
  Merge merge;
  Rejects rejects;
  SourceName *typed;      /* stands for the source of typed events */
  size_t typed_batch;
  bool building;          /* between mot_event_begin and submit */
  uint32_t event;         /* that is built */
  int64_t horizon;        /* all before it was evaluated; INT64_MIN: nothing */
  int64_t now;            /* engine_open: where the clock stopped */
  bool opens;             /* the job at hand: also what is undecided */
  uint64_t rejected, late, duplicates, unmapped, bytes, told;
  const OutcomeRecord **taken; /* those of mot_run_take_json */
  size_t taken_count, taken_room;
  char *lines;            /* what was handed out as JSON */
  size_t lines_room;
};

/* One part of a call, which may leave through run->mem.oom.  Sets run->status when it fails. */
typedef void (*SessionBody)(mot_run *run, void *user);
/* Does it and returns the status of the call; after a refusal of memory the answer is always MOT_NO_MEMORY. */
mot_status session_call(mot_run *run, SessionBody body, void *user);
/* Sets status and words of a call that goes wrong. */
void session_fail(mot_run *run, mot_status status, const char *format, ...)
  __attribute__((format(printf, 3, 4)));
/* Leaves when a job of the workers was refused memory. */
void session_need(mot_run *run, bool done);

/* Events before `horizon` and timers due before it; after that all decoded rows that are kept back are copied
 * and the batches are empty. */
void session_evaluate(mot_run *run, int64_t horizon);
/* What became due by the watermark. */
void session_go_on(mot_run *run);
/* Evaluates typed events that wait. */
void session_take_typed(mot_run *run);
/* Input has ended; `until` MOT_NO_TIME: at the latest event. */
void session_end(mot_run *run, int64_t until);

/* intake.c: decodes whole lines, and puts what comes of them in order. */
void intake_lines(mot_run *run, const char *text, size_t size);
/* The same for typed events, which wait in the batch of the first shard. */
void intake_typed(mot_run *run);
/* One dead letter that is not the decoder's. */
void intake_reject(mot_run *run, const Reject *reject, SourceName *source);

#endif
