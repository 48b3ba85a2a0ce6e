/*
 * shapes.h - the sequences of names that objects of recent lines had, as a tree.
 *
 *   {"type": ─┬─ order_placed ── "time": ── "customer": ── …
 *             └─ call_ended   ── "time": ── "customer": ── "wait": ── …
 *
 * Lines of one kind mostly have the same names in the same order, so each name is
 * compared with the one that stood there before, instead of being looked up.  Behind
 * the type's value the tree branches by kind of event.  The tree is bounded: what it
 * has no room for is looked up each time, and when too much is, it begins anew.
 */
#ifndef MOT_RUNTIME_SHAPES_H
#define MOT_RUNTIME_SHAPES_H

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

enum {
  SHAPE_NODES = 1 << 13,
  SHAPE_NAMES = 16,       /* different ones at one place */
  SHAPE_BRANCHES = 1 << 16, /* kinds times places of the type */
  SHAPE_MISSES = 1 << 12, /* names that found no room, until the tree begins anew */
  SHAPE_NAME_MAX = 64     /* bytes, with both quotes and the colon */
};

/* A name at its place, as "name": without blanks.  Node 0 is none, node 1 the place before the first name.
 * 64 bytes, so that one lies in one line of the cache. */
typedef struct ShapeNode {
  uint64_t head[2], mask[2];  /* its first 16 bytes; which of them count */
  uint32_t len;               /* bytes with quotes and colon */
  uint32_t slot;              /* of its value */
  uint32_t child, sibling;    /* first name behind it; another one at its place */
  uint32_t branches;          /* of the type: nodes behind it by kind, the last for all others; 0: not so */
  uint32_t children;
  const char *text;           /* all of it when it is longer than 16 bytes */
} ShapeNode;
_Static_assert(sizeof(ShapeNode) == 64, "a node lies in one line of the cache");

typedef struct Shapes {
  Mem *mem;
  Arena texts;                /* of long names */
  ShapeNode *nodes;
  uint32_t count, room;
  uint32_t *branches;
  uint32_t branch_count, branch_room;
  uint32_t kinds;             /* entries a type branches into */
  uint32_t misses;
} Shapes;

enum { SHAPE_NONE, SHAPE_START };

void shapes_init(Shapes *shapes, Mem *mem, uint32_t kinds);
void shapes_free(Shapes *shapes);
/* Forgets everything when that is due; nodes are not valid any more.  Called between lines. */
void shapes_renew(Shapes *shapes);

/* Whether the name of a node begins at `text`; SHAPE_NAME_MAX bytes must be readable. */
static inline bool shape_fits(const ShapeNode *node, const char *text)
{
  uint64_t head[2];
  memcpy(head, text, sizeof head);
  if (((head[0] ^ node->head[0]) & node->mask[0]) | ((head[1] ^ node->head[1]) & node->mask[1])) return false;
  return node->len <= 16 || memcmp(node->text, text, node->len) == 0;
}
/* The name that begins at `text`, with a colon behind it, among those behind a node; SHAPE_NONE: not there. */
static inline uint32_t shape_find(const Shapes *shapes, uint32_t node, const char *text)
{
  uint32_t i = shapes->nodes[node].child;
  while (i != SHAPE_NONE && !shape_fits(&shapes->nodes[i], text)) i = shapes->nodes[i].sibling;
  return i;
}

/* Adds a name of `len` bytes with both quotes and the colon behind a node; SHAPE_NONE: there is no room.  `is_type`: its
 * value tells the kind. */
uint32_t shape_add(Shapes *shapes, uint32_t node, const char *text, size_t len, uint32_t slot, bool is_type);
/* The place behind a type's node for a kind; the node itself when there is no room. */
uint32_t shape_branch(Shapes *shapes, uint32_t node, uint32_t kind);

#endif
