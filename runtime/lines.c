/*
 * lines.c - where lines of JSON and records of CSV begin and end.
 */
#define _GNU_SOURCE /* memrchr */
#include "runtime/lines.h"

#include <string.h>

size_t lines_whole(mot_format format, const char *text, size_t size, bool end)
{
  if (format == MOT_CSV) return csv_whole(text, size, end);
  if (end) return size;
  const char *last = size ? memrchr(text, '\n', size) : NULL;
  return last ? (size_t)(last - text) + 1 : 0;
}

/* The least number of bytes that hold a whole record, by halving: 2^n bytes hold one, half of them none. */
static size_t first_record(const char *text, size_t size)
{
  size_t none = 0, some = 64 < size ? 64 : size;
  while (csv_whole(text, some, false) == 0) {
    if (some == size) return size;
    none = some;
    some = some > size / 2 ? size : some * 2;
  }
  while (some - none > 1) {
    size_t middle = none + (some - none) / 2;
    if (csv_whole(text, middle, false) == 0)
      none = middle;
    else
      some = middle;
  }
  return some;
}

size_t lines_first(mot_format format, const char *text, size_t size)
{
  if (format == MOT_CSV) return first_record(text, size);
  const char *end = memchr(text, '\n', size);
  return end ? (size_t)(end - text) + 1 : size;
}

bool lines_blank(const char *line, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (!memchr(" \t\r\n", line[i], 4)) return false;
  return true;
}

uint64_t lines_count(const char *text, size_t size)
{
  uint64_t count = 0;
  for (size_t i = 0; i < size; i++) count += text[i] == '\n';
  return count;
}

Position lines_find(LineFinder *finder, uint64_t arrival)
{
  Position *at = &finder->at;
  while (at->offset < finder->size) {
    const char *line = finder->text + at->offset;
    size_t size = lines_first(finder->format, line, finder->size - at->offset);
    bool blank = lines_blank(line, size);
    if (!blank && at->arrival == arrival) break;
    at->line += lines_count(line, size);
    at->offset += size;
    at->arrival += !blank;
  }
  return (Position){at->line + 1, at->offset, at->arrival};
}
