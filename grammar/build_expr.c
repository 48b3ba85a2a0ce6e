/*
 * build_expr.c - nodes of expressions, conditions and patterns.
 */
#include "grammar/build.h"
#include "grammar/syntax.h"

/* ---- names and paths ------------------------------------------------------------ */

AstNode *word_node(Parser *p, AstName name)
{
  AstWord *word = NODE(p, AstWord, 0, name.span);
  word->sym = name.sym;
  return &word->n;
}

AstNode *raw_word(Parser *p, AstName name, AstText raw, Span span)
{
  AstWord *word = NODE(p, AstWord, 0, span);
  word->sym = name.sym;
  word->raw = raw.sym;
  word->raw_span = raw.span;
  return &word->n;
}

AstPath path_start(Parser *p, AstName name)
{
  return (AstPath){name.span, list_one(word_node(p, name))};
}

AstPath path_add(Parser *p, AstPath path, AstName name)
{
  return (AstPath){span_join(path.span, name.span), list_add(path.words, word_node(p, name))};
}

/* ---- expressions ------------------------------------------------------------------ */

AstExpr *expr_new(Parser *p, AstExprKind kind, Span span)
{
  return NODE(p, AstExpr, kind, span);
}

/* Counts the operators below; a tree too deep for the passes is cut off, and said once. */
static AstExpr *deeper(Parser *p, AstExpr *expr, const AstExpr *l, const AstExpr *r)
{
  unsigned depth = l ? l->depth : 0;
  if (r && r->depth > depth) depth = r->depth;
  expr->depth = (uint16_t)(depth + 1);
  if (expr->depth <= PARSE_DEPTH) return expr;
  say_too_long(p, expr->n.span);
  return expr_new(p, AX_ERROR, expr->n.span);
}

AstExpr *expr_binary(Parser *p, AstExprKind kind, AstExpr *l, AstExpr *r, Span sign)
{
  AstExpr *expr = expr_new(p, kind, span_join(l->n.span, r->n.span));
  expr->u.bin.l = l;
  expr->u.bin.r = r;
  expr->u.bin.op_span = sign;
  return deeper(p, expr, l, r);
}

AstExpr *expr_unary(Parser *p, AstExprKind kind, AstExpr *l, Span span)
{
  AstExpr *expr = expr_new(p, kind, span);
  expr->u.bin.l = l;
  return deeper(p, expr, l, NULL);
}

AstExpr *expr_compare(Parser *p, int op, AstExpr *l, AstExpr *r, Span sign)
{
  AstExpr *expr = expr_binary(p, AX_COMPARE, l, r, sign);
  if (expr->n.kind == AX_COMPARE) expr->u.bin.op = (uint16_t)op;
  return expr;
}

AstExpr *expr_path(Parser *p, AstPath path)
{
  AstExpr *expr = expr_new(p, AX_PATH, path.span);
  expr->u.call.path = path;
  return expr;
}

AstExpr *expr_name(Parser *p, AstName name)
{
  return expr_path(p, path_start(p, name));
}

AstExpr *expr_text(Parser *p, AstText text)
{
  AstExpr *expr = expr_new(p, AX_TEXT, text.span);
  expr->u.text = text.sym;
  return expr;
}

AstExpr *expr_money(Parser *p, AstExpr *amount, AstName currency, Span span)
{
  AstExpr *expr = expr_new(p, AX_MONEY, span);
  Span digits = amount->n.span;
  expr->u.num.digits = intern(p->in->interner, p->text + digits.start, digits.end - digits.start);
  expr->u.num.unit = currency.sym;
  return expr;
}

static unsigned depth_of_args(AstList args)
{
  unsigned depth = 0;
  for (AST_EACH(AstExpr, arg, args)) {
    if (arg->depth > depth) depth = arg->depth;
  }
  return depth;
}

AstExpr *expr_call(Parser *p, AstPath path, AstList args, Span span)
{
  AstExpr *expr = expr_new(p, AX_CALL, span);
  expr->u.call.path = path;
  expr->u.call.args = args;
  expr->depth = (uint16_t)depth_of_args(args);
  return deeper(p, expr, expr, NULL);
}

AstExpr *call_window(AstExpr *call, AstExpr *last, AstExpr *keep, Span span)
{
  call->n.span = span;
  if (call->n.kind == AX_ERROR) return call;
  call->u.call.last = last;
  call->u.call.keep = keep;
  return call;
}

AstNode *argument(AstExpr *expr)
{
  bool plain = expr->n.kind == AX_HAPPEN && expr->u.happen->counted == AST_SOME &&
               expr->u.happen->bound.kind == AST_UNBOUND;
  if (!plain) return &expr->n;
  AstMatched *matched = (AstMatched *)(void *)expr->u.happen->either.first;
  expr->n.kind = AX_MATCHED;
  expr->u.match.matched = matched;
  return &expr->n;
}

AstExpr *expr_event_field(Parser *p, AstPath event, AstName field, Span span)
{
  AstExpr *expr = expr_new(p, AX_EVENT_FIELD, span);
  expr->u.field.event = event;
  expr->u.field.name = field;
  return expr;
}

AstExpr *expr_last_field(Parser *p, AstMatched *matched, AstName field, Span span)
{
  AstExpr *expr = expr_new(p, AX_LAST_FIELD, span);
  expr->u.field.matched = matched;
  expr->u.field.name = field;
  return deeper(p, expr, matched->where, NULL);
}

AstExpr *expr_case(Parser *p, AstExpr *subject, AstList arms, Span span)
{
  AstExpr *expr = expr_new(p, AX_CASE, span);
  expr->u.choose.subject = subject;
  expr->u.choose.arms = arms;
  expr->depth = subject->depth;
  for (AST_EACH(AstArm, arm, arms)) {
    if (arm->value->depth > expr->depth) expr->depth = arm->value->depth;
  }
  return deeper(p, expr, expr, NULL);
}

AstList arm_add(Parser *p, AstList arms, AstName label, AstExpr *value)
{
  AstArm *arm = NODE(p, AstArm, 0, span_join(label.span, value->n.span));
  arm->label = label;
  arm->value = value;
  const AstArm *last = (const AstArm *)(const void *)arms.last;
  if (last) check_arm_order(p, last->label, label);
  return list_add(arms, &arm->n);
}

/* ---- conditions -------------------------------------------------------------------- */

AstMatched *matched_node(Parser *p, AstPath event, AstExpr *where, Span span)
{
  AstMatched *matched = NODE(p, AstMatched, 0, span);
  matched->event = event;
  matched->where = where;
  return matched;
}

static AstExpr *happen_new(Parser *p, AstExprKind kind, Span span)
{
  AstExpr *expr = expr_new(p, kind, span);
  expr->u.happen = ARENA_NEW(p->in->arena, AstHappen);
  return expr;
}

AstExpr *counted_node(Parser *p, AstCounted counted, AstExpr *number)
{
  AstExpr *expr = happen_new(p, AX_HAPPEN, p->last.span);
  expr->u.happen->counted = (uint16_t)counted;
  expr->u.happen->number = number;
  return expr;
}

/* The bound, and the depth of all that hangs below. */
static AstExpr *happen_bound(Parser *p, AstExpr *expr, const AstBound *bound)
{
  if (bound) {
    expr->u.happen->bound = *bound;
    expr->depth = bound->value->depth;
  }
  for (AST_EACH(AstMatched, matched, expr->u.happen->either)) {
    if (matched->where && matched->where->depth > expr->depth) expr->depth = matched->where->depth;
  }
  return deeper(p, expr, expr, NULL);
}

AstExpr *expr_counted(Parser *p, AstExpr *counted, AstList either, const AstBound *bound, Span span)
{
  counted->n.span = span;
  counted->u.happen->either = either;
  return happen_bound(p, counted, bound);
}

AstExpr *expr_happen(Parser *p, AstMatched *matched, const AstBound *bound, Span span)
{
  return expr_counted(p, counted_node(p, AST_SOME, NULL), list_one(&matched->n), bound, span);
}

AstExpr *expr_outcome(Parser *p, int decided, AstPath mot, const AstBound *bound, Span span)
{
  AstExpr *expr = happen_new(p, AX_OUTCOME, span);
  expr->u.happen->decided = (uint16_t)decided;
  expr->u.happen->mot = mot;
  return happen_bound(p, expr, bound);
}

AstExpr *expr_bounded(Parser *p, AstExpr *inner, const AstBound *bound, Span span)
{
  AstExpr *expr = expr_new(p, AX_BOUNDED, span);
  expr->u.bounded.inner = inner;
  expr->u.bounded.bound = *bound;
  return deeper(p, expr, inner, bound->value);
}

AstExpr *expr_before(Parser *p, AstMatched *l, AstMatched *r, Span sign)
{
  AstExpr *first = expr_new(p, AX_MATCHED, l->n.span);
  AstExpr *second = expr_new(p, AX_MATCHED, r->n.span);
  first->u.match.matched = l;
  second->u.match.matched = r;
  return expr_binary(p, AX_BEFORE, first, second, sign);
}

AstExpr *expr_then(Parser *p, AstExpr *steps, AstExpr *step, Span span)
{
  AstExpr *expr = steps;
  if (steps->n.kind != AX_SEQUENCE) {
    expr = expr_new(p, AX_SEQUENCE, span);
    deeper(p, expr, steps, NULL);
    expr->u.seq.steps = list_one(&steps->n);
  }
  expr->n.span = span;
  expr->u.seq.steps = list_add(expr->u.seq.steps, &step->n);
  return step->depth < expr->depth ? expr : deeper(p, expr, step, NULL);
}

static AstBound *bound_new(Parser *p, AstBoundKind kind, AstExpr *value, Span span)
{
  AstBound *bound = ARENA_NEW(p->in->arena, AstBound);
  bound->kind = (uint16_t)kind;
  bound->value = value;
  bound->span = span;
  return bound;
}

AstBound *bound_within(Parser *p, AstExpr *value, AstPath calendar, Span span)
{
  AstBoundKind kind = calendar.words.count != 0 ? AST_WITHIN_CALENDAR : AST_WITHIN;
  AstBound *bound = bound_new(p, kind, value, span);
  bound->calendar = calendar;
  check_has_unit(p, value);
  return bound;
}

AstBound *bound_open_days(Parser *p, AstExpr *days, AstPath calendar, Span span)
{
  AstBound *bound = bound_new(p, AST_WITHIN_OPEN_DAYS, days, span);
  bound->calendar = calendar;
  return bound;
}

AstBound *bound_by(Parser *p, AstExpr *time, Span span)
{
  return bound_new(p, AST_BY, time, span);
}

AstSpanOf span_of(AstExpr *value)
{
  return (AstSpanOf){value->n.span, value};
}

/* ---- patterns ----------------------------------------------------------------------- */

AstStep *step_node(Parser *p, AstMatched *matched, AstName as, Span span)
{
  AstStep *step = NODE(p, AstStep, 0, span);
  step->matched = matched;
  step->as = as;
  return step;
}

AstChoice *choice_steps(Parser *p, AstShape shape, AstStep *step, Span span)
{
  AstChoice *choice = NODE(p, AstChoice, 0, span);
  choice->shape = (uint16_t)shape;
  choice->steps = list_one(&step->n);
  return choice;
}

/* A step with a bound covers it. */
static void step_bound(AstStep *step, const AstBound *bound)
{
  step->bound = *bound;
  step->n.span = span_join(step->n.span, bound->span);
}

AstChoice *choice_then(AstChoice *chain, AstStep *step, const AstBound *bound)
{
  step_bound(step, bound);
  chain->steps = list_add(chain->steps, &step->n);
  chain->n.span = span_join(chain->n.span, step->n.span);
  return chain;
}

AstChoice *choice_count(Parser *p, AstExpr *number, AstStep *step, const AstBound *bound, Span span)
{
  step_bound(step, bound);
  AstChoice *choice = choice_steps(p, AST_COUNT, step, span);
  choice->number = number;
  return choice;
}

AstChoice *choice_silence(Parser *p, AstMatched *matched, AstExpr *duration, Span span)
{
  AstStep *step = step_node(p, matched, no_name(), matched->n.span);
  step_bound(step, bound_new(p, AST_WITHIN, duration, duration->n.span));
  check_has_unit(p, duration);
  return choice_steps(p, AST_SILENCE, step, span);
}

AstChoice *choice_outcome(Parser *p, int decided, AstPath mot, AstName as, Span span)
{
  AstChoice *choice = NODE(p, AstChoice, 0, span);
  choice->shape = AST_WHEN_OUTCOME;
  choice->decided = (uint16_t)decided;
  choice->mot = mot;
  choice->as = as;
  return choice;
}

AstChoice *choice_mode(AstChoice *choice, int mode, Span span)
{
  choice->mode = (uint16_t)mode;
  choice->n.span = span;
  return choice;
}

AstPattern *pattern_start(Parser *p, AstChoice *choice)
{
  AstPattern *pattern = ARENA_NEW(p->in->arena, AstPattern);
  pattern->span = choice->n.span;
  pattern->choices = list_one(&choice->n);
  return pattern;
}

AstPattern *pattern_add(AstPattern *pattern, AstChoice *choice)
{
  pattern->span = span_join(pattern->span, choice->n.span);
  pattern->choices = list_add(pattern->choices, &choice->n);
  return pattern;
}
