/*
 * check_pattern.c - when, starts on, void on, ends on, pause on … until.
 */
#include <string.h>

#include "compiler/check_expr.h"

enum { COUNT_MAX = 10000 };

typedef struct Shaping { /* one choice of a pattern */
  Checker *ck;
  const Ctx *ctx; /* as given */
  PatternFor use;
  Pattern *pattern;
  Choice *choice;
  const AstChoice *ast;
} Shaping;

static const char *clause(PatternFor use)
{
  static const char *const names[] = {[FOR_STARTS] = "starts on", [FOR_WHEN] = "when", [FOR_VOID] = "void on",
                                      [FOR_ENDS] = "ends on", [FOR_PAUSE] = "pause on"};
  return names[use];
}

/* What `where` and bounds of a choice may read.  Of `starts on` the event alone; of `when` nothing of the
 * moment that is only about to open; what the journey keeps (all shapes but one event) nothing of one. */
static Ctx reach_of(const Shaping *in, bool alone)
{
  Ctx at = *in->ctx;
  at.event = NULL;
  at.aggregate = NULL;
  at.reach &= REACH_START | REACH_OPENING | REACH_AS | REACH_HISTORY;
  if (in->use == FOR_STARTS) at.reach = 0;
  if (in->use == FOR_STARTS) at.mot = NULL;
  if (in->use != FOR_WHEN && alone) return at;
  at.reach &= ~(unsigned)REACH_OPENING;
  at.mot = NULL;
  return at;
}

/* ---- modes and places ---- */

static bool mode_fits(Shaping *in)
{
  static const uint8_t modes[] = {[AST_MODE_NONE] = MODE_EACH, [AST_EACH_MATCH] = MODE_EACH,
                                  [AST_FIRST] = MODE_FIRST,
                                  [AST_LATEST] = MODE_LATEST};
  static const char *const names[] = {"", "each", "first", "latest"};
  in->choice->mode = modes[in->ast->mode];
  if (in->use == FOR_WHEN || in->ast->mode == AST_MODE_NONE) return true;
  Span word = in->ast->n.span;
  word.end = word.start + (uint32_t)strlen(names[in->ast->mode]);
  Diag *diag = SAY(in->ck, E0413, word, "`%s` says which matches open a moment; `%s` opens none",
                   names[in->ast->mode], clause(in->use));
  diag_help(in->ck->diags, diag, "leave `%s` out", names[in->ast->mode]);
  if (in->ast->steps.first) word.end = in->ast->steps.first->span.start;
  diag_fix(in->ck->diags, diag, word, "%s", "");
  return false;
}

static bool shape_fits(Shaping *in)
{
  const AstChoice *ast = in->ast;
  if (ast->shape == AST_WHEN_OUTCOME && in->use != FOR_WHEN) {
    Diag *diag = SAY(in->ck, E0411, ast->n.span, "an outcome cannot stand in `%s`", clause(in->use));
    diag_help(in->ck->diags, diag, "outcomes open moments (`when missed …`) and count in `smoto` and `sco`");
    return false;
  }
  if (ast->shape == AST_SILENCE && in->use == FOR_STARTS) {
    Diag *diag = SAY(in->ck, E0412, ast->n.span, "a journey cannot start with silence: nobody is known to be "
                     "silent");
    diag_help(in->ck->diags, diag, "start it with an event, and open a moment `when no … for …`");
    return false;
  }
  return true;
}

/* ---- names given with `as` ---- */

static const char *taken_as(const Shaping *in, Sym name)
{
  const Experience *experience = in->ctx->experience;
  const char *text = sym_text(in->ck->names, name);
  if (strcmp(text, "start") == 0 || strcmp(text, "opening") == 0)
    return "already names an event of every journey";
  for (uint32_t i = 0; experience && i < experience->keys.len; i++) {
    if (experience->keys.data[i].name == name) return "is a name of the `for` clause";
  }
  if (in->ctx->env && env_find(in->ctx->env, name)) return "is a parameter";
  if (in->use != FOR_WHEN || !experience || !experience->starts) return NULL;
  Ctx outer = {.experience = in->ctx->experience, .reach = REACH_AS};
  return as_name_known(&outer, name) ? "already names an event in `starts on`" : NULL;
}

static bool named_before(const Shaping *in, Sym name)
{
  for (uint32_t i = 0; i < in->choice->as.len; i++) {
    if (in->choice->as.data[i] == name) return true;
  }
  return false;
}

static bool as_fits(Shaping *in, AstName as)
{
  if (!as.sym) return true;
  const char *text = sym_text(in->ck->names, as.sym);
  if (in->use != FOR_WHEN && in->use != FOR_STARTS) {
    Diag *diag = SAY(in->ck, E0416, as.span, "nothing after `%s` can look at `%s`", clause(in->use), text);
    diag_help(in->ck->diags, diag, "leave `as %s` out", text);
    return false;
  }
  const char *taken = named_before(in, as.sym) ? "already names another step" : taken_as(in, as.sym);
  if (!taken) return true;
  Diag *diag = SAY(in->ck, E0415, as.span, "`%s` %s", text, taken);
  diag_help(in->ck->diags, diag, "choose another name after `as`");
  return false;
}

/* ---- steps ---- */

static bool step_of(Shaping *in, const Ctx *at, const AstStep *ast)
{
  Step *step = VEC_PUSH(in->ck->arena, &in->choice->steps);
  step->span = ast->n.span;
  bool named = as_fits(in, ast->as);
  *VEC_PUSH(in->ck->arena, &in->choice->as) = named ? ast->as.sym : 0;
  bool fine = match_one(in->ck, at, ast->matched, &step->match);
  return bound_of(in->ck, at, &ast->bound, &step->bound) && fine;
}

static bool outcome_of(Shaping *in)
{
  const AstChoice *ast = in->ast;
  Step *step = VEC_PUSH(in->ck->arena, &in->choice->steps);
  step->span = ast->n.span;
  bool named = as_fits(in, ast->as);
  *VEC_PUSH(in->ck->arena, &in->choice->as) = named ? ast->as.sym : 0;
  in->choice->shape = AST_ONE;
  Span shown = {ast->mot.span.file, ast->n.span.start, ast->mot.span.end};
  return match_outcome(in->ck, in->ctx, &ast->mot, ast->decided, shown, &step->match);
}

static bool count_fits(Shaping *in, const Ctx *at)
{
  const AstExpr *number = in->ast->number;
  Expr *value = expr_of(in->ck, at, number);
  if (expr_wrong(value)) return false;
  in->choice->count = value->kind == EX_INT ? value->u.i : 0;
  if (in->choice->count >= 2 && in->choice->count <= COUNT_MAX) return true;
  Diag *diag = SAY(in->ck, E0414, value->span, "a counted pattern counts from 2 to %d events", COUNT_MAX);
  if (in->choice->count == 1) diag_help(in->ck->diags, diag,
                                        "for one event leave out the number and the window");
  return false;
}

/* ---- choices ---- */

static bool choice_of(Shaping *in)
{
  const AstChoice *ast = in->ast;
  Choice *choice = in->choice;
  choice->shape = (uint8_t)ast->shape;
  choice->span = ast->n.span;
  bool fine = mode_fits(in) & shape_fits(in);
  if (ast->shape == AST_WHEN_OUTCOME) return fine && outcome_of(in);
  Ctx at = reach_of(in, ast->shape == AST_ONE);
  for (AST_EACH(AstStep, step, ast->steps)) fine = step_of(in, &at, step) && fine;
  if (ast->shape == AST_COUNT) fine = count_fits(in, &at) && fine;
  return fine;
}

Pattern *check_pattern(Checker *ck, const Ctx *ctx, const AstPattern *ast, PatternFor use)
{
  uint32_t budget = ck->budget;
  ck->budget = CLAUSE_BUDGET;
  Pattern *pattern = ARENA_NEW(ck->arena, Pattern);
  pattern->span = ast->span;
  bool fine = true;
  for (AST_EACH(AstChoice, choice, ast->choices)) {
    Choice *to = VEC_PUSH(ck->arena, &pattern->choices);
    Shaping in = {ck, ctx, use, pattern, to, choice};
    fine = choice_of(&in) && fine;
  }
  ck->budget = budget;
  return fine ? pattern : NULL;
}
