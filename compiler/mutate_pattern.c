/*
 * mutate_pattern.c - patterns of `when`, `starts on`, `ends on`, `void on` and `pause`.
 */
#include <string.h>

#include "compiler/mutate.h"

/* `first` and `latest`, which stand before what they are about. */
static void change_mode(Mutator *m, const AstChoice *choice)
{
  Span word = mutate_word_at(m, choice->n.span.file, choice->n.span.start);
  if (choice->mode == AST_LATEST)
    mutate_drop(m, MOT_MUTATE_CLAUSE, word, "no test needs `latest`: let one more come while %s is open",
                m->subject);
  else if (choice->mode == AST_FIRST)
    mutate_drop(m, MOT_MUTATE_CLAUSE, word, "no test needs `first`: let one more come in the same journey");
}

static void change_count(Mutator *m, const AstChoice *choice, const AstStep *step)
{
  const char *what = mutate_words(m, step->matched->n.span);
  Use use = {MOT_MUTATE_COUNT, arena_printf(m->arena, "send %s once less often, and expect nothing", what),
             arena_printf(m->arena, "send just so many of %s", what)};
  if (choice->number->n.kind == AX_INT) mutate_literal(m, choice->number, &use, 1);
  mutate_bound(m, &step->bound, arena_printf(m->arena, "the last %s", what));
}

static void change_silence(Mutator *m, const AstStep *step)
{
  const char *tail = arena_printf(m->arena, "let %s pass without %s, and expect that it begins just then",
                                  mutate_words(m, step->bound.value->n.span),
                                  mutate_words(m, step->matched->n.span));
  Use use = {MOT_MUTATE_BOUND, tail, tail};
  mutate_expr(m, step->bound.value, &use);
}

/* Each step but the first dropped with its `then`. */
static void change_chain(Mutator *m, const AstChoice *choice)
{
  const AstNode *before = NULL;
  for (AST_EACH(AstStep, step, choice->steps)) {
    const char *what = mutate_words(m, step->matched->n.span);
    Span span = {step->n.span.file, before ? before->span.end : 0, step->n.span.end};
    if (before) mutate_drop(m, MOT_MUTATE_CLAUSE, span, "no test does all but `then %s`", what);
    mutate_bound(m, &step->bound, what);
    before = &step->n;
  }
}

/* `produced M` for `missed M`: the word before the name. */
static void change_outcome(Mutator *m, const AstChoice *choice)
{
  uint32_t at = choice->mot.span.start;
  while (at > choice->n.span.start && strchr(" \t\r\n", m->text[at - 1])) at--;
  while (at > choice->n.span.start && m->text[at - 1] >= 'a' && m->text[at - 1] <= 'z') at--;
  Span word = mutate_word_at(m, choice->n.span.file, at);
  const char *was = choice->decided == AST_MISSED ? "missed" : "produced";
  if (strncmp(m->text + at, was, strlen(was)) != 0) return; /* a comment stands between */
  mutate_replace(m, MOT_MUTATE_LOGIC, word, choice->decided == AST_MISSED ? "produced" : "missed",
                 "let %s be produced, and be missed", mutate_words(m, choice->mot.span));
}

static void change_choice(Mutator *m, const AstChoice *choice)
{
  const AstStep *first = (const AstStep *)(const void *)choice->steps.first;
  change_mode(m, choice);
  for (AST_EACH(AstStep, step, choice->steps)) mutate_matched(m, step->matched);
  switch (choice->shape) {
  case AST_COUNT: change_count(m, choice, first); break;
  case AST_SILENCE: change_silence(m, first); break;
  case AST_CHAIN: change_chain(m, choice); break;
  case AST_WHEN_OUTCOME: change_outcome(m, choice); break;
  default: break;
  }
}

void mutate_pattern(Mutator *m, const AstPattern *pattern)
{
  mutate_alternatives(m, &pattern->choices);
  for (AST_EACH(AstChoice, choice, pattern->choices)) change_choice(m, choice);
}
