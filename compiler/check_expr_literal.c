/*
 * check_expr_literal.c - numbers, money, durations and times as written.
 */
#include "compiler/check_expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The value of decimal digits with a point, times 10 to the power `shift`.  Read without the point,
 * because that is what strtod reads the same in every locale; correctly rounded. */
static double decimal(Checker *ck, Sym digits, int shift)
{
  const char *text = sym_text(ck->names, digits);
  const char *point = strchr(text, '.');
  int whole = point ? (int)(point - text) : (int)strlen(text);
  const char *fraction = point ? point + 1 : "";
  int exponent = shift - (int)strlen(fraction);
  return strtod(arena_printf(ck->arena, "%.*s%se%d", whole, text, fraction, exponent), NULL);
}

static Expr *decimal_of(Checker *ck, const AstExpr *expr, unsigned base, int shift)
{
  return value_number(ck, type_plain(base), decimal(ck, expr->u.num.digits, shift), expr->n.span);
}

/* Appends a digit; false when that is too much for 64 bits. */
static bool digit_add(int64_t *value, char digit)
{
  return !__builtin_mul_overflow(*value, 10, value) && !__builtin_add_overflow(*value, digit - '0', value);
}

typedef enum MoneyRead { MONEY_FINE, MONEY_TOO_FINE, MONEY_TOO_MUCH } MoneyRead;

/* Minor units of an amount as written: exact, or not at all. */
static MoneyRead money_value(const char *text, uint8_t exponent, int64_t *ret_minor)
{
  int64_t value = 0;
  for (; *text && *text != '.'; text++) {
    if (!digit_add(&value, *text)) return MONEY_TOO_MUCH;
  }
  if (*text == '.') text++;
  for (uint8_t i = 0; i < exponent; i++) {
    if (!digit_add(&value, *text ? *text++ : '0')) return MONEY_TOO_MUCH;
  }
  for (; *text; text++) {
    if (*text != '0') return MONEY_TOO_FINE;
  }
  *ret_minor = value;
  return MONEY_FINE;
}

static Expr *money_of(Checker *ck, const AstExpr *expr)
{
  Type type = type_plain(VALUE_MONEY);
  uint32_t errors = ck->diags->errors;
  type.currency = currency_named(ck, expr->u.num.unit, expr->n.span);
  if (ck->diags->errors != errors || type.currency >= ck->program->currencies.len)
    return value_error(ck, expr->n.span);
  uint8_t exponent = ck->program->currencies.data[type.currency].exponent;
  int64_t minor = 0;
  switch (money_value(sym_text(ck->names, expr->u.num.digits), exponent, &minor)) {
  case MONEY_FINE: return value_int(ck, type, minor, expr->n.span);
  case MONEY_TOO_MUCH: SAY(ck, E0310, expr->n.span, "this amount is larger than can be kept"); break;
  case MONEY_TOO_FINE:
    SAY(ck, E0312, expr->n.span, exponent ? "%s has %d decimals, not more" : "%s has no decimals",
        sym_text(ck->names, expr->u.num.unit), exponent);
    break;
  }
  return value_error(ck, expr->n.span);
}

static Expr *span_literal(Checker *ck, const AstExpr *expr)
{
  static const struct { const char *name, *about; } units[] = {
    [AST_MONTH] = {"month", "30 d"}, [AST_QUARTER] = {"quarter", "90 d"}, [AST_YEAR] = {"year", "365 d"}};
  Diag *diag = SAY(ck, E0313, expr->n.span, "a %s has no fixed length, so it cannot be computed with",
                   units[expr->u.span.unit].name);
  diag_help(ck->diags, diag, "write a number of days, for example `%s`; months, quarters and years stand "
            "after `per`, `over` and `every`", units[expr->u.span.unit].about);
  return value_error(ck, expr->n.span);
}

Expr *literal_of(Checker *ck, const AstExpr *expr)
{
  switch ((AstExprKind)expr->n.kind) {
  case AX_INT: return value_int(ck, type_plain(VALUE_INT), expr->u.i, expr->n.span);
  case AX_DECIMAL: return decimal_of(ck, expr, VALUE_NUMBER, 0);
  case AX_PERCENT: return decimal_of(ck, expr, VALUE_PERCENT, -2);
  case AX_MONEY: return money_of(ck, expr);
  case AX_DURATION: return value_int(ck, type_plain(VALUE_DURATION), expr->u.i, expr->n.span);
  case AX_TIME: return value_int(ck, type_plain(VALUE_TIME), time_value(ck, expr), expr->n.span);
  case AX_CALSPAN: return span_literal(ck, expr);
  case AX_TRUE:
  case AX_FALSE: return value_bool(ck, expr->n.kind == AX_TRUE, expr->n.span);
  case AX_TEXT: {
    Expr *text = value_new(ck, EX_TEXT, type_plain(VALUE_TEXT), expr->n.span);
    text->u.text = expr->u.text;
    return text;
  }
  default: return value_error(ck, expr->n.span);
  }
}

bool plain_number(const AstExpr *expr)
{
  expr = bare_expr(expr);
  while (expr->n.kind == AX_NEG) expr = bare_expr(expr->u.bin.l);
  return expr->n.kind == AX_INT || expr->n.kind == AX_DECIMAL;
}

/* 0.95 as "95": the point goes two digits to the right. */
static const char *hundredfold(Checker *ck, const char *fraction)
{
  size_t len = strlen(fraction);
  char first = len > 0 ? fraction[0] : '0', second = len > 1 ? fraction[1] : '0';
  const char *rest = len > 2 ? arena_printf(ck->arena, ".%s", fraction + 2) : "";
  return first == '0' ? arena_printf(ck->arena, "%c%s", second, rest)
                      : arena_printf(ck->arena, "%c%c%s", first, second, rest);
}

const char *with_unit(Checker *ck, const AstExpr *number, Type want)
{
  const char *text = sym_text(ck->names, source_text(ck, number->n.span));
  switch (want.base) {
  case VALUE_TIME:
  case VALUE_DURATION: return arena_printf(ck->arena, "%s s`, `%s min`, `%s h` or `%s d", text, text, text,
                                           text);
  case VALUE_PERCENT:
    if (number->n.kind == AX_DECIMAL && strncmp(text, "0.", 2) == 0)
      return arena_printf(ck->arena, "%s%%`; for a share below 1%% `%s%%", hundredfold(ck, text + 2), text);
    if (number->n.kind == AX_INT && number->u.i == 1) return "100%` for the whole, or `1%";
    return arena_printf(ck->arena, "%s%%", text);
  case VALUE_MONEY: {
    Type there = type_there(want);
    const char *name = type_text(ck, there); /* money(EUR) */
    return arena_printf(ck->arena, "%s %.3s", text, strlen(name) > 9 ? name + 6 : "EUR");
  }
  default: return NULL;
  }
}
