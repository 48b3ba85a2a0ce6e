/*
 * gen_clause.c - where experiences, MOTs and their clauses stand in the text.
 */
#include "compiler/gen_parts.h"

static void add(Gen *g, uint32_t kind, Span span)
{
  *VEC_PUSH(g->arena, &g->out->Clause) =
    (ClauseRow){.kind = kind, .source = span.file, .start = span.start, .end = span.end};
}

static void add_pattern(Gen *g, uint32_t kind, const Pattern *pattern)
{
  if (pattern) add(g, kind, pattern->span);
}

static void add_condition(Gen *g, uint32_t kind, const Condition *condition)
{
  if (!condition) return;
  add(g, kind, condition->span);
  for (uint32_t i = 0; i < condition->leaves.len; i++) add(g, CLAUSE_PART, condition->leaves.data[i]->span);
}

static void add_actions(Gen *g, Action **actions, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) add(g, CLAUSE_ACTION, actions[i]->span);
}

void gen_experience_clauses(Gen *g, const Experience *experience, ExperienceRow *row)
{
  row->clauses = g->out->Clause.len;
  add(g, CLAUSE_DECLARED, experience->decl->n.span);
  add_pattern(g, CLAUSE_STARTS, experience->starts);
  add_condition(g, CLAUSE_SCO, experience->sco);
  add_pattern(g, CLAUSE_ENDS, experience->ends);
  for (uint32_t i = 0; i < experience->voids.len; i++) add_pattern(g, CLAUSE_VOIDS, experience->voids.data[i]);
  for (AST_EACH(AstItem, item, experience->decl->items))
    if (item->n.kind == AI_EXPIRES) add(g, CLAUSE_EXPIRES, item->u.expr->n.span);
  add_actions(g, experience->actions.data, experience->actions.len);
  row->clauses_count = g->out->Clause.len - row->clauses;
}

/* All of it: the tree keeps that with the item of the experience. */
static Span mot_span(const Mot *mot)
{
  for (AST_EACH(AstItem, item, mot->experience->decl->items))
    if (item->n.kind == AI_MOT && item->u.mot == mot->ast) return item->n.span;
  return mot->span;
}

/* One for each row of the table of choices. */
static void add_choices(Gen *g, const MotPlan *plan)
{
  for (uint32_t i = 0; i < plan->openings.len; i++)
    add(g, CLAUSE_CHOICE, plan->mot->when->choices.data[plan->openings.data[i].choice].span);
}

void gen_mot_clauses(Gen *g, const MotPlan *plan, MotRow *row)
{
  const Mot *mot = plan->mot;
  row->clauses = g->out->Clause.len;
  add(g, CLAUSE_DECLARED, mot_span(mot));
  add_pattern(g, CLAUSE_WHEN, mot->when);
  add_choices(g, plan);
  add_condition(g, CLAUSE_SMOTO, mot->smoto);
  if (mot->pause)
    add(g, CLAUSE_PAUSES, mot->resume ? span_join(mot->pause->span, mot->resume->span) : mot->pause->span);
  for (uint32_t i = 0; i < mot->voids.len; i++) add_pattern(g, CLAUSE_VOIDS, mot->voids.data[i]);
  for (uint32_t i = 0; i < mot->targets.len; i++) add(g, CLAUSE_TARGET, mot->targets.data[i]->span);
  add_actions(g, mot->actions.data, mot->actions.len);
  row->clauses_count = g->out->Clause.len - row->clauses;
}
