/*
 * run.c - events in order, the timers between them, one after the other.
 */
#include "tests/reference/reference.h"

typedef enum TimerKind {
  TIMER_NONE, TIMER_SILENCE, TIMER_RISK, TIMER_MOMENT, TIMER_CORRECTION, TIMER_SCO, TIMER_EXPIRY, TIMER_ALERT
} TimerKind;

typedef struct Timer {
  TimerKind kind;
  int64_t time;
  uint64_t opening, declaration;
  Journey *journey;
  Subject *subject;
  Silence *silence;
  Risk *risk;
  Alert *alert;
} Timer;

static bool sooner(const Timer *a, const Timer *b)
{
  if (b->kind == TIMER_NONE || a->time != b->time) return b->kind == TIMER_NONE || a->time < b->time;
  if (a->kind != b->kind) return a->kind < b->kind;
  if (a->opening != b->opening) return a->opening < b->opening;
  return a->declaration < b->declaration;
}

static void consider(Timer *best, Timer timer)
{
  if (timer.time != NEVER && sooner(&timer, best)) *best = timer;
}

static void consider_subject(Timer *best, TimerKind kind, Subject *subject)
{
  if (subject->outcome != OUTCOME_OPEN) return;
  consider(best, (Timer){.kind = kind, .time = subject->wake, .opening = subject->number,
                         .journey = subject->journey, .subject = subject});
}

static void consider_moment(Timer *best, Subject *subject)
{
  if (subject->correcting) {
    if (!is_open(subject)) return;
    consider(best, (Timer){.kind = TIMER_CORRECTION, .time = correction_wake(subject),
                           .opening = subject->number, .subject = subject});
    return;
  }
  consider_subject(best, TIMER_MOMENT, subject);
  for (uint32_t i = 0; is_open(subject) && i < subject->risks.len; i++)
    consider(best, (Timer){.kind = TIMER_RISK, .time = subject->risks.data[i].due, .opening = subject->number,
                           .declaration = i, .subject = subject, .risk = &subject->risks.data[i]});
}

static void consider_journey(Timer *best, Journey *journey)
{
  if (journey->over) return;
  for (uint32_t i = 0; i < journey->silences.len; i++) {
    Silence *silence = &journey->silences.data[i];
    consider(best, (Timer){.kind = TIMER_SILENCE, .time = silence->due, .opening = journey->number,
                           .declaration = silence->choice->span.start, .journey = journey,
                           .silence = silence});
  }
  for (uint32_t i = 0; i < journey->moments.len; i++)
    consider_moment(best, journey->moments.data[i]);
  if (journey->sco) consider_subject(best, TIMER_SCO, journey->sco);
  consider(best, (Timer){.kind = TIMER_EXPIRY, .time = expiry_of(journey), .opening = journey->number,
                         .journey = journey});
}

static void risk_fires(Run *run, Subject *subject, Risk *risk, int64_t now)
{
  risk->due = NEVER;
  risk->ran_for = risk->deadline;
  action_runs(run, subject, risk->action, now);
}

static void consider_alerts(const Run *run, Timer *best)
{
  Alert *alert = alert_next(run, true);
  if (!alert) return;
  consider(best, (Timer){.kind = TIMER_ALERT, .time = alert_due(alert), .alert = alert});
}

static void fire(Run *run, const Timer *timer)
{
  switch (timer->kind) {
  case TIMER_SILENCE: silence_fires(run, timer->journey, timer->silence, timer->time); break;
  case TIMER_RISK: risk_fires(run, timer->subject, timer->risk, timer->time); break;
  case TIMER_CORRECTION: correction_timer(run, timer->subject, timer->time); break;
  case TIMER_ALERT: alert_timer(run, timer->alert, timer->time); break;
  case TIMER_MOMENT:
  case TIMER_SCO: subject_time(run, timer->subject, timer->time); break;
  default: journey_expires(run, timer->journey);
  }
  outcomes_heard(run);
}

/* All timers that are due before `end`, or at it too. */
static void timers_run(Run *run, int64_t end, bool with_end)
{
  for (;;) {
    Timer next = {.kind = TIMER_NONE};
    for (uint32_t i = 0; i < run->journeys.len; i++) consider_journey(&next, run->journeys.data[i]);
    consider_alerts(run, &next);
    bool due = next.kind != TIMER_NONE && (next.time < end || (with_end && next.time == end));
    if (!due) return;
    fire(run, &next);
  }
}

static void open_written(Run *run, int64_t now)
{
  for (uint32_t i = 0; i < run->journeys.len; i++) {
    const Journey *journey = run->journeys.data[i];
    for (uint32_t k = 0; k < journey->moments.len; k++) {
      if (open_moment(journey->moments.data[k])) record_open(run, journey->moments.data[k], now);
    }
    if (journey->sco && journey->sco->outcome == OUTCOME_OPEN) record_open(run, journey->sco, now);
  }
}

void run_program(Run *run, int64_t until)
{
  int64_t end = run->largest > until ? run->largest : until;
  for (uint32_t i = 0; i < run->events.len; i++) {
    const Item *item = run->events.data[i];
    run->current = i;
    timers_run(run, item->time, false);
    ids_heard(run, item);
    journeys_hear(run, item);
    outcomes_heard(run);
  }
  run->current = run->events.len;
  if (end == INT64_MIN) return;
  run->end = end;
  timers_run(run, end, true);
  open_written(run, end);
  sentiments_told(run);
  judge_all(run);
}
