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
/* The keyword among those expected (e NULL: among those of a `block` and those
 * that begin no clause) whose letters are nearest to `word`; 0: none is near. */
int nearest_keyword(const Parser *p, Sym word, const Expected *e, uint32_t block);
/* What to write for a unit nobody knows. */
void help_unit(Parser *p, Diag *diag, const char *unit);

#endif
