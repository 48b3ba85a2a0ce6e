/*
 * correction.c - corrections: opened, done, overdue, withdrawn.
 *
 * One stands among the moments of its journey, with the opening and the names of what
 * it corrects, so that its `until` is judged as a moment's condition is.
 */
#include <string.h>

#include "tests/reference/reference.h"

static bool open_under(const Run *run, const char *id)
{
  for (uint32_t i = 0; i < run->journeys.len; i++) {
    const Journey *journey = run->journeys.data[i];
    for (uint32_t k = 0; k < journey->moments.len; k++) {
      const Subject *one = journey->moments.data[k];
      if (is_open(one) && one->correcting && strcmp(one->id, id) == 0) return true;
    }
  }
  return false;
}

/* NEVER when its length is missing, faults or is not positive, too. */
static int64_t due_of(Run *run, const Subject *correction, int64_t now)
{
  const Bound *bound = &correction->correcting->correction->within;
  Scene env = {.run = run, .journey = correction->journey, .subject = correction->corrected,
               .log = correction->journey->items.len, .now = now};
  Value value = value_of(&env, bound->value);
  int64_t due;
  if (env.fault || !value.known || value.i <= 0) return NEVER;
  switch (bound->kind) {
  case BOUND_CALENDAR: return calendar_add_open(run, bound->calendar, now, value.i);
  case BOUND_OPEN_DAYS: return calendar_add_open_days(run, bound->calendar, now, value.i);
  default: return __builtin_add_overflow(now, value.i, &due) ? NEVER : due;
  }
}

static void ends(Run *run, Subject *correction, const char *state, const char *cause, int64_t now)
{
  correction->outcome = OUTCOME_VOID;
  record_correction(run, correction, state, cause, now);
  alerts_of_correction(run, correction, state, now);
}

static void done(Run *run, Subject *correction, int64_t now)
{
  ends(run, correction, "done", NULL, now);
  if (!run->in_block) journey_check_over(run, correction->journey, now);
}

/* Done when its condition is true; `ends on` does not settle it. */
static void look(Run *run, Subject *correction, int64_t now)
{
  if (!correction->condition) return;
  View view = {run, correction, correction->entries.len, false, correction->passed, false};
  Judged judged = judge(&view);
  correction->wake = judged.wake;
  if (!judged.fault && judged.value == TRUE3) done(run, correction, now);
}

void correction_open(Run *run, Subject *subject, const Action *action, int64_t now)
{
  Journey *journey = subject->journey;
  const char *id = subject_id(run, action, subject);
  if (journey->expired || open_under(run, id)) return;
  Subject *correction = ARENA_NEW(run->arena, Subject);
  *correction = (Subject){.journey = journey, .mot = subject->mot, .condition = action->correction->until,
                          .choice = subject->choice, .opening = subject->opening, .as = subject->as,
                          .opened = now, .opened_log = journey->items.len, .number = run->openings++,
                          .passed = now - 1, .wake = NEVER, .outcome = OUTCOME_OPEN, .correcting = action,
                          .corrected = subject, .id = id};
  if (run->in_cascade) correction->cascade = run->cascade;
  correction->due = due_of(run, correction, now);
  *VEC_PUSH(run->arena, &journey->moments) = correction;
  record_correction(run, correction, "opened", NULL, now);
  look(run, correction, now);
}

/* The event at which it opened is none after it. */
void correction_tested(Run *run, Subject *correction, const Item *item)
{
  bool opened_by_it = !item->moment && correction->opened_log == correction->journey->items.len;
  if (opened_by_it || !correction->condition) return;
  subject_entry(correction, run->arena, item, item->time, PAUSE_LEAVES);
  look(run, correction, item->time);
}

/* ---- time ---- */

int64_t correction_wake(const Subject *correction)
{
  int64_t due = correction->overdue ? NEVER : correction->due;
  return correction->condition && correction->wake < due ? correction->wake : due;
}

void correction_timer(Run *run, Subject *correction, int64_t now)
{
  correction->passed = now;
  look(run, correction, now);
  if (!is_open(correction) || correction->due != now || correction->overdue) return;
  correction->overdue = true;
  record_correction(run, correction, "overdue", NULL, now);
  alert_overdue(run, correction, now);
}

void correction_void(Run *run, Subject *correction, int64_t now)
{
  ends(run, correction, "withdrawn", "void", now);
  journey_check_over(run, correction->journey, now);
}

void corrections_withdrawn(Run *run, Journey *journey, const char *cause, int64_t now)
{
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    Subject *one = journey->moments.data[i];
    if (is_open(one) && one->correcting) ends(run, one, "withdrawn", cause, now);
  }
}

/* ---- by id ---- */

static void done_by_id(Run *run, const char *id, int64_t now)
{
  for (uint32_t i = 0; i < run->journeys.len; i++) {
    const Journey *journey = run->journeys.data[i];
    for (uint32_t k = 0; k < journey->moments.len; k++) {
      Subject *one = journey->moments.data[k];
      bool is = is_open(one) && one->correcting && !one->condition && strcmp(one->id, id) == 0;
      if (is) done(run, one, now);
    }
  }
}

void ids_heard(Run *run, const Item *item)
{
  if (!item->event) return;
  const char *name = sym(run, item->event->shown), *id = item->fields[0].s;
  if (run->hears_done && strcmp(name, "std.correction.Done") == 0) done_by_id(run, id, item->time);
  if (run->hears_acknowledged && strcmp(name, "std.alert.Acknowledged") == 0)
    alert_acknowledged(run, id, true, item->time);
}
