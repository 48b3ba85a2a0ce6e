/*
 * svg_forest.c - points with intervals; see svg.h.  Names stand above their bars, so that long ones have room
 * on a telephone too.
 */
#include "report/svg.h"

#include <math.h>

enum { WIDTH = 360, LEFT = 8, RIGHT = 352, TOP = 4, ROW = 50, NAME = 42, FOOT = 34 };

static SvgScale scale_of(const SvgForestRow *rows, uint32_t count)
{
  double low = 0, high = 0;
  for (uint32_t i = 0; i < count; i++) {
    low = fmin(low, rows[i].estimate.low * 100);
    high = fmax(high, rows[i].estimate.high * 100);
  }
  if (high - low < 1) high = low + 1;
  return svg_scale(low, high, 5);
}

static double x_at(const SvgScale *scale, double points)
{
  return LEFT + (points - scale->first) / (scale->last - scale->first) * (RIGHT - LEFT);
}

/* Lines upright beside the bars; the names above them stay free. */
static void put_upright(Html *html, const char *kind, double x, uint32_t count)
{
  html_put(html, "<path class=\"%s\" d=\"", kind);
  for (uint32_t i = 0; i < count; i++) html_put(html, "M%.1f %uv18", x, TOP + i * ROW + 31);
  html_raw(html, "\"/>");
}

static void put_scale(Html *html, const SvgScale *scale, uint32_t count)
{
  unsigned bottom = TOP + count * ROW;
  for (unsigned i = 0; i < scale->count; i++) {
    double value = scale->first + i * scale->step, x = x_at(scale, value);
    put_upright(html, "grid", x, count);
    const char *anchor = i == 0 ? "start" : i == scale->count - 1 ? "end" : "middle";
    html_put(html, "<text class=\"%s\" x=\"%.1f\" y=\"%u\">%s</text>\n", anchor, x, bottom + 13,
             svg_number(html, value));
  }
  put_upright(html, "zero", x_at(scale, 0), count);
  html_put(
      html,
      "<text class=\"start\" x=\"%d\" y=\"%u\">points: how much more often the outcome is missed</text>\n",
      LEFT, bottom + 28);
}

/* A filled square where the interval leaves 0 out, else a hollow one. */
static void put_row(Html *html, const SvgScale *scale, const SvgForestRow *row, unsigned top)
{
  double middle = top + 40, x = x_at(scale, row->estimate.value * 100);
  svg_name(html, LEFT, top + 16, row->name, NAME);
  html_put(html, "<text class=\"end name\" x=\"%d\" y=\"%u\">%s</text>\n", RIGHT, top + 20, row->figures);
  if (row->estimate.bounded)
    html_put(html, "<path class=\"whisker\" d=\"M%.1f %.1fH%.1f\"/>", x_at(scale, row->estimate.low * 100),
             middle, x_at(scale, row->estimate.high * 100));
  html_put(html, "<path class=\"point%s\" d=\"M%.1f %.1fh8v8h-8z\"/>\n", row->sign ? " sure" : "", x - 4,
           middle - 4);
}

void svg_forest(Html *html, const char *title, const char *words, const SvgForestRow *rows, uint32_t count)
{
  SvgScale scale = scale_of(rows, count);
  svg_begin(html, WIDTH, TOP + count * ROW + FOOT, title, words);
  put_scale(html, &scale, count);
  for (uint32_t i = 0; i < count; i++) put_row(html, &scale, &rows[i], TOP + i * ROW);
  svg_end(html);
}
