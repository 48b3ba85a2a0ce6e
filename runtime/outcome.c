/*
 * outcome.c - records of a stretch of time: kept, and put in order.
 */
#include "runtime/outcome.h"

#include <string.h>

enum { FIRST_BYTES = 1 << 16, FIRST_RECORDS = 256 };

void outcomes_init(Outcomes *outcomes, Mem *mem)
{
  *outcomes = (Outcomes){.mem = mem};
}

void outcomes_clear(Outcomes *outcomes)
{
  outcomes->size = 0;
  outcomes->count = 0;
}

void outcomes_free(Outcomes *outcomes)
{
  mem_resize(outcomes->mem, outcomes->bytes, outcomes->room, 0);
  mem_resize(outcomes->mem, outcomes->places, sizeof *outcomes->places * outcomes->places_room, 0);
  outcomes_init(outcomes, outcomes->mem);
}

/* Resizes or leaves through mem->oom with everything as it was. */
static void *resized(Mem *mem, void *p, size_t old, size_t size)
{
  void *ret = mem_resize(mem, p, old, size);
  if (!ret) mem_fail(mem);
  return ret;
}

static void grow_bytes(Outcomes *outcomes, size_t most)
{
  size_t room = outcomes->room ? outcomes->room : FIRST_BYTES;
  while (room - outcomes->size < most) room *= 2;
  if (room == outcomes->room) return;
  outcomes->bytes = resized(outcomes->mem, outcomes->bytes, outcomes->room, room);
  outcomes->room = room;
}

static void grow_places(Outcomes *outcomes)
{
  const size_t each = sizeof *outcomes->places;
  if (outcomes->places_room > UINT32_MAX / 2) mem_fail(outcomes->mem);
  uint32_t room = outcomes->places_room ? outcomes->places_room * 2 : FIRST_RECORDS;
  outcomes->places = resized(outcomes->mem, outcomes->places, each * outcomes->places_room, each * room);
  outcomes->places_room = room;
}

void outcomes_grow(Outcomes *outcomes, size_t most)
{
  if (most > OUTCOME_MOST) mem_fail(outcomes->mem);
  grow_bytes(outcomes, most);
  if (outcomes->count == outcomes->places_room) grow_places(outcomes);
}

/* ---- the order ---- */

static int compare_texts(const OutcomeRecord *a, OutcomeText x, const OutcomeRecord *b, OutcomeText y)
{
  uint32_t shorter = x.len < y.len ? x.len : y.len;
  int order = memcmp(outcome_at(a, x), outcome_at(b, y), shorter);
  return order ? order : (x.len > y.len) - (x.len < y.len);
}

static uint32_t key_rank(const Plan *plan, const OutcomeRecord *record)
{
  return plan->spaces[plan->experiences[record->experience].space].rank;
}

static int by_number(const OutcomeRecord *a, const OutcomeRecord *b)
{
  return (a->number > b->number) - (a->number < b->number);
}

int outcome_order(const Plan *plan, const OutcomeRecord *a, const OutcomeRecord *b)
{
  if (a->time != b->time) return a->time < b->time ? -1 : 1;
  bool free = a->keys.len == 0; /* without a key */
  if (free != (b->keys.len == 0)) return free ? 1 : -1;
  if (free) return by_number(a, b);
  int order = compare_texts(a, outcome_key(a, 0), b, outcome_key(b, 0));
  if (order) return order;
  uint32_t x = key_rank(plan, a), y = key_rank(plan, b);
  if (x != y) return x < y ? -1 : 1;
  bool told = a->kind == OUTCOME_KIND_SENTIMENT; /* by whom it is told; before what comes of it */
  if (told != (b->kind == OUTCOME_KIND_SENTIMENT)) return told ? -1 : 1;
  return by_number(a, b);
}

/* ---- sorting: stretches that are in order already are merged pairwise ---- */

typedef struct Sorting {
  const Plan *plan;
  const uint8_t *bytes;
  OutcomePlace *places;
  OutcomePlace *aside; /* room for all but one */
  uint32_t *ends;      /* of each stretch */
  uint32_t stretches;
} Sorting;

static inline bool after(const Sorting *s, OutcomePlace a, OutcomePlace b)
{
  if (a.time != b.time) return a.time > b.time;
  return outcome_order(s->plan, (const OutcomeRecord *)(const void *)(s->bytes + a.at),
                       (const OutcomeRecord *)(const void *)(s->bytes + b.at)) > 0;
}

/* The first place that is not in order behind the one before, from `i` on; `count`: none. */
static uint32_t stretch_end(const Sorting *s, uint32_t i, uint32_t count)
{
  while (++i < count && !after(s, s->places[i - 1], s->places[i])) {}
  return i;
}

/* What is in its place already stays there: records come nearly in order, so that little has to move. */
static void merge(const Sorting *s, uint32_t begin, uint32_t middle, uint32_t end)
{
  OutcomePlace *places = s->places;
  uint32_t to = middle, i = 0, j = middle;
  while (to > begin && after(s, places[to - 1], places[middle])) to--;
  uint32_t count = middle - to;
  memcpy(s->aside, places + to, sizeof *places * count);
  while (i < count && j < end) places[to++] = after(s, s->aside[i], places[j]) ? places[j++] : s->aside[i++];
  memcpy(places + to, s->aside + i, sizeof *places * (count - i));
}

/* Merges neighbouring stretches: half as many are left. */
static void merge_all(Sorting *s)
{
  uint32_t begin = 0, merged = 0;
  for (uint32_t i = 0; i < s->stretches; i += 2) {
    uint32_t middle = s->ends[i], end = i + 1 < s->stretches ? s->ends[i + 1] : middle;
    if (middle < end) merge(s, begin, middle, end);
    s->ends[merged++] = begin = end;
  }
  s->stretches = merged;
}

void outcomes_sort(const Plan *plan, Outcomes *outcomes)
{
  uint32_t count = outcomes->count;
  Sorting s = {.plan = plan, .bytes = outcomes->bytes, .places = outcomes->places};
  uint32_t end = count ? stretch_end(&s, 0, count) : 0;
  if (end == count) return;
  size_t size = (sizeof *s.aside + sizeof *s.ends) * (size_t)count;
  s.aside = resized(outcomes->mem, NULL, 0, size);
  s.ends = (uint32_t *)(void *)(s.aside + count);
  for (s.ends[s.stretches++] = end; end < count; s.ends[s.stretches++] = end) end = stretch_end(&s, end, count);
  while (s.stretches > 1) merge_all(&s);
  mem_resize(outcomes->mem, s.aside, size, 0);
}
