/*
 * mutate_edit.c - changes noted, with their words.
 */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "compiler/mutate.h"

enum { WORDS_MOST = 60 }; /* bytes */

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* Where the comment at `i` ends. */
static uint32_t after_comment(const char *text, uint32_t i, uint32_t end)
{
  while (i < end && text[i] != '\n') i++;
  return i;
}

/* The text without comments, blanks made one; of a long one the beginning. */
static void put_line(Buf *line, const char *text, uint32_t i, uint32_t end)
{
  bool quoted = false, blank = false;
  while (i < end && line->len <= WORDS_MOST) {
    char c = text[i];
    if (!quoted && c == '#') {
      i = after_comment(text, i, end);
      blank = true;
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\' && i + 1 < end) buf_char(line, text[i++]);
    if (!is_blank(c)) {
      if (blank && line->len > 0) buf_char(line, ' ');
      buf_char(line, text[i]);
    }
    blank = is_blank(c);
    i++;
  }
}

const char *mutate_words(const Mutator *m, Span span)
{
  Buf line;
  buf_init(&line, m->arena);
  put_line(&line, m->text, span.start, span.end);
  if (line.len == 0) return "";
  if (line.len <= WORDS_MOST) return line.data;
  size_t cut = WORDS_MOST;
  while (cut > 0 && (line.data[cut] & 0xc0) == 0x80) cut--;
  return arena_printf(m->arena, "%.*s…", (int)cut, line.data);
}

Span mutate_word_at(const Mutator *m, uint32_t file, uint32_t start)
{
  uint32_t end = start;
  while (isalnum((unsigned char)m->text[end]) || m->text[end] == '_') end++;
  return (Span){file, start, end};
}

/* A blank keeps a word from growing together with what stands behind it: `at most 1A` is two words. */
static const char *apart(const Mutator *m, Span span, const char *with)
{
  size_t size = strlen(with);
  bool touches = isalnum((unsigned char)m->text[span.end]) && size > 0 &&
                 isalnum((unsigned char)with[size - 1]);
  return touches ? arena_printf(m->arena, "%s ", with) : with;
}

static Mutation *note(Mutator *m, mot_mutation_kind kind, Span span, const char *with)
{
  Mutation *mutation = VEC_PUSH(m->arena, &m->found);
  *mutation = (Mutation){.kind = kind, .span = span, .with = with};
  return mutation;
}

/* Words are set apart from the sentence they stand in, numbers and signs are so by themselves. */
static const char *quoted(const Mutator *m, const char *words)
{
  return isalpha((unsigned char)*words) ? arena_printf(m->arena, "`%s`", words) : words;
}

void mutate_replace(Mutator *m, mot_mutation_kind kind, Span span, const char *with, const char *format, ...)
{
  Mutation *mutation = note(m, kind, span, apart(m, span, with));
  const char *was = quoted(m, mutate_words(m, span)), *is = quoted(m, with);
  va_list args;
  va_start(args, format);
  const char *tail = arena_vprintf(m->arena, format, args);
  va_end(args);
  mutation->what = arena_printf(m->arena, "%s made %s", was, is);
  mutation->hint = arena_printf(m->arena, "no test tells %s from %s: %s", was, is, tail);
}

void mutate_drop(Mutator *m, mot_mutation_kind kind, Span span, const char *format, ...)
{
  Mutation *mutation = note(m, kind, span, "");
  va_list args;
  va_start(args, format);
  mutation->hint = arena_vprintf(m->arena, format, args);
  va_end(args);
  mutation->what = arena_printf(m->arena, "`%s` dropped", mutate_words(m, span));
}
