/*
 * lcov.c - what is covered, in the form of lcov(1), geninfo(1): functions are experiences and MOTs, lines are those of
 * their clauses, branches are demands.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"

typedef struct Lines {
  uint64_t *hits;  /* by line, from 1 */
  bool *there;
  uint32_t count;
} Lines;

static uint32_t count_lines(const char *text)
{
  uint32_t count = 1;
  for (; *text; text++) count += *text == '\n';
  return count;
}

static void add_line(Lines *lines, uint32_t line, uint64_t hits)
{
  if (line == 0 || line > lines->count) return;
  lines->there[line] = true;
  lines->hits[line] += hits;
}

/* A demand's line; and that of a pattern from which it came, when that stands in this text. */
static void add_demand(const Coverage *coverage, Lines *lines, size_t text, const Subject *subject,
                       const Demand *demand)
{
  if (subject->text == text) add_line(lines, demand->place.line, demand->hits);
  if (demand->origin.offset == demand->place.offset && strcmp(demand->origin.file, demand->place.file) == 0) return;
  if (text_known(coverage, subject->rules, demand->origin.file) == text)
    add_line(lines, demand->origin.line, demand->hits);
}

static void put_name(const Coverage *coverage, const Subject *subject, FILE *out)
{
  if (subject->mot != MOT_NOT_FOUND) fprintf(out, "%s.", coverage->subjects[subject->head].name);
  fputs(subject->name, out);
}

static void put_functions(const Coverage *coverage, size_t text, FILE *out)
{
  size_t found = 0, hit = 0;
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    if (subject->text != text) continue;
    fprintf(out, "FN:%u,", subject->place.line);
    put_name(coverage, subject, out);
    fputc('\n', out);
  }
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    if (subject->text != text) continue;
    fprintf(out, "FNDA:%llu,", (unsigned long long)subject->times);
    put_name(coverage, subject, out);
    fputc('\n', out);
    found++;
    hit += subject->times > 0;
  }
  fprintf(out, "FNF:%zu\nFNH:%zu\n", found, hit);
}

/* A block is a subject; what never opened was never asked: `-`. */
static void put_branches(const Coverage *coverage, size_t text, FILE *out)
{
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    for (size_t k = 0, branch = 0; subject->text == text && k < subject->count; k++) {
      const Demand *demand = &subject->demands[k];
      if (!demand_counts(demand)) continue;
      fprintf(out, "BRDA:%u,%zu,%zu,", demand->place.line, i, branch++);
      if (subject->times == 0)
        fputs("-\n", out);
      else
        fprintf(out, "%llu\n", (unsigned long long)demand->hits);
    }
  }
  Share share = share_of_text(coverage, text);
  fprintf(out, "BRF:%llu\nBRH:%llu\n", (unsigned long long)share.demanded, (unsigned long long)share.reached);
}

static void collect_lines(const Coverage *coverage, size_t text, Lines *lines)
{
  for (size_t i = 0; i < coverage->subject_count; i++) {
    const Subject *subject = &coverage->subjects[i];
    if (subject->text == text) add_line(lines, subject->place.line, subject->times);
    for (size_t k = 0; k < subject->count; k++)
      if (demand_counts(&subject->demands[k])) add_demand(coverage, lines, text, subject, &subject->demands[k]);
  }
}

static void put_lines(const Lines *lines, FILE *out)
{
  size_t found = 0, hit = 0;
  for (uint32_t i = 1; i <= lines->count; i++) {
    if (!lines->there[i]) continue;
    fprintf(out, "DA:%u,%llu\n", i, (unsigned long long)lines->hits[i]);
    found++;
    hit += lines->hits[i] > 0;
  }
  fprintf(out, "LF:%zu\nLH:%zu\n", found, hit);
}

static bool put_text(const Coverage *coverage, size_t number, FILE *out)
{
  const CoverText *text = &coverage->texts[number];
  Lines lines = {.count = count_lines(text->text)};
  lines.hits = calloc(lines.count + 1, sizeof *lines.hits);
  lines.there = calloc(lines.count + 1, sizeof *lines.there);
  bool fine = lines.hits && lines.there;
  if (fine) {
    fprintf(out, "TN:\nSF:%s\n", text_shown(text));
    put_functions(coverage, number, out);
    put_branches(coverage, number, out);
    collect_lines(coverage, number, &lines);
    put_lines(&lines, out);
    fputs("end_of_record\n", out);
  }
  free(lines.hits);
  free(lines.there);
  return fine;
}

bool coverage_lcov(const Coverage *coverage, FILE *out)
{
  for (size_t i = 0; i < coverage->text_count; i++)
    if (coverage->texts[i].path && !put_text(coverage, i, out)) return false;
  return true;
}
