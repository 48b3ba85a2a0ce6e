/*
 * html_production.c - the outcome, disruption and each MOT over time.
 */
#include <math.h>

#include "report/html_name.h"
#include "report/html_part.h"
#include "report/html_target.h"
#include "report/svg.h"

enum { LINES = 4 };

typedef struct Curve {
  double *values, *low, *high; /* percent; NAN: none */
} Curve;

static Curve curve_of(Html *html, const ReviewSeries *series)
{
  uint32_t count = html->review->point_count;
  Curve curve = {ARENA_ARRAY(&html->arena, double, count), ARENA_ARRAY(&html->arena, double, count),
                 ARENA_ARRAY(&html->arena, double, count)};
  for (uint32_t i = 0; i < count; i++) {
    Estimate rate = i < series->count ? series->series[i].rate : (Estimate){0};
    curve.values[i] = rate.known ? rate.value * 100 : NAN;
    curve.low[i] = rate.known ? rate.low * 100 : NAN;
    curve.high[i] = rate.known ? rate.high * 100 : NAN;
  }
  return curve;
}

static const char *at_point(Html *html, double value, uint32_t point)
{
  return arena_printf(&html->arena, "%.1f\u00a0%% (%s)", value, HTML_SAY(html, point, point));
}

/* "Lowest 80.0 % (2026-03-02), highest …, last …." */
static const char *curve_words(Html *html, const double *values)
{
  uint32_t count = html->review->point_count, least = count, most = count, last = count;
  for (uint32_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    if (least == count || values[i] < values[least]) least = i;
    if (most == count || values[i] > values[most]) most = i;
    last = i;
  }
  if (last == count) return "No cases.";
  return arena_printf(&html->arena, "Lowest %s, highest %s, last %s.", at_point(html, values[least], least),
                      at_point(html, values[most], most), at_point(html, values[last], last));
}

static const char *target_words(Html *html, const double *lines, unsigned count)
{
  const char *all = "";
  for (unsigned i = 0; i < count; i++)
    all = arena_printf(&html->arena, "%s%s%g\u00a0%%", all, i > 0 ? ", " : "", lines[i]);
  return count == 0 ? "" : arena_printf(&html->arena, " Target (dashed): %s.", all);
}

static void draw(Html *html, const char *title, const char *about, const Curve *curve, HtmlSubject subject)
{
  double lines[LINES];
  unsigned line_count = html_target_lines(html, subject, lines, LINES);
  const char *targets = target_words(html, lines, line_count);
  const char *words = arena_printf(&html->arena, "%s%s", curve_words(html, curve->values), targets);
  bool small = subject.kind == HTML_MOT;
  html_put(html, "<figure><figcaption><b>%s</b> %s%s</figcaption>\n", title, about, small ? "" : targets);
  svg_chart(html, &(SvgChart){
    .title = title, .words = words, .values = curve->values, .low = curve->low, .high = curve->high,
    .targets = lines, .target_count = line_count, .suffix = small ? "" : "%", .floor = 0, .ceiling = 100,
    .small = small});
  html_raw(html, "</figure>\n");
}

static void draw_disruption(Html *html, const ReviewExperience *at)
{
  uint32_t count = html->review->point_count;
  Curve curve = {.values = ARENA_ARRAY(&html->arena, double, count)};
  for (uint32_t i = 0; i < count; i++)
    curve.values[i] = at->disruption_series[i] < 0 ? NAN : at->disruption_series[i];
  draw(html, "Disruption", "Weighted share of moments missed; less is better.", &curve,
       (HtmlSubject){HTML_DISRUPTION, at->experience, 0});
}

static void draw_mot(Html *html, const ReviewMot *mot, uint32_t experience)
{
  Curve curve = curve_of(html, &mot->trend);
  curve.low = curve.high = NULL;
  const char *about =
      arena_printf(&html->arena, "%s %s", HTML_SAY(html, estimate, mot->rate.rate),
                   mot->trend.trend == REVIEW_TREND_UNKNOWN || mot->trend.trend == REVIEW_TREND_STEADY
                       ? ""
                       : html_trend(html, mot->trend.trend));
  draw(html, html_mot(html, mot->mot), about, &curve, (HtmlSubject){HTML_MOT, experience, mot->mot});
}

void part_production(Html *html, const ReviewExperience *experience)
{
  if (html->review->point_count == 0) return;
  html_section(html, "production", experience->experience, "Production over time");
  html_put(html,
           "<p class=\"soft\">Each point is a %s; upright lines are 95\u00a0%% intervals.</p>\n<div "
           "class=\"pair\">\n",
           words_step(html->review->step));
  Curve sco = curve_of(html, &experience->sco_trend);
  draw(html, "Outcome produced", html_trend(html, experience->sco_trend.trend), &sco,
       (HtmlSubject){HTML_SCO, experience->experience, 0});
  draw_disruption(html, experience);
  html_raw(html, "</div>\n<h4>Each moment of truth, percent produced (dashed: its targets)</h4>\n<div "
                 "class=\"many\">\n");
  for (uint32_t i = 0; i < experience->mot_count; i++)
    draw_mot(html, &experience->mots[i], experience->experience);
  html_raw(html, "</div>\n");
  html_section_end(html);
}
