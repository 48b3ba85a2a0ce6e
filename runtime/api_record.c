/*
 * api_record.c - what a run tells: records, dead letters, figures.
 */
#include <string.h>

#include "runtime/grow.h"
#include "runtime/instant.h"
#include "runtime/intake.h"
#include "runtime/session.h"

/* ---- records ---- */

_Static_assert((int)MOT_MISSED == (int)OUTCOME_MISSED, "outcomes agree");
_Static_assert((int)MOT_OPEN == (int)OUTCOME_OPEN, "outcomes agree");
_Static_assert((int)MOT_FAULT == (int)VOID_FAULT, "reasons agree");
_Static_assert((int)MOT_EXPIRED == (int)JOURNEY_END_EXPIRED, "ends agree");
_Static_assert(MOT_RECORD_OPEN == 1 << OUTCOME_KIND_OPEN, "kinds agree");
_Static_assert(MOT_NOT_FOUND == MOT_NONE, "rows agree");

static inline void describe(const OutcomeRecord *record, mot_record *ret)
{
  *ret = (mot_record){
    .kind = 1u << record->kind,
    .outcome = (mot_outcome)record->outcome,
    .reason = (mot_reason)record->reason,
    .end = (mot_journey_end)record->end,
    .experience = record->experience,
    .mot = record->mot, /* MOT_NONE is MOT_NOT_FOUND */
    .time = record->time,
    .opened = record->opened,
    .deadline = record->deadline == INT64_MAX ? MOT_NO_TIME : record->deadline,
    .took = record->took,
    .paused = record->paused,
    .keys = record->keys.len / sizeof(OutcomeText),
    .started = record->started,
    .journey = record->journey,
    .data = record,
  };
}

static void make_ready(mot_run *run, void *user)
{
  (void)user;
  if (run->state == RUN_OPEN) intake_typed(run);
  session_next(run);
}

/* Typed events that wait, and what is due and left, are evaluated when their records are asked for. */
static bool ready(mot_run *run)
{
  if (run->state == RUN_REFUSED) return false;
  return merge_ready(&run->merge) || session_call(run, make_ready, NULL) == MOT_OK;
}

bool mot_run_next(mot_run *run, mot_record *ret_record)
{
  bool at_hand = merge_at_hand(&run->merge) && run->state != RUN_REFUSED;
  const OutcomeRecord *record = at_hand || ready(run) ? merge_take(&run->merge) : NULL;
  if (record) describe(record, ret_record);
  return record != NULL;
}

const char *mot_record_key(const mot_run *run, const mot_record *record, size_t key, size_t *ret_size)
{
  (void)run;
  const OutcomeRecord *outcome = record->data;
  *ret_size = 0;
  if (key >= record->keys) return "";
  OutcomeText text = outcome_key(outcome, (uint32_t)key);
  *ret_size = text.len;
  return outcome_at(outcome, text);
}

static void write_one(mot_run *run, void *user)
{
  const OutcomeRecord *record = *(const OutcomeRecord **)user;
  const RecordForms *forms = run->rules->forms;
  run->lines = grow(&run->mem, run->lines, &run->lines_room, outcome_json_room(forms, record) + 1, 1);
  run->taken_count = outcome_json(forms, record, run->lines);
  run->lines[run->taken_count] = 0;
}

const char *mot_record_json(mot_run *run, const mot_record *record, size_t *ret_size)
{
  const OutcomeRecord *outcome = record->data;
  if (session_call(run, write_one, &outcome) != MOT_OK) return NULL;
  *ret_size = run->taken_count;
  return run->lines;
}

/* ---- all records as lines ---- */

/* Records for which it pays to wake threads; so many that no more are put into one text. */
enum { TOGETHER_LEAST = 256, LINES_MOST = 50000 };

/* Writes one thread's stretch of the records. */
static void write_stretch(void *user, unsigned worker)
{
  mot_run *run = user;
  Shard *shard = &run->shards[worker];
  Mem *mem = workers_mem(run->workers, worker);
  const RecordForms *forms = run->rules->forms;
  size_t first = run->taken_count * worker / run->threads;
  size_t end = run->taken_count * (worker + 1) / run->threads;
  DayTexts days = {0};
  shard->lines_len = 0;
  for (size_t i = first; i < end; i++) {
    size_t room = shard->lines_len + outcome_json_room(forms, run->taken[i]);
    shard->lines = grow(mem, shard->lines, &shard->lines_room, room, 1);
    shard->lines_len += outcome_json_of(forms, run->taken[i], &days, shard->lines + shard->lines_len);
  }
}

/* The stretches of the other threads behind that of the first, whose memory is the caller's. */
static const char *join_stretches(mot_run *run, size_t *ret_size)
{
  Shard *first = &run->shards[0];
  size_t size = 0, at = first->lines_len;
  for (unsigned i = 0; i < run->threads; i++) size += run->shards[i].lines_len;
  *ret_size = size;
  if (size == 0) return "";
  first->lines = grow(&run->mem, first->lines, &first->lines_room, size, 1);
  for (unsigned i = 1; i < run->threads; i++) {
    const Shard *shard = &run->shards[i];
    if (shard->lines_len > 0) memcpy(first->lines + at, shard->lines, shard->lines_len);
    at += shard->lines_len;
  }
  return first->lines;
}

typedef struct Lines {
  const char *text;
  size_t size;
} Lines;

static void take_lines(mot_run *run, void *user)
{
  Lines *lines = user;
  make_ready(run, NULL);
  run->taken_count = 0;
  merge_take_some(&run->merge, LINES_MOST, &run->taken, &run->taken_count, &run->taken_room);
  session_need(run, run->taken_count < TOGETHER_LEAST ? workers_in_turn(run->workers, write_stretch, run)
                                                      : workers_together(run->workers, write_stretch, run));
  lines->text = join_stretches(run, &lines->size);
}

mot_status mot_run_take_json(mot_run *run, const char **ret_lines, size_t *ret_size)
{
  Lines lines;
  mot_status status = session_call(run, take_lines, &lines);
  if (status != MOT_OK) return status;
  *ret_lines = lines.text;
  *ret_size = lines.size;
  return MOT_OK;
}

/* ---- dead letters ---- */

bool mot_run_next_rejected(mot_run *run, mot_rejected *ret_rejected)
{
  if (run->state == RUN_REFUSED) return false;
  const DeadLetter *letter = rejects_take(&run->rejects);
  if (!letter) return false;
  *ret_rejected = (mot_rejected){
    .late = letter->reject.reason == REJECT_LATE,
    .source = letter->source->text,
    .line = letter->reject.line,
    .offset = letter->reject.offset,
    .reason = reject_word(letter->reject.reason),
    .field = letter->reject.field,
  };
  return true;
}

/* ---- figures ---- */

static void sum_engines(mot_run *run, mot_run_stats *stats)
{
  for (unsigned i = 0; i < run->threads; i++) {
    const EngineCounts *counts = engine_counts(run->shards[i].engine);
    stats->unreached += counts->unreached;
    stats->faults += counts->faults;
    stats->state += counts->bytes;
  }
}

static void sum_memory(mot_run *run, mot_run_stats *stats)
{
  for (unsigned i = 0; i < run->threads; i++) {
    const Mem *mem = workers_mem(run->workers, i);
    stats->memory += mem->in_use;
    stats->memory_peak += mem->peak;
  }
}

void mot_run_get_stats(mot_run *run, mot_run_stats *ret_stats)
{
  session_finish(run);
  *ret_stats = (mot_run_stats){
    .bytes = run->bytes,
    .events = run->input.at.arrival,
    .rejected = run->rejected,
    .late = run->late,
    .duplicate = run->duplicates,
    .unmapped = run->unmapped,
    .passed = run->passed,
    .records = run->told,
    .clock = run->state == RUN_ENDED ? run->now : run->sequence.largest,
  };
  sum_memory(run, ret_stats);
  if (run->state != RUN_REFUSED) sum_engines(run, ret_stats);
}

static void add_experience(mot_experience_stats *stats, const ExperienceCounts *counts)
{
  stats->started += counts->started;
  stats->over += counts->over;
  stats->live += counts->live;
  stats->closing += counts->closing;
  stats->produced += counts->sco[OUTCOME_PRODUCED];
  stats->missed += counts->sco[OUTCOME_MISSED];
  stats->voided += counts->sco[OUTCOME_VOID];
  stats->open += counts->sco[OUTCOME_OPEN];
}

/* From whole numbers, so that it does not depend on how the threads share the keys. */
static double disruption_of(const mot_run *run, const ExperienceRow *row)
{
  double lost = 0, weighed = 0;
  for (uint32_t i = 0; i < row->mots_count; i++) {
    uint64_t missed = 0, produced = 0;
    for (unsigned k = 0; k < run->threads; k++) {
      const MotCounts *counts = &engine_counts(run->shards[k].engine)->mots[row->mots + i];
      missed += counts->decided[OUTCOME_MISSED];
      produced += counts->decided[OUTCOME_PRODUCED];
    }
    double weight = run->rules->module.Mot[row->mots + i].weight;
    lost += weight * (double)missed;
    weighed += weight * (double)(missed + produced);
  }
  return weighed > 0 ? 100 * lost / weighed : -1;
}

bool mot_run_experience_stats(mot_run *run, uint32_t experience, mot_experience_stats *ret_stats)
{
  if (!session_finish(run) || experience >= run->rules->module.Experience_count) return false;
  *ret_stats = (mot_experience_stats){0};
  for (unsigned i = 0; i < run->threads; i++) {
    const ExperienceCounts *counts = &engine_counts(run->shards[i].engine)->experiences[experience];
    add_experience(ret_stats, counts);
  }
  ret_stats->disruption = disruption_of(run, &run->rules->module.Experience[experience]);
  return true;
}

bool mot_run_mot_stats(mot_run *run, uint32_t mot, mot_mot_stats *ret_stats)
{
  if (!session_finish(run) || mot >= run->rules->module.Mot_count) return false;
  *ret_stats = (mot_mot_stats){0};
  for (unsigned i = 0; i < run->threads; i++) {
    const MotCounts *counts = &engine_counts(run->shards[i].engine)->mots[mot];
    ret_stats->opened += counts->opened;
    ret_stats->produced += counts->decided[OUTCOME_PRODUCED];
    ret_stats->missed += counts->decided[OUTCOME_MISSED];
    ret_stats->open += counts->decided[OUTCOME_OPEN];
    ret_stats->voided += counts->reasons[VOID_VOIDED];
    ret_stats->superseded += counts->reasons[VOID_SUPERSEDED];
    ret_stats->paused += counts->reasons[VOID_PAUSED];
    ret_stats->fault += counts->reasons[VOID_FAULT];
  }
  return true;
}
