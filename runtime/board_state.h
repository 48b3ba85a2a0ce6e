/*
 * board_state.h - a board in a saved state.
 */
#ifndef MOT_RUNTIME_BOARD_STATE_H
#define MOT_RUNTIME_BOARD_STATE_H

#include "runtime/board.h"
#include "runtime/state.h"

/* Between two calls of board_run. */
void board_save(Board *board, StateOut *out);
/* `board` is fresh; `horizon`: all before it was judged.  False, with in->error, for what no board wrote.  May leave
 * through mem->oom. */
bool board_load(Board *board, StateIn *in, int64_t horizon);

#endif
