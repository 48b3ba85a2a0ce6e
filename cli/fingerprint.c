/*
 * fingerprint.c - a rolling hash over a hundred characters from the beginning of each line, blanks left out:
 * modulo 2^64, to the base 37, over UTF-16 units, with U+FFFF for the end of the file and zeroes behind it.
 */
#include "cli/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { WINDOW = 100, BASE = 37, END_OF_FILE = 0xffff };

typedef struct Roll {
  uint64_t hash, oldest;      /* oldest: what the unit that leaves the window was multiplied by */
  uint16_t units[WINDOW];
  uint32_t lines[WINDOW];     /* that begin at this unit; 0: none does */
  unsigned at;
  uint32_t line;              /* begun so far */
  bool line_starts;
  Fingerprints *out;
} Roll;

/* The window is full of what follows the line that began here, if one did. */
static void line_done(Roll *roll)
{
  uint32_t line = roll->lines[roll->at];
  if (line > 0 && line <= roll->out->count) roll->out->hashes[line - 1] = roll->hash;
  roll->lines[roll->at] = 0;
}

static void push(Roll *roll, uint16_t unit)
{
  uint64_t leaving = roll->units[roll->at];
  roll->units[roll->at] = unit;
  roll->hash = roll->hash * BASE + unit - roll->oldest * leaving;
  roll->at = (roll->at + 1) % WINDOW;
}

static void take(Roll *roll, uint16_t unit)
{
  if (unit == ' ' || unit == '\t') return;
  line_done(roll);
  if (roll->line_starts) roll->lines[roll->at] = ++roll->line;
  roll->line_starts = unit == '\n';
  push(roll, unit);
}

static void take_line(Roll *roll, const char *text, size_t size)
{
  const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text, *end = at + size;
  while (at < end) {
    utf8proc_int32_t c;
    utf8proc_ssize_t length = utf8proc_iterate(at, end - at, &c);
    at += length > 0 ? length : 1;
    if (length <= 0) c = 0xfffd;
    if (c == '\r') c = '\n';
    if (c > 0xffff) take(roll, (uint16_t)(0xd7c0 + (c >> 10)));
    take(roll, (uint16_t)(c > 0xffff ? 0xdc00 + (c & 0x3ff) : c));
  }
}

static void roll_over(Roll *roll, mot_compilation *compilation, const char *file)
{
  roll->line_starts = true;
  roll->oldest = 1;
  for (int i = 0; i < WINDOW; i++) roll->oldest *= BASE;
  size_t size;
  const char *text;
  for (uint32_t line = 1; (text = mot_source_line(compilation, file, line, &size)) != NULL; line++) {
    if (line > 1) take(roll, '\n');
    take_line(roll, text, size);
  }
  take(roll, END_OF_FILE);
  for (int i = 0; i < WINDOW; i++) {
    line_done(roll);
    push(roll, 0);
  }
}

static int by_hash(const void *a, const void *b)
{
  const uint64_t *x = *(const uint64_t *const *)a, *y = *(const uint64_t *const *)b;
  if (*x != *y) return *x < *y ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Lines with the same hash are told apart by their number among these. */
static bool count_repeats(Fingerprints *prints)
{
  const uint64_t **order = malloc((prints->count + 1) * sizeof *order);
  if (!order) return false;
  for (uint32_t i = 0; i < prints->count; i++) order[i] = &prints->hashes[i];
  qsort(order, prints->count, sizeof *order, by_hash);
  uint32_t repeat = 0;
  for (uint32_t i = 0; i < prints->count; i++) {
    repeat = i > 0 && *order[i] == *order[i - 1] ? repeat + 1 : 1;
    prints->repeats[order[i] - prints->hashes] = repeat;
  }
  free(order);
  return true;
}

static bool look_at(Fingerprints *prints, mot_compilation *compilation, const char *file)
{
  fingerprints_free(prints);
  size_t size;
  uint32_t lines = 0;
  while (mot_source_line(compilation, file, lines + 1, &size)) lines++;
  *prints = (Fingerprints){.count = lines};
  prints->hashes = calloc(lines + 1, sizeof *prints->hashes);
  prints->repeats = calloc(lines + 1, sizeof *prints->repeats);
  if (!prints->hashes || !prints->repeats) return false;
  Roll roll = {.out = prints};
  roll_over(&roll, compilation, file);
  if (!count_repeats(prints)) return false;
  prints->file = file;
  prints->compilation = compilation;
  return true;
}

bool fingerprint(Fingerprints *prints, mot_compilation *compilation, const mot_place *place,
                 char ret_text[FINGERPRINT_ROOM])
{
  bool known = prints->compilation == compilation && prints->file && strcmp(prints->file, place->file) == 0;
  if (!known && !look_at(prints, compilation, place->file)) return false;
  ret_text[0] = 0;
  if (place->line < 1 || place->line > prints->count) return true;
  snprintf(ret_text, FINGERPRINT_ROOM, "%" PRIx64 ":%" PRIu32, prints->hashes[place->line - 1],
           prints->repeats[place->line - 1]);
  return true;
}

void fingerprints_free(Fingerprints *prints)
{
  free(prints->hashes);
  free(prints->repeats);
  *prints = (Fingerprints){0};
}
