/*
 * exposition.h - the figures of a run for Prometheus, in its text format, as a file for the textfile collector.
 */
#ifndef MOT_CLI_EXPOSITION_H
#define MOT_CLI_EXPOSITION_H

#include "mot/mot.h"

/* Replaces the file as a whole.  `ended`: the run is over; `seconds`: how long it has run.  False after saying why not. */
bool exposition_write(const char *path, const mot_rules *rules, mot_run *run, bool ended, double seconds);

#endif
