/*
 * tokens.h - what stands between scanner and grammar: it knows the open
 * brackets, skips what recovery gives up, and puts in braces that are missing.
 */
#ifndef MOT_GRAMMAR_TOKENS_H
#define MOT_GRAMMAR_TOKENS_H

#include "grammar/mot.tab.h"

int next_token(MOT_STYPE *value, Span *span, Parser *p);

#endif
