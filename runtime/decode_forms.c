/*
 * decode_forms.c - lines of JSON that are like lines before them, to rows: no tokens are needed.
 */
#include "runtime/json_state.h"

/* ---- forms are learned ---- */

/* Adds the value at a path to those that are read; false: it is no single value. */
static bool add_read(Decoder *decoder, FormTokens *reads, const Path *path)
{
  uint32_t token;
  if (path->slot == SLOT_WHOLE || reads->count == FORM_READS) return false;
  Found found = json_locate(decoder, path, &token);
  reads->tokens[reads->count++] = found == FOUND ? token : 0;
  return found != FOUND_TWICE;
}

/* The values of a kind of event, as read_event() reads them. */
static bool add_reads(Decoder *decoder, uint32_t kind, FormTokens *reads)
{
  const StreamRead *stream = &decoder->stream;
  const EventRead *read = kind == UINT32_MAX ? NULL : decoder->events[kind];
  if (!add_read(decoder, reads, &decoder->paths[stream->time])) return false;
  if (stream->id != MOT_NONE && !add_read(decoder, reads, &decoder->paths[stream->id])) return false;
  for (uint32_t i = 0; read && i < read->field_count; i++)
    if (!add_read(decoder, reads, read->fields[i].path)) return false;
  return true;
}

void json_learn(Decoder *decoder, const FormLine *line)
{
  JsonState *state = decoder->json;
  FormTokens reads = {0};
  FormLine typed = *line;
  if (state->kind_line != state->line || (state->places[state->type_slot] & TWICE)) return;
  typed.type = place_token(state->places[state->type_slot]);
  if (!state->learning && !form_new_type(&state->forms, &typed)) return;
  state->learning = false;
  if (!add_reads(decoder, line->kind, &reads)) reads.count = FORM_NONE;
  form_learn(&state->forms, &typed, &reads);
}

/* ---- lines are read ---- */

/* The next value of a line whose form tells where they stand. */
INLINED Found find_next(Decoder *decoder, const Path *path, RawValue *ret)
{
  JsonState *state = decoder->json;
  FormRead read = *state->reads++;
  (void)path;
  if (read.value == FORM_NONE) return FOUND_NONE;
  FormSpan span = state->spans[read.value];
  const char *p = state->text + span.begin;
  RawKind kind = RAW_TEXT;
  if (!read.is_text) {
    if (*p == 'n') return FOUND_NONE;
    kind = *p == 't' ? RAW_TRUE : *p == 'f' ? RAW_FALSE : RAW_NUMBER;
  }
  *ret = (RawValue){kind, p, span.end - span.begin};
  return FOUND;
}

/* Where the line that begins at a place ends, if it holds no backslash and no control character but those
 * that end it; else 0.  *ret_ascii: nothing but ASCII. */
static inline uint32_t plain_end(const JsonState *state, const char *text, uint32_t at, bool *ret_ascii)
{
  *ret_ascii = true;
  for (;; at++) {
    at = marks_next(state->marks.others, at);
    if (text[at] == '\n') return at;
    if (text[at] == '\r' && text[at + 1] == '\n') return at + 1;
    if ((unsigned char)text[at] < 0x80) return 0;
    *ret_ascii = false;
  }
}

/* The text of a type that has no number yet stands between the values before it and those behind. */
static __attribute__((noinline)) void note_type(Decoder *decoder, Form *form, const char *text, uint32_t begin,
                                                uint32_t end)
{
  JsonState *state = decoder->json;
  FormSpan spans[FORM_VALUES + 1], *behind = spans;
  uint32_t type = parts_fit(state->forms.head->parts, text, &state->marks, begin, end, &behind);
  decoder_note_type(decoder, text + type, marks_next(state->marks.quotes, type) - type);
  form->type = decoder->type;
}

size_t json_take_formed(const Reading *reading, const char *text, size_t at, size_t size)
{
  Decoder *decoder = reading->decoder;
  JsonState *state = decoder->json;
  state->text = text;
  while (at < size) {
    bool ascii;
    uint32_t begin = (uint32_t)at, end = plain_end(state, text, begin, &ascii);
    Form *form = end ? form_find(&state->forms, text, &state->marks, begin, end, state->spans) : NULL;
    size_t line = (size_t)end + 1 - at;
    if (!form || line > decoder->max_line || (!ascii && !utf8_sound(text + at, line))) break;
    form->trust = FORM_TRUST;
    state->reads = form->reads;
    if (form->kind == UINT32_MAX) {
      decoder->type = form->type;
      if (form->type == TYPE_NEW) note_type(decoder, form, text, begin, end);
    }
    Fault fault = read_event(reading, find_next, form->kind, line);
    if (fault.reason != REJECT_END) reading_reject(reading, fault);
    reading_next(reading, line, 1, false);
    at += line;
  }
  return at;
}
