/*
 * fuzz_module.c - bytes as a module: refused or read and listed, nothing else.
 *
 * What guards the content (magic, sizes, places of sections, checksum) is set
 * right first; else no change would get past it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bytecode/disasm.h"
#include "bytecode/names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t round_up(uint64_t size)
{
  return (size + 7) / 8 * 8;
}

/* Bytes of the strings section that begins at `at`, as far as they can be told. */
static uint64_t strings_size(const uint8_t *bytes, uint64_t at, uint64_t size)
{
  uint32_t count, last;
  if (at + 8 > size) return 0;
  memcpy(&count, bytes + at, 4);
  uint64_t head = 8 + 4 * (uint64_t)count;
  if (at + head > size) return 0;
  memcpy(&last, bytes + at + head - 4, 4);
  return head + last;
}

static void mend_sections(uint8_t *bytes, uint64_t size)
{
  uint64_t at = sizeof(ModuleHeader) + SECTION_COUNT * sizeof(SectionEntry);
  if (size < at) return;
  SectionEntry *entries = (void *)(bytes + sizeof(ModuleHeader));
  for (uint32_t i = 0; i < SECTION_COUNT && at <= size; i++) {
    entries[i].offset = at;
    entries[i].row = table_info[i].row;
    if (i == SECTION_STRINGS && at + 4 <= size) memcpy(&entries[i].count, bytes + at, 4);
    uint64_t rows = (uint64_t)entries[i].count * entries[i].row;
    at += round_up(i == SECTION_STRINGS ? strings_size(bytes, at, size) : rows);
  }
}

static void mend_header(uint8_t *bytes, uint64_t size)
{
  if (size < sizeof(ModuleHeader)) return;
  ModuleHeader *header = (void *)bytes;
  *header = (ModuleHeader){.magic = {'m', 'o', 't', 'c'}, .version = MOT_FORMAT_VERSION, .size = size,
                           .sections = SECTION_COUNT};
  mend_sections(bytes, size);
  header->checksum = module_checksum(bytes, size);
}

static void read_and_list(const uint8_t *bytes, uint64_t size)
{
  Mem mem;
  Arena arena;
  jmp_buf oom;
  Module module;
  ModuleError error;
  Buf out;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  arena_init(&arena, &mem);
  if (setjmp(oom) == 0) {
    bool ok = module_read(&module, bytes, size, &arena, &error);
    if (ok == (error.text[0] != '\0')) abort(); /* a refusal has a reason */
    buf_init(&out, &arena);
    if (ok) module_disasm(&module, &out);
  }
  arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  uint8_t *copy = calloc(size ? size : 1, 1);
  if (size) memcpy(copy, data, size);
  read_and_list(copy, size);
  mend_header(copy, size);
  read_and_list(copy, size);
  free(copy);
  return 0;
}
