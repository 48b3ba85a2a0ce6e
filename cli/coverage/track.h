/*
 * track.h - a test that is watched.
 */
#ifndef MOT_CLI_COVERAGE_TRACK_H
#define MOT_CLI_COVERAGE_TRACK_H

#include "cli/coverage/lives.h"

typedef struct Watch {
  Coverage *coverage;
  const RulesCover *rules;
  Lives open, closed;    /* closed: decided by nothing but their deadline */
  Lives voided;          /* since the last event: by `void on`, of the journey or of their own */
  mot_trigger last[8];   /* what happened last: an event, and the outcomes behind it; the latest first */
} Watch;

/* The subject that demands of a MOT, or (mot MOT_NOT_FOUND) of a journey; NULL: none. */
Subject *watch_subject(const Watch *watch, uint32_t experience, uint32_t mot);

#endif
