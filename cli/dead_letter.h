/*
 * dead_letter.h - an event that was not taken, as a line of JSON.
 */
#ifndef MOT_CLI_DEAD_LETTER_H
#define MOT_CLI_DEAD_LETTER_H

#include "cli/sink.h"
#include "mot/mot.h"

/* False when nothing more can be written. */
bool dead_letter_put(Sink *sink, const mot_rejected *rejected);

#endif
