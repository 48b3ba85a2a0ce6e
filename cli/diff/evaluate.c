/*
 * evaluate.c - see evaluate.h: both runs side by side, block by block.
 */
#include "cli/diff/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "cli/content.h"
#include "cli/diff/pairs.h"
#include "cli/diff/rows.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "cli/say.h"
#include "cli/sources.h"

enum {
  RECORDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN | MOT_RECORD_ALERT |
            MOT_RECORD_CORRECTION | MOT_RECORD_TARGET | MOT_RECORD_GOAL,
  EXAMPLES_MOST = 1000
};

typedef struct Keys { /* of a record, in the form of Decided */
  char *bytes;
  size_t size, room;
} Keys;

typedef struct Job {
  const Args *args;
  Diff *diff;
  mot_run_options options;
  Content content;
  int64_t until;
  unsigned examples;
  Sources sources;
  DiffIndex index;
  Pairs pairs;
  Keys keys;
  mot_run *runs[DIFF_SIDES];
  Progress progress;
  uint64_t passed;      /* bytes of sources that were read through */
  bool interrupted;
} Job;

/* ---- records ---- */

static bool keys_put(Keys *keys, const void *bytes, size_t size)
{
  if (keys->size + size > keys->room) {
    size_t room = (keys->size + size) * 2 + 64;
    char *more = realloc(keys->bytes, room);
    if (!more) return false;
    keys->bytes = more;
    keys->room = room;
  }
  memcpy(keys->bytes + keys->size, bytes, size);
  keys->size += size;
  return true;
}

static bool keys_of(Keys *keys, const mot_run *run, const mot_record *record)
{
  keys->size = 0;
  for (size_t i = 0; i < record->keys; i++) {
    size_t size;
    const char *text = mot_record_key(run, record, i, &size);
    if (!keys_put(keys, &size, sizeof size) || !keys_put(keys, text, size)) return false;
  }
  return true;
}

static bool take_decided(Job *job, int side, const mot_record *record)
{
  mot_run *run = job->runs[side];
  mot_moment more = {.because = NULL};
  mot_record_moment(run, record, &more);
  if (!keys_of(&job->keys, run, record)) return false;
  bool open = record->kind == MOT_RECORD_OPEN, journey = record->kind == MOT_RECORD_JOURNEY;
  DiffExperience *experience = job->index.experiences[side][record->experience];
  Decided decided = {
    .side = side, .experience = experience, .opened = journey ? record->started : record->opened,
    .started = record->started, .journey_end = record->end, .key = job->keys.bytes, .key_size = job->keys.size,
    .end = {.there = true, .outcome = open ? MOT_OPEN : record->outcome, .reason = record->reason,
            .decided = open ? MOT_NO_TIME : record->time, .because = (char *)more.because},
  };
  if (!journey) decided.row = record->mot == MOT_NOT_FOUND ? &experience->rows[0] : job->index.mots[side][record->mot];
  return pairs_put(&job->pairs, &decided);
}

/* NULL: it is about a goal. */
static DiffRow *row_of(const Job *job, int side, const mot_record *record, const mot_act *act)
{
  if (act->goal != MOT_NOT_FOUND) return NULL;
  if (record->mot != MOT_NOT_FOUND) return job->index.mots[side][record->mot];
  return record->experience != MOT_NOT_FOUND ? &job->index.experiences[side][record->experience]->rows[0] : NULL;
}

static void count_breach(const Job *job, int side, const mot_record *record, const mot_act *act)
{
  DiffStanding *standing = NULL;
  if (record->kind == MOT_RECORD_TARGET && act->target != MOT_NOT_FOUND) standing = job->index.targets[side][act->target];
  if (record->kind == MOT_RECORD_GOAL && act->goal != MOT_NOT_FOUND) standing = job->index.goals[side][act->goal];
  if (standing && act->state == MOT_STATE_BREACHED) standing->breached[side]++;
}

static void take_act(Job *job, int side, const mot_record *record)
{
  mot_act act;
  if (!mot_record_act(job->runs[side], record, &act)) return;
  count_breach(job, side, record, &act);
  DiffRow *row = row_of(job, side, record, &act);
  if (!row) return;
  DiffCounts *counts = &row->counts[side];
  if (record->kind == MOT_RECORD_ALERT) counts->alerts += act.state == MOT_STATE_RAISED;
  if (record->kind != MOT_RECORD_CORRECTION) return;
  counts->corrections += act.state == MOT_STATE_OPENED;
  counts->overdue += act.state == MOT_STATE_OVERDUE;
}

static bool take(Job *job, int side)
{
  enum { DECIDED = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN };
  mot_record record;
  mot_rejected rejected;
  while (mot_run_next(job->runs[side], &record)) {
    if (!(record.kind & DECIDED))
      take_act(job, side, &record);
    else if (!take_decided(job, side, &record))
      return say_no_memory();
  }
  while (mot_run_next_rejected(job->runs[side], &rejected)) continue; /* counted in the figures */
  return true;
}

/* ---- events ---- */

static bool called(const Job *job, int side, mot_status status)
{
  if (status == MOT_OK) return true;
  say("%s", mot_run_error(job->runs[side]));
  return false;
}

/* Up to where nothing can come any more under either of the rules. */
static bool sweep(Job *job)
{
  int64_t until = INT64_MAX;
  for (int side = 0; side < DIFF_SIDES; side++) {
    mot_run_stats stats;
    if (!called(job, side, mot_run_flush(job->runs[side])) || !take(job, side)) return false;
    mot_run_get_stats(job->runs[side], &stats);
    int64_t lateness = job->options.has_lateness ? job->options.lateness : mot_rules_lateness(job->diff->rules[side]);
    int64_t watermark = stats.clock == MOT_NO_TIME ? INT64_MIN : stats.clock - lateness;
    if (watermark < until) until = watermark;
  }
  return pairs_sweep(&job->pairs, until) || say_no_memory();
}

static void show_progress(Job *job, const Input *input)
{
  if (!progress_due(&job->progress)) return;
  mot_run_stats stats;
  mot_run_get_stats(job->runs[DIFF_NEW], &stats);
  progress_draw(&job->progress, job->passed + input->read, stats.events);
}

static bool feed(Job *job, const Input *input, bool begun, const char *bytes, size_t size)
{
  mot_format format = MOT_NDJSON;
  if (!begun && !content_found(job->content, input->path, bytes, size, &format)) return false;
  for (int side = 0; side < DIFF_SIDES; side++) {
    mot_run *run = job->runs[side];
    if (!begun && !called(job, side, mot_run_source(run, file_shown(input->path), format))) return false;
    if (!called(job, side, mot_run_feed(run, bytes, size)) || !take(job, side)) return false;
  }
  show_progress(job, input);
  return !pairs_want_sweep(&job->pairs) || sweep(job);
}

static bool read_source(Job *job, const char *path)
{
  Input input;
  const char *bytes;
  size_t size;
  bool begun = false, threads = job->options.threads > 1, fine = true;
  InputStatus status = INPUT_BROKEN;
  if (input_open(&input, path, threads ? INPUT_BLOCK_THREADS : INPUT_BLOCK, threads))
    while (fine && (status = input_next(&input, &bytes, &size)) == INPUT_BYTES) {
      fine = feed(job, &input, begun, bytes, size);
      begun = true;
    }
  job->passed += input.read;
  job->interrupted = status == INPUT_INTERRUPTED;
  input_close(&input);
  return fine && status == INPUT_END;
}

/* ---- from the first event to the last figure ---- */

static bool read_options(Job *job)
{
  const Args *args = job->args;
  const char *examples = args_value(args, "examples", "5");
  job->content = (Content)option_choice("auto|ndjson|csv", args_value(args, "input", "auto"));
  if (!count_read(examples, &job->examples) || job->examples > EXAMPLES_MOST) {
    say("diff: --examples takes a number up to %d, not \"%s\"", EXAMPLES_MOST, examples);
    return false;
  }
  if (!run_limits_read(args, "diff", &job->options)) return false;
  job->options.key = args_value(args, "key", NULL);
  job->options.records = RECORDS;
  const char *until = args_value(args, "until", NULL);
  job->until = MOT_NO_TIME;
  if (!until || mot_rules_time(job->diff->rules[DIFF_NEW], until, &job->until)) return true;
  say("diff: --until takes a time such as 2026-03-02 or 2026-03-02T09:00:00Z, not \"%s\"", until);
  return false;
}

static bool open_runs(Job *job)
{
  mot_error error = {.text = ""};
  for (int side = 0; side < DIFF_SIDES; side++)
    if (mot_run_open(job->diff->rules[side], &job->options, &job->runs[side], &error) != MOT_OK) {
      say("%s", error.text);
      return false;
    }
  return true;
}

static bool end_runs(Job *job)
{
  for (int side = 0; side < DIFF_SIDES; side++)
    if (!called(job, side, mot_run_end(job->runs[side], job->until)) || !take(job, side)) return false;
  for (int side = 0; side < DIFF_SIDES; side++) rows_take(job->diff, &job->index, side, job->runs[side]);
  return pairs_end(&job->pairs) || say_no_memory();
}

static int evaluate(Job *job)
{
  bool color = wants_color(args_value(job->args, "color", "auto"), stderr), fine = true;
  if (!rows_make(job->diff, &job->index) || !pairs_begin(&job->pairs, job->examples)) return say_no_memory(), EXIT_TROUBLE;
  if (!open_runs(job)) return EXIT_TROUBLE;
  interrupt_watch();
  progress_begin(&job->progress, job->sources.known ? job->sources.bytes : 0, true, color);
  for (size_t i = 0; fine && i < job->sources.count; i++) fine = read_source(job, job->sources.paths[i]);
  fine = fine && end_runs(job);
  progress_clear(&job->progress);
  job->diff->evaluated = fine;
  if (job->interrupted) return EXIT_INTERRUPTED;
  return fine ? EXIT_FINE : EXIT_TROUBLE;
}

int diff_evaluate(const Args *args, Diff *diff)
{
  Job job = {.args = args, .diff = diff};
  int code = EXIT_TROUBLE;
  if (read_options(&job) && sources_find(&job.sources, args->operands + DIFF_SIDES, args->operand_count - DIFF_SIDES))
    code = evaluate(&job);
  for (int side = 0; side < DIFF_SIDES; side++) mot_run_free(job.runs[side]);
  pairs_free(&job.pairs);
  index_free(&job.index);
  free(job.keys.bytes);
  sources_free(&job.sources);
  return code;
}

static void row_free(DiffRow *row)
{
  for (size_t i = 0; i < row->example_count; i++) {
    free(row->examples[i].key);
    for (int side = 0; side < DIFF_SIDES; side++) free(row->examples[i].end[side].because);
  }
  free(row->examples);
  free(row->targets.list);
}

void diff_run_free(DiffRun *run)
{
  for (size_t i = 0; i < run->experience_count; i++) {
    for (size_t k = 0; k < run->experiences[i].row_count; k++) row_free(&run->experiences[i].rows[k]);
    free(run->experiences[i].rows);
  }
  free(run->experiences);
  free(run->goals.list);
  *run = (DiffRun){.experiences = NULL};
}
