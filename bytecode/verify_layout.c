/*
 * verify_layout.c - records: slots lie inside of theirs and apart from each
 * other, and what the engine keeps for histories, patterns and conditions has
 * slots of the right kind that nothing else uses.
 */
#include <stdlib.h>

#include "bytecode/verify.h"

/* ---- slots in a record ---- */

typedef struct Layout {
  uint32_t slots, count, size, header;
} Layout;

typedef struct Extent {
  uint32_t start, end, slot;
} Extent;

static int by_start(const void *a, const void *b)
{
  const Extent *x = a, *y = b;
  return (x->start > y->start) - (x->start < y->start);
}

static bool check_slot(Place at, const Layout *layout)
{
  const SlotRow *row = ROW(Slot);
  bool ring = row->storage == STORAGE_RING || row->storage == STORAGE_RING48;
  bool fits = ring ? row->size >= MOT_STORE_HEADER : row->size == storage_size(row->storage);
  return need(at, fits, "size", "not what its storage takes")
    && need(at, row->offset % storage_align(row->storage) == 0, "offset", "not aligned")
    && need(at, row->offset >= layout->header, "offset", "inside the record's header")
    && need(at, (uint64_t)row->offset + row->size <= layout->size, "offset", "behind the end of its record");
}

static bool check_apart(Place at, const Extent *extents, uint32_t count)
{
  for (uint32_t i = 1; i < count; i++) {
    at.row = extents[i].slot;
    if (!need(at, extents[i - 1].end <= extents[i].start, "offset", "overlaps another slot")) return false;
  }
  return true;
}

static bool check_layout(Place at, Layout layout)
{
  if (!need(at, layout.size >= layout.header && layout.size % 8 == 0, "size", "no size of a record")
      || !need(at, layout.size <= MOT_RECORD_MAX, "size", "more than a record may have"))
    return false;
  Extent *extents = ARENA_ARRAY(at.v->scratch, Extent, layout.count);
  Place slot = {at.v, SECTION_Slot, layout.slots};
  for (uint32_t i = 0; i < layout.count; i++, slot.row++) {
    const SlotRow *row = &at.v->module->Slot[slot.row];
    if (!check_slot(slot, &layout)) return false;
    extents[i] = (Extent){row->offset, row->offset + row->size, slot.row};
  }
  if (layout.count > 1) qsort(extents, layout.count, sizeof *extents, by_start);
  return check_apart(slot, extents, layout.count);
}

static bool check_journey(Place at)
{
  const ExperienceRow *row = ROW(Experience);
  return check_layout(at, (Layout){row->slots, row->slots_count, row->size, MOT_JOURNEY_HEADER});
}

static bool check_moment(Place at)
{
  const MotRow *row = ROW(Mot);
  uint32_t header = MOT_MOMENT_HEADER + (row->pausable ? MOT_PAUSE_HEADER : 0);
  return check_layout(at, (Layout){row->slots, row->slots_count, row->size, header});
}

static bool check_correction(Place at)
{
  const CorrectionRow *row = ROW(Correction);
  return check_layout(at, (Layout){row->slots, row->slots_count, row->size, MOT_MOMENT_HEADER});
}

/* ---- what the engine keeps ---- */

/* Marks of engine_slot. */
enum { KEPT = 1, KEPT_OPENED = 2 /* shared by the choices of one mot */ };

/* `slot` of the layout of `owner` is the engine's, for one purpose. */
static bool keep(Place at, const char *field, uint32_t slot, Parent owner, uint32_t storage)
{
  const Module *m = at.v->module;
  if (!need(at, slot != MOT_NONE, field, "missing")) return false;
  Parent parent = slot < m->Slot_count ? at.v->parents[SECTION_Slot][slot] : (Parent){0};
  if (!need(at, parent.table == owner.table && parent.row == owner.row, field, "a slot of another record")
      || !need(at, m->Slot[slot].storage == storage, field, "a slot of another storage")
      || !need(at, !at.v->engine_slot[slot], field, "a slot that is in use already"))
    return false;
  at.v->engine_slot[slot] = KEPT;
  return true;
}

/* `before`: what it holds may come before the journey. */
static bool keep_ring(Place at, uint32_t slot, Parent owner, uint64_t entries, bool values, bool before)
{
  bool slim = slot != MOT_NONE && slot < at.v->module->Slot_count && !before
    && at.v->module->Slot[slot].storage == STORAGE_RING48;
  if (!keep(at, "store", slot, owner, slim ? STORAGE_RING48 : STORAGE_RING)) return false;
  const SlotRow *row = &at.v->module->Slot[slot];
  return need(at, row->size == MOT_STORE_HEADER + entries * (ring_width(row->storage) + (values ? 8u : 0u)),
              "store", "not the size of its ring");
}

/* Kept if `wanted`; if not, allowed all the same. */
static bool keep_deadline(Place at, uint32_t slot, Parent owner, bool wanted)
{
  return (slot == MOT_NONE && !wanted) || keep(at, "deadline", slot, owner, STORAGE_I64);
}

/* As keep_deadline; a match is an event of the journey, which may be counted from its start. */
static bool keep_matched(Place at, uint32_t slot, Parent owner, bool wanted)
{
  if (slot == MOT_NONE && !wanted) return true;
  bool t48 = slot != MOT_NONE && at.v->module->Slot[slot].storage == STORAGE_T48;
  return keep(at, "matched", slot, owner, t48 ? STORAGE_T48 : STORAGE_I64);
}

/* ---- histories ---- */

static bool is_history(uint32_t aggregate)
{
  return aggregate == AGGREGATE_COUNT || aggregate == AGGREGATE_SUM || aggregate == AGGREGATE_AVG
    || aggregate == AGGREGATE_MIN || aggregate == AGGREGATE_MAX;
}

static bool check_total(Place at, const HistoryRow *row, Parent owner)
{
  uint32_t storage = value_class(row->type) == CLASS_F ? STORAGE_F64 : STORAGE_I64;
  return (total_is_wide(row) ? keep(at, "store", row->store, owner, STORAGE_I64)
                             : need(at, row->store == MOT_NONE, "store", "a total keeps no entries"))
    && keep(at, "count", row->count, owner, STORAGE_U32)
    && (row->aggregate == AGGREGATE_COUNT ? need(at, row->total == MOT_NONE, "total", "a count has none")
                                          : keep(at, "total", row->total, owner, storage));
}

static bool check_history(Place at)
{
  const HistoryRow *row = ROW(History);
  Parent owner = at.v->parents[SECTION_History][at.row];
  ValueClass class = value_class(row->type);
  if (!need(at, is_history(row->aggregate), "aggregate", "not one of a history")
      || !need(at, row->aggregate == AGGREGATE_COUNT || class == CLASS_I || class == CLASS_F, "type",
               "no number"))
    return false;
  if (row->kind == HISTORY_TOTAL) return check_total(at, row, owner);
  return need(at, row->keep >= 1 && row->keep <= UINT16_MAX, "keep", "not 1 to 65535")
    && need(at, row->kind == HISTORY_NUMBER || (row->window > 0 && row->window <= SPAN_MAX), "window",
            "no length of time")
    && need(at, row->total == MOT_NONE && row->count == MOT_NONE, "total", "only totals have one")
    && keep_ring(at, row->store, owner, history_entries(row), row->aggregate != AGGREGATE_COUNT,
                 false);
}

/* ---- patterns ---- */

/* A bound's row: the calendar it needs, a length when it is written there. */
static bool check_bound(Place at, uint32_t bound, uint32_t calendar, int64_t length, bool dynamic)
{
  bool by_calendar = bound == BOUND_CALENDAR || bound == BOUND_OPEN_DAYS;
  int64_t most = bound == BOUND_OPEN_DAYS ? 3652500 : SPAN_MAX;
  bool timed = by_calendar || bound == BOUND_WITHIN;
  return need(at, by_calendar == (calendar != MOT_NONE), "calendar", "does not go with the bound")
    && need(at, !timed || dynamic || (length > 0 && length <= most), "length", "no length of time");
}

static bool check_chain(Place at, const PatternRow *row, Parent owner)
{
  if (!need(at, row->steps_count >= 2, "steps", "fewer than two")) return false;
  for (uint32_t i = 0; i < row->steps_count; i++) {
    Place step = {at.v, SECTION_PatternStep, row->steps + i};
    const PatternStepRow *s = &at.v->module->PatternStep[step.row];
    if (!need(step, i > 0 || s->bound == BOUND_NONE, "bound", "the first step has none")
        || !check_bound(step, s->bound, s->calendar, s->length, s->dynamic)
        || !keep_matched(step, s->matched, owner, i + 1 < row->steps_count)
        || !keep_deadline(step, s->deadline, owner, s->bound != BOUND_NONE))
      return false;
  }
  return true;
}

/* When the silence is over, the choice opens without an event. */
static bool check_quiet(Place at, const PatternRow *row, Parent owner)
{
  const Module *m = at.v->module;
  bool opens = row->purpose == PURPOSE_OPENS;
  return keep(at, "store", row->store, owner, STORAGE_I64)
    && need(at, (row->within == 0) == (row->length != MOT_NONE), "within", "either a constant or a function")
    && need(at, row->within >= 0 && row->within <= SPAN_MAX, "within", "no length of time")
    && need(at, opens == (row->choice != MOT_NONE), "choice", "does not go with the purpose")
    && need(at, !opens || (m->Choice[row->choice].mot == row->mot
                           && m->Choice[row->choice].trigger == MOT_NONE),
            "choice", "not one of silence of its mot");
}

/* The one step holds the window; a ring of n - 1 instants holds what may still count. */
static bool check_count(Place at, const PatternRow *row, Parent owner)
{
  Place step = {at.v, SECTION_PatternStep, row->steps};
  if (!need(at, row->count >= 1 && row->count <= UINT16_MAX + 1, "count", "not 1 to 65536")
      || !need(at, row->steps_count == 1, "steps", "not one")
      || !need(at, row->within == 0, "within", "not zero")
      || !keep_ring(at, row->store, owner, row->count - 1, false, row->purpose == PURPOSE_STARTS))
    return false;
  const PatternStepRow *s = &at.v->module->PatternStep[row->steps];
  return check_bound(step, s->bound, s->calendar, s->length, s->dynamic)
      && keep_matched(step, s->matched, owner, false)
      && keep_deadline(step, s->deadline, owner, false);
}

static bool check_pattern(Place at)
{
  const PatternRow *row = ROW(Pattern);
  Parent owner = at.v->parents[SECTION_Pattern][at.row];
  switch (row->kind) {
  case PATTERN_CHAIN: return check_chain(at, row, owner);
  case PATTERN_QUIET:
    return need(at, row->steps_count == 0, "steps", "silence has none") && check_quiet(at, row, owner);
  default: return check_count(at, row, owner);
  }
}

/* ---- conditions ---- */

static bool counts(const LeafRow *leaf)
{
  return leaf->kind == LEAF_AT_MOST || leaf->kind == LEAF_AT_LEAST || leaf->kind == LEAF_EXACTLY;
}

static bool steps_fit(const LeafRow *leaf)
{
  if (leaf->kind == LEAF_PREDICATE) return leaf->steps_count == 0;
  if (leaf->kind == LEAF_SEQUENCE) return leaf->steps_count >= 2;
  return leaf->steps_count == (leaf->kind == LEAF_BEFORE ? 2 : 1);
}

static bool check_step(Place at, const LeafRow *leaf, Parent owner, bool last)
{
  const StepRow *row = ROW(Step);
  bool sequence = leaf->kind == LEAF_SEQUENCE;
  return check_bound(at, row->bound, row->calendar, row->length, row->dynamic)
    && keep_deadline(at, row->deadline, owner, row->bound != BOUND_NONE)
    && keep_matched(at, row->matched, owner, sequence && !last)
    && need(at, row->counted == 0 || (sequence && last), "counted",
            "only the last step of a sequence counts");
}

/* How many a leaf has to count to, 0: nothing. */
static uint64_t counted_to(Verifier *v, const LeafRow *leaf)
{
  if (counts(leaf)) return (uint64_t)leaf->count + 1;
  if (leaf->kind != LEAF_SEQUENCE) return 0;
  uint32_t counted = v->module->Step[leaf->steps + leaf->steps_count - 1].counted;
  return counted > 1 ? counted : 0;
}

/* A counter is of any width that holds what it has to count to. */
static bool check_counter(Place at, const LeafRow *leaf, Parent owner)
{
  uint64_t most = counted_to(at.v, leaf);
  if (leaf->counter == MOT_NONE) return need(at, most == 0, "counter", "missing");
  uint32_t storage = at.v->module->Slot[leaf->counter].storage;
  uint64_t holds = storage == STORAGE_U8 ? UINT8_MAX : storage == STORAGE_U16 ? UINT16_MAX : UINT32_MAX;
  bool small = storage == STORAGE_U8 || storage == STORAGE_U16;
  return need(at, most <= holds, "counter", "too small for what it counts")
    && keep(at, "counter", leaf->counter, owner, small ? storage : STORAGE_U32);
}

static bool check_leaf(Place at)
{
  static const uint8_t tables[SUBJECT_END] = {SECTION_Mot, SECTION_Experience, SECTION_Correction};
  const LeafRow *row = ROW(Leaf);
  const ConditionRow *condition = &at.v->module->Condition[at.v->parents[SECTION_Leaf][at.row].row];
  Parent owner = {tables[condition->subject], condition->of};
  if (!need(at, steps_fit(row), "steps", "not as many as its kind has")
      || !keep(at, "state", row->state, owner, STORAGE_U8) || !check_counter(at, row, owner)
      || (row->settled != MOT_NONE && !keep(at, "settled", row->settled, owner, STORAGE_I64)))
    return false;
  for (uint32_t i = 0; i < row->steps_count; i++)
    if (!check_step((Place){at.v, SECTION_Step, row->steps + i}, row, owner, i + 1 == row->steps_count))
      return false;
  return true;
}

/* That a choice has opened stands in the journey, for all its triggers in one place. */
static bool check_choice(Place at)
{
  const ChoiceRow *row = ROW(Choice);
  Parent owner = {SECTION_Experience, at.v->module->Mot[row->mot].experience};
  uint8_t *mark = at.v->engine_slot;
  if (!need(at, row->mode != MODE_FIRST || row->opened != MOT_NONE, "opened", "missing")) return false;
  if (row->opened == MOT_NONE) return true;
  if (mark[row->opened] == KEPT_OPENED) mark[row->opened] = 0;
  if (!keep(at, "opened", row->opened, owner, STORAGE_BOOL)) return false;
  mark[row->opened] = KEPT_OPENED;
  return true;
}

/* A correction is due by a bound of its own or by a function. */
static bool check_due(Place at)
{
  const CorrectionRow *row = ROW(Correction);
  return check_bound(at, row->bound, row->calendar, row->length, row->due != MOT_NONE)
    && need(at, row->bound != BOUND_NONE, "bound", "none");
}

/* ---- all of it ---- */

bool verify_layouts(Verifier *v)
{
  static const TableCheck checks[] = {
    {SECTION_Experience, check_journey}, {SECTION_Mot, check_moment},
    {SECTION_Correction, check_correction},
    {SECTION_History, check_history},    {SECTION_Pattern, check_pattern}, {SECTION_Leaf, check_leaf},
    {SECTION_Choice, check_choice},
    {SECTION_Correction, check_due},
  };
  v->engine_slot = ARENA_ARRAY(v->scratch, uint8_t, v->module->Slot_count);
  return verify_each(v, checks, sizeof checks / sizeof *checks);
}
