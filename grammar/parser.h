/*
 * parser.h - the state of one parse, shared by scanner, grammar and recovery.
 */
#ifndef MOT_GRAMMAR_PARSER_H
#define MOT_GRAMMAR_PARSER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "grammar/parse.h"

/* Where a clause can stand. */
typedef enum Block {
  IN_FILE = 1,
  IN_STREAM = 2,
  IN_CALENDAR = 4,
  IN_EVENT = 8,
  IN_OWNER = 16,
  IN_EXPERIENCE = 32,
  IN_MOT = 64,
  IN_ACTIONS = 128,
  IN_GOAL = 256,
  IN_NSAT = 512,
  IN_REVIEW = 1024,
  IN_TEST = 2048,
  IN_CASE = 4096,
  IN_VALUES = 8192, /* the fields of an event in a test */
  IN_ANY_RULE = IN_STREAM | IN_CALENDAR | IN_EVENT | IN_OWNER | IN_EXPERIENCE | IN_MOT | IN_GOAL | IN_NSAT |
                IN_REVIEW
} Block;

/* A token as it was handed to the grammar. */
typedef struct Token {
  int kind;
  Sym sym; /* of a name or keyword */
  Span span;
  uint32_t line;   /* where its line starts */
  uint32_t indent; /* of that line */
  bool first;      /* on its line */
} Token;

/* A bracket that is open. */
typedef struct Opener {
  uint32_t at;
  uint32_t line;   /* where its line starts */
  uint32_t indent; /* of that line */
  uint16_t block;  /* Block; 0: a parenthesis */
} Opener;

typedef struct LexTokens {
  LexToken *data;
  uint32_t len, cap;
} LexTokens;

typedef struct Doc {
  uint32_t at; /* where the declaration starts */
  Sym text;
} Doc;

enum { KEYWORD_SLOTS = 512 };

typedef struct Parser {
  const ParseInput *in;
  const char *text; /* of the file */
  AstFile *out;
  AstList *comments; /* NULL: not wanted */
  struct LexTokens *tokens; /* NULL: not wanted */
  void *scanner;
  struct { Sym sym; int token; } keywords[KEYWORD_SLOTS]; /* by symbol, open addressing */

  /* the scanner's place */
  uint32_t line, indent; /* start and indentation of this line */
  bool fresh;            /* nothing but space on this line yet */
  bool after_dot;        /* then no word is a keyword */

  /* `##` lines waiting for their declaration, and those that found it */
  uint32_t doc_lines;
  Buf doc;
  VEC(Doc) docs;

  Token last, before; /* the newest token, and the one before it */
  uint16_t opening;   /* Block of the next brace */
  int clause;         /* the newest keyword that can begin a clause where it stands */
  VEC(Opener) openers;

  /* recovery */
  uint32_t closers;    /* braces to hand out before going on */
  Token replay;        /* then this token; kind -1: none */
  uint32_t panic;      /* Block in which to go on; 0: reading normally */
  uint32_t panic_depth;
  uint32_t panic_indent; /* of the line that was given up */
  uint32_t panic_starts; /* Blocks in which the word that was given up begins a clause */
  uint32_t close_to;   /* openers that a missing brace leaves open, + 1; 0: none is missing */
  uint32_t brace_depth; /* of a block whose `{` is looked for; 0: none */
  uint32_t unclosed;    /* offset of a parenthesis that the newest `}` cut off, + 1 */
  uint32_t swallowed;   /* `}` in a text without closing quote, to be handed out behind it */
  bool surplus;         /* the newest bracket closes nothing */
  uint32_t recovered_at; /* offset of the last recovery, + 1 */
  uint32_t resumed_at;   /* offset of the token that ended the last panic, + 1 */
  uint32_t error_line; /* start of the last line with a mistake, + 1 */
  bool muted;          /* nothing more worth saying */
  bool stopped;        /* nothing more is read */
  bool too_long_said;
} Parser;

/* The innermost opener that is a brace, or NULL. */
static inline const Opener *open_brace(const Parser *p)
{
  for (uint32_t i = p->openers.len; i > 0; i--) {
    if (p->openers.data[i - 1].block != 0) return &p->openers.data[i - 1];
  }
  return NULL;
}

/* The token of a word, or 0; its row in keywords.def, or NULL. */
int keyword_token(const Parser *p, Sym sym);
void keywords_enter(Parser *p);
/* Text and Block set of a keyword's token; NULL and 0 for other tokens. */
const char *keyword_of(int token);
uint32_t keyword_starts(int token);

/* Appends a finding and marks its line, so that what follows from it stays unsaid. */
Diag *say(Parser *p, DiagCode code, Span span, const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
