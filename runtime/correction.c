/* correction.c - corrections: they open, are tested, done, overdue, withdrawn. */
#include "runtime/acts.h"

/* ---- opening ---- */

/* The record of the subject at hand becomes what the opening function reads. */
static void enter_source(Engine *engine)
{
  Scene *scene = &engine->scene;
  scene->outcome = scene->subject.record;
  scene->outcome_slots = scene->subject.slots;
  scene->outcome_opened = scene->subject.opened;
  scene->outcome_start = scene->journey->start;
}

static Handle new_correction(Engine *engine, uint32_t correction, int64_t opening)
{
  uint32_t mot = engine->module->Mot_count + correction;
  const MotFacts *facts = &engine->mots[mot];
  Handle handle = record_new(&engine->moments, facts->fresh, facts->size, facts->units);
  MomentHeader *moment = moment_at(engine, handle);
  moment->opened = engine->scene.now;
  moment->journey = engine->journey;
  moment->serial = engine->serial++;
  *correction_tail(engine, moment) = (CorrectionTail){.due = INT64_MAX, .opening = opening};
  moment_link(engine, handle, moment);
  return handle;
}

/* The end of a length from now; INT64_MAX: beyond all times. */
static int64_t end_of(const Engine *engine, const CorrectionRow *row, int64_t length)
{
  const OpenTime *calendar = &engine->plan->calendars[row->calendar];
  int64_t now = engine->scene.now, end = INT64_MAX;
  switch (row->bound) {
  case BOUND_CALENDAR: return add_open(calendar, now, length, &end) ? end : INT64_MAX;
  case BOUND_OPEN_DAYS: return add_open_days(calendar, now, length, &end) ? end : INT64_MAX;
  case BOUND_BY: return length;
  default: return instant_after(now, length);
  }
}

static int64_t due_of(Engine *engine, const CorrectionRow *row)
{
  VmValue length = {.i = row->length};
  if (row->due != MOT_NONE && engine_call(engine, row->due, &length) != VM_DONE) return INT64_MAX;
  if (length.i <= 0 && row->bound != BOUND_BY) return INT64_MAX;
  int64_t due = end_of(engine, row, length.i);
  return due > engine->scene.now || due == INT64_MAX ? due : engine->scene.now;
}

static void arm(Engine *engine, Handle handle)
{
  const MomentHeader *moment = moment_at(engine, handle);
  int64_t due = correction_tail(engine, moment_at(engine, handle))->due;
  if (due <= engine->scene.expiry) correction_arm(engine, handle, moment, due);
  if (engine->scene.subject.condition) subject_arm(engine, handle, INT64_MAX);
}

/* Its condition begins. */
static void begin(Engine *engine, Handle handle, const CorrectionRow *row)
{
  VmValue value;
  MomentHeader *moment = moment_at(engine, handle);
  CorrectionTail *tail = correction_tail(engine, moment);
  enter_source(engine);
  scene_moment(&engine->scene, moment);
  bool fault = engine_call(engine, row->opening, &value) == VM_FAULT, settled = engine->scene.settled;
  if (fault) tail->marks = CORRECTION_HOPELESS;
  tail->due = due_of(engine, row);
  tell_correction(engine, moment, ACT_OPENED, CAUSE_NONE);
  if (settled && !fault && correction_settled(engine, handle)) return;
  arm(engine, handle);
}

void correction_open(Engine *engine, uint32_t action, int64_t opening)
{
  uint32_t correction = engine->module->Action[action].correction;
  if (engine->scene.journey->flags & JOURNEY_EXPIRED) return;
  ActId id = act_id(engine, action, opening, false);
  if (act_find(engine, ACT_CORRECTION, id)) return;
  Handle handle = new_correction(engine, correction, opening);
  act_add(engine, ACT_CORRECTION, id, handle);
  Scene scene = engine->scene;
  begin(engine, handle, &engine->module->Correction[correction]);
  engine->scene = scene;
}

/* ---- its end ---- */

void correction_close(Engine *engine, Handle handle, ActState state, ActCause cause)
{
  MomentHeader *moment = moment_at(engine, handle);
  uint32_t action = engine->acts->corrections[correction_row(engine, moment)];
  tell_correction(engine, moment, state, cause);
  if (correction_tail(engine, moment)->marks & CORRECTION_OVERDUE)
    alert_settled(engine, handle, state == ACT_DONE ? CAUSE_DONE : CAUSE_WITHDRAWN);
  act_remove(engine, ACT_CORRECTION,
             act_id(engine, action, correction_tail(engine, moment)->opening, false));
  moment_unlink(engine, moment);
  moment_give_back(engine, handle);
  if (engine->scene.journey->flags & JOURNEY_ENDING) journey_may_be_over(engine);
}

bool correction_settled(Engine *engine, Handle handle)
{
  CorrectionTail *tail = correction_tail(engine, moment_at(engine, handle));
  Verdict verdict = condition_verdict(&engine->scene);
  if (verdict == VERDICT_FALSE) tail->marks |= CORRECTION_HOPELESS;
  if (verdict != VERDICT_TRUE || tail->marks & CORRECTION_HOPELESS) return false;
  correction_close(engine, handle, ACT_DONE, CAUSE_NONE);
  return true;
}

void corrections_withdraw(Engine *engine, ActCause cause)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, UINT32_MAX);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    bool open = moment_at(engine, handle)->flags & MOMENT_CORRECTION && moment_enter(engine, handle);
    if (open) correction_close(engine, handle, ACT_WITHDRAWN, cause);
  }
  engine->walk.len = base;
}

/* ---- what it meets ---- */

void correction_hears(Engine *engine, Handle handle, uint32_t function)
{
  VmValue value;
  CorrectionTail *tail = correction_tail(engine, moment_at(engine, handle));
  bool hears = function != MOT_NONE && !(tail->marks & CORRECTION_HOPELESS) && moment_enter(engine, handle);
  if (!hears) return;
  int64_t due = subject_due(engine);
  if (engine_call(engine, function, &value) == VM_FAULT) {
    tail->marks |= CORRECTION_HOPELESS;
    return;
  }
  if (engine->scene.settled && correction_settled(engine, handle)) return;
  if (engine->scene.moved || engine->scene.settled) subject_arm(engine, handle, due);
}

void correction_is_due(Engine *engine, Handle handle, int64_t due)
{
  MomentHeader *moment = moment_at(engine, handle);
  CorrectionTail *tail = correction_tail(engine, moment);
  if (tail->due != due || tail->marks & CORRECTION_OVERDUE) return;
  tail->marks |= CORRECTION_OVERDUE;
  tell_correction(engine, moment, ACT_OVERDUE, CAUSE_NONE);
  alert_overdue(engine, handle);
}

void correction_resume(Engine *engine, Handle handle)
{
  const MomentHeader *moment = moment_at(engine, handle);
  const CorrectionTail *tail = correction_tail(engine, moment_at(engine, handle));
  if (engine->scene.subject.condition && !(tail->marks & CORRECTION_HOPELESS))
    subject_arm(engine, handle, INT64_MAX);
  if (!(tail->marks & CORRECTION_OVERDUE) && tail->due <= engine->scene.expiry)
    correction_arm(engine, handle, moment, tail->due);
}
