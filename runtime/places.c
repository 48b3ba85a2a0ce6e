/*
 * places.c - places in the texts that rules were made from.
 */
#include "runtime/places.h"

#include <string.h>

#include "base/source.h"
#include "runtime/run.h"

static LineStarts starts_of(const Module *module, uint32_t source, Arena *arena)
{
  uint32_t len, count = 1;
  const char *text = module_string(module, module->Source[source].text, &len), *end = text + len;
  for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))); at++) count++;
  LineStarts lines = {ARENA_ARRAY(arena, uint32_t, count), 1};
  for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at)));)
    lines.at[lines.count++] = (uint32_t)(++at - text);
  return lines;
}

LineStarts *line_starts_new(const Module *module, Arena *arena)
{
  LineStarts *lines = ARENA_ARRAY(arena, LineStarts, module->Source_count + 1);
  for (uint32_t i = 0; i < module->Source_count; i++) lines[i] = starts_of(module, i, arena);
  return lines;
}

const char *rules_text(const mot_rules *rules, uint32_t source, uint32_t *ret_len)
{
  return module_string(&rules->module, rules->module.Source[source].text, ret_len);
}

/* In code points, from 1. */
static void spot_of(const mot_rules *rules, uint32_t source, uint32_t offset, uint32_t *ret_line, uint32_t *ret_column)
{
  uint32_t len;
  const LineStarts *lines = &rules->lines[source];
  const char *text = rules_text(rules, source, &len);
  uint32_t line = line_at(lines->at, lines->count, offset);
  *ret_line = line + 1;
  *ret_column = 1;
  for (uint32_t i = lines->at[line]; i < offset; i++) *ret_column += (text[i] & 0xc0) != 0x80;
}

mot_place place_of(const mot_rules *rules, uint32_t source, uint32_t start, uint32_t end)
{
  uint32_t len;
  rules_text(rules, source, &len);
  if (start > len) start = len; /* a module may come from anywhere */
  if (end < start || end > len) end = start;
  mot_place place = {
    .file = module_string(&rules->module, rules->module.Source[source].name, NULL),
    .offset = start,
    .length = end - start,
  };
  spot_of(rules, source, start, &place.line, &place.column);
  spot_of(rules, source, end, &place.end_line, &place.end_column);
  return place;
}

/* ---- lines ---- */

static bool named(const mot_rules *rules, uint32_t source, const char *file)
{
  return strcmp(module_string(&rules->module, rules->module.Source[source].name, NULL), file) == 0;
}

const char *mot_rules_source_line(const mot_rules *rules, const char *file, uint32_t line, size_t *ret_length)
{
  uint32_t len, source = 0;
  while (source < rules->module.Source_count && !named(rules, source, file)) source++;
  if (source == rules->module.Source_count || line == 0 || line > rules->lines[source].count) return NULL;
  const LineStarts *lines = &rules->lines[source];
  const char *text = rules_text(rules, source, &len);
  uint32_t start = lines->at[line - 1], end = line < lines->count ? lines->at[line] - 1 : len;
  if (end > start && text[end - 1] == '\r') end--;
  *ret_length = end - start;
  return text + start;
}
