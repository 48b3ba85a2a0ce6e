/*
 * compare_clauses.c - what conditions, patterns, targets and actions mean, as text to be compared.
 */
#include <inttypes.h>

#include "compiler/compare.h"

/* ---- bounds and steps ---- */

static void mean_bound(Meaning *m, const Side *side, const Bound *bound)
{
  if (bound->kind == BOUND_NONE) return;
  mean(m, " bound:%d", bound->kind);
  if (bound->calendar) mean_calendar(m, side, bound->calendar);
  mean_expr(m, side, bound->value);
}

static void mean_step(Meaning *m, const Side *side, const Step *step)
{
  if (step->counted == 1) mean(m, " no");
  if (step->counted > 1) mean(m, " at most");
  if (step->counted > 1) mean_limit(m, "%u", step->counted - 1);
  mean_match(m, side, &step->match);
  mean_bound(m, side, &step->bound);
}

static void mean_steps(Meaning *m, const Side *side, const Step *steps, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) mean(m, " then");
    mean_step(m, side, &steps[i]);
  }
}

/* ---- conditions ---- */

static void mean_part(Meaning *m, const Side *side, const Leaf *leaf)
{
  mean(m, " part:%d", leaf->kind);
  if (leaf->kind == LEAF_PREDICATE) {
    mean_expr(m, side, leaf->predicate);
    return;
  }
  if (leaf->kind == LEAF_AT_MOST || leaf->kind == LEAF_AT_LEAST || leaf->kind == LEAF_EXACTLY)
    mean_limit(m, ",%" PRId64, leaf->count);
  mean_steps(m, side, leaf->steps.data, leaf->steps.len);
}

static void mean_cond(Meaning *m, const Side *side, const Cond *cond)
{
  static const char *const words[] = {" and", " or", " not", ""};
  if (cond->kind == COND_LEAF) {
    mean_part(m, side, cond->leaf);
    return;
  }
  mean(m, "%s(", words[cond->kind]);
  mean_cond(m, side, cond->a);
  if (cond->b) mean(m, " ,");
  if (cond->b) mean_cond(m, side, cond->b);
  mean(m, ")");
}

void mean_condition(Meaning *m, const Side *side, const Condition *condition)
{
  if (condition) mean_cond(m, side, condition->root);
}

/* ---- patterns ---- */

void mean_pattern(Meaning *m, const Side *side, const Pattern *pattern)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    mean(m, " choice:%d,%d", choice->mode, choice->shape);
    if (choice->shape == AST_COUNT) mean_limit(m, ",%" PRId64, choice->count);
    mean_steps(m, side, choice->steps.data, choice->steps.len);
  }
}

/* ---- measures ---- */

/* How long, in which unit, and how often: all of it is one limit.  Panes are cut at the zone's midnights. */
void mean_window(Meaning *m, const Side *side, const WindowUse *window)
{
  mean(m, " window:%d", window->kind);
  mean_limit(m, ",%d,%" PRId64 ",%d,%" PRId64, window->unit, window->length, window->step_unit, window->step);
  mean_text(m, side, side->program->stream.zone);
}

void mean_aggregate(Meaning *m, const Side *side, const AggregateUse *use)
{
  mean(m, " aggregate:%d,%d", use->kind, use->over);
  if (use->kind == AGGREGATE_QUANTILE) mean_limit(m, ",%.17g", use->quantile);
  if (use->match) mean_match(m, side, use->match);
  for (uint32_t i = 0; i < use->values.len; i++) mean_expr(m, side, use->values.data[i]);
  mean_expr(m, side, use->value);
}

void mean_target(Meaning *m, const Side *side, const Target *target)
{
  mean(m, " target:%d,%d", target->of, target->compare);
  mean_expr(m, side, target->value);
  mean_expr(m, side, target->goal);
  mean_limit(m, " %u", target->min_cases);
  mean_window(m, side, &target->window);
}

/* ---- acting ---- */

static void mean_correction(Meaning *m, Meaning *words, const Side *side, const Correction *correction)
{
  if (!correction) return;
  mean_bound(m, side, &correction->within);
  if (correction->until) mean(m, " until");
  mean_condition(m, side, correction->until);
  mean_text(words, side, correction->text);
  if (correction->by) mean_text(words, side, correction->by->name);
}

/* Apart, since one may be there and the other not. */
static void mean_lasting(Meaning *m, const char *what, int64_t micros)
{
  if (micros < 0) return;
  mean(m, " %s", what);
  mean_limit(m, " %" PRId64, micros);
}

void mean_action(Meaning *m, Meaning *words, const Side *side, const Action *action)
{
  mean(m, " do:%d,%d", action->when, action->kind);
  mean_expr(m, side, action->risk);
  mean_lasting(m, "for", action->raise_after);
  mean_lasting(m, "hold", action->hold);
  mean_lasting(m, "escalate", action->escalate);
  mean_lasting(m, "repeat", action->repeat);
  mean(words, " severity:%d", action->severity);
  if (action->to) mean_text(words, side, action->to->name);
  for (uint32_t i = 0; i < action->text.len; i++) {
    mean_text(words, side, action->text.data[i].literal);
    mean_expr(words, side, action->text.data[i].value);
  }
  mean_correction(m, words, side, action->correction);
}
