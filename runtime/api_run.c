/*
 * api_run.c - runs through the library: opened, fed, ended.
 */
#include <stdio.h>
#include <string.h>

#include "bytecode/zonetime.h"
#include "runtime/grow.h"
#include "runtime/input.h"
#include "runtime/intake.h"
#include "runtime/session.h"

/* Typed events that wait for one another: so many that waking threads counts for little. */
enum { TYPED_ALONE = 256, TYPED_TOGETHER = 4096 };

/* Events, and timers of a thread, whose records wait together to be taken: few enough for memory to stay small,
 * so many that beginning a stretch counts for nothing. */
enum { STRETCH = 32768 };

/* ---- opening ---- */

typedef struct Opening {
  const mot_rules *rules;
  const mot_run_options *options;
} Opening;

static void make_shard(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  Mem *mem = workers_mem(run->workers, worker);
  batch_init(&shard->batch, mem);
  reject_list_init(&shard->rejects, mem);
  if (run->meters) run->meters[worker] = shard->meter = meter_new(run->rules->measures, mem, worker, run->threads);
  shard->options = (EngineOptions){
    .shard = worker, .shards = run->threads, .routed = run->plan->space_count == 1, .kinds = run->records,
    .key = run->key, .key_len = run->key ? (uint32_t)(run->key_size - 1) : 0, .meter = shard->meter,
    .trace = run->traces ? &run->trace : NULL,
  };
  truths_init(&shard->truths, run->plan, mem);
  shard->decoder = decoder_new(run->plan, mem);
  decoder_tell_types(shard->decoder, &run->types);
  decoder_max_line(shard->decoder, run->input.max_line);
  shard->engine = engine_new(run->plan, mem, &shard->options);
}

static void copy_key(mot_run *run, const char *key)
{
  if (!key) return;
  size_t size = strlen(key) + 1;
  run->key = mem_resize(&run->mem, NULL, 0, size);
  if (!run->key) mem_fail(&run->mem);
  run->key_size = size;
  memcpy(run->key, key, size);
}

/* What is judged is about all customers: with one alone there is no board. */
static void make_meters(mot_run *run)
{
  if (run->key || run->rules->measures->count == 0) return;
  size_t size = run->threads * sizeof *run->meters;
  run->meters = mem_resize(&run->mem, NULL, 0, size);
  if (!run->meters) mem_fail(&run->mem);
  memset(run->meters, 0, size);
}

static void make_board(void *user, unsigned worker)
{
  mot_run *run = user;
  run->board = board_new(run->rules->measures, run->meters, run->threads, run->records, workers_mem(run->workers, worker));
}

static void make_shards(mot_run *run)
{
  run->threads = workers_count(run->workers);
  size_t size = run->threads * sizeof *run->shards;
  run->shards = mem_resize(&run->mem, NULL, 0, size);
  if (!run->shards) mem_fail(&run->mem);
  memset(run->shards, 0, size);
  merge_init(&run->merge, &run->mem, run->workers, run->plan);
  run->engines = mem_resize(&run->mem, NULL, 0, run->threads * sizeof *run->engines);
  if (!run->engines) mem_fail(&run->mem);
  make_meters(run);
  session_need(run, workers_in_turn(run->workers, make_shard, run));
  if (run->meters) session_need(run, workers_first(run->workers, make_board, run));
}

static void make_counts(mot_run *run)
{
  size_t size = run->plan->module->Event_count * sizeof *run->events;
  types_init(&run->types, &run->mem);
  if (size == 0) return;
  run->events = mem_resize(&run->mem, NULL, 0, size);
  if (!run->events) mem_fail(&run->mem);
  memset(run->events, 0, size);
}

static int64_t shortest_repeat(const Module *module)
{
  int64_t ret = INT64_MAX;
  for (uint32_t i = 0; i < module->Action_count; i++) {
    int64_t repeat = module->Action[i].repeat;
    if (repeat > 0 && repeat < ret) ret = repeat;
  }
  return ret;
}

static void open_run(mot_run *run, void *user)
{
  const Opening *opening = user;
  const mot_run_options *options = opening->options;
  const MetaRow *meta = opening->rules->module.Meta;
  if (options->has_lateness && options->lateness < 0) {
    session_fail(run, MOT_MISUSE, "the lateness is negative");
    return;
  }
  if (options->trace && options->threads > 1) {
    session_fail(run, MOT_MISUSE, "a run that is traced has one thread, not %u", options->threads);
    return;
  }
  run->traces = options->trace;
  trace_init(&run->trace, &run->mem);
  run->rules = opening->rules;
  run->plan = run->rules->plan;
  run->horizon = run->goal = INT64_MIN;
  run->repeats = shortest_repeat(run->plan->module);
  run->stretch = options->batch ? options->batch : STRETCH;
  run->records = options->records ? options->records & ~(unsigned)MOT_RECORDS_NONE : MOT_RECORDS_DEFAULT;
  run->end = options->has_end ? options->end : INT64_MAX;
  run->dedupes = meta->has_dedupe;
  held_init(&run->held, &run->mem);
  dedupe_init(&run->dedupe, &run->mem, meta->dedupe);
  rejects_init(&run->rejects, &run->mem);
  sequence_init(&run->sequence, &run->mem, options->has_lateness ? options->lateness : meta->lateness);
  copy_key(run, options->key);
  make_counts(run);
  run->typed = source_name_new(&run->mem, "");
  run->workers = workers_new(&run->mem, options->threads);
  run->typed_batch = workers_count(run->workers) > 1 ? TYPED_TOGETHER : TYPED_ALONE;
  if (options->batch) run->typed_batch = options->batch;
  input_init(&run->input, workers_count(run->workers), options);
  make_shards(run);
}

static mot_run *new_run(const mot_allocator *allocator)
{
  Mem mem;
  mem_init(&mem, allocator ? allocator->resize : NULL, allocator ? allocator->user : NULL);
  mot_run *run = mem_resize(&mem, NULL, 0, sizeof *run);
  if (!run) return NULL;
  memset(run, 0, sizeof *run);
  run->mem = mem;
  return run;
}

mot_status mot_run_open(const mot_rules *rules, const mot_run_options *options, mot_run **ret_run,
                        mot_error *error)
{
  static const mot_run_options defaults;
  Opening opening = {rules, options ? options : &defaults};
  if (error) error->text[0] = 0;
  mot_run *run = new_run(opening.options->allocator);
  if (!run) {
    if (error) snprintf(error->text, sizeof error->text, "there is not enough memory");
    return MOT_NO_MEMORY;
  }
  mot_status status = session_call(run, open_run, &opening);
  if (status == MOT_OK) {
    *ret_run = run;
    return MOT_OK;
  }
  if (error) *error = run->error;
  mot_run_free(run);
  return status;
}

/* ---- the end of it ---- */

static void free_shard(mot_run *run, Shard *shard, Mem *mem)
{
  engine_free(shard->engine);
  meter_free(shard->meter);
  decoder_free(shard->decoder);
  if (shard->batch.mem) batch_free(&shard->batch);
  if (shard->rejects.mem) reject_list_free(&shard->rejects);
  truths_free(&shard->truths);
  grow_free(&run->mem, shard->due, shard->due_room, sizeof *shard->due);
  grow_free(mem, shard->lines, shard->lines_room, 1);
}

static void free_shards(mot_run *run)
{
  if (!run->shards) return;
  merge_free(&run->merge);
  board_free(run->board);
  grow_free(&run->mem, run->meters, run->threads, sizeof *run->meters);
  for (unsigned i = 0; i < run->threads; i++) free_shard(run, &run->shards[i], workers_mem(run->workers, i));
  mem_resize(&run->mem, run->shards, run->threads * sizeof *run->shards, 0);
  grow_free(&run->mem, run->engines, run->threads, sizeof *run->engines);
}

void mot_run_free(mot_run *run)
{
  if (!run) return;
  free_shards(run);
  workers_free(run->workers);
  state_out_free(run->saving);
  if (run->trace.mem) trace_free(&run->trace);
  if (run->rejects.mem) rejects_free(&run->rejects);
  input_free(run);
  source_name_drop(run->typed);
  if (run->sequence.mem) sequence_free(&run->sequence);
  if (run->held.mem) held_free(&run->held);
  if (run->dedupe.mem) dedupe_free(&run->dedupe);
  if (run->types.mem) types_free(&run->types);
  if (run->events) grow_free(&run->mem, run->events, run->plan->module->Event_count, sizeof *run->events);
  grow_free(&run->mem, run->touched, run->touched_room, sizeof *run->touched);
  grow_free(&run->mem, run->taken, run->taken_room, sizeof *run->taken);
  grow_free(&run->mem, run->lines, run->lines_room, 1);
  grow_free(&run->mem, run->said, run->said_room, 1);
  grow_free(&run->mem, run->key, run->key_size, 1);
  Mem mem = run->mem;
  mem_resize(&mem, run, sizeof *run, 0);
}

const char *mot_run_error(const mot_run *run)
{
  return run->error.text;
}

/* ---- input ---- */

/* A call that needs the input to go on still. */
static mot_status call_open(mot_run *run, SessionBody body, void *user)
{
  if (run->state != RUN_ENDED) return session_call(run, body, user);
  session_fail(run, MOT_MISUSE, "the run has ended: nothing can follow mot_run_end");
  return MOT_MISUSE;
}

typedef struct SourceCall {
  const char *name;
  mot_format format;
} SourceCall;

static void begin_source(mot_run *run, void *user)
{
  const SourceCall *call = user;
  intake_typed(run);
  input_begin(run, call->name, call->format);
}

mot_status mot_run_source(mot_run *run, const char *name, mot_format format)
{
  SourceCall call = {name ? name : "", format};
  return call_open(run, begin_source, &call);
}

typedef struct Bytes {
  const char *data;
  size_t size;
} Bytes;

static void feed(mot_run *run, void *user)
{
  const Bytes *bytes = user;
  if (!run->input.source) {
    session_fail(run, MOT_MISUSE, "bytes without a source: mot_run_source comes first");
    return;
  }
  intake_typed(run);
  input_feed(run, bytes->data, bytes->size);
}

mot_status mot_run_feed(mot_run *run, const void *bytes, size_t size)
{
  Bytes call = {bytes, size};
  return call_open(run, feed, &call);
}

static void flush(mot_run *run, void *user)
{
  (void)user;
  intake_typed(run);
  input_drain(run);
}

mot_status mot_run_flush(mot_run *run)
{
  return call_open(run, flush, NULL);
}

void mot_run_stop(mot_run *run)
{
  if (run->state == RUN_REFUSED) return;
  if (run->state != RUN_ENDED) run->now = run->sequence.largest;
  if (run->horizon <= run->now) run->now = run->horizon == INT64_MIN ? MOT_NO_TIME : run->horizon - 1;
  run->state = RUN_ENDED;
  run->goal = run->horizon;
  run->asks_open = false;
}

/* False after saying that a time is none. */
static bool is_time(mot_run *run, int64_t time)
{
  const int64_t day = INT64_C(1000000) * SECONDS_OF_DAY;
  if (time >= CIVIL_FIRST_DAY * day && time < (CIVIL_LAST_DAY + 1) * day) return true;
  session_fail(run, MOT_MISUSE, "a time outside of the years 1 to 9999");
  return false;
}

static void advance(mot_run *run, void *user)
{
  int64_t time = *(const int64_t *)user;
  if (!is_time(run, time)) return;
  flush(run, NULL);
  sequence_advance(&run->sequence, time);
  session_go_on(run);
}

mot_status mot_run_advance(mot_run *run, int64_t time)
{
  return call_open(run, advance, &time);
}

/* The clock stops at the latest event, or at `until` if that is later. */
static void end_at(mot_run *run, int64_t until)
{
  intake_typed(run);
  input_end(run);
  run->state = RUN_ENDED;
  int64_t now = run->sequence.largest;
  if (run->goal > now) now = run->goal; /* mot_run_advance told that it is so late */
  if (until > now) now = until;
  run->now = now;
  if (now == INT64_MIN) return;
  run->asks_open = run->records & MOT_RECORD_OPEN;
  session_evaluate(run, now == INT64_MAX ? now : now + 1);
}

static void end(mot_run *run, void *user)
{
  int64_t until = *(const int64_t *)user;
  if (until == MOT_NO_TIME || is_time(run, until)) end_at(run, until);
}

mot_status mot_run_end(mot_run *run, int64_t until)
{
  return call_open(run, end, &until);
}
