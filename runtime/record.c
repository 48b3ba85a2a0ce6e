/* record.c - see record.h. */
#include "runtime/record.h"

#include <assert.h>
#include <string.h>

_Static_assert(sizeof(JourneyHeader) == MOT_JOURNEY_HEADER, "the header of a journey");
_Static_assert(sizeof(MomentHeader) == MOT_MOMENT_HEADER, "the header of a moment");
_Static_assert(sizeof(PauseHeader) == MOT_PAUSE_HEADER, "the header of a moment whose clock can stand");

/* ---- slots ---- */

int64_t slot_load_i(const SlotRow *slot, const void *record, int64_t start)
{
  const uint8_t *at = (const uint8_t *)record + slot->offset;
  uint16_t two;
  uint32_t four;
  int64_t eight;
  switch (slot->storage) {
  case STORAGE_U8: return *at;
  case STORAGE_U16: memcpy(&two, at, sizeof two); return two;
  case STORAGE_U32: memcpy(&four, at, sizeof four); return four;
  case STORAGE_T48: return t48_load(at, start);
  default:
    assert(slot->storage == STORAGE_I64);
    memcpy(&eight, at, sizeof eight);
    return eight;
  }
}

void slot_store_i(const SlotRow *slot, void *record, int64_t start, int64_t value)
{
  uint8_t *at = (uint8_t *)record + slot->offset;
  switch (slot->storage) {
  case STORAGE_T48: t48_store(at, start, value); break;
  default: /* little-endian: the low bytes come first */
    assert(slot->storage >= STORAGE_U8 && slot->storage <= STORAGE_I64);
    assert(slot->size == 8 || (value >= 0 && value >> (8 * slot->size) == 0));
    memcpy(at, &value, slot->size);
  }
}

double slot_load_f(const SlotRow *slot, const void *record)
{
  double value;
  assert(slot->storage == STORAGE_F64);
  memcpy(&value, (const uint8_t *)record + slot->offset, sizeof value);
  return value;
}

void slot_store_f(const SlotRow *slot, void *record, double value)
{
  assert(slot->storage == STORAGE_F64);
  memcpy((uint8_t *)record + slot->offset, &value, sizeof value);
}

bool slot_load_b(const SlotRow *slot, const void *record)
{
  assert(slot->storage == STORAGE_BOOL);
  return ((const uint8_t *)record)[slot->offset] != 0;
}

void slot_store_b(const SlotRow *slot, void *record, bool value)
{
  assert(slot->storage == STORAGE_BOOL);
  ((uint8_t *)record)[slot->offset] = value;
}

uint32_t slot_load_s(const SlotRow *slot, const void *record)
{
  uint32_t handle;
  assert(slot->storage == STORAGE_STRING);
  memcpy(&handle, (const uint8_t *)record + slot->offset, sizeof handle);
  return handle;
}

void slot_store_s(const SlotRow *slot, void *record, uint32_t handle)
{
  assert(slot->storage == STORAGE_STRING);
  memcpy((uint8_t *)record + slot->offset, &handle, sizeof handle);
}

/* ---- fresh records ---- */

static void disarm(const Module *module, uint32_t slot, void *record)
{
  if (slot != MOT_NONE) slot_store_i(&module->Slot[slot], record, 0, INSTANT_NONE);
}

static void init_condition(const Module *module, uint32_t condition, void *record)
{
  if (condition == MOT_NONE) return;
  const ConditionRow *row = &module->Condition[condition];
  for (uint32_t i = 0; i < row->leaves_count; i++) {
    const LeafRow *leaf = &module->Leaf[row->leaves + i];
    for (uint32_t k = 0; k < leaf->steps_count; k++) {
      disarm(module, module->Step[leaf->steps + k].deadline, record);
      disarm(module, module->Step[leaf->steps + k].matched, record);
    }
  }
}

static void init_patterns(const Module *module, const ExperienceRow *row, void *record)
{
  for (uint32_t i = 0; i < row->patterns_count; i++) {
    const PatternRow *pattern = &module->Pattern[row->patterns + i];
    for (uint32_t k = 0; k < pattern->steps_count; k++) {
      disarm(module, module->PatternStep[pattern->steps + k].deadline, record);
      disarm(module, module->PatternStep[pattern->steps + k].matched, record);
    }
  }
}

void record_init_journey(const Module *module, uint32_t experience, int64_t start, void *record)
{
  const ExperienceRow *row = &module->Experience[experience];
  memset(record, 0, row->size);
  memcpy(record, &(JourneyHeader){.start = start}, sizeof(JourneyHeader));
  init_patterns(module, row, record);
  init_condition(module, row->sco, record);
}

static void init_moment(const Module *module, uint32_t condition, uint32_t size, int64_t opened, void *record)
{
  memset(record, 0, size);
  memcpy(record, &(MomentHeader){.opened = opened}, sizeof(MomentHeader));
  init_condition(module, condition, record);
}

void record_init_moment(const Module *module, uint32_t mot, int64_t opened, void *record)
{
  const MotRow *row = &module->Mot[mot];
  init_moment(module, row->condition, row->size, opened, record);
  PauseHeader runs = {.stopped = INSTANT_NONE};
  if (row->pausable) memcpy((uint8_t *)record + sizeof(MomentHeader), &runs, sizeof runs);
}

void record_init_correction(const Module *module, uint32_t correction, int64_t opened, void *record)
{
  const CorrectionRow *row = &module->Correction[correction];
  init_moment(module, row->condition, row->size, opened, record);
}
