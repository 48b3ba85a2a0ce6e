/* listing.h - the listing in the making, between the disasm_*.c files. */
#ifndef MOT_BYTECODE_LISTING_H
#define MOT_BYTECODE_LISTING_H

#include "bytecode/module.h"
#include "bytecode/names.h"

typedef struct LineStarts { /* of a source */
  uint32_t *at;
  uint32_t count;
} LineStarts;

typedef struct Listing {
  const Module *m;
  Buf *out;
  uint8_t *listed;     /* by function: it stands in the listing already */
  LineStarts *sources; /* by source; made on first use */
} Listing;

enum { LISTING_WIDTH = 118, NAME_WIDTH = 40 };

/* ---- disasm_text.c: single values ---- */

/* A text of the module, at most `width` characters, one line of it. */
void put_text(Listing *l, uint32_t string, uint32_t width);
void put_quoted(Listing *l, uint32_t string, uint32_t width);
void put_duration(Buf *out, int64_t microseconds);
void put_time(Buf *out, int64_t microseconds); /* 2026-03-02T09:00:00Z */
/* An integer and, in parentheses, the time or length of time that it may be. */
void put_integer(Buf *out, int64_t value);
/* Takes back blanks at the end of the listing so far. */
void trim_line(Buf *out);
/* The row's name, "-" for MOT_NONE; its number for tables without names. */
void put_row_name(Listing *l, uint32_t table, uint32_t row);
/* Fills with blanks so that the line that began at `start` is `column` wide; at least one blank. */
void put_column(Buf *out, size_t start, uint32_t column);

/* ---- disasm_code.c ---- */

/* The function under a heading, unless it was listed before. */
void list_function(Listing *l, uint32_t function);

/* ---- disasm_rules.c ---- */

void list_experience(Listing *l, uint32_t experience);
void list_correction(Listing *l, uint32_t correction);

/* ---- disasm_rows.c ---- */

/* Rows first … first + count of a table, a line each with all its fields. */
void list_rows(Listing *l, SectionId table, uint32_t first, uint32_t count, uint32_t indent);

#endif
