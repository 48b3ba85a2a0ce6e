/*
 * text_run.c - for a terminal: how things end under both rules.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/diff/diff.h"
#include "cli/say.h"

enum { NAME = 18, SIDE = 5, NUMBER = 9 };

static const char *const side_words[] = {"old", "new"};

/* ---- figures ---- */

static void put_number(uint64_t number)
{
  char text[SHOWN_MAX];
  bool fits = strlen(shown_count(number, text)) < NUMBER;
  if (fits)
    printf("%*s", NUMBER, text);
  else
    printf(" %*" PRIu64, NUMBER - 1, number);
}

static void put_counts(const char *name, const char *which, const DiffCounts *counts, uint64_t differ, bool color)
{
  char rate[SHOWN_MAX];
  if (strlen(name) > NAME) {
    printf("  %s\n", name);
    name = "";
  }
  printf("  %-*s %-*s", NAME, name, SIDE, which);
  put_number(counts->produced);
  put_number(counts->missed);
  put_number(counts->voided);
  put_number(counts->open);
  printf("%*s", NUMBER, diff_rate_words(counts, rate));
  if (differ) fputs(style(color, STYLE_WARNING), stdout);
  if (differ) put_number(differ);
  printf("%s\n", differ ? style(color, STYLE_NONE) : "");
}

static bool counts_alike(const DiffRow *row)
{
  const DiffCounts *was = &row->counts[DIFF_OLD], *is = &row->counts[DIFF_NEW];
  return was->produced == is->produced && was->missed == is->missed && was->voided == is->voided &&
    was->open == is->open && row->there[DIFF_OLD] && row->there[DIFF_NEW] && !row->was;
}

static void put_row(const DiffRow *row, bool color)
{
  uint64_t differ = diff_row_differs(row);
  if (counts_alike(row)) {
    put_counts(row->name, "both", &row->counts[DIFF_NEW], differ, color);
    return;
  }
  if (row->there[DIFF_OLD])
    put_counts(row->was ? row->was : row->name, side_words[DIFF_OLD], &row->counts[DIFF_OLD], 0, color);
  const char *name = row->there[DIFF_OLD] && !row->was ? "" : row->name;
  if (row->there[DIFF_NEW])
    put_counts(name, side_words[DIFF_NEW], &row->counts[DIFF_NEW], differ, color);
  else
    printf("  %-*s %s\n", NAME, "", "not under the new rules");
}

/* ---- what became of what ---- */

static void put_turned(const DiffRow *row)
{
  char count[SHOWN_MAX];
  for (int was = 0; was < DIFF_OUTCOMES; was++)
    for (int is = 0; is < DIFF_OUTCOMES; is++)
      if (was != is && row->turned[was][is])
        printf("    %s %s -> %s\n", shown_count(row->turned[was][is], count), diff_outcome_name((mot_outcome)was),
               diff_outcome_name((mot_outcome)is));
  if (row->moved) printf("    %s decided at another time\n", shown_count(row->moved, count));
  for (int side = 0; side < DIFF_SIDES; side++)
    if (row->only[side] && row->there[!side])
      printf("    %s only under the %s rules\n", shown_count(row->only[side], count), side_words[side]);
}

static void put_pair(const char *what, uint64_t was, uint64_t is)
{
  char old_count[SHOWN_MAX], new_count[SHOWN_MAX];
  if (was != is) printf("    %s: %s -> %s\n", what, shown_count(was, old_count), shown_count(is, new_count));
}

static void put_standing(const char *what, const DiffStanding *standing)
{
  char words[DIFF_SIDES][DIFF_TEXT];
  const char *was = standing->text[DIFF_OLD], *is = standing->text[DIFF_NEW];
  if (!diff_standing_changed(standing)) return;
  printf("    %s %s%s%s: breached %" PRIu64 " -> %" PRIu64 " times\n", what, was ? was : is,
         was && is && strcmp(was, is) != 0 ? " -> " : "", was && is && strcmp(was, is) != 0 ? is : "",
         standing->breached[DIFF_OLD], standing->breached[DIFF_NEW]);
  printf("      at the end %s -> %s\n", diff_standing_words(standing, DIFF_OLD, words[DIFF_OLD]),
         diff_standing_words(standing, DIFF_NEW, words[DIFF_NEW]));
}

/* Keys are the customers' data: nothing in them moves the cursor. */
static void put_key(const char *key)
{
  for (; *key; key++) putchar((unsigned char)*key < ' ' || *key == 127 ? '?' : *key);
}

static void put_end(const Diff *diff, const DiffEnd *end, int side)
{
  char words[DIFF_TEXT];
  printf("      %s  %s\n", side_words[side], diff_end_words(diff, end, words));
  if (!end->because) return;
  fputs("           ", stdout);
  put_key(end->because);
  putchar('\n');
}

static void put_example(const Diff *diff, const DiffRow *row, const DiffExample *example, bool color)
{
  char when[64];
  mot_rules_local_time(diff->rules[DIFF_NEW], example->opened, when, sizeof when);
  fputs("    ", stdout);
  fputs(style(color, STYLE_BOLD), stdout);
  put_key(example->key);
  printf("%s, opened %s\n", style(color, STYLE_NONE), when);
  for (int side = 0; side < DIFF_SIDES; side++)
    if (row->there[side]) put_end(diff, &example->end[side], side);
}

static void put_details(const Diff *diff, const DiffRow *row, bool color)
{
  const DiffCounts *was = &row->counts[DIFF_OLD], *is = &row->counts[DIFF_NEW];
  bool both = row->there[DIFF_OLD] && row->there[DIFF_NEW];
  put_turned(row);
  put_pair("alerts", was->alerts, is->alerts);
  put_pair("corrections", was->corrections, is->corrections);
  put_pair("corrections overdue", was->overdue, is->overdue);
  for (size_t i = 0; both && i < row->targets.count; i++) put_standing("target", &row->targets.list[i]);
  for (size_t i = 0; both && i < row->example_count; i++) put_example(diff, row, &row->examples[i], color);
}

static bool has_details(const DiffRow *row)
{
  const DiffCounts *was = &row->counts[DIFF_OLD], *is = &row->counts[DIFF_NEW];
  if (!row->there[DIFF_OLD] || !row->there[DIFF_NEW]) return false;
  bool any = diff_row_differs(row) || row->moved || was->alerts != is->alerts || was->corrections != is->corrections ||
    was->overdue != is->overdue;
  for (size_t i = 0; i < row->targets.count; i++) any = any || diff_standing_changed(&row->targets.list[i]);
  return any;
}

/* ---- an experience ---- */

static const char *disruption_words(double disruption, char ret[SHOWN_MAX])
{
  if (disruption < 0) return "none";
  snprintf(ret, SHOWN_MAX, "%.1f %%", disruption);
  return ret;
}

static void put_head(const DiffExperience *experience, bool color)
{
  char was[SHOWN_MAX], is[SHOWN_MAX];
  printf("\n%s%s%s\n", style(color, STYLE_BOLD), experience->name, style(color, STYLE_NONE));
  for (int side = 0; side < DIFF_SIDES; side++)
    if (experience->number[side] == MOT_NOT_FOUND) printf("  not under the %s rules\n", side_words[side]);
  put_pair("journeys started", experience->started[DIFF_OLD], experience->started[DIFF_NEW]);
  if (experience->ended_otherwise)
    printf("    journeys over otherwise or at another time: %s\n", shown_count(experience->ended_otherwise, was));
  if (experience->disruption[DIFF_OLD] != experience->disruption[DIFF_NEW])
    printf("    disruption: %s -> %s\n", disruption_words(experience->disruption[DIFF_OLD], was),
           disruption_words(experience->disruption[DIFF_NEW], is));
}

static void put_experience(const Diff *diff, const DiffExperience *experience, bool color)
{
  put_head(experience, color);
  printf("  %-*s %-*s%*s%*s%*s%*s%*s%*s\n", NAME, "", SIDE, "", NUMBER, "produced", NUMBER, "missed", NUMBER, "void",
         NUMBER, "open", NUMBER, "rate", NUMBER, "differ");
  for (size_t i = 0; i < experience->row_count; i++) put_row(&experience->rows[i], color);
  for (size_t i = 0; i < experience->row_count; i++) {
    const DiffRow *row = &experience->rows[i];
    if (!has_details(row)) continue;
    printf("\n  %s%s.%s%s\n", style(color, STYLE_BOLD), experience->name, row->name, style(color, STYLE_NONE));
    put_details(diff, row, color);
  }
}

static void put_goals(const DiffStandings *goals)
{
  for (size_t i = 0; i < goals->count; i++) put_standing("goal", &goals->list[i]);
}

/* What was not taken is in no figure. */
static void put_untaken(const char *what, uint64_t was, uint64_t is)
{
  char count[SHOWN_MAX];
  if (was == is && is > 0) printf("    %s: %s\n", what, shown_count(is, count));
  put_pair(what, was, is);
}

static void put_unread(const Diff *diff)
{
  const mot_run_stats *was = &diff->run.stats[DIFF_OLD], *is = &diff->run.stats[DIFF_NEW];
  put_untaken("events rejected", was->rejected, is->rejected);
  put_untaken("events late", was->late, is->late);
  put_pair("events that no rule uses", was->unmapped, is->unmapped);
  put_pair("faults", was->faults, is->faults);
}

void diff_text_run(const Diff *diff, bool color)
{
  char words[DIFF_TEXT], events[SHOWN_MAX];
  int column = printf("\n%s events under both: ", shown_count(diff->run.stats[DIFF_NEW].events, events));
  diff_put_words(diff_run_summary(diff, words), (size_t)column - 1, 2);
  if (diff_run_differs(&diff->run) > 0)
    diff_put_words("Times are those of the rules' zone; in evidence, with a Z, they are UTC.", 0, 0);
  put_unread(diff);
  for (size_t i = 0; i < diff->run.experience_count; i++) put_experience(diff, &diff->run.experiences[i], color);
  put_goals(&diff->run.goals);
}
