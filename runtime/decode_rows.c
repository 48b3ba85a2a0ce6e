/* decode_rows.c - values handed in typed: a row built value by value. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bytecode/zonetime.h"
#include "runtime/reading.h"

void reading_reject(const Reading *reading, Fault fault)
{
  const Position *at = reading->at;
  const Reject told = {fault.reason, at->line + 1, at->offset, at->arrival, fault.field};
  if (reading->sink) reading->sink(reading->user, &told);
}

/* Only the first mistake is told. */
static void mistake(Decoder *decoder, RejectReason reason, const char *field)
{
  if (decoder->reject.reason == REJECT_END) decoder->reject = (Reject){.reason = reason, .field = field};
}

void row_begin(Decoder *decoder, EventBatch *batch, uint32_t event, int64_t time)
{
  const Module *module = decoder->plan->module;
  bool mapped = event < module->Event_count && decoder->events[event];
  decoder->reject = (Reject){.reason = REJECT_END};
  decoder->type = TYPE_NEW;
  decoder->type_event = event + 1;
  decoder->type_len = 0;
  if (!time_of_years(time)) mistake(decoder, REJECT_RANGE, module_string(module, module->Meta->time_path, NULL));
  row_start(decoder, batch, mapped ? event : MOT_NONE, time, 0, 0);
}

bool row_may_begin(const Decoder *decoder, const EventBatch *batch, uint32_t event)
{
  const EventRead *read = decoder->events[event];
  return batch->size + (read ? read->base : event_base_size(0)) + 2 * ROW_SPARE < batch->room;
}

bool row_has_room(const Decoder *decoder, size_t size)
{
  enum { NUMBER = 32 }; /* an id that is a number becomes a text */
  const RowBuilder *row = &decoder->row;
  size_t bytes = size > NUMBER ? size : NUMBER;
  if (bytes > ROW_MAX / 2) return false;
  return bytes + DECODE_SPARE < decoder->scratch_room && row->used + bytes + 2 * ROW_SPARE < row->room;
}

/* The field, or NULL when the kind of event is not looked at, or the field stands there already. */
static const FieldRead *open_field(Decoder *decoder, uint32_t field)
{
  const RowBuilder *row = &decoder->row;
  if (!row->read || field >= row->read->field_count) return NULL;
  const FieldRead *read = &row->read->fields[field];
  if (!event_known(row->data, row->read->field_count, field)) return read;
  mistake(decoder, REJECT_DUPLICATE, read->name);
  return NULL;
}

static void put_raw(Decoder *decoder, uint32_t field, const FieldRead *read, const RawValue *raw)
{
  ValueVerdict verdict = row_put(decoder, field, raw);
  if (verdict != VERDICT_OK) mistake(decoder, reason_of(verdict), read->name);
}

static ValueVerdict put_in_range(RowBuilder *row, uint32_t field, const ValueType *type, EventValue value)
{
  ValueVerdict verdict = value_range(type, &value);
  if (verdict != VERDICT_OK) return verdict;
  row->data->values[field] = value;
  row_known(row, field);
  return VERDICT_OK;
}

/* What an integer of the program is in a row. */
static ValueVerdict put_int(RowBuilder *row, uint32_t field, const ValueType *type, int64_t value)
{
  EventValue to = {.i = value};
  if (type->type == VALUE_NUMBER || type->type == VALUE_PERCENT) to.f = (double)value;
  if (type->type == VALUE_BOOL && value != 0 && value != 1) return VERDICT_RANGE;
  if (type->type == VALUE_TIME && !time_of_years(value)) return VERDICT_RANGE;
  if (type->type == VALUE_LISTED && (value < 0 || value >= type->listed_count)) return VERDICT_UNLISTED;
  return put_in_range(row, field, type, to);
}

void row_int(Decoder *decoder, uint32_t field, int64_t value)
{
  const FieldRead *read = open_field(decoder, field);
  char *text = read && read->is_text ? decoder_scratch(decoder, 32) : NULL;
  if (!read) return;
  if (text) { /* an id may be a number */
    int len = snprintf(text, 32, "%lld", (long long)value);
    put_raw(decoder, field, read, &(RawValue){RAW_NUMBER, text, (size_t)len});
    return;
  }
  ValueVerdict verdict = put_int(&decoder->row, field, &read->type, value);
  if (verdict != VERDICT_OK) mistake(decoder, reason_of(verdict), read->name);
}

static ValueVerdict put_number(RowBuilder *row, uint32_t field, const ValueType *type, double value)
{
  EventValue to = {.f = value};
  if (type->type != VALUE_NUMBER && type->type != VALUE_PERCENT) return VERDICT_TYPE;
  if (!isfinite(value)) return VERDICT_RANGE;
  return put_in_range(row, field, type, to);
}

static bool is_whole(double value)
{
  return value >= -0x1p63 && value < 0x1p63 && value == (double)(int64_t)value;
}

void row_number(Decoder *decoder, uint32_t field, double value)
{
  const FieldRead *read = open_field(decoder, field);
  if (!read) return;
  ValueVerdict verdict = read->type.type == VALUE_INT && is_whole(value)
                           ? put_int(&decoder->row, field, &read->type, (int64_t)value)
                           : put_number(&decoder->row, field, &read->type, value);
  if (verdict != VERDICT_OK) mistake(decoder, reason_of(verdict), read->name);
}

/* The bits that some byte has, of at most 32; words may overlap. */
static uint64_t bits_of(const char *text, size_t len)
{
  uint64_t bits = 0, word;
  if (len < sizeof word) {
    for (size_t i = 0; i < len; i++) bits |= (unsigned char)text[i];
    return bits;
  }
  for (size_t i = 0; i + sizeof word < len; i += sizeof word) {
    memcpy(&word, text + i, sizeof word);
    bits |= word;
  }
  memcpy(&word, text + len - sizeof word, sizeof word);
  return bits | word;
}

/* UTF-8; most texts are short and plain. */
static bool text_sound(const char *text, size_t len)
{
  enum { SHORT = 32 };
  return (len <= SHORT && !(bits_of(text, len) & UINT64_C(0x8080808080808080))) || utf8_sound(text, len);
}

/* A copy with room to read behind it. */
static const char *with_spare(Decoder *decoder, const char *text, size_t len)
{
  char *copy = decoder_scratch(decoder, len);
  if (len) memcpy(copy, text, len);
  return copy;
}

void row_text(Decoder *decoder, uint32_t field, const char *text, size_t len)
{
  const FieldRead *read = open_field(decoder, field);
  if (!read) return;
  if (len > decoder->max_line) mistake(decoder, REJECT_LONG, read->name);
  else if (!text_sound(text, len)) mistake(decoder, REJECT_TYPE, read->name);
  else put_raw(decoder, field, read, &(RawValue){RAW_TEXT, with_spare(decoder, text, len), len});
}

void row_id(Decoder *decoder, const char *id, size_t len)
{
  if (len > decoder->max_line || !text_sound(id, len)) {
    mistake(decoder, len > decoder->max_line ? REJECT_LONG : REJECT_TYPE, NULL);
    return;
  }
  if (decoder->row.data->id.len > 0) {
    mistake(decoder, REJECT_DUPLICATE, NULL);
    return;
  }
  EventText place = row_append(&decoder->row, with_spare(decoder, id, len), len);
  decoder->row.data->id = place;
}

static void check_missing(Decoder *decoder)
{
  const EventRead *read = decoder->row.read;
  for (uint32_t i = 0; read && i < read->field_count; i++) {
    if (!read->fields[i].optional && !event_known(decoder->row.data, read->field_count, i))
      mistake(decoder, REJECT_MISSING, read->fields[i].name);
  }
}

bool row_end(Decoder *decoder, uint64_t arrival, Reject *reject)
{
  check_missing(decoder);
  decoder->counts.events++;
  decoder->row.data->arrival = arrival;
  if (decoder->reject.reason == REJECT_END) {
    row_commit(decoder);
    return true;
  }
  *reject = decoder->reject;
  reject->line = arrival + 1;
  reject->arrival = arrival;
  return false;
}

/* ---- events that are handed over whole ---- */

enum { SHORT_TEXT = 32 };

/* Copies a text of at most SHORT_TEXT bytes to where that many have room; whether it is ASCII.  Words may
 * overlap. */
static inline bool copy_ascii(char *to, const char *text, size_t len)
{
  uint64_t first, last, bits = 0;
  if (len >= 8) {
    for (size_t i = 0; i + 8 < len; i += 8) {
      memcpy(&first, text + i, 8);
      memcpy(to + i, &first, 8);
      bits |= first;
    }
    memcpy(&last, text + len - 8, 8);
    memcpy(to + len - 8, &last, 8);
    bits |= last;
  } else {
    for (size_t i = 0; i < len; i++) bits |= (unsigned char)(to[i] = text[i]);
  }
  return (bits & UINT64_C(0x8080808080808080)) == 0;
}

/* A row that takes what is as it should be.  All functions here say false to what may be a mistake or takes
 * longer; the row is then built value by value. */
typedef struct PlainRow {
  EventData *data;
  uint32_t used;
  uint64_t known;
} PlainRow;

static inline bool plain_text(PlainRow *row, const char *text, size_t len, EventText *ret)
{
  if (len > SHORT_TEXT) return false;
  *ret = (EventText){row->used, (uint32_t)len};
  row->used += (uint32_t)len;
  return copy_ascii((char *)row->data + ret->at, text, len);
}

static bool plain_listed(const ValueType *type, const char *text, size_t len, int64_t *ret)
{
  char copy[SHORT_TEXT] = {0};
  if (len > SHORT_TEXT || !copy_ascii(copy, text, len)) return false;
  uint32_t number = texttable_find(type->listed, copy, len);
  *ret = number;
  return number != UINT32_MAX;
}

static bool plain_other(RowBuilder *row, const ValueType *type, const mot_given *given)
{
  if (given->kind == MOT_GIVEN_TEXT) return false;
  if (given->kind == MOT_GIVEN_INT) return put_int(row, given->field, type, given->integer) == VERDICT_OK;
  return put_number(row, given->field, type, given->number) == VERDICT_OK;
}

static inline bool plain_value(Decoder *decoder, const EventRead *read, const mot_given *given, PlainRow *row)
{
  EventValue *to = &row->data->values[given->field];
  FieldKind wanted = read->quick[given->field].kind;
  if (given->kind == MOT_GIVEN_TEXT) {
    if (wanted == FIELD_TEXT) return plain_text(row, given->text, given->size, &to->s);
    return wanted == FIELD_LISTED &&
           plain_listed(&read->fields[given->field].type, given->text, given->size, &to->i);
  }
  if (wanted == FIELD_TEXT) return false;
  if (wanted != FIELD_WHOLE || given->kind != MOT_GIVEN_INT)
    return plain_other(&decoder->row, &read->fields[given->field].type, given);
  to->i = given->integer;
  return true;
}

static inline bool plain_values(Decoder *decoder, const EventRead *read, const mot_event *event, PlainRow *row)
{
  for (const mot_given *given = event->values, *end = given + event->count; given < end; given++) {
    if (given->field >= read->field_count) continue;
    uint64_t bit = UINT64_C(1) << given->field;
    if ((row->known & bit) || !plain_value(decoder, read, given, row)) return false;
    row->known |= bit;
  }
  return (read->required & ~row->known) == 0;
}

/* Whether there is room, too, for a row and all its texts. */
static bool may_be_plain(const EventBatch *batch, const EventRead *read, const mot_event *event)
{
  if (!read || !read->quick || !time_of_years(event->time)) return false;
  return read->base + ((size_t)event->count + 1) * SHORT_TEXT + 2 * ROW_SPARE < batch->room - batch->size;
}

static bool plain_row(Decoder *decoder, EventBatch *batch, const mot_event *event, uint64_t arrival)
{
  const EventRead *read = decoder->events[event->event];
  if (!may_be_plain(batch, read, event)) return false;
  row_start(decoder, batch, event->event, event->time, arrival, 0);
  PlainRow row = {.data = decoder->row.data, .used = read->base};
  if (!plain_values(decoder, read, event, &row)) return false;
  if (read->field_count) *(uint64_t *)(void *)(row.data->values + read->field_count) = row.known;
  if (event->id && !plain_text(&row, event->id, event->id_size, &row.data->id)) return false;
  decoder->row.used = row.used;
  return true;
}

static void any_row(Decoder *decoder, EventBatch *batch, const mot_event *event)
{
  row_begin(decoder, batch, event->event, event->time);
  for (uint32_t i = 0; i < event->count; i++) {
    const mot_given *given = &event->values[i];
    if (given->kind == MOT_GIVEN_TEXT) row_text(decoder, given->field, given->text, given->size);
    else if (given->kind == MOT_GIVEN_INT) row_int(decoder, given->field, given->integer);
    else row_number(decoder, given->field, given->number);
  }
  if (event->id) row_id(decoder, event->id, event->id_size);
}

bool row_whole(Decoder *decoder, EventBatch *batch, const mot_event *event, uint64_t arrival, Reject *reject)
{
  if (!plain_row(decoder, batch, event, arrival)) {
    any_row(decoder, batch, event);
    return row_end(decoder, arrival, reject);
  }
  decoder->counts.events++;
  row_commit(decoder);
  return true;
}
