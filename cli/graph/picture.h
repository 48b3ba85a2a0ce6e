/*
 * picture.h - what a graph shows, before it is known how: panels with nodes of a few lines of text, and
 * edges.
 */
#ifndef MOT_CLI_GRAPH_PICTURE_H
#define MOT_CLI_GRAPH_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum NodeKind {
  /* of an experience */
  NODE_START, NODE_EVENT, NODE_SILENCE, NODE_SCO, NODE_MOT, NODE_ELSEWHERE, NODE_END, NODE_VOID,
  /* of goals, of people */
  NODE_GOAL, NODE_PERSON, NODE_TEAM,
  NODE_KINDS
} NodeKind;

typedef enum EdgeKind {
  EDGE_OPENS,   /* an event (or outcome) opens what it leads to */
  EDGE_AWAITS,  /* a moment waits for an event, or must not see it */
  EDGE_ENDS,    /* an event ends the journey, or makes it void */
  EDGE_PART,    /* a goal and those it is made of */
  EDGE_LEADS,   /* who leads or is reported to */
  EDGE_KINDS
} EdgeKind;

typedef enum Role { ROLE_NAME, ROLE_TITLE, ROLE_TEXT, ROLE_SMALL, ROLE_COUNT } Role;

typedef struct Line {
  Role role;
  const char *text;
} Line;

typedef struct Lines {
  Line *at;
  size_t count, room;
} Lines;

typedef struct Node {
  NodeKind kind;
  const char *id;      /* a name of letters, digits, `_` and dots, of its own */
  bool critical;
  bool many;           /* one for each of somebody */
  unsigned tint;       /* 0: none; 1, 2, …: whose it is */
  Lines lines;
} Node;

typedef struct Edge {
  size_t from, to;     /* nodes of its panel */
  EdgeKind kind;
  const char *label;   /* a word or number of ASCII, "" for none */
} Edge;

typedef struct Panel {
  const char *id;
  Lines head;
  bool down;           /* from top to bottom, else from left to right */
  Node *nodes;
  size_t node_count, node_room;
  Edge *edges;
  size_t edge_count, edge_room;
} Panel;

/* Tints beyond have the colours of the first ones again. */
enum { TINTS_MOST = 8 };

typedef struct Picture {
  const char *title, *description;
  const char *tints[TINTS_MOST + 1]; /* whose each is, for the legend; NULL: not in it */
  Panel *panels;
  size_t panel_count, panel_room;
  char **texts;        /* all that are made here */
  size_t text_count, text_room;
  bool failed;         /* memory was refused: what is there is no whole picture */
} Picture;

enum { NO_NODE = -1 };

void picture_free(Picture *picture);
/* A text that goes with the picture; "" when memory is refused. */
const char *picture_text(Picture *picture, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* NULL when memory is refused; panels move when more are added. */
Panel *picture_panel(Picture *picture, const char *id);
/* The number of the new node; NO_NODE when memory is refused. */
long panel_node(Picture *picture, Panel *panel, NodeKind kind, const char *id);
/* The number of a node; NO_NODE when there is none. */
long panel_find(const Panel *panel, const char *id);
/* Nothing is added when such an edge stands there already. */
void panel_edge(Picture *picture, Panel *panel, long from, long to, EdgeKind kind, const char *label);
/* Nothing is added for an empty text, or to no node. */
void add_line(Picture *picture, Lines *lines, Role role, const char *text);
void picture_lines_free(Lines *lines);
void node_line(Picture *picture, Panel *panel, long node, Role role, const char *text);

#endif
