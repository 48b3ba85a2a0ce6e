/*
 * distinct.c - how many different hashes.
 */
#include "runtime/distinct.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

enum { REGISTER_BITS = 12, ROOM_FIRST = 4 };

struct HashSet {
  uint32_t count, room;    /* hashes; room 0: registers instead */
  uint64_t hashes[];
};

uint64_t distinct_hash_text(const char *text, uint32_t len)
{
  return XXH3_64bits(text, len);
}

uint64_t distinct_hash_bits(uint64_t bits)
{
  uint8_t bytes[8];
  for (unsigned i = 0; i < 8; i++) bytes[i] = (uint8_t)(bits >> 8 * i);
  return XXH3_64bits(bytes, sizeof bytes);
}

/* ---- the set ---- */

static size_t bytes_of(uint32_t room)
{
  return sizeof(HashSet) + (room ? room * sizeof(uint64_t) : DISTINCT_REGISTERS);
}

/* Another room for what is kept; 0: for registers, which are not yet there. */
static HashSet *resized(HashSet *set, Mem *mem, uint32_t room)
{
  HashSet *moved = mem_resize(mem, set, set ? bytes_of(set->room) : 0, bytes_of(room));
  if (!moved) mem_fail(mem);
  if (!set) moved->count = 0;
  moved->room = room;
  return moved;
}

static bool is_exact(const HashSet *set)
{
  return set->room > 0;
}

static uint8_t *registers_of(const HashSet *set)
{
  return (uint8_t *)(uintptr_t)set->hashes;
}

static void take_rank(uint8_t *registers, uint64_t hash)
{
  uint64_t rest = hash << REGISTER_BITS;
  unsigned rank = rest ? (unsigned)__builtin_clzll(rest) + 1 : DISTINCT_RANK_MOST;
  uint8_t *most = &registers[hash >> (64 - REGISTER_BITS)];
  if (rank > *most) *most = (uint8_t)rank;
}

static void to_registers(HashSet **set, Mem *mem)
{
  uint64_t hashes[DISTINCT_EXACT];
  uint32_t count = *set ? (*set)->count : 0;
  if (count > 0) memcpy(hashes, (*set)->hashes, count * sizeof *hashes);
  *set = resized(*set, mem, 0);
  (*set)->count = 0;
  memset(registers_of(*set), 0, DISTINCT_REGISTERS);
  for (uint32_t i = 0; i < count; i++) take_rank(registers_of(*set), hashes[i]);
}

/* The place of the first hash that is not less. */
static uint32_t place_of(const HashSet *set, uint64_t hash)
{
  uint32_t low = 0, high = set->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (set->hashes[middle] < hash)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void insert(HashSet **set, Mem *mem, uint32_t place, uint64_t hash)
{
  uint32_t count = *set ? (*set)->count : 0, room = *set ? (*set)->room : 0;
  if (count == DISTINCT_EXACT) {
    to_registers(set, mem);
    take_rank(registers_of(*set), hash);
    return;
  }
  if (count == room) *set = resized(*set, mem, room ? room * 2 : ROOM_FIRST);
  uint64_t *hashes = (*set)->hashes;
  memmove(hashes + place + 1, hashes + place, (count - place) * sizeof *hashes);
  hashes[place] = hash;
  (*set)->count++;
}

void distinct_add(HashSet **set, Mem *mem, uint64_t hash)
{
  HashSet *s = *set;
  if (s && !is_exact(s)) {
    take_rank(registers_of(s), hash);
    return;
  }
  uint32_t place = s ? place_of(s, hash) : 0;
  if (!s || place == s->count || s->hashes[place] != hash) insert(set, mem, place, hash);
}

/* Hashes of both, in order, as far as they are at most 256; how many. */
static uint32_t united(const HashSet *a, const HashSet *b, uint64_t *hashes)
{
  uint32_t count = 0, i = 0, k = 0;
  for (; i < a->count || k < b->count; count++) {
    bool first = k == b->count || (i < a->count && a->hashes[i] <= b->hashes[k]);
    uint64_t hash = first ? a->hashes[i] : b->hashes[k];
    if (count == DISTINCT_EXACT) return count + 1;
    i += i < a->count && a->hashes[i] == hash;
    k += k < b->count && b->hashes[k] == hash;
    hashes[count] = hash;
  }
  return count;
}

static void merge_exact(HashSet **into, const HashSet *from, Mem *mem)
{
  static const HashSet none = {0};
  uint64_t hashes[DISTINCT_EXACT];
  uint32_t count = united(*into ? *into : &none, from, hashes), room = *into ? (*into)->room : 0;
  if (count > DISTINCT_EXACT) {
    to_registers(into, mem);
    for (uint32_t i = 0; i < from->count; i++) take_rank(registers_of(*into), from->hashes[i]);
    return;
  }
  if (count > room) *into = resized(*into, mem, count);
  memcpy((*into)->hashes, hashes, count * sizeof *hashes);
  (*into)->count = count;
}

void distinct_merge(HashSet **into, const HashSet *from, Mem *mem)
{
  if (!from) return;
  bool exact = !*into || is_exact(*into);
  if (exact && is_exact(from)) {
    merge_exact(into, from, mem);
    return;
  }
  if (exact) to_registers(into, mem);
  uint8_t *registers = registers_of(*into), *others = registers_of(from);
  if (is_exact(from)) {
    for (uint32_t i = 0; i < from->count; i++) take_rank(registers, from->hashes[i]);
    return;
  }
  for (uint32_t i = 0; i < DISTINCT_REGISTERS; i++)
    if (others[i] > registers[i]) registers[i] = others[i];
}

void distinct_free(HashSet **set, Mem *mem)
{
  if (*set) mem_resize(mem, *set, bytes_of((*set)->room), 0);
  *set = NULL;
}

/* ---- what it keeps ---- */

const uint64_t *distinct_hashes(const HashSet *set, uint32_t *ret_count)
{
  *ret_count = set->count;
  return is_exact(set) ? set->hashes : NULL;
}

const uint8_t *distinct_registers(const HashSet *set)
{
  return registers_of(set);
}

void distinct_from_registers(HashSet **set, Mem *mem, const uint8_t *registers)
{
  to_registers(set, mem);
  memcpy(registers_of(*set), registers, DISTINCT_REGISTERS);
}

/* ---- how many ---- */

static int64_t estimate(const uint8_t *registers)
{
  const double m = DISTINCT_REGISTERS, alpha = 0.7213 / (1 + 1.079 / m);
  unsigned __int128 sum = 0; /* of 2^-rank, counted in 2^-53: exact */
  uint32_t empty = 0;
  for (uint32_t i = 0; i < DISTINCT_REGISTERS; i++) {
    sum += UINT64_C(1) << (DISTINCT_RANK_MOST - registers[i]);
    empty += registers[i] == 0;
  }
  double raw = alpha * m * m / ldexp((double)sum, -DISTINCT_RANK_MOST);
  if (raw <= 2.5 * m && empty > 0) raw = m * log(m / empty);
  return (int64_t)llround(raw);
}

int64_t distinct_count(const HashSet *set)
{
  if (!set) return 0;
  return is_exact(set) ? set->count : estimate(registers_of(set));
}
