/*
 * check_mot_sample.c - arguments for a pattern that is checked on its own:
 * something of each parameter's type.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"

static AstExpr *sample_new(Checker *ck, AstExprKind kind, Span span)
{
  AstExpr *expr = ARENA_NEW(ck->arena, AstExpr);
  expr->n.kind = (uint16_t)kind;
  expr->n.span = span;
  return expr;
}

static const AstExpr *sample_digits(Checker *ck, AstExprKind kind, Span span, Sym unit)
{
  AstExpr *expr = sample_new(ck, kind, span);
  expr->u.num.digits = intern_z(ck->names, "1");
  expr->u.num.unit = unit;
  return expr;
}

static const AstExpr *sample_int(Checker *ck, const AstParam *param)
{
  int64_t value = param->type.has_range ? param->type.low : 1;
  AstExpr *expr = sample_new(ck, AX_INT, param->name.span);
  expr->u.i = value < 0 ? -value : value;
  if (value >= 0) return expr;
  AstExpr *negative = sample_new(ck, AX_NEG, param->name.span);
  negative->u.bin.l = expr;
  return negative;
}

static const AstExpr *sample_word(Checker *ck, const AstParam *param)
{
  const AstWord *first = (const AstWord *)(const void *)param->type.values.first;
  if (!first) return NULL;
  AstWord *word = ARENA_NEW(ck->arena, AstWord);
  AstExpr *expr = sample_new(ck, AX_PATH, param->name.span);
  word->n.span = param->name.span;
  word->sym = first->sym;
  expr->u.call.path = (AstPath){param->name.span, {&word->n, &word->n, 1}};
  return expr;
}

static const AstExpr *sample_micros(Checker *ck, AstExprKind kind, Span span)
{
  AstExpr *expr = sample_new(ck, kind, span);
  if (kind == AX_TIME)
    expr->u.time.has_time = 1;
  else
    expr->u.i = INT64_C(3600000000);
  return expr;
}

static const AstExpr *sample_text(Checker *ck, Span span)
{
  AstExpr *expr = sample_new(ck, AX_TEXT, span);
  expr->u.text = intern_z(ck->names, "a");
  return expr;
}

const AstExpr *sample_value(Checker *ck, const AstParam *param, Type type)
{
  Span span = param->name.span;
  switch (type.base) {
  case VALUE_BOOL: return sample_new(ck, AX_TRUE, span);
  case VALUE_INT: return sample_int(ck, param);
  case VALUE_NUMBER: return sample_digits(ck, AX_DECIMAL, span, 0);
  case VALUE_PERCENT: return sample_digits(ck, AX_PERCENT, span, 0);
  case VALUE_TEXT:
  case VALUE_ID: return sample_text(ck, span);
  case VALUE_TIME: return sample_micros(ck, AX_TIME, span);
  case VALUE_DURATION: return sample_micros(ck, AX_DURATION, span);
  case VALUE_MONEY:
    return sample_digits(ck, AX_MONEY, span, ck->program->currencies.data[type.currency].code);
  case VALUE_LISTED: return sample_word(ck, param);
  default: return sample_new(ck, AX_ERROR, span);
  }
}

Calendar *sample_calendar(Checker *ck, const AstParam *param)
{
  Calendar *calendar = ARENA_NEW(ck->arena, Calendar);
  calendar->name = param->name.sym;
  calendar->span = param->name.span;
  return calendar;
}

Event *like_schema(Checker *ck, const Ctx *ctx, const AstPath *like)
{
  Entity *entity = find_entity(ck, ctx, like, 1u << AD_EVENT, "an event");
  return entity ? need_event(ck, entity) : NULL;
}

/* So that whoever speaks of the kind finds where it stands. */
static const AstDecl *sample_decl(Checker *ck, const AstParam *param)
{
  AstDecl *decl = ARENA_NEW(ck->arena, AstDecl);
  decl->n.kind = AD_EVENT;
  decl->n.span = param->n.span;
  decl->name = param->name;
  return decl;
}

Match *sample_match(Checker *ck, const Ctx *ctx, const AstParam *param)
{
  Match *match = ARENA_NEW(ck->arena, Match);
  Event *event = ARENA_NEW(ck->arena, Event);
  bool like = param->like.words.count > 0;
  const Event *schema = like ? like_schema(ck, ctx, &param->like) : NULL;
  match->span = param->name.span;
  match->shown = param->name.sym;
  if (like && !schema) return match;
  if (schema) event->fields = schema->fields;
  event->name = event->shown = event->raw = param->name.sym;
  event->span = param->name.span;
  event->file = param->name.span.file;
  event->decl = sample_decl(ck, param);
  match->named = event;
  VEC_PUSH(ck->arena, &match->cases)->event = event;
  return match;
}
