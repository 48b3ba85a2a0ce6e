/*
 * markdown.c - for a comment on a pull request: short, with what is long folded away.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/diff/diff.h"

/* A comment has its limits. */
enum { CLAUSE_MOST = 240, CHANGES_MOST = 150, STANDINGS_MOST = 50, EXAMPLED_MOST = 20 };

/* ---- text that is not ours ---- */

/* Outside code: nothing in it is markup, and it stays in its cell. */
static void put_plain(const char *text)
{
  for (; *text; text++) {
    if (strchr("\\`*_{}[]<>#|~", *text)) putchar('\\');
    putchar((unsigned char)*text < ' ' ? ' ' : *text);
  }
}

/* How much of a clause is shown; no character is cut in two. */
static size_t clipped(const char *text)
{
  size_t size = strlen(text);
  if (size <= CLAUSE_MOST) return size;
  for (size = CLAUSE_MOST; size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80;) size--;
  return size;
}

/* As code in a cell of a table: a run of backticks longer than any in it; a bar would end the cell. */
static void put_code(const char *text)
{
  size_t longest = 0, run = 0;
  for (const char *at = text; *at; at++) {
    run = *at == '`' ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  for (size_t i = 0; i <= longest; i++) putchar('`');
  size_t size = clipped(text);
  bool apart = size > 0 && (*text == '`' || text[size - 1] == '`');
  if (apart) putchar(' ');
  for (size_t i = 0; i < size; i++) {
    if (text[i] == '|') putchar('\\');
    putchar((unsigned char)text[i] < ' ' ? ' ' : text[i]);
  }
  if (text[size]) fputs("…", stdout);
  if (apart) putchar(' ');
  for (size_t i = 0; i <= longest; i++) putchar('`');
}

/* ---- what changed ---- */

static void put_clauses(const mot_change *change)
{
  bool same = change->before && change->after && strcmp(change->before, change->after) == 0;
  if (change->before) put_code(change->before);
  if (same) return;
  if (change->before) fputs(change->after ? "<br>→ " : " gone", stdout);
  if (change->after) put_code(change->after);
  if (!change->before && !change->after) put_plain(change->clause);
}

static void put_place(const mot_place *place)
{
  if (!place->file) return;
  fputs("<br>", stdout);
  put_plain(place->file);
  printf(":%" PRIu32, place->line);
}

static void put_change(const mot_change *change)
{
  fputs("| ", stdout);
  put_plain(change->name);
  put_place(change->new_place.file ? &change->new_place : &change->old_place);
  printf(" | %s | ", diff_kind_name(change->kind));
  put_clauses(change);
  fputs(" | ", stdout);
  put_plain(change->meaning);
  puts(" |");
}

static void put_changes(const Diff *diff, bool texts)
{
  mot_change change;
  size_t count = 0;
  puts("| of | kind | clause | what it does |\n| --- | --- | --- | --- |");
  for (size_t i = 0; mot_comparison_change(diff->comparison, i, &change); i++)
    if ((change.kind == MOT_CHANGE_TEXT) == texts && count++ < CHANGES_MOST) put_change(&change);
  putchar('\n');
  if (count > CHANGES_MOST) printf("… and %zu more, which `mot diff` shows.\n\n", count - CHANGES_MOST);
}

static void put_all_changes(const Diff *diff)
{
  size_t texts = diff->kinds[MOT_CHANGE_TEXT], others = diff_changes(diff) - texts;
  if (others) put_changes(diff, false);
  if (!texts) return;
  printf("<details><summary>%zu change%s of words, people or weights: nothing is decided otherwise</summary>\n\n", texts,
         texts == 1 ? "" : "s");
  put_changes(diff, true);
  puts("</details>\n");
}

/* ---- over events ---- */

static void put_cell(uint64_t was, uint64_t is)
{
  char text[SHOWN_MAX];
  printf(" %s", shown_count(was, text));
  if (was != is) printf(" → **%s**", shown_count(is, text));
  fputs(" |", stdout);
}

static void put_row(const DiffExperience *experience, const DiffRow *row)
{
  const DiffCounts *was = &row->counts[DIFF_OLD], *is = &row->counts[DIFF_NEW];
  char old_rate[SHOWN_MAX], new_rate[SHOWN_MAX];
  fputs("| ", stdout);
  put_plain(experience->name);
  fputs(".", stdout);
  put_plain(row->name);
  if (row->was) printf(" (was %s)", row->was);
  fputs(!row->there[DIFF_OLD] ? " (new) |" : !row->there[DIFF_NEW] ? " (gone) |" : " |", stdout);
  put_cell(was->produced, is->produced);
  put_cell(was->missed, is->missed);
  put_cell(was->voided, is->voided);
  put_cell(was->open, is->open);
  const char *was_rate = diff_rate_words(was, old_rate), *is_rate = diff_rate_words(is, new_rate);
  bool same = strcmp(was_rate, is_rate) == 0;
  printf(" %s%s%s%s |", was_rate, same ? "" : " → **", same ? "" : is_rate, same ? "" : "**");
  printf(" %" PRIu64 " |\n", diff_row_differs(row));
}

static void put_end(const Diff *diff, const DiffEnd *end)
{
  char words[DIFF_TEXT];
  put_plain(diff_end_words(diff, end, words));
  if (!end->because) return;
  fputs("<br>", stdout);
  put_plain(end->because);
}

static void put_examples(const Diff *diff, const DiffExperience *experience, const DiffRow *row)
{
  char when[64];
  fputs("<details><summary>", stdout);
  printf("%s.%s: %zu example%s</summary>\n\n", experience->name, row->name, row->example_count,
         row->example_count == 1 ? "" : "s");
  puts("| key | opened | old rules | new rules |\n| --- | --- | --- | --- |");
  for (size_t i = 0; i < row->example_count; i++) {
    const DiffExample *example = &row->examples[i];
    fputs("| ", stdout);
    put_plain(example->key);
    mot_rules_local_time(diff->rules[DIFF_NEW], example->opened, when, sizeof when);
    printf(" | %s | ", when);
    for (int side = 0; side < DIFF_SIDES; side++) {
      put_end(diff, &example->end[side]);
      fputs(side == DIFF_OLD ? " | " : " |\n", stdout);
    }
  }
  puts("\n</details>\n");
}

static bool row_matters(const DiffRow *row)
{
  return diff_row_differs(row) > 0 || row->moved > 0 || row->was || !row->there[DIFF_OLD] || !row->there[DIFF_NEW];
}

static void put_rows(const Diff *diff)
{
  puts("| | produced | missed | void | open | rate | differ |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
  size_t count = 0;
  for (size_t i = 0; i < diff->run.experience_count; i++) {
    const DiffExperience *experience = &diff->run.experiences[i];
    for (size_t k = 0; k < experience->row_count; k++)
      if (row_matters(&experience->rows[k]) && count++ < CHANGES_MOST) put_row(experience, &experience->rows[k]);
  }
  putchar('\n');
  if (count > CHANGES_MOST) printf("… and %zu more, which `mot diff` shows.\n\n", count - CHANGES_MOST);
}

static void put_standing(const char *experience, const char *name, const DiffStanding *standing, size_t *count)
{
  char words[DIFF_SIDES][DIFF_TEXT];
  if (!diff_standing_changed(standing) || (*count)++ >= STANDINGS_MOST) return;
  fputs("- ", stdout);
  put_plain(experience);
  if (*name) putchar('.');
  put_plain(name);
  const char *was = standing->text[DIFF_OLD], *is = standing->text[DIFF_NEW];
  bool renewed = was && is && strcmp(was, is) != 0;
  fputs(" ", stdout);
  put_code(was ? was : is);
  if (renewed) fputs(" → ", stdout);
  if (renewed) put_code(is);
  printf(": breached %" PRIu64 " → %" PRIu64 " times; at the end %s → %s\n", standing->breached[DIFF_OLD],
         standing->breached[DIFF_NEW], diff_standing_words(standing, DIFF_OLD, words[DIFF_OLD]),
         diff_standing_words(standing, DIFF_NEW, words[DIFF_NEW]));
}

static void put_standings(const Diff *diff)
{
  size_t count = 0;
  for (size_t i = 0; i < diff->run.experience_count; i++) {
    const DiffExperience *experience = &diff->run.experiences[i];
    for (size_t k = 0; k < experience->row_count; k++)
      for (size_t t = 0; t < experience->rows[k].targets.count; t++)
        put_standing(experience->name, experience->rows[k].name, &experience->rows[k].targets.list[t], &count);
  }
  for (size_t i = 0; i < diff->run.goals.count; i++) put_standing("goal", "", &diff->run.goals.list[i], &count);
  if (count > STANDINGS_MOST) printf("- … and %zu more\n", count - STANDINGS_MOST);
  putchar('\n');
}

static void put_run(const Diff *diff)
{
  char words[DIFF_TEXT], events[SHOWN_MAX];
  printf("**%s events under both:** %s.\n\n", shown_count(diff->run.stats[DIFF_NEW].events, events),
         diff_run_summary(diff, words));
  if (diff_run_differs(&diff->run) == 0) return;
  put_rows(diff);
  put_standings(diff);
  puts("Times are those of the rules' zone; in evidence, with a Z, they are UTC.\n");
  size_t exampled = 0;
  for (size_t i = 0; i < diff->run.experience_count; i++) {
    const DiffExperience *experience = &diff->run.experiences[i];
    for (size_t k = 0; k < experience->row_count; k++)
      if (experience->rows[k].example_count > 0 && exampled++ < EXAMPLED_MOST)
        put_examples(diff, experience, &experience->rows[k]);
  }
}

void diff_markdown(const Diff *diff)
{
  char words[DIFF_TEXT];
  fputs("### Rules: ", stdout);
  put_code(diff->path[DIFF_OLD]);
  fputs(" → ", stdout);
  put_code(diff->path[DIFF_NEW]);
  printf("\n\n**%s.**\n\n", diff_summary(diff, words));
  put_all_changes(diff);
  if (diff->evaluated) put_run(diff);
  if (!diff->same_texts) printf("%s\n", diff_state_words(diff));
}
