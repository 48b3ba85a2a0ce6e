/*
 * report_options.c - see report_options.h.
 */
#include "cli/report_options.h"

#include <string.h>

#include "cli/run_options.h"
#include "cli/say.h"

bool report_options_read(const Args *args, ReportOptions *ret_options)
{
  ReportOptions options = {
    .content = (Content)option_choice("auto|ndjson|csv", args_value(args, "input", "auto")),
    .format = (ReportFormat)option_choice("terminal|markdown|html|json", args_value(args, "format", "terminal")),
    .period = args_value(args, "period", NULL),
    .experience = args_value(args, "experience", NULL),
    .output = args_value(args, "output", "-"),
    .compare = strcmp(args_value(args, "compare", "previous"), "previous") == 0,
    .brief = args_has(args, "short"),
  };
  if (options.brief && options.format != REPORT_TERMINAL && options.format != REPORT_MARKDOWN) {
    say("report: --short is for the terminal and for Markdown");
    say_more("the page begins with a short form, and JSON is for programs");
    return false;
  }
  if (!run_limits_read(args, "report", &options.run)) return false;
  *ret_options = options;
  return true;
}
