/*
 * board.h - what is judged about many customers: metrics, targets, goals, and the alerts about them.
 *
 * There is one board in a run.  After the threads have evaluated a stretch of time, what their
 * meters took in comes together here, and everything due before the stretch's end is judged in the order
 * of time.  docs/managing.md says what it means.
 */
#ifndef MOT_RUNTIME_BOARD_H
#define MOT_RUNTIME_BOARD_H

#include "runtime/act_id.h"
#include "runtime/meter.h"
#include "runtime/outcome.h"

typedef struct Board Board;

/* `meters`: of each thread, the first in `mem`; they and the rest must live as long.  `kinds`: bit set of
 * OutcomeKind whose records are wanted.  All memory is of `mem`; leaves through mem->oom. */
Board *board_new(const Measures *measures, Meter *const *meters, unsigned meter_count, uint32_t kinds,
                 Mem *mem);
void board_free(Board *board);

/* Everything before `horizon`; `events`: those due before it, in order, of which acknowledgements are heard.
 * Records are appended to `outcomes`, in order. */
void board_run(Board *board, EventData *const *events, uint32_t count, int64_t horizon, Outcomes *outcomes);

/* An instant, at most `to`, before which no more than about `count` records of alerts that repeat come. */
int64_t board_horizon(const Board *board, int64_t to, uint32_t count);

/* How many alerts there are or may come to be, about. */
uint64_t board_alertable(const Board *board);

/* How a target stands, NULL: not judged yet; and an individual of one (a goal with `each`). */
const Standing *board_target(const Board *board, uint32_t target);
typedef struct GoalStanding {
  uint8_t state;             /* STANDING_ */
  double score, rolled_up;   /* negative: none */
  uint64_t cases;            /* of the target that gave the score */
} GoalStanding;
GoalStanding board_goal(Board *board, uint32_t goal);
/* Individual `index` of a goal with `each`, by name; false past the last. */
bool board_individual(Board *board, uint32_t goal, size_t index, GroupName *ret_name,
                      GoalStanding *ret_standing);
/* Whether a measure has had a case, or may have had one before its state was saved. */
bool board_seen(const Board *board, uint32_t measure);
/* Cases of a measure that found no place. */
uint64_t board_folded(const Board *board, uint32_t measure);
/* Records of alerts so far, wanted or not. */
const ActCounts *board_acts(const Board *board);

#endif
