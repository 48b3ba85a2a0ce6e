/*
 * record.h - records of journeys, moments and corrections: flat bytes whose
 * places the module's slots give.
 *
 * A record holds no pointer.  Texts in it are handles of a TextStore (text.h).
 * Records are aligned to 8; their owner gives the memory, of the size that the
 * row of the experience, MOT or correction says.
 */
#ifndef MOT_RUNTIME_RECORD_H
#define MOT_RUNTIME_RECORD_H

#include "bytecode/module.h"

/* What a deadline that is not armed and a step without a match hold. */
#define INSTANT_NONE INT64_MAX

/* How a journey's record begins. */
typedef struct JourneyHeader {
  int64_t start;    /* time of its first event */
  uint64_t rest[4]; /* of whoever keeps journeys */
} JourneyHeader;

/* How the record of a moment or correction begins. */
typedef struct MomentHeader {
  int64_t opened;
  int64_t stopped;  /* since when its clock stands; INSTANT_NONE: it runs */
  int64_t paused;   /* how long it has stood before */
  uint64_t rest[2]; /* of whoever keeps moments */
} MomentHeader;

/* Makes fresh records: zero, but for deadlines and matches (INSTANT_NONE) and the header. */
void record_init_journey(const Module *module, uint32_t experience, int64_t start, void *record);
void record_init_moment(const Module *module, uint32_t mot, int64_t opened, void *record);
void record_init_correction(const Module *module, uint32_t correction, int64_t opened, void *record);

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
