/*
 * session_state.h - what a run keeps beside its engines, in a saved state: where it stands in its input, what
 * is kept back, which ids it remembers, what it has counted.
 *
 *   i64 horizon, lateness, largest, watermark | u64 × 6 counts
 *   | source: u32 there is one | text name | u32 format | u32 flags | text header of CSV
 *   | u64 line, offset, arrival | u64 bytes fed and not decoded yet | they
 *   | u64 events kept back | each: u32 size, row | u64 ids | each: i64 time, text
 */
#ifndef MOT_RUNTIME_SESSION_STATE_H
#define MOT_RUNTIME_SESSION_STATE_H

#include "runtime/run.h"

/* All events that were decoded are in the sequence and kept. */
void session_put(StateOut *out, mot_run *run);
/* Into a fresh run; on failure in->failed is set. */
void session_get(StateIn *in, mot_run *run, bool lateness_is_given);

#endif
