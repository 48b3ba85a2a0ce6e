/*
 * gen_evidence.c - the sentences that say why a moment was decided; the run puts
 * times and counts in for {at}, {deadline} and {count}.
 */
#include "compiler/gen_parts.h"

static const char *shown(Gen *g, const Leaf *leaf, uint32_t step)
{
  const Match *match = &leaf->steps.data[step].match;
  return match->shown ? sym_text(g->program->names, match->shown) : rule_text(g, match->span);
}

static void predicate(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  const char *text = rule_text(g, leaf->span);
  *produced = text_printf(g, "%s held", text);
  *missed = text_printf(g, "%s did not hold", text);
}

static const char *counted_rule(Gen *g, const Leaf *leaf)
{
  long long count = leaf->count;
  switch (leaf->kind) {
  case LEAF_AT_MOST: return arena_printf(g->arena, "at most %lld allowed", count);
  case LEAF_AT_LEAST: return arena_printf(g->arena, "at least %lld wanted", count);
  default: return arena_printf(g->arena, "exactly %lld wanted", count);
  }
}

static void counted(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  const char *what = shown(g, leaf, 0);
  const char *rule = counted_rule(g, leaf);
  bool early = leaf->kind == LEAF_AT_LEAST; /* produced by the event that is enough, else by the deadline */
  *produced = text_printf(g, early ? "%s came {count} times, %s" : "%s came {count} times by {deadline}, %s", what, rule);
  *missed = text_printf(g, early ? "%s came {count} times by {deadline}, %s" : "%s came {count} times, %s", what, rule);
}

/* "A, then B": the last step apart. */
static const char *steps_text(Gen *g, const Leaf *leaf, uint32_t count)
{
  Buf buf;
  buf_init(&buf, g->arena);
  for (uint32_t i = 0; i < count; i++) buf_printf(&buf, i ? ", then %s" : "%s", shown(g, leaf, i));
  return buf.data;
}

static void sequence(Gen *g, const Leaf *leaf, uint32_t *produced, uint32_t *missed)
{
  uint32_t last = leaf->steps.len - 1, counts = leaf->steps.data[last].counted;
  const char *before = steps_text(g, leaf, last), *what = shown(g, leaf, last);
  if (counts == 0) {
    *produced = text_printf(g, "%s, then %s at {at}", before, what);
    *missed = text_printf(g, "no %s, then %s by {deadline}", before, what);
  } else {
    const char *limit = counts == 1 ? "no" : arena_printf(g->arena, "at most %u", counts - 1);
    *produced = text_printf(g, "%s, then %s %s by {deadline}", before, limit, what);
    *missed = text_printf(g, "%s, then %s %s did not hold", before, limit, what);
  }
}

void evidence(Gen *g, const Leaf *leaf, uint32_t *ret_produced, uint32_t *ret_missed)
{
  switch (leaf->kind) {
  case LEAF_PREDICATE: predicate(g, leaf, ret_produced, ret_missed); break;
  case LEAF_SOME:
    *ret_produced = text_printf(g, "%s at {at}", shown(g, leaf, 0));
    *ret_missed = text_printf(g, "no %s by {deadline}", shown(g, leaf, 0));
    break;
  case LEAF_NO:
    *ret_produced = text_printf(g, "no %s by {deadline}", shown(g, leaf, 0));
    *ret_missed = text_printf(g, "%s at {at}", shown(g, leaf, 0));
    break;
  case LEAF_BEFORE:
    *ret_produced = text_printf(g, "%s at {at} before %s", shown(g, leaf, 0), shown(g, leaf, 1));
    *ret_missed = text_printf(g, "no %s before %s", shown(g, leaf, 0), shown(g, leaf, 1));
    break;
  case LEAF_SEQUENCE: sequence(g, leaf, ret_produced, ret_missed); break;
  default: counted(g, leaf, ret_produced, ret_missed); break;
  }
}
