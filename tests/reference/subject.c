/*
 * subject.c - moments and SCOs: looked at after each event, outcome and timer, and
 * decided when their condition is settled.
 */
#include "tests/reference/reference.h"

void subject_entry(Subject *subject, Arena *arena, const Item *item, int64_t now, uint8_t pause)
{
  const Journey *journey = subject->journey;
  Entry *entry = VEC_PUSH(arena, &subject->entries);
  bool ended = journey->ended && !subject->correcting;
  *entry = (Entry){item, journey->items.len, now, subject->passed, ended, pause};
  if (pause != PAUSE_LEAVES) subject->paused = pause == PAUSE_STOPS;
}

/* Of an event that is both, the one that changes the state counts. */
uint8_t pause_change(bool stop, bool run, bool paused)
{
  if (paused) return run ? PAUSE_RUNS : PAUSE_LEAVES;
  return stop ? PAUSE_STOPS : PAUSE_LEAVES;
}

static void count_decision(Subject *subject)
{
  Journey *journey = subject->journey;
  if (!subject->mot) return;
  journey->decided[subject->outcome]++;
  if (subject->outcome == OUTCOME_VOID) return;
  journey->weighed += subject->mot->weight;
  if (subject->outcome == OUTCOME_MISSED) journey->lost += subject->mot->weight;
}

static void tell(Run *run, const Subject *subject)
{
  if (!subject->mot || subject->outcome == OUTCOME_VOID) return;
  Item *item = ARENA_NEW(run->arena, Item);
  *item = (Item){.time = subject->decided, .moment = subject, .outcome = subject->outcome,
                 .silent = subject->journey->expired};
  *VEC_PUSH(run->arena, &run->outcomes) = item;
}

static const uint8_t outcome_when[] = {[OUTCOME_MISSED] = WHEN_MISSED, [OUTCOME_PRODUCED] = WHEN_PRODUCED,
                                       [OUTCOME_VOID] = WHEN_VOID};

static void decide(Run *run, Subject *subject, uint8_t outcome, const char *reason, const Judged *judged,
                   int64_t now, int64_t deadline)
{
  subject->outcome = outcome;
  subject->reason = reason;
  subject->decided = now;
  subject->decided_log = subject->journey->items.len;
  subject->deadline = deadline;
  *VEC_PUSH(run->arena, &run->decided) = subject;
  count_decision(subject);
  if (subject->mot) record_moment(run, subject, judged, deadline);
  else record_sco(run, subject, judged);
  alerts_decided(run, subject, now);
  block_runs(run, subject, outcome_when[outcome], now);
  tell(run, subject);
  journey_check_over(run, subject->journey, now);
}

/* The life of the subject as it was just before `now`. */
static View view_before(Run *run, const Subject *subject, int64_t now, bool mute)
{
  int64_t passed = subject->passed > now - 1 ? subject->passed : now - 1;
  return (View){run, subject, subject->entries.len, mute, passed, subject->journey->ended};
}

void subject_void(Run *run, Subject *subject, const char *reason, int64_t now)
{
  View view = view_before(run, subject, now, false);
  decide(run, subject, OUTCOME_VOID, reason, NULL, now, deadline_of(view));
}

/* `tested`: by its last entry; else by its opening. */
void subject_look(Run *run, Subject *subject, int64_t now, bool tested)
{
  View view = {run, subject, subject->entries.len, false, subject->passed, subject->journey->ended};
  Judged judged = judge(&view);
  subject->wake = judged.wake;
  if (!judged.fault && judged.value == UNKNOWN3) {
    risks_update(run, subject, now);
    return;
  }
  View before = view_before(run, subject, now, tested);
  int64_t deadline = tested ? deadline_of(before) : NEVER;
  uint8_t outcome = judged.fault ? OUTCOME_VOID : judged.value == TRUE3 ? OUTCOME_PRODUCED : OUTCOME_MISSED;
  decide(run, subject, outcome, judged.fault ? "fault" : NULL, &judged, now, deadline);
}

/* What time settles: by a timer of its own, by `ends on`, by the expiry. */
static void settle(Run *run, Subject *subject, int64_t now, int64_t passed, bool ended)
{
  View before = view_before(run, subject, now, false);
  if (passed == now) before.passed = now - 1;
  if (passed == subject->passed) before.ended = false; /* it is `ends on` that settles */
  View view = {run, subject, subject->entries.len, false, passed, ended};
  subject->passed = passed;
  Judged judged = judge(&view);
  subject->wake = judged.wake;
  if (!judged.fault && judged.value == UNKNOWN3) return;
  uint8_t outcome = judged.fault ? OUTCOME_VOID : judged.value == TRUE3 ? OUTCOME_PRODUCED : OUTCOME_MISSED;
  decide(run, subject, outcome, judged.fault ? "fault" : NULL, &judged, now, deadline_of(before));
}

void subject_time(Run *run, Subject *subject, int64_t now)
{
  settle(run, subject, now, now, subject->journey->ended);
}

/* ---- what settles all that is open in a journey ---- */

static void stop(const Run *run, Journey *journey)
{
  if (!journey->ended) journey->stopped = run->current;
}

void journey_check_over(Run *run, Journey *journey, int64_t now)
{
  if (journey->over || !(journey->ended || journey->voided || journey->expired)) return;
  if (is_open(journey->sco)) return;
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    if (is_open(journey->moments.data[i])) return;
  }
  journey->over = true;
  record_journey(run, journey, now);
  alerts_over(run, journey, now);
}

/* What the journey's end leaves open remembers when it came. */
static void end_of(Run *run, Subject *subject, int64_t now)
{
  if (!open_moment(subject)) return;
  settle(run, subject, now, subject->passed, true);
  if (!is_open(subject)) return;
  subject_entry(subject, run->arena, NULL, now, PAUSE_LEAVES);
  risks_update(run, subject, now);
}

void journey_ends(Run *run, Journey *journey, int64_t now)
{
  stop(run, journey);
  journey->ended = true;
  journey->ended_at = now;
  for (uint32_t i = 0; i < journey->moments.len; i++) end_of(run, journey->moments.data[i], now);
  end_of(run, journey->sco, now);
  journey_check_over(run, journey, now);
}

void journey_voids(Run *run, Journey *journey, int64_t now)
{
  stop(run, journey);
  journey->voided = true;
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    if (open_moment(journey->moments.data[i])) subject_void(run, journey->moments.data[i], "voided", now);
  }
  if (is_open(journey->sco)) subject_void(run, journey->sco, "voided", now);
  corrections_withdrawn(run, journey, "void", now);
  journey_check_over(run, journey, now);
}

void journey_expires(Run *run, Journey *journey)
{
  int64_t now = expiry_of(journey);
  stop(run, journey);
  journey->expired = true;
  for (uint32_t i = 0; i < journey->moments.len; i++) {
    Subject *moment = journey->moments.data[i];
    if (!open_moment(moment)) continue;
    if (moment->paused) subject_void(run, moment, "paused", now);
    else settle(run, moment, now, NEVER, true);
  }
  if (is_open(journey->sco)) settle(run, journey->sco, now, NEVER, true);
  corrections_withdrawn(run, journey, "expired", now);
  journey_check_over(run, journey, now);
}
