/*
 * decoder.h - what all ways of decoding share: what is to be read of each kind of event, and the row at hand.
 */
#ifndef MOT_RUNTIME_DECODER_H
#define MOT_RUNTIME_DECODER_H

#include <string.h>

#include "runtime/decode.h"
#include "runtime/json_scan.h"
#include "runtime/types.h"
#include "runtime/values.h"

/* One name of a path. */
typedef struct PathName {
  const char *text;
  uint32_t len;
} PathName;

/* A path that something is read from.  Its first name has a slot, in which a line of JSON notes where its
 * value stands; the other names are looked for within that value. */
typedef struct Path {
  const char *text;       /* "metrics.wait_s" */
  uint32_t len;
  uint32_t slot;
  const PathName *inner;
  uint32_t inner_count;
} Path;

/* Slot 0 is the whole object. */
enum { SLOT_WHOLE = 0, SLOT_NONE = UINT32_MAX };

typedef struct FieldRead {
  ValueType type;
  const char *name;
  const Path *path;
  bool optional, is_text;
} FieldRead;

/* The types for whose usual values there is a shorter way; none has a range. */
typedef enum FieldKind {
  FIELD_ANY, /* no such type */
  FIELD_TEXT, FIELD_LISTED, FIELD_BOOL,
  FIELD_TIME,  /* as ISO 8601 */
  FIELD_WHOLE, /* an integer, a length of time or money */
  FIELD_REAL
} FieldKind;
typedef struct FieldQuick {
  uint8_t kind;
  uint8_t places;         /* of WHOLE: a number in the data times ten to that is the value */
} FieldQuick;

typedef struct EventRead {
  const FieldRead *fields;
  uint32_t field_count;
  uint32_t base;          /* bytes of a row before its texts */
  uint32_t key;           /* field that holds the key in key space 0; MOT_NONE: none */
  const FieldQuick *quick; /* by field; NULL: there are more than 64 */
  uint64_t required;      /* bits of those fields that are not optional */
} EventRead;

/* What a line or record says of the stream's own parts. */
typedef struct StreamRead {
  uint32_t type, time, id; /* paths; id MOT_NONE: not looked at */
  FORMAT_enum time_format;
  const char *time_pattern;
} StreamRead;

/* The row at hand: the last one of the batch, not yet counted in it. */
typedef struct RowBuilder {
  EventBatch *batch;
  EventData *data;        /* moves when the batch grows */
  uint32_t used;          /* bytes */
  size_t room;            /* bytes that it may have before the batch grows */
  const EventRead *read;  /* NULL: unmapped */
} RowBuilder;

/* Bytes that row_append may read behind a text. */
enum { ROW_TEXT_SPARE = 32 };

typedef struct JsonState JsonState;
typedef struct CsvState CsvState;

struct Decoder {
  Mem *mem;
  Arena arena;            /* all that is worked out once */
  const Plan *plan;
  StreamRead stream;
  const EventRead **events; /* by row of Event; NULL: unmapped */
  TextTable types;        /* raw type -> row of Event */
  const Path *paths;
  uint32_t path_count;
  TextTable names;        /* first name of a path -> its slot */
  uint32_t slot_count;
  InstantReader instants;
  size_t max_line;
  DecodeCounts counts;
  const Types *unused;    /* types that no rule uses, by number; NULL: they are not told apart */
  uint32_t type;          /* of the line at hand, when it is unmapped: its number, or TYPE_NEW and … */
  uint32_t type_event;    /* … 1 + the row of an unused event, 0: … */
  uint32_t type_len;      /* … its text */
  char type_text[TYPE_TEXT_MOST + ROW_TEXT_SPARE];
  RowBuilder row;
  char *scratch;          /* of texts with their escapes or quotes decoded */
  size_t scratch_room;
  JsonState *json;        /* NULL: not used yet */
  CsvState *csv;
  Reject reject;          /* typed rows: the first mistake; reason REJECT_END: none */
};

/* ---- the row at hand ---- */

/* Room for `bytes` more in the row at hand, and a few spare ones. */
enum { ROW_SPARE = 64, ROW_MAX = 1 << 30 };
/* Bytes of a row with a few fields, before its texts. */
enum { ROW_USUAL = 96 };
_Static_assert(ROW_USUAL <= sizeof(EventData) + ROW_SPARE, "every row has room for it");
void row_grow(RowBuilder *row, size_t bytes);
static inline void row_room(RowBuilder *row, size_t bytes)
{
  if (row->used + bytes + ROW_SPARE > row->room) row_grow(row, bytes);
}

/* Begins a row: zero values, none known.  `bytes`: of texts that are likely to come. */
static inline void row_start(Decoder *decoder, EventBatch *batch, uint32_t event, int64_t time,
                             uint64_t arrival, size_t bytes)
{
  RowBuilder *row = &decoder->row;
  row->batch = batch;
  row->read = event == MOT_NONE ? NULL : decoder->events[event];
  row->used = 0;
  row->room = batch->room - batch->size;
  row->data = batch->bytes ? (EventData *)(void *)(batch->bytes + batch->size) : NULL;
  uint32_t base = row->read ? row->read->base : event_base_size(0);
  row_room(row, base + bytes);
  memset(row->data, 0, ROW_USUAL / 2); /* of a fixed size, and short: no call, no loop */
  memset((char *)row->data + ROW_USUAL / 2, 0, ROW_USUAL / 2);
  if (base > ROW_USUAL) memset((char *)row->data + ROW_USUAL, 0, base - ROW_USUAL);
  row->used = base;
  row->data->time = time;
  row->data->arrival = arrival;
  row->data->event = event;
}

/* Appends a text; at least ROW_TEXT_SPARE bytes behind `text` + `len` must be readable. */
static inline EventText row_append(RowBuilder *row, const char *text, size_t len)
{
  row_room(row, len);
  EventText place = {row->used, (uint32_t)len};
  char *to = (char *)row->data + row->used;
  if (len <= 32) memcpy(to, text, 32); /* of a fixed size: no call */
  else memcpy(to, text, len);
  row->used += (uint32_t)len;
  return place;
}

static inline void row_known(RowBuilder *row, uint32_t field)
{
  uint64_t *words = (uint64_t *)(void *)(row->data->values + row->read->field_count);
  words[field / 64] |= UINT64_C(1) << field % 64;
}

static inline ValueVerdict row_put_text(RowBuilder *row, uint32_t field, const char *text, size_t len)
{
  if (len > ROW_MAX - row->used) return VERDICT_RANGE;
  EventText place = row_append(row, text, len);
  row->data->values[field].s = place;
  row_known(row, field);
  return VERDICT_OK;
}

/* The type of the line at hand, which is unmapped. */
void decoder_note_type(Decoder *decoder, const char *text, size_t len);
/* Puts what stands for a type without a number into the row at hand. */
void row_put_type(Decoder *decoder);

/* Room for one more row in the batch. */
void rows_grow(EventBatch *batch);

/* The row is complete: its key is hashed and it counts in the batch. */
static inline void row_commit(Decoder *decoder)
{
  RowBuilder *row = &decoder->row;
  EventBatch *batch = row->batch;
  if (!row->read) {
    decoder->counts.unmapped++;
    if (decoder->type == TYPE_NEW) row_put_type(decoder);
    else row->data->truths = decoder->type;
  }
  EventData *data = row->data;
  uint32_t key = row->read ? row->read->key : MOT_NONE;
  if (batch->count == batch->rows_room) rows_grow(batch);
  if (key != MOT_NONE && event_known(data, row->read->field_count, key))
    data->hash = key_hash(event_text(data, data->values[key].s), data->values[key].s.len);
  memset((char *)data + row->used, 0, 8); /* what fills it up is the same each time */
  data->size = (row->used + 7) & ~7u;
  batch->rows[batch->count++] = (uint32_t)(batch->size / 8);
  batch->size += data->size;
}

/* Puts a raw value into the row; VERDICT_OK or what is wrong with it. */
ValueVerdict row_put(Decoder *decoder, uint32_t field, const RawValue *raw);

static inline RejectReason reason_of(ValueVerdict verdict)
{
  return verdict == VERDICT_RANGE ? REJECT_RANGE : verdict == VERDICT_UNLISTED ? REJECT_VALUE : REJECT_TYPE;
}

/* At least `size` bytes of scratch and DECODE_SPARE behind; what was in it is lost. */
char *decoder_scratch(Decoder *decoder, size_t size);

/* ---- parts with state of their own ---- */

void json_state_free(Decoder *decoder);
void csv_state_free(Decoder *decoder);

#endif
