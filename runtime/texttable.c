/* texttable.c - see texttable.h. */
#include "runtime/texttable.h"

#include <string.h>

#include <xxhash.h>

static uint64_t hash_of(const char *text, size_t len)
{
  const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
  uint64_t head = 0, tail = 0;
  if (len > 16) return XXH3_64bits(text, len);
  if (len >= 8) {
    memcpy(&head, text, 8);
    memcpy(&tail, text + len - 8, 8);
  } else if (len >= 4) {
    memcpy(&head, text, 4);
    memcpy(&tail, text + len - 4, 4);
  } else if (len > 0) {
    head = (uint64_t)(unsigned char)text[0] << 8 | (unsigned char)text[len / 2];
    tail = (unsigned char)text[len - 1];
  }
  uint64_t mixed = (head ^ len) * odd ^ tail;
  mixed = (mixed ^ mixed >> 32) * odd;
  return mixed ^ mixed >> 29;
}

void texttable_init(TextTable *table, Arena *arena, uint32_t texts)
{
  size_t places = 4;
  while (places < (size_t)texts * 3) places *= 2;
  table->entries = ARENA_ARRAY(arena, TextEntry, places);
  table->mask = (uint32_t)(places - 1);
}

/* The place of a text, or the free one where it would be. */
static TextEntry *place_of(const TextTable *table, const char *text, size_t len, uint64_t hash)
{
  for (uint32_t i = (uint32_t)hash & table->mask;; i = (i + 1) & table->mask) {
    TextEntry *entry = &table->entries[i];
    if (!entry->text) return entry;
    if (entry->hash == hash && entry->len == len && memcmp(entry->text, text, len) == 0) return entry;
  }
}

uint32_t texttable_add(TextTable *table, const char *text, uint32_t len, uint32_t number)
{
  uint64_t hash = hash_of(text, len);
  TextEntry *entry = place_of(table, text, len, hash);
  if (!entry->text) *entry = (TextEntry){text, len, number, hash};
  return entry->number;
}

uint32_t texttable_find(const TextTable *table, const char *text, size_t len)
{
  const TextEntry *entry = place_of(table, text, len, hash_of(text, len));
  return entry->text ? entry->number : UINT32_MAX;
}
