/*
 * collect.c - facts in: to which period each belongs, and what is there when a period ends.
 */
#include "report/collect.h"

#include "report/collector.h"
#include "report/finish.h"

/* ---- beginning and end ---- */

Collector *collector_new(Arena *arena, const ReviewPlan *plan)
{
  Collector *collector = ARENA_NEW(arena, Collector);
  collector->arena = arena;
  collector->plan = *plan;
  collector->earliest = collector->latest = MOT_NO_TIME;
  live_init(&collector->live, arena);
  for (int i = 0; i < LEDGERS; i++) ledger_init(&collector->ledgers[i], arena, plan->rules);
  collector->active = ARENA_ARRAY(arena, uint64_t, plan->rules->experience_count);
  Ledger *previous = &collector->ledgers[LEDGER_PREVIOUS], *current = &collector->ledgers[LEDGER_CURRENT];
  previous->span = plan->previous;
  previous->closed = plan->previous.from == MOT_NO_TIME;
  current->span = plan->period;
  if (plan->period.to == MOT_NO_TIME) current->span.to = INT64_MAX;
  current->current = true;
  return collector;
}

void collector_free(Collector *collector)
{
  if (!collector) return;
  live_free(&collector->live);
  const ReviewRules *rules = collector->plan.rules;
  for (uint32_t i = 0; i < rules->experience_count; i++) {
    ExperienceLedger *experience = &collector->ledgers[LEDGER_CURRENT].experiences[i];
    scenes_free(collector->arena->mem, &experience->good.scenes);
    scenes_free(collector->arena->mem, &experience->bad.scenes);
  }
}

/* ---- the end of a period ---- */

static void close_streaks(Collector *collector, Ledger *ledger)
{
  for (uint32_t i = 0; i < collector->live.list.len; i++) {
    const Customer *customer = collector->live.list.data[i];
    if (customer->run == 0 || customer->last < ledger->span.from) continue;
    Streaks *streaks = &ledger->experiences[customer->experience].streaks[customer->missed];
    streaks_add(collector->arena, streaks, customer->run, live_key(&collector->live, customer));
  }
}

static void close_correction(Collector *collector, Ledger *ledger, uint32_t of,
                             const OpenCorrection *correction)
{
  ExperienceLedger *experience = &ledger->experiences[of];
  uint32_t first = rules_of(collector, of)->info.first_mot;
  MotLedger *mot =
    correction->mot == MOT_NOT_FOUND ? &experience->about_sco : &experience->mots[correction->mot - first];
  ++*(correction->overdue ? &mot->overdue : &mot->open_corrections);
  if (!correction->overdue || !ledger->current) return;
  *VEC_PUSH(collector->arena, &experience->overdue) = (ReviewOpenCorrection){
    .id = arena_printf(collector->arena, "%s", correction->id),
    .text = arena_printf(collector->arena, "%s", correction->text),
    .mot = correction->mot,
    .by = correction->by,
    .opened = correction->opened,
    .due = correction->due,
  };
}

static void close_journeys(Collector *collector, Ledger *ledger)
{
  for (size_t i = 0; i < collector->live.journey_room; i++) {
    Journey *journey = collector->live.journeys[i];
    if (!journey) continue;
    count_journey(collector, ledger, journey, MOT_NO_TIME);
    for (const OpenCorrection *c = journey->corrections; c; c = c->next)
      close_correction(collector, ledger, journey->experience, c);
  }
}

static void close_ledger(Collector *collector, Ledger *ledger)
{
  ledger->closed = true;
  close_streaks(collector, ledger);
  close_journeys(collector, ledger);
  for (uint32_t i = 0; i < collector->plan.rules->experience_count; i++)
    ledger->experiences[i].alerts_active = collector->active[i];
  if (ledger->current) live_free(&collector->live);
}

/* ---- time ---- */

static void go_on(Collector *collector, int64_t time)
{
  collector->now = NULL;
  for (int i = 0; i < LEDGERS; i++) {
    Ledger *ledger = &collector->ledgers[i];
    if (!ledger->closed && time >= ledger->span.to) close_ledger(collector, ledger);
    if (!ledger->closed && time >= ledger->span.from) collector->now = ledger;
  }
  if (collector->now && collector->now->current && (time >= collector->day.to || time < collector->day.from))
    collector->plan.calendar(collector->plan.user, time, REVIEW_BY_DAY, &collector->day);
}

static void note(Collector *collector, int64_t time)
{
  if (time == MOT_NO_TIME) return;
  if (collector->earliest == MOT_NO_TIME || time < collector->earliest) collector->earliest = time;
  if (collector->latest == MOT_NO_TIME || time > collector->latest) collector->latest = time;
}

ExperienceLedger *ledger_now(Collector *collector, uint32_t experience)
{
  return collector->now ? &collector->now->experiences[experience] : NULL;
}

Day *day_now(Collector *collector, uint32_t experience)
{
  if (!collector->now || !collector->now->current) return NULL;
  uint32_t mots = rules_of(collector, experience)->info.mots;
  return ledger_day(collector->arena, ledger_now(collector, experience), &collector->day, mots);
}

bool is_over(const Collector *collector)
{
  return collector->ledgers[LEDGER_CURRENT].closed;
}

const ReviewExperienceRules *rules_of(const Collector *collector, uint32_t experience)
{
  return &collector->plan.rules->experiences[experience];
}

/* ---- facts ---- */

static bool is_asked_for(const Collector *collector, uint32_t experience)
{
  return experience < collector->plan.rules->experience_count &&
    (collector->plan.experience == MOT_NOT_FOUND || collector->plan.experience == experience);
}

/* Records that say when something was opened or started. */
enum { OPENED_KINDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN };

static void take_of_experience(Collector *collector, const ReviewFact *fact)
{
  if (!is_asked_for(collector, fact->record.experience) || fact->record.keys == 0) return;
  if (fact->record.kind & OPENED_KINDS) note(collector, fact->record.opened);
  switch (fact->record.kind) {
  case MOT_RECORD_MOMENT: take_moment(collector, fact); break;
  case MOT_RECORD_SCO: take_sco(collector, fact); break;
  case MOT_RECORD_OPEN: take_open(collector, fact); break;
  case MOT_RECORD_JOURNEY: take_journey(collector, fact); break;
  case MOT_RECORD_CORRECTION: take_correction(collector, fact); break;
  case MOT_RECORD_SENTIMENT: take_sentiment(collector, fact); break;
  default: break;
  }
}

/* Alerts of a goal belong to the experience that the goal is for. */
static void take_alert_of(Collector *collector, const ReviewFact *fact)
{
  const ReviewRules *rules = collector->plan.rules;
  ReviewFact placed = *fact;
  if (placed.record.experience == MOT_NOT_FOUND && fact->act.goal < rules->goal_count)
    placed.record.experience = rules->goals[fact->act.goal].experience;
  if (is_asked_for(collector, placed.record.experience)) take_alert(collector, &placed);
}

void collector_take(Collector *collector, const ReviewFact *fact)
{
  note(collector, fact->record.time);
  if (fact->record.kind != MOT_RECORD_OPEN) go_on(collector, fact->record.time);
  switch (fact->record.kind) {
  case MOT_RECORD_TARGET:
  case MOT_RECORD_GOAL: take_change(collector, fact); break;
  case MOT_RECORD_ALERT: take_alert_of(collector, fact); break;
  default: take_of_experience(collector, fact);
  }
}

const Review *collector_finish(Collector *collector, const ReviewStanding *standing)
{
  for (int i = 0; i < LEDGERS; i++)
    if (!collector->ledgers[i].closed) close_ledger(collector, &collector->ledgers[i]);
  return finish_review(collector, standing);
}
