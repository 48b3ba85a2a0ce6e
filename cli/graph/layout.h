/*
 * layout.h - where nodes and edges of a picture go, worked out by Graphviz.
 */
#ifndef MOT_CLI_GRAPH_LAYOUT_H
#define MOT_CLI_GRAPH_LAYOUT_H

#include "cli/graph/picture.h"

/* Lengths are pixels, from the upper left corner. */
typedef struct Box {
  double x, y, width, height; /* x, y: of the middle */
} Box;

typedef struct Point {
  double x, y;
} Point;

/* Cubic curves: a point, then three for each curve. */
typedef struct Route {
  Point *points;
  size_t count;
  bool tip_known;
  Point tip;            /* where the head of the arrow ends */
  Point label;
} Route;

typedef struct Placed { /* a panel */
  double width, height;
  Box *boxes;           /* of its nodes; width and height are given */
  Route *routes;        /* of its edges */
} Placed;

/* Places what is in the panels, an element of `placed` each.  False after saying why not. */
bool layout_picture(const Picture *picture, Placed *placed);

#endif
