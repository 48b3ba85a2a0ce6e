/*
 * wanted.h - words for tokens: what was found, what could stand there.
 */
#ifndef MOT_GRAMMAR_WANTED_H
#define MOT_GRAMMAR_WANTED_H

#include "grammar/parser.h"

typedef struct Expected {
  const int *tokens;
  int n;
} Expected;

bool expects(const Expected *e, int token);
/* "a length of time such as 15 min, or `}`" */
const char *wanted(Parser *p, const Expected *e);
/* "the name `ana`", of the newest token. */
const char *found(Parser *p);
/* "in an experience" */
const char *block_phrase(uint32_t block);
/* The keyword whose letters are nearest to `word`, 0 if none is near: among those
 * expected; among those that begin a clause of `block` or no clause at all; among
 * those that begin one. */
int nearest_expected(const Parser *p, Sym word, const Expected *e);
int nearest_keyword(const Parser *p, Sym word, uint32_t block);
int nearest_clause(const Parser *p, Sym word, uint32_t block);
/* What to write for a unit nobody knows. */
void help_unit(Parser *p, Diag *diag, const char *unit);

#endif
