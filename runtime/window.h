/*
 * window.h - windows of time: where they begin and end, and the panes that are kept.
 *
 * A pane is a stretch of time that no window begins or ends in, so that each window is a
 * whole number of panes.  docs/managing.md says how windows are laid out.
 *
 * Instants are microseconds; those before the year 1 become its beginning, those beyond 9999 INT64_MAX.
 * Nothing here takes longer for a longer window.
 */
#ifndef MOT_RUNTIME_WINDOW_H
#define MOT_RUNTIME_WINDOW_H

#include "bytecode/zonetime.h"

typedef struct WindowPlan {
  ZoneView zone;
  uint32_t kind;             /* WINDOW_ */
  uint32_t unit, step_unit;  /* UNIT_; of a tumbling window the step is the length */
  int64_t length, step;
} WindowPlan;

typedef struct Stretch {
  int64_t from, to;          /* [from, to); INT64_MAX: beyond all times */
} Stretch;

WindowPlan window_plan(const WindowRow *row, ZoneView zone);
/* The first end of a window after `t` (so > t); INT64_MAX: none that could be told. */
int64_t window_next_end(const WindowPlan *plan, int64_t t);
/* Where the window that ends at `end` begins; never earlier for a later end. */
int64_t window_begin(const WindowPlan *plan, int64_t end);
/* The pane that holds `t`. */
Stretch window_pane(const WindowPlan *plan, int64_t t);
/* The calendar period of `every` units (days or longer) in which `t` lies, or one `offset` periods later. */
Stretch window_period(ZoneView zone, uint32_t unit, int64_t every, int64_t t, int64_t offset);

#endif
