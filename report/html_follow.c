/*
 * html_follow.c - what follows what: circles of customers, handovers between teams and persons.
 */
#include "report/html_name.h"
#include "report/html_part.h"

#include <string.h>

/* ---- circles ---- */

static void streak_table(Html *html, const ReviewCircles *circles)
{
  static const char *const heads[] = {"In a row", "#Missed", "#Produced", NULL};
  HtmlTable table = html_table(html, "How many streaks there were of which length", heads);
  for (unsigned i = 0; i < REVIEW_STREAKS; i++) {
    uint64_t missed = circles->missed.lengths[i], produced = circles->produced.lengths[i];
    if (missed + produced == 0) continue;
    html_row(html, &table, arena_printf(&html->arena, i + 1 == REVIEW_STREAKS ? "%u and more" : "%u", i + 1));
    html_cell(html, &table, "%s", HTML_SAY(html, count, missed));
    html_cell(html, &table, "%s", HTML_SAY(html, count, produced));
  }
  html_table_end(html, &table);
}

/* A customer's key may be long. */
static void longest(Html *html, const ReviewExperience *at, const ReviewStreaks *streaks, const char *of)
{
  const char *words = words_longest(&html->words, at, streaks);
  if (*words) html_put(html, "<p>%s, <bdi>%s</bdi>.</p>\n", of, html_cut(html, words, strlen(words), 200));
}

void part_circles(Html *html, const ReviewExperience *experience)
{
  const ReviewCircles *circles = &experience->circles;
  if (circles->missed.count + circles->produced.count == 0) return;
  html_section(html, "circles", experience->experience, "Circles: what breeds what (" WORDS_ASSOCIATION ")");
  html_put(html, "<p>%s</p>\n", HTML_SAY(html, circles, circles));
  html_put(html, "<p class=\"soft\">%s with a decided moment.</p>\n",
           HTML_SAY(html, many, circles->customers, "customer", "customers"));
  longest(html, experience, &circles->missed, "Missed moments");
  longest(html, experience, &circles->produced, "Produced moments");
  streak_table(html, circles);
  html_section_end(html);
}

/* ---- handovers ---- */

static void pair_table(Html *html, const ReviewHandovers *handovers)
{
  static const char *const heads[] = {"From", "to", "#Missed then", NULL};
  uint32_t shown = handovers->pair_count < HTML_PAIRS ? handovers->pair_count : HTML_PAIRS;
  if (shown == 0) return;
  const char *caption = shown == handovers->pair_count
                            ? "Where the team changes, most missed first"
                            : arena_printf(&html->arena, "Where the team changes, the %u most missed of %u",
                                           shown, handovers->pair_count);
  HtmlTable table = html_table(html, caption, heads);
  for (uint32_t i = 0; i < shown; i++) {
    const ReviewHandover *pair = &handovers->pairs[i];
    uint64_t cases = pair->later.produced + pair->later.missed;
    html_row(html, &table, arena_printf(&html->arena, "%s<small>%s</small>", html_mot(html, pair->from),
                                        html_producers(html, pair->from)));
    html_cell(html, &table, "%s <small>%s</small>", html_mot(html, pair->to), html_producers(html, pair->to));
    html_cell(html, &table, "%s of %s <small>%s</small>", HTML_SAY(html, count, pair->later.missed),
              HTML_SAY(html, count, cases),
              cases ? HTML_SAY(html, share, (double)pair->later.missed / (double)cases) : WORDS_NOTHING);
  }
  html_table_end(html, &table);
}

void part_handovers(Html *html, const ReviewExperience *experience)
{
  const ReviewHandovers *handovers = &experience->handovers;
  const char *team = HTML_SAY(html, team_change, handovers);
  const char *individual = HTML_SAY(html, individual_change, handovers);
  if (!*team && !*individual && handovers->pair_count == 0) return;
  html_section(html, "handovers", experience->experience, "Handovers (" WORDS_ASSOCIATION ")");
  if (*team) html_put(html, "<p>%s</p>\n", team);
  if (*individual) html_put(html, "<p>%s</p>\n", individual);
  pair_table(html, handovers);
  html_section_end(html);
}
