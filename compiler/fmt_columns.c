/*
 * fmt_columns.c - what lines up: the values of clauses that follow one another,
 * the events of a test's steps, and the bodies of declarations of one kind.
 */
#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

static bool has_block(const Fmt *f, const FmtLine *line)
{
  return (f->tokens[line->last - 1].marks & MARK_OPENS) != 0;
}

/* The first token of `kind` in the line; 0: none. */
static uint32_t find(const Fmt *f, const FmtLine *line, int kind)
{
  for (uint32_t i = line->first + 1; i < line->last; i++) {
    if (f->tokens[i].kind == kind) return i;
  }
  return 0;
}

/* Declarations, mots and goals whose block is on the same line. */
static void classify_decl(const Fmt *f, FmtLine *line)
{
  int kind = f->tokens[line->first].kind;
  if (kind == KW_METRIC) line->pad_at = find(f, line, '=');
  else if (kind != KW_TEST) line->pad_at = find(f, line, '{');
  bool derived = kind == KW_EVENT && f->tokens[line->first + 2].kind == KW_IS;
  if (derived) line->pad_at = 0;
  if (line->pad_at != 0) line->class = LINE_DECL;
}

static bool is_clause(const Fmt *f, const FmtLine *line)
{
  const FmtToken *first = &f->tokens[line->first];
  if (!(first->marks & MARK_ITEM)) return false;
  switch (first->kind) {
  case KW_MOT: case KW_GOAL: case KW_ALERT: case KW_CORRECT:
  case KW_EXPECT: case KW_END: case KW_AT: case KW_AFTER:
    return false;
  case KW_ON: return first[1].kind == UNAME || first[1].kind == LNAME;
  default: return true;
  }
}

static void classify(const Fmt *f, FmtLine *line)
{
  int kind = f->tokens[line->first].kind;
  bool item = (f->tokens[line->first].marks & MARK_ITEM) != 0;
  if (line->class == LINE_COMMENT || has_block(f, line) || !item) return;
  if (line->depth == 0 || kind == KW_MOT || kind == KW_GOAL) {
    classify_decl(f, line);
  } else if (kind == KW_AT || kind == KW_AFTER) {
    line->class = LINE_STEP;
    line->pad_at = line->first + 2;
  } else if (is_clause(f, line)) {
    line->class = LINE_CLAUSE;
    line->pad_at = line->last > line->first + 1 ? line->first + 1 : 0;
  }
}

/* Columns from the indentation to where the padded token would naturally stand. */
static uint32_t natural(const Fmt *f, const FmtLine *line)
{
  uint32_t gap = line->class == LINE_STEP ? 2 : 1;
  return fmt_width(f, line->first, line->pad_at, UINT32_MAX / 2) + gap;
}

static bool same_group(const Fmt *f, const FmtLine *a, const FmtLine *b)
{
  if (b->blank || a->depth != b->depth || a->class != b->class) return false;
  return a->class != LINE_DECL || f->tokens[a->first].kind == f->tokens[b->first].kind;
}

/* Behind the last line that lines up with line `start`; comments do not part a group. */
static uint32_t group_end(const Fmt *f, uint32_t start)
{
  const FmtLine *lines = f->lines.data;
  uint32_t end = start + 1;
  for (uint32_t i = end; i < f->lines.len; i++) {
    bool comment = lines[i].class == LINE_COMMENT && lines[i].depth == lines[start].depth && !lines[i].blank;
    if (comment) continue;
    if (!same_group(f, &lines[start], &lines[i])) break;
    end = i + 1;
  }
  return end;
}

static bool fits(const Fmt *f, const FmtLine *line, uint32_t column)
{
  uint32_t start = line->depth * FMT_INDENT + column;
  return start + fmt_width(f, line->pad_at, line->last, FMT_WIDTH) <= FMT_WIDTH;
}

static void set_column(Fmt *f, uint32_t start, uint32_t end)
{
  uint32_t column = 0;
  bool fit = true;
  FmtLine *lines = f->lines.data;
  for (uint32_t i = start; i < end; i++) {
    if (lines[i].pad_at != 0 && natural(f, &lines[i]) > column) column = natural(f, &lines[i]);
  }
  for (uint32_t i = start; i < end; i++) {
    if (lines[i].class == LINE_DECL && !fits(f, &lines[i], column)) fit = false;
  }
  for (uint32_t i = start; i < end; i++) {
    if (lines[i].class == LINE_COMMENT) continue;
    if (fit)
      lines[i].column = column;
    else
      lines[i].pad_at = 0;
  }
}

void fmt_columns(Fmt *f)
{
  for (uint32_t i = 0; i < f->lines.len; i++) classify(f, &f->lines.data[i]);
  for (uint32_t i = 0; i < f->lines.len;) {
    const FmtLine *line = &f->lines.data[i];
    bool lines_up = line->class == LINE_CLAUSE || line->class == LINE_STEP || line->class == LINE_DECL;
    uint32_t end = lines_up ? group_end(f, i) : i + 1;
    if (lines_up) set_column(f, i, end);
    i = end;
  }
}
