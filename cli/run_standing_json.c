/*
 * run_standing_json.c - targets, goals, alerts, corrections and unknown events in the summary as JSON.
 */
#include <string.h>

#include "cli/run_standing.h"
#include "mot/tools.h"

static json_t *whole(uint64_t count)
{
  return json_integer((json_int_t)count);
}

static json_t *score(double value)
{
  return value < 0 ? json_null() : json_real(value);
}

/* Percentages as 91.5, durations in milliseconds, money in minor units. */
static json_t *value_json(const mot_value *value)
{
  switch (value->type) {
  case MOT_TYPE_NONE: return json_null();
  case MOT_TYPE_BOOL: return json_boolean(value->integer != 0);
  case MOT_TYPE_NUMBER: return json_real(value->number);
  case MOT_TYPE_PERCENT: return json_real(100 * value->number);
  case MOT_TYPE_TEXT: return json_stringn_nocheck(value->text, value->size);
  case MOT_TYPE_DURATION: return json_integer(value->integer / 1000);
  default: return json_integer(value->integer);
  }
}

/* ---- targets ---- */

static json_t *target_json(const mot_rules *rules, mot_run *run, uint32_t target)
{
  mot_target_info info;
  mot_target_standing standing;
  if (!mot_rules_target_info(rules, target, &info) || !mot_run_target(run, target, &standing)) return NULL;
  return json_pack("{s:s, s:s, s:o, s:o}", "target", info.text, "state", mot_state_name(standing.state), "value",
                   value_json(&standing.value), "cases", whole(standing.cases));
}

json_t *targets_json(const mot_rules *rules, mot_run *run, uint32_t mot)
{
  json_t *targets = json_array();
  mot_mot_info info;
  if (!mot_rules_mot_info(rules, mot, &info)) return targets;
  for (uint32_t i = 0; i < info.targets; i++)
    json_array_append_new(targets, target_json(rules, run, info.first_target + i));
  return targets;
}

/* ---- goals ---- */

static json_t *individual_json(const mot_value *who, const mot_goal_standing *standing)
{
  return json_pack("{s:o, s:s, s:o, s:o}", "who", value_json(who), "state", mot_state_name(standing->state), "score",
                   score(standing->score), "cases", whole(standing->cases));
}

static json_t *individuals_json(mot_run *run, uint32_t goal)
{
  json_t *individuals = json_array();
  mot_value who;
  mot_goal_standing standing;
  for (size_t i = 0; mot_run_individual(run, goal, i, &who, &standing); i++)
    json_array_append_new(individuals, individual_json(&who, &standing));
  return individuals;
}

static json_t *goal_json(const mot_rules *rules, mot_run *run, uint32_t goal, const mot_goal_info *info)
{
  mot_goal_info parent = {.name = NULL};
  mot_goal_standing standing = {.state = MOT_STATE_UNKNOWN, .score = -1, .rolled_up = -1};
  mot_run_goal(run, goal, &standing);
  if (info->parent != MOT_NOT_FOUND) mot_rules_goal_info(rules, info->parent, &parent);
  json_t *ret = json_pack("{s:s, s:s, s:s?, s:s, s:o, s:o}", "nsat", info->nsat, "goal", info->name, "parent",
                          parent.name, "state", mot_state_name(standing.state), "score", score(standing.score),
                          "rolled_up", score(standing.rolled_up));
  if (ret && info->each[0]) json_object_set_new(ret, "individuals", individuals_json(run, goal));
  return ret;
}

json_t *goals_json(const mot_rules *rules, mot_run *run)
{
  json_t *goals = json_array();
  mot_goal_info info;
  for (uint32_t i = 0; mot_rules_goal_info(rules, i, &info); i++)
    json_array_append_new(goals, goal_json(rules, run, i, &info));
  return goals;
}

/* ---- what was done ---- */

json_t *alerts_json(mot_run *run)
{
  mot_act_stats acts;
  mot_run_act_stats(run, &acts);
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "raised", whole(acts.raised), "escalated", whole(acts.escalated),
                   "repeated", whole(acts.repeated), "acknowledged", whole(acts.acknowledged), "cleared",
                   whole(acts.cleared), "active", whole(acts.active));
}

json_t *corrections_json(mot_run *run)
{
  mot_act_stats acts;
  mot_run_act_stats(run, &acts);
  return json_pack("{s:o, s:o, s:o, s:o, s:o}", "opened", whole(acts.opened), "done", whole(acts.done), "overdue",
                   whole(acts.overdue), "withdrawn", whole(acts.withdrawn), "open", whole(acts.open));
}

json_t *ungrouped_json(const mot_rules *rules, mot_run *run)
{
  json_t *metrics = json_object();
  mot_metric_info metric;
  for (uint32_t i = 0; mot_rules_metric_info(rules, i, &metric); i++) {
    uint64_t cases = mot_run_ungrouped(run, i);
    if (cases > 0) json_object_set_new(metrics, metric.name, whole(cases));
  }
  return metrics;
}

json_t *unseen_json(const mot_rules *rules, mot_run *run)
{
  json_t *metrics = json_array();
  mot_metric_info metric;
  for (uint32_t i = 0; mot_rules_metric_info(rules, i, &metric); i++)
    if (!mot_run_metric_seen(run, i)) json_array_append_new(metrics, json_string(metric.name));
  return metrics;
}

/* ---- events that no rule knows ---- */

json_t *unmapped_json(mot_run *run)
{
  enum { TOLD = 20 };
  json_t *types = json_array();
  const char *type;
  size_t size;
  uint64_t events;
  for (size_t i = 0; i < TOLD && mot_run_unmapped(run, i, &type, &size, &events); i++) {
    json_t *name = json_stringn(type, size);
    json_array_append_new(types, json_pack("{s:o, s:o}", "type", name ? name : json_string("?"), "events",
                                           whole(events)));
  }
  return types;
}
