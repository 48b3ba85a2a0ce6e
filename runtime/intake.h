/*
 * intake.h - what comes in is decoded, put in order, and evaluated when it is due.
 */
#ifndef MOT_RUNTIME_INTAKE_H
#define MOT_RUNTIME_INTAKE_H

#include "runtime/run.h"

/* Whole lines of the source at hand; run->input.at moves to behind them. */
void intake_lines(mot_run *run, const char *text, size_t size);
/* Typed events, which wait in the batch of the first shard; one that is being built is given up. */
void intake_typed(mot_run *run);
/* One dead letter that is not the decoder's. */
void intake_reject(mot_run *run, const Reject *reject, SourceName *source);

#endif
