/*
 * lives.h - moments and SCOs of a test that are open, or were.
 */
#ifndef MOT_CLI_COVERAGE_LIVES_H
#define MOT_CLI_COVERAGE_LIVES_H

#include "cli/coverage/model.h"

/* A moment or SCO that is open, or was decided by its deadline. */
typedef struct Life {
  uint32_t experience, mot, moment, journey;
  int64_t started, opened;
  int64_t deadline;      /* MOT_NO_TIME: none, or its clock stands */
  bool risked;
  char *keys;            /* of the journey, each behind its length; from malloc */
  size_t keys_size;
} Life;

typedef struct Lives {
  Life *data;
  size_t count, room;
} Lives;

/* Adds what opens, or is decided, in a step.  False: no memory. */
bool lives_add(Lives *lives, const mot_run *run, const mot_trace *step);
/* That of a step; NULL: there is none. */
Life *lives_find(Lives *lives, const mot_run *run, const mot_trace *step);
/* Takes it out; its keys become the caller's. */
Life lives_take(Lives *lives, Life *life);
bool lives_put(Lives *lives, Life life);
void lives_clear(Lives *lives);
void lives_free(Lives *lives);

/* Key `key` of its journey; NULL past the last. */
const char *life_key(const Life *life, size_t key, size_t *ret_size);
bool life_same_journey(const Life *life, const mot_run *run, const mot_trace *step);

#endif
