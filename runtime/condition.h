/*
 * condition.h - the leaves joined: verdict, deadline, evidence.
 */
#ifndef MOT_RUNTIME_CONDITION_H
#define MOT_RUNTIME_CONDITION_H

#include "runtime/leaf.h"

/* A sentence of evidence, not yet in words: string of the module, in which {at}, {deadline}, {count} and {{ stand. */
typedef struct Evidence {
  uint32_t text;
  uint32_t pad;
  int64_t at;       /* for {at} or {deadline}: a sentence has one of them */
  int64_t count;
} Evidence;

/* What the subject's VERDICT function makes of its leaves now. */
Verdict condition_verdict(const Scene *scene);
/* The deadline as known now: when it would be decided if nothing more happened, by its own bounds or the expiry,
 * as runtime records and M_DEADLINE say it; INT64_MAX: none. */
int64_t condition_deadline(const Scene *scene);
/* The deadline as it was known just before what decided the subject: call it after the test, condition_pass,
 * condition_ends or condition_expires by which it was decided. */
int64_t condition_deadline_before(const Scene *scene);
/* The deadline when the subject will be missed then, if nothing happens; INT64_MAX: not by waiting. */
int64_t condition_risk(const Scene *scene);
/* The sentences of a verdict that was reached at scene->decided, in order, to be joined by " and "; at most `room`
 * are written, returns how many there are.  Which side speaks: tests/reference/README.md. */
uint32_t condition_evidence(const Scene *scene, Evidence *ret, uint32_t room);

/* The leaves whose sentences those are, likewise in order: tells of each what it holds. */
void condition_speakers(const Scene *scene, void (*tell)(const Scene *scene, uint32_t leaf, bool holds));

/* A sentence in words, times and count put in: at most evidence_room() bytes at `ret`; returns how many, not
 * ended by NUL.  Not escaped for JSON. */
size_t evidence_room(const Module *module, const Evidence *evidence);
size_t evidence_text(const Module *module, const Evidence *evidence, char *ret);

#endif
