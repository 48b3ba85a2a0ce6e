/*
 * value_text.h - values of records in words, for people.
 */
#ifndef MOT_CLI_VALUE_TEXT_H
#define MOT_CLI_VALUE_TEXT_H

#include "cli/quantity.h"
#include "mot/mot.h"

/* "91.5 %", "45.00 EUR", "1 min 35 s", "4.2"; a text is cut where there is no more room; "-" when there is none. */
const char *shown_value(const mot_value *value, char ret[SHOWN_MAX]);

#endif
