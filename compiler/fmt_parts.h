/*
 * fmt_parts.h - the stages of the formatter.
 *
 * Tokens and comments are never made or dropped, only laid out anew: marks tell
 * which tokens begin something, lines cut the tokens into the lines they want
 * to be, columns line them up, and render writes them, breaking what is too long.
 */
#ifndef MOT_COMPILER_FMT_PARTS_H
#define MOT_COMPILER_FMT_PARTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "grammar/parse.h"

enum { FMT_WIDTH = 100, FMT_INDENT = 2, FMT_CONTINUED = 4 };

typedef enum FmtMark {
  MARK_ITEM = 1,   /* begins a declaration, clause, field, step: a line of its own */
  MARK_FILL = 2,   /* begins a field value of a test step or an arm of a case */
  MARK_ARM = 4,    /* of these, the arm */
  MARK_SPLIT = 8,  /* the condition behind the text of an `sco`, the value of a `def` */
  MARK_OPENS = 16, /* `{` of a block with one line for each item */
  MARK_CLOSES = 32 /* its `}` */
} FmtMark;

typedef struct FmtToken {
  int kind;
  uint32_t start, end; /* in the source */
  uint32_t newlines;   /* line ends between it and what stands before it, token or comment */
  uint32_t width;      /* columns as written out */
  uint8_t marks;
} FmtToken;

typedef struct FmtComment {
  uint32_t start, end;
  uint32_t newlines; /* as of a token */
  uint32_t before;   /* index of the token behind it */
} FmtComment;

typedef enum FmtClass {
  LINE_PLAIN,
  LINE_CLAUSE, /* keyword or field, then its value: values line up */
  LINE_STEP,   /* step of a test: events line up */
  LINE_DECL,   /* declaration on one line: what is behind its name lines up */
  LINE_COMMENT /* a comment alone */
} FmtClass;

typedef struct FmtLine {
  uint32_t first, last;       /* tokens [first, last) */
  uint32_t comment, comments; /* those among its tokens: [comment, comments) */
  uint32_t trailing;          /* comment behind it, + 1; a LINE_COMMENT's own */
  uint32_t depth;
  uint32_t pad_at;            /* token before which the column is reached; 0: none */
  uint32_t column;            /* of that token, from the line's indentation */
  uint32_t text, text_len;    /* in the written text, without the trailing comment */
  uint32_t width;             /* of its last written line */
  uint8_t class;
  bool blank;                 /* an empty line before it */
} FmtLine;

typedef struct Fmt {
  Arena *arena;
  const char *source;
  FmtToken *tokens; /* count of them, and one of kind 0 */
  uint32_t count;
  FmtComment *comments;
  uint32_t comment_count;
  VEC(FmtLine) lines;
  Buf text;
} Fmt;

/* Sets the marks of the tokens that begin something in the tree. */
void fmt_mark(Fmt *f, const AstFile *file);
/* The index of the token at `offset`; f->count if none is there. */
uint32_t fmt_token_at(const Fmt *f, uint32_t offset);
/* Cuts into lines. */
void fmt_lines(Fmt *f);
/* Chooses the columns. */
void fmt_columns(Fmt *f);
/* Writes each line into f->text. */
void fmt_render(Fmt *f);

/* Columns of the spaces before token `i`, if it is not the first of its line. */
uint32_t fmt_space(const Fmt *f, uint32_t i);
/* Columns of tokens [first, last) on one line; stops counting beyond `limit`. */
uint32_t fmt_width(const Fmt *f, uint32_t first, uint32_t last, uint32_t limit);
/* Appends a token as it is written. */
void fmt_put_token(Buf *out, const char *source, const FmtToken *token);
/* May token `i` not follow on the same line?  `8` and a field named `d` would make 8 days. */
bool fmt_must_break(const Fmt *f, uint32_t i);

#endif
