/*
 * used.h - which kinds of events are read.
 */
#ifndef MOT_TESTS_REFERENCE_USED_H
#define MOT_TESTS_REFERENCE_USED_H

#include "compiler/program.h"

/* Sets, beside program->events, those that some experience uses. */
void used_kinds(const Program *program, bool *used);

#endif
