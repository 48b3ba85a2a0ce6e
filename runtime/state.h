/*
 * state.h - a run's state as bytes: written piece by piece, read back with every piece checked.
 *
 *   "mots" | u32 version | hash of the rules (16) | what its writers put | XXH3-128 of all before (16)
 *
 * Little-endian, without padding; independent of the number of threads.  Timers are not
 * written: they are set anew from the records.
 *
 * Writing: state_out_new, state_put_…, state_out_end, state_out_free.  Reading: state_in_begin,
 * state_get_… in the same order, state_in_end.  A reader that has failed gives zeroes, so that only loops
 * need to look.
 */
#ifndef MOT_RUNTIME_STATE_H
#define MOT_RUNTIME_STATE_H

#include "runtime/engine.h"

enum { STATE_VERSION = 3 };

/* ---- writing ---- */

typedef struct StateOut StateOut;
/* Takes `size` bytes; false: it cannot, nothing more is asked of it. */
typedef bool (*StateSink)(void *user, const void *bytes, size_t size);

/* `mem`: for a buffer; leaves through mem->oom. */
StateOut *state_out_new(const Plan *plan, Mem *mem, StateSink sink, void *user);
void state_out_free(StateOut *out);
/* Writes the rest; false when the sink refused some of it. */
bool state_out_end(StateOut *out);

void state_put_u32(StateOut *out, uint32_t value);
void state_put_u64(StateOut *out, uint64_t value);
void state_put_i64(StateOut *out, int64_t value);
void state_put_f64(StateOut *out, double value);
/* The bytes alone: their number is known, or was put before. */
void state_put_bytes(StateOut *out, const void *bytes, size_t size);
/* u32 length, then the bytes. */
void state_put_text(StateOut *out, const char *text, uint32_t len);
/* All that the engines of a run keep, and the sums of their counts. */
void state_put_engines(StateOut *out, Engine *const *engines, unsigned count);

/* ---- reading ---- */

/* A place in the bytes; a copy of it reads on independently. */
typedef struct StateIn {
  const Plan *plan;
  const uint8_t *at, *end;
  bool failed;
  char error[200];          /* what is wrong, for whoever runs the rules; "" when nothing is */
} StateIn;

/* False with in->error: not a state, of another version or other rules, damaged. */
bool state_in_begin(StateIn *in, const Plan *plan, const void *bytes, size_t size);
/* False with in->error: something failed, or is left. */
bool state_in_end(StateIn *in);
/* The first failure is kept.  Returns false. */
bool state_fail(StateIn *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

uint32_t state_get_u32(StateIn *in);
uint64_t state_get_u64(StateIn *in);
int64_t state_get_i64(StateIn *in);
/* Fails when it is not finite. */
double state_get_f64(StateIn *in);
/* A u64 that says how many items of at least `least` bytes follow: more than can be there fail. */
uint64_t state_get_count(StateIn *in, size_t least);
/* `size` bytes, good as long as those of the state; NULL when there are not so many. */
const void *state_get_bytes(StateIn *in, size_t size);
/* As state_put_text; *ret_len is 0 and the result "" when it failed. */
const char *state_get_text(StateIn *in, uint32_t *ret_len);
/* What an engine takes, by its options, of what state_put_engines wrote; the first engine of a run also takes
 * the counts.  `engine` is fresh; `horizon`: all before it was evaluated.  Each engine of a run reads the
 * same bytes with a copy of `in`, in its own thread.  NULL as engine: they are passed over. */
void state_get_engine(StateIn *in, Engine *engine, int64_t horizon);

#endif
