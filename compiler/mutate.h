/*
 * mutate.h - rules with one thing changed: the changes that make sense in a rule text.
 *
 *   mutate.c          the declarations, in order; what no expectation can see is left alone
 *   mutate_clause.c   clauses of experiences, MOTs, goals: dropped, and what stands in them
 *   mutate_pattern.c  patterns of `when`, `starts on` …
 *   mutate_condition.c  happenings, counts, bounds, sequences
 *   mutate_value.c    truths and values: comparisons, `and`, literals
 *   mutate_step.c     the literal one step below and above another
 *   mutate_edit.c     changes noted, with their words
 *   api_mutate.c      the entries of the public header
 *
 * A change replaces a span of the text by other words.  It is found by the syntax tree alone: names are not
 * looked up, so that some changed texts do not compile.
 */
#ifndef MOT_COMPILER_MUTATE_H
#define MOT_COMPILER_MUTATE_H

#include <stdbool.h>

#include "base/vec.h"
#include "grammar/parse.h"
#include "mot/tools.h"

typedef struct Mutation {
  mot_mutation_kind kind;
  Span span;
  const char *with, *what, *hint; /* as in mot_mutation */
} Mutation;

typedef struct Mutator {
  Arena *arena;
  Interner *names;
  const char *text; /* of the file */
  const AstFile *tree;
  const LexToken *tokens;
  const char *subject; /* the MOT, experience or goal at hand: "OnTime" */
  VEC(Mutation) found;
} Mutator;

/* All changes of a file without errors of syntax, in the order of the text; where several stand at one place,
 * those of what is longer first.  Fills `m->found`; the other members but `subject` are given. */
void mutate_file(Mutator *m);

/* ---- changes noted (mutate_edit.c) ---- */

/* The words of a span in one line, cut when they are long. */
const char *mutate_words(const Mutator *m, Span span);
/* `span` becomes `with`; the rest is the hint: what a test would have to do, after "no test tells A from B:
 * ". */
void mutate_replace(Mutator *m, mot_mutation_kind kind, Span span, const char *with, const char *format, ...)
  __attribute__((format(printf, 5, 6)));
/* `span` goes away; the hint is a sentence. */
void mutate_drop(Mutator *m, mot_mutation_kind kind, Span span, const char *format, ...)
  __attribute__((format(printf, 4, 5)));
/* The word that begins at a place of the text, as a span. */
Span mutate_word_at(const Mutator *m, uint32_t file, uint32_t start);

/* ---- literals (mutate_step.c) ---- */

typedef struct Steps { /* as they are written; NULL: there is none */
  const char *less, *more;
} Steps;

/* The literals one step away from a number, money, percentage, length of time or time.  A step is one of the
 * last digit written; of a length of time one of the last unit written, or of the next smaller one when there
 * is at most one, or no whole number, of that; of a date a day, of a time a minute. */
Steps mutate_steps(const Mutator *m, const AstExpr *literal);

/* What is said of literals in an expression; the tails of hints, for the value below and the one above. */
typedef struct Use {
  mot_mutation_kind kind;
  const char *less, *more;
} Use;

/* Changes a literal to those one step away.  `least`: a whole number below it makes no sense. */
void mutate_literal(Mutator *m, const AstExpr *literal, const Use *use, int64_t least);

/* ---- truths and values (mutate_value.c) ---- */

/* Expressions and conditions alike. */
void mutate_expr(Mutator *m, const AstExpr *expr, const Use *use);
/* As a truth: what is compared says its own hints. */
void mutate_truth(Mutator *m, const AstExpr *expr);
/* Drops `where` of E, and changes what is in it. */
void mutate_matched(Mutator *m, const AstMatched *matched);
/* Each of several alternatives dropped; AstMatched, or others that begin with a node. */
void mutate_alternatives(Mutator *m, const AstList *list);

/* ---- conditions (mutate_condition.c) ---- */

void mutate_condition(Mutator *m, const AstExpr *expr);
/* `what`: the words of that which is bound. */
void mutate_bound(Mutator *m, const AstBound *bound, const char *what);

/* ---- patterns (mutate_pattern.c) ---- */

void mutate_pattern(Mutator *m, const AstPattern *pattern);

/* ---- clauses (mutate_clause.c) ---- */

/* Of an experience, MOT, pattern or goal.  `weights`: those of MOTs can be seen. */
void mutate_items(Mutator *m, const AstList *items, bool weights);

#endif
