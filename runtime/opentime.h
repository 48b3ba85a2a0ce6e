/*
 * opentime.h - calendars: when they are open, and how much open time lies
 * between two instants; days of a zone.
 *
 * Instants and lengths are microseconds, instants since 1970-01-01 UTC.  A
 * wall-clock time that a clock change skips is the first instant after it, a
 * repeated one the first of the two.  Opening hours are half-open: at closing
 * time the calendar is closed.  Functions that return bool return false when the
 * result would lie beyond the year 9999 (or before the year 1), or when a length
 * is negative; then *ret is untouched.  None takes longer than a walk over the
 * clock changes and closed days that lie between: whole weeks without any are
 * stepped over at once.
 */
#ifndef MOT_RUNTIME_OPENTIME_H
#define MOT_RUNTIME_OPENTIME_H

#include "bytecode/zonetime.h"

/* A calendar to compute with; `week` and `week_days` are worked out once. */
typedef struct OpenTime {
  ZoneView zone;
  const OpenHoursRow *hours;
  const ClosedDaysRow *closed;
  uint32_t hours_count, closed_count;
  int64_t week;       /* open time of a week in which the clock does not change */
  uint32_t week_days; /* its days that open at all */
  uint32_t first_of[8]; /* hours of weekday w: rows first_of[w] to first_of[w + 1] */
} OpenTime;

/* View of a calendar of a verified module. */
OpenTime open_time(const Module *module, uint32_t calendar);

bool is_open(const OpenTime *calendar, int64_t t);
/* `t` itself if open then, else the next opening. */
bool next_open(const OpenTime *calendar, int64_t t, int64_t *ret);
/* The first instant by which `length` of open time has passed since `t`: a closing time if it ends with
 * the working day, `t` for a length of 0. */
bool add_open(const OpenTime *calendar, int64_t t, int64_t length, int64_t *ret);
/* Open time in [from, to); 0 if that is empty. */
int64_t open_between(const OpenTime *calendar, int64_t from, int64_t to);
/* The close of the `n`-th open day (n >= 1) after the local day of `t`. */
bool add_open_days(const OpenTime *calendar, int64_t t, int64_t n, int64_t *ret);
/* Likewise, but only closes at or after `from` count: for a clock that stood. */
bool nth_close(const OpenTime *calendar, int64_t t, int64_t from, int64_t n, int64_t *ret);
/* How many closes of days after the local day of `t` lie in [from, to]. */
int64_t closes_between(const OpenTime *calendar, int64_t t, int64_t from, int64_t to);

/* The first instant, and the last microsecond, of the local day of `t`. */
bool start_of_day(ZoneView zone, int64_t t, int64_t *ret);
bool end_of_day(ZoneView zone, int64_t t, int64_t *ret);
/* The same wall-clock time `days` calendar days later (earlier, when negative). */
bool add_days(ZoneView zone, int64_t t, int64_t days, int64_t *ret);

#endif
