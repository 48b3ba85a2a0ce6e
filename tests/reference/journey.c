/*
 * journey.c - what one event, and what each outcome after it, does to a journey.
 */
#include <string.h>

#include "tests/reference/reference.h"

int64_t expiry_of(const Journey *journey)
{
  return journey->start->time + journey->experience->expires;
}

/* A pattern of a moment or of the journey itself; the start does not count in it. */
static bool hits(Run *run, const Journey *journey, const Subject *subject, const Pattern *pattern,
                 bool *ret_fault)
{
  Scene env = {.run = run, .journey = journey, .subject = subject};
  bool is = pattern && pattern_hits(&env, pattern, &journey->items, 1, journey->items.len - 1);
  *ret_fault = env.fault;
  return is;
}

/* ---- openings ---- */

static bool may_open(const Journey *journey, const Choice *choice)
{
  if (choice->mode != MODE_FIRST) return true;
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    if (journey->moments.data[i]->choice == choice) return false;
  }
  return true;
}

static void supersede(Run *run, Journey *journey, const Mot *mot, int64_t now)
{
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    Subject *moment = journey->moments.data[i];
    if (moment->mot == mot && open_moment(moment)) subject_void(run, moment, "superseded", now);
  }
}

void moment_open(Run *run, Journey *journey, const Mot *mot, const Hit *hit, const Item *opening, int64_t now)
{
  if (!may_open(journey, hit->choice)) return;
  if (hit->choice->mode == MODE_LATEST) supersede(run, journey, mot, now);
  Subject *moment = ARENA_NEW(run->arena, Subject);
  *moment = (Subject){.journey = journey, .mot = mot, .condition = mot->smoto, .choice = hit->choice,
                      .opening = opening, .as = hit->as, .opened = now, .opened_log = journey->items.len,
                      .number = run->openings++, .passed = now - 1, .wake = NEVER, .outcome = OUTCOME_OPEN};
  if (run->in_cascade) moment->cascade = run->cascade;
  *VEC_PUSH(run->arena, &journey->moments) = moment;
  subject_look(run, moment, now, false);
}

static bool choice_opens(Scene *env, const Choice *choice, const Item *item, Hit *hit)
{
  const Items *items = &env->journey->items;
  *hit = (Hit){.choice = choice, .as = ARENA_ARRAY(env->run->arena, const Item *, choice->steps.len)};
  if (!item->moment) return choice_hits(env, choice, items, 0, items->len - 1, hit->as);
  if (choice->shape != AST_ONE || match_item(env, &choice->steps.data[0].match, item) < 0) return false;
  hit->as[0] = item;
  return true;
}

void moments_open(Run *run, Journey *journey, const Item *item)
{
  for (uint32_t i = 0; i < journey->experience->mots.len; i++) {
    const Mot *mot = journey->experience->mots.data[i];
    Scene env = {.run = run, .journey = journey, .at = item, .log = journey->items.len, .now = item->time};
    Hit hit;
    for (uint32_t k = 0; k < mot->when->choices.len && !env.fault; k++) {
      const Choice *choice = &mot->when->choices.data[k];
      if (!may_open(journey, choice) || !choice_opens(&env, choice, item, &hit)) continue;
      moment_open(run, journey, mot, &hit, item, item->time);
      break;
    }
  }
}

/* There is none without a condition. */
void sco_open(Run *run, Journey *journey)
{
  if (!journey->experience->sco) return;
  Subject *sco = ARENA_NEW(run->arena, Subject);
  *sco = (Subject){.journey = journey, .condition = journey->experience->sco, .opening = journey->start,
                   .opened = journey->start->time, .opened_log = 1, .number = journey->number,
                   .passed = journey->start->time - 1, .wake = NEVER, .outcome = OUTCOME_OPEN};
  journey->sco = sco;
}

/* ---- one event in one journey ---- */

static bool journey_void_hits(Run *run, const Journey *journey)
{
  bool fault = false;
  for (uint32_t i = 0; i < journey->experience->voids.len && !fault; i++) {
    if (hits(run, journey, NULL, journey->experience->voids.data[i], &fault)) return true;
  }
  return false;
}

/* What an `on void` opens is none of those. */
static void moments_void(Run *run, Journey *journey, int64_t now)
{
  uint32_t count = journey->moments.len;
  for (uint32_t i = 0; i < count; i++) {
    Subject *moment = journey->moments.data[i];
    bool fault = false;
    for (uint32_t k = 0; moment->mot && k < moment->mot->voids.len && is_open(moment) && !fault; k++) {
      if (!hits(run, journey, moment, moment->mot->voids.data[k], &fault)) continue;
      if (moment->correcting)
        correction_void(run, moment, now);
      else
        subject_void(run, moment, "voided", now);
    }
  }
}

static uint8_t pause_of(Run *run, const Subject *moment)
{
  const Mot *mot = moment->mot;
  if (!mot->pause) return PAUSE_LEAVES;
  bool stop_fault, run_fault;
  bool stop = hits(run, moment->journey, moment, mot->pause, &stop_fault);
  bool runs = hits(run, moment->journey, moment, mot->resume, &run_fault);
  return pause_change(stop, runs, moment->paused);
}

static void moments_test(Run *run, Journey *journey, const Item *item)
{
  uint32_t count = journey->moments.len;
  for (uint32_t i = 0; i < count; i++) {
    Subject *moment = journey->moments.data[i];
    if (!is_open(moment) || (item->moment && moment->cascade == run->cascade)) continue;
    if (moment->correcting) {
      correction_tested(run, moment, item);
      continue;
    }
    subject_entry(moment, run->arena, item, item->time, item->moment ? PAUSE_LEAVES : pause_of(run, moment));
    subject_look(run, moment, item->time, true);
  }
}

static void sco_test(Run *run, Journey *journey, const Item *item)
{
  if (journey->over || !journey->sco || !is_open(journey->sco)) return;
  subject_entry(journey->sco, run->arena, item, item->time, PAUSE_LEAVES);
  subject_look(run, journey->sco, item->time, true);
}

static void journey_hears(Run *run, Journey *journey, Item *item)
{
  *VEC_PUSH(run->arena, &journey->items) = item;
  silences_hear(run, journey);
  if (journey_void_hits(run, journey)) {
    journey_voids(run, journey, item->time);
    return;
  }
  moments_void(run, journey, item->time);
  moments_test(run, journey, item);
  if (!journey->ended) moments_open(run, journey, item);
  sco_test(run, journey, item);
  bool fault, live = !journey->ended && !journey->over;
  bool ends = live && hits(run, journey, NULL, journey->experience->ends, &fault);
  if (ends) journey_ends(run, journey, item->time);
}

/* ---- all journeys ---- */

static bool reaches(const Journey *journey, const Item *item)
{
  const Experience *experience = journey->experience;
  for (uint32_t i = 0; i < experience->keys.len; i++) {
    Value value = field_of(item, experience->keys.data[i].name);
    if (!value.known && i == 0) return false;
    bool other = value.known && (!value.s || strcmp(value.s, journey->keys[i]) != 0);
    if (other) return false;
  }
  return true;
}

/* Every event of one experience's journeys has ids as keys. */
static bool hears_kind(const Experience *experience, const Item *item)
{
  for (uint32_t i = 0; item->event && i < item->event->fields.len; i++) {
    const Field *field = item->event->fields.data[i];
    bool key = field->name == experience->keys.data[0].name;
    if (key) return field->type.base == VALUE_ID || field->type.base == VALUE_TEXT;
  }
  return false;
}

void journeys_hear(Run *run, const Item *item)
{
  for (uint32_t i = 0; i < run->program->experiences.len; i++) {
    const Experience *experience = run->program->experiences.data[i];
    uint32_t count = run->journeys.len;
    if (!hears_kind(experience, item)) continue;
    for (uint32_t k = 0; k < count; k++) {
      Journey *journey = run->journeys.data[k];
      bool mine = journey->experience == experience && !journey->over && reaches(journey, item);
      if (mine) journey_hears(run, journey, (Item *)(uintptr_t)item);
    }
    journey_try_start(run, experience, item);
  }
}

/* ---- outcomes ---- */

/* The same partition key, and equal names further on where both have them. */
static bool shares(const Journey *to, const Journey *from)
{
  const Experience *a = to->experience, *b = from->experience;
  if (a->keys.data[0].name != b->keys.data[0].name) return false;
  for (uint32_t i = 0; i < a->keys.len; i++) {
    for (uint32_t k = 0; k < b->keys.len; k++) {
      bool same = a->keys.data[i].name == b->keys.data[k].name;
      if (same && strcmp(to->keys[i], from->keys[k]) != 0) return false;
    }
  }
  return true;
}

static void outcome_heard(Run *run, Journey *journey, const Item *item)
{
  moments_test(run, journey, item);
  if (!journey->ended && !journey->over && !item->silent) moments_open(run, journey, item);
  sco_test(run, journey, item);
}

void outcomes_heard(Run *run)
{
  run->in_cascade = true;
  run->cascade++;
  while (run->heard < run->outcomes.len) {
    const Item *item = run->outcomes.data[run->heard++];
    for (uint32_t i = 0; i < run->program->experiences.len; i++) {
      for (uint32_t k = 0; k < run->journeys.len; k++) {
        Journey *journey = run->journeys.data[k];
        bool mine = journey->experience == run->program->experiences.data[i] && !journey->over;
        if (mine && shares(journey, item->moment->journey)) outcome_heard(run, journey, item);
      }
    }
  }
  run->in_cascade = false;
}
