/*
 * check_outcome.c - outcomes that wait for each other: nobody could say which is
 * decided first, so it is an error.
 *
 * MOTs are the nodes; a MOT depends on those whose outcomes its `when` and `smoto`
 * name.  What depends on nothing is taken away until nothing more can be; what is
 * left holds the circles (Kahn 1962).
 */
#include "compiler/check_expr.h"

typedef struct Node {
  const Mot *mot;
  uint32_t number;
  VEC(uint32_t) needs;     /* outcomes it names */
  VEC(uint32_t) needed_by;
  VEC(Span) places;        /* beside `needs` */
  uint32_t waiting;        /* of `needs`, those not yet taken away */
  bool gone, seen;
} Node;

typedef struct Graph {
  Checker *ck;
  Map index;               /* Mot -> Node */
  VEC(Node *) nodes;
} Graph;

static void add_nodes(Graph *graph)
{
  const Program *program = graph->ck->program;
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    const Experience *experience = program->experiences.data[i];
    for (uint32_t k = 0; experience && k < experience->mots.len; k++) {
      Node *node = ARENA_NEW(graph->ck->arena, Node);
      node->mot = experience->mots.data[k];
      node->number = graph->nodes.len;
      *VEC_PUSH(graph->ck->arena, &graph->nodes) = node;
      map_put(&graph->index, (uint64_t)(uintptr_t)node->mot, node);
    }
  }
}

static void add_match(Graph *graph, Node *from, const Match *match, Span place)
{
  Arena *arena = graph->ck->arena;
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const Mot *mot = match->cases.data[i].mot;
    Node *to = mot ? map_get(&graph->index, (uint64_t)(uintptr_t)mot) : NULL;
    if (!to) continue;
    *VEC_PUSH(arena, &from->needs) = to->number;
    *VEC_PUSH(arena, &from->places) = place;
    *VEC_PUSH(arena, &to->needed_by) = from->number;
  }
}

static void add_edges(Graph *graph, Node *node)
{
  const Pattern *when = node->mot->when;
  for (uint32_t i = 0; when && i < when->choices.len; i++) {
    for (uint32_t k = 0; k < when->choices.data[i].steps.len; k++) {
      const Step *step = &when->choices.data[i].steps.data[k];
      add_match(graph, node, &step->match, step->span);
    }
  }
  const Condition *smoto = node->mot->smoto;
  for (uint32_t i = 0; smoto && i < smoto->leaves.len; i++) {
    const Leaf *leaf = smoto->leaves.data[i];
    for (uint32_t k = 0; k < leaf->steps.len; k++)
      add_match(graph, node, &leaf->steps.data[k].match, leaf->steps.data[k].span);
  }
}

/* Takes away what waits for nothing, and so on. */
static void take_away(Graph *graph)
{
  VEC(uint32_t) free = {0};
  Arena *arena = graph->ck->arena;
  for (uint32_t i = 0; i < graph->nodes.len; i++) {
    Node *node = graph->nodes.data[i];
    node->waiting = node->needs.len;
    if (node->waiting == 0) *VEC_PUSH(arena, &free) = i;
  }
  for (uint32_t i = 0; i < free.len; i++) {
    Node *node = graph->nodes.data[free.data[i]];
    node->gone = true;
    for (uint32_t k = 0; k < node->needed_by.len; k++) {
      Node *next = graph->nodes.data[node->needed_by.data[k]];
      if (--next->waiting == 0) *VEC_PUSH(arena, &free) = node->needed_by.data[k];
    }
  }
}

/* One of the outcomes it names that are still there: all that are left have one. */
static uint32_t still_needed(const Graph *graph, const Node *node)
{
  for (uint32_t i = 0; i < node->needs.len; i++) {
    if (!graph->nodes.data[node->needs.data[i]]->gone) return i;
  }
  return 0;
}

static void say_circle(Graph *graph, Node *node)
{
  Checker *ck = graph->ck;
  uint32_t via = still_needed(graph, node);
  const char *first = sym_text(ck->names, node->mot->name);
  Diag *diag = SAY(ck, E0418, node->places.data[via], "the outcome of `%s` waits for itself", first);
  const Node *at = node;
  do {
    uint32_t edge = still_needed(graph, at);
    const Node *next = graph->nodes.data[at->needs.data[edge]];
    diag_note(ck->diags, diag, at->places.data[edge], "`%s` waits for `%s` here",
              sym_text(ck->names, at->mot->name),
              sym_text(ck->names, next->mot->name));
    at = next;
  } while (at != node);
  if (node->places.data[via].file != node->mot->span.file) /* in the text of a pattern */
    diag_note(ck->diags, diag, node->mot->span, "`%s` is here", first);
  diag_help(ck->diags, diag, "let one of them open on an event instead of an outcome");
}

/* Follows what is left until it comes round; says a circle that was not seen before. */
static void follow(Graph *graph, Node *node)
{
  VEC(Node *) way = {0};
  while (!node->seen) {
    node->seen = true;
    *VEC_PUSH(graph->ck->arena, &way) = node;
    node = graph->nodes.data[node->needs.data[still_needed(graph, node)]];
  }
  for (uint32_t i = 0; i < way.len; i++) {
    if (way.data[i] == node) say_circle(graph, node);
  }
}

void check_outcome_cycles(Checker *ck)
{
  Graph graph = {.ck = ck};
  map_init(&graph.index, ck->arena);
  add_nodes(&graph);
  for (uint32_t i = 0; i < graph.nodes.len; i++) add_edges(&graph, graph.nodes.data[i]);
  take_away(&graph);
  for (uint32_t i = 0; i < graph.nodes.len; i++) {
    Node *node = graph.nodes.data[i];
    if (!node->gone && !node->seen) follow(&graph, node);
  }
}
