/*
 * scanner.h - the scanner as flex writes it, and what its rules call.
 */
#ifndef MOT_GRAMMAR_SCANNER_H
#define MOT_GRAMMAR_SCANNER_H

#include "grammar/mot.tab.h"

/* Begins to read p's file at `from`; its text gets a NUL behind the newest
 * token, put right again when the end has been reached. */
void scanner_start(Parser *p, uint32_t from, uint32_t len);
/* The next token; 0 at the end. */
int scan_token(MOT_STYPE *value, Span *span, void *scanner);

/* Takes note of where lines start. */
void scan_space(Parser *p, const char *text, size_t len, uint32_t at);

#endif
