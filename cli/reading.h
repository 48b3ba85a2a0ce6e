/*
 * reading.h - sources of events read into a run, one after the other.
 */
#ifndef MOT_CLI_READING_H
#define MOT_CLI_READING_H

#include "cli/content.h"
#include "cli/sources.h"

typedef struct Reading {
  mot_run *run;
  Content content;
  bool threads;              /* the run has several: a thread of its own reads ahead */
  bool (*take)(void *user);  /* what became ready, after each block; false: it cannot go on */
  void *user;
} Reading;

/* False after saying why the events could not all be read (what `take` says is its own). */
bool reading_sources(const Reading *reading, const Sources *sources);
/* Of a call of the run: false after saying what went wrong. */
bool reading_fine(const Reading *reading, mot_status status);

#endif
