/*
 * output.c - where what is covered goes, and whether it is enough.
 */
#include "cli/coverage/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/coverage/write.h"
#include "cli/file.h"
#include "cli/quantity.h"
#include "cli/say.h"

/* ---- options ---- */

/* By the ending of the name, unless --coverage-format says it. */
static const char *format_of(const Args *args, const char *path)
{
  static const char *const endings[][2] = {
    {".html", "html"}, {".htm", "html"}, {".json", "json"}, {".info", "lcov"}, {".lcov", "lcov"},
    {".xml", "cobertura"},
  };
  const char *said = args_value(args, "coverage-format", NULL), *dot = path ? strrchr(path, '.') : NULL;
  for (size_t i = 0; !said && dot && i < sizeof endings / sizeof *endings; i++)
    if (strcmp(dot, endings[i][0]) == 0) said = endings[i][1];
  return said ? said : "text";
}

/* A slip of the keyboard shall not cost anybody their rules. */
static bool is_rules(const Args *args, const char *path)
{
  size_t size = strlen(path);
  for (size_t i = 0; i < args->operand_count; i++)
    if (strcmp(args->operands[i], path) == 0) return true;
  return size > 4 && strcmp(path + size - 4, ".mot") == 0;
}

static bool check_files(const Args *args)
{
  size_t position = 0;
  const char *path;
  while ((path = args_next(args, "coverage-out", &position))) {
    if (strcmp(path, "-") == 0 || !is_rules(args, path)) continue;
    say("test: --coverage-out %s would take the place of rules: give it another name", path);
    return false;
  }
  return true;
}

bool coverage_options_read(const Args *args, CoverageOptions *ret)
{
  const char *min = args_value(args, "coverage-min", NULL), *format = args_value(args, "coverage-format", "text");
  bool out = args_has(args, "coverage-out"), results = strcmp(args_value(args, "format", "text"), "text") != 0;
  *ret = (CoverageOptions){.wanted = min || out || args_has(args, "coverage") || args_has(args, "coverage-format"),
                           .has_min = min != NULL};
  if (min && !percent_read(min, &ret->min)) {
    say("test: --coverage-min takes a share from 0 to 100 %%, such as 90%%, and \"%s\" is none", min);
    return false;
  }
  if (!check_files(args)) return false;
  if (out || strcmp(format, "text") == 0 || !results) return true;
  say("test: --coverage-format %s needs --coverage-out FILE, since the results of the tests go to standard output", format);
  return false;
}

/* ---- writing ---- */

static bool write_as(const Coverage *coverage, const char *format, bool color, FILE *out)
{
  if (strcmp(format, "json") == 0) return coverage_json(coverage, out);
  if (strcmp(format, "lcov") == 0) return coverage_lcov(coverage, out);
  if (strcmp(format, "cobertura") == 0) return coverage_cobertura(coverage, out);
  if (strcmp(format, "html") == 0) return coverage_html(coverage, out);
  return coverage_text(coverage, color, out);
}

static int write_file(const Coverage *coverage, const char *format, const char *path)
{
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  bool fine = out && write_as(coverage, format, false, out);
  if (out && fclose(out) != 0) fine = false;
  if (!fine) say_no_memory();
  fine = fine && file_replace(path, text, size);
  free(text);
  return fine ? EXIT_FINE : EXIT_TROUBLE;
}

/* Results in other forms than text have standard output for themselves. */
static int write_here(const Coverage *coverage, const Args *args, bool color)
{
  bool results = strcmp(args_value(args, "format", "text"), "text") != 0;
  const char *format = format_of(args, NULL);
  if (strcmp(args_value(args, "format", "text"), "json") == 0) return EXIT_FINE; /* it stands with them */
  FILE *out = results ? stderr : stdout;
  if (results) color = wants_color(args_value(args, "color", "auto"), stderr);
  return write_as(coverage, format, color, out) || say_no_memory() ? EXIT_FINE : EXIT_TROUBLE;
}

static bool enough(const Coverage *coverage, double min)
{
  Share share = share_of_all(coverage);
  return 100.0 * (double)share.reached >= min * (double)share.demanded;
}

static int judge(const Coverage *coverage, double min)
{
  char percent[40];
  Share share = share_of_all(coverage);
  if (enough(coverage, min)) return EXIT_FINE;
  fflush(stdout);
  say("the tests cover %s of what is demanded of them (%llu of %llu), less than the %g %% that --coverage-min asks for",
      share_shown(share, percent), (unsigned long long)share.reached, (unsigned long long)share.demanded, min);
  return EXIT_SHORT;
}

int coverage_write(const Coverage *coverage, const Args *args, const CoverageOptions *options, bool color)
{
  size_t position = 0;
  int code = EXIT_FINE;
  const char *path;
  bool elsewhere = false;
  if (coverage->rules_count == 0) return EXIT_FINE; /* none could be read, which was said */
  while ((path = args_next(args, "coverage-out", &position))) {
    bool here = strcmp(path, "-") == 0;
    int one = here ? write_here(coverage, args, color) : write_file(coverage, format_of(args, path), path);
    if (one > code) code = one;
    elsewhere = true;
  }
  if (!elsewhere) {
    code = write_here(coverage, args, color);
  } else if (strcmp(args_value(args, "format", "text"), "text") == 0) {
    fputs("coverage: ", stdout);
    coverage_put_total(coverage, stdout);
    fputc('\n', stdout);
  }
  int judged = options->has_min ? judge(coverage, options->min) : EXIT_FINE;
  return judged > code ? judged : code;
}
