/*
 * ledger.c - room for what is counted.
 */
#include "report/ledger.h"

#include <string.h>
#include <xxhash.h>

#include "report/values.h"

enum { INDIVIDUALS = 10000 };  /* of a MOT that have a row of their own */

static void experience_init(ExperienceLedger *experience, Arena *arena, uint32_t mots)
{
  map_init(&experience->follow, arena);
  experience->mots = ARENA_ARRAY(arena, MotLedger, mots);
  for (uint32_t i = 0; i < mots; i++) map_init(&experience->mots[i].individuals, arena);
}

void ledger_init(Ledger *ledger, Arena *arena, const ReviewRules *rules)
{
  ledger->experiences = ARENA_ARRAY(arena, ExperienceLedger, rules->experience_count);
  for (uint32_t i = 0; i < rules->experience_count; i++)
    experience_init(&ledger->experiences[i], arena, rules->experiences[i].info.mots);
  ledger->targets = ARENA_ARRAY(arena, ReviewTarget, rules->target_count);
  for (uint32_t i = 0; i < rules->target_count; i++)
    ledger->targets[i] = (ReviewTarget){.target = i, .since = MOT_NO_TIME};
  ledger->goals = ARENA_ARRAY(arena, ReviewGoal, rules->goal_count);
}

Day *ledger_day(Arena *arena, ExperienceLedger *experience, const ReviewSpan *day, uint32_t mots)
{
  uint32_t count = experience->days.len;
  if (count > 0 && experience->days.data[count - 1].span.from == day->from)
    return &experience->days.data[count - 1];
  Day *made = VEC_PUSH(arena, &experience->days);
  made->span = *day;
  made->mots = ARENA_ARRAY(arena, Outcomes, mots);
  return made;
}

Following *ledger_following(Arena *arena, ExperienceLedger *experience, uint32_t from, uint32_t to)
{
  uint64_t pair = (uint64_t)from << 32 | to;
  Following *following = map_get(&experience->follow, pair);
  if (following) return following;
  following = ARENA_NEW(arena, Following);
  following->from = from;
  following->to = to;
  *VEC_PUSH(arena, &experience->followings) = following;
  map_put(&experience->follow, pair, following);
  return following;
}

AlertCount *ledger_alerts(Arena *arena, ExperienceLedger *experience, uint32_t mot, uint32_t owner)
{
  for (uint32_t i = 0; i < experience->alerts.len; i++) {
    AlertCount *alerts = &experience->alerts.data[i];
    if (alerts->mot == mot && alerts->owner == owner) return alerts;
  }
  AlertCount *made = VEC_PUSH(arena, &experience->alerts);
  *made = (AlertCount){.mot = mot, .owner = owner};
  return made;
}

static Individual *individual_made(Arena *arena, MotLedger *mot, const char *who)
{
  Individual *made = ARENA_NEW(arena, Individual);
  made->who = who;
  *VEC_PUSH(arena, &mot->list) = made;
  return made;
}

Individual *ledger_individual(Arena *arena, MotLedger *mot, const mot_value *who)
{
  char room[VALUE_ROOM];
  ReviewText text = review_value_text(who, room);
  uint64_t hash = XXH3_64bits(text.text, text.size);
  Individual *found = map_get(&mot->individuals, hash);
  if (found) return found;
  if (mot->list.len < INDIVIDUALS) {
    found = individual_made(arena, mot, arena_copy(arena, text.text, text.size));
    map_put(&mot->individuals, hash, found);
    return found;
  }
  if (mot->list.len == INDIVIDUALS) individual_made(arena, mot, NULL);
  return mot->list.data[INDIVIDUALS];
}

void streaks_add(Arena *arena, Streaks *streaks, uint64_t length, ReviewText key)
{
  if (length == 0) return;
  streaks->count++;
  streaks->moments += length;
  streaks->lengths[length < REVIEW_STREAKS ? length - 1 : REVIEW_STREAKS - 1]++;
  if (length <= streaks->longest) return;
  streaks->longest = length;
  streaks->longest_key = (ReviewText){arena_copy(arena, key.text, key.size), key.size};
}
