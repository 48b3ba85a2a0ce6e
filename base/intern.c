/*
 * intern.c - open addressing with linear probing; a slot carries 32 bits of the
 * hash beside the symbol, so that a text is compared only when it is very
 * probably the right one.
 */
#include "base/intern.h"

#include <string.h>
#include <xxhash.h>

#include "base/vec.h"

enum { SLOTS_FIRST = 256 };

typedef struct Slot {
  uint32_t hash;
  Sym sym; /* 0: free */
} Slot;

typedef struct Entry {
  const char *text;
  uint32_t len, hash;
} Entry;

struct Interner {
  Arena *arena;
  Slot *slots;
  uint32_t mask; /* slots - 1 */
  VEC(Entry) entries; /* of symbol i + 1 */
};

Interner *intern_new(Arena *arena)
{
  Interner *in = ARENA_NEW(arena, Interner);
  in->arena = arena;
  in->slots = ARENA_ARRAY(arena, Slot, SLOTS_FIRST);
  in->mask = SLOTS_FIRST - 1;
  return in;
}

static void place(Slot *slots, uint32_t mask, Slot slot)
{
  uint32_t i = slot.hash & mask;
  while (slots[i].sym != 0) i = (i + 1) & mask;
  slots[i] = slot;
}

static void double_slots(Interner *in)
{
  if (in->mask > UINT32_MAX / 4) mem_fail(in->arena->mem);
  uint32_t count = (in->mask + 1) * 2;
  Slot *slots = ARENA_ARRAY(in->arena, Slot, count);
  for (uint32_t i = 0; i < in->entries.len; i++)
    place(slots, count - 1, (Slot){in->entries.data[i].hash, i + 1});
  in->slots = slots;
  in->mask = count - 1;
}

static Sym add(Interner *in, const char *text, size_t len, uint32_t hash)
{
  if (in->entries.len + 1 > in->mask / 4 * 3) double_slots(in);
  *VEC_PUSH(in->arena, &in->entries) = (Entry){text, (uint32_t)len, hash};
  place(in->slots, in->mask, (Slot){hash, in->entries.len});
  return in->entries.len;
}

/* The symbol of a text that is known, or 0. */
static Sym find(const Interner *in, const char *text, size_t len, uint32_t hash)
{
  for (uint32_t i = hash & in->mask; in->slots[i].sym != 0; i = (i + 1) & in->mask) {
    if (in->slots[i].hash != hash) continue;
    const Entry *entry = &in->entries.data[in->slots[i].sym - 1];
    if (entry->len == len && memcmp(entry->text, text, len) == 0) return in->slots[i].sym;
  }
  return 0;
}

Sym intern(Interner *in, const char *text, size_t len)
{
  uint32_t hash = (uint32_t)XXH3_64bits(text, len);
  Sym sym = find(in, text, len, hash);
  if (sym != 0) return sym;
  if (len > UINT32_MAX) mem_fail(in->arena->mem);
  return add(in, arena_copy(in->arena, text, len), len, hash);
}

Sym intern_kept(Interner *in, const char *text, size_t len)
{
  uint32_t hash = (uint32_t)XXH3_64bits(text, len);
  Sym sym = find(in, text, len, hash);
  if (sym != 0) return sym;
  if (len > UINT32_MAX) mem_fail(in->arena->mem);
  return add(in, text, len, hash);
}

Sym intern_z(Interner *in, const char *text)
{
  return intern(in, text, strlen(text));
}

const char *sym_text(const Interner *in, Sym sym)
{
  return sym == 0 ? "" : in->entries.data[sym - 1].text;
}

size_t sym_len(const Interner *in, Sym sym)
{
  return sym == 0 ? 0 : in->entries.data[sym - 1].len;
}

uint32_t intern_count(const Interner *in)
{
  return in->entries.len;
}
