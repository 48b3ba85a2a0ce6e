/*
 * report.h - the findings of several rule files, as the command line wants them:
 * some warnings denied, some not shown.
 */
#ifndef MOT_CLI_REPORT_H
#define MOT_CLI_REPORT_H

#include <stdio.h>

#include "cli/args.h"
#include "cli/say.h"
#include "mot/mot.h"

typedef struct ReportFile {
  const char *name;
  mot_compilation *compilation;
} ReportFile;

typedef struct Report {
  const Args *args; /* --deny and --allow */
  ReportFile *files;
  size_t count;
} Report;

typedef struct Shown {
  mot_finding finding;
  mot_compilation *compilation;
  size_t index;  /* in the compilation, for its notes */
  bool error;    /* an error, or a warning that is denied */
} Shown;

/* Where a walk over the report stands; starts as zero. */
typedef struct Walk {
  size_t file, index;
} Walk;

/* The next finding to show, file by file; silenced ones (finding.allowed set)
 * only when `silenced`.  What two rule files use in common is shown once. */
bool report_next(const Report *report, Walk *walk, bool silenced, Shown *ret_shown);
/* The number of errors and warnings to show; those beyond what is kept count. */
void report_count(const Report *report, size_t *ret_errors, size_t *ret_warnings);
void report_free(Report *report);

/* Are --deny and --allow lists of codes that exist?  False after saying which does not. */
bool codes_valid(const Args *args);

/* The ways to write it. */
void findings_text(const Report *report, bool color);
bool findings_json(const Report *report);
bool findings_sarif(const Report *report);
void findings_github(const Report *report);
void findings_junit(const Report *report);
/* One finding as text, with the source line. */
void render_finding(const Shown *shown, bool color, FILE *out);

/* The line of a text in which `place` begins, with a mark below what it covers there. */
void render_marked_line(const char *line, size_t len, const mot_place *place, Style mark, bool color, FILE *out);

#endif
