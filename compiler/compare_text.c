/*
 * compare_text.c - clauses as they stand in the text, in one line, and where.
 */
#include <string.h>

#include "compiler/compare.h"
#include "compiler/fmt_parts.h"
#include "grammar/mot.tab.h"

uint32_t token_from(const Side *side, Span span)
{
  const WrittenFile *file = &side->files[span.file];
  uint32_t low = 0, high = file->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (file->tokens[middle].span.start < span.start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* As the formatter would set them, without its columns and breaks. */
static const char *written(const Side *side, Span span, bool head)
{
  const WrittenFile *file = &side->files[span.file];
  Buf out;
  buf_init(&out, side->arena);
  uint32_t first = token_from(side, span), end = first;
  while (end < file->count && file->tokens[end].span.end <= span.end && !(head && file->tokens[end].kind == '{')) end++;
  Fmt fmt = {.arena = side->arena, .source = side->sources.files[span.file].text};
  fmt.tokens = ARENA_ARRAY(side->arena, FmtToken, end - first + 1);
  for (uint32_t i = first; i < end; i++) {
    const LexToken *token = &file->tokens[i];
    fmt.tokens[i - first] = (FmtToken){.kind = token->kind, .start = token->span.start, .end = token->span.end};
    if (i > first) buf_fill(&out, ' ', fmt_space(&fmt, i - first));
    fmt_put_token(&out, fmt.source, &fmt.tokens[i - first]);
  }
  return out.len ? out.data : "";
}

const char *text_written(const Side *side, Span span)
{
  return span.end == 0 ? NULL : written(side, span, false);
}

const char *text_head(const Side *side, Span span)
{
  return span.end == 0 ? NULL : written(side, span, true);
}

const char *text_doc(const Side *side, Sym doc)
{
  char *text = arena_copy(side->arena, sym_text(side->names, doc), sym_len(side->names, doc));
  for (char *at = text; *at; at++)
    if (*at == '\n') *at = ' ';
  return text;
}

mot_place text_place(Side *side, Span span)
{
  if (span.end == 0) return (mot_place){.file = NULL};
  Place from = source_place(&side->sources, span.file, span.start);
  Place to = source_place(&side->sources, span.file, span.end);
  return (mot_place){.file = side->sources.files[span.file].name,
                     .line = from.line, .column = from.column, .end_line = to.line, .end_column = to.column,
                     .offset = span.start, .length = span.end - span.start};
}
