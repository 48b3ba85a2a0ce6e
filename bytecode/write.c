/*
 * write.c - a builder's tables as one block of bytes.
 *
 * Sections stand in the order of SectionId, each padded with zeros to a multiple
 * of 8, so that the layout follows from the counts alone and the same content
 * gives the same bytes.
 */
#include <string.h>
#include <xxhash.h>

#include "bytecode/strings.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "rows are written as they lie in memory");
_Static_assert(sizeof(ModuleHeader) == 32 && sizeof(SectionEntry) == 16 && sizeof(Instr) == 8,
               "parts of the block have no holes");

typedef struct Writer {
  Buf *out;
  size_t start; /* of the block in out */
  SectionEntry entries[SECTION_COUNT];
} Writer;

static void align(Writer *writer)
{
  size_t over = (writer->out->len - writer->start) % 8;
  if (over != 0) buf_fill(writer->out, '\0', 8 - over);
}

static void write_rows(Writer *writer, SectionId id, const void *rows, uint32_t count, size_t row)
{
  writer->entries[id] = (SectionEntry){writer->out->len - writer->start, count, (uint32_t)row};
  buf_put(writer->out, rows, count * row);
  align(writer);
}

static void write_strings(Writer *writer, const StringPool *pool)
{
  uint32_t count = pool_count(pool);
  writer->entries[SECTION_STRINGS] = (SectionEntry){writer->out->len - writer->start, count, 0};
  buf_u32(writer->out, count);
  size_t at = 0, len;
  for (uint32_t i = 0; i < count; i++) {
    buf_u32(writer->out, (uint32_t)at);
    pool_text(pool, i, &len);
    at += len + 1;
    if (at > UINT32_MAX) mem_fail(writer->out->arena->mem); /* 4 GiB of text is out of memory here */
  }
  buf_u32(writer->out, (uint32_t)at);
  for (uint32_t i = 0; i < count; i++) {
    const char *text = pool_text(pool, i, &len);
    buf_put(writer->out, text, len + 1);
  }
  align(writer);
}

/* Everything behind the header and the entries is there: fills those. */
static void finish(Writer *writer)
{
  ModuleHeader header = {
    .magic = {'m', 'o', 't', 'c'},
    .version = MOT_FORMAT_VERSION,
    .size = writer->out->len - writer->start,
    .sections = SECTION_COUNT,
  };
  char *block = writer->out->data + writer->start;
  memcpy(block, &header, sizeof header);
  memcpy(block + sizeof header, writer->entries, sizeof writer->entries);
  header.checksum = module_checksum(block, header.size);
  memcpy(block, &header, sizeof header);
}

/* Bytes of the block, at most. */
static size_t size_of(const ModuleBuilder *builder)
{
  size_t size = sizeof(ModuleHeader) + SECTION_COUNT * (sizeof(SectionEntry) + 8), len;
  for (uint32_t i = 0; i < pool_count(builder->strings); i++) {
    pool_text(builder->strings, i, &len);
    size += sizeof(uint32_t) + len + 1;
  }
#define TABLE(N, text) size += builder->N.len * sizeof(N##Row);
#include "bytecode/tables_only.h"
  return size + 2 * sizeof(uint32_t) + builder->code.len * sizeof(Instr);
}

void module_write(const ModuleBuilder *builder, Buf *out)
{
  Writer writer = {.out = out, .start = out->len};
  buf_reserve(out, size_of(builder));
  buf_fill(out, '\0', sizeof(ModuleHeader) + sizeof writer.entries);
  write_strings(&writer, builder->strings);
#define TABLE(N, text) write_rows(&writer, SECTION_##N, builder->N.data, builder->N.len, sizeof(N##Row));
#include "bytecode/tables_only.h"
  write_rows(&writer, SECTION_CODE, builder->code.data, builder->code.len, sizeof(Instr));
  finish(&writer);
}

uint64_t module_checksum(const void *bytes, uint64_t size)
{
  size_t from = offsetof(ModuleHeader, checksum) + sizeof(uint64_t);
  return size < from ? 0 : XXH3_64bits((const char *)bytes + from, size - from);
}
