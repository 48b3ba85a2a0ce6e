/*
 * check_target.c - targets: what is measured, against what, over which window.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

enum { MIN_CASES = 20 };

Expr *constant_of(Checker *ck, const Ctx *ctx, const AstExpr *ast, Type want, const char *what)
{
  Expr *expr = fold(ck, check_value(ck, ctx, ast, want, what));
  if (expr_wrong(expr)) return NULL;
  if (expr_constant(expr)) return expr;
  expr = check_constant(ck, ctx, ast, what);
  return expr_wrong(expr) ? NULL : expr;
}

/* ---- what is measured -------------------------------------------------------------- */

static bool is_disruption(const Checker *ck, const Ctx *ctx, const AstExpr *ast)
{
  const AstExpr *bare = bare_expr(ast);
  return ctx->mot && bare->n.kind == AX_PATH && single_word(bare) != 0 &&
         single_word(bare) == intern_z(ck->names, "disruption");
}

static Expr *disruption(Checker *ck, Span span)
{
  Expr *expr = value_new(ck, EX_AGGREGATE, type_plain(VALUE_PERCENT), span);
  AggregateUse *use = ARENA_NEW(ck->arena, AggregateUse);
  use->kind = AGGREGATE_DISRUPTION;
  use->over = AGGREGATE_OVER_MOMENTS;
  use->type = expr->type;
  expr->u.aggregate = use;
  return expr;
}

static void say_no_measure(Checker *ck, const AstExpr *ast)
{
  Diag *diag = SAY(ck, E0504, ast->n.span, "this is the same for all moments, so it measures nothing");
  diag_help(ck->diags, diag, "measure something, as in `avg(took)`, or write the value alone: `target 95%%`");
}

/* NULL after a report. */
static Expr *measured(Checker *ck, const Ctx *ctx, const AstExpr *ast)
{
  if (is_disruption(ck, ctx, ast)) return disruption(ck, ast->n.span);
  AggregateVec uses = {0};
  Expr *expr = check_expr(ck, ctx, ast);
  if (expr_wrong(expr)) return NULL;
  collect_aggregates(ck, expr, &uses);
  if (uses.len == 0) {
    say_no_measure(ck, ast);
    return NULL;
  }
  if (type_measurable(expr->type)) return expr;
  SAY(ck, E0503, ast->n.span, "a target is about a share, a number, a length of time or money; this is %s",
      type_phrase(ck, expr->type));
  return NULL;
}

/* ---- against what --------------------------------------------------------------------- */

static bool check_share(Checker *ck, const AstTarget *ast, const Expr *goal)
{
  if (goal->u.f >= 0 && goal->u.f <= 1) return true;
  Diag *diag = SAY(ck, E0505, ast->right->n.span, "a share lies between 0%% and 100%%");
  if (ast->right->n.kind == AX_INT && ast->right->u.i <= 100)
    diag_fix(ck->diags, diag, ast->right->n.span, "%d%%", (int)ast->right->u.i);
  diag_help(ck->diags, diag, "write it with its sign, as in `95%%`");
  return false;
}

static Expr *goal_value(Checker *ck, const Ctx *ctx, const AstTarget *ast, const Target *target)
{
  Ctx plain = *ctx;
  plain.reach = 0;
  plain.what = "the value of a target";
  Expr *goal = constant_of(ck, &plain, ast->right, target->type, "the value of a target");
  if (!goal) return NULL;
  if (type_is(target->type, VALUE_PERCENT) && !check_share(ck, ast, goal)) return NULL;
  return goal;
}

static bool check_direction(Checker *ck, const AstTarget *ast)
{
  if (!ast->has_op || (ast->op != AST_EQ && ast->op != AST_NE)) return true;
  Diag *diag = SAY(ck, E0526, ast->span, "a target says which side is the right one");
  diag_help(ck->diags, diag, "compare with `>=` where more is better, with `<=` where less is");
  return false;
}

static bool check_min_cases(Checker *ck, const AstTarget *ast, Target *target)
{
  target->min_cases = MIN_CASES;
  if (!ast->min_cases || ast->min_cases->n.kind != AX_INT) return true;
  int64_t cases = ast->min_cases->u.i;
  if (cases >= 1 && cases <= UINT32_MAX) {
    target->min_cases = (uint32_t)cases;
    return true;
  }
  if (cases > 0) {
    SAY(ck, E0525, ast->min_cases->n.span, "no target waits for more than %u cases", UINT32_MAX);
    return false;
  }
  Diag *diag = SAY(ck, E0525, ast->min_cases->n.span, "a target is judged by at least one case");
  diag_help(ck->diags, diag, "write `min 1 cases`, or leave it out: then %d are needed", MIN_CASES);
  return false;
}

Target *check_target(Checker *ck, const Ctx *ctx, const AstTarget *ast, uint8_t of, Type measure)
{
  Target *target = ARENA_NEW(ck->arena, Target);
  target->text = source_text(ck, ast->span);
  target->of = of;
  target->span = ast->span;
  target->type = type_there(measure);
  target->compare = ast->has_op ? (uint8_t)(COMPARE_LT + (ast->op - AST_LT)) : COMPARE_GE;
  bool right = check_direction(ck, ast);
  if (ast->left) {
    target->value = measured(ck, ctx, ast->left);
    target->type = target->value ? type_there(target->value->type) : type_error();
  }
  if (!type_wrong(target->type)) target->goal = goal_value(ck, ctx, ast, target);
  right &= check_window(ck, ctx, NULL, &ast->over, &ast->step, &target->window);
  right &= check_min_cases(ck, ast, target);
  return right && target->goal ? target : NULL;
}
