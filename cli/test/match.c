/*
 * match.c - expectations against the records of their test.
 */
#include <string.h>

#include "cli/test/case.h"

/* Individuals and keys. */
bool record_has_key(const TestRecord *record, const char *key)
{
  const char *at = record->keys;
  for (size_t i = 0; i < record->keys_count; i++) {
    if (strcmp(at, key) == 0) return true;
    at += strlen(at) + 1;
  }
  return false;
}

static bool is_subject(const TestRecord *record, unsigned kind)
{
  return record->head.kind == kind || record->head.kind == MOT_RECORD_OPEN;
}

/* What a journey leaves behind: whatever is about it. */
static bool is_of_journey(const TestRecord *record, const mot_expectation *expected)
{
  enum { OF_JOURNEYS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN };
  if (!(record->head.kind & OF_JOURNEYS)) return false;
  return expected->experience == MOT_NOT_FOUND || record->head.experience == expected->experience;
}

static bool is_of_target(const TestRecord *record, const mot_expectation *expected)
{
  if (expected->goal != MOT_NOT_FOUND) return record->head.kind == MOT_RECORD_GOAL && record->goal == expected->goal;
  return record->head.kind == MOT_RECORD_TARGET && record->head.mot == expected->mot &&
    record->goal == MOT_NOT_FOUND;
}

bool record_concerns(const TestRecord *record, const mot_expectation *expected)
{
  const mot_record *head = &record->head;
  switch (expected->kind) {
  case MOT_EXPECT_MOMENT: return is_subject(record, MOT_RECORD_MOMENT) && head->mot == expected->mot;
  case MOT_EXPECT_SCO:
    return is_subject(record, MOT_RECORD_SCO) && head->mot == MOT_NOT_FOUND && head->experience == expected->experience;
  case MOT_EXPECT_JOURNEY: return is_of_journey(record, expected);
  case MOT_EXPECT_TARGET: return is_of_target(record, expected);
  case MOT_EXPECT_ALERT: return head->kind == MOT_RECORD_ALERT && record->owner == expected->owner;
  case MOT_EXPECT_CORRECTION: return head->kind == MOT_RECORD_CORRECTION && record->owner == expected->owner;
  }
  return false;
}

/* ---- what became of it ---- */

/* Open at an instant: after all that it brought. */
static bool was_open(const mot_record *head, int64_t at)
{
  bool still = head->kind == MOT_RECORD_OPEN;
  if (at == MOT_NO_TIME) return still;
  return head->opened <= at && (still || at < head->time);
}

static bool outcome_shown(const mot_record *head, const mot_expectation *expected)
{
  if (expected->outcome == MOT_OPEN) return was_open(head, expected->at);
  if (head->kind == MOT_RECORD_OPEN || head->outcome != expected->outcome) return false;
  return expected->at == MOT_NO_TIME || head->time == expected->at;
}

/* An alert comes to somebody when it is raised, goes on to them, or is repeated. */
static bool alert_shown(const TestRecord *record, const mot_expectation *expected)
{
  bool comes = record->state == MOT_STATE_RAISED || record->state == MOT_STATE_ESCALATED ||
    record->state == MOT_STATE_REPEATED;
  return comes && (!expected->severity || strcmp(record->severity, expected->severity) == 0);
}

bool record_shows(const TestRecord *record, const mot_expectation *expected)
{
  const mot_record *head = &record->head;
  if (!record_concerns(record, expected)) return false;
  bool in_time = expected->at == MOT_NO_TIME || head->time == expected->at;
  if (expected->key && !record_has_key(record, expected->key)) return false;
  switch (expected->kind) {
  case MOT_EXPECT_MOMENT:
  case MOT_EXPECT_SCO: return outcome_shown(head, expected);
  case MOT_EXPECT_JOURNEY: return expected->at == MOT_NO_TIME || head->started == expected->at;
  case MOT_EXPECT_ALERT: return in_time && alert_shown(record, expected);
  default: return in_time && record->state == expected->state;
  }
}

/* ---- what no record tells ---- */

/* A journey of which nothing was decided, and nothing is open. */
static bool journey_started(const TestCase *test, const mot_expectation *expected)
{
  mot_experience_stats stats;
  if (expected->key || expected->at != MOT_NO_TIME) return false;
  for (uint32_t i = 0; mot_run_experience_stats(test->run, i, &stats); i++)
    if ((expected->experience == MOT_NOT_FOUND || expected->experience == i) && stats.started > 0) return true;
  return false;
}

/* Targets of a MOT that are met from their first judgement on: no record says so. */
static bool stands_met(const TestCase *test, const mot_expectation *expected)
{
  mot_mot_info mot;
  mot_target_standing standing;
  bool some = false;
  if (expected->state != MOT_STATE_MET || expected->mot == MOT_NOT_FOUND) return false;
  if (expected->key || expected->at != MOT_NO_TIME || !mot_rules_mot_info(test->rules, expected->mot, &mot)) return false;
  for (uint32_t i = mot.first_target; i < mot.first_target + mot.targets; i++) {
    if (!mot_run_target(test->run, i, &standing)) continue;
    if (standing.state == MOT_STATE_BREACHED) return false;
    some = some || standing.state == MOT_STATE_MET;
  }
  return some;
}

bool case_shows(const TestCase *test, const mot_expectation *expected)
{
  for (size_t i = 0; i < test->count; i++)
    if (record_shows(&test->records[i], expected)) return true;
  if (expected->kind == MOT_EXPECT_JOURNEY) return journey_started(test, expected);
  return expected->kind == MOT_EXPECT_TARGET && stands_met(test, expected);
}
