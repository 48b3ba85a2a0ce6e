/* state_load.c - bytes to engines: state_parts.h has the layout. */
#include <string.h>

#include "runtime/json_scan.h"
#include "runtime/state_parts.h"

/* What the ages of a saved state count back from. */
enum { SERIAL_FIRST = 1 << 30 };

/* Where it goes. */
typedef struct Loader {
  StateIn *in;
  Engine *engine;
} Loader;

static bool damaged(StateIn *in, const char *what)
{
  return state_fail(in, "the saved state is damaged: %s", what);
}

/* ---- records ---- */

/* Texts of a record, whose handles are zero before. */
static bool get_texts(Loader *from, void *record, const uint32_t *texts, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    uint32_t len;
    const char *text = state_get_text(from->in, &len);
    if (from->in->failed) return false;
    if (!utf8_sound(text, len)) return damaged(from->in, "a text is no UTF-8");
    Handle handle = text_keep(&from->engine->texts, text, len);
    memcpy((uint8_t *)record + texts[i], &handle, sizeof handle);
  }
  return true;
}

/* What stands in [at, size) of a record; handles become zero. */
static bool get_record(StateIn *in, void *record, uint32_t at, uint32_t size, const uint32_t *texts,
                       uint32_t count)
{
  const void *bytes = state_get_bytes(in, size - at);
  if (!bytes) return false;
  memcpy((uint8_t *)record + at, bytes, size - at);
  for (uint32_t i = 0; i < count; i++) memset((uint8_t *)record + texts[i], 0, sizeof(Handle));
  return true;
}

/* ---- moments ---- */

/* Whether the number of a MOT is that of a correction of the experience. */
static bool is_correction_of(const Module *m, uint32_t experience, uint32_t number)
{
  if (number < m->Mot_count || number - m->Mot_count >= m->Correction_count) return false;
  return m->Correction[number - m->Mot_count].experience == experience;
}

static bool get_moment_header(Loader *from, const JourneyHeader *journey, MomentHeader *ret)
{
  StateIn *in = from->in;
  const ExperienceRow *of = &from->engine->module->Experience[journey->experience];
  ret->mot = state_get_u32(in);
  ret->opened = state_get_i64(in);
  ret->serial = from->engine->serial - state_get_u32(in);
  ret->flags = MOMENT_OPEN;
  if (in->failed) return false;
  bool correction = is_correction_of(from->engine->module, journey->experience, ret->mot);
  if (correction) ret->flags |= MOMENT_CORRECTION;
  if (!correction && (ret->mot < of->mots || ret->mot - of->mots >= of->mots_count))
    return damaged(in, "a moment of a MOT that its experience does not have");
  return state_instant(ret->opened) || damaged(in, "a moment opened at no instant");
}

static void link_moment(Engine *engine, Handle journey, Handle handle)
{
  JourneyHeader *of = journey_at(engine, journey);
  MomentHeader *moment = moment_at(engine, handle);
  moment->next = of->latest;
  if (of->latest) moment_at(engine, of->latest)->prev = handle;
  of->latest = handle;
  of->mots |= engine->mots[moment->mot].bit;
  of->open++;
}

static bool get_moment(Loader *from, Handle journey)
{
  Engine *engine = from->engine;
  MomentHeader header = {0};
  if (!get_moment_header(from, journey_at(engine, journey), &header)) return false;
  const MotFacts *facts = &engine->mots[header.mot];
  uint32_t size = engine->plan->mots[header.mot].size;
  Handle handle = heap_alloc(&engine->moments, size);
  MomentHeader *moment = moment_at(engine, handle);
  *moment = header;
  moment->journey = journey;
  if (!get_record(from->in, moment, MOT_MOMENT_HEADER, size, facts->texts, facts->text_count)) return false;
  bool sound = moment->flags & MOMENT_CORRECTION
    ? state_correction_sound(engine, moment)
    : state_moment_sound(engine->module, journey_at(engine, journey), moment)
      && (engine->plan->mots[moment->mot].risks == 0 || risks_sound(engine, moment));
  if (!sound)
    return damaged(from->in, "a moment holds what it cannot hold");
  if (!get_texts(from, moment, facts->texts, facts->text_count)) return false;
  link_moment(engine, journey, handle);
  return true;
}

/* ---- journeys ---- */

static bool flags_sound(const ExperienceRow *row, const JourneyHeader *journey, bool waits)
{
  uint16_t outcome = 3 << JOURNEY_SCO_SHIFT, open = OUTCOME_OPEN << JOURNEY_SCO_SHIFT;
  if (waits) return journey->flags == (JOURNEY_WAITS | open);
  if (journey->flags & ~(JOURNEY_ENDED | JOURNEY_SCO_OPEN | outcome)) return false;
  bool sco = journey->flags & JOURNEY_SCO_OPEN, undecided = (journey->flags & outcome) == open;
  return !(sco ? row->sco == MOT_NONE || !undecided : row->sco != MOT_NONE && undecided);
}

static bool end_sound(const Plan *plan, JourneyHeader *journey)
{
  if (!(journey->flags & JOURNEY_ENDED)) return true;
  return plan->experiences[journey->experience].ended && state_instant(*journey_ended_at(plan, journey));
}

static bool get_journey_header(Loader *from, const Partition *partition, bool waits, JourneyHeader *ret)
{
  StateIn *in = from->in;
  const Plan *plan = from->engine->plan;
  uint32_t experience = state_get_u32(in);
  ret->start = state_get_i64(in);
  ret->serial = from->engine->serial - state_get_u32(in);
  ret->flags = (uint16_t)state_get_u32(in);
  for (uint32_t i = 0; i < OUTCOME_OPEN; i++) ret->decided[i] = state_get_u32(in);
  ret->lost = state_get_f64(in);
  ret->weighed = state_get_f64(in);
  if (in->failed) return false;
  if (experience >= plan->module->Experience_count || plan->experiences[experience].space != partition->space)
    return damaged(in, "a journey of an experience that its key cannot have");
  ret->experience = (uint16_t)experience;
  if (waits && !plan->experiences[experience].waits)
    return damaged(in, "something waits for the start of a journey that needs no waiting");
  if (!state_instant(ret->start)) return damaged(in, "a journey began at no instant");
  return flags_sound(&plan->module->Experience[experience], ret, waits)
    || damaged(in, "a journey is in no possible state");
}

static bool get_moments(Loader *from, Handle journey, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    if (!get_moment(from, journey)) return false;
  return true;
}

/* 0: it failed. */
static Handle get_journey(Loader *from, Handle partition, bool waits)
{
  Engine *engine = from->engine;
  JourneyHeader header = {.partition = partition};
  if (!get_journey_header(from, partition_at(&engine->partitions, partition), waits, &header)) return 0;
  uint32_t moments = state_get_u32(from->in);
  if (waits && moments > 0) damaged(from->in, "there are moments before their journey");
  const ExperienceFacts *facts = &engine->experiences[header.experience];
  uint32_t size = engine->plan->experiences[header.experience].size;
  Handle handle = heap_alloc(&engine->journeys, size);
  JourneyHeader *journey = journey_at(engine, handle);
  *journey = header;
  uint32_t alerts = engine->plan->experiences[header.experience].alerts;
  if (alerts) memset((uint8_t *)journey + alerts, 0, size - alerts);
  uint32_t end = alerts ? alerts : size;
  if (!get_record(from->in, journey, MOT_JOURNEY_HEADER, end, facts->texts, facts->text_count)) return 0;
  if (!state_journey_sound(engine->module, journey) || !end_sound(engine->plan, journey))
    damaged(from->in, "a journey holds what it cannot hold");
  if (from->in->failed || !get_texts(from, journey, facts->texts, facts->text_count)) return 0;
  if (!get_moments(from, handle, moments)) return 0;
  engine_enter(engine, handle);
  return !alerts || state_get_acts(from->in, engine) ? handle : 0;
}

/* Journeys by experience, then oldest first; records that wait in any order. */
static bool get_journeys(Loader *from, Handle partition, uint32_t count, bool waits)
{
  uint32_t last = 0;
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = get_journey(from, partition, waits);
    if (handle == 0) return false;
    uint32_t experience = journey_at(from->engine, handle)->experience;
    if (!waits && experience < last) return damaged(from->in, "journeys of a key are not in their order");
    journey_put_in(from->engine, handle);
    last = experience;
  }
  return true;
}

/* ---- timers ---- */

static void arm_moments(Engine *engine)
{
  for (Handle handle = engine->scene.journey->latest; handle; handle = moment_at(engine, handle)->next) {
    if (!moment_enter(engine, handle)) continue;
    if (engine->scene.subject.lasts) {
      correction_resume(engine, handle);
      continue;
    }
    subject_arm(engine, handle, INT64_MAX);
    if (engine->plan->mots[moment_at(engine, handle)->mot].risks > 0) risks_resume(engine, handle);
  }
}

static void arm_journey(Engine *engine, Handle journey)
{
  engine_enter(engine, journey);
  const ExperiencePlan *plan = &engine->plan->experiences[engine->scene.journey->experience];
  expiry_arm(engine, journey);
  for (uint32_t i = 0; i < plan->silence_count; i++)
    silence_arm(engine, journey, i, pattern_silence_due(&engine->scene, plan->silences[i]));
  if (engine->scene.journey->flags & JOURNEY_SCO_OPEN) {
    scene_sco(&engine->scene);
    subject_arm(engine, 0, INT64_MAX);
  }
  arm_moments(engine);
  if (!plan->alerts) return;
  Handle alert = *journey_alerts(engine, engine->scene.journey);
  for (; alert; alert = alert_at(engine, alert)->next) alert_arm(engine, alert);
}

/* A timer of a record that waits finds out itself when it should have come. */
static void arm_partition(Engine *engine, const Partition *partition)
{
  Handle journey = partition_first(engine, partition, LIST_JOURNEYS);
  Handle record = partition_first(engine, partition, LIST_WAITING);
  for (; journey; journey = journey_at(engine, journey)->next) arm_journey(engine, journey);
  for (; record; record = journey_at(engine, record)->next) waiting_arm(engine, record, engine->horizon);
}

/* ---- partitions ---- */

static bool is_mine(const Engine *engine, uint64_t hash, const char *key, uint32_t len)
{
  const EngineOptions *options = engine->options;
  if (options->shards > 1 && hash % options->shards != options->shard) return false;
  return !options->key || (options->key_len == len && memcmp(options->key, key, len) == 0);
}

static void fill_partition(Loader *from, uint64_t hash, const char *key, uint32_t len)
{
  Engine *engine = from->engine;
  StateIn *in = from->in;
  uint32_t space = state_get_u32(in), journeys = state_get_u32(in), waiting = state_get_u32(in);
  if (in->failed) return;
  if (space >= engine->plan->space_count || (journeys == 0 && waiting == 0)) {
    damaged(in, "a key belongs to nothing");
    return;
  }
  if (partitions_find(&engine->partitions, hash, (uint16_t)space, key, len)) {
    damaged(in, "a key stands in it twice");
    return;
  }
  Handle handle = partitions_add(&engine->partitions, hash, (uint16_t)space, key, len);
  if (!get_journeys(from, handle, journeys, false)) return;
  if (!get_journeys(from, handle, waiting, true)) return;
  arm_partition(engine, partition_at(&engine->partitions, handle));
}

static void get_partition(Loader *from)
{
  uint64_t size = state_get_u64(from->in);
  const uint8_t *bytes = size <= SIZE_MAX ? state_get_bytes(from->in, (size_t)size) : NULL;
  if (!bytes || !from->engine) return;
  StateIn part = *from->in;
  Loader within = {&part, from->engine};
  uint32_t len;
  part.at = bytes;
  part.end = bytes + size;
  const char *key = state_get_text(&part, &len);
  uint64_t hash = key_hash(key, len);
  if (!part.failed && !is_mine(from->engine, hash, key, len)) return;
  if (!utf8_sound(key, len)) damaged(&part, "a key is no UTF-8");
  if (!part.failed) fill_partition(&within, hash, key, len);
  if (!state_in_end(&part)) state_fail(from->in, "%s", part.error);
}

/* ---- counts ---- */

static void get_experience_counts(StateIn *in, ExperienceCounts *ret)
{
  uint64_t *numbers[] = {&ret->started, &ret->over,   &ret->live, &ret->closing,
                         &ret->expired, &ret->voided, &ret->ended};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) *numbers[i] = state_get_u64(in);
  for (uint32_t k = 0; k < OUTCOME_OPEN; k++) ret->sco[k] = state_get_u64(in);
}

static void get_mot_counts(StateIn *in, MotCounts *ret)
{
  ret->opened = state_get_u64(in);
  for (uint32_t k = 0; k < OUTCOME_OPEN; k++) ret->decided[k] = state_get_u64(in);
  for (uint32_t k = 0; k < VOID_REASONS; k++) ret->reasons[k] = state_get_u64(in);
}

static void get_act_counts(StateIn *in, ActCounts *ret)
{
  for (uint32_t i = 0; i < ACT_STATES; i++) ret->alerts[i] = state_get_u64(in);
  for (uint32_t i = 0; i < ACT_STATES; i++) ret->corrections[i] = state_get_u64(in);
}

static void get_counts(StateIn *in, EngineCounts *counts)
{
  const Module *m = in->plan->module;
  uint64_t heard = state_get_u64(in), unreached = state_get_u64(in), faults = state_get_u64(in);
  ActCounts acts;
  get_act_counts(in, &acts);
  if (counts) {
    counts->acts = acts;
    counts->heard = heard;
    counts->unreached = unreached;
    counts->faults = faults;
  }
  for (uint32_t i = 0; i < m->Experience_count && !in->failed; i++) {
    ExperienceCounts nobodys = {0};
    get_experience_counts(in, counts ? &counts->experiences[i] : &nobodys);
  }
  for (uint32_t i = 0; i < m->Mot_count && !in->failed; i++) {
    MotCounts nobodys = {0};
    get_mot_counts(in, counts ? &counts->mots[i] : &nobodys);
  }
}

void state_get_engine(StateIn *in, Engine *engine, int64_t horizon)
{
  Loader from = {in, engine};
  uint64_t count = state_get_count(in, STATE_PARTITION_LEAST);
  if (count > 0 && !state_instant(horizon)) damaged(in, "its clock stands at no instant");
  if (engine) {
    engine->serial = SERIAL_FIRST;
    engine->horizon = horizon;
    engine->scene.now = horizon;
    timers_fetch(engine);
  }
  for (uint64_t i = 0; i < count && !in->failed; i++) get_partition(&from);
  get_counts(in, engine && engine->options->shard == 0 ? &engine->counts : NULL);
}
