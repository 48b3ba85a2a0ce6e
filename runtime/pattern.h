/*
 * pattern.h - triggers that need more than the event at hand: counts, chains,
 * silences.  Their state stands in slots of the journey (or waiting) record.
 */
#ifndef MOT_RUNTIME_PATTERN_H
#define MOT_RUNTIME_PATTERN_H

#include "runtime/scene.h"

/* Numbers count within the experience. */
/* A match of a counting pattern: true when it is complete, which starts it anew. */
bool pattern_count(Scene *scene, uint32_t pattern);
/* A match of step `step` of a chain: true when it was taken; the last one taken makes the chain start anew. */
bool pattern_step(Scene *scene, uint32_t pattern, uint32_t step);
/* Binds step `step` to `bound`: its length, count of open days, or instant.  False: a fault. */
bool pattern_arm(Scene *scene, uint32_t pattern, uint32_t step, int64_t bound);
/* The silence counts from `from`; it is over `length` later (0 or less: never). */
void pattern_quiet(Scene *scene, uint32_t pattern, int64_t from, int64_t length);
/* When the silence is over; INT64_MAX: not counting. */
int64_t pattern_silence_due(const Scene *scene, uint32_t pattern);
/* It is over and does not count until the awaited event comes again. */
void pattern_silence_over(Scene *scene, uint32_t pattern);

#endif
