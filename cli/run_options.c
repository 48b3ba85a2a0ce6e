/*
 * run_options.c - see run_options.h.
 */
#include "cli/run_options.h"

#include <string.h>
#include <unistd.h>

#include "cli/nearest.h"
#include "cli/quantity.h"
#include "cli/say.h"

/* Threads beyond that only cost. */
enum { THREADS_MOST = 256 };

/* What a database gets, and what is undecided at the end. */
enum { RECORDS_STORED = MOT_RECORDS_DEFAULT | MOT_RECORD_MEASURE | MOT_RECORD_SENTIMENT };

/* ---- --records ---- */

static const char *const kind_words[] = {"moment", "sco", "journey", "open", "target", "alert", "correction", "measure",
                                         "goal", "sentiment", "none"};
static const unsigned kind_bits[] = {MOT_RECORD_MOMENT, MOT_RECORD_SCO, MOT_RECORD_JOURNEY, MOT_RECORD_OPEN,
                                     MOT_RECORD_TARGET, MOT_RECORD_ALERT, MOT_RECORD_CORRECTION, MOT_RECORD_MEASURE,
                                     MOT_RECORD_GOAL, MOT_RECORD_SENTIMENT, MOT_RECORDS_NONE};

enum { KINDS = sizeof kind_words / sizeof *kind_words };

static bool no_kind(const char *word)
{
  say("run: there is no kind of record `%s`", word);
  const char *near = nearest_word(word, kind_words, KINDS);
  if (near)
    say_more("did you mean `%s`?", near);
  else
    say_more("--records takes moment, sco, journey, open, target, alert, correction, measure, goal, sentiment (with "
             "commas between them), or none");
  return false;
}

static bool add_kind(const char *text, size_t len, unsigned *bits)
{
  char word[32] = "";
  memcpy(word, text, len < sizeof word ? len : sizeof word - 1);
  for (unsigned i = 0; i < KINDS; i++) {
    if (strcmp(word, kind_words[i]) != 0) continue;
    *bits |= kind_bits[i];
    return true;
  }
  return no_kind(word);
}

static bool read_kinds(const char *text, unsigned *ret)
{
  unsigned bits = 0;
  for (const char *at = text; at; at = strchr(at, ',')) {
    if (*at == ',') at++;
    if (!add_kind(at, strcspn(at, ","), &bits)) return false;
  }
  if (bits & MOT_RECORDS_NONE && bits != MOT_RECORDS_NONE) {
    say("run: --records none stands alone");
    return false;
  }
  *ret = bits;
  return true;
}

/* ---- the others ---- */

static bool wrong_for(const char *command, const char *option, const char *wanted, const char *value)
{
  say("%s: --%s takes %s, not \"%s\"", command, option, wanted, value);
  return false;
}

static bool wrong(const char *option, const char *wanted, const char *value)
{
  return wrong_for("run", option, wanted, value);
}

static bool read_threads(const char *command, const char *text, unsigned *ret)
{
  if (!count_read(text, ret) || *ret > THREADS_MOST) return wrong_for(command, "threads", "a number up to 256", text);
  if (*ret > 0) return true;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  *ret = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (unsigned)processors;
  return true;
}

bool run_limits_read(const Args *args, const char *command, mot_run_options *run)
{
  const char *threads = args_value(args, "threads", "1"), *lateness = args_value(args, "lateness", NULL);
  const char *line = args_value(args, "max-line", NULL);
  if (!read_threads(command, threads, &run->threads)) return false;
  if (lateness && !length_read(lateness, &run->lateness))
    return wrong_for(command, "lateness", "a length of time such as \"60 s\" or \"1 h 30 min\"", lateness);
  if (line && !size_read(line, &run->max_line)) return wrong_for(command, "max-line", "a size such as 64K or 16M", line);
  run->has_lateness = lateness != NULL;
  return true;
}

static bool apart(const char *what, const char *path, const char *other, const char *other_path)
{
  if (!path || !other_path || strcmp(path, other_path) != 0) return true;
  say("run: %s and %s cannot both go to %s", what, other, path);
  return false;
}

static bool all_apart(const RunOptions *options)
{
  const struct {
    const char *what, *path;
  } outputs[] = {{"records", options->output}, {"dead letters", options->dead_letter}, {"the state", options->save},
                 {"the database", options->sqlite}, {"figures", options->prometheus}};
  for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
    for (size_t k = i + 1; k < sizeof outputs / sizeof *outputs; k++)
      if (!apart(outputs[i].what, outputs[i].path, outputs[k].what, outputs[k].path)) return false;
  return true;
}

static bool fit_together(const RunOptions *options)
{
  if (options->sqlite && (strcmp(options->sqlite, "-") == 0 || !*options->sqlite))
    return wrong("sqlite", "the name of a file", options->sqlite);
  if (options->prometheus && (strcmp(options->prometheus, "-") == 0 || !*options->prometheus))
    return wrong("prometheus", "the name of a file", options->prometheus);
  if (options->save && options->until) {
    say("run: --until ends the run, --save-state lets it go on later: one of them");
    return false;
  }
  if (options->save && options->run.records & MOT_RECORD_OPEN) {
    say("run: --records open is about the end of a run, --save-state lets it go on later: one of them");
    return false;
  }
  return all_apart(options);
}

int option_choice(const char *values, const char *value)
{
  int number = 0;
  for (size_t len = strlen(value); strncmp(values, value, len) != 0 || (values[len] && values[len] != '|'); number++)
    values = strchr(values, '|') + 1;
  return number;
}

bool run_options_read(const Args *args, RunOptions *ret_options)
{
  RunOptions options = {
    .content = (Content)option_choice("auto|ndjson|csv", args_value(args, "input", "auto")),
    .summary = (SummaryForm)option_choice("text|json|none", args_value(args, "summary", "text")),
    .output = args_value(args, "output", "-"),
    .dead_letter = args_value(args, "dead-letter", NULL),
    .save = args_value(args, "save-state", NULL),
    .sqlite = args_value(args, "sqlite", NULL),
    .prometheus = args_value(args, "prometheus", NULL),
    .load = args_value(args, "load-state", NULL),
    .until = args_value(args, "until", NULL),
    .strict = args_has(args, "strict"),
  };
  if (options.sqlite) {
    options.output = args_value(args, "output", NULL);
    options.run.records = RECORDS_STORED | (options.save ? 0 : MOT_RECORD_OPEN);
  }
  options.run.key = args_value(args, "key", NULL);
  const char *records = args_value(args, "records", NULL);
  if (records && !read_kinds(records, &options.run.records)) return false;
  if (!run_limits_read(args, "run", &options.run) || !fit_together(&options)) return false;
  *ret_options = options;
  return true;
}
