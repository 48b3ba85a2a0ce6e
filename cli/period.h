/*
 * period.h - stretches of the calendar as they are typed: 2016, 2016-Q1, 2016-03, 2016-W09, 2016-03-05, or from one
 * to another, 2016-01..2016-03.
 */
#ifndef MOT_CLI_PERIOD_H
#define MOT_CLI_PERIOD_H

#include "mot/mot.h"

/* The stretch [*ret_from, *ret_to) in the zone of the rules' stream, in microseconds since 1970.  Of two parts the
 * second is included whole.  False: the text is no such stretch. */
bool period_read(const mot_rules *rules, const char *text, int64_t *ret_from, int64_t *ret_to);

#endif
