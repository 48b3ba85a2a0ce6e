/* history.c - see history.h. */
#include "runtime/history.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "runtime/record.h"

typedef __int128 Wide;

/* ---- rings ---- */

static inline RingPlace place_in(const SlotRow *slot, const void *journey, uint32_t entries)
{
  int64_t start;
  memcpy(&start, (const uint8_t *)journey + offsetof(JourneyHeader, start), sizeof start);
  return (RingPlace){(uint8_t *)(uintptr_t)journey + slot->offset, entries, ring_width(slot->storage), start};
}

RingPlace ring_place(const SlotRow *slot, const void *journey, uint32_t entries)
{
  return place_in(slot, journey, entries);
}

Ring ring_load(const RingPlace *place)
{
  Ring ring;
  memcpy(&ring, place->at, sizeof ring);
  return ring;
}

void ring_store(const RingPlace *place, Ring ring)
{
  memcpy(place->at, &ring, sizeof ring);
}

/* The place of entry `i`. */
static uint32_t place_of(uint32_t entries, Ring ring, uint32_t i)
{
  uint32_t place = ring.head + i;
  return place < entries ? place : place - entries;
}

static uint8_t *instant_at(const RingPlace *ring, uint32_t place)
{
  return ring->at + MOT_STORE_HEADER + ring->width * (size_t)place;
}

static inline int64_t instant_of(const RingPlace *place, Ring ring, uint32_t i)
{
  int64_t instant;
  const uint8_t *at = instant_at(place, place_of(place->entries, ring, i));
  if (place->width < sizeof instant) return t48_load(at, place->start);
  memcpy(&instant, at, sizeof instant);
  return instant;
}

int64_t ring_instant(const RingPlace *place, Ring ring, uint32_t i)
{
  return instant_of(place, ring, i);
}

static inline uint32_t push(const RingPlace *place, int64_t instant)
{
  Ring ring = ring_load(place);
  uint32_t entries = place->entries;
  assert(entries > 0 && ring.length <= entries);
  if (ring.length == entries) {
    ring.head = (uint16_t)place_of(entries, ring, 1);
    ring.length--;
  }
  uint32_t to = place_of(entries, ring, ring.length++);
  if (place->width < sizeof instant)
    t48_store(instant_at(place, to), place->start, instant);
  else
    memcpy(instant_at(place, to), &instant, sizeof instant);
  ring_store(place, ring);
  return to;
}

uint32_t ring_push(const RingPlace *place, int64_t instant)
{
  return push(place, instant);
}

/* ---- entries of a history ---- */

static inline RingPlace store_of(HistoryView history)
{
  const SlotRow *slot = &history.module->Slot[history.row->store];
  return place_in(slot, history.record, history_entries(history.row));
}

/* Values stand behind all the instants. */
static uint8_t *value_at(const RingPlace *ring, uint32_t place)
{
  return instant_at(ring, ring->entries) + 8 * (size_t)place;
}

/* The first entry that is in the window; they stand in order of time. */
static inline uint32_t first_inside(HistoryView history, const RingPlace *place, Ring ring, int64_t now)
{
  const HistoryRow *row = history.row;
  uint32_t low = 0, high = ring.length;
  int64_t edge;
  if (row->kind == HISTORY_NUMBER || __builtin_sub_overflow(now, row->window, &edge)) return 0;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (instant_of(place, ring, middle) <= edge)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

typedef struct Inside {
  RingPlace place;
  Ring ring;
  uint32_t first; /* of the ring's entries, up to its last */
} Inside;

static inline bool find_inside(HistoryView history, int64_t now, Inside *ret)
{
  RingPlace place = store_of(history);
  Ring ring = ring_load(&place);
  *ret = (Inside){place, ring, first_inside(history, &place, ring, now)};
  return history.row->exact || ring.length - ret->first <= history.row->keep;
}

static bool of_doubles(const HistoryRow *row)
{
  return row->type == VALUE_NUMBER || row->type == VALUE_PERCENT;
}

bool history_gives_number(const HistoryRow *row)
{
  return of_doubles(row) || (row->aggregate == AGGREGATE_AVG && row->type == VALUE_INT);
}

/* ---- aggregates ---- */

/* Of values so far; which of the sums is used follows from the type. */
typedef struct Tally {
  Wide whole;
  double real;
  HistoryValue least, most;
  int64_t count;
} Tally;

static void tally_int(Tally *tally, int64_t value)
{
  if (tally->count == 0 || value < tally->least.i) tally->least.i = value;
  if (tally->count == 0 || value > tally->most.i) tally->most.i = value;
  (void)__builtin_add_overflow(tally->whole, (Wide)value, &tally->whole); /* a record of a damaged file may */
  tally->count++;
}

static void tally_double(Tally *tally, double value)
{
  if (tally->count == 0 || value < tally->least.f) tally->least.f = value;
  if (tally->count == 0 || value > tally->most.f) tally->most.f = value;
  tally->real += value;
  tally->count++;
}

/* Half to even; `count` is positive. */
static int64_t mean(Wide sum, int64_t count)
{
  Wide quotient = sum / count, rest = sum % count; /* towards zero */
  Wide twice = rest < 0 ? -2 * rest : 2 * rest;
  if (twice > count || (twice == count && quotient % 2 != 0)) quotient += sum < 0 ? -1 : 1;
  return (int64_t)quotient;
}

static bool give_int(const HistoryRow *row, const Tally *tally, HistoryValue *ret)
{
  switch (row->aggregate) {
  case AGGREGATE_SUM:
    ret->i = (int64_t)tally->whole;
    return tally->whole >= INT64_MIN && tally->whole <= INT64_MAX;
  case AGGREGATE_AVG:
    if (row->type == VALUE_INT)
      ret->f = (double)tally->whole / (double)tally->count;
    else
      ret->i = mean(tally->whole, tally->count);
    return true;
  case AGGREGATE_MIN: *ret = tally->least; return true;
  default: *ret = tally->most; return true;
  }
}

static bool give_double(const HistoryRow *row, const Tally *tally, HistoryValue *ret)
{
  switch (row->aggregate) {
  case AGGREGATE_SUM: ret->f = tally->real; break;
  case AGGREGATE_AVG: ret->f = tally->real / (double)tally->count; break;
  case AGGREGATE_MIN: *ret = tally->least; break;
  default: *ret = tally->most; break;
  }
  return isfinite(ret->f);
}

static bool give(const HistoryRow *row, const Tally *tally, HistoryValue *ret, bool *ret_known)
{
  HistoryValue value = {0};
  bool known = tally->count > 0 || row->aggregate == AGGREGATE_SUM;
  if (tally->count > 0)
    if (!(of_doubles(row) ? give_double(row, tally, &value) : give_int(row, tally, &value))) return false;
  *ret = value;
  *ret_known = known;
  return true;
}

static void tally_place(HistoryView history, const uint8_t *at, Tally *tally)
{
  HistoryValue value;
  memcpy(&value, at, sizeof value);
  if (of_doubles(history.row))
    tally_double(tally, value.f);
  else
    tally_int(tally, value.i);
}

/* ---- totals: a count, and the sum, least or greatest so far ---- */

static Tally total_load(HistoryView history)
{
  const HistoryRow *row = history.row;
  const SlotRow *slots = history.module->Slot;
  Tally tally = {.count = slot_load_i(&slots[row->count], history.record, 0)};
  if (row->aggregate == AGGREGATE_COUNT) return tally;
  if (of_doubles(row)) {
    tally.real = tally.least.f = tally.most.f = slot_load_f(&slots[row->total], history.record);
  } else {
    int64_t value = slot_load_i(&slots[row->total], history.record, 0);
    tally.least.i = tally.most.i = value;
    tally.whole = value;
    if (total_is_wide(row)) {
      Wide above = slot_load_i(&slots[row->store], history.record, 0);
      tally.whole = above * ((Wide)1 << 64) + (uint64_t)value;
    }
  }
  return tally;
}

static void total_store(HistoryView history, const Tally *tally)
{
  const HistoryRow *row = history.row;
  const SlotRow *slots = history.module->Slot;
  uint32_t keeps = row->aggregate;
  if (keeps == AGGREGATE_COUNT) {
    /* nothing but the count */
  } else if (of_doubles(row)) {
    double value = keeps == AGGREGATE_MIN ? tally->least.f
      : keeps == AGGREGATE_MAX ? tally->most.f
      : tally->real;
    slot_store_f(&slots[row->total], history.record, value);
  } else {
    int64_t value = keeps == AGGREGATE_MIN ? tally->least.i
      : keeps == AGGREGATE_MAX ? tally->most.i
      : (int64_t)(uint64_t)tally->whole;
    slot_store_i(&slots[row->total], history.record, 0, value);
    if (total_is_wide(row))
      slot_store_i(&slots[row->store], history.record, 0, (int64_t)(tally->whole >> 64));
  }
  slot_store_i(&slots[row->count], history.record, 0, tally->count);
}

static bool total_push(HistoryView history, HistoryValue value)
{
  Tally tally = total_load(history);
  if (tally.count == UINT32_MAX) return false;
  if (history.row->aggregate == AGGREGATE_COUNT)
    tally.count++;
  else if (of_doubles(history.row))
    tally_double(&tally, value.f);
  else
    tally_int(&tally, value.i);
  total_store(history, &tally);
  return true;
}

/* ---- what the instructions call ---- */

bool history_push(HistoryView history, int64_t now, HistoryValue value)
{
  const HistoryRow *row = history.row;
  if (row->kind == HISTORY_TOTAL) return total_push(history, value);
  RingPlace ring = store_of(history);
  uint32_t place = push(&ring, now);
  if (row->aggregate != AGGREGATE_COUNT) memcpy(value_at(&ring, place), &value, sizeof value);
  return true;
}

bool history_count(HistoryView history, int64_t now, int64_t *ret)
{
  Inside inside;
  if (history.row->kind == HISTORY_TOTAL) {
    *ret = total_load(history).count;
    return true;
  }
  if (!find_inside(history, now, &inside)) return false;
  *ret = inside.ring.length - inside.first;
  return true;
}

bool history_get(HistoryView history, int64_t now, HistoryValue *ret, bool *ret_known)
{
  const HistoryRow *row = history.row;
  assert(row->aggregate != AGGREGATE_COUNT);
  Tally tally = {0};
  Inside inside;
  if (row->kind == HISTORY_TOTAL) {
    tally = total_load(history);
    return give(row, &tally, ret, ret_known);
  }
  if (!find_inside(history, now, &inside)) return false;
  for (uint32_t i = inside.first; i < inside.ring.length; i++)
    tally_place(history, value_at(&inside.place, place_of(inside.place.entries, inside.ring, i)), &tally);
  return give(row, &tally, ret, ret_known);
}
