/*
 * intake.c - from a block of whole lines to events in order: all threads decode a part of it,
 * then one goes through the parts in order of arrival.
 */
#include <string.h>

#include "runtime/intake.h"
#include "runtime/lines.h"
#include "runtime/session.h"

/* Below this a part is not worth waking a thread for. */
enum { PART_LEAST = 32 << 10 };

static void keep_reject(void *user, const Reject *reject)
{
  reject_list_add(user, reject);
}

static void decode_part(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  if (shard->size == 0) return;
  if (run->input.format == MOT_CSV)
    decode_csv(shard->decoder, shard->text, shard->size, &shard->at, &shard->batch, keep_reject,
               &shard->rejects);
  else
    decode_json(shard->decoder, shard->text, shard->size, &shard->at, &shard->batch, keep_reject,
                &shard->rejects);
  truths_find(&shard->truths, &shard->batch);
}

/* One part of about the same size for each thread; returns for how many threads. */
static unsigned cut(mot_run *run, const char *text, size_t size)
{
  unsigned threads = size / PART_LEAST < run->threads ? 1 : run->threads;
  for (unsigned i = 0; i < run->threads; i++) {
    Shard *shard = &run->shards[i];
    size_t part = i + 1 >= threads ? size : size / (threads - i);
    if (part < size) part = lines_whole(run->input.format, text, part, false);
    shard->text = text;
    shard->size = part;
    shard->at = (Position){0};
    text += part;
    size -= part;
  }
  return threads;
}

void intake_reject(mot_run *run, const Reject *reject, SourceName *source)
{
  rejects_put(&run->rejects, reject, source);
  if (reject->reason == REJECT_LATE)
    run->late++;
  else
    run->rejected++;
}

/* ---- one part, in order of arrival ---- */

typedef struct Part {
  mot_run *run;
  Shard *shard;
  Position base;          /* of its beginning */
  SourceName *source;
  size_t next_reject;
  LineFinder finder;      /* text NULL: typed events */
} Part;

/* Dead letters of the decoder that arrived before `arrival`, which counts from the part. */
static void put_rejects(Part *part, uint64_t arrival)
{
  RejectList *list = &part->shard->rejects;
  for (; part->next_reject < list->len; part->next_reject++) {
    Reject reject = list->data[part->next_reject];
    if (reject.arrival >= arrival) return;
    reject.line += part->base.line;
    reject.offset += part->base.offset;
    reject.arrival += part->base.arrival;
    intake_reject(part->run, &reject, part->source);
  }
}

static void put_late(Part *part, uint64_t arrival)
{
  put_rejects(part, arrival);
  Position at = {arrival + 1, 0, arrival};
  if (part->finder.text) at = lines_find(&part->finder, arrival);
  Reject reject = {REJECT_LATE, part->base.line + at.line, part->base.offset + at.offset,
                   part->base.arrival + arrival, NULL};
  intake_reject(part->run, &reject, part->source);
}

/* Whether nothing but its time counts of an unmapped event: no other can be its duplicate. */
static bool only_time(const mot_run *run, const EventData *row)
{
  return !run->dedupes || row->id.len == 0;
}

/* The number of an unmapped row's type, which the row has from then on. */
static uint32_t type_number(mot_run *run, EventData *row)
{
  const Module *module = run->plan->module;
  EventText place;
  uint32_t len;
  if (row->truths != TYPE_NEW) return row->truths;
  memcpy(&place, &row->hash, sizeof place);
  if (place.at == 0 && place.len > 0) {
    const char *raw = module_string(module, module->Event[place.len - 1].raw, &len);
    row->truths = types_add(&run->types, raw, len);
  } else {
    row->truths = types_add(&run->types, event_text(row, place), place.len);
  }
  row->hash = 0;
  return row->truths;
}

/* Rows of another thread lie in its core's cache: they are asked for some time before they are looked at. */
enum { ROWS_AHEAD = 12 };

static void take_part(Part *part)
{
  mot_run *run = part->run;
  Sequence *sequence = &run->sequence;
  const EventBatch *batch = &part->shard->batch;
  for (uint32_t i = 0; i < batch->count; i++) {
    EventData *row = batch_event(batch, i);
    if (i + ROWS_AHEAD < batch->count) __builtin_prefetch(batch_event(batch, i + ROWS_AHEAD), 1);
    if (row->time >= run->end) {
      run->passed++;
      continue;
    }
    if (sequence_late(sequence, row->time)) {
      put_late(part, row->arrival);
      continue;
    }
    sequence_see(sequence, row->time);
    if (row->event == MOT_NONE) {
      uint32_t type = type_number(run, row);
      if (only_time(run, row)) {
        run->unmapped++;
        types_count(&run->types, type);
        continue;
      }
    } else {
      run->events[row->event].accepted++;
    }
    row->arrival += part->base.arrival;
    sequence_add(sequence, row, NULL);
  }
  put_rejects(part, UINT64_MAX);
  part->shard->rejects.len = 0;
}

void intake_lines(mot_run *run, const char *text, size_t size)
{
  unsigned threads = cut(run, text, size);
  session_need(run, threads > 1 ? workers_together(run->workers, decode_part, run)
                                : workers_first(run->workers, decode_part, run));
  Position *at = &run->input.at;
  for (unsigned i = 0; i < threads; i++) {
    Shard *shard = &run->shards[i];
    Part part = {.run = run, .shard = shard, .base = *at, .source = run->input.source,
                 .finder = {.format = run->input.format, .text = shard->text, .size = shard->size}};
    take_part(&part);
    at->line += shard->at.line;
    at->offset += shard->at.offset;
    at->arrival += shard->at.arrival;
  }
  session_go_on(run);
}

void intake_typed(mot_run *run)
{
  Shard *shard = &run->shards[0];
  run->building = false;
  if (shard->batch.count == 0 && shard->rejects.len == 0) return;
  Part part = {.run = run, .shard = shard, .source = run->typed};
  truths_find(&shard->truths, &shard->batch);
  take_part(&part);
  session_go_on(run);
}
