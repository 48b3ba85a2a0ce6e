/*
 * check_expr_choice.c - values that depend: case, else, known.
 */
#include <string.h>

#include "compiler/check_expr.h"

/* ---- else, known ---- */

static bool warns(const Ctx *ctx)
{
  return !ctx->several && !ctx->env;
}

/* `b` as `a`'s kind of value; NULL: they do not agree. */
static Expr *same_kind(Checker *ck, Expr **a, Expr *b)
{
  if (b->type.base == VALUE_NUMBER) *a = to_number(ck, *a);
  if ((*a)->type.base == VALUE_NUMBER) b = to_number(ck, b);
  bool zero = b->kind == EX_INT && b->type.base == VALUE_INT && b->u.i == 0;
  if ((*a)->type.base == VALUE_PERCENT && zero) b = value_number(ck, type_plain(VALUE_PERCENT), 0, b->span);
  bool strings = type_string((*a)->type) && type_string(b->type);
  return strings || type_same((*a)->type, b->type) ? b : NULL;
}

/* `a / b else 0`: the 0 was meant for the quotient. */
static Expr *say_else_binds(Checker *ck, const AstExpr *expr, const Expr *a)
{
  Diag *diag = SAY(ck, E0301, expr->n.span, "`else` belongs to %s alone, which is %s", quoted(ck, a->span),
                   type_phrase(ck, a->type));
  diag_help(ck->diags, diag, "put what it is meant for in parentheses: `(… / %s) else …`",
            sym_text(ck->names, source_text(ck, a->span)));
  return value_error(ck, expr->n.span);
}

Expr *else_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want)
{
  Expr *a = expr_as(ck, ctx, expr->u.bin.l, want);
  Expr *b = expr_as(ck, ctx, expr->u.bin.r, a->type);
  if (expr_wrong(a) || expr_wrong(b)) return value_error(ck, expr->n.span);
  Expr *other = same_kind(ck, &a, b);
  if (!other && !a->type.optional) return say_else_binds(ck, expr, a);
  if (!other) {
    say_mismatch(ck, expr->n.span, expr->u.bin.l, a, expr->u.bin.r, b, "used for each other");
    return value_error(ck, expr->n.span);
  }
  if (!a->type.optional && warns(ctx))
    SAY(ck, W0440, expr->n.span, "%s is always there, so what stands after `else` is never taken",
        quoted(ck, a->span));
  Expr *either = value_new(ck, EX_ELSE, a->type, expr->n.span);
  either->type.optional = other->type.optional;
  either->a = a;
  either->b = other;
  return fold(ck, either);
}

Expr *known_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Expr *a = expr_of(ck, ctx, expr->u.bin.l);
  if (expr_wrong(a)) return a;
  if (!a->type.optional && warns(ctx))
    SAY(ck, W0440, expr->n.span, "%s is always there, so this is always true", quoted(ck, a->span));
  Expr *known = value_new(ck, EX_KNOWN, type_plain(VALUE_BOOL), expr->n.span);
  known->a = a;
  return fold(ck, known);
}

/* ---- case ---- */

typedef struct Cases {
  Checker *ck;
  const AstExpr *ast;
  Type subject;
  uint32_t values;   /* of the subject's type */
  bool *seen;
  bool has_else;
} Cases;

static Sym value_name(const Cases *cases, uint32_t i)
{
  if (cases->subject.base == VALUE_BOOL) return intern_z(cases->ck->names, i ? "true" : "false");
  return cases->subject.listed->values[i].name;
}

static int64_t label_index(const Cases *cases, Sym label)
{
  for (uint32_t i = 0; i < cases->values; i++) {
    if (value_name(cases, i) == label) return i;
  }
  return -1;
}

static void say_label(const Cases *cases, AstName label)
{
  Checker *ck = cases->ck;
  Sym *list = ARENA_ARRAY(ck->arena, Sym, cases->values + 1);
  for (uint32_t i = 0; i < cases->values; i++) list[i] = value_name(cases, i);
  Sym near = nearest(ck, label.sym, list, cases->values);
  Diag *diag = SAY(ck, E0325, label.span, "`%s` is not one of the values of %s",
                   sym_text(ck->names, label.sym),
                   quoted(ck, cases->ast->u.choose.subject->n.span));
  if (near)
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
  else
    diag_help(ck->diags, diag, "it is %s", type_phrase(ck, type_there(cases->subject)));
}

/* Notes what an arm covers; false after a report. */
static bool arm_label(Cases *cases, const AstArm *arm, ExprArm *to)
{
  Checker *ck = cases->ck;
  if (strcmp(sym_text(ck->names, arm->label.sym), "else") == 0) {
    cases->has_else = true;
    return true;
  }
  int64_t index = label_index(cases, arm->label.sym);
  if (index < 0) {
    say_label(cases, arm->label);
    return false;
  }
  if (cases->seen[index]) {
    SAY(ck, E0325, arm->label.span, "`%s` stands here a second time", sym_text(ck->names, arm->label.sym));
    return false;
  }
  cases->seen[index] = true;
  *VEC_PUSH(ck->arena, &to->values) = index;
  return true;
}

static bool all_covered(const Cases *cases)
{
  for (uint32_t i = 0; i < cases->values; i++) {
    if (cases->has_else || cases->seen[i]) continue;
    Checker *ck = cases->ck;
    const char *name = sym_text(ck->names, value_name(cases, i));
    Diag *diag = SAY(ck, E0326, cases->ast->n.span, "nothing is said for `%s`", name);
    diag_help(ck->diags, diag, "add an arm `%s: …`, or `else: …` as the last one", name);
    return false;
  }
  return true;
}

static bool subject_known(Cases *cases, const Expr *subject)
{
  Checker *ck = cases->ck;
  if (expr_wrong(subject) || !expr_there(ck, subject)) return false;
  cases->subject = subject->type;
  if (subject->type.base == VALUE_BOOL) cases->values = 2;
  if (subject->type.base == VALUE_LISTED) cases->values = subject->type.listed->count;
  cases->seen = ARENA_ARRAY(ck->arena, bool, cases->values + 1);
  if (cases->values > 0) return true;
  Diag *diag = SAY(ck, E0324, subject->span, "%s is %s; `case` chooses by a value that is one of a list",
                   quoted(ck, subject->span), type_phrase(ck, subject->type));
  diag_help(ck->diags, diag, "declare the field as `one of …`");
  return false;
}

/* All arms become one kind of value: that of the first, or a number. */
static bool arms_agree(Cases *cases, ExprArm *arms, uint32_t count, Type *ret_type)
{
  Checker *ck = cases->ck;
  const AstArm *first = (const AstArm *)(const void *)cases->ast->u.choose.arms.first;
  const AstArm *ast = first;
  Expr *kind = arms[0].value;
  bool optional = false, wrong = false;
  for (uint32_t i = 0; i < count; i++) wrong |= expr_wrong(arms[i].value);
  for (uint32_t i = 0; i < count && !wrong; i++, ast = (const AstArm *)(const void *)ast->n.next) {
    optional |= arms[i].value->type.optional;
    if (same_kind(ck, &kind, arms[i].value)) continue;
    say_mismatch(ck, ast->n.span, first->value, kind, ast->value, arms[i].value, "arms of one case");
    wrong = true;
  }
  for (uint32_t i = 0; i < count && !wrong; i++) arms[i].value = same_kind(ck, &kind, arms[i].value);
  *ret_type = kind->type;
  ret_type->optional = optional;
  return !wrong;
}

Expr *case_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want)
{
  Cases cases = {.ck = ck, .ast = expr};
  Expr *subject = expr_of(ck, ctx, expr->u.choose.subject);
  bool fine = subject_known(&cases, subject);
  uint32_t count = 0;
  ExprArm *arms = ARENA_ARRAY(ck->arena, ExprArm, expr->u.choose.arms.count + 1);
  for (AST_EACH(AstArm, arm, expr->u.choose.arms)) {
    ExprArm *to = &arms[count++];
    fine = fine && arm_label(&cases, arm, to);
    to->value = expr_as(ck, ctx, arm->value, want);
    if (count == 1 && want.base == TYPE_ERROR) want = to->value->type;
  }
  if (fine) fine = all_covered(&cases) && count > 0;
  Type type;
  if (!fine || !arms_agree(&cases, arms, count, &type)) return value_error(ck, expr->n.span);
  Expr *choose = value_new(ck, EX_CASE, type, expr->n.span);
  choose->a = subject;
  choose->u.choose.arms = arms;
  choose->u.choose.count = count;
  return fold(ck, choose);
}
