/*
 * recover.h - where reading goes on after a mistake.
 */
#ifndef MOT_GRAMMAR_RECOVER_H
#define MOT_GRAMMAR_RECOVER_H

#include "grammar/parser.h"

/* The grammar gave up a clause of a block of kind `block` that is `depth`
 * openers deep.  True: the newest token is used up too. */
bool recover(Parser *p, Block block, uint32_t depth);
/* A block has no `{` where it should.  True: the newest token is used up, and
 * the brace is still looked for on its line (brace_found). */
bool missing_brace(Parser *p, int *ret_depth);
/* Is the search over?  With the newest token `{` that was it; any other token
 * comes behind a brace that the text does not have. */
bool brace_found(Parser *p);
/* After an error, should the newest token be skipped as well? */
bool still_lost(Parser *p);

/* Can the newest token begin a clause of `block`? */
bool begins_clause(const Parser *p, uint32_t block);
/* Forgets the openers above `depth`. */
void cut_openers(Parser *p, uint32_t depth);
/* Braces among the openers above the first `depth`. */
uint32_t braces_above(const Parser *p, uint32_t depth);
/* If the newest token begins something that only stands outside of the block at
 * hand, and is indented no deeper: the openers left when that block's missing
 * brace is put in, + 1; else 0. */
uint32_t brace_forgotten(const Parser *p);
/* Hands out braces down to `left` openers, then the newest token again. */
void close_down(Parser *p, uint32_t left);

#endif
