/*
 * used.c - see used.h.
 */
#include "tests/reference/used.h"

#include "compiler/check_experience.h"

typedef struct Uses {
  const Program *program;
  bool *used;
} Uses;

static void use(void *user, const MatchCase *at, Span span)
{
  Uses *uses = user;
  (void)span;
  for (uint32_t i = 0; i < uses->program->events.len; i++) {
    if (uses->program->events.data[i] == at->event) uses->used[i] = true;
  }
}

static void use_match(Uses *uses, const AggregateUse *of)
{
  for (uint32_t i = 0; of->match && i < of->match->cases.len; i++)
    use(uses, &of->match->cases.data[i], of->match->span);
}

/* The events that targets are about. */
static void use_measured(Uses *uses, const Expr *expr)
{
  if (!expr) return;
  if (expr->kind == EX_AGGREGATE) {
    use_match(uses, expr->u.aggregate);
    return;
  }
  use_measured(uses, expr->a);
  use_measured(uses, expr->b);
  for (uint32_t i = 0; expr->kind == EX_CALL && i < expr->u.call.count; i++)
    use_measured(uses, expr->u.call.args[i]);
  for (uint32_t i = 0; expr->kind == EX_CASE && i < expr->u.choose.count; i++)
    use_measured(uses, expr->u.choose.arms[i].value);
}

static void use_of_experience(Uses *uses, const Experience *experience)
{
  experience_cases(experience, use, uses);
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    for (uint32_t k = 0; k < mot->targets.len; k++) use_measured(uses, mot->targets.data[k]->value);
  }
}

void used_kinds(const Program *program, bool *used)
{
  Uses uses = {program, used};
  for (uint32_t i = 0; i < program->experiences.len; i++)
    use_of_experience(&uses, program->experiences.data[i]);
  for (uint32_t i = 0; i < program->metrics.len; i++) {
    const Metric *metric = program->metrics.data[i];
    for (uint32_t k = 0; k < metric->aggregates.len; k++) use_match(&uses, metric->aggregates.data[k]);
  }
  for (uint32_t i = 0; i < program->goals.len; i++) {
    const Goal *goal = program->goals.data[i];
    for (uint32_t k = 0; k < goal->targets.len; k++) use_measured(&uses, goal->targets.data[k]->value);
  }
}

bool has_alerts(const Program *program)
{
  bool any = false;
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    const Experience *experience = program->experiences.data[i];
    any = any || experience->actions.len;
    for (uint32_t k = 0; k < experience->mots.len; k++) any = any || experience->mots.data[k]->actions.len;
  }
  for (uint32_t i = 0; i < program->goals.len; i++) any = any || program->goals.data[i]->actions.len;
  return any;
}

bool waits_for_done(const Program *program)
{
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    const Experience *experience = program->experiences.data[i];
    for (uint32_t k = 0; k < experience->corrections.len; k++) {
      if (!experience->corrections.data[k]->until) return true;
    }
  }
  return false;
}
