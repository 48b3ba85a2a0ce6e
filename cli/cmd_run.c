/*
 * cmd_run.c - mot run: rules and events in, outcome records out.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/content.h"
#include "cli/dead_letter.h"
#include "cli/draft.h"
#include "cli/exposition.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/quantity.h"
#include "cli/rules.h"
#include "cli/run_summary.h"
#include "cli/say.h"
#include "cli/sources.h"
#include "cli/store/store.h"

typedef struct Job {
  const Args *args;
  RunOptions options;
  Sources sources;
  ModuleBytes module;
  mot_rules *rules;
  FileText state; /* of --load-state */
  mot_run *run;
  int64_t until;
  Sink records, dead;
  Store store;     /* of --sqlite */
  bool stored;     /* nothing went wrong with it */
  bool unexposed;  /* it could not be written */
  double exposed;  /* when --prometheus was last written, in seconds of the clock */
  Progress progress;
  uint64_t passed; /* bytes of the sources that were read */
  RunEnd end;
  bool ending;     /* all events were read */
  bool trouble;    /* said on standard error: the exit code is EXIT_TROUBLE */
} Job;

static bool fail(Job *job, const char *path, const char *why)
{
  if (path)
    say("%s: %s", file_shown(path), why);
  else
    say("%s", why);
  job->trouble = true;
  return false;
}

/* ---- before the first event ---- */

static bool reads_input(const Sources *sources)
{
  for (size_t i = 0; i < sources->count; i++)
    if (strcmp(sources->paths[i], "-") == 0) return true;
  return false;
}

/* The file behind the name of an output. */
static const char *output_file(const char *path)
{
  return strcmp(path, "-") == 0 ? "/dev/stdout" : path;
}

/* No output takes the place of what is read. */
static bool written_apart(const Job *job, const char *path)
{
  const char *load = job->options.load;
  if (!path) return true;
  const char *file = output_file(path), *what = NULL;
  if (sources_have(&job->sources, file))
    what = "events are read";
  else if (same_file(job->args->operands[0], file))
    what = "the rules come";
  else if (load && path != job->options.save && same_file(load, file))
    what = "the state comes";
  if (what)
    say("%s: %s from this file, nothing can be written to it", strcmp(path, "-") == 0 ? "standard output" : path, what);
  return !what;
}

static bool places_apart(const Job *job)
{
  if (strcmp(job->args->operands[0], "-") == 0 && reads_input(&job->sources)) {
    say("the rules come from standard input: name the files of events");
    return false;
  }
  const RunOptions *options = &job->options;
  return written_apart(job, options->output) && written_apart(job, options->dead_letter) &&
    written_apart(job, options->save) && written_apart(job, options->sqlite) && written_apart(job, options->prometheus);
}

static void mention_warnings(const Job *job)
{
  const char *path = job->args->operands[0];
  size_t warnings = job->module.compilation ? mot_warning_count(job->module.compilation) : 0;
  if (warnings == 0) return;
  say("%s: %zu warning%s; `mot check %s` shows %s", file_shown(path), warnings, warnings == 1 ? "" : "s", path,
      warnings == 1 ? "it" : "them");
}

static int load_rules(Job *job)
{
  const char *path = job->args->operands[0];
  int code = module_open(job->args, path, &job->module);
  if (code != EXIT_FINE) return code;
  mention_warnings(job);
  mot_error error = {.text = ""};
  mot_status status = mot_rules_load(job->module.bytes, job->module.size, NULL, &job->rules, &error);
  if (status == MOT_OK) return EXIT_FINE;
  say("%s: %s", file_shown(path), error.text);
  return status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
}

static bool read_until(Job *job)
{
  job->until = MOT_NO_TIME;
  if (!job->options.until || mot_rules_time(job->rules, job->options.until, &job->until)) return true;
  say("run: --until takes a time such as 2026-03-02 or 2026-03-02T09:00:00Z, not \"%s\"", job->options.until);
  return false;
}

static bool open_run(Job *job)
{
  mot_error error = {.text = ""};
  const char *load = job->options.load;
  mot_status status;
  if (load) {
    if (!file_read(load, SIZE_MAX, &job->state)) return false;
    status = mot_run_load(job->rules, &job->options.run, job->state.bytes, job->state.size, &job->run, &error);
  } else {
    status = mot_run_open(job->rules, &job->options.run, &job->run, &error);
  }
  free(job->state.bytes);
  job->state.bytes = NULL;
  if (status == MOT_OK) return true;
  if (load)
    say("%s: %s", load, error.text);
  else
    say("%s", error.text);
  return false;
}

/* Two names may lead to one file, which is known when it is there. */
static bool outputs_apart(const RunOptions *options)
{
  const char *paths[] = {options->output, options->dead_letter, options->save, options->sqlite, options->prometheus};
  enum { PATHS = sizeof paths / sizeof *paths };
  for (int i = 0; i < PATHS; i++) {
    for (int k = i + 1; k < PATHS; k++) {
      if (!paths[i] || !paths[k] || !same_file(output_file(paths[i]), output_file(paths[k]))) continue;
      say("run: %s and %s are one file, and only one output can go there", paths[i], paths[k]);
      return false;
    }
  }
  return true;
}

static bool open_sinks(Job *job)
{
  bool fine = sink_open(&job->records, job->options.output) && sink_open(&job->dead, job->options.dead_letter);
  job->records.prompt = !job->sources.known || isatty(job->records.fd);
  if (!fine || !outputs_apart(&job->options)) return false;
  if (!job->options.sqlite) return true;
  job->stored = store_open(&job->store, job->options.sqlite, job->rules, !job->options.load, !job->sources.known);
  return job->stored;
}

static int prepare(Job *job)
{
  const Args *args = job->args;
  if (!run_options_read(args, &job->options)) return EXIT_TROUBLE;
  if (!sources_find(&job->sources, args->operands + 1, args->operand_count - 1)) return EXIT_TROUBLE;
  if (!places_apart(job)) return EXIT_TROUBLE;
  int code = load_rules(job);
  if (code != EXIT_FINE) return code;
  return read_until(job) && open_run(job) && open_sinks(job) ? EXIT_FINE : EXIT_TROUBLE;
}

/* ---- events in, records out ---- */

/* Whether the run can go on after a call.  A source that is none is said and passed over. */
static bool goes_on(Job *job, mot_status status)
{
  if (status == MOT_OK) return true;
  fail(job, NULL, mot_run_error(job->run));
  job->trouble = status != MOT_INVALID;
  job->end.broken = job->end.broken || status == MOT_INVALID;
  return status == MOT_INVALID;
}

static bool put_line(Job *job, const mot_record *record)
{
  size_t size;
  if (!job->options.output) return true;
  const char *line = mot_record_json(job->run, record, &size);
  return line && sink_put(&job->records, line, size);
}

/* After the input's end much may be due still: an interruption gives that up. */
static void heed_interruption(Job *job)
{
  if (!job->ending || job->end.interrupted || !interrupt_noted()) return;
  job->end.interrupted = true;
  mot_run_stop(job->run);
}

/* One by one into the database. */
static bool store_records(Job *job)
{
  mot_record record;
  while (job->stored && mot_run_next(job->run, &record)) {
    job->stored = store_put(&job->store, job->run, &record);
    if (!put_line(job, &record)) return false;
    heed_interruption(job);
  }
  job->stored = job->stored && store_settle(&job->store);
  job->trouble = job->trouble || !job->stored;
  return job->stored;
}

/* Writes what is decided; false when nothing more can be written. */
static bool take(Job *job)
{
  const char *lines;
  size_t size;
  bool fine;
  if (job->options.sqlite && !store_records(job)) return false;
  do {
    if (!goes_on(job, mot_run_take_json(job->run, &lines, &size))) return false;
    fine = sink_put(&job->records, lines, size);
    heed_interruption(job);
  } while (fine && size > 0);
  mot_rejected rejected;
  while (mot_run_next_rejected(job->run, &rejected)) {
    causes_count(&job->end.causes, &rejected);
    fine = dead_letter_put(&job->dead, &rejected) && fine;
  }
  return fine;
}

static void show_progress(Job *job, const Input *input)
{
  if (!progress_due(&job->progress)) return;
  mot_run_stats stats;
  mot_run_get_stats(job->run, &stats);
  progress_draw(&job->progress, job->passed + input->read, stats.events);
}

/* Writes the figures anew; what goes wrong is said once. */
static void expose(Job *job, bool ended)
{
  double now = clock_seconds(), seconds = now - job->progress.began;
  job->exposed = now;
  if (exposition_write(job->options.prometheus, job->rules, job->run, ended, seconds)) return;
  job->options.prometheus = NULL;
  job->unexposed = true;
}

/* While events come live, every few seconds. */
static void expose_if_due(Job *job)
{
  enum { EXPOSE_SECONDS = 5 };
  bool live = job->options.prometheus && !job->sources.known;
  if (live && clock_seconds() - job->exposed >= EXPOSE_SECONDS) expose(job, false);
}

static bool begin_source(Job *job, const Input *input, const char *bytes, size_t size)
{
  mot_format format;
  if (!content_found(job->options.content, input->path, bytes, size, &format)) return false;
  return goes_on(job, mot_run_source(job->run, file_shown(input->path), format));
}

static bool feed(Job *job, const Input *input, const char *bytes, size_t size)
{
  bool prompt = job->records.prompt && input_waits(input); /* what is decided is told before a pause */
  show_progress(job, input);
  bool fine = goes_on(job, mot_run_feed(job->run, bytes, size)) &&
    (!prompt || goes_on(job, mot_run_flush(job->run))) && take(job);
  expose_if_due(job);
  return fine;
}

/* False when the run cannot go on. */
static bool read_bytes(Job *job, Input *input)
{
  const char *bytes;
  size_t size;
  bool begun = false;
  InputStatus status;
  while ((status = input_next(input, &bytes, &size)) == INPUT_BYTES) {
    if (!begun && !begin_source(job, input, bytes, size)) return job->end.broken = true, false;
    begun = true;
    if (!feed(job, input, bytes, size)) return false;
  }
  job->end.broken = job->end.broken || status == INPUT_BROKEN;
  job->end.interrupted = status == INPUT_INTERRUPTED;
  return status == INPUT_END;
}

static bool read_source(Job *job, const char *path)
{
  Input input;
  if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO)) say("events are read from the terminal; Ctrl-D ends them");
  bool threads = job->options.run.threads > 1;
  bool fine = input_open(&input, path, threads ? INPUT_BLOCK_THREADS : INPUT_BLOCK, threads);
  if (!fine) job->end.broken = true;
  fine = fine && read_bytes(job, &input);
  job->passed += input.read;
  input_close(&input);
  return fine;
}

static void read_sources(Job *job)
{
  for (size_t i = 0; i < job->sources.count; i++)
    if (!read_source(job, job->sources.paths[i])) return;
}

/* ---- after the last event ---- */

static bool writable(const Job *job)
{
  return job->records.state == SINK_FINE && job->dead.state == SINK_FINE;
}

static bool put_state(void *user, const void *bytes, size_t size)
{
  return draft_put(user, bytes, size);
}

static void save(Job *job)
{
  Draft draft;
  bool begun = draft_begin(&draft, job->options.save);
  mot_status status = begun ? mot_run_save(job->run, put_state, &draft) : MOT_OK;
  if (status != MOT_OK && status != MOT_IO) fail(job, job->options.save, mot_run_error(job->run));
  if (!begun || status != MOT_OK || !draft_commit(&draft)) {
    job->trouble = true;
    say_more("the state was not saved; what was there before is as it was");
  }
  draft_drop(&draft);
}

/* A state is only worth keeping when all before it was read and written. */
static void save_if_whole(Job *job)
{
  bool whole = !job->trouble && !job->end.broken && !job->end.interrupted;
  if (whole && sink_flush(&job->records) && sink_flush(&job->dead)) {
    save(job);
    return;
  }
  say("%s: the state was not saved, since the run did not get through", job->options.save);
  job->trouble = job->trouble || !job->end.interrupted;
}

static void end_run(Job *job)
{
  bool later = job->options.save || job->end.interrupted;
  job->ending = !later;
  if (goes_on(job, later ? mot_run_flush(job->run) : mot_run_end(job->run, job->until))) take(job);
  mot_run_stats stats;
  mot_run_get_stats(job->run, &stats);
  if (later || job->until == MOT_NO_TIME || stats.clock == MOT_NO_TIME || stats.clock <= job->until) return;
  char last[SHOWN_MAX];
  say("--until %s changed nothing: the last event is later, at %s", job->options.until,
      shown_instant(stats.clock, last));
}

/* What became of a run stands in the database with it. */
static void end_store(Job *job)
{
  bool complete = !job->trouble && !job->end.broken && !job->end.interrupted;
  job->store.one_key = job->options.run.key != NULL;
  if (job->stored) job->stored = store_end(&job->store, job->run, complete);
  job->trouble = job->trouble || !job->stored;
  store_close(&job->store);
}

static void summarise(Job *job)
{
  bool color = wants_color(args_value(job->args, "color", "auto"), stderr);
  job->end.seconds = clock_seconds() - job->progress.began;
  job->end.one_key = job->options.run.key != NULL;
  job->end.dead_letters_kept = job->options.dead_letter != NULL;
  job->end.unwritten = job->records.state != SINK_FINE || (job->options.sqlite && !job->stored);
  if (job->options.summary == SUMMARY_JSON) run_summary_json(job->rules, job->run, &job->end);
  if (job->options.summary != SUMMARY_TEXT) return;
  if (isatty(STDOUT_FILENO) && isatty(STDERR_FILENO) && job->options.output && strcmp(job->options.output, "-") == 0) fputc('\n', stderr);
  run_summary_text(job->rules, job->run, &job->end, color);
}

static int exit_code(Job *job)
{
  mot_run_stats stats;
  mot_run_get_stats(job->run, &stats);
  bool failed = job->records.state == SINK_FAILED || job->dead.state == SINK_FAILED;
  if (job->trouble || job->unexposed || failed || job->end.broken) return EXIT_TROUBLE;
  if (job->end.interrupted) return EXIT_INTERRUPTED;
  return job->options.strict && stats.rejected + stats.late > 0 ? EXIT_SHORT : EXIT_FINE;
}

static int evaluate(Job *job)
{
  interrupt_watch();
  bool color = wants_color(args_value(job->args, "color", "auto"), stderr);
  bool apart = !isatty(job->records.fd) || job->options.run.records == MOT_RECORDS_NONE;
  progress_begin(&job->progress, job->sources.known ? job->sources.bytes : 0, apart, color);
  mot_run_stats before;
  mot_run_get_stats(job->run, &before);
  job->end.events_before = before.events;
  job->end.bytes_before = before.bytes;
  read_sources(job);
  if (!job->trouble && writable(job)) end_run(job);
  if (job->options.sqlite) end_store(job);
  if (job->options.prometheus) expose(job, true);
  progress_clear(&job->progress);
  if (job->options.save) save_if_whole(job);
  sink_close(&job->records);
  sink_close(&job->dead);
  if (job->records.state != SINK_GONE) summarise(job);
  return exit_code(job);
}

int run_run(const Args *args)
{
  Job job = {.args = args, .records.fd = -1, .dead.fd = -1};
  int code = prepare(&job);
  if (code == EXIT_FINE) code = evaluate(&job);
  sink_close(&job.records);
  sink_close(&job.dead);
  store_close(&job.store);
  mot_run_free(job.run);
  mot_rules_free(job.rules);
  free(job.state.bytes);
  sources_free(&job.sources);
  module_close(&job.module);
  return code;
}
