/*
 * watch.c - what a test reaches, seen step by step.
 */
#include "cli/coverage/watch.h"

#include <stdlib.h>
#include <string.h>

#include "cli/coverage/deadline.h"
#include "cli/coverage/demands.h"

enum { HAPPENED = sizeof ((Watch *)NULL)->last / sizeof *((Watch *)NULL)->last };

static const mot_trigger nothing = {MOT_NOT_FOUND, MOT_NOT_FOUND, MOT_NOT_FOUND, MOT_OPEN};

void watch_begin(Watch *watch, Coverage *coverage, const RulesCover *rules)
{
  *watch = (Watch){.coverage = coverage, .rules = rules};
  for (size_t i = 0; i < HAPPENED; i++) watch->last[i] = nothing;
}

static void happens(Watch *watch, mot_trigger trigger)
{
  memmove(watch->last + 1, watch->last, (HAPPENED - 1) * sizeof *watch->last);
  watch->last[0] = trigger;
}

/* ---- what happens ---- */

/* What voids a journey voids what is open in it: that was not for its own `void on`. */
static void settle_voided(Watch *watch)
{
  for (size_t i = 0; i < watch->voided.count; i++) {
    Life *life = &watch->voided.data[i];
    Subject *subject = watch_subject(watch, life->experience, life->mot);
    if (subject) subject_hit(subject, DEMAND_VOIDED, 0);
  }
  lives_clear(&watch->voided);
}

static void on_event(Watch *watch, const mot_run *run, const mot_trace *step)
{
  settle_voided(watch);
  for (size_t i = 0; i < HAPPENED; i++) watch->last[i] = nothing;
  watch->last[0].event = step->event;
  deadline_missed(watch, run, step, &watch->last[0]);
}

/* ---- journeys ---- */

static bool same_trigger(const mot_trigger *a, const mot_trigger *b)
{
  return a->event == b->event && a->mot == b->mot && a->experience == b->experience &&
    (a->event != MOT_NOT_FOUND || a->outcome == b->outcome);
}

/* By the latest of what happened that starts such journeys. */
static void hit_start(const Watch *watch, Subject *subject, uint32_t experience)
{
  mot_trigger trigger;
  for (size_t k = 0; k < HAPPENED; k++)
    for (uint32_t i = 0; mot_rules_start(watch->rules->rules, experience, i, &trigger); i++)
      if (same_trigger(&trigger, &watch->last[k])) {
        subject_hit(subject, DEMAND_STARTED, i);
        return;
      }
}

static bool on_started(Watch *watch, const mot_run *run, const mot_trace *step)
{
  Subject *subject = watch_subject(watch, step->experience, MOT_NOT_FOUND);
  if (!subject) return true;
  subject->times++;
  hit_start(watch, subject, step->experience);
  return lives_add(&watch->open, run, step);
}

static void on_over(Watch *watch, const mot_run *run, const mot_trace *step)
{
  static const DemandKind kinds[] = {
    [MOT_ENDED] = DEMAND_ENDED, [MOT_END_VOID] = DEMAND_OVER_VOID, [MOT_EXPIRED] = DEMAND_EXPIRED,
  };
  Subject *subject = watch_subject(watch, step->experience, MOT_NOT_FOUND);
  if (subject) subject_hit(subject, kinds[step->end], 0);
  for (size_t i = watch->voided.count; step->end == MOT_END_VOID && i-- > 0;)
    if (life_same_journey(&watch->voided.data[i], run, step))
      free(lives_take(&watch->voided, &watch->voided.data[i]).keys);
}

/* ---- moments ---- */

static bool on_opened(Watch *watch, const mot_run *run, const mot_trace *step)
{
  Subject *subject = watch_subject(watch, step->experience, step->mot);
  if (!subject) return true;
  subject->times++;
  subject_hit(subject, DEMAND_OPENED, choice_of(subject, step->choice));
  return lives_add(&watch->open, run, step);
}

/* Steps of what is open. */
static void on_life(Watch *watch, const mot_run *run, const mot_trace *step)
{
  Life *life = lives_find(&watch->open, run, step);
  Subject *subject = watch_subject(watch, step->experience, step->mot);
  if (!life || !subject) return;
  switch (step->kind) {
  case MOT_TRACE_TAKEN: deadline_taken(subject, life, step->time); break;
  case MOT_TRACE_DEADLINE: life->deadline = step->deadline; break;
  case MOT_TRACE_PAUSED:
    life->deadline = MOT_NO_TIME;
    subject_hit(subject, DEMAND_PAUSED, 0);
    break;
  case MOT_TRACE_RESUMED:
    life->deadline = step->deadline;
    subject_hit(subject, DEMAND_RESUMED, 0);
    break;
  case MOT_TRACE_RISK:
    life->risked = true;
    subject_hit(subject, DEMAND_RISK, step->action);
    break;
  case MOT_TRACE_PART: subject_hit(subject, step->holds ? DEMAND_HOLDS : DEMAND_FAILS, step->part); break;
  default: break;
  }
}

static void hit_outcome(Subject *subject, const Life *life, const mot_trace *step)
{
  if (step->outcome == MOT_PRODUCED) {
    subject_hit(subject, DEMAND_PRODUCED, 0);
    if (!life->risked) subject_hit(subject, DEMAND_NO_RISK, 0);
  } else if (step->outcome == MOT_MISSED) {
    subject_hit(subject, DEMAND_MISSED, 0);
  } else if (step->reason == MOT_SUPERSEDED) {
    subject_hit(subject, DEMAND_SUPERSEDED, 0);
  } else if (step->reason == MOT_PAUSED) {
    subject_hit(subject, DEMAND_STILL_PAUSED, 0);
  }
}

static bool on_decided(Watch *watch, const mot_run *run, const mot_trace *step)
{
  mot_trigger outcome = {.event = MOT_NOT_FOUND, .mot = step->mot, .experience = MOT_NOT_FOUND, .outcome = step->outcome};
  if (step->mot == MOT_NOT_FOUND) outcome.experience = step->experience;
  Life *life = lives_find(&watch->open, run, step);
  Subject *subject = watch_subject(watch, step->experience, step->mot);
  deadline_missed(watch, run, step, &outcome);
  happens(watch, outcome);
  if (!life || !subject) return true;
  hit_outcome(subject, life, step);
  Life was = lives_take(&watch->open, life);
  if (step->outcome == MOT_VOID && step->reason == MOT_VOIDED) return lives_put(&watch->voided, was);
  bool by_deadline = !step->by_event && step->outcome != MOT_VOID && was.deadline == step->time;
  if (by_deadline) return lives_put(&watch->closed, was);
  free(was.keys);
  return true;
}

bool watch_step(void *user, mot_run *run, const mot_trace *step)
{
  Watch *watch = user;
  switch (step->kind) {
  case MOT_TRACE_EVENT: on_event(watch, run, step); return true;
  case MOT_TRACE_STARTED: return on_started(watch, run, step);
  case MOT_TRACE_OPENED: return on_opened(watch, run, step);
  case MOT_TRACE_DECIDED: return on_decided(watch, run, step);
  case MOT_TRACE_OVER: on_over(watch, run, step); return true;
  default: on_life(watch, run, step); return true;
  }
}

/* ---- what records tell ---- */

static bool of_action(const TestCase *test, const TestRecord *record, const mot_action_info *action)
{
  mot_owner_info owner;
  if (action->owner != record->owner && record->state != MOT_STATE_ESCALATED) return false;
  if (!mot_rules_owner_info(test->rules, action->owner, &owner)) return false;
  if (action->correction != (record->head.kind == MOT_RECORD_CORRECTION)) return false;
  if (action->correction) return !record->words || strcmp(record->words, action->text) == 0;
  return record->severity && strcmp(record->severity, action->severity) == 0;
}

static DemandKind kind_of(const TestRecord *record)
{
  switch (record->state) {
  case MOT_STATE_OPENED: return DEMAND_CORRECTED;
  case MOT_STATE_DONE: return DEMAND_DONE;
  case MOT_STATE_OVERDUE: return DEMAND_OVERDUE;
  default: return DEMAND_RAISED;
  }
}

static void hit_action(const Watch *watch, const TestCase *test, const TestRecord *record)
{
  mot_action_info action;
  Subject *subject = watch_subject(watch, record->head.experience, record->head.mot);
  if (!subject || record->state == MOT_STATE_ACKNOWLEDGED || record->state == MOT_STATE_CLEARED) return;
  for (uint32_t i = 0; mot_rules_action(test->rules, record->head.experience, record->head.mot, i, &action); i++)
    if (of_action(test, record, &action)) subject_hit(subject, kind_of(record), i);
}

static void hit_target(const Watch *watch, const TestRecord *record)
{
  mot_target_info target;
  if (!mot_rules_target_info(watch->rules->rules, record->target, &target)) return;
  Subject *subject = watch_subject(watch, target.experience, target.mot);
  bool met = record->state == MOT_STATE_MET;
  mot_mot_info mot;
  if (!subject || !mot_rules_mot_info(watch->rules->rules, target.mot, &mot)) return;
  subject_hit(subject, met ? DEMAND_MET : DEMAND_BREACHED, record->target - mot.first_target);
}

static void hit_goal(const Watch *watch, const TestRecord *record)
{
  mot_goal_info goal;
  if (!mot_rules_goal_info(watch->rules->rules, record->goal, &goal)) return;
  Subject *subject = watch_subject(watch, goal.experience, MOT_NOT_FOUND);
  DemandKind kind = record->state == MOT_STATE_MET ? DEMAND_GOAL_MET : DEMAND_GOAL_BREACHED;
  for (size_t i = 0; subject && i < subject->count; i++) {
    Demand *demand = &subject->demands[i];
    if (demand->kind == kind && strcmp(demand->about, goal.name) == 0) demand->hits++;
  }
}

/* What is met from its first judgement on has no record. */
static void hit_standing(const Watch *watch, const TestCase *test)
{
  mot_target_info target;
  mot_goal_info goal;
  mot_target_standing standing;
  mot_goal_standing its;
  TestRecord record = {.state = MOT_STATE_MET};
  for (record.target = 0; test->run && mot_rules_target_info(test->rules, record.target, &target); record.target++)
    if (mot_run_target(test->run, record.target, &standing) && standing.state == MOT_STATE_MET) hit_target(watch, &record);
  for (record.goal = 0; test->run && mot_rules_goal_info(test->rules, record.goal, &goal); record.goal++)
    if (mot_run_goal(test->run, record.goal, &its) && its.state == MOT_STATE_MET) hit_goal(watch, &record);
}

void watch_end(Watch *watch, const TestCase *test)
{
  settle_voided(watch);
  hit_standing(watch, test);
  for (size_t i = 0; i < test->count; i++) {
    const TestRecord *record = &test->records[i];
    bool settled = record->state == MOT_STATE_MET || record->state == MOT_STATE_BREACHED;
    switch (record->head.kind) {
    case MOT_RECORD_ALERT: case MOT_RECORD_CORRECTION: hit_action(watch, test, record); break;
    case MOT_RECORD_TARGET: if (settled) hit_target(watch, record); break;
    case MOT_RECORD_GOAL: if (settled) hit_goal(watch, record); break;
    default: break;
    }
  }
  lives_free(&watch->open);
  lives_free(&watch->closed);
  lives_free(&watch->voided);
}
