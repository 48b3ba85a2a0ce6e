/*
 * lint_goal.c - is the outcome shared out to people, and do the targets fit
 * together?
 *
 * When a parent and a child are measured by the same thing over the same
 * window, the parent's value is the child's, or a mean of the children's with
 * `each`; then a child's target that asks for less does not carry the parent's.
 * Disruption is a mean over MOTs: when all MOTs of the experience have their
 * goals below it, and each just meets its target, disruption lies between the
 * smallest and the largest share they leave to be missed.  Nothing else about
 * targets of parents and children is certain, and nothing else is reported.
 */
#include "compiler/lint.h"

/* ---- owners, targets, alignment ---- */

static void lint_goal_parts(Checker *ck, const Goal *goal)
{
  const char *name = lint_text(ck, goal->name);
  if (!goal->owner && !goal->each) {
    Diag *diag = SAY(ck, W0313, goal->span, "nobody owns the goal %s", name);
    diag_help(ck->diags, diag, "write `owner` and the person or team that answers for it");
  }
  if (goal->targets.len == 0) {
    Diag *diag = SAY(ck, W0314, goal->span, "the goal %s has no target", name);
    diag_help(ck->diags, diag, "write what must be reached: target 95%% over 30 d");
  }
}

static bool has_nsat(const Program *program, const Experience *experience)
{
  for (uint32_t i = 0; i < program->nsats.len; i++)
    if (program->nsats.data[i]->experience == experience) return true;
  return false;
}

static void lint_alignment(Checker *ck, const Experience *experience, const Map *carried)
{
  if (!has_nsat(ck->program, experience)) {
    Diag *diag = SAY(ck, W0316, experience->span, "no nsat breaks the SCO of %s down into goals",
                     lint_text(ck, experience->name));
    diag_help(ck->diags, diag,
              "write nsat NorthStar for %s { goal … { owner …  measure sco  target … } }",
              lint_text(ck, experience->name));
    return;
  }
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    if (map_get(carried, (uintptr_t)mot)) continue;
    Diag *diag = SAY(ck, W0315, mot->span, "no goal carries the MOT %s", lint_text(ck, mot->name));
    diag_help(ck->diags, diag, "write a goal with `measure %s` in the nsat of %s", lint_text(ck, mot->name),
              lint_text(ck, experience->name));
  }
}

/* ---- targets of parents and children ---- */

static bool same_measure(const Goal *a, const Goal *b)
{
  return a->measure == b->measure && a->mot == b->mot && a->metric == b->metric &&
         a->nsat->experience == b->nsat->experience;
}

static bool same_window(const WindowUse *a, const WindowUse *b)
{
  return a->kind == b->kind && a->unit == b->unit && a->length == b->length;
}

static double number_of(const Expr *constant)
{
  return constant->kind == EX_NUMBER ? constant->u.f : (double)constant->u.i;
}

/* 1: more is better, -1: less is, 0: neither. */
static int direction(const Target *target)
{
  if (target->compare == COMPARE_GE || target->compare == COMPARE_GT) return 1;
  return target->compare == COMPARE_LE || target->compare == COMPARE_LT ? -1 : 0;
}

/* Both of the measure itself, in one direction, over one window, and the child asks for less. */
static bool asks_less(const Target *parent, const Target *child)
{
  if (parent->value || child->value || !parent->goal || !child->goal) return false;
  if (parent->goal->kind != child->goal->kind || !same_window(&parent->window, &child->window)) return false;
  int way = direction(parent);
  if (way == 0 || way != direction(child)) return false;
  return way * number_of(child->goal) < way * number_of(parent->goal);
}

static void lint_child(Checker *ck, const Goal *parent, const Goal *child)
{
  for (uint32_t p = 0; p < parent->targets.len; p++) {
    for (uint32_t c = 0; c < child->targets.len; c++) {
      const Target *of_parent = parent->targets.data[p], *of_child = child->targets.data[c];
      if (!asks_less(of_parent, of_child)) continue;
      Diag *diag = SAY(ck, W0415, of_child->span,
                       "%s can meet this target and still leave %s short of its own",
                       lint_text(ck, child->name), lint_text(ck, parent->name));
      diag_note(ck->diags, diag, of_parent->span, "%s is measured by the same and asks for more",
                lint_text(ck, parent->name));
      diag_help(ck->diags, diag, "ask as much of %s as of %s", lint_text(ck, child->name),
                lint_text(ck, parent->name));
    }
  }
}

/* Of the measure itself, against a share. */
static bool plain_share(const Target *target)
{
  return !target->value && target->goal && target->goal->kind == EX_NUMBER;
}

/* The share of moments that the goal's first target leaves to be missed, in percent; -1: not known. */
static double share_missed(const Goal *goal, const WindowUse *window)
{
  if (goal->measure != MEASURE_MOT || goal->targets.len == 0) return -1;
  const Target *target = goal->targets.data[0];
  if (!plain_share(target) || direction(target) != 1) return -1;
  return same_window(&target->window, window) ? 100 * (1 - target->goal->u.f) : -1;
}

/* The least of them over the goals directly below; -1 unless these carry all the MOTs. */
static double least_missed(const Goal *parent, const WindowUse *window, Map *seen)
{
  double least = -1;
  for (uint32_t i = 0; i < parent->goals.len; i++) {
    const Goal *child = parent->goals.data[i];
    double share = share_missed(child, window);
    if (share < 0) return -1;
    if (least < 0 || share < least) least = share;
    map_put(seen, (uintptr_t)child->mot, (void *)(uintptr_t)child);
  }
  return seen->len == parent->nsat->experience->mots.len ? least : -1;
}

static void lint_disruption(Checker *ck, const Goal *goal)
{
  if (goal->measure != MEASURE_DISRUPTION || !goal->nsat->experience) return;
  for (uint32_t i = 0; i < goal->targets.len; i++) {
    const Target *target = goal->targets.data[i];
    if (!plain_share(target) || direction(target) != -1) continue;
    Map seen;
    map_init(&seen, ck->arena);
    double least = least_missed(goal, &target->window, &seen);
    double most = 100 * target->goal->u.f; /* disruption is a percentage; 5% is kept as 0.05 */
    if (least < 0 || least <= most + 1e-9) continue;
    Diag *diag = SAY(ck, W0415, target->span,
                     "%s asks for more than the goals below: they let %g %% or more of every MOT be missed",
                     lint_text(ck, goal->name), least);
    diag_help(ck->diags, diag,
              "raise the targets of the goals below, or allow this one a disruption of %g %%", least);
  }
}

static void lint_reach(Checker *ck, const Goal *goal)
{
  for (uint32_t i = 0; i < goal->goals.len; i++)
    if (same_measure(goal, goal->goals.data[i])) lint_child(ck, goal, goal->goals.data[i]);
  lint_disruption(ck, goal);
}

/* ---- targets alone ---- */

/* A share of moments lies between 0 % and 100 %. */
static bool is_share(const Target *target, const Goal *goal)
{
  const Expr *value = target->value;
  if (value) return value->kind == EX_AGGREGATE && value->u.aggregate->kind == AGGREGATE_RATE;
  if (goal && goal->measure == MEASURE_METRIC) return false;
  return !goal || goal->measure != MEASURE_DISRUPTION;
}

static void lint_share(Checker *ck, const Target *target, const Goal *goal, Span span)
{
  if (!is_share(target, goal) || !target->goal || target->goal->kind != EX_NUMBER) return;
  Range share = {.low = 0, .high = 1}, over = share;
  range_narrow(&share, target->compare, target->goal->u.f);
  range_narrow(&over, compare_negated(target->compare), target->goal->u.f);
  if (target->compare == COMPARE_EQ || target->compare == COMPARE_NE) return;
  if (range_empty(&share)) {
    Diag *diag = SAY(ck, W0419, span, "this target can never be met: a share is 100%% at most");
    diag_help(ck->diags, diag, "write a share between 0%% and 100%%");
  } else if (range_empty(&over)) {
    Diag *diag = SAY(ck, W0419, span, "this target can never be breached: every share meets it");
    diag_help(ck->diags, diag, "write the share that must be reached, such as 95%%");
  }
}

static void lint_shares(Checker *ck, const Experience *experience)
{
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    for (uint32_t t = 0; t < mot->targets.len; t++)
      lint_share(ck, mot->targets.data[t], NULL, lint_mot_place(mot, mot->targets.data[t]->span));
  }
}

/* ---- all of it ---- */

static void lint_goal(Checker *ck, const Goal *goal)
{
  lint_goal_parts(ck, goal);
  for (uint32_t t = 0; t < goal->targets.len; t++)
    lint_share(ck, goal->targets.data[t], goal, goal->targets.data[t]->span);
  lint_reach(ck, goal);
}

void lint_goals(Checker *ck)
{
  const Program *program = ck->program;
  Map carried;
  map_init(&carried, ck->arena);
  for (uint32_t i = 0; i < program->goals.len; i++) {
    const Goal *goal = program->goals.data[i];
    if (goal->mot) map_put(&carried, (uintptr_t)goal->mot, goal->mot);
    if (lint_own(ck, goal->span)) lint_goal(ck, goal);
  }
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    const Experience *experience = program->experiences.data[i];
    if (!lint_own(ck, experience->span)) continue;
    lint_alignment(ck, experience, &carried);
    lint_shares(ck, experience);
  }
}
