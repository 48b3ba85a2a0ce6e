/*
 * page_text.c - a rule text on the page: what tests reached of it, and below each line what they did not.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/coverage/page.h"
#include "cli/coverage/texts.h"
#include "cli/markup.h"

/* How a stretch of text was tried; how it reads. */
typedef enum Tried { TRIED_NONE, TRIED_ALL, TRIED_SOME, TRIED_NOTHING } Tried;
typedef enum Syntax { SYNTAX_PLAIN, SYNTAX_COMMENT, SYNTAX_QUOTED, SYNTAX_WORD } Syntax;

typedef struct Sheet {
  const Coverage *coverage;
  size_t number;
  const char *text;
  size_t size;
  uint8_t *tried, *syntax; /* by byte */
  FILE *out;
} Sheet;

/* ---- syntax ---- */

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_keyword(const char *word, size_t size)
{
  static const char *const keywords[] = {
    "alert", "allow", "and", "as", "at", "before", "breached", "by", "calendar", "correct", "critical", "deadline", "def",
    "ends", "escalate", "event", "every", "exactly", "expect", "experience", "expires", "first", "for", "goal", "hold",
    "impact", "latest", "least", "like", "manager", "measure", "met", "metric", "missed", "module", "most", "mot", "no",
    "not", "nsat", "on", "or", "over", "owner", "pattern", "pause", "per", "produced", "producers", "repeat", "review",
    "risk", "sco", "severity", "smoto", "starts", "stream", "target", "team", "test", "then", "until", "use", "value",
    "void", "weight", "when", "where", "within",
  };
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
    if (strlen(keywords[i]) == size && memcmp(keywords[i], word, size) == 0) return true;
  return false;
}

/* The end of what begins at `at`, and what it is. */
static size_t token(const Sheet *sheet, size_t at, Syntax *ret)
{
  const char *text = sheet->text;
  size_t end = at + 1;
  *ret = SYNTAX_PLAIN;
  if (text[at] == '#') {
    *ret = SYNTAX_COMMENT;
    while (end < sheet->size && text[end] != '\n') end++;
  } else if (text[at] == '"') {
    *ret = SYNTAX_QUOTED;
    while (end < sheet->size && text[end] != '"') end += text[end] == '\\' && end + 1 < sheet->size ? 2 : 1;
    end += end < sheet->size;
  } else if (is_letter(text[at])) {
    while (end < sheet->size && is_letter(text[end])) end++;
    if (is_keyword(text + at, end - at)) *ret = SYNTAX_WORD;
  }
  return end;
}

static void read_syntax(Sheet *sheet)
{
  Syntax syntax;
  for (size_t at = 0, end; at < sheet->size; at = end) {
    end = token(sheet, at, &syntax);
    memset(sheet->syntax + at, syntax, end - at);
  }
}

/* ---- what was tried ---- */

typedef struct Stretch {
  size_t start, end;
  bool hit;
} Stretch;

static int wider_first(const void *a, const void *b)
{
  const Stretch *x = a, *y = b;
  size_t one = x->end - x->start, other = y->end - y->start;
  if (one != other) return one > other ? -1 : 1;
  return x->start < y->start ? -1 : x->start > y->start;
}

static Stretch stretch_of(const Sheet *sheet, const Subject *subject, const Demand *demand)
{
  const mot_place *place = &demand->origin;
  Stretch stretch = {place->offset, place->offset + place->length, demand->hits > 0};
  if (place->offset == subject->place.offset) { /* all of a declaration: its first line */
    const char *line = memchr(sheet->text + stretch.start, '\n', stretch.end - stretch.start);
    if (line) stretch.end = (size_t)(line - sheet->text);
  }
  return stretch;
}

static bool stands_here(const Sheet *sheet, const Subject *subject, const Demand *demand)
{
  if (!demand_counts(demand)) return false;
  return text_known(sheet->coverage, subject->rules, demand->origin.file) == sheet->number;
}

static size_t count_here(const Sheet *sheet, Stretch *ret)
{
  size_t count = 0;
  for (size_t i = 0; i < sheet->coverage->subject_count; i++) {
    const Subject *subject = &sheet->coverage->subjects[i];
    for (size_t k = 0; k < subject->count; k++) {
      if (!stands_here(sheet, subject, &subject->demands[k])) continue;
      if (ret) ret[count] = stretch_of(sheet, subject, &subject->demands[k]);
      count++;
    }
  }
  return count;
}

/* Wider stretches first: what stands in one is shown over it. */
static void paint(Sheet *sheet, const Stretch *stretches, size_t count)
{
  for (size_t i = 0, end; i < count; i = end) {
    size_t hits = 0;
    for (end = i; end < count && wider_first(&stretches[i], &stretches[end]) == 0; end++) hits += stretches[end].hit;
    Tried tried = hits == end - i ? TRIED_ALL : hits > 0 ? TRIED_SOME : TRIED_NOTHING;
    memset(sheet->tried + stretches[i].start, tried, stretches[i].end - stretches[i].start);
  }
}

static bool read_tried(Sheet *sheet)
{
  size_t count = count_here(sheet, NULL);
  Stretch *stretches = malloc((count + 1) * sizeof *stretches);
  if (!stretches) return false;
  count_here(sheet, stretches);
  qsort(stretches, count, sizeof *stretches, wider_first);
  paint(sheet, stretches, count);
  free(stretches);
  return true;
}

/* ---- lines ---- */

static void put_piece(const Sheet *sheet, size_t from, size_t to)
{
  static const char *const tried[] = {"", "h", "s", "m"}, *const syntax[] = {"", "c", "q", "k"};
  const char *one = tried[sheet->tried[from]], *other = syntax[sheet->syntax[from]];
  char piece[256];
  if (*one || *other) fprintf(sheet->out, "<u class=\"%s%s%s\">", one, *one && *other ? " " : "", other);
  while (from < to) {
    size_t size = to - from < sizeof piece ? to - from : sizeof piece - 1;
    while (from + size < to && size > 1 && (sheet->text[from + size] & 0xc0) == 0x80) size--;
    memcpy(piece, sheet->text + from, size);
    piece[size] = 0;
    markup_xml(piece, sheet->out);
    from += size;
  }
  if (*one || *other) fputs("</u>", sheet->out);
}

static void put_code(const Sheet *sheet, size_t from, size_t to)
{
  fputs("<code>", sheet->out);
  for (size_t end; from < to; from = end) {
    for (end = from; end < to && sheet->tried[end] == sheet->tried[from] && sheet->syntax[end] == sheet->syntax[from];)
      end++;
    put_piece(sheet, from, end);
  }
  fputs("</code>", sheet->out);
}

/* The demands shown at a line: how many were reached; below it, those that were not. */
static Share share_at(const Sheet *sheet, uint32_t line, bool put)
{
  Share share = {0, 0};
  for (size_t i = 0; i < sheet->coverage->subject_count; i++) {
    const Subject *subject = &sheet->coverage->subjects[i];
    if (subject->text != sheet->number || line < subject->place.line || line > subject->place.end_line) continue;
    for (size_t k = 0; k < subject->count; k++) {
      const Demand *demand = &subject->demands[k];
      if (!demand_counts(demand) || demand->place.line != line) continue;
      share.demanded++;
      share.reached += demand->hits > 0;
      if (!put || demand->hits > 0) continue;
      fputs("<li>", sheet->out);
      char *words = NULL;
      size_t size;
      FILE *text = open_memstream(&words, &size);
      if (!text) continue;
      demand_put(subject, demand, text);
      if (fclose(text) == 0) markup_xml(words, sheet->out);
      free(words);
      fputs("</li>", sheet->out);
    }
  }
  return share;
}

static void put_sign(const Sheet *sheet, Share share)
{
  if (share.demanded == 0)
    fputs("<i></i>", sheet->out);
  else if (share.reached == share.demanded)
    fprintf(sheet->out, "<i class=\"good\" title=\"all %llu reached\">✓</i>", (unsigned long long)share.demanded);
  else
    fprintf(sheet->out, "<i class=\"%s\" title=\"%llu of %llu reached\">%s</i>", share.reached ? "some" : "bad",
            (unsigned long long)share.reached, (unsigned long long)share.demanded, share.reached ? "◐" : "✗");
}

static void put_line(const Sheet *sheet, uint32_t line, size_t from, size_t to)
{
  Share share = share_at(sheet, line, false);
  fprintf(sheet->out, "<div class=\"l\" id=\"f%zul%u\"><a href=\"#f%zul%u\">%u</a>", sheet->number, line, sheet->number,
          line, line);
  put_sign(sheet, share);
  put_code(sheet, from, to);
  if (share.reached < share.demanded) {
    fputs("<ul>", sheet->out);
    share_at(sheet, line, true);
    fputs("</ul>", sheet->out);
  }
  fputs("</div>\n", sheet->out);
}

static void put_lines(const Sheet *sheet)
{
  uint32_t line = 1;
  fputs("<div class=\"code\">\n", sheet->out);
  for (size_t from = 0; from < sheet->size; line++) {
    const char *end = memchr(sheet->text + from, '\n', sheet->size - from);
    size_t to = end ? (size_t)(end - sheet->text) : sheet->size;
    put_line(sheet, line, from, to > from && sheet->text[to - 1] == '\r' ? to - 1 : to);
    from = to + 1;
  }
  fputs("</div>\n", sheet->out);
}

bool page_text(const Coverage *coverage, size_t text, FILE *out)
{
  Sheet sheet = {.coverage = coverage, .number = text, .text = coverage->texts[text].text, .out = out};
  sheet.size = strlen(sheet.text);
  sheet.tried = calloc(sheet.size + 1, 1);
  sheet.syntax = calloc(sheet.size + 1, 1);
  bool fine = sheet.tried && sheet.syntax && read_tried(&sheet);
  if (fine) {
    read_syntax(&sheet);
    put_lines(&sheet);
  }
  free(sheet.tried);
  free(sheet.syntax);
  return fine;
}
