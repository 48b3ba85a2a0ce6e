/*
 * check_fold.c - what depends on no event is computed once, here.
 */
#include <math.h>

#include "bytecode/rounding.h"
#include "compiler/check_expr.h"

static Expr *too_large(Checker *ck, const Expr *expr)
{
  SAY(ck, E0310, expr->span, "the result of %s is too large to be kept", quoted(ck, expr->span));
  return value_error(ck, expr->span);
}

static Expr *whole(Checker *ck, const Expr *expr, bool overflow, int64_t value)
{
  return overflow ? too_large(ck, expr) : value_int(ck, expr->type, value, expr->span);
}

static Expr *real(Checker *ck, const Expr *expr, double value)
{
  return isfinite(value) ? value_number(ck, expr->type, value, expr->span) : too_large(ck, expr);
}

/* Money or a duration times (or by) a number. */
static Expr *scaled(Checker *ck, const Expr *expr, int64_t amount, double factor)
{
  int64_t value = 0;
  bool kept = expr->kind == EX_MUL ? scale_amount(amount, factor, &value) : divide_amount(amount, factor, &value);
  return whole(ck, expr, !kept, value);
}

static Expr *fold_whole(Checker *ck, Expr *expr, int64_t a, int64_t b)
{
  int64_t value = 0;
  bool overflow = false;
  switch (expr->kind) {
  case EX_ADD: overflow = __builtin_add_overflow(a, b, &value); break;
  case EX_SUB: overflow = __builtin_sub_overflow(a, b, &value); break;
  case EX_MUL: overflow = __builtin_mul_overflow(a, b, &value); break;
  default: return real(ck, expr, (double)a / (double)b);
  }
  return whole(ck, expr, overflow, value);
}

static Expr *fold_real(Checker *ck, Expr *expr, double a, double b)
{
  switch (expr->kind) {
  case EX_ADD: return real(ck, expr, a + b);
  case EX_SUB: return real(ck, expr, a - b);
  case EX_MUL: return real(ck, expr, a * b);
  default: return real(ck, expr, a / b);
  }
}

static Expr *fold_arith(Checker *ck, Expr *expr)
{
  const Expr *a = expr->a, *b = expr->b;
  if (!expr_constant(a) || !expr_constant(b)) return expr;
  if (a->kind == EX_INT && b->kind == EX_INT) return fold_whole(ck, expr, a->u.i, b->u.i);
  if (a->kind == EX_NUMBER && b->kind == EX_NUMBER) return fold_real(ck, expr, a->u.f, b->u.f);
  return scaled(ck, expr, a->u.i, b->u.f);
}

static Expr *fold_negative(Checker *ck, Expr *expr)
{
  const Expr *a = expr->a;
  int64_t value = 0;
  if (a->kind == EX_NUMBER) return value_number(ck, expr->type, -a->u.f, expr->span);
  if (a->kind != EX_INT) return expr;
  bool overflow = __builtin_sub_overflow(0, a->u.i, &value);
  return whole(ck, expr, overflow, value);
}

/* Less, same or greater: -1, 0, 1. */
static int order(const Expr *a, const Expr *b)
{
  if (a->kind == EX_NUMBER) return (a->u.f > b->u.f) - (a->u.f < b->u.f);
  if (a->kind == EX_TEXT) return a->u.text != b->u.text;
  return (a->u.i > b->u.i) - (a->u.i < b->u.i);
}

static Expr *fold_compare(Checker *ck, Expr *expr)
{
  if (!expr_constant(expr->a) || !expr_constant(expr->b)) return expr;
  int o = order(expr->a, expr->b);
  switch (expr->op) {
  case COMPARE_LT: return value_bool(ck, o < 0, expr->span);
  case COMPARE_LE: return value_bool(ck, o <= 0, expr->span);
  case COMPARE_GT: return value_bool(ck, o > 0, expr->span);
  case COMPARE_GE: return value_bool(ck, o >= 0, expr->span);
  case COMPARE_EQ: return value_bool(ck, o == 0, expr->span);
  default: return value_bool(ck, o != 0, expr->span);
  }
}

/* `or` with true and `and` with false are settled, the other way round they are the other side.  A
 * constant on the right settles nothing: the left may fault. */
static Expr *fold_joined(Checker *ck, Expr *expr)
{
  bool settles = expr->kind == EX_OR;
  if (expr->a->kind == EX_BOOL) return expr->a->u.i == settles ? value_bool(ck, settles, expr->span)
      : expr->b;
  if (expr->b->kind == EX_BOOL && expr->b->u.i != settles) return expr->a;
  return expr;
}

static Expr *fold_case(Expr *expr)
{
  if (!expr_constant(expr->a)) return expr;
  for (uint32_t i = 0; i < expr->u.choose.count; i++) {
    const ExprArm *arm = &expr->u.choose.arms[i];
    bool taken = arm->values.len == 0;
    for (uint32_t k = 0; k < arm->values.len; k++) taken |= arm->values.data[k] == expr->a->u.i;
    if (taken) return arm->value;
  }
  return expr;
}

Expr *fold(Checker *ck, Expr *expr)
{
  switch ((ExprKind)expr->kind) {
  case EX_ADD:
  case EX_SUB:
  case EX_MUL:
  case EX_DIV: return fold_arith(ck, expr);
  case EX_NEG: return fold_negative(ck, expr);
  case EX_TO_NUMBER:
    return expr->a->kind == EX_INT ? value_number(ck, expr->type, (double)expr->a->u.i, expr->span) : expr;
  case EX_COMPARE: return fold_compare(ck, expr);
  case EX_OR:
  case EX_AND: return fold_joined(ck, expr);
  case EX_NOT: return expr->a->kind == EX_BOOL ? value_bool(ck, !expr->a->u.i, expr->span) : expr;
  case EX_KNOWN: return expr->a->type.optional ? expr : value_bool(ck, true, expr->span);
  case EX_ELSE: return expr->a->type.optional ? expr : expr->a;
  case EX_CASE: return fold_case(expr);
  default: return expr;
  }
}
