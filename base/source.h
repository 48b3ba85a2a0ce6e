/*
 * source.h - the texts being compiled, and places in them.
 *
 * A Span is bytes [start, end) of one file.  Line, column and excerpt are
 * computed only when somebody asks.
 */
#ifndef MOT_BASE_SOURCE_H
#define MOT_BASE_SOURCE_H

#include "base/mem.h"

typedef struct Span {
  uint32_t file, start, end;
} Span;

typedef struct SourceFile {
  const char *name; /* as shown in messages; "std/contact.mot" for the library */
  char *text;       /* len bytes, then two NULs (what the scanner wants) */
  uint32_t len;
  uint32_t *lines;  /* start of each line; built on first use */
  uint32_t line_count;
} SourceFile;

typedef struct Sources {
  Arena *arena;
  SourceFile *files;
  uint32_t count, cap;
} Sources;

typedef struct Place {
  uint32_t line;   /* from 1 */
  uint32_t column; /* in code points, from 1 */
} Place;

void sources_init(Sources *sources, Arena *arena);
/* Copies name and text; the file's number. */
uint32_t sources_add(Sources *sources, const char *name, const char *text, size_t len);
Place source_place(Sources *sources, uint32_t file, uint32_t offset);
/* The number, from 0, of the line that holds `offset`: the last of `count` ascending starts at or before it. */
uint32_t line_at(const uint32_t *starts, uint32_t count, uint32_t offset);
/* The line that holds `offset`, without its line end. */
Span source_line(Sources *sources, uint32_t file, uint32_t offset);
/* The span from the start of `a` to the end of `b` (same file). */
Span span_join(Span a, Span b);

#endif
