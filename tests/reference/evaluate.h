/*
 * evaluate.h - the reference evaluator as a function.
 */
#ifndef MOT_TESTS_REFERENCE_EVALUATE_H
#define MOT_TESTS_REFERENCE_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct Evaluation {
  const char *rules;         /* path of the rule file */
  const char *const *files;  /* paths of the events */
  size_t count;
  const char *until;         /* NULL: the clock stops at the last event */
  const char *kinds;         /* kinds of records with commas between; NULL: all but measure and open */
} Evaluation;

/* What the rules make of the events, to `records`; what was not taken to `dead`, unless NULL.  1: the rules
 * have errors, 2: something cannot be read or written; it is said on standard error. */
int evaluate(const Evaluation *what, FILE *records, FILE *dead);

#endif
