/*
 * check_action.c - what is done when something happens: alerts, corrections.
 */
#include "compiler/check_experience.h"
#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

/* ---- silence: has the moment a deadline at all? --------------------------------------- */

typedef enum Truth { NOT_YET, NEVER, SURELY } Truth;

enum { PREDICATES_MAX = 8 };

/* A way the moment may begin: the predicates by bits, all else undecided or as silence makes it. */
typedef struct Beginning {
  const Condition *condition;
  unsigned predicates; /* bit i: the i-th predicate holds */
  bool ended;          /* nothing more happens */
} Beginning;

static Truth negated(Truth truth)
{
  return truth == NOT_YET ? NOT_YET : truth == NEVER ? SURELY : NEVER;
}

/* What comes of a part if no event follows. */
static Truth silent(const Leaf *leaf)
{
  switch (leaf->kind) {
  case LEAF_NO:
  case LEAF_AT_MOST: return SURELY;
  case LEAF_AT_LEAST:
  case LEAF_EXACTLY: return leaf->count == 0 ? SURELY : NEVER;
  default: return NEVER;
  }
}

static Truth leaf_truth(const Beginning *beginning, const Leaf *leaf)
{
  unsigned number = 0;
  if (leaf->kind != LEAF_PREDICATE) return beginning->ended ? silent(leaf) : NOT_YET;
  for (uint32_t i = 0; beginning->condition->leaves.data[i] != leaf; i++)
    number += beginning->condition->leaves.data[i]->kind == LEAF_PREDICATE;
  return beginning->predicates >> number & 1 ? SURELY : NEVER;
}

static Truth truth_of_cond(const Beginning *beginning, const Cond *cond)
{
  if (cond->kind == COND_LEAF) return leaf_truth(beginning, cond->leaf);
  Truth a = truth_of_cond(beginning, cond->a);
  if (cond->kind == COND_NOT) return negated(a);
  Truth b = truth_of_cond(beginning, cond->b), strong = cond->kind == COND_AND ? NEVER : SURELY;
  if (a == strong || b == strong) return strong;
  return a == b ? a : NOT_YET;
}

/* Whether there is a way to begin undecided and then to be missed by waiting. */
static bool has_deadline(const Condition *condition)
{
  unsigned predicates = 0;
  for (uint32_t i = 0; i < condition->leaves.len; i++)
    predicates += condition->leaves.data[i]->kind == LEAF_PREDICATE;
  if (predicates > PREDICATES_MAX) return true;
  for (unsigned bits = 0; bits < 1u << predicates; bits++) {
    Beginning beginning = {condition, bits, false};
    if (truth_of_cond(&beginning, condition->root) != NOT_YET) continue;
    beginning.ended = true;
    if (truth_of_cond(&beginning, condition->root) == NEVER) return true;
  }
  return false;
}

/* ---- alerts -------------------------------------------------------------------------------- */

uint8_t severity_named(Checker *ck, AstName name)
{
  static const char *const words[] = {"low", "medium", "high", "critical"};
  Sym names[SEVERITY_END];
  for (uint8_t i = 0; i < SEVERITY_END; i++) {
    names[i] = intern_z(ck->names, words[i]);
    if (names[i] == name.sym) return i;
  }
  Sym near = nearest(ck, name.sym, names, SEVERITY_END);
  Diag *diag = SAY(ck, E0518, name.span, "`%s` is no severity", sym_text(ck->names, name.sym));
  if (near) {
    diag_help(ck->diags, diag, "did you mean `%s`?", sym_text(ck->names, near));
    diag_fix(ck->diags, diag, name.span, "%s", sym_text(ck->names, near));
  } else {
    diag_help(ck->diags, diag, "severities are low, medium, high and critical");
  }
  return SEVERITY_END;
}

/* What names a text can use depends on what is at hand when it is written. */
static Ctx text_ctx(const Ctx *ctx, uint8_t when)
{
  Ctx inside = *ctx;
  inside.what = "an alert text";
  if (when == WHEN_BREACHED || when == WHEN_MET)
    inside.reach = 0;
  else
    inside.reach |= REACH_KEYS | (ctx->mot ? REACH_DEADLINE : 0);
  return inside;
}

static bool lasts(uint8_t when)
{
  return when == WHEN_AT_RISK || when == WHEN_BREACHED;
}

static void check_option(Checker *ck, const Ctx *ctx, Action *action, const AstOption *option)
{
  bool state = option->n.kind == AST_OPT_FOR || option->n.kind == AST_OPT_HOLD;
  if (option->n.kind == AST_OPT_SEVERITY) {
    uint8_t severity = severity_named(ck, option->name);
    if (severity != SEVERITY_END) action->severity = severity;
    return;
  }
  if (option->n.kind == AST_OPT_TEXT) {
    Ctx inside = text_ctx(ctx, action->when);
    TextVec pieces = {0};
    check_text(ck, &inside, option->text, &pieces);
    for (uint32_t i = 0; i < pieces.len; i++) *VEC_PUSH(ck->arena, &action->text) = pieces.data[i];
    return;
  }
  if (state && !lasts(action->when)) {
    Diag *diag = SAY(ck, E0519, option->n.span, "only what lasts can be waited for: a risk, a breach");
    diag_help(ck->diags, diag, "leave it out here: an outcome is decided once and for all");
    return;
  }
  int64_t micros = check_duration(ck, ctx, option->duration, "this time");
  int64_t *places[] = {[AST_OPT_FOR] = &action->raise_after, [AST_OPT_HOLD] = &action->hold,
                       [AST_OPT_ESCALATE] = &action->escalate, [AST_OPT_REPEAT] = &action->repeat};
  if (micros > 0) *places[option->n.kind] = micros;
}

static const char *option_phrase(unsigned kind)
{
  static const char *const phrases[] = {
    [AST_OPT_SEVERITY] = "the severity", [AST_OPT_TEXT] = "the text", [AST_OPT_FOR] = "`for`",
    [AST_OPT_HOLD] = "`hold`", [AST_OPT_ESCALATE] = "`escalate after`", [AST_OPT_REPEAT] = "`repeat every`",
  };
  return phrases[kind];
}

static void check_alert(Checker *ck, const Ctx *ctx, Action *action, const AstAction *ast)
{
  const AstOption *seen[AST_OPT_REPEAT + 1] = {0};
  action->kind = ACTION_ALERT;
  action->to = owner_named(ck, ctx, ast->who);
  for (AST_EACH(AstOption, option, ast->options)) {
    const AstOption **first = &seen[option->n.kind];
    if (*first) {
      say_twice(ck, E0517, option->n.span, (*first)->n.span, option_phrase(option->n.kind));
      continue;
    }
    *first = option;
    check_option(ck, ctx, action, option);
  }
}

/* ---- corrections ------------------------------------------------------------------------------ */

static bool can_correct(Checker *ck, const Ctx *ctx, const Action *action, const AstAction *ast)
{
  if (ctx->experience && action->when != WHEN_BREACHED && action->when != WHEN_MET) return true;
  Diag *diag = SAY(ck, E0521, ast->n.span, "a correction is made for one customer; a target is about many");
  diag_help(ck->diags, diag, "put it into `on missed { … }` of the MOT, or alert somebody here");
  return false;
}

static void check_correct(Checker *ck, const Ctx *ctx, Action *action, const AstAction *ast)
{
  Ctx inside = *ctx;
  inside.what = "a correction";
  action->kind = ACTION_CORRECT;
  if (!can_correct(ck, ctx, action, ast)) return;
  Correction *correction = ARENA_NEW(ck->arena, Correction);
  correction->text = ast->text.sym;
  correction->span = ast->n.span;
  correction->experience = ctx->experience;
  correction->mot = ctx->mot;
  correction->by = owner_named(ck, ctx, ast->who);
  correction->within = check_bound(ck, &inside, &ast->within);
  if (ast->until) correction->until = check_condition(ck, &inside, ast->until);
  action->correction = correction;
  *VEC_PUSH(ck->arena, &ctx->experience->corrections) = correction;
}

/* ---- on … { … } ------------------------------------------------------------------------------- */

static void say_no_trigger(Checker *ck, const AstItem *on, const char *what, const char *help)
{
  Diag *diag = SAY(ck, E0515, on->keyword, "%s", what);
  diag_help(ck->diags, diag, "%s", help);
}

static bool trigger_allowed(Checker *ck, const Ctx *ctx, const AstItem *on)
{
  bool of_target = on->u.on.trigger == AST_ON_BREACHED || on->u.on.trigger == AST_ON_MET;
  if (!ctx->experience && !of_target) {
    say_no_trigger(ck, on, "a goal has targets, but no moments of its own",
                   "write `on breached` or `on met`");
    return false;
  }
  if (ctx->experience && !ctx->mot && (of_target || on->u.on.trigger == AST_ON_AT_RISK)) {
    say_no_trigger(ck, on, "beside the MOTs, `on` is about the SCO: missed, produced or void",
                   of_target ? "put it into the goal or the MOT whose target it is" : "put it into a MOT");
    return false;
  }
  return true;
}

/* The MOT must have what the trigger is about. */
static void check_mot_trigger(Checker *ck, const Ctx *ctx, const AstItem *on)
{
  bool of_target = on->u.on.trigger == AST_ON_BREACHED || on->u.on.trigger == AST_ON_MET;
  if (of_target && !mot_targeted(ctx->mot)) {
    Diag *diag = SAY(ck, E0516, on->keyword, "%s has no target that could be breached or met",
                     sym_text(ck->names, ctx->mot->name));
    diag_help(ck->diags, diag, "add one, as in `target 95%% over 7 d`");
  }
  if (on->u.on.trigger != AST_ON_AT_RISK || !ctx->mot->smoto || has_deadline(ctx->mot->smoto)) return;
  Diag *diag = SAY(ck, E0401, on->u.on.risk->n.span, "%s cannot be missed by waiting, so it has no deadline",
                   sym_text(ck->names, ctx->mot->name));
  diag_note(ck->diags, diag, ctx->mot->smoto->span, "if nothing happens it is kept, or decided at once");
  diag_help(ck->diags, diag, "use `on missed` instead");
}

static Expr *check_risk(Checker *ck, const Ctx *ctx, const AstItem *on)
{
  if (on->u.on.trigger != AST_ON_AT_RISK) return NULL;
  const AstExpr *ast = on->u.on.risk;
  Expr *risk = fold(ck, check_value(ck, ctx, ast, type_plain(VALUE_DURATION),
                                    "the time before the deadline"));
  if (risk->kind == EX_INT && risk->u.i <= 0 && !expr_wrong(risk)) {
    Diag *diag = SAY(ck, E0527, ast->n.span, "a warning comes some time before the deadline");
    diag_help(ck->diags, diag, "write how much is left then, as in `on at risk 30 min before deadline`");
  }
  return risk;
}

void check_actions(Checker *ck, const Ctx *ctx, const AstItem *on, void *actions)
{
  ActionVec *into = actions;
  if (!trigger_allowed(ck, ctx, on)) return;
  if (ctx->mot) check_mot_trigger(ck, ctx, on);
  Expr *risk = check_risk(ck, ctx, on);
  for (AST_EACH(AstAction, ast, on->u.on.actions)) {
    Action *action = ARENA_NEW(ck->arena, Action);
    action->when = (uint8_t)(WHEN_AT_RISK + (on->u.on.trigger - AST_ON_AT_RISK));
    action->risk = risk;
    action->severity = SEVERITY_MEDIUM;
    action->raise_after = action->hold = action->escalate = action->repeat = -1;
    action->span = ast->n.span;
    if (ast->n.kind == AST_ALERT)
      check_alert(ck, ctx, action, ast);
    else
      check_correct(ck, ctx, action, ast);
    *VEC_PUSH(ck->arena, into) = action;
  }
}
