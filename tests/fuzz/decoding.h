/*
 * decoding.h - rules of all types to decode input against, for the fuzzers of events.
 */
#ifndef MOT_TESTS_FUZZ_DECODING_H
#define MOT_TESTS_FUZZ_DECODING_H

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/compile.h"
#include "runtime/decode.h"

static const char fuzz_rules[] =
  "module fuzz.decode\n"
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 1 d zone \"Europe/Amsterdam\" }\n"
  "event A from \"a\" { customer: id  n: int in -5..100?  x: number?  r: percent?  b: bool?  s: text?  \n"
  "  t: time?  d: duration?  e: duration(s)?  w: duration(ms)?  u: time(unix_s)?\n"
  "  v: time(unix_ms)?  m: money(EUR)?  y: money(JPY)?  l: one of red, blue = \"dark blue\"?  p: time(\"%d/%m/%y %H:%M:%S.%f %z %%\")?\n"
  "  q: time(\"%d %B %b %Y\")?  deep: int? from \"one.two.three\"  other: text? from \"one.four\" }\n"
  "event B { customer: id from \"who\" }\n"
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager contact \"mailto:a@b.example\" }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Exp \"Exp\" { for customer manager ana starts on A or B\n"
  "  sco \"x\" A within 1 d expires after 9 d\n"
  "  mot M \"m\" { manager ben producers desk target 90% over 1 d when A smoto B within 2 h } }\n";

/* What an input is decoded with: the module is made once, the decoder anew for each. */
typedef struct FuzzRun {
  Mem mem;
  Arena arena;
  Module module;
  const Plan *plan;
  Decoder *decoder;
  jmp_buf oom;
} FuzzRun;

static inline void fuzz_compile(FuzzRun *run)
{
  ModuleError error;
  mem_init(&run->mem, NULL, NULL);
  run->mem.oom = &run->oom;
  arena_init(&run->arena, &run->mem);
  Compile *compile = ARENA_NEW(&run->arena, Compile);
  compile_init(compile, &run->arena, (Loader){NULL, NULL});
  uint32_t file = sources_add(&compile->sources, "fuzz.mot", fuzz_rules, strlen(fuzz_rules));
  if (!compile_file(compile, file, false)) abort();
  char *bytes = arena_alloc(&run->arena, compile->module.len);
  memcpy(bytes, compile->module.data, compile->module.len);
  if (!module_read(&run->module, bytes, compile->module.len, &run->arena, &error)) abort();
  run->plan = plan_new(&run->module, &run->arena);
}

static inline FuzzRun *fuzz_begin(void)
{
  static FuzzRun run;
  if (setjmp(run.oom)) abort();
  if (!run.plan) fuzz_compile(&run);
  run.decoder = decoder_new(run.plan, &run.mem);
  return &run;
}

static inline void fuzz_end(FuzzRun *run)
{
  decoder_free(run->decoder);
}

/* Each row lies within the batch, its texts within it; together with the rejects they are all the events. */
static inline void fuzz_check(const FuzzRun *run, const EventBatch *batch)
{
  size_t at = 0;
  for (uint32_t i = 0; i < batch->count; i++) {
    const EventData *row = batch_event(batch, i);
    const EventRow *event = row->event == MOT_NONE ? NULL : &run->module.Event[row->event];
    uint32_t fields = event ? event->fields_count : 0;
    if ((size_t)batch->rows[i] * 8 != at || row->size % 8 || row->size < event_base_size(fields)) abort();
    at += row->size;
    if ((uint64_t)row->id.at + row->id.len > row->size) abort();
    for (uint32_t k = 0; k < fields; k++) {
      uint32_t type = run->module.Field[event->fields + k].type;
      if (type != VALUE_ID && type != VALUE_TEXT) continue;
      if ((uint64_t)row->values[k].s.at + row->values[k].s.len > row->size) abort();
    }
  }
  if (at != batch->size) abort();
}

/* A copy with exactly the spare bytes that are promised. */
static inline char *fuzz_copy(const uint8_t *data, size_t size)
{
  char *copy = malloc(size + DECODE_SPARE);
  if (size) memcpy(copy, data, size);
  memset(copy + size, '"', DECODE_SPARE);
  return copy;
}

static inline void fuzz_count(void *user, const Reject *reject)
{
  if (reject->reason >= REJECT_END) abort();
  ++*(uint64_t *)user;
}

#endif
