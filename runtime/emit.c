/* emit.c - records of what was decided. */
#include <string.h>

#include "runtime/engine_state.h"

/* ---- texts behind a record ---- */

/* Where the next piece goes: bytes from the record's start. */
typedef struct Pen {
  OutcomeRecord *record;
  uint32_t at;
} Pen;

static OutcomeText put(Pen *pen, const void *bytes, size_t len)
{
  OutcomeText text = {pen->at, (uint32_t)len};
  if (len > 0) memcpy((char *)pen->record + pen->at, bytes, len);
  pen->at += (uint32_t)len;
  return text;
}

static uint32_t key_count(const Engine *engine)
{
  return engine->module->Experience[engine->scene.journey->experience].keys_count;
}

static const char *key_text(const Engine *engine, uint32_t key, uint32_t *ret_len)
{
  const Scene *scene = &engine->scene;
  if (key > 0) return text_of(&engine->texts, *journey_key(engine->plan, scene->journey, key), ret_len);
  *ret_len = scene->key_len;
  return scene->key;
}

static size_t keys_size(const Engine *engine)
{
  uint32_t count = key_count(engine), len;
  size_t size = count * sizeof(OutcomeText);
  for (uint32_t i = 0; i < count; i++) {
    key_text(engine, i, &len);
    size += len;
  }
  return size;
}

static void put_keys(const Engine *engine, Pen *pen)
{
  uint32_t count = key_count(engine), len, at = pen->at;
  pen->record->keys = (OutcomeText){at, count};
  pen->at += count * (uint32_t)sizeof(OutcomeText);
  for (uint32_t i = 0; i < count; i++) {
    const char *text = key_text(engine, i, &len);
    OutcomeText place = put(pen, text, len);
    memcpy((char *)pen->record + at + i * sizeof place, &place, sizeof place);
  }
}

/* ---- values ---- */

/* A value of the subject or journey at hand; one that is missing or faults is left out. */
typedef struct Worked {
  OutcomeValue value;
  VmText text;
} Worked;

static Worked work_out(Engine *engine, uint32_t function, uint32_t type, uint32_t of)
{
  Worked worked = {0};
  VmValue value;
  if (function == MOT_NONE || engine_call(engine, function, &value) != VM_DONE) return worked;
  bool beyond = type == VALUE_LISTED && (uint64_t)value.i >= engine->module->Listed[of].values_count;
  if (beyond) return worked;
  worked.value.type = type;
  worked.value.of = of;
  if (type == VALUE_TEXT || type == VALUE_ID)
    worked.text = value.s;
  else if (type == VALUE_NUMBER || type == VALUE_PERCENT)
    worked.value.f = value.f;
  else
    worked.value.i = value.i;
  return worked;
}

static void put_value(Pen *pen, OutcomeValue *to, const Worked *worked)
{
  *to = worked->value;
  bool text = worked->value.type == VALUE_TEXT || worked->value.type == VALUE_ID;
  if (text) to->s = put(pen, worked->text.text, worked->text.len);
}

/* ---- records ---- */

static Pen begin(Engine *engine, OutcomeKind kind, size_t extra)
{
  const Scene *scene = &engine->scene;
  OutcomeRecord *record = outcomes_add(engine->outcomes, extra + keys_size(engine));
  record->kind = (uint8_t)kind;
  record->experience = scene->journey->experience;
  record->mot = MOT_NONE;
  record->time = scene->now;
  record->deadline = INT64_MAX;
  record->number = engine->number++;
  Pen pen = {record, sizeof *record};
  return pen;
}

static uint32_t evidence(Engine *engine, uint8_t outcome)
{
  if (outcome == OUTCOME_VOID) return 0;
  return condition_evidence(&engine->scene, engine->evidence, engine->evidence_room);
}

static void fill_decision(Engine *engine, Pen *pen, uint8_t outcome, VoidReason reason, uint32_t sentences)
{
  OutcomeRecord *record = pen->record;
  record->outcome = outcome;
  record->reason = (uint8_t)reason;
  record->opened = engine->scene.subject.opened;
  record->took = engine->scene.now - record->opened;
  record->evidence = put(pen, engine->evidence, sentences * sizeof(Evidence));
  put_keys(engine, pen);
}

void emit_moment(Engine *engine, uint8_t outcome, VoidReason reason, int64_t deadline)
{
  const Scene *scene = &engine->scene;
  const MotRow *row = &engine->module->Mot[scene->subject.moment->mot];
  uint32_t function = outcome == OUTCOME_MISSED ? row->impact_missed
    : outcome == OUTCOME_PRODUCED ? row->impact_produced
    : MOT_NONE;
  uint32_t currency = outcome == OUTCOME_MISSED ? row->missed_currency : row->produced_currency;
  uint32_t sentences = evidence(engine, outcome);
  Worked impact = work_out(engine, function, VALUE_MONEY, currency);
  uint32_t group_of = row->group_type == VALUE_LISTED ? row->group_listed : row->group_currency;
  Worked group = work_out(engine, row->group, row->group_type, group_of);
  Pen pen = begin(engine, OUTCOME_KIND_MOMENT, sentences * sizeof(Evidence) + group.text.len);
  pen.record->mot = scene->subject.moment->mot;
  pen.record->deadline = deadline;
  pen.record->paused = scene->subject.pause ? moment_stood(scene) : 0;
  fill_decision(engine, &pen, outcome, reason, sentences);
  put_value(&pen, &pen.record->impact, &impact);
  put_value(&pen, &pen.record->group, &group);
}

void emit_sco(Engine *engine, uint8_t outcome, VoidReason reason)
{
  uint32_t sentences = evidence(engine, outcome);
  Pen pen = begin(engine, OUTCOME_KIND_SCO, sentences * sizeof(Evidence));
  fill_decision(engine, &pen, outcome, reason, sentences);
}

static JourneyEnd end_of(const JourneyHeader *journey)
{
  return journey->flags & JOURNEY_VOIDED ? JOURNEY_END_VOID
    : journey->flags & JOURNEY_ENDED ? JOURNEY_END_ENDED
    : JOURNEY_END_EXPIRED;
}

void emit_journey(Engine *engine)
{
  const JourneyHeader *journey = engine->scene.journey;
  const ExperienceRow *row = &engine->module->Experience[journey->experience];
  Worked value = work_out(engine, row->value, row->value_type, row->value_currency);
  Pen pen = begin(engine, OUTCOME_KIND_JOURNEY, value.text.len);
  OutcomeRecord *record = pen.record;
  record->outcome = journey->flags >> JOURNEY_SCO_SHIFT & 3;
  record->end = (uint8_t)end_of(journey);
  record->opened = journey->start;
  memcpy(record->counts, journey->decided, sizeof record->counts);
  record->lost = journey->lost;
  record->weighed = journey->weighed;
  put_keys(engine, &pen);
  put_value(&pen, &record->impact, &value);
}

void emit_open(Engine *engine)
{
  const Scene *scene = &engine->scene;
  Pen pen = begin(engine, OUTCOME_KIND_OPEN, 0);
  if (scene->subject.moment) pen.record->mot = scene->subject.moment->mot;
  pen.record->outcome = OUTCOME_OPEN;
  pen.record->opened = scene->subject.opened;
  pen.record->deadline = condition_deadline(scene);
  put_keys(engine, &pen);
}
