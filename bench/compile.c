/*
 * compile.c - how fast rules compile, how much memory that takes, whether time
 * is linear in the size, and how long a small check takes from process start.
 *
 *   compile [MOT RULES]   the table below, then a check of RULES by the command MOT
 *   compile --write [N]   the framework of 2,000 (N) MOTs on standard output
 *
 * Each row is the median of several runs in this process, in processor time (the
 * compiler has one thread); the last column is nanoseconds a line, compared with
 * the first row.  The check from process start is on the wall clock.
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/framework.h"
#include "mot/mot.h"

enum { RUNS = 7, STARTS = 41 };

static double clock_now(clockid_t clock)
{
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int count)
{
  qsort(values, (size_t)count, sizeof *values, by_value);
  return values[count / 2];
}

static void show_findings(mot_compilation *c)
{
  mot_finding f;
  for (size_t i = 0; i < 5 && mot_finding_get(c, i, &f); i++)
    fprintf(stderr, "%s:%u: %s %s\n", f.place.file, f.place.line, f.code, f.message);
}

/* One compilation; seconds, or -1 when the framework is refused. */
static double compile_once(const Framework *f, bool check_only, size_t *ret_memory, size_t *ret_module)
{
  mot_compile_options options = {.check_only = check_only};
  mot_compilation *c = NULL;
  mot_error error;
  double start = clock_now(CLOCK_PROCESS_CPUTIME_ID);
  mot_status status = mot_compile_text("framework.mot", f->text, f->size, &options, &c, &error);
  double took = clock_now(CLOCK_PROCESS_CPUTIME_ID) - start;
  if (status == MOT_OK) {
    *ret_memory = mot_compilation_memory(c);
    mot_module(c, ret_module);
  } else {
    took = -1;
    if (c) show_findings(c);
    fprintf(stderr, "status %d %s\n", status, c ? "" : error.text);
  }
  mot_compilation_free(c);
  return took;
}

static bool measure(unsigned mots, bool check_only, double *first)
{
  Framework f = framework_make(mots);
  double took[RUNS];
  size_t memory = 0, module = 0;
  for (int i = 0; i < RUNS; i++) {
    took[i] = compile_once(&f, check_only, &memory, &module);
    if (took[i] < 0) return false;
  }
  double seconds = median(took, RUNS), per_line = seconds * 1e9 / f.lines;
  if (*first == 0) *first = per_line;
  printf("%-8s %6u %8u %9.1f %12.0f %11.0f %10zu %9.0f %6.2f\n", check_only ? "check" : "compile", mots, f.lines,
         seconds * 1e3, f.lines / seconds, (double)memory / f.lines, module, per_line, per_line / *first);
  free(f.text);
  return true;
}

static double start_once(const char *mot, const char *rules)
{
  double start = clock_now(CLOCK_MONOTONIC);
  pid_t child = fork();
  if (child == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execl(mot, "mot", "check", rules, (char *)NULL);
    _exit(127);
  }
  int status;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? clock_now(CLOCK_MONOTONIC) - start : -1;
}

/* The example framework: about a hundred lines. */
static bool measure_start(const char *mot, const char *rules)
{
  double took[STARTS];
  for (int i = 0; i < STARTS; i++)
    if ((took[i] = start_once(mot, rules)) < 0) return false;
  double middle = median(took, STARTS);
  printf("\n`mot check %s`, from process start: median %.2f ms, slowest of %d %.2f ms\n", rules, middle * 1e3, STARTS,
         took[STARTS - 1] * 1e3);
  return true;
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "--write") == 0) {
    Framework f = framework_make(argc > 2 ? (unsigned)atoi(argv[2]) : 2000);
    fwrite(f.text, 1, f.size, stdout);
    return 0;
  }
  printf("what       MOTs    lines        ms      lines/s  bytes/line     module   ns/line  ratio\n");
  double check = 0, compile = 0;
  for (unsigned mots = 250; mots <= 4000; mots *= 2)
    if (!measure(mots, true, &check) || !measure(mots, false, &compile)) return 1;
  return argc > 2 && !measure_start(argv[1], argv[2]) ? 1 : 0;
}
