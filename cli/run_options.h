/*
 * run_options.h - what the command line asks of `mot run`.
 */
#ifndef MOT_CLI_RUN_OPTIONS_H
#define MOT_CLI_RUN_OPTIONS_H

#include "cli/args.h"
#include "mot/mot.h"

typedef enum Content { CONTENT_AUTO, CONTENT_NDJSON, CONTENT_CSV } Content;
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

/* False after saying what is wrong. */
bool run_options_read(const Args *args, RunOptions *ret_options);

#endif
