/*
 * parse.h - text in, syntax tree out.
 */
#ifndef MOT_GRAMMAR_PARSE_H
#define MOT_GRAMMAR_PARSE_H

#include "base/diag.h"
#include "compiler/ast.h"

typedef struct ParseInput {
  Arena *arena; /* holds the tree */
  Interner *interner;
  Sources *sources;
  Diags *diags; /* gets what is wrong, all of it in one go */
} ParseInput;

/* The tree of a file of `in->sources`.  Never NULL: what could not be read is
 * left out or stands as an AD_ERROR, AI_ERROR or AX_ERROR node, and diags has
 * said so.  No tree is deeper than PARSE_DEPTH, so passes may recurse. */
AstFile *parse_file(const ParseInput *in, uint32_t file);

/* One token as the scanner sees it; `kind` 0 is the end. */
typedef struct LexToken {
  int kind; /* a code of mot.tab.h */
  Span span;
} LexToken;

/* As parse_file; comments (AstComment) and tokens, in the order of the text,
 * are added to `comments` and `*tokens` (with `*count`, ended by kind 0). */
AstFile *parse_file_tokens(const ParseInput *in, uint32_t file, AstList *comments, LexToken **tokens,
                           uint32_t *count);

enum {
  PARSE_NESTING = 200, /* brackets in brackets */
  PARSE_DEPTH = 1000   /* operators on one way down a tree */
};

/* The words of the language: NULL past the last. */
const char *keyword_text(uint32_t index);

#endif
