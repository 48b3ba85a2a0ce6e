/*
 * habits.h - what people write who know another language, and how it is said here.
 */
#ifndef MOT_GRAMMAR_HABITS_H
#define MOT_GRAMMAR_HABITS_H

#include "grammar/parser.h"

/* Help for the newest token where it cannot stand; NULL: none that is better than a
 * list of what can. */
const char *habit_help(const Parser *p);

#endif
