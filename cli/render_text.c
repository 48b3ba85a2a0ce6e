/*
 * render_text.c - findings for people: the place, the line, what is marked, the
 * remedy.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cli/report.h"
#include "cli/say.h"

enum { EXCERPT = 100, BEFORE = 40, TAB = 4 };

/* One character of a line: its bytes and the columns it takes on a terminal. */
typedef struct Char {
  size_t bytes;
  int columns;
  bool plain; /* can be printed as it is */
} Char;

static Char char_at(const char *text, size_t len)
{
  utf8proc_int32_t point;
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &point);
  if (n <= 0) return (Char){1, 1, false};
  if (point == '\t') return (Char){1, TAB, false};
  if (point < 32 || point == 127) return (Char){1, 1, false};
  return (Char){(size_t)n, utf8proc_charwidth(point), true};
}

static void put_char(FILE *out, const char *text, Char c)
{
  if (c.plain)
    fwrite(text, 1, c.bytes, out);
  else
    fprintf(out, "%*s", c.columns, *text == '\t' ? "" : "?");
}

/* Where the part that is shown begins, so that the mark is in it. */
static size_t excerpt_start(const char *line, size_t len, uint32_t mark)
{
  if (len <= EXCERPT || mark <= BEFORE) return 0;
  size_t start = mark - BEFORE;
  while (start > 0 && (line[start] & 0xc0) == 0x80) start--;
  return start;
}

/* Prints the line from `start` on; the columns of what stands before the mark and of the marked part. */
static void put_excerpt(FILE *out, const char *line, size_t len, size_t start, size_t mark, size_t mark_end,
                        int *ret_before, int *ret_marked)
{
  int before = 0, marked = 0, total = 0;
  if (start > 0) {
    fputs("…", out);
    before = 1;
  }
  size_t i = start;
  while (i < len && total < EXCERPT) {
    Char c = char_at(line + i, len - i);
    put_char(out, line + i, c);
    if (i < mark) before += c.columns;
    if (i >= mark && i < mark_end) marked += c.columns;
    total += c.columns;
    i += c.bytes;
  }
  if (i < len) fputs("…", out);
  *ret_before = before;
  *ret_marked = marked > 0 ? marked : 1;
}

/* Bytes from the start of the line to column `column` (in characters). */
static size_t bytes_to(const char *line, size_t len, uint32_t column)
{
  size_t i = 0;
  for (uint32_t k = 1; k < column && i < len; k++) i += char_at(line + i, len - i).bytes;
  return i;
}

void render_marked_line(const char *line, size_t len, const mot_place *place, Style mark, bool color, FILE *out)
{
  size_t from = bytes_to(line, len, place->column);
  size_t to = place->end_line == place->line ? bytes_to(line, len, place->end_column) : len;
  int before, marked;
  fprintf(out, "%s%5u |%s ", style(color, STYLE_DIM), place->line, style(color, STYLE_NONE));
  put_excerpt(out, line, len, excerpt_start(line, len, (uint32_t)from), from, to, &before, &marked);
  fprintf(out, "\n%s      |%s %*s%s", style(color, STYLE_DIM), style(color, STYLE_NONE), before, "", style(color, mark));
  for (int i = 0; i < marked; i++) fputc('^', out);
  fprintf(out, "%s\n", style(color, STYLE_NONE));
}

static void put_source(mot_compilation *c, const mot_place *place, Style mark, bool color, FILE *out)
{
  size_t len;
  const char *line = mot_source_line(c, place->file, place->line, &len);
  if (line) render_marked_line(line, len, place, mark, color, out);
}

static void put_place(const mot_place *place, bool color, FILE *out)
{
  fprintf(out, "%s%s:%u:%u:%s ", style(color, STYLE_BOLD), place->file, place->line, place->column,
          style(color, STYLE_NONE));
}

void render_finding(const Shown *shown, bool color, FILE *out)
{
  const mot_finding *f = &shown->finding;
  Style mark = shown->error ? STYLE_ERROR : STYLE_WARNING;
  put_place(&f->place, color, out);
  fprintf(out, "%s%s[%s]:%s %s%s%s\n", style(color, mark), shown->error ? "error" : "warning", f->code,
          style(color, STYLE_NONE), style(color, STYLE_BOLD), f->message, style(color, STYLE_NONE));
  put_source(shown->compilation, &f->place, mark, color, out);
  mot_note note;
  for (size_t i = 0; mot_finding_note(shown->compilation, shown->index, i, &note); i++) {
    put_place(&note.place, color, out);
    fprintf(out, "%snote:%s %s\n", style(color, STYLE_NOTE), style(color, STYLE_NONE), note.message);
    put_source(shown->compilation, &note.place, STYLE_NOTE, color, out);
  }
  if (f->help) fprintf(out, "      %shelp:%s %s\n", style(color, STYLE_HELP), style(color, STYLE_NONE), f->help);
  fputc('\n', out);
}

static const char *plural(size_t n)
{
  return n == 1 ? "" : "s";
}

void findings_text(const Report *report, bool color)
{
  Walk walk = {0};
  Shown shown;
  const char *code = NULL;
  while (report_next(report, &walk, false, &shown)) {
    render_finding(&shown, color, stdout);
    if (!code || shown.error) code = shown.finding.code;
  }
  size_t errors, warnings;
  report_count(report, &errors, &warnings);
  if (errors + warnings == 0) {
    if (!args_has(report->args, "quiet"))
      printf("%zu rule file%s checked: nothing to report\n", report->count, plural(report->count));
    return;
  }
  printf("%zu rule file%s checked: %zu error%s, %zu warning%s\n", report->count, plural(report->count), errors,
         plural(errors), warnings, plural(warnings));
  if (code) printf("`mot explain %s` says more about it\n", code);
}
