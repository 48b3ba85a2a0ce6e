/*
 * session_state.c - what a run keeps beside its engines, written and read: session_state.h has the layout.
 */
#include "runtime/session_state.h"

#include <math.h>
#include <string.h>

#include "runtime/grow.h"
#include "runtime/input.h"
#include "runtime/json_scan.h"
#include "runtime/state_parts.h"

enum { FRESH = 1, UNUSABLE = 2, SKIPPING = 4, FLAGS = 8 };

/* ---- writing ---- */

static void put_input(StateOut *out, const Input *input)
{
  state_put_u32(out, input->source != NULL);
  const char *name = input->source ? input->source->text : "";
  state_put_text(out, name, (uint32_t)strlen(name));
  state_put_u32(out, input->format);
  uint32_t fresh = input->fresh ? FRESH : 0, unusable = input->unusable ? UNUSABLE : 0;
  state_put_u32(out, fresh | unusable | (input->skipping ? SKIPPING : 0));
  state_put_text(out, input->header, (uint32_t)input->header_len);
  state_put_u64(out, input->at.line);
  state_put_u64(out, input->at.offset);
  state_put_u64(out, input->at.arrival);
  state_put_u64(out, input->len);
  state_put_bytes(out, input->buffer, input->len);
}

static void put_kept_back(StateOut *out, Sequence *sequence)
{
  size_t count;
  const SequenceKey *keys = sequence_all(sequence, &count);
  state_put_u64(out, count);
  for (size_t i = 0; i < count; i++) {
    state_put_u32(out, keys[i].row->size);
    state_put_bytes(out, keys[i].row, keys[i].row->size);
  }
}

static void put_ids(StateOut *out, const Dedupe *dedupe)
{
  const DedupeChunk *chunk;
  state_put_u64(out, dedupe->count);
  for (const DedupeEntry *entry = NULL; (entry = dedupe_next(dedupe, entry, &chunk)) != NULL;) {
    state_put_i64(out, entry->time);
    state_put_text(out, entry->id, entry->len);
  }
}

static void put_types(StateOut *out, const Types *types)
{
  state_put_u32(out, types->count);
  for (uint32_t i = 0; i < types->count; i++) {
    state_put_text(out, types->counts[i].text, types->counts[i].len);
    state_put_u64(out, types->counts[i].events);
  }
  state_put_u64(out, types->others);
}

static void put_events(StateOut *out, mot_run *run)
{
  for (uint32_t i = 0; i < run->plan->module->Event_count; i++) {
    uint64_t touched = run->events[i].touched;
    for (unsigned k = 0; k < run->threads; k++) touched += engine_counts(run->shards[k].engine)->touched[i];
    state_put_u64(out, run->events[i].accepted);
    state_put_u64(out, touched);
  }
}

void session_put(StateOut *out, mot_run *run)
{
  state_put_i64(out, run->horizon);
  state_put_i64(out, run->sequence.lateness);
  state_put_i64(out, run->sequence.largest);
  state_put_i64(out, run->sequence.watermark);
  const uint64_t counts[] = {run->rejected, run->late, run->duplicates, run->unmapped, run->bytes, run->told};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) state_put_u64(out, counts[i]);
  put_types(out, &run->types);
  put_events(out, run);
  put_input(out, &run->input);
  put_kept_back(out, &run->sequence);
  put_ids(out, &run->dedupe);
}

/* ---- reading ---- */

static bool damaged(StateIn *in, const char *what)
{
  return state_fail(in, "the saved state is damaged: %s", what);
}

static void get_source(StateIn *in, mot_run *run)
{
  Input *input = &run->input;
  uint32_t len, there = state_get_u32(in);
  const char *name = state_get_text(in, &len);
  if (in->failed || !there) return;
  if (memchr(name, 0, len)) {
    damaged(in, "the name of a source");
    return;
  }
  char *copy = grow(&run->mem, run->lines, &run->lines_room, (size_t)len + 1, 1);
  run->lines = copy;
  memcpy(copy, name, len);
  copy[len] = 0;
  input->source = source_name_new(&run->mem, copy);
}

static void get_buffer(StateIn *in, mot_run *run)
{
  Input *input = &run->input;
  size_t size = state_get_count(in, 1);
  const void *bytes = state_get_bytes(in, size);
  if (size > 0 && !input->source) damaged(in, "bytes of no source");
  if (in->failed || size == 0) return;
  input->buffer = grow(&run->mem, input->buffer, &input->room, size + DECODE_SPARE, 1);
  memcpy(input->buffer, bytes, size);
  input->len = size;
}

static void get_input(StateIn *in, mot_run *run)
{
  Input *input = &run->input;
  uint32_t len;
  get_source(in, run);
  uint32_t format = state_get_u32(in), flags = state_get_u32(in);
  const char *header = state_get_text(in, &len);
  if (format > MOT_CSV || flags >= FLAGS) damaged(in, "the format of a source");
  input->format = (mot_format)format;
  input->fresh = flags & FRESH;
  input->unusable = flags & UNUSABLE;
  input->skipping = flags & SKIPPING;
  input->at.line = state_get_u64(in);
  input->at.offset = state_get_u64(in);
  input->at.arrival = state_get_u64(in);
  if (!in->failed && input->source && format == MOT_CSV && !input->fresh && !input->unusable)
    if (!input_header(run, header, len)) damaged(in, "the header of a CSV file");
  get_buffer(in, run);
}

/* ---- events kept back ---- */

static bool text_sound(const EventData *row, uint32_t base, EventText text)
{
  if (text.at < base || text.at > row->size || text.len > row->size - text.at) return false;
  return utf8_sound(event_text(row, text), text.len);
}

static bool value_sound(const Module *module, const FieldRow *field, const EventData *row, uint32_t base,
                        EventValue value)
{
  switch (field->type) {
  case VALUE_TEXT:
  case VALUE_ID: return text_sound(row, base, value.s);
  case VALUE_NUMBER:
  case VALUE_PERCENT: return isfinite(value.f);
  case VALUE_BOOL: return value.i == 0 || value.i == 1;
  case VALUE_LISTED: return value.i >= 0 && value.i < module->Listed[field->listed].values_count;
  default: return true;
  }
}

static bool fields_sound(const Plan *plan, const EventData *row)
{
  const EventRow *event = &plan->module->Event[row->event];
  uint32_t base = event_base_size(event->fields_count);
  if (row->size < base) return false;
  for (uint32_t i = 0; i < event->fields_count; i++) {
    const FieldRow *field = &plan->module->Field[event->fields + i];
    if (!event_known(row, event->fields_count, i)) {
      if (row->values[i].i != 0) return false; /* code reads it all the same */
      continue;
    }
    if (!value_sound(plan->module, field, row, base, row->values[i])) return false;
  }
  return true;
}

/* Whether all in a row lies within bounds; its hash is worked out by whoever reads it. */
static bool row_sound(const mot_run *run, const EventData *row, uint32_t size)
{
  const Sequence *sequence = &run->sequence;
  uint32_t base = event_base_size(0);
  if (row->size != size || row->arrival >= run->input.at.arrival) return false;
  if (row->time < sequence->watermark || row->time > sequence->largest) return false;
  if (row->event == MOT_NONE) {
    if (row->truths == TYPE_NEW || (row->truths > run->types.count && row->truths != TYPE_OTHER)) return false;
  } else {
    if (row->event >= run->plan->module->Event_count || !run->plan->events[row->event].mapped) return false;
    base = event_base_size(run->plan->module->Event[row->event].fields_count);
    if (!fields_sound(run->plan, row)) return false;
  }
  return row->id.len == 0 || text_sound(row, base, row->id);
}

/* The hash of the key in key space 0, as decoding sets it. */
static void set_hash(const Plan *plan, EventData *row)
{
  row->hash = 0;
  if (row->event == MOT_NONE) return;
  const EventPlan *event = &plan->events[row->event];
  if (event->route_count == 0 || event->routes[0].space != 0) return;
  uint32_t key = event->routes[0].key;
  if (key == MOT_NONE || !event_known(row, plan->module->Event[row->event].fields_count, key)) return;
  row->hash = key_hash(event_text(row, row->values[key].s), row->values[key].s.len);
}

static void get_row(StateIn *in, mot_run *run)
{
  uint32_t size = state_get_u32(in);
  const void *bytes = state_get_bytes(in, size);
  HeldChunk *chunk;
  if (!bytes) return;
  if (size < sizeof(EventData) || size % 8 != 0) {
    damaged(in, "the size of an event");
    return;
  }
  EventData *row = held_keep_bytes(&run->held, bytes, size, &chunk);
  if (!row_sound(run, row, size)) {
    damaged(in, "an event that is kept back");
    return;
  }
  set_hash(run->plan, row);
  sequence_add(&run->sequence, row, chunk);
}

static void get_ids(StateIn *in, mot_run *run)
{
  uint64_t count = state_get_count(in, 12);
  int64_t last = INT64_MIN;
  for (; count > 0 && !in->failed; count--) {
    uint32_t len;
    int64_t time = state_get_i64(in);
    const char *id = state_get_text(in, &len);
    if (in->failed) return;
    if (time < last || dedupe_seen(&run->dedupe, time, dedupe_hash(id, len), id, len))
      damaged(in, "the ids that are remembered");
    last = time;
  }
}

static void get_types(StateIn *in, mot_run *run)
{
  uint32_t count = state_get_u32(in);
  if (count > TYPES_MOST) damaged(in, "the types of events");
  for (uint32_t i = 0; i < count && !in->failed; i++) {
    uint32_t len;
    const char *text = state_get_text(in, &len);
    uint64_t events = state_get_u64(in);
    if (in->failed) return;
    if (len > TYPE_TEXT_MOST || types_add(&run->types, text, len) != i + 1) damaged(in, "the types of events");
    else run->types.counts[i].events = events;
  }
  run->types.others = state_get_u64(in);
}

static void get_events(StateIn *in, mot_run *run)
{
  for (uint32_t i = 0; i < run->plan->module->Event_count; i++) {
    run->events[i].accepted = state_get_u64(in);
    run->events[i].touched = state_get_u64(in);
  }
}

void session_get(StateIn *in, mot_run *run, bool lateness_is_given)
{
  Sequence *sequence = &run->sequence;
  run->horizon = run->goal = state_get_i64(in);
  int64_t lateness = state_get_i64(in);
  if (!lateness_is_given) sequence->lateness = lateness;
  sequence->largest = state_get_i64(in);
  sequence->watermark = state_get_i64(in);
  if (lateness < 0 || run->horizon > sequence->watermark || sequence->watermark > STATE_LAST)
    damaged(in, "the watermark");
  if (sequence->largest != INT64_MIN && !state_instant(sequence->largest)) damaged(in, "its latest event");
  uint64_t *const counts[] = {&run->rejected, &run->late,  &run->duplicates,
                              &run->unmapped, &run->bytes, &run->told};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) *counts[i] = state_get_u64(in);
  get_types(in, run);
  get_events(in, run);
  get_input(in, run);
  uint64_t rows = state_get_count(in, 4 + sizeof(EventData));
  for (; rows > 0 && !in->failed; rows--) get_row(in, run);
  get_ids(in, run);
}
