/*
 * tally_state.h - tallies in a saved state.
 */
#ifndef MOT_RUNTIME_TALLY_STATE_H
#define MOT_RUNTIME_TALLY_STATE_H

#include "runtime/state.h"
#include "runtime/tally.h"

void tally_save(const Tally *tally, TallyKind kind, StateOut *out);
/* `tally` is empty; false, with in->error, for bytes that are no tally of that kind.  May leave through mem->oom. */
bool tally_load(Tally *tally, Mem *mem, TallyKind kind, StateIn *in);

#endif
