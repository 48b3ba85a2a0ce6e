/*
 * dedupe.c - ids of events that were kept lately.
 *
 * A table with linear probing leads to entries that lie in order of time; the oldest
 * leaves it by moving back what stands behind (Knuth, volume 3, 6.4, algorithm R).
 */
#include "runtime/dedupe.h"

#include <string.h>
#include <xxhash.h>

enum { CHUNK = 64 << 10, SLOTS_FIRST = 64 };

void dedupe_init(Dedupe *dedupe, Mem *mem, int64_t span)
{
  *dedupe = (Dedupe){.mem = mem, .span = span};
}

static void free_oldest(Dedupe *dedupe)
{
  DedupeChunk *chunk = dedupe->oldest;
  dedupe->oldest = chunk->next;
  if (!dedupe->oldest) dedupe->newest = NULL;
  mem_resize(dedupe->mem, chunk, sizeof *chunk + chunk->room, 0);
}

void dedupe_free(Dedupe *dedupe)
{
  while (dedupe->oldest) free_oldest(dedupe);
  if (dedupe->slots) mem_resize(dedupe->mem, dedupe->slots, dedupe->slot_count * sizeof *dedupe->slots, 0);
  dedupe_init(dedupe, dedupe->mem, dedupe->span);
}

uint64_t dedupe_hash(const char *id, uint32_t len)
{
  return XXH3_64bits(id, len);
}

void dedupe_prefetch(const Dedupe *dedupe, uint64_t hash)
{
  if (dedupe->slot_count) __builtin_prefetch(&dedupe->slots[hash & (dedupe->slot_count - 1)]);
}

static size_t entry_size(uint32_t len)
{
  return (sizeof(DedupeEntry) + len + 7) & ~(size_t)7;
}

static DedupeEntry *entry_at(const DedupeChunk *chunk, size_t at)
{
  return (DedupeEntry *)(void *)((char *)(uintptr_t)(chunk + 1) + at);
}

/* ---- the table ---- */

static void place(DedupeEntry **slots, size_t mask, DedupeEntry *entry)
{
  size_t at = entry->hash & mask;
  while (slots[at]) at = (at + 1) & mask;
  slots[at] = entry;
}

static void grow_slots(Dedupe *dedupe)
{
  if (dedupe->count + 1 <= dedupe->slot_count / 8 * 5) return;
  size_t count = dedupe->slot_count ? dedupe->slot_count * 2 : SLOTS_FIRST;
  DedupeEntry **slots = mem_resize(dedupe->mem, NULL, 0, count * sizeof *slots);
  if (!slots) mem_fail(dedupe->mem);
  memset(slots, 0, count * sizeof *slots);
  for (size_t i = 0; i < dedupe->slot_count; i++)
    if (dedupe->slots[i]) place(slots, count - 1, dedupe->slots[i]);
  if (dedupe->slots) mem_resize(dedupe->mem, dedupe->slots, dedupe->slot_count * sizeof *slots, 0);
  dedupe->slots = slots;
  dedupe->slot_count = count;
}

static void take_out(Dedupe *dedupe, const DedupeEntry *entry)
{
  DedupeEntry **slots = dedupe->slots;
  size_t mask = dedupe->slot_count - 1, hole = entry->hash & mask;
  while (slots[hole] != entry) hole = (hole + 1) & mask;
  for (size_t at = (hole + 1) & mask; slots[at]; at = (at + 1) & mask) {
    size_t home = slots[at]->hash & mask;
    if (((at - home) & mask) < ((at - hole) & mask)) continue; /* the hole lies before its home */
    slots[hole] = slots[at];
    hole = at;
  }
  slots[hole] = NULL;
  dedupe->count--;
}

static bool known(const Dedupe *dedupe, uint64_t hash, const char *id, uint32_t len)
{
  if (!dedupe->slot_count) return false;
  size_t mask = dedupe->slot_count - 1;
  for (size_t at = hash & mask; dedupe->slots[at]; at = (at + 1) & mask) {
    const DedupeEntry *entry = dedupe->slots[at];
    if (entry->hash == hash && entry->len == len && memcmp(entry->id, id, len) == 0) return true;
  }
  return false;
}

/* ---- entries ---- */

static DedupeChunk *chunk_for(Dedupe *dedupe, size_t size)
{
  DedupeChunk *chunk = dedupe->newest;
  if (chunk && chunk->room - chunk->end >= size) return chunk;
  size_t room = size > CHUNK ? size : CHUNK;
  chunk = mem_resize(dedupe->mem, NULL, 0, sizeof *chunk + room);
  if (!chunk) mem_fail(dedupe->mem);
  *chunk = (DedupeChunk){.room = room};
  if (dedupe->newest)
    dedupe->newest->next = chunk;
  else
    dedupe->oldest = chunk;
  return dedupe->newest = chunk;
}

void dedupe_forget(Dedupe *dedupe, int64_t time)
{
  for (DedupeChunk *chunk; (chunk = dedupe->oldest) != NULL;) {
    while (chunk->first < chunk->end) {
      const DedupeEntry *entry = entry_at(chunk, chunk->first);
      int64_t age;
      if (!__builtin_sub_overflow(time, entry->time, &age) && age <= dedupe->span) return;
      take_out(dedupe, entry);
      chunk->first += entry_size(entry->len);
    }
    if (chunk == dedupe->newest) { /* goes on from its beginning */
      chunk->first = chunk->end = 0;
      return;
    }
    free_oldest(dedupe);
  }
}

bool dedupe_seen(Dedupe *dedupe, int64_t time, uint64_t hash, const char *id, uint32_t len)
{
  dedupe_forget(dedupe, time);
  if (known(dedupe, hash, id, len)) return true;
  grow_slots(dedupe);
  DedupeChunk *chunk = chunk_for(dedupe, entry_size(len));
  DedupeEntry *entry = entry_at(chunk, chunk->end);
  entry->time = time;
  entry->hash = hash;
  entry->len = len;
  memcpy(entry->id, id, len);
  chunk->end += entry_size(len);
  place(dedupe->slots, dedupe->slot_count - 1, entry);
  dedupe->count++;
  return false;
}

const DedupeEntry *dedupe_next(const Dedupe *dedupe, const DedupeEntry *entry, const DedupeChunk **chunk)
{
  size_t at = 0;
  if (!entry) {
    *chunk = dedupe->oldest;
    at = *chunk ? (*chunk)->first : 0;
  } else {
    at = (size_t)((const char *)entry - (const char *)(*chunk + 1)) + entry_size(entry->len);
  }
  while (*chunk && at == (*chunk)->end) {
    *chunk = (*chunk)->next;
    at = *chunk ? (*chunk)->first : 0;
  }
  return *chunk ? entry_at(*chunk, at) : NULL;
}
