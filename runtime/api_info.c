/*
 * api_info.c - what the rules say, for those who show it: people, experiences, MOTs, targets, goals, metrics,
 * reviews.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/api_value.h"
#include "runtime/run.h"
#include "mot/tools.h"

_Static_assert((int)MOT_YEARS - (int)MOT_DAYS == (int)UNIT_YEARS - (int)UNIT_DAYS, "units agree");

static const char *text(const mot_rules *rules, uint32_t string)
{
  return module_string(&rules->module, string, NULL);
}

/* ---- people ---- */

bool mot_rules_owner_info(const mot_rules *rules, uint32_t owner, mot_owner_info *ret_info)
{
  static const char *const roles[] = {
    [ROLE_NONE] = "none", [ROLE_EXPERIENCE_MANAGER] = "experience_manager", [ROLE_MOT_MANAGER] = "mot_manager",
    [ROLE_PRODUCER] = "producer",
  };
  if (owner >= rules->module.Owner_count) return false;
  const OwnerRow *row = &rules->module.Owner[owner];
  bool team = row->kind == OWNER_TEAM;
  *ret_info = (mot_owner_info){
    .name = text(rules, row->name),
    .title = text(rules, row->title),
    .contact = text(rules, row->contact),
    .role = roles[row->role],
    .team = team,
    .above = team ? row->lead : row->reports_to,
  };
  return true;
}

/* ---- experiences and MOTs ---- */

static mot_type sentiment_type(const Module *module, const ExperienceRow *row)
{
  if (row->sentiment == MOT_NONE) return MOT_TYPE_NONE;
  return api_type(module->Aggregate[row->sentiment].type);
}

bool mot_rules_experience_info(const mot_rules *rules, uint32_t experience, mot_experience_info *ret_info)
{
  if (experience >= rules->module.Experience_count) return false;
  const ExperienceRow *row = &rules->module.Experience[experience];
  *ret_info = (mot_experience_info){
    .name = text(rules, row->name),
    .title = text(rules, row->title),
    .doc = text(rules, row->doc),
    .sco = text(rules, row->sco_text),
    .manager = row->manager,
    .keys = row->keys_count,
    .first_mot = row->mots,
    .mots = row->mots_count,
    .sentiment = sentiment_type(&rules->module, row),
    .value = row->value == MOT_NONE ? MOT_TYPE_NONE : api_type(row->value_type),
    .expires = row->expires,
  };
  return true;
}

const char *mot_rules_key_name(const mot_rules *rules, uint32_t experience, size_t key)
{
  if (experience >= rules->module.Experience_count) return NULL;
  const ExperienceRow *row = &rules->module.Experience[experience];
  return key < row->keys_count ? text(rules, rules->module.Key[row->keys + key].name) : NULL;
}

bool mot_rules_mot_info(const mot_rules *rules, uint32_t mot, mot_mot_info *ret_info)
{
  if (mot >= rules->module.Mot_count) return false;
  const MotRow *row = &rules->module.Mot[mot];
  *ret_info = (mot_mot_info){
    .name = text(rules, row->name),
    .title = text(rules, row->title),
    .doc = text(rules, row->doc),
    .experience = row->experience,
    .manager = row->manager,
    .critical = row->critical,
    .weight = row->weight,
    .producers = row->producers_count,
    .first_target = row->targets,
    .targets = row->targets_count,
    .grouped = row->group != MOT_NONE,
  };
  return true;
}

uint32_t mot_rules_producer(const mot_rules *rules, uint32_t mot, size_t index)
{
  if (mot >= rules->module.Mot_count) return MOT_NOT_FOUND;
  const MotRow *row = &rules->module.Mot[mot];
  return index < row->producers_count ? rules->module.Producer[row->producers + index].team : MOT_NOT_FOUND;
}

/* ---- targets and goals ---- */

/* Whose a target is: ranges of rows say so. */
static void set_owner(const Module *module, uint32_t target, mot_target_info *info)
{
  info->experience = info->mot = info->goal = MOT_NOT_FOUND;
  for (uint32_t i = 0; i < module->Mot_count && module->Target[target].of != TARGET_OF_GOAL; i++) {
    if (target - module->Mot[i].targets >= module->Mot[i].targets_count) continue;
    info->mot = i;
    info->experience = module->Mot[i].experience;
    return;
  }
  for (uint32_t i = 0; i < module->Goal_count; i++) {
    if (target - module->Goal[i].targets >= module->Goal[i].targets_count) continue;
    info->goal = i;
    info->experience = module->Nsat[module->Goal[i].nsat].experience;
    return;
  }
}

static mot_value wanted(const Module *module, const TargetRow *row)
{
  OutcomeValue value = {.type = row->type, .of = row->currency, .i = row->goal};
  return api_value(module, NULL, &value);
}

bool mot_rules_target_info(const mot_rules *rules, uint32_t target, mot_target_info *ret_info)
{
  if (target >= rules->module.Target_count) return false;
  const TargetRow *row = &rules->module.Target[target];
  *ret_info = (mot_target_info){
    .text = text(rules, row->text),
    .more_is_better = row->compare == COMPARE_GE || row->compare == COMPARE_GT,
    .value = wanted(&rules->module, row),
    .min_cases = row->min_cases,
  };
  set_owner(&rules->module, target, ret_info);
  return true;
}

static const char *measure_name(const mot_rules *rules, const GoalRow *row)
{
  switch (row->measure) {
  case MEASURE_SCO: return "sco";
  case MEASURE_DISRUPTION: return "disruption";
  case MEASURE_MOT: return row->mot == MOT_NONE ? "" : text(rules, rules->module.Mot[row->mot].name);
  default: return row->metric == MOT_NONE ? "" : text(rules, rules->module.Metric[row->metric].name);
  }
}

bool mot_rules_goal_info(const mot_rules *rules, uint32_t goal, mot_goal_info *ret_info)
{
  if (goal >= rules->module.Goal_count) return false;
  const GoalRow *row = &rules->module.Goal[goal];
  const NsatRow *nsat = &rules->module.Nsat[row->nsat];
  *ret_info = (mot_goal_info){
    .name = text(rules, row->name),
    .title = text(rules, row->title),
    .doc = text(rules, row->doc),
    .nsat = text(rules, nsat->name),
    .nsat_title = text(rules, nsat->title),
    .each = text(rules, row->each),
    .experience = nsat->experience,
    .parent = row->parent,
    .owner = row->owner,
    .measure = measure_name(rules, row),
    .mot = row->mot,
    .metric = row->metric,
    .weight = row->weight,
    .first_target = row->targets,
    .targets = row->targets_count,
  };
  return true;
}

/* ---- metrics and reviews ---- */

bool mot_rules_metric_info(const mot_rules *rules, uint32_t metric, mot_metric_info *ret_info)
{
  if (metric >= rules->module.Metric_count) return false;
  const MetricRow *row = &rules->module.Metric[metric];
  *ret_info = (mot_metric_info){
    .name = text(rules, row->name),
    .doc = text(rules, row->doc),
    .groups = {text(rules, row->group_1), text(rules, row->group_2)},
    .type = api_type(row->type),
  };
  return true;
}

bool mot_rules_review_info(const mot_rules *rules, uint32_t review, mot_review_info *ret_info)
{
  if (review >= rules->module.Review_count) return false;
  const ReviewRow *row = &rules->module.Review[review];
  *ret_info = (mot_review_info){
    .name = text(rules, row->name),
    .experience = row->experience,
    .chair = row->chair,
    .unit = (mot_unit)(row->unit - UNIT_DAYS),
    .every = row->every,
  };
  return true;
}

int64_t mot_rules_lateness(const mot_rules *rules)
{
  return rules->module.Meta[0].lateness;
}

void mot_rules_hash(const mot_rules *rules, char ret_hash[33])
{
  const MetaRow *meta = rules->module.Meta;
  snprintf(ret_hash, 33, "%016llx%016llx", (unsigned long long)meta->hash_high, (unsigned long long)meta->hash_low);
}
