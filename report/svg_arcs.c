/*
 * svg_arcs.c - the causal flow; see svg.h.
 *
 * Stops stand below each other in the order of the rules, so that long names have room, and arcs bend to the
 * right, the further the longer they are.  An arc leaves below the middle of its stop and arrives above it (the
 * other way round when it goes back up), so that those that meet at a stop stay apart.
 */
#include "report/svg.h"

#include <math.h>

enum { WIDTH = 360, ROW = 40, TOP = 6, LEFT = 10, DOT = 196, BEND = 120 };

static double y_of(uint32_t stop)
{
  return TOP + stop * ROW + ROW / 2.0;
}

static void put_stop(Html *html, const char *name, uint32_t stop, bool last)
{
  double y = y_of(stop);
  html_put(html, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y + ROW / 2.0, WIDTH - LEFT);
  html_put(html, "<text class=\"start name\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT, y + 4, name);
  if (last) html_put(html, "<path class=\"stop\" d=\"M%d %.1fh10v10h-10z\"/>\n", DOT - 5, y - 5);
  else html_put(html, "<circle class=\"stop\" cx=\"%d\" cy=\"%.1f\" r=\"5\"/>\n", DOT, y);
}

static void put_head(Html *html, double x, double y, double dx, double dy)
{
  double size = sqrt(dx * dx + dy * dy);
  dx /= size, dy /= size;
  html_put(html, "<path class=\"head\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fz\"/>", x, y, x - 8 * dx + 3.6 * dy,
           y - 8 * dy - 3.6 * dx, x - 8 * dx - 3.6 * dy, y - 8 * dy + 3.6 * dx);
}

/* How far an arc bends: the longest by BEND. */
static double bend_of(const SvgArc *arc, uint32_t stops)
{
  double span = fabs((double)arc->to - arc->from);
  double most = stops > 1 ? stops - 1 : 1;
  return span == 0 ? 34 : 26 + (BEND - 26) * sqrt(span / most);
}

static void put_arc(Html *html, const SvgArc *arc, uint32_t stops)
{
  double down = arc->to >= arc->from ? 1 : -1, bend = bend_of(arc, stops), x = DOT + 7;
  double from = y_of(arc->from) + 4 * down, to = y_of(arc->to) - 4 * down;
  if (arc->to == arc->from) from = y_of(arc->from) + 7, to = y_of(arc->from) - 7;
  double reach = x + bend * 4 / 3;
  html_put(html, "<g class=\"arc%s\"><path class=\"way\" stroke-width=\"%.1f\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>",
           arc->less ? " less" : "", 1.2 + 2.8 * arc->weight, x, from, reach, from, reach, to, x + 5, to);
  put_head(html, x, to, -1, 0);
  html_put(html, "<text class=\"label\" x=\"%.1f\" y=\"%.1f\">%s</text></g>\n", x + bend, (from + to) / 2 + 3.5, arc->label);
}

void svg_arcs(Html *html, const char *title, const char *words, const char *const *stops, uint32_t stop_count,
              const SvgArc *arcs, uint32_t arc_count)
{
  svg_begin(html, WIDTH, TOP * 2 + stop_count * ROW, title, words);
  for (uint32_t i = 0; i < stop_count; i++) put_stop(html, stops[i], i, i + 1 == stop_count);
  for (uint32_t i = 0; i < arc_count; i++) put_arc(html, &arcs[i], stop_count);
  svg_end(html);
}
