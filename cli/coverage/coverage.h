/*
 * coverage.h - what is to be covered, collected from rules.
 */
#ifndef MOT_CLI_COVERAGE_COVERAGE_H
#define MOT_CLI_COVERAGE_COVERAGE_H

#include "cli/coverage/model.h"

/* Adds the demands of the rules in the file `path`; the experiences of files that these use count too, once when they are
 * added from several files.  The rules stay.  Numbers are given in order: coverage->rules.  False: no memory. */
bool coverage_add(Coverage *coverage, const char *path, const mot_rules *rules);
void coverage_free(Coverage *coverage);
/* Those of rules that were added. */
const RulesCover *coverage_rules(const Coverage *coverage, const mot_rules *rules);

#endif
