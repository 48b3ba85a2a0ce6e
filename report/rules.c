/*
 * rules.c - what rules say, gathered.
 */
#include "report/rules.h"

#include "base/vec.h"

static ReviewExperienceRules experience_of(const mot_rules *rules, uint32_t number, mot_experience_info info,
                                           Arena *arena)
{
  const char **keys = ARENA_ARRAY(arena, const char *, info.keys);
  for (size_t i = 0; i < info.keys; i++) {
    const char *name = mot_rules_key_name(rules, number, i);
    keys[i] = name ? name : "";
  }
  return (ReviewExperienceRules){info, keys};
}

static void add_experiences(const mot_rules *rules, Arena *arena, ReviewRules *all)
{
  VEC(ReviewExperienceRules) list = {0};
  mot_experience_info info;
  while (mot_rules_experience_info(rules, list.len, &info)) {
    ReviewExperienceRules experience = experience_of(rules, list.len, info, arena);
    *VEC_PUSH(arena, &list) = experience;
  }
  all->experiences = list.data;
  all->experience_count = list.len;
}

static void add_mots(const mot_rules *rules, Arena *arena, ReviewRules *all)
{
  VEC(ReviewMotRules) list = {0};
  mot_mot_info info;
  while (mot_rules_mot_info(rules, list.len, &info)) {
    uint32_t *producers = ARENA_ARRAY(arena, uint32_t, info.producers);
    for (size_t i = 0; i < info.producers; i++) producers[i] = mot_rules_producer(rules, list.len, i);
    *VEC_PUSH(arena, &list) = (ReviewMotRules){info, producers};
  }
  all->mots = list.data;
  all->mot_count = list.len;
}

/* What has nothing beside its row. */
#define ADD_ROWS(of, Info, rows, count)                                 \
  static void add_##rows(const mot_rules *rules, Arena *arena, ReviewRules *all) \
  {                                                                     \
    VEC(Info) list = {0};                                               \
    Info info;                                                          \
    while (of(rules, list.len, &info)) *VEC_PUSH(arena, &list) = info;  \
    all->rows = list.data;                                              \
    all->count = list.len;                                              \
  }
ADD_ROWS(mot_rules_owner_info, mot_owner_info, owners, owner_count)
ADD_ROWS(mot_rules_target_info, mot_target_info, targets, target_count)
ADD_ROWS(mot_rules_goal_info, mot_goal_info, goals, goal_count)
ADD_ROWS(mot_rules_metric_info, mot_metric_info, metrics, metric_count)
ADD_ROWS(mot_rules_review_info, mot_review_info, reviews, review_count)

static void add_events(const mot_rules *rules, Arena *arena, ReviewRules *all)
{
  VEC(const char *) list = {0};
  for (const char *name; (name = mot_rules_event_name(rules, list.len));) *VEC_PUSH(arena, &list) = name;
  all->events = list.data;
  all->event_count = list.len;
}

const ReviewRules *review_rules(const mot_rules *rules, Arena *arena)
{
  ReviewRules *all = ARENA_NEW(arena, ReviewRules);
  add_experiences(rules, arena, all);
  add_mots(rules, arena, all);
  add_owners(rules, arena, all);
  add_targets(rules, arena, all);
  add_goals(rules, arena, all);
  add_metrics(rules, arena, all);
  add_reviews(rules, arena, all);
  add_events(rules, arena, all);
  mot_rules_hash(rules, all->hash);
  return all;
}
