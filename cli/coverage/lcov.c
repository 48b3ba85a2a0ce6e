/*
 * lcov.c - what is covered, in the form of lcov(1), geninfo(1): functions are experiences and MOTs, lines are those of
 * their clauses, branches are demands.
 */
#include "cli/coverage/lines.h"
#include "cli/coverage/texts.h"
#include "cli/coverage/write.h"

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

static void put_lines(const Lines *lines, FILE *out)
{
  size_t found = 0, hit = 0;
  for (uint32_t i = 1; i <= lines->count; i++) {
    if (!lines->all[i].there) continue;
    fprintf(out, "DA:%u,%llu\n", i, (unsigned long long)lines->all[i].hits);
    found++;
    hit += lines->all[i].hits > 0;
  }
  fprintf(out, "LF:%zu\nLH:%zu\n", found, hit);
}

static bool put_text(const Coverage *coverage, size_t number, FILE *out)
{
  Lines lines;
  if (!lines_of(coverage, number, &lines)) return false;
  fprintf(out, "TN:\nSF:%s\n", text_shown(&coverage->texts[number]));
  put_functions(coverage, number, out);
  put_branches(coverage, number, out);
  put_lines(&lines, out);
  fputs("end_of_record\n", out);
  lines_free(&lines);
  return true;
}

bool coverage_lcov(const Coverage *coverage, FILE *out)
{
  for (size_t i = 0; i < coverage->text_count; i++)
    if (coverage->texts[i].path && !put_text(coverage, i, out)) return false;
  return true;
}
