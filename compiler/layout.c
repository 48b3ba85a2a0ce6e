/*
 * layout.c - places in a record.
 */
#include "compiler/layout.h"

#include "bytecode/names.h"

void layout_init(Layout *layout, ModuleBuilder *out)
{
  *layout = (Layout){.out = out};
}

static void want(Layout *layout, SlotWant slot)
{
  *slot.place = MOT_NONE;
  *VEC_PUSH(layout->out->arena, &layout->wants) = slot;
}

void layout_want(Layout *layout, uint32_t name, uint8_t storage, uint32_t *place)
{
  want(layout, (SlotWant){name, storage, storage_size(storage), place});
}

void layout_want_ring(Layout *layout, uint32_t name, uint8_t storage, uint32_t entries, bool valued,
                      uint32_t *place)
{
  uint32_t size = MOT_STORE_HEADER + entries * (ring_width(storage) + (valued ? 8u : 0u));
  want(layout, (SlotWant){name, storage, size, place});
}

static bool is_ring(const SlotWant *slot)
{
  return slot->storage == STORAGE_RING || slot->storage == STORAGE_RING48;
}

/* Rings last, so that the small slots stand close to the header. */
enum { GROUPS = 5 };
static unsigned group_of(const SlotWant *slot)
{
  if (is_ring(slot)) return 4;
  switch (storage_align(slot->storage)) {
  case 8: return 0;
  case 4: return 1;
  case 2: return 2;
  default: return 3;
  }
}

static uint64_t round_up(uint64_t size, uint32_t align)
{
  return (size + align - 1) / align * align;
}

static uint64_t place_one(Layout *layout, const SlotWant *slot, uint64_t at)
{
  at = round_up(at, storage_align(slot->storage));
  if (at + slot->size > MOT_RECORD_MAX) return at + slot->size;
  *slot->place = layout->out->Slot.len;
  *VEC_PUSH(layout->out->arena, &layout->out->Slot) =
    (SlotRow){.name = slot->name, .storage = slot->storage, .offset = (uint32_t)at, .size = slot->size};
  return at + slot->size;
}

bool layout_place(Layout *layout, uint32_t header)
{
  uint64_t at = header;
  layout->first = layout->out->Slot.len;
  for (unsigned group = 0; group < GROUPS; group++)
    for (uint32_t i = 0; i < layout->wants.len && at <= MOT_RECORD_MAX; i++)
      if (group_of(&layout->wants.data[i]) == group) at = place_one(layout, &layout->wants.data[i], at);
  at = round_up(at, 8);
  layout->count = layout->out->Slot.len - layout->first;
  layout->size = at <= MOT_RECORD_MAX ? (uint32_t)at : MOT_RECORD_MAX;
  return at <= MOT_RECORD_MAX && layout->count <= UINT16_MAX;
}

uint8_t storage_for(uint64_t high)
{
  return high <= UINT8_MAX ? STORAGE_U8 : high <= UINT16_MAX ? STORAGE_U16 : high <= UINT32_MAX ? STORAGE_U32
    : STORAGE_I64;
}
