/*
 * reading.h - from a line of JSON or a record of CSV to a row: what is read in which order, whatever it is
 * read from.
 */
#ifndef MOT_RUNTIME_READING_H
#define MOT_RUNTIME_READING_H

#include "runtime/decoder.h"

/* One call of decode_json or decode_csv. */
typedef struct Reading {
  Decoder *decoder;
  Position *at;           /* of the line or record at hand */
  EventBatch *batch;
  RejectSink sink;
  void *user;
} Reading;

/* What is wrong with a line; reason REJECT_END: nothing. */
typedef struct Fault {
  RejectReason reason;
  const char *field;
} Fault;

static const Fault no_fault = {REJECT_END, NULL};

typedef enum Found { FOUND, FOUND_NONE, FOUND_TWICE } Found;
/* The raw value at a path; what is null or empty is none. */
typedef Found (*RawFind)(Decoder *decoder, const Path *path, RawValue *ret);

/* Tells of the line at hand. */
void reading_reject(const Reading *reading, Fault fault);
/* Goes on behind a line or record of `size` bytes on `lines` lines; `blank`: it was none. */
static inline void reading_next(const Reading *reading, size_t size, size_t lines, bool blank)
{
  reading->at->line += lines;
  reading->at->offset += size;
  reading->decoder->counts.bytes += size;
  if (blank) return;
  reading->at->arrival++;
  reading->decoder->counts.events++;
}

/* Whether a line of `size` bytes, its line feed included, is longer than is taken. */
static inline bool too_long(const Decoder *decoder, const char *line, size_t size)
{
  return size > decoder->max_line && size - (line[size - 1] == '\n') > decoder->max_line;
}

/* Bytes of the line that begins at `p`, with its line feed if it has one. */
static inline size_t line_size(const char *p, const char *end)
{
  const char *feed = memchr(p, '\n', (size_t)(end - p));
  return (size_t)((feed ? feed + 1 : end) - p);
}

static inline Fault not_found(Found found, const char *field)
{
  return (Fault){found == FOUND_TWICE ? REJECT_DUPLICATE : REJECT_MISSING, field};
}

/* ---- the parts of a row; `find` is known where these are used, so that nothing is called through it ---- */
#define INLINED static inline __attribute__((always_inline))

INLINED Fault read_type(Decoder *decoder, RawFind find, uint32_t *ret_event)
{
  const Path *path = &decoder->paths[decoder->stream.type];
  RawValue raw;
  Found found = find(decoder, path, &raw);
  if (found != FOUND) return not_found(found, path->text);
  if (raw.kind != RAW_TEXT) return (Fault){REJECT_TYPE, path->text};
  *ret_event = texttable_find(&decoder->types, raw.text, raw.len);
  if (*ret_event == UINT32_MAX) decoder_note_type(decoder, raw.text, raw.len);
  return no_fault;
}

INLINED Fault read_time(Decoder *decoder, RawFind find, int64_t *ret)
{
  const StreamRead *stream = &decoder->stream;
  const Path *path = &decoder->paths[stream->time];
  RawValue raw;
  Found found = find(decoder, path, &raw);
  if (found != FOUND) return not_found(found, path->text);
  ValueVerdict verdict = value_time(&decoder->instants, stream->time_format, stream->time_pattern, &raw, ret);
  return verdict == VERDICT_OK ? no_fault : (Fault){reason_of(verdict), path->text};
}

/* An id that is neither text nor a whole number is none. */
INLINED Fault read_id(Decoder *decoder, RawFind find)
{
  static const ValueType id = {.type = VALUE_ID};
  const Path *path = &decoder->paths[decoder->stream.id];
  const char *text;
  RawValue raw;
  size_t len;
  Found found = find(decoder, path, &raw);
  if (found == FOUND_NONE) return no_fault;
  if (found == FOUND_TWICE) return not_found(found, path->text);
  ValueVerdict verdict = value_text(&id, &raw, &text, &len);
  if (verdict == VERDICT_RANGE) return (Fault){REJECT_RANGE, path->text};
  if (verdict == VERDICT_OK) {
    EventText place = row_append(&decoder->row, text, len);
    decoder->row.data->id = place;
  }
  return no_fault;
}

INLINED Fault read_fields(Decoder *decoder, RawFind find, const EventRead *read)
{
  const FieldRead *field = read->fields;
  for (uint32_t i = 0, count = read->field_count; i < count; i++, field++) {
    RawValue raw, other;
    ValueVerdict verdict;
    Found found = find(decoder, field->path, &raw);
    if (found == FOUND_NONE && field->optional) continue;
    if (found != FOUND) return not_found(found, field->name);
    if (field->is_text && raw.kind == RAW_TEXT) {
      verdict = row_put_text(&decoder->row, i, raw.text, raw.len);
    } else {
      other = raw; /* `raw` itself needs no memory */
      verdict = row_put(decoder, i, &other);
    }
    if (verdict != VERDICT_OK) return (Fault){reason_of(verdict), field->name};
  }
  return no_fault;
}

/* Behind the type: everything else of an event of `size` bytes.  `event`: UINT32_MAX: unmapped. */
INLINED Fault read_event(const Reading *reading, RawFind find, uint32_t event, size_t size)
{
  Decoder *decoder = reading->decoder;
  int64_t time;
  Fault fault = read_time(decoder, find, &time);
  if (fault.reason != REJECT_END) return fault;
  row_start(decoder, reading->batch, event, time, reading->at->arrival, size);
  if (decoder->stream.id != MOT_NONE) fault = read_id(decoder, find);
  if (fault.reason == REJECT_END && decoder->row.read) fault = read_fields(decoder, find, decoder->row.read);
  if (fault.reason == REJECT_END) row_commit(decoder);
  return fault;
}

#endif
