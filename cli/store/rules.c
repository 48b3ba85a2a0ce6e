/*
 * rules.c - what the rules say, in the database: people, experiences, MOTs, metrics, goals, targets.
 */
#include "cli/store/store.h"
#include "mot/tools.h"

static bool put_owners(Store *store)
{
  mot_owner_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_owner_info(store->rules, i, &info); i++) {
    if (!store_begin(store, &row, STORE_OWNER)) return false;
    store_text(&row, info.name);
    store_text(&row, info.title);
    store_text(&row, info.contact);
    store_text(&row, info.role);
    store_int(&row, info.team);
    store_owner(&row, info.above);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_experiences(Store *store)
{
  mot_experience_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_experience_info(store->rules, i, &info); i++) {
    if (!store_begin(store, &row, STORE_EXPERIENCE)) return false;
    store_text(&row, info.name);
    store_text(&row, info.title);
    store_text(&row, info.sco);
    store_owner(&row, info.manager);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_producers(Store *store, uint32_t mot, const mot_mot_info *info)
{
  StoreRow row;
  for (size_t i = 0; i < info->producers; i++) {
    if (!store_begin(store, &row, STORE_PRODUCER)) return false;
    store_text(&row, mot_rules_experience_name(store->rules, info->experience));
    store_text(&row, info->name);
    store_owner(&row, mot_rules_producer(store->rules, mot, i));
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_mots(Store *store)
{
  mot_mot_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_mot_info(store->rules, i, &info); i++) {
    if (!store_begin(store, &row, STORE_MOT)) return false;
    store_text(&row, mot_rules_experience_name(store->rules, info.experience));
    store_text(&row, info.name);
    store_text(&row, info.title);
    store_owner(&row, info.manager);
    store_int(&row, info.critical);
    store_score(&row, info.weight);
    if (!store_done(&row) || !put_producers(store, i, &info)) return false;
  }
  return true;
}

static bool put_metrics(Store *store)
{
  mot_metric_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_metric_info(store->rules, i, &info); i++) {
    if (!store_begin(store, &row, STORE_METRIC)) return false;
    store_text(&row, info.name);
    store_text(&row, info.groups[0]);
    store_text(&row, info.groups[1]);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_goals(Store *store)
{
  mot_goal_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_goal_info(store->rules, i, &info); i++) {
    mot_goal_info parent = {.name = NULL};
    mot_rules_goal_info(store->rules, info.parent, &parent);
    if (!store_begin(store, &row, STORE_GOAL)) return false;
    store_text(&row, info.nsat);
    store_text(&row, info.name);
    store_text(&row, info.title);
    store_text(&row, mot_rules_experience_name(store->rules, info.experience));
    store_text(&row, parent.name);
    store_owner(&row, info.owner);
    store_text(&row, info.measure);
    store_score(&row, info.weight);
    store_text(&row, info.each);
    if (!store_done(&row)) return false;
  }
  return true;
}

static bool put_targets(Store *store)
{
  mot_target_info info;
  StoreRow row;
  for (uint32_t i = 0; mot_rules_target_info(store->rules, i, &info); i++) {
    if (!store_begin(store, &row, STORE_TARGET)) return false;
    store_target(&row, i);
    store_value(&row, &info.value);
    store_int(&row, info.more_is_better);
    store_int(&row, (int64_t)info.min_cases);
    if (!store_done(&row)) return false;
  }
  return true;
}

bool store_rules(Store *store)
{
  return put_owners(store) && put_experiences(store) && put_mots(store) && put_metrics(store) && put_goals(store) &&
    put_targets(store);
}

void store_goal(StoreRow *row, uint32_t goal)
{
  mot_goal_info info = {.nsat = "", .name = ""};
  mot_rules_goal_info(row->store->rules, goal, &info);
  store_text(row, info.nsat);
  store_text(row, info.name);
}

void store_target(StoreRow *row, uint32_t target)
{
  const mot_rules *rules = row->store->rules;
  mot_target_info info = {.text = "", .mot = MOT_NOT_FOUND, .goal = MOT_NOT_FOUND};
  mot_rules_target_info(rules, target, &info);
  const char *mot = mot_rules_mot_name(rules, info.mot), *experience = NULL;
  if (mot) experience = mot_rules_experience_name(rules, info.experience);
  store_text(row, experience ? experience : "");
  store_text(row, mot ? mot : "");
  store_goal(row, info.goal);
  store_text(row, info.text);
}
