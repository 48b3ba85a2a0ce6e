/*
 * fuzz_mutate.c - any bytes as a rule file, changed in one place at a time.
 *
 * The changes stand in the order of the text and within it, and each gives another text that can be read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "grammar/parse.h"
#include "mot/tools.h"

enum { TRIED = 200 }; /* changes of one text that are read */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_changed(Arena *arena, const char *text, size_t size, const mot_mutation *change)
{
  Sources sources;
  Diags diags;
  size_t end = change->place.offset + change->place.length, with = strlen(change->with);
  char *other = arena_alloc(arena, size + with + 2);
  memcpy(other, text, change->place.offset);
  memcpy(other + change->place.offset, change->with, with);
  memcpy(other + change->place.offset + with, text + end, size - end);
  sources_init(&sources, arena);
  diags_init(&diags, arena);
  ParseInput in = {arena, intern_new(arena), &sources, &diags};
  parse_file(&in, sources_add(&sources, "fuzz.mot", other, size - (end - change->place.offset) + with));
  if (diags.errors > 0) abort();
}

static void run(Mem *mem, const char *text, size_t size)
{
  mot_mutations *mutations;
  mot_mutation change;
  uint32_t before = 0;
  if (mot_mutations_of("fuzz.mot", text, size, NULL, &mutations, NULL) != MOT_OK) return;
  for (size_t i = 0; mot_mutation_at(mutations, i, &change); i++) {
    Arena arena;
    arena_init(&arena, mem);
    if (change.place.offset < before || change.place.offset + change.place.length > size) abort();
    before = change.place.offset;
    if (i < TRIED) read_changed(&arena, text, size, &change);
    arena_free(&arena);
  }
  mot_mutations_free(mutations);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Mem mem;
  jmp_buf oom;
  if (size > 1 << 16) return 0;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  if (setjmp(oom) != 0) abort();
  run(&mem, (const char *)data, size);
  if (mem.in_use != 0) abort();
  return 0;
}
