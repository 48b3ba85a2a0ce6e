/*
 * rows.c - text broken into rows.
 */
#include <utf8proc.h>

#include "cli/graph/render.h"

static bool blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Columns that the character at `at` takes, and its bytes. */
static size_t columns(const char *at, size_t *ret_bytes)
{
  utf8proc_int32_t c;
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &c);
  *ret_bytes = size > 0 ? (size_t)size : 1;
  int width = size > 0 ? utf8proc_charwidth(c) : 1;
  return width > 0 ? (size_t)width : 0;
}

bool next_row(const char **at, size_t most, const char **ret_from, size_t *ret_length)
{
  while (blank(**at)) ++*at;
  if (!**at) return false;
  const char *from = *at, *to = from, *gap = NULL;
  size_t wide = 0, bytes;
  for (; *to && *to != '\n'; to += bytes) {
    wide += columns(to, &bytes);
    if (wide > most && to > from && !blank(*to)) break;
    if (blank(*to)) gap = to;
  }
  bool broken = *to && *to != '\n';
  if (broken && gap) to = gap;
  *at = to;
  while (to > from && blank(to[-1])) to--;
  *ret_from = from;
  *ret_length = (size_t)(to - from);
  return true;
}
