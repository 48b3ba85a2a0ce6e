/*
 * values.h - values as texts and as numbers.
 */
#ifndef MOT_REPORT_VALUES_H
#define MOT_REPORT_VALUES_H

#include "report/fact.h"

enum { VALUE_ROOM = 40 };

/* What tells individuals apart, for people too: a text as it is, else a number, `yes` or `no`, written into
 * `room`.  Empty when there is no value. */
ReviewText review_value_text(const mot_value *value, char room[VALUE_ROOM]);
/* False: it is none (a text, a time, none). */
bool review_value_number(const mot_value *value, double *ret_number);

#endif
