/*
 * run_options.h - what the command line asks of `mot run`.
 */
#ifndef MOT_CLI_RUN_OPTIONS_H
#define MOT_CLI_RUN_OPTIONS_H

#include "cli/args.h"
#include "cli/content.h"
#include "mot/mot.h"

typedef enum SummaryForm { SUMMARY_TEXT, SUMMARY_JSON, SUMMARY_NONE } SummaryForm;

typedef struct RunOptions {
  mot_run_options run;
  Content content;
  SummaryForm summary;
  const char *output;                   /* "-": standard output; NULL: they go elsewhere only */
  const char *dead_letter, *save, *load; /* NULL: none */
  const char *sqlite;                   /* a database; NULL: none */
  const char *prometheus;               /* a file of figures; NULL: none */
  const char *until;                    /* as typed; NULL: none */
  bool strict;
} RunOptions;

/* The place of one value among those of an option, "a|b|c". */
int option_choice(const char *values, const char *value);
/* --threads, --lateness, --max-line of a command that evaluates events; false after saying what is wrong. */
bool run_limits_read(const Args *args, const char *command, mot_run_options *ret_run);
/* False after saying what is wrong. */
bool run_options_read(const Args *args, RunOptions *ret_options);

#endif
