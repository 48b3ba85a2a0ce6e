/*
 * cascade.c - decided outcomes are heard, first in, first out, by all that was open when the
 * event or timer itself was through; then what was decided and what is over is given back.
 */
#include <string.h>

#include "runtime/engine_state.h"
#include "runtime/grow.h"

void tell(Engine *engine, Told told)
{
  size_t count = (size_t)engine->told_count + 1;
  engine->told = grow(engine->mem, engine->told, &engine->told_room, count, sizeof told);
  engine->told[engine->told_count++] = told;
}

/* ---- who hears it ---- */

static bool same_text(const Engine *engine, Handle a, Handle b)
{
  uint32_t len_a, len_b;
  const char *text_a = text_of(&engine->texts, a, &len_a), *text_b = text_of(&engine->texts, b, &len_b);
  return len_a == len_b && memcmp(text_a, text_b, len_a) == 0;
}

/* Journeys of one partition: further names that both have say the same. */
static bool shares(const Engine *engine, JourneyHeader *a, JourneyHeader *b)
{
  const Module *m = engine->module;
  const ExperienceRow *of_a = &m->Experience[a->experience], *of_b = &m->Experience[b->experience];
  if (a == b) return true;
  for (uint32_t i = 1; i < of_a->keys_count; i++) {
    for (uint32_t k = 1; k < of_b->keys_count; k++) {
      if (m->Key[of_a->keys + i].name != m->Key[of_b->keys + k].name) continue;
      Handle name_a = *journey_key(engine->plan, a, i), name_b = *journey_key(engine->plan, b, k);
      if (!same_text(engine, name_a, name_b)) return false;
    }
  }
  return true;
}

/* ---- hearing ---- */

/* Puts the outcome at hand. */
static void enter_outcome(Engine *engine, const Told *told)
{
  Scene *scene = &engine->scene;
  JourneyHeader *journey = journey_at(engine, told->journey);
  scene->event = NULL;
  scene->outcome_start = journey->start;
  if (told->moment) {
    const MomentHeader *moment = moment_at(engine, told->moment);
    scene->outcome = (const uint8_t *)moment;
    scene->outcome_slots = engine->module->Slot + engine->module->Mot[moment->mot].slots;
    scene->outcome_opened = moment->opened;
  } else {
    scene->outcome = (const uint8_t *)journey;
    scene->outcome_slots = engine->module->Slot + engine->module->Experience[journey->experience].slots;
    scene->outcome_opened = journey->start;
  }
}

static void journey_hears(Engine *engine, Handle handle, const HandlerPlan *handler, const Told *told)
{
  engine_enter(engine, handle);
  enter_outcome(engine, told);
  const JourneyHeader *journey = engine->scene.journey;
  if (journey->mots & engine->handlers[handler->handler].tests) moments_test(engine, handler, engine->serial);
  if (!(journey->flags & (JOURNEY_ENDED | JOURNEY_OVER)) && !told->silent) moments_trigger(engine, handler);
  if (handler->sco != MOT_NONE && journey->flags & JOURNEY_SCO_OPEN) sco_test(engine, handler->sco);
}

static void journey_may_hear(Engine *engine, Handle handle, const HandlerPlan *handler, const Told *told)
{
  JourneyHeader *journey = journey_at(engine, handle);
  if (journey->flags & JOURNEY_OVER || !shares(engine, journey, journey_at(engine, told->journey))) return;
  journey_hears(engine, handle, handler, told);
}

static void hear_in_crowd(Engine *engine, const Told *told, const Partition *partition,
                          const HandlerPlan *const *listeners, uint32_t count)
{
  JourneyHeader *from = journey_at(engine, told->journey);
  for (uint32_t i = 0; i < count; i++) {
    CrowdWalk walk = crowd_walk_outcome(engine, partition, listeners[i]->experience, from);
    for (Handle handle; (handle = crowd_next(engine, &walk)) != 0;)
      if (journey_at(engine, handle)->experience == listeners[i]->experience)
        journey_may_hear(engine, handle, listeners[i], told);
  }
}

static void hear(Engine *engine, Told told)
{
  JourneyHeader *from = journey_at(engine, told.journey);
  uint32_t count;
  const HandlerPlan *const *listeners;
  if (told.moment) {
    const MotPlan *mot = &engine->plan->mots[moment_at(engine, told.moment)->mot];
    listeners = mot->listeners[told.outcome];
    count = mot->listener_count[told.outcome];
  } else {
    const ExperiencePlan *experience = &engine->plan->experiences[from->experience];
    listeners = experience->listeners[told.outcome];
    count = experience->listener_count[told.outcome];
  }
  const Partition *partition = partition_at(&engine->partitions, from->partition);
  if (partition->crowded) {
    hear_in_crowd(engine, &told, partition, listeners, count);
    return;
  }
  Handle handle = partition->journeys;
  for (uint32_t i = 0; i < count && handle;) {
    JourneyHeader *journey = journey_at(engine, handle);
    if (journey->experience > listeners[i]->experience) {
      i++;
      continue;
    }
    if (journey->experience == listeners[i]->experience)
      journey_may_hear(engine, handle, listeners[i], &told);
    handle = journey->next;
  }
}

/* ---- all of it ---- */

static void give_back(Engine *engine)
{
  for (uint32_t i = 0; i < engine->told_count; i++)
    if (engine->told[i].moment) moment_give_back(engine, engine->told[i].moment);
  for (uint32_t i = 0; i < engine->over.len; i++) journey_bury(engine, engine->over.data[i]);
  engine->told_count = 0;
  engine->over.len = 0;
}

void cascade_hear(Engine *engine)
{
  if (engine->drops.count > 0) engine_drop_texts(engine);
  if (engine->told_count == 0 && engine->over.len == 0) return;
  engine->in_cascade = true;
  engine->cascade = engine->serial;
  for (uint32_t i = 0; i < engine->told_count; i++) hear(engine, engine->told[i]);
  engine->in_cascade = false;
  engine->scene.outcome = NULL;
  give_back(engine);
  if (engine->drops.count > 0) engine_drop_texts(engine);
}
