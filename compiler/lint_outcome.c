/*
 * lint_outcome.c - SMOTOs and SCOs that cannot be missed or produced, alone or
 * together with another one.
 *
 * A condition is judged for each way in which its moment can open, together
 * with what that way says of the opening event.  Two conditions are judged
 * together when one and the same event opens both.
 */
#include "compiler/lint.h"

/* ---- one condition ---- */

static bool true_of(FactsAbout about, const Expr *where, const Cond *root, bool wanted)
{
  Fact facts[2] = {{.cond = root, .wanted = wanted}, {.expr = where, .wanted = true}};
  return facts_can_hold(about, facts, where ? 2 : 1);
}

/* A `where` that excludes itself is reported where it stands. */
static bool where_can_hold(const Expr *where)
{
  Fact fact = {.expr = where, .wanted = true};
  return !where || facts_can_hold((FactsAbout){0}, &fact, 1);
}

/* Whether some event that can open it lets the condition be so; true if nothing can open it. */
static bool can_be(FactsAbout about, const Pattern *opens, const Condition *condition, bool wanted)
{
  bool opened = false;
  for (uint32_t i = 0; opens && i < opens->choices.len; i++) {
    const Choice *choice = &opens->choices.data[i];
    if (choice->steps.len == 0) return true;
    const Match *match = &choice->steps.data[choice->steps.len - 1].match;
    for (uint32_t k = 0; k < match->cases.len; k++) {
      const Expr *where = choice->shape == AST_SILENCE ? NULL : match->cases.data[k].where;
      if (!where_can_hold(where)) continue;
      opened = true;
      if (true_of(about, where, condition->root, wanted)) return true;
    }
  }
  return !opened;
}

static FactsAbout about_mot(const Experience *experience)
{
  return (FactsAbout){experience, {.at_hand_opens = true}};
}

static FactsAbout about_sco(const Experience *experience)
{
  return (FactsAbout){experience, {.at_hand_starts = true}};
}

/* A predicate that never or always holds by itself is reported as such. */
static bool reported_as_predicate(const Condition *condition)
{
  if (condition->leaves.len != 1 || condition->leaves.data[0]->kind != LEAF_PREDICATE) return false;
  const Expr *predicate = condition->leaves.data[0]->predicate;
  Fact yes = {.expr = predicate, .wanted = true}, no = {.expr = predicate};
  return !facts_can_hold((FactsAbout){0}, &yes, 1) || !facts_can_hold((FactsAbout){0}, &no, 1);
}

static void lint_condition(Checker *ck, FactsAbout about, const Pattern *opens, const Condition *condition,
                           Span span, const char *what)
{
  if (!condition || !condition->root || reported_as_predicate(condition)) return;
  if (!can_be(about, opens, condition, true)) {
    Diag *diag = SAY(ck, W0413, span, "%s can never be produced: its condition cannot hold", what);
    diag_help(ck->diags, diag,
              "look for two parts that exclude each other, or a time that has passed from the start");
  } else if (!can_be(about, opens, condition, false)) {
    Diag *diag = SAY(ck, W0412, span, "%s can never be missed: its condition always holds", what);
    diag_help(ck->diags, diag, "write what must happen, and by when, so that it can fail");
  }
}

/* ---- decided before the journey's end ---- */

static bool runs_out(const Experience *experience, const Bound *bound)
{
  if (bound->kind == BOUND_NONE) return false;
  bool length = bound->kind == BOUND_WITHIN || bound->kind == BOUND_CALENDAR;
  return !length || !bound->value || bound->value->kind != EX_INT || bound->value->u.i <= experience->expires;
}

static bool leaf_early(const Experience *experience, const Leaf *leaf, bool wanted)
{
  bool open_ended = leaf->steps.len == 1 && !runs_out(experience, &leaf->steps.data[0].bound);
  switch (leaf->kind) {
  case LEAF_SOME:
  case LEAF_AT_LEAST: return wanted || !open_ended;
  case LEAF_NO:
  case LEAF_AT_MOST:
  case LEAF_EXACTLY: return !wanted || !open_ended;
  default: return true;
  }
}

static bool cond_early(const Experience *experience, const Cond *cond, bool wanted)
{
  if (cond->kind == COND_LEAF) return leaf_early(experience, cond->leaf, wanted);
  if (cond->kind == COND_NOT) return cond_early(experience, cond->a, !wanted);
  bool a = cond_early(experience, cond->a, wanted), b = cond_early(experience, cond->b, wanted);
  return (cond->kind == COND_AND) == wanted ? a && b : a || b;
}

static bool early(FactsAbout about, const Pattern *opens, const Condition *condition, uint8_t outcome)
{
  if (!condition || !condition->root) return true;
  bool wanted = outcome == OUTCOME_PRODUCED;
  return cond_early(about.experience, condition->root, wanted) && can_be(about, opens, condition, wanted);
}

bool mot_can_be_early(const Mot *mot, uint8_t outcome)
{
  return early(about_mot(mot->experience), mot->when, mot->smoto, outcome);
}

bool sco_can_be_early(const Experience *experience, uint8_t outcome)
{
  return early(about_sco(experience), experience->starts, experience->sco, outcome);
}

/* ---- two conditions ---- */

enum { PAIRS_MAX = 32 }; /* so many of those before it that the same event opens are compared with one */

typedef struct Opened { /* a condition that one kind of event opens */
  struct Opened *before; /* opened by the same kind */
  const Experience *experience;
  const Mot *mot;        /* NULL: the SCO */
  const Condition *condition;
  const MatchCase *by;
  Span span;
} Opened;

static const MatchCase *only_case(const Pattern *pattern)
{
  if (!pattern || pattern->choices.len != 1 || pattern->choices.data[0].shape != AST_ONE) return NULL;
  const Choice *choice = &pattern->choices.data[0];
  return choice->steps.len == 1 && choice->steps.data[0].match.cases.len == 1
    ? &choice->steps.data[0].match.cases.data[0] : NULL;
}

static bool both_open(const Opened *a, const Opened *b)
{
  if (!a->by->where || !b->by->where) return where_can_hold(a->by->where) && where_can_hold(b->by->where);
  Fact facts[2] = {{.expr = a->by->where, .wanted = true}, {.expr = b->by->where, .wanted = true}};
  return facts_can_hold((FactsAbout){0}, facts, 2);
}

static bool both_hold(const Opened *a, const Opened *b)
{
  FactsAbout about = {a->experience, {.at_hand_opens = true, .at_hand_starts = !a->mot || !b->mot}};
  Fact facts[4] = {
    {.cond = a->condition->root, .wanted = true},
    {.cond = b->condition->root, .wanted = true},
  };
  uint32_t count = 2;
  if (a->by->where) facts[count++] = (Fact){.expr = a->by->where, .wanted = true};
  if (b->by->where) facts[count++] = (Fact){.expr = b->by->where, .wanted = true};
  return facts_can_hold(about, facts, count);
}

static void lint_pair(Checker *ck, const Opened *earlier, const Opened *later)
{
  if (!both_open(earlier, later) || both_hold(earlier, later)) return;
  const char *other = earlier->mot ? lint_text(ck, earlier->mot->name) : "the SCO";
  const char *name = lint_text(ck, later->mot->name);
  Diag *diag = SAY(ck, W0414, later->span, "%s and %s cannot both be produced", name, other);
  diag_note(ck->diags, diag, earlier->span, "opened by the same event, %s asks for the opposite", other);
  diag_help(ck->diags, diag,
            "let one of them give way: another time, another kind of event, or a `where` that keeps "
                             "them apart");
}

static uint64_t key_of(const MatchCase *by)
{
  if (by->event) return (uintptr_t)by->event;
  return (by->mot ? (uintptr_t)by->mot : (uintptr_t)by->sco) + by->outcome;
}

static void lint_opened(Checker *ck, Map *seen, Opened opened, const Pattern *opens)
{
  FactsAbout about = opened.mot ? about_mot(opened.experience) : about_sco(opened.experience);
  opened.by = only_case(opens);
  if (!opened.by || !opened.condition || !opened.condition->root) return;
  if (!can_be(about, opens, opened.condition, true)) return;
  Opened *kept = ARENA_NEW(ck->arena, Opened);
  *kept = opened;
  kept->before = map_put(seen, key_of(opened.by), kept);
  Opened *other = kept->before;
  for (int i = 0; other && i < PAIRS_MAX; i++, other = other->before) lint_pair(ck, other, kept);
}

/* ---- all of it ---- */

static void lint_experience(Checker *ck, const Experience *experience)
{
  Map seen;
  map_init(&seen, ck->arena);
  Span span = lint_item_span(experience->decl->items, AI_SCO, experience->span);
  lint_condition(ck, about_sco(experience), experience->starts, experience->sco, span, "the SCO");
  Opened sco = {.experience = experience, .condition = experience->sco, .span = span};
  lint_opened(ck, &seen, sco, experience->starts);
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    span = lint_item_span(mot->ast->items, AI_SMOTO, mot->span);
    lint_condition(ck, about_mot(experience), mot->when, mot->smoto, span, lint_text(ck, mot->name));
    if (mot->pause) continue; /* its clock is not that of the others */
    Opened opened = {.experience = experience, .mot = mot, .condition = mot->smoto, .span = span};
    lint_opened(ck, &seen, opened, mot->when);
  }
}

void lint_outcomes(Checker *ck)
{
  for (uint32_t i = 0; i < ck->program->experiences.len; i++) {
    const Experience *experience = ck->program->experiences.data[i];
    if (lint_own(ck, experience->span)) lint_experience(ck, experience);
  }
}
