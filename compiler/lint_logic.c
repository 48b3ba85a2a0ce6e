/*
 * lint_logic.c - conditions that never or always hold, values compared with
 * themselves, arms and choices that are never taken.
 *
 * A condition is judged as a whole, then each side of its `and`, `or` and `not`
 * by itself; what belongs to a def or a pattern is judged only as a part of the
 * whole, since elsewhere the same text may say something.
 */
#include "compiler/lint.h"

static bool can_be(const Expr *expr, bool wanted)
{
  Fact fact = {.expr = expr, .wanted = wanted};
  return facts_can_hold((FactsAbout){0}, &fact, 1);
}

/* ---- never, always ---- */

static void say_never(Checker *ck, Span span, bool part)
{
  Diag *diag = part ? SAY(ck, W0410, span, "this part can never hold")
                    : SAY(ck, W0410, span, "no event can meet this condition");
  diag_help(ck->diags, diag,
            "look for two parts that exclude each other, or for a value outside of what the field "
                             "can be; leave the condition out if it is not meant");
}

static void say_always(Checker *ck, Span span, bool part)
{
  Diag *diag = part ? SAY(ck, W0411, span, "this part always holds")
                    : SAY(ck, W0411, span, "this condition always holds, so it tests nothing");
  diag_help(ck->diags, diag, "leave it out, or write the limit that is meant");
}

/* What is constant as written may have been reported where that was found. */
static bool said_before(const Checker *ck, const Expr *expr)
{
  if (expr->kind != EX_BOOL) return false;
  for (const Diag *diag = ck->diags->first; diag; diag = diag->next)
    if (span_inside(diag->span, expr->span) && span_inside(expr->span, diag->span)) return true;
  return false;
}

static bool compares_with_itself(const Expr *expr)
{
  if (expr->kind != EX_COMPARE || expr_constant(expr->a)) return false;
  return lint_same_value((SameBy){0}, expr->a, expr->b);
}

static void lint_truth(Checker *ck, const Expr *expr, Span home, bool part);

/* The sides of an `and` or `or` of any length, each once. */
static void lint_sides(Checker *ck, const Expr *expr, uint8_t kind, Span home)
{
  if (expr->kind != kind) {
    lint_truth(ck, expr, home, true);
    return;
  }
  lint_sides(ck, expr->a, kind, home);
  lint_sides(ck, expr->b, kind, home);
}

static void lint_parts(Checker *ck, const Expr *expr, Span home)
{
  if (expr->kind == EX_NOT)
    lint_truth(ck, expr->a, home, true);
  else if (expr->kind == EX_AND || expr->kind == EX_OR)
    lint_sides(ck, expr, expr->kind, home);
}

/* `part`: a side of something that has been judged as a whole. */
static void lint_truth(Checker *ck, const Expr *expr, Span home, bool part)
{
  bool here = span_inside(expr->span, home);
  if ((part && !here) || said_before(ck, expr)) return;
  Span span = here ? expr->span : home;
  if (compares_with_itself(expr)) {
    Diag *diag = SAY(ck, W0418, span, "this compares a value with itself");
    diag_help(ck->diags, diag, "write on one side what it is to be compared with");
  } else if (!can_be(expr, true)) {
    say_never(ck, span, part);
  } else if (here && !can_be(expr, false)) {
    say_always(ck, span, part);
  } else {
    lint_parts(ck, expr, home);
  }
}

/* ---- case ---- */

typedef struct At {
  Checker *ck;
  Span home;
} At;

static void lint_arm(Checker *ck, const Expr *choose, const ExprArm *arm)
{
  uint32_t covered = 0, all = choose->a->type.base == VALUE_BOOL ? 2 : choose->a->type.listed->count;
  for (uint32_t i = 0; i < choose->u.choose.count; i++) covered += choose->u.choose.arms[i].values.len;
  if (arm->values.len > 0 || covered < all) return;
  Diag *diag = SAY(ck, W0416, arm->value->span, "`else:` is never taken, every value has an arm of its own");
  diag_help(ck->diags, diag,
            "leave it out: a value added to the list later is then reported where an arm is missing");
}

static void lint_case(void *user, const Expr *part)
{
  const At *at = user;
  if (part->kind != EX_CASE || !span_inside(part->span, at->home)) return;
  if (part->a->type.base != VALUE_BOOL && !part->a->type.listed) return;
  for (uint32_t i = 0; i < part->u.choose.count; i++) lint_arm(at->ck, part, &part->u.choose.arms[i]);
}

/* ---- what the walk meets ---- */

static void on_value(LintWalk *walk, const Expr *expr, Span home)
{
  At at = {walk->ck, home};
  lint_each_part(expr, lint_case, &at);
}

static void on_truth(LintWalk *walk, const Expr *expr, Span home)
{
  if (expr->type.base != VALUE_BOOL) return;
  lint_truth(walk->ck, expr, home, false);
  on_value(walk, expr, home);
}

static void on_match(LintWalk *walk, const Match *match, Span home)
{
  /* Each case of a derived kind has the joined predicate: the whole holds if one of them does. */
  uint32_t never = 0;
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const Expr *where = match->cases.data[i].where;
    if (!where || where->type.base != VALUE_BOOL) continue;
    if (match->cases.len == 1)
      on_truth(walk, where, home);
    else if (!can_be(where, true))
      never++;
  }
  if (match->cases.len > 1 && never == match->cases.len) say_never(walk->ck, home, false);
}

/* ---- choices ---- */

/* Every event that the choice takes is taken by the earlier one. */
static bool taken_before(const Choice *earlier, const Choice *choice)
{
  if (earlier->shape != AST_ONE || choice->shape != AST_ONE || earlier->mode == MODE_FIRST) return false;
  if (earlier->steps.len != 1 || choice->steps.len != 1) return false;
  return match_covers_all(&earlier->steps.data[0].match, &choice->steps.data[0].match);
}

enum { CHOICES_BEFORE = 32 }; /* so many earlier choices are compared */

static void on_pattern(LintWalk *walk, const Pattern *pattern, Span home)
{
  Checker *ck = walk->ck;
  for (uint32_t i = 1; i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t k = 0; k < i && k < CHOICES_BEFORE; k++) {
      if (!taken_before(&pattern->choices.data[k], choice)) continue;
      bool here = span_inside(choice->span, home);
      Diag *diag = SAY(ck, W0417, here ? choice->span : home, "this choice is never taken");
      Span earlier = pattern->choices.data[k].span;
      if (here) diag_note(ck->diags, diag, earlier, "all that it takes is taken here already");
      diag_help(ck->diags, diag, "leave it out, or write it before the wider one");
      break;
    }
  }
}

void lint_logic(Checker *ck)
{
  LintWalk walk = {.ck = ck, .match = on_match, .pattern = on_pattern, .truth = on_truth, .value = on_value};
  lint_walk(&walk);
}
