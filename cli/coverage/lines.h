/*
 * lines.h - what is covered, by lines of a rule text.
 */
#ifndef MOT_CLI_COVERAGE_LINES_H
#define MOT_CLI_COVERAGE_LINES_H

#include "cli/coverage/model.h"

typedef struct LineCover {
  bool there;      /* a clause that is demanded begins on it */
  uint64_t hits;
  Share share;     /* of the demands shown at it */
} LineCover;

typedef struct Lines {
  LineCover *all;  /* by line, from 1 */
  uint32_t count;
} Lines;

/* False: no memory.  lines_free behind it. */
bool lines_of(const Coverage *coverage, size_t text, Lines *ret);
void lines_free(Lines *lines);

#endif
