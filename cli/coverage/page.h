/*
 * page.h - the parts of the page that shows rules with what their tests have tried.
 */
#ifndef MOT_CLI_COVERAGE_PAGE_H
#define MOT_CLI_COVERAGE_PAGE_H

#include <stdio.h>

#include "cli/coverage/model.h"

/* The style sheet, as an element. */
void page_style(FILE *out);
/* The text, line by line, with what is missing below the lines that it is about.  False: no memory. */
bool page_text(const Coverage *coverage, size_t text, FILE *out);

#endif
