/* act_emit.c - records of alerts and corrections, and their texts. */
#include "runtime/acts.h"
#include "runtime/grow.h"
#include "runtime/words.h"

/* ---- texts ---- */

/* A text in the making, in the engine's own room. */
typedef struct Draft {
  Engine *engine;
  size_t len;
} Draft;

static char *more(Draft *draft, size_t room)
{
  Engine *engine = draft->engine;
  engine->text = grow(engine->mem, engine->text, &engine->text_room, draft->len + room, 1);
  return engine->text + draft->len;
}

static void add(Draft *draft, const char *text, size_t len)
{
  char *to = more(draft, len);
  if (len > 0) memcpy(to, text, len);
  draft->len += len;
}

static void add_string(Draft *draft, uint32_t string)
{
  uint32_t len;
  const char *text = module_string(draft->engine->module, string, &len);
  add(draft, text, len);
}

static void add_piece(Draft *draft, const TextPieceRow *row)
{
  const Module *m = draft->engine->module;
  WordsType of = {row->type, row->currency, row->listed};
  VmValue value;
  add_string(draft, row->literal);
  if (row->value == MOT_NONE) return;
  const VmValue *known = engine_call(draft->engine, row->value, &value) == VM_DONE ? &value : NULL;
  char *to = more(draft, spell_room(m, of, known));
  draft->len += (size_t)(spell_value(to, m, of, known) - to);
}

static Handle keep(const Draft *draft)
{
  enum { LONGEST = 1 << 20 };
  size_t len = draft->len < LONGEST ? draft->len : LONGEST;
  return text_keep(&draft->engine->texts, draft->engine->text, (uint32_t)len);
}

/* Of the MOT or experience of an action, or else its name. */
static void add_title(Draft *draft, uint32_t action)
{
  const Engine *engine = draft->engine;
  const Module *m = engine->module;
  uint32_t mot = engine->acts->mots[action], experience = engine->scene.journey->experience;
  uint32_t title = mot != MOT_NONE ? m->Mot[mot].title : m->Experience[experience].title;
  uint32_t name = mot != MOT_NONE ? m->Mot[mot].name : m->Experience[experience].name, len;
  module_string(m, title, &len);
  add_string(draft, len > 0 ? title : name);
}

static void add_default(Draft *draft, uint32_t action)
{
  static const char *const words[] = {[WHEN_AT_RISK] = ": at risk", [WHEN_MISSED] = ": missed",
                                      [WHEN_PRODUCED] = ": produced", [WHEN_VOID] = ": void"};
  const char *when = words[draft->engine->module->Action[action].when];
  add_title(draft, action);
  add(draft, when, strlen(when));
}

Handle act_text(Engine *engine, uint32_t action, int64_t deadline)
{
  Draft draft = {engine, 0};
  const ActionRow *row = &engine->module->Action[action];
  engine->scene.deadline = deadline;
  for (uint32_t i = 0; i < row->text_count; i++) add_piece(&draft, &engine->module->TextPiece[row->text + i]);
  if (row->text_count == 0) add_default(&draft, action);
  return keep(&draft);
}

Handle act_text_overdue(Engine *engine, uint32_t action, const CorrectionRow *row)
{
  static const char overdue[] = " overdue";
  Draft draft = {engine, 0};
  add_title(&draft, action);
  add(&draft, ": ", 2);
  add_string(&draft, row->text);
  add(&draft, overdue, sizeof overdue - 1);
  return keep(&draft);
}

/* ---- records ---- */

/* A record that is being written, whose room was taken, and where its next piece goes. */
typedef struct Pen {
  ActRecord *record;
  uint32_t at;
} Pen;

static OutcomeText put(Pen *pen, const char *text, uint32_t len)
{
  OutcomeText ret = {pen->at, len};
  if (len > 0) memcpy((char *)pen->record + pen->at, text, len);
  pen->at += len;
  return ret;
}

static const char *key_text(Engine *engine, uint32_t key, uint32_t *ret_len)
{
  Scene *scene = &engine->scene;
  if (key > 0) return text_of(&engine->texts, *journey_key(engine->plan, scene->journey, key), ret_len);
  *ret_len = scene->key_len;
  return scene->key;
}

static size_t keys_room(Engine *engine, uint32_t count)
{
  size_t room = 0;
  for (uint32_t i = 0, len; i < count; i++) {
    key_text(engine, i, &len);
    room += len;
  }
  return room;
}

static void put_keys(Engine *engine, Pen *pen, uint32_t count)
{
  OutcomeText *keys = (OutcomeText *)(void *)((char *)pen->record + pen->at);
  pen->record->base.keys = (OutcomeText){pen->at, count * (uint32_t)sizeof *keys};
  pen->at += pen->record->base.keys.len;
  for (uint32_t i = 0, len; i < count; i++) {
    const char *text = key_text(engine, i, &len);
    keys[i] = put(pen, text, len);
  }
}

/* A record of an action, with its keys; room for its id and text. */
static Pen begin(Engine *engine, OutcomeKind kind, uint32_t action, int64_t opening, size_t texts)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t keys = engine->module->Experience[journey->experience].keys_count;
  size_t room = sizeof(ActRecord) + keys * sizeof(OutcomeText) + keys_room(engine, keys) + texts;
  Pen pen = {(ActRecord *)(void *)outcomes_room(engine->outcomes, room), sizeof(ActRecord)};
  *pen.record = (ActRecord){
    .base = {.kind = (uint8_t)kind, .experience = journey->experience, .mot = engine->acts->mots[action],
             .time = engine->scene.now, .opened = opening, .deadline = INT64_MAX, .started = journey->start,
             .number = engine->number++, .evidence = {sizeof(ActRecord), 0}, .journey = journey->serial},
    .target = MOT_NONE, .goal = MOT_NONE, .metric = MOT_NONE, .due = INT64_MAX,
  };
  put_keys(engine, &pen, keys);
  return pen;
}

static void end(Engine *engine, const Pen *pen)
{
  outcomes_add(engine->outcomes, &pen->record->base, pen->at);
}

ActCause act_cause(const ActionRow *row)
{
  static const uint8_t causes[] = {[WHEN_AT_RISK] = CAUSE_AT_RISK, [WHEN_MISSED] = CAUSE_MISSED,
                                   [WHEN_PRODUCED] = CAUSE_PRODUCED, [WHEN_VOID] = CAUSE_VOID,
                                   [WHEN_BREACHED] = CAUSE_BREACHED, [WHEN_MET] = CAUSE_MET};
  return (ActCause)causes[row->when];
}

void tell_alert(Engine *engine, const Alert *alert, ActState state, ActCause cause)
{
  const ActionRow *row = &engine->module->Action[alert->action];
  bool overdue = alert->flags & ALERT_OVERDUE;
  uint32_t len;
  engine->counts.acts.alerts[state]++;
  if (!wants(engine, OUTCOME_KIND_ALERT)) return;
  ActId id = act_id(engine, alert->action, alert->opening, overdue);
  const char *text = text_of(&engine->texts, alert->text, &len);
  Pen pen = begin(engine, OUTCOME_KIND_ALERT, alert->action, alert->opening, (size_t)id.len + len);
  if (cause == CAUSE_NONE) cause = overdue ? CAUSE_OVERDUE : act_cause(row);
  pen.record->state = (uint8_t)state;
  pen.record->cause = (uint8_t)cause;
  pen.record->severity = (uint8_t)(overdue ? SEVERITY_MEDIUM : row->severity);
  pen.record->owner = alert->to;
  pen.record->id = put(&pen, id.text, id.len);
  pen.record->text = put(&pen, text, len);
  end(engine, &pen);
}

void tell_correction(Engine *engine, MomentHeader *correction, ActState state, ActCause cause)
{
  uint32_t number = correction_row(engine, correction), action = engine->acts->corrections[number], len;
  const CorrectionRow *row = &engine->module->Correction[number];
  const CorrectionTail *tail = correction_tail(engine, correction);
  engine->counts.acts.corrections[state]++;
  if (!wants(engine, OUTCOME_KIND_CORRECTION)) return;
  ActId id = act_id(engine, action, tail->opening, false);
  const char *text = module_string(engine->module, row->text, &len);
  Pen pen = begin(engine, OUTCOME_KIND_CORRECTION, action, tail->opening, (size_t)id.len + len);
  pen.record->state = (uint8_t)state;
  pen.record->cause = (uint8_t)(cause == CAUSE_NONE ? act_cause(&engine->module->Action[action]) : cause);
  pen.record->owner = row->by;
  pen.record->due = tail->due;
  pen.record->id = put(&pen, id.text, id.len);
  pen.record->text = put(&pen, text, len);
  end(engine, &pen);
}
