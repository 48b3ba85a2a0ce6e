/*
 * check_metric.c - metrics: a value over summaries of events, per group and
 * window.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"
#include "compiler/scope.h"

enum { GROUPS = 10000, GROUPS_MAX = 10000000 };

static void add_aggregate(Checker *ck, AggregateUse *use, AggregateVec *into)
{
  for (uint32_t i = 0; i < into->len; i++)
    if (into->data[i] == use) return;
  *VEC_PUSH(ck->arena, into) = use;
}

void collect_aggregates(Checker *ck, const Expr *expr, AggregateVec *into)
{
  if (!expr) return;
  if (expr->kind == EX_AGGREGATE) {
    add_aggregate(ck, expr->u.aggregate, into);
    return;
  }
  collect_aggregates(ck, expr->a, into);
  collect_aggregates(ck, expr->b, into);
  if (expr->kind == EX_CALL) {
    for (uint32_t i = 0; i < expr->u.call.count; i++) collect_aggregates(ck, expr->u.call.args[i], into);
  } else if (expr->kind == EX_CASE) {
    for (uint32_t i = 0; i < expr->u.choose.count; i++)
      collect_aggregates(ck, expr->u.choose.arms[i].value, into);
  }
}

/* ---- where: a further condition on every event that is summed up ---------------------- */

static void narrow_case(Checker *ck, const Ctx *ctx, MatchCase *at, const AstExpr *where)
{
  Ctx inside = *ctx;
  inside.reach = REACH_EVENT;
  inside.event = at->event;
  Expr *truth = check_truth(ck, &inside, where);
  if (expr_wrong(truth)) return;
  if (at->where) {
    Expr *both = value_new(ck, EX_AND, type_plain(VALUE_BOOL), where->n.span);
    both->a = at->where;
    both->b = truth;
    truth = both;
  }
  at->where = truth;
}

/* ---- by: fields that every event has ---------------------------------------------------- */

static bool can_name_group(Type type)
{
  return type_wrong(type) || type_string(type) || type_is(type, VALUE_INT) || type_is(type, VALUE_BOOL) ||
         type_is(type, VALUE_LISTED);
}

static void check_group_field(Checker *ck, const Event *event, const AstWord *word)
{
  Field *field = need_field(ck, event, (AstName){word->sym, word->n.span});
  if (!field) return;
  field->used = true;
  if (can_name_group(field->type)) return;
  Diag *diag = SAY(ck, E0510, word->n.span, "`%s` is %s, which makes no groups",
                   sym_text(ck->names, word->sym), type_phrase(ck, field->type));
  diag_note(ck->diags, diag, field->span, "declared here");
  diag_help(ck->diags, diag, "group by an id, a text, a whole number, a listed value or a yes-or-no field");
}

static void check_by(Checker *ck, Metric *metric, AstList by)
{
  uint32_t count = 0;
  for (AST_EACH(AstWord, word, by)) {
    if (count == 2) {
      Diag *diag = SAY(ck, E0510, word->n.span, "a metric has groups by one field or two");
      diag_help(ck->diags, diag, "leave out this one, or declare another metric for it");
      return;
    }
    metric->group[count++] = word->sym;
  }
}

/* What one aggregate reads: `where` and `by` hold for each kind of event. */
static void check_input(Checker *ck, const Ctx *ctx, AggregateUse *use, const AstDecl *decl)
{
  for (uint32_t i = 0; use->match && i < use->match->cases.len; i++) {
    MatchCase *at = &use->match->cases.data[i];
    if (!at->event) continue;
    at->event->used = true;
    if (decl->u.metric.where) narrow_case(ck, ctx, at, decl->u.metric.where);
    uint32_t count = 0;
    for (AST_EACH(AstWord, word, decl->u.metric.by))
      if (count++ < 2) check_group_field(ck, at->event, word);
  }
}

/* ---- the declaration ------------------------------------------------------------------------ */

static void check_groups(Checker *ck, Metric *metric, const AstDecl *decl)
{
  const AstExpr *groups = decl->u.metric.groups;
  metric->groups = GROUPS;
  if (!groups || groups->n.kind != AX_INT) return;
  if (groups->u.i >= 1 && groups->u.i <= GROUPS_MAX)
    metric->groups = (uint32_t)groups->u.i;
  else
    SAY(ck, E0510, groups->n.span, "a metric keeps 1 to %d groups; the rest are counted together",
        GROUPS_MAX);
}

static bool check_metric_value(Checker *ck, const Ctx *ctx, Metric *metric, const AstExpr *ast)
{
  AggregateVec uses = {0};
  metric->value = check_expr(ck, ctx, ast);
  metric->type = type_there(metric->value->type);
  if (expr_wrong(metric->value)) return false;
  collect_aggregates(ck, metric->value, &uses);
  for (uint32_t i = 0; i < uses.len; i++) *VEC_PUSH(ck->arena, &metric->aggregates) = uses.data[i];
  if (uses.len == 0) {
    Diag *diag = SAY(ck, E0508, ast->n.span, "a metric sums up events; nothing here does");
    diag_help(ck->diags, diag, "write a summary such as `count(CallEnded)` or `p95(CallEnded.wait)`");
    return false;
  }
  if (type_measurable(metric->type)) return true;
  Diag *diag = SAY(ck, E0509, ast->n.span, "a metric is a number, a share, a length of time or money, not %s",
                   type_phrase(ck, metric->type));
  diag_help(ck->diags, diag, "for a share of events write `rate(E where …)`");
  return false;
}

static Metric *check_metric(Checker *ck, const Entity *entity)
{
  const AstDecl *decl = entity->decl;
  Ctx ctx = {.unit = entity->unit, .reach = REACH_AGGREGATE, .what = "a metric"};
  uint32_t kinds = 0;
  Metric *metric = ARENA_NEW(ck->arena, Metric);
  metric->name = decl->name.sym;
  metric->doc = decl->doc;
  metric->span = decl->name.span;
  metric->decl = decl;
  bool right = check_metric_value(ck, &ctx, metric, decl->u.metric.value);
  check_by(ck, metric, decl->u.metric.by);
  for (uint32_t i = 0; i < metric->aggregates.len; i++) {
    const Match *match = metric->aggregates.data[i]->match;
    kinds += match ? match->cases.len : 0;
  }
  ctx.several = kinds > 1;
  for (uint32_t i = 0; right && i < metric->aggregates.len; i++)
    check_input(ck, &ctx, metric->aggregates.data[i], decl);
  check_groups(ck, metric, decl);
  right &= check_window(ck, &ctx, &decl->u.metric.per, &decl->u.metric.over, &decl->u.metric.step,
                        &metric->window);
  if (!right) return NULL;
  *VEC_PUSH(ck->arena, &ck->program->metrics) = metric;
  return metric;
}

Metric *need_metric(Checker *ck, Entity *entity)
{
  if (entity->state != ENTITY_NEW) return entity->is.metric;
  Aside aside = step_aside(ck);
  entity->state = ENTITY_CHECKING;
  entity->is.metric = check_metric(ck, entity);
  entity->state = ENTITY_DONE;
  step_back(ck, aside);
  return entity->is.metric;
}
