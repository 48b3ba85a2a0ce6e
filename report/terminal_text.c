/*
 * terminal_text.c - text that is safe to show, and how wide it is.
 */
#include <string.h>

#include <utf8proc.h>

#include "report/terminal.h"

/* Whether a character is only shown: neither a control nor one that turns the direction of what follows. */
static bool is_shown(utf8proc_int32_t c)
{
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return false;
  return c != 0x2028 && c != 0x2029;
}

const char *terminal_clean(Arena *arena, const char *text)
{
  Buf buf;
  utf8proc_int32_t c;
  size_t size = strlen(text);
  buf_init(&buf, arena);
  buf_text(&buf, "");
  for (size_t at = 0; at < size;) {
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(size - at), &c);
    bool blank = len == 1 && (c == '\n' || c == '\t' || c == '\r');
    if (len > 0 && is_shown(c))
      buf_put(&buf, text + at, (size_t)len);
    else
      buf_char(&buf, blank ? ' ' : '?');
    at += len > 0 ? (size_t)len : 1;
  }
  return buf.data ? buf.data : "";
}

static unsigned char_width(const char *text, size_t size, size_t *ret_len)
{
  utf8proc_int32_t c;
  utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size, &c);
  *ret_len = len > 0 ? (size_t)len : 1;
  return len > 0 ? (unsigned)utf8proc_charwidth(c) : 1;
}

unsigned terminal_width(const char *text, size_t size)
{
  unsigned width = 0;
  size_t len;
  for (size_t at = 0; at < size; at += len) width += char_width(text + at, size - at, &len);
  return width;
}

unsigned terminal_word(const char *text)
{
  unsigned widest = 0;
  while (*text) {
    size_t size = strcspn(text, " ");
    unsigned width = terminal_width(text, size);
    if (width > widest) widest = width;
    text += size;
    text += strspn(text, " ");
  }
  return widest;
}

/* How many bytes of the text fit a line, and where the next one begins. */
static size_t fitting(const char *text, unsigned width, size_t *ret_next)
{
  size_t size = strlen(text), len, blank = 0;
  unsigned used = 0;
  for (size_t at = 0; at < size; at += len) {
    used += char_width(text + at, size - at, &len);
    if (text[at] == ' ') blank = at;
    if (used <= width || at == 0) continue;
    if (text[at] == ' ') blank = at;
    *ret_next = blank ? blank + strspn(text + blank, " ") : at;
    return blank ? blank : at;
  }
  *ret_next = size;
  return size;
}

Lines terminal_lines(Arena *arena, const char *text, unsigned width)
{
  Lines lines = {0};
  size_t next;
  do {
    size_t size = fitting(text, width, &next);
    while (size > 0 && text[size - 1] == ' ') size--;
    *VEC_PUSH(arena, &lines) = (Line){text, size, terminal_width(text, size)};
    text += next;
  } while (*text);
  return lines;
}

void terminal_put(const Screen *screen, Tone tone, const Line *line)
{
  static const char *const begins[] = {[TONE_PLAIN] = "", [TONE_GOOD] = "\033[32m", [TONE_BAD] = "\033[31m",
    [TONE_DIM] = "\033[2m"};
  bool toned = screen->color && tone != TONE_PLAIN && line->size > 0;
  if (toned) buf_text(screen->page, begins[tone]);
  buf_put(screen->page, line->text, line->size);
  if (toned) buf_text(screen->page, "\033[0m");
}
