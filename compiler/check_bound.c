/*
 * check_bound.c - within D, within D of Calendar, within N open days of Calendar,
 * by TIME.
 */
#include <ctype.h>
#include <string.h>

#include "compiler/check_expr.h"

enum { OPEN_DAYS_MAX = 10000 };

/* ---- what was written instead ---- */

static bool has_type(const Expr *value, unsigned base)
{
  return value->type.base == base;
}

/* `within` and `by` mixed up: the word is the first of the bound. */
static void fix_word(Checker *ck, Diag *diag, const AstBound *ast, size_t len, const char *word)
{
  Span span = ast->span;
  span.end = span.start + (uint32_t)len;
  diag_fix(ck->diags, diag, span, "%s", word);
}

/* The word before a length: `for` of a silence, whose bound is the length alone. */
static const char *word_of(const AstBound *ast)
{
  return ast->span.start == ast->value->n.span.start ? "for" : "within";
}

static bool say_time(Checker *ck, const AstBound *ast)
{
  bool within = strcmp(word_of(ast), "within") == 0;
  Diag *diag = SAY(ck, E0402, ast->value->n.span, "%s is a time; after `%s` stands a length of time",
                   quoted(ck, ast->value->n.span), word_of(ast));
  if (within)
    diag_help(ck->diags, diag, "write `by %s`", sym_text(ck->names, source_text(ck, ast->value->n.span)));
  if (within && ast->kind == AST_WITHIN) fix_word(ck, diag, ast, strlen("within"), "by");
  return false;
}

static bool say_number(Checker *ck, const AstBound *ast, const Expr *value)
{
  const AstExpr *bare = bare_expr(ast->value);
  bool reported = bare->n.kind == AX_INT || bare->n.kind == AX_DECIMAL; /* where the text was read */
  if (reported && ast->kind != AST_WITHIN_OPEN_DAYS) return false;
  Diag *diag = SAY(ck, E0403, ast->value->n.span, "%s is %s; after `%s` stands a length of time",
                   quoted(ck, ast->value->n.span), type_phrase(ck, value->type), word_of(ast));
  if (has_type(value, VALUE_INT) || has_type(value, VALUE_NUMBER))
    diag_help(ck->diags, diag, "a number becomes a length of time when it is multiplied by one: `… * 1 min`");
  return false;
}

static bool say_not_time(Checker *ck, const AstBound *ast, const Expr *value)
{
  const char *text = sym_text(ck->names, source_text(ck, ast->value->n.span));
  if (has_type(value, VALUE_DURATION)) {
    Diag *diag = SAY(ck, E0402, ast->value->n.span, "%s is a length of time; after `by` stands a time",
                     quoted(ck, ast->value->n.span));
    diag_help(ck->diags, diag, "write `within %s`, or say from when: `by … + %s`", text, text);
    fix_word(ck, diag, ast, strlen("by"), "within");
    return false;
  }
  Diag *diag = SAY(ck, E0403, ast->value->n.span, "%s is %s; after `by` stands a time",
                   quoted(ck, ast->value->n.span),
                   type_phrase(ck, value->type));
  diag_help(ck->diags, diag, "for example `by start.promised + 15 min`");
  return false;
}

static bool positive(Checker *ck, const AstBound *ast, const Expr *value)
{
  if (value->kind != EX_INT || value->u.i > 0) return true;
  SAY(ck, E0405, value->span, "%s leaves no time at all", quoted(ck, ast->span));
  return false;
}

/* ---- days before `of` ---- */

/* 'd' or 'w' when a length of time is written with days or weeks, else 0. */
static char day_unit(Checker *ck, Span span)
{
  const char *text = sym_text(ck->names, source_text(ck, span));
  bool digit = false;
  for (; *text; text++) {
    bool unit = digit && (*text == 'd' || *text == 'w');
    if (unit) return *text;
    if (!isspace((unsigned char)*text)) digit = isdigit((unsigned char)*text) != 0;
  }
  return 0;
}

static bool days_of_calendar(Checker *ck, const Ctx *ctx, const AstBound *ast)
{
  static const int64_t day = INT64_C(86400000000);
  const AstExpr *value = bare_expr(written(ctx, ast->value));
  char unit = value->n.kind == AX_DURATION ? day_unit(ck, value->n.span) : 0;
  if (!unit) return true;
  const char *calendar = path_text(ck, &ast->calendar);
  Diag *diag = SAY(ck, E0404, ast->value->n.span, "a day of 24 open hours is hardly what is meant: %s has "
                   "fewer a day",
                   calendar);
  bool whole = unit == 'd' && value->u.i % day == 0 && value->u.i > 0;
  diag_help(ck->diags, diag, "write `within %d open days of %s`, or hours of open time: `within 8 h of %s`",
            whole ? (int)(value->u.i / day) : unit == 'w' ? 5 : 2, calendar, calendar);
  if (whole && value == bare_expr(ast->value))
    diag_fix(ck->diags, diag, ast->value->n.span, "%d open days", (int)(value->u.i / day));
  return false;
}

/* ---- the kinds of bounds ---- */

static bool length_fits(Checker *ck, const AstBound *ast, const Expr *value)
{
  if (has_type(value, VALUE_TIME)) return say_time(ck, ast);
  if (!has_type(value, VALUE_DURATION)) return say_number(ck, ast, value);
  return positive(ck, ast, value);
}

static bool days_fit(Checker *ck, const AstBound *ast, const Expr *value)
{
  if (!has_type(value, VALUE_INT)) {
    Diag *diag = SAY(ck, E0403, ast->value->n.span, "%s is %s; before `open days` stands a whole number",
                     quoted(ck, ast->value->n.span), type_phrase(ck, value->type));
    diag_help(ck->diags, diag, "for example `within 2 open days of %s`", path_text(ck, &ast->calendar));
    return false;
  }
  if (!positive(ck, ast, value)) return false;
  if (value->kind != EX_INT || value->u.i <= OPEN_DAYS_MAX) return true;
  SAY(ck, E0405, ast->value->n.span, "more than %d open days cannot be counted", OPEN_DAYS_MAX);
  return false;
}

static bool reads_last(const Expr *expr)
{
  if (!expr) return false;
  if (expr->kind == EX_REF && expr->u.ref->kind == REF_LAST) return true;
  bool found = reads_last(expr->a) || reads_last(expr->b);
  for (uint32_t i = 0; expr->kind == EX_CALL && i < expr->u.call.count && !found; i++)
    found = reads_last(expr->u.call.args[i]);
  for (uint32_t i = 0; expr->kind == EX_CASE && i < expr->u.choose.count && !found; i++)
    found = reads_last(expr->u.choose.arms[i].value);
  return found;
}

static bool value_fits(Checker *ck, const Ctx *ctx, const AstBound *ast, Bound *bound)
{
  switch ((AstBoundKind)ast->kind) {
  case AST_WITHIN: return length_fits(ck, ast, bound->value);
  case AST_WITHIN_CALENDAR:
    return length_fits(ck, ast, bound->value) && bound->calendar && days_of_calendar(ck, ctx, ast);
  case AST_WITHIN_OPEN_DAYS: return days_fit(ck, ast, bound->value);
  default:
    if (!has_type(bound->value, VALUE_TIME)) return say_not_time(ck, ast, bound->value);
    bound->moves = reads_last(bound->value);
    return true;
  }
}

bool bound_of(Checker *ck, const Ctx *ctx, const AstBound *ast, Bound *bound)
{
  static const uint8_t kinds[] = {[AST_UNBOUND] = BOUND_NONE, [AST_WITHIN] = BOUND_WITHIN,
                                  [AST_WITHIN_CALENDAR] = BOUND_CALENDAR,
                                  [AST_WITHIN_OPEN_DAYS] = BOUND_OPEN_DAYS, [AST_BY] = BOUND_BY};
  *bound = (Bound){.span = ast->span};
  if (ast->kind == AST_UNBOUND || !ast->value) return true;
  bound->value = expr_root(ck, ctx, ast->value);
  bool calendar = ast->kind == AST_WITHIN_CALENDAR || ast->kind == AST_WITHIN_OPEN_DAYS;
  if (calendar) bound->calendar = calendar_named(ck, ctx, &ast->calendar);
  if (expr_wrong(bound->value) || !value_fits(ck, ctx, ast, bound)) return false;
  bound->kind = kinds[ast->kind];
  return !calendar || bound->calendar;
}

Bound check_bound(Checker *ck, const Ctx *ctx, const AstBound *ast)
{
  uint32_t before = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  Bound bound;
  bound_of(ck, ctx, ast, &bound);
  ck->budget = before;
  return bound;
}
