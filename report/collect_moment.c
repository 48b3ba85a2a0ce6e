/*
 * collect_moment.c - decided moments: counts, and how they follow each other in a journey and for a customer.
 */
#include <xxhash.h>

#include "report/collector.h"
#include "report/values.h"

typedef struct Collector Collector;

/* A decided moment and what it belongs to. */
typedef struct Case {
  Collector *collector;
  const ReviewFact *fact;
  const mot_record *record;
  const ReviewMotRules *rules;
  uint32_t first, mot;         /* of the experience; the MOT's number among its MOTs */
  bool missed;
  ExperienceLedger *ledger;    /* NULL: it counts nowhere */
  Customer *customer;
  Journey *journey;
} Case;

/* ---- openings ---- */

static void count_opening(Collector *collector, const mot_record *record, uint32_t mot)
{
  for (int i = 0; i < LEDGERS; i++) {
    const ReviewSpan *span = &collector->ledgers[i].span;
    if (i == LEDGER_PREVIOUS && span->from == MOT_NO_TIME) continue;
    MotLedger *ledger = &collector->ledgers[i].experiences[record->experience].mots[mot];
    ledger->opened += record->opened >= span->from && record->opened < span->to;
    bool open = record->kind == MOT_RECORD_OPEN || record->time >= span->to;
    ledger->open += record->opened < span->to && open;
  }
}

/* ---- one after the other ---- */

static uint64_t hash_of(const mot_value *who)
{
  char room[VALUE_ROOM];
  ReviewText text = review_value_text(who, room);
  if (who->type == MOT_TYPE_NONE) return 0;
  uint64_t hash = XXH3_64bits(text.text, text.size);
  return hash ? hash : 1;
}

/* Moments decided at one instant do not come after each other. */
static void count_flow(const Case *c, const Seen *seen)
{
  bool at_once = seen->last == c->record->time;
  uint32_t missed = seen->missed - (at_once ? seen->missed_now : 0);
  uint32_t produced = seen->produced - (at_once ? seen->produced_now : 0);
  if (missed + produced == 0) return;
  Following *following = ledger_following(c->collector->arena, c->ledger, seen->mot, c->mot);
  following->missed[missed == 0][c->missed]++;
}

static void count_flows(const Case *c)
{
  if (!c->ledger) return;
  for (uint32_t i = 0; i < c->journey->seen_count; i++)
    if (c->journey->seen[i].mot != c->mot) count_flow(c, &c->journey->seen[i]);
}

static bool shares_producer(const ReviewMotRules *a, const ReviewMotRules *b)
{
  for (size_t i = 0; i < a->info.producers; i++)
    for (size_t k = 0; k < b->info.producers; k++)
      if (a->producers[i] == b->producers[k]) return true;
  return false;
}

static void count_team(const Case *c)
{
  const ReviewMotRules *before = &c->collector->plan.rules->mots[c->first + c->journey->last_mot];
  if (before->info.producers == 0 || c->rules->info.producers == 0) return;
  bool same = shares_producer(before, c->rules);
  c->ledger->team[same][c->missed]++;
  if (same) return;
  Following *following = ledger_following(c->collector->arena, c->ledger, c->journey->last_mot, c->mot);
  outcomes_add(&following->handed, c->missed);
}

static void count_handover(const Case *c)
{
  Journey *journey = c->journey;
  uint64_t who = hash_of(&c->fact->moment.group);
  if (journey->follows && c->ledger) {
    count_team(c);
    if (who != 0 && journey->last_who != 0) c->ledger->individual[who == journey->last_who][c->missed]++;
  }
  journey->follows = true;
  journey->last_mot = c->mot;
  journey->last_who = who;
}

static void see(const Case *c)
{
  Seen *seen = live_seen(&c->collector->live, c->journey, c->mot);
  if (seen->last != c->record->time) seen->produced_now = seen->missed_now = 0;
  seen->last = c->record->time;
  ++*(c->missed ? &seen->missed : &seen->produced);
  ++*(c->missed ? &seen->missed_now : &seen->produced_now);
}

/* A streak that ends belongs to the period in which its last moment lies; what was running when an earlier
 * one ended was counted there. */
static void end_streak(const Case *c)
{
  const Customer *customer = c->customer;
  if (!c->ledger || customer->last < c->collector->now->span.from) return;
  streaks_add(c->collector->arena, &c->ledger->streaks[customer->missed], customer->run,
              live_key(&c->collector->live, customer));
}

static void count_circle(const Case *c)
{
  Customer *customer = c->customer;
  if (c->ledger) {
    c->ledger->customers += customer->run == 0 || customer->last < c->collector->now->span.from;
    if (customer->run > 0) c->ledger->after[!customer->missed][c->missed]++;
  }
  if (customer->run > 0 && customer->missed != c->missed) {
    end_streak(c);
    customer->run = 0;
  }
  customer->run++;
  customer->missed = c->missed;
  customer->last = c->record->time;
  customer->waiting[c->missed]++;
}

/* ---- alone ---- */

static void count_void(MotLedger *ledger, mot_reason reason)
{
  switch (reason) {
  case MOT_SUPERSEDED: ledger->superseded++; break;
  case MOT_PAUSED: ledger->paused++; break;
  case MOT_FAULT: ledger->fault++; break;
  default: ledger->voided++;
  }
}

static void count_margin(const Case *c, MotLedger *ledger)
{
  const mot_record *record = c->record;
  if (record->deadline == MOT_NO_TIME) return;
  bool at_deadline = record->time >= record->deadline;
  if (c->missed) {
    ++*(at_deadline ? &ledger->missed_at_deadline : &ledger->missed_before);
    return;
  }
  ledger->produced_at_deadline += at_deadline;
  spread_add(c->collector->arena, &ledger->early, record->deadline - record->time);
}

static void count_individual(const Case *c, MotLedger *ledger)
{
  const mot_value *who = &c->fact->moment.group;
  bool named = who->type != MOT_TYPE_NONE;
  if (!c->collector->now->current || !(named || c->rules->info.grouped)) return;
  Individual *individual = named ? ledger_individual(c->collector->arena, ledger, who) : &ledger->nobody;
  outcomes_add(&individual->outcomes, c->missed);
  individual->took += (double)c->record->took;
}

static void count_day(const Case *c)
{
  Day *day = day_now(c->collector, c->record->experience);
  if (!day) return;
  outcomes_add(&day->moments, c->missed);
  outcomes_add(&day->mots[c->mot], c->missed);
  day->weighed += c->rules->info.weight;
  if (c->missed) day->lost += c->rules->info.weight;
  amounts_add(c->collector->arena, &day->impact, &c->fact->moment.impact);
}

static void count_decision(const Case *c)
{
  if (!c->ledger) return;
  MotLedger *ledger = &c->ledger->mots[c->mot];
  outcomes_add(&ledger->decided, c->missed);
  outcomes_add(&c->ledger->moments, c->missed);
  c->ledger->weighed += c->rules->info.weight;
  if (c->missed) c->ledger->lost += c->rules->info.weight;
  spread_add(c->collector->arena, &ledger->took, c->record->took);
  amounts_add(c->collector->arena, &ledger->impact, &c->fact->moment.impact);
  count_margin(c, ledger);
  count_individual(c, ledger);
  count_day(c);
}

void take_moment(Collector *collector, const ReviewFact *fact)
{
  const mot_record *record = &fact->record;
  const mot_experience_info *info = &rules_of(collector, record->experience)->info;
  uint32_t mot = record->mot - info->first_mot;
  if (mot >= info->mots) return;
  count_opening(collector, record, mot);
  if (record->kind == MOT_RECORD_OPEN || is_over(collector)) return;
  Case c = {
    .collector = collector,
    .fact = fact,
    .record = record,
    .rules = &collector->plan.rules->mots[record->mot],
    .first = info->first_mot,
    .mot = mot,
    .missed = record->outcome == MOT_MISSED,
    .ledger = ledger_now(collector, record->experience),
    .customer = live_customer(&collector->live, record->experience, fact->keys[0]),
  };
  c.journey = live_journey(&collector->live, c.customer, record->journey);
  scenes_add(collector->arena->mem, &c.journey->scenes, fact);
  if (record->outcome == MOT_VOID) {
    if (c.ledger) count_void(&c.ledger->mots[mot], record->reason);
    return;
  }
  count_flows(&c);
  count_handover(&c);
  count_circle(&c);
  see(&c);
  count_decision(&c);
}
