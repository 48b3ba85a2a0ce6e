/*
 * causes.c - see causes.h.
 */
#include "cli/causes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/quantity.h"

static const struct {
  const char *reason, *words;
} causes_known[] = {
  {"json", "this is not one object of JSON on its line"},
  {"csv", "the row does not fit the header line"},
  {"long", "the line is too long"},
  {"missing", "is missing"},
  {"type", "has a value of another type or form"},
  {"range", "is out of range"},
  {"value", "has a value that is not listed"},
  {"duplicate", "is there twice"},
};

static void word_cause(const mot_rejected *rejected, char words[CAUSE_WORDS])
{
  const char *why = rejected->reason;
  for (size_t i = 0; i < sizeof causes_known / sizeof *causes_known; i++)
    if (strcmp(causes_known[i].reason, rejected->reason) == 0) why = causes_known[i].words;
  if (rejected->field)
    snprintf(words, CAUSE_WORDS, "`%.48s` %s", rejected->field, why);
  else
    snprintf(words, CAUSE_WORDS, "%s", why);
}

void causes_count(Causes *causes, const mot_rejected *rejected)
{
  if (rejected->late) return;
  char words[CAUSE_WORDS];
  size_t i = 0;
  word_cause(rejected, words);
  while (i < causes->used && strcmp(causes->causes[i].words, words) != 0) i++;
  if (i == CAUSES) {
    causes->others++;
    return;
  }
  if (i == causes->used) memcpy(causes->causes[causes->used++].words, words, sizeof words);
  causes->causes[i].count++;
}

static int by_frequency(const void *a, const void *b)
{
  const struct Cause *one = a, *other = b;
  if (one->count != other->count) return one->count < other->count ? 1 : -1;
  return strcmp(one->words, other->words);
}

static void show_cause(bool first, uint64_t count, const char *why)
{
  char text[SHOWN_MAX];
  fprintf(stderr, "%-9s%s: %s\n", first ? "rejected" : "", shown_count(count, text), why);
}

void causes_show(Causes *causes)
{
  enum { SHOWN = 3 };
  uint64_t others = causes->others;
  qsort(causes->causes, causes->used, sizeof causes->causes[0], by_frequency);
  for (size_t i = 0; i < causes->used; i++) {
    if (i < SHOWN)
      show_cause(i == 0, causes->causes[i].count, causes->causes[i].words);
    else
      others += causes->causes[i].count;
  }
  if (others > 0) show_cause(false, others, "other reasons");
}
