/*
 * syntax.h - mistakes of syntax, in the words of who writes rules.
 */
#ifndef MOT_GRAMMAR_SYNTAX_H
#define MOT_GRAMMAR_SYNTAX_H

#include "grammar/parser.h"

/* The newest token cannot stand here; `expected` are the n tokens that can. */
void explain_syntax_error(Parser *p, const int *expected, int n);

void say_too_deep(Parser *p, Span span);
void say_too_long(Parser *p, Span span);
void say_equals(Parser *p, Span span);
void say_two_bounds(Parser *p, Span first, Span second);
void say_late_step(Parser *p, Span span);
/* The file ends inside of a block. */
void say_never_closed(Parser *p, const Opener *opener);
/* `within 60`: of what? */
void check_has_unit(Parser *p, AstExpr *value);
/* `else:` is the last arm. */
void check_arm_order(Parser *p, AstName before, AstName label);

#endif
