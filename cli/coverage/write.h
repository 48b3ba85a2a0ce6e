/*
 * write.h - the ways to write what is covered; each is false when there is no memory.
 */
#ifndef MOT_CLI_COVERAGE_WRITE_H
#define MOT_CLI_COVERAGE_WRITE_H

#include <jansson.h>
#include <stdio.h>

#include "cli/coverage/model.h"

/* For people. */
bool coverage_text(const Coverage *coverage, bool color, FILE *out);
bool coverage_json(const Coverage *coverage, FILE *out);
/* The same, to stand in something larger; NULL: no memory. */
json_t *coverage_object(const Coverage *coverage);
/* For genhtml and those who show changes with what is covered. */
bool coverage_lcov(const Coverage *coverage, FILE *out);
/* The XML of Cobertura, for GitLab and others. */
bool coverage_cobertura(const Coverage *coverage, FILE *out);
/* One page, which needs nothing else. */
bool coverage_html(const Coverage *coverage, FILE *out);

/* "31 of 52 demands reached, 59.6 %" */
void coverage_put_total(const Coverage *coverage, FILE *out);

#endif
