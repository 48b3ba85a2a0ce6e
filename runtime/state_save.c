/* state_save.c - engines to bytes: state_parts.h has the layout. */
#include <string.h>

#include "runtime/state_parts.h"

/* Where it goes; first only counted, for the size of a partition stands before it. */
typedef struct Saver {
  const Engine *engine;
  StateOut *out;         /* NULL: only counted */
  uint64_t size;
} Saver;

static void put_bytes(Saver *to, const void *bytes, size_t size)
{
  to->size += size;
  if (to->out) state_put_bytes(to->out, bytes, size);
}

static void put_u32(Saver *to, uint32_t value)
{
  to->size += 4;
  if (to->out) state_put_u32(to->out, value);
}

static void put_u64(Saver *to, uint64_t value)
{
  to->size += 8;
  if (to->out) state_put_u64(to->out, value);
}

static void put_f64(Saver *to, double value)
{
  to->size += 8;
  if (to->out) state_put_f64(to->out, value);
}

/* ---- records ---- */

/* What a record holds in [from, size), its texts' handles as zeroes, then the texts. */
static void put_record(Saver *to, const void *record, uint32_t from, uint32_t size, const uint32_t *texts,
                       uint32_t count)
{
  static const uint8_t none[sizeof(Handle)];
  const uint8_t *bytes = record;
  for (uint32_t at = from; at < size;) {
    uint32_t next = size;
    for (uint32_t i = 0; i < count; i++)
      if (texts[i] >= at && texts[i] < next) next = texts[i];
    put_bytes(to, bytes + at, next - at);
    if (next < size) put_bytes(to, none, sizeof none);
    at = next < size ? next + (uint32_t)sizeof none : size;
  }
  for (uint32_t i = 0; i < count; i++) {
    Handle handle;
    uint32_t len;
    memcpy(&handle, bytes + texts[i], sizeof handle);
    const char *text = text_of(&to->engine->texts, handle, &len);
    put_u32(to, len);
    put_bytes(to, text, len);
  }
}

static void put_moment(Saver *to, const MomentHeader *moment)
{
  const MotFacts *facts = &to->engine->mots[moment->mot];
  put_u32(to, moment->mot);
  put_u64(to, (uint64_t)moment->opened);
  put_u32(to, to->engine->serial - moment->serial);
  put_record(to, moment, MOT_MOMENT_HEADER, to->engine->plan->mots[moment->mot].size, facts->texts,
             facts->text_count);
}

/* They are linked from the youngest to the oldest. */
static void put_moments(Saver *to, const JourneyHeader *journey)
{
  Handle handle = journey->latest;
  while (handle && moment_at(to->engine, handle)->next) handle = moment_at(to->engine, handle)->next;
  for (; handle; handle = moment_at(to->engine, handle)->prev) put_moment(to, moment_at(to->engine, handle));
}

static void put_alert(Saver *to, const Alert *alert)
{
  const Engine *engine = to->engine;
  const int64_t instants[] = {alert->opening,   alert->raised,  alert->deadline,
                              alert->escalates, alert->repeats, alert->clears};
  uint32_t len;
  const char *text = text_of(&engine->texts, alert->text, &len);
  put_u32(to, alert->action);
  put_u32(to, alert->flags);
  put_u32(to, alert->to);
  put_u32(to, engine->serial - alert->serial);
  put_u32(to, alert->subject ? engine->serial - moment_at(engine, alert->subject)->serial : 0);
  for (unsigned i = 0; i < sizeof instants / sizeof *instants; i++) put_u64(to, (uint64_t)instants[i]);
  put_u32(to, len);
  put_bytes(to, text, len);
}

/* As the moments. */
static void put_alerts(Saver *to, const JourneyHeader *journey)
{
  const Engine *engine = to->engine;
  Handle handle;
  uint32_t count = 0;
  uint32_t at_first = engine->plan->experiences[journey->experience].alerts;
  memcpy(&handle, (const uint8_t *)journey + at_first, sizeof handle);
  for (Handle at = handle; at; at = alert_at(engine, at)->next) count++;
  while (handle && alert_at(engine, handle)->next) handle = alert_at(engine, handle)->next;
  put_u32(to, count);
  for (; handle; handle = alert_at(engine, handle)->prev) put_alert(to, alert_at(engine, handle));
}

static void put_journey(Saver *to, const JourneyHeader *journey)
{
  const ExperienceFacts *facts = &to->engine->experiences[journey->experience];
  put_u32(to, journey->experience);
  put_u64(to, (uint64_t)journey->start);
  put_u32(to, to->engine->serial - journey->serial);
  put_u32(to, journey->flags & ~(uint32_t)JOURNEY_SCO_RAN);
  for (uint32_t i = 0; i < OUTCOME_OPEN; i++) put_u32(to, journey->decided[i]);
  put_f64(to, journey->lost);
  put_f64(to, journey->weighed);
  put_u32(to, journey->open);
  const ExperiencePlan *plan = &to->engine->plan->experiences[journey->experience];
  put_record(to, journey, MOT_JOURNEY_HEADER, plan->alerts ? plan->alerts : plan->size, facts->texts,
             facts->text_count);
  put_moments(to, journey);
  if (plan->alerts) put_alerts(to, journey);
}

/* ---- partitions ---- */

static uint32_t length_of(const Engine *engine, Handle journey)
{
  uint32_t length = 0;
  for (; journey; journey = journey_at(engine, journey)->next) length++;
  return length;
}

static void put_journeys(Saver *to, Handle journey)
{
  for (; journey; journey = journey_at(to->engine, journey)->next)
    put_journey(to, journey_at(to->engine, journey));
}

static void put_partition(Saver *to, const Partition *partition)
{
  put_u32(to, partition->len);
  put_bytes(to, partition->key, partition->len);
  put_u32(to, partition->space);
  Handle journeys = partition_first(to->engine, partition, LIST_JOURNEYS);
  Handle waiting = partition_first(to->engine, partition, LIST_WAITING);
  put_u32(to, length_of(to->engine, journeys));
  put_u32(to, length_of(to->engine, waiting));
  put_journeys(to, journeys);
  put_journeys(to, waiting);
}

static void save_partition(void *user, Handle handle)
{
  Saver *to = user, counted = {.engine = to->engine};
  const Partition *partition = partition_at(&to->engine->partitions, handle);
  put_partition(&counted, partition);
  put_u64(to, counted.size);
  put_partition(to, partition);
}

/* ---- counts ---- */

static uint64_t sum(Engine *const *engines, unsigned count, size_t offset)
{
  uint64_t total = 0;
  for (unsigned i = 0; i < count; i++)
    total += *(const uint64_t *)(const void *)((const char *)&engines[i]->counts + offset);
  return total;
}

static void put_experience_counts(StateOut *out, Engine *const *engines, unsigned count, uint32_t experience)
{
  ExperienceCounts all = {0};
  for (unsigned i = 0; i < count; i++) {
    const ExperienceCounts *its = &engines[i]->counts.experiences[experience];
    all.started += its->started;
    all.over += its->over;
    all.live += its->live;
    all.closing += its->closing;
    all.expired += its->expired;
    all.voided += its->voided;
    all.ended += its->ended;
    for (uint32_t k = 0; k < OUTCOME_OPEN; k++) all.sco[k] += its->sco[k];
  }
  const uint64_t numbers[] = {all.started, all.over,   all.live, all.closing,
                              all.expired, all.voided, all.ended};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) state_put_u64(out, numbers[i]);
  for (uint32_t k = 0; k < OUTCOME_OPEN; k++) state_put_u64(out, all.sco[k]);
}

static void put_mot_counts(StateOut *out, Engine *const *engines, unsigned count, uint32_t mot)
{
  MotCounts all = {0};
  for (unsigned i = 0; i < count; i++) {
    const MotCounts *its = &engines[i]->counts.mots[mot];
    all.opened += its->opened;
    for (uint32_t k = 0; k < OUTCOME_OPEN; k++) all.decided[k] += its->decided[k];
    for (uint32_t k = 0; k < VOID_REASONS; k++) all.reasons[k] += its->reasons[k];
  }
  state_put_u64(out, all.opened);
  for (uint32_t k = 0; k < OUTCOME_OPEN; k++) state_put_u64(out, all.decided[k]);
  for (uint32_t k = 0; k < VOID_REASONS; k++) state_put_u64(out, all.reasons[k]);
}

static void put_counts(StateOut *out, Engine *const *engines, unsigned count)
{
  const Module *m = engines[0]->module;
  state_put_u64(out, sum(engines, count, offsetof(EngineCounts, heard)));
  state_put_u64(out, sum(engines, count, offsetof(EngineCounts, unreached)));
  state_put_u64(out, sum(engines, count, offsetof(EngineCounts, faults)));
  for (size_t i = 0; i < sizeof(ActCounts) / sizeof(uint64_t); i++)
    state_put_u64(out, sum(engines, count, offsetof(EngineCounts, acts) + i * sizeof(uint64_t)));
  for (uint32_t i = 0; i < m->Experience_count; i++) put_experience_counts(out, engines, count, i);
  for (uint32_t i = 0; i < m->Mot_count; i++) put_mot_counts(out, engines, count, i);
}

void state_put_engines(StateOut *out, Engine *const *engines, unsigned count)
{
  uint64_t partitions = 0;
  for (unsigned i = 0; i < count; i++) partitions += engines[i]->partitions.count;
  state_put_u64(out, partitions);
  for (unsigned i = 0; i < count; i++) {
    Saver to = {.engine = engines[i], .out = out};
    partitions_each(&engines[i]->partitions, save_partition, &to);
  }
  put_counts(out, engines, count);
}
