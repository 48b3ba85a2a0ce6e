/*
 * records.h - how large the records of a run are: what the module lays out, and what a run keeps behind it.
 */
#ifndef MOT_BYTECODE_RECORDS_H
#define MOT_BYTECODE_RECORDS_H

#include "bytecode/module.h"

/* Bytes behind the record of a correction; behind that of a moment that can be at risk, and for each `on at risk`. */
enum { RECORD_CORRECTION_TAIL = 24, RECORD_RISKS = 8, RECORD_RISK = 16 };

/* Offsets in a journey's record; 0: it has no such part. */
typedef struct JourneyParts {
  uint32_t further;    /* handles of its further keys, 4 bytes each */
  uint32_t ended;      /* when `ends on` came, where that can come */
  uint32_t alerts;     /* its alerts, where there can be some */
  uint32_t size;       /* of all */
} JourneyParts;
JourneyParts journey_parts(const Module *module, uint32_t experience);

typedef struct MomentParts {
  uint32_t risks;      /* `on at risk` blocks' actions */
  uint32_t risks_at;   /* offset of what is known of them; 0: none */
  uint32_t size;
} MomentParts;
MomentParts moment_parts(const Module *module, uint32_t mot);

uint32_t correction_bytes(const Module *module, uint32_t correction);

/* Bits by OUTCOME_ on which actions of a MOT or an experience do something; an `on at risk` is over at each. */
uint8_t acts_on(const Module *module, uint32_t first, uint32_t count);

#endif
