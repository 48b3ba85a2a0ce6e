/*
 * gen_keep.c - which values of earlier events a record has to keep.
 *
 * A value that is read only while the moment opens (a predicate, the bound of a
 * first step) comes from the event at hand and needs no place.  Everything else
 * that rules read later gets Ref.slot REF_KEPT here and its place in the layout.
 */
#include "compiler/gen_parts.h"

/* ---- walking ---- */

static void each_aggregate_expr(AggregateUse *use, ExprVisit visit, void *user)
{
  if (use->match) match_exprs(use->match, visit, user);
  for (uint32_t i = 0; i < use->values.len; i++) each_expr(use->values.data[i], visit, user);
  each_expr(use->value, visit, user);
}

void each_expr(Expr *expr, ExprVisit visit, void *user)
{
  if (!expr) return;
  visit(user, expr);
  each_expr(expr->a, visit, user);
  each_expr(expr->b, visit, user);
  switch (expr->kind) {
  case EX_CALL:
    for (uint32_t i = 0; i < expr->u.call.count; i++) each_expr(expr->u.call.args[i], visit, user);
    break;
  case EX_CASE:
    for (uint32_t i = 0; i < expr->u.choose.count; i++) each_expr(expr->u.choose.arms[i].value, visit, user);
    break;
  case EX_AGGREGATE: each_aggregate_expr(expr->u.aggregate, visit, user); break;
  default: break;
  }
}

void match_exprs(const Match *match, ExprVisit visit, void *user)
{
  for (uint32_t i = 0; i < match->cases.len; i++) each_expr(match->cases.data[i].where, visit, user);
}

void condition_exprs(const Condition *condition, ExprVisit visit, void *user)
{
  for (uint32_t i = 0; i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    each_expr(leaf->predicate, visit, user);
    for (uint32_t k = 0; k < leaf->steps.len; k++) {
      match_exprs(&leaf->steps.data[k].match, visit, user);
      each_expr(leaf->steps.data[k].bound.value, visit, user);
    }
  }
}

static void pattern_exprs(const Pattern *pattern, ExprVisit visit, void *user)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t k = 0; k < choice->steps.len; k++) {
      match_exprs(&choice->steps.data[k].match, visit, user);
      each_expr(choice->steps.data[k].bound.value, visit, user);
    }
  }
}

static void action_exprs(const Action *action, ExprVisit visit, void *user)
{
  each_expr(action->risk, visit, user);
  for (uint32_t i = 0; i < action->text.len; i++) each_expr(action->text.data[i].value, visit, user);
}

/* ---- where values come from ---- */

uint32_t step_named(const Choice *choice, Sym as)
{
  for (uint32_t i = choice->as.len; i-- > 0;)
    if (choice->as.data[i] == as) return i;
  return MOT_NONE;
}

bool opening_is_source(const Choice *choice, const Ref *ref)
{
  return ref->kind == REF_OPENING || ref->kind == REF_START
    || step_named(choice, ref->as) + 1 == choice->steps.len;
}

typedef void SourceVisit(void *user, const MatchCase *at, const Field *field);

static void case_sources(const Ref *ref, const Match *match, SourceVisit *each, void *user)
{
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const MatchCase *at = &match->cases.data[i];
    each(user, at, at->event && ref->field ? field_named(at->event, ref->field) : NULL);
  }
}

static void choice_sources(const Ref *ref, const Choice *choice, SourceVisit *each, void *user)
{
  uint32_t step = ref->kind == REF_AS ? step_named(choice, ref->as) : choice->steps.len - 1;
  if (step < choice->steps.len && choice->shape != AST_SILENCE)
    case_sources(ref, &choice->steps.data[step].match, each, user);
}

void ref_sources(const Ref *ref, SourceVisit *each, void *user)
{
  if (ref->kind == REF_LAST) {
    case_sources(ref, ref->match, each, user);
    return;
  }
  const Pattern *pattern = ref->kind != REF_START && ref->mot ? ref->mot->when : ref->experience->starts;
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++)
    choice_sources(ref, &pattern->choices.data[i], each, user);
}

/* Whatever opens the moment, the ref is of the opening event. */
static bool always_opening(const Ref *ref)
{
  for (uint32_t i = 0; i < ref->mot->when->choices.len; i++)
    if (!opening_is_source(&ref->mot->when->choices.data[i], ref)) return false;
  return true;
}

Ref *opening_ref(const Mot *mot, Sym field)
{
  for (uint32_t i = 0; i < mot->refs.len; i++)
    if (mot->refs.data[i]->field == field && always_opening(mot->refs.data[i])) return mot->refs.data[i];
  return NULL;
}

Ref *start_ref(const Experience *experience, Sym field)
{
  for (uint32_t i = 0; i < experience->refs.len; i++)
    if (experience->refs.data[i]->kind == REF_START && experience->refs.data[i]->field == field)
      return experience->refs.data[i];
  return NULL;
}

/* ---- marking ---- */

typedef struct Marker {
  Gen *g;
  bool at_opening, at_start; /* read from the event at hand */
  CorrectionPlan *correction; /* keeps its own copies of the moment's values; NULL: none */
} Marker;

static void add_capture(Gen *g, Captures *captures, const Ref *ref, uint32_t step)
{
  for (uint32_t i = 0; i < captures->len; i++)
    if (captures->data[i].ref == ref && captures->data[i].step == step) return;
  *VEC_PUSH(g->arena, captures) = (Capture){ref, step, MOT_NONE, MOT_NONE};
}

static void mark(void *user, Expr *expr)
{
  const Marker *marker = user;
  if (expr->kind != EX_REF) return;
  Ref *ref = expr->u.ref;
  bool of_moment = ref->kind == REF_OPENING || (ref->kind == REF_AS && ref->mot);
  if (of_moment ? marker->at_opening : marker->at_start && ref->kind == REF_START) return;
  ref->slot = REF_KEPT;
  if (of_moment && marker->correction) add_capture(marker->g, &marker->correction->captures, ref, 0);
}

/* A condition: predicates and the bounds of first steps are worked out while it is armed. */
static void mark_condition(Gen *g, const Condition *condition, Marker arming, CorrectionPlan *correction)
{
  Marker later = {.g = g, .correction = correction};
  for (uint32_t i = 0; condition && i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    each_expr(leaf->predicate, mark, &arming);
    for (uint32_t k = 0; k < leaf->steps.len; k++) {
      const Bound *bound = &leaf->steps.data[k].bound;
      match_exprs(&leaf->steps.data[k].match, mark, &later);
      each_expr(bound->value, mark, k == 0 && !bound->moves ? &arming : &later);
    }
  }
}

static void mark_actions(Gen *g, Action *const *actions, uint32_t count)
{
  Marker all = {.g = g};
  for (uint32_t i = 0; i < count; i++) action_exprs(actions[i], mark, &all);
}

static void mark_mot(Gen *g, Mot *mot)
{
  Marker all = {.g = g};
  mark_condition(g, mot->smoto, (Marker){.g = g, .at_opening = true}, NULL);
  pattern_exprs(mot->when, mark, &all);
  for (uint32_t i = 0; i < mot->voids.len; i++) pattern_exprs(mot->voids.data[i], mark, &all);
  pattern_exprs(mot->pause, mark, &all);
  pattern_exprs(mot->resume, mark, &all);
  each_expr(mot->by, mark, &all);
  each_expr(mot->impact_missed, mark, &all);
  each_expr(mot->impact_produced, mark, &all);
  for (uint32_t i = 0; i < mot->targets.len; i++) each_expr(mot->targets.data[i]->value, mark, &all);
  mark_actions(g, mot->actions.data, mot->actions.len);
}

static void mark_correction(Gen *g, CorrectionPlan *plan)
{
  Correction *correction = plan->correction;
  Marker all = {.g = g, .correction = plan};
  each_expr(correction->within.value, mark, &all);
  if (correction->until) mark_condition(g, correction->until, all, plan);
  for (uint32_t i = 0; correction->mot && i < correction->mot->voids.len; i++)
    pattern_exprs(correction->mot->voids.data[i], mark, &all);
}

/* Targets of goals measure MOTs too. */
static void mark_goals(Gen *g)
{
  Marker all = {.g = g};
  for (uint32_t i = 0; i < g->program->goals.len; i++) {
    const Goal *goal = g->program->goals.data[i];
    for (uint32_t k = 0; k < goal->targets.len; k++) each_expr(goal->targets.data[k]->value, mark, &all);
    mark_actions(g, goal->actions.data, goal->actions.len);
  }
}

static void mark_experience(Gen *g, Experience *experience)
{
  Marker all = {.g = g};
  mark_condition(g, experience->sco, (Marker){.g = g, .at_start = true}, NULL);
  pattern_exprs(experience->ends, mark, &all);
  for (uint32_t i = 0; i < experience->voids.len; i++) pattern_exprs(experience->voids.data[i], mark, &all);
  each_expr(experience->value, mark, &all);
  for (uint32_t i = 0; i < experience->histories.len; i++) {
    match_exprs(experience->histories.data[i]->match, mark, &all);
    for (uint32_t k = 0; k < experience->histories.data[i]->values.len; k++)
      each_expr(experience->histories.data[i]->values.data[k], mark, &all);
  }
  for (uint32_t i = 0; i < experience->refs.len; i++)
    if (experience->refs.data[i]->kind == REF_LAST) match_exprs(experience->refs.data[i]->match, mark, &all);
  mark_actions(g, experience->actions.data, experience->actions.len);
}

/* ---- values that come with an outcome: the moment it is of has to keep them ---- */

typedef VEC(Ref *) RefList;

static void may_lack(void *user, const MatchCase *at, const Field *field)
{
  Ref *ref = user;
  if (!at->event || (ref->field && (!field || field->type.optional))) ref->type.optional = true;
}

static void need_source(Gen *g, RefList *work, const Ref *ref, const MatchCase *at)
{
  uint8_t kind = at->mot ? REF_OPENING : REF_START;
  Ref *source = at->mot ? opening_ref(at->mot, ref->field) : start_ref(at->sco, ref->field);
  if (!source) {
    source = ARENA_NEW(g->arena, Ref);
    *source = (Ref){.kind = kind, .field = ref->field, .type = ref->type, .known = MOT_NONE, .mot = at->mot};
    source->experience = at->mot ? at->mot->experience : at->sco;
    ref_sources(source, may_lack, source);
    if (at->mot)
      *VEC_PUSH(g->arena, &at->mot->refs) = source;
    else
      *VEC_PUSH(g->arena, &source->experience->refs) = source;
    *VEC_PUSH(g->arena, work) = source;
  }
  source->slot = REF_KEPT;
}

static void need_sources(Gen *g, RefList *work, const Ref *ref)
{
  for (uint32_t i = 0; ref->mot && i < ref->mot->when->choices.len; i++) {
    const Choice *choice = &ref->mot->when->choices.data[i];
    if (!opening_is_source(choice, ref) || choice->steps.len == 0) continue;
    const Match *match = &choice->steps.data[choice->steps.len - 1].match;
    for (uint32_t k = 0; k < match->cases.len; k++)
      if (!match->cases.data[k].event) need_source(g, work, ref, &match->cases.data[k]);
  }
}

static void keep_for_outcomes(Gen *g)
{
  RefList work = {0};
  for (uint32_t i = 0; i < g->out->Mot.len; i++)
    for (uint32_t k = 0; k < g->mots[i].mot->refs.len; k++)
      *VEC_PUSH(g->arena, &work) = g->mots[i].mot->refs.data[k];
  for (uint32_t i = 0; i < work.len; i++) need_sources(g, &work, work.data[i]);
}

/* ---- all ---- */

static void unused_refs(Ref *const *refs, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    refs[i]->slot = REF_UNUSED;
    refs[i]->known = MOT_NONE;
  }
}

void keep_refs(Gen *g)
{
  for (uint32_t i = 0; i < g->program->experiences.len; i++)
    unused_refs(g->program->experiences.data[i]->refs.data, g->program->experiences.data[i]->refs.len);
  for (uint32_t i = 0; i < g->out->Mot.len; i++)
    unused_refs(g->mots[i].mot->refs.data, g->mots[i].mot->refs.len);
  for (uint32_t i = 0; i < g->program->experiences.len; i++)
    mark_experience(g, g->program->experiences.data[i]);
  for (uint32_t i = 0; i < g->out->Mot.len; i++) mark_mot(g, g->mots[i].mot);
  for (uint32_t i = 0; i < g->out->Correction.len; i++) mark_correction(g, &g->corrections[i]);
  mark_goals(g);
  keep_for_outcomes(g);
}
