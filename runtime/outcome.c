/*
 * outcome.c - records of a stretch of time: kept, and put in order.
 */
#include "runtime/outcome.h"

#include <string.h>

enum { ALIGN = 8, FIRST_BYTES = 1 << 16, FIRST_RECORDS = 256 };

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
  mem_resize(outcomes->mem, outcomes->records, sizeof *outcomes->records * outcomes->records_room, 0);
  outcomes_init(outcomes, outcomes->mem);
}

/* Resizes or leaves through mem->oom with everything as it was. */
static void *resized(Mem *mem, void *p, size_t old, size_t size)
{
  void *ret = mem_resize(mem, p, old, size);
  if (!ret) mem_fail(mem);
  return ret;
}

static void make_room(Outcomes *outcomes, size_t size)
{
  if (outcomes->room - outcomes->size < size) {
    size_t room = outcomes->room ? outcomes->room * 2 : FIRST_BYTES;
    while (room - outcomes->size < size) room *= 2;
    outcomes->bytes = resized(outcomes->mem, outcomes->bytes, outcomes->room, room);
    outcomes->room = room;
  }
  if (outcomes->count == outcomes->records_room) {
    if (outcomes->records_room > UINT32_MAX / 2) mem_fail(outcomes->mem);
    uint32_t room = outcomes->records_room ? outcomes->records_room * 2 : FIRST_RECORDS;
    const size_t each = sizeof *outcomes->records;
    outcomes->records = resized(outcomes->mem, outcomes->records, each * outcomes->records_room, each * room);
    outcomes->records_room = room;
  }
}

OutcomeRecord *outcomes_add(Outcomes *outcomes, size_t extra)
{
  size_t size = (sizeof(OutcomeRecord) + extra + ALIGN - 1) / ALIGN * ALIGN;
  if (size > UINT32_MAX) mem_fail(outcomes->mem);
  make_room(outcomes, size);
  OutcomeRecord *record = (OutcomeRecord *)(void *)(outcomes->bytes + outcomes->size);
  memset(record, 0, sizeof *record);
  record->size = (uint32_t)size;
  outcomes->records[outcomes->count++] = outcomes->size;
  outcomes->size += size;
  return record;
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

int outcome_order(const Plan *plan, const OutcomeRecord *a, const OutcomeRecord *b)
{
  if (a->time != b->time) return a->time < b->time ? -1 : 1;
  int order = compare_texts(a, outcome_key(a, 0), b, outcome_key(b, 0));
  if (order) return order;
  uint32_t x = key_rank(plan, a), y = key_rank(plan, b);
  if (x != y) return x < y ? -1 : 1;
  return (a->number > b->number) - (a->number < b->number);
}

/* ---- sorting: stretches that are in order already are merged pairwise ---- */

/* A record's place with its time beside it: most comparisons need no more. */
typedef struct Place {
  int64_t time;
  size_t at;
} Place;

typedef struct Sorting {
  const Plan *plan;
  const Outcomes *outcomes;
  Place *from, *to;
  uint32_t count;
  uint32_t *ends;      /* of each stretch */
  uint32_t stretches;
} Sorting;

static inline bool after(const Sorting *s, Place a, Place b)
{
  if (a.time != b.time) return a.time > b.time;
  const uint8_t *bytes = s->outcomes->bytes;
  return outcome_order(s->plan, (const OutcomeRecord *)(const void *)(bytes + a.at),
                       (const OutcomeRecord *)(const void *)(bytes + b.at)) > 0;
}

static void find_stretches(Sorting *s)
{
  for (uint32_t i = 0; i < s->count; i++) {
    s->from[i] = (Place){outcomes_get(s->outcomes, i)->time, s->outcomes->records[i]};
    if (i && after(s, s->from[i - 1], s->from[i])) s->ends[s->stretches++] = i;
  }
  s->ends[s->stretches++] = s->count;
}

static void merge(const Sorting *s, uint32_t begin, uint32_t middle, uint32_t end)
{
  uint32_t i = begin, j = middle, k = begin;
  while (i < middle && j < end) s->to[k++] = after(s, s->from[i], s->from[j]) ? s->from[j++] : s->from[i++];
  memcpy(s->to + k, s->from + i, sizeof *s->to * (middle - i));
  k += middle - i;
  memcpy(s->to + k, s->from + j, sizeof *s->to * (end - j));
}

/* Merges neighbouring stretches: half as many are left. */
static void merge_all(Sorting *s)
{
  uint32_t begin = 0, merged = 0;
  for (uint32_t i = 0; i < s->stretches; i += 2) {
    uint32_t middle = s->ends[i], end = i + 1 < s->stretches ? s->ends[i + 1] : middle;
    merge(s, begin, middle, end);
    s->ends[merged++] = begin = end;
  }
  s->stretches = merged;
  Place *swap = s->from;
  s->from = s->to;
  s->to = swap;
}

void outcomes_sort(const Plan *plan, Outcomes *outcomes)
{
  if (outcomes->count < 2) return;
  size_t count = outcomes->count, size = (2 * sizeof(Place) + sizeof(uint32_t)) * count;
  Place *places = resized(outcomes->mem, NULL, 0, size);
  uint32_t *ends = (uint32_t *)(void *)(places + 2 * count);
  Sorting s = {plan, outcomes, places, places + count, outcomes->count, ends, 0};
  find_stretches(&s);
  bool moved = s.stretches > 1;
  while (s.stretches > 1) merge_all(&s);
  for (uint32_t i = 0; moved && i < s.count; i++) outcomes->records[i] = s.from[i].at;
  mem_resize(outcomes->mem, places, size, 0);
}
