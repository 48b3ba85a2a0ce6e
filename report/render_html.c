/*
 * render_html.c - a review as one page: no scripts, nothing from outside, for desk, telephone and paper.
 */
#include <string.h>

#include "report/html_name.h"
#include "report/html_part.h"

enum { TITLES = 3 };

static const char *titles(Html *html)
{
  const Review *review = html->review;
  const char *all = "";
  for (uint32_t i = 0; i < review->experience_count && i < TITLES; i++)
    all = arena_printf(&html->arena, "%s%s%s", all, i > 0 ? ", " : "",
                       HTML_SAY(html, experience, review->experiences[i].experience));
  if (review->experience_count <= TITLES) return all;
  return arena_printf(&html->arena, "%s and %u more", all, review->experience_count - TITLES);
}

static void put_warning(Html *html, const char *text)
{
  if (*text) html_put(html, "<p>%s</p>\n", html_safe(html, text));
}

static void put_begin(Html *html)
{
  const char *span = HTML_SAY(html, span, html->review->period), *all = titles(html);
  html_put(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
           "<title>Review: %s, %s</title>\n", all, span);
  part_style(html);
  html_put(html, "</head>\n<body>\n<header>\n<h1>Review: %s</h1>\n<p><b>%s</b>", all, span);
  if (html->review->previous.from != MOT_NO_TIME)
    html_put(html, ", compared with %s", HTML_SAY(html, span, html->review->previous));
  html_raw(html, ".</p>\n");
  put_warning(html, words_gap(&html->words));
  put_warning(html, words_early(&html->words));
  html_raw(html, "</header>\n");
}

static void put_link(Html *html, const char *name, uint32_t experience, const char *title)
{
  html_put(html, "<li><a href=\"#%s-%u\">%s</a></li>\n", name, experience, title);
}

static void put_contents(Html *html)
{
  const Review *review = html->review;
  html_raw(html, "<nav aria-label=\"Contents\"><ul>\n");
  for (uint32_t i = 0; i < review->experience_count; i++) {
    const ReviewExperience *at = &review->experiences[i];
    uint32_t experience = at->experience;
    put_link(html, "experience", experience, HTML_SAY(html, experience, experience));
    if (review->experience_count > 4) continue;
    if (review->point_count > 0) put_link(html, "production", experience, "over time");
    if (at->mot_count > 0) put_link(html, "mots", experience, "moments of truth");
    put_link(html, "matter", experience, "which matter");
    if (at->team_count + at->individual_count > 0)
      put_link(html, "people", experience, "teams and individuals");
    if (at->good.told || at->bad.told) put_link(html, "stories", experience, "two customers");
  }
  html_raw(html, "<li><a href=\"#landscape\">Landscape</a></li>\n"
           "<li><a href=\"#meaning\">How the figures are meant</a></li>\n</ul></nav>\n<main>\n");
}

static void put_experience(Html *html, const ReviewExperience *experience, bool first)
{
  static void (*const parts[])(Html *, const ReviewExperience *) = {
    part_short, part_production, part_mots, part_matter, part_flow, part_goals, part_crown, part_sentiment,
    part_circles, part_handovers, part_corrections, part_people, part_stories};
  const mot_experience_info *info = &html->rules->experiences[experience->experience].info;
  html_put(html, "<article id=\"experience-%u\">\n<h2%s>%s</h2>\n", experience->experience,
           first ? " class=\"first\"" : "", HTML_SAY(html, experience, experience->experience));
  html_put(html, "<blockquote>%s</blockquote>\n<p class=\"soft\">Experience Manager: %s</p>\n",
           html_safe(html, info->sco), html_contact(html, info->manager));
  for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) parts[i](html, experience);
  html_raw(html, "</article>\n");
}

static void put_end(Html *html)
{
  html_put(html, "</main>\n<footer><p class=\"soft\">%s. Rules %s.</p></footer>\n</body>\n</html>\n",
           html_safe(html, words_data(&html->words)), html->rules->hash);
}

static void put_page(Html *html)
{
  const Review *review = html->review;
  put_begin(html);
  put_contents(html);
  for (uint32_t i = 0; i < review->experience_count; i++)
    put_experience(html, &review->experiences[i], i == 0);
  part_landscape(html);
  part_meaning(html);
  put_end(html);
  html_flush(html);
}

static RenderStatus guarded(Html *html, Mem *mem)
{
  jmp_buf oom;
  mem->oom = &oom;
  if (setjmp(oom)) return RENDER_NO_MEMORY;
  put_page(html);
  return html->refused ? RENDER_REFUSED : RENDER_DONE;
}

RenderStatus render_html(const Review *review, const RenderOptions *options, RenderSink sink)
{
  Mem mem;
  Html html = {.review = review, .rules = review->rules, .sink = sink};
  mem_init(&mem, NULL, NULL);
  arena_init(&html.arena, &mem);
  html.words = (Words){&html.arena, options->rules, review};
  RenderStatus status = guarded(&html, &mem);
  arena_free(&html.arena);
  return status;
}
