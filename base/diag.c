/*
 * diag.c - the table of diagnostics, and the list that a compilation fills.
 */
#include "base/diag.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

const DiagInfo diag_info[DIAG_CODES] = {
#define DIAG(code, severity, title, frame, cause, wrong, right) \
  [code] = {#code, severity, title, frame, cause, wrong, right},
#include "base/diag.def"
#undef DIAG
};

DiagCode diag_code(const char *text)
{
  DiagCode code = 0;
  while (code < DIAG_CODES && strcmp(diag_info[code].code, text) != 0) code++;
  return code;
}

void diags_init(Diags *diags, Arena *arena)
{
  *diags = (Diags){.arena = arena, .last = &diags->first};
}

/* Counts one more of the severity; the count it had before. */
static uint32_t count_one(Diags *diags, Severity severity)
{
  return severity == SEV_ERROR ? diags->errors++ : diags->warnings++;
}

static Diag *spare(Diags *diags)
{
  if (!diags->spare) diags->spare = ARENA_NEW(diags->arena, Diag);
  *diags->spare = (Diag){.message = ""};
  return diags->spare;
}

enum { TEXT_MOST = 4000 }; /* bytes of one text: a name may be as long as the file */

/* Controls of ASCII and of Latin-1, and U+FFFE and U+FFFF, which no XML takes: bytes and number, or 0.
 * Nothing is read behind the ending NUL. */
static size_t control_at(const char *text, unsigned *ret_code)
{
  const unsigned char *at = (const unsigned char *)text;
  *ret_code = at[0];
  if (at[0] < 0x20 || at[0] == 0x7F) return 1;
  if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) {
    *ret_code = at[1];
    return 2;
  }
  if (at[0] != 0xEF || at[1] != 0xBF || at[2] < 0xBE) return 0;
  *ret_code = 0xFF40u + at[2];
  return 3;
}

/* What a rule quotes must not act on whoever reads the message: controls are shown as they can be written. */
static char *shown(Arena *arena, const char *text)
{
  Buf out;
  buf_init(&out, arena);
  while (*text) {
    unsigned code;
    size_t control = control_at(text, &code);
    if (control == 0) buf_char(&out, *text++);
    if (control != 0 && code == '\n') buf_text(&out, "\\n");
    if (control != 0 && code != '\n') buf_printf(&out, "\\u{%x}", code);
    text += control;
  }
  return arena_copy(arena, out.data ? out.data : "", out.len);
}

/* Cut between characters. */
static char *text_of(Arena *arena, const char *format, va_list args)
{
  char text[TEXT_MOST + 1];
  unsigned code;
  if (vsnprintf(text, sizeof text, format, args) > TEXT_MOST) {
    size_t end = TEXT_MOST - 3;
    while (((unsigned char)text[end] & 0xC0) == 0x80) end--;
    memcpy(text + end, "…", 4);
  }
  for (const char *at = text; *at; at++)
    if (control_at(at, &code) != 0) return shown(arena, text);
  return arena_copy(arena, text, strlen(text));
}

Diag *diag_add(Diags *diags, DiagCode code, Span span, const char *format, ...)
{
  if (diags->muted) return spare(diags);
  Severity severity = diag_info[code].severity;
  int full = count_one(diags, severity) >= DIAG_KEPT;
  Diag *diag = full ? spare(diags) : ARENA_NEW(diags->arena, Diag);
  diag->code = code;
  diag->severity = severity;
  diag->span = span;
  if (full) return diag;
  va_list args;
  va_start(args, format);
  diag->message = text_of(diags->arena, format, args);
  va_end(args);
  *diags->last = diag;
  diags->last = &diag->next;
  diags->kept++;
  return diag;
}

void diag_note(Diags *diags, Diag *diag, Span span, const char *format, ...)
{
  if (diag == diags->spare) return;
  DiagNote **link = &diag->notes;
  while (*link) link = &(*link)->next;
  DiagNote *note = ARENA_NEW(diags->arena, DiagNote);
  note->span = span;
  va_list args;
  va_start(args, format);
  note->text = text_of(diags->arena, format, args);
  va_end(args);
  *link = note;
}

void diag_help(Diags *diags, Diag *diag, const char *format, ...)
{
  if (diag == diags->spare) return;
  va_list args;
  va_start(args, format);
  diag->help = text_of(diags->arena, format, args);
  va_end(args);
}

void diag_fix(Diags *diags, Diag *diag, Span span, const char *format, ...)
{
  if (diag == diags->spare) return;
  va_list args;
  va_start(args, format);
  diag->fix_text = arena_vprintf(diags->arena, format, args);
  va_end(args);
  diag->fix = span;
  if (strlen(diag->fix_text) > TEXT_MOST) diag->fix_text = NULL;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

static int compare(const Diag *a, const Diag *b)
{
  int order = compare_numbers(a->span.file, b->span.file);
  if (order == 0) order = compare_numbers(a->span.start, b->span.start);
  if (order == 0) order = compare_numbers(a->span.end, b->span.end);
  if (order == 0) order = compare_numbers(a->code, b->code);
  return order != 0 ? order : strcmp(a->message, b->message);
}

/* Of two ordered lists one; equal ones of `a` come first. */
static Diag *merge(Diag *a, Diag *b)
{
  Diag *first = NULL, **last = &first;
  while (a && b) {
    Diag **from = compare(a, b) <= 0 ? &a : &b;
    *last = *from;
    last = &(*last)->next;
    *from = *last;
  }
  *last = a ? a : b;
  return first;
}

/* The first `count` of a list, cut off and ordered. */
static Diag *sorted(Diag *list, uint32_t count)
{
  if (count < 2) {
    if (list) list->next = NULL;
    return list;
  }
  Diag *rest = list;
  for (uint32_t i = 0; i < count / 2; i++) rest = rest->next;
  Diag *second = sorted(rest, count - count / 2);
  return merge(sorted(list, count / 2), second);
}

static void drop_next(Diags *diags, Diag *diag)
{
  diag->next = diag->next->next;
  diags->kept--;
  if (diag->severity == SEV_ERROR)
    diags->errors--;
  else
    diags->warnings--;
}

void diags_sort(Diags *diags)
{
  diags->first = sorted(diags->first, diags->kept);
  diags->last = &diags->first;
  for (Diag *diag = diags->first; diag; diag = diag->next) {
    while (diag->next && compare(diag, diag->next) == 0) drop_next(diags, diag);
    diags->last = &diag->next;
  }
}
