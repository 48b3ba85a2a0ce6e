/*
 * strange.c - letters the language does not use, and what was probably meant.
 */
#include "grammar/strange.h"

#include <string.h>
#include <utf8proc.h>

#include "grammar/literal.h"
#include "grammar/mot.tab.h"

typedef struct Lookalike {
  int32_t letter;
  const char *plain;
  int kind; /* 0: as a space */
} Lookalike;

static const Lookalike LOOKALIKES[] = {
  {0x00A0, "a plain space", 0},
  {0x00AD, "nothing (it is an invisible hyphen)", 0},
  {0x00B4, "`", 0},
  {0x00D7, "*", '*'},
  {0x00F7, "/", '/'},
  {0x2010, "-", '-'},
  {0x2011, "-", '-'},
  {0x2012, "-", '-'},
  {0x2013, "-", '-'},
  {0x2014, "-", '-'},
  {0x2015, "-", '-'},
  {0x2018, "`", 0},
  {0x2019, "`", 0},
  {0x201C, "\"", 0},
  {0x201D, "\"", 0},
  {0x201E, "\"", 0},
  {0x2024, ".", '.'},
  {0x2026, "..", DOTDOT},
  {0x2028, "a plain line break", 0},
  {0x2029, "a plain line break", 0},
  {0x2044, "/", '/'},
  {0x2212, "-", '-'},
  {0x2260, "!=", NE},
  {0x2264, "<=", LE},
  {0x2265, ">=", GE},
  {0x3000, "a plain space", 0},
  {0xFEFF, "nothing (it is an invisible mark)", 0},
  {0xFF08, "(", '('},
  {0xFF09, ")", ')'},
  {0xFF0C, ",", ','},
  {0xFF1A, ":", 0},
  {0xFF1D, "=", '='},
};

/* Spaces of other widths and marks without any: U+2000 … U+200F, U+202F, U+205F, U+2060. */
static bool is_odd_space(int32_t letter)
{
  return (letter >= 0x2000 && letter <= 0x200F) || letter == 0x202F || letter == 0x205F || letter == 0x2060;
}

static const Lookalike *lookalike_of(int32_t letter)
{
  if (is_odd_space(letter)) letter = 0x00A0;
  for (size_t i = 0; i < sizeof LOOKALIKES / sizeof *LOOKALIKES; i++) {
    if (LOOKALIKES[i].letter == letter) return &LOOKALIKES[i];
  }
  return NULL;
}

static bool is_name_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_word_letter(const char *s, size_t left, size_t *ret_len)
{
  int32_t letter = 0;
  utf8proc_ssize_t len = utf8proc_iterate((const uint8_t *)s, (utf8proc_ssize_t)left, &letter);
  if (len <= 0) return false;
  *ret_len = (size_t)len;
  utf8proc_category_t category = utf8proc_category(letter);
  if (letter < 0x80 || lookalike_of(letter)) return false;
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/* A word with letters beyond a to z: said, and taken as the name it was meant to be. */
static Strange strange_word(Parser *p, const char *text, size_t len, size_t used, Span span)
{
  span.end = span.start + (uint32_t)used;
  Diag *diag = say(p, E0105, span, "`%.*s` cannot be a name", used < 80 ? (int)used : 0, text);
  diag_help(p->in->diags, diag, "names are written with the letters a to z, digits and `_`; "
                                "text for people goes in \"quotes\"");
  int32_t first = 0;
  utf8proc_iterate((const uint8_t *)text, (utf8proc_ssize_t)len, &first);
  bool capital = utf8proc_category(first) == UTF8PROC_CATEGORY_LU;
  bool label = used < len && text[len - 1] == ':' && strspn(text + used, " \t\v\f\r\n") == len - used - 1;
  int kind = label ? (capital ? ULABEL : LABEL) : capital ? UNAME : LNAME;
  return (Strange){kind, label ? len : used, {intern(p->in->interner, text, used), span}};
}

static void help_currency(Parser *p, Diag *diag)
{
  diag_help(p->in->diags, diag,
            "an amount is written with its currency behind it, in three capitals: 45 EUR");
}

static Strange strange_sign(Parser *p, const char *text, size_t len, Span span)
{
  int32_t letter = 0;
  utf8proc_ssize_t bytes = utf8proc_iterate((const uint8_t *)text, (utf8proc_ssize_t)len, &letter);
  if (bytes < 1) bytes = 1;
  const Lookalike *like = lookalike_of(letter);
  span.end = span.start + (uint32_t)bytes;
  if (!like) {
    Diag *diag = say(p, E0101, span, "the character `%.*s` has no meaning here", (int)bytes, text);
    if (utf8proc_category(letter) == UTF8PROC_CATEGORY_SC) help_currency(p, diag);
    return (Strange){0, (size_t)bytes, {0, span}};
  }
  const char *quote = strlen(like->plain) <= 2 ? "`" : "";
  Diag *diag = say(p, E0104, span, "this is U+%04X, which only looks like what is meant", (unsigned)letter);
  diag_help(p->in->diags, diag, "type %s%s%s instead", quote, like->plain, quote);
  if (like->kind != 0) diag_fix(p->in->diags, diag, span, "%s", like->plain);
  return (Strange){like->kind, (size_t)bytes, {0, span}};
}

Strange strange_letters(Parser *p, const char *text, size_t len, Span span)
{
  size_t plain = 0, letter = 0;
  while (plain < len && is_name_letter(text[plain])) plain++;
  size_t used = plain;
  while (used < len && (is_name_letter(text[used]) || is_word_letter(text + used, len - used, &letter)))
    used += is_name_letter(text[used]) ? 1 : letter;
  if (used != plain) return strange_word(p, text, len, used, span);
  if (plain == 0) return strange_sign(p, text, len, span);
  span.end = span.start + (uint32_t)plain;
  AstName name = {intern(p->in->interner, text, plain), span};
  int kind = text[0] >= 'A' && text[0] <= 'Z' ? UNAME : word_kind(p, name.sym);
  return (Strange){kind, plain, name};
}

void say_strange(Parser *p, Span span)
{
  unsigned char c = (unsigned char)p->text[span.start];
  if (c < 0x20 || c == 0x7F) {
    Diag *diag = say(p, E0103, span, "here is an invisible control character (U+%04X)", c);
    diag_help(p->in->diags, diag, "delete it");
    return;
  }
  if (c == ':' && p->error_line == p->line + 1) return; /* of a name that could not be one */
  Diag *diag = say(p, E0101, span, "the character `%c` has no meaning here", c);
  if (c == ';') {
    diag_help(p->in->diags, diag, "nothing is needed at the end of a clause; delete it");
    diag_fix(p->in->diags, diag, span, "%s", "");
  }
  if (c == '%') diag_help(p->in->diags, diag, "write it directly behind the number: 95%%");
  if (c == '$') help_currency(p, diag);
  if (c == '\'') diag_help(p->in->diags, diag, "text stands between double quotes: \"");
  if (c == '[' || c == ']')
    diag_help(p->in->diags, diag, "lists are written without brackets: `one of a, b`");
}

void say_word(Parser *p, Span span, const char *word)
{
  Diag *diag = say(p, E0123, span, "`%.*s` is written as a word: `%s`", (int)(span.end - span.start),
                   p->text + span.start, word);
  bool space = strcmp(word, "not") == 0;
  diag_fix(p->in->diags, diag, span, space ? "%s " : "%s", word);
}

void say_sign(Parser *p, Span span, const char *sign)
{
  Diag *diag = say(p, E0122, span, "this comparison is written `%s`", sign);
  diag_fix(p->in->diags, diag, span, "%s", sign);
}

void say_foreign_comment(Parser *p, Span span)
{
  Span opening = {span.file, span.start, span.start + 2};
  Diag *diag = say(p, E0134, opening, "a comment begins with `#` and ends with the line");
  diag_help(p->in->diags, diag, "write # at the beginning of each line of the comment");
}

/* ---- the text as a whole --------------------------------------------------------------- */

enum { ENCODING_PLACES = 3 }; /* said per file */

/* How many of `len` bytes at `s` are plain ASCII other than NUL, at least to a word. */
static uint32_t plain_run(const char *s, uint32_t len)
{
  uint32_t i = 0;
  for (; i + 8 <= len; i += 8) {
    uint64_t word;
    memcpy(&word, s + i, 8);
    uint64_t zeros = (word - UINT64_C(0x0101010101010101)) & ~word;
    if (((word | zeros) & UINT64_C(0x8080808080808080)) != 0) break;
  }
  while (i < len && s[i] != '\0' && (unsigned char)s[i] < 0x80) i++;
  return i;
}

static void say_encoding(Parser *p, uint32_t at)
{
  Span span = {p->out->file, at, at + 1};
  if (p->text[at] == '\0') {
    say(p, E0103, span, "here is a NUL byte; this does not look like a file of text");
    return;
  }
  unsigned byte = (unsigned char)p->text[at];
  Diag *diag = say(p, E0102, span, "from here on the text is not UTF-8 (byte %02X)", byte);
  diag_help(p->in->diags, diag, "save the file with the encoding UTF-8");
}

/* Does the text begin as modules do? */
static bool is_module(const Parser *p, uint32_t len)
{
  return len > 4 && memcmp(p->text, "motc", 4) == 0 && memchr(p->text, '\0', len) != NULL;
}

static void say_module(Parser *p)
{
  Diag *diag = say(p, E0103, (Span){p->out->file, 0, 4}, "this is a module, which rules become, and no text");
  diag_help(p->in->diags, diag, "name the .mot file; modules are read by `mot disasm` and `mot cost`");
}

bool check_encoding(Parser *p, uint32_t from, uint32_t len)
{
  int wrong = 0;
  if (is_module(p, len)) {
    say_module(p);
    return false;
  }
  for (uint32_t at = from; wrong < ENCODING_PLACES;) {
    at += plain_run(p->text + at, len - at);
    if (at >= len) break;
    int32_t letter = 0;
    const uint8_t *here = (const uint8_t *)p->text + at;
    utf8proc_ssize_t bytes = utf8proc_iterate(here, (utf8proc_ssize_t)(len - at), &letter);
    if (bytes > 0 && letter != 0) {
      at += (uint32_t)bytes;
      continue;
    }
    wrong++;
    say_encoding(p, at++);
    while (at < len && (p->text[at] == '\0' || (unsigned char)p->text[at] >= 0x80)) at++;
  }
  return wrong == 0;
}
