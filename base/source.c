#include "base/source.h"

#include <string.h>

#include "base/vec.h"

void sources_init(Sources *sources, Arena *arena)
{
  *sources = (Sources){.arena = arena};
}

uint32_t sources_add(Sources *sources, const char *name, const char *text, size_t len)
{
  Arena *arena = sources->arena;
  if (len > UINT32_MAX - 2) mem_fail(arena->mem);
  SourceFile file = {.name = arena_copy(arena, name, strlen(name)), .len = (uint32_t)len};
  file.text = arena_alloc(arena, len + 2);
  if (len != 0) memcpy(file.text, text, len);
  if (sources->count == sources->cap)
    sources->files = vec_room(arena, sources->files, sources->count, &sources->cap, sizeof *sources->files);
  sources->files[sources->count] = file;
  return sources->count++;
}

static void find_lines(Sources *sources, SourceFile *file)
{
  VEC(uint32_t) starts = {0};
  *VEC_PUSH(sources->arena, &starts) = 0;
  const char *end = file->text + file->len;
  for (const char *at = file->text; (at = memchr(at, '\n', (size_t)(end - at))); at++)
    *VEC_PUSH(sources->arena, &starts) = (uint32_t)(at - file->text) + 1;
  file->lines = starts.data;
  file->line_count = starts.len;
}

uint32_t line_at(const uint32_t *starts, uint32_t count, uint32_t offset)
{
  uint32_t low = 0, high = count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static SourceFile *with_lines(Sources *sources, uint32_t number)
{
  SourceFile *file = &sources->files[number];
  if (!file->lines) find_lines(sources, file);
  return file;
}

Place source_place(Sources *sources, uint32_t file_number, uint32_t offset)
{
  const SourceFile *file = with_lines(sources, file_number);
  if (offset > file->len) offset = file->len;
  uint32_t line = line_at(file->lines, file->line_count, offset);
  uint32_t column = 1;
  for (uint32_t i = file->lines[line]; i < offset; i++)
    column += (file->text[i] & 0xC0) != 0x80; /* not the inside of a UTF-8 sequence */
  return (Place){line + 1, column};
}

Span source_line(Sources *sources, uint32_t file_number, uint32_t offset)
{
  const SourceFile *file = with_lines(sources, file_number);
  uint32_t line = line_at(file->lines, file->line_count, offset);
  uint32_t start = file->lines[line];
  uint32_t end = line + 1 < file->line_count ? file->lines[line + 1] - 1 : file->len;
  if (end > start && file->text[end - 1] == '\r') end--;
  return (Span){file_number, start, end};
}

Span span_join(Span a, Span b)
{
  return (Span){a.file, a.start, b.end};
}
