/*
 * html_short.c - what comes first: the headline figures of an experience, and where to act next.
 */
#include "report/html_name.h"
#include "report/html_part.h"
#include "report/html_target.h"

/* A card: what it is, its figure, and lines about it; each safe, "" left out. */
static void card(Html *html, const char *about, const char *figure, const char *const *lines, unsigned count)
{
  html_put(html, "<div><dt>%s</dt><dd class=\"big\">%s</dd>", about, figure);
  for (unsigned i = 0; i < count; i++)
    if (*lines[i]) html_put(html, "<dd>%s</dd>", lines[i]);
  html_raw(html, "</div>\n");
}
#define CARD(html, about, figure, ...)                                                   \
  card(html, about, figure, (const char *const[]){__VA_ARGS__},                          \
       sizeof (const char *const[]){__VA_ARGS__} / sizeof (const char *))

static const char *change_line(Html *html, const ReviewChange *change)
{
  if (!change->difference.known) return "";
  return arena_printf(&html->arena, "%s <small>against %s in %s</small>", html_change(html, change),
                      HTML_SAY(html, estimate, change->previous.rate),
                      HTML_SAY(html, span, html->review->previous));
}

static const char *trend_line(Html *html, const ReviewSeries *series)
{
  return series->trend == REVIEW_TREND_UNKNOWN ? "" : html_trend(html, series->trend);
}

static const char *cases_line(Html *html, const ReviewRate *rate)
{
  return arena_printf(&html->arena, "<small>%s</small>", html_cases(html, rate));
}

static void rate_cards(Html *html, const ReviewExperience *at)
{
  CARD(html, "Outcome produced", HTML_SAY(html, estimate, at->sco.rate), cases_line(html, &at->sco),
       change_line(html, &at->sco_change), trend_line(html, &at->sco_trend),
       html_targets(html, (HtmlSubject){HTML_SCO, at->experience, 0}));
  CARD(html, "Moments produced", HTML_SAY(html, estimate, at->moments.rate), cases_line(html, &at->moments),
       change_line(html, &at->moments_change));
}

static void disruption_card(Html *html, const ReviewExperience *at)
{
  const char *before = "", *mean = "";
  if (at->disruption_before >= 0)
    before = arena_printf(&html->arena, "<small>%s in %s</small>",
                          HTML_SAY(html, percentage, at->disruption_before),
                          HTML_SAY(html, span, html->review->previous));
  if (at->journey_disruption.known)
    mean = arena_printf(&html->arena, "<small>mean of journeys that are over: %.1f\u00a0%%</small>",
                        at->journey_disruption.value);
  CARD(html, "Disruption <small>(less is better)</small>", HTML_SAY(html, percentage, at->disruption), before,
       mean, html_targets(html, (HtmlSubject){HTML_DISRUPTION, at->experience, 0}));
}

static const char *counted(Html *html, uint64_t count, const char *what)
{
  return arena_printf(&html->arena, "<small>%s %s</small>", HTML_SAY(html, count, count), what);
}

static void journey_card(Html *html, const ReviewExperience *at)
{
  CARD(html, "Journeys started", HTML_SAY(html, count, at->started), counted(html, at->over, "over"),
       counted(html, at->live, "under way at the end"),
       counted(html, at->sco_open, "outcomes undecided at the end"),
       at->sco_void ? counted(html, at->sco_void, "outcomes void") : "");
}

static void correction_card(Html *html, const ReviewExperience *at)
{
  uint64_t opened = 0, open = 0;
  for (uint32_t i = 0; i < at->correction_count; i++) {
    opened += at->corrections[i].opened;
    open += at->corrections[i].open;
  }
  if (at->correction_count == 0 && at->alert_count == 0) return;
  CARD(html, "Corrections overdue", HTML_SAY(html, count, at->overdue_total),
       counted(html, open, "open, not overdue"), counted(html, opened, "opened in the period"),
       counted(html, at->alerts_active, "alerts active at the end"));
}

static void money_cards(Html *html, const ReviewExperience *at)
{
  if (at->value.count > 0) CARD(html, "Value of journeys that are over", html_amounts(html, &at->value), "");
  if (at->impact.count > 0) CARD(html, "Impact of moments", html_amounts(html, &at->impact), "");
  if (at->sentiment.said > 0)
    CARD(html, "Customers say", HTML_SAY(html, number, at->sentiment.mean.value),
         counted(html, at->sentiment.said, "answers"),
         "<small>stands beside the figures, not in their place</small>");
}

/* ---- where to act next ---- */

static const ReviewMot *mot_of(const ReviewExperience *at, uint32_t mot)
{
  for (uint32_t i = 0; i < at->mot_count; i++)
    if (at->mots[i].mot == mot) return &at->mots[i];
  return NULL;
}

static void act_item(Html *html, const ReviewExperience *at, const ReviewAct *act)
{
  const mot_mot_info *info = &html->rules->mots[act->mot].info;
  const ReviewMot *mot = mot_of(at, act->mot);
  html_put(html, "<li><b>%s</b>%s<br />%s.", html_mot(html, act->mot), info->critical ? " (critical)" : "",
           HTML_SAY(html, act, act));
  if (mot && act->weight > 0) html_put(html, " <small>%s</small>", HTML_SAY(html, contribution, mot));
  html_put(html, "<br /><small>Manager %s; producers %s</small></li>\n", html_contact(html, info->manager),
           html_producers(html, act->mot));
}

static void acts(Html *html, const ReviewExperience *at)
{
  html_raw(html, "<h4>Where to act next</h4>\n");
  if (at->act_count == 0) {
    html_raw(html, "<p>No moment was missed.</p>\n");
    return;
  }
  uint32_t shown = at->act_count < HTML_ACTS ? at->act_count : HTML_ACTS;
  html_raw(html, "<ol class=\"act\">\n");
  for (uint32_t i = 0; i < shown; i++) act_item(html, at, &at->acts[i]);
  html_raw(html, "</ol>\n");
  if (shown < at->act_count)
    html_put(html,
             "<p class=\"soft\">%u more had misses; <a href=\"#mots-%u\">all moments of truth</a> are "
             "below.</p>\n",
             at->act_count - shown, at->experience);
  html_raw(html,
           "<p class=\"soft\">By how many outcomes more would be produced if the association were all cause: "
           "it says where to look, not what will happen.</p>\n");
}

void part_short(Html *html, const ReviewExperience *experience)
{
  html_section(html, "short", experience->experience, "In short");
  html_put(html, "<p>%s</p>\n<dl class=\"cards\">\n", HTML_SAY(html, headline, experience));
  rate_cards(html, experience);
  disruption_card(html, experience);
  journey_card(html, experience);
  correction_card(html, experience);
  money_cards(html, experience);
  html_raw(html, "</dl>\n");
  acts(html, experience);
  html_section_end(html);
}
