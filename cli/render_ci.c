/*
 * render_ci.c - findings as GitHub workflow commands and as JUnit XML.
 */
#include "cli/markup.h"
#include "cli/report.h"

void findings_github(const Report *report)
{
  Walk walk = {0};
  Shown shown;
  while (report_next(report, &walk, false, &shown)) {
    const mot_finding *f = &shown.finding;
    printf("::%s file=", shown.error ? "error" : "warning");
    markup_command(f->place.file, true, stdout);
    printf(",line=%u,col=%u,endLine=%u", f->place.line, f->place.column, f->place.end_line);
    if (f->place.end_line == f->place.line) printf(",endColumn=%u", f->place.end_column);
    printf(",title=");
    markup_command(f->code, true, stdout);
    markup_command(" ", true, stdout);
    markup_command(f->title, true, stdout);
    printf("::");
    markup_command(f->message, false, stdout);
    if (f->help) {
      markup_command("\n", false, stdout);
      markup_command(f->help, false, stdout);
    }
    putchar('\n');
  }
}

static void put_case(const Report *report, size_t file)
{
  printf("  <testcase classname=\"mot.check\" name=\"");
  markup_xml(report->files[file].name, stdout);
  printf("\">\n");
  Walk walk = {file, 0};
  Shown shown;
  while (report_next(report, &walk, false, &shown) && walk.file == file) {
    const mot_finding *f = &shown.finding;
    printf(shown.error ? "    <failure type=\"%s\" message=\"" : "    <system-out>%s ", f->code);
    markup_xml(f->message, stdout);
    printf(shown.error ? "\">" : " ");
    markup_xml(f->place.file, stdout);
    printf(":%u:%u", f->place.line, f->place.column);
    printf(shown.error ? "</failure>\n" : "</system-out>\n");
  }
  printf("  </testcase>\n");
}

/* Whether a file of the report has something that counts as an error. */
static bool file_fails(const Report *report, size_t file)
{
  Walk walk = {file, 0};
  Shown shown;
  while (report_next(report, &walk, false, &shown) && walk.file == file)
    if (shown.error) return true;
  return false;
}

void findings_junit(const Report *report)
{
  size_t failures = 0;
  for (size_t f = 0; f < report->count; f++) failures += file_fails(report, f);
  printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  printf("<testsuite name=\"mot check\" tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n", report->count, failures);
  for (size_t f = 0; f < report->count; f++) put_case(report, f);
  printf("</testsuite>\n");
}
