/*
 * mutate_text.c - what came of the mutants, for people and as GitHub workflow commands.
 */
#include <stdio.h>
#include <string.h>

#include "cli/markup.h"
#include "cli/quantity.h"
#include "cli/report.h"
#include "cli/say.h"
#include "cli/test/mutate.h"

/* ---- the summary ---- */

static const char *plural(size_t n)
{
  return n == 1 ? "" : "s";
}

static void put_summary(const Mutation *mutation)
{
  char took[SHOWN_MAX];
  const size_t *fates = mutation->fates;
  size_t counted = fates[MUTANT_KILLED] + fates[MUTANT_SURVIVED];
  printf("%zu mutant%s: %zu killed, %zu survived", counted, plural(counted), fates[MUTANT_KILLED],
         fates[MUTANT_SURVIVED]);
  if (counted > 0) printf(", score %.1f %%", 100 * mutation_score(mutation));
  printf(" in %s", shown_time(mutation->seconds, took));
  if (fates[MUTANT_BROKEN] > 0)
    printf("; %zu more %s not compile", fates[MUTANT_BROKEN], fates[MUTANT_BROKEN] == 1 ? "does" : "do");
  if (fates[MUTANT_SAME] > 0)
    printf("; %zu more mean%s the same", fates[MUTANT_SAME], fates[MUTANT_SAME] == 1 ? "s" : "");
  if (fates[MUTANT_UNTRIED] > 0) printf("; interrupted, %zu not tried", fates[MUTANT_UNTRIED]);
  putchar('\n');
}

/* ---- survivors, for people ---- */

static void put_line(const Mutation *mutation, const Mutant *mutant)
{
  const mot_place *place = &mutant->change.place;
  const FileText *text = &mutation->files[mutant->file].text;
  const char *start = text->bytes + place->offset, *end = text->bytes + text->size;
  while (start > text->bytes && start[-1] != '\n') start--;
  const char *stop = memchr(start, '\n', (size_t)(end - start));
  if (!stop) stop = end;
  if (stop > start && stop[-1] == '\r') stop--;
  render_marked_line(start, (size_t)(stop - start), place, STYLE_WARNING, mutation->color, stdout);
}

/* What is within a clause that no test needs is no news: how many changes after `outer`, which are passed
 * over. */
static size_t within(const Mutation *mutation, const Mutant *outer, const Mutant **ret_past)
{
  size_t survived = 0;
  const Mutant *end = mutation->mutants + mutation->count, *mutant = *ret_past;
  size_t limit = outer->change.place.offset + outer->change.place.length;
  if (*outer->change.with) return 0;
  for (; mutant < end && mutant->file == outer->file && mutant->change.place.offset < limit; mutant++)
    survived += mutant->fate == MUTANT_SURVIVED;
  *ret_past = mutant;
  return survived;
}

static bool same_place(const Mutant *a, const Mutant *b)
{
  return a->file == b->file && a->change.place.offset == b->change.place.offset &&
         a->change.place.length == b->change.place.length;
}

/* Survivors from `first` to before `past`, all of one place. */
static void put_survivors(const Mutation *mutation, const Mutant *first, const Mutant *past, size_t more)
{
  bool color = mutation->color;
  const mot_place *place = &first->change.place;
  printf("%s%s:%u:%u:%s %ssurvived:%s ", style(color, STYLE_BOLD), mutation->files[first->file].shown,
         place->line, place->column, style(color, STYLE_NONE), style(color, STYLE_WARNING),
         style(color, STYLE_NONE));
  for (const Mutant *mutant = first; mutant < past; mutant++)
    if (mutant->fate == MUTANT_SURVIVED) printf("%s%s", mutant == first ? "" : "; ", mutant->change.what);
  putchar('\n');
  put_line(mutation, first);
  for (const Mutant *mutant = first; mutant < past; mutant++)
    if (mutant->fate == MUTANT_SURVIVED)
      printf("      %shelp:%s %s\n", style(color, STYLE_HELP), style(color, STYLE_NONE), mutant->change.hint);
  if (more > 0)
    printf("      and so %s %zu change%s within it\n", more == 1 ? "does" : "do", more, plural(more));
  putchar('\n');
}

/* A file without tests needs no list. */
static bool says_untested(const Mutation *mutation, size_t file)
{
  if (mutation->files[file].test_count > 0) return false;
  printf("%s: no test is run, so nothing notices a change\n", mutation->files[file].shown);
  return true;
}

void mutation_text(const Mutation *mutation)
{
  size_t file = SIZE_MAX;
  bool untested = false;
  for (size_t i = 0; i < mutation->file_count; i++) untested |= says_untested(mutation, i);
  if (untested) putchar('\n');
  const Mutant *end = mutation->mutants + mutation->count;
  for (const Mutant *mutant = mutation->mutants, *past; mutant < end; mutant = past) {
    past = mutant + 1;
    file = mutant->file;
    if (mutant->fate != MUTANT_SURVIVED || mutation->files[file].test_count == 0) continue;
    while (past < end && same_place(mutant, past)) past++;
    const Mutant *last = past;
    size_t more = within(mutation, mutant, &past);
    put_survivors(mutation, mutant, last, more);
  }
  put_summary(mutation);
}

/* ---- GitHub ---- */

void mutation_github(const Mutation *mutation)
{
  for (size_t i = 0; i < mutation->count; i++) {
    const Mutant *mutant = &mutation->mutants[i];
    const mot_place *place = &mutant->change.place;
    if (mutant->fate != MUTANT_SURVIVED) continue;
    const Mutant *past = mutant + 1;
    within(mutation, mutant, &past);
    i = (size_t)(past - mutation->mutants) - 1;
    printf("::warning file=");
    markup_command(mutation->files[mutant->file].shown, true, stdout);
    printf(",line=%u,col=%u,endLine=%u", place->line, place->column, place->end_line);
    if (place->end_line == place->line) printf(",endColumn=%u", place->end_column);
    printf(",title=");
    markup_command("no test notices: ", true, stdout);
    markup_command(mutant->change.what, true, stdout);
    printf("::");
    markup_command(mutant->change.hint, false, stdout);
    putchar('\n');
  }
  put_summary(mutation);
}
