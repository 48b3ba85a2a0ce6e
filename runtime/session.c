/*
 * session.c - evaluation: what is due goes to the threads, their records are merged.
 */
#include "runtime/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/grow.h"
#include "runtime/undecided.h"

/* Below this the threads would take longer to wake up than to work. */
enum { TOGETHER_LEAST = 200 };

void session_fail(mot_run *run, mot_status status, const char *format, ...)
{
  run->status = status;
  va_list args;
  va_start(args, format);
  vsnprintf(run->error.text, sizeof run->error.text, format, args);
  va_end(args);
}

static void refused(mot_run *run)
{
  run->state = RUN_REFUSED;
  session_fail(run, MOT_NO_MEMORY, "there is not enough memory");
}

mot_status session_call(mot_run *run, SessionBody body, void *user)
{
  jmp_buf oom;
  if (run->state == RUN_REFUSED) {
    refused(run);
    return MOT_NO_MEMORY;
  }
  run->status = MOT_OK;
  run->error.text[0] = 0;
  run->mem.oom = &oom;
  if (setjmp(oom) == 0) {
    body(run, user);
  } else {
    refused(run);
  }
  run->mem.oom = NULL;
  return run->status;
}

void session_need(mot_run *run, bool done)
{
  if (!done) mem_fail(&run->mem);
}

/* ---- what is due ---- */

/* hash % shards; a division takes longer than all else that is done for an event here. */
static inline unsigned shard_of(uint64_t hash, unsigned shards)
{
  return (unsigned)((shards & (shards - 1)) == 0 ? hash & (shards - 1) : hash % shards);
}

/* Gives an event to the shards that it concerns: with one key space only that of its key. */
static inline void route(mot_run *run, EventData *row)
{
  Shard *shards = run->shards;
  if (run->threads == 1) {
    shards->due[shards->due_count++] = row;
  } else if (run->plan->space_count == 1 && !is_notice(run->plan, row->event)) {
    Shard *shard = &shards[shard_of(row->hash, run->threads)];
    shard->due[shard->due_count++] = row;
  } else {
    for (unsigned i = 0; i < run->threads; i++) shards[i].due[shards[i].due_count++] = row;
  }
}

/* Whether an event is no duplicate, and one that the engines know. */
static bool is_taken(mot_run *run, const EventData *row, uint64_t hash)
{
  if (row->id.len > 0 &&
      dedupe_seen(&run->dedupe, row->time, hash, event_text(row, row->id), row->id.len)) {
    run->duplicates++;
    if (row->event != MOT_NONE) run->events[row->event].accepted--;
    return false;
  }
  if (row->event != MOT_NONE) return true;
  run->unmapped++;
  types_count(&run->types, row->truths);
  return false;
}

static uint64_t id_hash(const EventData *row)
{
  return row->id.len > 0 ? dedupe_hash(event_text(row, row->id), row->id.len) : 0;
}

/* With the slots of the next few ids on their way to the cache. */
static void route_distinct(mot_run *run, const SequenceKey *keys, size_t count)
{
  enum { AHEAD = 8 };
  uint64_t hashes[AHEAD];
  for (size_t i = 0; i < count + AHEAD; i++) {
    if (i >= AHEAD && is_taken(run, keys[i - AHEAD].row, hashes[i % AHEAD])) route(run, keys[i - AHEAD].row);
    if (i >= count) continue;
    hashes[i % AHEAD] = id_hash(keys[i].row);
    dedupe_prefetch(&run->dedupe, hashes[i % AHEAD]);
  }
}

static void route_to_one(Shard *shard, const SequenceKey *keys, size_t count)
{
  EventData **due = shard->due;
  for (size_t i = 0; i < count; i++) due[i] = keys[i].row;
  shard->due_count = count;
}

/* Without duplicates all that waited are for the engines: intake keeps nothing else. */
static void route_all(mot_run *run, const SequenceKey *keys, size_t count)
{
  for (unsigned i = 0; i < run->threads; i++) {
    Shard *shard = &run->shards[i];
    shard->due_count = 0;
    shard->due = grow(&run->mem, shard->due, &shard->due_room, count, sizeof *shard->due);
  }
  if (run->dedupes) {
    route_distinct(run, keys, count);
    return;
  }
  if (run->threads == 1) {
    route_to_one(&run->shards[0], keys, count);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    if (i + 12 < count) __builtin_prefetch(&keys[i + 12].row->hash);
    route(run, keys[i].row);
  }
}

/* ---- evaluation ---- */

static void evaluate_shard(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  Outcomes *outcomes = &run->merge.open->each[worker];
  if (shard->due_count > UINT32_MAX) mem_fail(workers_mem(run->workers, worker));
  engine_run(shard->engine, shard->due, (uint32_t)shard->due_count, run->horizon, outcomes);
}

/* What is about many customers, once all threads are through. */
static void judge(void *user, unsigned worker)
{
  mot_run *run = user;
  const Shard *shard = &run->shards[worker];
  Outcomes *outcomes = &run->merge.open->each[worker];
  board_run(run->board, shard->due, (uint32_t)shard->due_count, run->horizon, outcomes);
  outcomes_sort(run->plan, outcomes);
}

static void clear_batches(mot_run *run)
{
  sequence_keep(&run->sequence, &run->held);
  for (unsigned i = 0; i < run->threads; i++) batch_clear(&run->shards[i].batch);
}

/* How much there is that has an alert, or may come to have one in a stretch of `events`, about. */
static uint64_t alertable(mot_run *run, size_t events)
{
  const Module *module = run->plan->module;
  uint64_t count = events;
  for (unsigned i = 0; i < run->threads; i++) {
    const EngineCounts *counts = engine_counts(run->shards[i].engine);
    count += counts->acts.alerts[ACT_RAISED] - counts->acts.alerts[ACT_CLEARED];
    for (uint32_t k = 0; k < module->Experience_count; k++)
      count += counts->experiences[k].started - counts->experiences[k].over;
    for (uint32_t k = 0; k < module->Mot_count; k++) count += counts->mots[k].decided[OUTCOME_OPEN];
  }
  return run->board ? count + board_alertable(run->board) : count;
}

/* An instant, at most `end`, before which alerts that repeat come not too often: those too that are raised on
 * the way, for which no timer is there yet. */
static int64_t repeats_end(mot_run *run, int64_t end)
{
  enum { REPEATS = 131072 };
  int64_t from = run->horizon, length;
  if (run->repeats == INT64_MAX) return end;
  uint64_t most = run->stretch > REPEATS ? run->stretch : REPEATS;
  uint64_t count = alertable(run, sequence_due(&run->sequence, end));
  if (from == INT64_MIN) from = sequence_first(&run->sequence); /* nothing is there before */
  if (count == 0 || from >= end) return end;
  int64_t times = count < most ? (int64_t)(most / count) : 1;
  if (__builtin_mul_overflow(run->repeats, times, &length)) return end;
  return __builtin_add_overflow(from, length, &from) || from > end ? end : from;
}

/* Where the next stretch ends: its events and timers are not too many, and no instant is cut. */
static int64_t stretch_end(mot_run *run)
{
  int64_t end = repeats_end(run, sequence_horizon(&run->sequence, run->goal, run->stretch));
  uint32_t timers = run->stretch < UINT32_MAX / 2 ? (uint32_t)run->stretch : UINT32_MAX / 2;
  if (run->horizon >= end) return end;
  for (unsigned i = 0; i < run->threads; i++)
    end = engine_horizon(run->shards[i].engine, run->horizon, end, timers);
  if (run->board) end = board_horizon(run->board, end, timers);
  /* The last instant by itself: among its records are those of what is undecided. */
  return run->asks_open && run->horizon < run->now && run->now < end ? run->now : end;
}

static bool is_left(const mot_run *run)
{
  return run->goal > run->horizon || run->asks_open;
}

static int by_address(const void *a, const void *b)
{
  uintptr_t one = (uintptr_t)*(const EventData *const *)a, other = (uintptr_t)*(const EventData *const *)b;
  return (one > other) - (one < other);
}

/* Events of kinds that reach several key spaces count once, whichever engines they concerned. */
static void count_touched(mot_run *run)
{
  size_t all = 0, at = 0;
  uint32_t count;
  for (unsigned i = 0; i < run->threads; i++) {
    engine_touched(run->shards[i].engine, &count);
    all += count;
  }
  if (all == 0) return;
  run->touched = grow(&run->mem, run->touched, &run->touched_room, all, sizeof *run->touched);
  for (unsigned i = 0; i < run->threads; i++) {
    const EventData *const *rows = engine_touched(run->shards[i].engine, &count);
    if (count > 0) memcpy(run->touched + at, rows, count * sizeof *rows);
    at += count;
  }
  qsort(run->touched, all, sizeof *run->touched, by_address);
  for (size_t i = 0; i < all; i++)
    if (i == 0 || run->touched[i] != run->touched[i - 1]) run->events[run->touched[i]->event].touched++;
}

/* Events and timers before the end of a stretch; its records make a block. */
static void evaluate_stretch(mot_run *run)
{
  size_t count;
  int64_t end = stretch_end(run);
  const SequenceKey *keys = sequence_release(&run->sequence, end, &count);
  bool small = count < TOGETHER_LEAST && run->state == RUN_OPEN && end >= run->goal;
  bool keeps = run->asks_open && end >= run->goal;
  run->horizon = end;
  route_all(run, keys, count);
  merge_open(&run->merge);
  session_need(run, small ? workers_in_turn(run->workers, evaluate_shard, run)
                          : workers_together(run->workers, evaluate_shard, run));
  if (run->board) session_need(run, workers_first(run->workers, judge, run));
  run->told += keeps ? merge_keep(&run->merge) : merge_close(&run->merge);
  count_touched(run);
  for (size_t i = 0; i < count; i++)
    if (keys[i].chunk) held_release(&run->held, keys[i].chunk);
}

/* The next part of what is left. */
static void evaluate_some(mot_run *run)
{
  if (run->goal > run->horizon)
    evaluate_stretch(run);
  else
    run->asks_open = undecided_tell(run);
}

void session_evaluate(mot_run *run, int64_t horizon)
{
  if (horizon > run->goal) run->goal = horizon;
  while (is_left(run)) {
    evaluate_some(run);
    /* records that nobody takes are no reason to wait; events that come faster than they go are */
    if (run->records != 0 && sequence_due(&run->sequence, run->goal) <= run->stretch) break;
  }
  clear_batches(run);
}

void session_next(mot_run *run)
{
  while (is_left(run) && !merge_ready(&run->merge)) evaluate_some(run);
}

bool session_some(mot_run *run)
{
  if (!is_left(run)) return false;
  evaluate_some(run);
  return true;
}

void session_rest(mot_run *run)
{
  while (is_left(run)) evaluate_some(run);
}

static void finish(mot_run *run, void *user)
{
  (void)user;
  session_rest(run);
}

bool session_finish(mot_run *run)
{
  return run->state != RUN_REFUSED && (!is_left(run) || session_call(run, finish, NULL) == MOT_OK);
}

void session_go_on(mot_run *run)
{
  session_evaluate(run, run->sequence.watermark);
}
