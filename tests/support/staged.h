/*
 * staged.h - engines run without a session: rules and events of a folder, in order, in parts; the
 * state saved and loaded between.
 */
#ifndef MOT_TESTS_STAGED_H
#define MOT_TESTS_STAGED_H

#include "runtime/decode.h"
#include "runtime/engine.h"
#include "runtime/state.h"

enum { STAGED_ENGINES = 3 };

/* Rules, and their events in order of (time, arrival). */
typedef struct Stage {
  Arena *arena;
  Mem mem;
  jmp_buf oom;
  Module module;
  const Plan *plan;
  const RecordForms *forms;
  EventBatch batch;
  EventData **events;
  uint32_t count;
} Stage;

typedef struct Cast {
  const Stage *stage;
  Engine *engines[STAGED_ENGINES];
  unsigned count;
  int64_t horizon;
  Buf records; /* as JSON */
} Cast;

/* False: the folder has no rules that compile alone, or no events. */
bool stage_open(Stage *stage, Arena *arena, const char *folder);
/* Likewise from texts. */
bool stage_text(Stage *stage, Arena *arena, const char *name, const char *rules, const char *events);
void stage_close(Stage *stage);

void cast_begin(Cast *cast, Stage *stage, unsigned engines);
void cast_end(Cast *cast);
/* Events from `from` up to `to`, then timers before `horizon`. */
void cast_run(Cast *cast, uint32_t from, uint32_t to, int64_t horizon);
/* What is still open at `now`. */
void cast_open(Cast *cast, int64_t now);
/* The state, in the arena of the stage. */
Buf cast_save(const Cast *cast);
/* Engines that are new take it up; false with `error`. */
bool cast_load(Cast *cast, Stage *stage, unsigned engines, Buf state, char *error, size_t room);

#endif
