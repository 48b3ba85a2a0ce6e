/*
 * check_expr.c - values: which check for which node, and the entries of check.h.
 */
#include "compiler/check_expr.h"

#include <string.h>

#include "base/buf.h"

enum { QUOTED_MAX = 40 };

/* ---- making values ---- */

Expr *value_new(Checker *ck, ExprKind kind, Type type, Span span)
{
  Expr *expr = ARENA_NEW(ck->arena, Expr);
  expr->kind = (uint8_t)kind;
  expr->type = type;
  expr->span = span;
  return expr;
}

Expr *value_error(Checker *ck, Span span)
{
  return value_new(ck, EX_INT, type_error(), span);
}

Expr *value_int(Checker *ck, Type type, int64_t value, Span span)
{
  Expr *expr = value_new(ck, EX_INT, type_there(type), span);
  expr->u.i = value;
  return expr;
}

Expr *value_number(Checker *ck, Type type, double value, Span span)
{
  Expr *expr = value_new(ck, EX_NUMBER, type_there(type), span);
  expr->u.f = value;
  return expr;
}

Expr *value_bool(Checker *ck, bool value, Span span)
{
  Expr *expr = value_new(ck, EX_BOOL, type_plain(VALUE_BOOL), span);
  expr->u.i = value;
  return expr;
}

bool expr_constant(const Expr *expr)
{
  switch (expr->kind) {
  case EX_INT:
  case EX_NUMBER:
  case EX_TEXT:
  case EX_BOOL: return true;
  default: return false;
  }
}

const AstExpr *bare_expr(const AstExpr *expr)
{
  while (expr->n.kind == AX_PAREN) expr = expr->u.bin.l;
  return expr;
}

/* ---- text of the source, for messages and evidence ---- */

/* The end of the comment that begins here. */
static uint32_t skip_comment(const char *text, uint32_t at, uint32_t end)
{
  while (at < end && text[at] != '\n') at++;
  return at;
}

/* Puts the quoted text that begins here; its end. */
static uint32_t put_quoted(Buf *buf, const char *text, uint32_t at, uint32_t end)
{
  uint32_t start = at++;
  while (at < end && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  at = at < end ? at + 1 : end;
  buf_put(buf, text + start, at - start);
  return at;
}

Sym source_text(Checker *ck, Span span)
{
  const SourceFile *file = &ck->sources->files[span.file];
  Buf buf;
  buf_init(&buf, ck->arena);
  buf_text(&buf, "");
  bool gap = false;
  for (uint32_t at = span.start; at < span.end && at < file->len;) {
    char c = file->text[at];
    if (c == '#' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f') {
      at = c == '#' ? skip_comment(file->text, at, span.end) : at + 1;
      gap = true;
      continue;
    }
    if (gap && buf.len > 0) buf_char(&buf, ' ');
    gap = false;
    if (c == '"') {
      at = put_quoted(&buf, file->text, at, span.end);
    } else {
      buf_char(&buf, c);
      at++;
    }
  }
  return intern(ck->names, buf.data, buf.len);
}

const char *quoted(Checker *ck, Span span)
{
  Sym text = source_text(ck, span);
  size_t len = sym_len(ck->names, text);
  if (len == 0 || len > QUOTED_MAX) return "this value";
  return arena_printf(ck->arena, "`%s`", sym_text(ck->names, text));
}

/* ---- questions that every operator asks ---- */

/* The text of a value, or an ellipsis for a long one. */
static const char *expr_shown(Checker *ck, const Expr *expr)
{
  Sym text = source_text(ck, expr->span);
  size_t len = sym_len(ck->names, text);
  return len == 0 || len > QUOTED_MAX ? "…" : sym_text(ck->names, text);
}

/* Something to stand after `else`. */
static const char *stand_in(Checker *ck, Type type)
{
  switch (type.base) {
  case VALUE_BOOL: return "false";
  case VALUE_INT:
  case VALUE_NUMBER: return "0";
  case VALUE_PERCENT: return "0%";
  case VALUE_DURATION: return "0 s";
  case VALUE_TIME: return "start.at";
  case VALUE_MONEY: return arena_printf(ck->arena, "0 %s", type_phrase(ck, type) + strlen("an amount of "));
  case VALUE_LISTED: return sym_text(ck->names, type.listed->values[0].name);
  default: return "\"\"";
  }
}

bool expr_there(Checker *ck, const Expr *expr)
{
  if (!expr->type.optional || expr_wrong(expr)) return true;
  Diag *diag = SAY(ck, E0306, expr->span, "%s may be missing; say first what holds then",
                   quoted(ck, expr->span));
  if (expr->kind == EX_DIV) {
    diag_help(ck->diags, diag, "a division has no result when the divisor is 0; write `(%s) else …` with the "
              "value for that case",
              sym_text(ck->names, source_text(ck, expr->span)));
    return false;
  }
  diag_help(ck->diags, diag, "write `%s else %s` with the value to take when it is missing, or ask `%s "
            "known`",
            expr_shown(ck, expr), stand_in(ck, expr->type), expr_shown(ck, expr));
  return false;
}

static Expr *truth_checked(Checker *ck, const AstExpr *ast, Expr *expr)
{
  if (!expr_there(ck, expr)) return value_error(ck, expr->span);
  if (type_is(expr->type, VALUE_BOOL)) return expr;
  Diag *diag = SAY(ck, E0307, ast->n.span, "%s is %s, but something that is true or false is wanted here",
                   quoted(ck, ast->n.span), type_phrase(ck, expr->type));
  diag_help(ck->diags, diag, "compare it with something, for example with `<=` or `==`");
  return value_error(ck, ast->n.span);
}

Expr *truth_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  return truth_checked(ck, expr, expr_of(ck, ctx, expr));
}

Expr *truth_root(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *truth = truth_of(ck, ctx, expr);
  histories_settle(ck, ctx, truth);
  return truth;
}

/* ---- and, or, not ---- */

static Expr *joined(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *a = truth_of(ck, ctx, expr->u.bin.l);
  Expr *b = truth_of(ck, ctx, expr->u.bin.r);
  if (expr_wrong(a) || expr_wrong(b)) return value_error(ck, expr->n.span);
  ExprKind kind = expr->n.kind == AX_OR ? EX_OR : EX_AND;
  Expr *both = value_new(ck, kind, type_plain(VALUE_BOOL), expr->n.span);
  both->a = a;
  both->b = b;
  return fold(ck, both);
}

static Expr *negated(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *a = truth_of(ck, ctx, expr->u.bin.l);
  if (expr_wrong(a)) return a;
  Expr *not = value_new(ck, EX_NOT, type_plain(VALUE_BOOL), expr->n.span);
  not->a = a;
  return fold(ck, not);
}

/* ---- which check for which node ---- */

static Expr *not_a_value(Checker *ck, const AstExpr *expr)
{
  bool outcome = expr->n.kind == AX_OUTCOME;
  Diag *diag = SAY(ck, E0308, expr->n.span, "%s is something that happens; a value is wanted here",
                   quoted(ck, expr->n.span));
  if (outcome)
    diag_help(ck->diags, diag, "outcomes can stand in `smoto`, `sco` and `when`, joined by `and` and `or`");
  else
    diag_help(ck->diags, diag, "write `count(E)`, `last(E).field`, or a field of the event by its name");
  return value_error(ck, expr->n.span);
}

static Expr *node_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  switch ((AstExprKind)expr->n.kind) {
  case AX_PAREN: return expr_of(ck, ctx, expr->u.bin.l);
  case AX_OR:
  case AX_AND: return joined(ck, ctx, expr);
  case AX_NOT: return negated(ck, ctx, expr);
  case AX_COMPARE: return compare_of(ck, ctx, expr);
  case AX_ADD:
  case AX_SUB:
  case AX_MUL:
  case AX_DIV: return arith_of(ck, ctx, expr);
  case AX_NEG: return negative_of(ck, ctx, expr);
  case AX_KNOWN: return known_of(ck, ctx, expr);
  case AX_ELSE: return else_of(ck, ctx, expr, type_error());
  case AX_CASE: return case_of(ck, ctx, expr, type_error());
  case AX_PATH: return path_of(ck, ctx, expr);
  case AX_CALL: return call_of(ck, ctx, expr);
  case AX_EVENT_FIELD: return event_field_of(ck, ctx, expr);
  case AX_LAST_FIELD: return last_field_of(ck, ctx, expr);
  case AX_ERROR: return value_error(ck, expr->n.span);
  case AX_MATCHED:
  case AX_HAPPEN:
  case AX_OUTCOME:
  case AX_SEQUENCE:
  case AX_BEFORE:
  case AX_BOUNDED: return not_a_value(ck, expr);
  default: return literal_of(ck, expr);
  }
}

/* All that was written, filled in some times over, is enough for any rules; more is a trick.  Said once,
 * where it can be heard. */
static bool grown_too_large(Checker *ck, Span span)
{
  enum { FREE = 1 << 20, A_BYTE = 8, NOW_AND_THEN = 1024 };
  static const uint64_t said = UINT64_MAX, to_say = UINT64_MAX - 1;
  if (ck->grown < to_say && ++ck->grown % NOW_AND_THEN == 0) {
    uint64_t most = FREE;
    for (uint32_t i = 0; i < ck->sources->count; i++) most += (uint64_t)ck->sources->files[i].len * A_BYTE;
    if (ck->grown > most) ck->grown = to_say;
  }
  if (ck->grown < to_say) return false;
  if (ck->grown == to_say && !ck->diags->muted) {
    SAY(ck, E0322, span, "the rules grow too large once the functions and kinds they name are filled in");
    ck->grown = said;
  }
  return true;
}

bool spend(Checker *ck, uint32_t nodes, Span span)
{
  if (ck->budget == 0) return false;
  if (ck->budget > nodes) {
    ck->budget -= nodes;
    return !grown_too_large(ck, span);
  }
  ck->budget = 0;
  Diag *diag = SAY(ck, E0322, span, "this clause grows too large once what it names is filled in");
  diag_help(ck->diags, diag, "name fewer functions and kinds inside of each other; a clause may come to %d "
            "parts",
            CLAUSE_BUDGET);
  return false;
}

bool go_deeper(Checker *ck, uint32_t levels, Span span)
{
  if (ck->depth + levels > CHECK_DEPTH) {
    SAY(ck, E0322, span, "this is nested too deeply once the functions and kinds it names are filled in");
    return false;
  }
  if (!spend(ck, 1, span)) return false;
  ck->depth += levels;
  return true;
}

Expr *expr_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  if (!go_deeper(ck, 1, expr->n.span)) return value_error(ck, expr->n.span);
  Expr *value = node_of(ck, ctx, expr);
  ck->depth--;
  return value;
}

Expr *expr_root(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *value = expr_of(ck, ctx, expr);
  histories_settle(ck, ctx, value);
  return value;
}

Expr *expr_as(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want)
{
  const AstExpr *bare = bare_expr(expr);
  Sym word = want.base == VALUE_LISTED ? single_word(bare) : 0;
  int64_t index = word ? listed_index(want.listed, word) : -1;
  bool free_word = word && !name_in_reach(ck, ctx, word);
  if (free_word && index >= 0) return listed_constant(ck, want, index, expr->n.span);
  if (free_word) return say_unlisted(ck, word, expr->n.span, want, NULL);
  if (bare->n.kind == AX_CASE) return case_of(ck, ctx, bare, want);
  if (bare->n.kind == AX_ELSE) return else_of(ck, ctx, bare, want);
  return expr_of(ck, ctx, expr);
}

/* ---- the entries of check.h: each starts with a full budget ---- */

Expr *check_expr(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  uint32_t before = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  Expr *value = expr_root(ck, ctx, expr);
  ck->budget = before;
  return value;
}

Expr *check_truth(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  return truth_checked(ck, expr, check_expr(ck, ctx, expr));
}

/* `have` as `want`, or NULL: an int is a number, and 0 is 0 %. */
static Expr *converted(Checker *ck, Expr *have, Type want)
{
  if (type_same(have->type, want)) return have;
  if (type_string(have->type) && type_string(want)) return have;
  if (want.base == VALUE_NUMBER && have->type.base == VALUE_INT) return to_number(ck, have);
  bool zero = have->kind == EX_INT && have->type.base == VALUE_INT && have->u.i == 0;
  if (want.base == VALUE_PERCENT && zero) return value_number(ck, want, 0, have->span);
  return NULL;
}

static Expr *say_unwanted(Checker *ck, const AstExpr *expr, const Expr *have, Type want, const char *what)
{
  Diag *diag = SAY(ck, E0301, expr->n.span, "%s is %s, but %s is %s", quoted(ck, expr->n.span),
                   type_phrase(ck, have->type), what, type_phrase(ck, type_there(want)));
  const char *unit = plain_number(expr) ? with_unit(ck, bare_expr(expr), want) : NULL;
  if (unit) diag_help(ck->diags, diag, "write `%s`", unit);
  return value_error(ck, expr->n.span);
}

Expr *check_value(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want, const char *what)
{
  uint32_t before = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  Expr *have = expr_as(ck, ctx, expr, want);
  histories_settle(ck, ctx, have);
  ck->budget = before;
  if (!expr_there(ck, have)) return value_error(ck, expr->n.span);
  Expr *value = converted(ck, have, want);
  return value ? value : say_unwanted(ck, expr, have, want, what);
}

Expr *check_constant(Checker *ck, const Ctx *ctx, const AstExpr *expr, const char *what)
{
  Expr *value = check_expr(ck, ctx, expr);
  if (expr_wrong(value) || expr_constant(value)) return value;
  SAY(ck, E0309, expr->n.span, "%s has to be written as a constant; %s is only known while the rules run",
      what, quoted(ck, expr->n.span));
  return value_error(ck, expr->n.span);
}

int64_t check_duration(Checker *ck, const Ctx *ctx, const AstExpr *expr, const char *what)
{
  Expr *value = check_constant(ck, ctx, expr, what);
  if (expr_wrong(value)) return 0;
  if (value->type.base != VALUE_DURATION) {
    say_unwanted(ck, expr, value, type_plain(VALUE_DURATION), what);
    return 0;
  }
  if (value->u.i > 0) return value->u.i;
  SAY(ck, E0335, expr->n.span, "%s has to be longer than nothing", what);
  return 0;
}
