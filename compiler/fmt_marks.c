/*
 * fmt_marks.c - which tokens begin something.
 */
#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

uint32_t fmt_token_at(const Fmt *f, uint32_t offset)
{
  uint32_t low = 0, high = f->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (f->tokens[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low < f->count && f->tokens[low].start == offset ? low : f->count;
}

static void mark(Fmt *f, Span span, FmtMark what)
{
  f->tokens[fmt_token_at(f, span.start)].marks |= (uint8_t)what;
}

static void mark_nodes(Fmt *f, AstList list)
{
  for (const AstNode *node = list.first; node; node = node->next) mark(f, node->span, MARK_ITEM);
}

static void mark_items(Fmt *f, AstList items)
{
  for (AST_EACH(AstItem, item, items)) {
    mark(f, item->n.span, MARK_ITEM);
    switch (item->n.kind) {
    case AI_MOT: mark_items(f, item->u.mot->items); break;
    case AI_GOAL: mark_items(f, item->u.goal->items); break;
    case AI_ON: mark_nodes(f, item->u.on.actions); break;
    case AI_SCO:
      if (item->u.sco.condition) mark(f, item->u.sco.condition->n.span, MARK_SPLIT);
      break;
    default: break;
    }
  }
}

static void mark_test(Fmt *f, const AstDecl *test)
{
  mark_nodes(f, test->u.test.steps);
  mark_nodes(f, test->u.test.expects);
  for (AST_EACH(AstStepOf, step, test->u.test.steps)) {
    for (AST_EACH(AstPair, pair, step->pairs)) mark(f, pair->n.span, MARK_FILL);
  }
}

static void mark_decl(Fmt *f, const AstDecl *decl)
{
  mark(f, decl->n.span, MARK_ITEM);
  mark_items(f, decl->items);
  if (decl->n.kind == AD_EVENT) mark_nodes(f, decl->u.event.fields);
  if (decl->n.kind == AD_NSAT) mark_items(f, decl->u.nsat.goals);
  if (decl->n.kind == AD_TEST) mark_test(f, decl);
  if (decl->n.kind == AD_DEF) mark(f, decl->u.def.body->n.span, MARK_SPLIT);
}

/* A label in braces that is no field belongs to a `case`; one in parentheses is a parameter. */
static void mark_arms(Fmt *f)
{
  uint8_t braces[PARSE_NESTING + 1] = {0};
  uint32_t depth = 0;
  for (uint32_t i = 0; i < f->count; i++) {
    FmtToken *token = &f->tokens[i];
    if (token->kind == '{' || token->kind == '(') braces[++depth] = token->kind == '{';
    if ((token->kind == '}' || token->kind == ')') && depth > 0) depth--;
    bool arm = token->kind == LABEL && braces[depth] && !(token->marks & MARK_ITEM);
    if (arm) token->marks |= MARK_FILL | MARK_ARM;
  }
}

void fmt_mark(Fmt *f, const AstFile *file)
{
  f->tokens[0].marks |= MARK_ITEM;
  for (AST_EACH(AstDecl, decl, file->decls)) mark_decl(f, decl);
  mark_arms(f);
}
