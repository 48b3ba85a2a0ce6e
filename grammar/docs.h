/*
 * docs.h - comments, and the `##` ones that document what follows.
 */
#ifndef MOT_GRAMMAR_DOCS_H
#define MOT_GRAMMAR_DOCS_H

#include "grammar/parser.h"

void comment_line(Parser *p, Span span);
/* Waits for its declaration. */
void doc_line(Parser *p, Span span);
/* The token at `at` comes behind the waiting lines: they are of the declaration
 * it begins, or, if it begins none, of nothing. */
void docs_meet(Parser *p, uint32_t at, bool begins);
/* The documentation of the declaration that starts at `at`; 0: none. */
Sym doc_at(const Parser *p, uint32_t at);

#endif
