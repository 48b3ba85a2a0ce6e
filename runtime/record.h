/*
 * record.h - records of journeys, moments and corrections: flat bytes whose
 * places the module's slots give.
 *
 * A record holds no pointer.  Texts in it are handles (text_keep in heap.h), owned by the record.
 * Records are aligned to 8; their owner gives the memory, of the size that the
 * row of the experience, MOT or correction says.
 */
#ifndef MOT_RUNTIME_RECORD_H
#define MOT_RUNTIME_RECORD_H

#include <string.h>

#include "bytecode/module.h"
#include "runtime/heap.h"

/* What a deadline that is not armed and a step without a match hold. */
#define INSTANT_NONE INT64_MAX

/* How a journey's record begins.  Handles of its further keys' texts lie behind the record, and the instant of its
 * `ends on` when it can have one. */
typedef struct JourneyHeader {
  Handle next;            /* in its partition: later experiences, or younger */
  Handle partition;
  int64_t start;          /* time of its first event */
  Handle latest;          /* its open moments and corrections, youngest first */
  uint32_t mots;          /* bit i % 32: moments of MOT i of the experience may be among them */
  uint16_t experience;
  uint16_t flags;         /* JOURNEY_ bits */
  uint32_t serial;        /* when it began among the openings of its key, modulo 2^32 */
  uint32_t decided[OUTCOME_OPEN]; /* moments, by outcome */
  uint32_t open;          /* moments and corrections */
  double lost, weighed;   /* weights of moments: missed; missed or produced */
} JourneyHeader;

enum {
  JOURNEY_ENDED = 1,      /* `ends on` came */
  JOURNEY_VOIDED = 2,
  JOURNEY_EXPIRED = 4,
  JOURNEY_OVER = 8,
  JOURNEY_SCO_OPEN = 16,
  JOURNEY_SCO_RAN = 32,   /* the SCO's timer of this very instant has run */
  JOURNEY_SCO_SHIFT = 8,  /* outcome of the SCO, in two bits from here on */
  JOURNEY_ENDING = JOURNEY_ENDED | JOURNEY_VOIDED | JOURNEY_EXPIRED,
  JOURNEY_WAITS = 1024    /* a waiting record of `starts on`, not yet a journey */
};

/* How the record of a moment or correction begins. */
typedef struct MomentHeader {
  Handle next, prev;      /* in its journey: the next older one, the next younger one */
  int64_t opened;
  Handle journey;
  uint32_t mot;           /* row of Mot; of a correction its row behind all of those */
  uint32_t serial;        /* as above */
  uint32_t flags;         /* MOMENT_ bits; 0: not in use */
} MomentHeader;

enum {
  MOMENT_OPEN = 1,
  MOMENT_DECIDED = 2,     /* no longer open, kept until all have heard its outcome */
  MOMENT_CORRECTION = 4,
  MOMENT_RAN = 8          /* its timer of this very instant has run */
};

/* Behind the header of a moment whose clock can stand (MotRow.pausable). */
typedef struct PauseHeader {
  int64_t stopped;        /* since when its clock stands; INSTANT_NONE: it runs */
  int64_t paused;         /* how long it has stood before */
} PauseHeader;

/* Makes fresh records: zero, but for deadlines and matches (INSTANT_NONE) and the header. */
void record_init_journey(const Module *module, uint32_t experience, int64_t start, void *record);
void record_init_moment(const Module *module, uint32_t mot, int64_t opened, void *record);
void record_init_correction(const Module *module, uint32_t correction, int64_t opened, void *record);

/* Instants as they stand in slots of storage T48: 6 bytes. */
#define T48_NONE ((UINT64_C(1) << 48) - 1)
static inline int64_t t48_load(const uint8_t *at, int64_t start)
{
  uint64_t since = 0;
  memcpy(&since, at, 6); /* little-endian, as the module is */
  return since == T48_NONE ? INSTANT_NONE : start + (int64_t)since;
}
static inline void t48_store(uint8_t *at, int64_t start, int64_t instant)
{
  uint64_t since = instant == INSTANT_NONE ? T48_NONE
    : instant <= start ? 0
    : (uint64_t)instant - (uint64_t)start;
  if (instant != INSTANT_NONE && since >= T48_NONE) since = T48_NONE - 1;
  memcpy(at, &since, 6);
}

/* Slots.  `start` is that of the journey, from which a T48 slot counts; a T48 slot keeps 2^48 - 2
 * microseconds (8.9 years) at most, and INSTANT_NONE. */
int64_t slot_load_i(const SlotRow *slot, const void *record, int64_t start);
void slot_store_i(const SlotRow *slot, void *record, int64_t start, int64_t value);
double slot_load_f(const SlotRow *slot, const void *record);
void slot_store_f(const SlotRow *slot, void *record, double value);
bool slot_load_b(const SlotRow *slot, const void *record);
void slot_store_b(const SlotRow *slot, void *record, bool value);
/* The handle of a text. */
uint32_t slot_load_s(const SlotRow *slot, const void *record);
void slot_store_s(const SlotRow *slot, void *record, uint32_t handle);

#endif
