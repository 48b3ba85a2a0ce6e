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
  SHAPE_NODES = 1 << 12,
  SHAPE_NAMES = 16,         /* different ones at one place */
  SHAPE_BRANCHES = 1 << 16, /* kinds times places of the type */
  SHAPE_MISSES = 1 << 12,   /* names that found no room, until the tree begins anew */
  SHAPE_NAME_MAX = 64       /* bytes, with both quotes and the colon */
};

/* What the value of a name is for. */
typedef struct ShapeUse {
  uint32_t slot;
  bool twice;                 /* the slot has a value before it in the line */
  bool is_type;               /* the value tells the kind */
} ShapeUse;

/* A name at its place, as "name": without blanks.  64 bytes, so that one lies in one line of the cache. */
typedef struct ShapeNode ShapeNode;
struct ShapeNode {
  uint64_t head[2], mask[2];  /* its first 16 bytes; which of them count */
  ShapeNode *child, *sibling; /* first name behind it, another one at its place; `none`: no more */
  uint16_t len;               /* bytes with quotes and colon */
  uint16_t plain;             /* the same when it has up to 16, is no type, and stands once; else 0 */
  uint32_t branches;          /* of the type: nodes behind it by kind, the last for all others; 0: not so */
  ShapeUse use;
};
_Static_assert(sizeof(ShapeNode) == 64, "a node lies in one line of the cache");

typedef struct Shapes {
  Mem *mem;
  ShapeNode *nodes;           /* never move; first `none`, then the place before the first name */
  const char **texts;         /* of long names, by node */
  Arena long_texts;
  uint32_t count;
  ShapeNode **branches;
  uint32_t branch_count, branch_room;
  uint32_t kinds;             /* entries a type branches into */
  uint32_t misses;
} Shapes;

void shapes_init(Shapes *shapes, Mem *mem, uint32_t kinds);
void shapes_free(Shapes *shapes);
/* Forgets everything when that is due; nodes are not valid any more.  Called between lines. */
void shapes_forget(Shapes *shapes);
static inline void shapes_renew(Shapes *shapes)
{
  if (shapes->misses > SHAPE_MISSES) shapes_forget(shapes);
}

/* No name; nothing fits it or stands behind it. */
static inline ShapeNode *shape_none(const Shapes *shapes)
{
  return &shapes->nodes[0];
}
static inline ShapeNode *shape_start(const Shapes *shapes)
{
  return &shapes->nodes[1];
}

/* Whether the first bytes of a node's name stand at `text`, all of them if it is plain. */
static inline bool shape_fits_head(const ShapeNode *node, const char *text)
{
  uint64_t head[2];
  memcpy(head, text, sizeof head);
  return (((head[0] ^ node->head[0]) & node->mask[0]) | ((head[1] ^ node->head[1]) & node->mask[1])) == 0;
}
/* Whether all of it does; SHAPE_NAME_MAX bytes must be readable. */
static inline bool shape_fits(const Shapes *shapes, const ShapeNode *node, const char *text)
{
  return shape_fits_head(node, text) &&
         (node->len <= 16 || memcmp(shapes->texts[node - shapes->nodes], text, node->len) == 0);
}

/* The name that begins at `text`, with a colon behind it, among those behind a node, or `none`. */
ShapeNode *shape_find(const Shapes *shapes, const ShapeNode *node, const char *text);
/* Adds a name of `len` bytes with both quotes and the colon behind a node; `none`: there is no room. */
ShapeNode *shape_add(Shapes *shapes, ShapeNode *node, const char *text, size_t len, ShapeUse use);
/* The place behind a type's node for a kind; the node itself when there is no room. */
ShapeNode *shape_new_branch(Shapes *shapes, ShapeNode *node, uint32_t kind);
static inline ShapeNode *shape_branch(Shapes *shapes, ShapeNode *node, uint32_t kind)
{
  ShapeNode *known = shapes->branches[node->branches + kind];
  return known ? known : shape_new_branch(shapes, node, kind);
}

#endif
