/*
 * sequence.h - events in order of arrival come out in order of (time, arrival), once the
 * watermark has passed them.
 *
 * Waiting events lie in runs, each in order, by arrival one behind the other:
 *
 *     run 0            run 1      run 2
 *     | older, big … | | … |      | newest, events go here |
 *
 * An event goes to the end of the newest run, or a little before it; one that would have to go
 * further begins a run, and runs are merged so that each is at least twice as long as the next.
 * Nearly ordered input thus needs one run and hardly any moving, and any other n log n.
 */
#ifndef MOT_RUNTIME_SEQUENCE_H
#define MOT_RUNTIME_SEQUENCE_H

#include "runtime/held.h"

typedef struct SequenceKey {
  int64_t time;
  EventData *row;
  HeldChunk *chunk;       /* where the row is kept; NULL: in a batch still */
} SequenceKey;

typedef struct SequenceRun {
  SequenceKey *keys;
  size_t first, end, room;
  size_t unkept;          /* all before it have a chunk */
} SequenceRun;

enum { SEQUENCE_RUNS = 40 };

typedef struct Sequence {
  Mem *mem;
  int64_t lateness;
  int64_t largest;        /* time of an accepted event; INT64_MIN: none yet */
  int64_t watermark;      /* INT64_MIN: none yet */
  SequenceRun runs[SEQUENCE_RUNS];
  unsigned count;
  SequenceKey *merged;    /* what sequence_release handed out when it came from several runs */
  size_t merged_room;
} Sequence;

void sequence_init(Sequence *sequence, Mem *mem, int64_t lateness);
void sequence_free(Sequence *sequence);

static inline bool sequence_late(const Sequence *sequence, int64_t time)
{
  return time < sequence->watermark;
}
/* Moves the watermark for an event that is not late; for the latest so far. */
void sequence_see_latest(Sequence *sequence, int64_t time);
static inline void sequence_see(Sequence *sequence, int64_t time)
{
  if (time > sequence->largest) sequence_see_latest(sequence, time);
}
/* The watermark is `time` at least. */
void sequence_advance(Sequence *sequence, int64_t time);
/* Adds an event that is not late; `chunk` NULL: sequence_keep must come before its memory goes. */
void sequence_insert(Sequence *sequence, EventData *row, HeldChunk *chunk);
static inline void sequence_add(Sequence *sequence, EventData *row, HeldChunk *chunk)
{
  SequenceRun *run = &sequence->runs[sequence->count ? sequence->count - 1 : 0];
  bool at_end = !chunk && sequence->count && run->end < run->room && run->end > run->first;
  if (at_end && row->time >= run->keys[run->end - 1].time) /* nearly always */
    run->keys[run->end++] = (SequenceKey){row->time, row, NULL};
  else
    sequence_insert(sequence, row, chunk);
}

/* Takes out the events of time < `horizon`, in order; good until the next sequence_add or release. */
const SequenceKey *sequence_release(Sequence *sequence, int64_t horizon, size_t *ret_count);
/* Time of the first; INT64_MAX: none waits. */
int64_t sequence_first(const Sequence *sequence);
/* How many are of time < `horizon`. */
size_t sequence_due(const Sequence *sequence, int64_t horizon);
/* An instant, at most `horizon`, before which about `count` events are due, or all of the first one's instant. */
int64_t sequence_horizon(const Sequence *sequence, int64_t horizon, size_t count);
/* All that wait, in order, without taking them out; good until the next call. */
const SequenceKey *sequence_all(Sequence *sequence, size_t *ret_count);
/* Copies what still lies in batches. */
void sequence_keep(Sequence *sequence, Held *held);

#endif
