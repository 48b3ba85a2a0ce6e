/* decoder.c - batches, what is to be read of each kind of event, and rows built value by value. */
#include "runtime/decoder.h"

const char *reject_word(RejectReason reason)
{
  static const char *const words[REJECT_END] = {
    [REJECT_JSON] = "json",   [REJECT_CSV] = "csv",     [REJECT_MISSING] = "missing",
    [REJECT_TYPE] = "type",   [REJECT_RANGE] = "range", [REJECT_VALUE] = "value",
    [REJECT_DUPLICATE] = "duplicate", [REJECT_LONG] = "long", [REJECT_LATE] = "late",
  };
  return words[reason];
}

/* ---- memory that grows ---- */

/* At least `needed` elements of `size` bytes; *room is how many there are. */
static void *grown(Mem *mem, void *p, size_t *room, size_t needed, size_t size)
{
  size_t to = *room ? *room : 64;
  if (needed > SIZE_MAX / 4 / size) mem_fail(mem);
  while (to < needed) to *= 2;
  void *moved = mem_resize(mem, p, *room * size, to * size);
  if (!moved) mem_fail(mem);
  *room = to;
  return moved;
}

void batch_init(EventBatch *batch, Mem *mem)
{
  *batch = (EventBatch){.mem = mem};
}

void batch_clear(EventBatch *batch)
{
  batch->size = 0;
  batch->count = 0;
}

void batch_free(EventBatch *batch)
{
  mem_resize(batch->mem, batch->bytes, batch->room, 0);
  mem_resize(batch->mem, batch->rows, batch->rows_room * sizeof *batch->rows, 0);
  *batch = (EventBatch){.mem = batch->mem};
}

void row_grow(RowBuilder *row, size_t bytes)
{
  EventBatch *batch = row->batch;
  size_t needed = batch->size + row->used + bytes + ROW_SPARE;
  batch->bytes = grown(batch->mem, batch->bytes, &batch->room, needed, 1);
  row->data = (EventData *)(void *)(batch->bytes + batch->size);
  row->room = batch->room - batch->size;
}

void rows_grow(EventBatch *batch)
{
  size_t room = batch->rows_room;
  batch->rows = grown(batch->mem, batch->rows, &room, room + 1, sizeof *batch->rows);
  batch->rows_room = (uint32_t)room;
}

char *decoder_scratch(Decoder *decoder, size_t size)
{
  if (size + DECODE_SPARE > decoder->scratch_room)
    decoder->scratch = grown(decoder->mem, decoder->scratch, &decoder->scratch_room, size + DECODE_SPARE, 1);
  return decoder->scratch;
}

/* ---- rows ---- */

static ValueVerdict put_text(RowBuilder *row, uint32_t field, const RawValue *raw)
{
  const char *text;
  size_t len;
  ValueVerdict verdict = value_text(&row->read->fields[field].type, raw, &text, &len);
  return verdict == VERDICT_OK ? row_put_text(row, field, text, len) : verdict;
}

ValueVerdict row_put(Decoder *decoder, uint32_t field, const RawValue *raw)
{
  RowBuilder *row = &decoder->row;
  const FieldRead *read = &row->read->fields[field];
  if (read->is_text) return put_text(row, field, raw);
  ValueVerdict verdict = value_read(&decoder->instants, &read->type, raw, &row->data->values[field]);
  if (verdict == VERDICT_OK) row_known(row, field);
  return verdict;
}

/* ---- types that no rule uses ---- */

void decoder_note_type(Decoder *decoder, const char *text, size_t len)
{
  if (!decoder->unused) return;
  decoder->type = types_find(decoder->unused, text, len);
  decoder->type_event = decoder->type_len = 0;
  if (decoder->type != TYPE_NEW) return;
  decoder->type_len = type_len(len);
  memcpy(decoder->type_text, text, decoder->type_len);
}

void row_put_type(Decoder *decoder)
{
  RowBuilder *row = &decoder->row;
  EventText place = {0, decoder->type_event};
  if (decoder->type_len > 0) place = row_append(row, decoder->type_text, decoder->type_len);
  memcpy(&row->data->hash, &place, sizeof place);
}

/* ---- what is to be read ---- */

/* While a decoder is made: the paths seen so far. */
typedef struct Preparing {
  Decoder *decoder;
  Path *paths;
  TextTable numbers;      /* of paths, by their text */
} Preparing;

/* The names of a path behind the first; an empty one at the end is none. */
static void split_path(Preparing *preparing, Path *path, const char *rest)
{
  Decoder *decoder = preparing->decoder;
  const char *end = path->text + path->len;
  PathName *names = ARENA_ARRAY(&decoder->arena, PathName, path->len + 1);
  path->inner = names;
  while (rest < end) {
    const char *dot = memchr(rest, '.', (size_t)(end - rest));
    size_t len = dot ? (size_t)(dot - rest) : (size_t)(end - rest);
    names[path->inner_count++] = (PathName){rest, (uint32_t)len};
    rest += len + (dot != NULL);
  }
}

static uint32_t add_path(Preparing *preparing, uint32_t string)
{
  Decoder *decoder = preparing->decoder;
  uint32_t len;
  const char *text = module_string(decoder->plan->module, string, &len);
  uint32_t number = texttable_add(&preparing->numbers, text, len, decoder->path_count);
  if (number < decoder->path_count) return number;
  Path *path = &preparing->paths[decoder->path_count++];
  *path = (Path){.text = text, .len = len, .slot = SLOT_WHOLE};
  if (len == 0) return number;
  uint32_t first = (uint32_t)strcspn(text, ".");
  path->slot = texttable_add(&decoder->names, text, first, decoder->slot_count);
  if (path->slot == decoder->slot_count) decoder->slot_count++;
  split_path(preparing, path, text + first + (text[first] == '.'));
  return number;
}

static void prepare_field(Preparing *preparing, const FieldRow *row, FieldRead *ret)
{
  const Module *module = preparing->decoder->plan->module;
  *ret = (FieldRead){.type = value_type(module, row, &preparing->decoder->arena),
                     .name = module_string(module, row->name, NULL), .optional = row->optional};
  ret->is_text = value_is_text(&ret->type);
  ret->path = &preparing->paths[add_path(preparing, row->path)];
}

static uint32_t key_field(const EventPlan *event, const FieldRead *fields)
{
  if (event->route_count == 0 || event->routes[0].space != 0) return MOT_NONE;
  uint32_t key = event->routes[0].key;
  return key != MOT_NONE && fields[key].is_text ? key : MOT_NONE;
}

static FieldKind field_kind(const FieldRead *field)
{
  const ValueType *type = &field->type;
  if (field->is_text) return FIELD_TEXT;
  if (type->has_range) return FIELD_ANY;
  switch (type->type) {
  case VALUE_BOOL: return FIELD_BOOL;
  case VALUE_LISTED: return FIELD_LISTED;
  case VALUE_TIME: return type->format == FORMAT_PLAIN ? FIELD_TIME : FIELD_ANY;
  case VALUE_NUMBER:
  case VALUE_PERCENT: return FIELD_REAL;
  case VALUE_INT:
  case VALUE_DURATION:
  case VALUE_MONEY: return FIELD_WHOLE;
  default: return FIELD_ANY;
  }
}

static unsigned field_places(const ValueType *type)
{
  if (type->type == VALUE_DURATION) return type->format == FORMAT_MILLISECONDS ? 3 : 6;
  return type->type == VALUE_MONEY ? type->exponent : 0;
}

static void prepare_quick(Preparing *preparing, EventRead *read)
{
  if (read->field_count > 64) return;
  FieldQuick *quick = ARENA_ARRAY(&preparing->decoder->arena, FieldQuick, read->field_count + 1);
  for (uint32_t i = 0; i < read->field_count; i++) {
    const FieldRead *field = &read->fields[i];
    quick[i] = (FieldQuick){(uint8_t)field_kind(field), (uint8_t)field_places(&field->type)};
    read->required |= (uint64_t)!field->optional << i;
  }
  read->quick = quick;
}

static const EventRead *prepare_event(Preparing *preparing, uint32_t event)
{
  Decoder *decoder = preparing->decoder;
  const EventRow *row = &decoder->plan->module->Event[event];
  EventRead *read = ARENA_NEW(&decoder->arena, EventRead);
  FieldRead *fields = ARENA_ARRAY(&decoder->arena, FieldRead, row->fields_count);
  for (uint32_t i = 0; i < row->fields_count; i++)
    prepare_field(preparing, &decoder->plan->module->Field[row->fields + i], &fields[i]);
  *read = (EventRead){fields, row->fields_count, event_base_size(row->fields_count),
                      key_field(&decoder->plan->events[event], fields), NULL, 0};
  prepare_quick(preparing, read);
  return read;
}

static void prepare_stream(Preparing *preparing)
{
  Decoder *decoder = preparing->decoder;
  const Module *module = decoder->plan->module;
  const MetaRow *meta = module->Meta;
  decoder->stream = (StreamRead){
    .type = add_path(preparing, meta->type_path), .time = add_path(preparing, meta->time_path),
    .id = MOT_NONE,
    .time_format = meta->time_format, .time_pattern = module_string(module, meta->time_pattern, NULL),
  };
  if (meta->has_dedupe) decoder->stream.id = add_path(preparing, meta->id_path);
  decoder->instants.zone = module_zone(module, meta->zone);
}

static void prepare(Decoder *decoder)
{
  const Module *module = decoder->plan->module;
  uint32_t most = module->Field_count + 3;
  Preparing preparing = {.decoder = decoder, .paths = ARENA_ARRAY(&decoder->arena, Path, most)};
  decoder->paths = preparing.paths;
  decoder->slot_count = SLOT_WHOLE + 1;
  texttable_init(&preparing.numbers, &decoder->arena, most);
  texttable_init(&decoder->names, &decoder->arena, most);
  texttable_init(&decoder->types, &decoder->arena, module->Event_count);
  decoder->events = ARENA_ARRAY(&decoder->arena, const EventRead *, module->Event_count);
  prepare_stream(&preparing);
  for (uint32_t i = 0; i < module->Event_count; i++) {
    uint32_t len;
    if (!decoder->plan->events[i].mapped) continue;
    const char *raw = module_string(module, module->Event[i].raw, &len);
    texttable_add(&decoder->types, raw, len, i);
    decoder->events[i] = prepare_event(&preparing, i);
  }
}

Decoder *decoder_new(const Plan *plan, Mem *mem)
{
  Decoder *decoder = mem_resize(mem, NULL, 0, sizeof *decoder);
  jmp_buf *outer = mem->oom, refused;
  if (!decoder) mem_fail(mem);
  *decoder = (Decoder){.mem = mem, .plan = plan, .max_line = DECODE_LINE_MAX};
  arena_init(&decoder->arena, mem);
  if (setjmp(refused)) {
    mem->oom = outer;
    decoder_free(decoder);
    mem_fail(mem);
  }
  mem->oom = &refused;
  prepare(decoder);
  mem->oom = outer;
  return decoder;
}

void decoder_free(Decoder *decoder)
{
  if (!decoder) return;
  json_state_free(decoder);
  csv_state_free(decoder);
  mem_resize(decoder->mem, decoder->scratch, decoder->scratch_room, 0);
  arena_free(&decoder->arena);
  mem_resize(decoder->mem, decoder, sizeof *decoder, 0);
}

void decoder_max_line(Decoder *decoder, size_t bytes)
{
  decoder->max_line = bytes < DECODE_LINE_LIMIT ? bytes : DECODE_LINE_LIMIT;
}

void decoder_tell_types(Decoder *decoder, const Types *unused)
{
  decoder->unused = unused;
}

DecodeCounts decoder_counts(const Decoder *decoder)
{
  return decoder->counts;
}
