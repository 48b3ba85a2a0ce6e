/*
 * check_test_value.c - tests in the language: the values of the events sent.
 */
#include <string.h>

#include "base/buf.h"
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

/* ---- one value ---------------------------------------------------------------------------- */

/* An id may be written as a whole number, as in the data. */
static Sym id_as_text(Checker *ck, const AstExpr *value)
{
  return intern_z(ck->names, arena_printf(ck->arena, "%lld", (long long)value->u.i));
}

static bool in_range(Checker *ck, const Field *field, const Expr *value)
{
  if (!field->has_range || value->kind != EX_INT) return true;
  if (value->u.i >= field->low && value->u.i <= field->high) return true;
  const char *name = sym_text(ck->names, field->name);
  Diag *diag = SAY(ck, E0605, value->span, "`%s` takes %lld to %lld", name, (long long)field->low,
                   (long long)field->high);
  diag_note(ck->diags, diag, field->span, "declared here");
  diag_help(ck->diags, diag, "an event with another value would be rejected, and touch no journey");
  return false;
}

static void put_value(TestValueOf *into, const Expr *value)
{
  if (value->kind == EX_TEXT)
    into->text = value->u.text;
  else if (value->kind == EX_NUMBER)
    memcpy(&into->value, &value->u.f, sizeof into->value);
  else
    into->value = value->u.i;
}

static void check_pair_value(Checker *ck, const Ctx *ctx, const AstPair *pair, Field *field, TestStepOf *step)
{
  TestValueOf value = {.field = field};
  if (type_wrong(field->type)) return;
  if (type_is(field->type, VALUE_ID) && pair->value->n.kind == AX_INT) {
    value.text = id_as_text(ck, pair->value);
  } else {
    const char *what = arena_printf(ck->arena, "`%s`", sym_text(ck->names, field->name));
    Expr *expr = constant_of(ck, ctx, pair->value, type_there(field->type), what);
    if (!expr || !in_range(ck, field, expr)) return;
    put_value(&value, expr);
  }
  *VEC_PUSH(ck->arena, &step->values) = value;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static const AstPair *pair_before(const AstStepOf *step, const AstPair *pair)
{
  for (AST_EACH(AstPair, other, step->pairs)) {
    if (other == pair) return NULL;
    if (other->name.sym == pair->name.sym) return other;
  }
  return NULL;
}

static bool is_given(const AstStepOf *step, const Field *field)
{
  for (AST_EACH(AstPair, pair, step->pairs))
    if (pair->name.sym == field->name) return true;
  return false;
}

static const char *sample_text(Checker *ck, const Field *field)
{
  switch (field->type.base) {
  case VALUE_BOOL: return "true";
  case VALUE_INT:
  case VALUE_NUMBER: return "1";
  case VALUE_PERCENT: return "50%";
  case VALUE_TIME: return "2026-03-02";
  case VALUE_DURATION: return "1 min";
  case VALUE_MONEY:
    return arena_printf(ck->arena, "10 %s",
                        sym_text(ck->names, ck->program->currencies.data[field->type.currency].code));
  case VALUE_LISTED:
    return field->type.listed->count ? sym_text(ck->names, field->type.listed->values[0].name) : "…";
  default: return "\"a1\"";
  }
}

static void check_all_given(Checker *ck, const AstStepOf *ast, const Event *event)
{
  Buf names, values;
  uint32_t missing = 0;
  buf_init(&names, ck->arena);
  buf_init(&values, ck->arena);
  for (uint32_t i = 0; i < event->fields.len; i++) {
    const Field *field = event->fields.data[i];
    if (field->type.optional || type_wrong(field->type) || is_given(ast, field)) continue;
    const char *name = sym_text(ck->names, field->name);
    buf_printf(&names, "%s`%s`", missing ? ", " : "", name);
    buf_printf(&values, "%s%s %s", missing ? "  " : "", name, sample_text(ck, field));
    missing++;
  }
  if (missing == 0) return;
  const char *shown = sym_text(ck->names, event->shown);
  Diag *diag = SAY(ck, E0604, ast->event.span, "%s needs %s, which %s not given", shown, names.data,
                   missing == 1 ? "is" : "are");
  diag_note(ck->diags, diag, event->span, "%s is declared here", shown);
  diag_help(ck->diags, diag, "add `%s`", values.data);
}

void check_step_values(Checker *ck, const Ctx *ctx, const AstStepOf *ast, TestStepOf *step)
{
  for (AST_EACH(AstPair, pair, ast->pairs)) {
    const AstPair *first = pair_before(ast, pair);
    Field *field = first ? NULL : need_field(ck, step->event, pair->name);
    if (first)
      say_twice(ck, E0603, pair->name.span, first->name.span, quoted(ck, pair->name.span));
    else if (field)
      check_pair_value(ck, ctx, pair, field, step);
  }
  check_all_given(ck, ast, step->event);
}
