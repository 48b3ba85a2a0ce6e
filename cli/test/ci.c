/*
 * ci.c - results of tests as JUnit XML, in the Test Anything Protocol, as GitHub workflow commands.
 */
#include <string.h>

#include "cli/markup.h"
#include "cli/test/results.h"

/* ---- JUnit ---- */

static void put_failures(const TestResults *results, const TestResult *test)
{
  for (size_t i = 0; i < test->count; i++) {
    const TestFailure *failure = &test->failures[i];
    printf("    <failure type=\"expectation\" message=\"");
    markup_xml(failure->asked, stdout);
    printf("\">");
    markup_xml(results->files[test->file].path, stdout);
    printf(":%u:%u: ", failure->place.line, failure->place.column);
    markup_xml(failure->asked, stdout);
    printf("\n");
    markup_xml(failure->happened, stdout);
    printf("</failure>\n");
  }
  if (!test->trouble) return;
  printf("    <error type=\"steps\" message=\"");
  markup_xml(test->trouble, stdout);
  printf("\"/>\n");
}

static void put_case(const TestResults *results, const TestResult *test)
{
  printf("  <testcase classname=\"");
  markup_xml(results->files[test->file].path, stdout);
  printf("\" name=\"");
  markup_xml(test->info.name, stdout);
  printf("\" time=\"%.3f\">\n", test->seconds);
  put_failures(results, test);
  printf("  </testcase>\n");
}

static void put_broken(const TestFile *file)
{
  printf("  <testcase classname=\"");
  markup_xml(file->path, stdout);
  printf("\" name=\"the rules compile\">\n    <error type=\"rules\" message=\"the rules have errors or could not be "
         "read\"/>\n  </testcase>\n");
}

bool results_junit(const TestResults *results)
{
  size_t errors = results->broken, failures = 0;
  for (size_t i = 0; i < results->count; i++) {
    errors += results->tests[i].trouble != NULL;
    failures += !results->tests[i].trouble && results->tests[i].count > 0;
  }
  printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  printf("<testsuite name=\"mot test\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"%.3f\">\n",
         results->count + results->broken, failures, errors, results->seconds);
  for (size_t i = 0; i < results->file_count; i++)
    if (!results->files[i].rules) put_broken(&results->files[i]);
  for (size_t i = 0; i < results->count; i++) put_case(results, &results->tests[i]);
  printf("</testsuite>\n");
  return true;
}

/* ---- TAP ---- */

/* A `#` would begin a directive. */
static void put_name(const char *name)
{
  for (const char *p = name; *p; p++) {
    if (*p == '#' || *p == '\\') putchar('\\');
    putchar((unsigned char)*p < 32 ? ' ' : *p);
  }
}

static void put_comment(const char *lines)
{
  while (*lines) {
    size_t size = strcspn(lines, "\n");
    printf("#   %.*s\n", (int)size, lines);
    lines += size + (lines[size] == '\n');
  }
}

static void put_point(const TestResults *results, size_t number, const TestResult *test)
{
  const char *path = results->files[test->file].path;
  printf("%sok %zu - ", result_failed(test) ? "not " : "", number);
  put_name(test->info.name);
  putchar('\n');
  if (test->trouble) printf("# %s: %s\n", path, test->trouble);
  for (size_t i = 0; i < test->count; i++) {
    const TestFailure *failure = &test->failures[i];
    printf("# %s:%u:%u: %s\n", path, failure->place.line, failure->place.column, failure->asked);
    put_comment(failure->happened);
  }
}

bool results_tap(const TestResults *results)
{
  size_t number = 0;
  printf("TAP version 13\n1..%zu\n", results->count + results->broken);
  for (size_t i = 0; i < results->file_count; i++) {
    if (results->files[i].rules) continue;
    printf("not ok %zu - ", ++number);
    put_name(results->files[i].path);
    printf(" compiles\n");
  }
  for (size_t i = 0; i < results->count; i++) put_point(results, ++number, &results->tests[i]);
  printf("# ");
  results_put_summary(results, stdout);
  putchar('\n');
  return true;
}

/* ---- GitHub ---- */

static void begin_error(const TestResults *results, const TestResult *test, const mot_place *place)
{
  printf("::error file=");
  markup_command(results->files[test->file].path, true, stdout);
  printf(",line=%u,col=%u,title=", place->line, place->column);
  markup_command(test->info.name, true, stdout);
  printf("::");
}

bool results_github(const TestResults *results)
{
  for (size_t i = 0; i < results->count; i++) {
    const TestResult *test = &results->tests[i];
    for (size_t k = 0; k < test->count; k++) {
      begin_error(results, test, &test->failures[k].place);
      markup_command(test->failures[k].asked, false, stdout);
      markup_command("\n", false, stdout);
      markup_command(test->failures[k].happened, false, stdout);
      putchar('\n');
    }
    if (!test->trouble) continue;
    begin_error(results, test, &test->info.place);
    markup_command(test->trouble, false, stdout);
    putchar('\n');
  }
  results_put_summary(results, stdout);
  putchar('\n');
  return true;
}
