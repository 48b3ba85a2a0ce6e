/*
 * collect_journey.c - SCOs and journeys: what became of them beside what was missed in them.
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
  live_decide(&collector->live, journey, fact);
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

static void tell_story(Arena *arena, ExperienceLedger *ledger, Journey *journey, int64_t over)
{
  Story story = {
    .keys = journey->keys,
    .key_count = journey->key_count,
    .started = journey->started,
    .over = over,
    .scenes = journey->scenes,
  };
  for (uint32_t i = 0; i < journey->seen_count; i++) {
    story.produced += journey->seen[i].produced;
    story.missed += journey->seen[i].missed;
  }
  story_better(arena, journey->sco == MOT_PRODUCED ? &ledger->good : &ledger->bad, &story, journey->sco);
  journey->scenes = story.scenes;
}

void count_journey(Collector *collector, Ledger *ledger, Journey *journey, int64_t over)
{
  bool decided = journey->decided != MOT_NO_TIME && journey->decided >= ledger->span.from;
  if (!decided || (journey->sco != MOT_PRODUCED && journey->sco != MOT_MISSED)) return;
  ExperienceLedger *experience = &ledger->experiences[journey->experience];
  for (uint32_t i = 0; i < journey->seen_count; i++) {
    const Seen *seen = &journey->seen[i];
    compare_mot(&experience->mots[seen->mot], seen, journey->sco == MOT_MISSED);
  }
  if (ledger->current) tell_story(collector->arena, experience, journey, over);
}

static void count_over(ExperienceLedger *ledger, const ReviewFact *fact)
{
  ledger->over++;
  if (fact->moment.disruption >= 0) sample_add(&ledger->journeys, fact->moment.disruption, 1);
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
  Day *day = day_now(collector, record->experience);
  if (ledger) count_over(ledger, fact);
  if (day) amounts_add(collector->arena, &day->value, &fact->moment.impact);
  if (ledger) count_journey(collector, collector->now, journey, record->time);
  live_end(&collector->live, journey);
}
