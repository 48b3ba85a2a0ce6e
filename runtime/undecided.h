/*
 * undecided.h - the end of a run: what is undecided is told some keys at a time, in their order.
 *
 * All of it is of one instant, that at which the clock stopped, among the records of which it
 * belongs; those wait (merge_keep) until the keys around theirs have their turn.
 */
#ifndef MOT_RUNTIME_UNDECIDED_H
#define MOT_RUNTIME_UNDECIDED_H

#include "runtime/run.h"

/* The records of the next keys make a block; false: those were the last. */
bool undecided_tell(mot_run *run);

#endif
