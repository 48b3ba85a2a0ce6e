/*
 * start.c - how journeys begin, and the silences that somebody in them waits for.
 */
#include <string.h>

#include "tests/reference/reference.h"

/* ---- starts on ---- */

static bool keys_of(Run *run, const Experience *experience, const Item *item, const char ***ret)
{
  const char **keys = ARENA_ARRAY(run->arena, const char *, experience->keys.len);
  for (uint32_t i = 0; i < experience->keys.len; i++) {
    Value value = field_of(item, experience->keys.data[i].name);
    if (!value.known || !value.s) return false;
    keys[i] = value.s;
  }
  *ret = keys;
  return true;
}

static bool same_keys(const Experience *experience, const char **a, const char **b)
{
  for (uint32_t i = 0; i < experience->keys.len; i++) {
    if (strcmp(a[i], b[i]) != 0) return false;
  }
  return true;
}

/* The last journey of the key; NULL: none. */
static const Journey *journey_of(const Run *run, const Experience *experience, const char **keys)
{
  for (uint32_t i = run->journeys.len; i-- > 0;) {
    const Journey *journey = run->journeys.data[i];
    if (journey->experience == experience && same_keys(experience, journey->keys, keys)) return journey;
  }
  return NULL;
}

/* The key's events since no journey of it is live; the one at hand last. */
static Items waiting_items(Run *run, const Experience *experience, const char **keys, const Item *item,
                           const Journey *last)
{
  Items items = {0};
  uint32_t from = last ? last->stopped : 0;
  for (uint32_t i = from; i < run->events.len; i++) {
    Item *event = run->events.data[i];
    const char **its;
    bool mine = event->event && keys_of(run, experience, event, &its) && same_keys(experience, keys, its);
    if (mine) *VEC_PUSH(run->arena, &items) = event;
    if (event == item) break;
  }
  return items;
}

static bool start_hits(Run *run, const Experience *experience, const Items *items, Hit *hit)
{
  Scene env = {.run = run};
  for (uint32_t i = 0; i < experience->starts->choices.len && !env.fault; i++) {
    const Choice *choice = &experience->starts->choices.data[i];
    *hit = (Hit){choice, i, ARENA_ARRAY(run->arena, const Item *, choice->steps.len)};
    if (items->len && choice_hits(&env, choice, items, 0, items->len - 1, hit->as)) return true;
  }
  return false;
}

static Journey *journey_new(Run *run, const Experience *experience, const char **keys, const Item *item,
                            const Hit *hit)
{
  Journey *journey = ARENA_NEW(run->arena, Journey);
  *journey = (Journey){.experience = experience, .keys = keys, .start = item, .start_choice = hit->choice,
                       .start_as = hit->as, .number = run->openings++};
  *VEC_PUSH(run->arena, &journey->items) = (Item *)(uintptr_t)item;
  *VEC_PUSH(run->arena, &run->journeys) = journey;
  return journey;
}

static bool is_live(const Journey *journey)
{
  return journey && !journey->ended && !journey->over;
}

void journey_try_start(Run *run, const Experience *experience, const Item *item)
{
  const char **keys;
  Hit hit;
  if (!keys_of(run, experience, item, &keys)) return;
  const Journey *last = journey_of(run, experience, keys);
  if (is_live(last)) return;
  Items items = waiting_items(run, experience, keys, item, last);
  if (!start_hits(run, experience, &items, &hit)) return;
  Journey *journey = journey_new(run, experience, keys, item, &hit);
  sco_open(run, journey);
  silences_set(run, journey);
  moments_open(run, journey, item);
  if (journey->sco) subject_look(run, journey->sco, item->time, false);
}

/* ---- silences ---- */

static int64_t silence_due(Run *run, const Journey *journey, const Choice *choice, const Item *from)
{
  Scene env = {.run = run, .journey = journey, .at = from, .log = journey->items.len, .now = from->time};
  Value value = value_of(&env, choice->steps.data[0].bound.value);
  int64_t due;
  if (env.fault || !value.known || value.i <= 0) return NEVER;
  return __builtin_add_overflow(from->time, value.i, &due) ? NEVER : due;
}

static void silences_of(Run *run, Journey *journey, const Pattern *pattern, const Mot *mot, uint8_t purpose)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    if (choice->shape != AST_SILENCE) continue;
    int64_t due = silence_due(run, journey, choice, journey->start);
    *VEC_PUSH(run->arena, &journey->silences) = (Silence){choice, mot, purpose, due};
  }
}

void silences_set(Run *run, Journey *journey)
{
  const Experience *experience = journey->experience;
  for (uint32_t i = 0; i < experience->voids.len; i++)
    silences_of(run, journey, experience->voids.data[i], NULL, PURPOSE_VOIDS);
  silences_of(run, journey, experience->ends, NULL, PURPOSE_ENDS);
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    silences_of(run, journey, mot->when, mot, PURPOSE_OPENS);
    for (uint32_t k = 0; k < mot->voids.len; k++)
      silences_of(run, journey, mot->voids.data[k], mot, PURPOSE_MOT_VOIDS);
    silences_of(run, journey, mot->pause, mot, PURPOSE_PAUSES);
    silences_of(run, journey, mot->resume, mot, PURPOSE_RESUMES);
  }
}

void silences_hear(Run *run, Journey *journey)
{
  const Item *item = journey->items.data[journey->items.len - 1];
  for (uint32_t i = 0; i < journey->silences.len; i++) {
    Silence *silence = &journey->silences.data[i];
    Scene env = {.run = run, .journey = journey, .at = item, .log = journey->items.len, .now = item->time};
    if (match_item(&env, &silence->choice->steps.data[0].match, item) < 0) continue;
    silence->due = silence_due(run, journey, silence->choice, item);
  }
}

static void silence_of_moments(Run *run, Journey *journey, const Silence *silence, int64_t now)
{
  uint32_t count = journey->moments.len;
  for (uint32_t i = 0; i < count; i++) {
    Subject *moment = journey->moments.data[i];
    if (moment->mot != silence->mot || !is_open(moment)) continue;
    if (moment->correcting) {
      if (silence->purpose == PURPOSE_MOT_VOIDS) correction_void(run, moment, now);
      continue;
    }
    if (silence->purpose == PURPOSE_MOT_VOIDS) {
      subject_void(run, moment, "voided", now);
      continue;
    }
    bool stops = silence->purpose == PURPOSE_PAUSES;
    uint8_t change = pause_change(stops, !stops, moment->paused);
    subject_entry(moment, run->arena, NULL, now, change);
    subject_look(run, moment, now, true);
  }
}

void silence_fires(Run *run, Journey *journey, Silence *silence, int64_t now)
{
  silence->due = NEVER;
  Hit hit = {silence->choice, 0, ARENA_ARRAY(run->arena, const Item *, 1)};
  switch (silence->purpose) {
  case PURPOSE_VOIDS: journey_voids(run, journey, now); break;
  case PURPOSE_ENDS:
    if (!journey->ended) journey_ends(run, journey, now);
    break;
  case PURPOSE_OPENS:
    if (!journey->ended) moment_open(run, journey, silence->mot, &hit, NULL, now);
    break;
  default: silence_of_moments(run, journey, silence, now);
  }
}
