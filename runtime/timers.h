/*
 * timers.h - what is due when.
 *
 * Three stores: lanes, each for timers of one delay, which are set in order of time and
 * so lie in a row, first in, first out; a hierarchical wheel for all others; and a small
 * heap, in exact order, of those that are due before the horizon.  Setting, and
 * letting one lapse, cost O(1).
 *
 * Timers are hints: nothing is taken back when a deadline moves or a moment is decided.
 * Whoever takes a timer asks its subject whether it is due at that very instant, and
 * drops it when not; who changes an instant sets a new timer.
 *
 * The wheel is that of Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987.
 */
#ifndef MOT_RUNTIME_TIMERS_H
#define MOT_RUNTIME_TIMERS_H

#include "runtime/heap.h"

/* In the order in which timers of one key and instant run. */
typedef enum TimerKind {
  TIMER_SILENCE,     /* subject: journey; part: pattern */
  TIMER_RISK,        /* moment; action */
  TIMER_MOMENT,      /* moment */
  TIMER_CORRECTION,  /* correction; its condition, its due instant */
  TIMER_SCO,         /* journey */
  TIMER_EXPIRY,      /* journey */
  TIMER_ALERT,       /* alert; when due, by what is: see alert_arm() */
  TIMER_KINDS
} TimerKind;

typedef struct Timer {
  int64_t due;
  Handle subject;
  uint32_t kind : 3, part : 29; /* part: which pattern or action of the subject */
} Timer;

/* A timer that is due before the horizon. */
typedef struct DueTimer {
  int64_t due;
  uint32_t serial;   /* when its subject opened: smaller is earlier, modulo 2^32 */
  Handle subject;
  uint32_t kind : 4, part : 28; /* kind: of an alert TIMER_ALERT and more */
  uint32_t pad;
} DueTimer;

typedef struct Timers Timers;

/* `delays`: of each lane; `kinds`: of its timers. */
Timers *timers_new(Mem *mem, const int64_t *delays, const uint32_t *kinds, uint32_t lanes);
void timers_free(Timers *timers);

/* Sets a timer of a lane: due at now + its delay.  Falls back to the wheel when that is before the lane's
 * latest.  INT64_MAX is never. */
void timers_set_lane(Timers *timers, uint32_t lane, int64_t due, Handle subject);
void timers_set(Timers *timers, Timer timer);

/* Moves on to `horizon` and hands out each timer due before it, in no order, in portions: fills `ret` with at
 * most `room`, returns how many; 0 when there are no more.  A lane knows its timers' instants only to
 * 65 ms: `due` of those is a lower bound, so that some handed out are due at or after the horizon; who
 * takes them sets them anew. */
uint32_t timers_take(Timers *timers, int64_t horizon, Timer *ret, uint32_t room);

/* An instant in (from, to] before which about `count` timers are due, or as many as fall into the second (in a
 * lane: 65 ms) behind `from`.  Timers before `from` were taken.  Takes about as long as looking at so many. */
int64_t timers_horizon(const Timers *timers, int64_t from, int64_t to, uint32_t count);

/* Those due before the horizon, in order of (due, kind, serial, part). */
void timers_due_push(Timers *timers, DueTimer timer);
/* False when there is none. */
bool timers_due_top(const Timers *timers, DueTimer *ret);
void timers_due_pop(Timers *timers);

/* Bytes in use and reserved, for the statistics. */
size_t timers_bytes(const Timers *timers);

#endif
