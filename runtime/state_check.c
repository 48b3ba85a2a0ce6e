/* state_check.c - records that were read: whether all in them lies within bounds. */
#include <math.h>
#include <string.h>

#include "runtime/history.h"
#include "runtime/leaf_parts.h"
#include "runtime/state_parts.h"

/* A record with the slots of its owner. */
typedef struct Record {
  const Module *module;
  const uint8_t *bytes;
  int64_t start;        /* of the journey, for T48 slots */
  const ExperienceRow *histories; /* whose record it is; NULL: a moment's, which has none */
  bool stands;          /* the clock of the moment */
} Record;

/* Deadlines may be as far ahead as a subtraction of any instant allows. */
#define FURTHEST (INT64_MAX - (INT64_C(1) << 57))

static int64_t load(const Record *record, uint32_t slot)
{
  return slot_load_i(&record->module->Slot[slot], record->bytes, record->start);
}

/* ---- slots whatever they are for ---- */

/* A total of numbers may have grown beyond all of them: whatever asks for it faults. */
static bool is_total(const Record *record, uint32_t slot)
{
  const ExperienceRow *row = record->histories;
  for (uint32_t i = 0; row && i < row->histories_count; i++) {
    const HistoryRow *history = &record->module->History[row->histories + i];
    if (history->kind == HISTORY_TOTAL && history->total == slot) return true;
  }
  return false;
}

static bool number_sound(const Record *record, uint32_t slot)
{
  return isfinite(slot_load_f(&record->module->Slot[slot], record->bytes)) || is_total(record, slot);
}

static bool slots_sound(const Record *record, uint32_t first, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const SlotRow *slot = &record->module->Slot[first + i];
    if (slot->storage == STORAGE_BOOL && record->bytes[slot->offset] > 1) return false;
    if (slot->storage == STORAGE_F64 && !number_sound(record, first + i)) return false;
  }
  return true;
}

/* ---- rings ---- */

static bool ring_sound(const Record *record, uint32_t slot, uint32_t entries)
{
  RingPlace at = ring_place(&record->module->Slot[slot], record->bytes, entries);
  Ring ring = ring_load(&at);
  if (ring.length > entries || ring.head > entries || (entries > 0 && ring.head == entries)) return false;
  for (uint32_t i = 0; i < ring.length; i++)
    if (!state_instant(ring_instant(&at, ring, i))) return false;
  return true;
}

static bool numbers_sound(const Record *record, const HistoryRow *row)
{
  uint32_t entries = history_entries(row);
  const SlotRow *slot = &record->module->Slot[row->store];
  const uint8_t *at = record->bytes + slot->offset + MOT_STORE_HEADER + ring_width(slot->storage) * (size_t)entries;
  bool numbers = row->type == VALUE_NUMBER || row->type == VALUE_PERCENT;
  for (uint32_t i = 0; numbers && row->aggregate != AGGREGATE_COUNT && i < entries; i++) {
    double value;
    memcpy(&value, at + 8 * (size_t)i, sizeof value);
    if (!isfinite(value)) return false;
  }
  return true;
}

/* The upper half of a sum of as many integers as a total counts. */
static bool total_sound(const Record *record, const HistoryRow *row)
{
  const int64_t most = INT64_C(1) << 32;
  int64_t above = row->store != MOT_NONE ? load(record, row->store) : 0;
  return load(record, row->count) <= UINT32_MAX && above >= -most && above <= most;
}

static bool history_sound(const Record *record, const HistoryRow *row)
{
  if (row->kind == HISTORY_TOTAL) return total_sound(record, row);
  return ring_sound(record, row->store, history_entries(row)) && numbers_sound(record, row);
}

/* ---- patterns ---- */

static bool chain_sound(const Record *record, const PatternRow *row)
{
  for (uint32_t i = 0; i < row->steps_count; i++) {
    const PatternStepRow *step = &record->module->PatternStep[row->steps + i];
    if (step->matched == MOT_NONE) continue;
    int64_t matched = load(record, step->matched);
    if (matched != INSTANT_NONE && !state_instant(matched)) return false;
  }
  return true;
}

static bool pattern_sound(const Record *record, const PatternRow *row)
{
  switch (row->kind) {
  case PATTERN_COUNT: return row->store == MOT_NONE || ring_sound(record, row->store, row->count - 1);
  case PATTERN_CHAIN: return chain_sound(record, row);
  default: return (load(record, row->store) ^ INT64_MAX) >= STATE_FIRST;
  }
}

/* ---- conditions ---- */

/* An instant; while the clock stands, what is left to it. */
static bool deadline_sound(const Record *record, int64_t deadline)
{
  if (deadline >= DEADLINE_NEVER) return true;
  return deadline <= FURTHEST && deadline >= (record->stands ? STATE_FIRST - PASSED_MARK : STATE_FIRST);
}

static bool step_sound(const Record *record, const StepRow *step)
{
  int64_t matched = step->matched != MOT_NONE ? load(record, step->matched) : INSTANT_NONE;
  if (matched != INSTANT_NONE && !state_instant(matched)) return false;
  return step->deadline == MOT_NONE || deadline_sound(record, load(record, step->deadline));
}

/* What a counter has come to while its leaf is open. */
static bool counter_sound(const Record *record, const LeafRow *leaf)
{
  int64_t count = load(record, leaf->counter), most = leaf->count;
  const StepRow *steps = record->module->Step + leaf->steps;
  if (leaf->kind == LEAF_SEQUENCE) most = (int64_t)steps[leaf->steps_count - 1].counted - 1;
  if (leaf->kind == LEAF_AT_LEAST) most--;
  return count >= 0 && count <= most;
}

static bool leaf_sound(const Record *record, const LeafRow *leaf)
{
  uint8_t state = record->bytes[record->module->Slot[leaf->state].offset];
  if (state > VERDICT_FALSE) return false;
  if (state == VERDICT_OPEN && leaf->counter != MOT_NONE && !counter_sound(record, leaf)) return false;
  for (uint32_t i = 0; i < leaf->steps_count; i++)
    if (!step_sound(record, &record->module->Step[leaf->steps + i])) return false;
  return true;
}

static bool condition_sound(const Record *record, uint32_t condition)
{
  if (condition == MOT_NONE) return true;
  const ConditionRow *row = &record->module->Condition[condition];
  for (uint32_t i = 0; i < row->leaves_count; i++)
    if (!leaf_sound(record, &record->module->Leaf[row->leaves + i])) return false;
  return true;
}

/* ---- records ---- */

bool state_journey_sound(const Module *module, const JourneyHeader *journey)
{
  const ExperienceRow *row = &module->Experience[journey->experience];
  Record record = {.module = module, .bytes = (const uint8_t *)journey, .start = journey->start,
                   .histories = row};
  if (!slots_sound(&record, row->slots, row->slots_count)) return false;
  for (uint32_t i = 0; i < row->histories_count; i++)
    if (!history_sound(&record, &module->History[row->histories + i])) return false;
  for (uint32_t i = 0; i < row->patterns_count; i++)
    if (!pattern_sound(&record, &module->Pattern[row->patterns + i])) return false;
  return condition_sound(&record, row->sco);
}

static bool pause_sound(const PauseHeader *pause)
{
  return (pause->stopped == INSTANT_NONE || state_instant(pause->stopped)) && pause->paused >= 0
    && pause->paused <= STATE_LAST - STATE_FIRST;
}

bool state_moment_sound(const Module *module, const JourneyHeader *journey, const MomentHeader *moment)
{
  const MotRow *row = &module->Mot[moment->mot];
  const PauseHeader *pause = (const PauseHeader *)(const void *)(moment + 1);
  Record record = {.module = module, .bytes = (const uint8_t *)moment, .start = journey->start};
  if (row->pausable && !pause_sound(pause)) return false;
  record.stands = row->pausable && pause->stopped != INSTANT_NONE;
  return slots_sound(&record, row->slots, row->slots_count) && condition_sound(&record, row->condition);
}

/* ---- alerts and corrections ---- */

bool state_correction_sound(const Engine *engine, MomentHeader *correction)
{
  const CorrectionRow *row = &engine->module->Correction[correction_row(engine, correction)];
  const JourneyHeader *journey = journey_at(engine, correction->journey);
  const CorrectionTail *tail = correction_tail(engine, correction);
  Record record = {.module = engine->module, .bytes = (const uint8_t *)correction, .start = journey->start};
  bool overdue = tail->marks & CORRECTION_OVERDUE;
  if (tail->marks & ~(uint32_t)(CORRECTION_HOPELESS | CORRECTION_OVERDUE) || tail->pad != 0) return false;
  if (!state_instant(tail->opening) || (!overdue && tail->due < engine->horizon)) return false;
  return slots_sound(&record, row->slots, row->slots_count) && condition_sound(&record, row->condition);
}

/* Whether an action is one of the experience, or of its MOTs. */
static bool action_of(const Engine *engine, uint32_t experience, uint32_t action)
{
  const ExperienceRow *row = &engine->module->Experience[experience];
  if (action >= engine->module->Action_count) return false;
  uint32_t mot = engine->acts->mots[action];
  if (mot != MOT_NONE) return mot >= row->mots && mot - row->mots < row->mots_count;
  return action >= row->actions && action - row->actions < row->actions_count;
}

/* An instant to come, where the action has any. */
static bool comes(const Engine *engine, int64_t instant, int64_t length)
{
  return instant == INT64_MAX || (length > 0 && instant >= engine->horizon);
}

static bool times_sound(const Engine *engine, const Alert *alert, const ActionRow *row)
{
  bool overdue = alert->flags & ALERT_OVERDUE, waits = alert->flags & ALERT_WAITS;
  if (!state_instant(alert->opening)) return false;
  if (waits ? alert->raised < engine->horizon : !state_instant(alert->raised)) return false;
  return comes(engine, alert->escalates, overdue || waits ? -1 : row->escalate)
    && comes(engine, alert->repeats, overdue || waits ? -1 : row->repeat)
    && comes(engine, alert->clears, overdue || waits ? -1 : row->hold);
}

/* Of an alert that is overdue: its correction; at risk: its moment, or none once that was decided. */
static bool subject_sound(const Engine *engine, const Alert *alert, const ActionRow *row)
{
  MomentHeader *subject = alert->subject ? moment_at(engine, alert->subject) : NULL;
  if (alert->flags & ALERT_OVERDUE)
    return subject && subject->flags & MOMENT_CORRECTION
      && engine->acts->corrections[correction_row(engine, subject)] == alert->action
      && correction_tail(engine, subject)->marks & CORRECTION_OVERDUE;
  if (row->when != WHEN_AT_RISK) return !subject && alert->clears == INT64_MAX;
  if (!subject) return alert->flags & ALERT_ACTIVE && alert->clears != INT64_MAX;
  return subject->mot == engine->acts->mots[alert->action] && alert->clears == INT64_MAX;
}

bool state_alert_sound(const Engine *engine, const Alert *alert)
{
  bool overdue = alert->flags & ALERT_OVERDUE, risk;
  uint32_t state = alert->flags & ~(uint32_t)ALERT_OVERDUE;
  if (!action_of(engine, engine->scene.journey->experience, alert->action)) return false;
  const ActionRow *row = &engine->module->Action[alert->action];
  risk = row->when == WHEN_AT_RISK && !overdue;
  if (alert->to >= engine->module->Owner_count || row->when > WHEN_VOID) return false;
  if (row->kind != (overdue ? ACTION_CORRECT : ACTION_ALERT)) return false;
  bool waits = state == ALERT_WAITS && risk && row->raise_after > 0;
  bool known = state == (ALERT_ACTIVE | ALERT_ACKNOWLEDGED) && risk && alert->escalates == INT64_MAX
    && alert->repeats == INT64_MAX;
  if (!waits && !known && state != ALERT_ACTIVE) return false;
  return times_sound(engine, alert, row) && subject_sound(engine, alert, row);
}
