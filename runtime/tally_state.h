/*
 * tally_state.h - tallies in a saved state.
 */
#ifndef MOT_RUNTIME_TALLY_STATE_H
#define MOT_RUNTIME_TALLY_STATE_H

#include "runtime/state.h"
#include "runtime/tally.h"

void tally_save(const Tally *tally, TallyKind kind, StateOut *out);
/* `tally` is empty, and stays so when the result is false, with in->error: the bytes are no tally of that
 * kind.  When it left through mem->oom the tally can only be freed. */
bool tally_load(Tally *tally, Mem *mem, TallyKind kind, StateIn *in);

#endif
