/*
 * verify_function.c - functions: what each says is at hand, and that they are
 * used only where that is so.
 */
#include <string.h>

#include "bytecode/verify.h"

/* ---- rows ---- */

/* A part is there exactly when the kind has the context (or may be: `optional`). */
static bool part(Place at, const char *field, uint32_t value, bool has, bool optional)
{
  if (!has) return need(at, value == MOT_NONE, field, "not at hand in a function of this kind");
  return need(at, optional || value != MOT_NONE, field, "missing");
}

static bool check_subject(Place at, const FunctionRow *row, unsigned contexts)
{
  const Module *m = at.v->module;
  bool subject = (contexts & CONTEXT_SUBJECT) != 0;
  bool mot = subject || row->kind == FUNCTION_TRIGGER;
  return part(at, "mot", row->mot, mot, row->kind != FUNCTION_TRIGGER)
    && part(at, "correction", row->correction, subject, true)
    && need(at, row->mot == MOT_NONE || row->correction == MOT_NONE, "correction",
            "the subject is one of both")
    && need(at, row->mot == MOT_NONE || m->Mot[row->mot].experience == row->experience, "mot",
            "of another experience")
    && need(at, row->correction == MOT_NONE || m->Correction[row->correction].experience == row->experience,
            "correction", "of another experience");
}

static bool has_condition(const Module *m, const FunctionRow *row)
{
  if (row->mot != MOT_NONE) return true;
  if (row->correction != MOT_NONE) return m->Correction[row->correction].condition != MOT_NONE;
  return m->Experience[row->experience].sco != MOT_NONE;
}

/* OPENING and START have one to arm only if there is one. */
static bool needs_condition(uint32_t kind)
{
  return kind == FUNCTION_TEST || kind == FUNCTION_VERDICT;
}

static char result_letter(ValueClass class)
{
  return "VBIFST"[class];
}

static bool check_result(Place at, const FunctionRow *row)
{
  const char *results = function_kind_info[row->kind].results;
  bool value = strchr(results, 'N') != NULL;
  if (!value && row->result == VALUE_NONE) return true;
  char letter = result_letter(value_class(row->result));
  return need(at, letter != 'V' && strchr(results, letter), "result", "not one of a function of this kind");
}

/* What is heard is an event, the outcome of a mot, or that of an SCO. */
static bool check_source(Place at, const FunctionRow *row, bool hears)
{
  bool event = row->event != MOT_NONE, mot = row->source != MOT_NONE, sco = row->source_sco != MOT_NONE;
  return part(at, "source", row->source, hears, true) && part(at, "source_sco", row->source_sco, hears, true)
    && need(at, event + mot + sco <= 1, "source", "an event is at hand, or another outcome");
}

static bool check_function(Place at)
{
  const FunctionRow *row = ROW(Function);
  unsigned contexts = function_kind_info[row->kind].contexts;
  bool group = (contexts & CONTEXT_GROUP) != 0, event_alone = contexts == CONTEXT_EVENT;
  return need(at, row->registers <= MOT_REGISTERS, "registers", "more than 256")
    && part(at, "event", row->event, (contexts & CONTEXT_EVENT) != 0, !event_alone)
    && part(at, "experience", row->experience, (contexts & (CONTEXT_JOURNEY | CONTEXT_HANDLER)) != 0, false)
    && check_source(at, row, (contexts & CONTEXT_OUTCOME) != 0)
    && part(at, "aggregates_of", row->aggregates_of, group, true)
    && part(at, "target", row->target, group, true)
    && need(at, !group || (row->target == MOT_NONE) != (row->aggregates_of == MOT_NONE), "target",
            "either a metric or a target")
    && check_subject(at, row, contexts)
    && need(at, !needs_condition(row->kind) || has_condition(at.v->module, row), "kind",
            "its subject has no condition")
    && check_result(at, row);
}

/* ---- where they are used ---- */

AtHand at_hand(const Module *module, uint32_t trigger, uint32_t experience)
{
  AtHand hand = NOTHING_AT_HAND;
  hand.experience = experience;
  if (trigger == MOT_NONE) return hand;
  hand.event = module->Trigger[trigger].event;
  hand.source = module->Trigger[trigger].mot;
  hand.source_sco = module->Trigger[trigger].experience;
  return hand;
}

bool function_fits(Place at, const char *field, uint32_t function, AtHand hand, ValueClass result)
{
  if (function == MOT_NONE) return true;
  const FunctionRow *row = &at.v->module->Function[function];
  return need(at, row->event == MOT_NONE || row->event == hand.event, field, "a function of another event")
    && need(at, row->source == MOT_NONE || row->source == hand.source, field, "a function of another outcome")
    && need(at, row->source_sco == MOT_NONE || row->source_sco == hand.source_sco, field,
            "a function of another outcome")
    && need(at, row->experience == hand.experience, field, "a function of another experience")
    && need(at, row->mot == hand.mot, field, "a function of another mot")
    && need(at, row->correction == hand.correction, field, "a function of another correction")
    && need(at, result == CLASS_NONE || value_class(row->result) == result, field,
            "a function of another type");
}

static bool check_predicate(Place at)
{
  AtHand hand = NOTHING_AT_HAND;
  hand.event = ROW(Predicate)->event;
  return function_fits(at, "test", ROW(Predicate)->test, hand, CLASS_NONE);
}

static bool check_experience(Place at)
{
  const ExperienceRow *row = ROW(Experience);
  AtHand hand = at_hand(at.v->module, MOT_NONE, at.row);
  return need(at, row->expires > 0 && row->expires <= SPAN_MAX, "expires", "no length of time")
    && need(at, row->keys_count > 0, "keys", "none")
    && need(at, row->value == MOT_NONE || row->value_type == VALUE_MONEY || row->value_currency == MOT_NONE,
            "value_currency", "does not go with the type")
    && need(at, row->value_type != VALUE_MONEY || row->value_currency != MOT_NONE, "value_currency",
            "missing")
    && function_fits(at, "value", row->value, hand, value_class(row->value_type));
}

static bool check_quiet(Place at)
{
  uint32_t experience = at.v->parents[SECTION_Pattern][at.row].row;
  return function_fits(at, "length", ROW(Pattern)->length, at_hand(at.v->module, MOT_NONE, experience),
                       CLASS_I);
}

static bool check_mot(Place at)
{
  const MotRow *row = ROW(Mot);
  AtHand hand = at_hand(at.v->module, MOT_NONE, row->experience);
  hand.mot = at.row;
  return need(at, row->weight >= 0, "weight", "below zero")
    && need(at, row->impact_missed == MOT_NONE || row->missed_currency != MOT_NONE, "missed_currency",
            "missing")
    && need(at, row->impact_produced == MOT_NONE || row->produced_currency != MOT_NONE, "produced_currency",
            "missing")
    && need(at, row->group_type != VALUE_MONEY || row->group_currency != MOT_NONE, "group_currency", "missing")
    && need(at, row->group_type != VALUE_LISTED || row->group_listed != MOT_NONE, "group_listed", "missing")
    && function_fits(at, "group", row->group, hand, value_class(row->group_type))
    && function_fits(at, "impact_missed", row->impact_missed, hand, CLASS_I)
    && function_fits(at, "impact_produced", row->impact_produced, hand, CLASS_I);
}

static bool check_choice(Place at)
{
  const ChoiceRow *row = ROW(Choice);
  AtHand hand = at_hand(at.v->module, row->trigger, at.v->module->Mot[row->mot].experience);
  hand.mot = row->mot;
  return function_fits(at, "opening", row->opening, hand, CLASS_NONE);
}

static bool check_condition(Place at)
{
  const ConditionRow *row = ROW(Condition);
  const Module *m = at.v->module;
  AtHand hand = NOTHING_AT_HAND;
  if (row->subject == SUBJECT_MOT) {
    hand.experience = m->Mot[row->of].experience;
    hand.mot = row->of;
  } else if (row->subject == SUBJECT_CORRECTION) {
    hand.experience = m->Correction[row->of].experience;
    hand.correction = row->of;
  } else {
    hand.experience = row->of;
  }
  return function_fits(at, "verdict", row->verdict, hand, CLASS_NONE);
}

/* Both fill or read the correction's own record; `opening` hears of the moment to
 * be mended, or of the SCO. */
static bool check_correction(Place at)
{
  const CorrectionRow *row = ROW(Correction);
  AtHand hand = at_hand(at.v->module, MOT_NONE, row->experience);
  hand.correction = at.row;
  if (!function_fits(at, "due", row->due, hand, CLASS_I)) return false;
  hand.source = row->mot;
  hand.source_sco = row->mot == MOT_NONE ? row->experience : MOT_NONE;
  return function_fits(at, "opening", row->opening, hand, CLASS_NONE);
}

/* ---- all of it ---- */

bool verify_functions(Verifier *v)
{
  static const TableCheck checks[] = {
    {SECTION_Function, check_function}, {SECTION_Predicate, check_predicate},
    {SECTION_Experience, check_experience},
    {SECTION_Pattern, check_quiet},     {SECTION_Mot, check_mot},             {SECTION_Choice, check_choice},
    {SECTION_Condition, check_condition}, {SECTION_Correction, check_correction},
  };
  return verify_each(v, checks, sizeof checks / sizeof *checks);
}
