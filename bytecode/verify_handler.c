/*
 * verify_handler.c - handlers: each calls functions that suit its trigger, and
 * finds the keys of its experience in the event.
 */
#include "bytecode/verify.h"

/* ---- keys ---- */

static bool check_key(Place at, uint32_t which, const EventRow *event, const KeyFieldRow *key)
{
  const Module *m = at.v->module;
  if (key->field == MOT_NONE) return need(at, which > 0, "keys", "the event has no partition key");
  return need(at, in_range(key->field, event->fields, event->fields_count), "keys",
              "a field of another event")
    && need(at, value_class(m->Field[key->field].type) == CLASS_S, "keys", "a field that is no text");
}

static bool check_keys(Place at, const HandlerRow *row)
{
  const Module *m = at.v->module;
  const TriggerRow *trigger = &m->Trigger[row->trigger];
  if (trigger->kind != TRIGGER_EVENT)
    return need(at, row->keys_count == 0, "keys", "an outcome brings its own");
  if (!need(at, row->keys_count == m->Experience[row->experience].keys_count, "keys",
            "not one a key of the experience"))
    return false;
  for (uint32_t i = 0; i < row->keys_count; i++)
    if (!check_key(at, i, &m->Event[trigger->event], &m->KeyField[row->keys + i])) return false;
  return true;
}

/* ---- calls ---- */

typedef enum SubjectOf { OF_JOURNEY, OF_MOT, OF_CORRECTION } SubjectOf;

typedef struct Call {
  uint8_t kind;    /* of function b */
  uint8_t subject; /* of function b: operand c says which */
} Call;

static const Call calls[OP_COUNT] = {
  [OP_X_HIST] = {FUNCTION_HISTORY, OF_JOURNEY},        [OP_X_VOID] = {FUNCTION_JOURNEY_TEST, OF_JOURNEY},
  [OP_X_MVOID] = {FUNCTION_SUBJECT_TEST, OF_MOT},      [OP_X_PAUSE] = {FUNCTION_PAUSE, OF_MOT},
  [OP_X_TEST] = {FUNCTION_TEST, OF_MOT},               [OP_X_CTEST] = {FUNCTION_TEST, OF_CORRECTION},
  [OP_X_CVOID] = {FUNCTION_SUBJECT_TEST, OF_CORRECTION}, [OP_X_OPEN] = {FUNCTION_TRIGGER, OF_MOT},
  [OP_X_SCO] = {FUNCTION_TEST, OF_JOURNEY},            [OP_X_ENDS] = {FUNCTION_JOURNEY_TEST, OF_JOURNEY},
  [OP_X_STARTS] = {FUNCTION_JOURNEY_TEST, OF_JOURNEY},
};

static bool suits(Place at, const char *field, uint32_t function, uint32_t kind, AtHand hand)
{
  return need(at, at.v->module->Function[function].kind == kind, field, "calls a function of another kind")
    && function_fits(at, field, function, hand, CLASS_NONE);
}

/* Its tests run over a record that waits for a journey to begin: patterns that start it stand first. */
static bool waits(const Module *m, uint32_t experience)
{
  const ExperienceRow *row = &m->Experience[experience];
  return row->patterns_count > 0 && m->Pattern[row->patterns].purpose == PURPOSE_STARTS;
}

/* A journey begins: nothing of it can be read before, and its record is filled by c. */
static bool check_starts(Place at, Instr instr, AtHand hand)
{
  bool blind = !at.v->uses_journey[instr_operand(instr, 1)] || waits(at.v->module, hand.experience);
  return need(at, blind, "code", "what starts a journey cannot look into it")
    && suits(at, "code", instr_operand(instr, 2), FUNCTION_START, hand);
}

static bool check_open(Place at, Instr instr, AtHand hand)
{
  const FunctionRow *function = &at.v->module->Function[instr_operand(instr, 1)];
  return need(at, function->event == hand.event && function->source == hand.source
              && function->source_sco == hand.source_sco, "code", "opens moments on another trigger");
}

static bool check_call(Place at, Instr instr, AtHand hand)
{
  const Module *m = at.v->module;
  const Call *call = &calls[instr.op];
  if (instr.op == OP_RET) return true;
  if (call->subject == OF_MOT) hand.mot = instr_operand(instr, 2);
  if (call->subject == OF_CORRECTION) hand.correction = instr_operand(instr, 2);
  if (!suits(at, "code", instr_operand(instr, 1), call->kind, hand)) return false;
  if (instr.op == OP_X_PAUSE)
    return need(at, m->Mot[instr_operand(instr, 2)].pausable, "code", "pauses a mot that has no pause");
  if (instr.op == OP_X_STARTS) return check_starts(at, instr, hand);
  return instr.op != OP_X_OPEN || check_open(at, instr, hand);
}

/* Each handler has a function of its own, so that all of them together are walked once. */
static bool check_calls(Place at, const HandlerRow *row)
{
  const Module *m = at.v->module;
  const FunctionRow *function = &m->Function[row->code];
  AtHand hand = at_hand(m, row->trigger, row->experience);
  if (!need(at, function->experience == row->experience, "code", "a function of another experience"))
    return false;
  for (uint32_t i = 0; i < function->count; i++)
    if (!check_call(at, m->code[function->first + i], hand)) return false;
  return true;
}

bool verify_handlers(Verifier *v)
{
  const Module *m = v->module;
  uint8_t *taken = ARENA_ARRAY(v->scratch, uint8_t, m->Function_count);
  for (Place at = {v, SECTION_Handler, 0}; at.row < m->Handler_count; at.row++) {
    const HandlerRow *row = ROW(Handler);
    if (!need(at, !taken[row->code]++, "code", "the function of another handler")) return false;
    if (!check_keys(at, row) || !check_calls(at, row)) return false;
  }
  return true;
}
