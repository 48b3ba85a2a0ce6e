/* emit.c - records of what was decided. */
#include <string.h>

#include "runtime/engine_state.h"

/* ---- texts behind a record ---- */

/* Where the next piece goes: bytes from the record's start. */
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

static uint32_t key_count(const Engine *engine)
{
  return engine->module->Experience[engine->scene.journey->experience].keys_count;
}

/* A further key. */
static const char *key_text(const Engine *engine, uint32_t key, uint32_t *ret_len)
{
  return text_of(&engine->texts, *journey_key(engine->plan, engine->scene.journey, key), ret_len);
}

static size_t keys_size(const Engine *engine, uint32_t count)
{
  size_t size = count * sizeof(OutcomeText) + engine->scene.key_len;
  uint32_t len;
  for (uint32_t i = 1; i < count; i++) {
    key_text(engine, i, &len);
    size += len;
  }
  return size;
}

static inline void put_keys(const Engine *engine, Pen *pen, uint32_t count)
{
  OutcomeText *keys = (OutcomeText *)(void *)((char *)pen->record + pen->at);
  pen->record->keys = (OutcomeText){pen->at, count * (uint32_t)sizeof *keys};
  pen->at += pen->record->keys.len;
  keys[0] = put(pen, engine->scene.key, engine->scene.key_len);
  for (uint32_t i = 1, len; i < count; i++) {
    const char *text = key_text(engine, i, &len);
    keys[i] = put(pen, text, len);
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
  if (engine_call(engine, function, &value) != VM_DONE) return worked;
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

static inline Worked work_out_any(Engine *engine, uint32_t function, uint32_t type, uint32_t of)
{
  return function == MOT_NONE ? (Worked){0} : work_out(engine, function, type, of);
}

static inline void put_value(Pen *pen, OutcomeValue *to, const Worked *worked)
{
  if (worked->value.type == VALUE_NONE) return;
  *to = worked->value;
  bool text = worked->value.type == VALUE_TEXT || worked->value.type == VALUE_ID;
  if (text) to->s = put(pen, worked->text.text, worked->text.len);
}

/* ---- records ---- */

/* A record as all begin, with its evidence and its keys; `texts`: bytes of text that will follow. */
static inline Pen begin(Engine *engine, OutcomeKind kind, uint8_t outcome, size_t texts)
{
  const Scene *scene = &engine->scene;
  bool decided = (kind == OUTCOME_KIND_MOMENT || kind == OUTCOME_KIND_SCO) && outcome != OUTCOME_VOID;
  uint32_t leaves = decided && scene->subject.condition ? scene->subject.condition->leaves_count : 0;
  uint32_t keys = key_count(engine);
  size_t most = sizeof(OutcomeRecord) + leaves * sizeof(Evidence) + keys_size(engine, keys) + texts;
  OutcomeRecord *record = outcomes_room(engine->outcomes, most);
  *record = (OutcomeRecord){
    .kind = (uint8_t)kind,
    .outcome = outcome,
    .experience = scene->journey->experience,
    .mot = MOT_NONE,
    .time = scene->now,
    .opened = scene->subject.opened,
    .deadline = INT64_MAX,
    .number = engine->number++,
  };
  Pen pen = {record, sizeof *record};
  if (leaves > 0) {
    uint32_t count = condition_evidence(scene, (Evidence *)(void *)(record + 1), leaves);
    record->evidence = (OutcomeText){pen.at, count * (uint32_t)sizeof(Evidence)};
    pen.at += record->evidence.len;
  }
  put_keys(engine, &pen, keys);
  return pen;
}

static inline void end(Engine *engine, const Pen *pen)
{
  outcomes_add(engine->outcomes, pen->record, pen->at);
}

static inline OutcomeRecord *decision(Engine *engine, const Pen *pen, VoidReason reason)
{
  OutcomeRecord *record = pen->record;
  record->reason = (uint8_t)reason;
  record->took = engine->scene.now - record->opened;
  return record;
}

void emit_moment(Engine *engine, uint8_t outcome, VoidReason reason, int64_t deadline)
{
  const Scene *scene = &engine->scene;
  const MotRow *row = &engine->module->Mot[scene->subject.moment->mot];
  uint32_t function = outcome == OUTCOME_MISSED ? row->impact_missed
    : outcome == OUTCOME_PRODUCED ? row->impact_produced
    : MOT_NONE;
  uint32_t currency = outcome == OUTCOME_MISSED ? row->missed_currency : row->produced_currency;
  uint32_t group_of = row->group_type == VALUE_LISTED ? row->group_listed : row->group_currency;
  Worked impact = work_out_any(engine, function, VALUE_MONEY, currency);
  Worked group = work_out_any(engine, row->group, row->group_type, group_of);
  Pen pen = begin(engine, OUTCOME_KIND_MOMENT, outcome, group.text.len);
  OutcomeRecord *record = decision(engine, &pen, reason);
  record->mot = scene->subject.moment->mot;
  record->deadline = deadline;
  record->paused = scene->subject.pause ? moment_stood(scene) : 0;
  put_value(&pen, &record->impact, &impact);
  put_value(&pen, &record->group, &group);
  end(engine, &pen);
}

void emit_sco(Engine *engine, uint8_t outcome, VoidReason reason)
{
  Pen pen = begin(engine, OUTCOME_KIND_SCO, outcome, 0);
  decision(engine, &pen, reason);
  end(engine, &pen);
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
  Worked value = work_out_any(engine, row->value, row->value_type, row->value_currency);
  Pen pen = begin(engine, OUTCOME_KIND_JOURNEY, journey->flags >> JOURNEY_SCO_SHIFT & 3, value.text.len);
  OutcomeRecord *record = pen.record;
  record->end = (uint8_t)end_of(journey);
  record->opened = journey->start;
  memcpy(record->counts, journey->decided, sizeof record->counts);
  record->lost = journey->lost;
  record->weighed = journey->weighed;
  put_value(&pen, &record->impact, &value);
  end(engine, &pen);
}

void emit_open(Engine *engine)
{
  const Scene *scene = &engine->scene;
  Pen pen = begin(engine, OUTCOME_KIND_OPEN, OUTCOME_OPEN, 0);
  OutcomeRecord *record = pen.record;
  if (scene->subject.moment) record->mot = scene->subject.moment->mot;
  record->deadline = condition_deadline(scene);
  end(engine, &pen);
}
