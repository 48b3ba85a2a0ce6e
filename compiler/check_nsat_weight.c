/*
 * check_nsat_weight.c - the weights of goals: side by side they are all plain
 * numbers or all percentages, and percentages share out 100 %.
 */
#include <math.h>

#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

void check_goal_weight(Checker *ck, const Ctx *ctx, Goal *goal, const AstItem *item)
{
  goal->weight = 1;
  if (!item) return;
  Expr *expr = check_constant(ck, ctx, item->u.expr, "a weight");
  if (expr_wrong(expr)) return;
  double weight = expr->kind == EX_INT ? (double)expr->u.i : expr->u.f;
  if (!type_scalar(expr->type) || weight < 0) {
    Diag *diag = SAY(ck, E0463, item->u.expr->n.span, "a weight is a number or a share, 0 or more");
    diag_help(ck->diags, diag, "write `weight 2` or `weight 60%%`");
    return;
  }
  goal->weight = weight;
  goal->weight_given = true;
  goal->weight_percent = type_is(expr->type, VALUE_PERCENT);
}

/* A goal without a weight counts as 1, which is a plain number. */
static void say_mixed(Checker *ck, const Goal *share, const Goal *plain)
{
  const char *name = sym_text(ck->names, plain->name), *first = sym_text(ck->names, share->name);
  Diag *diag = SAY(ck, E0502, plain->span, "%s has %s weight, %s beside it a percentage", name,
                   plain->weight_given ? "a plain" : "no", first);
  diag_note(ck->diags, diag, share->span, "%s is here", first);
  diag_help(ck->diags, diag, "give all goals side by side a percentage, or all a plain number");
}

static void say_sum(Checker *ck, const Goal *last, double sum, uint32_t count)
{
  const char *who = count == 1 ? "the weight of the only goal here is"
                               : arena_printf(ck->arena, "the weights of these %u goals sum to", count);
  Diag *diag = SAY(ck, E0501, last->span, "%s %g %%, not 100 %%", who, sum);
  if (sum < 100)
    diag_help(ck->diags, diag, "%g %% are left to give", 100 - sum);
  else
    diag_help(ck->diags, diag, "take %g %% away", sum - 100);
}

void check_siblings(Checker *ck, Goal *const *goals, uint32_t count)
{
  const Goal *share = NULL, *plain = NULL;
  double sum = 0;
  for (uint32_t i = 0; i < count; i++) {
    const Goal **first = goals[i]->weight_percent ? &share : &plain;
    if (!*first) *first = goals[i];
    sum += goals[i]->weight * 100;
  }
  if (share && plain)
    say_mixed(ck, share, plain);
  else if (share && fabs(sum - 100) > 1e-6)
    say_sum(ck, goals[count - 1], sum, count);
}
