/*
 * api_standing.c - where targets and goals stand, what was done, through the library.
 */
#include "runtime/api_value.h"
#include "runtime/session.h"

/* As of the latest judgement; before the first one nothing is known. */
static const mot_target_standing no_target = {.state = MOT_STATE_UNKNOWN, .from = MOT_NO_TIME, .to = MOT_NO_TIME};
static const mot_goal_standing no_goal = {.state = MOT_STATE_UNKNOWN, .score = -1, .rolled_up = -1};

bool mot_run_target(mot_run *run, uint32_t target, mot_target_standing *ret_standing)
{
  const Module *module = &run->rules->module;
  if (!session_finish(run) || target >= module->Target_count) return false;
  const Standing *standing = run->board ? board_target(run->board, target) : NULL;
  *ret_standing = no_target;
  if (!standing) return true;
  const TargetRow *row = &module->Target[target];
  bool judged = standing->window.from < standing->window.to;
  ret_standing->state = (mot_state)standing->state;
  ret_standing->cases = standing->cases;
  ret_standing->from = judged ? standing->window.from : MOT_NO_TIME;
  ret_standing->to = judged ? standing->window.to : MOT_NO_TIME;
  if (!standing->enough) return true;
  OutcomeValue value = {.type = row->type, .of = row->currency, .i = standing->value.i};
  if (standing->value.is_double) value.f = standing->value.f;
  ret_standing->value = api_value(module, NULL, &value);
  return true;
}

static mot_goal_standing goal_standing(GoalStanding standing)
{
  return (mot_goal_standing){.state = (mot_state)standing.state, .score = standing.score,
                             .rolled_up = standing.rolled_up, .cases = standing.cases};
}

bool mot_run_goal(mot_run *run, uint32_t goal, mot_goal_standing *ret_standing)
{
  if (!session_finish(run) || goal >= run->rules->module.Goal_count) return false;
  *ret_standing = run->board ? goal_standing(board_goal(run->board, goal)) : no_goal;
  return true;
}

bool mot_run_individual(mot_run *run, uint32_t goal, size_t index, mot_value *ret_who,
                        mot_goal_standing *ret_standing)
{
  GroupName name;
  GoalStanding standing;
  if (!session_finish(run) || goal >= run->rules->module.Goal_count || !run->board) return false;
  if (!board_individual(run->board, goal, index, &name, &standing)) return false;
  *ret_who = (mot_value){.type = MOT_TYPE_TEXT, .text = name.texts[0].text, .size = name.texts[0].len};
  *ret_standing = goal_standing(standing);
  return true;
}

bool mot_run_metric_seen(mot_run *run, uint32_t metric)
{
  bool there = session_finish(run) && metric < run->rules->module.Metric_count && run->board;
  return !there || board_seen(run->board, measure_of_metric(run->rules->measures, metric));
}

uint64_t mot_run_ungrouped(mot_run *run, uint32_t metric)
{
  bool there = session_finish(run) && metric < run->rules->module.Metric_count && run->board;
  return there ? board_folded(run->board, measure_of_metric(run->rules->measures, metric)) : 0;
}

static void add_acts(mot_act_stats *stats, const ActCounts *counts)
{
  stats->raised += counts->alerts[ACT_RAISED];
  stats->escalated += counts->alerts[ACT_ESCALATED];
  stats->repeated += counts->alerts[ACT_REPEATED];
  stats->acknowledged += counts->alerts[ACT_ACKNOWLEDGED];
  stats->cleared += counts->alerts[ACT_CLEARED];
  stats->opened += counts->corrections[ACT_OPENED];
  stats->done += counts->corrections[ACT_DONE];
  stats->overdue += counts->corrections[ACT_OVERDUE];
  stats->withdrawn += counts->corrections[ACT_WITHDRAWN];
}

void mot_run_act_stats(mot_run *run, mot_act_stats *ret_stats)
{
  *ret_stats = (mot_act_stats){0};
  if (!session_finish(run)) return;
  for (unsigned i = 0; i < run->threads; i++) add_acts(ret_stats, &engine_counts(run->shards[i].engine)->acts);
  if (run->board) add_acts(ret_stats, board_acts(run->board));
  ret_stats->active = ret_stats->raised - ret_stats->cleared;
  ret_stats->open = ret_stats->opened - ret_stats->done - ret_stats->withdrawn;
}

/* An event that no rule uses is counted by its type. */
static uint64_t unused_events(const mot_run *run, uint32_t event)
{
  uint32_t len;
  const char *raw = module_string(&run->rules->module, run->rules->module.Event[event].raw, &len);
  uint32_t type = types_find(&run->types, raw, len);
  return type == TYPE_NEW || type == TYPE_OTHER ? 0 : run->types.counts[type - 1].events;
}

bool mot_run_event_stats(mot_run *run, uint32_t event, mot_event_stats *ret_stats)
{
  if (!session_finish(run) || event >= run->rules->module.Event_count) return false;
  *ret_stats = (mot_event_stats){run->events[event].accepted, run->events[event].touched};
  for (unsigned i = 0; i < run->threads; i++)
    ret_stats->touched += engine_counts(run->shards[i].engine)->touched[event];
  if (!run->plan->events[event].mapped) ret_stats->events = unused_events(run, event);
  return true;
}

bool mot_run_unmapped(mot_run *run, size_t index, const char **ret_type, size_t *ret_size, uint64_t *ret_events)
{
  const TypeCount *type = session_finish(run) ? types_by_frequency(&run->types, index) : NULL;
  if (!type) return false;
  *ret_type = type->text;
  *ret_size = type->len;
  *ret_events = type->events;
  return true;
}
