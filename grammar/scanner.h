/*
 * scanner.h - the scanner as flex writes it, and what its rules call.
 */
#ifndef MOT_GRAMMAR_SCANNER_H
#define MOT_GRAMMAR_SCANNER_H

#include "grammar/mot.tab.h"

/* Begins to read p's file at `from`; from here to scanner_stop its text has a
 * NUL behind the newest token. */
void scanner_start(Parser *p, uint32_t from, uint32_t len);
void scanner_stop(Parser *p);
/* The next token; 0 at the end. */
int scan_token(MOT_STYPE *value, Span *span, void *scanner);

/* The letter behind the newest token, where the text has a NUL for now. */
char scanner_next(const Parser *p);

/* Takes note of where lines start. */
void scan_space(Parser *p, const char *text, size_t len, uint32_t at);

#endif
