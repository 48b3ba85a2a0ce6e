/*
 * board_state.c - see board_state.h.
 *
 *   of each measure: next window's end, cases without a place, the whole, groups by name
 *   of a group: name, standing, panes (from, first case, tallies)
 *   of each goal: its state; of each alert: what it is about, its times; counts
 */
#include "runtime/board_state.h"

#include <string.h>

#include "runtime/board_parts.h"
#include "runtime/tally_state.h"

/* ---- writing ---- */

static void put_value(StateOut *out, TallyValue value)
{
  state_put_u32(out, value.known);
  state_put_u32(out, value.is_double);
  state_put_i64(out, value.known ? value.i : 0);
  state_put_f64(out, value.known && value.is_double ? value.f : 0);
}

static void put_standing(StateOut *out, const Standing *standing)
{
  state_put_u32(out, standing->state);
  state_put_u32(out, standing->rights);
  state_put_u32(out, standing->before);
  state_put_u32(out, standing->enough);
  put_value(out, standing->value);
  state_put_u64(out, standing->cases);
  state_put_i64(out, standing->window.from);
  state_put_i64(out, standing->window.to);
}

static void put_group(StateOut *out, const Series *series, const SeriesGroup *group)
{
  const Measure *measure = series->measure;
  put_standing(out, &group->standing);
  state_put_u64(out, group->end - group->begin);
  for (uint32_t i = group->begin; i < group->end; i++) {
    const Pane *pane = group_pane(series, group, i);
    state_put_i64(out, pane->from);
    state_put_i64(out, pane->first);
    for (uint32_t k = 0; k < measure->count; k++) tally_save(&pane->tallies[k], measure->tallies[k], out);
  }
}

static void put_name(StateOut *out, const SeriesGroup *group)
{
  GroupName name = group_name(group);
  for (unsigned i = 0; i < 2; i++) {
    state_put_u32(out, name.types[i]);
    state_put_text(out, name.texts[i].text, (uint32_t)name.texts[i].len);
  }
}

static void put_series(StateOut *out, Series *series)
{
  state_put_u64(out, series->folded);
  state_put_u32(out, series->whole != NULL);
  if (series->whole) put_group(out, series, series->whole);
  series_sort(series);
  state_put_u64(out, series->group_count);
  for (uint32_t i = 0; i < series->group_count; i++) {
    put_name(out, series->groups[i]);
    put_group(out, series, series->groups[i]);
  }
}

static void put_alert(StateOut *out, const BoardAlert *alert)
{
  state_put_u32(out, alert->action);
  state_put_u32(out, alert->target);
  state_put_u32(out, alert->to);
  state_put_u32(out, alert->cause);
  state_put_u32(out, alert->clears);
  state_put_u32(out, alert->active);
  state_put_u32(out, alert->acknowledged);
  const int64_t times[] = {alert->opened, alert->since, alert->raise_at, alert->clear_at, alert->escalate_at,
                           alert->repeat_at};
  for (unsigned i = 0; i < sizeof times / sizeof *times; i++) state_put_i64(out, times[i]);
  state_put_u32(out, alert->type);
  state_put_text(out, alert->name, alert->len);
}

void board_save(Board *board, StateOut *out)
{
  for (uint32_t i = 0; i < board->measures->count; i++) {
    state_put_i64(out, board->next[i]);
    put_series(out, &board->series[i]);
  }
  for (uint32_t i = 0; i < board->module->Goal_count; i++) state_put_u32(out, board->goals[i]);
  for (uint32_t i = 0; i < ACT_STATES; i++) state_put_u64(out, board->acts.alerts[i]);
  state_put_u64(out, board->alert_count);
  for (uint32_t i = 0; i < board->alert_count; i++) put_alert(out, &board->alerts[i]);
}

/* ---- reading ---- */

static bool damaged(StateIn *in, const char *what)
{
  return state_fail(in, "the saved state is damaged: %s", what);
}

/* A number of at most `most`. */
static uint32_t get_small(StateIn *in, uint32_t most, const char *what)
{
  uint32_t value = state_get_u32(in);
  if (value <= most) return value;
  damaged(in, what);
  return 0;
}

static TallyValue get_value(StateIn *in)
{
  TallyValue value = {0};
  value.known = get_small(in, 1, "the value of a target");
  value.is_double = get_small(in, 1, "the value of a target");
  value.i = state_get_i64(in);
  value.f = state_get_f64(in);
  return value;
}

static void get_standing(StateIn *in, Standing *standing)
{
  static const char what[] = "the state of a target";
  standing->state = (uint8_t)get_small(in, STANDING_BREACHED, what);
  standing->rights = (uint8_t)get_small(in, 1, what);
  standing->before = (uint8_t)get_small(in, STANDING_BREACHED, what);
  standing->enough = get_small(in, 1, what);
  standing->value = get_value(in);
  standing->cases = state_get_u64(in);
  standing->window.from = state_get_i64(in);
  standing->window.to = state_get_i64(in);
  if (standing->window.from > standing->window.to) damaged(in, what);
}

static bool pane_sound(const Measure *measure, int64_t last, int64_t from, int64_t first, int64_t horizon)
{
  if (from <= last || first < from || first >= horizon) return false;
  Stretch pane = window_pane(&measure->window, from);
  return pane.from == from && first < pane.to;
}

static void get_group(StateIn *in, Series *series, SeriesGroup *group, int64_t horizon)
{
  const Measure *measure = series->measure;
  int64_t last = INT64_MIN;
  get_standing(in, &group->standing);
  uint64_t panes = state_get_count(in, 16);
  for (; panes > 0 && !in->failed; panes--) {
    int64_t from = state_get_i64(in), first = state_get_i64(in);
    if (in->failed || !pane_sound(measure, last, from, first, horizon)) {
      damaged(in, "a window of a measure");
      return;
    }
    last = from;
    Pane *pane = series_make_pane(series, group, from, first);
    for (uint32_t k = 0; k < measure->count && !in->failed; k++)
      tally_load(&pane->tallies[k], series->mem, measure->tallies[k], in);
  }
}

static bool type_sound(uint32_t type, VmText text)
{
  if (type == VALUE_BOOL) return text.len == 4 || text.len == 5;
  if (type == VALUE_NONE) return text.len == 0;
  return type == VALUE_INT || type == VALUE_ID;
}

static GroupName get_name(StateIn *in)
{
  GroupName name = {0};
  for (unsigned i = 0; i < 2; i++) {
    uint32_t len;
    name.types[i] = state_get_u32(in);
    name.texts[i].text = state_get_text(in, &len);
    name.texts[i].len = len;
    if (!type_sound(name.types[i], name.texts[i])) damaged(in, "the name of a group");
  }
  return name;
}

static void get_groups(StateIn *in, Series *series, int64_t horizon)
{
  uint64_t groups = state_get_count(in, 16);
  uint32_t places = series->measure->grouped ? series->measure->places : 0;
  if (groups > places) damaged(in, "more groups than have a place");
  for (; groups > 0 && !in->failed; groups--) {
    GroupName name = get_name(in);
    if (in->failed) return;
    if (series_group(series, &name)) {
      damaged(in, "a group that is there twice");
      return;
    }
    SeriesGroup *group = series_make_group(series, &name);
    group->placed = true;
    series->placed++;
    get_group(in, series, group, horizon);
  }
}

static void get_series(StateIn *in, Series *series, int64_t horizon)
{
  series->folded = state_get_u64(in);
  series->seen = true; /* what left its windows before is not known */
  if (get_small(in, 1, "a measure") && !in->failed) get_group(in, series, series_whole(series), horizon);
  if (!in->failed) get_groups(in, series, horizon);
}

/* Whether an action is one of the targets' alerts of that owner. */
static bool action_sound(const Board *board, const BoardAlert *alert)
{
  const Module *m = board->module;
  if (alert->action >= m->Action_count || alert->target >= m->Target_count) return false;
  const Measure *measure = &board->measures->all[alert->target];
  if (measure->of == MEASURED_NOTHING) return false;
  bool of_goal = measure->goal != MOT_NONE;
  uint32_t first = of_goal ? m->Goal[measure->goal].actions : m->Mot[measure->row].actions;
  uint32_t count = of_goal ? m->Goal[measure->goal].actions_count : m->Mot[measure->row].actions_count;
  const ActionRow *row = &m->Action[alert->action];
  if (alert->action < first || alert->action - first >= count || row->kind != ACTION_ALERT) return false;
  return row->when == (alert->cause == CAUSE_BREACHED ? WHEN_BREACHED : WHEN_MET);
}

static bool alert_sound(const Board *board, const BoardAlert *alert, int64_t horizon)
{
  if (!action_sound(board, alert) || alert->to >= board->module->Owner_count) return false;
  if (alert->since >= horizon || alert->since < alert->opened) return false;
  if (!alert->active && alert->raise_at == INT64_MAX) return false;
  if (alert->active && alert->raise_at != INT64_MAX) return false;
  if (alert->clear_at != INT64_MAX && !alert->clears) return false;
  const int64_t times[] = {alert->raise_at, alert->clear_at, alert->escalate_at, alert->repeat_at};
  for (unsigned i = 0; i < sizeof times / sizeof *times; i++)
    if (times[i] < horizon) return false;
  bool individual = board->measures->all[alert->target].grouped;
  return individual == (alert->type != VALUE_NONE) && type_sound(alert->type, (VmText){NULL, alert->len});
}

/* Escalation goes on only where somebody is above, repetition only where it is asked for. */
static bool times_sound(const Board *board, const BoardAlert *alert)
{
  const OwnerRow *owner = &board->module->Owner[alert->to];
  const ActionRow *row = &board->module->Action[alert->action];
  uint32_t above = owner->kind == OWNER_TEAM ? owner->lead : owner->reports_to;
  if (alert->escalate_at != INT64_MAX && (above == MOT_NONE || row->escalate < 0)) return false;
  return alert->repeat_at == INT64_MAX || row->repeat > 0;
}

static void get_alert(StateIn *in, Board *board, int64_t horizon)
{
  static const char what[] = "an alert about a target";
  BoardAlert alert = {.action = state_get_u32(in), .target = state_get_u32(in), .to = state_get_u32(in)};
  alert.cause = (uint8_t)get_small(in, CAUSES - 1, what);
  alert.clears = (uint8_t)get_small(in, CAUSES - 1, what);
  alert.active = get_small(in, 1, what);
  alert.acknowledged = get_small(in, 1, what);
  int64_t *const times[] = {&alert.opened, &alert.since, &alert.raise_at, &alert.clear_at, &alert.escalate_at,
                            &alert.repeat_at};
  for (unsigned i = 0; i < sizeof times / sizeof *times; i++) *times[i] = state_get_i64(in);
  alert.type = state_get_u32(in);
  alert.name = (char *)(uintptr_t)state_get_text(in, &alert.len);
  if (in->failed) return;
  if (alert_sound(board, &alert, horizon) && times_sound(board, &alert))
    alert_insert(board, &alert);
  else
    damaged(in, what);
}

bool board_load(Board *board, StateIn *in, int64_t horizon)
{
  for (uint32_t i = 0; i < board->measures->count && !in->failed; i++) {
    board->next[i] = state_get_i64(in);
    if (board->next[i] < horizon) damaged(in, "when a target is judged");
    get_series(in, &board->series[i], horizon);
  }
  for (uint32_t i = 0; i < board->module->Goal_count; i++)
    board->goals[i] = (uint8_t)get_small(in, STANDING_BREACHED, "the state of a goal");
  for (uint32_t i = 0; i < ACT_STATES; i++) board->acts.alerts[i] = state_get_u64(in);
  uint64_t alerts = state_get_count(in, 16);
  for (; alerts > 0 && !in->failed; alerts--) get_alert(in, board, horizon);
  return !in->failed;
}
