/*
 * lint_framework.c - does every experience have an outcome that is measured, and
 * MOTs that are measured too; and by more than opinion?
 */
#include "compiler/lint.h"

#include <string.h>

/* ---- SCO, titles, targets ---- */

static void lint_title(Checker *ck, Sym title, Sym name, Span span, const char *what)
{
  if (sym_len(ck->names, title) > 0) return;
  const char *text = lint_text(ck, name);
  Diag *diag = SAY(ck, W0309, span, "the %s %s is not said in the customer's words", what, text);
  diag_help(ck->diags, diag, "write it in quotes after the name: %s %s \"…\"", what, text);
}

static void lint_sco(Checker *ck, const Experience *experience)
{
  if (experience->sco) return;
  const AstItem *item = lint_item(experience->decl->items, AI_SCO);
  const char *name = lint_text(ck, experience->name);
  Diag *diag = item
    ? SAY(ck, W0303, item->n.span, "the SCO of %s is only a sentence, nothing measures it", name)
    : SAY(ck, W0303, experience->span, "the experience %s has no SCO", name);
  if (item)
    diag_help(ck->diags, diag, "write the condition after the sentence: what must happen, and by when");
  else
    diag_help(ck->diags, diag,
              "write `sco \"what the customer wants\"` and the condition under which it is reached");
}

static void lint_mot(Checker *ck, const Mot *mot)
{
  lint_title(ck, mot->title, mot->name, mot->span, "mot");
  if (mot->targets.len > 0) return;
  Diag *diag = SAY(ck, W0308, mot->span, "the MOT %s has no target", lint_text(ck, mot->name));
  diag_help(ck->diags, diag, "write how many moments must succeed: target 95%% over 30 d");
}

/* ---- opinion ---- */

/* A survey's answer: std.survey.Answered, or declared like it. */
static bool from_survey_library(const Checker *ck, const Event *event)
{
  if (event->std) return strcmp(lint_text(ck, event->shown), "std.survey.Answered") == 0;
  if (!event->decl || event->decl->n.kind != AD_EVENT) return false;
  return strcmp(path_text(ck, &event->decl->u.event.like), "std.survey.Answered") == 0;
}

static bool is_opinion(const Checker *ck, const Experience *experience, const MatchCase *at)
{
  if (!at->event) return false;
  if (from_survey_library(ck, at->event)) return true;
  if (!experience->sentiment || !experience->sentiment->match) return false;
  const Match *match = experience->sentiment->match;
  for (uint32_t i = 0; i < match->cases.len; i++)
    if (match->cases.data[i].event == at->event) return true;
  return false;
}

static bool all_opinion(const Checker *ck, const Experience *experience, const Match *match)
{
  for (uint32_t i = 0; i < match->cases.len; i++)
    if (!is_opinion(ck, experience, &match->cases.data[i])) return false;
  return match->cases.len > 0;
}

/* Whether only answers to surveys open it; then its predicates are about answers. */
static bool opened_by_opinion(const Checker *ck, const Experience *experience, const Pattern *pattern)
{
  if (!pattern) return false;
  for (uint32_t i = 0; i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    if (choice->shape == AST_SILENCE || choice->steps.len == 0) return false;
    if (!all_opinion(ck, experience, &choice->steps.data[choice->steps.len - 1].match)) return false;
  }
  return true;
}

static bool leaf_is_opinion(const Checker *ck, const Experience *experience, const Leaf *leaf,
                            const Pattern *opens)
{
  if (leaf->kind == LEAF_PREDICATE) return opened_by_opinion(ck, experience, opens);
  for (uint32_t i = 0; i < leaf->steps.len; i++)
    if (!all_opinion(ck, experience, &leaf->steps.data[i].match)) return false;
  return true;
}

static void lint_opinion(Checker *ck, const Experience *experience, const Condition *condition,
                         const Pattern *opens, Span span, const char *what)
{
  if (!condition || condition->leaves.len == 0) return;
  for (uint32_t i = 0; i < condition->leaves.len; i++)
    if (!leaf_is_opinion(ck, experience, condition->leaves.data[i], opens)) return;
  Diag *diag = SAY(ck, W0317, span, "%s measures only what customers answer, not what happened", what);
  diag_help(ck->diags, diag, "judge by events of the work itself; a survey can stand beside as `sentiment`");
}

/* ---- all of it ---- */

static void lint_experience(Checker *ck, const Experience *experience)
{
  lint_title(ck, experience->title, experience->name, experience->span, "experience");
  lint_sco(ck, experience);
  Span span = lint_item_span(experience->decl->items, AI_SCO, experience->span);
  lint_opinion(ck, experience, experience->sco, experience->starts, span, "the SCO");
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    lint_mot(ck, mot);
    span = lint_item_span(mot->ast->items, AI_SMOTO, mot->span);
    lint_opinion(ck, experience, mot->smoto, mot->when, span, "the SMOTO");
  }
  if (experience->mots.len > 0) return;
  const char *name = lint_text(ck, experience->name);
  Diag *diag = SAY(ck, W0312, experience->span, "the experience %s has no MOT", name);
  diag_help(ck->diags, diag,
            "write a `mot` for each interaction that decides whether the outcome is reached");
}

void lint_framework(Checker *ck)
{
  for (uint32_t i = 0; i < ck->program->experiences.len; i++) {
    const Experience *experience = ck->program->experiences.data[i];
    if (lint_own(ck, experience->span)) lint_experience(ck, experience);
  }
}
