/* act.c - what `on` blocks do, and what is active under an id. */
#include "runtime/acts.h"

#include "runtime/grow.h"

/* ---- what is worked out once ---- */

const ActFacts *act_facts(Engine *engine)
{
  const Module *m = engine->module;
  ActFacts *facts = ARENA_NEW(&engine->arena, ActFacts);
  uint32_t *mots = ARENA_ARRAY(&engine->arena, uint32_t, m->Action_count);
  uint32_t *corrections = ARENA_ARRAY(&engine->arena, uint32_t, m->Correction_count);
  for (uint32_t i = 0; i < m->Action_count; i++) {
    mots[i] = MOT_NONE;
    if (m->Action[i].kind == ACTION_CORRECT) corrections[m->Action[i].correction] = i;
  }
  for (uint32_t i = 0; i < m->Mot_count; i++)
    for (uint32_t k = 0; k < m->Mot[i].actions_count; k++) mots[m->Mot[i].actions + k] = i;
  *facts = (ActFacts){engine->plan->actions, mots, corrections};
  return facts;
}

/* ---- on blocks ---- */

static void act(Engine *engine, uint32_t action, int64_t opening)
{
  if (engine->module->Action[action].kind == ACTION_ALERT)
    alert_raise(engine, action, opening);
  else
    correction_open(engine, action, opening);
}

static void act_all(Engine *engine, uint32_t first, uint32_t count, uint8_t outcome, int64_t opening)
{
  static const uint8_t when[] = {[OUTCOME_MISSED] = WHEN_MISSED, [OUTCOME_PRODUCED] = WHEN_PRODUCED,
                                 [OUTCOME_VOID] = WHEN_VOID};
  for (uint32_t i = first; i < first + count; i++)
    if (engine->module->Action[i].when == when[outcome]) act(engine, i, opening);
}

void act_moment(Engine *engine, Handle moment, uint8_t outcome, int64_t deadline)
{
  const Subject *subject = &engine->scene.subject;
  const MotRow *row = &engine->module->Mot[subject->moment->mot];
  if (moment && engine->plan->mots[subject->moment->mot].risks > 0) alerts_decided(engine, moment);
  engine->scene.deadline = deadline;
  act_all(engine, row->actions, row->actions_count, outcome, subject->opened);
}

void act_sco(Engine *engine, uint8_t outcome)
{
  const JourneyHeader *journey = engine->scene.journey;
  const ExperienceRow *row = &engine->module->Experience[journey->experience];
  act_all(engine, row->actions, row->actions_count, outcome, journey->start);
}

void act_at_risk(Engine *engine, Handle moment, uint32_t action, int64_t deadline)
{
  if (engine->module->Action[action].kind == ACTION_ALERT)
    alert_at_risk(engine, moment, action, deadline);
  else
    correction_open(engine, action, engine->scene.subject.opened);
}

/* ---- ids ---- */

static char *put_further_keys(Engine *engine, char *to)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t count = engine->module->Experience[journey->experience].keys_count;
  for (uint32_t i = 1, len; i < count; i++) {
    const char *text = text_of(&engine->texts, *journey_key(engine->plan, journey, i), &len);
    to = act_id_key(to, text, len);
  }
  return to;
}

static size_t id_room(const Engine *engine, const ActRule *rule)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t count = engine->module->Experience[journey->experience].keys_count;
  size_t room = (size_t)rule->len + ACT_ID_OPENING + ACT_ID_OVERDUE + count;
  room += (size_t)ACT_ID_GROWTH * engine->scene.key_len;
  for (uint32_t i = 1, len; i < count; i++) {
    text_of(&engine->texts, *journey_key(engine->plan, journey, i), &len);
    room += (size_t)ACT_ID_GROWTH * len;
  }
  return room;
}

ActId act_id(Engine *engine, uint32_t action, int64_t opening, bool overdue)
{
  const ActRule *rule = &engine->acts->rules[action];
  engine->id = grow(engine->mem, engine->id, &engine->id_room, id_room(engine, rule), 1);
  char *to = act_id_rule(engine->id, rule);
  to = act_id_key(to, engine->scene.key, engine->scene.key_len);
  to = act_id_opening(put_further_keys(engine, to), opening);
  if (overdue) to = act_id_overdue(to);
  return (ActId){engine->id, (uint32_t)(to - engine->id)};
}

/* Ids are found as keys are: a table of partitions, each of which leads to the one that has the id. */
Handle act_find(const Engine *engine, ActKind kind, ActId id)
{
  Handle found = partitions_find(&engine->active, key_hash(id.text, id.len), (uint16_t)kind, id.text, id.len);
  return found ? partition_at(&engine->active, found)->journeys : 0;
}

void act_add(Engine *engine, ActKind kind, ActId id, Handle handle)
{
  uint64_t hash = key_hash(id.text, id.len);
  Handle at = partitions_add(&engine->active, hash, (uint16_t)kind, id.text, id.len);
  partition_at(&engine->active, at)->journeys = handle;
}

void act_remove(Engine *engine, ActKind kind, ActId id)
{
  uint64_t hash = key_hash(id.text, id.len);
  Handle found = partitions_find(&engine->active, hash, (uint16_t)kind, id.text, id.len);
  if (found) partitions_remove(&engine->active, found);
}
