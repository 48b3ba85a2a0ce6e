/*
 * outcome_act.c - records of targets, alerts, corrections, measures, goals and sentiments as JSON.
 */
#include "runtime/outcome_parts.h"
#include "runtime/words.h"

struct ActForms {
  const Module *module;
  const JsonPiece *experiences; /* `,"experience":"X"` */
  const JsonPiece *mots;        /* `,"experience":"X","mot":"M"` */
  const JsonPiece *targets;     /* `,"target":"97% over 7 d"` */
  const JsonPiece *goals;       /* `,"nsat":"N","goal":"G"` */
  const JsonPiece *metrics;     /* `{"kind":"measure","metric":"W"` */
  const JsonPiece *fields;      /* two of each metric: `{"channel":`, `,"plan":` */
  const JsonPiece *owners;      /* `"ben"` */
};

static const char *const state_words[] = {
  [ACT_UNKNOWN] = "unknown", [ACT_MET] = "met", [ACT_BREACHED] = "breached", [ACT_RAISED] = "raised",
  [ACT_ESCALATED] = "escalated", [ACT_REPEATED] = "repeated", [ACT_ACKNOWLEDGED] = "acknowledged",
  [ACT_CLEARED] = "cleared", [ACT_OPENED] = "opened", [ACT_DONE] = "done", [ACT_OVERDUE] = "overdue",
  [ACT_WITHDRAWN] = "withdrawn",
};
static const char *const cause_words[] = {
  [CAUSE_NONE] = "", [CAUSE_AT_RISK] = "at risk", [CAUSE_MISSED] = "missed", [CAUSE_PRODUCED] = "produced",
  [CAUSE_VOID] = "void", [CAUSE_BREACHED] = "breached", [CAUSE_MET] = "met", [CAUSE_OVERDUE] = "overdue",
  [CAUSE_DECIDED] = "decided", [CAUSE_ACKNOWLEDGED] = "acknowledged", [CAUSE_OVER] = "over", [CAUSE_DONE] = "done",
  [CAUSE_WITHDRAWN] = "withdrawn", [CAUSE_EXPIRED] = "expired",
};
static const char *const severity_words[] = {
  [SEVERITY_LOW] = "low", [SEVERITY_MEDIUM] = "medium", [SEVERITY_HIGH] = "high", [SEVERITY_CRITICAL] = "critical",
};

const char *act_state_word(uint32_t state)
{
  return state < ACT_STATES ? state_words[state] : "";
}

const char *act_cause_word(uint32_t cause)
{
  return cause < CAUSES ? cause_words[cause] : "";
}

const char *act_severity_word(uint32_t severity)
{
  return severity < SEVERITY_END ? severity_words[severity] : "";
}

/* ---- the forms ---- */

static JsonPiece text_form(const Module *module, Arena *arena, const char *before, uint32_t string,
                           const char *behind)
{
  Buf buf;
  buf_init(&buf, arena);
  form_text(&buf, before, module, string, behind);
  return form_piece(&buf);
}

static JsonPiece pair_form(const Module *module, Arena *arena, const char *outer, uint32_t of, const char *inner,
                           uint32_t string)
{
  Buf buf;
  buf_init(&buf, arena);
  form_text(&buf, outer, module, of, "\"");
  form_text(&buf, inner, module, string, "\"");
  return form_piece(&buf);
}

#define FORMS(ret, arena, rows) \
  JsonPiece *ret = ARENA_ARRAY(arena, JsonPiece, (rows) + 1); \
  for (uint32_t i = 0; i < (rows); i++)

static void people_forms(ActForms *forms, const Module *m, Arena *arena)
{
  FORMS(experiences, arena, m->Experience_count)
    experiences[i] = text_form(m, arena, ",\"experience\":\"", m->Experience[i].name, "\"");
  FORMS(mots, arena, m->Mot_count)
    mots[i] = pair_form(m, arena, ",\"experience\":\"", m->Experience[m->Mot[i].experience].name, ",\"mot\":\"",
                        m->Mot[i].name);
  FORMS(owners, arena, m->Owner_count) owners[i] = text_form(m, arena, "\"", m->Owner[i].name, "\"");
  forms->experiences = experiences;
  forms->mots = mots;
  forms->owners = owners;
}

static void measure_forms(ActForms *forms, const Module *m, Arena *arena)
{
  FORMS(targets, arena, m->Target_count)
    targets[i] = text_form(m, arena, ",\"target\":\"", m->Target[i].text, "\"");
  FORMS(goals, arena, m->Goal_count)
    goals[i] = pair_form(m, arena, ",\"nsat\":\"", m->Nsat[m->Goal[i].nsat].name, ",\"goal\":\"", m->Goal[i].name);
  FORMS(metrics, arena, m->Metric_count)
    metrics[i] = text_form(m, arena, "{\"kind\":\"measure\",\"metric\":\"", m->Metric[i].name, "\"");
  FORMS(fields, arena, 2 * m->Metric_count)
    fields[i] = text_form(m, arena, i % 2 ? ",\"" : "{\"", i % 2 ? m->Metric[i / 2].group_2 : m->Metric[i / 2].group_1,
                          "\":");
  forms->targets = targets;
  forms->goals = goals;
  forms->metrics = metrics;
  forms->fields = fields;
}

const ActForms *act_forms_new(const Module *module, Arena *arena)
{
  ActForms *forms = ARENA_NEW(arena, ActForms);
  forms->module = module;
  people_forms(forms, module, arena);
  measure_forms(forms, module, arena);
  return forms;
}

/* ---- parts of a record ---- */

/* 0.57 as 57, without the sign. */
static char *put_percentage(char *to, double fraction)
{
  return spell_percent(to, fraction) - 1;
}

/* `,"value":…,"unit":…` */
static char *put_measured(char *to, const Module *module, const ActRecord *act)
{
  if (act->value.type == VALUE_NONE) return to;
  to = PUT_LITERAL(to, ",\"value\":");
  if (act->value.type == VALUE_PERCENT)
    return PUT_LITERAL(put_percentage(to, act->value.f), ",\"unit\":\"%\"");
  to = put_value(to, module, &act->base, &act->value);
  return act->value.type == VALUE_DURATION ? PUT_LITERAL(to, ",\"unit\":\"ms\"") : to;
}

static char *put_cases(char *to, const ActRecord *act)
{
  return put_int(PUT_LITERAL(to, ",\"cases\":"), (int64_t)act->cases);
}

static char *put_window(char *to, const ActRecord *act)
{
  to = put_instant(PUT_LITERAL(to, ",\"window\":{\"from\":"), act->from);
  to = put_instant(PUT_LITERAL(to, ",\"to\":"), act->to);
  *to++ = '}';
  return to;
}

static char *put_at(char *to, const ActRecord *act)
{
  return put_instant(PUT_LITERAL(to, ",\"at\":"), act->base.time);
}

/* One value of a group, null when the field was missing. */
static char *put_group(char *to, const Module *module, const ActRecord *act, uint32_t i)
{
  if (act->groups[i].type == VALUE_NONE) return PUT_LITERAL(to, "null");
  return put_value(to, module, &act->base, &act->groups[i]);
}

/* `,"group":…` of an individual. */
static char *put_individual(char *to, const Module *module, const ActRecord *act)
{
  if (act->group_count == 0) return to;
  return put_group(PUT_LITERAL(to, ",\"group\":"), module, act, 0);
}

/* Whose it is: with its keys, or a goal, a MOT or an experience without. */
static char *put_of(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  const OutcomeRecord *base = &act->base;
  if (base->keys.len > 0) return put_whose(to, forms, base);
  if (act->goal != MOT_NONE)
    return put_individual(put_piece(to, acts->goals[act->goal]), acts->module, act);
  if (base->mot != MOT_NONE) return put_piece(to, acts->mots[base->mot]);
  return base->experience == MOT_NONE ? to : put_piece(to, acts->experiences[base->experience]);
}

static char *put_text(char *to, const char *before, const ActRecord *act, OutcomeText text)
{
  to = put_bytes(to, before, strlen(before));
  to = put_escaped(to, outcome_at(&act->base, text), text.len);
  *to++ = '"';
  return to;
}

static char *put_owner(char *to, const char *before, const ActForms *acts, const ActRecord *act)
{
  if (act->owner == MOT_NONE) return to;
  return put_piece(put_bytes(to, before, strlen(before)), acts->owners[act->owner]);
}

static char *put_cause(char *to, const ActRecord *act)
{
  return act->cause == CAUSE_NONE ? to : put_word(to, ",\"cause\":\"", cause_words[act->cause]);
}

/* ---- the kinds of records ---- */

static char *put_target(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  to = put_word(to, "{\"kind\":\"target\",\"state\":\"", state_words[act->state]);
  to = put_of(to, forms, acts, act);
  to = put_window(put_piece(to, acts->targets[act->target]), act);
  return put_at(put_cases(put_measured(to, acts->module, act), act), act);
}

static char *put_alert(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  to = put_word(to, "{\"kind\":\"alert\",\"state\":\"", state_words[act->state]);
  to = put_of(to, forms, acts, act);
  to = put_text(to, ",\"id\":\"", act, act->id);
  to = put_owner(to, ",\"to\":", acts, act);
  to = put_word(to, ",\"severity\":\"", severity_words[act->severity]);
  to = put_text(to, ",\"text\":\"", act, act->text);
  return put_cause(put_at(to, act), act);
}

static char *put_correction(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  to = put_word(to, "{\"kind\":\"correction\",\"state\":\"", state_words[act->state]);
  to = put_of(to, forms, acts, act);
  to = put_text(to, ",\"id\":\"", act, act->id);
  to = put_text(to, ",\"text\":\"", act, act->text);
  to = put_owner(to, ",\"by\":", acts, act);
  if (act->due != INT64_MAX) to = put_instant(PUT_LITERAL(to, ",\"due\":"), act->due);
  return put_cause(put_at(to, act), act);
}

static char *put_measure(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  (void)forms;
  to = put_piece(to, acts->metrics[act->metric]);
  if (act->other) {
    to = PUT_LITERAL(to, ",\"group\":\"(other)\"");
  } else if (act->group_count > 0) {
    to = PUT_LITERAL(to, ",\"group\":");
    for (uint32_t i = 0; i < act->group_count; i++)
      to = put_group(put_piece(to, acts->fields[2 * act->metric + i]), acts->module, act, i);
    *to++ = '}';
  }
  return put_cases(put_measured(put_window(to, act), acts->module, act), act);
}

static char *put_goal(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  to = put_word(to, "{\"kind\":\"goal\",\"state\":\"", state_words[act->state]);
  to = put_of(to, forms, acts, act);
  if (act->score >= 0) to = put_number(PUT_LITERAL(to, ",\"score\":"), act->score);
  if (act->rolled_up >= 0) to = put_number(PUT_LITERAL(to, ",\"rolled_up\":"), act->rolled_up);
  return put_at(to, act);
}

static char *put_sentiment(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  to = put_of(PUT_LITERAL(to, "{\"kind\":\"sentiment\""), forms, acts, act);
  if (act->value.type != VALUE_NONE)
    to = put_value(PUT_LITERAL(to, ",\"value\":"), acts->module, &act->base, &act->value);
  return put_at(to, act);
}

char *put_act(char *to, const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  static char *(*const put[])(char *, const RecordForms *, const ActForms *, const ActRecord *) = {
    [OUTCOME_KIND_TARGET] = put_target, [OUTCOME_KIND_ALERT] = put_alert, [OUTCOME_KIND_CORRECTION] = put_correction,
    [OUTCOME_KIND_MEASURE] = put_measure, [OUTCOME_KIND_GOAL] = put_goal, [OUTCOME_KIND_SENTIMENT] = put_sentiment,
  };
  return put[act->base.kind](to, forms, acts, act);
}

/* ---- room ---- */

static size_t piece_room(const JsonPiece *pieces, uint32_t row)
{
  return row == MOT_NONE ? 0 : pieces[row].len;
}

static size_t of_room(const RecordForms *forms, const ActForms *acts, const OutcomeRecord *base)
{
  if (base->keys.len > 0) return whose_room(forms, base);
  return piece_room(acts->mots, base->mot) + piece_room(acts->experiences, base->experience);
}

size_t act_room(const RecordForms *forms, const ActForms *acts, const ActRecord *act)
{
  size_t room = RECORD_ROOM_BESIDE + of_room(forms, acts, &act->base);
  room += ((size_t)act->id.len + act->text.len) * JSON_GROWTH;
  room += piece_room(acts->targets, act->target) + piece_room(acts->goals, act->goal);
  room += piece_room(acts->owners, act->owner) + value_room(acts->module, &act->value);
  for (uint32_t i = 0; i < act->group_count; i++) room += value_room(acts->module, &act->groups[i]);
  if (act->metric == MOT_NONE) return room;
  return room + acts->metrics[act->metric].len + acts->fields[2 * act->metric].len
    + acts->fields[2 * act->metric + 1].len;
}
