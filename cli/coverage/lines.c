/*
 * lines.c - what is covered, by lines of a rule text.
 */
#include "cli/coverage/lines.h"

#include <stdlib.h>
#include <string.h>

#include "cli/coverage/texts.h"

static uint32_t count_lines(const char *text)
{
  uint32_t count = 1;
  for (; *text; text++) count += *text == '\n';
  return count;
}

static LineCover *add_line(Lines *lines, uint32_t line, uint64_t hits)
{
  LineCover *one = &lines->all[line <= lines->count ? line : 0];
  one->there = true;
  one->hits += hits;
  return one;
}

/* A demand's line; and that of a pattern from which it came, when that stands in this text. */
static void add_demand(const Coverage *coverage, Lines *lines, size_t text, const Subject *subject,
                       const Demand *demand)
{
  if (subject->text == text) {
    LineCover *one = add_line(lines, demand->place.line, demand->hits);
    one->share.demanded++;
    one->share.reached += demand->hits > 0;
  }
  if (demand->origin.offset == demand->place.offset && strcmp(demand->origin.file, demand->place.file) == 0) return;
  if (text_known(coverage, subject->rules, demand->origin.file) == text)
    add_line(lines, demand->origin.line, demand->hits);
}

bool lines_of(const Coverage *coverage, size_t text, Lines *ret)
{
  ret->count = count_lines(coverage->texts[text].text);
  ret->all = calloc(ret->count + 1, sizeof *ret->all);
  if (!ret->all) return false;
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    if (subject->text == text) add_line(ret, subject->place.line, subject->times);
    for (size_t k = 0; k < subject->count; k++)
      if (demand_counts(&subject->demands[k])) add_demand(coverage, ret, text, subject, &subject->demands[k]);
  }
  return true;
}

void lines_free(Lines *lines)
{
  free(lines->all);
}
