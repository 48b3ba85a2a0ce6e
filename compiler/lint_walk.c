/*
 * lint_walk.c - every place of a program that tests events or values.
 */
#include "compiler/lint.h"

/* Where it was written if that is inside the declaration, else its name. */
static Span home_of(const LintWalk *walk, Span written)
{
  return span_inside(written, walk->scope) ? written : walk->name;
}

static void enter(LintWalk *walk, Span scope, Span name)
{
  walk->scope = scope;
  walk->name = name;
}

static void walk_value(LintWalk *walk, const Expr *value, Span home)
{
  if (value && walk->value) walk->value(walk, value, home);
}

static void walk_truth(LintWalk *walk, const Expr *truth, Span home)
{
  if (truth && walk->truth) walk->truth(walk, truth, home);
}


static void walk_match(LintWalk *walk, const Match *match)
{
  if (match && match->cases.len > 0 && walk->match) walk->match(walk, match, home_of(walk, match->span));
}

static void walk_step(LintWalk *walk, const Step *step)
{
  walk_match(walk, &step->match);
  walk_value(walk, step->bound.value, home_of(walk, step->bound.span));
}

static void walk_pattern(LintWalk *walk, const Pattern *pattern)
{
  if (!pattern) return;
  if (walk->pattern) walk->pattern(walk, pattern, home_of(walk, pattern->span));
  for (uint32_t i = 0; i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t s = 0; s < choice->steps.len; s++) walk_step(walk, &choice->steps.data[s]);
  }
}

static void walk_condition(LintWalk *walk, const Condition *condition)
{
  if (!condition) return;
  for (uint32_t i = 0; i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    walk_truth(walk, leaf->predicate, home_of(walk, leaf->span));
    for (uint32_t s = 0; s < leaf->steps.len; s++) walk_step(walk, &leaf->steps.data[s]);
  }
}

static void walk_aggregate(LintWalk *walk, const AggregateUse *use)
{
  void (*each)(LintWalk *, const Expr *, Span) = use->kind == AGGREGATE_RATE ? walk_truth : walk_value;
  walk_match(walk, use->match);
  for (uint32_t i = 0; i < use->values.len; i++)
    each(walk, use->values.data[i], home_of(walk, use->values.data[i]->span));
  if (use->value) each(walk, use->value, home_of(walk, use->value->span));
}

static void walk_target_part(void *user, const Expr *part)
{
  if (part->kind == EX_AGGREGATE) walk_aggregate(user, part->u.aggregate);
}

static void walk_targets(LintWalk *walk, Target *const *targets, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) lint_each_part(targets[i]->value, walk_target_part, walk);
}

static void walk_actions(LintWalk *walk, Action *const *actions, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const Action *action = actions[i];
    Span here = home_of(walk, action->span);
    walk_value(walk, action->risk, here);
    for (uint32_t t = 0; t < action->text.len; t++) walk_value(walk, action->text.data[t].value, here);
    if (action->correction) walk_condition(walk, action->correction->until);
  }
}

static void walk_patterns(LintWalk *walk, Pattern *const *patterns, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) walk_pattern(walk, patterns[i]);
}

static void walk_refs(LintWalk *walk, Ref *const *refs, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) walk_match(walk, refs[i]->match);
}

static void walk_mot(LintWalk *walk, const Mot *mot)
{
  enter(walk, lint_mot_scope(mot), mot->span);
  walk_pattern(walk, mot->when);
  walk_condition(walk, mot->smoto);
  walk_value(walk, mot->by, mot->span);
  walk_value(walk, mot->impact_missed, mot->span);
  walk_value(walk, mot->impact_produced, mot->span);
  walk_patterns(walk, mot->voids.data, mot->voids.len);
  walk_pattern(walk, mot->pause);
  walk_pattern(walk, mot->resume);
  walk_targets(walk, mot->targets.data, mot->targets.len);
  walk_actions(walk, mot->actions.data, mot->actions.len);
  walk_refs(walk, mot->refs.data, mot->refs.len);
}

static void walk_experience(LintWalk *walk, const Experience *experience)
{
  enter(walk, experience->decl->n.span, experience->span);
  walk_pattern(walk, experience->starts);
  walk_pattern(walk, experience->ends);
  walk_patterns(walk, experience->voids.data, experience->voids.len);
  walk_condition(walk, experience->sco);
  walk_value(walk, experience->value, experience->span);
  if (experience->sentiment) walk_aggregate(walk, experience->sentiment);
  walk_actions(walk, experience->actions.data, experience->actions.len);
  walk_refs(walk, experience->refs.data, experience->refs.len);
  for (uint32_t i = 0; i < experience->histories.len; i++)
    walk_match(walk, experience->histories.data[i]->match);
  for (uint32_t i = 0; i < experience->mots.len; i++) walk_mot(walk, experience->mots.data[i]);
}

static void walk_metric(LintWalk *walk, const Metric *metric)
{
  enter(walk, metric->decl->n.span, metric->span);
  for (uint32_t i = 0; i < metric->aggregates.len; i++) walk_aggregate(walk, metric->aggregates.data[i]);
}

static void walk_goal(LintWalk *walk, const Goal *goal)
{
  enter(walk, goal->nsat->decl->n.span, goal->span);
  walk_targets(walk, goal->targets.data, goal->targets.len);
}

static void walk_derived(LintWalk *walk, const Event *event)
{
  enter(walk, event->decl->n.span, event->span);
  walk_match(walk, &event->members);
}

void lint_walk(LintWalk *walk)
{
  const Checker *ck = walk->ck;
  const Program *program = ck->program;
  for (uint32_t i = 0; i < program->events.len; i++) {
    const Event *event = program->events.data[i];
    if (event->derived && lint_own(ck, event->span)) walk_derived(walk, event);
  }
  for (uint32_t i = 0; i < program->experiences.len; i++)
    if (lint_own(ck, program->experiences.data[i]->span)) walk_experience(walk, program->experiences.data[i]);
  for (uint32_t i = 0; i < program->metrics.len; i++)
    if (lint_own(ck, program->metrics.data[i]->span)) walk_metric(walk, program->metrics.data[i]);
  for (uint32_t i = 0; i < program->goals.len; i++)
    if (lint_own(ck, program->goals.data[i]->span)) walk_goal(walk, program->goals.data[i]);
}

void lint_each_part(const Expr *expr, void (*each)(void *user, const Expr *part), void *user)
{
  if (!expr) return;
  each(user, expr);
  lint_each_part(expr->a, each, user);
  lint_each_part(expr->b, each, user);
  if (expr->kind == EX_CALL)
    for (uint32_t i = 0; i < expr->u.call.count; i++) lint_each_part(expr->u.call.args[i], each, user);
  if (expr->kind == EX_CASE)
    for (uint32_t i = 0; i < expr->u.choose.count; i++)
      lint_each_part(expr->u.choose.arms[i].value, each, user);
}
