/*
 * explain.h - what happened in a test instead of what was expected, in words.
 */
#ifndef MOT_CLI_TEST_EXPLAIN_H
#define MOT_CLI_TEST_EXPLAIN_H

#include <stdio.h>

#include "cli/test/case.h"

/* The expectation as it is written, in one line. */
void expectation_put(const TestCase *test, const mot_expectation *expected, FILE *out);
/* What happened: lines, each with its line feed. */
void explain_put(const TestCase *test, const mot_expectation *expected, FILE *out);
/* Why no moment of the MOT opened (`mot` MOT_NOT_FOUND: no journey of the experience started), as far as it is sure. */
void unopened_put(const TestCase *test, uint32_t experience, uint32_t mot, FILE *out);
/* A time as people of the rules' zone write it. */
void time_put(const TestCase *test, int64_t time, FILE *out);
/* One thing that was recorded, as a line. */
void record_put(const TestCase *test, const TestRecord *record, FILE *out);

#endif
