/*
 * html_mots.c - the moments of truth: figures, which of them matter, which missed ones lead to which.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/html_name.h"
#include "report/html_part.h"
#include "report/html_target.h"
#include "report/svg.h"

/* ---- figures ---- */

static const char *void_words(Html *html, const ReviewMot *mot)
{
  uint64_t count = mot->voided + mot->superseded + mot->paused + mot->fault;
  if (count == 0) return "";
  return arena_printf(&html->arena, "<small>%s void</small>", HTML_SAY(html, count, count));
}

static const char *took_words(Html *html, const ReviewSpread *took)
{
  if (took->cases == 0) return WORDS_NOTHING;
  return arena_printf(&html->arena, "%s <small>90 %% in %s</small>", HTML_SAY(html, length, took->p50),
                      HTML_SAY(html, length, took->p90));
}

static const char *misses_words(Html *html, const ReviewMot *mot)
{
  if (mot->rate.missed == 0) return "0";
  return arena_printf(&html->arena, "%s <small>%s at the deadline</small><small>%s sooner</small>",
                      HTML_SAY(html, count, mot->rate.missed), HTML_SAY(html, count, mot->margin.missed_at_deadline),
                      HTML_SAY(html, count, mot->margin.missed_before));
}

static void mot_row(Html *html, HtmlTable *table, const ReviewMot *mot, uint32_t experience)
{
  const mot_mot_info *info = &html->rules->mots[mot->mot].info;
  const char *targets = html_targets(html, (HtmlSubject){HTML_MOT, experience, mot->mot});
  html_row(html, table, arena_printf(&html->arena, "%s%s<small>%s; %s</small>", html_mot(html, mot->mot),
                                     info->critical ? " (critical)" : "", html_owner(html, info->manager),
                                     html_producers(html, mot->mot)));
  html_cell(html, table, "%s", html_rate(html, &mot->rate));
  html_cell(html, table, "%s%s", misses_words(html, mot), void_words(html, mot));
  html_cell(html, table, "%s", took_words(html, &mot->took));
  html_cell(html, table, "%s", *targets ? targets : WORDS_NOTHING);
  if (html->review->previous.from != MOT_NO_TIME) html_cell(html, table, "%s", html_change(html, &mot->change));
}

void part_mots(Html *html, const ReviewExperience *experience)
{
  static const char *const heads[] = {"Moment of truth", "#Produced", "#Missed", "#Took (half in)", "Targets",
                                      "Change", NULL};
  static const char *const alone[] = {"Moment of truth", "#Produced", "#Missed", "#Took (half in)", "Targets", NULL};
  if (experience->mot_count == 0) return;
  html_section(html, "mots", experience->experience, "Moments of truth");
  HtmlTable table = html_table(html, "In the order of the rules, with manager and producers",
                               html->review->previous.from == MOT_NO_TIME ? alone : heads);
  for (uint32_t i = 0; i < experience->mot_count; i++)
    mot_row(html, &table, &experience->mots[i], experience->experience);
  html_table_end(html, &table);
  html_section_end(html);
}

/* ---- contribution ---- */

static int by_difference(const void *a, const void *b)
{
  const ReviewMot *one = *(const ReviewMot *const *)a, *other = *(const ReviewMot *const *)b;
  double difference = other->contribution.difference.value - one->contribution.difference.value;
  if (difference != 0) return difference < 0 ? -1 : 1;
  return one->mot < other->mot ? -1 : one->mot > other->mot;
}

/* Those that can be judged, greatest difference first. */
static const ReviewMot **judged(Html *html, const ReviewExperience *at, uint32_t *ret_count)
{
  const ReviewMot **list = ARENA_ARRAY(&html->arena, const ReviewMot *, at->mot_count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < at->mot_count; i++)
    if (at->mots[i].contribution.difference.known) list[count++] = &at->mots[i];
  qsort(list, count, sizeof *list, by_difference);
  *ret_count = count;
  return list;
}

static bool has_sign(const Comparison *comparison)
{
  return comparison->effect == EFFECT_MORE || comparison->effect == EFFECT_LESS;
}

static void draw_forest(Html *html, const ReviewMot *const *mots, uint32_t count)
{
  SvgForestRow *rows = ARENA_ARRAY(&html->arena, SvgForestRow, count);
  const char *words = "";
  for (uint32_t i = 0; i < count; i++) {
    const Comparison *at = &mots[i]->contribution;
    const char *name = words_mot(&html->words, mots[i]->mot);
    rows[i] = (SvgForestRow){html_cut(html, name, strlen(name), 36), HTML_SAY(html, points, at->difference),
                             at->difference, has_sign(at)};
    words = arena_printf(&html->arena, "%s%s: %s (%s). ", words, html_mot(html, mots[i]->mot), rows[i].figures,
                         HTML_SAY(html, points_interval, at->difference));
  }
  html_raw(html, "<figure class=\"alone\"><figcaption><b>How much more often the outcome is missed when the moment was"
           "</b> Square: the difference; bar: its 95 % interval; filled where the interval leaves the line of no "
           "effect out.</figcaption>\n");
  svg_forest(html, "Contribution of each moment of truth with its 95 % interval", words, rows, count);
  html_raw(html, "</figure>\n");
}

static void contribution_table(Html *html, const ReviewMot *const *mots, uint32_t count)
{
  static const char *const heads[] = {"Moment of truth", "#Outcome missed when it was missed",
                                      "#… when it was produced", "#Points", "#Times as often", "What it says", NULL};
  HtmlTable table = html_table(html, "Journeys with a missed moment of the kind beside those in which all were "
                               "produced", heads);
  for (uint32_t i = 0; i < count; i++) {
    const Comparison *at = &mots[i]->contribution;
    html_row(html, &table, html_mot(html, mots[i]->mot));
    for (unsigned j = 0; j < 2; j++)
      html_cell(html, &table, "%s <small>%s of %s</small>", HTML_SAY(html, estimate, at->share[j]),
                HTML_SAY(html, count, at->hits[j]), HTML_SAY(html, count, at->cases[j]));
    html_cell(html, &table, "%+.1f <small>%s</small>", at->difference.value * 100,
              HTML_SAY(html, points_interval, at->difference));
    if (at->ratio.known) html_cell(html, &table, "%.1f", at->ratio.value);
    else html_cell(html, &table, WORDS_NOTHING);
    html_cell(html, &table, "%s", at->effect == EFFECT_MORE ? "it matters" : at->effect == EFFECT_LESS ? "the other way round"
              : "no sign that it matters");
  }
  html_table_end(html, &table);
}

void part_matter(Html *html, const ReviewExperience *experience)
{
  uint32_t count;
  const ReviewMot **mots = judged(html, experience, &count);
  html_section(html, "matter", experience->experience, "Which moments matter (" WORDS_ASSOCIATION ")");
  if (count > 0) {
    uint32_t shown = count < HTML_PICTURE_ROWS ? count : HTML_PICTURE_ROWS;
    draw_forest(html, mots, shown);
    if (shown < count)
      html_put(html, "<p class=\"soft\">The picture has the first %u of %u; the table has all.</p>\n", shown, count);
    contribution_table(html, mots, count);
  }
  uint32_t left = experience->mot_count - count;
  if (left > 0) html_raw(html, "<ul class=\"soft\">\n");
  for (uint32_t i = 0; i < experience->mot_count; i++)
    if (!experience->mots[i].contribution.difference.known)
      html_put(html, "<li>%s: %s</li>\n", html_mot(html, experience->mots[i].mot),
               HTML_SAY(html, contribution, &experience->mots[i]));
  if (left > 0) html_raw(html, "</ul>\n");
  html_section_end(html);
}

/* ---- causal flow ---- */

/* MOT_NOT_FOUND as `to`: the outcome. */
typedef struct Link {
  uint32_t from, to;
  const Comparison *misses;
} Link;

static const Link *links_of(Html *html, const ReviewExperience *at, uint32_t *ret_count)
{
  Link *links = ARENA_ARRAY(&html->arena, Link, at->flow_count + at->mot_count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < at->flow_count && count < HTML_ARCS; i++)
    links[count++] = (Link){at->flows[i].from, at->flows[i].to, &at->flows[i].misses};
  uint32_t judged_count;
  const ReviewMot **mots = judged(html, at, &judged_count);
  for (uint32_t i = 0; i < judged_count && i < HTML_ARCS; i++)
    if (has_sign(&mots[i]->contribution)) links[count++] = (Link){mots[i]->mot, MOT_NOT_FOUND, &mots[i]->contribution};
  *ret_count = count;
  return links;
}

/* Stops: the MOTs with a link, in the order of the rules, then the outcome. */
static uint32_t stops_of(Html *html, const ReviewExperience *at, const Link *links, uint32_t count,
                         const char **stops, uint32_t *stop_of)
{
  uint32_t stop_count = 0;
  for (uint32_t i = 0; i < at->mot_count; i++) {
    uint32_t mot = at->mots[i].mot;
    bool linked = false;
    for (uint32_t j = 0; j < count; j++) linked = linked || links[j].from == mot || links[j].to == mot;
    if (!linked) continue;
    const char *name = words_mot(&html->words, mot);
    stop_of[mot] = stop_count;
    stops[stop_count++] = html_cut(html, name, strlen(name), 30);
  }
  stops[stop_count++] = "The outcome";
  return stop_count;
}

static const char *link_label(Html *html, const Comparison *misses)
{
  return arena_printf(&html->arena, "%+.0f", misses->difference.value * 100);
}

static void draw_flow(Html *html, const ReviewExperience *at, const Link *links, uint32_t count)
{
  const char **stops = ARENA_ARRAY(&html->arena, const char *, at->mot_count + 1);
  uint32_t *stop_of = ARENA_ARRAY(&html->arena, uint32_t, html->rules->mot_count);
  uint32_t stop_count = stops_of(html, at, links, count, stops, stop_of);
  SvgArc *arcs = ARENA_ARRAY(&html->arena, SvgArc, count);
  const char *words = "";
  for (uint32_t i = 0; i < count; i++) {
    const Comparison *misses = links[i].misses;
    uint32_t to = links[i].to == MOT_NOT_FOUND ? stop_count - 1 : stop_of[links[i].to];
    arcs[i] = (SvgArc){stop_of[links[i].from], to, link_label(html, misses), fabs(misses->difference.value),
                       misses->effect == EFFECT_LESS};
    words = arena_printf(&html->arena, "%s%s, then %s: %s. ", words, html_mot(html, links[i].from),
                         html_mot(html, links[i].to), HTML_SAY(html, points, misses->difference));
  }
  html_raw(html, "<figure class=\"alone\"><figcaption>An arrow leads from a missed moment to what is missed more often "
           "after it, by how many points; dashed: less often.</figcaption>\n");
  svg_arcs(html, "Causal flow: what is missed more often after which missed moment", words, stops, stop_count, arcs,
           count);
  html_raw(html, "</figure>\n");
}

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
  uint32_t count;
  const Link *links = links_of(html, experience, &count);
  html_section(html, "flow", experience->experience, "Causal flow (" WORDS_ASSOCIATION ")");
  html_put(html, "<p>%s</p>\n", HTML_SAY(html, flows_looked_at, experience));
  if (count > 0) draw_flow(html, experience, links, count);
  flow_table(html, experience);
  html_section_end(html);
}
