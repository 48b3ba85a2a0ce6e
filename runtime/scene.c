/* scene.c - see scene.h. */
#include "runtime/scene.h"

#include <assert.h>
#include <string.h>

/* ---- subjects ---- */

static void correction_subject(const Module *module, uint32_t correction, Subject *subject)
{
  const CorrectionRow *row = &module->Correction[correction];
  subject->slots = module->Slot + row->slots;
  subject->condition = row->condition == MOT_NONE ? NULL : &module->Condition[row->condition];
  subject->lasts = true;
}

static void moment_subject(const Module *module, MomentHeader *moment, Subject *subject)
{
  const MotRow *row = &module->Mot[moment->mot];
  subject->slots = module->Slot + row->slots;
  subject->condition = &module->Condition[row->condition];
  subject->pause = row->pausable ? (PauseHeader *)(void *)(moment + 1) : NULL;
}

void scene_moment(Scene *scene, MomentHeader *moment)
{
  const Module *module = scene->plan->module;
  Subject *subject = &scene->subject;
  *subject = (Subject){.record = (uint8_t *)moment,
                       .moment = moment,
                       .opened = moment->opened,
                       .ran = (moment->flags & MOMENT_RAN) != 0};
  if (moment->flags & MOMENT_CORRECTION)
    correction_subject(module, moment->mot - module->Mot_count, subject);
  else
    moment_subject(module, moment, subject);
  scene->moved = scene->settled = false;
  scene->before = INSTANT_NONE;
}

void scene_sco(Scene *scene)
{
  const Module *module = scene->plan->module;
  JourneyHeader *journey = scene->journey;
  uint32_t sco = module->Experience[journey->experience].sco;
  scene->subject = (Subject){.record = (uint8_t *)journey,
                             .slots = scene->journey_slots,
                             .condition = sco == MOT_NONE ? NULL : &module->Condition[sco],
                             .opened = journey->start,
                             .ran = (journey->flags & JOURNEY_SCO_RAN) != 0};
  scene->moved = scene->settled = false;
  scene->before = INSTANT_NONE;
}

/* ---- journeys ---- */

void scene_journey(Scene *scene, JourneyHeader *journey)
{
  const Module *module = scene->plan->module;
  const ExperienceRow *row = &module->Experience[journey->experience];
  scene->journey = journey;
  scene->journey_slots = module->Slot + row->slots;
  scene->expiry = instant_after(journey->start, row->expires);
}

Handle *journey_key(const Plan *plan, JourneyHeader *journey, uint32_t key)
{
  assert(key >= 1 && key < plan->module->Experience[journey->experience].keys_count);
  uint8_t *further = (uint8_t *)journey + plan->experiences[journey->experience].further;
  return (Handle *)(void *)further + (key - 1);
}

/* ---- texts ---- */

static void drop_text(Scene *scene, Handle text)
{
  scene->drops->texts[scene->drops->count++] = text;
}

/* Room for one more, so that a text is never given up and lost. */
static void ensure_drop(Scene *scene)
{
  TextDrops *drops = scene->drops;
  if (drops->count < drops->room) return;
  Mem *mem = scene->texts->mem;
  uint32_t room = drops->room ? drops->room * 2 : 32;
  Handle *texts = mem_resize(mem, drops->texts, sizeof(Handle) * drops->room, sizeof(Handle) * (size_t)room);
  if (!texts) mem_fail(mem);
  drops->texts = texts;
  drops->room = room;
}

void scene_store_text(Scene *scene, const SlotRow *slot, void *record, const char *text, uint32_t len)
{
  Handle old = slot_load_s(slot, record);
  uint32_t old_len;
  const char *old_text = text_of(scene->texts, old, &old_len);
  if (old_len == len && memcmp(old_text, text, len) == 0) return;
  if (old) ensure_drop(scene);
  slot_store_s(slot, record, text_keep(scene->texts, text, len));
  if (old) drop_text(scene, old);
}
