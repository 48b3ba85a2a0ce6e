/*
 * markdown.c - a story as Markdown.
 */
#include "cli/story/story.h"

#include <string.h>

/* What would be markup is written as a character. */
static void put_text(Buf *page, const char *text)
{
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '<' || c == '>' || c == '&') {
      buf_text(page, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
      continue;
    }
    if (strchr("\\`*_[]|~#", c)) buf_char(page, '\\');
    buf_char(page, c < ' ' || c == 0x7F ? ' ' : (char)c);
  }
}

static void put_line(Buf *page, const char *lead, const char *text)
{
  buf_text(page, lead);
  put_text(page, text);
  buf_char(page, '\n');
}

static void put_item(const Story *story, Buf *page, const StoryItem *item)
{
  StoryLine line = story_line(story, item);
  buf_printf(page, "  - %s ", line.sign);
  put_text(page, story_tag(story, item->journey));
  if (line.tone == TONE_BAD) buf_text(page, "**");
  put_text(page, line.text);
  if (line.tone == TONE_BAD) buf_text(page, "**");
  if (*line.note) buf_text(page, " — ");
  put_text(page, line.note);
  buf_char(page, '\n');
}

static void put_head(const Story *story, Buf *page, const StoryHead *head)
{
  const char *fields = story_fields(story, head), *elapsed = story_elapsed(story, head);
  buf_printf(page, "- **%s** ", story_clock(story, head->time));
  if (*elapsed) buf_printf(page, "(%s) ", elapsed);
  put_text(page, story_head(story, head));
  if (*fields) buf_text(page, ": ");
  put_text(page, fields);
  if (*story_unheard(head)) buf_printf(page, " — *%s*", story_unheard(head));
  buf_char(page, '\n');
  for (uint32_t i = head->first; i < head->first + head->count; i++)
    if (!story->items.data[i].folded) put_item(story, page, &story->items.data[i]);
}

static void put_heads(const Story *story, StoryPage *whole)
{
  Buf *page = &whole->buf;
  for (uint32_t i = 0, folds; i < story->heads.len; i += folds > 0 ? folds : 1) {
    const StoryHead *head = &story->heads.data[i];
    if (i == 0 || !story_same_day(story, head->time, head[-1].time)) {
      buf_char(page, '\n');
      put_line(page, "## ", story_day(story, head->time));
      buf_char(page, '\n');
    }
    put_head(story, page, head);
    folds = story_folds(story, i);
    if (folds > 0) put_line(page, "- ", story_folded(story, i + 1, folds - 1));
    story_turn(story, whole);
  }
}

void story_markdown(const Story *story, StoryPage *whole)
{
  Buf *page = &whole->buf;
  put_line(page, "# ", story_title(story));
  put_line(page, "\n", story_summary(story));
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    const StoryJourney *journey = &story->journeys.data[i];
    const char *const *figures = story_figures(story, journey);
    const char *name = story_journey(story, journey);
    if (journey->hidden) continue;
    put_line(page, "\n### ", arena_printf(story->words.arena, "%s%s", story_tag(story, i), name));
    buf_char(page, '\n');
    for (unsigned k = 0; figures[k]; k++) put_line(page, "- ", figures[k]);
    story_turn(story, whole);
  }
  put_heads(story, whole);
  if (story->open.len > 0) {
    put_line(page, "\n## Still open at ", story_time(story, story->clock));
    buf_char(page, '\n');
  }
  for (uint32_t i = 0; i < story->open.len; i++) put_line(page, "- ", story_open(story, story->open.data[i]));
  story_turn(story, whole);
}
