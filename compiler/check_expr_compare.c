/*
 * check_expr_compare.c - comparisons, and words that are listed values.
 */
#include <string.h>

#include "compiler/check_expr.h"

static const uint8_t operators[] = {
  [AST_LT] = COMPARE_LT, [AST_LE] = COMPARE_LE, [AST_GT] = COMPARE_GT,
  [AST_GE] = COMPARE_GE, [AST_EQ] = COMPARE_EQ, [AST_NE] = COMPARE_NE};

Expr *listed_constant(Checker *ck, Type type, int64_t index, Span span)
{
  return value_int(ck, type, index, span);
}

/* ---- what does not go together ---- */

/* A plain number where the other side has a unit. */
static bool say_unit(Checker *ck, const AstExpr *number, const Expr *other, bool compared)
{
  if (compared && other->type.base == VALUE_TIME) return false;
  const char *unit = plain_number(number) ? with_unit(ck, bare_expr(number), other->type) : NULL;
  if (!unit) return false;
  const char *text = sym_text(ck->names, source_text(ck, number->n.span));
  Diag *diag = SAY(ck, E0302, number->n.span, "%s what? %s is %s", text, quoted(ck, other->span),
                   type_phrase(ck, other->type));
  diag_help(ck->diags, diag, "write `%s`", unit);
  const AstExpr *bare = bare_expr(number);
  bool whole = bare->n.kind == AX_INT && bare->u.i != 1;
  bool one = (other->type.base == VALUE_PERCENT && whole) || other->type.base == VALUE_MONEY;
  if (one) diag_fix(ck->diags, diag, number->n.span, "%s", unit);
  return true;
}

/* A text in quotes where a listed value is meant. */
static bool say_quoted_word(Checker *ck, const AstExpr *text, const Expr *other)
{
  text = bare_expr(text);
  if (text->n.kind != AX_TEXT || other->type.base != VALUE_LISTED) return false;
  const ListedType *listed = other->type.listed;
  Diag *diag = SAY(ck, E0303, text->n.span, "%s is %s; its values are written without quotes",
                   quoted(ck, other->span),
                   type_phrase(ck, other->type));
  for (uint32_t i = 0; listed && i < listed->count; i++) {
    if (listed->values[i].name != text->u.text && listed->values[i].raw != text->u.text) continue;
    const char *name = sym_text(ck->names, listed->values[i].name);
    diag_help(ck->diags, diag, "write `%s`", name);
    diag_fix(ck->diags, diag, text->n.span, "%s", name);
    break;
  }
  return true;
}

static void help_mismatch(Checker *ck, Diag *diag, Type a, Type b)
{
  bool time = a.base == VALUE_TIME || b.base == VALUE_TIME;
  bool duration = a.base == VALUE_DURATION || b.base == VALUE_DURATION;
  bool number = type_scalar(a) || type_scalar(b);
  bool percent = a.base == VALUE_PERCENT || b.base == VALUE_PERCENT;
  if (time && duration)
    diag_help(ck->diags, diag, "the difference of two times is a length of time: `… - start.at`");
  else if (time && number)
    diag_help(ck->diags, diag, "a time is written `2026-03-02 09:00`, or comes from an event: `start.at`");
  else if (duration && number)
    diag_help(ck->diags, diag, "a number becomes a length of time when it is multiplied by one: `… * 1 min`");
  else if (percent && number)
    diag_help(ck->diags, diag, "a percentage is a share: 95%% is 0.95 of the whole; `… / 1%%` makes it a "
              "plain number");
  else if ((a.base == VALUE_ID || b.base == VALUE_ID) && number)
    diag_help(ck->diags, diag, "an id is no number: it is only compared by `==` and `!=`, with another id "
              "or with text in quotes");
  else if (type_string(a) || type_string(b))
    diag_help(ck->diags, diag, "text in quotes goes with text and ids only; numbers, times and lengths of "
              "time are written without quotes");
}

void say_mismatch(Checker *ck, Span span, const AstExpr *la, const Expr *l, const AstExpr *ra, const Expr *r,
                  const char *verb)
{
  bool compared = strcmp(verb, "compared") == 0;
  if (say_unit(ck, la, r, compared) || say_unit(ck, ra, l, compared)) return;
  if (say_quoted_word(ck, la, r) || say_quoted_word(ck, ra, l)) return;
  if (l->type.base == VALUE_MONEY && r->type.base == VALUE_MONEY && l->type.currency != r->type.currency) {
    Diag *money = SAY(ck, E0305, span, "%s is %s and %s is %s: different currencies cannot be %s",
                      quoted(ck, l->span),
                      type_phrase(ck, l->type), quoted(ck, r->span), type_phrase(ck, r->type), verb);
    diag_help(ck->diags, money, "no exchange rate is known; keep amounts of each currency apart");
    return;
  }
  Diag *diag = SAY(ck, E0301, span, "%s is %s and %s is %s: they cannot be %s", quoted(ck, l->span),
                   type_phrase(ck, l->type), quoted(ck, r->span), type_phrase(ck, r->type), verb);
  help_mismatch(ck, diag, l->type, r->type);
}

static Expr *say_unordered(Checker *ck, const AstExpr *expr, const Expr *l)
{
  Diag *diag = SAY(ck, E0304, expr->u.bin.op_span, "%s is %s, which has no order: nothing is smaller or "
                   "larger",
                   quoted(ck, l->span), type_phrase(ck, type_there(l->type)));
  diag_help(ck->diags, diag, "compare it with `==` or `!=`");
  return value_error(ck, expr->n.span);
}

/* ---- the two sides ---- */

/* A bare word beside a listed value: its index; a report and -2 when it is also a name in reach. */
static int64_t word_index(Checker *ck, const Ctx *ctx, Sym word, Span span, Type other)
{
  if (!word || other.base != VALUE_LISTED) return -1;
  int64_t index = listed_index(other.listed, word);
  if (index < 0 || !name_in_reach(ck, ctx, word)) return index;
  const char *text = sym_text(ck->names, word);
  Diag *diag = SAY(ck, E0316, span, "`%s` is both one of the listed values and the name of a value here",
                   text);
  diag_help(ck->diags, diag, "give the field another name and take it `from \"%s\"`, or rename the listed "
            "value: `other_name = \"%s\"`", text, text);
  return -2;
}

Expr *say_unlisted(Checker *ck, Sym word, Span span, Type type, const char *whose)
{
  const ListedType *listed = type.listed;
  Sym *list = ARENA_ARRAY(ck->arena, Sym, listed->count + 1);
  for (uint32_t i = 0; i < listed->count; i++) list[i] = listed->values[i].name;
  Sym near = nearest(ck, word, list, listed->count);
  const char *text = sym_text(ck->names, word);
  Diag *diag = whose ? SAY(ck, E0315, span, "`%s` is not one of the values of %s", text, whose)
                     : SAY(ck, E0315, span, "`%s` is not one of the values that can stand here", text);
  diag_help(ck->diags, diag, near ? "did you mean `%s`? it is %s" : "%swanted is %s",
            near ? sym_text(ck->names, near) : "", type_phrase(ck, type_there(type)));
  if (near) diag_fix(ck->diags, diag, span, "%s", sym_text(ck->names, near));
  return value_error(ck, span);
}

/* One side, when the other is known. */
static Expr *beside(Checker *ck, const Ctx *ctx, const AstExpr *expr, const Expr *other)
{
  Sym word = single_word(expr);
  int64_t index = word_index(ck, ctx, word, expr->n.span, other->type);
  if (index == -2) return value_error(ck, expr->n.span);
  if (index >= 0) return listed_constant(ck, other->type, index, expr->n.span);
  bool nothing = word && !name_in_reach(ck, ctx, word);
  if (nothing && other->type.base == VALUE_LISTED)
    return say_unlisted(ck, word, expr->n.span, other->type, quoted(ck, other->span));
  if (nothing && expr_wrong(other)) return value_error(ck, expr->n.span);
  return expr_as(ck, ctx, expr, other->type);
}

static void sides(Checker *ck, const Ctx *ctx, const AstExpr *expr, Expr **l, Expr **r)
{
  const AstExpr *la = expr->u.bin.l, *ra = expr->u.bin.r;
  Sym left = single_word(la), right = single_word(ra);
  bool value_left = left && !name_in_reach(ck, ctx, left) && (!right || name_in_reach(ck, ctx, right));
  if (value_left) {
    *r = expr_of(ck, ctx, ra);
    *l = beside(ck, ctx, la, *r);
    return;
  }
  *l = expr_of(ck, ctx, la);
  *r = beside(ck, ctx, ra, *l);
  if (left && word_index(ck, ctx, left, la->n.span, (*r)->type) == -2) *l = value_error(ck, la->n.span);
}

/* int beside a number is a number; 0 beside a percentage is 0 %. */
static void agree(Checker *ck, Expr **a, Expr *b)
{
  if ((*a)->type.base != VALUE_INT) return;
  if (b->type.base == VALUE_NUMBER) *a = to_number(ck, *a);
  if (b->type.base == VALUE_PERCENT && (*a)->kind == EX_INT && (*a)->u.i == 0)
    *a = value_number(ck, b->type, 0, (*a)->span);
}

static bool comparable(Type a, Type b)
{
  return type_same(a, b) || (type_string(a) && type_string(b));
}

Expr *compare_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *l, *r;
  sides(ck, ctx, expr, &l, &r);
  bool there = expr_there(ck, l) & expr_there(ck, r);
  if (!there || expr_wrong(l) || expr_wrong(r)) return value_error(ck, expr->n.span);
  agree(ck, &l, r);
  agree(ck, &r, l);
  if (!comparable(l->type, r->type)) {
    say_mismatch(ck, expr->n.span, expr->u.bin.l, l, expr->u.bin.r, r, "compared");
    return value_error(ck, expr->n.span);
  }
  bool equality = expr->u.bin.op == AST_EQ || expr->u.bin.op == AST_NE;
  if (!equality && !type_ordered(l->type)) return say_unordered(ck, expr, l);
  Expr *compare = value_new(ck, EX_COMPARE, type_plain(VALUE_BOOL), expr->n.span);
  compare->op = operators[expr->u.bin.op];
  compare->a = l;
  compare->b = r;
  history_limit(ck, compare);
  return fold(ck, compare);
}
