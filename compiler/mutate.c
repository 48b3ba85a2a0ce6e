/*
 * mutate.c - the changes of a file: its declarations in order.
 */
#include "compiler/mutate.h"

#include <stdlib.h>
#include <string.h>

/* ---- what an expectation can see ---- */

static const AstItem *first_item(const AstList *list)
{
  return (const AstItem *)(const void *)list->first;
}

/* Whether a goal of the list, or one below it, measures in that way what has that name (0: whatever it is).
 */
static bool goals_measure(const AstList *items, unsigned kind, Sym name)
{
  for (const AstItem *item = first_item(items); item; item = (const AstItem *)(const void *)item->n.next) {
    if (item->n.kind == AI_GOAL && goals_measure(&item->u.goal->items, kind, name)) return true;
    if (item->n.kind != AI_MEASURE || item->u.measure.kind != kind) continue;
    const AstWord *last = (const AstWord *)(const void *)item->u.measure.path.words.last;
    if (!name || (last && last->sym == name)) return true;
  }
  return false;
}

static bool is_measured(const Mutator *m, unsigned kind, Sym name)
{
  for (AST_EACH(AstDecl, decl, m->tree->decls)) {
    if (decl->n.kind == AD_NSAT && goals_measure(&decl->u.nsat.goals, kind, name)) return true;
  }
  return false;
}

/* Declarations whose words change nothing that a test can expect. */
static bool is_hidden(const Mutator *m, const AstDecl *decl)
{
  switch (decl->n.kind) {
  case AD_METRIC: return !is_measured(m, AST_MEASURE_NAMED, decl->name.sym);
  case AD_REVIEW:
  case AD_TEST:
  case AD_USE:
  case AD_ALLOW: return true;
  default: return false;
  }
}

static bool stands_in(Span inner, Span outer)
{
  return inner.start >= outer.start && inner.end <= outer.end;
}

static bool hidden_at(const Mutator *m, Span span)
{
  for (AST_EACH(AstDecl, decl, m->tree->decls)) {
    if (stands_in(span, decl->n.span)) return is_hidden(m, decl);
  }
  return false;
}

/* Whether a name is used where a test can see it, outside its own declaration: by its letters. */
static bool is_used(const Mutator *m, const AstDecl *decl)
{
  const char *name = sym_text(m->names, decl->name.sym);
  size_t size = strlen(name);
  for (const LexToken *token = m->tokens; token->kind != 0; token++) {
    Span span = token->span;
    if (span.end - span.start != size || memcmp(m->text + span.start, name, size) != 0) continue;
    if (!stands_in(span, decl->n.span) && !hidden_at(m, span)) return true;
  }
  return false;
}

/* ---- declarations ---- */

static void change_metric(Mutator *m, const AstDecl *decl)
{
  mutate_truth(m, decl->u.metric.value);
  if (decl->u.metric.where) mutate_truth(m, decl->u.metric.where);
}

static void change_derived(Mutator *m, const AstDecl *decl)
{
  mutate_alternatives(m, &decl->u.derived.either);
  for (AST_EACH(AstMatched, matched, decl->u.derived.either)) mutate_matched(m, matched);
}

static void change_decl(Mutator *m, const AstDecl *decl, bool weights)
{
  m->subject = sym_text(m->names, decl->name.sym);
  switch (decl->n.kind) {
  case AD_EXPERIENCE: mutate_items(m, &decl->items, weights); break;
  case AD_NSAT: mutate_items(m, &decl->u.nsat.goals, false); break;
  case AD_PATTERN:
    if (is_used(m, decl)) mutate_items(m, &decl->items, weights);
    break;
  case AD_DEF:
    if (is_used(m, decl)) mutate_truth(m, decl->u.def.body);
    break;
  case AD_DERIVED:
    if (is_used(m, decl)) change_derived(m, decl);
    break;
  case AD_METRIC:
    if (!is_hidden(m, decl)) change_metric(m, decl);
    break;
  default: break;
  }
}

/* ---- in the order of the text ---- */

typedef struct Placed {
  Mutation mutation;
  uint32_t number; /* as it was found */
} Placed;

static int by_place(const void *a, const void *b)
{
  const Placed *l = a, *r = b;
  Span x = l->mutation.span, y = r->mutation.span;
  if (x.start != y.start) return x.start < y.start ? -1 : 1;
  if (x.end != y.end) return x.end > y.end ? -1 : 1;
  return l->number < r->number ? -1 : 1;
}

static void order(Mutator *m)
{
  uint32_t count = m->found.len;
  Placed *placed = ARENA_ARRAY(m->arena, Placed, count + 1);
  for (uint32_t i = 0; i < count; i++) placed[i] = (Placed){m->found.data[i], i};
  qsort(placed, count, sizeof *placed, by_place);
  for (uint32_t i = 0; i < count; i++) m->found.data[i] = placed[i].mutation;
}

void mutate_file(Mutator *m)
{
  bool weights = is_measured(m, AST_MEASURE_BUILTIN, 0);
  for (AST_EACH(AstDecl, decl, m->tree->decls)) change_decl(m, decl, weights);
  order(m);
}
