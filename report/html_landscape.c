/*
 * html_landscape.c - how much of what customers do a MOT answers for; and how the figures are meant.
 */
#include "report/html_name.h"
#include "report/html_part.h"

static void kind_table(Html *html, const ReviewLandscape *at)
{
  static const char *const heads[] = {"Event", "#Events", "#Of a moment", "#Share", NULL};
  uint32_t shown = at->kind_count < HTML_ROWS ? at->kind_count : HTML_ROWS;
  const char *caption = shown == at->kind_count ? "Kinds of events that the rules know, least share first"
    : arena_printf(&html->arena, "The %u kinds of events with the least share, of %u", shown, at->kind_count);
  HtmlTable table = html_table(html, caption, heads);
  for (uint32_t i = 0; i < shown; i++) {
    const ReviewEvents *row = &at->kinds[i];
    html_row(html, &table, html_safe(html, html->rules->events[row->event]));
    html_cell(html, &table, "%s", HTML_SAY(html, count, row->events));
    html_cell(html, &table, "%s", HTML_SAY(html, count, row->touched));
    html_cell(html, &table, "%s", HTML_SAY(html, estimate, row->share));
  }
  html_table_end(html, &table);
}

static void type_table(Html *html, const ReviewLandscape *at)
{
  static const char *const heads[] = {"Type in the data", "#Events", NULL};
  if (at->type_count == 0) return;
  HtmlTable table = html_table(html, "Most frequent types that no rule uses", heads);
  for (uint32_t i = 0; i < at->type_count; i++) {
    html_row(html, &table, html_data(html, at->types[i].type));
    html_cell(html, &table, "%s", HTML_SAY(html, count, at->types[i].events));
  }
  html_table_end(html, &table);
}

void part_landscape(Html *html)
{
  const ReviewLandscape *at = &html->review->landscape;
  html_put(
      html,
      "<section id=\"landscape\" aria-labelledby=\"landscape-head\">\n"
      "<h2 id=\"landscape-head\">Landscape: what no moment answers for</h2>\n<p>%s Over all the data.</p>\n",
      HTML_SAY(html, landscape, at));
  if (at->kind_count > 0) kind_table(html, at);
  type_table(html, at);
  html_raw(
      html,
      "<p class=\"soft\">What no moment answers for is not waste by itself; but somebody should know why it "
      "is done.</p>\n");
  html_section_end(html);
}

void part_meaning(Html *html)
{
  html_raw(html, "<section id=\"meaning\" aria-labelledby=\"meaning-head\">\n"
           "<h2 id=\"meaning-head\">How the figures are meant</h2>\n<ul>\n");
  for (size_t i = 0; words_note(i); i++) html_put(html, "<li>%s</li>\n", html_safe(html, words_note(i)));
  html_raw(html, "</ul>\n");
  html_section_end(html);
}
