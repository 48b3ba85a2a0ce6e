/*
 * output.h - where what is covered goes, and whether it is enough.
 */
#ifndef MOT_CLI_COVERAGE_OUTPUT_H
#define MOT_CLI_COVERAGE_OUTPUT_H

#include "cli/coverage/model.h"

typedef struct CoverageOptions {
  bool wanted;
  bool has_min;
  double min;            /* percent */
} CoverageOptions;

/* --coverage, --coverage-min, --coverage-format, --coverage-out.  False after saying what is wrong. */
bool coverage_options_read(const Args *args, CoverageOptions *ret);
/* Writes it where it was asked to go: an exit code. */
int coverage_write(const Coverage *coverage, const Args *args, const CoverageOptions *options, bool color);

#endif
