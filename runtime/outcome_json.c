/*
 * outcome_json.c - a record as one line of JSON, keys in the fixed order.
 */
#include "runtime/outcome_parts.h"

#include "runtime/sentence.h"

/* `,"experience":"X","mot":"M","key":{"customer":"`, and the people and weight of a MOT. */
typedef struct MotForm {
  JsonPiece whose, people;
  uint32_t room;         /* for a record without keys, values and evidence */
} MotForm;

typedef struct ExperienceForm {
  JsonPiece whose;
  const JsonPiece *keys; /* `","order":"` before each key but the first */
  uint32_t key_count, room; /* room: as above */
  bool has_sco;
} ExperienceForm;

struct RecordForms {
  const Module *module;
  const ExperienceForm *experiences;
  const MotForm *mots;
  const Sentence *sentences; /* by string of the module: those of leaves */
  const ActForms *acts;
};

/* How the record of a moment and of an SCO begin. */
#define BEGINS(kind, outcome) \
  {(const char[PIECE_SPARE]){"{\"kind\":\"" kind "\",\"outcome\":\"" outcome "\""}, \
   sizeof "{'kind':'" kind "','outcome':'" outcome "'" - 1}
static const JsonPiece moment_begins[] = {[OUTCOME_MISSED] = BEGINS("moment", "missed"),
                                          [OUTCOME_PRODUCED] = BEGINS("moment", "produced"),
                                          [OUTCOME_VOID] = BEGINS("moment", "void")};
static const JsonPiece sco_begins[] = {[OUTCOME_MISSED] = BEGINS("sco", "missed"),
                                       [OUTCOME_PRODUCED] = BEGINS("sco", "produced"),
                                       [OUTCOME_VOID] = BEGINS("sco", "void")};
#undef BEGINS

static const char *const outcome_words[] = {[OUTCOME_MISSED] = "missed", [OUTCOME_PRODUCED] = "produced",
                                            [OUTCOME_VOID] = "void", [OUTCOME_OPEN] = "open"};
static const char *const reason_words[] = {[VOID_NONE] = "", [VOID_VOIDED] = "voided",
                                           [VOID_SUPERSEDED] = "superseded", [VOID_PAUSED] = "paused",
                                           [VOID_FAULT] = "fault"};
static const char *const end_words[] = {[JOURNEY_END_ENDED] = "ended", [JOURNEY_END_VOID] = "void",
                                        [JOURNEY_END_EXPIRED] = "expired"};

/* ---- the forms ---- */

void form_text(Buf *buf, const char *before, const Module *module, uint32_t string, const char *behind)
{
  uint32_t len;
  const char *text = module_string(module, string, &len);
  buf_text(buf, before);
  buf_reserve(buf, (size_t)len * JSON_GROWTH + 1);
  buf->len = (size_t)(put_escaped(buf->data + buf->len, text, len) - buf->data);
  buf_text(buf, behind);
}

JsonPiece form_piece(Buf *buf)
{
  buf_reserve(buf, PIECE_SPARE);
  return (JsonPiece){buf->data, (uint32_t)buf->len};
}

static JsonPiece whose_form(const Module *module, Arena *arena, const ExperienceRow *experience,
                            const MotRow *mot)
{
  Buf buf;
  buf_init(&buf, arena);
  form_text(&buf, ",\"experience\":\"", module, experience->name, "\"");
  if (mot) form_text(&buf, ",\"mot\":\"", module, mot->name, "\"");
  form_text(&buf, ",\"key\":{\"", module, module->Key[experience->keys].name, "\":\"");
  return form_piece(&buf);
}

static JsonPiece people_form(const Module *module, Arena *arena, const MotRow *mot)
{
  Buf buf;
  char number[JSON_NUMBER_MAX];
  buf_init(&buf, arena);
  buf_text(&buf, mot->critical ? ",\"critical\":true,\"weight\":" : ",\"critical\":false,\"weight\":");
  buf_put(&buf, number, (size_t)(put_number(number, mot->weight) - number));
  if (mot->manager != MOT_NONE)
    form_text(&buf, ",\"manager\":\"", module, module->Owner[mot->manager].name, "\"");
  for (uint32_t i = 0; i < mot->producers_count; i++) {
    uint32_t team = module->Producer[mot->producers + i].team;
    form_text(&buf, i ? ",\"" : ",\"producers\":[\"", module, module->Owner[team].name, "\"");
  }
  if (mot->producers_count) buf_char(&buf, ']');
  return form_piece(&buf);
}

static ExperienceForm experience_form(const Module *module, Arena *arena, const ExperienceRow *row)
{
  JsonPiece *keys = ARENA_ARRAY(arena, JsonPiece, row->keys_count);
  uint32_t bytes = 0;
  for (uint32_t i = 1; i < row->keys_count; i++) {
    Buf buf;
    buf_init(&buf, arena);
    form_text(&buf, "\",\"", module, module->Key[row->keys + i].name, "\":\"");
    keys[i] = form_piece(&buf);
    bytes += keys[i].len;
  }
  JsonPiece whose = whose_form(module, arena, row, NULL);
  return (ExperienceForm){whose, keys, row->keys_count, RECORD_ROOM_BESIDE + whose.len + bytes, row->sco != MOT_NONE};
}

static MotForm mot_form(const Module *module, Arena *arena, const MotRow *mot, uint32_t room)
{
  JsonPiece whose = whose_form(module, arena, &module->Experience[mot->experience], mot);
  JsonPiece people = people_form(module, arena, mot);
  return (MotForm){whose, people, room + whose.len + people.len};
}

static const Sentence *sentence_forms(const Module *module, Arena *arena)
{
  Sentence *sentences = ARENA_ARRAY(arena, Sentence, module->string_count);
  for (uint32_t i = 0; i < module->Leaf_count; i++) {
    const LeafRow *leaf = &module->Leaf[i];
    sentences[leaf->produced] = sentence_new(module, leaf->produced, arena);
    sentences[leaf->missed] = sentence_new(module, leaf->missed, arena);
  }
  return sentences;
}

const RecordForms *record_forms_new(const Plan *plan, Arena *arena)
{
  const Module *module = plan->module;
  ExperienceForm *experiences = ARENA_ARRAY(arena, ExperienceForm, module->Experience_count + 1);
  MotForm *mots = ARENA_ARRAY(arena, MotForm, module->Mot_count + 1);
  for (uint32_t i = 0; i < module->Experience_count; i++)
    experiences[i] = experience_form(module, arena, &module->Experience[i]);
  for (uint32_t i = 0; i < module->Mot_count; i++) {
    const MotRow *mot = &module->Mot[i];
    mots[i] = mot_form(module, arena, mot, experiences[mot->experience].room);
  }
  RecordForms *forms = ARENA_NEW(arena, RecordForms);
  *forms = (RecordForms){module, experiences, mots, sentence_forms(module, arena), act_forms_new(module, arena)};
  return forms;
}

/* ---- parts of a record ---- */

char *put_word(char *to, const char *before, const char *word)
{
  to = put_bytes(to, before, strlen(before));
  to = put_bytes(to, word, strlen(word));
  *to++ = '"';
  return to;
}

static char *put_begin(char *to, const JsonPiece *begins, const OutcomeRecord *record)
{
  to = put_short(to, begins[record->outcome]);
  return record->outcome == OUTCOME_VOID ? put_word(to, ",\"reason\":\"", reason_words[record->reason]) : to;
}

char *put_whose(char *to, const RecordForms *forms, const OutcomeRecord *record)
{
  const ExperienceForm *experience = &forms->experiences[record->experience];
  to = put_short(to, record->mot == MOT_NONE ? experience->whose : forms->mots[record->mot].whose);
  for (uint32_t i = 0; i < outcome_keys(record); i++) {
    OutcomeText key = outcome_key(record, i);
    if (i) to = put_piece(to, experience->keys[i]);
    to = put_escaped(to, outcome_at(record, key), key.len);
  }
  return PUT_LITERAL(to, "\"}");
}

static char *put_took(char *to, const OutcomeRecord *record)
{
  return put_int(PUT_LITERAL(to, ",\"took_ms\":"), record->took / 1000);
}

static char *put_string(char *to, const Module *module, uint32_t string)
{
  uint32_t len;
  const char *text = module_string(module, string, &len);
  *to++ = '"';
  to = put_escaped(to, text, len);
  *to++ = '"';
  return to;
}

static const ListedValueRow *listed_value(const Module *module, const OutcomeValue *value)
{
  return &module->ListedValue[module->Listed[value->of].values + value->i];
}

char *put_value(char *to, const Module *module, const OutcomeRecord *record, const OutcomeValue *value)
{
  switch (value->type) {
  case VALUE_BOOL: return value->i ? PUT_LITERAL(to, "true") : PUT_LITERAL(to, "false");
  case VALUE_INT: return put_int(to, value->i);
  case VALUE_NUMBER:
  case VALUE_PERCENT: return put_number(to, value->f);
  case VALUE_DURATION: return put_int(to, value->i / 1000);
  case VALUE_MONEY: return put_money(to, module, value->of, value->i);
  case VALUE_LISTED: return put_string(to, module, listed_value(module, value)->name);
  case VALUE_TIME: return put_instant(to, value->i);
  default:
    *to++ = '"';
    to = put_escaped(to, outcome_at(record, value->s), value->s.len);
    *to++ = '"';
    return to;
  }
}

static const Evidence *evidence_of(const OutcomeRecord *record, uint32_t *ret_count)
{
  *ret_count = record->evidence.len / (uint32_t)sizeof(Evidence);
  return outcome_at(record, record->evidence);
}

/* An instant between quotes; *ret_written: it. */
static char *put_time(char *to, DayTexts *days, int64_t instant, WrittenInstant *ret_written)
{
  *to++ = '"';
  size_t len = days ? day_texts_instant(days, instant, to) : instant_text(instant, to);
  *ret_written = (WrittenInstant){instant, to, (uint32_t)len};
  to[len] = '"';
  return to + len + 1;
}

/* `,"decided":"…"`; *written: what was last written, which it is then. */
static char *put_decided(char *to, DayTexts *days, const OutcomeRecord *record, WrittenInstant *written)
{
  to = PUT_LITERAL(to, ",\"decided\":");
  if (record->time != written->instant) return put_time(to, days, record->time, written);
  *to = '"';
  memcpy(to + 1, written->text, INSTANT_TEXT_MAX);
  written->text = to + 1;
  to[1 + written->len] = '"';
  return to + written->len + 2;
}

static inline char *put_sentences(char *to, const RecordForms *forms, const OutcomeRecord *record,
                                  const WrittenInstant *written)
{
  uint32_t count;
  const Evidence *evidence = evidence_of(record, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (i) to = PUT_LITERAL(to, " and ");
    to = put_sentence(to, &forms->sentences[evidence[i].text], &evidence[i], written);
  }
  return to;
}

static char *put_because(char *to, const RecordForms *forms, const OutcomeRecord *record,
                         const WrittenInstant *written)
{
  if (record->evidence.len == 0) return to;
  to = put_sentences(PUT_LITERAL(to, ",\"because\":\""), forms, record, written);
  *to++ = '"';
  return to;
}

size_t outcome_because(const RecordForms *forms, const OutcomeRecord *record, char *ret)
{
  WrittenInstant none = {0};
  return (size_t)(put_sentences(ret, forms, record, &none) - ret);
}

/* ---- the kinds of records ---- */

static char *put_moment(char *to, const RecordForms *forms, const OutcomeRecord *record, DayTexts *days)
{
  WrittenInstant decided, deadline;
  to = put_whose(put_begin(to, moment_begins, record), forms, record);
  to = put_time(PUT_LITERAL(to, ",\"opened\":"), days, record->opened, &decided);
  to = put_decided(to, days, record, &decided);
  if (record->deadline != INT64_MAX)
    to = put_time(PUT_LITERAL(to, ",\"deadline\":"), days, record->deadline, &deadline);
  to = put_took(to, record);
  if (record->paused > 0) to = put_int(PUT_LITERAL(to, ",\"paused_ms\":"), record->paused / 1000);
  to = put_short(to, forms->mots[record->mot].people);
  if (record->group.type != VALUE_NONE)
    to = put_value(PUT_LITERAL(to, ",\"group\":"), forms->module, record, &record->group);
  if (record->impact.type != VALUE_NONE)
    to = put_value(PUT_LITERAL(to, ",\"impact\":"), forms->module, record, &record->impact);
  return put_because(to, forms, record, &decided);
}

static char *put_sco(char *to, const RecordForms *forms, const OutcomeRecord *record, DayTexts *days)
{
  WrittenInstant decided;
  to = put_whose(put_begin(to, sco_begins, record), forms, record);
  to = put_time(PUT_LITERAL(to, ",\"started\":"), days, record->opened, &decided);
  to = put_decided(to, days, record, &decided);
  return put_because(put_took(to, record), forms, record, &decided);
}

static char *put_journey(char *to, const RecordForms *forms, const OutcomeRecord *record)
{
  to = put_word(to, "{\"kind\":\"journey\",\"end\":\"", end_words[record->end]);
  to = put_whose(to, forms, record);
  to = put_instant(PUT_LITERAL(to, ",\"started\":"), record->opened);
  to = put_instant(PUT_LITERAL(to, ",\"at\":"), record->time);
  if (forms->experiences[record->experience].has_sco)
    to = put_word(to, ",\"sco\":\"", outcome_words[record->outcome]);
  if (record->weighed > 0)
    to = put_number(PUT_LITERAL(to, ",\"disruption\":"), 100 * record->lost / record->weighed);
  to = put_int(PUT_LITERAL(to, ",\"moments\":{\"produced\":"), record->counts[OUTCOME_PRODUCED]);
  to = put_int(PUT_LITERAL(to, ",\"missed\":"), record->counts[OUTCOME_MISSED]);
  to = put_int(PUT_LITERAL(to, ",\"void\":"), record->counts[OUTCOME_VOID]);
  *to++ = '}';
  if (record->impact.type == VALUE_NONE) return to;
  return put_value(PUT_LITERAL(to, ",\"value\":"), forms->module, record, &record->impact);
}

static char *put_open(char *to, const RecordForms *forms, const OutcomeRecord *record)
{
  to = put_whose(PUT_LITERAL(to, "{\"kind\":\"open\""), forms, record);
  to = record->mot == MOT_NONE ? PUT_LITERAL(to, ",\"started\":") : PUT_LITERAL(to, ",\"opened\":");
  to = put_instant(to, record->opened);
  if (record->deadline == INT64_MAX) return to;
  return put_instant(PUT_LITERAL(to, ",\"deadline\":"), record->deadline);
}

size_t outcome_json_of(const RecordForms *forms, const OutcomeRecord *record, DayTexts *days, char *ret)
{
  char *to;
  if (outcome_is_act(record)) to = put_act(ret, forms, forms->acts, (const ActRecord *)(const void *)record);
  else if (record->kind == OUTCOME_KIND_MOMENT) to = put_moment(ret, forms, record, days);
  else if (record->kind == OUTCOME_KIND_SCO) to = put_sco(ret, forms, record, days);
  else if (record->kind == OUTCOME_KIND_JOURNEY) to = put_journey(ret, forms, record);
  else to = put_open(ret, forms, record);
  to = PUT_LITERAL(to, "}\n");
  return (size_t)(to - ret);
}

size_t outcome_json(const RecordForms *forms, const OutcomeRecord *record, char *ret)
{
  return outcome_json_of(forms, record, NULL, ret);
}

/* ---- room ---- */

size_t value_room(const Module *module, const OutcomeValue *value)
{
  uint32_t len = 0;
  if (value->type == VALUE_NONE) return 0;
  if (value->type == VALUE_LISTED) module_string(module, listed_value(module, value)->name, &len);
  if (value->type == VALUE_TEXT || value->type == VALUE_ID) len = value->s.len;
  return (size_t)len * JSON_GROWTH + JSON_MONEY_MAX;
}

size_t whose_room(const RecordForms *forms, const OutcomeRecord *record)
{
  const ExperienceForm *experience = &forms->experiences[record->experience];
  size_t room = record->mot == MOT_NONE ? experience->room : forms->mots[record->mot].room;
  for (uint32_t i = 0; i < outcome_keys(record); i++)
    room += (size_t)outcome_key(record, i).len * JSON_GROWTH;
  return room;
}

size_t outcome_because_room(const RecordForms *forms, const OutcomeRecord *record)
{
  uint32_t count;
  const Evidence *evidence = evidence_of(record, &count);
  size_t room = PIECE_SPARE;
  for (uint32_t i = 0; i < count; i++)
    room += forms->sentences[evidence[i].text].room + sizeof " and ";
  return room;
}

size_t outcome_json_room(const RecordForms *forms, const OutcomeRecord *record)
{
  if (outcome_is_act(record)) return act_room(forms, forms->acts, (const ActRecord *)(const void *)record);
  return whose_room(forms, record) + outcome_because_room(forms, record)
    + value_room(forms->module, &record->group) + value_room(forms->module, &record->impact);
}
