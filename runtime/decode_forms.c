/*
 * decode_forms.c - lines of JSON that are like lines before them, to rows: no tokens are needed.
 */
#include "runtime/decimal.h"
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
  if (!add_reads(decoder, line->kind, &reads)) reads.count = FORM_UNTOLD;
  form_learn(&state->forms, &typed, &reads);
}

/* ---- lines are read ---- */

/* A value of a line whose form tells where they stand. */
INLINED Found find_value(const JsonState *state, FormRead read, RawValue *ret)
{
  if (!read.part) return FOUND_NONE;
  FormSpan span = read.part->value;
  const char *p = state->text + span.begin;
  RawKind kind = RAW_TEXT;
  if (!read.is_text) {
    if (*p == 'n') return FOUND_NONE;
    kind = *p == 't' ? RAW_TRUE : *p == 'f' ? RAW_FALSE : RAW_NUMBER;
  }
  *ret = (RawValue){kind, p, span.end - span.begin};
  return FOUND;
}

/* The next one, its escapes decoded. */
static Found find_next(Decoder *decoder, const Path *path, RawValue *ret)
{
  Found found = find_value(decoder->json, *decoder->json->reads++, ret);
  (void)path;
  if (found != FOUND || ret->kind != RAW_TEXT || !decoder->json->escapes) return found;
  if (!memchr(ret->text, '\\', ret->len)) return found;
  char *to = decoder_scratch(decoder, ret->len);
  ret->len = json_unescape(ret->text, ret->len, to);
  ret->text = to;
  return found;
}

/* What a line may hold that is rare. */
typedef struct LineHolds {
  bool others, escapes;   /* than ASCII; backslashes */
} LineHolds;

/* Where the line that begins at a place ends, if it holds no control character but those that end it; else 0.
 * Escaped quotes lose their marks. */
INLINED size_t plain_end(JsonState *state, const char *text, size_t at, LineHolds *ret)
{
  *ret = (LineHolds){0};
  for (;; at++) {
    at = marks_next(state->marks.others, at);
    if (text[at] == '\n') return at;
    if (text[at] == '\r' && text[at + 1] == '\n') return at + 1;
    if ((unsigned char)text[at] >= 0x80) {
      ret->others = true;
    } else {
      if (text[at] != '\\' || text[at + 1] == '\n') return 0;
      ret->escapes = true;
      marks_clear(state->marks.quotes, ++at);
    }
  }
}

/* Whether what is rare in a line of `size` bytes is sound. */
static __attribute__((noinline)) bool rare_sound(const LineHolds *holds, const char *line, size_t size)
{
  return (!holds->others || utf8_sound(line, size)) && (!holds->escapes || json_escapes_sound(line, line + size));
}

/* The row of a line, as read_event() makes it, of what is as it should be; false: it is not so, or something
 * takes longer.  No text has an escape, so that all of them have room where the line's bytes have. */

INLINED bool quick_time(Decoder *decoder, FormSpan span, int64_t *ret)
{
  if (span.end - span.begin != USUAL_MILLIS) return false;
  return instant_usual(&decoder->instants, decoder->json->text + span.begin, true, ret);
}

INLINED EventText quick_text(RowBuilder *row, const char *text, FormSpan span)
{
  EventText place = {row->used, span.end - span.begin};
  char *to = (char *)row->data + place.at;
  row->used += place.len;
  if (place.len <= 32) memcpy(to, text + span.begin, 32); /* of a fixed size: no call */
  else memcpy(to, text + span.begin, place.len);
  return place;
}

INLINED bool quick_listed(const FieldRead *field, const char *text, FormSpan span, int64_t *ret)
{
  uint32_t number = texttable_find(field->type.listed, text + span.begin, span.end - span.begin);
  *ret = number;
  return number != UINT32_MAX;
}

INLINED bool quick_number(FieldQuick quick, const char *text, FormSpan span, EventValue *ret)
{
  uint64_t digits;
  unsigned fraction;
  if (!decimal_short(text + span.begin, span.end - span.begin, &digits, &fraction)) return false;
  if (quick.kind == FIELD_REAL) ret->f = (double)digits / (double)decimal_powers[fraction];
  else if (fraction > quick.places || quick.places > 9) return false;
  else ret->i = (int64_t)digits * decimal_powers[quick.places - fraction];
  return true;
}

/* A value of one of the kinds that have no memory of their own; false: it may still be in order. */
INLINED bool quick_value(Decoder *decoder, uint32_t field, FormRead read, EventValue *ret)
{
  const EventRead *event = decoder->row.read;
  const char *text = decoder->json->text;
  FieldQuick quick = event->quick[field];
  if (!read.part || read.is_text != (quick.kind == FIELD_LISTED || quick.kind == FIELD_TIME))
    return false;
  FormSpan span = read.part->value;
  if (quick.kind >= FIELD_WHOLE) return quick_number(quick, text, span, ret);
  if (quick.kind == FIELD_LISTED) return quick_listed(&event->fields[field], text, span, &ret->i);
  if (quick.kind == FIELD_TIME) return quick_time(decoder, span, &ret->i);
  ret->i = text[span.begin] == 't';
  return quick.kind == FIELD_BOOL && (text[span.begin] == 't' || text[span.begin] == 'f');
}

/* Any other value, and none. */
static __attribute__((noinline)) bool quick_other(Decoder *decoder, uint32_t field, FormRead read)
{
  RawValue raw;
  if (find_value(decoder->json, read, &raw) != FOUND) return decoder->row.read->fields[field].optional;
  return row_put(decoder, field, &raw) == VERDICT_OK;
}

INLINED bool quick_fields(Decoder *decoder, const FormRead *reads)
{
  const JsonState *state = decoder->json;
  RowBuilder *row = &decoder->row;
  const EventRead *event = row->read;
  uint64_t known = 0;
  if (!event->quick) return false;
  for (uint32_t i = 0, count = event->field_count; i < count; i++) {
    EventValue value;
    if (event->quick[i].kind == FIELD_TEXT && reads[i].is_text) {
      value.s = quick_text(row, state->text, reads[i].part->value);
    } else if (!quick_value(decoder, i, reads[i], &value)) {
      if (!quick_other(decoder, i, reads[i])) return false;
      continue;
    }
    row->data->values[i] = value;
    known |= UINT64_C(1) << i;
  }
  if (known) *(uint64_t *)(void *)(row->data->values + event->field_count) |= known;
  return true;
}

INLINED bool quick_row(const Reading *reading, const Form *form, uint64_t arrival, size_t size)
{
  Decoder *decoder = reading->decoder;
  const FormRead *reads = form->reads;
  int64_t time;
  if (!reads->is_text || decoder->stream.time_format != FORMAT_PLAIN) return false;
  if (!quick_time(decoder, reads++->part->value, &time)) return false;
  row_start(decoder, reading->batch, form->kind, time, arrival, size);
  if (decoder->stream.id != MOT_NONE) {
    FormRead id = *reads++;
    if (id.part && !id.is_text) return false;
    if (id.is_text)
      decoder->row.data->id = quick_text(&decoder->row, decoder->json->text, id.part->value);
  }
  if (decoder->row.read && !quick_fields(decoder, reads)) return false;
  row_commit(decoder);
  return true;
}

static __attribute__((noinline)) void any_row(const Reading *reading, const Form *form, size_t size)
{
  reading->decoder->json->reads = form->reads;
  Fault fault = read_event(reading, find_next, form->kind, size);
  if (fault.reason != REJECT_END) reading_reject(reading, fault);
}

/* The text of a type that has no number yet stands between the values before it and those behind. */
static __attribute__((noinline)) void note_type(Decoder *decoder, Form *form, const char *text, size_t begin,
                                                size_t end)
{
  JsonState *state = decoder->json;
  size_t type = parts_fit(state->forms.head->parts, text, &state->marks, begin, end);
  decoder_note_type(decoder, text + type, marks_next(state->marks.quotes, type) - type);
  form->type = decoder->type;
}

INLINED size_t take_formed(const Reading *reading, const char *text, size_t begin, size_t size)
{
  Decoder *decoder = reading->decoder;
  JsonState *state = decoder->json;
  const size_t longest = decoder->max_line;
  const Position first = *reading->at;
  Position next = first;
  size_t from = begin;
  state->text = text;
  while (from < size) {
    LineHolds holds;
    size_t end = plain_end(state, text, from, &holds), line = end + 1 - from;
    Form *form = end ? form_find(&state->forms, text, &state->marks, from, end) : NULL;
    if (!form || line > longest) break;
    if ((holds.others || holds.escapes) && !rare_sound(&holds, text + from, line)) break;
    form->trust = FORM_TRUST;
    if (form->kind == UINT32_MAX) {
      decoder->type = form->type;
      if (form->type == TYPE_NEW) note_type(decoder, form, text, from, end);
    }
    if (holds.escapes || !quick_row(reading, form, next.arrival, line)) {
      state->escapes = holds.escapes;
      *reading->at = next;
      any_row(reading, form, line);
    }
    next = (Position){next.line + 1, next.offset + line, next.arrival + 1};
    from += line;
  }
  decoder->counts.bytes += from - begin;
  decoder->counts.events += next.arrival - first.arrival;
  *reading->at = next;
  return from;
}

static size_t take_anywhere(const Reading *reading, const char *text, size_t at, size_t size)
{
  return take_formed(reading, text, at, size);
}

#if defined __x86_64__
/* The same with instructions that not all processors have. */
__attribute__((target("avx2,bmi,bmi2"))) static size_t take_wide(const Reading *reading, const char *text,
                                                                 size_t at, size_t size)
{
  return take_formed(reading, text, at, size);
}

FormedTaker json_formed_taker(bool wide)
{
  wide = wide && __builtin_cpu_supports("avx2");
  wide = wide && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  return wide ? take_wide : take_anywhere;
}
#else
FormedTaker json_formed_taker(bool wide)
{
  (void)wide;
  return take_anywhere;
}
#endif
