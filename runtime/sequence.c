/*
 * sequence.c - the watermark, and the order of events.
 */
#include "runtime/sequence.h"

#include <string.h>

#include "runtime/grow.h"

/* How far before the end of a run an event is put in: moving that many keys costs less than a run of its
 * own. */
enum { REACH = 512 };

void sequence_init(Sequence *sequence, Mem *mem, int64_t lateness)
{
  *sequence = (Sequence){.mem = mem, .lateness = lateness, .largest = INT64_MIN, .watermark = INT64_MIN};
}

static void free_run(Sequence *sequence, SequenceRun *run)
{
  grow_free(sequence->mem, run->keys, run->room, sizeof *run->keys);
  *run = (SequenceRun){0};
}

void sequence_free(Sequence *sequence)
{
  for (unsigned i = 0; i < SEQUENCE_RUNS; i++) free_run(sequence, &sequence->runs[i]);
  grow_free(sequence->mem, sequence->merged, sequence->merged_room, sizeof *sequence->merged);
  sequence->merged = NULL;
  sequence->merged_room = sequence->count = 0;
}

void sequence_advance(Sequence *sequence, int64_t time)
{
  if (time > sequence->watermark) sequence->watermark = time;
}

void sequence_see_latest(Sequence *sequence, int64_t time)
{
  int64_t mark;
  sequence->largest = time;
  if (!__builtin_sub_overflow(time, sequence->lateness, &mark)) sequence_advance(sequence, mark);
}

/* ---- runs ---- */

static size_t length(const SequenceRun *run)
{
  return run->end - run->first;
}

/* Room for one more key at the end; keys that went leave theirs when that is half of it. */
static void make_room(Sequence *sequence, SequenceRun *run)
{
  if (run->end < run->room) return;
  if (run->first >= run->room / 2 && run->first > 0) {
    memmove(run->keys, run->keys + run->first, length(run) * sizeof *run->keys);
    run->end -= run->first;
    run->unkept -= run->first;
    run->first = 0;
    return;
  }
  run->keys = grow(sequence->mem, run->keys, &run->room, run->end + 1, sizeof *run->keys);
}

static void put(SequenceRun *run, size_t at, SequenceKey key)
{
  memmove(run->keys + at + 1, run->keys + at, (run->end - at) * sizeof key);
  run->keys[at] = key;
  run->end++;
  if (!key.chunk && at < run->unkept) run->unkept = at;
  if (key.chunk && at == run->unkept) run->unkept++;
}

/* The place of an event in a run: behind all of its time and before.  False: too far from the end. */
static bool find_place(const SequenceRun *run, int64_t time, size_t *ret_at)
{
  size_t at = run->end, stop = length(run) > REACH ? run->end - REACH : run->first;
  while (at > stop && run->keys[at - 1].time > time) at--;
  *ret_at = at;
  return at > stop || stop == run->first;
}

/* Keys of two runs, the first of them earlier in arrival. */
static void merge_into(SequenceRun *to, const SequenceRun *a, const SequenceRun *b)
{
  size_t i = a->first, j = b->first;
  to->unkept = SIZE_MAX;
  while (i < a->end || j < b->end) {
    bool second = i == a->end || (j < b->end && b->keys[j].time < a->keys[i].time);
    SequenceKey key = second ? b->keys[j++] : a->keys[i++];
    if (!key.chunk && to->unkept == SIZE_MAX) to->unkept = to->end;
    to->keys[to->end++] = key;
  }
  if (to->unkept == SIZE_MAX) to->unkept = to->end;
}

/* Makes one of the last two runs. */
static void merge_last(Sequence *sequence)
{
  SequenceRun *a = &sequence->runs[sequence->count - 2], *b = a + 1, both = {0};
  both.keys = grow(sequence->mem, NULL, &both.room, length(a) + length(b) + 1, sizeof *both.keys);
  merge_into(&both, a, b);
  free_run(sequence, a);
  free_run(sequence, b);
  *a = both;
  sequence->count--;
}

static SequenceRun *begin_run(Sequence *sequence)
{
  while (sequence->count >= 2) {
    const SequenceRun *last = &sequence->runs[sequence->count - 1];
    if (sequence->count < SEQUENCE_RUNS && length(last - 1) / 2 >= length(last)) break;
    merge_last(sequence);
  }
  return &sequence->runs[sequence->count++]; /* empty, perhaps with room from before */
}

void sequence_insert(Sequence *sequence, EventData *row, HeldChunk *chunk)
{
  size_t at = 0;
  SequenceRun *run = sequence->count ? &sequence->runs[sequence->count - 1] : NULL;
  if (!run || !find_place(run, row->time, &at)) {
    run = begin_run(sequence);
    at = run->end;
  }
  size_t from_end = run->end - at;
  make_room(sequence, run);
  put(run, run->end - from_end, (SequenceKey){row->time, row, chunk});
}

/* ---- taking out ---- */

/* Where in a run the keys of time < horizon end. */
static size_t due_end(const SequenceRun *run, int64_t horizon)
{
  size_t low = run->first, high = run->end;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (run->keys[middle].time < horizon)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void drop_to(SequenceRun *run, size_t first)
{
  run->first = first;
  if (run->unkept < first) run->unkept = first;
}

/* Runs that have become empty go, their room is kept behind the others. */
static void drop_empty(Sequence *sequence)
{
  unsigned kept = 0;
  for (unsigned i = 0; i < sequence->count; i++) {
    if (length(&sequence->runs[i]) == 0) continue;
    SequenceRun empty = sequence->runs[kept];
    sequence->runs[kept] = sequence->runs[i];
    if (kept != i) sequence->runs[i] = empty;
    kept++;
  }
  for (unsigned i = kept; i < sequence->count; i++)
    sequence->runs[i].first = sequence->runs[i].end = sequence->runs[i].unkept = 0;
  sequence->count = kept;
}

/* The run whose next due key is the first of all; NULL: none is due. */
static SequenceRun *first_of(Sequence *sequence, int64_t horizon)
{
  SequenceRun *best = NULL;
  int64_t time = horizon;
  for (unsigned i = 0; i < sequence->count; i++) {
    SequenceRun *run = &sequence->runs[i];
    if (run->first == run->end || run->keys[run->first].time >= time) continue;
    best = run;
    time = run->keys[run->first].time;
  }
  return best;
}

int64_t sequence_first(const Sequence *sequence)
{
  int64_t first = INT64_MAX;
  for (unsigned i = 0; i < sequence->count; i++) {
    const SequenceRun *run = &sequence->runs[i];
    if (run->first < run->end && run->keys[run->first].time < first) first = run->keys[run->first].time;
  }
  return first;
}

size_t sequence_due(const Sequence *sequence, int64_t horizon)
{
  size_t due = 0;
  for (unsigned i = 0; i < sequence->count; i++)
    due += due_end(&sequence->runs[i], horizon) - sequence->runs[i].first;
  return due;
}

int64_t sequence_horizon(const Sequence *sequence, int64_t horizon, size_t count)
{
  for (unsigned i = 0; i < sequence->count; i++) {
    const SequenceRun *run = &sequence->runs[i];
    if (length(run) <= count) continue;
    int64_t first = run->keys[run->first].time, time = run->keys[run->first + count].time;
    if (time == first) time++;
    if (time < horizon) horizon = time;
  }
  return horizon;
}

static size_t take_merged(Sequence *sequence, int64_t horizon)
{
  size_t count = 0, due = sequence_due(sequence, horizon);
  sequence->merged =
    grow(sequence->mem, sequence->merged, &sequence->merged_room, due, sizeof *sequence->merged);
  for (SequenceRun *run; (run = first_of(sequence, horizon)) != NULL; count++) {
    sequence->merged[count] = run->keys[run->first];
    drop_to(run, run->first + 1);
  }
  return count;
}

const SequenceKey *sequence_release(Sequence *sequence, int64_t horizon, size_t *ret_count)
{
  *ret_count = 0;
  if (sequence->count == 0) return NULL;
  const SequenceKey *keys;
  if (sequence->count == 1) {
    SequenceRun *run = &sequence->runs[0];
    size_t end = due_end(run, horizon);
    keys = run->keys + run->first;
    *ret_count = end - run->first;
    drop_to(run, end);
  } else {
    *ret_count = take_merged(sequence, horizon);
    keys = sequence->merged;
  }
  drop_empty(sequence);
  return keys;
}

const SequenceKey *sequence_all(Sequence *sequence, size_t *ret_count)
{
  while (sequence->count > 1) merge_last(sequence);
  *ret_count = sequence->count ? length(&sequence->runs[0]) : 0;
  return *ret_count ? sequence->runs[0].keys + sequence->runs[0].first : NULL;
}

void sequence_keep(Sequence *sequence, Held *held)
{
  for (unsigned i = 0; i < sequence->count; i++) {
    SequenceRun *run = &sequence->runs[i];
    for (; run->unkept < run->end; run->unkept++) {
      SequenceKey *key = &run->keys[run->unkept];
      if (!key->chunk) key->row = held_keep(held, key->row, &key->chunk);
    }
  }
}
