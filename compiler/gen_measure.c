/*
 * gen_measure.c - aggregates over events and moments, metrics, targets.
 */
#include <string.h>

#include "compiler/gen_parts.h"

uint32_t window_row(Gen *g, const WindowUse *window)
{
  WindowRow row = {.kind = window->kind, .unit = window->unit, .length = window->length, .step = window->step,
                   .step_unit = window->step_unit};
  *VEC_PUSH(g->arena, &g->out->Window) = row;
  return g->out->Window.len - 1;
}

/* ---- aggregates ---- */

static Fn *event_fn(Gen *g, Event *event, Span span)
{
  Fn *fn = fn_new(g, FUNCTION_EVENT_VALUE, text_of(g, event->name), span);
  fn->event = event;
  fn->alone = true;
  return fn;
}

static uint32_t gen_event_value(Gen *g, Event *event, Expr *value)
{
  return value ? gen_value_function(event_fn(g, event, value->span), value) : MOT_NONE;
}

static uint32_t gen_group(Gen *g, Event *event, Sym name)
{
  const Field *field = name ? field_named(event, name) : NULL;
  if (!field) return MOT_NONE;
  Fn *fn = event_fn(g, event, field->span);
  fn->result = field->type.base;
  gen_return(fn, gen_event_field(fn, name, true, -1));
  return fn_finish(fn);
}

static AggregateInputRow gen_input(Gen *g, const AggregateUse *use, uint32_t i, const Sym group[2])
{
  const MatchCase *at = &use->match->cases.data[i];
  AggregateInputRow row = {.event = event_row(g, at->event), .group_1 = MOT_NONE, .group_2 = MOT_NONE};
  g->out->Event.data[row.event].used = 1;
  row.test = gen_event_value(g, at->event, at->where);
  row.value = i < use->values.len ? gen_event_value(g, at->event, use->values.data[i]) : MOT_NONE;
  if (group) {
    row.group_1 = gen_group(g, at->event, group[0]);
    row.group_2 = gen_group(g, at->event, group[1]);
  }
  return row;
}

static uint32_t gen_moment_value(Gen *g, const Fn *like, Expr *value)
{
  Fn *fn = fn_new(g, FUNCTION_SUBJECT_VALUE, like->name, value->span);
  fn->experience = like->experience;
  fn->mot = like->mot;
  return gen_value_function(fn, value);
}

uint32_t gen_aggregate(Gen *g, AggregateUse *use, const Fn *subject, const Sym group[2])
{
  uint32_t number = g->out->Aggregate.len,
    inputs = use->over == AGGREGATE_OVER_EVENTS ? use->match->cases.len : 0;
  AggregateRow row = {.kind = use->kind, .type = use->type.base, .quantile = use->quantile,
                      .currency = currency_row(use->type), .over = use->over, .value = MOT_NONE,
                      .test = MOT_NONE};
  row.inputs = g->out->AggregateInput.len;
  row.inputs_count = inputs;
  for (uint32_t i = 0; i < inputs; i++) {
    AggregateInputRow input = gen_input(g, use, i, group);
    *VEC_PUSH(g->arena, &g->out->AggregateInput) = input;
  }
  if (use->over == AGGREGATE_OVER_MOMENTS && use->value && subject) {
    bool truth = use->kind == AGGREGATE_RATE || use->kind == AGGREGATE_COUNT;
    *(truth ? &row.test : &row.value) = gen_moment_value(g, subject, use->value);
  }
  *VEC_PUSH(g->arena, &g->out->Aggregate) = row;
  return number;
}

/* ---- metrics ---- */

static void write_metric(Gen *g, Metric *metric)
{
  MetricRow row = {.name = text_of(g, metric->name), .doc = text_of(g, metric->doc),
                   .type = metric->type.base,
                   .currency = currency_row(metric->type), .group_1 = text_of(g, metric->group[0]),
                   .group_2 = text_of(g, metric->group[1]), .groups = metric->groups};
  row.aggregates = g->out->Aggregate.len;
  row.aggregates_count = metric->aggregates.len;
  for (uint32_t i = 0; i < metric->aggregates.len; i++)
    gen_aggregate(g, metric->aggregates.data[i], NULL, metric->group);
  Fn *fn = fn_new(g, FUNCTION_GROUP_VALUE, row.name, metric->span);
  fn->metric = metric;
  fn->aggregates = metric->aggregates.data;
  fn->aggregate_count = metric->aggregates.len;
  row.value = gen_value_function(fn, metric->value);
  row.window = window_row(g, &metric->window);
  g->out->Metric.data[metric->row] = row;
}

void gen_metrics(Gen *g)
{
  for (uint32_t i = 0; i < g->program->metrics.len; i++) VEC_PUSH(g->arena, &g->out->Metric);
  for (uint32_t i = 0; i < g->program->metrics.len; i++) write_metric(g, g->program->metrics.data[i]);
}

/* ---- targets ---- */

typedef struct AggregateList {
  Arena *arena;
  VEC(AggregateUse *) list;
} AggregateList;

static void add_aggregate(void *user, Expr *expr)
{
  AggregateList *all = user;
  if (expr->kind != EX_AGGREGATE) return;
  for (uint32_t i = 0; i < all->list.len; i++)
    if (all->list.data[i] == expr->u.aggregate) return;
  *VEC_PUSH(all->arena, &all->list) = expr->u.aggregate;
}

static int64_t goal_bits(const Target *target)
{
  const Expr *goal = target->goal;
  double number = goal->kind == EX_NUMBER ? goal->u.f : (double)goal->u.i;
  int64_t bits = goal->u.i;
  if (goal->kind == EX_NUMBER || class_of(target->type) == CLASS_F) memcpy(&bits, &number, sizeof bits);
  return bits;
}

static void write_target(Gen *g, Target *target, const Fn *like)
{
  TargetRow row = {.text = text_of(g, target->text), .of = target->of, .type = target->type.base,
                   .compare = target->compare, .min_cases = target->min_cases, .goal = goal_bits(target),
                   .currency = currency_row(target->type), .value = MOT_NONE};
  AggregateList all = {.arena = g->arena};
  each_expr(target->value, add_aggregate, &all);
  row.aggregates = g->out->Aggregate.len;
  row.aggregates_count = all.list.len;
  for (uint32_t i = 0; i < all.list.len; i++) gen_aggregate(g, all.list.data[i], like, NULL);
  if (target->value) {
    Fn *fn = fn_new(g, FUNCTION_GROUP_VALUE, like->name, target->span);
    fn->target = target->row;
    fn->aggregates = all.list.data;
    fn->aggregate_count = all.list.len;
    row.value = gen_value_function(fn, target->value);
  }
  row.window = window_row(g, &target->window);
  g->out->Target.data[target->row] = row;
}

uint32_t gen_targets(Gen *g, Target **targets, uint32_t count, const Fn *like)
{
  uint32_t first = g->out->Target.len;
  for (uint32_t i = 0; i < count; i++) {
    targets[i]->row = first + i;
    VEC_PUSH(g->arena, &g->out->Target);
  }
  for (uint32_t i = 0; i < count; i++) write_target(g, targets[i], like);
  return first;
}
