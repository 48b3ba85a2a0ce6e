/*
 * state_parts.h - how journeys and moments lie in a saved state, for those who write and read them.
 *
 *   engines:    u64 partitions | each | counts
 *   partition:  u64 size behind it | text key | u32 space | u32 journeys | u32 waiting | records
 *   journey:    u32 experience | i64 start | u32 age | u32 flags | u32 decided × 3
 *               | f64 lost | f64 weighed | u32 moments | record behind the header | its texts
 *               | moments and corrections, oldest first
 *               | of an experience that has alerts: u32 alerts | each, oldest first
 *   moment:     u32 MOT, of a correction its row behind them | i64 opened | u32 age
 *               | record behind the header | its texts
 *   alert:      u32 action | u32 flags | u32 to | u32 age | u32 age of its moment or correction, 0: none
 *               | i64 opening | i64 raised | i64 deadline | i64 escalates | i64 repeats | i64 clears
 *               | text
 *
 * An age says how many openings of its engine came since: it keeps the order within a
 * partition whatever engine it comes to.
 */
#ifndef MOT_RUNTIME_STATE_PARTS_H
#define MOT_RUNTIME_STATE_PARTS_H

#include "bytecode/zonetime.h"
#include "runtime/acts.h"
#include "runtime/state.h"

/* Least bytes of each, for counts. */
enum { STATE_PARTITION_LEAST = 24, STATE_JOURNEY_LEAST = 52, STATE_MOMENT_LEAST = 16 };

/* The instants that there are: of the years 1 to 9999. */
#define STATE_FIRST (CIVIL_FIRST_DAY * SECONDS_OF_DAY * 1000000)
#define STATE_LAST ((CIVIL_LAST_DAY + 1) * SECONDS_OF_DAY * 1000000 - 1)
static inline bool state_instant(int64_t instant)
{
  return instant >= STATE_FIRST && instant <= STATE_LAST;
}

/* Whether what a record says behind its header, but for its texts, lies within bounds that whatever is done
 * with it relies on. */
bool state_journey_sound(const Module *module, const JourneyHeader *journey);
bool state_moment_sound(const Module *module, const JourneyHeader *journey, const MomentHeader *moment);
bool state_correction_sound(const Engine *engine, MomentHeader *correction);
/* An alert of the journey at hand; its moment or correction is found. */
bool state_alert_sound(const Engine *engine, const Alert *alert);

/* ---- state_acts.c ---- */

/* What the journey at hand has beside its moments, which were read: what is active under ids, its alerts.
 * False: it failed. */
bool state_get_acts(StateIn *in, Engine *engine);

#endif
