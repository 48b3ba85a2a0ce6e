/*
 * lint_journey.c - MOTs in the course of a journey: deadlines that come after
 * its end, events that reach too many journeys, triggers that cannot occur.
 */
#include "compiler/lint.h"

/* ---- deadlines past the expiry ---- */

static const int64_t HOUR = INT64_C(3600) * 1000000;

/* Microseconds from the start (or later) that the bound certainly lasts; -1: not known. */
static int64_t least_length(const Bound *bound)
{
  Form form;
  if (!bound->value || bound->moves || bound->kind == BOUND_NONE) return -1;
  if (bound->kind == BOUND_BY) {
    if (!form_of((SameBy){0}, bound->value, NULL, &form) || form.count != 1 || form.signs[0] != 1) return -1;
    const Expr *term = form.terms[0];
    if (term->kind != EX_REF || term->u.ref->field != 0) return -1;
    return term->u.ref->kind == REF_START || term->u.ref->kind == REF_OPENING ? (int64_t)form.constant : -1;
  }
  if (bound->value->kind != EX_INT) return -1;
  int64_t value = bound->value->u.i;
  if (bound->kind != BOUND_OPEN_DAYS) return value;
  /* N open days after the day itself: N - 1 days lie whole in between, of 23 hours at least. */
  return value > 1 && value < 100000 ? (value - 1) * 23 * HOUR : -1;
}

static void lint_bound(Checker *ck, const Experience *experience, const Bound *bound, Span home)
{
  if (least_length(bound) <= experience->expires) return;
  Span span = span_inside(bound->span, home) ? bound->span : home;
  Diag *diag = SAY(ck, W0318, span, "this deadline comes after the journey is over");
  Span expires = lint_item_span(experience->decl->items, AI_EXPIRES, experience->span);
  diag_note(ck->diags, diag, expires, "then journeys of %s expire, and whatever is open is settled",
            lint_text(ck, experience->name));
  diag_help(ck->diags, diag, "shorten it, or let journeys expire later");
}

static void lint_bounds(Checker *ck, const Experience *experience, const Condition *condition, Span home)
{
  for (uint32_t i = 0; condition && i < condition->leaves.len; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    for (uint32_t s = 0; s < leaf->steps.len; s++)
      lint_bound(ck, experience, &leaf->steps.data[s].bound, home);
  }
}

static void lint_corrections(Checker *ck, const Experience *experience)
{
  for (uint32_t i = 0; i < experience->corrections.len; i++) {
    const Correction *correction = experience->corrections.data[i];
    lint_bound(ck, experience, &correction->within, correction->span);
    lint_bounds(ck, experience, correction->until, correction->span);
  }
}

/* ---- at risk from the start ---- */

static void lint_risk(Checker *ck, const Mot *mot)
{
  if (!mot->smoto || mot->smoto->leaves.len != 1 || mot->smoto->leaves.data[0]->steps.len != 1) return;
  const Bound *bound = &mot->smoto->leaves.data[0]->steps.data[0].bound;
  if (bound->kind != BOUND_WITHIN || !bound->value || bound->value->kind != EX_INT) return;
  for (uint32_t i = 0; i < mot->actions.len; i++) {
    const Action *action = mot->actions.data[i];
    if (action->when != WHEN_AT_RISK || !action->risk || action->risk->kind != EX_INT) continue;
    if (action->risk->u.i < bound->value->u.i) continue;
    Span span = lint_mot_place(mot, action->risk->span);
    Diag *diag = SAY(ck, W0321, span, "every moment of %s is at risk as soon as it opens",
                     lint_text(ck, mot->name));
    diag_note(ck->diags, diag, bound->span, "there is no more time than this");
    diag_help(ck->diags, diag, "warn later: write less time before the deadline than the moment has");
  }
}

/* ---- keys ---- */

static bool always_has(const Event *event, Sym name)
{
  const Field *field = event_field(event, name);
  return field && !field->type.optional;
}

static void lint_keys_of(Checker *ck, const Mot *mot, const Step *step, Span home)
{
  const Experience *experience = mot->experience;
  for (uint32_t i = 0; i < step->match.cases.len; i++) {
    const Event *event = step->match.cases.data[i].event;
    for (uint32_t k = 1; event && k < experience->keys.len; k++) {
      Sym key = experience->keys.data[k].name;
      if (always_has(event, key)) continue;
      Diag *diag = SAY(ck, W0320, home, "one %s opens %s in all the journeys of a customer at once",
                       lint_text(ck, event->shown), lint_text(ck, mot->name));
      diag_note(ck->diags, diag, event->span, "it does not always say which `%s` it is about",
                lint_text(ck, key));
      diag_help(ck->diags, diag,
                "add `%s: id` to the event, or put the MOT into an experience `for %s` of its own",
                lint_text(ck, key), lint_text(ck, experience->keys.data[0].name));
      return;
    }
  }
}

static void lint_keys(Checker *ck, const Mot *mot, Span home)
{
  for (uint32_t i = 0; mot->when && i < mot->when->choices.len; i++) {
    const Choice *choice = &mot->when->choices.data[i];
    if (choice->shape != AST_SILENCE && choice->steps.len > 0)
      lint_keys_of(ck, mot, &choice->steps.data[choice->steps.len - 1], home);
  }
}

/* ---- triggers that cannot occur ---- */

/* Whether each event of `match` is certainly one that the pattern takes, at once and every time. */
static bool takes_all(const Pattern *pattern, const Match *match)
{
  for (uint32_t i = 0; i < match->cases.len; i++) {
    bool taken = false;
    for (uint32_t c = 0; pattern && c < pattern->choices.len && !taken; c++) {
      const Choice *choice = &pattern->choices.data[c];
      taken = choice->shape == AST_ONE && choice->steps.len == 1 &&
              match_covers(&choice->steps.data[0].match, &match->cases.data[i]);
    }
    if (!taken) return false;
  }
  return match->cases.len > 0;
}

/* The start neither voids nor ends its journey. */
static bool may_start(const Experience *experience, const Match *match)
{
  for (uint32_t c = 0; experience->starts && c < experience->starts->choices.len; c++) {
    const Choice *choice = &experience->starts->choices.data[c];
    if (choice->steps.len == 0) continue;
    const Match *starts = &choice->steps.data[choice->steps.len - 1].match;
    for (uint32_t i = 0; i < starts->cases.len; i++)
      for (uint32_t k = 0; k < match->cases.len; k++)
        if (starts->cases.data[i].event == match->cases.data[k].event) return true;
  }
  return false;
}

static bool voids(const Experience *experience, const Match *match)
{
  if (may_start(experience, match)) return false;
  for (uint32_t i = 0; i < experience->voids.len; i++)
    if (takes_all(experience->voids.data[i], match)) return true;
  return false;
}

static bool ends(const Experience *experience, const Match *match)
{
  return voids(experience, match) || (!may_start(experience, match) && takes_all(experience->ends, match));
}

static const char *outcome_never(Checker *ck, const Experience *experience, const MatchCase *at)
{
  const char *outcome = at->outcome == OUTCOME_MISSED ? "missed" : "produced";
  if (at->mot && at->mot->experience == experience && !mot_can_be_early(at->mot, at->outcome))
    return arena_printf(ck->arena, "no moment of %s is %s before the journey ends",
                        lint_text(ck, at->mot->name), outcome);
  if (at->sco == experience && !sco_can_be_early(experience, at->outcome))
    return "the SCO is not decided so before the journey ends";
  return NULL;
}

/* Why a choice never opens a moment; NULL when it may. */
static const char *choice_never(Checker *ck, const Experience *experience, const Choice *choice)
{
  const Match *last = &choice->steps.data[choice->steps.len - 1].match;
  if (choice->shape == AST_SILENCE) {
    const Expr *length = choice->steps.data[0].bound.value;
    bool longer = length && length->kind == EX_INT && length->u.i > experience->expires;
    return longer ? "the journey expires before the silence has lasted so long" : NULL;
  }
  if (voids(experience, last)) return "`void on` ends the journey before the moment would open";
  if (choice->shape == AST_COUNT && choice->count > 1 && ends(experience, last))
    return "the first one ends the journey";
  for (uint32_t i = 0; i + 1 < choice->steps.len; i++)
    if (ends(experience, &choice->steps.data[i].match)) return "a step before the last ends the journey";
  bool outcome = last->cases.len == 1 && !last->cases.data[0].event;
  return outcome ? outcome_never(ck, experience, &last->cases.data[0]) : NULL;
}

static void lint_trigger(Checker *ck, const Mot *mot, Span home)
{
  const char *why = NULL;
  for (uint32_t i = 0; mot->when && i < mot->when->choices.len; i++) {
    if (mot->when->choices.data[i].steps.len == 0) return;
    why = choice_never(ck, mot->experience, &mot->when->choices.data[i]);
    if (!why) return;
  }
  if (!why) return;
  Diag *diag = SAY(ck, W0319, home, "nothing in a journey can open %s: %s", lint_text(ck, mot->name), why);
  diag_help(ck->diags, diag, "let another event open it, or leave the MOT out");
}

/* ---- all of it ---- */

static void lint_mot(Checker *ck, const Mot *mot)
{
  Span when = lint_item_span(mot->ast->items, AI_WHEN, mot->span);
  lint_bounds(ck, mot->experience, mot->smoto, lint_item_span(mot->ast->items, AI_SMOTO, mot->span));
  lint_risk(ck, mot);
  lint_keys(ck, mot, when);
  lint_trigger(ck, mot, when);
}

void lint_journeys(Checker *ck)
{
  for (uint32_t i = 0; i < ck->program->experiences.len; i++) {
    const Experience *experience = ck->program->experiences.data[i];
    if (!lint_own(ck, experience->span)) continue;
    Span sco = lint_item_span(experience->decl->items, AI_SCO, experience->span);
    lint_bounds(ck, experience, experience->sco, sco);
    lint_corrections(ck, experience);
    for (uint32_t m = 0; m < experience->mots.len; m++) lint_mot(ck, experience->mots.data[m]);
  }
}
