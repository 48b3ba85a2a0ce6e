/*
 * report_options.h - what the command line asks of `mot report`.
 */
#ifndef MOT_CLI_REPORT_OPTIONS_H
#define MOT_CLI_REPORT_OPTIONS_H

#include "cli/args.h"
#include "cli/content.h"
#include "mot/mot.h"

typedef enum ReportFormat { REPORT_TERMINAL, REPORT_MARKDOWN, REPORT_HTML, REPORT_JSON } ReportFormat;

typedef struct ReportOptions {
  mot_run_options run;
  Content content;
  ReportFormat format;
  const char *period;        /* as typed; NULL: that of the declared review, or all */
  const char *experience;    /* NULL: all */
  const char *output;        /* "-": standard output */
  bool compare;              /* with the period before */
  bool brief;                /* what is read first */
} ReportOptions;

/* False after saying what is wrong. */
bool report_options_read(const Args *args, ReportOptions *ret_options);

#endif
