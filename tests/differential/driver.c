/*
 * driver.c - driver FOLDER FROM TO: of each pair FOLDER/N, what the engine makes of
 * it, run in many ways, beside what the reference evaluator makes of it.
 *
 *   --only WAY    one way of running alone; its number
 *
 * Each pair is judged in a process of its own, so that a crash or an endless loop is
 * one finding among others.  Of a pair that differs, FOLDER/N holds what was wanted
 * (ref.out, ref.dead) and what came (got.out, got.dead).  Ends with the totals; its
 * status is 1 when a pair differed.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/differential/ways.h"
#include "tests/reference/evaluate.h"

enum { SAME, DIFFERENT, REFUSED, BROKEN, SECONDS_A_PAIR = 20 };

typedef struct Totals {
  unsigned same, different, refused, broken;
} Totals;

/* ---- files ---- */

static char *path_in(const char *folder, const char *name)
{
  size_t size = strlen(folder) + strlen(name) + 2;
  char *path = malloc(size);
  if (path) snprintf(path, size, "%s/%s", folder, name);
  return path;
}

static bool file_read(const char *folder, const char *name, Text *ret)
{
  char *path = path_in(folder, name);
  FILE *file = path ? fopen(path, "r") : NULL;
  free(path);
  if (!file) return false;
  char chunk[4096];
  size_t n;
  while ((n = fread(chunk, 1, sizeof chunk, file)) > 0) text_add(ret, chunk, n);
  fclose(file);
  return true;
}

static void file_write(const char *folder, const char *name, Text text)
{
  char *path = path_in(folder, name);
  FILE *file = path ? fopen(path, "w") : NULL;
  free(path);
  if (!file) return;
  fwrite(text.size ? text.data : "", 1, text.size, file);
  fclose(file);
}

/* ---- the reference evaluator ---- */

static int reference_of(const char *folder, const char *until, Output *ret)
{
  char *rules = path_in(folder, "rules.mot"), *events = path_in(folder, "events.ndjson");
  const char *files[] = {events};
  static const char kinds[] = "moment,sco,journey,open,target,alert,correction,measure,goal,sentiment";
  Evaluation what = {rules, files, 1, until, kinds};
  FILE *records = open_memstream(&ret->records.data, &ret->records.size);
  FILE *dead = open_memstream(&ret->dead.data, &ret->dead.size);
  int code = records && dead ? evaluate(&what, records, dead) : 2;
  fclose(records);
  fclose(dead);
  free(rules);
  free(events);
  return code;
}

/* ---- differences ---- */

/* Line `n` (from 0) of the text as a printable stretch. */
static void show_line(const char *what, Text text, size_t n)
{
  const char *at = text.size ? text.data : "", *end = at + text.size;
  while (n > 0 && at < end) n -= *at++ == '\n';
  const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
  if (at == end) printf("#   %s: nothing more\n", what);
  else printf("#   %s: %.*s\n", what, (int)((stop ? stop : end) - at), at);
}

static bool same_text(const char *kind, Text want, Text got)
{
  size_t i = 0, line = 0;
  while (i < want.size && i < got.size && want.data[i] == got.data[i]) line += want.data[i++] == '\n';
  if (i == want.size && i == got.size) return true;
  printf("#   %s differ at line %zu\n", kind, line + 1);
  show_line("want", want, line);
  show_line("got ", got, line);
  return false;
}

/* The records of one partition key. */
static Text of_key(Text all, const char *key)
{
  Text some = {0};
  char wanted[200];
  snprintf(wanted, sizeof wanted, "\":\"%s\"", key);
  for (const char *at = all.data, *end = at + all.size; at < end;) {
    const char *next = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
    const char *its = strstr(at, "\"key\":{\"");
    if (its) its = its < next ? strchr(its + strlen("\"key\":{\""), '"') : NULL;
    if (its && strncmp(its, wanted, strlen(wanted)) == 0) text_add(&some, at, (size_t)(next - at));
    at = next;
  }
  return some;
}

static bool same_output(const char *folder, const Way *way, const Output *all, const Output *got)
{
  Output of_one = {.records = way->key ? of_key(all->records, way->key) : all->records, .dead = all->dead};
  const Output *want = &of_one;
  bool fine = !got->failed && same_text("records", want->records, got->records) &&
              (way->cut_files || same_text("dead letters", want->dead, got->dead));
  if (fine) return true;
  if (got->failed) printf("#   %s\n", got->why);
  printf("#   run: %s\n", way->name);
  file_write(folder, "ref.out", want->records);
  file_write(folder, "ref.dead", want->dead);
  file_write(folder, "got.out", got->records);
  file_write(folder, "got.dead", got->dead);
  return false;
}

/* ---- one pair ---- */

static int judge(const char *folder, unsigned seed, int only)
{
  Output want = {0};
  Text until = {0};
  Pair pair = {.folder = folder, .seed = seed};
  if (file_read(folder, "until", &until)) until.data[strcspn(until.data, "\n")] = '\0';
  pair.until = until.data;
  if (!file_read(folder, "events.ndjson", &pair.events)) return BROKEN;
  pair.source = path_in(folder, "events.ndjson");
  int code = reference_of(folder, until.data, &want);
  if (code != 0) return code == 1 ? REFUSED : BROKEN;
  if (!pair_load(&pair)) return BROKEN;
  bool fine = true;
  for (size_t i = 0; i < way_count && fine; i++) {
    Output got = {0};
    if (only >= 0 && (size_t)only != i) continue;
    run_way(&pair, &ways[i], &got);
    fine = same_output(folder, &ways[i], &want, &got);
    output_free(&got);
  }
  return fine ? SAME : DIFFERENT;
}

static void judge_apart(const char *folder, unsigned seed, int only, Totals *totals)
{
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    alarm(SECONDS_A_PAIR);
    int verdict = judge(folder, seed, only);
    fflush(stdout);
    _exit(verdict);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0) exit(2);
  if (WIFSIGNALED(status)) {
    totals->broken++;
    const char *what = WTERMSIG(status) == SIGALRM ? ", no end" : "";
    printf("not ok %s: signal %d%s\n", folder, WTERMSIG(status), what);
    return;
  }
  unsigned *const counts[] = {&totals->same, &totals->different, &totals->refused, &totals->broken};
  int verdict = WEXITSTATUS(status) <= BROKEN ? WEXITSTATUS(status) : BROKEN;
  ++*counts[verdict];
  if (verdict == DIFFERENT) printf("not ok %s differs\n", folder);
  if (verdict == BROKEN) printf("not ok %s: status %d\n", folder, WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
  int only = -1, at = 1;
  if (argc > 2 && strcmp(argv[1], "--only") == 0) {
    only = atoi(argv[2]);
    at = 3;
  }
  if (argc - at != 3) {
    fprintf(stderr, "driver [--only WAY] FOLDER FROM TO\n");
    return 2;
  }
  Totals totals = {0};
  unsigned from = (unsigned)strtoul(argv[at + 1], NULL, 10), to = (unsigned)strtoul(argv[at + 2], NULL, 10);
  for (unsigned seed = from; seed <= to; seed++) {
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/%u", argv[at], seed);
    judge_apart(folder, seed, only, &totals);
  }
  printf("# %u the same, %u different, %u broken, %u refused by the compiler\n", totals.same,
         totals.different, totals.broken, totals.refused);
  return totals.different + totals.broken > 0;
}
