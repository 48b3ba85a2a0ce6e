/*
 * api_act.c - what a record says beyond its head, through the library.
 */
#include <string.h>

#include "runtime/api_value.h"
#include "runtime/grow.h"
#include "runtime/session.h"

_Static_assert((int)MOT_STATE_BREACHED == (int)ACT_BREACHED, "states agree");
_Static_assert((int)MOT_STATE_CLEARED == (int)ACT_CLEARED, "states agree");
_Static_assert((int)MOT_STATE_WITHDRAWN == (int)ACT_WITHDRAWN, "states agree");
_Static_assert(MOT_RECORD_SENTIMENT == 1 << OUTCOME_KIND_SENTIMENT, "kinds agree");

const char *mot_state_name(mot_state state)
{
  return act_state_word((uint32_t)state);
}

/* ---- texts ---- */

/* Texts of one record, each ended by NUL; `said` has room for them. */
typedef struct Texts {
  const OutcomeRecord *record;
  size_t room;
} Texts;

static void make_room(mot_run *run, void *user)
{
  const Texts *texts = user;
  run->said = grow(&run->mem, run->said, &run->said_room, texts->room, 1);
}

static const char *put_text(const OutcomeRecord *record, OutcomeText text, char **to)
{
  char *ret = *to;
  if (text.len == 0) return NULL;
  memcpy(ret, outcome_at(record, text), text.len);
  ret[text.len] = 0;
  *to += text.len + 1;
  return ret;
}

static unsigned hex_digit(char c)
{
  return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Undoes put_escaped(), in place; returns the length. */
static size_t unescape(char *text, size_t len)
{
  char *to = text;
  for (size_t i = 0; i < len; i++) {
    if (text[i] != '\\') {
      *to++ = text[i];
      continue;
    }
    switch (text[++i]) {
    case 'n': *to++ = '\n'; break;
    case 't': *to++ = '\t'; break;
    case 'r': *to++ = '\r'; break;
    case 'u':
      *to++ = (char)(hex_digit(text[i + 3]) << 4 | hex_digit(text[i + 4]));
      i += 4;
      break;
    default: *to++ = text[i];
    }
  }
  return (size_t)(to - text);
}

/* ---- moments, SCOs, journeys ---- */

static const char *because(mot_run *run, const OutcomeRecord *record)
{
  Texts texts = {record, outcome_because_room(run->rules->forms, record) + 1};
  if (record->evidence.len == 0 || session_call(run, make_room, &texts) != MOT_OK) return NULL;
  size_t len = outcome_because(run->rules->forms, record, run->said);
  run->said[unescape(run->said, len)] = 0;
  return run->said;
}

static void set_journey(const OutcomeRecord *record, mot_moment *moment)
{
  moment->produced = record->counts[OUTCOME_PRODUCED];
  moment->missed = record->counts[OUTCOME_MISSED];
  moment->voided = record->counts[OUTCOME_VOID];
  if (record->weighed > 0) moment->disruption = 100 * record->lost / record->weighed;
}

bool mot_record_moment(mot_run *run, const mot_record *record, mot_moment *ret_moment)
{
  const OutcomeRecord *from = record->data;
  const Module *module = &run->rules->module;
  if (outcome_is_act(from) || from->kind == OUTCOME_KIND_OPEN) return false;
  *ret_moment = (mot_moment){
    .group = api_value(module, from, &from->group),
    .impact = api_value(module, from, &from->impact),
    .because = because(run, from),
    .disruption = -1,
  };
  if (from->kind == OUTCOME_KIND_JOURNEY) set_journey(from, ret_moment);
  return true;
}

/* ---- the other kinds ---- */

static void set_texts(mot_run *run, const ActRecord *act, mot_act *ret)
{
  Texts texts = {&act->base, (size_t)act->id.len + act->text.len + 2};
  if (act->target != MOT_NONE)
    ret->text = module_string(&run->rules->module, run->rules->module.Target[act->target].text, NULL);
  if (session_call(run, make_room, &texts) != MOT_OK) return;
  char *to = run->said;
  ret->id = put_text(&act->base, act->id, &to);
  if (act->text.len > 0) ret->text = put_text(&act->base, act->text, &to);
}

/* What only records of some kinds have; others hold nothing there that counts. */
static void set_kind(const Module *module, const ActRecord *act, mot_act *ret)
{
  uint32_t kind = act->base.kind;
  if (kind == OUTCOME_KIND_ALERT) ret->severity = act_severity_word(act->severity);
  if (kind == OUTCOME_KIND_ALERT || kind == OUTCOME_KIND_CORRECTION) {
    ret->owner = act->owner;
    ret->cause = act->cause == CAUSE_NONE ? NULL : act_cause_word(act->cause);
  }
  if (kind == OUTCOME_KIND_CORRECTION && act->due != INT64_MAX) ret->due = act->due;
  if (kind == OUTCOME_KIND_TARGET || kind == OUTCOME_KIND_MEASURE) {
    ret->from = act->from;
    ret->to = act->to;
    ret->cases = act->cases;
  }
  if (kind == OUTCOME_KIND_TARGET || kind == OUTCOME_KIND_MEASURE || kind == OUTCOME_KIND_SENTIMENT)
    ret->value = api_value(module, &act->base, &act->value);
  if (kind == OUTCOME_KIND_GOAL) {
    ret->score = act->score;
    ret->rolled_up = act->rolled_up;
  }
}

bool mot_record_act(mot_run *run, const mot_record *record, mot_act *ret_act)
{
  const Module *module = &run->rules->module;
  if (!outcome_is_act(record->data)) return false;
  const ActRecord *act = record->data;
  *ret_act = (mot_act){
    .state = (mot_state)act->state,
    .owner = MOT_NOT_FOUND,
    .due = MOT_NO_TIME,
    .target = act->target,
    .goal = act->goal,
    .metric = act->metric,
    .group_count = act->group_count,
    .other = act->other,
    .from = MOT_NO_TIME,
    .to = MOT_NO_TIME,
    .score = -1,
    .rolled_up = -1,
  };
  set_texts(run, act, ret_act);
  set_kind(module, act, ret_act);
  for (uint32_t i = 0; i < act->group_count; i++)
    ret_act->groups[i] = api_value(module, &act->base, &act->groups[i]);
  return true;
}
