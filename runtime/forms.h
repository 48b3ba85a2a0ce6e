/*
 * forms.h - the bytes between the values that lines of one type have in common.
 *
 *   {"type":"call_ended","time":"…","customer":"…","wait":…,"resolved":…}⏎
 *
 * A scanned line tells by its tokens where each value begins and ends.  When the bytes between the values, and
 * the type, are those of a line whose grammar was sound, and each value is one of the same kind (a text, or a
 * sound number, true, false or null), then the tokens mean the same and the grammar is sound too.  Names need
 * not be looked at, and the values that are used stand at the same tokens.  A line that has no form is walked.
 */
#ifndef MOT_RUNTIME_FORMS_H
#define MOT_RUNTIME_FORMS_H

#include "base/mem.h"
#include "runtime/json_walk.h"
#include "runtime/texttable.h"

enum {
  FORM_CHECKS = 48,
  FORM_VALUES = 16,       /* used ones; also, those that are no text */
  FORM_BETWEEN = 64,      /* bytes between two values, since no more are readable behind a token */
  FORM_TRUST = 16,        /* lines with its type that do not fit, until it makes room for theirs */
  FORM_PLACES = 256
};

typedef uint8_t FormBytes __attribute__((vector_size(16)));

/* Up to 16 bytes that stand at a token, or `offset` behind it. */
typedef struct FormCheck {
  FormBytes bytes, mask;
  uint32_t token;         /* from the line's first */
  uint32_t offset;        /* modulo 2^32, so that it can be one byte before */
} FormCheck;

/* A used name and the token of its value. */
typedef struct FormUse {
  uint32_t slot, token;
} FormUse;

/* A value that is no text; at the same distance from the token that begins the bytes before it, or there would
 * be blanks, even a line feed, where none were. */
typedef struct FormOther {
  uint32_t token, from, distance;
} FormOther;

typedef struct Form {
  uint32_t tokens;        /* of the line; 0: such lines have no form */
  uint32_t check_count;   /* two and two are looked at; an odd one is followed by one that always fits */
  uint32_t use_count, other_count;
  uint32_t end;           /* bytes from the last token to the next line */
  uint32_t kind;          /* the event's row or UINT32_MAX */
  uint32_t trust;
  FormOther others[FORM_VALUES];
  FormUse uses[FORM_VALUES];
  bool in_order;          /* the values to be read in a row are those of `reads`, none within another */
  uint32_t reads[FORM_VALUES]; /* their tokens; 0: there is none */
  FormCheck checks[FORM_CHECKS];
} Form;
_Static_assert(FORM_CHECKS % 2 == 0, "the last check has another beside it");

typedef struct Forms {
  Arena *arena;           /* of the decoder, as long as it lives */
  uint32_t type_token;    /* of the type's value in the lines learned from last; 0: none yet */
  Form *places[FORM_PLACES]; /* by the type's text */
} Forms;

/* A line that was walked: its grammar is sound, all its bytes from the first token's on are its own. */
typedef struct FormLine {
  const JsonText *json;
  uint32_t first, last;   /* tokens of its braces */
  size_t end;             /* the next line begins */
  uint32_t type;          /* token of the type's text, from the first */
  uint32_t kind;
} FormLine;

/* Learns the form of a line without escapes, unless a trusted one has its place.  `names`: slots.  The form, or
 * NULL. */
Form *form_learn(Forms *forms, const FormLine *line, const TextTable *names);

/* Where the form of a type stands whose value is at *t. */
static inline uint32_t form_place(const char *text, const uint32_t *t)
{
  const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
  uint32_t len = t[1] - t[0];
  uint64_t head, tail = 0;
  memcpy(&head, text + t[0], 8);
  head &= text_mask(len);
  if (len > 8) memcpy(&tail, text + t[1] - 8, 8);
  return (uint32_t)(((head * odd ^ tail) * odd) >> 56) % FORM_PLACES;
}

/* The form that the line seems to have whose tokens begin at *t, with `count` tokens to the end; or NULL. */
static inline Form *form_guess(const Forms *forms, const char *text, const uint32_t *t, uint32_t count)
{
  if (forms->type_token + 1 >= count || forms->type_token == 0) return NULL;
  Form *form = forms->places[form_place(text, t + forms->type_token)];
  return form && form->tokens <= count ? form : NULL;
}

static inline FormBytes form_wrong(const FormCheck *check, const char *text, const uint32_t *t)
{
  FormBytes bytes;
  memcpy(&bytes, text + (uint32_t)(t[check->token] + check->offset), sizeof bytes);
  return (bytes ^ check->bytes) & check->mask;
}

/* Whether the bytes between the values are those of the form. */
static inline bool form_fits(const Form *form, const char *text, const uint32_t *t)
{
  typedef uint64_t Halves __attribute__((vector_size(16)));
  FormBytes wrong = {0};
  for (const FormCheck *check = form->checks, *end = check + form->check_count; check < end; check += 2)
    wrong |= form_wrong(check, text, t) | form_wrong(check + 1, text, t);
  Halves halves = (Halves)wrong;
  return (halves[0] | halves[1]) == 0 && form->tokens > 0;
}

#endif
