/*
 * decode.h - from bytes to rows: lines of JSON, records of CSV, values handed in typed.
 *
 * A decoder belongs to one thread.  It reads only what the rules use; of a kind of
 * event that is mapped every declared field is checked.
 */
#ifndef MOT_RUNTIME_DECODE_H
#define MOT_RUNTIME_DECODE_H

#include "mot/mot.h"
#include "runtime/event.h"
#include "runtime/plan.h"
#include "runtime/types.h"

/* Rows of one batch, one behind the other, in memory that is kept for the next. */
typedef struct EventBatch {
  Mem *mem;
  uint8_t *bytes;         /* may move while the batch grows */
  size_t size, room;
  uint32_t *rows;         /* offset / 8 of each row, in order of arrival */
  uint32_t count, rows_room;
} EventBatch;

void batch_init(EventBatch *batch, Mem *mem);
void batch_clear(EventBatch *batch);
void batch_free(EventBatch *batch);
static inline EventData *batch_event(const EventBatch *batch, uint32_t i)
{
  return (EventData *)(void *)(batch->bytes + (size_t)batch->rows[i] * 8);
}

/* Why an event was not taken. */
typedef enum RejectReason {
  REJECT_JSON,      /* not one object of JSON on its line, or not UTF-8 */
  REJECT_CSV,       /* more or fewer columns than the header, a quote out of place, not UTF-8 */
  REJECT_MISSING,   /* a required field is missing */
  REJECT_TYPE,      /* a value of the wrong type */
  REJECT_RANGE,     /* out of the range of its type or declaration */
  REJECT_VALUE,     /* not one of the listed values */
  REJECT_DUPLICATE, /* a field that is used stands twice in an object */
  REJECT_LONG,      /* a line longer than the limit */
  REJECT_LATE,      /* older than the watermark (not by the decoder) */
  REJECT_END
} RejectReason;
/* "json", "csv", "missing", … as written in dead letters. */
const char *reject_word(RejectReason reason);

/* An event that was not taken: where it stood. */
typedef struct Reject {
  RejectReason reason;
  uint64_t line;          /* from 1, within its source; typed: the number of the event */
  uint64_t offset;        /* bytes from the beginning of its source */
  uint64_t arrival;
  const char *field;      /* NULL: none; name of the field, or the stream's path of type, time or id */
} Reject;

/* Told of each reject, in order of arrival. */
typedef void (*RejectSink)(void *user, const Reject *reject);

/* Where in a source a piece of bytes begins. */
typedef struct Position {
  uint64_t line, offset;  /* lines before it; bytes before it */
  uint64_t arrival;       /* events before it, blank lines left out */
} Position;

typedef struct Decoder Decoder;

/* `mem`: what it allocates from, leaving through mem->oom. */
Decoder *decoder_new(const Plan *plan, Mem *mem);
void decoder_free(Decoder *decoder);
/* The longest line that is taken, in bytes without its end; longer ones are `long`.  At first
 * DECODE_LINE_MAX; at most DECODE_LINE_LIMIT. */
enum { DECODE_LINE_MAX = 16 << 20, DECODE_LINE_LIMIT = 1 << 28 };
void decoder_max_line(Decoder *decoder, size_t bytes);

/* Types of unmapped events are looked for in `unused`, which does not change while something is decoded. */
void decoder_tell_types(Decoder *decoder, const Types *unused);

/* Decodes whole lines of JSON: `size` bytes at `text`, ended by a line feed, or the end of the source.
 * At least DECODE_SPARE bytes behind them must be readable.  Rows are added to `batch`; *at moves
 * to behind them.  A line that is blank is skipped. */
enum { DECODE_SPARE = 64 };
void decode_json(Decoder *decoder, const char *text, size_t size, Position *at, EventBatch *batch,
                 RejectSink sink, void *user);

/* The header of a CSV source (RFC 4180), a byte order mark before it left out: finds the columns that are
 * used, by their whole paths.    False with `reject` set when it is none, a name
 * that is used stands twice, or the type or time has no column.  *ret_used: bytes of the header. */
bool decode_csv_header(Decoder *decoder, const char *text, size_t size, size_t *ret_used, Reject *reject);
/* How many of `size` bytes are whole records (a quoted line break does not end one); `end`: the source
 * ends here, so that the last needs no line break. */
size_t csv_whole(const char *text, size_t size, bool end);
/* Decodes whole records.  Cells read as texts of JSON do; an empty one is missing. */
void decode_csv(Decoder *decoder, const char *text, size_t size, Position *at, EventBatch *batch,
                RejectSink sink, void *user);

/* Typed: a row built value by value.  `event` is a row of the Event table.  Values are checked as
 * declared ones are; the first mistake is kept and told by row_end. */
void row_begin(Decoder *decoder, EventBatch *batch, uint32_t event, int64_t time);
/* Whether row_begin needs no memory. */
bool row_may_begin(const Decoder *decoder, const EventBatch *batch, uint32_t event);
/* Whether a value with `size` bytes of text needs no memory: then what follows does not leave. */
bool row_has_room(const Decoder *decoder, size_t size);
void row_int(Decoder *decoder, uint32_t field, int64_t value);  /* also bool, time, duration, money */
void row_number(Decoder *decoder, uint32_t field, double value); /* of an int too, if it is whole */
/* Also a listed value's raw text, and anything else as it is written in data. */
void row_text(Decoder *decoder, uint32_t field, const char *text, size_t len);
void row_id(Decoder *decoder, const char *id, size_t len);      /* for duplicates */
/* True: the row is in the batch.  False: it was not taken, `reject` says why. */
bool row_end(Decoder *decoder, uint64_t arrival, Reject *reject);
/* All of that at once. */
bool row_whole(Decoder *decoder, EventBatch *batch, const mot_event *event, uint64_t arrival, Reject *reject);

/* How many lines, bytes and unmapped events it has seen. */
typedef struct DecodeCounts {
  uint64_t events, bytes, unmapped;
} DecodeCounts;
DecodeCounts decoder_counts(const Decoder *decoder);

#endif
