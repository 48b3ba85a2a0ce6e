/* decoding.c - see decoding.h. */
#include "tests/support/decoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/compiled.h"

Decoding *decoding_new(Arena *arena, const char *rules)
{
  Decoding *decoding = ARENA_NEW(arena, Decoding);
  Compiled compiled = compiled_text(arena, "rules.mot", rules);
  assert_string_equal(compiled.errors, "");
  assert_string_equal(compiled.fault, "");
  decoding->arena = arena;
  decoding->module = compiled.module;
  decoding->decoder = decoder_new(plan_new(&decoding->module, arena), arena->mem);
  batch_init(&decoding->batch, arena->mem);
  return decoding;
}

void decoding_free(Decoding *decoding)
{
  batch_free(&decoding->batch);
  decoder_free(decoding->decoder);
}

static void show_value(Decoding *decoding, const EventData *row, const FieldRow *field, EventValue value)
{
  Buf *out = &decoding->out;
  bool is_text = field->type == VALUE_TEXT || field->type == VALUE_ID;
  bool real = field->type == VALUE_NUMBER || field->type == VALUE_PERCENT;
  buf_printf(out, " %s=", module_string(&decoding->module, field->name, NULL));
  if (is_text) buf_printf(out, "\"%.*s\"", (int)value.s.len, event_text(row, value.s));
  else if (real) buf_printf(out, "%.17g", value.f);
  else buf_printf(out, "%lld", (long long)value.i);
}

static void show_row(Decoding *decoding, const EventData *row)
{
  const Module *module = &decoding->module;
  bool mapped = row->event != MOT_NONE;
  const EventRow *event = mapped ? &module->Event[row->event] : NULL;
  buf_printf(&decoding->out, "%s@%lld", mapped ? module_string(module, event->name, NULL) : "-",
             (long long)row->time);
  if (row->id.len) buf_printf(&decoding->out, " #%.*s", (int)row->id.len, event_text(row, row->id));
  for (uint32_t i = 0; mapped && i < event->fields_count; i++) {
    if (event_known(row, event->fields_count, i))
      show_value(decoding, row, &module->Field[event->fields + i], row->values[i]);
  }
  buf_char(&decoding->out, '\n');
}

static void show_rows(Decoding *decoding)
{
  for (; decoding->shown < decoding->batch.count; decoding->shown++) {
    const EventData *row = batch_event(&decoding->batch, decoding->shown);
    assert_int_equal(row->size % 8, 0);
    show_row(decoding, row);
  }
}

static void show_reject(void *user, const Reject *reject)
{
  Decoding *decoding = user;
  show_rows(decoding);
  buf_printf(&decoding->out, "! %llu @%llu %s%s%s\n", (unsigned long long)reject->line,
             (unsigned long long)reject->offset, reject_word(reject->reason), reject->field ? " " : "",
             reject->field ? reject->field : "");
}

const char *decoding_shown(Decoding *decoding)
{
  show_rows(decoding);
  return decoding->out.len ? decoding->out.data : "";
}

/* Exactly as many bytes as are promised, filled up with what would mislead a reader that goes too far. */
static char *with_spare(const char *text, size_t size)
{
  char *copy = malloc(size + DECODE_SPARE);
  assert_non_null(copy);
  memcpy(copy, text, size);
  memset(copy + size, '"', DECODE_SPARE);
  return copy;
}

const char *decoding_json(Decoding *decoding, const char *text, size_t size)
{
  char *copy = with_spare(text, size);
  buf_init(&decoding->out, decoding->arena);
  decode_json(decoding->decoder, copy, size, &decoding->at, &decoding->batch, show_reject, decoding);
  const char *shown = decoding_shown(decoding);
  free(copy);
  return shown;
}

const char *decoding_csv(Decoding *decoding, const char *text, size_t size)
{
  char *copy = with_spare(text, size);
  size_t header = 0;
  Reject reject;
  buf_init(&decoding->out, decoding->arena);
  bool readable = decoding->at.offset > 0 ||
                  decode_csv_header(decoding->decoder, copy, size, &header, &reject);
  decoding->at.offset += header;
  for (size_t i = 0; i < header; i++) decoding->at.line += copy[i] == '\n';
  if (!readable) show_reject(decoding, &reject);
  else decode_csv(decoding->decoder, copy + header, size - header, &decoding->at, &decoding->batch,
                  show_reject, decoding);
  const char *shown = decoding_shown(decoding);
  free(copy);
  return shown;
}
