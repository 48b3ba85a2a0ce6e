/*
 * results.h - what became of all the tests, and the ways to write it.
 */
#ifndef MOT_CLI_TEST_RESULTS_H
#define MOT_CLI_TEST_RESULTS_H

#include <jansson.h>
#include <stdio.h>

#include "cli/rules.h"
#include "mot/tools.h"

/* An expectation that does not hold. */
typedef struct TestFailure {
  mot_place place;
  char *asked;          /* as it is written, in one line */
  char *happened;       /* lines */
} TestFailure;

typedef struct TestResult {
  size_t file;
  mot_test_info info;
  char *trouble;        /* NULL: it could be run */
  TestFailure *failures;
  size_t count;
  double seconds;
} TestResult;

typedef struct TestFile {
  const char *path;     /* as it is shown */
  ModuleBytes module;
  mot_rules *rules;     /* NULL: they could not be made */
} TestFile;

typedef struct TestResults {
  TestFile *files;
  size_t file_count;
  TestResult *tests;
  size_t count, room;
  size_t failed;
  size_t broken;        /* files whose tests could not be looked at */
  size_t left_out;      /* by --run */
  bool cut;             /* --fail-fast: there may be more */
  double seconds;
  bool color;
  json_t *coverage;     /* for JSON, beside the results; NULL: none was asked for */
} TestResults;

bool result_failed(const TestResult *result);
void results_free(TestResults *results);

/* The ways to write it, to standard output; false when there is no memory. */
bool results_text(const TestResults *results);
bool results_json(const TestResults *results);
bool results_junit(const TestResults *results);
bool results_tap(const TestResults *results);
bool results_github(const TestResults *results);
/* "2 of 5 tests failed in 0.01 s", without a line feed. */
void results_put_summary(const TestResults *results, FILE *out);

#endif
