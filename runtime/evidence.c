/*
 * evidence.c - which leaves say why a condition was decided, and their sentences
 * in words.
 */
#include <stdio.h>

#include "runtime/condition.h"
#include "runtime/instant.h"
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

static uint32_t joined_evidence(const Scene *scene, Evidence *ret, uint32_t room)
{
  Speakers speakers;
  Side side = find_speakers(scene, &speakers);
  if (side.verdict == VERDICT_OPEN) return 0;
  /* each leaf speaks once */
  uint32_t leaves = scene->subject.condition->leaves_count, count = side.count < leaves ? side.count : leaves;
  for (uint32_t i = 0, leaf = side.first; i < count && i < room; i++, leaf = speakers.next[leaf])
    ret[i] = sentence(scene, leaf);
  return count;
}

uint32_t condition_evidence(const Scene *scene, Evidence *ret, uint32_t room)
{
  if (!scene->subject.condition) return 0;
  if (!condition_is_leaf(scene) || room == 0) return joined_evidence(scene, ret, room);
  if (leaf_state(scene, leaf_row(scene, 0)) == VERDICT_OPEN) return 0;
  *ret = sentence(scene, 0);
  return 1;
}

/* ---- in words ---- */

typedef struct PlaceHolder {
  const char *name;
  uint32_t len;
} PlaceHolder;

/* Room for what stands for one. */
enum { FILLED_MAX = 32 };

/* What stands for the place holder at `text`; returns how long that is, 0: it is none. */
static uint32_t fill(const Evidence *evidence, const char *text, char *to, size_t *ret_len)
{
  enum { BRACE, COUNT };
  static const PlaceHolder holders[] = {[BRACE] = {"{{", 2}, [COUNT] = {"{count}", 7}, {"{at}", 4},
                                        {"{deadline}", 10}};
  for (unsigned i = 0; i < sizeof holders / sizeof *holders; i++) {
    if (strncmp(text, holders[i].name, holders[i].len) != 0) continue;
    if (i == BRACE) *ret_len = 1, *to = '{';
    else if (i == COUNT) *ret_len = (size_t)snprintf(to, FILLED_MAX, "%lld", (long long)evidence->count);
    else *ret_len = instant_text(evidence->at, to);
    return holders[i].len;
  }
  return 0;
}

/* Without a look at the text: a place holder has four bytes at least. */
size_t evidence_room(const Module *module, const Evidence *evidence)
{
  uint32_t len;
  module_string(module, evidence->text, &len);
  return (size_t)len * (FILLED_MAX / 4) + 1;
}

size_t evidence_text(const Module *module, const Evidence *evidence, char *ret)
{
  uint32_t len;
  const char *text = module_string(module, evidence->text, &len), *end = text + len;
  char *to = ret, value[FILLED_MAX];
  while (text < end) {
    const char *brace = memchr(text, '{', (size_t)(end - text));
    size_t plain = (size_t)((brace ? brace : end) - text), filled = 0;
    memcpy(to, text, plain);
    to += plain;
    text += plain;
    if (!brace) break;
    uint32_t skip = fill(evidence, text, value, &filled);
    if (!skip) filled = skip = 1, *value = '{';
    memcpy(to, value, filled);
    to += filled;
    text += skip;
  }
  return (size_t)(to - ret);
}
