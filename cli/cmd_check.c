/*
 * cmd_check.c - mot check: every file compiled, every finding shown.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/report.h"
#include "cli/rules.h"
#include "cli/say.h"

static bool render(const Report *report)
{
  const char *format = args_value(report->args, "format", "text");
  if (strcmp(format, "json") == 0) return findings_json(report);
  if (strcmp(format, "sarif") == 0) return findings_sarif(report);
  if (strcmp(format, "github") == 0)
    findings_github(report);
  else if (strcmp(format, "junit") == 0)
    findings_junit(report);
  else
    findings_text(report, wants_color(args_value(report->args, "color", "auto"), stdout));
  return true;
}

/* Compiles all files; false if one could not be read (the others are still checked). */
static bool check_all(Report *report)
{
  bool ok = true;
  for (size_t i = 0; i < report->args->operand_count; i++) {
    const char *path = report->args->operands[i];
    mot_compilation *c = NULL;
    mot_status status = rules_compile(report->args, path, true, &c);
    if (status == MOT_OK || status == MOT_REJECTED)
      report->files[report->count++] = (ReportFile){file_shown(path), c};
    else
      ok = false;
  }
  return ok;
}

int run_check(const Args *args)
{
  if (!codes_valid(args)) return EXIT_TROUBLE;
  Report report = {.args = args, .files = calloc(args->operand_count, sizeof *report.files)};
  if (!report.files) return say_no_memory(), EXIT_TROUBLE;
  bool ok = check_all(&report);
  if (report.count > 0 && !render(&report)) ok = false;
  size_t errors, warnings;
  report_count(&report, &errors, &warnings);
  report_free(&report);
  if (!ok) return EXIT_TROUBLE;
  return errors > 0 ? EXIT_SHORT : EXIT_FINE;
}
