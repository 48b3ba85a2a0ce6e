/*
 * render_terminal.c - a review for a terminal.
 */
#include <string.h>

#include "report/page.h"
#include "report/terminal.h"

static const char bullet[] = "  - ";

static void put_lines(const Screen *screen, const Block *block, const char *lead)
{
  unsigned indent = (unsigned)strlen(lead);
  Lines lines = terminal_lines(screen->arena, terminal_clean(screen->arena, block->text), screen->width - indent);
  for (uint32_t i = 0; i < lines.len; i++) {
    if (i == 0)
      buf_text(screen->page, lead);
    else
      buf_fill(screen->page, ' ', indent);
    terminal_put(screen, block->tone, &lines.data[i]);
    buf_char(screen->page, '\n');
  }
}

/* A heading, bold, with a line below the greater ones. */
static void put_heading(const Screen *screen, const Block *block)
{
  const char *below = block->kind == BLOCK_TITLE ? "═" : "─";
  Lines lines = terminal_lines(screen->arena, terminal_clean(screen->arena, block->text), screen->width);
  unsigned widest = 0;
  for (uint32_t i = 0; i < lines.len; i++) {
    if (screen->color) buf_text(screen->page, "\033[1m");
    buf_put(screen->page, lines.data[i].text, lines.data[i].size);
    if (screen->color) buf_text(screen->page, "\033[0m");
    buf_char(screen->page, '\n');
    if (lines.data[i].width > widest) widest = lines.data[i].width;
  }
  if (block->kind == BLOCK_PART) return;
  for (unsigned i = 0; i < widest; i++) buf_text(screen->page, below);
  buf_char(screen->page, '\n');
}

static void put_block(const Screen *screen, const Block *block)
{
  switch (block->kind) {
  case BLOCK_TITLE: case BLOCK_SECTION: case BLOCK_PART: put_heading(screen, block); break;
  case BLOCK_TEXT: put_lines(screen, block, ""); break;
  case BLOCK_ITEM: put_lines(screen, block, bullet); break;
  case BLOCK_TABLE: terminal_table(screen, block->table); break;
  }
}

/* Whether a blank line stands between a block and the one before. */
static bool apart(const Block *block)
{
  if (block->kind == BLOCK_ITEM && block[-1].kind == BLOCK_ITEM) return false;
  return block[-1].kind != BLOCK_PART;
}

static void fill(Buf *page, const Review *review, const RenderOptions *options)
{
  Outline outline;
  unsigned width = options->width < 40 ? options->width ? 40 : 100 : options->width;
  Screen screen = {.arena = page->arena, .page = page, .width = width, .color = options->color};
  outline_make(&outline, page->arena, review, options);
  for (uint32_t i = 0; i < outline.blocks.len; i++) {
    const Block *block = &outline.blocks.data[i];
    if (i > 0 && apart(block)) buf_char(page, '\n');
    put_block(&screen, block);
  }
}

RenderStatus render_terminal(const Review *review, const RenderOptions *options, RenderSink sink)
{
  return page_render(review, options, sink, fill);
}
