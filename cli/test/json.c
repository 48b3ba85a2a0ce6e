/*
 * json.c - results of tests as one JSON object, for programs.
 */
#include <jansson.h>
#include <string.h>

#include "cli/test/results.h"

static json_t *lines_json(const char *lines)
{
  json_t *array = json_array();
  while (*lines) {
    size_t size = strcspn(lines, "\n");
    json_array_append_new(array, json_stringn(lines, size));
    lines += size + (lines[size] == '\n');
  }
  return array;
}

static json_t *failure_json(const TestFailure *failure)
{
  return json_pack("{s:i, s:i, s:s, s:o}", "line", (int)failure->place.line, "column", (int)failure->place.column,
                   "expected", failure->asked, "happened", lines_json(failure->happened));
}

static json_t *test_json(const TestResults *results, const TestResult *test)
{
  json_t *failures = json_array();
  for (size_t i = 0; i < test->count; i++) json_array_append_new(failures, failure_json(&test->failures[i]));
  return json_pack("{s:s, s:s, s:i, s:s, s:f, s:s*, s:o}", "name", test->info.name, "file",
                   results->files[test->file].path, "line", (int)test->info.place.line, "outcome",
                   result_failed(test) ? "failed" : "passed", "seconds", test->seconds, "error", test->trouble,
                   "failures", failures);
}

static json_t *broken_json(const TestResults *results)
{
  json_t *broken = json_array();
  for (size_t i = 0; i < results->file_count; i++)
    if (!results->files[i].rules) json_array_append_new(broken, json_string(results->files[i].path));
  return broken;
}

bool results_json(const TestResults *results)
{
  json_t *tests = json_array();
  for (size_t i = 0; i < results->count; i++) json_array_append_new(tests, test_json(results, &results->tests[i]));
  json_t *root = json_pack("{s:s, s:I, s:I, s:I, s:f, s:b, s:o, s:o, s:O*}", "version", mot_version(), "tests",
                           (json_int_t)results->count, "passed", (json_int_t)(results->count - results->failed),
                           "failed", (json_int_t)results->failed, "seconds", results->seconds, "stopped", results->cut,
                           "broken", broken_json(results), "results", tests, "coverage",
                           results->coverage);
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
