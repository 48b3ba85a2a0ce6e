/*
 * html_mots.c - the moments of truth: figures, and which of them matter.
 */
#include <stdlib.h>

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
  return arena_printf(&html->arena, "%s <small>90\u00a0%% in %s</small>",
                      html_firm(html, HTML_SAY(html, length, took->p50)),
                      html_firm(html, HTML_SAY(html, length, took->p90)));
}

static const char *misses_words(Html *html, const ReviewMot *mot)
{
  if (mot->rate.missed == 0) return "0";
  return arena_printf(&html->arena, "%s <small>%s at the deadline</small><small>%s sooner</small>",
                      HTML_SAY(html, count, mot->rate.missed),
                      HTML_SAY(html, count, mot->margin.missed_at_deadline),
                      HTML_SAY(html, count, mot->margin.missed_before));
}

static void mot_row(Html *html, HtmlTable *table, const ReviewExperience *at, const ReviewMot *mot)
{
  const mot_mot_info *info = &html->rules->mots[mot->mot].info;
  const char *targets = html_targets(html, (HtmlSubject){HTML_MOT, at->experience, mot->mot});
  html_row(html, table, arena_printf(&html->arena, "%s%s<small>%s; %s</small>", html_mot(html, mot->mot),
                                     info->critical ? " (critical)" : "", html_owner(html, info->manager),
                                     html_producers(html, mot->mot)));
  html_cell(html, table, "%s", html_rate(html, &mot->rate));
  html_cell(html, table, "%s%s", misses_words(html, mot), void_words(html, mot));
  html_cell(html, table, "%s", took_words(html, &mot->took));
  html_cell(html, table, "%s", *targets ? targets : WORDS_NOTHING);
  if (html_compares(at)) html_cell(html, table, "%s", html_change(html, &mot->change));
}

void part_mots(Html *html, const ReviewExperience *experience)
{
  static const char *const heads[] = {"Moment of truth", "#Produced", "#Missed", "#Took (half in)", "Targets",
                                      "Change", NULL};
  static const char *const alone[] = {"Moment of truth", "#Produced", "#Missed",
                                      "#Took (half in)", "Targets",   NULL};
  if (experience->mot_count == 0) return;
  html_section(html, "mots", experience->experience, "Moments of truth");
  HtmlTable table = html_table(html, "In the order of the rules, with manager and producers",
                               html_compares(experience) ? heads : alone);
  for (uint32_t i = 0; i < experience->mot_count; i++)
    mot_row(html, &table, experience, &experience->mots[i]);
  html_table_end(html, &table);
  html_section_end(html);
}

/* ---- contribution ---- */

/* The surest first: by the end of the interval that is nearer to no effect. */
static int by_difference(const void *a, const void *b)
{
  const ReviewMot *one = *(const ReviewMot *const *)a, *other = *(const ReviewMot *const *)b;
  double difference = other->contribution.difference.low - one->contribution.difference.low;
  if (difference != 0) return difference < 0 ? -1 : 1;
  return one->mot < other->mot ? -1 : one->mot > other->mot;
}

/* Those that can be judged. */
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
    rows[i] = (SvgForestRow){words_mot(&html->words, mots[i]->mot), arena_printf(&html->arena, "%+.1f",
                             at->difference.value * 100), at->difference, has_sign(at)};
    words = arena_printf(&html->arena, "%s%s: %s (%s). ", words, html_mot(html, mots[i]->mot),
                         rows[i].figures, HTML_SAY(html, points_interval, at->difference));
  }
  html_raw(
      html,
      "<figure class=\"alone\"><figcaption><b>How much more often the outcome is missed when the moment was"
      "</b> Square: the difference; bar: its 95\u00a0% interval; filled where the interval leaves the line "
      "of no "
      "effect out. The surest first.</figcaption>\n");
  svg_forest(html, "Contribution of each moment of truth with its 95\u00a0% interval", words, rows, count);
  html_raw(html, "</figure>\n");
}

static void contribution_table(Html *html, const ReviewMot *const *mots, uint32_t count)
{
  static const char *const heads[] = {"Moment of truth",
                                      "#Outcome missed when it was missed",
                                      "#… when it was produced",
                                      "#Points",
                                      "#Times as often",
                                      "What it says",
                                      NULL};
  HtmlTable table = html_table(html,
                               "Journeys with a missed moment of the kind beside those in which all were "
                               "produced",
                               heads);
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
    html_cell(html, &table, "%s",
              at->effect == EFFECT_MORE   ? "it matters"
              : at->effect == EFFECT_LESS ? "the other way round"
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
    html_raw(html, "<div class=\"beside\"><div>\n");
    draw_forest(html, mots, shown);
    if (shown < count)
      html_put(html, "<p class=\"soft\">The picture has the first %u of %u; the table has all.</p>\n", shown,
               count);
    html_raw(html, "</div><div>\n");
    contribution_table(html, mots, count);
    html_raw(html, "</div></div>\n");
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
