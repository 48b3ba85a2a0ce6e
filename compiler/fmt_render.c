/*
 * fmt_render.c - lines written out, and broken where they are too long.
 *
 * A line that is too long breaks before its `and`, `or` and `then` that stand
 * in the fewest brackets, and what is still too long before those in more; only
 * then behind commas.  Breaks of the first kind that the source has are kept.
 */
#include <string.h>

#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

/* ---- tokens ------------------------------------------------------------------------------ */

static bool is_blank(char c)
{
  return c == ' ' || c == '\t';
}

/* `1h  30 min` as `1 h 30 min`. */
static void put_duration(Buf *out, const char *text, uint32_t len)
{
  bool digit = true;
  for (uint32_t i = 0; i < len; i++) {
    if (is_blank(text[i])) continue;
    bool now = (text[i] >= '0' && text[i] <= '9') || text[i] == '.';
    if (now != digit) buf_char(out, ' ');
    digit = now;
    buf_char(out, text[i]);
  }
}

static void put_time(Buf *out, const char *text, uint32_t len)
{
  for (uint32_t i = 0; i < len; i++) {
    if (!is_blank(text[i]))
      buf_char(out, text[i]);
    else if (!is_blank(text[i - 1]))
      buf_char(out, ' ');
  }
}

static void put_label(Buf *out, const char *text, uint32_t len)
{
  uint32_t name = len - 1;
  while (name > 0 && strchr(" \t\v\f\r\n", text[name - 1])) name--;
  buf_put(out, text, name);
  buf_char(out, ':');
}

void fmt_put_token(Buf *out, const char *source, const FmtToken *token)
{
  const char *text = source + token->start;
  uint32_t len = token->end - token->start;
  switch (token->kind) {
  case DURATION:
  case CALSPAN: put_duration(out, text, len); break;
  case TIME: put_time(out, text, len); break;
  case LABEL:
  case ULABEL: put_label(out, text, len); break;
  default: buf_put(out, text, len); break;
  }
}

/* ---- where to break ------------------------------------------------------------------------ */

typedef struct Renderer {
  Fmt *f;
  const FmtLine *line;
  bool *breaks;     /* by token: a line break before it */
  uint32_t indent;  /* of the line */
  uint32_t hanging; /* of its continuations */
  bool padded;      /* the line reaches its column */
} Renderer;

static bool joins(const FmtToken *token)
{
  return token->kind == KW_AND || token->kind == KW_OR || token->kind == KW_THEN;
}

/* Begins a part that stands well on a line of its own: `like` what, but not in `event like K`; `until` when. */
static bool begins_part(const FmtToken *token)
{
  return token->kind == KW_UNTIL || (token->kind == KW_LIKE && token[-1].kind != KW_EVENT);
}

/* Of a token that is not the first of its line. */
static bool may_split(const FmtToken *token)
{
  return joins(token) || begins_part(token) || (token->marks & MARK_SPLIT) != 0;
}

static int bracket(int kind)
{
  if (kind == '(' || kind == '{') return 1;
  return kind == ')' || kind == '}' ? -1 : 0;
}

/* The fewest brackets around a place to split in (first, last), + 1; the condition of an
 * `sco` and the value of a `def` go before all: 0.  INT32_MAX: there is none. */
static int best_level(const Renderer *r, uint32_t first, uint32_t last)
{
  int level = 1, best = INT32_MAX;
  for (uint32_t i = first; i < last; i++) {
    const FmtToken *token = &r->f->tokens[i];
    level += bracket(token->kind);
    if (i == first || !may_split(token)) continue;
    int here = (token->marks & MARK_SPLIT) != 0 ? INT32_MIN : level;
    if (here < best) best = here;
  }
  return best;
}

static void split_at(Renderer *r, uint32_t first, uint32_t last, int best)
{
  int level = 1;
  for (uint32_t i = first; i < last; i++) {
    const FmtToken *token = &r->f->tokens[i];
    level += bracket(token->kind);
    if (i == first || !may_split(token)) continue;
    int here = (token->marks & MARK_SPLIT) != 0 ? INT32_MIN : level;
    if (here == best) r->breaks[i] = true;
  }
}

static bool may_fill(const Fmt *f, uint32_t i)
{
  return f->tokens[i - 1].kind == ',' || (f->tokens[i].marks & MARK_FILL) != 0;
}

/* Breaks as late as possible behind commas, before values and arms. */
static void fill(Renderer *r, uint32_t first, uint32_t last, uint32_t column)
{
  const Fmt *f = r->f;
  uint32_t start = first;
  for (uint32_t i = first; i < last;) {
    uint32_t next = i + 1;
    while (next < last && !may_fill(f, next)) next++;
    bool over = column + fmt_width(f, start, next, FMT_WIDTH) > FMT_WIDTH;
    if (over && i > start) {
      r->breaks[i] = true;
      start = i;
      column = r->hanging;
    }
    i = next;
  }
}

static void fit(Renderer *r, uint32_t first, uint32_t last, uint32_t column);

/* Each part between breaks on its own. */
static void fit_parts(Renderer *r, uint32_t first, uint32_t last, uint32_t column)
{
  for (uint32_t i = first; i < last;) {
    uint32_t next = i + 1;
    while (next < last && !r->breaks[next]) next++;
    fit(r, i, next, column);
    column = r->hanging;
    i = next;
  }
}

static void fit(Renderer *r, uint32_t first, uint32_t last, uint32_t column)
{
  if (column + fmt_width(r->f, first, last, FMT_WIDTH) <= FMT_WIDTH) return;
  int best = best_level(r, first, last);
  if (best == INT32_MAX) {
    fill(r, first, last, column);
    return;
  }
  split_at(r, first, last, best);
  fit_parts(r, first, last, column);
}

/* Breaks that must be, and those of the source that may stay. */
static void keep_breaks(Renderer *r)
{
  const FmtLine *line = r->line;
  const Fmt *f = r->f;
  for (uint32_t i = line->first + 1; i < line->last; i++) {
    bool kept = f->tokens[i].newlines != 0 && may_split(&f->tokens[i]);
    r->breaks[i] = kept || fmt_must_break(f, i);
  }
  for (uint32_t c = line->comment; c < line->comments; c++) {
    uint32_t before = f->comments[c].before;
    if (before > line->first && before < line->last) r->breaks[before] = true;
  }
}

/* Is the line unbroken up to where its column begins? */
static bool reaches_column(const Renderer *r)
{
  const FmtLine *line = r->line;
  if (line->pad_at == 0) return false;
  for (uint32_t i = line->first + 1; i <= line->pad_at; i++) {
    if (r->breaks[i]) return false;
  }
  return true;
}

static void choose_breaks(Renderer *r)
{
  const FmtLine *line = r->line;
  keep_breaks(r);
  r->padded = reaches_column(r);
  if (r->padded)
    fit_parts(r, line->pad_at, line->last, r->indent + line->column);
  else
    fit_parts(r, line->first, line->last, r->indent);
}

/* ---- writing ---------------------------------------------------------------------------------- */

static void put_comment(Renderer *r, uint32_t c, bool alone)
{
  Buf *out = &r->f->text;
  const FmtComment *comment = &r->f->comments[c];
  if (alone) {
    buf_char(out, '\n');
    buf_fill(out, ' ', r->hanging);
  } else {
    buf_text(out, "  ");
  }
  buf_put(out, r->f->source + comment->start, comment->end - comment->start);
}

/* The comments before token `i` of the line; returns the next one's index. */
static uint32_t put_comments(Renderer *r, uint32_t c, uint32_t i)
{
  for (; c < r->line->comments && r->f->comments[c].before <= i; c++) {
    if (r->f->comments[c].before == i) put_comment(r, c, r->f->comments[c].newlines != 0);
  }
  return c;
}

static uint32_t put_gap(Renderer *r, uint32_t i, uint32_t column)
{
  Buf *out = &r->f->text;
  uint32_t gap = fmt_space(r->f, i);
  if (r->breaks[i]) {
    buf_char(out, '\n');
    buf_fill(out, ' ', r->hanging);
    return r->hanging;
  }
  if (r->padded && i == r->line->pad_at) gap = r->indent + r->line->column - column;
  buf_fill(out, ' ', gap);
  return column + gap;
}

static void write_line(Renderer *r, FmtLine *line)
{
  Fmt *f = r->f;
  uint32_t column = r->indent, c = line->comment;
  line->text = (uint32_t)f->text.len;
  for (uint32_t i = line->first; i < line->last; i++) {
    if (i > line->first) {
      c = put_comments(r, c, i);
      column = put_gap(r, i, column);
    }
    fmt_put_token(&f->text, f->source, &f->tokens[i]);
    column += f->tokens[i].width;
  }
  line->text_len = (uint32_t)f->text.len - line->text;
  line->width = column;
}

/* How far continuations are indented: under the value, or in the braces of a step's event. */
static uint32_t hanging(const FmtLine *line)
{
  if (line->pad_at == 0) return FMT_CONTINUED;
  if (line->class == LINE_STEP) return line->column + FMT_INDENT;
  return line->class == LINE_CLAUSE ? line->column : FMT_CONTINUED;
}

void fmt_render(Fmt *f)
{
  bool *breaks = ARENA_ARRAY(f->arena, bool, f->count + 1);
  for (uint32_t i = 0; i < f->lines.len; i++) {
    FmtLine *line = &f->lines.data[i];
    if (line->class == LINE_COMMENT) continue;
    uint32_t indent = line->depth * FMT_INDENT;
    Renderer r = {f, line, breaks, indent, indent + hanging(line), false};
    choose_breaks(&r);
    write_line(&r, line);
  }
}
