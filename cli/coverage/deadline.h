/*
 * deadline.h - how close to their deadlines moments were tried.
 */
#ifndef MOT_CLI_COVERAGE_DEADLINE_H
#define MOT_CLI_COVERAGE_DEADLINE_H

#include "cli/coverage/track.h"

/* What it awaits happened at `time`, while it was open. */
void deadline_taken(Subject *subject, const Life *life, int64_t time);
/* An event or outcome: what was decided by its deadline before may have awaited it. */
void deadline_missed(Watch *watch, const mot_run *run, const mot_trace *step, const mot_trigger *happened);

#endif
