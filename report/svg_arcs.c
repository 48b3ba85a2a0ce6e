/*
 * svg_arcs.c - the causal flow; see svg.h.
 *
 * Stops stand below each other in the order of the rules, so that long names have room on a telephone, and
 * arcs bend to the right, the further the longer they are.  An arc leaves below the middle of its stop and
 * arrives above it (the other way round when it goes back up), so that those that meet at a stop stay apart.
 */
#include "report/svg.h"

#include <math.h>

enum { WIDTH = 360, ROW = 38, HEAD = 22, LEFT = 4, DOT = 192, BEND = 96, RIGHT = 354, NAME = 27 };

typedef struct Point {
  double x, y;
} Point;

static double y_of(uint32_t stop)
{
  return HEAD + stop * ROW + ROW / 2.0;
}

static void put_stop(Html *html, const SvgStop *at, uint32_t stop)
{
  double y = y_of(stop);
  html_put(html, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y + ROW / 2.0, RIGHT);
  svg_name(html, LEFT, y, at->name, NAME);
  html_put(html, "<circle class=\"stop\" cx=\"%d\" cy=\"%.1f\" r=\"4.5\"/>", DOT, y);
  html_put(html, "<text class=\"end name\" x=\"%d\" y=\"%.1f\">%s</text>\n", RIGHT, y + 4, at->beside);
}

/* ---- arcs ---- */

/* The curve of an arc: from, towards, …, to. */
typedef struct Curve {
  Point points[4];
} Curve;

static Curve curve_of(const SvgArc *arc, uint32_t stops)
{
  double span = fabs((double)arc->to - arc->from), most = stops > 1 ? stops - 1 : 1;
  double down = arc->to > arc->from ? 1 : -1, x = DOT + 7;
  double bend = span == 0 ? 28 : 24 + (BEND - 24) * sqrt(span / most), reach = x + bend * 4 / 3;
  double from = y_of(arc->from) + 5 * down, to = y_of(arc->to) - 5 * down;
  if (span == 0) from = y_of(arc->from) + 6, to = y_of(arc->from) - 6;
  return (Curve){{{x - 1, from}, {reach, from}, {reach, to}, {x + 6, to}}};
}

static Point point_at(const Curve *curve, double t)
{
  double u = 1 - t, weights[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
  Point at = {0, 0};
  for (unsigned i = 0; i < 4; i++) {
    at.x += weights[i] * curve->points[i].x;
    at.y += weights[i] * curve->points[i].y;
  }
  return at;
}

static void put_arc(Html *html, const SvgArc *arc, const Curve *curve)
{
  const Point *at = curve->points;
  html_put(html,
           "<g class=\"arc%s\"><path class=\"way\" stroke-width=\"%.1f\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f "
           "%.1f %.1f\"/>",
           arc->less ? " less" : "", 1 + 2.2 * arc->weight, at[0].x, at[0].y, at[1].x, at[1].y, at[2].x,
           at[2].y, at[3].x, at[3].y);
  html_put(html, "<path class=\"head\" d=\"M%.1f %.1fl9 -3.8v7.6z\"/></g>\n", at[3].x - 7, at[3].y);
}

/* ---- labels ---- */

static bool is_free(Point at, const Point *taken, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    if (fabs(at.x - taken[i].x) < 26 && fabs(at.y - taken[i].y) < 12) return false;
  return true;
}

/* On its arc, in the middle if that is free. */
static Point label_place(const Curve *curve, const Point *taken, uint32_t count)
{
  static const double places[] = {0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75};
  for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
    Point at = point_at(curve, places[i]);
    if (is_free(at, taken, count)) return at;
  }
  return point_at(curve, 0.5);
}

static void put_labels(Html *html, const SvgArc *arcs, const Curve *curves, uint32_t count)
{
  Point *taken = ARENA_ARRAY(&html->arena, Point, count);
  for (uint32_t i = 0; i < count; i++) {
    taken[i] = label_place(&curves[i], taken, i);
    html_put(html, "<text class=\"middle label\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", taken[i].x,
             taken[i].y + 4, arcs[i].label);
  }
}

void svg_arcs(Html *html, const SvgFlow *flow)
{
  Curve *curves = ARENA_ARRAY(&html->arena, Curve, flow->arc_count);
  svg_begin(html, WIDTH, HEAD + flow->stop_count * ROW + 2, flow->title, flow->words);
  html_put(html, "<text class=\"end\" x=\"%d\" y=\"13\">%s</text>\n", RIGHT, flow->beside);
  for (uint32_t i = 0; i < flow->stop_count; i++) put_stop(html, &flow->stops[i], i);
  for (uint32_t i = 0; i < flow->arc_count; i++) {
    curves[i] = curve_of(&flow->arcs[i], flow->stop_count);
    put_arc(html, &flow->arcs[i], &curves[i]);
  }
  put_labels(html, flow->arcs, curves, flow->arc_count);
  svg_end(html);
}
