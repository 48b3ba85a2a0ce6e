/*
 * check_condition.c - smoto, sco, until: a tree of and, or, not over parts that are
 * settled one by one.
 *
 * A part of the tree without any happening is one predicate.  A bound around a group
 * goes to the happenings in it that have none; where it is not plain what that would
 * mean (a sequence, `before`, a predicate) it is refused.
 */
#include "compiler/check_expr.h"

typedef struct Building {
  Checker *ck;
  const Ctx *ctx;
  Condition *condition;
} Building;

static Cond *condition_of(Building *in, const AstExpr *expr, const Bound *group);

/* ---- the tree ---- */

static Cond *cond_new(Building *in, CondKind kind, Span span)
{
  Cond *cond = ARENA_NEW(in->ck->arena, Cond);
  cond->kind = (uint8_t)kind;
  cond->span = span;
  return cond;
}

static Leaf *leaf_new(Building *in, unsigned kind, Span span)
{
  Leaf *leaf = ARENA_NEW(in->ck->arena, Leaf);
  leaf->kind = (uint8_t)kind;
  leaf->span = span;
  return leaf;
}

static Cond *leaf_cond(Building *in, Leaf *leaf)
{
  if (!leaf) return NULL;
  Cond *cond = cond_new(in, COND_LEAF, leaf->span);
  cond->leaf = leaf;
  *VEC_PUSH(in->ck->arena, &in->condition->leaves) = leaf;
  return cond;
}

/* Whether something happens in it: then it is a tree, else one predicate. */
static bool happens(const AstExpr *expr)
{
  switch ((AstExprKind)expr->n.kind) {
  case AX_HAPPEN:
  case AX_OUTCOME:
  case AX_SEQUENCE:
  case AX_BEFORE:
  case AX_BOUNDED: return true;
  case AX_PAREN:
  case AX_NOT: return happens(expr->u.bin.l);
  case AX_AND:
  case AX_OR: return happens(expr->u.bin.l) || happens(expr->u.bin.r);
  default: return false;
  }
}

/* ---- predicates ---- */

static const Expr *history_in(const Expr *expr)
{
  if (!expr || expr->kind == EX_HISTORY) return expr;
  const Expr *found = history_in(expr->a);
  return found ? found : history_in(expr->b);
}

static void warn_history(Building *in, const Expr *predicate)
{
  const Expr *history = in->ctx->mot ? history_in(predicate) : NULL;
  if (!history) return;
  Diag *diag = SAY(in->ck, W0443, history->span, "%s is looked at once, when the moment opens; what happens "
                   "later does not change it", quoted(in->ck, history->span));
  diag_help(in->ck->diags, diag, "to promise how often something happens from now on, write `at most 1 E "
            "within D`");
}

static Cond *predicate(Building *in, const AstExpr *expr, const Bound *group)
{
  if (group) {
    Diag *diag = SAY(in->ck, E0406, expr->n.span, "%s is settled at once; the bound around it means nothing "
                     "for it",
                     quoted(in->ck, expr->n.span));
    diag_help(in->ck->diags, diag, "take it out of the parentheses: `… and (E) within D`");
    return NULL;
  }
  Expr *truth = truth_root(in->ck, in->ctx, expr);
  warn_history(in, truth);
  Leaf *leaf = leaf_new(in, LEAF_PREDICATE, expr->n.span);
  leaf->predicate = truth;
  return leaf_cond(in, leaf);
}

/* ---- happenings ---- */

/* The bound as written, else that of the group around. */
static bool step_bound(Building *in, const AstBound *ast, const Bound *group, Step *step)
{
  if (ast->kind != AST_UNBOUND) return bound_of(in->ck, in->ctx, ast, &step->bound);
  if (group) step->bound = *group;
  return true;
}

/* n of `at most n`; -1 after a report. */
static int64_t number_of(Building *in, const AstExpr *expr)
{
  const AstExpr *number = expr->u.happen->number;
  int64_t least = expr->u.happen->counted == AST_AT_LEAST ? 1 : 0;
  if (!number) return 0;
  Expr *value = expr_of(in->ck, in->ctx, number);
  if (expr_wrong(value)) return -1;
  bool constant = value->kind == EX_INT && value->type.base == VALUE_INT;
  bool opaque = !constant && value->type.base == VALUE_INT && in->ctx->env && value->kind == EX_EVENT_TIME;
  if (opaque) return least;
  if (constant && value->u.i >= least && value->u.i < UINT32_MAX - 1) return value->u.i;
  if (constant && value->u.i > 0) {
    SAY(in->ck, E0407, value->span, "nothing is counted further than to %u", UINT32_MAX - 2);
    return -1;
  }
  Diag *diag = SAY(in->ck, E0407, value->span, "how often has to be a whole number from %d on, written as a "
                   "constant",
                   (int)least);
  if (constant && value->u.i == 0)
    diag_help(in->ck->diags, diag, "everything happens at least 0 times; write `no E` for none");
  return -1;
}

static uint8_t leaf_kind(uint16_t counted)
{
  static const uint8_t kinds[] = {[AST_SOME] = LEAF_SOME, [AST_NO] = LEAF_NO, [AST_AT_MOST] = LEAF_AT_MOST,
                                  [AST_AT_LEAST] = LEAF_AT_LEAST, [AST_EXACTLY] = LEAF_EXACTLY};
  return kinds[counted];
}

static bool step_match(Building *in, const AstExpr *expr, Step *step)
{
  step->span = expr->n.span;
  const AstHappen *happen = expr->u.happen;
  if (expr->n.kind != AX_OUTCOME) return match_list(in->ck, in->ctx, &happen->either, &step->match);
  bool fine = match_outcome(in->ck, in->ctx, &happen->mot, happen->decided, happen->mot.span, &step->match);
  Span shown = {expr->n.span.file, expr->n.span.start, happen->mot.span.end};
  if (fine) step->match.shown = match_shown(in->ck, in->ctx, shown);
  return fine;
}

static Cond *happening(Building *in, const AstExpr *expr, const Bound *group)
{
  bool outcome = expr->n.kind == AX_OUTCOME;
  Leaf *leaf = leaf_new(in, outcome ? LEAF_SOME : leaf_kind(expr->u.happen->counted), expr->n.span);
  Step *step = VEC_PUSH(in->ck->arena, &leaf->steps);
  leaf->count = outcome ? 0 : number_of(in, expr);
  bool fine = step_match(in, expr, step);
  fine = step_bound(in, &expr->u.happen->bound, group, step) && fine;
  return fine && leaf->count >= 0 ? leaf_cond(in, leaf) : NULL;
}

static Cond *before(Building *in, const AstExpr *expr, const Bound *group)
{
  Leaf *leaf = leaf_new(in, LEAF_BEFORE, expr->n.span);
  const AstExpr *sides[] = {expr->u.bin.l, expr->u.bin.r};
  bool fine = !group;
  if (group)
    SAY(in->ck, E0406, expr->n.span, "`before` asks for an order, not for a time; it takes no bound");
  for (unsigned i = 0; i < 2; i++) {
    Step *step = VEC_PUSH(in->ck->arena, &leaf->steps);
    step->span = sides[i]->n.span;
    fine = match_one(in->ck, in->ctx, sides[i]->u.match.matched, &step->match) && fine;
  }
  return fine ? leaf_cond(in, leaf) : NULL;
}

/* ---- sequences ---- */

static bool say_step(Building *in, const AstExpr *expr, const char *what, const char *help)
{
  Diag *diag = SAY(in->ck, E0409, expr->n.span, "%s", what);
  diag_help(in->ck->diags, diag, "%s", help);
  return false;
}

/* `(A or B) within D` as one step: any of them. */
static bool group_match(Building *in, const AstExpr *expr, Step *step)
{
  expr = bare_expr(expr);
  if (expr->n.kind == AX_OR)
    return group_match(in, expr->u.bin.l, step) & group_match(in, expr->u.bin.r, step);
  bool plain = expr->n.kind == AX_HAPPEN && expr->u.happen->counted == AST_SOME &&
               expr->u.happen->bound.kind == AST_UNBOUND;
  if (plain) return match_list(in->ck, in->ctx, &expr->u.happen->either, &step->match);
  return say_step(in, expr, "a step of a sequence is an event, or one of several: `(A or B)`",
                  "put conditions of other kinds beside the sequence, joined by `and`");
}

/* The last step may be `no E` or `at most n E`. */
static bool step_counted(Building *in, const AstExpr *expr, bool last, Step *step)
{
  uint16_t counted = expr->u.happen->counted;
  if (counted == AST_SOME) return true;
  if (counted == AST_AT_LEAST || counted == AST_EXACTLY)
    return say_step(in, expr, "a step of a sequence happens once; it cannot be counted",
                    "name it as often as it is meant: `A then A`, or put `at least` beside it with `and`");
  if (!last)
    return say_step(in, expr, "only the last step of a sequence can be `no` or `at most`",
                    "what must not happen comes last: `A within 2 h then no B within 1 d`");
  int64_t number = number_of(in, expr);
  step->counted = (uint32_t)(1 + number);
  return number >= 0;
}

static bool sequence_step(Building *in, const AstExpr *expr, bool last, Step *step)
{
  const Ctx *ctx = in->ctx;
  step->span = expr->n.span;
  if (expr->n.kind == AX_BOUNDED) {
    bool fine = group_match(in, expr->u.bounded.inner, step);
    step->match.shown = match_shown(in->ck, ctx, step->match.span);
    return bound_of(in->ck, ctx, &expr->u.bounded.bound, &step->bound) && fine;
  }
  if (expr->n.kind != AX_HAPPEN && expr->n.kind != AX_OUTCOME)
    return say_step(in, expr, "a step of a sequence is an event or an outcome",
                    "for example `A within 2 h then B`");
  bool fine = expr->n.kind == AX_OUTCOME || step_counted(in, expr, last, step);
  fine = step_match(in, expr, step) && fine;
  return step_bound(in, &expr->u.happen->bound, NULL, step) && fine;
}

static Cond *sequence(Building *in, const AstExpr *expr, const Bound *group)
{
  Leaf *leaf = leaf_new(in, LEAF_SEQUENCE, expr->n.span);
  bool fine = !group;
  if (group) {
    Diag *diag = SAY(in->ck, E0406, expr->n.span, "a bound around a sequence does not say which of its steps "
                     "it means");
    diag_help(in->ck->diags, diag, "give each step its own: `A within 2 h then B within 1 d`");
  }
  for (AST_EACH(AstExpr, step, expr->u.seq.steps)) {
    bool last = step->n.next == NULL;
    Step *to = VEC_PUSH(in->ck->arena, &leaf->steps);
    fine = sequence_step(in, step, last, to) && fine;
  }
  return fine ? leaf_cond(in, leaf) : NULL;
}

/* ---- and, or, not, groups ---- */

static bool unbound(const AstExpr *expr)
{
  if (expr->n.kind == AX_OR) return unbound(expr->u.bin.l) || unbound(expr->u.bin.r);
  bool some = expr->n.kind == AX_HAPPEN && expr->u.happen->counted == AST_SOME;
  return (some || expr->n.kind == AX_OUTCOME) && expr->u.happen->bound.kind == AST_UNBOUND;
}

/* `A or B within 4 h` bounds only B. */
static void warn_last_bound(Building *in, const AstExpr *expr)
{
  Checker *ck = in->ck;
  const AstExpr *last = expr->u.bin.r;
  bool happen = last->n.kind == AX_HAPPEN && last->u.happen->counted == AST_SOME;
  bool bounded = (happen || last->n.kind == AX_OUTCOME) && last->u.happen->bound.kind != AST_UNBOUND;
  if (!bounded || !unbound(expr->u.bin.l)) return;
  const AstBound *bound = &last->u.happen->bound;
  Diag *diag = SAY(ck, W0442, bound->span, "%s bounds only what stands directly before it; the rest has till "
                   "the end of the journey", quoted(ck, bound->span));
  Span group = {expr->n.span.file, expr->n.span.start, bound->span.start};
  const char *text = sym_text(ck->names, source_text(ck, group));
  diag_help(ck->diags, diag, "to bound all of it, write `(%s) %s`", text,
            sym_text(ck->names, source_text(ck, bound->span)));
  diag_fix(ck->diags, diag, group, "(%s) ", text);
}

static Cond *joined(Building *in, const AstExpr *expr, const Bound *group)
{
  if (expr->n.kind == AX_OR && !group) warn_last_bound(in, expr);
  Cond *cond = cond_new(in, expr->n.kind == AX_OR ? COND_OR : COND_AND, expr->n.span);
  cond->a = condition_of(in, expr->u.bin.l, group);
  cond->b = condition_of(in, expr->u.bin.r, group);
  return cond->a && cond->b ? cond : NULL;
}

static Cond *negated(Building *in, const AstExpr *expr, const Bound *group)
{
  Cond *cond = cond_new(in, COND_NOT, expr->n.span);
  cond->a = condition_of(in, expr->u.bin.l, group);
  return cond->a ? cond : NULL;
}

/* The bound of a group is checked once and shared. */
static Cond *bounded(Building *in, const AstExpr *expr)
{
  Bound *bound = ARENA_NEW(in->ck->arena, Bound);
  bool fine = bound_of(in->ck, in->ctx, &expr->u.bounded.bound, bound);
  Cond *cond = condition_of(in, expr->u.bounded.inner, bound);
  return fine ? cond : NULL;
}

static Cond *part(Building *in, const AstExpr *expr, const Bound *group)
{
  if (expr->n.kind == AX_ERROR) return NULL;
  if (!happens(expr)) return predicate(in, expr, group);
  switch ((AstExprKind)expr->n.kind) {
  case AX_PAREN: return condition_of(in, expr->u.bin.l, group);
  case AX_AND:
  case AX_OR: return joined(in, expr, group);
  case AX_NOT: return negated(in, expr, group);
  case AX_SEQUENCE: return sequence(in, expr, group);
  case AX_BEFORE: return before(in, expr, group);
  case AX_BOUNDED: return bounded(in, expr);
  default: return happening(in, expr, group);
  }
}

static Cond *condition_of(Building *in, const AstExpr *expr, const Bound *group)
{
  if (!go_deeper(in->ck, 1, expr->n.span)) return NULL;
  Cond *cond = part(in, expr, group);
  in->ck->depth--;
  return cond;
}

Condition *check_condition(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  uint32_t before_this = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  Condition *condition = ARENA_NEW(ck->arena, Condition);
  condition->span = expr->n.span;
  Building in = {ck, ctx, condition};
  condition->root = condition_of(&in, expr, NULL);
  ck->budget = before_this;
  return condition->root ? condition : NULL;
}
