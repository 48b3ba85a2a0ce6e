/* shapes.c - see shapes.h. */
#include "runtime/shapes.h"

/* A fresh node; SHAPE_NONE when there are enough. */
static uint32_t new_node(Shapes *shapes)
{
  if (shapes->count == SHAPE_NODES) return SHAPE_NONE;
  if (shapes->count == shapes->room) {
    size_t old = shapes->room * sizeof *shapes->nodes;
    ShapeNode *moved = mem_resize(shapes->mem, shapes->nodes, old, old ? 2 * old : 64 * sizeof *moved);
    if (!moved) mem_fail(shapes->mem);
    shapes->nodes = moved;
    shapes->room = shapes->room ? 2 * shapes->room : 64;
  }
  memset(&shapes->nodes[shapes->count], 0, sizeof *shapes->nodes);
  return shapes->count++;
}

static void forget(Shapes *shapes)
{
  shapes->count = 0;
  arena_free(&shapes->texts);
  shapes->branch_count = 1; /* place 0 stands for none */
  shapes->misses = 0;
  new_node(shapes);
  new_node(shapes);
}

void shapes_init(Shapes *shapes, Mem *mem, uint32_t kinds)
{
  *shapes = (Shapes){.mem = mem, .kinds = kinds};
  arena_init(&shapes->texts, mem);
  forget(shapes); /* what it took so far is given back by shapes_free when there is no more */
}

void shapes_free(Shapes *shapes)
{
  arena_free(&shapes->texts);
  mem_resize(shapes->mem, shapes->nodes, shapes->room * sizeof *shapes->nodes, 0);
  mem_resize(shapes->mem, shapes->branches, shapes->branch_room * sizeof *shapes->branches, 0);
  *shapes = (Shapes){.mem = shapes->mem};
}

void shapes_renew(Shapes *shapes)
{
  if (shapes->misses > SHAPE_MISSES) forget(shapes);
}

/* Branches for one more type; 0 when there are enough. */
static uint32_t new_branches(Shapes *shapes)
{
  uint32_t first = shapes->branch_count, needed = first + shapes->kinds;
  if (shapes->kinds > SHAPE_BRANCHES || needed > SHAPE_BRANCHES) return 0;
  if (needed > shapes->branch_room) {
    uint32_t room = 2 * needed;
    uint32_t *moved = mem_resize(shapes->mem, shapes->branches, shapes->branch_room * sizeof *moved,
                                 room * sizeof *moved);
    if (!moved) mem_fail(shapes->mem);
    shapes->branches = moved;
    shapes->branch_room = room;
  }
  memset(shapes->branches + first, 0, shapes->kinds * sizeof *shapes->branches);
  shapes->branch_count = needed;
  return first;
}

static void set_name(Shapes *shapes, ShapeNode *node, const char *text, size_t len)
{
  char bytes[16] = {0}, mask[16] = {0};
  size_t head = len < 16 ? len : 16;
  memcpy(bytes, text, head);
  memset(mask, 0xff, head);
  memcpy(node->head, bytes, 16);
  memcpy(node->mask, mask, 16);
  if (len > 16) node->text = arena_copy(&shapes->texts, text, len);
  node->len = (uint32_t)len;
}

uint32_t shape_add(Shapes *shapes, uint32_t node, const char *text, size_t len, uint32_t slot, bool is_type)
{
  bool fits = len <= SHAPE_NAME_MAX && shapes->nodes[node].children < SHAPE_NAMES;
  uint32_t added = fits ? new_node(shapes) : SHAPE_NONE;
  if (added == SHAPE_NONE) {
    shapes->misses++;
    return SHAPE_NONE;
  }
  uint32_t branches = is_type ? new_branches(shapes) : 0;
  ShapeNode *to = &shapes->nodes[added], *from = &shapes->nodes[node];
  set_name(shapes, to, text, len);
  to->slot = slot;
  to->branches = branches;
  to->sibling = from->child;
  from->child = added;
  from->children++;
  return added;
}

uint32_t shape_branch(Shapes *shapes, uint32_t node, uint32_t kind)
{
  uint32_t at = shapes->nodes[node].branches + kind;
  if (shapes->branches[at] == SHAPE_NONE) {
    uint32_t added = new_node(shapes);
    if (added == SHAPE_NONE) {
      shapes->misses++;
      return node;
    }
    shapes->branches[at] = added;
  }
  return shapes->branches[at];
}
