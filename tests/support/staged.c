#include "tests/support/staged.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/compiled.h"

/* ---- rules and events ---- */

static char *slurp(Arena *arena, const char *folder, const char *name, size_t *ret_len)
{
  Buf buf;
  char part[4096];
  buf_init(&buf, arena);
  FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "rb");
  for (size_t len; file && (len = fread(part, 1, sizeof part, file)) > 0;) buf_put(&buf, part, len);
  if (file) fclose(file);
  *ret_len = buf.len;
  char *copy = arena_alloc(arena, buf.len + DECODE_SPARE);
  if (buf.len) memcpy(copy, buf.data, buf.len);
  return copy;
}

static int by_time(const void *a, const void *b)
{
  const EventData *x = *(EventData *const *)a, *y = *(EventData *const *)b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  return (x->arrival > y->arrival) - (x->arrival < y->arrival);
}

static void drop(void *user, const Reject *reject)
{
  (void)user, (void)reject;
}

static void read_events(Stage *stage, const char *text, size_t len)
{
  Position at = {0};
  Decoder *decoder = decoder_new(stage->plan, &stage->mem);
  decode_json(decoder, text, len, &at, &stage->batch, drop, NULL);
  decoder_free(decoder);
  stage->events = ARENA_ARRAY(stage->arena, EventData *, stage->batch.count + 1);
  for (uint32_t i = 0; i < stage->batch.count; i++) {
    EventData *event = batch_event(&stage->batch, i);
    bool mapped = event->event != MOT_NONE && stage->plan->events[event->event].mapped;
    if (mapped) stage->events[stage->count++] = event;
  }
  qsort(stage->events, stage->count, sizeof *stage->events, by_time);
}

static bool begin(Stage *stage, Arena *arena, Compiled compiled, const char *events, size_t len)
{
  *stage = (Stage){.arena = arena};
  mem_init(&stage->mem, NULL, NULL);
  stage->mem.oom = &stage->oom;
  batch_init(&stage->batch, &stage->mem);
  if (!compiled.accepted) return false;
  stage->module = compiled.module;
  stage->plan = plan_new(&stage->module, arena);
  stage->forms = record_forms_new(stage->plan, arena);
  if (setjmp(stage->oom) != 0) abort();
  read_events(stage, events, len);
  return stage->count > 0;
}

bool stage_open(Stage *stage, Arena *arena, const char *folder)
{
  size_t len;
  char *events = slurp(arena, folder, "events.ndjson", &len);
  if (len == 0) return begin(stage, arena, (Compiled){0}, "", 0);
  return begin(stage, arena, compiled_file(arena, arena_printf(arena, "%s/rules.mot", folder)), events, len);
}

bool stage_text(Stage *stage, Arena *arena, const char *name, const char *rules, const char *events)
{
  size_t len = strlen(events);
  char *copy = arena_alloc(arena, len + DECODE_SPARE);
  memcpy(copy, events, len);
  return begin(stage, arena, compiled_text(arena, name, rules), copy, len);
}

void stage_close(Stage *stage)
{
  batch_free(&stage->batch);
}

/* ---- engines ---- */

void cast_begin(Cast *cast, Stage *stage, unsigned engines)
{
  *cast = (Cast){.stage = stage, .count = engines, .horizon = INT64_MIN};
  buf_init(&cast->records, stage->arena);
  if (setjmp(stage->oom) != 0) abort();
  EngineOptions *options = ARENA_ARRAY(stage->arena, EngineOptions, engines);
  for (unsigned i = 0; i < engines; i++) {
    options[i] = (EngineOptions){.shard = i, .shards = engines, .kinds = (1u << OUTCOME_KINDS) - 1};
    cast->engines[i] = engine_new(stage->plan, &stage->mem, &options[i]);
  }
}

void cast_end(Cast *cast)
{
  for (unsigned i = 0; i < cast->count; i++) engine_free(cast->engines[i]);
}

/* Records of all engines, in order, as JSON. */
static void tell(Cast *cast, const Outcomes *each)
{
  uint32_t at[STAGED_ENGINES] = {0};
  for (;;) {
    unsigned first = cast->count;
    for (unsigned i = 0; i < cast->count; i++) {
      if (at[i] == each[i].count) continue;
      bool sooner = first == cast->count || outcome_order(cast->stage->plan, outcomes_get(&each[i], at[i]),
                                                          outcomes_get(&each[first], at[first])) < 0;
      if (sooner) first = i;
    }
    if (first == cast->count) return;
    const OutcomeRecord *next = outcomes_get(&each[first], at[first]++);
    char *line = arena_alloc(cast->stage->arena, outcome_json_room(cast->stage->forms, next));
    buf_put(&cast->records, line, outcome_json(cast->stage->forms, next, line));
  }
}

static void run_each(Cast *cast, uint32_t from, uint32_t to, int64_t horizon, bool open)
{
  Outcomes each[STAGED_ENGINES];
  Mem *mem = (Mem *)(uintptr_t)&cast->stage->mem;
  for (unsigned i = 0; i < cast->count; i++) {
    outcomes_init(&each[i], mem);
    if (open)
      engine_open(cast->engines[i], horizon, &each[i]);
    else
      engine_run(cast->engines[i], cast->stage->events + from, to - from, horizon, &each[i]);
  }
  tell(cast, each);
  for (unsigned i = 0; i < cast->count; i++) outcomes_free(&each[i]);
}

void cast_run(Cast *cast, uint32_t from, uint32_t to, int64_t horizon)
{
  cast->horizon = horizon;
  run_each(cast, from, to, horizon, false);
}

void cast_open(Cast *cast, int64_t now)
{
  run_each(cast, 0, 0, now, true);
}

/* ---- state ---- */

static bool collect(void *user, const void *bytes, size_t size)
{
  buf_put(user, bytes, size);
  return true;
}

Buf cast_save(const Cast *cast)
{
  Buf state;
  buf_init(&state, cast->stage->arena);
  Mem *mem = (Mem *)(uintptr_t)&cast->stage->mem;
  StateOut *out = state_out_new(cast->stage->plan, mem, collect, &state);
  state_put_i64(out, cast->horizon);
  state_put_engines(out, cast->engines, cast->count);
  if (!state_out_end(out)) abort();
  state_out_free(out);
  return state;
}

bool cast_load(Cast *cast, Stage *stage, unsigned engines, Buf state, char *error, size_t room)
{
  StateIn in;
  cast_begin(cast, stage, engines);
  bool sound = state_in_begin(&in, stage->plan, state.data, state.len);
  cast->horizon = sound ? state_get_i64(&in) : INT64_MIN;
  for (unsigned i = 0; sound && i < engines; i++) {
    StateIn part = in;
    state_get_engine(&part, cast->engines[i], cast->horizon);
    sound = state_in_end(&part);
    if (i + 1 == engines) in = part;
    if (!sound) in = part;
  }
  snprintf(error, room, "%s", in.error);
  return sound && state_in_end(&in);
}
