/*
 * svg.c - the frame of pictures, scales, and values over sub-periods; see svg.h.
 */
#include "report/svg.h"

#include <math.h>
#include <string.h>

/* ---- frame ---- */

void svg_begin(Html *html, unsigned width, unsigned height, const char *title, const char *words)
{
  unsigned id = ++html->pictures;
  html_put(html, "<svg viewBox=\"0 0 %u %u\" role=\"img\" aria-labelledby=\"picture-%u picture-%u-words\">\n",
           width, height, id, id);
  html_put(html, "<title id=\"picture-%u\">%s</title><desc id=\"picture-%u-words\">%s</desc>\n", id, title,
           id, words);
}

void svg_end(Html *html)
{
  html_raw(html, "</svg>\n");
}

/* ---- names ---- */

static size_t characters(const char *text, size_t size)
{
  size_t count = 0;
  for (size_t i = 0; i < size; i++) count += ((unsigned char)text[i] & 0xc0) != 0x80;
  return count;
}

/* Where the first line ends: at its last space that is not too early, else where it is full. */
static size_t line_end(const char *name, size_t most)
{
  size_t full = 0, space = 0;
  for (size_t shown = 0; name[full]; full++) {
    if (((unsigned char)name[full] & 0xc0) != 0x80 && shown++ == most) break;
    if (name[full] == ' ') space = full;
  }
  if (name[full] == ' ') return full;
  return characters(name, space) * 2 >= most ? space : full;
}

static void put_line_of_name(Html *html, double x, double y, const char *text)
{
  html_put(html, "<text class=\"start name\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, text);
}

void svg_name(Html *html, double x, double y, const char *name, size_t most)
{
  size_t size = strlen(name);
  if (characters(name, size) <= most) {
    put_line_of_name(html, x, y + 4, html_safe(html, name));
    return;
  }
  size_t end = line_end(name, most), rest = end + (name[end] == ' ');
  put_line_of_name(html, x, y - 3, html_cut(html, name, end, 0));
  put_line_of_name(html, x, y + 11, html_cut(html, name + rest, size - rest, most - 1));
}

/* ---- scales ---- */

/* 1, 2, 2.5 or 5 times a power of ten, at least `least`. */
static double round_step(double least)
{
  static const double steps[] = {1, 2, 2.5, 5, 10};
  double power = pow(10, floor(log10(least)));
  for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++)
    if (steps[i] * power >= least * 0.999999) return steps[i] * power;
  return 10 * power;
}

SvgScale svg_scale(double low, double high, unsigned about)
{
  if (!(high > low)) high = low + (low == 0 ? 1 : fabs(low) * 0.1);
  double step = round_step((high - low) / about);
  double first = floor(low / step + 1e-9) * step;
  unsigned count = (unsigned)ceil((high - first) / step - 1e-9) + 1;
  return (SvgScale){first, step, first + (count - 1) * step, count};
}

const char *svg_number(Html *html, double number)
{
  double size = fabs(number);
  const char *sign = number < 0 ? "−" : "";
  if (size < 1e-9) return "0";
  if (size >= 1e15) return arena_printf(&html->arena, "%s%.1e", sign, size);
  if (size >= 1e9) return arena_printf(&html->arena, "%s%.4gG", sign, size / 1e9);
  if (size >= 1e6) return arena_printf(&html->arena, "%s%.4gM", sign, size / 1e6);
  if (size >= 1e4) return arena_printf(&html->arena, "%s%.4gk", sign, size / 1e3);
  return arena_printf(&html->arena, "%s%.4g", sign, size);
}

/* ---- values over sub-periods ---- */

typedef struct Plot {
  const SvgChart *chart;
  SvgScale scale;
  uint32_t count;              /* sub-periods */
  double left, right, top, bottom;
  double width, height;        /* of the whole */
} Plot;

static double x_at(const Plot *plot, uint32_t point)
{
  double room = plot->right - plot->left;
  return plot->left + (point + 0.5) * room / (plot->count > 0 ? plot->count : 1);
}

static double y_at(const Plot *plot, double value)
{
  double share = (value - plot->scale.first) / (plot->scale.last - plot->scale.first);
  double y = plot->bottom - share * (plot->bottom - plot->top);
  return y < plot->top ? plot->top : y > plot->bottom ? plot->bottom : y;
}

/* Intervals belong to the picture unless they would squeeze the values; then they are cut. */
static void hold_intervals(const SvgChart *chart, uint32_t count, double *low, double *high)
{
  double least = *low, most = *high;
  for (uint32_t i = 0; chart->low && i < count; i++) {
    least = fmin(least, chart->low[i]);
    most = fmax(most, chart->high[i]);
  }
  if (most - least > 3 * (*high - *low)) return;
  *low = least;
  *high = most;
}

static SvgScale scale_of(const SvgChart *chart, uint32_t count)
{
  double low = INFINITY, high = -INFINITY;
  if (chart->small) return svg_scale(chart->floor, chart->ceiling, 2);
  if (chart->bars) low = high = 0;
  for (uint32_t i = 0; i < count; i++) {
    low = fmin(low, chart->values[i]);
    high = fmax(high, chart->values[i]);
  }
  for (unsigned i = 0; i < chart->target_count; i++) {
    low = fmin(low, chart->targets[i]);
    high = fmax(high, chart->targets[i]);
  }
  if (!(low <= high)) low = fmax(chart->floor, 0), high = low + 1;
  hold_intervals(chart, count, &low, &high);
  if (!chart->bars && high - low < 1) low = fmax(high - 1, chart->floor);
  return svg_scale(low, fmax(high, low + 1e-9), 4);
}

static void put_scale(Html *html, const Plot *plot)
{
  const SvgScale *scale = &plot->scale;
  for (unsigned i = 0; i < scale->count; i++) {
    double value = scale->first + i * scale->step, y = y_at(plot, value);
    html_put(
        html,
        "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text class=\"end\" x=\"%.1f\" y=\"%.1f\">%s%s</text>\n",
        plot->left, y, plot->right, plot->left - 4, y + 3.5, svg_number(html, value), plot->chart->suffix);
  }
}

static void put_dates(Html *html, const Plot *plot)
{
  unsigned labels = plot->chart->small ? 2 : 3;
  if (plot->count < labels) labels = plot->count;
  for (unsigned i = 0; i < labels; i++) {
    uint32_t point = labels == 1 ? 0 : (uint32_t)((uint64_t)i * (plot->count - 1) / (labels - 1));
    double x = labels == 1       ? x_at(plot, 0)
               : i == 0          ? plot->left
               : i == labels - 1 ? plot->right
                                 : x_at(plot, point);
    const char *anchor = labels == 1 ? "middle" : i == 0 ? "start" : i == labels - 1 ? "end" : "middle";
    html_put(html, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", anchor, x, plot->height - 4,
             HTML_SAY(html, point, point));
  }
}

static void put_targets(Html *html, const Plot *plot)
{
  for (unsigned i = 0; i < plot->chart->target_count; i++)
    html_put(html, "<path class=\"target\" d=\"M%.1f %.1fH%.1f\"/>\n", plot->left,
             y_at(plot, plot->chart->targets[i]), plot->right);
}

static void put_intervals(Html *html, const Plot *plot)
{
  const SvgChart *chart = plot->chart;
  if (!chart->low) return;
  html_raw(html, "<path class=\"interval\" d=\"");
  for (uint32_t i = 0; i < plot->count; i++)
    if (!isnan(chart->values[i]) && !isnan(chart->low[i]))
      html_put(html, "M%.1f %.1fV%.1f", x_at(plot, i), y_at(plot, chart->low[i]), y_at(plot, chart->high[i]));
  html_raw(html, "\"/>\n");
}

static bool stands_alone(const Plot *plot, uint32_t point)
{
  const double *values = plot->chart->values;
  bool before = point > 0 && !isnan(values[point - 1]);
  bool after = point + 1 < plot->count && !isnan(values[point + 1]);
  return !before && !after;
}

static void put_line(Html *html, const Plot *plot)
{
  const double *values = plot->chart->values;
  html_raw(html, "<path class=\"line\" d=\"");
  for (uint32_t i = 0; i < plot->count; i++)
    if (!isnan(values[i]))
      html_put(html, "%c%.1f %.1f", i > 0 && !isnan(values[i - 1]) ? 'L' : 'M', x_at(plot, i),
               y_at(plot, values[i]));
  html_raw(html, "\"/>\n");
  bool all = !plot->chart->small && plot->count <= 62;
  for (uint32_t i = 0; i < plot->count; i++)
    if (!isnan(values[i]) && (all || stands_alone(plot, i)))
      html_put(html, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"/>", x_at(plot, i),
               y_at(plot, values[i]), plot->chart->small ? "1.8" : "2.4");
  html_raw(html, "\n");
}

static void put_bars(Html *html, const Plot *plot)
{
  const double *values = plot->chart->values;
  double room = (plot->right - plot->left) / (plot->count > 0 ? plot->count : 1),
         width = room * (room > 4 ? 0.7 : 0.9);
  for (uint32_t i = 0; i < plot->count; i++) {
    if (isnan(values[i])) continue;
    double zero = y_at(plot, 0), y = y_at(plot, values[i]);
    html_put(html, "<path class=\"bar%s\" d=\"M%.1f %.1fh%.1fV%.1fh%.1fz\"/>", values[i] < 0 ? " below" : "",
             x_at(plot, i) - width / 2, zero, width, y, -width);
  }
  html_put(html, "\n<path class=\"zero\" d=\"M%.1f %.1fH%.1f\"/>\n", plot->left, y_at(plot, 0), plot->right);
}

static const Plot large = {.left = 42, .right = 352, .top = 8, .bottom = 150, .width = 360, .height = 172};
static const Plot tiny = {.left = 30, .right = 170, .top = 6, .bottom = 66, .width = 174, .height = 82};

void svg_chart(Html *html, const SvgChart *chart)
{
  Plot plot = chart->small ? tiny : large;
  plot.chart = chart;
  plot.count = html->review->point_count;
  plot.scale = scale_of(chart, plot.count);
  svg_begin(html, (unsigned)plot.width, (unsigned)plot.height, chart->title, chart->words);
  put_scale(html, &plot);
  put_dates(html, &plot);
  put_intervals(html, &plot);
  put_targets(html, &plot);
  if (chart->bars) put_bars(html, &plot);
  else put_line(html, &plot);
  svg_end(html);
}
