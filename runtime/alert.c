/* alert.c - alerts of journeys: raised, going up, repeated, acknowledged, cleared. */
#include "runtime/acts.h"

/* ---- the alerts of a journey ---- */

void alert_link(Engine *engine, Handle handle)
{
  Alert *alert = alert_at(engine, handle);
  Handle *youngest = journey_alerts(engine, engine->scene.journey);
  alert->next = *youngest;
  alert->prev = 0;
  if (*youngest) alert_at(engine, *youngest)->prev = handle;
  *youngest = handle;
}

/* A new one, of the journey at hand. */
static Handle new_alert(Engine *engine, uint32_t action, int64_t opening)
{
  Handle handle = heap_alloc(&engine->alerts, sizeof(Alert));
  *alert_at(engine, handle) = (Alert){
    .journey = engine->journey, .action = action, .to = engine->module->Action[action].to,
    .serial = engine->serial++, .opening = opening, .raised = engine->scene.now, .deadline = INT64_MAX,
    .escalates = INT64_MAX, .repeats = INT64_MAX, .clears = INT64_MAX,
  };
  alert_link(engine, handle);
  return handle;
}

/* Takes one out of its journey, which is at hand. */
static void unlink_alert(Engine *engine, const Alert *alert)
{
  if (alert->prev)
    alert_at(engine, alert->prev)->next = alert->next;
  else
    *journey_alerts(engine, engine->scene.journey) = alert->next;
  if (alert->next) alert_at(engine, alert->next)->prev = alert->prev;
}

/* … and gives it back. */
static void drop(Engine *engine, Handle handle)
{
  Alert *alert = alert_at(engine, handle);
  unlink_alert(engine, alert);
  text_release(&engine->texts, alert->text);
  alert->flags = 0;
  heap_release(&engine->alerts, handle, sizeof *alert);
}

static ActId id_of(Engine *engine, const Alert *alert)
{
  return act_id(engine, alert->action, alert->opening, (alert->flags & ALERT_OVERDUE) != 0);
}

/* An active one leaves a record, one that waits leaves no trace. */
static void clear(Engine *engine, Handle handle, ActCause cause)
{
  Alert *alert = alert_at(engine, handle);
  if (alert->flags & ALERT_ACTIVE) {
    tell_alert(engine, alert, ACT_CLEARED, cause);
    act_remove(engine, ACT_ALERT, id_of(engine, alert));
  }
  drop(engine, handle);
}

/* Those of the journey at hand, oldest first, on the walk stack from its former length on; how many.
 * `subject`: only that one's; 0: all. */
static uint32_t collect(Engine *engine, Handle subject)
{
  HandleList *walk = &engine->walk;
  uint32_t base = walk->len;
  Handle handle = *journey_alerts(engine, engine->scene.journey);
  while (handle && alert_at(engine, handle)->next) handle = alert_at(engine, handle)->next;
  for (; handle; handle = alert_at(engine, handle)->prev)
    if (!subject || alert_at(engine, handle)->subject == subject) handles_push(engine, walk, handle);
  return walk->len - base;
}

/* ---- raising ---- */

static int64_t later(int64_t now, int64_t length)
{
  return length < 0 ? INT64_MAX : instant_after(now, length);
}

/* It is active from now on: its text is made. */
static void begin(Engine *engine, Handle handle, uint32_t flags, Handle text)
{
  Alert *alert = alert_at(engine, handle);
  const ActionRow *row = &engine->module->Action[alert->action];
  int64_t now = engine->scene.now;
  alert->flags = ALERT_ACTIVE | flags;
  alert->raised = now;
  alert->text = text;
  if (!(flags & ALERT_OVERDUE)) {
    alert->escalates = later(now, row->escalate);
    alert->repeats = later(now, row->repeat);
  }
  act_add(engine, ACT_ALERT, id_of(engine, alert), handle);
  tell_alert(engine, alert, ACT_RAISED, CAUSE_NONE);
  alert_arm(engine, handle);
}

static bool is_active(Engine *engine, uint32_t action, int64_t opening)
{
  return act_find(engine, ACT_ALERT, act_id(engine, action, opening, false)) != 0;
}

void alert_raise(Engine *engine, uint32_t action, int64_t opening)
{
  if (is_active(engine, action, opening)) return;
  Handle text = act_text(engine, action, engine->scene.deadline);
  begin(engine, new_alert(engine, action, opening), 0, text);
}

/* ---- at risk ---- */

void alert_at_risk(Engine *engine, Handle moment, uint32_t action, int64_t deadline)
{
  int64_t wait = engine->module->Action[action].raise_after, opening = engine->scene.subject.opened;
  if (wait <= 0 && is_active(engine, action, opening)) return;
  Handle handle = new_alert(engine, action, opening);
  Alert *alert = alert_at(engine, handle);
  alert->subject = moment;
  alert->deadline = deadline;
  if (wait <= 0) {
    begin(engine, handle, 0, act_text(engine, action, deadline));
    return;
  }
  alert->flags = ALERT_WAITS;
  alert->raised = instant_after(engine->scene.now, wait);
  alert_arm(engine, handle);
}

/* From then on its place is that of the latest. */
static void wait_ends(Engine *engine, Handle handle)
{
  Alert *alert = alert_at(engine, handle);
  bool raises = moment_enter(engine, alert->subject) && !is_active(engine, alert->action, alert->opening);
  if (!raises) {
    drop(engine, handle);
    return;
  }
  unlink_alert(engine, alert);
  alert->serial = engine->serial++;
  alert_link(engine, handle);
  begin(engine, handle, 0, act_text(engine, alert->action, alert->deadline));
}

void alerts_forget(Engine *engine, Handle moment)
{
  Handle next, handle = *journey_alerts(engine, engine->scene.journey);
  for (; handle; handle = next) {
    const Alert *alert = alert_at(engine, handle);
    next = alert->next;
    if (alert->subject == moment && alert->flags & ALERT_WAITS) drop(engine, handle);
  }
}

void alerts_decided(Engine *engine, Handle moment)
{
  uint32_t base = engine->walk.len, count = collect(engine, moment);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    Alert *alert = alert_at(engine, handle);
    int64_t hold = engine->module->Action[alert->action].hold;
    if (hold <= 0 || alert->flags & ALERT_WAITS) {
      clear(engine, handle, CAUSE_DECIDED);
      continue;
    }
    alert->subject = 0;
    alert->clears = instant_after(engine->scene.now, hold);
    alert_arm(engine, handle);
  }
  engine->walk.len = base;
}

/* ---- overdue ---- */

void alert_overdue(Engine *engine, Handle correction)
{
  const Module *m = engine->module;
  MomentHeader *moment = moment_at(engine, correction);
  const CorrectionRow *row = &m->Correction[correction_row(engine, moment)];
  uint32_t manager = row->mot != MOT_NONE ? m->Mot[row->mot].manager : m->Experience[row->experience].manager;
  if (manager == MOT_NONE) return;
  uint32_t action = engine->acts->corrections[correction_row(engine, moment)];
  Handle text = act_text_overdue(engine, action, row);
  Handle handle = new_alert(engine, action, correction_tail(engine, moment)->opening);
  alert_at(engine, handle)->subject = correction;
  alert_at(engine, handle)->to = manager;
  begin(engine, handle, ALERT_OVERDUE, text);
}

void alert_settled(Engine *engine, Handle correction, ActCause cause)
{
  uint32_t base = engine->walk.len, count = collect(engine, correction);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    if (alert_at(engine, handle)->flags & ALERT_OVERDUE) clear(engine, handle, cause);
  }
  engine->walk.len = base;
}

/* ---- what comes later ---- */

void alerts_over(Engine *engine)
{
  uint32_t base = engine->walk.len, count = collect(engine, 0);
  for (uint32_t i = 0; i < count; i++) clear(engine, engine->walk.data[base + i], CAUSE_OVER);
  engine->walk.len = base;
}

void alert_acknowledge(Engine *engine, Handle handle)
{
  Alert *alert = alert_at(engine, handle);
  bool overdue = alert->flags & ALERT_OVERDUE;
  if (overdue || engine->module->Action[alert->action].when != WHEN_AT_RISK) {
    clear(engine, handle, CAUSE_ACKNOWLEDGED);
    return;
  }
  if (alert->flags & ALERT_ACKNOWLEDGED) return;
  alert->flags |= ALERT_ACKNOWLEDGED;
  alert->escalates = alert->repeats = INT64_MAX;
  tell_alert(engine, alert, ACT_ACKNOWLEDGED, CAUSE_NONE);
  alert_arm(engine, handle);
}

static void escalate(Engine *engine, Alert *alert)
{
  const OwnerRow *owner = &engine->module->Owner[alert->to];
  uint32_t above = owner->kind == OWNER_TEAM ? owner->lead : owner->reports_to;
  if (above == MOT_NONE) {
    alert->escalates = INT64_MAX;
    return;
  }
  alert->to = above;
  alert->escalates = later(engine->scene.now, engine->module->Action[alert->action].escalate);
  tell_alert(engine, alert, ACT_ESCALATED, CAUSE_NONE);
}

int64_t alert_due(const Alert *alert)
{
  if (alert->flags & ALERT_WAITS) return alert->raised;
  int64_t due = alert->clears < alert->escalates ? alert->clears : alert->escalates;
  return due < alert->repeats ? due : alert->repeats;
}

AlertPhase alert_phase(const Alert *alert)
{
  int64_t due = alert_due(alert);
  return alert->flags & ALERT_WAITS ? ALERT_RAISES
    : alert->clears == due ? ALERT_CLEARS
    : alert->escalates == due ? ALERT_ESCALATES
    : ALERT_REPEATS;
}

static void repeat(Engine *engine, Alert *alert)
{
  alert->repeats = later(engine->scene.now, engine->module->Action[alert->action].repeat);
  tell_alert(engine, alert, ACT_REPEATED, CAUSE_NONE);
}

void alert_fires(Engine *engine, Handle handle, uint32_t phase)
{
  Alert *alert = alert_at(engine, handle);
  if (alert_due(alert) != engine->scene.now || alert_phase(alert) != phase) return;
  switch ((AlertPhase)phase) {
  case ALERT_CLEARS: clear(engine, handle, CAUSE_DECIDED); return;
  case ALERT_RAISES: wait_ends(engine, handle); return;
  case ALERT_ESCALATES: escalate(engine, alert); break;
  default: repeat(engine, alert);
  }
  alert_arm(engine, handle);
}
