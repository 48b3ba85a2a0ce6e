/*
 * strange.h - letters the language does not use, and what was probably meant.
 */
#ifndef MOT_GRAMMAR_STRANGE_H
#define MOT_GRAMMAR_STRANGE_H

#include "grammar/parser.h"

typedef struct Strange {
  int kind;     /* the token to go on with; 0: skip it */
  size_t len;   /* bytes it takes */
  AstName name; /* of a LNAME or UNAME */
} Strange;

/* Says which plain letter to type for the first of `len` bytes beyond ASCII. */
Strange strange_letters(Parser *p, const char *text, size_t len, Span span);
/* One ASCII byte that begins no token. */
void say_strange(Parser *p, Span span);
/* `&&` for `and`, `=<` for `<=`, comments of other languages. */
void say_word(Parser *p, Span span, const char *word);
void say_sign(Parser *p, Span span, const char *sign);
void say_foreign_comment(Parser *p, Span span);
/* False if the file is not UTF-8 text without NULs; the first places are said. */
bool check_encoding(Parser *p, uint32_t from, uint32_t len);

#endif
