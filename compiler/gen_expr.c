/*
 * gen_expr.c - code for values: each expression leaves its value in one
 * register, and in a second one whether it is known where it may be missing.
 */
#include <string.h>

#include "bytecode/names.h"
#include "compiler/gen_parts.h"

uint8_t known_reg(Fn *fn, Val val)
{
  if (val.known >= 0) return (uint8_t)val.known;
  uint8_t reg = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, reg, 1, 0, 0);
  return reg;
}

static Val there(ValueClass cls, uint8_t reg)
{
  return (Val){cls, reg, -1};
}

static void move(Fn *fn, ValueClass cls, uint8_t to, uint8_t from)
{
  if (to != from) fn_emit(fn, op_of(OP_MOV_I, cls), to, from, 0, 0);
}

/* ---- constants ---- */

static Val gen_constant(Fn *fn, const Expr *expr, int want)
{
  ValueClass cls = class_of(expr->type);
  if (expr->kind == EX_NUMBER) cls = CLASS_F;
  if (expr->kind == EX_TEXT) cls = CLASS_S;
  if (expr->kind == EX_BOOL) cls = CLASS_B;
  uint8_t reg = reg_or(fn, cls, want);
  ModuleBuilder *out = fn->g->out;
  switch (expr->kind) {
  case EX_NUMBER: fn_emit(fn, OP_K_F, reg, builder_constant_f(out, expr->u.f), 0, 0); break;
  case EX_TEXT: fn_emit(fn, OP_K_S, reg, text_of(fn->g, expr->u.text), 0, 0); break;
  default: fn_constant(fn, reg, cls, expr->u.i); break;
  }
  return there(cls, reg);
}

/* ---- one operand ---- */

static Val gen_unary(Fn *fn, Expr *expr, uint8_t op, ValueClass cls, int want)
{
  Val a = gen_value(fn, expr->a, -1);
  Val val = {cls, reg_or(fn, cls, want), a.known};
  fn_emit(fn, op, val.reg, a.reg, 0, 0);
  reg_free(fn, a.cls, a.reg);
  return val;
}

static Val gen_known(Fn *fn, Expr *expr, int want)
{
  Val a = gen_value(fn, expr->a, -1);
  uint8_t reg = reg_or(fn, CLASS_B, want);
  if (a.known >= 0)
    move(fn, CLASS_B, reg, (uint8_t)a.known);
  else
    fn_emit(fn, OP_K_B, reg, 1, 0, 0);
  val_free(fn, a);
  return there(CLASS_B, reg);
}

/* ---- two operands ---- */

/* Both there: missing operands were dealt with before. */
static void gen_operands(Fn *fn, Expr *expr, Val *a, Val *b)
{
  *a = gen_value(fn, expr->a, -1);
  *b = gen_value(fn, expr->b, -1);
}

static int16_t both_known(Fn *fn, Val a, Val b)
{
  if (a.known < 0 || b.known < 0) return a.known >= 0 ? a.known : b.known;
  uint32_t skip = fn_jump(fn, OP_JF, (uint32_t)a.known);
  move(fn, CLASS_B, (uint8_t)a.known, (uint8_t)b.known);
  fn_land(fn, skip);
  reg_free(fn, CLASS_B, (uint8_t)b.known);
  return a.known;
}

static Val gen_binary(Fn *fn, Expr *expr, uint8_t op, ValueClass cls, int want)
{
  Val a, b;
  gen_operands(fn, expr, &a, &b);
  Val val = {cls, reg_or(fn, cls, want), both_known(fn, a, b)};
  fn_emit(fn, op, val.reg, a.reg, b.reg, 0);
  reg_free(fn, a.cls, a.reg);
  reg_free(fn, b.cls, b.reg);
  return val;
}

static Val gen_arithmetic(Fn *fn, Expr *expr, uint8_t op_i, uint8_t op_f, int want)
{
  ValueClass cls = class_of(expr->type);
  return gen_binary(fn, expr, cls == CLASS_F ? op_f : op_i, cls, want);
}

static Val gen_mul(Fn *fn, Expr *expr, int want)
{
  bool scaled = class_of(expr->a->type) == CLASS_I && class_of(expr->b->type) == CLASS_F;
  if (scaled) return gen_binary(fn, expr, OP_MUL_IF, CLASS_I, want);
  return gen_arithmetic(fn, expr, OP_MUL_I, OP_MUL_F, want);
}

/* Whether the divisor is zero decides whether there is a quotient. */
static Val gen_div(Fn *fn, Expr *expr, int want)
{
  Val a, b;
  gen_operands(fn, expr, &a, &b);
  uint8_t op = a.cls == CLASS_F ? OP_DIV_FF : b.cls == CLASS_F ? OP_DIV_IF : OP_DIV_II;
  ValueClass cls = op == OP_DIV_IF ? CLASS_I : CLASS_F;
  int16_t operands = both_known(fn, a, b);
  Val val = {cls, reg_or(fn, cls, want), reg_new(fn, CLASS_B)};
  fn_emit(fn, op, val.reg, a.reg, b.reg, (uint32_t)val.known);
  reg_free(fn, a.cls, a.reg);
  reg_free(fn, b.cls, b.reg);
  if (operands >= 0) val.known = both_known(fn, val, (Val){CLASS_B, 0, operands});
  if (!expr->type.optional) {
    reg_free(fn, CLASS_B, (uint8_t)val.known);
    val.known = -1;
  }
  return val;
}

static uint8_t compare_op(uint8_t compare, ValueClass cls)
{
  bool equal = compare == COMPARE_EQ || compare == COMPARE_NE;
  bool strict = compare == COMPARE_LT || compare == COMPARE_GT;
  if (cls == CLASS_F) return equal ? OP_EQ_F : strict ? OP_LT_F : OP_LE_F;
  if (cls == CLASS_S) return OP_EQ_S;
  if (cls == CLASS_B) return OP_EQ_B;
  return equal ? OP_EQ_I : strict ? OP_LT_I : OP_LE_I;
}

static Val gen_compare(Fn *fn, Expr *expr, int want)
{
  Val a, b;
  gen_operands(fn, expr, &a, &b);
  bool swap = expr->op == COMPARE_GT || expr->op == COMPARE_GE;
  Val val = {CLASS_B, reg_or(fn, CLASS_B, want), both_known(fn, a, b)};
  fn_at(fn, expr->span);
  fn_emit(fn, compare_op(expr->op, a.cls), val.reg, swap ? b.reg : a.reg, swap ? a.reg : b.reg, 0);
  if (expr->op == COMPARE_NE) fn_emit(fn, OP_NOT_B, val.reg, val.reg, 0, 0);
  reg_free(fn, a.cls, a.reg);
  reg_free(fn, b.cls, b.reg);
  return val;
}

/* ---- choices ---- */

/* Left to right; the second is looked at only when the first leaves it open. */
static Val gen_and_or(Fn *fn, Expr *expr, int want)
{
  uint8_t reg = want >= 0 ? (uint8_t)want : reg_new(fn, CLASS_B);
  gen_truth(fn, expr->a, reg);
  uint32_t skip = fn_jump(fn, expr->kind == EX_AND ? OP_JF : OP_JT, reg);
  gen_truth(fn, expr->b, reg);
  fn_land(fn, skip);
  return there(CLASS_B, reg);
}

static Val gen_else(Fn *fn, Expr *expr, int want)
{
  Val a = gen_value(fn, expr->a, want);
  if (a.known < 0) return a;
  uint32_t skip = fn_jump(fn, OP_JT, (uint32_t)a.known);
  Val b = gen_value(fn, expr->b, a.reg);
  if (b.known >= 0) {
    move(fn, CLASS_B, (uint8_t)a.known, (uint8_t)b.known);
    reg_free(fn, CLASS_B, (uint8_t)b.known);
  }
  fn_land(fn, skip);
  if (b.known >= 0) return a;
  reg_free(fn, CLASS_B, (uint8_t)a.known);
  return there(a.cls, a.reg);
}

/* Jumps to where the arm's value stands, for each of its listed values. */
static void gen_labels(Fn *fn, const ExprArm *arm, Val subject, Jumps *hits)
{
  if (subject.cls == CLASS_B) {
    for (uint32_t i = 0; i < arm->values.len; i++)
      *VEC_PUSH(fn->g->arena, hits) = fn_jump(fn, arm->values.data[i] ? OP_JT : OP_JF, subject.reg);
    return;
  }
  uint8_t constant = reg_new(fn, CLASS_I), equal = reg_new(fn, CLASS_B);
  for (uint32_t i = 0; i < arm->values.len; i++) {
    fn_constant(fn, constant, CLASS_I, arm->values.data[i]);
    fn_emit(fn, OP_EQ_I, equal, subject.reg, constant, 0);
    *VEC_PUSH(fn->g->arena, hits) = fn_jump(fn, OP_JT, equal);
  }
  reg_free(fn, CLASS_I, constant);
  reg_free(fn, CLASS_B, equal);
}

static void gen_arm(Fn *fn, Expr *value, Val into)
{
  Val val = gen_value(fn, value, into.reg);
  if (into.known < 0) return;
  if (val.known >= 0) {
    move(fn, CLASS_B, (uint8_t)into.known, (uint8_t)val.known);
    reg_free(fn, CLASS_B, (uint8_t)val.known);
  } else {
    fn_emit(fn, OP_K_B, (uint32_t)into.known, 1, 0, 0);
  }
}

static Val gen_case(Fn *fn, Expr *expr, int want)
{
  Val subject = gen_value(fn, expr->a, -1);
  ValueClass cls = class_of(expr->type);
  Val val = {cls, reg_or(fn, cls, want), -1};
  if (expr->type.optional) val.known = reg_new(fn, CLASS_B);
  Jumps done = {0};
  for (uint32_t i = 0; i < expr->u.choose.count; i++) {
    const ExprArm *arm = &expr->u.choose.arms[i];
    bool last = i + 1 == expr->u.choose.count; /* else, or the only value that is left */
    Jumps hits = {0};
    uint32_t next = 0;
    if (!last) {
      gen_labels(fn, arm, subject, &hits);
      next = fn_jump(fn, OP_JMP, 0);
      fn_land_all(fn, &hits);
    }
    gen_arm(fn, arm->value, val);
    if (last) break;
    *VEC_PUSH(fn->g->arena, &done) = fn_jump(fn, OP_JMP, 0);
    fn_land(fn, next);
  }
  fn_land_all(fn, &done);
  val_free(fn, subject);
  return val;
}

/* ---- calls ---- */

static Val gen_call(Fn *fn, Expr *expr, int want)
{
  uint32_t count = expr->u.call.count;
  uint8_t first = reg_block(fn, CLASS_I, count);
  for (uint32_t i = 0; i < count; i++) {
    Val val = gen_value(fn, expr->u.call.args[i], first + (int)i);
    if (val.known >= 0) reg_free(fn, CLASS_B, (uint8_t)val.known);
  }
  uint8_t reg = reg_or(fn, CLASS_I, want);
  fn_at(fn, expr->span);
  switch (builtin_info[expr->op].needs) {
  case NEEDS_ZONE: fn_emit(fn, OP_CALL_ZON, reg, expr->op, first, fn->g->out->Meta.data[0].zone); break;
  case NEEDS_CALENDAR:
    fn_emit(fn, OP_CALL_CAL, reg, expr->op, first, calendar_row(fn->g, expr->u.call.calendar));
    break;
  default: fn_emit(fn, OP_CALL, reg, expr->op, first, 0); break;
  }
  for (uint32_t i = 0; i < count; i++) reg_free(fn, CLASS_I, (uint8_t)(first + i));
  return there(CLASS_I, reg);
}

/* ---- histories and aggregates ---- */

static Val gen_history(Fn *fn, const Expr *expr, int want)
{
  const History *history = expr->u.history;
  if (history->aggregate == AGGREGATE_COUNT) {
    uint8_t count = reg_or(fn, CLASS_I, want);
    fn_emit(fn, OP_H_COUNT, count, history->row, 0, 0);
    return there(CLASS_I, count);
  }
  ValueClass cls = class_of(expr->type);
  Val val = {cls, reg_or(fn, cls, want), reg_new(fn, CLASS_B)};
  fn_emit(fn, cls == CLASS_F ? OP_H_GET_F : OP_H_GET_I, val.reg, history->row, (uint32_t)val.known, 0);
  if (expr->type.optional) return val;
  reg_free(fn, CLASS_B, (uint8_t)val.known);
  return there(cls, val.reg);
}

static bool none_is_zero(uint8_t aggregate)
{
  return aggregate == AGGREGATE_COUNT || aggregate == AGGREGATE_SUM || aggregate == AGGREGATE_DISTINCT;
}

/* Where no case makes the aggregate missing, so is all that is computed from it. */
static Val gen_aggregate_value(Fn *fn, const Expr *expr, int want)
{
  uint32_t number = 0;
  while (number < fn->aggregate_count && fn->aggregates[number] != expr->u.aggregate) number++;
  ValueClass cls = class_of(expr->type);
  Val val = {cls, reg_or(fn, cls, want), reg_new(fn, CLASS_B)};
  fn_emit(fn, cls == CLASS_F ? OP_AGG_F : OP_AGG_I, val.reg, number, (uint32_t)val.known, 0);
  if (expr->type.optional) return val;
  if (!none_is_zero(expr->u.aggregate->kind)) {
    uint32_t some = fn_jump(fn, OP_JT, (uint32_t)val.known);
    fn_emit(fn, OP_RET_NONE, 0, 0, 0, 0);
    fn_land(fn, some);
  }
  reg_free(fn, CLASS_B, (uint8_t)val.known);
  return there(cls, val.reg);
}

static Val gen_deadline(Fn *fn, int want)
{
  Val val = {CLASS_I, reg_or(fn, CLASS_I, want), reg_new(fn, CLASS_B)};
  fn_emit(fn, OP_M_DEADLINE, val.reg, 0, (uint32_t)val.known, 0);
  return val;
}

static Val gen_simple(Fn *fn, uint8_t op, ValueClass cls, uint32_t operand, int want)
{
  uint8_t reg = reg_or(fn, cls, want);
  fn_emit(fn, op, reg, operand, 0, 0);
  return there(cls, reg);
}

/* ---- all of them ---- */

static Val gen_operation(Fn *fn, Expr *expr, int want)
{
  ValueClass cls = class_of(expr->type);
  switch (expr->kind) {
  case EX_OR: case EX_AND: return gen_and_or(fn, expr, want);
  case EX_NOT: return gen_unary(fn, expr, OP_NOT_B, CLASS_B, want);
  case EX_COMPARE: return gen_compare(fn, expr, want);
  case EX_ADD: return gen_arithmetic(fn, expr, OP_ADD_I, OP_ADD_F, want);
  case EX_SUB: return gen_arithmetic(fn, expr, OP_SUB_I, OP_SUB_F, want);
  case EX_MUL: return gen_mul(fn, expr, want);
  case EX_DIV: return gen_div(fn, expr, want);
  case EX_NEG: return gen_unary(fn, expr, cls == CLASS_F ? OP_NEG_F : OP_NEG_I, cls, want);
  case EX_TO_NUMBER: return gen_unary(fn, expr, OP_I_TO_F, CLASS_F, want);
  case EX_KNOWN: return gen_known(fn, expr, want);
  case EX_ELSE: return gen_else(fn, expr, want);
  case EX_CASE: return gen_case(fn, expr, want);
  default: return gen_call(fn, expr, want);
  }
}

Val gen_value(Fn *fn, Expr *expr, int want)
{
  fn_at(fn, expr->span);
  switch (expr->kind) {
  case EX_INT: case EX_NUMBER: case EX_TEXT: case EX_BOOL: return gen_constant(fn, expr, want);
  case EX_FIELD: return gen_event_field(fn, expr->u.field->name, expr->type.optional, want);
  case EX_EVENT_TIME: return gen_simple(fn, OP_EV_TIME, CLASS_I, 0, want);
  case EX_REF: return gen_ref(fn, expr->u.ref, want);
  case EX_HISTORY: return gen_history(fn, expr, want);
  case EX_TOOK: return gen_simple(fn, OP_M_TOOK, CLASS_I, 0, want);
  case EX_KEY: return gen_simple(fn, OP_J_KEY, CLASS_S, (uint32_t)expr->u.i, want);
  case EX_AGGREGATE: return gen_aggregate_value(fn, expr, want);
  case EX_DEADLINE: return gen_deadline(fn, want);
  default: return gen_operation(fn, expr, want);
  }
}

/* ---- results ---- */

void gen_return(Fn *fn, Val val)
{
  static const uint8_t ops[] = {OP_RET_I, OP_RET_F, OP_RET_S, OP_RET_B};
  uint32_t some = val.known >= 0 ? fn_jump(fn, OP_JT, (uint32_t)val.known) : 0;
  if (val.known >= 0) {
    fn_emit(fn, OP_RET_NONE, 0, 0, 0, 0);
    fn_land(fn, some);
  }
  fn_emit(fn, ops[val.cls], val.reg, 0, 0, 0);
}

uint32_t gen_value_function(Fn *fn, Expr *expr)
{
  fn->result = expr->type.base;
  fn_at(fn, expr->span);
  gen_return(fn, gen_value(fn, expr, -1));
  return fn_finish(fn);
}
