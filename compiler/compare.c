/*
 * compare.c - both sides beside each other: which things and clauses belong together, and what differs.
 */
#include "compiler/compare.h"

#include <string.h>

typedef struct Comparing {
  Side *old_side, *new_side;
  ChangeList *changes;
  Map gone; /* what decides in a thing -> one that is gone */
} Comparing;

static bool same_text(const char *a, const char *b)
{
  return strcmp(a, b) == 0;
}

/* ---- which belong together ---- */

static void pair_things(Side *old_side, Side *new_side)
{
  for (uint32_t i = 0; i < new_side->things.len; i++) {
    Thing *is = new_side->things.data[i];
    Thing *was = map_get(&old_side->by_name, intern_z(old_side->names, is->key));
    is->other = was;
    if (was) was->other = is;
  }
}

typedef enum Likeness { LIKE_ALL, LIKE_MEANING, LIKE_DECISION, LIKE_SHAPE, LIKE_PLACE, LIKENESSES } Likeness;

static bool alike(const Aspect *a, const Aspect *b, Likeness likeness)
{
  if (!same_text(a->clause, b->clause) || !same_text(a->id, b->id)) return false;
  if (!a->many) return likeness == LIKE_ALL;
  switch (likeness) {
  case LIKE_ALL: return same_text(a->full, b->full) && same_text(a->words, b->words) && same_text(a->text, b->text);
  case LIKE_MEANING: return same_text(a->full, b->full) && same_text(a->words, b->words);
  case LIKE_DECISION: return same_text(a->full, b->full);
  case LIKE_SHAPE: return same_text(a->shape, b->shape);
  default: return true;
  }
}

/* From where the last one was found: mostly they stand in the same order. */
static uint32_t find_partner(const Thing *was, const Aspect *aspect, uint32_t from, Likeness likeness)
{
  uint32_t count = was->aspects.len;
  for (uint32_t k = 0; k < count; k++) {
    uint32_t at = (from + k) % count;
    if (!was->aspects.data[at].partner && alike(&was->aspects.data[at], aspect, likeness)) return at;
  }
  return count;
}

static void pair_aspects(Thing *was, Thing *is)
{
  for (unsigned likeness = 0; likeness < LIKENESSES; likeness++) {
    uint32_t from = 0;
    for (uint32_t i = 0; i < is->aspects.len; i++) {
      Aspect *aspect = &is->aspects.data[i];
      if (aspect->partner || (likeness > LIKE_ALL && !aspect->many)) continue;
      uint32_t at = find_partner(was, aspect, from, (Likeness)likeness);
      if (at == was->aspects.len) continue;
      aspect->partner = &was->aspects.data[at];
      was->aspects.data[at].partner = aspect;
      from = at + 1;
    }
  }
}

/* ---- one change ---- */

static mot_change *change_new(const Comparing *c, const Thing *thing, mot_change_kind kind, const char *clause)
{
  mot_change *change = VEC_PUSH(c->new_side->arena, c->changes);
  *change = (mot_change){.kind = kind, .of = thing->of, .name = thing->name, .clause = clause};
  return change;
}

static void tell_old(const Comparing *c, mot_change *change, const char *text, Span span)
{
  change->before = text;
  change->old_place = text_place(c->old_side, span);
}

static void tell_new(const Comparing *c, mot_change *change, const char *text, Span span)
{
  change->after = text;
  change->new_place = text_place(c->new_side, span);
}

/* Of a clause that a pattern gave: the `like` where that changed, else the pattern's text. */
static bool by_head(const Aspect *aspect, const Aspect *other)
{
  return aspect->head && !(other && other->head && same_text(aspect->head, other->head));
}

static void tell_aspects(const Comparing *c, mot_change *change, const Aspect *was, const Aspect *is)
{
  if (was) {
    bool head = by_head(was, is);
    tell_old(c, change, head ? was->head : was->text, head ? was->head_span : was->span);
  }
  if (is) {
    bool head = by_head(is, was);
    tell_new(c, change, head ? is->head : is->text, head ? is->head_span : is->span);
  }
}

/* ---- clauses ---- */

static bool says_nothing(const Aspect *aspect)
{
  return !aspect->full[0] && !aspect->words[0];
}

static void tell_alone(const Comparing *c, const Thing *thing, const Aspect *was, const Aspect *is)
{
  const Aspect *aspect = is ? is : was;
  if (aspect->both || says_nothing(aspect)) return;
  mot_change *change = change_new(c, thing, is ? MOT_CHANGE_NEW : MOT_CHANGE_GONE, aspect->clause);
  tell_aspects(c, change, was, is);
  change->meaning = change_words(change, false);
}

static bool worded_alike(const Aspect *was, const Aspect *is)
{
  bool own = was->text && is->text && !was->head && !is->head && !is->both;
  return !own || same_text(was->text, is->text);
}

static bool written_alike(const mot_change *change)
{
  return change->before && change->after && same_text(change->before, change->after);
}

static mot_change_kind kind_of(const Aspect *was, const Aspect *is)
{
  if (same_text(was->full, is->full)) return MOT_CHANGE_TEXT;
  if (is->key) return MOT_CHANGE_KEY;
  return same_text(was->shape, is->shape) ? MOT_CHANGE_BOUND : MOT_CHANGE_CONDITION;
}

static void compare_aspects(const Comparing *c, const Thing *thing, const Aspect *was, const Aspect *is)
{
  bool same = same_text(was->full, is->full) && same_text(was->words, is->words);
  if (same && worded_alike(was, is)) return;
  mot_change *change = change_new(c, thing, kind_of(was, is), is->clause);
  tell_aspects(c, change, was, is);
  change->meaning = change_words(change, same);
  if (same || !written_alike(change)) return;
  const char *through = through_words(c->old_side, c->new_side, was, is, thing);
  if (*through) change->meaning = arena_printf(c->new_side->arena, "Through %s. %s", through, change->meaning);
}

/* ---- things ---- */

static void compare_thing(const Comparing *c, Thing *is)
{
  pair_aspects(is->other, is);
  for (uint32_t i = 0; i < is->aspects.len; i++) {
    const Aspect *aspect = &is->aspects.data[i];
    if (aspect->partner)
      compare_aspects(c, is, aspect->partner, aspect);
    else
      tell_alone(c, is, NULL, aspect);
  }
  for (uint32_t i = 0; i < is->other->aspects.len; i++)
    if (!is->other->aspects.data[i].partner) tell_alone(c, is, &is->other->aspects.data[i], NULL);
}

/* All that decides in a thing of its kind and experience; "": nothing does. */
static const char *decisions(const Comparing *c, const Thing *thing)
{
  Buf all;
  bool any = false;
  buf_init(&all, c->new_side->arena);
  buf_printf(&all, "%d %s", thing->of, thing->owner ? thing->owner->key : "");
  for (uint32_t i = 0; i < thing->aspects.len; i++) {
    const Aspect *aspect = &thing->aspects.data[i];
    any |= aspect->full[0] != 0;
    buf_printf(&all, "\n%s %s %s", aspect->clause, aspect->id, aspect->full);
  }
  return any ? all.data : "";
}

static void note_gone(Comparing *c)
{
  map_init(&c->gone, c->new_side->arena);
  for (uint32_t i = c->old_side->things.len; i-- > 0;) {
    Thing *was = c->old_side->things.data[i];
    const char *key = was->other ? "" : decisions(c, was);
    if (*key) map_put(&c->gone, intern_z(c->new_side->names, key), was);
  }
}

static void tell_new_name(const Comparing *c, mot_change *change, const Thing *is)
{
  const char *key = decisions(c, is);
  const Thing *was = *key ? map_get(&c->gone, intern_z(c->new_side->names, key)) : NULL;
  if (!was) return;
  change->renamed = was->name;
  change->meaning = arena_printf(c->new_side->arena, "It looks like %s renamed. %s", was->name, change->meaning);
}

static void tell_new_thing(const Comparing *c, const Thing *is)
{
  if (is->owner && !is->owner->other) return; /* said with the experience */
  mot_change *change = change_new(c, is, MOT_CHANGE_NEW, "");
  tell_new(c, change, is->text, is->span);
  change->meaning = change_words(change, false);
  tell_new_name(c, change, is);
}

static void tell_gone_thing(const Comparing *c, const Thing *was)
{
  if (was->owner && !was->owner->other) return;
  mot_change *change = change_new(c, was, MOT_CHANGE_GONE, "");
  tell_old(c, change, was->text, was->span);
  change->meaning = change_words(change, false);
}

void compare_sides(Side *old_side, Side *new_side, ChangeList *changes)
{
  Comparing c = {.old_side = old_side, .new_side = new_side, .changes = changes};
  pair_things(old_side, new_side);
  note_gone(&c);
  through_prepare(old_side, new_side);
  for (uint32_t i = 0; i < new_side->things.len; i++) {
    Thing *is = new_side->things.data[i];
    if (is->other)
      compare_thing(&c, is);
    else
      tell_new_thing(&c, is);
  }
  for (uint32_t i = 0; i < old_side->things.len; i++)
    if (!old_side->things.data[i]->other) tell_gone_thing(&c, old_side->things.data[i]);
}
