/*
 * forms.h - the bytes between the values that lines of one type have in common.
 *
 *   {"type":"call_ended","time":"…","customer":"…","wait":…,"resolved":…}⏎
 *
 * When the bytes between the values, and the type, are those of a line whose grammar was sound, and each
 * value is one of the same kind (a text, or a sound number, true, false or null), then the grammar is sound
 * too.  Names need not be looked at, and the values that are used are the same ones.  So such a line needs no
 * tokens: a text ends at the next quote that no backslash stands before.  A line that has no form is scanned and
 * walked.
 *
 * Up to the text of the type all forms are the same; behind it they are found by that text.
 */
#ifndef MOT_RUNTIME_FORMS_H
#define MOT_RUNTIME_FORMS_H

#include "base/mem.h"
#include "runtime/json_walk.h"
#include "runtime/marks.h"
#include "runtime/texttable.h"
#include "runtime/types.h"

enum {
  FORM_PARTS = 80,
  FORM_HEAD = 16,         /* parts before the type's text */
  FORM_VALUES = 48,
  FORM_READS = 48,
  FORM_TRUST = 16,        /* lines with its type that do not fit, until it makes room for theirs */
  FORM_PLACES = 256,
  FORM_WAYS = 4,          /* forms of one type */
  FORM_MOST = 512         /* of all types */
};

/* Arenas align to 8 bytes: without saying so, loads may be made that need 32. */
typedef uint8_t FormBytes __attribute__((vector_size(32), aligned(8)));

/* What stands behind the bytes of a part. */
typedef enum PartThen { PART_TEXT, PART_OTHER, PART_BYTES, PART_END } PartThen;

/* Where a value stands in the text: [begin, end), without quotes. */
typedef struct FormSpan {
  uint32_t begin, end;
} FormSpan;

/* Up to 32 bytes between values. */
typedef struct FormPart {
  FormBytes bytes, mask;
  uint32_t len;
  uint16_t texts;         /* parts from this one on behind each of which stands a text */
  uint8_t then;           /* PartThen */
  FormSpan value;         /* of the line at hand */
} FormPart;

/* A value to be read in a row. */
typedef struct FormRead {
  const FormPart *part;   /* behind which it stands; NULL: there is none */
  bool is_text;
} FormRead;

typedef struct Form Form;
struct Form {
  Form *other;            /* of the same place */
  uint32_t kind;          /* the event's row or UINT32_MAX */
  uint32_t type;          /* of the latter: its number among the types that no rule uses, TYPE_NEW: not known */
  uint32_t head;          /* number of the head it belongs to; 0: such lines have no form */
  uint32_t trust;
  FormRead reads[FORM_READS]; /* in the order in which a row is read */
  FormPart parts[FORM_PARTS]; /* from the type's text on */
};

typedef struct FormHead {
  FormPart parts[FORM_HEAD];
} FormHead;

typedef struct Forms {
  Arena *arena;           /* of the decoder, as long as it lives */
  FormHead *head;         /* NULL: none was learned yet */
  uint32_t head_number, head_trust;
  uint32_t count;
  Form *places[FORM_PLACES]; /* by the type's text */
} Forms;

/* A line that was walked: its grammar is sound, all its bytes from the first token's on are its own. */
typedef struct FormLine {
  const JsonText *json;
  uint32_t first, last;   /* tokens of its braces */
  size_t end;             /* the next line begins */
  uint32_t type;          /* token of the type's text */
  uint32_t kind;
} FormLine;

/* What is read of such a line: tokens in order, 0 for what is not there; `count` FORM_UNTOLD: it
 * cannot be told. */
enum { FORM_UNTOLD = UINT32_MAX };
typedef struct FormTokens {
  uint32_t count;
  uint32_t tokens[FORM_READS];
} FormTokens;

/* Whether nothing is known of lines with the type of this one. */
bool form_new_type(const Forms *forms, const FormLine *line);
/* Learns the form of a line, unless trusted ones have its place. */
void form_learn(Forms *forms, const FormLine *line, const FormTokens *reads);

/* Where the forms of a type stand; `len`: of its text. */
static inline uint32_t form_place(const char *type, uint32_t len)
{
  const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
  uint64_t head, tail = 0;
  memcpy(&head, type, 8);
  head &= text_mask(len);
  if (len > 8) memcpy(&tail, type + len - 8, 8);
  return (uint32_t)(((head * odd ^ tail) * odd) >> 56) % FORM_PLACES;
}

/* Behind the value that is no text and begins at `p`; NULL: it is none.  Digits and one point are looked for
 * in eight bytes at once; what follows them is for the caller to look at. */
static inline const char *form_other_end(const char *p)
{
  uint64_t bytes;
  memcpy(&bytes, p, sizeof bytes);
  bytes ^= UINT64_C(0x3030303030303030);
  uint64_t others = ((bytes & UINT64_C(0x7f7f7f7f7f7f7f7f)) + UINT64_C(0x7676767676767676)) | bytes;
  others &= UINT64_C(0x8080808080808080);
  const uint64_t point = '.' ^ '0';
  if (others == 0 || (others & 0x80) != 0) return json_scalar_end(p);
  unsigned digits = (unsigned)__builtin_ctzll(others) / 8;
  if ((*p == '0') & (digits > 1)) return NULL;
  if ((bytes >> 8 * digits & 0xff) != point)
    return (p[digits] | 0x20) == 'e' ? json_scalar_end(p) : p + digits;
  others &= others - 1;
  unsigned end = others ? (unsigned)__builtin_ctzll(others) / 8 : 0;
  return end > digits + 1 && (p[end] | 0x20) != 'e' ? p + end : json_scalar_end(p);
}

#define FORM_INLINED static inline __attribute__((always_inline))

typedef uint64_t FormWords __attribute__((vector_size(sizeof(FormBytes))));

/* What differs between the bytes at a place and those of a part. */
#define FORM_WRONG(part, place) (((place) ^ (part)->bytes) & (part)->mask)

/* Goes over parts from `at` on, and notes the values behind them; behind the last, or 0: they are not those of
 * the line, which ends at `end`. */
FORM_INLINED size_t parts_fit(FormPart *part, const char *text, const Marks *marks, size_t at, size_t end)
{
  FormBytes wrong = {0}, bytes;
  for (;; part++) {
    for (unsigned texts = part->texts; texts > 0; texts--, part++) {
      memcpy(&bytes, text + at, sizeof bytes);
      wrong |= FORM_WRONG(part, bytes);
      at += part->len;
      size_t behind = marks_next(marks->quotes, at);
      part->value = (FormSpan){(uint32_t)at, (uint32_t)behind};
      if (behind > end) return 0;
      at = behind;
    }
    memcpy(&bytes, text + at, sizeof bytes);
    wrong |= FORM_WRONG(part, bytes);
    at += part->len;
    if (part->then == PART_END || at > end) break;
    if (part->then == PART_BYTES) continue;
    const char *p = form_other_end(text + at);
    if (!p || (size_t)(p - text) > end) return 0;
    part->value = (FormSpan){(uint32_t)at, (uint32_t)(p - text)};
    at = (size_t)(p - text);
  }
  FormWords words = (FormWords)wrong;
  bool right = (words[0] | words[1] | words[2] | words[3]) == 0 && part->then == PART_END;
  return right ? at : 0;
}

/* The form of the line from `begin` to `end`, where its line feed stands, that holds no control characters and
 * whose escaped quotes have no marks; its parts know their values.  NULL: it has none. */
FORM_INLINED Form *form_find(const Forms *forms, const char *text, const Marks *marks, size_t begin, size_t end)
{
  if (!forms->head) return NULL;
  size_t type = parts_fit(forms->head->parts, text, marks, begin, end);
  if (type == 0) return NULL;
  size_t type_end = marks_next(marks->quotes, type);
  if (type_end >= end) return NULL;
  Form *form = forms->places[form_place(text + type, (uint32_t)(type_end - type))];
  for (; form; form = form->other) {
    if (form->head != forms->head_number) continue;
    if (parts_fit(form->parts, text, marks, type, end) == end + 1) return form;
  }
  return NULL;
}

#endif
