/*
 * fmt_lines.c - which tokens share a line.
 */
#include <string.h>

#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

/* ---- spaces --------------------------------------------------------------------------- */

static bool ends_operand(int kind)
{
  switch (kind) {
  case LNAME: case UNAME: case INT: case DECIMAL: case PERCENT:
  case DURATION: case CALSPAN: case TIME: case STRING:
  case ')': case '}': case KW_TRUE: case KW_FALSE: case KW_KNOWN:
    return true;
  default: return false;
  }
}

/* `f(`, `money(`, `last(`, but `where (`, `at most n (`. */
static bool calls(const Fmt *f, uint32_t paren)
{
  int before = f->tokens[paren - 1].kind, name = paren >= 2 ? f->tokens[paren - 2].kind : 0;
  if (name == KW_MOST || name == KW_LEAST || name == KW_EXACTLY) return false;
  return before == LNAME || before == UNAME || before == KW_MIN || before == KW_LAST;
}

static bool is_sign(const Fmt *f, uint32_t minus)
{
  const FmtToken *before = &f->tokens[minus - 1];
  return !ends_operand(before->kind) || (before->marks & MARK_FILL) != 0;
}

uint32_t fmt_space(const Fmt *f, uint32_t i)
{
  const FmtToken *token = &f->tokens[i], *before = &f->tokens[i - 1];
  switch (before->kind) {
  case '(': case '.': case DOTDOT: return 0;
  case '-':
    if (i >= 2 && is_sign(f, i - 1)) return 0;
    break;
  default: break;
  }
  switch (token->kind) {
  case ',': case ')': case '.': case '?': case DOTDOT: return 0;
  case '(': return calls(f, i) ? 0 : 1;
  default: break;
  }
  bool apart = (token->marks & (MARK_ITEM | MARK_ARM)) != 0 && before->kind != '{';
  return apart ? 2 : 1;
}

uint32_t fmt_width(const Fmt *f, uint32_t first, uint32_t last, uint32_t limit)
{
  uint32_t width = 0;
  for (uint32_t i = first; i < last && width <= limit; i++)
    width += f->tokens[i].width + (i > first ? fmt_space(f, i) : 0);
  return width;
}

static bool is_unit(const char *text, uint32_t len)
{
  static const char *const UNITS[] = {
    "ms", "s", "min", "h", "d", "w", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days",
    "week", "weeks", "month", "months", "quarter", "quarters", "year", "years",
  };
  for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
    if (strlen(UNITS[i]) == len && memcmp(UNITS[i], text, len) == 0) return true;
  }
  return false;
}

bool fmt_must_break(const Fmt *f, uint32_t i)
{
  const FmtToken *token = &f->tokens[i];
  if (i == 0 || token->newlines == 0) return false;
  int before = f->tokens[i - 1].kind;
  return (before == INT || before == DECIMAL) && is_unit(f->source + token->start, token->end - token->start);
}

/* ---- blocks ---------------------------------------------------------------------------- */

/* For each `{` the index of its `}`. */
static uint32_t *match_braces(const Fmt *f)
{
  uint32_t *close = ARENA_ARRAY(f->arena, uint32_t, f->count + 1);
  uint32_t open[PARSE_NESTING + 1], depth = 0;
  for (uint32_t i = 0; i < f->count; i++) {
    if (f->tokens[i].kind == '{') open[depth++] = i;
    if (f->tokens[i].kind == '}' && depth > 0) close[open[--depth]] = i;
  }
  return close;
}

typedef struct Splitter {
  Fmt *f;
  const uint32_t *close;
  uint32_t depth;
  uint32_t comment; /* the next not placed */
  FmtLine *line;    /* being filled; NULL: none */
} Splitter;

static bool one_line(const Splitter *s, uint32_t brace)
{
  const Fmt *f = s->f;
  uint32_t close = s->close[brace];
  if (s->comment < f->comment_count && f->comments[s->comment].before <= close) return false;
  for (uint32_t i = brace + 1; i <= close; i++) {
    if (i - brace > FMT_WIDTH || (f->tokens[i].newlines != 0 && close != brace + 1)) return false;
  }
  uint32_t indent = s->depth * FMT_INDENT;
  return indent + fmt_width(f, s->line->first, close + 1, FMT_WIDTH) <= FMT_WIDTH;
}

/* A brace before items, or before nothing but comments, that needs lines of its own. */
static bool expands(const Splitter *s, uint32_t brace)
{
  const Fmt *f = s->f;
  bool items = (f->tokens[brace + 1].marks & MARK_ITEM) != 0;
  bool commented = s->close[brace] == brace + 1 && s->comment < f->comment_count &&
                   f->comments[s->comment].before == brace + 1;
  return commented || (items && !one_line(s, brace));
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool opens_block(const Fmt *f, uint32_t i)
{
  return i > 0 && (f->tokens[i - 1].marks & MARK_OPENS) != 0;
}

static bool after_comment(const Fmt *f)
{
  return f->lines.len > 0 && f->lines.data[f->lines.len - 1].class == LINE_COMMENT;
}

/* Of several empty lines one is kept, but none where a block or the file begins. */
static bool wants_blank(const Fmt *f, uint32_t first, uint32_t newlines)
{
  if (newlines < 2 || f->lines.len == 0) return false;
  return !opens_block(f, first) || after_comment(f);
}

static FmtLine *new_line(Splitter *s, uint32_t first, uint32_t newlines)
{
  Fmt *f = s->f;
  bool blank = wants_blank(f, first, newlines);
  FmtLine *line = VEC_PUSH(f->arena, &f->lines);
  line->first = line->last = first;
  line->comment = line->comments = s->comment;
  line->depth = s->depth;
  line->blank = blank;
  return line;
}

/* A comment between what is complete and what begins. */
static void place_comment(Splitter *s)
{
  Fmt *f = s->f;
  const FmtComment *comment = &f->comments[s->comment];
  FmtLine *before = f->lines.len > 0 ? &f->lines.data[f->lines.len - 1] : NULL;
  s->line = NULL;
  if (before && comment->newlines == 0 && before->trailing == 0) {
    before->trailing = ++s->comment;
    return;
  }
  FmtLine *line = new_line(s, comment->before, comment->newlines);
  line->class = LINE_COMMENT;
  line->trailing = ++s->comment;
}

/* Is token `i` the first of a line, so that comments before it stand alone? */
static bool between_lines(const Splitter *s, uint32_t i)
{
  if (i == s->f->count || !s->line || opens_block(s->f, i)) return true;
  return (s->f->tokens[i].marks & (MARK_ITEM | MARK_CLOSES)) != 0;
}

static void place_token(Splitter *s, uint32_t i)
{
  Fmt *f = s->f;
  FmtToken *token = &f->tokens[i];
  bool closes = (token->marks & MARK_CLOSES) != 0;
  if (closes) s->depth--;
  if (!s->line || closes) s->line = new_line(s, i, closes ? 0 : token->newlines);
  s->line->last = i + 1;
  s->line->comments = s->comment;
  if (token->kind == '{' && expands(s, i)) {
    token->marks |= MARK_OPENS;
    f->tokens[s->close[i]].marks |= MARK_CLOSES;
    s->depth++;
    s->line = NULL;
  }
  if (closes) s->line = NULL;
}

/* How many braces of one-line blocks are open decides whether an item begins a line. */
void fmt_lines(Fmt *f)
{
  Splitter s = {f, match_braces(f), 0, 0, NULL};
  uint32_t inside = 0; /* index behind the one-line block at hand */
  for (uint32_t i = 0; i <= f->count; i++) {
    bool starts = (f->tokens[i].marks & MARK_ITEM) != 0 && i >= inside;
    bool between = i >= inside && (starts || between_lines(&s, i));
    while (s.comment < f->comment_count && f->comments[s.comment].before == i && between) place_comment(&s);
    while (s.comment < f->comment_count && f->comments[s.comment].before == i) s.comment++;
    if (i == f->count) break;
    if (starts) s.line = NULL;
    place_token(&s, i);
    bool kept = f->tokens[i].kind == '{' && !(f->tokens[i].marks & MARK_OPENS);
    if (kept && s.close[i] > inside) inside = s.close[i] + 1;
  }
}
