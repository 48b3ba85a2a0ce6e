/*
 * literal.h - what numbers, times, texts and names mean, from their letters.
 *
 * Each takes the letters of one token; they are followed by a NUL.  What is
 * wrong is said, and a harmless value returned.
 */
#ifndef MOT_GRAMMAR_LITERAL_H
#define MOT_GRAMMAR_LITERAL_H

#include "grammar/parser.h"

enum { NUMBER_DIGITS = 38 }; /* the most a number may have */

/* INT or DECIMAL, by whether there is a point. */
int number_token(Parser *p, const char *text, size_t len, Span span, AstExpr **ret_expr);
AstExpr *percent_token(Parser *p, const char *text, size_t len, Span span);
/* `1 h 30 min`: microseconds, exact. */
AstExpr *duration_token(Parser *p, const char *text, size_t len, Span span);
/* How much of `text` is a number, or a duration, with no letter behind it. */
size_t duration_prefix(const char *text, size_t len);
/* Bytes of `text`, which ends in a word and its colon (`10  w:`), before that word and the blanks before it. */
size_t label_start(const char *text, size_t len);
AstExpr *calspan_token(Parser *p, const char *text, size_t len, Span span);
AstExpr *time_token(Parser *p, const char *text, size_t len, Span span);
/* Microseconds of the day; 24:00 is its end. */
int64_t tod_token(Parser *p, const char *text, Span span);

AstText text_token(Parser *p, Span span);
/* A text whose closing quote is missing. */
AstText text_open(Parser *p, Span span);
/* A text in other quotes than `"`. */
AstText text_curly(Parser *p, const char *text, size_t len, Span span);

AstName name_token(Parser *p, const char *text, size_t len, Span span);
AstName label_token(Parser *p, const char *text, size_t len, Span span);
AstName quoted_name(Parser *p, const char *text, size_t len, Span span);
AstName bad_quoted_name(Parser *p, const char *text, size_t len, Span span);
/* LNAME, or the token of a keyword where one can stand. */
int word_kind(const Parser *p, Sym sym);

#endif
