/*
 * session.h - calls of a run, and the evaluation of what is due.
 *
 *   bytes -> input -> intake: all threads decode -> sequence: one puts in order
 *                     -> session_evaluate: all threads, each its partitions -> merge -> records
 */
#ifndef MOT_RUNTIME_SESSION_H
#define MOT_RUNTIME_SESSION_H

#include "runtime/run.h"

/* One part of a call, which may leave through run->mem.oom.  Sets run->status when it fails. */
typedef void (*SessionBody)(mot_run *run, void *user);
/* Does it and returns the status of the call; after a refusal of memory the answer is always MOT_NO_MEMORY. */
mot_status session_call(mot_run *run, SessionBody body, void *user);
/* Sets status and words of a call that goes wrong. */
void session_fail(mot_run *run, mot_status status, const char *format, ...)
  __attribute__((format(printf, 3, 4)));
/* Leaves when a job of the workers was refused memory. */
void session_need(mot_run *run, bool done);

/* Events before `horizon` and timers due before it become due.  They are evaluated stretch of time by stretch,
 * so that the records of one are taken before those of the next are made: the first one now, the others by
 * session_next.  After that all decoded rows that are kept back are copied and the batches are empty. */
void session_evaluate(mot_run *run, int64_t horizon);
/* What is due and left, until a record waits; nothing when one does. */
void session_next(mot_run *run);
/* All that is due and left. */
void session_rest(mot_run *run);
/* A part of it; false: nothing was left. */
bool session_some(mot_run *run);
/* All of it as a call of its own; false when memory is, or was, refused. */
bool session_finish(mot_run *run);
/* What became due by the watermark. */
void session_go_on(mot_run *run);

#endif
