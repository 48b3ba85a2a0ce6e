/*
 * texts.h - rule texts by the files in which they stand.
 */
#ifndef MOT_CLI_COVERAGE_TEXTS_H
#define MOT_CLI_COVERAGE_TEXTS_H

#include "cli/coverage/model.h"

/* The text that `rules`, which were made from the file `path`, know as `name`; the same text from other rules is the
 * same one.  SIZE_MAX: no memory. */
size_t text_number(Coverage *coverage, const char *path, const mot_rules *rules, const char *name);

/* Its number among those known; SIZE_MAX: it is none of them. */
size_t text_known(const Coverage *coverage, const mot_rules *rules, const char *name);

/* What it is called for people: its path, or its name. */
const char *text_shown(const CoverText *text);

#endif
