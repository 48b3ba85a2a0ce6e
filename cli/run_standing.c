/*
 * run_standing.c - the table of targets, the trees of goals, what was done, what no rule knows.
 */
#include "cli/run_standing.h"

#include <stdio.h>
#include <string.h>

#include "cli/say.h"
#include "cli/value_text.h"
#include "mot/tools.h"

/* ---- targets ---- */

static const char *state_style(mot_state state, bool color)
{
  return style(color, state == MOT_STATE_BREACHED ? STYLE_ERROR : state == MOT_STATE_MET ? STYLE_BOLD : STYLE_DIM);
}

static void put_state(mot_state state, bool more_follows, bool color)
{
  int width = more_follows ? (int)sizeof "breached" - 1 : 0;
  fprintf(stderr, "%s%-*s%s", state_style(state, color), width, mot_state_name(state), style(color, STYLE_NONE));
}

static void put_cases(const mot_target_standing *standing, uint64_t least)
{
  char value[SHOWN_MAX], cases[SHOWN_MAX];
  const char *plural = standing->cases == 1 ? "" : "s";
  shown_count(standing->cases, cases);
  if (standing->to == MOT_NO_TIME)
    fputs("  not judged yet\n", stderr);
  else if (standing->cases < least)
    fprintf(stderr, "  %s case%s, too few to judge\n", cases, plural);
  else
    fprintf(stderr, "  %s of %s case%s\n", shown_value(&standing->value, value), cases, plural);
}

typedef struct Widths {
  int name, text;
} Widths;

static void widen(int *width, const char *text)
{
  int len = (int)strlen(text);
  if (len > *width) *width = len;
}

static Widths widths_of(const mot_rules *rules, const mot_experience_info *of)
{
  Widths widths = {12, 0};
  mot_mot_info mot;
  mot_target_info target;
  for (uint32_t i = of->first_mot; i < of->first_mot + of->mots && mot_rules_mot_info(rules, i, &mot); i++) {
    if (mot.targets > 0) widen(&widths.name, mot.name);
    for (uint32_t t = mot.first_target; t < mot.first_target + mot.targets; t++)
      if (mot_rules_target_info(rules, t, &target)) widen(&widths.text, target.text);
  }
  return widths;
}

static void put_target(const mot_rules *rules, mot_run *run, uint32_t number, const char *name, Widths widths,
                       bool color)
{
  mot_target_info target;
  mot_target_standing standing;
  if (!mot_rules_target_info(rules, number, &target) || !mot_run_target(run, number, &standing)) return;
  fprintf(stderr, "  %-*s  %-*s  ", widths.name, name, widths.text, target.text);
  put_state(standing.state, true, color);
  put_cases(&standing, target.min_cases);
}

void standing_targets(const mot_rules *rules, mot_run *run, uint32_t experience, bool color)
{
  mot_experience_info of;
  mot_mot_info mot;
  if (!mot_rules_experience_info(rules, experience, &of)) return;
  Widths widths = widths_of(rules, &of);
  if (widths.text > 0) fprintf(stderr, "%s  targets%s\n", style(color, STYLE_DIM), style(color, STYLE_NONE));
  for (uint32_t i = of.first_mot; i < of.first_mot + of.mots && mot_rules_mot_info(rules, i, &mot); i++)
    for (uint32_t t = 0; t < mot.targets; t++)
      put_target(rules, run, mot.first_target + t, t == 0 ? mot.name : "", widths, color);
}

/* ---- goals ---- */

typedef struct Tree {
  const mot_rules *rules;
  mot_run *run;
  bool color;
  int width;      /* of names, the indent before them included */
} Tree;

static void put_individuals(const Tree *tree, uint32_t goal, const char *each)
{
  char text[SHOWN_MAX];
  mot_value who;
  mot_goal_standing standing;
  size_t count = 0, breached = 0;
  for (; mot_run_individual(tree->run, goal, count, &who, &standing); count++)
    breached += standing.state == MOT_STATE_BREACHED;
  fprintf(stderr, "  each %s: %s", each, shown_count(count, text));
  if (breached > 0) fprintf(stderr, ", %s breached", shown_count(breached, text));
}

static void put_goal(const Tree *tree, uint32_t goal, const mot_goal_info *info, int depth)
{
  mot_goal_standing standing;
  if (!mot_run_goal(tree->run, goal, &standing)) return;
  fprintf(stderr, "  %*s%-*s  ", 2 * depth, "", tree->width - 2 * depth, info->name);
  put_state(standing.state, standing.score >= 0 || standing.rolled_up >= 0 || info->each[0], tree->color);
  if (standing.score >= 0) fprintf(stderr, "  score %.1f", standing.score);
  if (standing.rolled_up >= 0) fprintf(stderr, "  rolled up %.1f", standing.rolled_up);
  if (info->each[0]) put_individuals(tree, goal, info->each);
  fputc('\n', stderr);
}

static int depth_of(const mot_rules *rules, const mot_goal_info *info)
{
  int depth = 0;
  mot_goal_info above = *info;
  while (above.parent != MOT_NOT_FOUND && mot_rules_goal_info(rules, above.parent, &above)) depth++;
  return depth;
}

/* The goals below a parent, each with those below it; nesting is bounded by the language. */
static void put_goals(const Tree *tree, const char *nsat, uint32_t parent, int depth)
{
  mot_goal_info info;
  uint32_t first = parent == MOT_NOT_FOUND ? 0 : parent + 1; /* parents stand before their children */
  for (uint32_t i = first; mot_rules_goal_info(tree->rules, i, &info); i++) {
    if (info.parent != parent || strcmp(info.nsat, nsat) != 0) continue;
    put_goal(tree, i, &info, depth);
    put_goals(tree, nsat, i, depth + 1);
  }
}

void standing_goals(const mot_rules *rules, mot_run *run, bool color)
{
  Tree tree = {rules, run, color, 12};
  mot_goal_info info;
  const char *nsat = NULL;
  for (uint32_t i = 0; mot_rules_goal_info(rules, i, &info); i++) {
    int width = 2 * depth_of(rules, &info) + (int)strlen(info.name);
    if (width > tree.width) tree.width = width;
  }
  for (uint32_t i = 0; mot_rules_goal_info(rules, i, &info); i++) {
    if (nsat && strcmp(nsat, info.nsat) == 0) continue;
    nsat = info.nsat;
    fprintf(stderr, "%s%s%s: goals of %s\n", style(color, STYLE_BOLD), nsat, style(color, STYLE_NONE),
            mot_rules_experience_name(rules, info.experience));
    put_goals(&tree, nsat, MOT_NOT_FOUND, 0);
    fputc('\n', stderr);
  }
}

/* ---- what was done ---- */

static void put_count(uint64_t count, const char *what, bool trouble, bool color)
{
  char text[SHOWN_MAX];
  const char *begin = trouble && count > 0 ? style(color, STYLE_WARNING) : "";
  fprintf(stderr, "  %s%s %s%s", begin, shown_count(count, text), what, *begin ? style(color, STYLE_NONE) : "");
}

/* A metric that never had a case says nothing by itself: perhaps a field is never there. */
static void put_unseen(const mot_rules *rules, mot_run *run)
{
  mot_metric_info metric;
  mot_run_stats stats;
  mot_run_get_stats(run, &stats);
  for (uint32_t i = 0; stats.clock != MOT_NO_TIME && mot_rules_metric_info(rules, i, &metric); i++)
    if (!mot_run_metric_seen(run, i))
      fprintf(stderr, "metric   %s: no event had a value for it\n", metric.name);
}

static void put_ungrouped(const mot_rules *rules, mot_run *run)
{
  char text[SHOWN_MAX];
  mot_metric_info metric;
  for (uint32_t i = 0; mot_rules_metric_info(rules, i, &metric); i++) {
    uint64_t cases = mot_run_ungrouped(run, i);
    if (cases > 0) fprintf(stderr, "(other)  %s: %s cases found no group of their own\n", metric.name,
                           shown_count(cases, text));
  }
}

void standing_acts(const mot_rules *rules, mot_run *run, bool color)
{
  mot_act_stats acts;
  mot_run_act_stats(run, &acts);
  if (acts.raised > 0) {
    fputs("alerts ", stderr);
    put_count(acts.raised, "raised", false, color);
    put_count(acts.escalated, "escalated", true, color);
    put_count(acts.active, "active", true, color);
    fputc('\n', stderr);
  }
  if (acts.opened > 0) {
    fputs("corrections ", stderr);
    put_count(acts.opened, "opened", false, color);
    put_count(acts.done, "done", false, color);
    put_count(acts.overdue, "overdue", true, color);
    put_count(acts.withdrawn, "withdrawn", false, color);
    put_count(acts.open, "open", true, color);
    fputc('\n', stderr);
  }
  put_ungrouped(rules, run);
  put_unseen(rules, run);
}

/* ---- events that no rule knows ---- */

/* A type as it stood in the data may hold anything. */
static void put_type(const char *type, size_t size)
{
  enum { SHOWN_TYPE = 60 };
  for (size_t i = 0; i < size && i < SHOWN_TYPE; i++)
    fputc((unsigned char)type[i] < 0x20 || type[i] == 0x7f ? '?' : type[i], stderr);
  if (size > SHOWN_TYPE) fputs("…", stderr);
}

void standing_unmapped(mot_run *run)
{
  enum { SHOWN = 3 };
  const char *type;
  size_t size, types = 0;
  uint64_t events, all = 0;
  char text[SHOWN_MAX], number[SHOWN_MAX];
  while (mot_run_unmapped(run, types, &type, &size, &events)) {
    all += events;
    types++;
  }
  if (types == 0) return;
  fprintf(stderr, "unmapped %s event%s of %s type%s no rule knows, most:", shown_count(all, text), all == 1 ? "" : "s",
          shown_count(types, number), types == 1 ? "" : "s");
  for (size_t i = 0; i < SHOWN && mot_run_unmapped(run, i, &type, &size, &events); i++) {
    fputs(i ? ", " : " ", stderr);
    put_type(type, size);
    fprintf(stderr, " %s", shown_count(events, text));
  }
  fputc('\n', stderr);
}
