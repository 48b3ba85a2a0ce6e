/*
 * events.c - lines of events: what is accepted, in (time, arrival) order; the rest
 * as dead-letter records.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"
#include "tests/reference/used.h"

typedef struct Line {
  const char *source;
  uint32_t number;
  size_t offset;
  const char *text;
  size_t size;
} Line;

static void dead_letter(Run *run, const Line *line, const char *kind, const char *reason, Sym field)
{
  Buf *buf = &run->dead;
  buf_printf(buf, "{\"kind\":\"%s\",\"source\":", kind);
  json_text(buf, line->source);
  buf_printf(buf, ",\"line\":%u,\"offset\":%zu,\"reason\":", line->number, line->offset);
  json_text(buf, reason);
  if (field) {
    buf_text(buf, ",\"field\":");
    json_text(buf, sym(run, field));
  }
  buf_text(buf, "}\n");
}

/* The value at a path of names apart by dots. */
static const json_t *at_path(const json_t *json, const char *path)
{
  while (json && *path) {
    size_t len = strcspn(path, ".");
    json = json_object_getn(json, path, len);
    path += len + (path[len] == '.');
  }
  return json && json_is_null(json) ? NULL : json;
}

static bool type_is(const Run *run, const json_t *type, const Event *event)
{
  return json_is_string(type) && strcmp(sym(run, event->raw), json_string_value(type)) == 0;
}

/* A kind of the library, by which something is told of what has an id. */
static void library_kind(Run *run, const char *name, const char *id, Event *event)
{
  static const char by[] = "by";
  Interner *names = run->program->names;
  event->name = event->shown = event->raw = intern_z(names, name);
  for (int i = 0; i < 2; i++) {
    Field *field = ARENA_NEW(run->arena, Field);
    field->name = field->path = intern_z(names, i ? by : id);
    field->type = (Type){.base = VALUE_ID, .optional = i == 1};
    *VEC_PUSH(run->arena, &event->fields) = field;
  }
  for (uint32_t i = 0; i < run->program->events.len; i++) {
    if (run->program->events.data[i]->shown == event->shown) run->used[i] = true;
  }
}

static void library_kinds(Run *run)
{
  run->hears_done = waits_for_done(run->program);
  run->hears_acknowledged = has_alerts(run->program);
  if (run->hears_done) library_kind(run, "std.correction.Done", "correction", &run->done);
  if (run->hears_acknowledged) library_kind(run, "std.alert.Acknowledged", "alert", &run->acknowledged);
}

static const Event *event_of(const Run *run, const json_t *json)
{
  const json_t *type = at_path(json, sym(run, run->program->stream.type_path));
  for (uint32_t i = 0; type && json_is_string(type) && i < run->program->events.len; i++) {
    const Event *event = run->program->events.data[i];
    bool mine = run->used[i] && !event->derived && strcmp(sym(run, event->raw), json_string_value(type)) == 0;
    if (mine) return event;
  }
  if (run->hears_done && type_is(run, type, &run->done)) return &run->done;
  if (run->hears_acknowledged && type_is(run, type, &run->acknowledged)) return &run->acknowledged;
  return NULL;
}

static bool fields_read(Run *run, const Line *line, const json_t *json, Item *item)
{
  const Event *event = item->event;
  item->fields = ARENA_ARRAY(run->arena, Value, event->fields.len + 1);
  for (uint32_t i = 0; i < event->fields.len; i++) {
    const Field *field = event->fields.data[i];
    const json_t *raw = at_path(json, sym(run, field->path));
    const char *why = "missing";
    if (!raw && field->type.optional) continue;
    if (raw && raw_value(run, raw, field, &item->fields[i], &why)) continue;
    dead_letter(run, line, "rejected", why, field->name);
    return false;
  }
  return true;
}

static const char *id_of(Run *run, const json_t *json)
{
  if (!run->program->stream.has_dedupe) return NULL;
  const json_t *id = at_path(json, sym(run, run->program->stream.id_path));
  if (!id || (json_is_string(id) && json_string_length(id) == 0)) return NULL;
  if (json_is_integer(id)) return arena_printf(run->arena, "%lld", (long long)json_integer_value(id));
  return json_is_string(id) ? arena_copy(run->arena, json_string_value(id), json_string_length(id)) : NULL;
}

/* NULL after a dead letter. */
static Item *read_event(Run *run, const Line *line, const json_t *json)
{
  const StreamUse *stream = &run->program->stream;
  Item *item = ARENA_NEW(run->arena, Item);
  const json_t *type = at_path(json, sym(run, stream->type_path));
  const json_t *time = at_path(json, sym(run, stream->time_path));
  if (!type || !json_is_string(type)) {
    dead_letter(run, line, "rejected", type ? "type" : "missing", stream->type_path);
    return NULL;
  }
  const char *why = time ? "type" : "missing";
  if (!time || !raw_time(run, time, stream->time_format, stream->time_pattern, &item->time, &why)) {
    dead_letter(run, line, "rejected", why, stream->time_path);
    return NULL;
  }
  item->event = event_of(run, json);
  item->id = id_of(run, json);
  return item->event && !fields_read(run, line, json, item) ? NULL : item;
}

static void take(Run *run, const Line *line, const json_t *json, uint32_t arrival)
{
  Item *item = read_event(run, line, json);
  if (!item) return;
  int64_t lateness = run->program->stream.lateness;
  if (run->largest != INT64_MIN && item->time < run->largest - lateness) {
    dead_letter(run, line, "late", "late", 0);
    return;
  }
  if (item->time > run->largest) run->largest = item->time;
  item->arrival = arrival;
  *VEC_PUSH(run->arena, &run->events) = item;
}

static void take_line(Run *run, const Line *line, uint32_t arrival)
{
  json_error_t error;
  json_t *json = json_loadb(line->text, line->size, 0, &error);
  /* A whole number of more than 64 bits is no mistake of the line: it does not fit, where it is used. */
  if (!json) json = json_loadb(line->text, line->size, JSON_DECODE_INT_AS_REAL, &error);
  if (json && json_is_object(json)) take(run, line, json, arrival);
  else dead_letter(run, line, "rejected", "json", 0);
  json_decref(json);
}

static bool blank(const char *text, size_t size)
{
  for (size_t i = 0; i < size; i++) {
    if (!strchr(" \t\r", text[i])) return false;
  }
  return true;
}

/* ---- the order, and duplicates ---- */

static int by_order(const void *a, const void *b)
{
  const Item *x = *(Item *const *)a, *y = *(Item *const *)b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  return (x->arrival > y->arrival) - (x->arrival < y->arrival);
}

static bool kept_before(const Run *run, const Items *kept, const Item *item)
{
  for (uint32_t i = 0; item->id && i < kept->len; i++) {
    const Item *other = kept->data[i];
    bool same = other->id && strcmp(other->id, item->id) == 0;
    if (same && item->time - other->time <= run->program->stream.dedupe) return true;
  }
  return false;
}

static void drop_duplicates(Run *run)
{
  Items kept = {0};
  for (uint32_t i = 0; i < run->events.len; i++) {
    Item *item = run->events.data[i];
    if (!kept_before(run, &kept, item)) *VEC_PUSH(run->arena, &kept) = item;
  }
  run->events.data = kept.data;
  run->events.len = kept.len;
  run->events.cap = kept.cap;
}

void events_read(Run *run, const EventFile *files, size_t count)
{
  uint32_t arrival = 0;
  run->used = ARENA_ARRAY(run->arena, bool, run->program->events.len + 1);
  used_kinds(run->program, run->used);
  library_kinds(run);
  for (size_t i = 0; i < count; i++) {
    const EventFile *file = &files[i];
    Line line = {.source = file->name};
    for (size_t at = 0; at < file->size; at += line.size + 1) {
      const char *end = memchr(file->text + at, '\n', file->size - at);
      line.offset = at;
      line.text = file->text + at;
      line.size = end ? (size_t)(end - line.text) : file->size - at;
      line.number++;
      if (!blank(line.text, line.size)) take_line(run, &line, arrival++);
    }
  }
  if (run->events.len) qsort(run->events.data, run->events.len, sizeof *run->events.data, by_order);
  drop_duplicates(run);
}
