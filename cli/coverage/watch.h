/*
 * watch.h - what a test reaches, seen step by step.
 */
#ifndef MOT_CLI_COVERAGE_WATCH_H
#define MOT_CLI_COVERAGE_WATCH_H

#include "cli/coverage/track.h"
#include "cli/test/case.h"

void watch_begin(Watch *watch, Coverage *coverage, const RulesCover *rules);
/* For CaseOptions; `user` is a Watch. */
bool watch_step(void *user, mot_run *run, const mot_trace *step);
/* The test is over: what its records tell besides. */
void watch_end(Watch *watch, const TestCase *test);

#endif
