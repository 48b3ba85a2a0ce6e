/*
 * mutate_condition.c - happenings, counts, bounds, sequences.
 */
#include <string.h>

#include "compiler/mutate.h"

/* ---- bounds ---- */

static void change_by(Mutator *m, const AstBound *bound, const char *what)
{
  const char *limit = mutate_words(m, bound->value->n.span);
  const char *tail = arena_printf(m->arena, "send %s at %s sharp, and a second later", what, limit);
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  mutate_expr(m, bound->value, &use);
}

static void change_within(Mutator *m, const AstBound *bound, const char *what)
{
  Span limit = {bound->span.file, bound->value->n.span.start, bound->span.end};
  const char *words = mutate_words(m, limit);
  Use use = {MOT_MUTATE_BOUND, arena_printf(m->arena, "send %s at %s sharp", what, words),
             arena_printf(m->arena, "send %s a second after %s", what, words)};
  if (bound->value->n.kind == AX_INT) mutate_literal(m, bound->value, &use, 1);
  else mutate_expr(m, bound->value, &use);
}

void mutate_bound(Mutator *m, const AstBound *bound, const char *what)
{
  if (bound->kind == AST_BY) change_by(m, bound, what);
  else if (bound->kind != AST_UNBOUND) change_within(m, bound, what);
}

/* ---- counts ---- */

static const char *const kind_words[] = {
  [AST_AT_MOST] = "at most",
  [AST_AT_LEAST] = "at least",
  [AST_EXACTLY] = "exactly",
};

/* "send CallEnded 3 times" */
static const char *times(const Mutator *m, const char *what, int64_t n)
{
  if (n <= 0) return arena_printf(m->arena, "send no %s", what);
  if (n == 1) return arena_printf(m->arena, "send %s once", what);
  return arena_printf(m->arena, "send %s %lld times", what, (long long)n);
}

/* How many tell `at most n` and the like from the same with n changed: the larger of two that are allowed at
 * most, the smaller of two that are demanded. */
static int64_t telling_count(unsigned counted, int64_t n, int64_t other)
{
  if (counted == AST_EXACTLY) return n;
  int64_t low = n < other ? n : other, high = n < other ? other : n;
  return counted == AST_AT_MOST ? high : low;
}

static void change_number(Mutator *m, const AstHappen *happen, Span phrase, const char *what)
{
  int64_t n = happen->number->u.i;
  unsigned counted = happen->counted;
  const char *kind = kind_words[counted];
  int64_t least = counted == AST_AT_LEAST ? 1 : 0; /* at least 0 asks nothing */
  if (n > least) {
    const char *fewer = n == 1 ? "no" : arena_printf(m->arena, "%s %lld", kind, (long long)(n - 1));
    mutate_replace(m, MOT_MUTATE_COUNT, phrase, fewer, "%s",
                   times(m, what, telling_count(counted, n, n - 1)));
  }
  if (n == INT64_MAX) return;
  mutate_replace(m, MOT_MUTATE_COUNT, phrase, arena_printf(m->arena, "%s %lld", kind, (long long)(n + 1)),
                 "%s", times(m, what, telling_count(counted, n, n + 1)));
}

/* Of the kinds, `at most` and `exactly` differ below n, `at least` from both others above. */
static const char *kinds_told_by(const Mutator *m, const AstHappen *happen, unsigned other, const char *what)
{
  bool above = happen->counted == AST_AT_LEAST || other == AST_AT_LEAST;
  if (happen->number->n.kind != AX_INT)
    return arena_printf(m->arena, "send %s %s often than that", what, above ? "more" : "less");
  return times(m, what, happen->number->u.i + (above ? 1 : -1));
}

static void change_kinds(Mutator *m, const AstHappen *happen, Span phrase, const char *what)
{
  const char *number = mutate_words(m, happen->number->n.span);
  for (unsigned kind = AST_AT_MOST; kind <= AST_EXACTLY; kind++) {
    if (kind == happen->counted) continue;
    mutate_replace(m, MOT_MUTATE_COUNT, phrase, arena_printf(m->arena, "%s %s", kind_words[kind], number),
                   "%s", kinds_told_by(m, happen, kind, what));
  }
}

static void change_no(Mutator *m, Span start, const char *what)
{
  Span word = mutate_word_at(m, start.file, start.start);
  mutate_replace(m, MOT_MUTATE_COUNT, word, "at most 1", "%s", times(m, what, 1));
  mutate_drop(m, MOT_MUTATE_COUNT, word, "no test needs `no`: let one be without %s, and one be with it",
              what);
}

static void change_count(Mutator *m, const AstExpr *expr, const char *what)
{
  const AstHappen *happen = expr->u.happen;
  if (happen->counted == AST_NO) {
    change_no(m, expr->n.span, what);
  } else if (happen->counted != AST_SOME) {
    Span phrase = {expr->n.span.file, expr->n.span.start, happen->number->n.span.end};
    change_kinds(m, happen, phrase, what);
    if (happen->number->n.kind == AX_INT) change_number(m, happen, phrase, what);
  }
}

/* ---- happenings ---- */

static Span either_span(const AstList *either)
{
  return span_join(either->first->span, either->last->span);
}

static void change_happening(Mutator *m, const AstExpr *expr)
{
  const AstHappen *happen = expr->u.happen;
  const char *what = mutate_words(m, either_span(&happen->either));
  change_count(m, expr, what);
  mutate_alternatives(m, &happen->either);
  for (AST_EACH(AstMatched, matched, happen->either)) mutate_matched(m, matched);
  mutate_bound(m, &happen->bound, what);
}

/* `produced M` for `missed M`. */
static void change_outcome(Mutator *m, const AstExpr *expr)
{
  const AstHappen *happen = expr->u.happen;
  const char *mot = mutate_words(m, happen->mot.span);
  Span word = mutate_word_at(m, expr->n.span.file, expr->n.span.start);
  mutate_replace(m, MOT_MUTATE_LOGIC, word, happen->decided == AST_MISSED ? "produced" : "missed",
                 "let %s be produced, and be missed", mot);
  mutate_bound(m, &happen->bound, mutate_words(m, expr->n.span));
}

/* Each step but the first dropped with its `then`. */
static void change_sequence(Mutator *m, const AstExpr *expr)
{
  const AstNode *before = NULL;
  for (AST_EACH(AstExpr, step, expr->u.seq.steps)) {
    mutate_condition(m, step);
    Span span = {step->n.span.file, before ? before->span.end : 0, step->n.span.end};
    if (before)
      mutate_drop(m, MOT_MUTATE_CLAUSE, span, "no test does all but `%s`", mutate_words(m, step->n.span));
    before = &step->n;
  }
}

static void change_before(Mutator *m, const AstExpr *expr)
{
  const AstExpr *l = expr->u.bin.l, *r = expr->u.bin.r;
  const char *swapped = arena_printf(m->arena, "%.*s before %.*s", (int)(r->n.span.end - r->n.span.start),
                                     m->text + r->n.span.start, (int)(l->n.span.end - l->n.span.start),
                                     m->text + l->n.span.start);
  mutate_replace(m, MOT_MUTATE_LOGIC, expr->n.span, swapped, "send both, in one order and in the other");
  mutate_matched(m, l->u.match.matched);
  mutate_matched(m, r->u.match.matched);
}

void mutate_condition(Mutator *m, const AstExpr *expr)
{
  switch (expr->n.kind) {
  case AX_HAPPEN: change_happening(m, expr); break;
  case AX_OUTCOME: change_outcome(m, expr); break;
  case AX_SEQUENCE: change_sequence(m, expr); break;
  case AX_BEFORE: change_before(m, expr); break;
  case AX_BOUNDED:
    mutate_condition(m, expr->u.bounded.inner);
    mutate_bound(m, &expr->u.bounded.bound, mutate_words(m, expr->u.bounded.inner->n.span));
    break;
  default: mutate_truth(m, expr); break;
  }
}
