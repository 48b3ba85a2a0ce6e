/*
 * cmd_report.c - mot report: rules and events in, a review out.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/draft.h"
#include "cli/interrupt.h"
#include "cli/period.h"
#include "cli/quantity.h"
#include "cli/reading.h"
#include "cli/report_options.h"
#include "cli/rules.h"
#include "cli/say.h"
#include "cli/sink.h"
#include "cli/sources.h"
#include "report/render.h"
#include "report/session.h"
#include "mot/tools.h"

enum { COLUMNS_MOST = 110 };

typedef struct ReportJob {
  const Args *args;
  ReportOptions options;
  Sources sources;
  ModuleBytes module;
  mot_rules *rules;
  mot_run *run;
  ReviewSession *session;   /* NULL: only the end of the data is wanted */
  ReviewAsk ask;
  int64_t last;             /* the last event before the period's end; MOT_NO_TIME: none */
} ReportJob;

/* ---- the rules ---- */

static bool find_experience(ReportJob *job)
{
  const char *name = job->options.experience;
  job->ask.experience = name ? mot_rules_experience(job->rules, name) : MOT_NOT_FOUND;
  if (!name || job->ask.experience != MOT_NOT_FOUND) return true;
  say("report: the rules have no experience %s", name);
  const char *known;
  for (uint32_t i = 0; (known = mot_rules_experience_name(job->rules, i)) != NULL; i++)
    say_more("%s %s", i == 0 ? "they have" : "         ", known);
  return false;
}

/* ---- events ---- */

static bool call(const ReportJob *job, mot_status status)
{
  if (status == MOT_OK) return true;
  say("%s", mot_run_error(job->run));
  return false;
}

static bool take(void *user)
{
  const ReportJob *job = user;
  if (!job->session || review_take(job->session, job->run)) return true;
  return say_no_memory();
}

/* What lies between the last event and the period's end is judged only when there are events behind it: else
 * nobody knows what will have happened by then. */
static bool end_run(ReportJob *job, int64_t until)
{
  mot_run_stats stats;
  bool fine = call(job, mot_run_source(job->run, "", MOT_NDJSON)); /* ends the last one, whose last line may be open */
  if (!fine || !call(job, mot_run_flush(job->run))) return false;
  mot_run_get_stats(job->run, &stats);
  job->last = stats.clock;
  return take(job) && call(job, mot_run_end(job->run, stats.passed ? until : MOT_NO_TIME)) && take(job);
}

/* Evaluates all events before `until`; MOT_NO_TIME: all there are. */
static bool evaluate(ReportJob *job, int64_t until)
{
  mot_error error = {.text = ""};
  mot_run_options options = job->options.run;
  options.records = job->session ? REVIEW_RECORDS : MOT_RECORDS_NONE;
  options.has_end = until != MOT_NO_TIME;
  options.end = until;
  if (mot_run_open(job->rules, &options, &job->run, &error) != MOT_OK) {
    say("%s", error.text);
    return false;
  }
  Reading reading = {job->run, job->options.content, options.threads > 1, take, job};
  return reading_sources(&reading, &job->sources) && end_run(job, until);
}

/* ---- the period ---- */

/* The review that the command names, or else the first that fits the experience. */
static bool find_review(const ReportJob *job, const char *name, mot_review_info *ret)
{
  for (uint32_t i = 0; mot_rules_review_info(job->rules, i, ret); i++) {
    bool fits = job->ask.experience == MOT_NOT_FOUND || ret->experience == job->ask.experience;
    if (name ? strcmp(ret->name, name) == 0 : fits) return true;
  }
  return false;
}

/* Whether the events can be read more than once. */
static bool can_read_again(const ReportJob *job)
{
  bool again = job->sources.known;
  for (size_t i = 0; i < job->sources.count; i++) again = again && strcmp(job->sources.paths[i], "-") != 0;
  return again;
}

/* Looks for the last event. */
static bool last_event(ReportJob *job)
{
  if (!can_read_again(job)) {
    say("report: which period is the last is known when all events are; name one, or let --period be all");
    say_more("for example: --period 2016-03");
    return false;
  }
  bool fine = evaluate(job, MOT_NO_TIME);
  mot_run_free(job->run);
  job->run = NULL;
  return fine;
}

/* The last whole period of a review that the data has, or the first, when it has no whole one. */
static bool last_period(ReportJob *job, const mot_review_info *review)
{
  int64_t from, to;
  if (!last_event(job)) return false;
  if (job->last == MOT_NO_TIME) {
    say("report: there is no event");
    return false;
  }
  if (!mot_rules_period(job->rules, job->last, review->unit, review->every, -1, &from, &to)) return false;
  job->ask.period = (ReviewSpan){from, to};
  return true;
}

static bool is_name(const char *text)
{
  return text[0] >= 'A' && text[0] <= 'Z';
}

static void say_periods(const ReportJob *job, const char *text)
{
  say("report: \"%s\" is no period", text);
  say_more("write 2016, 2016-Q1, 2016-03, 2016-W09, 2016-03-05, 2016-01..2016-03, all, or the name of a review");
  mot_review_info review;
  for (uint32_t i = 0; mot_rules_review_info(job->rules, i, &review); i++)
    say_more("%s %s", i == 0 ? "the rules have the review" : "                         ", review.name);
}

static bool find_period(ReportJob *job)
{
  const char *text = job->options.period;
  mot_review_info review;
  job->ask.period = (ReviewSpan){MOT_NO_TIME, MOT_NO_TIME};
  if (text && strcmp(text, "all") == 0) return true;
  if (text && period_read(job->rules, text, &job->ask.period.from, &job->ask.period.to)) return true;
  bool named = text && is_name(text);
  if (text && !named) {
    say_periods(job, text);
    return false;
  }
  if (!text && !can_read_again(job)) return true;
  if (find_review(job, text, &review)) {
    if (text && job->ask.experience == MOT_NOT_FOUND) job->ask.experience = review.experience;
    return last_period(job, &review);
  }
  if (text) say_periods(job, text);
  return !text;
}

static void find_previous(ReportJob *job)
{
  job->ask.previous = (ReviewSpan){MOT_NO_TIME, MOT_NO_TIME};
  ReviewSpan before;
  int64_t first;
  if (!job->options.compare || !review_period_before(job->rules, job->ask.period, &before)) return;
  if (mot_rules_time(job->rules, "0001-01-01", &first) && before.from >= first) job->ask.previous = before;
}

/* ---- the review ---- */

/* Whether anything happened in the period; else it is said what there is. */
static bool has_anything(const ReportJob *job, const Review *review)
{
  for (uint32_t i = 0; i < review->experience_count; i++) {
    const ReviewExperience *at = &review->experiences[i];
    if (at->started + at->over + at->sco.produced + at->sco.missed + at->sco_void > 0) return true;
    if (at->moments.produced + at->moments.missed > 0) return true;
  }
  char from[64], to[64];
  if (review->run.events == 0 || job->ask.period.from == MOT_NO_TIME) {
    say("report: nothing of these rules happened in the events");
    return false;
  }
  mot_rules_local_time(job->rules, job->ask.period.from, from, sizeof from);
  mot_rules_local_time(job->rules, job->ask.period.to, to, sizeof to);
  say("report: nothing began or was decided between %s and %s", from, to);
  if (job->last == MOT_NO_TIME) return false;
  mot_rules_local_time(job->rules, job->last, to, sizeof to);
  say_more("the last event before its end is at %s", to);
  return false;
}

/* Columns of the terminal, as many as are good to read; 0: it is none. */
static unsigned terminal_columns(void)
{
  struct winsize size;
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col > COLUMNS_MOST ? COLUMNS_MOST : size.ws_col;
}

static RenderStatus render(const ReportJob *job, const Review *review, bool color, RenderSink sink)
{
  RenderOptions options = {.rules = job->rules, .color = color, .width = terminal_columns(),
                           .brief = job->options.brief};
  switch (job->options.format) {
  case REPORT_MARKDOWN: return render_markdown(review, &options, sink);
  case REPORT_HTML: return render_html(review, &options, sink);
  case REPORT_JSON: return render_json(review, &options, sink);
  default: return render_terminal(review, &options, sink);
  }
}

static bool put_draft(void *user, const char *bytes, size_t size)
{
  return draft_put(user, bytes, size);
}

static bool put_sink(void *user, const char *bytes, size_t size)
{
  return sink_put(user, bytes, size);
}

/* A file is there whole or not at all. */
static int write_file(const ReportJob *job, const Review *review)
{
  Draft draft;
  RenderStatus status = RENDER_REFUSED;
  if (draft_begin(&draft, job->options.output)) status = render(job, review, false, (RenderSink){put_draft, &draft});
  if (status == RENDER_NO_MEMORY) say_no_memory();
  bool done = status == RENDER_DONE && draft_commit(&draft);
  draft_drop(&draft);
  return done ? EXIT_FINE : EXIT_TROUBLE;
}

static int write_output(const ReportJob *job, const Review *review)
{
  Sink sink;
  bool color = wants_color(args_value(job->args, "color", "auto"), stdout);
  if (!sink_open(&sink, "-")) return EXIT_TROUBLE;
  RenderStatus status = render(job, review, color, (RenderSink){put_sink, &sink});
  if (status == RENDER_NO_MEMORY) say_no_memory();
  sink_close(&sink);
  return status == RENDER_NO_MEMORY || sink.state == SINK_FAILED ? EXIT_TROUBLE : EXIT_FINE;
}

/* Events that were not taken would make the figures wrong without a word. */
static void mention_rejected(const Review *review)
{
  uint64_t rejected = review->run.rejected, late = review->run.late;
  if (rejected + late == 0) return;
  say("%llu event%s rejected, %llu late: they are in no figure; `mot run --dead-letter FILE` keeps them",
      (unsigned long long)rejected, rejected == 1 ? "" : "s", (unsigned long long)late);
}

static int report(ReportJob *job)
{
  job->session = review_open(job->rules, &job->ask);
  if (!job->session) return say_no_memory(), EXIT_TROUBLE;
  if (!evaluate(job, job->ask.period.to)) return EXIT_TROUBLE;
  const Review *review = review_close(job->session, job->run);
  if (!review) return say_no_memory(), EXIT_TROUBLE;
  if (!has_anything(job, review)) return EXIT_TROUBLE;
  mention_rejected(review);
  return strcmp(job->options.output, "-") == 0 ? write_output(job, review) : write_file(job, review);
}

/* ---- the command ---- */

static bool reads_twice_from_input(const ReportJob *job)
{
  if (strcmp(job->args->operands[0], "-") != 0) return false;
  for (size_t i = 0; i < job->sources.count; i++)
    if (strcmp(job->sources.paths[i], "-") == 0) {
      say("the rules come from standard input: name the files of events");
      return true;
    }
  return false;
}

static bool output_apart(const ReportJob *job)
{
  const char *path = job->options.output;
  if (strcmp(path, "-") == 0) return true;
  if (!sources_have(&job->sources, path) && !same_file(job->args->operands[0], path)) return true;
  say("%s: this file is read, the report cannot be written to it", path);
  return false;
}

int run_report(const Args *args)
{
  ReportJob job = {.args = args};
  int code = EXIT_TROUBLE;
  interrupt_watch();
  if (report_options_read(args, &job.options) && sources_find(&job.sources, args->operands + 1, args->operand_count - 1) &&
      !reads_twice_from_input(&job) && output_apart(&job))
    code = rules_open(args, &job.module, &job.rules);
  if (code == EXIT_FINE) {
    code = EXIT_TROUBLE;
    if (find_experience(&job) && find_period(&job)) {
      find_previous(&job);
      code = report(&job);
    }
  }
  review_free(job.session);
  mot_run_free(job.run);
  mot_rules_free(job.rules);
  sources_free(&job.sources);
  module_close(&job.module);
  return code;
}
