/*
 * render_ci.c - findings as GitHub workflow commands and as JUnit XML.
 */
#include <string.h>

#include "cli/report.h"

/* Workflow commands escape what would end them; properties also colons and commas. */
static void put_command(const char *text, bool property)
{
  for (const char *p = text; *p; p++) {
    if (*p == '%' || *p == '\r' || *p == '\n' || (property && (*p == ':' || *p == ',')))
      printf("%%%02X", (unsigned char)*p);
    else
      putchar(*p);
  }
}

void findings_github(const Report *report)
{
  Walk walk = {0};
  Shown shown;
  while (report_next(report, &walk, false, &shown)) {
    const mot_finding *f = &shown.finding;
    printf("::%s file=", shown.error ? "error" : "warning");
    put_command(f->place.file, true);
    printf(",line=%u,col=%u,endLine=%u", f->place.line, f->place.column, f->place.end_line);
    if (f->place.end_line == f->place.line) printf(",endColumn=%u", f->place.end_column);
    printf(",title=");
    put_command(f->code, true);
    put_command(" ", true);
    put_command(f->title, true);
    printf("::");
    put_command(f->message, false);
    if (f->help) {
      put_command("\n", false);
      put_command(f->help, false);
    }
    putchar('\n');
  }
}

static void put_xml(const char *text)
{
  for (const char *p = text; *p; p++) {
    if (strchr("&<>\"'", *p))
      printf("&#%d;", *p);
    else if ((unsigned char)*p >= 32 || *p == '\n' || *p == '\t')
      putchar(*p);
  }
}

static void put_case(const Report *report, size_t file)
{
  printf("  <testcase classname=\"mot.check\" name=\"");
  put_xml(report->files[file].name);
  printf("\">\n");
  Walk walk = {file, 0};
  Shown shown;
  while (report_next(report, &walk, false, &shown) && walk.file == file) {
    const mot_finding *f = &shown.finding;
    printf(shown.error ? "    <failure type=\"%s\" message=\"" : "    <system-out>%s ", f->code);
    put_xml(f->message);
    printf(shown.error ? "\">" : " ");
    put_xml(f->place.file);
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
  printf("<testsuite name=\"mot check\" tests=\"%zu\" failures=\"%zu\">\n", report->count, failures);
  for (size_t f = 0; f < report->count; f++) put_case(report, f);
  printf("</testsuite>\n");
}
