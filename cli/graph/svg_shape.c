/*
 * svg_shape.c - nodes, edges and the legend of a picture in SVG.  What a colour says, a shape or a word says
 * too.
 */
#include <string.h>

#include "cli/graph/svg.h"
#include "cli/markup.h"

enum { BAR = 6, CORNER = 16 };

/* ---- nodes ---- */

void shape_padding(const Node *node, double *ret_left, double *ret_right, double *ret_above,
                   double *ret_below)
{
  *ret_left = *ret_right = 14;
  *ret_above = *ret_below = 10;
  switch (node->kind) {
  case NODE_START: *ret_right = 30; break;
  case NODE_END: case NODE_VOID: *ret_left = *ret_right = 22; *ret_above = *ret_below = 14; break;
  case NODE_SCO: *ret_right = 14 + CORNER; break;
  case NODE_EVENT: case NODE_SILENCE: case NODE_ELSEWHERE: break;
  default: *ret_left = 14 + BAR; break;
  }
  if (node->critical) *ret_right += 18;
  if (node->many) *ret_right += 6, *ret_above += 6;
}

static void put_rect(FILE *out, const char *classes, const Box *box, double inset, double round)
{
  fprintf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>\n",
          classes, box->x - box->width / 2 + inset, box->y - box->height / 2 + inset, box->width - 2 * inset,
          box->height - 2 * inset, round);
}

/* A box one of whose sides or corners is not straight: its corners in order. */
static void put_corners(FILE *out, const char *classes, const Box *box, const double corners[][2],
                        size_t count)
{
  fprintf(out, "<path class=\"%s\" d=\"", classes);
  for (size_t i = 0; i < count; i++)
    fprintf(out, "%c%.1f,%.1f", i == 0 ? 'M' : 'L', box->x + corners[i][0], box->y + corners[i][1]);
  fprintf(out, "Z\"/>\n");
}

static void put_start(FILE *out, const Box *box)
{
  double w = box->width / 2, h = box->height / 2, tip = 18;
  put_corners(out, "shape event", box, (double[][2]){{-w, -h}, {w - tip, -h}, {w, 0}, {w - tip, h}, {-w, h}},
              5);
}

static void put_void(FILE *out, const Box *box)
{
  double w = box->width / 2, h = box->height / 2, c = 14;
  put_corners(
    out, "shape gone", box,
    (double[][2]){
      {-w + c, -h}, {w - c, -h}, {w, -h + c}, {w, h - c}, {w - c, h}, {-w + c, h}, {-w, h - c}, {-w, -h + c}},
    8);
}

/* A sheet of paper with a folded corner: what was promised. */
static void put_promise(FILE *out, const Box *box)
{
  double w = box->width / 2, h = box->height / 2, c = CORNER;
  put_corners(out, "shape critical", box, (double[][2]){{-w, -h}, {w - c, -h}, {w, -h + c}, {w, h}, {-w, h}},
              5);
  put_corners(out, "sign", box, (double[][2]){{w - c, -h}, {w, -h + c}, {w - c, -h + c}}, 3);
}

/* Whose it is, by a bar at its left. */
static void put_bar(FILE *out, const Node *node, const Box *box)
{
  if (node->tint == 0) return;
  Box bar = {box->x - box->width / 2 + BAR, box->y, BAR, box->height - 12};
  char classes[8];
  snprintf(classes, sizeof classes, "t%u", (node->tint - 1) % TINTS_MOST + 1);
  put_rect(out, classes, &bar, 0, BAR / 2);
}

static void put_card(FILE *out, const Node *node, const Box *box)
{
  double round = node->kind == NODE_PERSON ? 14 : 4;
  Box front = *box;
  if (node->many) {
    front = (Box){box->x - 3, box->y + 3, box->width - 6, box->height - 6};
    Box behind = {box->x + 3, box->y - 3, box->width - 6, box->height - 6};
    put_rect(out, "shape", &behind, 0, round);
  }
  put_rect(out, node->critical ? "shape critical" : "shape", &front, 0, round);
  if (node->critical) {
    put_rect(out, "frame", &front, 4, 2);
    Box corner = {front.x + front.width / 2 - 18, front.y - front.height / 2 + 18, 0, 0};
    put_corners(out, "sign", &corner, (double[][2]){{0, -7}, {7, 0}, {0, 7}, {-7, 0}}, 4);
  }
  if (node->kind == NODE_TEAM) put_rect(out, "frame", &front, 3, 2);
  put_bar(out, node, &front);
}

static void put_outline(FILE *out, const Node *node, const Box *box)
{
  switch (node->kind) {
  case NODE_START: put_start(out, box); break;
  case NODE_VOID: put_void(out, box); break;
  case NODE_SCO: put_promise(out, box); break;
  case NODE_EVENT: put_rect(out, "shape event", box, 0, 17); break;
  case NODE_SILENCE: put_rect(out, "shape event dashed", box, 0, 17); break;
  case NODE_ELSEWHERE: put_rect(out, "shape dashed", box, 0, 4); break;
  case NODE_END:
    put_rect(out, "shape event", box, 0, 20);
    put_rect(out, "frame", box, 4, 16);
    break;
  default: put_card(out, node, box); break;
  }
}

void put_shape(FILE *out, const Node *node, const Box *box)
{
  double left, right, above, below;
  shape_padding(node, &left, &right, &above, &below);
  fprintf(out, "<g id=\"");
  markup_xml(node->id, out);
  fprintf(out, "\"><title>");
  for (size_t i = 0; i < node->lines.count; i++) {
    if (i > 0) fprintf(out, "\n");
    markup_xml(node->lines.at[i].text, out);
  }
  fprintf(out, "</title>\n");
  put_outline(out, node, box);
  put_text(out, &node->lines, 1, box->x - box->width / 2 + left, box->y - box->height / 2 + above);
  fprintf(out, "</g>\n");
}

/* ---- edges ---- */

static const char *route_class(EdgeKind kind)
{
  if (kind == EDGE_AWAITS) return "route awaits";
  return kind == EDGE_PART || kind == EDGE_LEADS ? "route thin" : "route";
}

static const char *marker(EdgeKind kind)
{
  switch (kind) {
  case EDGE_OPENS: return " marker-end=\"url(#mot-opens)\"";
  case EDGE_AWAITS: return " marker-end=\"url(#mot-awaits)\"";
  case EDGE_ENDS: return " marker-end=\"url(#mot-ends)\"";
  default: return "";
  }
}

void put_route(FILE *out, const Edge *edge, const Route *route)
{
  if (route->count == 0) return;
  fprintf(out, "<path class=\"%s\"%s d=\"M%.1f,%.1f", route_class(edge->kind), marker(edge->kind),
          route->points[0].x, route->points[0].y);
  for (size_t i = 1; i < route->count; i++)
    fprintf(out, "%c%.1f,%.1f", i % 3 == 1 ? 'C' : ' ', route->points[i].x, route->points[i].y);
  if (route->tip_known) fprintf(out, "L%.1f,%.1f", route->tip.x, route->tip.y);
  fprintf(out, "\"/>\n");
  if (!edge->label[0]) return;
  fprintf(out, "<text class=\"edge-label\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">", route->label.x,
          route->label.y + 4);
  markup_xml(edge->label, out);
  fprintf(out, "</text>\n");
}

/* ---- legend ---- */

static bool has_edges(const Picture *picture, EdgeKind kind)
{
  for (size_t i = 0; i < picture->panel_count; i++)
    for (size_t k = 0; k < picture->panels[i].edge_count; k++)
      if (picture->panels[i].edges[k].kind == kind) return true;
  return false;
}

static bool has_nodes(const Picture *picture, NodeKind kind, bool critical, bool many)
{
  for (size_t i = 0; i < picture->panel_count; i++)
    for (size_t k = 0; k < picture->panels[i].node_count; k++) {
      const Node *node = &picture->panels[i].nodes[k];
      if (node->kind == kind && (!critical || node->critical) && (!many || node->many)) return true;
    }
  return false;
}

typedef struct Legend {
  FILE *out;
  double left, right, x, y;
} Legend;

enum { SAMPLE = 44, SAMPLE_ROW = 28, LEGEND_COLUMNS = 40, LEGEND_ROOM = 256 };

/* The place for one more sample, with words behind it. */
static Box sample(Legend *legend, const char *words)
{
  double width = SAMPLE + 10 + row_width(ROLE_TEXT, words) + 24;
  if (legend->x > legend->left && legend->x + width > legend->right) {
    legend->x = legend->left;
    legend->y += SAMPLE_ROW;
  }
  Box box = {legend->x + SAMPLE / 2.0, legend->y + SAMPLE_ROW / 2.0, SAMPLE, 18};
  put_row(legend->out, ROLE_TEXT, legend->x + SAMPLE + 10, box.y + 4.5, words);
  legend->x += width;
  return box;
}

static void edge_sample(Legend *legend, const Picture *picture, EdgeKind kind, const char *words)
{
  if (!has_edges(picture, kind)) return;
  Box box = sample(legend, words);
  double from = box.x - SAMPLE / 2.0, to = box.x + SAMPLE / 2.0;
  Point points[] = {{from, box.y}, {from + 10, box.y}, {to - 20, box.y}, {to - 10, box.y}};
  Route route = {points, 4, true, {to, box.y}, {0, 0}};
  put_route(legend->out, &(Edge){0, 0, kind, ""}, &route);
}

static void node_sample(Legend *legend, const Picture *picture, Node node, const char *words)
{
  if (!has_nodes(picture, node.kind, node.critical, node.many)) return;
  Box box = sample(legend, words);
  put_outline(legend->out, &node, &box);
}

/* A card that small has no room for its inner frame: the sign alone stands for it. */
static void critical_sample(Legend *legend, const Picture *picture)
{
  if (!has_nodes(picture, NODE_MOT, true, false)) return;
  Box box = sample(legend, "critical");
  put_rect(legend->out, "shape critical", &box, 0, 4);
  put_corners(legend->out, "sign", &box, (double[][2]){{0, -6}, {6, 0}, {0, 6}, {-6, 0}}, 4);
}

/* Whose the bars are, where cards are no names of people themselves. */
static void tint_samples(Legend *legend, const Picture *picture)
{
  if (has_edges(picture, EDGE_LEADS)) return;
  for (unsigned tint = 1; tint <= TINTS_MOST; tint++) {
    if (!picture->tints[tint]) continue;
    char name[LEGEND_ROOM];
    snprintf(name, sizeof name, "%s", picture->tints[tint]);
    const char *at = name, *from;
    size_t length = 0;
    if (!next_row(&at, LEGEND_COLUMNS, &from, &length)) continue;
    snprintf(name, sizeof name, "%.*s%s", (int)length, picture->tints[tint] + (from - name), *at ? "…" : "");
    Box box = sample(legend, name);
    put_bar(legend->out, &(Node){.tint = tint}, &(Box){box.x, box.y, 4 * BAR, 28});
  }
}

double put_legend(FILE *out, const Picture *picture, double x, double y, double width)
{
  Legend legend = {out, x, x + width, x, y};
  node_sample(&legend, picture, (Node){.kind = NODE_EVENT}, "something happens");
  node_sample(&legend, picture, (Node){.kind = NODE_SCO}, "what is promised: the whole");
  node_sample(&legend, picture, (Node){.kind = NODE_MOT}, "a Moment of Truth; the bar: who produces it");
  critical_sample(&legend, picture);
  node_sample(&legend, picture, (Node){.kind = NODE_GOAL}, "a goal; the bar: who answers for it");
  node_sample(&legend, picture, (Node){.kind = NODE_GOAL, .many = true}, "one for each of them");
  node_sample(&legend, picture, (Node){.kind = NODE_PERSON}, "a person");
  node_sample(&legend, picture, (Node){.kind = NODE_TEAM}, "a team");
  tint_samples(&legend, picture);
  edge_sample(&legend, picture, EDGE_OPENS, "opens");
  edge_sample(&legend, picture, EDGE_AWAITS, "waits for it, or it must not happen");
  edge_sample(&legend, picture, EDGE_ENDS, "ends the journey");
  edge_sample(&legend, picture, EDGE_PART, "is made of");
  edge_sample(&legend, picture, EDGE_LEADS, "leads, is reported to");
  return legend.y + SAMPLE_ROW - y;
}
