/*
 * text.c - results of tests for people.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/quantity.h"
#include "cli/say.h"
#include "cli/test/results.h"

bool result_failed(const TestResult *result)
{
  return result->trouble || result->count > 0;
}

void results_free(TestResults *results)
{
  for (size_t i = 0; i < results->count; i++) {
    TestResult *test = &results->tests[i];
    for (size_t k = 0; k < test->count; k++) {
      free(test->failures[k].asked);
      free(test->failures[k].happened);
    }
    free(test->failures);
    free(test->trouble);
  }
  for (size_t i = 0; i < results->file_count; i++) {
    mot_rules_free(results->files[i].rules);
    module_close(&results->files[i].module);
  }
  free(results->tests);
  free(results->files);
}

/* The line of the text in which it stands. */
static void put_source(const TestResults *results, const TestResult *test, const mot_place *place)
{
  size_t size;
  const char *line = mot_rules_source_line(results->files[test->file].rules, place->file, place->line, &size);
  if (!line) return;
  printf("%s%7u |%s ", style(results->color, STYLE_DIM), place->line, style(results->color, STYLE_NONE));
  for (size_t i = 0; i < size; i++) putchar((unsigned char)line[i] < 32 ? ' ' : line[i]);
  putchar('\n');
}

/* Lines below `word`, which stands before the first of them. */
static void put_lines(const char *word, const char *lines)
{
  while (*lines) {
    size_t size = strcspn(lines, "\n");
    printf("    %-9s %.*s\n", word, (int)size, lines);
    lines += size + (lines[size] == '\n');
    word = "";
  }
}

static void put_failure(const TestResults *results, const TestResult *test, const TestFailure *failure)
{
  bool color = results->color;
  const mot_place *place = &failure->place;
  printf("  %s%s:%u:%u:%s this does not hold\n", style(color, STYLE_BOLD), results->files[test->file].path,
         place->line, place->column, style(color, STYLE_NONE));
  put_source(results, test, place);
  put_lines("expected", failure->asked + (strncmp(failure->asked, "expect ", 7) == 0 ? 7 : 0));
  put_lines("happened", failure->happened);
}

static void put_test(const TestResults *results, const TestResult *test)
{
  bool failed = result_failed(test), color = results->color;
  printf("%s%s%s %s\n", style(color, failed ? STYLE_ERROR : STYLE_HELP), failed ? "FAIL" : "ok  ",
         style(color, STYLE_NONE), test->info.name);
  if (test->trouble) printf("  %s: %s\n", results->files[test->file].path, test->trouble);
  for (size_t i = 0; i < test->count; i++) put_failure(results, test, &test->failures[i]);
}

static const char *tests_word(size_t n)
{
  return n == 1 ? "test" : "tests";
}

void results_put_summary(const TestResults *results, FILE *out)
{
  char took[SHOWN_MAX];
  size_t n = results->count;
  if (n == 0)
    fputs(results->left_out > 0 ? "no test has such a name" : "no tests", out);
  else if (results->failed > 0)
    fprintf(out, "%zu of %zu %s failed", results->failed, n, tests_word(n));
  else
    fprintf(out, "%zu %s passed", n, tests_word(n));
  if (n > 0) fprintf(out, " in %s", shown_time(results->seconds, took));
  if (results->cut) fputs(", stopped at the first failure", out);
  if (n > 0 && results->left_out > 0) fprintf(out, ", %zu not chosen by --run", results->left_out);
  if (results->broken > 0)
    fprintf(out, ", %zu file%s with errors", results->broken, results->broken == 1 ? "" : "s");
}

bool results_text(const TestResults *results)
{
  size_t file = SIZE_MAX;
  for (size_t i = 0; i < results->count; i++) {
    const TestResult *test = &results->tests[i];
    if (test->file != file && results->file_count > 1)
      printf("%s%s%s\n", style(results->color, STYLE_BOLD), results->files[test->file].path,
             style(results->color, STYLE_NONE));
    file = test->file;
    put_test(results, test);
  }
  results_put_summary(results, stdout);
  putchar('\n');
  return true;
}
