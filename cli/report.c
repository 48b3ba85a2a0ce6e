/*
 * report.c - see report.h.
 */
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"
#include "cli/say.h"

/* Is `code` covered by one item of a list: a code, the beginning of some ("W03"), or `warnings`? */
static bool item_covers(const char *item, size_t len, const char *code)
{
  if (len == 8 && strncmp(item, "warnings", len) == 0) return true;
  return len > 0 && strncmp(item, code, len) == 0;
}

static bool list_covers(const char *list, const char *code)
{
  for (const char *p = list;; p++) {
    size_t len = strcspn(p, ",");
    if (item_covers(p, len, code)) return true;
    p += len;
    if (!*p) return false;
  }
}

static bool option_covers(const Args *args, const char *option, const char *code)
{
  size_t position = 0;
  const char *list;
  while ((list = args_next(args, option, &position)))
    if (list_covers(list, code)) return true;
  return false;
}

static bool item_valid(const char *option, const char *item, size_t len)
{
  mot_explanation e;
  for (size_t i = 0; mot_explanation_at(i, &e); i++)
    if (e.severity == MOT_WARNING && item_covers(item, len, e.code)) return true;
  char word[32];
  snprintf(word, sizeof word, "%.*s", (int)len, item);
  const char *near = nearest_code(word);
  if (mot_explain(word, &e))
    say("--%s %s: an error cannot be changed, only warnings (W…)", option, word);
  else
    say("--%s: there is no warning \"%s\"", option, word);
  if (near && !mot_explain(word, &e)) say_more("did you mean %s?", near);
  say_more("`mot explain --list` lists the codes");
  return false;
}

static bool option_valid(const Args *args, const char *option)
{
  size_t position = 0;
  const char *list;
  while ((list = args_next(args, option, &position))) {
    for (const char *p = list;; p++) {
      size_t len = strcspn(p, ",");
      if (!item_valid(option, p, len)) return false;
      p += len;
      if (!*p) break;
    }
  }
  return true;
}

bool codes_valid(const Args *args)
{
  return option_valid(args, "deny") && option_valid(args, "allow");
}

/* Did an earlier file of the report show the same place of a file both use? */
static bool shown_before(const Report *report, size_t file, const mot_finding *finding)
{
  if (strcmp(finding->place.file, report->files[file].name) == 0) return false;
  for (size_t f = 0; f < file; f++) {
    mot_finding other;
    for (size_t i = 0; mot_finding_get(report->files[f].compilation, i, &other); i++)
      if (other.place.offset == finding->place.offset && strcmp(other.code, finding->code) == 0 &&
          strcmp(other.place.file, finding->place.file) == 0)
        return true;
  }
  return false;
}

static bool hidden(const Report *report, size_t file, const mot_finding *finding, bool silenced)
{
  if (finding->allowed && !silenced) return true;
  if (finding->severity == MOT_WARNING && option_covers(report->args, "allow", finding->code)) return true;
  return shown_before(report, file, finding);
}

bool report_next(const Report *report, Walk *walk, bool silenced, Shown *ret_shown)
{
  for (; walk->file < report->count; walk->file++, walk->index = 0) {
    mot_compilation *c = report->files[walk->file].compilation;
    mot_finding finding;
    while (mot_finding_get(c, walk->index, &finding)) {
      size_t index = walk->index++;
      if (hidden(report, walk->file, &finding, silenced)) continue;
      bool denied = !finding.allowed && option_covers(report->args, "deny", finding.code);
      *ret_shown = (Shown){finding, c, index, finding.severity == MOT_ERROR || denied};
      return true;
    }
  }
  return false;
}

/* Findings past the limit of a compilation have no place, but they count. */
static size_t beyond(const mot_compilation *c, mot_severity severity)
{
  size_t all = severity == MOT_ERROR ? mot_error_count(c) : mot_warning_count(c), kept = 0;
  mot_finding finding;
  for (size_t i = 0; mot_finding_get((mot_compilation *)c, i, &finding); i++)
    kept += finding.severity == severity && !finding.allowed;
  return all > kept ? all - kept : 0;
}

void report_count(const Report *report, size_t *ret_errors, size_t *ret_warnings)
{
  size_t errors = 0, warnings = 0;
  Walk walk = {0};
  Shown shown;
  while (report_next(report, &walk, false, &shown)) *(shown.error ? &errors : &warnings) += 1;
  for (size_t f = 0; f < report->count; f++) {
    errors += beyond(report->files[f].compilation, MOT_ERROR);
    warnings += beyond(report->files[f].compilation, MOT_WARNING);
  }
  *ret_errors = errors;
  *ret_warnings = warnings;
}

void report_free(Report *report)
{
  for (size_t f = 0; f < report->count; f++) mot_compilation_free(report->files[f].compilation);
  free(report->files);
}
