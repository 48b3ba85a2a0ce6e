/*
 * terminal.h - text in the columns of a terminal.
 */
#ifndef MOT_REPORT_TERMINAL_H
#define MOT_REPORT_TERMINAL_H

#include "report/outline.h"

typedef struct Screen {
  Arena *arena;
  Buf *page;
  unsigned width;
  bool color;
} Screen;

/* A piece of a text that fits a line. */
typedef struct Line {
  const char *text;
  size_t size;
  unsigned width;              /* columns it takes */
} Line;
typedef VEC(Line) Lines;

/* A copy in which nothing can move the cursor or change colours: control characters and bytes that are no UTF-8
 * are question marks. */
const char *terminal_clean(Arena *arena, const char *text);
/* Columns that a clean text takes. */
unsigned terminal_width(const char *text, size_t size);
/* Of the widest word. */
unsigned terminal_word(const char *text);
/* A clean text in lines of up to `width` columns, broken at blanks, in words only where one is wider. */
Lines terminal_lines(Arena *arena, const char *text, unsigned width);

/* A line in a tone, without an end of line. */
void terminal_put(const Screen *screen, Tone tone, const Line *line);
void terminal_table(const Screen *screen, const Table *table);

#endif
