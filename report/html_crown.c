/*
 * html_crown.c - the triple crown: money, cost and service side by side; and what customers say.
 */
#include <math.h>
#include <string.h>

#include "report/html_name.h"
#include "report/html_part.h"
#include "report/svg.h"
#include "report/values.h"

/* ---- pictures ---- */

/* Of the sums of a sub-period the one of the same kind as `like`, in units of its currency; NAN: none. */
static double amount_like(const ReviewAmounts *amounts, const ReviewAmount *like)
{
  for (uint32_t i = 0; i < amounts->count; i++) {
    const ReviewAmount *at = &amounts->amounts[i];
    double number;
    if (at->type != like->type || strcmp(at->currency, like->currency) != 0) continue;
    if (!review_value_number(&at->sum, &number)) return NAN;
    return at->type == MOT_TYPE_MONEY ? (double)at->sum.integer / pow(10, like->exponent) : number;
  }
  return NAN;
}

static void draw_amount(Html *html, const ReviewExperience *at, const ReviewAmount *like, const char *title,
                        bool value)
{
  uint32_t count = html->review->point_count;
  double *values = ARENA_ARRAY(&html->arena, double, count);
  for (uint32_t i = 0; i < count; i++)
    values[i] = amount_like(value ? &at->crown[i].value : &at->crown[i].impact, like);
  const char *name =
      *like->currency ? arena_printf(&html->arena, "%s, %s", title, html_safe(html, like->currency)) : title;
  const char *words = arena_printf(&html->arena, "In all %s.", HTML_SAY(html, amount, like));
  html_put(html, "<figure><figcaption><b>%s</b> %s</figcaption>\n", name, words);
  svg_chart(html, &(SvgChart){.title = name,
                              .words = words,
                              .values = values,
                              .suffix = "",
                              .floor = -INFINITY,
                              .ceiling = INFINITY,
                              .bars = true});
  html_raw(html, "</figure>\n");
}

static void draw_service(Html *html, const ReviewExperience *at)
{
  uint32_t count = html->review->point_count;
  double *values = ARENA_ARRAY(&html->arena, double, count);
  for (uint32_t i = 0; i < count; i++)
    values[i] = at->crown[i].moments.rate.known ? at->crown[i].moments.rate.value * 100 : NAN;
  const char *words = arena_printf(&html->arena, "In all %s.", HTML_SAY(html, estimate, at->moments.rate));
  html_put(html, "<figure><figcaption><b>Service: moments produced</b> %s</figcaption>\n", words);
  svg_chart(html, &(SvgChart){.title = "Service: moments produced",
                              .words = words,
                              .values = values,
                              .suffix = "%",
                              .floor = 0,
                              .ceiling = 100});
  html_raw(html, "</figure>\n");
}

static void draw_sentiment(Html *html, const ReviewExperience *at)
{
  uint32_t count = html->review->point_count;
  double *values = ARENA_ARRAY(&html->arena, double, count);
  if (at->sentiment.said == 0) return;
  for (uint32_t i = 0; i < count; i++)
    values[i] = at->crown[i].sentiment.known ? at->crown[i].sentiment.value : NAN;
  const char *words = arena_printf(&html->arena, "In all %s.", HTML_SAY(html, mean, at->sentiment.mean));
  html_put(html, "<figure><figcaption><b>What customers say, mean</b> %s</figcaption>\n", words);
  svg_chart(html, &(SvgChart){.title = "What customers say, mean",
                              .words = words,
                              .values = values,
                              .suffix = "",
                              .floor = -INFINITY,
                              .ceiling = INFINITY});
  html_raw(html, "</figure>\n");
}

enum { CURRENCIES = 3 };

static void draw_all(Html *html, const ReviewExperience *at)
{
  html_raw(html, "<div class=\"pair\">\n");
  for (uint32_t i = 0; i < at->value.count && i < CURRENCIES; i++)
    draw_amount(html, at, &at->value.amounts[i], "Value of journeys that are over", true);
  for (uint32_t i = 0; i < at->impact.count && i < CURRENCIES; i++)
    draw_amount(html, at, &at->impact.amounts[i], "Impact of moments", false);
  draw_service(html, at);
  draw_sentiment(html, at);
  html_raw(html, "</div>\n");
}

/* ---- table ---- */

static void crown_row(Html *html, HtmlTable *table, const ReviewExperience *at, uint32_t point)
{
  const ReviewCrown *crown = &at->crown[point];
  html_row(html, table, HTML_SAY(html, point, point));
  if (at->value.count > 0) html_cell(html, table, "%s", html_amounts(html, &crown->value));
  if (at->impact.count > 0) html_cell(html, table, "%s", html_amounts(html, &crown->impact));
  html_cell(html, table, "%s", HTML_SAY(html, estimate, crown->sco.rate));
  html_cell(html, table, "%s", HTML_SAY(html, estimate, crown->moments.rate));
  html_cell(html, table, "%s", HTML_SAY(html, percentage, crown->disruption));
  if (at->sentiment.said == 0) return;
  if (crown->sentiment.known) html_cell(html, table, "%s", HTML_SAY(html, number, crown->sentiment.value));
  else html_cell(html, table, WORDS_NOTHING);
}

static bool has_anything(const ReviewCrown *crown)
{
  return crown->value.count + crown->impact.count > 0 || crown->sco.rate.known || crown->moments.rate.known ||
    crown->sentiments > 0;
}

static void crown_table(Html *html, const ReviewExperience *at)
{
  uint32_t count = html->review->point_count, first = count > HTML_ROWS ? count - HTML_ROWS : 0, used = 0;
  const char *heads[8] = {html->review->step == REVIEW_BY_DAY     ? "Day"
                          : html->review->step == REVIEW_BY_WEEK  ? "Week"
                          : html->review->step == REVIEW_BY_MONTH ? "Month"
                                                                  : "Year"};
  used = 1;
  if (at->value.count > 0) heads[used++] = "#Value";
  if (at->impact.count > 0) heads[used++] = "#Impact";
  heads[used++] = "#Outcome produced";
  heads[used++] = "#Moments produced";
  heads[used++] = "#Disruption";
  if (at->sentiment.said > 0) heads[used++] = "#Customers say";
  const char *caption = first == 0 ? arena_printf(&html->arena, "By %s", words_step(html->review->step))
    : arena_printf(&html->arena, "The last %u of %u %ss; the pictures have all", HTML_ROWS, count,
                   words_step(html->review->step));
  HtmlTable table = html_wide_table(html, caption, heads);
  for (uint32_t i = first; i < count; i++)
    if (has_anything(&at->crown[i])) crown_row(html, &table, at, i);
  html_table_end(html, &table);
}

void part_crown(Html *html, const ReviewExperience *experience)
{
  if (html->review->point_count == 0) return;
  html_section(html, "crown", experience->experience, "Triple crown: money, cost and service side by side");
  draw_all(html, experience);
  crown_table(html, experience);
  html_section_end(html);
}

void part_sentiment(Html *html, const ReviewExperience *experience)
{
  const ReviewSentiment *at = &experience->sentiment;
  static const char *const heads[] = {"What customers say", "#Moments", "#Mean", NULL};
  if (at->said == 0) return;
  html_section(html, "sentiment", experience->experience, "What customers say");
  html_put(html, "<p>%s</p>\n", HTML_SAY(html, sentiment, at));
  HtmlTable table = html_table(html, "The first value that a customer gives after a moment", heads);
  html_row(html, &table, "after a produced moment");
  html_cell(html, &table, "%s", HTML_SAY(html, count, at->produced_cases));
  html_cell(html, &table, "%s", HTML_SAY(html, mean, at->after_produced));
  html_row(html, &table, "after a missed moment");
  html_cell(html, &table, "%s", HTML_SAY(html, count, at->missed_cases));
  html_cell(html, &table, "%s", HTML_SAY(html, mean, at->after_missed));
  html_table_end(html, &table);
  html_section_end(html);
}
