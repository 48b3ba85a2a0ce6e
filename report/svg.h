/*
 * svg.h - pictures inside the HTML page: lines and bars over sub-periods, points with intervals, arcs.
 *
 * Every picture is an inline <svg> with role=img that is told by a title and a description, takes its colours
 * from the page's style sheet, and says nothing by colour alone.  Pictures are drawn in units that are about
 * a pixel on a telephone and grow with the room they get.
 */
#ifndef MOT_REPORT_SVG_H
#define MOT_REPORT_SVG_H

#include "report/html.h"

/* title and words safe.  The words have the figures that the picture shows. */
void svg_begin(Html *html, unsigned width, unsigned height, const char *title, const char *words);
void svg_end(Html *html);

/* A plain name, made safe, around the height `y`: in two lines where it has more than `most` characters, and
 * cut where it has more than twice as many. */
void svg_name(Html *html, double x, double y, const char *name, size_t most);

/* Round values that hold low … high: `count` ticks from `first`, `step` apart. */
typedef struct SvgScale {
  double first, step, last;
  unsigned count;
} SvgScale;
SvgScale svg_scale(double low, double high, unsigned about);
/* Short: 12, 2.5, 40k, 1.2M. */
const char *svg_number(Html *html, double number);

/* Values over the sub-periods of the review; NAN where there is none. */
typedef struct SvgChart {
  const char *title, *words;   /* safe */
  const double *values;
  const double *low, *high;    /* intervals; NULL: none */
  const double *targets;       /* lines across */
  unsigned target_count;
  const char *suffix;          /* of the ticks: "%", or "" */
  double floor, ceiling;       /* the scale does not go beyond */
  bool bars;                   /* from 0; else a line */
  bool small;                  /* one of many, on the scale floor … ceiling */
} SvgChart;
void svg_chart(Html *html, const SvgChart *chart);

/* Points with 95 % bars, and the line of no effect. */
typedef struct SvgForestRow {
  const char *name;            /* plain */
  const char *figures;         /* safe */
  Estimate estimate;           /* a share; shown in points */
  bool sign;                   /* its interval leaves 0 out */
} SvgForestRow;
void svg_forest(Html *html, const char *title, const char *words, const SvgForestRow *rows, uint32_t count);

/* Stops in their order from top to bottom, and arcs between them. */
typedef struct SvgStop {
  const char *name;            /* plain */
  const char *beside;          /* safe, some characters */
} SvgStop;
typedef struct SvgArc {
  uint32_t from, to;           /* stops */
  const char *label;           /* safe, some characters */
  double weight;               /* 0 … 1: how thick */
  bool less;                   /* fewer misses: dashed */
} SvgArc;
typedef struct SvgFlow {
  const char *title, *words;   /* safe */
  const char *beside;          /* what stands beside the stops, safe */
  const SvgStop *stops;
  const SvgArc *arcs;
  uint32_t stop_count, arc_count;
} SvgFlow;
void svg_arcs(Html *html, const SvgFlow *flow);

#endif
