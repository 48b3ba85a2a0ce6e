/*
 * cmd_test.c - mot test: the tests of rule files, each in a run of its own.
 */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/coverage/coverage.h"
#include "cli/coverage/output.h"
#include "cli/coverage/watch.h"
#include "cli/coverage/write.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/test/explain.h"
#include "cli/test/mutate.h"
#include "cli/test/results.h"

typedef struct Job {
  const Args *args;
  TestResults results;
  regex_t chosen;
  bool choosing;      /* --run was given */
  bool fail_fast;
  CoverageOptions cover;
  Coverage coverage;
  int code;
} Job;

/* ---- one test ---- */

typedef void (*PutText)(const TestCase *test, const mot_expectation *expected, FILE *out);

/* What `put` writes, as a text from malloc; NULL when there is no memory. */
static char *written(PutText put, const TestCase *test, const mot_expectation *expected)
{
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  if (!out) return NULL;
  put(test, expected, out);
  return fclose(out) == 0 ? text : (free(text), NULL);
}

static bool add_failure(TestResult *result, const TestCase *test, const mot_expectation *expected)
{
  TestFailure *failure = &result->failures[result->count++];
  *failure = (TestFailure){
    .place = expected->place,
    .asked = written(expectation_put, test, expected),
    .happened = written(explain_put, test, expected),
  };
  return failure->asked && failure->happened;
}

static bool judge(TestResult *result, TestCase *test)
{
  result->trouble = test->trouble;
  test->trouble = NULL;
  if (result->trouble) return true;
  result->failures = calloc(test->info.expectations + 1, sizeof *result->failures);
  if (!result->failures) return false;
  for (size_t i = 0; i < test->info.expectations; i++) {
    const mot_expectation *expected = &test->expected[i];
    if (case_shows(test, expected) == expected->negated && !add_failure(result, test, expected)) return false;
  }
  return true;
}

static bool run_case(Job *job, TestCase *test, TestResult *result, uint32_t number)
{
  Watch watch;
  const mot_rules *rules = job->results.files[result->file].rules;
  CaseOptions options = {.watch = job->cover.wanted ? watch_step : NULL, .user = &watch};
  if (job->cover.wanted) watch_begin(&watch, &job->coverage, coverage_rules(&job->coverage, rules));
  bool fine = case_run_with(test, rules, number, &result->info, &options);
  if (job->cover.wanted) watch_end(&watch, test);
  return fine && judge(result, test);
}

static bool add_test(Job *job, size_t file, uint32_t number, const mot_test_info *info)
{
  TestResults *results = &job->results;
  if (results->count == results->room) {
    size_t room = results->room ? 2 * results->room : 64;
    TestResult *tests = realloc(results->tests, room * sizeof *tests);
    if (!tests) return false;
    results->tests = tests;
    results->room = room;
  }
  TestResult *result = &results->tests[results->count++];
  *result = (TestResult){.file = file, .info = *info};
  TestCase test;
  double began = clock_seconds();
  bool fine = run_case(job, &test, result, number);
  result->seconds = clock_seconds() - began;
  case_close(&test);
  results->failed += result_failed(result);
  return fine;
}

/* ---- all of them ---- */

/* False when no further test is to be run. */
static bool run_file(Job *job, size_t file)
{
  mot_test_info info;
  TestResults *results = &job->results;
  for (uint32_t i = 0; mot_rules_test(results->files[file].rules, i, &info); i++) {
    if (job->choosing && regexec(&job->chosen, info.name, 0, NULL, 0) != 0) {
      results->left_out++;
      continue;
    }
    if (!add_test(job, file, i, &info)) {
      job->code = EXIT_TROUBLE;
      return say_no_memory();
    }
    results->cut = job->fail_fast && results->failed > 0;
    if (results->cut) return false;
  }
  return true;
}

static void worst(Job *job, int code)
{
  if (code > job->code) job->code = code;
}

static bool open_file(Job *job, const char *path)
{
  TestFile *file = &job->results.files[job->results.file_count++];
  mot_error error = {.text = ""};
  *file = (TestFile){.path = file_shown(path)};
  int code = module_open(job->args, path, &file->module);
  if (code == EXIT_FINE) {
    mot_status status = mot_rules_load(file->module.bytes, file->module.size, NULL, &file->rules, &error);
    if (status == MOT_OK && job->cover.wanted && !coverage_add(&job->coverage, path, file->rules)) status = MOT_NO_MEMORY;
    if (status == MOT_OK) return true;
    say("%s: %s", file->path, error.text);
    code = status == MOT_INVALID ? EXIT_SHORT : EXIT_TROUBLE;
  }
  file->rules = NULL;
  job->results.broken++;
  worst(job, code);
  return false;
}

static void run_files(Job *job)
{
  double began = clock_seconds();
  for (size_t i = 0; i < job->args->operand_count; i++)
    if (open_file(job, job->args->operands[i]) && !run_file(job, i)) break;
  job->results.seconds = clock_seconds() - began;
  job->coverage.tests = job->results.count;
}

static bool write_results(const Job *job)
{
  const char *format = args_value(job->args, "format", "text");
  if (strcmp(format, "json") == 0) return results_json(&job->results);
  if (strcmp(format, "junit") == 0) return results_junit(&job->results);
  if (strcmp(format, "tap") == 0) return results_tap(&job->results);
  if (strcmp(format, "github") == 0) return results_github(&job->results);
  return results_text(&job->results);
}

/* --run, as a POSIX extended regular expression. */
static bool read_choice(Job *job)
{
  char why[200];
  const char *pattern = args_value(job->args, "run", NULL);
  if (!pattern) return true;
  int error = regcomp(&job->chosen, pattern, REG_EXTENDED | REG_NOSUB);
  job->choosing = error == 0;
  if (job->choosing) return true;
  regerror(error, &job->chosen, why, sizeof why);
  say("test: --run takes an extended regular expression, and \"%s\" is none: %s", pattern, why);
  return false;
}

static void write_all(Job *job)
{
  if (job->cover.wanted && !args_has(job->args, "coverage-out")) job->results.coverage = coverage_object(&job->coverage);
  if (!write_results(job)) say_no_memory(), worst(job, EXIT_TROUBLE);
  if (job->cover.wanted) worst(job, coverage_write(&job->coverage, job->args, &job->cover, job->results.color));
  json_decref(job->results.coverage);
}

static int say_apart(void)
{
  say("test: --mutate changes the rules, --coverage looks at them as they are: ask for one after the other");
  return EXIT_TROUBLE;
}

int run_test(const Args *args)
{
  Job job = {.args = args, .fail_fast = args_has(args, "fail-fast"), .coverage.args = args};
  if (!coverage_options_read(args, &job.cover)) return EXIT_TROUBLE;
  if (mutation_wanted(args)) return job.cover.wanted ? say_apart() : run_mutation(args);
  if (!read_choice(&job)) return EXIT_TROUBLE;
  job.results.color = wants_color(args_value(args, "color", "auto"), stdout);
  job.results.files = calloc(args->operand_count, sizeof *job.results.files);
  if (job.results.files) {
    run_files(&job);
    write_all(&job);
    if (job.results.failed > 0) worst(&job, EXIT_SHORT);
  } else {
    say_no_memory();
    job.code = EXIT_TROUBLE;
  }
  coverage_free(&job.coverage);
  results_free(&job.results);
  if (job.choosing) regfree(&job.chosen);
  return job.code;
}
