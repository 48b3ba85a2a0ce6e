/*
 * html.c - a story as one page: a line of time from top to bottom; no scripts, nothing from outside, for desk,
 * telephone and paper.
 */
#include "report/html_part.h"

#include <string.h>

#include "cli/story/story.h"

static const char sheet[] =
  "<style>\n"
  ".day{margin:1.6rem 0 .3rem;padding:0;border:0;font-size:1.1rem}\n"
  ".line{list-style:none;margin:0;padding:0 0 0 .4rem}\n"
  ".line>li{position:relative;border-left:2px solid var(--line);padding:.1rem 0 .8rem 1.2rem}\n"
  ".line>li::before{content:'';position:absolute;left:-.45rem;top:.45rem;width:.7rem;height:.7rem;border-radius:50%;"
  "background:var(--mark);border:2px solid var(--mark)}\n"
  ".line>li.time::before{background:var(--back);border-color:var(--soft)}\n"
  ".line>li.more::before{background:var(--back);border-color:var(--line)}\n"
  ".line time{font-weight:600;font-variant-numeric:tabular-nums;margin-right:.6rem}\n"
  ".brings{list-style:none;margin:.25rem 0 0;padding:0}\n"
  ".brings li{position:relative;padding:.08rem 0 .08rem 1.5rem;max-width:50rem}\n"
  ".brings .sign{position:absolute;left:0;width:1.2rem;text-align:center}\n"
  ".brings small{display:block}\n"
  ".journeys{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.8rem;margin:1rem 0}\n"
  ".journeys section{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .9rem}\n"
  ".journeys h2{margin:0 0 .2rem;padding:0;border:0;font-size:1.1rem}\n"
  "@media print{.line>li{break-inside:avoid}.day{break-after:avoid}.line>li:nth-child(-n+2){break-before:avoid}}\n"
  "</style>\n";

static const char *tone_class(Tone tone)
{
  return tone == TONE_GOOD ? " class=\"good\"" : tone == TONE_BAD ? " class=\"bad\""
    : tone == TONE_DIM ? " class=\"soft\""
    : "";
}

/* ---- the line of time ---- */

static void put_item(Html *html, const Story *story, const StoryItem *item)
{
  StoryLine line = story_line(story, item);
  html_put(html, "<li><span class=\"sign\" aria-hidden=\"true\">%s</span>%s<span%s>%s</span>", line.sign,
           html_safe(html, story_tag(story, item->journey)), tone_class(line.tone), html_safe(html, line.text));
  if (*line.note) html_put(html, "<small>%s</small>", html_safe(html, line.note));
  html_raw(html, "</li>\n");
}

static bool brings(const Story *story, const StoryHead *head)
{
  for (uint32_t i = head->first; i < head->first + head->count; i++)
    if (!story->items.data[i].folded) return true;
  return false;
}

static void put_head(Html *html, const Story *story, const StoryHead *head)
{
  const char *fields = story_fields(story, head), *unheard = story_unheard(head), *elapsed = story_elapsed(story, head);
  bool event = head->event != MOT_NOT_FOUND;
  html_put(html, "<li%s><time>%s</time>%s%s%s", event ? "" : " class=\"time\"", story_clock(story, head->time),
           event ? "<b>" : "<span class=\"soft\">", html_safe(html, story_head(story, head)), event ? "</b>" : "</span>");
  if (*elapsed) html_put(html, " <small>%s</small>", elapsed);
  if (*fields) html_put(html, "<br /><span class=\"soft\">%s</span>", html_safe(html, fields));
  if (*unheard) html_put(html, "<br /><small>%s</small>", unheard);
  if (brings(story, head)) {
    html_raw(html, "\n<ul class=\"brings\">\n");
    for (uint32_t i = head->first; i < head->first + head->count; i++)
      if (!story->items.data[i].folded) put_item(html, story, &story->items.data[i]);
    html_raw(html, "</ul>");
  }
  html_raw(html, "</li>\n");
}

/* The words of what is written already are not needed any more. */
static void forget(Html *html, const Story *story)
{
  arena_free(&html->arena);
  arena_free(story->words.arena);
}

static void put_heads(Html *html, const Story *story)
{
  for (uint32_t i = 0, folds; i < story->heads.len; i += folds > 0 ? folds : 1) {
    const StoryHead *head = &story->heads.data[i];
    if (i == 0 || !story_same_day(story, head->time, head[-1].time))
      html_put(html, "%s<h2 class=\"day\">%s</h2>\n<ol class=\"line\">\n", i > 0 ? "</ol>\n" : "",
               story_day(story, head->time));
    put_head(html, story, head);
    folds = story_folds(story, i);
    if (folds > 0)
      html_put(html, "<li class=\"more\"><span class=\"soft\">%s</span></li>\n",
               html_safe(html, story_folded(story, i + 1, folds - 1)));
    forget(html, story);
  }
  if (story->heads.len > 0) html_raw(html, "</ol>\n");
}

/* ---- before and behind it ---- */

static void put_journeys(Html *html, const Story *story)
{
  html_raw(html, "<div class=\"journeys\">\n");
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    const StoryJourney *journey = &story->journeys.data[i];
    const char *const *figures = story_figures(story, journey);
    if (journey->hidden) continue;
    html_put(html, "<section><h2>%s%s</h2>\n", html_safe(html, story_tag(story, i)),
             html_safe(html, story_journey(story, journey)));
    if (journey->sco) html_put(html, "<p>%s</p>\n", html_outcome(html, journey->sco->step->outcome));
    for (unsigned k = 0; figures[k]; k++) html_put(html, "<p>%s</p>\n", html_safe(html, figures[k]));
    html_raw(html, "</section>\n");
  }
  html_raw(html, "</div>\n");
}

static void put_open(Html *html, const Story *story)
{
  if (story->open.len == 0) return;
  html_put(html, "<h2>Still open at %s</h2>\n<ul>\n", story_time(story, story->clock));
  for (uint32_t i = 0; i < story->open.len; i++)
    html_put(html, "<li>%s</li>\n", html_safe(html, story_open(story, story->open.data[i])));
  html_raw(html, "</ul>\n");
}

static void put_page(Html *html, const Story *story)
{
  char hash[33];
  mot_rules_hash(story->rules, hash);
  html_put(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>%s</title>\n",
           html_safe(html, story_title(story)));
  part_style(html);
  html_put(html, "%s</head>\n<body>\n<header>\n<h1>%s</h1>\n<p>%s</p>\n</header>\n<main>\n", sheet,
           html_safe(html, story_title(story)), html_safe(html, story_summary(story)));
  put_journeys(html, story);
  put_heads(html, story);
  put_open(html, story);
  html_put(html, "</main>\n<footer><p class=\"soft\">Rules %s.</p></footer>\n</body>\n</html>\n", hash);
  html_flush(html);
}

void story_html(const Story *story, StoryPage *page)
{
  Html *html = ARENA_NEW(page->buf.arena, Html);
  *html = (Html){.words = story->words, .sink = page->sink};
  arena_init(&html->arena, story->words.arena->mem);
  put_page(html, story);
  forget(html, story);
  page->refused = html->refused;
}
