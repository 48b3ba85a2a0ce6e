/*
 * evidence.c - which leaves say why a condition was decided.
 */
#include "runtime/condition.h"
#include "runtime/leaf_parts.h"

/* ---- who speaks ---- */

/* What a register stands for: a verdict, and the leaves that speak for it, chained by number. */
typedef struct Side {
  Verdict verdict;
  uint32_t count;
  uint32_t first, last;
} Side;

typedef struct Speakers {
  Side sides[MOT_REGISTERS];
  uint16_t next[UINT16_MAX + 1]; /* leaf behind a leaf */
} Speakers;

/* A side that is `alone` settles it, the first in the text before the second; else both together do. */
static Side join_sides(Speakers *speakers, Verdict alone, Side a, Side b)
{
  if (a.verdict == alone) return a;
  if (b.verdict == alone) return b;
  if (a.verdict == VERDICT_OPEN || b.verdict == VERDICT_OPEN) return (Side){.verdict = VERDICT_OPEN};
  speakers->next[a.last] = (uint16_t)b.first;
  return (Side){a.verdict, a.count + b.count, a.first, b.last};
}

static Side opposed(Side side)
{
  if (side.verdict != VERDICT_OPEN)
    side.verdict = side.verdict == VERDICT_TRUE ? VERDICT_FALSE : VERDICT_TRUE;
  return side;
}

static Side find_speakers(const Scene *scene, Speakers *speakers)
{
  const Module *module = scene->plan->module;
  const FunctionRow *function = &module->Function[scene->subject.condition->verdict];
  const Instr *code = module->code + function->first, *end = code + function->count;
  Side *sides = speakers->sides;
  for (uint32_t i = 0; i < function->registers; i++) sides[i] = (Side){.verdict = VERDICT_OPEN};
  for (; code < end; code++) {
    switch (code->op) {
    case OP_LEAF_GET: sides[code->a] = (Side){leaf_get(scene, code->b), 1, code->b, code->b}; break;
    case OP_AND_T: sides[code->a] = join_sides(speakers, VERDICT_FALSE, sides[code->b], sides[code->c]); break;
    case OP_OR_T: sides[code->a] = join_sides(speakers, VERDICT_TRUE, sides[code->b], sides[code->c]); break;
    case OP_NOT_T: sides[code->a] = opposed(sides[code->b]); break;
    case OP_RET_T: return sides[code->a];
    default: break;
    }
  }
  return (Side){.verdict = VERDICT_OPEN};
}

static inline Evidence sentence(const Scene *scene, uint32_t leaf)
{
  const LeafRow *row = leaf_row(scene, leaf);
  uint32_t slot = leaf_settled_slot(scene, row);
  return (Evidence){.text = leaf_state(scene, row) == VERDICT_TRUE ? row->produced : row->missed,
                    .at = slot == MOT_NONE ? scene->decided : instant_load(scene, slot),
                    .count = row->counter == MOT_NONE ? 0 : counter_load(scene, row)};
}

/* The first of them; *ret_count: how many, each of which speaks once. */
static uint32_t first_speaker(const Scene *scene, Speakers *speakers, uint32_t *ret_count)
{
  Side side = find_speakers(scene, speakers);
  uint32_t leaves = scene->subject.condition->leaves_count;
  *ret_count = side.verdict == VERDICT_OPEN ? 0 : side.count < leaves ? side.count : leaves;
  return side.first;
}

static uint32_t joined_evidence(const Scene *scene, Evidence *ret, uint32_t room)
{
  Speakers speakers;
  uint32_t count, leaf = first_speaker(scene, &speakers, &count);
  for (uint32_t i = 0; i < count && i < room; i++, leaf = speakers.next[leaf]) ret[i] = sentence(scene, leaf);
  return count;
}

void condition_speakers(const Scene *scene, void (*tell)(const Scene *scene, uint32_t leaf, bool holds))
{
  Speakers speakers;
  if (!scene->subject.condition) return;
  uint32_t count, leaf = first_speaker(scene, &speakers, &count);
  for (uint32_t i = 0; i < count; i++, leaf = speakers.next[leaf])
    tell(scene, leaf, leaf_get(scene, leaf) == VERDICT_TRUE);
}

uint32_t condition_evidence(const Scene *scene, Evidence *ret, uint32_t room)
{
  if (!scene->subject.condition) return 0;
  if (!condition_is_leaf(scene) || room == 0) return joined_evidence(scene, ret, room);
  if (leaf_state(scene, leaf_row(scene, 0)) == VERDICT_OPEN) return 0;
  *ret = sentence(scene, 0);
  return 1;
}
