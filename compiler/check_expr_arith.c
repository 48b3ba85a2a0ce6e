/*
 * check_expr_arith.c - + - * / and what they make of which kinds of value:
 *
 *   time - time = duration            time + duration, duration + time, time - duration = time
 *   a + a, a - a = a                  duration, money of one currency, percent, int, number
 *   a * n, n * a, a / n = a           a: duration, money; n: int, number, percent
 *   a / a = number                    a: duration, money of one currency, percent
 *   int / int = number                every division may be missing unless the divisor is a constant
 *   percent / n = percent             a share of a share, or of a number, is a number
 *   percent * percent, percent * n = number
 */
#include "compiler/check_expr.h"

Expr *to_number(Checker *ck, Expr *expr)
{
  if (expr->type.base != VALUE_INT) return expr;
  Type type = type_plain(VALUE_NUMBER);
  type.optional = expr->type.optional;
  Expr *number = value_new(ck, EX_TO_NUMBER, type, expr->span);
  number->a = expr;
  return fold(ck, number);
}

typedef struct Sum { /* an operation being checked */
  Checker *ck;
  const AstExpr *ast;
  const AstExpr *la, *ra;
  Expr *a, *b;
  ExprKind kind;
} Sum;

static Expr *made(Sum *sum, Type type)
{
  Expr *expr = value_new(sum->ck, sum->kind, type, sum->ast->n.span);
  expr->a = sum->a;
  expr->b = sum->b;
  return fold(sum->ck, expr);
}

static Expr *refused(Sum *sum, const char *verb)
{
  say_mismatch(sum->ck, sum->ast->n.span, sum->la, sum->a, sum->ra, sum->b, verb);
  return value_error(sum->ck, sum->ast->n.span);
}

/* int and number mixed become numbers. */
static void widen(Sum *sum)
{
  if (sum->a->type.base == VALUE_NUMBER) sum->b = to_number(sum->ck, sum->b);
  if (sum->b->type.base == VALUE_NUMBER) sum->a = to_number(sum->ck, sum->a);
}

/* ---- + and - ---- */

static Expr *times_added(Sum *sum)
{
  Diag *diag = SAY(sum->ck, E0301, sum->ast->n.span, "two times cannot be added");
  diag_help(sum->ck->diags, diag, "a time plus a length of time is a time: `… + 15 min`; the difference of "
            "two times, `… - …`, is a length of time");
  return value_error(sum->ck, sum->ast->n.span);
}

/* One of the two is a time. */
static Expr *time_sum(Sum *sum)
{
  unsigned a = sum->a->type.base, b = sum->b->type.base;
  if (a == VALUE_TIME && b == VALUE_TIME)
    return sum->kind == EX_SUB ? made(sum, type_plain(VALUE_DURATION)) : times_added(sum);
  if (a == VALUE_TIME && b == VALUE_DURATION) return made(sum, sum->a->type);
  if (b == VALUE_TIME && a == VALUE_DURATION && sum->kind == EX_ADD) return made(sum, sum->b->type);
  return refused(sum, sum->kind == EX_ADD ? "added" : "subtracted");
}

static bool summable(Type type)
{
  return type_ordered(type) && type.base != VALUE_TIME;
}

static Expr *sum_of(Sum *sum)
{
  widen(sum);
  Type a = sum->a->type, b = sum->b->type;
  if (a.base == VALUE_TIME || b.base == VALUE_TIME) return time_sum(sum);
  if (type_same(a, b) && summable(a)) return made(sum, a);
  return refused(sum, sum->kind == EX_ADD ? "added" : "subtracted");
}

/* ---- * and / ---- */

static bool amount(Type type)
{
  return type.base == VALUE_DURATION || type.base == VALUE_MONEY;
}

static Expr *product_of(Sum *sum)
{
  if (amount(sum->b->type) && type_scalar(sum->a->type)) {
    Expr *number = sum->a;
    sum->a = sum->b;
    sum->b = number;
  }
  Type a = sum->a->type, b = sum->b->type;
  if (!type_scalar(b) || !(type_scalar(a) || amount(a))) return refused(sum, "multiplied");
  if (a.base == VALUE_INT && b.base == VALUE_INT) return made(sum, a);
  sum->b = to_number(sum->ck, sum->b);
  if (amount(a)) return made(sum, a);
  sum->a = to_number(sum->ck, sum->a);
  return made(sum, type_plain(VALUE_NUMBER));
}

/* Whether the divisor is a constant; zero is reported. */
static bool constant_divisor(Sum *sum, bool *ret_zero)
{
  const Expr *b = sum->b;
  if (!expr_constant(b)) return false;
  *ret_zero = b->kind == EX_NUMBER ? b->u.f == 0 : b->u.i == 0;
  if (*ret_zero) SAY(sum->ck, E0311, b->span, "nothing can be divided by zero");
  return true;
}

/* What a / b is; TYPE_ERROR: nothing. */
static Type quotient_type(Type a, Type b)
{
  if (type_scalar(a) && type_scalar(b))
    return type_plain(a.base == VALUE_PERCENT && b.base != VALUE_PERCENT ? VALUE_PERCENT : VALUE_NUMBER);
  if (!amount(a)) return type_error();
  if (type_scalar(b)) return a;
  return type_same(a, b) ? type_plain(VALUE_NUMBER) : type_error();
}

static Expr *quotient_of(Sum *sum)
{
  Type type = quotient_type(sum->a->type, sum->b->type);
  if (type_wrong(type)) return refused(sum, "divided");
  bool whole = sum->a->type.base == VALUE_INT && sum->b->type.base == VALUE_INT;
  if (!whole) {
    sum->a = to_number(sum->ck, sum->a);
    sum->b = to_number(sum->ck, sum->b);
  }
  bool zero = false;
  bool constant = constant_divisor(sum, &zero);
  if (zero) return value_error(sum->ck, sum->ast->n.span);
  type.optional = !constant;
  return made(sum, type);
}

Expr *arith_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  static const uint8_t kinds[] = {[AX_ADD] = EX_ADD, [AX_SUB] = EX_SUB, [AX_MUL] = EX_MUL, [AX_DIV] = EX_DIV};
  Sum sum = {.ck = ck, .ast = expr, .la = expr->u.bin.l, .ra = expr->u.bin.r, .kind = kinds[expr->n.kind]};
  sum.a = expr_of(ck, ctx, sum.la);
  sum.b = expr_of(ck, ctx, sum.ra);
  bool there = expr_there(ck, sum.a) & expr_there(ck, sum.b);
  if (!there || expr_wrong(sum.a) || expr_wrong(sum.b)) return value_error(ck, expr->n.span);
  switch (sum.kind) {
  case EX_MUL: return product_of(&sum);
  case EX_DIV: return quotient_of(&sum);
  default: return sum_of(&sum);
  }
}

Expr *negative_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *a = expr_of(ck, ctx, expr->u.bin.l);
  if (expr_wrong(a) || !expr_there(ck, a)) return value_error(ck, expr->n.span);
  if (!summable(a->type)) {
    SAY(ck, E0301, expr->n.span, "%s is %s, which has no opposite", quoted(ck, a->span),
        type_phrase(ck, a->type));
    return value_error(ck, expr->n.span);
  }
  Expr *negative = value_new(ck, EX_NEG, a->type, expr->n.span);
  negative->a = a;
  return fold(ck, negative);
}
