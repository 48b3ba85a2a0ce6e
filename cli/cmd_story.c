/*
 * cmd_story.c - mot story: rules, events and a key in, one customer's story out.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/draft.h"
#include "cli/interrupt.h"
#include "cli/reading.h"
#include "cli/rules.h"
#include "cli/run_options.h"
#include "cli/say.h"
#include "cli/sink.h"
#include "cli/story/keys.h"
#include "cli/story/story.h"

enum { COLUMNS_MOST = 120, COLUMNS = 80 };

typedef enum StoryFormat { STORY_TEXT, STORY_MARKDOWN, STORY_HTML, STORY_JSON } StoryFormat;

typedef struct StoryJob {
  const Args *args;
  mot_run_options options;
  Content content;
  StoryFormat format;
  const char *key, *output;
  const char *journey;       /* NULL: all */
  Sources sources;
  ModuleBytes module;
  mot_rules *rules;
  uint32_t experience;       /* MOT_NOT_FOUND: all */
  int64_t from, until;       /* MOT_NO_TIME: as far as there are events */
  mot_run *run;
  Mem mem;
  Arena arena, scratch;
  StorySteps *steps;
  Keys keys;
} StoryJob;

/* ---- what is asked ---- */

static bool read_time(const StoryJob *job, const char *option, int64_t *ret)
{
  const char *text = args_value(job->args, option, NULL);
  *ret = MOT_NO_TIME;
  if (!text || mot_rules_time(job->rules, text, ret)) return true;
  say("story: --%s takes a time such as 2026-03-02 or 2026-03-02T09:00:00Z, not \"%s\"", option, text);
  return false;
}

static bool find_experience(StoryJob *job)
{
  const char *name = args_value(job->args, "experience", NULL), *known;
  job->experience = name ? mot_rules_experience(job->rules, name) : MOT_NOT_FOUND;
  if (!name || job->experience != MOT_NOT_FOUND) return true;
  say("story: the rules have no experience %s", name);
  for (uint32_t i = 0; (known = mot_rules_experience_name(job->rules, i)) != NULL; i++)
    say_more("%s %s", i == 0 ? "they have" : "         ", known);
  return false;
}

static bool read_options(StoryJob *job)
{
  const Args *args = job->args;
  job->key = args_value(args, "key", NULL);
  job->output = args_value(args, "output", "-");
  job->journey = args_value(args, "journey", NULL);
  job->content = (Content)option_choice("auto|ndjson|csv", args_value(args, "input", "auto"));
  job->format = (StoryFormat)option_choice("text|markdown|html|json", args_value(args, "format", "text"));
  if (!job->key) {
    say("story: whose story? --key says it, by a value of the first name of `for`");
    say_more("for example: mot story %s EVENTS --key c045", args->operands[0]);
    return false;
  }
  return run_limits_read(args, "story", &job->options);
}

static bool apart(const StoryJob *job)
{
  const char *path = job->output, *rules = job->args->operands[0];
  for (size_t i = 0; i < job->sources.count; i++) {
    if (strcmp(rules, "-") != 0 || strcmp(job->sources.paths[i], "-") != 0) continue;
    say("the rules come from standard input: name the files of events");
    return false;
  }
  if (strcmp(path, "-") == 0 || (!sources_have(&job->sources, path) && !same_file(rules, path))) return true;
  say("%s: this file is read, the story cannot be written to it", path);
  return false;
}

/* ---- events ---- */

static bool take_story(void *user)
{
  StoryJob *job = user;
  story_take(job->steps, job->run);
  return true;
}

static bool take_keys(void *user)
{
  StoryJob *job = user;
  size_t size;
  for (mot_trace step; mot_run_next_trace(job->run, &step);) {
    const char *key = step.kind == MOT_TRACE_EVENT ? mot_trace_key(job->run, &step, 0, &size) : NULL;
    if (key && !keys_meet(&job->keys, key, size)) return say_no_memory();
  }
  return true;
}

/* Evaluates all events; of all keys when `take` asks for them. */
static bool evaluate(StoryJob *job, bool (*take)(void *user))
{
  mot_error error = {.text = ""};
  mot_run_options options = job->options;
  options.trace = true;
  options.key = take == take_keys ? NULL : job->key;
  options.records = take == take_keys ? MOT_RECORDS_NONE : STORY_RECORDS;
  options.has_end = job->until != MOT_NO_TIME && job->until < INT64_MAX;
  options.end = options.has_end ? job->until + 1 : 0;
  if (mot_run_open(job->rules, &options, &job->run, &error) != MOT_OK) {
    say("%s", error.text);
    return false;
  }
  Reading reading = {.run = job->run, .content = job->content, .take = take, .user = job};
  return reading_sources(&reading, &job->sources) && reading_fine(&reading, mot_run_end(job->run, job->until)) &&
    take(job);
}

static bool can_read_again(const StoryJob *job)
{
  bool again = job->sources.known;
  for (size_t i = 0; i < job->sources.count; i++) again = again && strcmp(job->sources.paths[i], "-") != 0;
  return again;
}

/* No event has the key: which keys are there? */
static int say_missing(StoryJob *job)
{
  if (!can_read_again(job)) {
    say("story: no event that the rules use has the key \"%s\"", job->key);
    return EXIT_TROUBLE;
  }
  mot_run_free(job->run);
  job->run = NULL;
  if (!keys_begin(&job->keys, job->key)) say_no_memory();
  else if (evaluate(job, take_keys)) keys_say(&job->keys);
  keys_free(&job->keys);
  return EXIT_TROUBLE;
}

static int say_no_journey(const StoryJob *job, const Story *story)
{
  enum { SHOWN = 10 };
  say("story: there is no journey %s in the story of %s", job->journey, job->key);
  for (uint32_t i = 0; i < story->journeys.len && i < SHOWN; i++)
    say_more("%s %u: %s, from %s on", i == 0 ? "there are" : "         ", i + 1,
             story_journey(story, &story->journeys.data[i]), story_time(story, story->journeys.data[i].started));
  if (story->journeys.len > SHOWN) say_more("and %u more", story->journeys.len - SHOWN);
  return EXIT_TROUBLE;
}

static void mention_rejected(const StoryJob *job)
{
  mot_run_stats stats;
  mot_run_get_stats(job->run, &stats);
  if (stats.rejected + stats.late == 0) return;
  say("%llu event%s rejected, %llu late: they are in no story; `mot run --dead-letter FILE` keeps them",
      (unsigned long long)stats.rejected, stats.rejected == 1 ? "" : "s", (unsigned long long)stats.late);
}

/* ---- the story ---- */

/* Columns of the terminal, as many as are good to read. */
static unsigned columns(const StoryJob *job)
{
  struct winsize size;
  bool terminal = strcmp(job->output, "-") == 0 && isatty(STDOUT_FILENO);
  if (!terminal || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return COLUMNS;
  return size.ws_col > COLUMNS_MOST ? COLUMNS_MOST : size.ws_col;
}

static bool put_page(StoryJob *job, const Story *story, bool color, RenderSink sink)
{
  StoryPage page = {.sink = sink};
  buf_init(&page.buf, &job->arena);
  switch (job->format) {
  case STORY_HTML: story_html(story, &page); break;
  case STORY_MARKDOWN: story_markdown(story, &page); break;
  case STORY_JSON: story_json(story, &page); break;
  default: story_text(story, &page, columns(job), color);
  }
  return !page.refused;
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
static int write_file(StoryJob *job, const Story *story)
{
  Draft draft;
  bool fine = draft_begin(&draft, job->output) && put_page(job, story, false, (RenderSink){put_draft, &draft}) &&
    draft_commit(&draft);
  draft_drop(&draft);
  return fine ? EXIT_FINE : EXIT_TROUBLE;
}

static int write_output(StoryJob *job, const Story *story)
{
  Sink sink;
  bool color = wants_color(args_value(job->args, "color", "auto"), stdout);
  if (!sink_open(&sink, "-")) return EXIT_TROUBLE;
  put_page(job, story, color, (RenderSink){put_sink, &sink});
  sink_close(&sink);
  return sink.state == SINK_FAILED ? EXIT_TROUBLE : EXIT_FINE;
}

static int tell(StoryJob *job)
{
  jmp_buf oom;
  job->mem.oom = &oom;
  if (setjmp(oom)) {
    say_no_memory();
    return EXIT_TROUBLE;
  }
  job->steps = story_begin(&job->arena, job->rules, job->experience);
  if (!evaluate(job, take_story)) return interrupt_noted() ? EXIT_INTERRUPTED : EXIT_TROUBLE;
  mot_run_stats stats;
  mot_run_get_stats(job->run, &stats);
  Story *story = story_join(job->steps, &job->scratch, job->key, stats.clock);
  if (story->heads.len == 0) return say_missing(job);
  if (job->journey && !story_only(story, job->journey)) return say_no_journey(job, story);
  if (job->from != MOT_NO_TIME) story_from(story, job->from);
  mention_rejected(job);
  return strcmp(job->output, "-") == 0 ? write_output(job, story) : write_file(job, story);
}

/* ---- the command ---- */

int run_story(const Args *args)
{
  StoryJob job = {.args = args};
  int code = EXIT_TROUBLE;
  interrupt_watch();
  mem_init(&job.mem, NULL, NULL);
  arena_init(&job.arena, &job.mem);
  arena_init(&job.scratch, &job.mem);
  if (read_options(&job) && sources_find(&job.sources, args->operands + 1, args->operand_count - 1) && apart(&job))
    code = rules_open(args, &job.module, &job.rules);
  if (code == EXIT_FINE) {
    bool fine = find_experience(&job) && read_time(&job, "from", &job.from) && read_time(&job, "until", &job.until);
    code = fine ? tell(&job) : EXIT_TROUBLE;
  }
  mot_run_free(job.run);
  mot_rules_free(job.rules);
  arena_free(&job.arena);
  arena_free(&job.scratch);
  sources_free(&job.sources);
  module_close(&job.module);
  return code;
}
