/*
 * check_experience_items.c - the clauses of a block by kind, each at most once.
 */
#include "compiler/check_experience.h"
#include "compiler/scope.h"

static bool may_repeat(unsigned kind)
{
  return kind == AI_ERROR || kind == AI_MOT || kind == AI_GOAL || kind == AI_VOID_ON || kind == AI_ON ||
         kind == AI_ALLOW || kind == AI_TARGET;
}

void say_twice(Checker *ck, DiagCode code, Span again, Span first, const char *what)
{
  Diag *diag = SAY(ck, code, again, "%s is given twice", what);
  diag_note(ck->diags, diag, first, "first given here");
  diag_help(ck->diags, diag, "keep one of them");
}

/* One for what a miss costs, one for what a moment produced is worth. */
static void take_impact(Checker *ck, Items *items, const AstItem *item)
{
  const AstItem **place = &items->impact[item->u.impact.decided == AST_PRODUCED];
  if (*place)
    say_twice(ck, E0204, item->n.span, (*place)->n.span, "the impact");
  else
    *place = item;
}

Items items_of(Checker *ck, AstList list)
{
  Items items = {0};
  Seen seen = {0};
  for (AST_EACH(AstItem, item, list)) {
    if (item->n.kind == AI_ERROR) items.broken = true;
    if (item->n.kind == AI_IMPACT)
      take_impact(ck, &items, item);
    else if (!may_repeat(item->n.kind) && clause_once(ck, &seen, item))
      items.once[item->n.kind] = item;
  }
  return items;
}
