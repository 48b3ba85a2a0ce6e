/*
 * render_markdown.c - a review as Markdown with the tables of GitHub.
 */
#include <string.h>

#include "report/outline.h"
#include "report/page.h"

/* What would be markup is written as a character; `lead`: at the beginning of a block, where more is markup. */
static void put_text(Buf *page, const char *text, bool lead)
{
  size_t digits = lead ? strspn(text, "0123456789") : 0;
  for (size_t i = 0; text[i]; i++) {
    unsigned char c = (unsigned char)text[i];
    bool first = lead && i == 0 && strchr("#+-=~", c);
    bool number = digits > 0 && i == digits && (c == '.' || c == ')');
    if (c == '<' || c == '>' || c == '&') {
      buf_text(page, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
      continue;
    }
    if (first || number || strchr("\\`*_[]|~", c)) buf_char(page, '\\');
    buf_char(page, c < ' ' || c == 0x7F ? ' ' : (char)c);
  }
}

static void put_cell(Buf *page, const Cell *cell)
{
  buf_text(page, " ");
  for (unsigned i = 0; i < cell->indent; i++) buf_text(page, "&nbsp;&nbsp;&nbsp;");
  if (cell->tone == TONE_BAD) buf_text(page, "**");
  put_text(page, cell->text, false);
  if (cell->tone == TONE_BAD) buf_text(page, "**");
  buf_text(page, " |");
}

static void put_table(Buf *page, const Table *table)
{
  buf_char(page, '|');
  for (uint32_t i = 0; i < table->column_count; i++) put_cell(page, &(Cell){.text = table->columns[i].head});
  buf_text(page, "\n|");
  for (uint32_t i = 0; i < table->column_count; i++) buf_text(page, table->columns[i].right ? " ---: |" : " --- |");
  buf_char(page, '\n');
  for (uint32_t i = 0; i < table->cells.len; i++) {
    if (i % table->column_count == 0) buf_char(page, '|');
    put_cell(page, &table->cells.data[i]);
    if ((i + 1) % table->column_count == 0) buf_char(page, '\n');
  }
}

static void put_block(Buf *page, const Block *block)
{
  static const char *const leads[] = {[BLOCK_TITLE] = "# ", [BLOCK_SECTION] = "## ", [BLOCK_PART] = "### ",
    [BLOCK_TEXT] = "", [BLOCK_ITEM] = "- "};
  if (block->kind == BLOCK_TABLE) {
    put_table(page, block->table);
    return;
  }
  buf_text(page, leads[block->kind]);
  put_text(page, block->text, true);
  buf_char(page, '\n');
}

static void fill(Buf *page, const Review *review, const RenderOptions *options)
{
  Outline outline;
  outline_make(&outline, page->arena, review, options);
  for (uint32_t i = 0; i < outline.blocks.len; i++) {
    const Block *block = &outline.blocks.data[i];
    bool list = i > 0 && block->kind == BLOCK_ITEM && block[-1].kind == BLOCK_ITEM;
    if (i > 0 && !list) buf_char(page, '\n');
    put_block(page, block);
  }
}

RenderStatus render_markdown(const Review *review, const RenderOptions *options, RenderSink sink)
{
  return page_render(review, options, sink, fill);
}
