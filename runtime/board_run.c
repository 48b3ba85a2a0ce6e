/*
 * board_run.c - instants of a board, one after the other; see board.h.
 */
#include "runtime/board.h"

#include <string.h>

#include "runtime/board_parts.h"
#include "runtime/grow.h"

#define NEVER INT64_MAX

/* ---- begin and end ---- */

static void find_acknowledged(Board *board)
{
  const Module *module = board->module;
  board->acknowledged = MOT_NONE;
  for (uint32_t i = 0; i < module->Event_count; i++) {
    const EventRow *row = &module->Event[i];
    if (strcmp(module_string(module, row->name, NULL), "std.alert.Acknowledged") != 0) continue;
    for (uint32_t k = 0; k < row->fields_count; k++)
      if (strcmp(module_string(module, module->Field[row->fields + k].name, NULL), "alert") == 0) {
        board->acknowledged = i;
        board->acknowledged_id = k;
      }
  }
}

static void begin(Board *board)
{
  Arena *arena = &board->arena;
  const Measures *measures = board->measures;
  uint32_t most = 1, goals = board->module->Goal_count;
  board->rules = measures->plan->actions;
  board->next = ARENA_ARRAY(arena, int64_t, measures->count);
  board->judged = ARENA_ARRAY(arena, uint8_t, measures->count);
  for (uint32_t i = 0; i < measures->count; i++) {
    board->next[i] = NEVER;
    if (measures->all[i].count > most) most = measures->all[i].count;
  }
  board->scratch = ARENA_ARRAY(arena, Tally, most);
  board->goals = ARENA_ARRAY(arena, uint8_t, goals);
  board->scores = ARENA_ARRAY(arena, double, goals);
  board->rolled = ARENA_ARRAY(arena, double, goals);
  board->cases = ARENA_ARRAY(arena, uint64_t, goals);
  find_acknowledged(board);
}

Board *board_new(const Measures *measures, Meter *const *meters, unsigned meter_count, uint32_t kinds,
                 Mem *mem)
{
  jmp_buf here, *above = mem->oom;
  Board *board = mem_resize(mem, NULL, 0, sizeof *board);
  if (!board) mem_fail(mem);
  *board = (Board){.measures = measures, .plan = measures->plan, .module = measures->plan->module, .mem = mem,
                   .meters = meters, .meter_count = meter_count, .series = meters[0]->series, .kinds = kinds,
                   .due = NEVER, .individuals_of = MOT_NONE};
  board->scene = (Scene){.plan = measures->plan, .now = INT64_MIN};
  arena_init(&board->arena, mem);
  mem->oom = &here;
  if (setjmp(here) != 0) {
    mem->oom = above;
    board_free(board);
    mem_fail(mem);
  }
  begin(board);
  mem->oom = above;
  return board;
}

void board_free(Board *board)
{
  if (!board) return;
  if (board->scratch_of) tallies_free(board->scratch, board->scratch_of, board->mem);
  for (uint32_t i = 0; i < board->alert_count; i++) alert_free(board, &board->alerts[i]);
  grow_free(board->mem, board->alerts, board->alert_room, sizeof *board->alerts);
  grow_free(board->mem, board->individuals, board->individual_room, sizeof *board->individuals);
  arena_free(&board->arena);
  mem_resize(board->mem, board, sizeof *board, 0);
}

/* ---- when ---- */

/* The end of the first window after what the series has begins. */
static int64_t first_end(const Board *board, uint32_t measure)
{
  int64_t earliest = series_earliest(&board->series[measure]);
  return earliest == NEVER ? NEVER : window_next_end(&board->measures->all[measure].window, earliest);
}

static void find_due(Board *board)
{
  board->due = alerts_due(board);
  for (uint32_t i = 0; i < board->measures->count; i++)
    if (board->next[i] < board->due) board->due = board->next[i];
}

/* What the threads took in comes together; measures that stood still may have something to judge again. */
static void gather(Board *board)
{
  for (uint32_t i = 0; i < board->measures->count; i++) {
    for (unsigned k = 1; k < board->meter_count; k++)
      series_merge(&board->series[i], &board->meters[k]->series[i]);
    if (board->next[i] == NEVER) board->next[i] = first_end(board, i);
  }
  find_due(board);
}

/* ---- one instant ---- */

/* Before a window that ends now is judged: groups of cases in it have found a place, what was before is gone.
 * True when it has anything in it. */
static bool look_at(Board *board, uint32_t measure)
{
  Series *series = &board->series[measure];
  if (series->measure->grouped) series_place(series, board->now);
  series_expire(series, window_begin(&series->measure->window, board->now));
  return series_earliest(series) < board->now;
}

/* After it was judged: who leaves, and when the next one is.  An individual stays until a window without it
 * was judged, a group of a metric until none will have it.  After an empty window the next is where there is
 * something again. */
static void go_on(Board *board, uint32_t measure)
{
  Series *series = &board->series[measure];
  int64_t next = window_next_end(&series->measure->window, board->now);
  bool of_metric = measure >= board->measures->targets;
  if (of_metric && next != NEVER) series_expire(series, window_begin(&series->measure->window, next));
  series_sweep(series, board->now);
  board->next[measure] = board->judged[measure] == JUDGED ? next : first_end(board, measure);
}

static void judge_all(Board *board)
{
  const Measures *measures = board->measures;
  for (uint32_t i = 0; i < measures->count; i++) {
    board->judged[i] = JUDGED_NOT;
    if (board->next[i] != board->now) continue;
    board->judged[i] = look_at(board, i) ? JUDGED : JUDGED_EMPTY;
    if (i < measures->targets) judge_target(board, i);
  }
  alerts_act(board);
  for (uint32_t i = measures->targets; i < measures->count; i++)
    if (board->judged[i]) judge_metric(board, i - measures->targets);
  goals_tell(board);
  for (uint32_t i = 0; i < measures->count; i++)
    if (board->judged[i]) go_on(board, i);
}

static void run_instant(Board *board, int64_t now)
{
  board->now = board->scene.now = now;
  judge_all(board);
  find_due(board);
}

/* ---- acknowledgements ---- */

static bool is_acknowledgement(const Board *board, const EventData *event)
{
  uint32_t fields = event->event == board->acknowledged ? board->module->Event[event->event].fields_count : 0;
  return event->event == board->acknowledged && event_known(event, fields, board->acknowledged_id);
}

static void hear(Board *board, const EventData *event)
{
  EventText id = event->values[board->acknowledged_id].s;
  board->now = event->time;
  alerts_hear(board, event_text(event, id), id.len);
}

void board_run(Board *board, EventData *const *events, uint32_t count, int64_t horizon, Outcomes *outcomes)
{
  uint32_t at = 0;
  board->outcomes = outcomes;
  gather(board);
  if (board->acknowledged == MOT_NONE) at = count;
  for (;;) {
    while (at < count && !is_acknowledgement(board, events[at])) at++;
    int64_t heard = at < count ? events[at]->time : NEVER, now = heard < board->due ? heard : board->due;
    if (now >= horizon) break;
    for (; at < count && events[at]->time == now; at++)
      if (is_acknowledgement(board, events[at])) hear(board, events[at]);
    run_instant(board, now);
  }
  for (uint32_t i = 0; i < board->measures->count; i++)
    if (board->measures->all[i].grouped) series_place(&board->series[i], horizon);
  board->outcomes = NULL;
}

/* ---- how things stand ---- */

const Standing *board_target(const Board *board, uint32_t target)
{
  const SeriesGroup *whole = board->series[target].whole;
  return whole && !board->measures->all[target].grouped ? &whole->standing : NULL;
}

bool board_seen(const Board *board, uint32_t measure)
{
  return board->series[measure].seen;
}

uint64_t board_folded(const Board *board, uint32_t measure)
{
  return board->series[measure].folded;
}

const ActCounts *board_acts(const Board *board)
{
  return &board->acts;
}
