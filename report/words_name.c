/*
 * words_name.c - what things are called.
 */
#include "report/words.h"

static const char *either(const char *title, const char *name)
{
  return *title ? title : name;
}

const char *words_experience(const Words *words, uint32_t experience)
{
  const mot_experience_info *info = &words->review->rules->experiences[experience].info;
  return either(info->title, info->name);
}

const char *words_mot(const Words *words, uint32_t mot)
{
  if (mot == MOT_NOT_FOUND) return "the outcome";
  const mot_mot_info *info = &words->review->rules->mots[mot].info;
  return either(info->title, info->name);
}

const char *words_owner(const Words *words, uint32_t owner)
{
  if (owner == MOT_NOT_FOUND) return WORDS_NOTHING;
  const mot_owner_info *info = &words->review->rules->owners[owner];
  return either(info->title, info->name);
}

const char *words_goal(const Words *words, uint32_t goal)
{
  const mot_goal_info *info = &words->review->rules->goals[goal];
  return either(info->title, info->name);
}

const char *words_target(const Words *words, uint32_t target)
{
  const mot_target_info *info = &words->review->rules->targets[target];
  const char *whose = info->goal != MOT_NOT_FOUND ? words_goal(words, info->goal) : words_mot(words, info->mot);
  return arena_printf(words->arena, "%s: %s", whose, info->text);
}

const char *words_outcome(mot_outcome outcome, mot_reason reason)
{
  static const char *const voids[] = {[MOT_REASON_NONE] = "void", [MOT_VOIDED] = "void: called off",
    [MOT_SUPERSEDED] = "void: a newer one took its place", [MOT_PAUSED] = "void: paused to its end",
    [MOT_FAULT] = "void: could not be calculated"};
  static const char *const names[] = {[MOT_MISSED] = "missed", [MOT_PRODUCED] = "produced", [MOT_VOID] = "void",
    [MOT_OPEN] = "open"};
  return outcome == MOT_VOID ? voids[reason] : names[outcome];
}

const char *words_state(mot_state state)
{
  return state == MOT_STATE_UNKNOWN ? "not judged yet" : mot_state_name(state);
}

const char *words_trend(ReviewTrend trend)
{
  static const char *const names[] = {[REVIEW_TREND_UNKNOWN] = "too few cases for a trend",
    [REVIEW_TREND_STEADY] = "no clear trend", [REVIEW_TREND_RISING] = "rising", [REVIEW_TREND_FALLING] = "falling"};
  return names[trend];
}

const char *words_trend_mark(ReviewTrend trend)
{
  static const char *const marks[] = {[REVIEW_TREND_UNKNOWN] = WORDS_NOTHING, [REVIEW_TREND_STEADY] = "→",
    [REVIEW_TREND_RISING] = "↗", [REVIEW_TREND_FALLING] = "↘"};
  return marks[trend];
}
