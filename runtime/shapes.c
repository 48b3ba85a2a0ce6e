/* shapes.c - see shapes.h. */
#include "runtime/shapes.h"

/* A fresh node; `none` when there are enough. */
static ShapeNode *new_node(Shapes *shapes)
{
  if (shapes->count == SHAPE_NODES) return shape_none(shapes);
  ShapeNode *node = &shapes->nodes[shapes->count++];
  *node = (ShapeNode){.child = shape_none(shapes), .sibling = shape_none(shapes)};
  return node;
}

void shapes_forget(Shapes *shapes)
{
  shapes->count = 0;
  arena_free(&shapes->long_texts);
  shapes->branch_count = 1; /* place 0 stands for none */
  shapes->misses = 0;
  new_node(shapes);
  new_node(shapes);
}

static void *needed(Mem *mem, size_t size)
{
  void *p = mem_resize(mem, NULL, 0, size);
  if (!p) mem_fail(mem);
  return p;
}

void shapes_init(Shapes *shapes, Mem *mem, uint32_t kinds)
{
  shapes->mem = mem;
  shapes->kinds = kinds;
  arena_init(&shapes->long_texts, mem);
  if (!shapes->nodes) shapes->nodes = needed(mem, SHAPE_NODES * sizeof *shapes->nodes);
  if (!shapes->texts) shapes->texts = needed(mem, SHAPE_NODES * sizeof *shapes->texts);
  shapes_forget(shapes);
}

void shapes_free(Shapes *shapes)
{
  if (!shapes->mem) return;
  arena_free(&shapes->long_texts);
  if (shapes->nodes) mem_resize(shapes->mem, shapes->nodes, SHAPE_NODES * sizeof *shapes->nodes, 0);
  if (shapes->texts) mem_resize(shapes->mem, shapes->texts, SHAPE_NODES * sizeof *shapes->texts, 0);
  mem_resize(shapes->mem, shapes->branches, shapes->branch_room * sizeof *shapes->branches, 0);
  *shapes = (Shapes){0};
}

ShapeNode *shape_find(const Shapes *shapes, const ShapeNode *node, const char *text)
{
  ShapeNode *at = node->child;
  while (at != shape_none(shapes) && !shape_fits(shapes, at, text)) at = at->sibling;
  return at;
}

/* Branches for one more type; 0 when there are enough. */
static uint32_t new_branches(Shapes *shapes)
{
  uint32_t first = shapes->branch_count, end = first + shapes->kinds;
  if (shapes->kinds > SHAPE_BRANCHES || end > SHAPE_BRANCHES) return 0;
  if (end > shapes->branch_room) {
    size_t old = shapes->branch_room * sizeof *shapes->branches;
    ShapeNode **moved = mem_resize(shapes->mem, shapes->branches, old, 2 * end * sizeof *moved);
    if (!moved) mem_fail(shapes->mem);
    shapes->branches = moved;
    shapes->branch_room = 2 * end;
  }
  memset(shapes->branches + first, 0, shapes->kinds * sizeof *shapes->branches);
  shapes->branch_count = end;
  return first;
}

static void set_name(Shapes *shapes, ShapeNode *node, const char *text, size_t len)
{
  size_t head = len < 16 ? len : 16;
  memcpy(node->head, text, head);
  memset(node->mask, 0xff, head);
  node->len = (uint16_t)len;
  if (len > 16) shapes->texts[node - shapes->nodes] = arena_copy(&shapes->long_texts, text, len);
}

/* How many names stand behind a node. */
static unsigned names_behind(const Shapes *shapes, const ShapeNode *node)
{
  unsigned count = 0;
  for (const ShapeNode *at = node->child; at != shape_none(shapes); at = at->sibling) count++;
  return count;
}

ShapeNode *shape_add(Shapes *shapes, ShapeNode *node, const char *text, size_t len, ShapeUse use)
{
  bool fits = len <= SHAPE_NAME_MAX && names_behind(shapes, node) < SHAPE_NAMES;
  ShapeNode *added = fits ? new_node(shapes) : shape_none(shapes);
  if (added == shape_none(shapes)) {
    shapes->misses++;
    return added;
  }
  set_name(shapes, added, text, len);
  added->use = use;
  added->plain = len <= 16 && !use.is_type && !use.twice ? (uint16_t)len : 0;
  added->branches = use.is_type ? new_branches(shapes) : 0;
  added->sibling = node->child;
  node->child = added;
  return added;
}

ShapeNode *shape_new_branch(Shapes *shapes, ShapeNode *node, uint32_t kind)
{
  ShapeNode *added = new_node(shapes);
  if (added == shape_none(shapes)) {
    shapes->misses++;
    return node;
  }
  shapes->branches[node->branches + kind] = added;
  return added;
}
