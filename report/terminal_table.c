/*
 * terminal_table.c - tables that fit a terminal: what is too wide goes on in the next line.
 */
#include <string.h>

#include "report/terminal.h"

enum { BETWEEN = 2, INDENT = 2, NARROWEST_TEXT = 14, NARROWEST = 6 };

typedef struct Layout {
  const Screen *screen;
  const Table *table;
  const char *heads[TABLE_COLUMNS];
  const char **texts;          /* of the cells, clean */
  unsigned widths[TABLE_COLUMNS];
} Layout;

static void measure(Layout *layout)
{
  const Table *table = layout->table;
  layout->texts = ARENA_ARRAY(layout->screen->arena, const char *, table->cells.len);
  for (uint32_t i = 0; i < table->column_count; i++) {
    layout->heads[i] = terminal_clean(layout->screen->arena, table->columns[i].head);
    layout->widths[i] = terminal_word(layout->heads[i]);
  }
  for (uint32_t i = 0; i < table->cells.len; i++) {
    const Cell *cell = &table->cells.data[i];
    const char *text = layout->texts[i] = terminal_clean(layout->screen->arena, cell->text);
    unsigned width = terminal_width(text, strlen(text)) + INDENT * cell->indent;
    unsigned *widest = &layout->widths[i % table->column_count];
    if (width > *widest) *widest = width;
  }
}

static unsigned total(const Layout *layout)
{
  unsigned width = 0;
  for (uint32_t i = 0; i < layout->table->column_count; i++) width += layout->widths[i] + (i ? BETWEEN : 0);
  return width;
}

/* The widest column that may be narrower; `texts`: of those aligned left.  NULL: none. */
static unsigned *widest(Layout *layout, bool texts)
{
  unsigned *found = NULL, least = texts ? NARROWEST_TEXT : NARROWEST;
  for (uint32_t i = 0; i < layout->table->column_count; i++) {
    unsigned *width = &layout->widths[i];
    if (texts && layout->table->columns[i].right) continue;
    if (*width > least && (!found || *width > *found)) found = width;
  }
  return found;
}

static void fit(Layout *layout)
{
  for (int texts = 1; texts >= 0; texts--)
    for (unsigned *width; total(layout) > layout->screen->width && (width = widest(layout, texts)) != NULL;)
      --*width;
}

/* Where there is room, heads take two lines at most. */
static void widen(Layout *layout)
{
  unsigned room = layout->screen->width, used = total(layout);
  for (uint32_t i = 0; i < layout->table->column_count; i++)
    for (; used < room && terminal_lines(layout->screen->arena, layout->heads[i], layout->widths[i]).len > 2; used++)
      layout->widths[i]++;
}

static void put_part(const Layout *layout, uint32_t column, const Cell *cell, const Lines *lines, uint32_t row)
{
  Buf *page = layout->screen->page;
  Line none = {"", 0, 0};
  const Line *line = row < lines->len ? &lines->data[row] : &none;
  unsigned indent = INDENT * cell->indent, room = layout->widths[column], last = layout->table->column_count - 1;
  if (indent >= room) indent = 0;
  unsigned used = line->width + indent, rest = used < room ? room - used : 0;
  if (column > 0) buf_fill(page, ' ', BETWEEN);
  buf_fill(page, ' ', indent + (layout->table->columns[column].right ? rest : 0));
  terminal_put(layout->screen, cell->tone, line);
  if (!layout->table->columns[column].right && column < last) buf_fill(page, ' ', rest);
}

/* One row, in as many lines as its highest cell needs. */
static void put_row(const Layout *layout, const Cell *cells, const char *const *texts)
{
  const Table *table = layout->table;
  Lines lines[TABLE_COLUMNS];
  uint32_t height = 0;
  for (uint32_t i = 0; i < table->column_count; i++) {
    unsigned indent = INDENT * cells[i].indent, room = layout->widths[i];
    lines[i] = terminal_lines(layout->screen->arena, texts[i], indent < room ? room - indent : room);
    if (lines[i].len > height) height = lines[i].len;
  }
  for (uint32_t row = 0; row < height; row++) {
    for (uint32_t i = 0; i < table->column_count; i++) put_part(layout, i, &cells[i], &lines[i], row);
    Buf *page = layout->screen->page;
    while (page->len > 0 && page->data[page->len - 1] == ' ') page->len--;
    buf_char(page, '\n');
  }
}

static void put_rule(const Layout *layout)
{
  for (uint32_t i = 0; i < layout->table->column_count; i++) {
    if (i > 0) buf_fill(layout->screen->page, ' ', BETWEEN);
    for (unsigned j = 0; j < layout->widths[i]; j++) buf_text(layout->screen->page, "─");
  }
  buf_char(layout->screen->page, '\n');
}

void terminal_table(const Screen *screen, const Table *table)
{
  static const Cell heads[TABLE_COLUMNS];
  Layout layout = {.screen = screen, .table = table};
  measure(&layout);
  fit(&layout);
  widen(&layout);
  put_row(&layout, heads, layout.heads);
  put_rule(&layout);
  for (uint32_t i = 0; i + table->column_count <= table->cells.len; i += table->column_count)
    put_row(&layout, &table->cells.data[i], &layout.texts[i]);
}
