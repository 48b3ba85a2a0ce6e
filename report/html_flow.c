/*
 * html_flow.c - the causal flow: which missed moments go before which.
 *
 * The picture has the associations that are surest, and no more stops than can be told apart; the table has
 * the greatest.
 */
#include <math.h>
#include <stdlib.h>

#include "report/html_name.h"
#include "report/html_part.h"
#include "report/svg.h"

/* The end of the interval that is nearer to no association. */
static double sureness(const ReviewFlow *flow)
{
  const Estimate *at = &flow->misses.difference;
  return fmin(fabs(at->low), fabs(at->high));
}

static int by_sureness(const void *a, const void *b)
{
  const ReviewFlow *one = *(const ReviewFlow *const *)a, *other = *(const ReviewFlow *const *)b;
  double first = sureness(one), second = sureness(other);
  if (first != second) return first > second ? -1 : 1;
  return one < other ? -1 : one > other;
}

/* ---- which pairs ---- */

typedef struct Choice {
  const ReviewFlow **flows;
  uint32_t count;
  bool *stops;                 /* by MOT: it has an arc */
  uint32_t stop_count;
} Choice;

static Choice choose(Html *html, const ReviewExperience *at)
{
  const ReviewFlow **all = ARENA_ARRAY(&html->arena, const ReviewFlow *, at->flow_count);
  for (uint32_t i = 0; i < at->flow_count; i++) all[i] = &at->flows[i];
  qsort(all, at->flow_count, sizeof *all, by_sureness);
  Choice choice = {.flows = all, .stops = ARENA_ARRAY(&html->arena, bool, html->rules->mot_count)};
  for (uint32_t i = 0; i < at->flow_count && choice.count < HTML_ARCS; i++) {
    const ReviewFlow *flow = all[i];
    uint32_t more = !choice.stops[flow->from] + (flow->to != flow->from && !choice.stops[flow->to]);
    if (choice.stop_count + more > HTML_PICTURE_ROWS) continue;
    choice.stop_count += more;
    choice.stops[flow->from] = choice.stops[flow->to] = true;
    all[choice.count++] = flow;
  }
  return choice;
}

/* ---- the picture ---- */

static const char *signed_points(Html *html, const Comparison *misses)
{
  bool sign = misses->effect == EFFECT_MORE || misses->effect == EFFECT_LESS;
  return sign ? arena_printf(&html->arena, "%+.0f", misses->difference.value * 100) : "";
}

/* In the order of the rules; stop_of: by MOT. */
static const SvgStop *stops_of(Html *html, const ReviewExperience *at, const Choice *choice,
                               uint32_t *stop_of)
{
  SvgStop *stops = ARENA_ARRAY(&html->arena, SvgStop, choice->stop_count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < at->mot_count; i++) {
    const ReviewMot *mot = &at->mots[i];
    if (!choice->stops[mot->mot]) continue;
    stop_of[mot->mot] = count;
    stops[count++] = (SvgStop){words_mot(&html->words, mot->mot), signed_points(html, &mot->contribution)};
  }
  return stops;
}

static void draw(Html *html, const ReviewExperience *at, const Choice *choice)
{
  uint32_t *stop_of = ARENA_ARRAY(&html->arena, uint32_t, html->rules->mot_count);
  const SvgStop *stops = stops_of(html, at, choice, stop_of);
  SvgArc *arcs = ARENA_ARRAY(&html->arena, SvgArc, choice->count);
  const char *words = "";
  for (uint32_t i = 0; i < choice->count; i++) {
    const ReviewFlow *flow = choice->flows[i];
    arcs[i] = (SvgArc){stop_of[flow->from], stop_of[flow->to], signed_points(html, &flow->misses),
                       fabs(flow->misses.difference.value), flow->misses.effect == EFFECT_LESS};
    words = arena_printf(&html->arena, "%sAfter a missed “%s”, “%s”: %s. ", words, html_mot(html, flow->from),
                         html_mot(html, flow->to), HTML_SAY(html, points, flow->misses.difference));
  }
  html_raw(
      html,
      "<figure class=\"alone\"><figcaption>An arrow leads from a missed moment to one that is missed more "
      "often after it, by how many points; dashed: less often. At the right: how many points more often the "
      "outcome is missed.</figcaption>\n");
  svg_arcs(html, &(SvgFlow){"Causal flow: what is missed more often after which missed moment", words,
                            "outcome", stops, arcs, choice->stop_count, choice->count});
  html_raw(html, "</figure>\n");
  if (choice->count < at->flow_count)
    html_put(html, "<p class=\"soft\">The picture has the %u surest of %u.</p>\n", choice->count,
             at->flow_count);
}

/* ---- the table ---- */

static void flow_table(Html *html, const ReviewExperience *at)
{
  static const char *const heads[] = {"After a missed …", "is missed", "#Then", "#Else", "#Points", NULL};
  uint32_t shown = at->flow_count < HTML_ROWS ? at->flow_count : HTML_ROWS;
  if (shown == 0) return;
  HtmlTable table = html_table(html, shown < at->flow_count ? "Pairs with an association, the greatest"
                               : "Pairs with an association", heads);
  for (uint32_t i = 0; i < shown; i++) {
    const ReviewFlow *flow = &at->flows[i];
    html_row(html, &table, html_mot(html, flow->from));
    html_cell(html, &table, "%s", html_mot(html, flow->to));
    for (unsigned j = 0; j < 2; j++)
      html_cell(html, &table, "%s <small>of %s</small>", HTML_SAY(html, estimate, flow->misses.share[j]),
                HTML_SAY(html, count, flow->misses.cases[j]));
    html_cell(html, &table, "%+.1f <small>%s</small>", flow->misses.difference.value * 100,
              HTML_SAY(html, points_interval, flow->misses.difference));
  }
  html_table_end(html, &table);
}

void part_flow(Html *html, const ReviewExperience *experience)
{
  html_section(html, "flow", experience->experience, "Causal flow (" WORDS_ASSOCIATION ")");
  html_put(html, "<p>%s</p>\n", HTML_SAY(html, flows_looked_at, experience));
  Choice choice = choose(html, experience);
  if (choice.count > 0) {
    html_raw(html, "<div class=\"beside\"><div>\n");
    draw(html, experience, &choice);
    html_raw(html, "</div><div>\n");
    flow_table(html, experience);
    html_raw(html, "</div></div>\n");
  }
  html_section_end(html);
}
