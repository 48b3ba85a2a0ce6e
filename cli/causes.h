/*
 * causes.h - why events were rejected, counted, for the summary.
 */
#ifndef MOT_CLI_CAUSES_H
#define MOT_CLI_CAUSES_H

#include <stddef.h>
#include <stdint.h>

#include "mot/mot.h"

enum { CAUSES = 16, CAUSE_WORDS = 96 };

/* Why events were rejected, in words; what finds no room is counted in `others`. */
typedef struct Causes {
  struct Cause {
    char words[CAUSE_WORDS];
    uint64_t count;
  } causes[CAUSES];
  size_t used;
  uint64_t others;
} Causes;

/* Late events are not counted: their reason is that. */
void causes_count(Causes *causes, const mot_rejected *rejected);
/* On standard error: the most frequent, a line each.  Leaves `causes` in order of frequency. */
void causes_show(Causes *causes);

#endif
