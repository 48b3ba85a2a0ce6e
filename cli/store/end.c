/*
 * end.c - how a run ended, in the database: its figures, where targets and goals stand.
 */
#include "cli/store/store.h"

static bool put_figures(Store *store, mot_run *run, bool complete)
{
  StoreRow row;
  mot_run_stats stats;
  mot_run_get_stats(run, &stats);
  if (!store_begin(store, &row, STORE_RUN_END)) return false;
  store_int(&row, store->run);
  store_int(&row, complete);
  const uint64_t counts[] = {stats.events, stats.rejected, stats.late, stats.duplicate, stats.unmapped,
                             stats.unreached, stats.faults};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) store_int(&row, (int64_t)counts[i]);
  store_time(&row, stats.clock);
  return store_done(&row);
}

static bool put_events(Store *store, mot_run *run)
{
  mot_event_stats stats;
  StoreRow row;
  for (uint32_t i = 0; mot_run_event_stats(run, i, &stats); i++) {
    if (!store_begin(store, &row, STORE_EVENT)) return false;
    store_int(&row, store->run);
    store_text(&row, mot_rules_event_name(store->rules, i));
    store_int(&row, (int64_t)stats.events);
    store_int(&row, (int64_t)stats.touched);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_unmapped(Store *store, mot_run *run)
{
  mot_value type = {.type = MOT_TYPE_TEXT};
  uint64_t events;
  StoreRow row;
  for (size_t i = 0; mot_run_unmapped(run, i, &type.text, &type.size, &events); i++) {
    if (!store_begin(store, &row, STORE_UNMAPPED)) return false;
    store_int(&row, store->run);
    store_plain(&row, &type);
    store_int(&row, (int64_t)events);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_targets(Store *store, mot_run *run)
{
  mot_target_standing standing;
  StoreRow row;
  for (uint32_t i = 0; mot_run_target(run, i, &standing); i++) {
    if (!store_begin(store, &row, STORE_TARGET_STANDING)) return false;
    store_target(&row, i);
    store_text(&row, mot_state_name(standing.state));
    store_value(&row, &standing.value);
    store_int(&row, (int64_t)standing.cases);
    store_time(&row, standing.from);
    store_time(&row, standing.to);
    store_int(&row, store->run);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_goal(Store *store, uint32_t goal, const mot_value *who, const mot_goal_standing *standing)
{
  StoreRow row;
  if (!store_begin(store, &row, STORE_GOAL_STANDING)) return false;
  store_goal(&row, goal);
  store_plain(&row, who);
  store_text(&row, mot_state_name(standing->state));
  store_score(&row, standing->score);
  store_score(&row, standing->rolled_up);
  store_int(&row, (int64_t)standing->cases);
  store_int(&row, store->run);
  return store_done(&row);
}

/* A goal and its individuals take the place of those that were there. */
static bool put_goals(Store *store, mot_run *run)
{
  const mot_value nobody = {.type = MOT_TYPE_TEXT, .text = ""};
  mot_goal_standing standing;
  mot_value who;
  StoreRow row;
  for (uint32_t i = 0; mot_run_goal(run, i, &standing); i++) {
    if (!store_begin(store, &row, STORE_GOAL_FORGET)) return false;
    store_goal(&row, i);
    if (!store_done(&row) || !put_goal(store, i, &nobody, &standing)) return false;
    for (size_t k = 0; mot_run_individual(run, i, k, &who, &standing); k++)
      if (!put_goal(store, i, &who, &standing)) return false;
  }
  return true;
}

bool store_end(Store *store, mot_run *run, bool complete)
{
  bool stand = store->one_key || (put_targets(store, run) && put_goals(store, run));
  return stand && put_events(store, run) && put_unmapped(store, run) && put_figures(store, run, complete) &&
    store_commit(store);
}
