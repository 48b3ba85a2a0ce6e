/*
 * layout.h - places in a record: asked for one by one, then laid out together,
 * large alignments first, so that no byte is lost between them.
 */
#ifndef MOT_COMPILER_LAYOUT_H
#define MOT_COMPILER_LAYOUT_H

#include "base/vec.h"
#include "bytecode/module.h"

typedef struct SlotWant {
  uint32_t name;    /* string number */
  uint8_t storage;  /* STORAGE_* */
  uint32_t size;    /* bytes */
  uint32_t *place;  /* where the slot's row number goes */
} SlotWant;

typedef struct Layout {
  ModuleBuilder *out;
  VEC(SlotWant) wants;
  uint32_t first, count, size; /* rows and bytes, after layout_place */
} Layout;

/* Begins a layout that will write its slots to `out`. */
void layout_init(Layout *layout, ModuleBuilder *out);
/* Asks for a slot of fixed size; `place` gets its row when all are laid out and
 * has to stay where it is until then. */
void layout_want(Layout *layout, uint32_t name, uint8_t storage, uint32_t *place);
/* Asks for a ring (STORAGE_RING or RING48) of `entries` instants, with a value of 8 bytes each if `valued`. */
void layout_want_ring(Layout *layout, uint32_t name, uint8_t storage, uint32_t entries, bool valued,
                      uint32_t *place);
/* Writes the rows: 8-byte slots, then 4, 2 and 1, then rings, each group in the
 * order of asking; the record begins with `header` bytes (a multiple of 8).
 * False when it would be larger than MOT_RECORD_MAX or have too many slots. */
bool layout_place(Layout *layout, uint32_t header);
/* The smallest unsigned storage for 0 … `high`. */
uint8_t storage_for(uint64_t high);

#endif
