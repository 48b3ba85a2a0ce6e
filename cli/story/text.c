/*
 * text.c - a story for a terminal: days, below them events by the clock, below these what they brought about.
 */
#include "cli/story/story.h"

#include <string.h>

#include "report/terminal.h"

enum { NARROW = 40, MARGIN = 2 };

typedef struct Layout {
  const Story *story;
  StoryPage *page;
  Screen screen;
  unsigned indent;             /* where what happened begins */
} Layout;

/* ---- lines ---- */

/* Wrapped behind what stands in the line already, up to `at`; further lines begin there. */
static void put_wrapped(const Layout *layout, unsigned at, Tone tone, const char *text)
{
  const Screen *screen = &layout->screen;
  unsigned width = screen->width > at + NARROW / 2 ? screen->width - at : NARROW / 2;
  Lines lines = terminal_lines(screen->arena, terminal_clean(screen->arena, text), width);
  for (uint32_t i = 0; i < lines.len; i++) {
    if (i > 0) buf_fill(screen->page, ' ', at);
    terminal_put(screen, tone, &lines.data[i]);
    buf_char(screen->page, '\n');
  }
  if (lines.len == 0) buf_char(screen->page, '\n');
}

static void put_at(const Layout *layout, unsigned at, Tone tone, const char *text)
{
  buf_fill(layout->screen.page, ' ', at);
  put_wrapped(layout, at, tone, text);
}

static void put_bold(const Layout *layout, const char *text)
{
  const Screen *screen = &layout->screen;
  Lines lines = terminal_lines(screen->arena, terminal_clean(screen->arena, text), screen->width);
  for (uint32_t i = 0; i < lines.len; i++) {
    if (screen->color) buf_text(screen->page, "\033[1m");
    buf_put(screen->page, lines.data[i].text, lines.data[i].size);
    if (screen->color) buf_text(screen->page, "\033[0m");
    buf_char(screen->page, '\n');
  }
}

/* ---- heads ---- */

static void put_head(const Layout *layout, const StoryHead *head)
{
  const Story *story = layout->story;
  const char *fields = story_fields(story, head), *unheard = story_unheard(head), *text = story_head(story, head);
  const char *elapsed = story_elapsed(story, head), *clock = story_clock(story, head->time);
  bool event = head->event != MOT_NOT_FOUND;
  if (*elapsed) text = arena_printf(story->words.arena, "%s (%s)", text, elapsed);
  if (*fields) text = arena_printf(story->words.arena, "%s: %s", text, fields);
  buf_fill(layout->screen.page, ' ', MARGIN);
  buf_text(layout->screen.page, clock);
  buf_fill(layout->screen.page, ' ', layout->indent - MARGIN - strlen(clock));
  put_wrapped(layout, layout->indent, event ? TONE_PLAIN : TONE_DIM, text);
  if (*unheard) put_at(layout, layout->indent + MARGIN, TONE_DIM, unheard);
}

static void put_item(const Layout *layout, const StoryItem *item)
{
  const Story *story = layout->story;
  StoryLine line = story_line(story, item);
  const char *text = arena_printf(story->words.arena, "%s%s", story_tag(story, item->journey), line.text);
  buf_fill(layout->screen.page, ' ', layout->indent);
  terminal_put(&layout->screen, line.tone, &(Line){line.sign, strlen(line.sign), 1});
  buf_char(layout->screen.page, ' ');
  put_wrapped(layout, layout->indent + MARGIN, line.tone, text);
  if (*line.note) put_at(layout, layout->indent + MARGIN, TONE_DIM, line.note);
}

static void put_one(const Layout *layout, const StoryHead *head)
{
  const Story *story = layout->story;
  put_head(layout, head);
  for (uint32_t i = head->first; i < head->first + head->count; i++)
    if (!story->items.data[i].folded) put_item(layout, &story->items.data[i]);
}

static void put_heads(const Layout *layout)
{
  const Story *story = layout->story;
  for (uint32_t i = 0, folds; i < story->heads.len; i += folds > 0 ? folds : 1) {
    const StoryHead *head = &story->heads.data[i];
    bool fresh = i == 0 || !story_same_day(story, head->time, head[-1].time);
    if (fresh) buf_char(layout->screen.page, '\n');
    if (fresh) put_bold(layout, story_day(story, head->time));
    put_one(layout, head);
    folds = story_folds(story, i);
    if (folds > 0) put_at(layout, layout->indent, TONE_DIM, story_folded(story, i + 1, folds - 1));
    story_turn(story, layout->page);
  }
}

/* ---- what stands before and behind them ---- */

static void put_journeys(const Layout *layout)
{
  const Story *story = layout->story;
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    const StoryJourney *journey = &story->journeys.data[i];
    const char *tag = story_tag(story, i), *const *figures = story_figures(story, journey);
    if (journey->hidden) continue;
    buf_char(layout->screen.page, '\n');
    put_bold(layout, arena_printf(story->words.arena, "%s%s", tag, story_journey(story, journey)));
    Tone tone = !journey->sco ? TONE_PLAIN : journey->sco->step->outcome == MOT_PRODUCED ? TONE_GOOD
      : journey->sco->step->outcome == MOT_MISSED ? TONE_BAD
      : TONE_DIM;
    for (unsigned k = 0; figures[k]; k++) put_at(layout, MARGIN, k == 0 ? tone : TONE_PLAIN, figures[k]);
    story_turn(story, layout->page);
  }
}

static void put_open(const Layout *layout)
{
  const Story *story = layout->story;
  if (story->open.len == 0) return;
  buf_char(layout->screen.page, '\n');
  put_bold(layout, arena_printf(story->words.arena, "Still open at %s", story_time(story, story->clock)));
  for (uint32_t i = 0; i < story->open.len; i++) {
    buf_text(layout->screen.page, "  ○ ");
    put_wrapped(layout, 2 * MARGIN, TONE_PLAIN, story_open(story, story->open.data[i]));
  }
}

void story_text(const Story *story, StoryPage *page, unsigned width, bool color)
{
  Layout layout = {.story = story, .page = page};
  layout.screen = (Screen){story->words.arena, &page->buf, width < NARROW ? NARROW : width, color};
  for (uint32_t i = 0; i < story->heads.len; i++) {
    unsigned used = (unsigned)strlen(story_clock(story, story->heads.data[i].time));
    if (MARGIN + used + MARGIN > layout.indent) layout.indent = MARGIN + used + MARGIN;
    if (i % 1024 == 0) arena_free(story->words.arena);
  }
  put_bold(&layout, story_title(story));
  put_at(&layout, 0, TONE_PLAIN, story_summary(story));
  put_journeys(&layout);
  put_heads(&layout);
  put_open(&layout);
  story_turn(story, page);
}
