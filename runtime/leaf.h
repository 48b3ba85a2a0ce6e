/*
 * leaf.h - the leaves of a condition: when their clocks start and run out, what an
 * event makes of them, what time makes of them, pauses.
 *
 * All work on the scene's subject.  Deadlines stand in slots of its record: an instant, or,
 * while the clock stands, what is left of it.  Functions that return bool return false
 * for a fault.
 */
#ifndef MOT_RUNTIME_LEAF_H
#define MOT_RUNTIME_LEAF_H

#include "runtime/scene.h"

typedef enum Verdict { VERDICT_OPEN, VERDICT_TRUE, VERDICT_FALSE } Verdict; /* what state slots hold */

/* ---- the instructions of ops.def ---- */
void leaf_is(Scene *scene, uint32_t leaf, bool holds);
bool leaf_arm(Scene *scene, uint32_t leaf, uint32_t step);
bool leaf_arm_dynamic(Scene *scene, uint32_t leaf, uint32_t step, int64_t bound);
void leaf_move(Scene *scene, uint32_t leaf, uint32_t step, int64_t instant);
bool leaf_open(const Scene *scene, uint32_t leaf);
/* The leaf is open, the step's clock has begun and an event is still in time. */
bool leaf_waits(const Scene *scene, uint32_t leaf, uint32_t step);
/* *ret_taken: the leaf is open, the event in time, the step before holds.  Arms the next step when its bound is a
 * constant, which can fault. */
bool leaf_hit(Scene *scene, uint32_t leaf, uint32_t step, bool *ret_taken);
Verdict leaf_get(const Scene *scene, uint32_t leaf);

/* ---- time ---- */
/* The earliest instant not yet run at which time alone settles or closes something of the condition; INT64_MAX:
 * none (also when all that is left stands still).  It may lie beyond the expiry. */
int64_t condition_due(const Scene *scene);
/* Time has passed up to `t`, that included: settles what ends by then. */
void condition_pass(Scene *scene, int64_t t);
/* `ends on` at scene->now: settles what has no bound; a moment whose bounds run on stays open. */
void condition_ends(Scene *scene);
/* The journey is over at its expiry: all is settled as if nothing else ever happened. */
void condition_expires(Scene *scene);

/* ---- pauses: at scene->now ---- */
bool moment_paused(const Scene *scene);
void moment_stop(Scene *scene);
void moment_run(Scene *scene);
/* How long its clock has stood up to now, in microseconds. */
int64_t moment_stood(const Scene *scene);

#endif
