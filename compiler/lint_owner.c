/*
 * lint_owner.c - is somebody in charge, in the right role, and can they be
 * reached?
 */
#include "compiler/lint.h"

#include "bytecode/names.h"

static const char *role_text(uint8_t role)
{
  return role == ROLE_NONE ? "no role" : enum_text(ENUM_ROLE, role);
}

/* ---- managers and producers ---- */

static void lint_role(Checker *ck, DiagCode code, const Owner *owner, uint8_t role, Span span,
                      const char *what)
{
  if (!owner || owner->role == role) return;
  const char *name = lint_text(ck, owner->name);
  Diag *diag = owner->role == ROLE_NONE
    ? SAY(ck, code, span, "%s %s has no role", what, name)
    : SAY(ck, code, span, "%s %s has the role %s", what, name, role_text(owner->role));
  diag_note(ck->diags, diag, owner->span, "%s is declared here", name);
  diag_help(ck->diags, diag, "write `role %s` in the declaration of %s, or name somebody who has that role",
            enum_text(ENUM_ROLE, role), name);
}

static void lint_experience_manager(Checker *ck, const Experience *experience)
{
  Span span = lint_item_span(experience->decl->items, AI_MANAGER, experience->span);
  if (experience->manager) {
    lint_role(ck, W0302, experience->manager, ROLE_EXPERIENCE_MANAGER, span, "the Experience Manager");
    return;
  }
  Diag *diag = SAY(ck, W0301, span, "nobody leads the experience %s", lint_text(ck, experience->name));
  diag_help(ck->diags, diag, "write `manager` and the name of an owner whose role is experience_manager");
}

static void lint_mot_manager(Checker *ck, const Mot *mot)
{
  Span span = lint_item_span(mot->ast->items, AI_MANAGER, mot->span);
  if (mot->manager) {
    lint_role(ck, W0305, mot->manager, ROLE_MOT_MANAGER, span, "the MOT Manager");
    return;
  }
  Diag *diag = SAY(ck, W0304, span, "nobody leads the MOT %s", lint_text(ck, mot->name));
  diag_help(ck->diags, diag, "write `manager` and the name of an owner whose role is mot_manager");
}

static void lint_producers(Checker *ck, const Mot *mot)
{
  Span span = lint_item_span(mot->ast->items, AI_PRODUCERS, mot->span);
  for (uint32_t i = 0; i < mot->producers.len; i++)
    lint_role(ck, W0307, mot->producers.data[i], ROLE_PRODUCER, span, "the producer");
  if (mot->producers.len > 0) return;
  Diag *diag = SAY(ck, W0306, span, "nobody produces the MOT %s", lint_text(ck, mot->name));
  diag_help(ck->diags, diag,
            "write `producers` and the teams whose work decides whether the moment succeeds");
}

void lint_owners(Checker *ck)
{
  for (uint32_t i = 0; i < ck->program->experiences.len; i++) {
    const Experience *experience = ck->program->experiences.data[i];
    if (!lint_own(ck, experience->span)) continue;
    lint_experience_manager(ck, experience);
    for (uint32_t m = 0; m < experience->mots.len; m++) {
      lint_mot_manager(ck, experience->mots.data[m]);
      lint_producers(ck, experience->mots.data[m]);
    }
  }
}

/* ---- contacts ---- */

typedef struct Told {
  Checker *ck;
  Map seen; /* owners reported */
} Told;

static bool has_contact(const Owner *owner)
{
  return owner->contact || (owner->kind == OWNER_TEAM && owner->lead && owner->lead->contact);
}

/* Somebody is told at `span`: `why` says of what. */
static void lint_contact(Told *told, const Owner *owner, Span span, const char *why)
{
  if (!owner || has_contact(owner) || map_put(&told->seen, (uintptr_t)owner, told)) return;
  Checker *ck = told->ck;
  const char *name = lint_text(ck, owner->name);
  bool here = lint_own(ck, owner->span);
  Diag *diag = SAY(ck, W0310, here ? owner->span : span, "%s is to be told of %s but has no contact", name,
                   why);
  if (here) diag_note(ck->diags, diag, span, "%s is told here", name);
  if (owner->kind == OWNER_TEAM)
    diag_help(ck->diags, diag, "write `contact \"mailto:…\"` in the team, or give it a `lead` who has one");
  else
    diag_help(ck->diags, diag, "write `contact \"mailto:…\"` in the declaration of %s", name);
}

static Owner *above(const Owner *owner)
{
  return owner->kind == OWNER_TEAM ? owner->lead : owner->reports_to;
}

enum { LEVELS_MAX = 64 }; /* `reports to` may be a ring in a program with errors elsewhere */

static void lint_escalation(Told *told, const Action *action, Span span)
{
  if (action->escalate < 0 || !action->to) return;
  Owner *next = above(action->to);
  for (int level = 0; next && level < LEVELS_MAX; level++, next = above(next))
    lint_contact(told, next, span, "an escalated alert");
  if (above(action->to)) return;
  Checker *ck = told->ck;
  const char *name = lint_text(ck, action->to->name);
  Diag *diag = SAY(ck, W0311, span, "an alert to %s has nobody to escalate to", name);
  diag_note(ck->diags, diag, action->to->span, "%s is declared here", name);
  if (action->to->kind == OWNER_TEAM)
    diag_help(ck->diags, diag, "give the team %s a `lead`, or leave `escalate after` out", name);
  else
    diag_help(ck->diags, diag, "write `reports to` in the declaration of %s, or leave `escalate after` out",
              name);
}

/* `manager` is told when a correction is overdue. */
static void lint_action(Told *told, const Action *action, const Owner *manager, Span span)
{
  if (action->kind == ACTION_ALERT) {
    lint_contact(told, action->to, span, "an alert");
    lint_escalation(told, action, span);
  } else if (action->correction) {
    lint_contact(told, action->correction->by, span, "a correction");
    lint_contact(told, manager, span, "an overdue correction");
  }
}

static void lint_experience_actions(Told *told, const Experience *experience)
{
  for (uint32_t i = 0; i < experience->actions.len; i++) {
    const Action *action = experience->actions.data[i];
    lint_action(told, action, experience->manager, action->span);
  }
  for (uint32_t m = 0; m < experience->mots.len; m++) {
    const Mot *mot = experience->mots.data[m];
    for (uint32_t i = 0; i < mot->actions.len; i++) {
      const Action *action = mot->actions.data[i];
      lint_action(told, action, mot->manager, lint_mot_place(mot, action->span));
    }
  }
}

void lint_contacts(Checker *ck)
{
  Told told = {.ck = ck};
  map_init(&told.seen, ck->arena);
  for (uint32_t i = 0; i < ck->program->experiences.len; i++) {
    const Experience *experience = ck->program->experiences.data[i];
    if (lint_own(ck, experience->span)) lint_experience_actions(&told, experience);
  }
  for (uint32_t i = 0; i < ck->program->goals.len; i++) {
    const Goal *goal = ck->program->goals.data[i];
    if (!lint_own(ck, goal->span)) continue;
    for (uint32_t a = 0; a < goal->actions.len; a++)
      lint_action(&told, goal->actions.data[a], goal->owner, goal->actions.data[a]->span);
  }
}
