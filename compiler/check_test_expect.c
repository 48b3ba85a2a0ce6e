/*
 * check_test_expect.c - tests in the language: what is expected.
 *
 * A bare name is looked for among all the experiences of the file; it must be
 * that of one MOT (or goal, or experience) alone.
 */
#include "compiler/check_experience.h"
#include "compiler/check_measure.h"

/* ---- names over all experiences ------------------------------------------------------------ */

typedef struct Found {
  Mot *mot;
  Experience *experience; /* whose SCO is meant */
  Goal *goal;
  VEC(Span) places;
  bool listing;           /* … and all the names there are, to find one near */
  VEC(Sym) names;
} Found;

static void list_name(Checker *ck, Found *found, Sym name)
{
  if (found->listing) *VEC_PUSH(ck->arena, &found->names) = name;
}

static void consider_mots(Checker *ck, Experience *experience, Sym name, Found *found)
{
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    Mot *mot = experience->mots.data[i];
    list_name(ck, found, mot->name);
    if (mot->name != name) continue;
    found->mot = mot;
    *VEC_PUSH(ck->arena, &found->places) = mot->span;
  }
}

static Experience *experience_at(Checker *ck, const Unit *unit, uint32_t number)
{
  Entity *entity = unit->entities.data[number];
  return entity->kind == AD_EXPERIENCE && !entity->clash ? need_experience(ck, entity) : NULL;
}

static void consider_all_mots(Checker *ck, const Unit *unit, Sym name, Found *found)
{
  for (uint32_t i = 0; i < unit->entities.len; i++) {
    Experience *experience = experience_at(ck, unit, i);
    if (experience) consider_mots(ck, experience, name, found);
  }
}

static void consider_experiences(Checker *ck, const Unit *unit, Sym name, Found *found)
{
  for (uint32_t i = 0; i < unit->entities.len; i++) {
    Experience *experience = experience_at(ck, unit, i);
    if (!experience) continue;
    list_name(ck, found, experience->name);
    if (experience->name != name) continue;
    found->experience = experience;
    *VEC_PUSH(ck->arena, &found->places) = experience->span;
  }
}

static bool is_goal(const Goal *goal, const AstPath *path)
{
  const AstWord *first = (const AstWord *)(const void *)path->words.first;
  if (goal->name != path_last(path)) return false;
  return path->words.count == 1 || (path->words.count == 2 && first->sym == goal->nsat->name);
}

/* `Goal`, or `Nsat.Goal`. */
static void consider_goals(Checker *ck, const Unit *unit, const AstPath *path, Found *found)
{
  for (uint32_t i = 0; i < unit->entities.len; i++)
    if (unit->entities.data[i]->kind == AD_NSAT) check_nsat(ck, unit->entities.data[i]);
  for (uint32_t i = 0; i < ck->program->goals.len; i++) {
    Goal *goal = ck->program->goals.data[i];
    if (goal->span.file != unit->file->file) continue;
    list_name(ck, found, goal->name);
    if (!is_goal(goal, path)) continue;
    found->goal = goal;
    *VEC_PUSH(ck->arena, &found->places) = goal->span;
  }
}

/* What the name of an expectation may mean: a MOT, or else what has its kind of outcome. */
typedef enum Meaning { MOT_OR_EXPERIENCE, MOT_OR_GOAL } Meaning;

static void look(Checker *ck, const Unit *unit, const AstPath *path, Meaning meaning, Found *found)
{
  if (path->words.count == 1) consider_all_mots(ck, unit, path_last(path), found);
  if (meaning == MOT_OR_EXPERIENCE)
    consider_experiences(ck, unit, path_last(path), found);
  else
    consider_goals(ck, unit, path, found);
}

static void say_not_found(Checker *ck, const Unit *unit, const AstPath *path, Meaning meaning)
{
  Found all = {.listing = true};
  if (lost_in_error(ck, unit, path_last(path))) return;
  look(ck, unit, path, meaning, &all);
  Sym near = nearest(ck, path_last(path), all.names.data, all.names.len);
  Diag *diag = SAY(ck, E0608, path->span, "no MOT or %s has the name %s",
                   meaning == MOT_OR_GOAL ? "goal" : "experience", path_text(ck, path));
  if (!near) return;
  diag_help(ck->diags, diag, "did you mean %s?", sym_text(ck->names, near));
  diag_fix(ck->diags, diag, path->span, "%s", sym_text(ck->names, near));
}

static void say_ambiguous(Checker *ck, const AstPath *path, const Found *found)
{
  Diag *diag = SAY(ck, E0607, path->span, "%s is the name of more than one thing here", path_text(ck, path));
  for (uint32_t i = 0; i < found->places.len; i++)
    diag_note(ck->diags, diag, found->places.data[i], "%s", i == 0 ? "this one" : "or this one");
  if (!found->goal && !found->mot) return;
  diag_help(ck->diags, diag, "write the name of %s before it: %s.%s",
            found->goal ? "the experience or the NSAT" : "the experience",
            sym_text(ck->names, found->goal ? found->goal->nsat->name : found->mot->experience->name),
            path_text(ck, path));
}

/* One thing exactly, or a report. */
static bool only_one(Checker *ck, const Unit *unit, const AstPath *path, Meaning meaning, const Found *found)
{
  if (found->places.len == 1) return true;
  if (found->places.len == 0)
    say_not_found(ck, unit, path, meaning);
  else
    say_ambiguous(ck, path, found);
  return false;
}

/* ---- the kinds of expectation ------------------------------------------------------------------ */

static bool is_capital(const Checker *ck, const AstPath *path)
{
  const AstWord *word = (const AstWord *)(const void *)path->words.first;
  for (uint32_t i = 0; i + 2 < path->words.count; i++) word = (const AstWord *)(const void *)word->n.next;
  char first = sym_text(ck->names, word->sym)[0];
  return first >= 'A' && first <= 'Z';
}

/* `Exp.Mot` says whose it is; `module.Exp` is an experience of another file. */
static bool expect_qualified(Checker *ck, const Ctx *ctx, const AstPath *path, ExpectOf *expect)
{
  if (is_capital(ck, path)) {
    expect->mot = mot_named(ck, ctx, path);
    return expect->mot != NULL;
  }
  Entity *entity = find_entity(ck, ctx, path, 1u << AD_EXPERIENCE, "an experience");
  expect->experience = entity ? need_experience(ck, entity) : NULL;
  return expect->experience != NULL;
}

static bool expect_outcome(Checker *ck, const Ctx *ctx, const AstPath *path, ExpectOf *expect)
{
  Found found = {0};
  if (path->words.count > 1) {
    if (!expect_qualified(ck, ctx, path, expect)) return false;
  } else {
    look(ck, ctx->unit, path, MOT_OR_EXPERIENCE, &found);
    if (!only_one(ck, ctx->unit, path, MOT_OR_EXPERIENCE, &found)) return false;
    expect->mot = found.mot;
    expect->experience = found.experience;
  }
  expect->kind = expect->mot ? EXPECT_MOMENT : EXPECT_SCO;
  if (expect->mot) expect->experience = expect->mot->experience;
  return true;
}

static bool expect_target(Checker *ck, const Ctx *ctx, const AstExpect *ast, ExpectOf *expect)
{
  Found found = {0};
  const AstPath *path = &ast->path;
  expect->kind = ast->breached ? EXPECT_BREACHED : EXPECT_MET;
  look(ck, ctx->unit, path, MOT_OR_GOAL, &found);
  if (path->words.count > 1 && !found.goal) {
    expect->mot = mot_named(ck, ctx, path);
    if (!expect->mot) return false;
  } else {
    if (!only_one(ck, ctx->unit, path, MOT_OR_GOAL, &found)) return false;
    expect->mot = found.mot;
    expect->goal = found.goal;
  }
  if (expect->mot ? mot_targeted(expect->mot) : expect->goal->targets.len > 0) return true;
  Diag *diag = SAY(ck, E0609, path->span, "%s has no target that could be breached or met",
                   path_text(ck, path));
  diag_note(ck->diags, diag, expect->mot ? expect->mot->span : expect->goal->span, "declared here");
  diag_help(ck->diags, diag, "give it one, as in `target 95%% over 7 d`");
  return false;
}

/* The only experience, for `sco` and `journey`. */
static bool expect_only_experience(Checker *ck, const Ctx *ctx, const AstExpect *ast, ExpectOf *expect)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < ctx->unit->entities.len; i++) {
    Experience *experience = experience_at(ck, ctx->unit, i);
    if (!experience) continue;
    expect->experience = experience;
    count++;
  }
  expect->kind = ast->n.kind == AST_EXPECT_SCO ? EXPECT_SCO : EXPECT_JOURNEY;
  if (count == 1) return true;
  if (ast->n.kind == AST_EXPECT_JOURNEY && count > 1) {
    expect->experience = NULL; /* a journey of any of them */
    return true;
  }
  Diag *diag = SAY(ck, E0607, ast->n.span, "this file has %s, but `sco` means that of the only one",
                   count == 0 ? "no experience" : "several experiences");
  if (count > 1) diag_help(ck->diags, diag, "write the name of the experience instead of `sco`");
  return false;
}

static bool expect_alert(Checker *ck, const Ctx *ctx, const AstExpect *ast, ExpectOf *expect)
{
  expect->kind = EXPECT_ALERT;
  expect->owner = owner_named(ck, ctx, ast->who);
  expect->severity = MOT_NONE;
  if (ast->severity.sym == 0) return expect->owner != NULL;
  uint8_t severity = severity_named(ck, ast->severity);
  expect->severity = severity;
  return expect->owner && severity != SEVERITY_END;
}

static bool expect_correction(Checker *ck, const Ctx *ctx, const AstExpect *ast, ExpectOf *expect)
{
  expect->kind = EXPECT_CORRECTION;
  expect->state = (uint8_t)(CORRECTION_STATE_OPENED + ast->correct);
  expect->owner = owner_named(ck, ctx, ast->who);
  return expect->owner != NULL;
}

static bool resolve(Checker *ck, const Ctx *ctx, const AstExpect *ast, ExpectOf *expect)
{
  switch (ast->n.kind) {
  case AST_EXPECT_OUTCOME: return expect_outcome(ck, ctx, &ast->path, expect);
  case AST_EXPECT_TARGET: return expect_target(ck, ctx, ast, expect);
  case AST_EXPECT_CORRECT: return expect_correction(ck, ctx, ast, expect);
  case AST_EXPECT_ALERT: return expect_alert(ck, ctx, ast, expect);
  default: return expect_only_experience(ck, ctx, ast, expect);
  }
}

void check_expect(Checker *ck, const Ctx *ctx, const AstExpect *ast, TestOf *test)
{
  ExpectOf expect = {.span = ast->n.span, .negated = ast->negated, .key = ast->key.sym, .severity = MOT_NONE};
  expect.outcome = (uint8_t)(OUTCOME_MISSED + ast->decided);
  if (ast->at) {
    expect.has_at = true;
    expect.at = time_value(ck, ast->at);
  }
  if (resolve(ck, ctx, ast, &expect)) *VEC_PUSH(ck->arena, &test->expects) = expect;
}
