/*
 * mutate_value.c - truths and values: comparisons, `and` and `or`, literals.
 */
#include <string.h>

#include "compiler/mutate.h"

static const char decisive[] = "let what a test expects depend on it";
static const Use plain_value = {MOT_MUTATE_VALUE, decisive, decisive};

/* ---- listed values ---- */

/* A word alone: `basic`. */
static Sym single_word(const AstExpr *expr)
{
  if (expr->n.kind != AX_PATH || expr->u.call.path.words.count != 1) return 0;
  return ((const AstWord *)(const void *)expr->u.call.path.words.first)->sym;
}

/* The value that stands behind `value` in the list, the first behind the last; 0: it is not in it, or alone.
 */
static Sym next_value(const AstType *type, Sym value)
{
  for (AST_EACH(AstWord, word, type->values)) {
    if (word->sym != value || type->values.count < 2) continue;
    const AstNode *next = word->n.next ? word->n.next : type->values.first;
    return ((const AstWord *)(const void *)next)->sym;
  }
  return 0;
}

/* By the lists of all fields in the file; the types of names are not known here. */
static Sym other_value(const Mutator *m, Sym value)
{
  if (!value) return 0;
  for (AST_EACH(AstDecl, decl, m->tree->decls)) {
    if (decl->n.kind != AD_EVENT) continue;
    for (AST_EACH(AstField, field, decl->u.event.fields)) {
      Sym other = next_value(&field->type, value);
      if (other) return other;
    }
  }
  return 0;
}

static void change_listed(Mutator *m, const AstExpr *value, const char *compared)
{
  Sym other = other_value(m, single_word(value));
  if (other)
    mutate_replace(m, MOT_MUTATE_VALUE, value->n.span, sym_text(m->names, other),
                   "let `%s` decide with each of the two", compared);
}

/* ---- comparisons ---- */

static const char *other_sign(unsigned op)
{
  static const char *const signs[] = {
    [AST_LT] = "<=", [AST_LE] = "<", [AST_GT] = ">=", [AST_GE] = ">", [AST_EQ] = "!=", [AST_NE] = "==",
  };
  return signs[op];
}

static void change_comparison(Mutator *m, const AstExpr *expr)
{
  const char *compared = mutate_words(m, expr->n.span);
  bool order = expr->u.bin.op != AST_EQ && expr->u.bin.op != AST_NE;
  mutate_replace(m, MOT_MUTATE_COMPARISON, expr->u.bin.op_span, other_sign(expr->u.bin.op),
                 order ? "let both sides of `%s` be equal" : "let `%s` decide", compared);
  const char *tail = arena_printf(m->arena, "let `%s` decide where the two differ", compared);
  Use use = {MOT_MUTATE_VALUE, tail, tail};
  mutate_expr(m, expr->u.bin.l, &use);
  mutate_expr(m, expr->u.bin.r, &use);
  if (order) return;
  change_listed(m, expr->u.bin.l, compared);
  change_listed(m, expr->u.bin.r, compared);
}

static void change_logic(Mutator *m, const AstExpr *expr, const Use *use)
{
  mutate_expr(m, expr->u.bin.l, use);
  mutate_replace(m, MOT_MUTATE_LOGIC, expr->u.bin.op_span, expr->n.kind == AX_AND ? "or" : "and",
                 "let one of `%s` and `%s` hold, and the other not", mutate_words(m, expr->u.bin.l->n.span),
                 mutate_words(m, expr->u.bin.r->n.span));
  mutate_expr(m, expr->u.bin.r, use);
}

static void change_not(Mutator *m, const AstExpr *expr, const Use *use)
{
  Span word = mutate_word_at(m, expr->n.span.file, expr->n.span.start);
  mutate_drop(m, MOT_MUTATE_LOGIC, word, "no test needs `not`: let `%s` hold, and let it not hold",
              mutate_words(m, expr->u.bin.l->n.span));
  mutate_expr(m, expr->u.bin.l, use);
}

/* ---- calls ---- */

static void change_window(Mutator *m, const AstExpr *call)
{
  static const Use within = {MOT_MUTATE_BOUND, "let one lie at that age", "let one lie at that age"};
  static const Use last = {MOT_MUTATE_COUNT, "let there be one more than it takes in",
                           "let there be one more than it takes in"};
  const AstExpr *window = call->u.call.last;
  if (!window) return;
  if (window->n.kind == AX_INT) mutate_literal(m, window, &last, 1);
  else mutate_expr(m, window, &within);
}

static void change_call(Mutator *m, const AstExpr *call, const Use *use)
{
  for (AST_EACH(AstExpr, arg, call->u.call.args)) mutate_expr(m, arg, use);
  change_window(m, call);
}

static void change_case(Mutator *m, const AstExpr *expr, const Use *use)
{
  mutate_expr(m, expr->u.choose.subject, use);
  for (AST_EACH(AstArm, arm, expr->u.choose.arms)) mutate_expr(m, arm->value, use);
}

/* ---- events ---- */

void mutate_matched(Mutator *m, const AstMatched *matched)
{
  if (!matched->where) return;
  Span clause = {matched->n.span.file, matched->event.span.end, matched->n.span.end};
  while (clause.start < clause.end && strchr(" \t\r\n", m->text[clause.start])) clause.start++;
  mutate_drop(m, MOT_MUTATE_CLAUSE, clause,
              "no test needs it: send %s of which `%s` does not hold, and expect that it does not count",
              mutate_words(m, matched->event.span), mutate_words(m, matched->where->n.span));
  mutate_truth(m, matched->where);
}

void mutate_alternatives(Mutator *m, const AstList *list)
{
  const AstNode *before = NULL;
  for (const AstNode *node = list->first; node && list->count > 1; before = node, node = node->next) {
    Span span = node->span;
    if (before) span.start = before->span.end;
    else span.end = node->next->span.start;
    const char *words = mutate_words(m, node->span);
    mutate_drop(m, MOT_MUTATE_CLAUSE, span,
                "no test needs `%s` here: send it alone, without what stands beside it", words);
  }
}

/* ---- the ladder ---- */

static void change_operands(Mutator *m, const AstExpr *expr, const Use *use)
{
  mutate_expr(m, expr->u.bin.l, use);
  if (expr->u.bin.r) mutate_expr(m, expr->u.bin.r, use);
}

void mutate_expr(Mutator *m, const AstExpr *expr, const Use *use)
{
  switch (expr->n.kind) {
  case AX_OR:
  case AX_AND: change_logic(m, expr, use); break;
  case AX_NOT: change_not(m, expr, use); break;
  case AX_COMPARE: change_comparison(m, expr); break;
  case AX_ADD:
  case AX_SUB:
  case AX_MUL:
  case AX_DIV:
  case AX_NEG:
  case AX_KNOWN:
  case AX_ELSE:
  case AX_PAREN: change_operands(m, expr, use); break;
  case AX_CALL: change_call(m, expr, use); break;
  case AX_CASE: change_case(m, expr, use); break;
  case AX_LAST_FIELD: mutate_matched(m, expr->u.field.matched); break;
  case AX_MATCHED: mutate_matched(m, expr->u.match.matched); break;
  case AX_INT:
  case AX_DECIMAL:
  case AX_MONEY:
  case AX_PERCENT:
  case AX_DURATION:
  case AX_TIME: mutate_literal(m, expr, use, 0); break;
  case AX_TRUE: mutate_replace(m, MOT_MUTATE_VALUE, expr->n.span, "false", "%s", use->less); break;
  case AX_FALSE: mutate_replace(m, MOT_MUTATE_VALUE, expr->n.span, "true", "%s", use->less); break;
  case AX_HAPPEN:
  case AX_OUTCOME:
  case AX_SEQUENCE:
  case AX_BEFORE:
  case AX_BOUNDED: mutate_condition(m, expr); break;
  default: break;
  }
}

void mutate_truth(Mutator *m, const AstExpr *expr)
{
  mutate_expr(m, expr, &plain_value);
}
