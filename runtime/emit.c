/* emit.c - records of what was decided. */
#include <string.h>

#include "runtime/engine_state.h"

/* ---- texts behind a record ---- */

/* A record that is being written, and where its next piece goes: bytes from its start. */
typedef struct Pen {
  OutcomeRecord *record;
  uint32_t at;
} Pen;

/* Most keys have eight to sixteen bytes: they are copied as two times eight, which overlap. */
static inline void copy_text(char *to, const char *text, size_t len)
{
  uint64_t first, last;
  if (len < sizeof first || len > 2 * sizeof first) {
    if (len > 0) memcpy(to, text, len);
    return;
  }
  memcpy(&first, text, sizeof first);
  memcpy(&last, text + len - sizeof last, sizeof last);
  memcpy(to, &first, sizeof first);
  memcpy(to + len - sizeof last, &last, sizeof last);
}

static inline OutcomeText put(Pen *pen, const char *text, size_t len)
{
  OutcomeText ret = {pen->at, (uint32_t)len};
  copy_text((char *)pen->record + pen->at, text, len);
  pen->at += (uint32_t)len;
  return ret;
}

/* A text for which no room was taken when the record began: it may move. */
static OutcomeText put_more(Engine *engine, Pen *pen, const char *text, size_t len)
{
  pen->record = outcomes_room(engine->outcomes, pen->at + len);
  return put(pen, text, len);
}

/* ---- keys and evidence ---- */

static uint32_t key_count(const Engine *engine)
{
  return engine->module->Experience[engine->scene.journey->experience].keys_count;
}

static void put_further_keys(Engine *engine, Pen *pen, uint32_t count)
{
  for (uint32_t i = 1, len; i < count; i++) {
    const char *text = text_of(&engine->texts, *journey_key(engine->plan, engine->scene.journey, i), &len);
    OutcomeText place = put_more(engine, pen, text, len);
    ((OutcomeText *)(void *)((char *)pen->record + pen->record->keys.at))[i] = place;
  }
}

static inline void put_keys(Engine *engine, Pen *pen, uint32_t count)
{
  OutcomeText *keys = (OutcomeText *)(void *)((char *)pen->record + pen->at);
  pen->record->keys = (OutcomeText){pen->at, count * (uint32_t)sizeof *keys};
  pen->at += pen->record->keys.len;
  keys[0] = put(pen, engine->scene.key, engine->scene.key_len);
  if (count > 1) put_further_keys(engine, pen, count);
}

static inline void put_evidence(const Scene *scene, Pen *pen, uint32_t leaves)
{
  uint32_t count = condition_evidence(scene, (Evidence *)(void *)(pen->record + 1), leaves);
  pen->record->evidence.len = count * (uint32_t)sizeof(Evidence);
  pen->at += pen->record->evidence.len;
}

/* ---- values ---- */

/* A value of the subject or journey at hand; one that faults is left out. */
static OutcomeValue work_out(Engine *engine, Pen *pen, uint32_t function, uint32_t type, uint32_t of)
{
  OutcomeValue ret = {.type = type, .of = of};
  VmValue value;
  if (engine_call(engine, function, &value) != VM_DONE) return (OutcomeValue){0};
  bool beyond = type == VALUE_LISTED && (uint64_t)value.i >= engine->module->Listed[of].values_count;
  if (beyond) return (OutcomeValue){0};
  if (type == VALUE_TEXT || type == VALUE_ID)
    ret.s = put_more(engine, pen, value.s.text, value.s.len);
  else if (type == VALUE_NUMBER || type == VALUE_PERCENT)
    ret.f = value.f;
  else
    ret.i = value.i;
  return ret;
}

/* ---- records ---- */

/* A record with all but what is of its kind alone, with room for `more` bytes.  `mot`: MOT_NONE: none. */
static inline Pen begin(Engine *engine, OutcomeKind kind, uint32_t mot, uint8_t outcome, size_t more)
{
  const Scene *scene = &engine->scene;
  OutcomeRecord *record = outcomes_room(engine->outcomes, sizeof *record + more + scene->key_len);
  record->kind = (uint8_t)kind;
  record->outcome = outcome;
  record->reason = VOID_NONE;
  record->end = 0;
  record->experience = scene->journey->experience;
  record->mot = mot;
  record->time = scene->now;
  record->opened = scene->subject.opened;
  record->deadline = INT64_MAX;
  record->took = record->paused = 0;
  record->started = scene->journey->start;
  record->journey = scene->journey->serial;
  record->number = engine->number++;
  record->evidence = (OutcomeText){sizeof *record, 0};
  record->group.type = record->impact.type = VALUE_NONE;
  return (Pen){record, sizeof *record};
}

/* Puts the keys of a record that has no evidence, too. */
static Pen begin_without(Engine *engine, OutcomeKind kind, uint32_t mot, uint8_t outcome)
{
  uint32_t keys = key_count(engine);
  Pen pen = begin(engine, kind, mot, outcome, keys * sizeof(OutcomeText));
  put_keys(engine, &pen, keys);
  return pen;
}

/* That of the moment or SCO at hand. */
static Pen begin_decision(Engine *engine, OutcomeKind kind, uint32_t mot, uint8_t outcome, VoidReason reason)
{
  const Scene *scene = &engine->scene;
  bool speaks = outcome != OUTCOME_VOID && scene->subject.condition;
  uint32_t leaves = speaks ? scene->subject.condition->leaves_count : 0, keys = key_count(engine);
  Pen pen = begin(engine, kind, mot, outcome, leaves * sizeof(Evidence) + keys * sizeof(OutcomeText));
  pen.record->reason = (uint8_t)reason;
  pen.record->took = scene->now - scene->subject.opened;
  if (speaks) put_evidence(scene, &pen, leaves);
  put_keys(engine, &pen, keys);
  return pen;
}

static inline void end(Engine *engine, const Pen *pen)
{
  outcomes_add(engine->outcomes, pen->record, pen->at);
}

void emit_plain(Engine *engine, const PlainDecision *decision)
{
  Pen pen = begin(engine, OUTCOME_KIND_MOMENT, decision->mot, decision->outcome,
                  sizeof(Evidence) + sizeof(OutcomeText));
  OutcomeRecord *record = pen.record;
  record->opened = decision->opened;
  record->deadline = decision->deadline;
  record->took = record->time - decision->opened;
  *(Evidence *)(void *)(record + 1) =
    (Evidence){.text = engine->mots[decision->mot].sentences[decision->outcome], .at = decision->instant};
  record->evidence.len = sizeof(Evidence);
  pen.at += sizeof(Evidence);
  put_keys(engine, &pen, 1);
  end(engine, &pen);
}

static void put_impact(Engine *engine, Pen *pen, const MotRow *row)
{
  bool missed = pen->record->outcome == OUTCOME_MISSED;
  uint32_t function = missed ? row->impact_missed : row->impact_produced;
  uint32_t currency = missed ? row->missed_currency : row->produced_currency;
  if (pen->record->outcome == OUTCOME_VOID || function == MOT_NONE) return;
  OutcomeValue impact = work_out(engine, pen, function, VALUE_MONEY, currency);
  pen->record->impact = impact;
}

static void put_group(Engine *engine, Pen *pen, const MotRow *row)
{
  uint32_t of = row->group_type == VALUE_LISTED ? row->group_listed : row->group_currency;
  if (row->group == MOT_NONE) return;
  OutcomeValue group = work_out(engine, pen, row->group, row->group_type, of);
  pen->record->group = group;
}

void emit_moment(Engine *engine, uint8_t outcome, VoidReason reason, int64_t deadline)
{
  const Scene *scene = &engine->scene;
  const MotRow *row = &engine->module->Mot[scene->subject.moment->mot];
  Pen pen = begin_decision(engine, OUTCOME_KIND_MOMENT, scene->subject.moment->mot, outcome, reason);
  pen.record->deadline = deadline;
  if (scene->subject.pause) pen.record->paused = moment_stood(scene);
  put_impact(engine, &pen, row);
  put_group(engine, &pen, row);
  end(engine, &pen);
}

void emit_sco(Engine *engine, uint8_t outcome, VoidReason reason)
{
  Pen pen = begin_decision(engine, OUTCOME_KIND_SCO, MOT_NONE, outcome, reason);
  end(engine, &pen);
}

JourneyEnd journey_end_of(const JourneyHeader *journey)
{
  return journey->flags & JOURNEY_VOIDED ? JOURNEY_END_VOID
    : journey->flags & JOURNEY_ENDED ? JOURNEY_END_ENDED
    : JOURNEY_END_EXPIRED;
}

void emit_journey(Engine *engine)
{
  const JourneyHeader *journey = engine->scene.journey;
  const ExperienceRow *row = &engine->module->Experience[journey->experience];
  Pen pen = begin_without(engine, OUTCOME_KIND_JOURNEY, MOT_NONE, journey->flags >> JOURNEY_SCO_SHIFT & 3);
  OutcomeRecord *record = pen.record;
  record->end = (uint8_t)journey_end_of(journey);
  record->opened = journey->start;
  memcpy(record->counts, journey->decided, sizeof record->counts);
  record->lost = journey->lost;
  record->weighed = journey->weighed;
  if (row->value != MOT_NONE) {
    OutcomeValue value = work_out(engine, &pen, row->value, row->value_type, row->value_currency);
    pen.record->impact = value;
  }
  end(engine, &pen);
}

void emit_open(Engine *engine)
{
  const Scene *scene = &engine->scene;
  uint32_t mot = scene->subject.moment ? scene->subject.moment->mot : MOT_NONE;
  Pen pen = begin_without(engine, OUTCOME_KIND_OPEN, mot, OUTCOME_OPEN);
  pen.record->deadline = condition_deadline(scene);
  end(engine, &pen);
}
