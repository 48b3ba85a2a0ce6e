/*
 * series.c - groups and panes of one measure; see series.h.
 */
#include "runtime/series.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "runtime/grow.h"

enum { FIRST_SLOTS = 16, FIRST_PANES = 2 };

void series_init(Series *series, const Measure *measure, Mem *mem)
{
  *series = (Series){.mem = mem, .measure = measure, .sorted = true};
}

static size_t stride(const Series *series)
{
  return sizeof(Pane) + sizeof(Tally) * series->measure->count;
}

void tallies_free(Tally *tallies, const Measure *measure, Mem *mem)
{
  for (uint32_t i = 0; i < measure->count; i++) tally_free(&tallies[i], mem, measure->tallies[i]);
}

uint64_t tallies_cases(const Tally *tallies, uint32_t count)
{
  uint64_t most = 0;
  for (uint32_t i = 0; i < count; i++)
    if (tallies[i].cases > most) most = tallies[i].cases;
  return most;
}

/* ---- groups ---- */

static void free_group(Series *series, SeriesGroup *group)
{
  for (uint32_t i = group->begin; i < group->end; i++)
    tallies_free(group_pane(series, group, i)->tallies, series->measure, series->mem);
  if (group->panes) mem_resize(series->mem, group->panes, group->room, 0);
  mem_resize(series->mem, group, sizeof *group + group->size, 0);
}

static void cool(Series *series)
{
  series->hot = (Stretch){0, 0};
  series->hot_tallies = NULL;
}

/* Without groups, panes and their memory; its table stays. */
static void empty(Series *series)
{
  for (uint32_t i = 0; i < series->group_count; i++) free_group(series, series->groups[i]);
  if (series->whole) free_group(series, series->whole);
  series->whole = NULL;
  if (series->slots) memset(series->slots, 0, sizeof *series->slots * series->slot_count);
  series->group_count = series->placed = 0;
  series->fresh_count = 0;
  series->folded = 0;
  cool(series);
}

void series_free(Series *series)
{
  empty(series);
  grow_free(series->mem, series->groups, series->groups_room, sizeof *series->groups);
  grow_free(series->mem, series->fresh, series->fresh_room, sizeof *series->fresh);
  grow_free(series->mem, series->slots, series->slot_count, sizeof *series->slots);
  series_init(series, series->measure, series->mem);
}

GroupName group_name(const SeriesGroup *group)
{
  return (GroupName){{group->types[0], group->types[1]},
                     {{group->name, group->lens[0]}, {group->name + group->lens[0], group->lens[1]}}};
}

static int name_order(const GroupName *a, const GroupName *b)
{
  for (unsigned i = 0; i < 2; i++) {
    bool x = a->types[i] != VALUE_NONE, y = b->types[i] != VALUE_NONE;
    if (x != y) return x ? 1 : -1;
    VmText s = a->texts[i], t = b->texts[i];
    int order = s.len && t.len ? memcmp(s.text, t.text, s.len < t.len ? s.len : t.len) : 0;
    if (order != 0) return order;
    if (s.len != t.len) return s.len < t.len ? -1 : 1;
  }
  return 0;
}

int group_order(const SeriesGroup *a, const SeriesGroup *b)
{
  GroupName x = group_name(a), y = group_name(b);
  return name_order(&x, &y);
}

static uint64_t name_hash(const GroupName *name)
{
  uint64_t first = XXH3_64bits_withSeed(name->texts[0].len ? name->texts[0].text : "", name->texts[0].len,
                                        name->types[0]);
  return XXH3_64bits_withSeed(name->texts[1].len ? name->texts[1].text : "", name->texts[1].len,
                              first ^ name->types[1]);
}

static SeriesGroup **slot_of(const Series *series, const GroupName *name, uint64_t hash)
{
  size_t mask = series->slot_count - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    SeriesGroup *group = series->slots[i];
    if (!group) return &series->slots[i];
    if (group->hash != hash) continue;
    GroupName there = group_name(group);
    if (name_order(&there, name) == 0) return &series->slots[i];
  }
}

/* Fills the table anew from the list of groups. */
static void index_groups(Series *series)
{
  size_t mask = series->slot_count - 1;
  memset(series->slots, 0, sizeof *series->slots * series->slot_count);
  for (uint32_t g = 0; g < series->group_count; g++) {
    size_t i = series->groups[g]->hash & mask;
    while (series->slots[i]) i = (i + 1) & mask;
    series->slots[i] = series->groups[g];
  }
}

/* Room for one more: at most half of the slots are in use. */
static void widen(Series *series)
{
  if ((series->group_count + 1) * (size_t)2 <= series->slot_count) return;
  size_t count = series->slot_count ? series->slot_count * 2 : FIRST_SLOTS, size = sizeof *series->slots;
  SeriesGroup **slots = mem_resize(series->mem, series->slots, series->slot_count * size, count * size);
  if (!slots) mem_fail(series->mem);
  series->slots = slots;
  series->slot_count = count;
  index_groups(series);
}

static SeriesGroup *new_group(Series *series, const GroupName *name, uint64_t hash)
{
  uint32_t first = (uint32_t)name->texts[0].len, second = (uint32_t)name->texts[1].len, size = first + second;
  SeriesGroup *group = mem_resize(series->mem, NULL, 0, sizeof *group + size);
  if (!group) mem_fail(series->mem);
  *group = (SeriesGroup){.hash = hash, .size = size, .types = {name->types[0], name->types[1]},
                         .lens = {first, second}};
  if (first) memcpy(group->name, name->texts[0].text, first);
  if (second) memcpy(group->name + first, name->texts[1].text, second);
  return group;
}

SeriesGroup *series_group(const Series *series, const GroupName *name)
{
  return series->slot_count ? *slot_of(series, name, name_hash(name)) : NULL;
}

SeriesGroup *series_make_group(Series *series, const GroupName *name)
{
  uint64_t hash = name_hash(name);
  widen(series);
  SeriesGroup **slot = slot_of(series, name, hash);
  if (*slot) return *slot;
  series->groups = grow(series->mem, series->groups, &series->groups_room, (size_t)series->group_count + 1,
                        sizeof *series->groups);
  SeriesGroup *group = new_group(series, name, hash);
  series->sorted = series->sorted && (series->group_count == 0 ||
                                      group_order(series->groups[series->group_count - 1], group) < 0);
  *slot = series->groups[series->group_count++] = group;
  return group;
}

SeriesGroup *series_whole(Series *series)
{
  static const GroupName none = {{VALUE_NONE, VALUE_NONE}, {{NULL, 0}, {NULL, 0}}};
  if (!series->whole) series->whole = new_group(series, &none, 0);
  return series->whole;
}

/* ---- panes ---- */

static void widen_panes(Series *series, SeriesGroup *group)
{
  size_t size = stride(series);
  if (group->begin > 0) { /* what is gone makes room first */
    memmove(group->panes, group->panes + size * group->begin, size * (group->end - group->begin));
    group->end -= group->begin;
    group->begin = 0;
  }
  if ((group->end + 1) * size <= group->room) return;
  size_t room = group->room ? group->room * 2 : FIRST_PANES * size;
  uint8_t *panes = mem_resize(series->mem, group->panes, group->room, room);
  if (!panes) mem_fail(series->mem);
  group->panes = panes;
  group->room = room;
}

/* Place of the first pane at or after `from`. */
static uint32_t pane_place(const Series *series, const SeriesGroup *group, int64_t from)
{
  uint32_t place = group->end;
  while (place > group->begin && group_pane(series, group, place - 1)->from >= from) place--;
  return place;
}

static void note_fresh(Series *series, SeriesGroup *group, int64_t from)
{
  series->fresh = grow(series->mem, series->fresh, &series->fresh_room, series->fresh_count + 1,
                       sizeof *series->fresh);
  series->fresh[series->fresh_count++] = (FreshPane){group, from, 0};
}

Pane *series_make_pane(Series *series, SeriesGroup *group, int64_t from, int64_t first)
{
  size_t size = stride(series);
  uint32_t place = pane_place(series, group, from);
  Pane *pane = place < group->end ? group_pane(series, group, place) : NULL;
  if (pane && pane->from == from) {
    if (first < pane->first) pane->first = first;
    return pane;
  }
  if ((group->end + 1) * size > group->room) widen_panes(series, group);
  series->seen = true;
  if (group != series->whole && !group->placed) note_fresh(series, group, from);
  if (group == series->whole) cool(series);
  place = pane_place(series, group, from);
  pane = group_pane(series, group, place);
  memmove((uint8_t *)pane + size, pane, size * (group->end - place));
  memset(pane, 0, size);
  pane->from = from;
  pane->first = first;
  group->end++;
  return pane;
}

Tally *series_find(Series *series, int64_t t)
{
  Stretch stretch = window_pane(&series->measure->window, t);
  Pane *pane = series_make_pane(series, series_whole(series), stretch.from, t);
  series->hot = stretch;
  return series->hot_tallies = pane->tallies;
}

Tally *series_at_group(Series *series, const GroupName *name, int64_t t)
{
  Stretch stretch = window_pane(&series->measure->window, t);
  return series_make_pane(series, series_make_group(series, name), stretch.from, t)->tallies;
}

static void merge_pane(Series *into, SeriesGroup *group, const Pane *from)
{
  Pane *pane = series_make_pane(into, group, from->from, from->first);
  for (uint32_t i = 0; i < into->measure->count; i++)
    tally_merge(&pane->tallies[i], &from->tallies[i], into->mem, into->measure->tallies[i]);
}

static void merge_group(Series *into, SeriesGroup *group, const Series *from, const SeriesGroup *more)
{
  for (uint32_t i = more->begin; i < more->end; i++) merge_pane(into, group, group_pane(from, more, i));
}

void series_merge(Series *into, Series *from)
{
  if (from->whole) merge_group(into, series_whole(into), from, from->whole);
  for (uint32_t i = 0; i < from->group_count; i++) {
    GroupName name = group_name(from->groups[i]);
    merge_group(into, series_make_group(into, &name), from, from->groups[i]);
  }
  if (from->whole || from->group_count > 0) empty(from);
}

bool series_window(const Series *series, const SeriesGroup *group, Stretch window, Tally *tallies, Mem *mem)
{
  bool any = false;
  const Measure *measure = series->measure;
  for (uint32_t i = group->begin; i < group->end; i++) {
    const Pane *pane = group_pane(series, group, i);
    if (pane->from < window.from || pane->from >= window.to) continue;
    any = true;
    for (uint32_t k = 0; k < measure->count; k++)
      tally_merge(&tallies[k], &pane->tallies[k], mem, measure->tallies[k]);
  }
  return any;
}

/* ---- places ---- */

static int by_first_case(const void *a, const void *b)
{
  const FreshPane *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  int order = group_order(x->group, y->group);
  return order ? order : (x->from > y->from) - (x->from < y->from);
}

/* Those before `before`, at the front of the list; how many. */
static size_t take_due(Series *series, int64_t before)
{
  size_t due = 0;
  for (size_t i = 0; i < series->fresh_count; i++) {
    FreshPane at = series->fresh[i];
    if (at.from >= before) continue;
    series->fresh[i] = series->fresh[due];
    at.first = group_pane(series, at.group, pane_place(series, at.group, at.from))->first;
    series->fresh[due++] = at;
  }
  return due;
}

static void fold(Series *series, FreshPane fresh)
{
  uint32_t place = pane_place(series, fresh.group, fresh.from);
  Pane *pane = group_pane(series, fresh.group, place);
  merge_pane(series, series_whole(series), pane);
  series->folded += tallies_cases(pane->tallies, series->measure->count);
  tallies_free(pane->tallies, series->measure, series->mem);
  memmove(pane, (uint8_t *)pane + stride(series), stride(series) * (fresh.group->end - place - 1));
  fresh.group->end--;
}

/* Whether nothing of before `now` keeps a group; breached it stays until it is met. */
static bool leaves(const Series *series, const SeriesGroup *group, int64_t now)
{
  if (group->begin < group->end && group_pane(series, group, group->begin)->from < now) return false;
  return !(group->placed && group->standing.state == STANDING_BREACHED);
}

/* What was taken in ahead of `now` has to find a place anew. */
static void give_up_place(Series *series, SeriesGroup *group)
{
  if (!group->placed) return;
  group->placed = false;
  series->placed--;
  group->standing = (Standing){0};
  for (uint32_t i = group->begin; i < group->end; i++)
    note_fresh(series, group, group_pane(series, group, i)->from);
}

void series_sweep(Series *series, int64_t now)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < series->group_count; i++) {
    SeriesGroup *group = series->groups[i];
    if (leaves(series, group, now)) give_up_place(series, group);
    if (group->placed || group->begin < group->end)
      series->groups[kept++] = group;
    else
      free_group(series, group);
  }
  if (kept == series->group_count) return;
  series->group_count = kept;
  index_groups(series);
}

/* Without the first `due`, and without those that have a place by now. */
static void forget_placed(Series *series, size_t due)
{
  size_t kept = 0;
  for (size_t i = due; i < series->fresh_count; i++)
    if (!series->fresh[i].group->placed) series->fresh[kept++] = series->fresh[i];
  series->fresh_count = kept;
}

void series_place(Series *series, int64_t before)
{
  size_t due = series->fresh_count ? take_due(series, before) : 0;
  if (due == 0) return;
  bool folded = false;
  qsort(series->fresh, due, sizeof *series->fresh, by_first_case);
  for (size_t i = 0; i < due; i++) {
    SeriesGroup *group = series->fresh[i].group;
    if (group->placed) continue;
    if (series->placed < series->measure->places) {
      group->placed = true;
      series->placed++;
      continue;
    }
    fold(series, series->fresh[i]);
    folded = true;
  }
  forget_placed(series, due);
  if (folded) series_sweep(series, INT64_MAX);
}

static int by_name(const void *a, const void *b)
{
  return group_order(*(SeriesGroup *const *)a, *(SeriesGroup *const *)b);
}

void series_sort(Series *series)
{
  if (!series->sorted) qsort(series->groups, series->group_count, sizeof(SeriesGroup *), by_name);
  series->sorted = true;
}

/* ---- what is over ---- */

static void expire_group(Series *series, SeriesGroup *group, int64_t before)
{
  while (group->begin < group->end && group_pane(series, group, group->begin)->from < before)
    tallies_free(group_pane(series, group, group->begin++)->tallies, series->measure, series->mem);
  if (group->begin == group->end) group->begin = group->end = 0;
}

void series_expire(Series *series, int64_t before)
{
  if (series->whole) {
    expire_group(series, series->whole, before);
    cool(series);
  }
  for (uint32_t i = 0; i < series->group_count; i++) expire_group(series, series->groups[i], before);
}

static int64_t earliest_of(const Series *series, const SeriesGroup *group)
{
  return group->begin < group->end ? group_pane(series, group, group->begin)->from : INT64_MAX;
}

int64_t series_earliest(const Series *series)
{
  int64_t earliest = series->whole ? earliest_of(series, series->whole) : INT64_MAX;
  for (uint32_t i = 0; i < series->group_count; i++) {
    int64_t of = earliest_of(series, series->groups[i]);
    if (of < earliest) earliest = of;
  }
  return earliest;
}
