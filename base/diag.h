/*
 * diag.h - what the passes have to say: one object, passes append, only the
 * command prints.
 *
 * Codes, severities, titles and explanations stand in diag.def and nowhere else.
 */
#ifndef MOT_BASE_DIAG_H
#define MOT_BASE_DIAG_H

#include "base/source.h"

typedef enum DiagCode {
#define DIAG(code, severity, title, frame, cause, wrong, right) code,
#include "base/diag.def"
#undef DIAG
  DIAG_CODES
} DiagCode;

typedef enum Severity { SEV_ERROR, SEV_WARNING } Severity;

typedef struct DiagNote { /* a second place, with its own words */
  struct DiagNote *next;
  Span span;
  const char *text;
} DiagNote;

typedef struct Diag {
  struct Diag *next;
  DiagCode code;
  Severity severity;
  Span span;
  const char *message; /* what is wrong */
  DiagNote *notes;
  const char *help;    /* what to write instead; NULL: none */
  Span fix;            /* replace this … */
  const char *fix_text; /* … by this; NULL: no mechanical fix */
  const char *allowed; /* the reason of the `allow` that silences it; NULL: none */
} Diag;

/* So many errors are kept, and as many warnings, so that neither crowds out the
 * other; the rest are counted only. */
enum { DIAG_KEPT = 1000 };

typedef struct Diags {
  Arena *arena;
  Diag *first, **last;
  Diag *spare; /* what diag_add returns past DIAG_KEPT */
  uint32_t kept, errors, warnings; /* errors and warnings count all */
  uint32_t muted; /* above 0: findings are dropped, uncounted */
} Diags;

void diags_init(Diags *diags, Arena *arena);
/* Appends a finding of `code` at `span`.  Never NULL: past DIAG_KEPT it returns
 * a spare that is not in the list. */
Diag *diag_add(Diags *diags, DiagCode code, Span span, const char *format, ...)
  __attribute__((format(printf, 4, 5)));
void diag_note(Diags *diags, Diag *diag, Span span, const char *format, ...)
  __attribute__((format(printf, 4, 5)));
void diag_help(Diags *diags, Diag *diag, const char *format, ...)
  __attribute__((format(printf, 3, 4)));
void diag_fix(Diags *diags, Diag *diag, Span span, const char *format, ...)
  __attribute__((format(printf, 4, 5)));
/* Orders by file, then place, then code; drops exact repeats, which then do not
 * count either. */
void diags_sort(Diags *diags);

/* The table. */
typedef struct DiagInfo {
  const char *code; /* "E0207" */
  Severity severity;
  const char *title; /* one line */
  /* How the examples are completed to be compiled: "file" as they stand,
   * "decls" after the common declarations, "mot" as the items of a mot in an
   * experience of those (see tests/frame/); another word: not something one
   * file can show, a test of its own does. */
  const char *frame;
  const char *cause, *wrong, *right;
} DiagInfo;

extern const DiagInfo diag_info[DIAG_CODES];
/* The number of a code as text, or DIAG_CODES. */
DiagCode diag_code(const char *text);

/* Edit distance with transpositions of two short names, at most `limit` + 1
 * (optimal string alignment; Damerau 1964), and the usual bound for "did you
 * mean": a third of the length. */
unsigned edit_distance(const char *a, const char *b, unsigned limit);
unsigned suggestion_limit(const char *name);

#endif
