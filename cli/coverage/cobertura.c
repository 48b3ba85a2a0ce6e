/*
 * cobertura.c - what is covered, in the XML of Cobertura (coverage-04.dtd): a class is a rule text, the conditions of a
 * line are its demands.
 */
#include "cli/coverage/lines.h"
#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"
#include "cli/markup.h"

typedef struct Rates {
  Share lines, branches;
} Rates;

static void add_rates(Rates *rates, const Lines *lines)
{
  for (uint32_t i = 1; i <= lines->count; i++) {
    const LineCover *line = &lines->all[i];
    rates->lines.demanded += line->there;
    rates->lines.reached += line->there && line->hits > 0;
    rates->branches.demanded += line->share.demanded;
    rates->branches.reached += line->share.reached;
  }
}

static void put_rates(const Rates *rates, FILE *out)
{
  fprintf(out, " line-rate=\"%.4f\" branch-rate=\"%.4f\" complexity=\"0\"", share_percent(rates->lines) / 100,
          share_percent(rates->branches) / 100);
}

static void put_line(uint32_t number, const LineCover *line, FILE *out)
{
  fprintf(out, "          <line number=\"%u\" hits=\"%llu\"", number, (unsigned long long)line->hits);
  if (line->share.demanded == 0)
    fputs(" branch=\"false\"/>\n", out);
  else
    fprintf(out, " branch=\"true\" condition-coverage=\"%llu%% (%llu/%llu)\"/>\n",
            (unsigned long long)(100 * line->share.reached / line->share.demanded),
            (unsigned long long)line->share.reached, (unsigned long long)line->share.demanded);
}

static void put_class(const CoverText *text, const Lines *lines, FILE *out)
{
  Rates rates = {0};
  add_rates(&rates, lines);
  fputs("        <class name=\"", out);
  markup_xml(text->name, out);
  fputs("\" filename=\"", out);
  markup_xml(text_shown(text), out);
  fputc('"', out);
  put_rates(&rates, out);
  fputs(">\n          <methods/>\n          <lines>\n", out);
  for (uint32_t i = 1; i <= lines->count; i++)
    if (lines->all[i].there) put_line(i, &lines->all[i], out);
  fputs("          </lines>\n        </class>\n", out);
}

/* All texts that are in files: adds up, or writes. */
static bool each_text(const Coverage *coverage, Rates *rates, FILE *out)
{
  for (size_t i = 0; i < coverage->text_count; i++) {
    Lines lines;
    if (!coverage->texts[i].path) continue;
    if (!lines_of(coverage, i, &lines)) return false;
    if (rates)
      add_rates(rates, &lines);
    else
      put_class(&coverage->texts[i], &lines, out);
    lines_free(&lines);
  }
  return true;
}

bool coverage_cobertura(const Coverage *coverage, FILE *out)
{
  Rates rates = {0};
  if (!each_text(coverage, &rates, NULL)) return false;
  fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">\n<coverage", out);
  put_rates(&rates, out);
  fprintf(out,
          " lines-covered=\"%llu\" lines-valid=\"%llu\" branches-covered=\"%llu\" branches-valid=\"%llu\" "
          "version=\"mot %s\" timestamp=\"0\">\n",
          (unsigned long long)rates.lines.reached, (unsigned long long)rates.lines.demanded,
          (unsigned long long)rates.branches.reached, (unsigned long long)rates.branches.demanded, mot_version());
  fputs("  <sources><source>.</source></sources>\n  <packages>\n    <package name=\"rules\"", out);
  put_rates(&rates, out);
  fputs(">\n      <classes>\n", out);
  bool fine = each_text(coverage, NULL, out);
  fputs("      </classes>\n    </package>\n  </packages>\n</coverage>\n", out);
  return fine;
}
