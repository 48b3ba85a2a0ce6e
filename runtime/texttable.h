/*
 * texttable.h - a fixed set of texts, each with a number; looked up by bytes.
 */
#ifndef MOT_RUNTIME_TEXTTABLE_H
#define MOT_RUNTIME_TEXTTABLE_H

#include <stdbool.h>

#include "base/mem.h"

typedef struct TextEntry {
  const char *text;     /* NULL: a free place */
  uint32_t len, number;
  uint64_t head, tail;  /* up to 16 bytes: all of them; of longer ones the hash */
} TextEntry;

typedef struct TextTable {
  TextEntry *entries; /* in places by hash, the next free one when taken */
  uint32_t mask;
} TextTable;

/* Room for `texts` of them, in `arena`. */
void texttable_init(TextTable *table, Arena *arena, uint32_t texts);
/* Adds a text, which must live as long; the number it has now: its own when it was there before. */
uint32_t texttable_add(TextTable *table, const char *text, uint32_t len, uint32_t number);
/* UINT32_MAX: not there. */
uint32_t texttable_find(const TextTable *table, const char *text, size_t len);

#endif
