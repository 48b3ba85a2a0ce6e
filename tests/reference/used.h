/*
 * used.h - which kinds of events are of use: every other kind is unmapped.
 */
#ifndef MOT_TESTS_REFERENCE_USED_H
#define MOT_TESTS_REFERENCE_USED_H

#include "compiler/program.h"

/* used[i]: the i-th kind of the program is what an experience, a target or a metric reads. */
void used_kinds(const Program *program, bool *used);
/* There is something to acknowledge: alerts, or corrections, of which alerts come when they are overdue. */
bool has_alerts(const Program *program);
/* A correction is done by an event with its id. */
bool waits_for_done(const Program *program);

#endif
