/*
 * tale.h - an engine that is told stories: small rules, events by name and minute, and what came of them in a
 * few words.
 *
 * A story is words apart by spaces:  Go@0 A:c2@10 Due:45@12 |@60
 *   KIND[:KEY|:NUMBER]@MINUTE   an event; the key is c1 when none is said; a number is the minute
 *                               in its field `due`
 *   |@MINUTE                    all that is due before that minute runs
 *   Ack:ID@MINUTE  Done:ID@MINUTE  an alert is acknowledged, a correction done
 * What comes of it:  produced M c1@10  void(superseded) M c1@12  sco missed c1@60  ended c1@70
 *   raised(missed) ben M c1@60  opened(missed) care M c1@60  cleared(over) ben sco c1@70
 */
#ifndef MOT_TESTS_TALE_H
#define MOT_TESTS_TALE_H

#include "runtime/decode.h"
#include "runtime/engine_state.h"

#define TALE_MINUTE INT64_C(60000000)
#define TALE_START INT64_C(1772445600000000) /* minute 0 */

typedef struct Tale {
  Arena *arena;
  Mem *mem;
  Module module;
  const Plan *plan;
  EngineOptions options;
  Engine *engine;
  Decoder *decoder;
  EventBatch batch;
  Outcomes outcomes;
  Buf out;
  bool piecemeal;          /* each event in a batch of its own */
} Tale;

/* The experience's clauses between `manager` and the end; memory of the run is `mem`'s.  Kinds: Go, Bye, A,
 * B, P, Q { customer: id }, Due { customer: id  due: time }. */
Tale *tale_new(Arena *arena, Mem *mem, const char *clauses);
/* Its engine gives back all that it holds. */
void tale_free(Tale *tale);
const char *tale_play(Tale *tale, const char *story);
/* What is open at that minute, likewise. */
const char *tale_open(Tale *tale, int minute);

#endif
