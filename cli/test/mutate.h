/*
 * mutate.h - rules with one thing changed: which changes make a test fail.
 *
 * A mutant is the text of a rule file with one change.  It is killed when a test of the file fails with it,
 * and survives when all pass; it does not count when it does not compile, or means the same as the text as it
 * is.
 */
#ifndef MOT_CLI_TEST_MUTATE_H
#define MOT_CLI_TEST_MUTATE_H

#include <stdatomic.h>

#include "cli/args.h"
#include "cli/file.h"
#include "mot/tools.h"

typedef enum MutantFate {
  MUTANT_UNTRIED,
  MUTANT_KILLED,
  MUTANT_SURVIVED,
  MUTANT_BROKEN,
  MUTANT_SAME
} MutantFate;
enum { MUTANT_FATES = MUTANT_SAME + 1 };

typedef struct Mutant {
  size_t file;
  mot_mutation change;
  MutantFate fate;
} Mutant;

/* A test that is to be run: which, and how many records it may have. */
typedef struct MutantTest {
  uint32_t number;
  mot_test_info info;
  size_t most;
} MutantTest;

typedef struct MutantFile {
  const char *path, *shown;
  FileText text;
  mot_compilation *compilation;
  mot_rules *rules; /* as they are */
  mot_mutations *mutations;
  MutantTest *tests;
  size_t test_count;
} MutantFile;

typedef struct Mutation {
  const Args *args;
  MutantFile *files;
  size_t file_count;
  Mutant *mutants; /* by file and place */
  size_t count;
  unsigned threads;
  mot_compile_options options;
  atomic_size_t next, done; /* of the mutants */
  atomic_bool stopped;      /* interrupted, or there is no memory */
  atomic_bool no_memory;
  bool color;
  double seconds;
  size_t fates[MUTANT_FATES];
} Mutation;

/* --mutate, or an option that goes with it, was given. */
bool mutation_wanted(const Args *args);
/* The command; an exit code. */
int run_mutation(const Args *args);

/* Tries all mutants, and counts what became of them; those not tried were left when the user interrupted.
 * False when there is no memory. */
bool mutation_try(Mutation *mutation);
/* Killed by those that count, from 0 to 1; negative: none counts. */
double mutation_score(const Mutation *mutation);
/* "bound", "count", …; NULL past the last. */
const char *mutant_kind_name(mot_mutation_kind kind);

/* The ways to write it, to standard output; false when there is no memory. */
void mutation_text(const Mutation *mutation);
void mutation_github(const Mutation *mutation);
bool mutation_json(const Mutation *mutation);

#endif
