/*
 * evaluate.h - the same events under both rules.
 */
#ifndef MOT_CLI_DIFF_EVALUATE_H
#define MOT_CLI_DIFF_EVALUATE_H

#include "cli/diff/diff.h"

/* Evaluates the events that the command names behind the rules; EXIT_FINE, or an exit code after saying why not. */
int diff_evaluate(const Args *args, Diff *diff);
void diff_run_free(DiffRun *run);

#endif
