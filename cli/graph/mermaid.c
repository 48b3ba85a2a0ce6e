/*
 * mermaid.c - a picture as a Mermaid flowchart.
 */
#include <ctype.h>
#include <string.h>

#include "cli/graph/render.h"

/* Of Mermaid's own breaking of rows there is to be none: it does not break words. */
enum { COLUMNS = 42, TITLE_COLUMNS = 72, WIDTH = 420 };

/* Inside of a quoted label all signs but a few could be Markdown, HTML or the language's own: they are
 * written as entities by number, which Mermaid puts in last. */
static void put_label(FILE *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c >= 128 || isalnum(c) || c == ' ' || strchr(",:/?'()", c))
      fwrite(&text[i], 1, 1, out);
    else if (c < 32 || c == 127)
      fprintf(out, " ");
    else
      fprintf(out, "#%u;", c);
  }
}

static void put_lines(FILE *out, const Lines *lines)
{
  for (size_t i = 0, rows = 0; i < lines->count; i++) {
    const char *at = lines->at[i].text, *from;
    size_t length;
    while (next_row(&at, COLUMNS, &from, &length)) {
      fprintf(out, rows++ > 0 ? "<br/>" : "");
      if (lines->at[i].role == ROLE_TITLE) fprintf(out, "<b>");
      put_label(out, from, length);
      if (lines->at[i].role == ROLE_TITLE) fprintf(out, "</b>");
    }
  }
}

/* Names of nodes hold letters, digits and `_` alone. */
static void put_id(FILE *out, const char *id)
{
  for (; *id; id++) fputs(*id == '.' ? "__" : (char[]){*id, 0}, out);
}

/* What stands around the label. */
static void brackets(const Node *node, const char **ret_open, const char **ret_close)
{
  static const char *const shapes[NODE_KINDS][2] = {
    [NODE_START] = {"([", "])"},    [NODE_EVENT] = {"(", ")"},  [NODE_SILENCE] = {"(", ")"},
    [NODE_SCO] = {"[", "]"},        [NODE_MOT] = {"[", "]"},    [NODE_ELSEWHERE] = {"[/", "/]"},
    [NODE_END] = {"([", "])"},      [NODE_VOID] = {"{{", "}}"}, [NODE_GOAL] = {"[", "]"},
    [NODE_PERSON] = {"(", ")"},     [NODE_TEAM] = {"[", "]"},
  };
  bool doubled = node->critical || node->many;
  *ret_open = doubled ? "[[" : shapes[node->kind][0];
  *ret_close = doubled ? "]]" : shapes[node->kind][1];
}

static void put_node(FILE *out, const Node *node)
{
  const char *open, *close;
  brackets(node, &open, &close);
  fprintf(out, "    ");
  put_id(out, node->id);
  fprintf(out, "%s\"", open);
  put_lines(out, &node->lines);
  fprintf(out, "\"%s", close);
  if (node->critical) fputs(":::critical", out);
  if (node->kind == NODE_SCO) fputs(":::promise", out);
  fputc('\n', out);
}

static const char *arrow(EdgeKind kind)
{
  switch (kind) {
  case EDGE_AWAITS: return "-.->";
  case EDGE_ENDS: return "--x";
  case EDGE_PART: case EDGE_LEADS: return "---";
  default: return "-->";
  }
}

static void put_edge(FILE *out, const Panel *panel, const Edge *edge)
{
  fprintf(out, "    ");
  put_id(out, panel->nodes[edge->from].id);
  fprintf(out, " %s", arrow(edge->kind));
  if (edge->label[0]) fprintf(out, "|\"");
  put_label(out, edge->label, strlen(edge->label));
  fprintf(out, edge->label[0] ? "\"| " : " ");
  put_id(out, panel->nodes[edge->to].id);
  fprintf(out, "\n");
}

/* The title has one row: nodes stand right below it, whatever its height. */
static void put_head(FILE *out, const Panel *panel)
{
  for (size_t i = 0; i < panel->head.count; i++) {
    const Line *line = &panel->head.at[i];
    const char *at = line->text, *from;
    size_t length;
    if (line->role != ROLE_NAME && line->role != ROLE_TITLE) continue;
    if (!next_row(&at, TITLE_COLUMNS, &from, &length)) continue;
    if (i > 0) fputs(": ", out);
    put_label(out, from, length);
    if (*at) fputs("…", out);
  }
}

static void put_panel(FILE *out, const Panel *panel)
{
  fprintf(out, "  subgraph panel__");
  put_id(out, panel->id);
  fprintf(out, "[\"");
  put_head(out, panel);
  fprintf(out, "\"]\n    direction %s\n", panel->down ? "TB" : "LR");
  for (size_t i = 0; i < panel->node_count; i++) put_node(out, &panel->nodes[i]);
  for (size_t i = 0; i < panel->edge_count; i++) put_edge(out, panel, &panel->edges[i]);
  fprintf(out, "  end\n");
}

void render_mermaid(const Picture *picture, FILE *out)
{
  bool down = picture->panel_count > 0 && picture->panels[0].down;
  fprintf(out, "%%%%{init: {\"flowchart\": {\"wrappingWidth\": %d}}}%%%%\n", WIDTH);
  fprintf(out, "flowchart %s\n  accTitle: %s\n  accDescr: %s\n", down ? "TB" : "LR", picture->title,
          picture->description);
  for (size_t i = 0; i < picture->panel_count; i++) put_panel(out, &picture->panels[i]);
  fputs("  classDef critical stroke-width:4px\n"
        "  classDef promise stroke-width:3px,stroke-dasharray:12 3\n", out);
}
