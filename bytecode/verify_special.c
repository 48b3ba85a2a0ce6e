/*
 * verify_special.c - what single instructions ask for beyond the kinds of their
 * operands, which have been checked.
 */
#include "bytecode/verify_code.h"

/* ---- built-ins ---- */

static bool check_call(const CodeCheck *c, BuiltinNeeds carries)
{
  const BuiltinInfo *builtin = &builtin_info[c->instr.b];
  if (builtin->needs != carries) return code_fail(c, "not the call that the built-in function needs");
  if ((uint32_t)c->instr.c + builtin->count > c->row->registers)
    return code_fail(c, "an argument is no register");
  for (uint32_t i = 0; i < builtin->count; i++)
    if (c->types[c->instr.c + i] != value_class(builtin->parameters[i]))
      return code_fail(c, "an argument of the built-in function has another type");
  return true;
}

/* ---- histories and patterns ---- */

/* The class in which a history gives its aggregate: a mean of integers is a number. */
static ValueClass got_class(const HistoryRow *row)
{
  bool mean = row->aggregate == AGGREGATE_AVG && row->type == VALUE_INT;
  return mean ? CLASS_F : value_class(row->type);
}

static bool check_history(const CodeCheck *c)
{
  const HistoryRow *row = &c->v->module->History[c->histories.first + c->instr.b];
  bool count = row->aggregate == AGGREGATE_COUNT;
  bool fits = true;
  switch (c->instr.op) {
  case OP_H_PUSH: fits = count; break;
  case OP_H_PUSH_I: fits = !count && value_class(row->type) == CLASS_I; break;
  case OP_H_PUSH_F: fits = !count && value_class(row->type) == CLASS_F; break;
  case OP_H_GET_I: fits = !count && got_class(row) == CLASS_I; break;
  case OP_H_GET_F: fits = !count && got_class(row) == CLASS_F; break;
  default: break;
  }
  return fits || code_fail(c, "a history of another kind");
}

static bool check_pattern(const CodeCheck *c, uint32_t kind)
{
  const PatternRow *row = &c->v->module->Pattern[c->patterns.first + c->instr.b];
  if (row->kind != kind) return code_fail(c, "a pattern of another kind");
  return c->instr.op != OP_P_STEP || c->instr.c < row->steps_count
      || code_fail(c, "the pattern has no such step");
}

static bool check_pattern_arming(const CodeCheck *c)
{
  const PatternRow *row = &c->v->module->Pattern[c->patterns.first + c->instr.b];
  if (c->instr.c >= row->steps_count) return code_fail(c, "the pattern has no such step");
  const PatternStepRow *step = &c->v->module->PatternStep[row->steps + c->instr.c];
  bool kept = row->kind == PATTERN_COUNT || step->deadline != MOT_NONE; /* a count's window is not kept */
  return (step->dynamic && kept) || code_fail(c, "the step's bound is written in its row");
}

/* ---- conditions ---- */

static bool check_arming(const CodeCheck *c)
{
  const LeafRow *leaf = &c->v->module->Leaf[c->condition->leaves + c->instr.b];
  const StepRow *step = &c->v->module->Step[leaf->steps + c->instr.c];
  if (step->bound == BOUND_NONE) return code_fail(c, "a step without a bound has no clock");
  switch (c->instr.op) {
  case OP_LEAF_ARM: return !step->dynamic || code_fail(c, "the step's bound is not written in its row");
  case OP_LEAF_ARM_I:
    return step->dynamic || code_fail(c, "the step's bound is written in its row");
  default: return step->bound == BOUND_BY || code_fail(c, "only a `by` moves");
  }
}

/* A leaf is settled from outside when it is a predicate. */
static bool check_hit(const CodeCheck *c)
{
  const LeafRow *leaf = &c->v->module->Leaf[c->condition->leaves + c->instr.b];
  return leaf->kind != LEAF_PREDICATE || code_fail(c, "a predicate has no steps to match");
}

/* ---- opening, aggregates ---- */

/* What the choice's function takes to be at hand must be what this one has. */
static bool check_open(const CodeCheck *c)
{
  const ChoiceRow *choice = &c->v->module->Choice[c->choices.first + c->instr.b];
  if (choice->trigger == MOT_NONE) return code_fail(c, "a choice of silence");
  const TriggerRow *trigger = &c->v->module->Trigger[choice->trigger];
  return (trigger->event == c->row->event && trigger->mot == c->row->source
          && trigger->experience == c->row->source_sco)
    || code_fail(c, "a choice on another trigger");
}

static bool check_aggregate(const CodeCheck *c, ValueClass class)
{
  const AggregateRow *row = &c->v->module->Aggregate[c->aggregates.first + c->instr.b];
  return value_class(row->type) == class || code_fail(c, "an aggregate of another type");
}

/* ---- all of them ---- */

static bool check_kind(const CodeCheck *c)
{
  bool handler = c->row->kind == FUNCTION_HANDLER;
  if (handler && c->instr.op != OP_RET && op_info[c->instr.op].contexts != CONTEXT_HANDLER)
    return code_fail(c, "a handler only calls functions");
  if (c->instr.op == OP_OPEN && c->row->kind != FUNCTION_TRIGGER)
    return code_fail(c, "only a trigger function opens moments");
  if (c->instr.op == OP_EV_BIT && c->row->kind == FUNCTION_PREDICATE)
    return code_fail(c, "predicates do not read each other");
  if (c->instr.op == OP_M_TOOK && c->row->kind != FUNCTION_SUBJECT_VALUE)
    return code_fail(c, "the subject is not decided");
  if (c->instr.op == OP_P_QUIET && c->row->kind == FUNCTION_JOURNEY_VALUE) /* it may be the silence's length */
    return code_fail(c, "a value starts no silence");
  return true;
}

bool check_special(const CodeCheck *c)
{
  if (!check_kind(c)) return false;
  switch (c->instr.op) {
  case OP_K_B: return c->instr.b <= 1 || code_fail(c, "a truth is 0 or 1");
  case OP_CALL: return check_call(c, NEEDS_NOTHING);
  case OP_CALL_CAL: return check_call(c, NEEDS_CALENDAR);
  case OP_CALL_ZON: return check_call(c, NEEDS_ZONE);
  case OP_H_PUSH:
  case OP_H_PUSH_I:
  case OP_H_PUSH_F:
  case OP_H_GET_I:
  case OP_H_GET_F: return check_history(c);
  case OP_P_COUNT: return check_pattern(c, PATTERN_COUNT);
  case OP_P_STEP: return check_pattern(c, PATTERN_CHAIN);
  case OP_P_ARM_I: return check_pattern_arming(c);
  case OP_P_QUIET: return check_pattern(c, PATTERN_QUIET);
  case OP_LEAF_ARM:
  case OP_LEAF_ARM_I:
  case OP_LEAF_MOVE: return check_arming(c);
  case OP_LEAF_HIT: return check_hit(c);
  case OP_OPEN: return check_open(c);
  case OP_AGG_F: return check_aggregate(c, CLASS_F);
  case OP_AGG_I: return check_aggregate(c, CLASS_I);
  default: return true;
  }
}
