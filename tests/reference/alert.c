/*
 * alert.c - alerts: raised, escalated, repeated, acknowledged, cleared; and the `on`
 * blocks from which they come.
 */
#include <string.h>

#include "tests/reference/reference.h"

static int64_t after(int64_t now, int64_t length)
{
  int64_t at;
  return length <= 0 || __builtin_add_overflow(now, length, &at) ? NEVER : at;
}

/* ---- one alert ---- */

static bool active_under(const Run *run, const char *id)
{
  for (uint32_t i = 0; i < run->alerts.len; i++) {
    if (run->alerts.data[i]->active && strcmp(run->alerts.data[i]->id, id) == 0) return true;
  }
  return false;
}

static void forget(Alert *alert)
{
  alert->active = false;
  alert->gone = true;
}

static void raise(Run *run, Alert *alert, int64_t now)
{
  alert->raises = NEVER;
  if (active_under(run, alert->id)) {
    forget(alert);
    return;
  }
  alert->active = true;
  alert->number = run->alert_numbers++;
  alert->text = act_text(run, alert, now);
  alert->escalates = after(now, alert->action ? alert->action->escalate : -1);
  alert->repeats = after(now, alert->action ? alert->action->repeat : -1);
  record_alert(run, alert, "raised", NULL, now);
}

static Alert *begin(Run *run, const Action *action, const Owner *to, const char *id)
{
  Alert *alert = ARENA_NEW(run->arena, Alert);
  *alert = (Alert){.id = id, .action = action, .when = action ? action->when : WHEN_END, .to = to,
                   .number = run->alert_numbers++, .deadline = NEVER, .raises = NEVER, .clears = NEVER,
                   .escalates = NEVER, .repeats = NEVER};
  *VEC_PUSH(run->arena, &run->alerts) = alert;
  return alert;
}

/* At once, or when `for` has passed. */
static void raise_or_wait(Run *run, Alert *alert, int64_t now)
{
  int64_t wait = alert->action ? alert->action->raise_after : -1;
  if (wait > 0) alert->raises = after(now, wait);
  else raise(run, alert, now);
}

static void clear(Run *run, Alert *alert, const char *cause, int64_t now)
{
  forget(alert);
  record_alert(run, alert, "cleared", cause, now);
}

/* One that waits leaves no trace; `hold` clears later. */
static void clear_or_hold(Run *run, Alert *alert, const char *cause, int64_t now)
{
  if (!alert->active) forget(alert);
  else if (alert->action && alert->action->hold > 0) alert->clears = after(now, alert->action->hold);
  else clear(run, alert, cause, now);
}

/* ---- in the order in which they were raised, or began to wait ---- */

typedef bool Wanted(const Alert *alert, const void *what);

/* The next of them after the one numbered `last`; NULL: there is none. */
static Alert *next_wanted(const Run *run, Wanted *wanted, const void *what, int64_t last)
{
  Alert *next = NULL;
  for (uint32_t i = 0; i < run->alerts.len; i++) {
    Alert *alert = run->alerts.data[i];
    if (alert->gone || (int64_t)alert->number <= last || !wanted(alert, what)) continue;
    if (!next || alert->number < next->number) next = alert;
  }
  return next;
}

#define EACH_ALERT(alert, run, wanted, what) \
  Alert *alert = next_wanted(run, wanted, what, -1); alert; \
  alert = next_wanted(run, wanted, what, (int64_t)alert->number)

static bool of_risk(const Alert *alert, const void *what)
{
  return alert->subject == what && alert->when == WHEN_AT_RISK;
}

static bool of_journey(const Alert *alert, const void *what)
{
  return alert->subject && alert->subject->journey == what;
}

static bool overdue_of(const Alert *alert, const void *what)
{
  return alert->subject == what && alert->when == WHEN_END;
}

static bool breach_of(const Alert *alert, const void *what)
{
  return alert->standing == what && alert->when == WHEN_BREACHED;
}

static bool met_of(const Alert *alert, const void *what)
{
  return alert->standing == what && alert->when == WHEN_MET;
}

/* ---- of journeys ---- */

void action_runs(Run *run, Subject *subject, const Action *action, int64_t now)
{
  if (action->kind == ACTION_CORRECT) {
    correction_open(run, subject, action, now);
    return;
  }
  Alert *alert = begin(run, action, action->to, subject_id(run, action, subject));
  alert->subject = subject;
  alert->deadline = subject->deadline;
  raise_or_wait(run, alert, now);
}

void block_runs(Run *run, Subject *subject, uint8_t when, int64_t now)
{
  const Experience *experience = subject->journey->experience;
  uint32_t count = subject->mot ? subject->mot->actions.len : experience->actions.len;
  Action *const *actions = subject->mot ? subject->mot->actions.data : experience->actions.data;
  run->in_block = true; /* after it the journey may be over */
  for (uint32_t i = 0; i < count; i++) {
    if (actions[i]->when == when) action_runs(run, subject, actions[i], now);
  }
  run->in_block = false;
}

void alerts_decided(Run *run, Subject *subject, int64_t now)
{
  for (EACH_ALERT(alert, run, of_risk, subject)) clear_or_hold(run, alert, "decided", now);
}

void alerts_over(Run *run, const Journey *journey, int64_t now)
{
  for (EACH_ALERT(alert, run, of_journey, journey)) {
    if (alert->active) clear(run, alert, "over", now);
    else forget(alert);
  }
}

void alert_overdue(Run *run, Subject *correction, int64_t now)
{
  const Experience *experience = correction->journey->experience;
  const Owner *to = correction->mot ? correction->mot->manager : experience->manager;
  if (!to) return;
  Alert *alert = begin(run, NULL, to, arena_printf(run->arena, "%s:overdue", correction->id));
  alert->subject = correction;
  raise(run, alert, now);
}

void alerts_of_correction(Run *run, const Subject *correction, const char *cause, int64_t now)
{
  for (EACH_ALERT(alert, run, overdue_of, correction)) clear(run, alert, cause, now);
}

/* ---- at risk ---- */

static void risks_made(Run *run, Subject *subject)
{
  const Mot *mot = subject->mot;
  for (uint32_t i = 0; i < mot->actions.len; i++) {
    if (mot->actions.data[i]->when != WHEN_AT_RISK) continue;
    *VEC_PUSH(run->arena, &subject->risks) = (Risk){mot->actions.data[i], NEVER, NEVER, NEVER};
  }
}

static int64_t lead_time(Run *run, const Subject *subject, const Action *action, int64_t now)
{
  Scene env = {.run = run, .journey = subject->journey, .subject = subject,
               .log = subject->journey->items.len, .now = now};
  Value value = value_of(&env, action->risk);
  return env.fault || !value.known ? 0 : value.i;
}

static void risk_update(Run *run, Subject *subject, Risk *risk, int64_t deadline, int64_t now)
{
  int64_t lead = lead_time(run, subject, risk->action, now);
  risk->deadline = deadline;
  risk->due = NEVER;
  if (deadline == NEVER || lead <= 0 || deadline == risk->ran_for) return;
  int64_t due = __builtin_sub_overflow(deadline, lead, &due) ? INT64_MIN : deadline - lead;
  risk->due = due > now ? due : now;
}

void risks_update(Run *run, Subject *subject, int64_t now)
{
  if (!subject->mot || subject->correcting) return;
  if (subject->risks.len == 0) risks_made(run, subject);
  if (subject->risks.len == 0) return;
  int64_t passed = subject->passed > now - 1 ? subject->passed : now - 1;
  View view = {run, subject, subject->entries.len, false, passed, subject->journey->ended};
  int64_t deadline = subject->paused ? NEVER : risk_deadline(view);
  subject->deadline = deadline;
  for (uint32_t i = 0; i < subject->risks.len; i++)
    risk_update(run, subject, &subject->risks.data[i], deadline, now);
  for (EACH_ALERT(alert, run, of_risk, subject)) {
    if (!alert->active && alert->deadline != deadline) forget(alert);
  }
}

/* ---- of targets ---- */

static bool is_active(const Run *run, const Action *action, const Standing *standing)
{
  for (uint32_t i = 0; i < run->alerts.len; i++) {
    const Alert *alert = run->alerts.data[i];
    if (!alert->gone && alert->action == action && alert->standing == standing) return true;
  }
  return false;
}

static void target_clears(Run *run, Standing *standing, int64_t now)
{
  if (standing->state == STANDS_MET) {
    for (EACH_ALERT(alert, run, breach_of, standing)) clear_or_hold(run, alert, "met", now);
    return;
  }
  for (EACH_ALERT(held, run, breach_of, standing)) held->clears = NEVER;
  for (EACH_ALERT(alert, run, met_of, standing)) clear(run, alert, "breached", now);
}

static const char *target_id(Run *run, const Action *action, const Standing *standing, int64_t now)
{
  Buf buf;
  buf_init(&buf, run->arena);
  buf_text(&buf, rule_id(run, action, NULL, standing));
  buf_char(&buf, '/');
  time_text(&buf, now);
  return buf.data;
}

void alerts_of_target(Run *run, Standing *standing, int64_t now)
{
  const Judging *of = standing->of;
  uint8_t when = standing->state == STANDS_MET ? WHEN_MET : WHEN_BREACHED;
  uint32_t count = of->mot ? of->mot->actions.len : of->goal->actions.len;
  Action *const *actions = of->mot ? of->mot->actions.data : of->goal->actions.data;
  target_clears(run, standing, now);
  for (uint32_t i = 0; i < count; i++) {
    if (actions[i]->when != when || is_active(run, actions[i], standing)) continue;
    Alert *alert = begin(run, actions[i], actions[i]->to, target_id(run, actions[i], standing, now));
    alert->standing = standing;
    raise_or_wait(run, alert, now);
  }
}

/* ---- acknowledged ---- */

static bool ends_acknowledged(const Alert *alert)
{
  return alert->when != WHEN_AT_RISK && alert->when != WHEN_BREACHED;
}

bool alert_acknowledged(Run *run, const char *id, bool keyed, int64_t now)
{
  for (uint32_t i = 0; i < run->alerts.len; i++) {
    Alert *alert = run->alerts.data[i];
    if (!alert->active || !alert->subject == keyed || strcmp(alert->id, id) != 0) continue;
    if (alert->acknowledged) return true;
    alert->acknowledged = true;
    alert->escalates = alert->repeats = NEVER;
    if (ends_acknowledged(alert)) clear(run, alert, "acknowledged", now);
    else record_alert(run, alert, "acknowledged", NULL, now);
    return true;
  }
  return false;
}

/* ---- time ---- */

int64_t alert_due(const Alert *alert)
{
  int64_t due = alert->raises;
  if (alert->clears < due) due = alert->clears;
  if (alert->escalates < due) due = alert->escalates;
  return alert->repeats < due ? alert->repeats : due;
}

/* At one instant: clearing, raising, escalation, repetition. */
static int timer_kind(const Alert *alert, int64_t due)
{
  return alert->clears == due ? 0 : alert->raises == due ? 1 : alert->escalates == due ? 2 : 3;
}

static bool sooner(const Alert *a, const Alert *b)
{
  int64_t x = alert_due(a), y = alert_due(b);
  if (x != y) return x < y;
  int order = timer_kind(a, x) - timer_kind(b, y);
  return order ? order < 0 : a->number < b->number;
}

Alert *alert_next(const Run *run, bool keyed)
{
  Alert *next = NULL;
  for (uint32_t i = 0; i < run->alerts.len; i++) {
    Alert *alert = run->alerts.data[i];
    if (alert->gone || !alert->subject == keyed || alert_due(alert) == NEVER) continue;
    if (!next || sooner(alert, next)) next = alert;
  }
  return next;
}

static void escalate(Run *run, Alert *alert, int64_t now)
{
  const Owner *above = alert->to->kind == OWNER_TEAM ? alert->to->lead : alert->to->reports_to;
  alert->escalates = NEVER;
  if (!above) return;
  alert->to = above;
  alert->escalates = after(now, alert->action->escalate);
  record_alert(run, alert, "escalated", NULL, now);
}

/* One of its timers: clearing, raising, escalation, repetition. */
void alert_timer(Run *run, Alert *alert, int64_t now)
{
  if (alert->clears == now) {
    clear(run, alert, alert->standing ? "met" : "decided", now);
  } else if (alert->raises == now) {
    raise(run, alert, now);
  } else if (alert->escalates == now) {
    escalate(run, alert, now);
  } else {
    alert->repeats = after(now, alert->action->repeat);
    record_alert(run, alert, "repeated", NULL, now);
  }
}
