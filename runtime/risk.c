/*
 * risk.c - moments at risk: how their actions become due.
 *
 * What is due, and for which deadline each action ran last, stands behind the slots of the moment's record;
 * it is worked out anew after each event that the moment tests.  Timers are hints, as others are (fire.c).
 */
#include "runtime/acts.h"
#include "runtime/trace.h"

static Risks *risks_at(const Engine *engine, MomentHeader *moment)
{
  return (Risks *)(void *)((uint8_t *)moment + engine->plan->mots[moment->mot].risks_at);
}

/* The action (row) of risk `risk` of a MOT. */
static uint32_t action_of(const Engine *engine, uint32_t mot, uint32_t risk)
{
  const MotRow *row = &engine->module->Mot[mot];
  uint32_t action = row->actions;
  while (engine->module->Action[action].when != WHEN_AT_RISK || risk-- > 0) action++;
  return action;
}

/* How long before the deadline an action runs; 0: never. */
static int64_t lead_of(Engine *engine, const ActionRow *action)
{
  VmValue value;
  if (action->risk == MOT_NONE) return action->risk_before;
  return engine_call(engine, action->risk, &value) == VM_DONE ? value.i : 0;
}

static int64_t due_of(Engine *engine, const Risk *risk, const ActionRow *action, int64_t deadline)
{
  int64_t now = engine->scene.now;
  if (deadline == INT64_MAX || deadline == risk->ran_for) return INT64_MAX;
  int64_t lead = lead_of(engine, action);
  if (lead <= 0) return INT64_MAX;
  int64_t due = instant_after(deadline, -lead);
  return due > now ? due : now;
}

/* The deadline moves: what was at risk for the old one is so no more. */
static __attribute__((noinline)) void trace_over_risks(const Engine *engine, uint32_t mot, const Risks *risks)
{
  for (uint32_t i = 0; i < engine->plan->mots[mot].risks; i++) {
    if (risks->each[i].ran_for != risks->deadline || risks->deadline == INT64_MAX) continue;
    trace_risk(&engine->scene, action_of(engine, mot, i) - engine->module->Mot[mot].actions, false);
  }
}

void risks_update(Engine *engine, Handle handle)
{
  MomentHeader *moment = engine->scene.subject.moment;
  Risks *risks = risks_at(engine, moment);
  int64_t deadline = moment_paused(&engine->scene) ? INT64_MAX : condition_risk(&engine->scene);
  if (deadline != risks->deadline) {
    if (engine->scene.trace) trace_over_risks(engine, moment->mot, risks);
    alerts_forget(engine, handle);
  }
  risks->deadline = deadline;
  for (uint32_t i = 0; i < engine->plan->mots[moment->mot].risks; i++) {
    Risk *risk = &risks->each[i];
    const ActionRow *action = &engine->module->Action[action_of(engine, moment->mot, i)];
    int64_t before = risk->due;
    risk->due = due_of(engine, risk, action, deadline);
    if (risk->due != before) risk_arm(engine, handle, i, risk->due);
  }
}

void risks_look(Engine *engine, uint32_t bits)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, bits);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    bool risks = engine->plan->mots[moment_at(engine, handle)->mot].risks > 0;
    if (risks && moment_enter(engine, handle)) risks_update(engine, handle);
  }
  engine->walk.len = base;
}

void risk_fires(Engine *engine, Handle handle, uint32_t number, int64_t due)
{
  MomentHeader *moment = engine->scene.subject.moment;
  Risks *risks = risks_at(engine, moment);
  Risk *risk = &risks->each[number];
  if (risk->due != due) return;
  risk->due = INT64_MAX;
  risk->ran_for = risks->deadline;
  uint32_t action = action_of(engine, moment->mot, number);
  if (engine->scene.trace) trace_risk(&engine->scene, action - engine->module->Mot[moment->mot].actions, true);
  act_at_risk(engine, handle, action, risks->deadline);
}

/* ---- of a saved state ---- */

bool risks_sound(const Engine *engine, MomentHeader *moment)
{
  const Risks *risks = risks_at(engine, moment);
  for (uint32_t i = 0; i < engine->plan->mots[moment->mot].risks; i++)
    if (risks->each[i].due < engine->horizon) return false;
  return true;
}

void risks_resume(Engine *engine, Handle handle)
{
  MomentHeader *moment = engine->scene.subject.moment;
  const Risks *risks = risks_at(engine, moment);
  for (uint32_t i = 0; i < engine->plan->mots[moment->mot].risks; i++)
    risk_arm(engine, handle, i, risks->each[i].due);
}
