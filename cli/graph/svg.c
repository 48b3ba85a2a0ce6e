/*
 * svg.c - a picture in SVG, panel below panel.
 */
#include "cli/graph/svg.h"

#include <stdlib.h>
#include <string.h>

#include "cli/markup.h"
#include "cli/say.h"

enum { MARGIN = 24, INSIDE = 20, LEAST = 560, CARD = 240, HEAD = 3 };

/* ---- sizes ---- */

/* Cards are of one width as far as their text lets them. */
static bool is_card(NodeKind kind)
{
  return kind == NODE_MOT || kind == NODE_SCO || kind == NODE_GOAL;
}

static bool size_nodes(const Panel *panel, Placed *placed)
{
  placed->boxes = calloc(panel->node_count + 1, sizeof *placed->boxes);
  placed->routes = calloc(panel->edge_count + 1, sizeof *placed->routes);
  if (!placed->boxes || !placed->routes) return false;
  for (size_t i = 0; i < panel->node_count; i++) {
    double width, height, left, right, above, below;
    text_size(&panel->nodes[i].lines, 1, &width, &height);
    shape_padding(&panel->nodes[i], &left, &right, &above, &below);
    if (is_card(panel->nodes[i].kind) && width < CARD) width = CARD;
    placed->boxes[i] = (Box){0, 0, width + left + right, height + above + below};
  }
  return true;
}

static void free_placed(const Picture *picture, Placed *placed)
{
  for (size_t i = 0; placed && i < picture->panel_count; i++) {
    for (size_t k = 0; placed[i].routes && k < picture->panels[i].edge_count; k++)
      free(placed[i].routes[k].points);
    free(placed[i].boxes);
    free(placed[i].routes);
  }
  free(placed);
}

static double head_height(const Panel *panel, double *ret_width)
{
  double height;
  text_size(&panel->head, HEAD, ret_width, &height);
  return height > 0 ? height + INSIDE : 0;
}

static double panel_height(const Panel *panel, const Placed *placed)
{
  double width;
  return head_height(panel, &width) + placed->height + 2 * INSIDE;
}

static double inner_width(const Picture *picture, const Placed *placed)
{
  double most = LEAST;
  for (size_t i = 0; i < picture->panel_count; i++) {
    double head;
    head_height(&picture->panels[i], &head);
    double wide = (head > placed[i].width ? head : placed[i].width) + 2 * INSIDE;
    if (wide > most) most = wide;
  }
  return most;
}

/* ---- words for those who do not see it ---- */

/* "OnTime" of "GettingOnline.mot.OnTime" */
static const char *called(const Node *node)
{
  static const char *const words[NODE_KINDS] = {
    [NODE_START] = "the journey",
    [NODE_SCO] = "its outcome",
    [NODE_END] = "its end",
    [NODE_VOID] = "nothing: it is void",
  };
  if (words[node->kind]) return words[node->kind];
  const char *kind = strchr(node->id, '.'), *name = kind ? strchr(kind + 1, '.') : NULL;
  return name ? name + 1 : kind ? kind + 1 : node->id;
}

static void put_description(FILE *out, const Picture *picture)
{
  static const char *const verbs[EDGE_KINDS] = {
    [EDGE_OPENS] = "opens", [EDGE_AWAITS] = "waits for", [EDGE_ENDS] = "leads to", [EDGE_PART] = "is made of",
    [EDGE_LEADS] = "leads",
  };
  fprintf(out, "<desc id=\"mot-description\">%s", picture->description);
  for (size_t i = 0; i < picture->panel_count; i++) {
    const Panel *panel = &picture->panels[i];
    for (size_t k = 0; k < panel->edge_count; k++) {
      const Edge *edge = &panel->edges[k];
      fprintf(out, "\n%s%s%s %s %s.", called(&panel->nodes[edge->from]),
              edge->label[0] && edge->kind != EDGE_PART ? " " : "",
              edge->kind != EDGE_PART ? edge->label : "", verbs[edge->kind], called(&panel->nodes[edge->to]));
    }
  }
  fprintf(out, "</desc>\n");
}

static void put_title(FILE *out, const Picture *picture)
{
  fprintf(out, "<title id=\"mot-title\">");
  markup_xml(picture->title, out);
  for (size_t i = 0; i < picture->panel_count; i++)
    for (size_t k = 0; k < picture->panels[i].head.count; k++) {
      const Line *line = &picture->panels[i].head.at[k];
      if (line->role != ROLE_TITLE || strcmp(line->text, picture->title) == 0) continue;
      fprintf(out, i == 0 ? ": " : "; ");
      markup_xml(line->text, out);
    }
  fprintf(out, "</title>\n");
}

/* ---- the whole ---- */

static void put_markers(FILE *out)
{
  fprintf(
    out,
    "<defs>\n"
    "<marker id=\"mot-opens\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"10\" "
    "markerHeight=\"10\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head\" d=\"M0,0 10,5 0,10Z\"/></marker>\n"
    "<marker id=\"mot-awaits\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"11\" "
    "markerHeight=\"11\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"open-head\" d=\"M1,1 9,5 1,9\"/></marker>\n"
    "<marker id=\"mot-ends\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"10\" "
    "markerHeight=\"10\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"head\" d=\"M1,1 9,1 9,9 1,9Z\"/></marker>\n"
    "</defs>\n");
}

static void put_panel(FILE *out, const Panel *panel, const Placed *placed, double y, double width)
{
  double head_width, head = head_height(panel, &head_width), height = panel_height(panel, placed);
  fprintf(out, "<rect class=\"panel\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"8\"/>\n",
          MARGIN, y, width, height);
  put_text(out, &panel->head, HEAD, MARGIN + INSIDE, y + INSIDE);
  fprintf(out, "<g transform=\"translate(%.1f,%.1f)\">\n", MARGIN + (width - placed->width) / 2,
          y + INSIDE + head);
  for (size_t i = 0; i < panel->edge_count; i++) put_route(out, &panel->edges[i], &placed->routes[i]);
  for (size_t i = 0; i < panel->node_count; i++) put_shape(out, &panel->nodes[i], &placed->boxes[i]);
  fprintf(out, "</g>\n");
}

static void put_panels(FILE *out, const Picture *picture, const Placed *placed, double width)
{
  double y = MARGIN;
  for (size_t i = 0; i < picture->panel_count; i++) {
    put_panel(out, &picture->panels[i], &placed[i], y, width);
    y += panel_height(&picture->panels[i], &placed[i]) + MARGIN;
  }
  put_legend(out, picture, MARGIN, y, width);
}

/* How high the legend is shows when it has been written: once to nowhere. */
static double legend_height(const Picture *picture, double width)
{
  FILE *nowhere = fopen("/dev/null", "w");
  if (!nowhere) return 0;
  double height = put_legend(nowhere, picture, MARGIN, 0, width);
  fclose(nowhere);
  return height;
}

static void put_svg(FILE *out, const Picture *picture, const Placed *placed)
{
  double width = inner_width(picture, placed), height = MARGIN;
  for (size_t i = 0; i < picture->panel_count; i++)
    height += panel_height(&picture->panels[i], &placed[i]) + MARGIN;
  height += legend_height(picture, width) + MARGIN;
  double whole = width + 2 * MARGIN;
  fprintf(
    out,
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
    "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"mot-title mot-description\">\n",
    whole, height, whole, height);
  put_title(out, picture);
  put_description(out, picture);
  put_style(out);
  put_markers(out);
  fprintf(out, "<rect class=\"back\" width=\"100%%\" height=\"100%%\"/>\n");
  put_panels(out, picture, placed, width);
  fprintf(out, "</svg>\n");
}

bool render_svg(const Picture *picture, FILE *out)
{
  Placed *placed = calloc(picture->panel_count + 1, sizeof *placed);
  bool fine = placed != NULL;
  for (size_t i = 0; fine && i < picture->panel_count; i++)
    fine = size_nodes(&picture->panels[i], &placed[i]);
  if (!fine)
    say_no_memory();
  else if ((fine = layout_picture(picture, placed)))
    put_svg(out, picture, placed);
  free_placed(picture, placed);
  return fine;
}
