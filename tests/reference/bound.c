/*
 * bound.c - when a clock runs out, with all the pauses so far.
 */
#include "tests/reference/reference.h"

Scene subject_env(Run *run, const Subject *subject, const Entry *entry)
{
  Scene env = {.run = run, .journey = subject->journey, .subject = subject};
  env.at = entry ? entry->item : subject->opening;
  env.log = entry ? entry->log : subject->opened_log;
  env.now = entry ? entry->time : subject->opened;
  return env;
}

bool bound_start(const View *view, Scene *env, const Bound *bound, int64_t from, Clock *clock)
{
  (void)view;
  *clock = (Clock){.runs = true, .from = from};
  if (bound->kind == BOUND_NONE) return true;
  Value value = value_of(env, bound->value);
  if (!value.known || (bound->kind != BOUND_BY && value.i <= 0)) env->fault = true;
  clock->length = value.i;
  return !env->fault;
}

/* ---- pauses ---- */

typedef struct Pauses {
  const Subject *subject;
  uint32_t entries, next;
} Pauses;

/* The next pause that is not over at `from`: [*begins, *ends), ends NEVER while it lasts. */
static bool next_pause(Pauses *pauses, int64_t from, int64_t *begins, int64_t *ends)
{
  const Entry *entries = pauses->subject->entries.data;
  while (pauses->next < pauses->entries) {
    uint32_t i = pauses->next++;
    if (entries[i].pause != PAUSE_STOPS) continue;
    *begins = entries[i].time;
    *ends = NEVER;
    for (uint32_t k = i + 1; k < pauses->entries; k++) {
      if (entries[k].pause != PAUSE_RUNS) continue;
      *ends = entries[k].time;
      break;
    }
    if (*ends > from) return true;
  }
  return false;
}

static int64_t plus(int64_t a, int64_t b)
{
  int64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? NEVER : sum;
}

/* ---- within ---- */

static int64_t advance(const Run *run, const Bound *bound, int64_t from, int64_t left)
{
  if (bound->kind == BOUND_WITHIN) return plus(from, left);
  return left == 0 ? calendar_next_open(run, bound->calendar, from)
                   : calendar_add_open(run, bound->calendar, from, left);
}

static int64_t passed_between(const Run *run, const Bound *bound, int64_t from, int64_t to)
{
  return bound->kind == BOUND_WITHIN ? to - from : calendar_open_between(run, bound->calendar, from, to);
}

/* A pause that begins exactly when the time is used up leaves it due when the clock runs on. */
static int64_t within_due(const View *view, uint32_t entries, const Bound *bound, const Clock *clock)
{
  Pauses pauses = {view->subject, entries, 0};
  int64_t from = clock->from, left = clock->length, begins, ends;
  while (next_pause(&pauses, from, &begins, &ends)) {
    if (begins >= from) {
      int64_t due = advance(view->run, bound, from, left);
      if (due < begins) return due;
      left -= passed_between(view->run, bound, from, begins);
    }
    if (ends == NEVER) return NEVER;
    from = ends;
  }
  return advance(view->run, bound, from, left);
}

static bool paused_at(const View *view, uint32_t entries, int64_t t)
{
  Pauses pauses = {view->subject, entries, 0};
  int64_t begins, ends;
  while (next_pause(&pauses, INT64_MIN, &begins, &ends)) {
    if (t >= begins && t < ends) return true;
  }
  return false;
}

/* When a pause began that still lasts; NEVER: none does. */
static int64_t lasting_pause(const View *view, uint32_t entries)
{
  Pauses pauses = {view->subject, entries, 0};
  int64_t begins, ends;
  while (next_pause(&pauses, INT64_MIN, &begins, &ends)) {
    if (ends == NEVER) return begins;
  }
  return NEVER;
}

/* A close while the clock stands does not count; what lies beyond the expiry never comes. */
static int64_t open_days_due(const View *view, uint32_t entries, const Bound *bound, const Clock *clock)
{
  int64_t close = clock->from, lasting = lasting_pause(view, entries);
  for (int64_t counted = 0, day = 1; counted < clock->length; day++) {
    close = calendar_add_open_days(view->run, bound->calendar, clock->from, day);
    if (close == NEVER || close >= lasting || close > expiry_of(view->subject->journey)) return NEVER;
    if (!paused_at(view, entries, close)) counted++;
  }
  return close;
}

int64_t bound_due(const View *view, uint32_t entries, const Bound *bound, const Clock *clock)
{
  switch (bound->kind) {
  case BOUND_NONE: return NEVER;
  case BOUND_BY: return clock->length;
  case BOUND_OPEN_DAYS: return open_days_due(view, entries, bound, clock);
  default: return within_due(view, entries, bound, clock);
  }
}
