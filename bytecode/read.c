/*
 * read.c - from bytes to a view: header, checksum, sections, texts.
 *
 * The layout of a block follows from its counts (write.c), so each section has
 * exactly one place where it may be.
 */
#include <string.h>

#include "bytecode/names.h"
#include "bytecode/verify.h"

bool module_fail(ModuleError *error, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  return false;
}

const char *module_string(const Module *module, uint32_t number, uint32_t *len)
{
  uint32_t start = module->string_offsets[number];
  if (len) *len = module->string_offsets[number + 1] - start - 1;
  return module->string_bytes + start;
}

const void *module_rows(const Module *module, SectionId table, uint32_t *count)
{
  switch (table) {
#define TABLE(N, text) \
  case SECTION_##N: *count = module->N##_count; return module->N;
#include "bytecode/tables_only.h"
  default: *count = 0; return NULL;
  }
}

/* ---- header ---- */

static bool check_header(const Module *module, ModuleError *error)
{
  const ModuleHeader *header = (const void *)module->bytes;
  if (module->size < 4 || memcmp(module->bytes, "motc", 4) != 0)
    return module_fail(error, "header.magic: this is not a compiled module");
  if (module->size < sizeof *header)
    return module_fail(error, "header: the file was cut short, it has %llu bytes",
                       (unsigned long long)module->size);
  if (header->version != MOT_FORMAT_VERSION)
    return module_fail(error, "header.version: the module is of format %u, this program reads format %d",
                       header->version, MOT_FORMAT_VERSION);
  if (header->size != module->size)
    return module_fail(error, "header.size: the module says it has %llu bytes, the file has %llu",
                       (unsigned long long)header->size, (unsigned long long)module->size);
  if (header->checksum != module_checksum(module->bytes, module->size))
    return module_fail(error, "header.checksum: the file was changed after it was compiled");
  if (header->sections != SECTION_COUNT)
    return module_fail(error, "header.sections: %u instead of %d", header->sections, SECTION_COUNT);
  if (header->flags != 0) return module_fail(error, "header.flags: %u instead of 0", header->flags);
  return true;
}

/* ---- sections ---- */

typedef struct Reader {
  Module *module;
  uint64_t at; /* where the next section has to begin; a multiple of 8, at most the size */
  ModuleError *error;
} Reader;

static bool zero_padding(Reader *reader, const char *name)
{
  while (reader->at % 8 != 0 && reader->at < reader->module->size)
    if (reader->module->bytes[reader->at++] != 0)
      return module_fail(reader->error, "section %s: the filling behind it is not zero", name);
  if (reader->at % 8 != 0)
    return module_fail(reader->error, "section %s: no room for the filling behind it", name);
  return true;
}

/* Goes past `bytes` bytes of a section and the padding behind them. */
static bool pass(Reader *reader, uint64_t bytes, const char *name)
{
  if (bytes > reader->module->size - reader->at)
    return module_fail(reader->error, "section %s: ends behind the end of the module", name);
  reader->at += bytes;
  return zero_padding(reader, name);
}

/* The rows of a section that stands where it has to, or NULL. */
static const void *section(Reader *reader, SectionId id, uint32_t *count)
{
  const SectionEntry *entries = (const void *)(reader->module->bytes + sizeof(ModuleHeader));
  SectionEntry entry = entries[id];
  const TableInfo *info = &table_info[id];
  const void *rows = reader->module->bytes + reader->at;
  if (entry.offset != reader->at) {
    module_fail(reader->error, "section %s: begins at %llu instead of %llu", info->text,
                (unsigned long long)entry.offset, (unsigned long long)reader->at);
    return NULL;
  }
  if (entry.row != info->row) {
    module_fail(reader->error, "section %s: rows of %u bytes instead of %u", info->text, entry.row,
                info->row);
    return NULL;
  }
  *count = entry.count;
  return pass(reader, (uint64_t)entry.count * entry.row, info->text) ? rows : NULL;
}

/* Offsets ascending from 0, each text followed by NUL, the empty one first. */
static bool check_offsets(const Module *module, ModuleError *error)
{
  const uint32_t *offsets = module->string_offsets;
  if (offsets[0] != 0) return module_fail(error, "strings[0]: begins at %u instead of 0", offsets[0]);
  for (uint32_t i = 0; i < module->string_count; i++) {
    if (offsets[i + 1] <= offsets[i] || offsets[i + 1] > offsets[module->string_count])
      return module_fail(error, "strings[%u]: ends before it begins", i);
    if (module->string_bytes[offsets[i + 1] - 1] != '\0')
      return module_fail(error, "strings[%u]: no NUL at its end", i);
  }
  if (offsets[1] != 1) return module_fail(error, "strings[0]: not empty");
  return true;
}

static bool read_strings(Reader *reader)
{
  Module *module = reader->module;
  uint64_t left = module->size - reader->at; /* from a section's start, which is in the block */
  const uint32_t *numbers = section(reader, SECTION_STRINGS, &module->string_count);
  if (!numbers) return false;
  uint64_t head = 4 * (2 + (uint64_t)module->string_count);
  if (module->string_count == 0)
    return module_fail(reader->error, "section strings: the empty text is missing");
  if (left < head) return module_fail(reader->error, "section strings: ends behind the end of the module");
  if (numbers[0] != module->string_count)
    return module_fail(reader->error, "section strings: %u texts, its entry says %u", numbers[0],
                       module->string_count);
  module->string_offsets = numbers + 1;
  module->string_bytes = (const char *)numbers + head;
  uint32_t bytes = module->string_offsets[module->string_count];
  return pass(reader, head + bytes, "strings") && check_offsets(module, reader->error);
}

static bool read_sections(Reader *reader)
{
  Module *module = reader->module;
  reader->at = sizeof(ModuleHeader) + SECTION_COUNT * sizeof(SectionEntry);
  if (module->size < reader->at)
    return module_fail(reader->error, "header: the list of sections is cut short");
  if (!read_strings(reader)) return false;
#define TABLE(N, text) \
  if (!(module->N = section(reader, SECTION_##N, &module->N##_count))) return false;
#include "bytecode/tables_only.h"
  if (!(module->code = section(reader, SECTION_CODE, &module->code_count))) return false;
  if (reader->at != module->size)
    return module_fail(reader->error, "section code: bytes behind the last section");
  return true;
}

bool module_read(Module *module, const void *bytes, uint64_t size, Arena *scratch, ModuleError *error)
{
  *module = (Module){.bytes = bytes, .size = size};
  *error = (ModuleError){0};
  if ((uintptr_t)bytes % 8 != 0)
    return module_fail(error, "module: does not lie at a multiple of 8 bytes in memory");
  if (!check_header(module, error)) return false;
  Reader reader = {.module = module, .error = error};
  return read_sections(&reader) && module_verify(module, scratch, error);
}
