/*
 * lint_program.c - the list of the framework checks.
 */
#include "compiler/lint.h"

void lint_program(Checker *ck)
{
  lint_owners(ck);
  lint_framework(ck);
  lint_contacts(ck);
  lint_goals(ck);
  lint_journeys(ck);
  lint_logic(ck);
  lint_outcomes(ck);
  lint_unused(ck);
}

bool lint_own(const Checker *ck, Span span)
{
  return span.file == ck->main->file->file;
}

bool span_inside(Span inner, Span outer)
{
  return inner.file == outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

const AstItem *lint_item(AstList items, AstItemKind kind)
{
  for (AST_EACH(AstItem, item, items))
    if (item->n.kind == kind) return item;
  return NULL;
}

Span lint_item_span(AstList items, AstItemKind kind, Span otherwise)
{
  const AstItem *item = lint_item(items, kind);
  return item ? item->n.span : otherwise;
}

Span lint_mot_scope(const Mot *mot)
{
  const AstNode *last = mot->ast->items.last;
  return last && last->span.file == mot->span.file ? span_join(mot->span, last->span) : mot->span;
}

Span lint_mot_place(const Mot *mot, Span written)
{
  return span_inside(written, lint_mot_scope(mot)) ? written : mot->span;
}

const char *lint_text(const Checker *ck, Sym sym)
{
  return sym_text(ck->names, sym);
}
