/*
 * gen_evidence.c - the sentences that say why a moment was decided; the run puts
 * times and counts in for {at}, {deadline} and {count}.
 */
#include <string.h>

#include "compiler/gen_parts.h"

/* The text of the rules in a sentence: a brace that is no place holder's stands twice. */
static const char *literal(Gen *g, const char *text)
{
  Buf buf;
  if (!strchr(text, '{')) return text;
  buf_init(&buf, g->arena);
  for (; *text; text++) {
    if (*text == '{') buf_char(&buf, '{');
    buf_char(&buf, *text);
  }
  return buf.data;
}

/* ---- predicates: as written, but of a pattern with what its parameters stand for ---- */

enum { BIND_OR = 1, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_ADD, BIND_MUL, BIND_UNARY, BIND_ALONE };

static int binding(const Expr *expr)
{
  switch (expr->kind) {
  case EX_OR: return BIND_OR;
  case EX_AND: return BIND_AND;
  case EX_NOT: return BIND_NOT;
  case EX_COMPARE: return BIND_COMPARE;
  case EX_ADD: case EX_SUB: return BIND_ADD;
  case EX_MUL: case EX_DIV: return BIND_MUL;
  case EX_NEG: case EX_KNOWN: case EX_ELSE: return BIND_UNARY;
  default: return BIND_ALONE;
  }
}

static const char *operator_text(const Expr *expr)
{
  static const char *const compares[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
  switch (expr->kind) {
  case EX_OR: return " or ";
  case EX_AND: return " and ";
  case EX_COMPARE: return compares[expr->op];
  case EX_ADD: return " + ";
  case EX_SUB: return " - ";
  case EX_MUL: return " * ";
  case EX_DIV: return " / ";
  case EX_KNOWN: return " known";
  default: return " else ";
  }
}

/* Values and names are shown as they stand in the rules: an argument where it was given, a choice that a def makes by
 * its call. */
static void put_expr(Gen *g, Buf *buf, const Expr *expr, int above)
{
  while (expr->kind == EX_TO_NUMBER) expr = expr->a;
  int own = binding(expr);
  if (own == BIND_ALONE) {
    const char *text = rule_text(g, expr->call.end ? expr->call : expr->span);
    bool at_hand = expr->kind == EX_FIELD || expr->kind == EX_EVENT_TIME; /* `Delivered.at` */
    const char *dot = at_hand ? strrchr(text, '.') : NULL;
    buf_text(buf, dot ? dot + 1 : text);
    return;
  }
  if (own < above) buf_char(buf, '(');
  if (expr->kind == EX_NOT || expr->kind == EX_NEG) {
    buf_text(buf, expr->kind == EX_NOT ? "not " : "-");
    put_expr(g, buf, expr->a, own + 1);
  } else {
    put_expr(g, buf, expr->a, own);
    buf_text(buf, operator_text(expr));
    if (expr->b) put_expr(g, buf, expr->b, own + 1);
  }
  if (own < above) buf_char(buf, ')');
}

typedef struct Inside {
  Span span;
  bool all;
} Inside;

static void look_inside(void *user, Expr *expr)
{
  Inside *inside = user;
  bool in = expr->span.file == inside->span.file && expr->span.start >= inside->span.start
    && expr->span.end <= inside->span.end;
  inside->all = inside->all && in;
}

static bool all_inside(Expr *expr, Span span)
{
  Inside inside = {span, true};
  each_expr(expr, look_inside, &inside);
  return inside.all;
}

const char *predicate_text(Gen *g, const Leaf *leaf)
{
  if (all_inside(leaf->predicate, leaf->span)) return rule_text(g, leaf->span);
  Buf buf;
  buf_init(&buf, g->arena);
  put_expr(g, &buf, leaf->predicate, 0);
  return buf.data;
}

static void predicate(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  const char *text = literal(g, predicate_text(g, leaf));
  *produced = text_printf(g, "%s held", text);
  *missed = text_printf(g, "%s did not hold", text);
}

/* ---- matches: the kind by its own name, also where a pattern calls it by a parameter ---- */

static const char *first_word_end(const char *text)
{
  while (*text && *text != ' ' && *text != '(') text++;
  return text;
}

static bool names_kind(const char *text, const char *end, const char *name)
{
  size_t len = strlen(name);
  return (size_t)(end - text) >= len && strncmp(end - len, name, len) == 0;
}

const char *match_text(Gen *g, const Match *match)
{
  const char *text = match->shown ? sym_text(g->program->names, match->shown) : rule_text(g, match->span);
  if (!match->named) return text;
  const char *name = sym_text(g->program->names, match->named->name), *end = first_word_end(text);
  Expr *where = match->cases.len == 1 && !match->named->derived ? match->cases.data[0].where : NULL;
  if (where && !all_inside(where, match->span)) {
    Buf buf;
    buf_init(&buf, g->arena);
    buf_printf(&buf, "%s where ", name);
    put_expr(g, &buf, where, BIND_COMPARE);
    return buf.data;
  }
  return names_kind(text, end, name) ? text : arena_printf(g->arena, "%s%s", name, end);
}

static const char *shown(Gen *g, const Leaf *leaf, uint32_t step)
{
  return literal(g, match_text(g, &leaf->steps.data[step].match));
}

/* ---- what happens, and how often ---- */

static const char *counted_rule(Gen *g, const Leaf *leaf)
{
  long long count = leaf->count;
  switch (leaf->kind) {
  case LEAF_AT_MOST: return arena_printf(g->arena, "at most %lld allowed", count);
  case LEAF_AT_LEAST: return arena_printf(g->arena, "at least %lld wanted", count);
  default: return arena_printf(g->arena, "exactly %lld wanted", count);
  }
}

static void counted(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  const char *what = shown(g, leaf, 0);
  const char *rule = counted_rule(g, leaf);
  bool early = leaf->kind == LEAF_AT_LEAST; /* produced by the event that is enough, else by the deadline */
  *produced = text_printf(g, early ? "%s came {count} times, %s" : "%s came {count} times by {deadline}, %s",
                          what, rule);
  *missed = text_printf(g, early ? "%s came {count} times by {deadline}, %s" : "%s came {count} times, %s",
                        what, rule);
}

/* "A, then B": the last step apart. */
static const char *steps_text(Gen *g, const Leaf *leaf, uint32_t count)
{
  Buf buf;
  buf_init(&buf, g->arena);
  for (uint32_t i = 0; i < count; i++) buf_printf(&buf, i ? ", then %s" : "%s", shown(g, leaf, i));
  return buf.data;
}

static void sequence(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  uint32_t last = leaf->steps.len - 1, counts = leaf->steps.data[last].counted;
  const char *before = steps_text(g, leaf, last), *what = shown(g, leaf, last);
  if (counts == 0) {
    *produced = text_printf(g, "%s, then %s at {at}", before, what);
    *missed = text_printf(g, "no %s, then %s by {deadline}", before, what);
  } else {
    const char *limit = counts == 1 ? "no" : arena_printf(g->arena, "at most %u", counts - 1);
    *produced = text_printf(g, "%s, then %s %s by {deadline}", before, limit, what);
    *missed = text_printf(g, "%s, then %s %s did not hold", before, limit, what);
  }
}

void evidence(Gen *g, const Leaf *leaf, uint32_t *ret_produced, uint32_t *ret_missed)
{
  switch (leaf->kind) {
  case LEAF_PREDICATE: predicate(g, leaf, ret_produced, ret_missed); break;
  case LEAF_SOME:
    *ret_produced = text_printf(g, "%s at {at}", shown(g, leaf, 0));
    *ret_missed = text_printf(g, "no %s by {deadline}", shown(g, leaf, 0));
    break;
  case LEAF_NO:
    *ret_produced = text_printf(g, "no %s by {deadline}", shown(g, leaf, 0));
    *ret_missed = text_printf(g, "%s at {at}", shown(g, leaf, 0));
    break;
  case LEAF_BEFORE:
    *ret_produced = text_printf(g, "%s at {at} before %s", shown(g, leaf, 0), shown(g, leaf, 1));
    *ret_missed = text_printf(g, "no %s before %s", shown(g, leaf, 0), shown(g, leaf, 1));
    break;
  case LEAF_SEQUENCE: sequence(g, leaf, ret_produced, ret_missed); break;
  default: counted(g, leaf, ret_produced, ret_missed); break;
  }
}
