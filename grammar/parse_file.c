/*
 * parse_file.c - text in, syntax tree out.
 */
#include "grammar/parse.h"

#include <stdarg.h>
#include <string.h>

#include "grammar/scanner.h"
#include "grammar/strange.h"

/* Where the line of a place not far back starts. */
static uint32_t line_of(const Parser *p, uint32_t at)
{
  if (at >= p->line) return p->line;
  if (at >= p->last.line) return p->last.line;
  while (at > 0 && p->text[at - 1] != '\n') at--;
  return at;
}

Diag *say(Parser *p, DiagCode code, Span span, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *message = arena_vprintf(p->in->arena, format, args);
  va_end(args);
  p->error_line = line_of(p, span.start) + 1;
  return diag_add(p->in->diags, code, span, "%s", message);
}

static uint32_t byte_order_mark(const SourceFile *source)
{
  return source->len >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static void parse_text(Parser *p, const SourceFile *source)
{
  uint32_t from = byte_order_mark(source), len = source->len;
  if (!check_encoding(p, from, len)) return;
  p->line = from;
  keywords_enter(p);
  scanner_start(p, from, len);
  mot_parse(p);
  scanner_stop(p);
}

static AstFile *parse(const ParseInput *in, uint32_t file, AstList *comments, LexTokens *tokens)
{
  const SourceFile *source = &in->sources->files[file];
  Parser *p = ARENA_NEW(in->arena, Parser);
  p->in = in;
  p->text = source->text;
  p->out = ARENA_NEW(in->arena, AstFile);
  p->out->file = file;
  p->comments = comments;
  p->tokens = tokens;
  p->fresh = true;
  p->replay.kind = -1;
  buf_init(&p->doc, in->arena);
  parse_text(p, source);
  return p->out;
}

AstFile *parse_file(const ParseInput *in, uint32_t file)
{
  return parse(in, file, NULL, NULL);
}

AstFile *parse_file_tokens(const ParseInput *in, uint32_t file, AstList *comments, LexToken **tokens,
                           uint32_t *count)
{
  LexTokens list = {0};
  AstFile *out = parse(in, file, comments, &list);
  uint32_t end = in->sources->files[file].len;
  *VEC_PUSH(in->arena, &list) = (LexToken){0, {file, end, end}};
  *tokens = list.data;
  *count = list.len - 1;
  return out;
}
