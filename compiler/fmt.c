/*
 * fmt.c - the one canonical layout of a file.
 *
 * What is written is read again: if its tokens are not those of the source, the
 * layout is not given out.
 */
#include "compiler/fmt.h"

#include <string.h>

#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

/* ---- in ----------------------------------------------------------------------------------- */

/* Columns are code points: every byte but the continuations of UTF-8. */
static uint32_t columns_of(const char *text, size_t len)
{
  uint32_t columns = 0;
  for (size_t i = 0; i < len; i++) columns += ((unsigned char)text[i] & 0xC0) != 0x80;
  return columns;
}

static uint32_t written_width(Buf *scratch, const char *source, const FmtToken *token)
{
  bool label = token->kind == LABEL || token->kind == ULABEL;
  bool rewritten = label || token->kind == DURATION || token->kind == CALSPAN || token->kind == TIME;
  if (!rewritten) return columns_of(source + token->start, token->end - token->start);
  scratch->len = 0;
  fmt_put_token(scratch, source, token);
  return (uint32_t)scratch->len;
}

static uint32_t newlines_in(const char *source, uint32_t from, uint32_t to)
{
  uint32_t newlines = 0;
  for (uint32_t i = from; i < to; i++) newlines += source[i] == '\n';
  return newlines;
}

static void take_comments(Fmt *f, AstList comments)
{
  f->comments = ARENA_ARRAY(f->arena, FmtComment, comments.count + 1);
  for (AST_EACH(AstComment, comment, comments)) {
    uint32_t end = comment->n.span.end;
    while (strchr(" \t\v\f", f->source[end - 1])) end--;
    f->comments[f->comment_count++] = (FmtComment){comment->n.span.start, end, 0, 0};
  }
}

static void take_tokens(Fmt *f, const LexToken *tokens, uint32_t count)
{
  Buf scratch;
  buf_init(&scratch, f->arena);
  f->tokens = ARENA_ARRAY(f->arena, FmtToken, count + 2);
  f->count = count;
  for (uint32_t i = 0; i <= count; i++) {
    FmtToken *token = &f->tokens[i];
    token->kind = tokens[i].kind;
    token->start = tokens[i].span.start;
    token->end = tokens[i].span.end;
    token->width = written_width(&scratch, f->source, token);
  }
}

/* Line ends before each token and comment, which lie between one another. */
static void count_newlines(Fmt *f)
{
  uint32_t c = 0, at = 0;
  for (uint32_t i = 0; i <= f->count; i++) {
    FmtToken *token = &f->tokens[i];
    for (; c < f->comment_count && f->comments[c].start < token->start; c++) {
      f->comments[c].newlines = newlines_in(f->source, at, f->comments[c].start);
      f->comments[c].before = i;
      at = f->comments[c].end;
    }
    token->newlines = newlines_in(f->source, at, token->start);
    at = token->end;
  }
}

/* ---- out ------------------------------------------------------------------------------------ */

static bool opens(const Fmt *f, const FmtLine *line)
{
  return line->last > line->first && (f->tokens[line->last - 1].marks & MARK_OPENS) != 0;
}

/* Behind the last of the lines whose trailing comments line up with line `start`'s. */
static uint32_t comment_run(const Fmt *f, uint32_t start, uint32_t *ret_column)
{
  const FmtLine *lines = f->lines.data;
  uint32_t end = start, width = 0;
  for (; end < f->lines.len; end++) {
    const FmtLine *line = &lines[end];
    if (line->trailing == 0 || line->class == LINE_COMMENT || line->depth != lines[start].depth) break;
    if (end > start && (line->blank || opens(f, line) || opens(f, line - 1))) break;
    if (line->width > width) width = line->width;
  }
  *ret_column = width + 2;
  return end;
}

static void put_line(const Fmt *f, const FmtLine *line, uint32_t column, Buf *out)
{
  if (line->blank) buf_char(out, '\n');
  buf_fill(out, ' ', line->depth * FMT_INDENT);
  if (line->text_len != 0) buf_put(out, f->text.data + line->text, line->text_len);
  if (line->trailing != 0) {
    const FmtComment *comment = &f->comments[line->trailing - 1];
    if (line->class != LINE_COMMENT) buf_fill(out, ' ', column - line->width);
    buf_put(out, f->source + comment->start, comment->end - comment->start);
  }
  buf_char(out, '\n');
}

static void put_lines(const Fmt *f, Buf *out)
{
  uint32_t run = 0, column = 0;
  for (uint32_t i = 0; i < f->lines.len; i++) {
    const FmtLine *line = &f->lines.data[i];
    if (line->trailing != 0 && line->class != LINE_COMMENT && i >= run) run = comment_run(f, i, &column);
    put_line(f, line, column, out);
  }
}

/* ---- the guard -------------------------------------------------------------------------------- */

static bool is_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Equal but for white space; in quoted text that counts too. */
static bool same_text(const char *a, uint32_t a_len, const char *b, uint32_t b_len, bool quoted)
{
  if (quoted) return a_len == b_len && memcmp(a, b, a_len) == 0;
  uint32_t i = 0, j = 0;
  for (;;) {
    while (i < a_len && is_space(a[i])) i++;
    while (j < b_len && is_space(b[j])) j++;
    if (i == a_len || j == b_len) return i == a_len && j == b_len;
    if (a[i++] != b[j++]) return false;
  }
}

static bool same_tokens(const Fmt *f, const char *text, const LexToken *tokens, uint32_t count)
{
  if (count != f->count) return false;
  for (uint32_t i = 0; i < count; i++) {
    const FmtToken *was = &f->tokens[i];
    const LexToken *is = &tokens[i];
    bool same = is->kind == was->kind &&
                same_text(f->source + was->start, was->end - was->start, text + is->span.start,
                          is->span.end - is->span.start, was->kind == STRING);
    if (!same) return false;
  }
  return true;
}

static bool same_comments(const Fmt *f, const char *text, AstList comments)
{
  if (comments.count != f->comment_count) return false;
  const FmtComment *was = f->comments;
  for (AST_EACH(AstComment, is, comments)) {
    uint32_t len = is->n.span.end - is->n.span.start;
    const char *before = f->source + was->start;
    if (!same_text(before, was->end - was->start, text + is->n.span.start, len, true)) return false;
    was++;
  }
  return true;
}

/* Reads the layout again, aside of the compilation's own sources and findings. */
static bool unchanged(const ParseInput *in, const Fmt *f, const Buf *out)
{
  Sources sources;
  Diags diags;
  AstList comments = {0};
  LexToken *tokens = NULL;
  uint32_t count = 0;
  sources_init(&sources, in->arena);
  diags_init(&diags, in->arena);
  ParseInput again = {in->arena, in->interner, &sources, &diags};
  uint32_t file = sources_add(&sources, "", out->data ? out->data : "", out->len);
  parse_file_tokens(&again, file, &comments, &tokens, &count);
  const char *text = sources.files[file].text;
  return diags.errors == 0 && same_tokens(f, text, tokens, count) && same_comments(f, text, comments);
}

bool fmt_text(const ParseInput *in, uint32_t file, Buf *out)
{
  Fmt f = {.arena = in->arena, .source = in->sources->files[file].text};
  AstList comments = {0};
  LexToken *tokens = NULL;
  uint32_t count = 0, errors = in->diags->errors;
  AstFile *tree = parse_file_tokens(in, file, &comments, &tokens, &count);
  if (in->diags->errors != errors) return false;

  buf_init(&f.text, in->arena);
  take_comments(&f, comments);
  take_tokens(&f, tokens, count);
  count_newlines(&f);
  fmt_mark(&f, tree);
  fmt_lines(&f);
  fmt_columns(&f);
  fmt_render(&f);
  Buf laid;
  buf_init(&laid, in->arena);
  put_lines(&f, &laid);
  if (!unchanged(in, &f, &laid)) {
    diag_add(in->diags, E0136, (Span){file, 0, 0},
             "the layout of this file would change what it says; it stays as it is");
    return false;
  }
  buf_put(out, laid.data ? laid.data : "", laid.len);
  return true;
}
