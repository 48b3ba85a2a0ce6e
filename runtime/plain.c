/*
 * plain.c - moments of the most usual kind, one happening within a time: the same as moment.c, leaf.c and
 * fire.c make of them, without the ways round that others need.
 */
#include <string.h>

#include "runtime/engine_state.h"
#include "runtime/leaf_parts.h"

static int64_t deadline_of(const MotFacts *facts, const MomentHeader *moment)
{
  int64_t deadline;
  memcpy(&deadline, (const uint8_t *)moment + facts->deadline, sizeof deadline);
  return deadline;
}

static inline Handle new_record(Engine *engine, const MotFacts *facts, uint32_t mot, int64_t deadline)
{
  int64_t now = engine->scene.now;
  if (!facts->bare) {
    Handle handle = record_new(&engine->moments, facts->fresh, facts->size, facts->units);
    MomentHeader *moment = moment_at(engine, handle);
    moment->opened = now;
    moment->journey = engine->journey;
    moment->serial = engine->serial++;
    memcpy((uint8_t *)moment + facts->deadline, &deadline, sizeof deadline);
    return handle;
  }
  Handle handle = heap_take(&engine->moments, sizeof(PlainMoment) / 8);
  *(PlainMoment *)heap_at(&engine->moments, handle) = (PlainMoment){
    .header = {.opened = now, .journey = engine->journey, .mot = mot, .serial = engine->serial++,
               .flags = MOMENT_OPEN},
    .deadline = deadline};
  return handle;
}

void plain_begin(Engine *engine, uint32_t mot)
{
  Scene *scene = &engine->scene;
  const MotFacts *facts = &engine->mots[mot];
  int64_t deadline = instant_after(scene->now, facts->length);
  bool never = deadline > DEADLINE_NEVER;
  if (never) deadline = DEADLINE_NEVER;
  Handle handle = new_record(engine, facts, mot, deadline);
  MomentHeader *moment = moment_at(engine, handle);
  engine->counts.mots[mot].opened++;
  moment_link(engine, handle, moment);
  if (deadline > scene->expiry) return;
  if (facts->lane != MOT_NONE && deadline >= engine->horizon && !never)
    timers_set_lane(engine->timers, facts->lane, deadline, handle);
  else
    moment_arm(engine, handle, moment, deadline);
}

void plain_arm(Engine *engine, Handle handle)
{
  const MomentHeader *moment = moment_at(engine, handle);
  int64_t due = deadline_of(&engine->mots[moment->mot], moment);
  bool comes = due >= engine->scene.now && due < DEADLINE_NEVER && due <= engine->scene.expiry;
  if (comes) moment_arm(engine, handle, moment, due);
}

static inline bool is_soon_told(const Engine *engine, uint32_t mot, uint8_t outcome)
{
  return engine->mots[mot].soon >> outcome & 1;
}

static void count_and_tell(Engine *engine, const PlainDecision *decision)
{
  moment_count(engine, decision->mot, decision->outcome, VOID_NONE);
  if (wants(engine, OUTCOME_KIND_MOMENT)) emit_plain(engine, decision);
}

/* False: it takes more than counting and telling it. */
static bool settle_at_once(Engine *engine, uint32_t mot, bool produced)
{
  uint8_t outcome = produced ? OUTCOME_PRODUCED : OUTCOME_MISSED;
  int64_t now = engine->scene.now;
  if (!is_soon_told(engine, mot, outcome)) return false;
  engine->counts.mots[mot].opened++;
  engine->serial++;
  count_and_tell(engine, &(PlainDecision){mot, outcome, now, INT64_MAX, now});
  return true;
}

bool plain_settle(Engine *engine, uint32_t mot, uint32_t predicate)
{
  const EventData *event = engine->scene.event;
  if (event->faults >> predicate & 1) return false;
  return settle_at_once(engine, mot, event->truths >> predicate & 1);
}

bool plain_settle_count(Engine *engine, const OpenFact *fact)
{
  int64_t count;
  HistoryView history = {engine->module, fact->history, engine->scene.journey};
  if (!history_count(history, engine->scene.now, &count)) return false;
  return settle_at_once(engine, fact->mot, count >= fact->least && count <= fact->most);
}

/* In all the steps that others take; `instant`: that of its sentence. */
static void decide_as_others(Engine *engine, Handle handle, MomentHeader *moment, uint8_t outcome,
                             int64_t instant, int64_t deadline)
{
  const MotFacts *facts = &engine->mots[moment->mot];
  scene_moment(&engine->scene, moment);
  engine->scene.before = deadline;
  engine->scene.settled = true;
  ((uint8_t *)moment)[facts->state] = outcome == OUTCOME_PRODUCED ? VERDICT_TRUE : VERDICT_FALSE;
  memcpy((uint8_t *)moment + facts->deadline, &instant, sizeof instant);
  subject_settled(engine, handle);
}

static void decide(Engine *engine, Handle handle, MomentHeader *moment, uint8_t outcome, int64_t instant)
{
  const Scene *scene = &engine->scene;
  int64_t deadline = deadline_of(&engine->mots[moment->mot], moment);
  if (deadline > scene->expiry) deadline = scene->expiry;
  if (!is_soon_told(engine, moment->mot, outcome)) {
    decide_as_others(engine, handle, moment, outcome, instant, deadline);
    return;
  }
  count_and_tell(engine, &(PlainDecision){moment->mot, outcome, moment->opened, deadline, instant});
  moment_unlink(engine, moment);
  if (engine->mots[moment->mot].bare) {
    moment->flags = 0;
    heap_put(&engine->moments, handle, sizeof(PlainMoment) / 8);
  } else {
    moment_give_back(engine, handle);
  }
  if (scene->journey->flags & JOURNEY_ENDING) journey_may_be_over(engine);
}

void plain_hears(Engine *engine, Handle handle, MomentHeader *moment)
{
  const MotFacts *facts = &engine->mots[moment->mot];
  int64_t now = engine->scene.now, passed = moment->flags & MOMENT_RAN ? now : now - 1;
  bool in_time = moment->flags & MOMENT_OPEN && deadline_of(facts, moment) > passed;
  if (in_time) decide(engine, handle, moment, facts->hit, now);
}

void plain_fires(Engine *engine, const DueTimer *timer)
{
  MomentHeader *moment = moment_at(engine, timer->subject);
  if (!(moment->flags & MOMENT_OPEN)) return;
  const MotFacts *facts = &engine->mots[moment->mot];
  int64_t due = deadline_of(facts, moment);
  uint8_t outcome = facts->hit == OUTCOME_PRODUCED ? OUTCOME_MISSED : OUTCOME_PRODUCED;
  engine_enter(engine, moment->journey);
  if (due > engine->scene.expiry || due < timer->due) return;
  if (due > timer->due)
    moment_arm(engine, timer->subject, moment, due);
  else
    decide(engine, timer->subject, moment, outcome, due);
}
