/*
 * dot.c - a picture in Graphviz' language.
 */
#include <string.h>

#include "cli/graph/render.h"

enum { COLUMNS = 38 };

/* Inside of a quoted label: `\` and `"` are the language's, `&` begins an entity. */
static void put_label(FILE *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c == '"' || c == '\\')
      fprintf(out, "\\%c", c);
    else if (c == '&')
      fprintf(out, "&amp;");
    else
      fwrite(c < 32 || c == 127 ? " " : &text[i], 1, 1, out);
  }
}

static void put_lines(FILE *out, const Lines *lines)
{
  for (size_t i = 0; i < lines->count; i++) {
    const char *at = lines->at[i].text, *from;
    size_t length;
    while (next_row(&at, COLUMNS, &from, &length)) {
      put_label(out, from, length);
      fprintf(out, "\\l");
    }
  }
}

static const char *shape(const Node *node)
{
  static const char *const shapes[NODE_KINDS] = {
    [NODE_START] = "shape=cds",          [NODE_EVENT] = "shape=box, style=rounded",
    [NODE_SILENCE] = "shape=box, style=\"rounded,dashed\"",
    [NODE_SCO] = "shape=folder",         [NODE_MOT] = "shape=box",
    [NODE_ELSEWHERE] = "shape=box, style=dashed",
    [NODE_END] = "shape=doubleoctagon",  [NODE_VOID] = "shape=octagon",
    [NODE_GOAL] = "shape=box",           [NODE_PERSON] = "shape=box, style=rounded",
    [NODE_TEAM] = "shape=component",
  };
  return shapes[node->kind];
}

static const char *edge_style(EdgeKind kind)
{
  switch (kind) {
  case EDGE_AWAITS: return "style=dashed, arrowhead=vee";
  case EDGE_ENDS: return "arrowhead=box";
  case EDGE_PART: case EDGE_LEADS: return "dir=none";
  default: return "arrowhead=normal";
  }
}

static void put_node(FILE *out, const Node *node)
{
  fprintf(out, "    \"%s\" [%s%s%s, label=\"", node->id, shape(node),
          node->critical ? ", peripheries=2, penwidth=2" : "", node->many ? ", shape=box3d" : "");
  put_lines(out, &node->lines);
  fprintf(out, "\"]\n");
}

static void put_edge(FILE *out, const Panel *panel, const Edge *edge)
{
  fprintf(out, "    \"%s\" -> \"%s\" [%s", panel->nodes[edge->from].id, panel->nodes[edge->to].id,
           edge_style(edge->kind));
  if (edge->label[0]) fprintf(out, ", label=\"%s\"", edge->label);
  fprintf(out, "]\n");
}

static void put_panel(FILE *out, const Panel *panel)
{
  fprintf(out, "  subgraph \"cluster_%s\" {\n    label=\"", panel->id);
  put_lines(out, &panel->head);
  fprintf(out, "\"\n    labeljust=l\n");
  for (size_t i = 0; i < panel->node_count; i++) put_node(out, &panel->nodes[i]);
  for (size_t i = 0; i < panel->edge_count; i++) put_edge(out, panel, &panel->edges[i]);
  fprintf(out, "  }\n");
}

void render_dot(const Picture *picture, FILE *out)
{
  bool down = picture->panel_count > 0 && picture->panels[0].down;
  fprintf(out, "digraph \"%s\" {\n", picture->title);
  fprintf(out, "  graph [rankdir=%s, fontname=\"Helvetica\", tooltip=\"%s\"]\n", down ? "TB" : "LR",
           picture->description);
  fprintf(out, "  node [fontname=\"Helvetica\", margin=\"0.2,0.1\"]\n  edge [fontname=\"Helvetica\"]\n");
  for (size_t i = 0; i < picture->panel_count; i++) put_panel(out, &picture->panels[i]);
  fprintf(out, "}\n");
}
