/*
 * texttable.h - a fixed set of texts, each with a number; looked up by bytes.
 */
#ifndef MOT_RUNTIME_TEXTTABLE_H
#define MOT_RUNTIME_TEXTTABLE_H

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

/* What a text is looked for by: with its length all of its bytes, if it has no more than 24. */
typedef struct TextKey {
  uint64_t head, next;  /* its first 16 bytes, zeroes behind a shorter one */
  uint64_t last;        /* its last 8 bytes, if it has more than 16 */
} TextKey;

typedef struct TextEntry {
  TextKey key;
  const char *text;     /* NULL: a free place */
  uint32_t len, number;
} TextEntry;

typedef struct TextTable {
  TextEntry *entries;   /* in places by hash, the next free one when taken */
  uint32_t mask;
} TextTable;

enum { TEXT_SPARE = 16 }; /* bytes that must be readable from the beginning of a text that is looked up */

/* Room for `texts` of them, in `arena`. */
void texttable_init(TextTable *table, Arena *arena, uint32_t texts);
/* Adds a text, which must live as long; the number it has now: its own when it was there before. */
uint32_t texttable_add(TextTable *table, const char *text, uint32_t len, uint32_t number);

/* The bytes of a word that belong to a text of `len` bytes. */
static inline uint64_t text_mask(size_t len)
{
  return len >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * len) - 1;
}

static inline TextKey text_key(const char *text, size_t len)
{
  TextKey key;
  memcpy(&key.head, text, 8);
  memcpy(&key.next, text + 8, 8);
  memcpy(&key.last, text + (len > 16 ? len - 8 : 0), 8);
  key.head &= text_mask(len);
  key.next &= text_mask(len > 8 ? len - 8 : 0);
  key.last &= len > 16 ? ~UINT64_C(0) : 0;
  return key;
}

static inline uint32_t text_place(const TextTable *table, TextKey key, size_t len)
{
  const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
  uint64_t mixed = (((key.head ^ len) * odd ^ key.next) * odd ^ key.last) * odd;
  return (uint32_t)(mixed >> 32) & table->mask;
}

/* The place of a text, or the free one where it would be. */
static inline TextEntry *text_entry(const TextTable *table, TextKey key, const char *text, size_t len)
{
  for (uint32_t i = text_place(table, key, len);; i = (i + 1) & table->mask) {
    TextEntry *entry = &table->entries[i];
    if (!entry->text) return entry;
    uint64_t other = (entry->key.head ^ key.head) | (entry->key.next ^ key.next);
    other |= (entry->key.last ^ key.last) | (entry->len ^ len);
    if (other == 0 && (len <= 24 || memcmp(entry->text, text, len) == 0)) return entry;
  }
}

/* UINT32_MAX: not there. */
static inline uint32_t texttable_find(const TextTable *table, const char *text, size_t len)
{
  const TextEntry *entry = text_entry(table, text_key(text, len), text, len);
  return entry->text ? entry->number : UINT32_MAX;
}

#endif
