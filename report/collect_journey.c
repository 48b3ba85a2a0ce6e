/*
 * collect_journey.c - SCOs, and journeys that are over: what became of them beside what was missed in them.
 */
#include "report/collector.h"

typedef struct Collector Collector;

/* ---- SCOs ---- */

static void count_start(Collector *collector, const mot_record *record)
{
  for (int i = 0; i < LEDGERS; i++) {
    const ReviewSpan *span = &collector->ledgers[i].span;
    if (i == LEDGER_PREVIOUS && span->from == MOT_NO_TIME) continue;
    ExperienceLedger *ledger = &collector->ledgers[i].experiences[record->experience];
    bool open = record->kind == MOT_RECORD_OPEN || record->time >= span->to;
    ledger->started += record->opened >= span->from && record->opened < span->to;
    ledger->live += record->opened < span->to;
    ledger->sco_open += record->opened < span->to && open;
  }
}

void take_sco(Collector *collector, const ReviewFact *fact)
{
  const mot_record *record = &fact->record;
  count_start(collector, record);
  if (is_over(collector)) return;
  Customer *customer = live_customer(&collector->live, record->experience, fact->keys[0]);
  Journey *journey = live_journey(&collector->live, customer, record->journey);
  scenes_add(collector->arena->mem, &journey->scenes, fact);
  ExperienceLedger *ledger = ledger_now(collector, record->experience);
  if (!ledger) return;
  if (record->outcome == MOT_VOID) {
    ledger->sco_void++;
    return;
  }
  outcomes_add(&ledger->sco, record->outcome == MOT_MISSED);
  Day *day = day_now(collector, record->experience);
  if (day) outcomes_add(&day->sco, record->outcome == MOT_MISSED);
}

void take_open(Collector *collector, const ReviewFact *fact)
{
  if (fact->record.mot == MOT_NOT_FOUND)
    count_start(collector, &fact->record);
  else
    take_moment(collector, fact);
}

/* ---- journeys ---- */

/* What was missed in the journey, and corrected, beside its SCO. */
static void compare_mot(MotLedger *ledger, const Seen *seen, bool failed)
{
  if (seen->produced + seen->missed == 0) return;
  ledger->contribution[seen->missed == 0][failed]++;
  if (seen->missed == 0) return;
  ledger->corrected[seen->corrections == 0][failed]++;
  if (seen->corrections > 0) ledger->timely[seen->in_time < seen->corrections][failed]++;
}

static void count_journey(Collector *collector, const ReviewFact *fact, Journey *journey,
                          ExperienceLedger *ledger)
{
  ledger->over++;
  Day *day = day_now(collector, fact->record.experience);
  if (day) amounts_add(collector->arena, &day->value, &fact->moment.impact);
  if (fact->record.outcome != MOT_PRODUCED && fact->record.outcome != MOT_MISSED) return;
  for (uint32_t i = 0; i < journey->seen_count; i++) {
    const Seen *seen = &journey->seen[i];
    compare_mot(&ledger->mots[seen->mot], seen, fact->record.outcome == MOT_MISSED);
  }
  if (!collector->now->current) return;
  if (story_is_better(&ledger->good, fact, MOT_PRODUCED))
    story_put(collector->arena, &ledger->good, fact, &journey->scenes);
  else if (story_is_better(&ledger->bad, fact, MOT_MISSED))
    story_put(collector->arena, &ledger->bad, fact, &journey->scenes);
}

void take_journey(Collector *collector, const ReviewFact *fact)
{
  const mot_record *record = &fact->record;
  for (int i = 0; i < LEDGERS; i++) {
    ExperienceLedger *ledger = &collector->ledgers[i].experiences[record->experience];
    ledger->live -= record->time < collector->ledgers[i].span.to && ledger->live > 0;
  }
  if (is_over(collector)) return;
  Customer *customer = live_customer(&collector->live, record->experience, fact->keys[0]);
  Journey *journey = live_journey(&collector->live, customer, record->journey);
  ExperienceLedger *ledger = ledger_now(collector, record->experience);
  if (ledger) count_journey(collector, fact, journey, ledger);
  live_end(&collector->live, journey);
}
