/*
 * picture.c - see picture.h.
 */
#include "cli/graph/picture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Makes room for one more of `size` bytes; NULL when memory is refused. */
static void *grow(Picture *picture, void *items, size_t count, size_t *room, size_t size)
{
  if (count < *room) return items;
  size_t more = *room ? *room * 2 : 8;
  void *grown = realloc(items, more * size);
  if (!grown) {
    picture->failed = true;
    return NULL;
  }
  *room = more;
  return grown;
}

static void free_panel(Panel *panel)
{
  for (size_t i = 0; i < panel->node_count; i++) free(panel->nodes[i].lines.at);
  free(panel->head.at);
  free(panel->nodes);
  free(panel->edges);
}

void picture_free(Picture *picture)
{
  for (size_t i = 0; i < picture->panel_count; i++) free_panel(&picture->panels[i]);
  for (size_t i = 0; i < picture->text_count; i++) free(picture->texts[i]);
  free(picture->panels);
  free(picture->texts);
}

const char *picture_text(Picture *picture, const char *format, ...)
{
  char **texts = grow(picture, picture->texts, picture->text_count, &picture->text_room, sizeof *texts);
  if (!texts) return "";
  picture->texts = texts;
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int size = vsnprintf(NULL, 0, format, args);
  char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
  if (text) vsnprintf(text, (size_t)size + 1, format, again);
  va_end(again);
  va_end(args);
  if (!text) {
    picture->failed = true;
    return "";
  }
  picture->texts[picture->text_count++] = text;
  return text;
}

Panel *picture_panel(Picture *picture, const char *id)
{
  Panel *panels = grow(picture, picture->panels, picture->panel_count, &picture->panel_room, sizeof *panels);
  if (!panels) return NULL;
  picture->panels = panels;
  Panel *panel = &panels[picture->panel_count++];
  *panel = (Panel){.id = id};
  return panel;
}

long panel_node(Picture *picture, Panel *panel, NodeKind kind, const char *id)
{
  Node *nodes = grow(picture, panel->nodes, panel->node_count, &panel->node_room, sizeof *nodes);
  if (!nodes) return NO_NODE;
  panel->nodes = nodes;
  nodes[panel->node_count] = (Node){.kind = kind, .id = id};
  return (long)panel->node_count++;
}

long panel_find(const Panel *panel, const char *id)
{
  for (size_t i = 0; i < panel->node_count; i++)
    if (strcmp(panel->nodes[i].id, id) == 0) return (long)i;
  return NO_NODE;
}

static bool has_edge(const Panel *panel, const Edge *edge)
{
  for (size_t i = 0; i < panel->edge_count; i++) {
    const Edge *e = &panel->edges[i];
    bool same = e->from == edge->from && e->to == edge->to && e->kind == edge->kind;
    if (same && strcmp(e->label, edge->label) == 0) return true;
  }
  return false;
}

void panel_edge(Picture *picture, Panel *panel, long from, long to, EdgeKind kind, const char *label)
{
  if (from < 0 || to < 0) return;
  Edge edge = {(size_t)from, (size_t)to, kind, label};
  if (has_edge(panel, &edge)) return;
  Edge *edges = grow(picture, panel->edges, panel->edge_count, &panel->edge_room, sizeof *edges);
  if (!edges) return;
  panel->edges = edges;
  panel->edges[panel->edge_count++] = edge;
}

/* Signs that turn the direction of what stands around them. */
static bool turns(utf8proc_int32_t c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

/* Text without signs that no reader sees, but the way it is shown; blanks stay. */
static const char *visible(Picture *picture, const char *text)
{
  char *clean = malloc(3 * strlen(text) + 1), *to = clean;
  if (!clean) {
    picture->failed = true;
    return "";
  }
  while (*text) {
    utf8proc_int32_t c;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
    if (size <= 0) c = 0xfffd;
    bool control = (c < 32 && c != '\n') || (c >= 127 && c < 160);
    if (!turns(c)) to += utf8proc_encode_char(control ? ' ' : c, (utf8proc_uint8_t *)to);
    text += size > 0 ? size : 1;
  }
  *to = 0;
  const char *kept = picture_text(picture, "%s", clean);
  free(clean);
  return kept;
}

void add_line(Picture *picture, Lines *lines, Role role, const char *text)
{
  text = visible(picture, text);
  if (!text[0]) return;
  Line *at = grow(picture, lines->at, lines->count, &lines->room, sizeof *at);
  if (!at) return;
  lines->at = at;
  lines->at[lines->count++] = (Line){role, text};
}

void node_line(Picture *picture, Panel *panel, long node, Role role, const char *text)
{
  if (node >= 0) add_line(picture, &panel->nodes[node].lines, role, text);
}

void picture_lines_free(Lines *lines)
{
  free(lines->at);
  *lines = (Lines){0};
}
