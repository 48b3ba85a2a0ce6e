/*
 * board_alert.c - alerts about targets: raised, cleared, escalated, repeated.
 */
#include <string.h>

#include "runtime/board_parts.h"
#include "runtime/grow.h"

#define NEVER INT64_MAX

static int64_t later(int64_t t, int64_t length)
{
  return length < 0 ? NEVER : instant_after(t, length);
}

static const ActionRow *action_of(const Board *board, const BoardAlert *alert)
{
  return &board->module->Action[alert->action];
}

/* ---- the list ---- */

static int compare_u32(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

/* Of one target and individual: the same as another? */
static int compare_owner(const BoardAlert *a, const BoardAlert *b)
{
  int by = compare_u32(a->target, b->target);
  if (by == 0 && a->len > 0 && b->len > 0) by = memcmp(a->name, b->name, a->len < b->len ? a->len : b->len);
  return by != 0 ? by : compare_u32(a->len, b->len);
}

/* By target, individual, since when. */
static int order(const BoardAlert *a, const BoardAlert *b)
{
  int by = compare_owner(a, b);
  return by != 0 ? by : (a->since > b->since) - (a->since < b->since);
}

/* The alert at `at` takes its place among those before it, behind those that are like it. */
static uint32_t settle(Board *board, uint32_t at)
{
  BoardAlert alert = board->alerts[at];
  for (; at > 0 && order(&board->alerts[at - 1], &alert) > 0; at--) board->alerts[at] = board->alerts[at - 1];
  board->alerts[at] = alert;
  return at;
}

BoardAlert *alert_insert(Board *board, const BoardAlert *alert)
{
  BoardAlert copy = *alert;
  board->alerts = grow(board->mem, board->alerts, &board->alert_room, (size_t)board->alert_count + 1,
                       sizeof *board->alerts);
  copy.name = alert->len ? mem_resize(board->mem, NULL, 0, alert->len) : NULL;
  if (alert->len && !copy.name) mem_fail(board->mem);
  if (alert->len) memcpy(copy.name, alert->name, alert->len);
  board->alerts[board->alert_count] = copy;
  return &board->alerts[settle(board, board->alert_count++)];
}

void alert_free(Board *board, BoardAlert *alert)
{
  if (alert->name) mem_resize(board->mem, alert->name, alert->len, 0);
  alert->name = NULL;
}

/* Takes those out that are over, neither active nor waiting, and puts those raised now in their places. */
static void sweep(Board *board)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < board->alert_count; i++) {
    BoardAlert *alert = &board->alerts[i];
    if (alert->active || alert->raise_at != NEVER) {
      board->alerts[kept] = *alert;
      settle(board, kept++);
    } else {
      alert_free(board, alert);
    }
  }
  board->alert_count = kept;
}

/* ---- a target changes ---- */

static bool is_about(const BoardAlert *alert, uint32_t target, const SeriesGroup *group)
{
  uint32_t len = group ? group->size : 0;
  if (alert->target != target || alert->len != len) return false;
  return len == 0 || memcmp(alert->name, group->name, len) == 0;
}

/* An alert that is there hears of the change: it clears, or what it stands for is back. */
static void hear_change(const Board *board, BoardAlert *alert, bool breached)
{
  bool of_breach = alert->cause == CAUSE_BREACHED;
  if (of_breach == breached) {
    if (of_breach) alert->clear_at = NEVER;
    return;
  }
  int64_t hold = of_breach ? action_of(board, alert)->hold : -1;
  if (!alert->active) alert->raise_at = NEVER;
  alert->clear_at = later(board->now, hold < 0 ? 0 : hold);
  alert->clears = breached ? CAUSE_BREACHED : CAUSE_MET;
}

/* Whether the alert of an action for this target is active still. */
static bool is_held(const Board *board, uint32_t action, uint32_t target, const SeriesGroup *group)
{
  for (uint32_t i = 0; i < board->alert_count; i++) {
    const BoardAlert *alert = &board->alerts[i];
    bool active = alert->active && alert->clear_at == NEVER && alert->cause == CAUSE_BREACHED;
    if (active && alert->action == action && is_about(alert, target, group)) return true;
  }
  return false;
}

static void add(Board *board, uint32_t action, uint32_t target, const SeriesGroup *group, bool breached)
{
  const ActionRow *row = &board->module->Action[action];
  if (row->kind != ACTION_ALERT || row->to == MOT_NONE) return;
  if (breached && is_held(board, action, target, group)) return;
  BoardAlert alert = {.action = action, .target = target, .opened = board->now, .since = board->now,
                      .clear_at = NEVER, .escalate_at = NEVER, .repeat_at = NEVER, .to = row->to,
                      .cause = breached ? CAUSE_BREACHED : CAUSE_MET,
                      .raise_at = later(board->now, row->raise_after < 0 ? 0 : row->raise_after)};
  if (group) {
    alert.type = group->types[0];
    alert.len = group->size;
    alert.name = (char *)(uintptr_t)group->name;
  }
  alert_insert(board, &alert);
}

void alerts_change(Board *board, uint32_t target, const SeriesGroup *group, bool breached)
{
  const Measure *measure = &board->measures->all[target];
  const GoalRow *goal = measure->goal != MOT_NONE ? &board->module->Goal[measure->goal] : NULL;
  uint32_t first = goal ? goal->actions : board->module->Mot[measure->row].actions;
  uint32_t count = goal ? goal->actions_count : board->module->Mot[measure->row].actions_count;
  for (uint32_t i = 0; i < board->alert_count; i++)
    if (is_about(&board->alerts[i], target, group)) hear_change(board, &board->alerts[i], breached);
  for (uint32_t i = 0; i < count; i++)
    if (board->module->Action[first + i].when == (breached ? WHEN_BREACHED : WHEN_MET))
      add(board, first + i, target, group, breached);
}

/* ---- acknowledgements ---- */

void alerts_hear(Board *board, const char *id, uint32_t len)
{
  for (uint32_t i = 0; i < board->alert_count; i++) {
    BoardAlert *alert = &board->alerts[i];
    if (!alert->active) continue;
    size_t room = alert_id_room(board, alert);
    if (room < len) continue;
    char *own = mem_resize(board->mem, NULL, 0, room);
    if (!own) mem_fail(board->mem);
    bool same = alert_id(board, alert, own) == len && memcmp(own, id, len) == 0;
    if (same && !alert->heard) alert->heard = ++board->heard;
    mem_resize(board->mem, own, room, 0);
  }
}

/* ---- what is due ---- */

/* Who stands above: of a team its lead, of a person whom he or she reports to. */
static uint32_t above(const Module *module, uint32_t owner)
{
  const OwnerRow *row = &module->Owner[owner];
  return row->kind == OWNER_TEAM ? row->lead : row->reports_to;
}

static void clear(Board *board, BoardAlert *alert, uint8_t cause)
{
  emit_alert(board, alert, ACT_CLEARED, cause);
  alert->active = false;
  alert->raise_at = NEVER;
}

static void acknowledge(Board *board, BoardAlert *alert)
{
  alert->heard = 0;
  if (alert->acknowledged) return;
  alert->acknowledged = true;
  alert->escalate_at = alert->repeat_at = NEVER;
  if (alert->cause == CAUSE_MET)
    clear(board, alert, CAUSE_ACKNOWLEDGED);
  else
    emit_alert(board, alert, ACT_ACKNOWLEDGED, alert->cause);
}

static void raise_now(Board *board, BoardAlert *alert)
{
  const ActionRow *row = action_of(board, alert);
  alert->raise_at = NEVER;
  alert->active = true;
  alert->since = board->now;
  alert->escalate_at = above(board->module, alert->to) == MOT_NONE ? NEVER : later(board->now, row->escalate);
  alert->repeat_at = later(board->now, row->repeat);
  emit_alert(board, alert, ACT_RAISED, alert->cause);
}

static void escalate(Board *board, BoardAlert *alert)
{
  alert->to = above(board->module, alert->to);
  bool more = above(board->module, alert->to) != MOT_NONE;
  alert->escalate_at = more ? later(board->now, action_of(board, alert)->escalate) : NEVER;
  emit_alert(board, alert, ACT_ESCALATED, alert->cause);
}

static void repeat(Board *board, BoardAlert *alert)
{
  alert->repeat_at = later(board->now, action_of(board, alert)->repeat);
  emit_alert(board, alert, ACT_REPEATED, alert->cause);
}

/* What happens at one instant, in this order, after acknowledgements. */
typedef enum AlertStep { STEP_CLEAR, STEP_RAISE, STEP_ESCALATE, STEP_REPEAT, STEPS } AlertStep;

static void take_step(Board *board, BoardAlert *alert, AlertStep step)
{
  int64_t now = board->now;
  switch (step) {
  case STEP_CLEAR:
    if (alert->active && alert->clear_at <= now) clear(board, alert, alert->clears);
    return;
  case STEP_RAISE:
    if (!alert->active && alert->raise_at <= now) raise_now(board, alert);
    return;
  case STEP_ESCALATE:
    if (alert->active && alert->escalate_at <= now) escalate(board, alert);
    return;
  default:
    if (alert->active && alert->repeat_at <= now) repeat(board, alert);
  }
}

/* In the order in which they came. */
static void acknowledge_all(Board *board, uint32_t from, uint32_t to)
{
  for (uint32_t heard = 1; heard <= board->heard; heard++)
    for (uint32_t i = from; i < to; i++)
      if (board->alerts[i].heard == heard) acknowledge(board, &board->alerts[i]);
}

void alerts_act(Board *board)
{
  for (uint32_t from = 0, to; from < board->alert_count; from = to) {
    for (to = from + 1; to < board->alert_count; to++)
      if (compare_owner(&board->alerts[from], &board->alerts[to]) != 0) break;
    acknowledge_all(board, from, to);
    for (int step = 0; step < STEPS; step++)
      for (uint32_t i = from; i < to; i++) take_step(board, &board->alerts[i], (AlertStep)step);
  }
  sweep(board);
  board->heard = 0;
}

int64_t alerts_due(const Board *board)
{
  int64_t due = NEVER;
  for (uint32_t i = 0; i < board->alert_count; i++) {
    const BoardAlert *alert = &board->alerts[i];
    const int64_t times[] = {alert->raise_at, alert->active ? alert->clear_at : NEVER, alert->escalate_at,
                             alert->repeat_at};
    for (unsigned k = 0; k < sizeof times / sizeof *times; k++)
      if (times[k] < due) due = times[k];
  }
  return due;
}

int64_t board_horizon(const Board *board, int64_t to, uint32_t count)
{
  for (uint32_t i = 0; i < board->alert_count; i++) {
    const BoardAlert *alert = &board->alerts[i];
    if (alert->repeat_at == NEVER) continue;
    int64_t all, times = count / board->alert_count + 1;
    if (__builtin_mul_overflow(action_of(board, alert)->repeat, times, &all)) continue;
    int64_t end = instant_after(alert->repeat_at, all);
    if (end < to) to = end;
  }
  return to;
}

uint64_t board_alertable(const Board *board)
{
  uint64_t count = board->alert_count;
  for (uint32_t i = 0; i < board->measures->targets; i++) count += board->series[i].group_count + 1;
  return count;
}
