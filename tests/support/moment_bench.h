/*
 * moment_bench.h - one moment's condition played through a short story, without an engine.
 *
 * Times are minutes since Monday 2026-03-02 00:00 UTC, when the journey starts and the moment
 * opens; it expires after 30 days.  "60-" and "60+" are a microsecond before and behind.
 */
#ifndef MOT_TESTS_MOMENT_BENCH_H
#define MOT_TESTS_MOMENT_BENCH_H

#include "runtime/condition.h"
#include "runtime/pattern.h"

#define MINUTE INT64_C(60000000)
#define BENCH_START INT64_C(1772409600000000)

typedef struct Bench {
  Arena *arena;
  Module module;
  Plan plan;
  Scene scene;
  JourneyHeader *journey;
  MomentHeader *moment;
} Bench;

/* A journey with an open moment whose `smoto` and further clauses are given, armed as far as bounds are constants.
 * Events A, B, C, P, Q, and Word with a text `word`, a time `due` and a duration `wait`; calendars Office
 * (UTC, Monday to Friday 09:00..17:00, closed on the 5th) and Night (Amsterdam, daily 01:00..05:00). */
Bench *bench_moment(Arena *arena, const char *smoto, const char *clauses);
/* A journey with a pattern: `when` of the moment. */
Bench *bench_when(Arena *arena, const char *when);
/* Another moment of the same rules, opened at a minute. */
void bench_open(Bench *bench, int64_t minute);
/* Timers before the instant run; then it is now. */
void bench_come(Bench *bench, int64_t instant);

/*
 * Plays a story: words apart by blanks, until the condition is decided:
 *
 *   0.1@60      an event of minute 60 hits step 1 of leaf 0; 0.1+1.0@60 hits both, in this order
 *   0.0=90@60   step 0 of leaf 0 is moved to minute 90
 *   stop@30 run@40      its clock
 *   ends@50             `ends on`
 *   time@60             the timers of minute 60 run
 *
 * then time goes on to the expiry.  Says what it comes to: "true@60 by 120: A at …", where 120 was the
 * deadline as known just before.
 */
const char *bench_play(Bench *bench, const char *story);

/* A condition, what happens to it, and what it must come to. */
typedef struct Story {
  const char *smoto, *story, *comes_to;
} Story;

/* Plays stories, each with a moment of its own and the clauses `more`; fails at one that comes to something else. */
void bench_tell(Arena *arena, const char *more, const Story *stories, size_t count);

#endif
