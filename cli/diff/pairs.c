/*
 * pairs.c - see pairs.h.
 */
#include "cli/diff/pairs.h"

#include <stdlib.h>
#include <string.h>

enum { ROOMS_FIRST = 1024, SWEEP_LEAST = 65536 };

struct Pair { /* one that waits; in the list of its room, oldest first */
  Pair *next;
  uint64_t hash;
  int side;
  DiffExperience *experience;
  DiffRow *row;
  int64_t opened, started;
  mot_journey_end journey_end;
  DiffEnd end;         /* its text stands behind the key */
  size_t key_size;
  char key[];
};

bool pairs_begin(Pairs *pairs, size_t examples)
{
  *pairs = (Pairs){.rooms = ROOMS_FIRST, .examples = examples};
  pairs->heads = calloc(ROOMS_FIRST, sizeof *pairs->heads);
  pairs->tails = calloc(ROOMS_FIRST, sizeof *pairs->tails);
  return pairs->heads && pairs->tails;
}

void pairs_free(Pairs *pairs)
{
  for (size_t i = 0; pairs->heads && i < pairs->rooms; i++)
    for (Pair *pair = pairs->heads[i], *next; pair; pair = next) {
      next = pair->next;
      free(pair);
    }
  free(pairs->heads);
  free(pairs->tails);
  *pairs = (Pairs){.heads = NULL};
}

/* ---- the table ---- */

/* FNV-1a over what tells moments apart. */
static uint64_t add_hash(uint64_t hash, const void *bytes, size_t size)
{
  const unsigned char *at = bytes;
  for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * 1099511628211u;
  return hash;
}

static uint64_t hash_of(const Decided *decided)
{
  const void *of[2] = {decided->experience, decided->row};
  int64_t times[2] = {decided->opened, decided->started};
  uint64_t hash = add_hash(14695981039346656037u, of, sizeof of);
  hash = add_hash(add_hash(hash, times, sizeof times), decided->key, decided->key_size);
  return hash ^ hash >> 32;
}

static bool alike(const Pair *pair, const Decided *decided, uint64_t hash)
{
  return pair->hash == hash && pair->side != decided->side && pair->row == decided->row &&
    pair->experience == decided->experience && pair->opened == decided->opened && pair->started == decided->started &&
    pair->key_size == decided->key_size && memcmp(pair->key, decided->key, pair->key_size) == 0;
}

static void append(Pairs *pairs, Pair *pair)
{
  size_t room = pair->hash & (pairs->rooms - 1);
  pair->next = NULL;
  if (pairs->heads[room])
    pairs->tails[room]->next = pair;
  else
    pairs->heads[room] = pair;
  pairs->tails[room] = pair;
}

/* Unlinks and returns the first that is alike; NULL: none waits. */
static Pair *take_alike(Pairs *pairs, const Decided *decided, uint64_t hash)
{
  size_t room = hash & (pairs->rooms - 1);
  Pair *before = NULL;
  for (Pair *pair = pairs->heads[room]; pair; before = pair, pair = pair->next) {
    if (!alike(pair, decided, hash)) continue;
    if (before)
      before->next = pair->next;
    else
      pairs->heads[room] = pair->next;
    if (pairs->tails[room] == pair) pairs->tails[room] = before;
    pairs->count--;
    return pair;
  }
  return NULL;
}

static bool grow(Pairs *pairs)
{
  Pairs wider = *pairs;
  wider.rooms = pairs->rooms * 2;
  wider.heads = calloc(wider.rooms, sizeof *wider.heads);
  wider.tails = calloc(wider.rooms, sizeof *wider.tails);
  if (!wider.heads || !wider.tails) {
    free(wider.heads);
    free(wider.tails);
    return false;
  }
  for (size_t i = 0; i < pairs->rooms; i++)
    for (Pair *pair = pairs->heads[i], *next; pair; pair = next) {
      next = pair->next;
      append(&wider, pair);
    }
  free(pairs->heads);
  free(pairs->tails);
  *pairs = wider;
  return true;
}

static Pair *pair_new(const Decided *decided, uint64_t hash)
{
  size_t because = decided->end.because ? strlen(decided->end.because) + 1 : 0;
  Pair *pair = malloc(sizeof *pair + decided->key_size + because);
  if (!pair) return NULL;
  *pair = (Pair){.hash = hash, .side = decided->side, .experience = decided->experience, .row = decided->row,
                 .opened = decided->opened, .started = decided->started, .journey_end = decided->journey_end,
                 .end = decided->end, .key_size = decided->key_size};
  memcpy(pair->key, decided->key, pair->key_size);
  if (because) pair->end.because = memcpy(pair->key + pair->key_size, decided->end.because, because);
  return pair;
}

static bool wait_for_alike(Pairs *pairs, const Decided *decided, uint64_t hash)
{
  if (pairs->count >= pairs->rooms && !grow(pairs)) return false;
  Pair *pair = pair_new(decided, hash);
  if (!pair) return false;
  append(pairs, pair);
  pairs->count++;
  if (pairs->count > pairs->most) pairs->most = pairs->count;
  return true;
}

/* ---- examples ---- */

/* "c045, o1000" */
static char *key_words(const char *key, size_t size)
{
  char *words = malloc(size * 2 + 1), *to = words;
  if (!words) return NULL;
  for (const char *at = key; at < key + size;) {
    size_t len;
    memcpy(&len, at, sizeof len);
    at += sizeof len;
    if (to > words) to = (char *)memcpy(to, ", ", 2) + 2;
    memcpy(to, at, len);
    to += len;
    at += len;
  }
  *to = 0;
  return words;
}

static bool copy_because(DiffEnd *end)
{
  if (!end->because) return true;
  end->because = strdup(end->because);
  return end->because != NULL;
}

static void example_free(DiffExample *example)
{
  free(example->key);
  for (int side = 0; side < DIFF_SIDES; side++) free(example->end[side].because);
}

/* Other outcomes before other times; the first by opening, then by key, whatever came first. */
static bool comes_before(const DiffExample *a, const DiffExample *b)
{
  if (a->moved != b->moved) return b->moved;
  return a->opened != b->opened ? a->opened < b->opened : strcmp(a->key, b->key) < 0;
}

static void example_keep(const Pairs *pairs, DiffRow *row, const DiffExample *example)
{
  size_t at = row->example_count;
  while (at > 0 && comes_before(example, &row->examples[at - 1])) at--;
  if (row->example_count == pairs->examples) example_free(&row->examples[--row->example_count]);
  memmove(&row->examples[at + 1], &row->examples[at], (row->example_count - at) * sizeof *row->examples);
  row->examples[at] = *example;
  row->example_count++;
}

static bool full(const Pairs *pairs, const DiffRow *row)
{
  return row->example_count == pairs->examples;
}

/* Whether it can be told without its key that it is not among the first. */
static bool surely_behind(const Pairs *pairs, const DiffRow *row, const DiffExample *example)
{
  if (!full(pairs, row)) return false;
  const DiffExample *last = &row->examples[row->example_count - 1];
  return example->moved != last->moved ? example->moved : example->opened > last->opened;
}

/* `ends` is of both sides; what is not there is left out. */
static bool example_add(const Pairs *pairs, DiffRow *row, const Pair *pair, const DiffEnd ends[DIFF_SIDES])
{
  bool moved = ends[DIFF_OLD].there && ends[DIFF_NEW].there && ends[DIFF_OLD].outcome == ends[DIFF_NEW].outcome;
  DiffExample example = {.opened = pair->opened, .moved = moved, .end = {ends[DIFF_OLD], ends[DIFF_NEW]}};
  if (pairs->examples == 0 || surely_behind(pairs, row, &example)) return true;
  if (!row->examples) row->examples = calloc(pairs->examples, sizeof *row->examples);
  example.key = row->examples ? key_words(pair->key, pair->key_size) : NULL;
  if (!example.key) return false;
  if (full(pairs, row) && !comes_before(&example, &row->examples[row->example_count - 1])) {
    free(example.key);
    return true;
  }
  bool fine = copy_because(&example.end[DIFF_OLD]);
  if (!copy_because(&example.end[DIFF_NEW])) fine = false;
  if (fine)
    example_keep(pairs, row, &example);
  else
    example_free(&example);
  return fine;
}

/* ---- what becomes of them ---- */

static bool settle_alone(const Pairs *pairs, const Pair *pair)
{
  if (!pair->row) {
    const DiffRow *sco = &pair->experience->rows[0]; /* where journeys are the same, it lives on under the other */
    bool same = sco->only[DIFF_OLD] + sco->only[DIFF_NEW] == 0;
    if (same) pair->experience->ended_otherwise++;
    return true;
  }
  DiffEnd ends[DIFF_SIDES] = {{.there = false}, {.there = false}};
  ends[pair->side] = pair->end;
  pair->row->only[pair->side]++;
  return !pair->row->there[!pair->side] || example_add(pairs, pair->row, pair, ends);
}

static bool settle_both(const Pairs *pairs, const Pair *pair, const Decided *decided)
{
  bool same_time = pair->end.decided == decided->end.decided;
  if (!pair->row) {
    if (!same_time || pair->journey_end != decided->journey_end) pair->experience->ended_otherwise++;
    return true;
  }
  DiffEnd ends[DIFF_SIDES];
  ends[pair->side] = pair->end;
  ends[decided->side] = decided->end;
  mot_outcome was = ends[DIFF_OLD].outcome, is = ends[DIFF_NEW].outcome;
  pair->row->turned[was][is]++;
  if (was == is && same_time && pair->end.reason == decided->end.reason) return true;
  if (was == is) pair->row->moved++;
  return example_add(pairs, pair->row, pair, ends);
}

bool pairs_put(Pairs *pairs, const Decided *decided)
{
  bool both = decided->row ? decided->row->there[!decided->side]
                           : decided->experience->number[!decided->side] != MOT_NOT_FOUND;
  uint64_t hash = hash_of(decided);
  if (both) {
    Pair *pair = take_alike(pairs, decided, hash);
    if (!pair) return wait_for_alike(pairs, decided, hash);
    bool fine = settle_both(pairs, pair, decided);
    free(pair);
    return fine;
  }
  if (!decided->row) return true;
  Pair *alone = pair_new(decided, hash);
  bool fine = alone && settle_alone(pairs, alone);
  free(alone);
  return fine;
}

/* ---- those that wait in vain ---- */

bool pairs_want_sweep(const Pairs *pairs)
{
  return pairs->count > SWEEP_LEAST && pairs->count > pairs->swept * 2;
}

static bool expired(const Pair *pair, int64_t time)
{
  int64_t end;
  return !__builtin_add_overflow(pair->started, pair->experience->expires, &end) && end < time;
}

/* Moments and SCOs go before journeys, which ask whether SCOs were alone. */
static bool sweep_room(Pairs *pairs, size_t room, int64_t time, bool all, bool journeys)
{
  Pair *pair = pairs->heads[room];
  bool fine = true;
  pairs->heads[room] = pairs->tails[room] = NULL;
  for (Pair *next; pair; pair = next) {
    next = pair->next;
    if (journeys != !pair->row || !(all || expired(pair, time))) {
      append(pairs, pair);
      continue;
    }
    fine = settle_alone(pairs, pair) && fine;
    pairs->count--;
    free(pair);
  }
  return fine;
}

static bool sweep(Pairs *pairs, int64_t time, bool all)
{
  bool fine = true;
  for (int journeys = 0; journeys < 2; journeys++)
    for (size_t room = 0; room < pairs->rooms; room++) fine = sweep_room(pairs, room, time, all, journeys) && fine;
  pairs->swept = pairs->count;
  return fine;
}

bool pairs_sweep(Pairs *pairs, int64_t time)
{
  return sweep(pairs, time, false);
}

bool pairs_end(Pairs *pairs)
{
  return sweep(pairs, 0, true);
}
