/*
 * collect_act.c - what was done about it: corrections, alerts, changes of targets and goals, and what
 * customers said.
 */
#include <string.h>

#include "report/collector.h"
#include "report/values.h"

typedef struct Collector Collector;

/* ---- corrections ---- */

/* What is counted of the MOT, or the SCO, that a correction is about; NULL: nothing. */
static MotLedger *ledger_about(Collector *collector, const mot_record *record)
{
  ExperienceLedger *ledger = ledger_now(collector, record->experience);
  if (!ledger) return NULL;
  uint32_t mot = record->mot - rules_of(collector, record->experience)->info.first_mot;
  return record->mot == MOT_NOT_FOUND ? &ledger->about_sco : &ledger->mots[mot];
}

static Seen *seen_about(Collector *collector, Journey *journey, const mot_record *record)
{
  if (record->mot == MOT_NOT_FOUND) return NULL;
  uint32_t first = rules_of(collector, record->experience)->info.first_mot;
  return live_seen(&collector->live, journey, record->mot - first);
}

static void open_correction(Collector *collector, const ReviewFact *fact, Journey *journey)
{
  const mot_act *act = &fact->act;
  OpenCorrection *made = live_correction(&collector->live, journey, act->id, act->text ? act->text : "");
  made->mot = fact->record.mot;
  made->by = act->owner;
  made->opened = fact->record.time;
  made->due = act->due;
  Seen *seen = seen_about(collector, journey, &fact->record);
  if (seen) seen->corrections++;
}

static void end_correction(Collector *collector, const ReviewFact *fact, Journey *journey, bool in_time)
{
  OpenCorrection *correction = live_correction_of(journey, fact->act.id);
  Seen *seen = seen_about(collector, journey, &fact->record);
  if (seen && in_time) seen->in_time++;
  if (correction) live_correction_end(&collector->live, journey, correction);
}

static void count_correction(MotLedger *ledger, mot_state state, bool in_time)
{
  switch (state) {
  case MOT_STATE_OPENED: ledger->corrections_opened++; break;
  case MOT_STATE_DONE: ++*(in_time ? &ledger->in_time : &ledger->late); break;
  case MOT_STATE_WITHDRAWN: ledger->withdrawn++; break;
  default: break;
  }
}

static void move_correction(Collector *collector, const ReviewFact *fact, Journey *journey, bool in_time)
{
  OpenCorrection *correction;
  switch (fact->act.state) {
  case MOT_STATE_OPENED: open_correction(collector, fact, journey); break;
  case MOT_STATE_OVERDUE:
    correction = live_correction_of(journey, fact->act.id);
    if (correction) correction->overdue = true;
    break;
  case MOT_STATE_DONE:
  case MOT_STATE_WITHDRAWN: end_correction(collector, fact, journey, in_time); break;
  default: break;
  }
}

void take_correction(Collector *collector, const ReviewFact *fact)
{
  if (is_over(collector) || !fact->act.id) return;
  const mot_record *record = &fact->record;
  int64_t due = fact->act.due;
  bool in_time = fact->act.state == MOT_STATE_DONE && (due == MOT_NO_TIME || record->time <= due);
  MotLedger *ledger = ledger_about(collector, record);
  if (ledger) count_correction(ledger, fact->act.state, in_time);
  Customer *customer = live_customer(&collector->live, record->experience, fact->keys[0]);
  Journey *journey = live_find(&collector->live, customer, record->journey);
  if (journey) move_correction(collector, fact, journey, in_time);
}

/* ---- alerts ---- */

static bool was_acknowledged(const mot_act *act)
{
  return act->cause && strcmp(act->cause, "acknowledged") == 0;
}

static void count_alert(AlertCount *alerts, const mot_act *act)
{
  switch (act->state) {
  case MOT_STATE_RAISED: alerts->raised++; break;
  case MOT_STATE_ESCALATED: alerts->escalated++; break;
  case MOT_STATE_REPEATED: alerts->repeated++; break;
  case MOT_STATE_ACKNOWLEDGED: alerts->acknowledged++; break;
  case MOT_STATE_CLEARED:
    alerts->cleared++;
    alerts->acknowledged += was_acknowledged(act);
    break;
  default: break;
  }
}

void take_alert(Collector *collector, const ReviewFact *fact)
{
  if (is_over(collector)) return;
  const mot_record *record = &fact->record;
  uint64_t *active = &collector->active[record->experience];
  *active += fact->act.state == MOT_STATE_RAISED;
  *active -= fact->act.state == MOT_STATE_CLEARED && *active > 0;
  ExperienceLedger *ledger = ledger_now(collector, record->experience);
  if (!ledger) return;
  count_alert(ledger_alerts(collector->arena, ledger, record->mot, fact->act.owner), &fact->act);
}

/* ---- targets and goals ---- */

void take_change(Collector *collector, const ReviewFact *fact)
{
  const ReviewRules *rules = collector->plan.rules;
  const mot_act *act = &fact->act;
  Ledger *current = &collector->ledgers[LEDGER_CURRENT];
  if (current->closed) return;
  bool counts = collector->now == current;
  bool breached = counts && act->state == MOT_STATE_BREACHED, met = counts && act->state == MOT_STATE_MET;
  if (fact->record.kind == MOT_RECORD_TARGET && act->target < rules->target_count) {
    ReviewTarget *target = &current->targets[act->target];
    target->breached += breached;
    target->met += met;
    target->since = fact->record.time;
  } else if (fact->record.kind == MOT_RECORD_GOAL && act->goal < rules->goal_count) {
    current->goals[act->goal].breached += breached;
    current->goals[act->goal].met += met;
  }
}

/* ---- sentiment ---- */

static void count_sentiment(Collector *collector, uint32_t experience, const Customer *customer, double value)
{
  ExperienceLedger *ledger = ledger_now(collector, experience);
  if (!ledger) return;
  ledger->said++;
  sample_add(&ledger->sentiment, value, 1);
  sample_add(&ledger->after_produced, value, customer->waiting[0]);
  sample_add(&ledger->after_missed, value, customer->waiting[1]);
  Day *day = day_now(collector, experience);
  if (day) sample_add(&day->sentiment, value, 1);
}

void take_sentiment(Collector *collector, const ReviewFact *fact)
{
  double value;
  uint32_t experience = fact->record.experience;
  if (is_over(collector) || !review_value_number(&fact->act.value, &value)) return;
  Customer *customer = live_customer(&collector->live, experience, fact->keys[0]);
  count_sentiment(collector, experience, customer, value);
  customer->waiting[0] = customer->waiting[1] = 0;
}
