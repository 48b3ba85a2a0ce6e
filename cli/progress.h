/*
 * progress.h - one line on a terminal that says how far a long run is.
 */
#ifndef MOT_CLI_PROGRESS_H
#define MOT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Progress {
  bool shown;       /* on this terminal, for this input */
  bool drawn;       /* a line stands there now */
  bool color;
  uint64_t total;   /* bytes, or what else is done one by one */
  double began, next; /* seconds of the clock */
} Progress;

/* Seconds of a clock that only goes forward. */
double clock_seconds(void);

/* Nothing is ever drawn when standard error is no terminal.  `wanted`: no records are written to it. */
void progress_begin(Progress *progress, uint64_t total, bool wanted, bool color);
/* Is it time to draw again?  A few times a second at most. */
bool progress_due(Progress *progress);
/* Bytes read and events taken so far. */
void progress_draw(Progress *progress, uint64_t bytes, uint64_t events);
/* The same for work that is done one by one: `done` of the total, "mutants". */
void progress_draw_count(Progress *progress, uint64_t done, const char *things);
/* Takes the line away. */
void progress_clear(Progress *progress);

#endif
