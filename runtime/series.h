/*
 * series.h - what one measure has taken in: by group, by pane of time.
 *
 *   series ─ whole ─ panes: from, first case, tallies
 *          └ groups ─ …                      (of a measure with groups; then whole is `(other)`)
 *
 * Each thread of a run has a series of each measure; before windows are judged those of the
 * others are merged into that of the first.
 */
#ifndef MOT_RUNTIME_SERIES_H
#define MOT_RUNTIME_SERIES_H

#include "runtime/measures.h"
#include "runtime/vm_value.h"

/* By what a case belongs to a group: values as texts. */
typedef struct GroupName {
  uint32_t types[2];         /* VALUE_ID for all that is shown as text, VALUE_INT, VALUE_BOOL; NONE: missing, or no second */
  VmText texts[2];
} GroupName;

enum { STANDING_UNKNOWN, STANDING_MET, STANDING_BREACHED }; /* as ActState */

/* How what is judged stands: of a target, of an individual of one. */
typedef struct Standing {
  uint8_t state;             /* STANDING_ */
  uint8_t rights;            /* judgements on the right side since it was breached */
  uint8_t before;            /* its state before the latest judgement */
  bool enough;               /* the latest judgement had its least cases and a value */
  TallyValue value;          /* of the latest judgement */
  uint64_t cases;
  Stretch window;            /* judged last; from == to: none yet */
} Standing;

typedef struct Pane {
  int64_t from, first;       /* first: time of its first case */
  Tally tallies[];           /* of the measure's count */
} Pane;

typedef struct SeriesGroup {
  uint64_t hash;
  uint8_t *panes;            /* Pane, one behind the other, by `from` */
  size_t room;               /* bytes */
  uint32_t begin, end;       /* panes in use */
  bool placed;               /* it has one of the places */
  Standing standing;
  uint32_t size;             /* bytes of the name */
  uint32_t types[2], lens[2];
  char name[];               /* the texts, one behind the other */
} SeriesGroup;

typedef struct FreshPane {
  SeriesGroup *group;
  int64_t from, first;
} FreshPane;

typedef struct Series {
  Mem *mem;
  const Measure *measure;
  SeriesGroup *whole;
  SeriesGroup **slots;       /* a hash table of the groups */
  size_t slot_count;
  SeriesGroup **groups;      /* the same, in the order of names when `sorted` */
  size_t groups_room;
  uint32_t group_count, placed;
  bool sorted;
  bool seen;                 /* it has had a case; of a saved state: it may have had one */
  FreshPane *fresh;          /* panes of groups that have no place yet */
  size_t fresh_room, fresh_count;
  uint64_t folded;           /* cases that went to `(other)` */
  Stretch hot;               /* a pane of the whole, */
  Tally *hot_tallies;        /* … and its tallies */
} Series;

/* Nothing is allocated.  Later calls may leave through mem->oom, the series is sound then. */
void series_init(Series *series, const Measure *measure, Mem *mem);
void series_free(Series *series);

/* Tallies of the pane that holds `t`, made when there is none; good until the next call. */
Tally *series_find(Series *series, int64_t t);
static inline Tally *series_at(Series *series, int64_t t)
{
  return t >= series->hot.from && t < series->hot.to ? series->hot_tallies : series_find(series, t);
}
Tally *series_at_group(Series *series, const GroupName *name, int64_t t);
/* The group of that name, or NULL. */
SeriesGroup *series_group(const Series *series, const GroupName *name);
/* Where a group's state or panes are put when they are read back. */
SeriesGroup *series_whole(Series *series);
SeriesGroup *series_make_group(Series *series, const GroupName *name);
Pane *series_make_pane(Series *series, SeriesGroup *group, int64_t from, int64_t first);

/* Moves all that `from` has into `into`. */
void series_merge(Series *into, Series *from);
/* Gives places to groups in the order of their first cases before `before`; what finds none goes to the whole. */
void series_place(Series *series, int64_t before);
/* Puts groups in the order of their names. */
void series_sort(Series *series);
/* Merges the panes of a window into `tallies` (empty, of the measure's count); true when there is one. */
bool series_window(const Series *series, const SeriesGroup *group, Stretch window, Tally *tallies, Mem *mem);
/* Panes before `before` are forgotten. */
void series_expire(Series *series, int64_t before);
/* Groups without a pane before `now` that are not breached leave. */
void series_sweep(Series *series, int64_t now);
/* The earliest pane of all; INT64_MAX: there is none. */
int64_t series_earliest(const Series *series);

/* Cases of tallies: those of the one that has most. */
uint64_t tallies_cases(const Tally *tallies, uint32_t count);
void tallies_free(Tally *tallies, const Measure *measure, Mem *mem);

static inline Pane *group_pane(const Series *series, const SeriesGroup *group, uint32_t i)
{
  size_t stride = sizeof(Pane) + sizeof(Tally) * series->measure->count;
  return (Pane *)(void *)(group->panes + stride * i);
}
GroupName group_name(const SeriesGroup *group);
/* Order of records: what is missing first, then by bytes. */
int group_order(const SeriesGroup *a, const SeriesGroup *b);

#endif
