/*
 * history.h - windows and totals over the events of a journey, in its record.
 *
 * A ring keeps the latest entries of a window, oldest to newest, each an instant
 * and, unless it only counts, a value of 8 bytes:
 *
 *   u16 head   u16 length   instants[entries]   values[entries]
 *
 * Instants take 8 bytes, in a ring of storage RING48 6, counted from the journey's start.
 *
 * Values are integers (also times, durations, money) or doubles, as the type of
 * the history says.  Sums of integers are exact: they are formed in 128 bits.
 * Sums of doubles are formed from the oldest to the newest.
 */
#ifndef MOT_RUNTIME_HISTORY_H
#define MOT_RUNTIME_HISTORY_H

#include "bytecode/module.h"

typedef union HistoryValue {
  int64_t i;
  double f;
} HistoryValue;

/* A history in a journey's record. */
typedef struct HistoryView {
  const Module *module;
  const HistoryRow *row;
  void *record;
} HistoryView;

/* Takes a value (none for a count) at `now`, which is never before the one taken last.  False (a fault)
 * when a total has taken 2^32 - 1 already. */
bool history_push(HistoryView history, int64_t now, HistoryValue value);
/* How many entries there are at `now`: those in (now - window, now] of a window of time.  False (a fault)
 * when it is not known, because more than are kept could be asked for and there were more. */
bool history_count(HistoryView history, int64_t now, int64_t *ret);
/* The aggregate at `now`; *ret_known is false, *ret zero, when it has no entry (a sum has a value all the
 * same).  False (a fault) as above, or when the result is too large. */
bool history_get(HistoryView history, int64_t now, HistoryValue *ret, bool *ret_known);
/* Whether the aggregate is a double: of doubles, or a mean of integers. */
bool history_gives_number(const HistoryRow *row);

/* The ring itself, which counting patterns use too. */
typedef struct RingPlace {
  uint8_t *at;
  uint32_t entries, width; /* room; bytes of an instant */
  int64_t start;           /* of the journey */
} RingPlace;
typedef struct Ring {
  uint16_t head, length; /* of the oldest entry; how many */
} Ring;

/* Where a slot of a journey's record has its ring. */
RingPlace ring_place(const SlotRow *slot, const void *journey, uint32_t entries);
Ring ring_load(const RingPlace *place);
void ring_store(const RingPlace *place, Ring ring);
/* The instant of entry `i`, 0 the oldest. */
int64_t ring_instant(const RingPlace *place, Ring ring, uint32_t i);
/* Adds an instant, in the place of the oldest when there is no room; the place it went to, from 0. */
uint32_t ring_push(const RingPlace *place, int64_t instant);

#endif
