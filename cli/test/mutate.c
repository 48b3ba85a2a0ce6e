/*
 * mutate.c - mot test --mutate: what is asked for, the files, their tests as they are.
 */
#include "cli/test/mutate.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/quantity.h"
#include "cli/rules.h"
#include "cli/say.h"
#include "cli/test/case.h"

enum { THREADS_MOST = 256, RECORDS_MORE = 1000, RECORDS_TIMES = 20 };

typedef struct Asked {
  Mutation mutation;
  regex_t chosen;
  bool choosing;  /* --run was given */
  double least;   /* --mutate-min, in percent; negative: none */
  unsigned kinds; /* --mutate-kinds */
  size_t failed;  /* tests that fail with the rules as they are */
  int code;
} Asked;

bool mutation_wanted(const Args *args)
{
  return args_has(args, "mutate") || args_has(args, "mutate-min") || args_has(args, "mutate-kinds");
}

const char *mutant_kind_name(mot_mutation_kind kind)
{
  static const char *const names[] = {
    [MOT_MUTATE_BOUND] = "bound",   [MOT_MUTATE_COUNT] = "count", [MOT_MUTATE_COMPARISON] = "comparison",
    [MOT_MUTATE_LOGIC] = "logic",   [MOT_MUTATE_VALUE] = "value", [MOT_MUTATE_CLAUSE] = "clause",
    [MOT_MUTATE_TARGET] = "target",
  };
  return kind <= MOT_MUTATE_TARGET ? names[kind] : NULL;
}

/* ---- what is asked ---- */

static bool wrong(const char *option, const char *wanted, const char *value)
{
  say("test: --%s takes %s, not \"%s\"", option, wanted, value);
  return false;
}

/* Bits by mot_mutation_kind. */
static bool read_kinds(const char *text, unsigned *ret)
{
  const char *name;
  *ret = 0;
  for (const char *at = text;; at++) {
    size_t size = strcspn(at, ",");
    unsigned kind = 0;
    while ((name = mutant_kind_name((mot_mutation_kind)kind)) && (strncmp(name, at, size) != 0 || name[size]))
      kind++;
    if (!name) return false;
    *ret |= 1u << kind;
    at += size;
    if (!*at) return true;
  }
}

static bool read_choice(Asked *asked, const char *pattern)
{
  char why[200];
  if (!pattern) return true;
  int error = regcomp(&asked->chosen, pattern, REG_EXTENDED | REG_NOSUB);
  asked->choosing = error == 0;
  if (asked->choosing) return true;
  regerror(error, &asked->chosen, why, sizeof why);
  say("test: --run takes an extended regular expression, and \"%s\" is none: %s", pattern, why);
  return false;
}

static bool read_threads(const char *text, unsigned *ret)
{
  if (!count_read(text, ret) || *ret > THREADS_MOST) return wrong("threads", "a number up to 256", text);
  if (*ret > 0) return true;
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  *ret = processors < 1 ? 1 : processors > THREADS_MOST ? THREADS_MOST : (unsigned)processors;
  return true;
}

static bool read_asked(Asked *asked, const Args *args)
{
  const char *least = args_value(args, "mutate-min", NULL), *format = args_value(args, "format", "text");
  const char *kinds = args_value(args, "mutate-kinds", NULL);
  asked->least = -1;
  asked->kinds = ~0u;
  if (kinds && !read_kinds(kinds, &asked->kinds))
    return wrong("mutate-kinds",
                 "bound, count, comparison, logic, value, clause, target, with commas between", kinds);
  if (least && !percent_read(least, &asked->least))
    return wrong("mutate-min", "a share from 0% to 100%", least);
  if (strcmp(format, "junit") == 0 || strcmp(format, "tap") == 0) {
    say("test: --mutate writes text, json or github, not %s", format);
    return false;
  }
  return read_threads(args_value(args, "threads", "0"), &asked->mutation.threads) &&
         read_choice(asked, args_value(args, "run", NULL));
}

/* ---- a file ---- */

static void worst(Asked *asked, int code)
{
  if (code > asked->code) asked->code = code;
}

/* A file's text, its rules, its changes.  False after saying why not. */
static bool open_file(Asked *asked, MutantFile *file, const char *path)
{
  mot_error error = {.text = ""};
  size_t size;
  *file = (MutantFile){.path = path, .shown = file_shown(path)};
  if (!file_read(path, RULES_MOST, &file->text)) return worst(asked, EXIT_TROUBLE), false;
  file->path = file->shown;
  if (file->text.size >= 4 && memcmp(file->text.bytes, "motc", 4) == 0) {
    say("%s: a module has no text that can be changed: name the rule file", file->shown);
    return worst(asked, EXIT_TROUBLE), false;
  }
  mot_status status = mot_compile_text(file->path, file->text.bytes, file->text.size,
                                       &asked->mutation.options, &file->compilation, &error);
  if (status == MOT_REJECTED) {
    rules_complain(asked->mutation.args, path, file->compilation);
    return worst(asked, EXIT_SHORT), false;
  }
  const void *module = status == MOT_OK ? mot_module(file->compilation, &size) : NULL;
  if (module) status = mot_rules_load(module, size, NULL, &file->rules, &error);
  if (status == MOT_OK)
    status = mot_mutations_of(file->path, file->text.bytes, file->text.size, &asked->mutation.options,
                              &file->mutations, &error);
  if (status != MOT_OK) say("%s", error.text), worst(asked, EXIT_TROUBLE);
  return status == MOT_OK;
}

/* ---- tests as they are ---- */

static const char *first_wrong(const TestCase *test)
{
  if (test->trouble) return test->trouble;
  for (size_t i = 0; i < test->info.expectations; i++)
    if (case_shows(test, &test->expected[i]) == test->expected[i].negated)
      return "an expectation does not hold";
  return NULL;
}

static bool add_test(Asked *asked, MutantFile *file, uint32_t number, const mot_test_info *info)
{
  TestCase test;
  MutantTest *tests = realloc(file->tests, (file->test_count + 1) * sizeof *tests);
  if (!tests) return say_no_memory();
  file->tests = tests;
  bool fine = case_run(&test, file->rules, number, info);
  const char *why = fine ? first_wrong(&test) : NULL;
  if (why) {
    say("%s:%u:%u: \"%s\" fails: %s", file->shown, info->place.line, info->place.column, info->name, why);
    asked->failed++;
  }
  file->tests[file->test_count++] = (MutantTest){number, *info, RECORDS_MORE + RECORDS_TIMES * test.count};
  case_close(&test);
  return fine || say_no_memory();
}

static bool add_tests(Asked *asked, MutantFile *file)
{
  mot_test_info info;
  for (uint32_t i = 0; mot_rules_test(file->rules, i, &info); i++) {
    if (asked->choosing && regexec(&asked->chosen, info.name, 0, NULL, 0) != 0) continue;
    if (interrupt_noted()) return worst(asked, EXIT_INTERRUPTED), false;
    if (!add_test(asked, file, i, &info)) return worst(asked, EXIT_TROUBLE), false;
  }
  return true;
}

static bool add_mutants(Asked *asked, size_t file)
{
  Mutation *mutation = &asked->mutation;
  mot_mutation change;
  size_t more = 0;
  while (mot_mutation_at(mutation->files[file].mutations, more, &change)) more++;
  Mutant *mutants = realloc(mutation->mutants, (mutation->count + more + 1) * sizeof *mutants);
  if (!mutants) return worst(asked, EXIT_TROUBLE), say_no_memory();
  mutation->mutants = mutants;
  for (size_t i = 0; mot_mutation_at(mutation->files[file].mutations, i, &change); i++)
    if (asked->kinds >> change.kind & 1)
      mutants[mutation->count++] = (Mutant){.file = file, .change = change};
  return true;
}

/* ---- all of them ---- */

static bool open_files(Asked *asked)
{
  const Args *args = asked->mutation.args;
  asked->mutation.files = calloc(args->operand_count, sizeof *asked->mutation.files);
  if (!asked->mutation.files) return worst(asked, EXIT_TROUBLE), say_no_memory();
  for (size_t i = 0; i < args->operand_count; i++) {
    MutantFile *file = &asked->mutation.files[asked->mutation.file_count++];
    if (!open_file(asked, file, args->operands[i]) || !add_tests(asked, file) || !add_mutants(asked, i))
      return false;
  }
  if (asked->failed == 0) return true;
  say("test: %zu test%s fail%s with the rules as they are: nothing was changed", asked->failed,
      asked->failed == 1 ? "" : "s", asked->failed == 1 ? "s" : "");
  say_more("`mot test` shows what happens instead");
  return worst(asked, EXIT_SHORT), false;
}

static void write_results(Asked *asked)
{
  Mutation *mutation = &asked->mutation;
  const char *format = args_value(mutation->args, "format", "text");
  if (strcmp(format, "json") == 0) {
    if (!mutation_json(mutation)) say_no_memory(), worst(asked, EXIT_TROUBLE);
  } else if (strcmp(format, "github") == 0) {
    mutation_github(mutation);
  } else {
    mutation_text(mutation);
  }
}

static void judge(Asked *asked)
{
  const Mutation *mutation = &asked->mutation;
  double killed = (double)mutation->fates[MUTANT_KILLED],
         count = killed + (double)mutation->fates[MUTANT_SURVIVED];
  if (mutation->fates[MUTANT_UNTRIED] > 0) worst(asked, EXIT_INTERRUPTED);
  /* Products of whole numbers are exact, quotients are not. */
  if (asked->least < 0 || 100 * killed >= asked->least * count) return;
  fflush(stdout);
  say("test: tests notice %.4g %% of the changes, less than the %.4g %% of --mutate-min",
      100 * killed / count, asked->least);
  worst(asked, EXIT_SHORT);
}

static void close_all(Asked *asked)
{
  Mutation *mutation = &asked->mutation;
  for (size_t i = 0; i < mutation->file_count; i++) {
    MutantFile *file = &mutation->files[i];
    mot_mutations_free(file->mutations);
    mot_rules_free(file->rules);
    mot_compilation_free(file->compilation);
    free(file->text.bytes);
    free(file->tests);
  }
  free(mutation->files);
  free(mutation->mutants);
  if (asked->choosing) regfree(&asked->chosen);
}

int run_mutation(const Args *args)
{
  Asked asked = {.mutation.args = args};
  mot_compile_options *options = &asked.mutation.options;
  const char **dirs = rules_library_dirs(args, &options->library_dir_count);
  options->library_dirs = dirs;
  options->errors_only = true;
  asked.mutation.color = wants_color(args_value(args, "color", "auto"), stdout);
  if (!read_asked(&asked, args)) {
    asked.code = EXIT_TROUBLE;
  } else if (interrupt_watch(), open_files(&asked)) {
    if (!mutation_try(&asked.mutation)) {
      say_no_memory();
      asked.code = EXIT_TROUBLE;
    } else {
      write_results(&asked);
      judge(&asked);
    }
  }
  close_all(&asked);
  free(dirs);
  return asked.code;
}
