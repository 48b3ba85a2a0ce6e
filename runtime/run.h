/*
 * run.h - what a run is made of.
 */
#ifndef MOT_RUNTIME_RUN_H
#define MOT_RUNTIME_RUN_H

#include "mot/mot.h"
#include "runtime/board.h"
#include "runtime/dedupe.h"
#include "runtime/engine.h"
#include "runtime/merge.h"
#include "runtime/rejects.h"
#include "runtime/sequence.h"
#include "runtime/state.h"
#include "runtime/trace.h"
#include "runtime/truths.h"
#include "runtime/types.h"
#include "runtime/workers.h"

/* The bytes of the source at hand. */
typedef struct Input {
  SourceName *source;     /* NULL: none has begun */
  mot_format format;
  Position at;            /* line and offset within the source, arrival within the run */
  bool fresh;             /* nothing of the source was looked at: a byte order mark, a header may come */
  bool unusable;          /* its header is none: the rest is passed over */
  bool skipping;          /* in a line that is too long */
  char *header;           /* of a CSV source, for a saved state */
  size_t header_len, header_room;
  char *buffer;           /* what does not make whole lines yet, or a block */
  size_t len, room;
  size_t left;            /* of that, what was left when whole lines were taken out last */
  size_t block;           /* bytes that are decoded together, about */
  size_t direct;          /* pieces of that size are decoded where they are */
  size_t max_line, batch; /* batch: lines decoded together at most; 0: as many as come */
} Input;

struct mot_rules {
  Mem mem;
  Arena arena;
  Module module;
  const Plan *plan;
  const Measures *measures;
  const RecordForms *forms;
  const struct LineStarts *lines; /* by source: places.h */
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
  Meter *meter;           /* NULL: nothing is measured */
  EventData **due;        /* events to evaluate; of the run's memory */
  size_t due_count, due_room;
  uint32_t open_count, open_at, open_to; /* undecided.h: keys; of those the next, the end of what comes together */
  StateIn in;             /* while a state is loaded */
  char *lines;            /* records as JSON */
  size_t lines_len, lines_room;
} Shard;

/* Events of a kind: accepted, and those of them that concerned a moment. */
typedef struct EventCount {
  uint64_t accepted, touched;
} EventCount;

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
  Meter **meters;         /* those of the shards; NULL: nothing is measured */
  Board *board;           /* … nor judged */
  Trace trace;
  bool traces;
  Merge merge;
  Rejects rejects;
  SourceName *typed;      /* stands for the source of typed events */
  size_t typed_batch;
  bool building;          /* between mot_event_begin and submit */
  int64_t horizon;        /* all before it was evaluated; INT64_MIN: nothing */
  int64_t goal;           /* all before it is due: what lies between is evaluated as its records are taken */
  size_t stretch;         /* events and timers evaluated together, about */
  int64_t repeats;        /* the shortest time after which an alert repeats; INT64_MAX: none does */
  int64_t end;            /* events from there on are passed over; INT64_MAX: none */
  int64_t now;            /* of an ended run: where the clock stopped */
  bool asks_open;         /* what is undecided is to be told at the end, and was not yet */
  bool telling;           /* … some of it was */
  uint64_t rejected, late, duplicates, unmapped, passed, bytes, told;
  Types types;            /* of unmapped events */
  EventCount *events;     /* by row of Event */
  const EventData **touched; /* of the stretch at hand */
  size_t touched_room;
  const OutcomeRecord **taken; /* those of mot_run_take_json */
  size_t taken_count, taken_room;
  char *lines;            /* what was handed out as JSON */
  size_t lines_room;
  char *said;             /* texts of the record at hand, ended by NUL */
  size_t said_room;
};

#endif
