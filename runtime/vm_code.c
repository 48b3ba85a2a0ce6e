/*
 * vm_code.c - makes the functions of a module ready to run.
 */
#include <assert.h>
#include <stddef.h>

#include "bytecode/names.h"
#include "runtime/vm_ops.h"

typedef struct Ready {
  const Module *module;
  const FunctionRow *row;
  uint32_t journey, subject, outcome; /* first slots of the records */
  uint32_t leaves;                    /* first of the subject's condition */
} Ready;

/* ---- slots ---- */

static uint32_t slots_of_mot(const Module *m, uint32_t mot)
{
  return m->Mot[mot].slots;
}

static uint32_t subject_slots(const Module *m, const FunctionRow *row)
{
  if (row->mot != MOT_NONE) return slots_of_mot(m, row->mot);
  if (row->correction != MOT_NONE) return m->Correction[row->correction].slots;
  return row->experience == MOT_NONE ? 0 : m->Experience[row->experience].slots;
}

static uint32_t outcome_slots(const Module *m, const FunctionRow *row)
{
  if (row->source != MOT_NONE) return slots_of_mot(m, row->source);
  return row->source_sco == MOT_NONE ? 0 : m->Experience[row->source_sco].slots;
}

static uint32_t subject_condition(const Module *m, const FunctionRow *row)
{
  if (row->mot != MOT_NONE) return m->Mot[row->mot].condition;
  if (row->correction != MOT_NONE) return m->Correction[row->correction].condition;
  return row->experience == MOT_NONE ? MOT_NONE : m->Experience[row->experience].sco;
}

static uint32_t subject_leaves(const Module *m, const FunctionRow *row)
{
  uint32_t condition = subject_condition(m, row);
  return condition == MOT_NONE ? 0 : m->Condition[condition].leaves;
}

/* The way in which an instruction on a slot of integers meets this storage. */
static uint16_t stored_op(uint32_t op, uint32_t storage)
{
#define WAYS(L, N) \
  case OP_##L##_I: { \
    static const uint16_t ways[STORAGE_END] = {[STORAGE_U8] = VO_##N##_U8, [STORAGE_U16] = VO_##N##_U16, \
                                               [STORAGE_U32] = VO_##N##_U32, [STORAGE_I64] = VO_##L##_I, \
                                               [STORAGE_T48] = VO_##N##_T48}; \
    return ways[storage]; \
  }
  switch (op) {
    WAYS(JL, JL)
    WAYS(ML, ML)
    WAYS(OL, OL)
    WAYS(JS, JS)
    WAYS(MS, MS)
  default: return (uint16_t)op;
  }
#undef WAYS
}

/* Loads know their offset; stores of texts and of instants find the row. */
static void ready_slot(const Ready *ready, uint32_t first, Instr instr, VmOp *op)
{
  const SlotRow *slot = &ready->module->Slot[first + instr.b];
  op->op = stored_op(instr.op, slot->storage);
  op->b = slot->offset;
  op->p = slot;
}

/* ---- operands ---- */

/* An operand; a register as its place in bytes. */
static uint32_t place(Instr instr, unsigned which)
{
  uint32_t kind = op_info[instr.op].operands[which], value = instr_operand(instr, which);
  return kind >= OPERAND_WB && kind <= OPERAND_RT ? value * (uint32_t)sizeof(VmValue) : value;
}

static void ready_text(const Ready *ready, Instr instr, VmOp *op)
{
  op->p = module_string(ready->module, instr_operand(instr, 1), &op->b);
}

static void ready_field(Instr instr, VmOp *op)
{
  op->b = (uint32_t)(offsetof(EventData, values) + sizeof(EventValue) * instr.b);
}

static void ready_known(const Ready *ready, Instr instr, VmOp *op)
{
  uint32_t fields = ready->module->Event[ready->row->event].fields_count;
  op->b = (uint32_t)(offsetof(EventData, values) + sizeof(EventValue) * fields + instr.b / 8);
  op->c = 1u << instr.b % 8;
}

/* Predicates beyond those in the event's bits are run when they are asked for. */
static void ready_bit(const Ready *ready, Instr instr, VmOp *op)
{
  op->i = 0;
  if (instr.b < 32) {
    op->b = 1u << instr.b;
    return;
  }
  const EventRow *event = &ready->module->Event[ready->row->event];
  op->op = VO_EV_BIT_FAR;
  op->b = ready->module->Predicate[event->predicates + instr.b].test;
}

/* What a leaf holds stands in a slot of the subject. */
static void ready_leaf(const Ready *ready, Instr instr, VmOp *op)
{
  const LeafRow *leaf = &ready->module->Leaf[ready->leaves + instr.b];
  op->op = VO_ML_U8;
  op->b = ready->module->Slot[leaf->state].offset;
}

static void ready_history(const Ready *ready, Instr instr, VmOp *op)
{
  op->b = place(instr, 2);
  op->p = &ready->module->History[ready->module->Experience[ready->row->experience].histories + instr.b];
}

static void ready_quiet(const Ready *ready, Instr instr, VmOp *op)
{
  op->p = &ready->module->Pattern[ready->module->Experience[ready->row->experience].patterns + instr.b];
}

static VmOp ready_op(const Ready *ready, Instr instr)
{
  VmOp op = {.op = instr.op, .a = (uint16_t)place(instr, 0), .b = place(instr, 1)};
  op.c = place(instr, 2);
  op.d = place(instr, 3);
  switch ((Opcode)instr.op) {
  case OP_K_I: case OP_K_F: op.i = ready->module->Constant[instr_operand(instr, 1)].bits; break;
  case OP_K_S: ready_text(ready, instr, &op); break;
  case OP_EV_I: case OP_EV_F: case OP_EV_S: case OP_EV_B: ready_field(instr, &op); break;
  case OP_EV_KNOWN: ready_known(ready, instr, &op); break;
  case OP_EV_BIT: ready_bit(ready, instr, &op); break;
  case OP_JL_I: case OP_JL_F: case OP_JL_S: case OP_JL_B:
  case OP_JS_I: case OP_JS_F: case OP_JS_S: case OP_JS_B:
    ready_slot(ready, ready->journey, instr, &op);
    break;
  case OP_ML_I: case OP_ML_F: case OP_ML_S: case OP_ML_B:
  case OP_MS_I: case OP_MS_F: case OP_MS_S: case OP_MS_B:
    ready_slot(ready, ready->subject, instr, &op);
    break;
  case OP_OL_I: case OP_OL_F: case OP_OL_S: case OP_OL_B:
    ready_slot(ready, ready->outcome, instr, &op);
    break;
  case OP_JMP: case OP_JT: case OP_JF: case OP_TRY: op.b = instr.d; break;
  case OP_H_PUSH: case OP_H_PUSH_I: case OP_H_PUSH_F:
  case OP_H_COUNT: case OP_H_GET_I: case OP_H_GET_F: ready_history(ready, instr, &op); break;
  case OP_CALL: case OP_CALL_CAL: case OP_CALL_ZON: op.c *= (uint32_t)sizeof(VmValue); break; /* registers */
  case OP_P_QUIET: ready_quiet(ready, instr, &op); break;
  case OP_LEAF_GET: ready_leaf(ready, instr, &op); break;
  default: break;
  }
  return op;
}

/* ---- what needs no loop ---- */

static bool is_constant_op(uint32_t op)
{
  if (op == OP_OPEN) return true;
  if (op == OP_TRY) return false; /* what it counts */
  return op_info[op].contexts == 0 && op != OP_NOW && op != OP_CALL && op != OP_CALL_CAL && op != OP_CALL_ZON;
}

static bool is_constant(const Module *module, const FunctionRow *row)
{
  for (uint32_t i = 0; i < row->count; i++)
    if (!is_constant_op(module->code[row->first + i].op)) return false;
  return true;
}

static VmQuick quick_of(const Module *module, const FunctionRow *row, const VmOp *code)
{
  if (is_constant(module, row)) return QUICK_CONSTANT;
  if (row->count != 2) return QUICK_NOT;
  if (code[0].op == VO_EV_BIT && code[1].op == VO_RET_B && code[1].a == code[0].a) return QUICK_BIT;
  if (code[0].op == VO_ML_U8 && code[1].op == VO_RET_T && code[1].a == code[0].a) return QUICK_STATE;
  if (code[1].op != VO_RET) return QUICK_NOT;
  return code[0].op == VO_LEAF_ARM ? QUICK_ARM : code[0].op == VO_LEAF_HIT ? QUICK_HIT : QUICK_NOT;
}

/* ---- functions ---- */

static VmFunction ready_function(const Module *module, const FunctionRow *row, VmOp *code)
{
  Ready ready = {.module = module,
                 .row = row,
                 .journey = row->experience == MOT_NONE ? 0 : module->Experience[row->experience].slots,
                 .subject = subject_slots(module, row),
                 .outcome = outcome_slots(module, row),
                 .leaves = subject_leaves(module, row)};
  for (uint32_t i = 0; i < row->count; i++) code[i] = ready_op(&ready, module->code[row->first + i]);
  VmFunction function = {.code = code, .count = row->count, .registers = (uint16_t)row->registers};
  vm_join(&function, module->code + row->first, code);
  function.quick = quick_of(module, row, code);
  function.columns = row->kind == FUNCTION_PREDICATE && columns_fit(&function);
  if (function.quick == QUICK_CONSTANT) function.status = vm_code_run(&(Scene){0}, code, &function.result);
  return function;
}

const VmProgram *vm_program(const Module *module, Arena *arena)
{
  VmProgram *program = ARENA_NEW(arena, VmProgram);
  VmFunction *functions = ARENA_ARRAY(arena, VmFunction, module->Function_count);
  VmOp *code = ARENA_ARRAY(arena, VmOp, module->code_count);
  for (uint32_t i = 0; i < module->Function_count; i++)
    functions[i] = ready_function(module, &module->Function[i], code + module->Function[i].first);
  *program = (VmProgram){.module = module, .functions = functions};
  return program;
}
