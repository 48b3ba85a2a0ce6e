/*
 * gen_match.c - does the event at hand match?  Cases by trigger, and truths of
 * one event alone, which the run evaluates over whole batches.
 */
#include <stdlib.h>

#include "compiler/gen_parts.h"

/* ---- cases by trigger ---- */

void uses_add(Gen *g, Uses *uses, const Match *match, uint32_t item, uint32_t part)
{
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const MatchCase *at = &match->cases.data[i];
    *VEC_PUSH(g->arena, uses) = (Use){case_trigger(g, at), item, part, i, at};
  }
}

static int by_trigger(const void *a, const void *b)
{
  const Use *x = a, *y = b;
  if (x->trigger != y->trigger) return x->trigger < y->trigger ? -1 : 1;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  if (x->part != y->part) return x->part < y->part ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

void uses_sort(Uses *uses)
{
  if (uses->len > 1) qsort(uses->data, uses->len, sizeof *uses->data, by_trigger);
}

uint32_t same_trigger(const Uses *uses, uint32_t i)
{
  uint32_t end = i;
  while (end < uses->len && uses->data[end].trigger == uses->data[i].trigger) end++;
  return end;
}

uint32_t same_item(const Uses *uses, uint32_t i)
{
  uint32_t end = i;
  while (end < uses->len && uses->data[end].trigger == uses->data[i].trigger
         && uses->data[end].item == uses->data[i].item)
    end++;
  return end;
}

uint32_t same_part(const Uses *uses, uint32_t i)
{
  uint32_t end = i;
  const Use *first = &uses->data[i];
  for (; end < uses->len; end++) {
    const Use *use = &uses->data[end];
    if (use->trigger != first->trigger || use->item != first->item || use->part != first->part) break;
  }
  return end;
}

void fn_event(Fn *fn, const MatchCase *at)
{
  fn->event = at->event;
  fn->source = at->event ? NULL : at->mot;
  fn->source_sco = at->event || at->mot ? NULL : at->sco;
}

/* ---- truths of one event alone ---- */

static bool call_alone(const Fn *fn, const Expr *expr)
{
  for (uint32_t i = 0; i < expr->u.call.count; i++)
    if (!expr_alone(fn, expr->u.call.args[i])) return false;
  return true;
}

static bool case_alone(const Fn *fn, const Expr *expr)
{
  for (uint32_t i = 0; i < expr->u.choose.count; i++)
    if (!expr_alone(fn, expr->u.choose.arms[i].value)) return false;
  return true;
}

bool expr_alone(const Fn *fn, const Expr *expr)
{
  if (!expr) return true;
  switch (expr->kind) {
  case EX_HISTORY: case EX_TOOK: case EX_KEY: case EX_AGGREGATE: case EX_DEADLINE: return false;
  case EX_REF: return ref_of_event(fn, expr->u.ref);
  case EX_CALL: return call_alone(fn, expr);
  case EX_CASE: return expr_alone(fn, expr->a) && case_alone(fn, expr);
  default: return expr_alone(fn, expr->a) && expr_alone(fn, expr->b);
  }
}

/* Cheaper here than by a look-up in the batch. */
static bool is_small(const Expr *expr)
{
  return expr->kind == EX_BOOL || expr->kind == EX_FIELD || expr->kind == EX_REF;
}

static uint32_t gen_predicate(const Fn *fn, Expr *expr)
{
  Fn *alone = fn_new(fn->g, FUNCTION_PREDICATE, text_of(fn->g, fn->event->name), expr->span);
  alone->event = fn->event;
  alone->choice = fn->choice;
  alone->starting = fn->starting;
  alone->alone = true;
  Val val = gen_value(alone, expr, -1);
  val.known = -1; /* what is missing is not true: its register says so */
  gen_return(alone, val);
  return predicate_of(fn->g, alone);
}

uint8_t gen_truth(Fn *fn, Expr *expr, int want)
{
  if (!fn->event || fn->alone || is_small(expr) || !expr_alone(fn, expr)) {
    Val val = gen_value(fn, expr, want);
    if (val.known >= 0) reg_free(fn, CLASS_B, (uint8_t)val.known);
    return val.reg;
  }
  uint32_t predicate = gen_predicate(fn, expr);
  uint8_t reg = reg_or(fn, CLASS_B, want);
  fn_at(fn, expr->span);
  fn_emit(fn, OP_EV_BIT, reg, predicate, 0, 0);
  return reg;
}

/* ---- matches ---- */

static bool always(const Expr *where)
{
  return !where || (where->kind == EX_BOOL && where->u.i);
}

void gen_match(Fn *fn, const Uses *uses, uint32_t from, uint32_t to, Jumps *miss)
{
  Jumps hits = {0};
  uint32_t i = from;
  for (; i < to && !always(uses->data[i].at->where); i++) {
    uint8_t reg = gen_truth(fn, uses->data[i].at->where, -1);
    reg_free(fn, CLASS_B, reg);
    if (i + 1 == to)
      *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JF, reg);
    else
      *VEC_PUSH(fn->g->arena, &hits) = fn_jump(fn, OP_JT, reg);
  }
  fn_land_all(fn, &hits);
}
