/* texttable.c - see texttable.h. */
#include "runtime/texttable.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* What a text is looked for by: with its length all of its bytes, if it has no more than 16. */
typedef struct TextKey {
  uint64_t head, tail;
} TextKey;

static inline TextKey key_of(const char *text, size_t len)
{
  TextKey key = {0, 0};
  if (len > 16) {
    key.head = XXH3_64bits(text, len);
  } else if (len >= 8) {
    memcpy(&key.head, text, 8);
    memcpy(&key.tail, text + len - 8, 8);
  } else if (len >= 4) {
    memcpy(&key.head, text, 4);
    memcpy(&key.tail, text + len - 4, 4);
  } else if (len > 0) {
    key.head = (uint64_t)(unsigned char)text[0] << 8 | (unsigned char)text[len / 2];
    key.tail = (unsigned char)text[len - 1];
  }
  return key;
}

static inline uint32_t place_of_key(const TextTable *table, TextKey key, size_t len)
{
  const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
  uint64_t mixed = ((key.head ^ len) * odd ^ key.tail) * odd;
  return (uint32_t)(mixed >> 32) & table->mask;
}

void texttable_init(TextTable *table, Arena *arena, uint32_t texts)
{
  size_t places = 4;
  while (places < (size_t)texts * 3) places *= 2;
  table->entries = ARENA_ARRAY(arena, TextEntry, places);
  table->mask = (uint32_t)(places - 1);
}

/* The place of a text, or the free one where it would be. */
static inline TextEntry *place_of(const TextTable *table, const char *text, size_t len, TextKey key)
{
  for (uint32_t i = place_of_key(table, key, len);; i = (i + 1) & table->mask) {
    TextEntry *entry = &table->entries[i];
    if (!entry->text) return entry;
    bool same = entry->head == key.head && entry->tail == key.tail && entry->len == len;
    if (same && (len <= 16 || memcmp(entry->text, text, len) == 0)) return entry;
  }
}

uint32_t texttable_add(TextTable *table, const char *text, uint32_t len, uint32_t number)
{
  TextKey key = key_of(text, len);
  TextEntry *entry = place_of(table, text, len, key);
  if (!entry->text) *entry = (TextEntry){text, len, number, key.head, key.tail};
  return entry->number;
}

uint32_t texttable_find(const TextTable *table, const char *text, size_t len)
{
  const TextEntry *entry = place_of(table, text, len, key_of(text, len));
  return entry->text ? entry->number : UINT32_MAX;
}
