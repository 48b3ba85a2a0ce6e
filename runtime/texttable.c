/* texttable.c - see texttable.h. */
#include "runtime/texttable.h"

void texttable_init(TextTable *table, Arena *arena, uint32_t texts)
{
  size_t places = 4;
  while (places < (size_t)texts * 3) places *= 2;
  table->entries = ARENA_ARRAY(arena, TextEntry, places);
  table->mask = (uint32_t)(places - 1);
}

uint32_t texttable_add(TextTable *table, const char *text, uint32_t len, uint32_t number)
{
  char copy[TEXT_SPARE] = {0};
  if (len < TEXT_SPARE) memcpy(copy, text, len);
  TextKey key = text_key(len < TEXT_SPARE ? copy : text, len);
  TextEntry *entry = text_entry(table, key, text, len);
  if (!entry->text) *entry = (TextEntry){key, text, len, number};
  return entry->number;
}
