/*
 * lint_unused.c - declarations that nothing uses.
 *
 * A file without an experience or a metric is there for others to use, and is
 * left alone.
 */
#include "compiler/lint.h"

#include <string.h>

static bool acts(const Checker *ck)
{
  for (AST_EACH(AstDecl, decl, ck->main->file->decls))
    if (decl->n.kind == AD_EXPERIENCE || decl->n.kind == AD_METRIC) return true;
  return false;
}

/* A copy of a kind by which alerts are acknowledged or corrections done: the run hears only the original. */
static bool like_an_answer(const Checker *ck, const AstDecl *decl)
{
  if (decl->n.kind != AD_EVENT) return false;
  const AstWord *first = (const AstWord *)(const void *)decl->u.event.like.words.first;
  const AstWord *second = first ? (const AstWord *)(const void *)first->n.next : NULL;
  if (!second || strcmp(lint_text(ck, first->sym), "std") != 0) return false;
  const char *file = lint_text(ck, second->sym);
  return strcmp(file, "alert") == 0 || strcmp(file, "correction") == 0;
}

static void lint_event(Checker *ck, const AstDecl *decl)
{
  const char *name = lint_text(ck, decl->name.sym);
  Diag *diag = SAY(ck, W0502, decl->name.span, "no rule reads the event %s", name);
  if (like_an_answer(ck, decl))
    diag_help(ck->diags, diag,
              "alerts and corrections are answered by the library's own kind; leave this one out, and send "
              "events of the type %s", path_text(ck, &decl->u.event.like));
  else if (decl->n.kind == AD_DERIVED)
    diag_help(ck->diags, diag, "use it where these events are meant, or leave it out");
  else
    diag_help(ck->diags, diag, "if customers meet it, a MOT may be missing; else leave it out, or write "
                             "`allow W0502 \"reason\"` at the end of the file");
}

static void lint_owner(Checker *ck, const AstDecl *decl)
{
  const char *what = decl->n.kind == AD_TEAM ? "team" : "owner";
  Diag *diag = SAY(ck, W0503, decl->name.span, "the %s %s has nothing to do", what,
                   lint_text(ck, decl->name.sym));
  diag_help(ck->diags, diag, "name it as `manager`, in `producers`, or as who is alerted, or leave it out");
}

static void lint_calendar(Checker *ck, const AstDecl *decl)
{
  Diag *diag = SAY(ck, W0504, decl->name.span, "no deadline runs by the calendar %s",
                   lint_text(ck, decl->name.sym));
  diag_help(ck->diags, diag, "write `of %s` behind a length of time, or leave the calendar out",
            lint_text(ck, decl->name.sym));
}

static void lint_reusable(Checker *ck, const AstDecl *decl)
{
  bool def = decl->n.kind == AD_DEF;
  const char *name = lint_text(ck, decl->name.sym);
  Diag *diag = SAY(ck, W0505, decl->name.span, "the %s %s is used nowhere", def ? "def" : "pattern", name);
  if (def)
    diag_help(ck->diags, diag, "call it, %s(…), or leave it out", name);
  else
    diag_help(ck->diags, diag, "write `mot … like %s(…)`, or leave it out", name);
}

static void lint_decl(Checker *ck, const AstDecl *decl)
{
  switch (decl->n.kind) {
  case AD_EVENT:
  case AD_DERIVED: lint_event(ck, decl); break;
  case AD_OWNER:
  case AD_TEAM: lint_owner(ck, decl); break;
  case AD_CALENDAR: lint_calendar(ck, decl); break;
  case AD_PATTERN:
  case AD_DEF: lint_reusable(ck, decl); break;
  default: break;
  }
}

void lint_unused(Checker *ck)
{
  if (!acts(ck)) return;
  for (uint32_t i = 0; i < ck->main->entities.len; i++) {
    const Entity *entity = ck->main->entities.data[i];
    if (!entity->used) lint_decl(ck, entity->decl);
  }
}
