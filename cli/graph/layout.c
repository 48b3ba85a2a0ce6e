/*
 * layout.c - asks Graphviz, which sees boxes of a size and never a text of the rules, and reads what it
 * answers.
 */
#include "cli/graph/layout.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/graph/graphviz.h"
#include "cli/say.h"

/* Pixels are the points of Graphviz, inches for sizes. */
enum { POINTS_OF_INCH = 72 };

/* ---- the question ---- */

static void ask_edge(FILE *out, const Panel *panel, size_t i)
{
  const Edge *edge = &panel->edges[i];
  fprintf(out, "n%zu->n%zu[id=e%zu,weight=%d", edge->from, edge->to, i, edge->kind == EDGE_AWAITS ? 1 : 2);
  if (edge->label[0]) fprintf(out, ",label=\"%s\"", edge->label);
  fprintf(out, "]\n");
}

/* Ends of a journey stand at the end. */
static void ask_ranks(FILE *out, const Panel *panel)
{
  fprintf(out, "{rank=sink");
  for (size_t i = 0; i < panel->node_count; i++)
    if (panel->nodes[i].kind == NODE_END || panel->nodes[i].kind == NODE_VOID) fprintf(out, ";n%zu", i);
  fprintf(out, "}\n");
}

static char *question(const Panel *panel, const Placed *placed)
{
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out) return NULL;
  fprintf(out,
          "digraph{graph[rankdir=%s,nodesep=0.35,ranksep=%s]\nnode[shape=box,fixedsize=true,label=\"\"]\n"
          "edge[fontname=Helvetica,fontsize=13]\n",
          panel->down ? "TB" : "LR", panel->down ? "0.6" : "0.8");
  for (size_t i = 0; i < panel->node_count; i++)
    fprintf(out, "n%zu[width=%.4f,height=%.4f]\n", i, placed->boxes[i].width / POINTS_OF_INCH,
            placed->boxes[i].height / POINTS_OF_INCH);
  for (size_t i = 0; i < panel->edge_count; i++) ask_edge(out, panel, i);
  ask_ranks(out, panel);
  fprintf(out, "}\n");
  if (fclose(out) == 0) return text;
  free(text);
  return NULL;
}

/* ---- the answer ---- */

static const char *member(json_t *object, const char *name)
{
  const char *text = json_string_value(json_object_get(object, name));
  return text ? text : "";
}

static bool number(const char **at, double *ret)
{
  char *end;
  *ret = strtod(*at, &end);
  if (end == *at) return false;
  *at = *end == ',' ? end + 1 : end;
  return true;
}

static bool read_point(const char **at, double height, Point *ret)
{
  double y;
  if (!number(at, &ret->x) || !number(at, &y)) return false;
  ret->y = height - y;
  return true;
}

/* "e,1,2 3,4 5,6 …": the tip of the arrow, then the curves. */
static bool read_route(const char *at, double height, Route *route)
{
  route->points = calloc(strlen(at) / 4 + 1, sizeof *route->points);
  if (!route->points) return false;
  while (*at) {
    Point point;
    bool tip = strncmp(at, "e,", 2) == 0, tail = strncmp(at, "s,", 2) == 0;
    at += tip || tail ? 2 : 0;
    if (!read_point(&at, height, &point)) return false;
    if (tip) {
      route->tip = point;
      route->tip_known = true;
    } else if (!tail) {
      route->points[route->count++] = point;
    }
    while (*at == ' ') at++;
  }
  return route->count >= 4;
}

static bool read_boxes(json_t *root, const Panel *panel, Placed *placed)
{
  size_t i;
  json_t *object;
  json_array_foreach(json_object_get(root, "objects"), i, object) {
    const char *name = member(object, "name"), *pos = member(object, "pos");
    size_t node = name[0] == 'n' ? strtoul(name + 1, NULL, 10) : panel->node_count;
    Point middle;
    if (node >= panel->node_count || !read_point(&pos, placed->height, &middle)) continue;
    placed->boxes[node].x = middle.x;
    placed->boxes[node].y = middle.y;
  }
  return true;
}

static bool read_routes(json_t *root, const Panel *panel, Placed *placed)
{
  size_t i;
  json_t *object;
  json_array_foreach(json_object_get(root, "edges"), i, object) {
    const char *id = member(object, "id"), *label = member(object, "lp");
    size_t edge = id[0] == 'e' ? strtoul(id + 1, NULL, 10) : panel->edge_count;
    if (edge >= panel->edge_count) continue;
    if (!read_route(member(object, "pos"), placed->height, &placed->routes[edge])) return false;
    read_point(&label, placed->height, &placed->routes[edge].label);
  }
  return true;
}

static bool read_answer(const char *json, const Panel *panel, Placed *placed)
{
  json_t *root = json_loads(json, 0, NULL);
  const char *bounds = member(root, "bb");
  double skip;
  bool fine = root && number(&bounds, &skip) && number(&bounds, &skip) && number(&bounds, &placed->width)
    && number(&bounds, &placed->height) && read_boxes(root, panel, placed)
    && read_routes(root, panel, placed);
  json_decref(root);
  return fine;
}

static bool read_answers(const Picture *picture, const char *json, size_t size, Placed *placed)
{
  const char *end = json + size;
  for (size_t i = 0; i < picture->panel_count; i++) {
    const char *stop = json < end ? memchr(json, 0, (size_t)(end - json)) : NULL;
    if (!stop || !read_answer(json, &picture->panels[i], &placed[i])) {
      say("graph: Graphviz gave an answer that cannot be read; take --format dot");
      return false;
    }
    json = stop + 1;
  }
  return true;
}

bool layout_picture(const Picture *picture, Placed *placed)
{
  char **graphs = calloc(picture->panel_count + 1, sizeof *graphs), *json = NULL;
  size_t size = 0;
  bool made = graphs != NULL, done = false;
  for (size_t i = 0; made && i < picture->panel_count; i++)
    made = (graphs[i] = question(&picture->panels[i], &placed[i])) != NULL;
  if (!made)
    say_no_memory();
  else
    done = graphviz_layout(graphs, picture->panel_count, &json, &size)
      && read_answers(picture, json, size, placed);
  for (size_t i = 0; graphs && i < picture->panel_count; i++) free(graphs[i]);
  free(graphs);
  free(json);
  return done;
}
