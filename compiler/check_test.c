/*
 * check_test.c - tests in the language: the steps, on one clock.
 */
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

/* ---- when ------------------------------------------------------------------------------- */

static int64_t later_by(Checker *ck, int64_t at, const AstStepOf *ast, int64_t span)
{
  int64_t sum;
  if (!__builtin_add_overflow(at, span, &sum)) return sum;
  SAY(ck, E0310, ast->when->n.span, "this is later than can be told");
  return at;
}

static int64_t step_time(Checker *ck, const Ctx *ctx, const AstStepOf *ast, const TestOf *test)
{
  if (ast->n.kind != AST_AFTER) return time_value(ck, ast->when);
  int64_t later = check_duration(ck, ctx, ast->when, "the time after the step before");
  if (test->steps.len > 0) return later_by(ck, test->steps.data[test->steps.len - 1].at, ast, later);
  Diag *diag = SAY(ck, E0606, ast->n.span, "the first step of a test has no step before it");
  diag_help(ck->diags, diag, "begin with a time: `at 2026-03-02 09:00 …`");
  return 0;
}

static void check_order(Checker *ck, const AstStepOf *ast, const TestOf *test, int64_t at)
{
  if (test->steps.len == 0) return;
  const TestStepOf *before = &test->steps.data[test->steps.len - 1];
  if (at >= before->at) return;
  Diag *diag = SAY(ck, E0601, ast->when->n.span, "this is earlier than the step before it");
  diag_note(ck->diags, diag, before->span, "the step before");
  diag_help(ck->diags, diag, "write the steps in the order in which they happen");
}

/* ---- what ------------------------------------------------------------------------------- */

static void say_derived(Checker *ck, const Event *event, const AstPath *path)
{
  const char *name = sym_text(ck->names, event->shown);
  Diag *diag = SAY(ck, E0602, path->span, "%s is not an event of its own: it follows from others", name);
  const Match *members = &event->members;
  diag_note(ck->diags, diag, event->span, "%s is declared here", name);
  if (members->cases.len == 1)
    diag_help(ck->diags, diag, "send %s with values that make it one",
              sym_text(ck->names, members->cases.data[0].event->shown));
  else if (members->cases.len > 1)
    diag_help(ck->diags, diag, "send %s or %s instead",
              sym_text(ck->names, members->cases.data[0].event->shown),
              sym_text(ck->names, members->cases.data[1].event->shown));
}

static void check_sent(Checker *ck, const Ctx *ctx, const AstStepOf *ast, TestStepOf *step)
{
  Event *event = event_named(ck, ctx, &ast->event);
  if (!event) return;
  if (event->derived) {
    say_derived(ck, event, &ast->event);
    return;
  }
  step->event = event;
  check_step_values(ck, ctx, ast, step);
}

static void check_step(Checker *ck, const Ctx *ctx, const AstStepOf *ast, TestOf *test)
{
  TestStepOf step = {.span = ast->n.span};
  step.at = step_time(ck, ctx, ast, test);
  check_order(ck, ast, test, step.at);
  if (ast->n.kind != AST_END_AT) check_sent(ck, ctx, ast, &step);
  *VEC_PUSH(ck->arena, &test->steps) = step;
}

void check_test(Checker *ck, Unit *unit, const AstDecl *decl)
{
  Ctx ctx = {.unit = unit, .what = "a test"};
  TestOf *test = ARENA_NEW(ck->arena, TestOf);
  test->name = decl->title.sym;
  test->span = decl->n.span;
  for (AST_EACH(AstStepOf, step, decl->u.test.steps)) check_step(ck, &ctx, step, test);
  for (AST_EACH(AstExpect, expect, decl->u.test.expects)) check_expect(ck, &ctx, expect, test);
  *VEC_PUSH(ck->arena, &ck->program->tests) = test;
}
