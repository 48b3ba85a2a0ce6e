/*
 * text.c - what is covered, for people.
 */
#include <string.h>

#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"
#include "cli/say.h"

enum { NAME_COLUMN = 36 };

void coverage_put_total(const Coverage *coverage, FILE *out)
{
  char percent[40];
  Share share = share_of_all(coverage);
  if (share.demanded == 0)
    fputs("there is nothing to be covered: no experience is declared", out);
  else if (coverage->tests == 0)
    fprintf(out, "0 %% of %llu: no test was run", (unsigned long long)share.demanded);
  else
    fprintf(out, "%llu of %llu, %s", (unsigned long long)share.reached, (unsigned long long)share.demanded,
            share_shown(share, percent));
}

/* Characters that are no continuation bytes. */
static int width_of(const char *text)
{
  int width = 0;
  for (; *text; text++) width += (*text & 0xc0) != 0x80;
  return width;
}

static void put_row(const Coverage *coverage, const Subject *subject, bool color, FILE *out)
{
  char percent[40];
  bool mot = subject->mot != MOT_NOT_FOUND;
  Share share = share_of(subject);
  int pad = NAME_COLUMN - width_of(subject->name) - (mot ? 2 : 0);
  Style of = share.reached == share.demanded ? STYLE_HELP : share.reached == 0 ? STYLE_ERROR : STYLE_WARNING;
  fprintf(out, "%s%s%s%s%*s", mot ? "  " : "", style(color, STYLE_BOLD), subject->name, style(color, STYLE_NONE),
          pad > 1 ? pad : 1, "");
  fprintf(out, "%3llu of %-3llu %s%8s%s  %s%s:%u%s\n", (unsigned long long)share.reached,
          (unsigned long long)share.demanded, style(color, of), share_shown(share, percent), style(color, STYLE_NONE),
          style(color, STYLE_DIM), text_shown(&coverage->texts[subject->text]), subject->place.line,
          style(color, STYLE_NONE));
}

static const char *indent(const Subject *subject)
{
  return subject->mot != MOT_NOT_FOUND ? "    " : "  ";
}

static bool is_deadline(const Demand *demand)
{
  return demand->kind == DEMAND_BEFORE || demand->kind == DEMAND_AT || demand->kind == DEMAND_AFTER;
}

static bool is_missing(const Demand *demand)
{
  return demand_counts(demand) && demand->hits == 0;
}

static void put_line(const Subject *subject, const Demand *demand, bool color, FILE *out)
{
  if (demand->place.line != subject->place.line)
    fprintf(out, "  %s(line %u)%s", style(color, STYLE_DIM), demand->place.line, style(color, STYLE_NONE));
  fputc('\n', out);
}

static void put_missing(const Subject *subject, const Demand *demand, bool color, FILE *out)
{
  fprintf(out, "%s- ", indent(subject));
  demand_put(subject, demand, out);
  put_line(subject, demand, color, out);
}

/* What is missing of the deadline, in one line; the nearest of all tries. */
static void put_deadline(const Subject *subject, bool color, FILE *out)
{
  const Demand *first = NULL, *nearest = NULL;
  for (size_t i = 0; i < subject->count; i++) {
    const Demand *demand = &subject->demands[i];
    if (!is_deadline(demand) || !is_missing(demand)) continue;
    fprintf(out, "%s%s", first ? ", " : indent(subject), first ? "" : "- deadline: never tried ");
    fputs(demand->kind == DEMAND_BEFORE ? "just before it" : demand->kind == DEMAND_AT ? "exactly at it" : "just after it",
          out);
    if (demand->nearest >= 0 && (!nearest || demand->nearest < nearest->nearest)) nearest = demand;
    if (!first) first = demand;
  }
  if (!first) return;
  if (nearest) {
    fputs(" (nearest: ", out);
    demand_put_nearest(nearest, out);
    fputc(')', out);
  }
  put_line(subject, first, color, out);
}

/* ---- what does not count ---- */

/* What a demand that is only shown is about: these are shown together. */
static int group_of(const Demand *demand)
{
  if (demand->kind == DEMAND_BREACHED || demand->kind == DEMAND_MET) return 1;
  return demand->kind == DEMAND_GOAL_BREACHED || demand->kind == DEMAND_GOAL_MET ? 2 : 0;
}

/* Bit 0: never breached; bit 1: never met. */
static unsigned never(const Subject *subject, int group, uint32_t number)
{
  unsigned bits = 0;
  for (size_t i = 0; i < subject->count; i++) {
    const Demand *demand = &subject->demands[i];
    if (group_of(demand) != group || demand->number != number || demand->hits > 0) continue;
    bits |= demand->kind == DEMAND_BREACHED || demand->kind == DEMAND_GOAL_BREACHED ? 1 : 2;
  }
  return bits;
}

static void put_judged(const Subject *subject, int group, unsigned bits, FILE *out)
{
  static const char *const words[] = {"", "never breached", "never met", "never breached, never met"};
  bool any = false;
  for (size_t i = 0; i < subject->count; i++) {
    const Demand *demand = &subject->demands[i];
    bool breached = demand->kind == DEMAND_BREACHED || demand->kind == DEMAND_GOAL_BREACHED;
    if (!breached || group_of(demand) != group || never(subject, group, demand->number) != bits) continue;
    if (!any) fprintf(out, "%s  %s %s: ", indent(subject), group == 1 ? "target" : "goals", words[bits]);
    fprintf(out, "%s%s", any ? ", " : "", demand->about);
    any = true;
  }
  if (any) fputc('\n', out);
}

static void put_shown(const Subject *subject, bool color, FILE *out)
{
  bool any = false;
  for (size_t i = 0; i < subject->count; i++) any = any || (!demand_counts(&subject->demands[i]) && !subject->demands[i].hits);
  if (!any) return;
  fprintf(out, "%s%snot counted:\n", style(color, STYLE_DIM), indent(subject));
  for (size_t i = 0; i < subject->count; i++) {
    const Demand *demand = &subject->demands[i];
    if (demand_counts(demand) || demand->hits > 0 || group_of(demand) != 0) continue;
    fprintf(out, "%s  ", indent(subject));
    demand_put(subject, demand, out);
    fputc('\n', out);
  }
  for (int group = 1; group <= 2; group++)
    for (unsigned bits = 1; bits <= 3; bits++) put_judged(subject, group, bits, out);
  fputs(style(color, STYLE_NONE), out);
}

static void put_subject(const Coverage *coverage, const Subject *subject, bool color, FILE *out)
{
  put_row(coverage, subject, color, out);
  if (subject->times == 0) {
    fprintf(out, "%s- %s in any test\n", indent(subject),
            subject->mot != MOT_NOT_FOUND ? "no moment opened" : "no journey started");
    return;
  }
  for (size_t i = 0; i < subject->count; i++) {
    const Demand *demand = &subject->demands[i];
    if (is_missing(demand) && !is_deadline(demand)) put_missing(subject, demand, color, out);
  }
  put_deadline(subject, color, out);
  put_shown(subject, color, out);
}

bool coverage_text(const Coverage *coverage, bool color, FILE *out)
{
  fprintf(out, "\n%scoverage of the rules by their tests%s\n", style(color, STYLE_BOLD), style(color, STYLE_NONE));
  for (size_t i = 0; i < coverage->subject_count; i++) put_subject(coverage, &coverage->subjects[i], color, out);
  fputs("coverage: ", out);
  coverage_put_total(coverage, out);
  fputc('\n', out);
  return true;
}
