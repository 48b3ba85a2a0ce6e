/*
 * build_item.c - nodes of the clauses in a block.
 */
#include "grammar/build.h"
#include "grammar/docs.h"
#include "grammar/syntax.h"

AstItem *item_new(Parser *p, AstItemKind kind, Span span, Span keyword)
{
  AstItem *item = NODE(p, AstItem, kind, span);
  item->keyword = keyword;
  return item;
}

AstItem *item_error(Parser *p, Span span)
{
  return item_new(p, AI_ERROR, span, span);
}

AstItem *item_text(Parser *p, AstItemKind kind, AstText text, Span span, Span keyword)
{
  AstItem *item = item_new(p, kind, span, keyword);
  item->u.text = text;
  return item;
}

AstItem *item_name(Parser *p, AstItemKind kind, AstName name, Span span, Span keyword)
{
  AstItem *item = item_new(p, kind, span, keyword);
  item->u.name = name;
  return item;
}

AstItem *item_expr(Parser *p, AstItemKind kind, AstExpr *expr, Span span, Span keyword)
{
  AstItem *item = item_new(p, kind, span, keyword);
  item->u.expr = expr;
  return item;
}

AstItem *item_list(Parser *p, AstItemKind kind, AstList list, Span span, Span keyword)
{
  AstItem *item = item_new(p, kind, span, keyword);
  item->u.list = list;
  return item;
}

AstItem *item_pattern(Parser *p, AstItemKind kind, const AstPattern *pattern, Span span, Span keyword)
{
  AstItem *item = item_new(p, kind, span, keyword);
  item->u.pattern = *pattern;
  return item;
}

AstItem *item_stream(Parser *p, AstName name, AstText path, AstName format, AstExpr *dedupe, Span span)
{
  AstItem *item = item_new(p, AI_STREAM_FIELD, span, name.span);
  item->u.stream.name = name;
  item->u.stream.path = path;
  item->u.stream.format = format;
  item->u.stream.dedupe = dedupe;
  return item;
}

AstItem *item_sco(Parser *p, AstText text, AstExpr *condition, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_SCO, span, keyword);
  item->u.sco.text = text;
  item->u.sco.condition = condition;
  return item;
}

AstItem *item_allow(Parser *p, AstName code, AstText reason, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_ALLOW, span, keyword);
  item->u.allow.code = code;
  item->u.allow.reason = reason;
  return item;
}

AstItem *item_on(Parser *p, AstTrigger trigger, AstList actions, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_ON, span, keyword);
  item->u.on.trigger = (uint16_t)trigger;
  item->u.on.actions = actions;
  return item;
}

AstItem *item_producers(Parser *p, AstList teams, AstExpr *by, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_PRODUCERS, span, keyword);
  item->u.producers.teams = teams;
  item->u.producers.by = by;
  return item;
}

AstItem *item_impact(Parser *p, AstExpr *amount, int decided, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_IMPACT, span, keyword);
  item->u.impact.amount = amount;
  item->u.impact.decided = (uint16_t)decided;
  return item;
}

AstItem *item_target(Parser *p, const AstTarget *target, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_TARGET, span, keyword);
  item->u.target = *target;
  return item;
}

AstItem *item_pause(Parser *p, const AstPattern *on, const AstPattern *until, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_PAUSE, span, keyword);
  item->u.pause.on = *on;
  item->u.pause.until = *until;
  return item;
}

AstItem *item_measure(Parser *p, AstMeasure kind, AstPath path)
{
  AstItem *item = item_new(p, AI_MEASURE, path.span, path.span);
  item->u.measure.kind = (uint16_t)kind;
  item->u.measure.path = path;
  return item;
}

AstItem *item_span(AstItem *item, Span span, Span keyword)
{
  item->n.span = span;
  item->keyword = keyword;
  return item;
}

AstItem *item_every(Parser *p, AstSpanOf every, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_EVERY, span, keyword);
  item->u.every = every;
  return item;
}

AstItem *item_review_on(Parser *p, AstPath path, Span span, Span keyword)
{
  AstItem *item = item_new(p, AI_REVIEW_ON, span, keyword);
  item->u.path = path;
  return item;
}

AstMot *mot_start(Parser *p, AstPath like, AstList args)
{
  AstMot *mot = ARENA_NEW(p->in->arena, AstMot);
  mot->like = like;
  mot->like_args = args;
  return mot;
}

AstItem *item_mot(Parser *p, AstMot *mot, AstName name, AstText title, AstList items, Span span,
                  Span keyword)
{
  mot->name = name;
  mot->title = title;
  mot->items = items;
  mot->doc = doc_at(p, span.start);
  AstItem *item = item_new(p, AI_MOT, span, keyword);
  item->u.mot = mot;
  return item;
}

AstItem *item_goal(Parser *p, AstName name, AstText title, AstName each, AstList items, Span span)
{
  AstGoal *goal = ARENA_NEW(p->in->arena, AstGoal);
  goal->name = name;
  goal->title = title;
  goal->each = each;
  goal->items = items;
  goal->doc = doc_at(p, span.start);
  AstItem *item = item_new(p, AI_GOAL, span, (Span){span.file, span.start, span.start + 4});
  item->u.goal = goal;
  return item;
}

/* ---- parts of clauses ------------------------------------------------------------------ */

AstNode *days_node(Parser *p, AstName from, AstName to)
{
  AstHours *hours = NODE(p, AstHours, 0, from.span);
  hours->from_day = from;
  hours->to_day = to;
  return &hours->n;
}

AstNode *hours_of(AstNode *days, int64_t from, int64_t to, Span span)
{
  AstHours *hours = (AstHours *)(void *)days;
  hours->n.span = span;
  hours->from = from;
  hours->to = to;
  return days;
}

AstNode *dates_node(Parser *p, AstExpr *from, AstExpr *to, Span span)
{
  AstDates *dates = NODE(p, AstDates, 0, span);
  dates->from = from;
  dates->to = to;
  return &dates->n;
}

AstNode *dates_of(Parser *p, AstPath calendar, Span span)
{
  AstDates *dates = NODE(p, AstDates, 0, span);
  dates->calendar = calendar;
  return &dates->n;
}

AstTarget *target_of(Parser *p, AstExpr *test)
{
  AstTarget *target = ARENA_NEW(p->in->arena, AstTarget);
  if (test->n.kind != AX_COMPARE) {
    target->right = test;
    return target;
  }
  target->has_op = 1;
  target->op = test->u.bin.op;
  target->left = test->u.bin.l;
  target->right = test->u.bin.r;
  return target;
}

AstTarget *target_right(Parser *p, int op, AstExpr *value)
{
  AstTarget *target = ARENA_NEW(p->in->arena, AstTarget);
  target->has_op = 1;
  target->op = (uint16_t)op;
  target->right = value;
  return target;
}

AstTarget *target_window(AstTarget *target, AstSpanOf over, AstSpanOf step, AstExpr *min_cases, Span span)
{
  target->over = over;
  target->step = step;
  target->min_cases = min_cases;
  target->span = span;
  return target;
}

AstNode *action_alert(Parser *p, AstName who, AstList options, Span span)
{
  AstAction *action = NODE(p, AstAction, AST_ALERT, span);
  action->who = who;
  action->options = options;
  return &action->n;
}

AstNode *action_correct(Parser *p, AstText text, AstName who, const AstBound *within, AstExpr *until,
                        Span span)
{
  AstAction *action = NODE(p, AstAction, AST_CORRECT, span);
  action->text = text;
  action->who = who;
  action->within = *within;
  action->until = until;
  return &action->n;
}

static AstOption *option_new(Parser *p, AstOptionKind kind, Span span)
{
  return NODE(p, AstOption, kind, span);
}

AstOption *option_name(Parser *p, AstName name, Span span)
{
  AstOption *option = option_new(p, AST_OPT_SEVERITY, span);
  option->name = name;
  return option;
}

AstOption *option_text(Parser *p, AstText text, Span span)
{
  AstOption *option = option_new(p, AST_OPT_TEXT, span);
  option->text = text;
  return option;
}

AstOption *option_time(Parser *p, AstOptionKind kind, AstExpr *duration, Span span)
{
  AstOption *option = option_new(p, kind, span);
  option->duration = duration;
  return option;
}
