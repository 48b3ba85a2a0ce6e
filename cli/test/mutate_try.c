/*
 * mutate_try.c - mutants compiled and tested, in several threads.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "cli/test/case.h"
#include "cli/test/mutate.h"

/* One thread.  `order`: the tests of file `file`, those that killed lately first. */
typedef struct Worker {
  Mutation *mutation;
  pthread_t thread;
  size_t file;
  uint32_t *order;    /* room for the tests of any file */
  Progress *progress; /* of the first one alone; else NULL */
} Worker;

/* ---- a mutant ---- */

/* The text with the change, from malloc; NULL when there is no memory. */
static char *changed_text(const FileText *text, const mot_mutation *change, size_t *ret_size)
{
  size_t start = change->place.offset, end = start + change->place.length, with = strlen(change->with);
  *ret_size = text->size - (end - start) + with;
  char *changed = malloc(*ret_size + 1);
  if (!changed) return NULL;
  memcpy(changed, text->bytes, start);
  memcpy(changed + start, change->with, with);
  memcpy(changed + start + with, text->bytes + end, text->size - end);
  return changed;
}

static bool holds(const TestCase *test)
{
  if (test->trouble) return false;
  for (size_t i = 0; i < test->info.expectations; i++)
    if (case_shows(test, &test->expected[i]) == test->expected[i].negated) return false;
  return true;
}

/* MOT_OK: *ret_holds tells whether the test holds. */
static mot_status run_one(const mot_rules *rules, const MutantTest *test, bool *ret_holds)
{
  TestCase run;
  bool fine = case_run_with(&run, rules, test->number, &test->info, &(CaseOptions){.most = test->most});
  if (fine) *ret_holds = holds(&run);
  case_close(&run);
  return fine ? MOT_OK : MOT_NO_MEMORY;
}

/* What killed a mutant often kills its neighbours. */
static void to_front(uint32_t *order, size_t at)
{
  uint32_t killer = order[at];
  memmove(order + 1, order, at * sizeof *order);
  order[0] = killer;
}

static mot_status test_mutant(Worker *worker, const MutantFile *file, const mot_rules *rules,
                              MutantFate *ret_fate)
{
  *ret_fate = MUTANT_SURVIVED;
  for (size_t i = 0; i < file->test_count; i++) {
    bool test_holds = true;
    mot_status status = run_one(rules, &file->tests[worker->order[i]], &test_holds);
    if (status != MOT_OK) return status;
    if (test_holds) continue;
    *ret_fate = MUTANT_KILLED;
    to_front(worker->order, i);
    break;
  }
  return MOT_OK;
}

static mot_status judge_module(Worker *worker, const MutantFile *file, const mot_compilation *compilation,
                               MutantFate *ret_fate)
{
  size_t size;
  mot_rules *rules;
  const void *module = mot_module(compilation, &size);
  mot_status status = mot_rules_load(module, size, NULL, &rules, NULL);
  if (status != MOT_OK) return status;
  *ret_fate = MUTANT_SAME;
  if (!mot_rules_same(file->rules, rules)) status = test_mutant(worker, file, rules, ret_fate);
  mot_rules_free(rules);
  return status;
}

static void begin_file(Worker *worker, size_t file)
{
  if (worker->file == file) return;
  worker->file = file;
  for (size_t i = 0; i < worker->mutation->files[file].test_count; i++) worker->order[i] = (uint32_t)i;
}

static mot_status try_mutant(Worker *worker, Mutant *mutant)
{
  const Mutation *mutation = worker->mutation;
  const MutantFile *file = &mutation->files[mutant->file];
  mot_compilation *compilation;
  size_t size;
  begin_file(worker, mutant->file);
  char *text = changed_text(&file->text, &mutant->change, &size);
  if (!text) return MOT_NO_MEMORY;
  mot_status status = mot_compile_text(file->path, text, size, &mutation->options, &compilation, NULL);
  free(text);
  if (status != MOT_OK && status != MOT_REJECTED) return status;
  MutantFate fate = MUTANT_BROKEN;
  if (status == MOT_OK) status = judge_module(worker, file, compilation, &fate);
  else status = MOT_OK;
  mot_compilation_free(compilation);
  if (status == MOT_OK) mutant->fate = fate;
  return status;
}

/* ---- threads ---- */

static void look_about(Worker *worker)
{
  Mutation *mutation = worker->mutation;
  if (!worker->progress) return;
  if (progress_due(worker->progress))
    progress_draw_count(worker->progress, atomic_load(&mutation->done), "mutants");
  if (interrupt_noted()) atomic_store(&mutation->stopped, true);
}

static void *work(void *of)
{
  Worker *worker = of;
  Mutation *mutation = worker->mutation;
  while (!atomic_load(&mutation->stopped)) {
    size_t next = atomic_fetch_add(&mutation->next, 1);
    if (next >= mutation->count) break;
    if (try_mutant(worker, &mutation->mutants[next]) != MOT_OK) {
      atomic_store(&mutation->no_memory, true);
      atomic_store(&mutation->stopped, true);
    }
    atomic_fetch_add(&mutation->done, 1);
    look_about(worker);
  }
  return NULL;
}

static size_t most_tests(const Mutation *mutation)
{
  size_t most = 0;
  for (size_t i = 0; i < mutation->file_count; i++)
    if (mutation->files[i].test_count > most) most = mutation->files[i].test_count;
  return most;
}

/* The first works in the caller's thread; the others are started if they can be. */
static bool run_workers(Worker *workers, unsigned count, Progress *progress)
{
  unsigned started = 1;
  bool room = true;
  size_t tests = most_tests(workers[0].mutation);
  for (unsigned i = 0; i < count; i++) {
    workers[i].order = calloc(tests + 1, sizeof *workers[i].order);
    room = room && workers[i].order;
  }
  workers[0].progress = progress;
  while (room && started < count &&
         pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
    started++;
  if (room) work(&workers[0]);
  for (unsigned i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
  for (unsigned i = 0; i < count; i++) free(workers[i].order);
  return room && !atomic_load(&workers[0].mutation->no_memory);
}

bool mutation_try(Mutation *mutation)
{
  Progress progress;
  unsigned count = mutation->threads;
  Worker *workers = calloc(count, sizeof *workers);
  if (!workers) return false;
  for (unsigned i = 0; i < count; i++) workers[i] = (Worker){.mutation = mutation, .file = SIZE_MAX};
  double began = clock_seconds();
  progress_begin(&progress, mutation->count, true,
                 wants_color(args_value(mutation->args, "color", "auto"), stderr));
  bool fine = run_workers(workers, count, &progress);
  progress_clear(&progress);
  mutation->seconds = clock_seconds() - began;
  for (size_t i = 0; i < mutation->count; i++) mutation->fates[mutation->mutants[i].fate]++;
  free(workers);
  return fine;
}

double mutation_score(const Mutation *mutation)
{
  size_t killed = mutation->fates[MUTANT_KILLED], count = killed + mutation->fates[MUTANT_SURVIVED];
  return count > 0 ? (double)killed / (double)count : -1;
}
