/*
 * check_experience_value.c - what a journey is worth, and what customers say of it.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"

bool type_measurable(Type type)
{
  return type_wrong(type) || type_scalar(type) || type_is(type, VALUE_DURATION) || type_is(type, VALUE_MONEY);
}

/* ---- sentiment ----------------------------------------------------------------------- */

/* `Survey.score` as the latest of it: read as max(Survey.score), which has the
 * same kinds of events and the same type. */
static const AstExpr *as_call(Checker *ck, const AstExpr *field)
{
  AstExpr *call = ARENA_NEW(ck->arena, AstExpr), *argument = ARENA_NEW(ck->arena, AstExpr);
  AstWord *word = ARENA_NEW(ck->arena, AstWord);
  *argument = *field;
  argument->n.next = NULL;
  word->n.span = field->n.span;
  word->sym = intern_z(ck->names, "max");
  call->n.kind = AX_CALL;
  call->n.span = field->n.span;
  call->depth = (uint16_t)(field->depth + 1);
  call->u.call.path = (AstPath){field->n.span, {&word->n, &word->n, 1}};
  call->u.call.args = (AstList){&argument->n, &argument->n, 1};
  return call;
}

/* Whether the field is there and no number. */
static bool is_other(Checker *ck, const Ctx *ctx, const AstExpr *ast)
{
  const Event *event = event_named(ck, ctx, &ast->u.field.event);
  const Field *field = event ? event_field(event, ast->u.field.name.sym) : NULL;
  return field && !type_wrong(field->type) && !type_scalar(field->type);
}

static void say_no_sentiment(Checker *ck, Span span, const char *what)
{
  Diag *diag = SAY(ck, E0459, span, "%s", what);
  diag_help(ck->diags, diag, "write the field that holds the score, `Survey.score`, or one summary of it, "
                             "`avg(Survey.score)`");
}

void check_sentiment(Checker *ck, Experience *experience, const AstItem *item)
{
  if (!item) return;
  Ctx ctx = experience_ctx(experience, REACH_AGGREGATE, "sentiment");
  const AstExpr *ast = bare_expr(item->u.expr);
  bool latest = ast->n.kind == AX_EVENT_FIELD;
  if (latest && is_other(ck, &ctx, ast)) {
    say_no_sentiment(ck, ast->n.span, "sentiment is a number; this is not one");
    return;
  }
  Expr *expr = check_expr(ck, &ctx, latest ? as_call(ck, ast) : ast);
  if (expr_wrong(expr)) return;
  if (expr->kind != EX_AGGREGATE)
    say_no_sentiment(ck, ast->n.span, "sentiment is one field, or one summary of a field");
  else if (!type_scalar(expr->type))
    say_no_sentiment(ck, ast->n.span, "sentiment is a number; this is not one");
  else {
    experience->sentiment = expr->u.aggregate;
    if (latest) experience->sentiment->kind = AGGREGATE_LAST;
  }
}

/* ---- value ----------------------------------------------------------------------------- */

void check_journey_value(Checker *ck, Experience *experience, const AstItem *item)
{
  if (!item) return;
  Ctx ctx = experience_ctx(experience, REACH_JOURNEY | REACH_SUBJECT, "the value of a journey");
  Expr *expr = check_expr(ck, &ctx, item->u.expr);
  if (expr_wrong(expr)) return;
  if (type_is(expr->type, VALUE_MONEY) || type_scalar(expr->type)) {
    experience->value = expr;
    return;
  }
  Diag *diag = SAY(ck, E0460, item->u.expr->n.span, "the value of a journey is money or a number; this is %s",
                   type_phrase(ck, expr->type));
  diag_help(ck->diags, diag, "name a field with an amount, as in `value start.price`");
}
