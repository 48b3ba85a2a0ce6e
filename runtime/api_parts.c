/*
 * api_parts.c - parts of the rules: where they stand, what starts, opens and moves them, through the library.
 */
#include "bytecode/names.h"
#include "runtime/places.h"
#include "runtime/run.h"
#include "mot/tools.h"

_Static_assert((int)MOT_CLAUSE_EXPIRES == (int)CLAUSE_EXPIRES, "clauses agree");

/* ---- places ---- */

static bool clause_place(const mot_rules *rules, uint32_t first, uint32_t count, uint32_t kind, size_t index,
                         mot_place *ret_place)
{
  for (uint32_t i = first; i < first + count; i++) {
    const ClauseRow *row = &rules->module.Clause[i];
    if (row->kind != kind || index-- > 0) continue;
    *ret_place = place_of(rules, row->source, row->start, row->end);
    return true;
  }
  return false;
}

bool mot_rules_clause_place(const mot_rules *rules, uint32_t experience, uint32_t mot, mot_clause clause,
                            size_t index, mot_place *ret_place)
{
  const Module *module = &rules->module;
  if (mot < module->Mot_count)
    return clause_place(rules, module->Mot[mot].clauses, module->Mot[mot].clauses_count, clause, index, ret_place);
  if (mot != MOT_NOT_FOUND || experience >= module->Experience_count) return false;
  const ExperienceRow *row = &module->Experience[experience];
  return clause_place(rules, row->clauses, row->clauses_count, clause, index, ret_place);
}

bool mot_rules_experience_place(const mot_rules *rules, uint32_t experience, mot_place *ret_place)
{
  return mot_rules_clause_place(rules, experience, MOT_NOT_FOUND, MOT_CLAUSE_DECLARED, 0, ret_place);
}

bool mot_rules_mot_place(const mot_rules *rules, uint32_t mot, mot_place *ret_place)
{
  if (mot >= rules->module.Mot_count) return false;
  return mot_rules_clause_place(rules, MOT_NOT_FOUND, mot, MOT_CLAUSE_DECLARED, 0, ret_place);
}

/* ---- parts of conditions ---- */

static const ConditionRow *condition_of(const Module *module, uint32_t experience, uint32_t mot)
{
  uint32_t row = MOT_NONE;
  if (mot < module->Mot_count)
    row = module->Mot[mot].condition;
  else if (mot == MOT_NOT_FOUND && experience < module->Experience_count)
    row = module->Experience[experience].sco;
  return row == MOT_NONE ? NULL : &module->Condition[row];
}

static bool waits(const Module *module, const LeafRow *leaf)
{
  for (uint32_t i = leaf->steps; i < leaf->steps + leaf->steps_count; i++)
    if (module->Step[i].bound != BOUND_NONE) return true;
  return false;
}

bool mot_rules_part(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t part, mot_part_info *ret_info)
{
  const Module *module = &rules->module;
  const ConditionRow *condition = condition_of(module, experience, mot);
  if (!condition || part >= condition->leaves_count) return false;
  const LeafRow *leaf = &module->Leaf[condition->leaves + part];
  *ret_info = (mot_part_info){
    .produced = module_string(module, leaf->produced, NULL),
    .missed = module_string(module, leaf->missed, NULL),
    .bounded = waits(module, leaf),
    .predicate = leaf->kind == LEAF_PREDICATE,
  };
  mot_rules_clause_place(rules, experience, mot, MOT_CLAUSE_PART, part, &ret_info->place);
  return true;
}

/* ---- triggers ---- */

static mot_trigger trigger_of(const Module *module, uint32_t trigger)
{
  mot_trigger ret = {MOT_NOT_FOUND, MOT_NOT_FOUND, MOT_NOT_FOUND, MOT_OPEN};
  if (trigger == MOT_NONE) return ret;
  const TriggerRow *row = &module->Trigger[trigger];
  if (row->kind == TRIGGER_EVENT) {
    ret.event = row->event;
    return ret;
  }
  ret.mot = row->mot;
  ret.experience = row->experience;
  ret.outcome = (mot_outcome)row->outcome;
  return ret;
}

/* Whether a function of a handler can answer with true: some only take in what a pattern has to remember. */
static bool answers(const Module *module, Instr instr)
{
  unsigned which = 0;
  if (instr.op != OP_X_STARTS && instr.op != OP_X_ENDS && instr.op != OP_X_VOID && instr.op != OP_X_MVOID) return true;
  while (op_info[instr.op].operands[which] != OPERAND_FN) which++;
  const FunctionRow *function = &module->Function[instr_operand(instr, which)];
  bool constant = false;
  for (uint32_t i = 0; i < function->count; i++) {
    Instr one = module->code[function->first + i];
    if (one.op == OP_K_B && one.b == 1) return true;
    constant = constant || one.op == OP_K_B;
  }
  return !constant;
}

/* Whether a handler has the instruction, for a MOT where it is of one (NONE: it is not). */
static bool does(const Module *module, const HandlerRow *handler, uint8_t op, uint32_t mot)
{
  const FunctionRow *function = &module->Function[handler->code];
  for (uint32_t i = 0; i < function->count; i++) {
    Instr instr = module->code[function->first + i];
    if (instr.op != op || !answers(module, instr)) continue;
    for (unsigned k = 0; k < 4; k++)
      if (mot == MOT_NONE || (op_info[op].operands[k] == OPERAND_MOT && instr_operand(instr, k) == mot)) return true;
  }
  return false;
}

/* Trigger number `index` of the experience whose handler does it. */
static bool trigger_that(const Module *module, uint32_t experience, uint8_t op, uint32_t mot, size_t index,
                         mot_trigger *ret_trigger)
{
  const ExperienceRow *row = &module->Experience[experience];
  for (uint32_t i = row->handlers; i < row->handlers + row->handlers_count; i++) {
    if (!does(module, &module->Handler[i], op, mot) || index-- > 0) continue;
    *ret_trigger = trigger_of(module, module->Handler[i].trigger);
    return true;
  }
  return false;
}

bool mot_rules_start(const mot_rules *rules, uint32_t experience, size_t index, mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (experience >= module->Experience_count) return false;
  return trigger_that(module, experience, OP_X_STARTS, MOT_NONE, index, ret_trigger);
}

bool mot_rules_opening(const mot_rules *rules, uint32_t mot, size_t index, mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (mot >= module->Mot_count || index >= module->Mot[mot].choices_count) return false;
  *ret_trigger = trigger_of(module, module->Choice[module->Mot[mot].choices + index].trigger);
  return true;
}

bool mot_rules_awaits(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index,
                      mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (mot < module->Mot_count)
    return trigger_that(module, module->Mot[mot].experience, OP_X_TEST, mot, index, ret_trigger);
  if (mot != MOT_NOT_FOUND || experience >= module->Experience_count) return false;
  return trigger_that(module, experience, OP_X_SCO, MOT_NONE, index, ret_trigger);
}

bool mot_rules_end(const mot_rules *rules, uint32_t experience, size_t index, mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (experience >= module->Experience_count) return false;
  return trigger_that(module, experience, OP_X_ENDS, MOT_NONE, index, ret_trigger);
}

bool mot_rules_void(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index, mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (mot < module->Mot_count)
    return trigger_that(module, module->Mot[mot].experience, OP_X_MVOID, mot, index, ret_trigger);
  if (mot != MOT_NOT_FOUND || experience >= module->Experience_count) return false;
  return trigger_that(module, experience, OP_X_VOID, MOT_NONE, index, ret_trigger);
}

bool mot_rules_pause(const mot_rules *rules, uint32_t mot, size_t index, mot_trigger *ret_trigger)
{
  const Module *module = &rules->module;
  if (mot >= module->Mot_count) return false;
  return trigger_that(module, module->Mot[mot].experience, OP_X_PAUSE, mot, index, ret_trigger);
}

/* ---- what else there is ---- */

static bool has_clause(const Module *module, uint32_t first, uint32_t count, uint32_t kind)
{
  for (uint32_t i = first; i < first + count; i++)
    if (module->Clause[i].kind == kind) return true;
  return false;
}

static bool has_deadline(const Module *module, const ConditionRow *condition)
{
  for (uint32_t i = 0; condition && i < condition->leaves_count; i++)
    if (waits(module, &module->Leaf[condition->leaves + i])) return true;
  return false;
}

static bool has_risk(const Module *module, const MotRow *row)
{
  for (uint32_t i = row->actions; i < row->actions + row->actions_count; i++)
    if (module->Action[i].when == WHEN_AT_RISK) return true;
  return false;
}

static bool supersedes(const Module *module, const MotRow *row)
{
  for (uint32_t i = row->choices; i < row->choices + row->choices_count; i++)
    if (module->Choice[i].mode == MODE_LATEST) return true;
  return false;
}

bool mot_rules_mot_traits(const mot_rules *rules, uint32_t mot, mot_mot_traits *ret_traits)
{
  const Module *module = &rules->module;
  if (mot >= module->Mot_count) return false;
  const MotRow *row = &module->Mot[mot];
  *ret_traits = (mot_mot_traits){
    .pausable = row->pausable,
    .risk = has_risk(module, row),
    .deadline = has_deadline(module, condition_of(module, row->experience, mot)),
    .voids = has_clause(module, row->clauses, row->clauses_count, CLAUSE_VOIDS),
    .supersedes = supersedes(module, row),
  };
  return true;
}

bool mot_rules_experience_traits(const mot_rules *rules, uint32_t experience, mot_experience_traits *ret_traits)
{
  const Module *module = &rules->module;
  if (experience >= module->Experience_count) return false;
  const ExperienceRow *row = &module->Experience[experience];
  *ret_traits = (mot_experience_traits){
    .sco = row->sco != MOT_NONE,
    .deadline = has_deadline(module, condition_of(module, experience, MOT_NOT_FOUND)),
    .voids = has_clause(module, row->clauses, row->clauses_count, CLAUSE_VOIDS),
    .ends = has_clause(module, row->clauses, row->clauses_count, CLAUSE_ENDS),
  };
  return true;
}
