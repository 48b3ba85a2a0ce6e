/*
 * svg.h - the parts of a picture in SVG.
 */
#ifndef MOT_CLI_GRAPH_SVG_H
#define MOT_CLI_GRAPH_SVG_H

#include "cli/graph/layout.h"
#include "cli/graph/render.h"

enum { COLUMNS_MOST = 150, ROWS_MOST = 14 };

/* ---- svg_text.c ---- */

/* How wide and high the rows of these lines are, in columns `wide` times as many as nodes have: as wide as in
 * the widest of the usual fonts, so that nothing that stands in a box of this size leaves it. */
void text_size(const Lines *lines, unsigned wide, double *ret_width, double *ret_height);
/* The rows, from the upper left corner `x`, `y`. */
void put_text(FILE *out, const Lines *lines, unsigned wide, double x, double y);
/* One row of a role, at its base line. */
void put_row(FILE *out, Role role, double x, double y, const char *text);
double row_width(Role role, const char *text);
/* The style sheet, with the colours of a light and a dark page. */
void put_style(FILE *out);

/* ---- svg_shape.c ---- */

/* Room that a shape takes around its text. */
void shape_padding(const Node *node, double *ret_left, double *ret_right, double *ret_above,
                   double *ret_below);
void put_shape(FILE *out, const Node *node, const Box *box);
void put_route(FILE *out, const Edge *edge, const Route *route);
/* What the signs of the picture mean, from `x`, `y` and not wider than `width`; returns the height. */
double put_legend(FILE *out, const Picture *picture, double x, double y, double width);

#endif
