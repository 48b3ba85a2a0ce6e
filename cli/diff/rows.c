/*
 * rows.c - see rows.h.
 */
#include "cli/diff/rows.h"

#include <stdlib.h>
#include <string.h>

/* ---- how many there are ---- */

static size_t count_experiences(const mot_rules *rules)
{
  size_t count = 0;
  while (mot_rules_experience_name(rules, (uint32_t)count)) count++;
  return count;
}

static size_t count_mots(const mot_rules *rules)
{
  size_t count = 0;
  while (mot_rules_mot_name(rules, (uint32_t)count)) count++;
  return count;
}

static size_t count_targets(const mot_rules *rules)
{
  mot_target_info info;
  size_t count = 0;
  while (mot_rules_target_info(rules, (uint32_t)count, &info)) count++;
  return count;
}

static size_t count_goals(const mot_rules *rules)
{
  mot_goal_info info;
  size_t count = 0;
  while (mot_rules_goal_info(rules, (uint32_t)count, &info)) count++;
  return count;
}

static bool index_make(const Diff *diff, DiffIndex *index)
{
  bool fine = true;
  for (int side = 0; side < DIFF_SIDES; side++) {
    const mot_rules *rules = diff->rules[side];
    index->mots[side] = calloc(count_mots(rules) + 1, sizeof *index->mots[side]);
    index->experiences[side] = calloc(count_experiences(rules) + 1, sizeof *index->experiences[side]);
    index->targets[side] = calloc(count_targets(rules) + 1, sizeof *index->targets[side]);
    index->goals[side] = calloc(count_goals(rules) + 1, sizeof *index->goals[side]);
    fine = fine && index->mots[side] && index->experiences[side] && index->targets[side] && index->goals[side];
  }
  return fine;
}

void index_free(DiffIndex *index)
{
  for (int side = 0; side < DIFF_SIDES; side++) {
    free(index->mots[side]);
    free(index->experiences[side]);
    free(index->targets[side]);
    free(index->goals[side]);
  }
}

/* ---- targets and goals ---- */

static DiffStanding *standing_add(DiffStandings *standings)
{
  DiffStanding *standing = &standings->list[standings->count++];
  *standing = (DiffStanding){.text = {NULL, NULL}};
  return standing;
}

static void standing_tell(DiffStanding *standing, int side, const char *text, DiffStanding **place)
{
  standing->text[side] = text;
  *place = standing;
}

typedef struct TargetRange {
  const mot_rules *rules;
  uint32_t first, count;
  DiffStanding **places; /* of this side */
} TargetRange;

static TargetRange targets_of(const Diff *diff, const DiffIndex *index, const DiffRow *row, int side)
{
  mot_mot_info info;
  TargetRange range = {diff->rules[side], 0, 0, index->targets[side]};
  if (mot_rules_mot_info(range.rules, row->mot[side], &info)) {
    range.first = info.first_target;
    range.count = info.targets;
  }
  return range;
}

static const char *target_text(const TargetRange *range, uint32_t at)
{
  mot_target_info info;
  return mot_rules_target_info(range->rules, range->first + at, &info) ? info.text : "";
}

/* An old target that is not taken yet: with the same text, or (`text` NULL) whichever. */
static uint32_t old_target(const TargetRange *was, const char *text)
{
  for (uint32_t i = 0; i < was->count; i++)
    if (!was->places[was->first + i] && (!text || strcmp(target_text(was, i), text) == 0)) return i;
  return MOT_NOT_FOUND;
}

static void pair_target(DiffStandings *targets, const TargetRange *was, const TargetRange *is, uint32_t at, bool alike)
{
  const char *text = target_text(is, at);
  uint32_t other = old_target(was, alike ? text : NULL);
  if (is->places[is->first + at] || (alike && other == MOT_NOT_FOUND)) return;
  DiffStanding *standing = standing_add(targets);
  standing_tell(standing, DIFF_NEW, text, &is->places[is->first + at]);
  if (other != MOT_NOT_FOUND) standing_tell(standing, DIFF_OLD, target_text(was, other), &was->places[was->first + other]);
}

static bool pair_targets(const Diff *diff, const DiffIndex *index, DiffRow *row)
{
  TargetRange was = targets_of(diff, index, row, DIFF_OLD), is = targets_of(diff, index, row, DIFF_NEW);
  row->targets.list = calloc(was.count + is.count + 1, sizeof *row->targets.list);
  if (!row->targets.list) return false;
  for (uint32_t i = 0; i < is.count; i++) pair_target(&row->targets, &was, &is, i, true);
  for (uint32_t i = 0; i < is.count; i++) pair_target(&row->targets, &was, &is, i, false);
  for (uint32_t at; (at = old_target(&was, NULL)) != MOT_NOT_FOUND;)
    standing_tell(standing_add(&row->targets), DIFF_OLD, target_text(&was, at), &was.places[was.first + at]);
  return true;
}

/* The number of a goal, searched from `near` on; MOT_NOT_FOUND: there is none. */
static uint32_t goal_named(const mot_rules *rules, uint32_t count, uint32_t near, const mot_goal_info *wanted)
{
  mot_goal_info info;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = (near + i) % count;
    mot_rules_goal_info(rules, at, &info);
    if (strcmp(info.nsat, wanted->nsat) == 0 && strcmp(info.name, wanted->name) == 0) return at;
  }
  return MOT_NOT_FOUND;
}

static bool pair_goals(Diff *diff, const DiffIndex *index)
{
  DiffStandings *goals = &diff->run.goals;
  mot_goal_info info;
  uint32_t count = (uint32_t)count_goals(diff->rules[DIFF_NEW]);
  goals->list = calloc(count_goals(diff->rules[DIFF_OLD]) + count + 1, sizeof *goals->list);
  if (!goals->list) return false;
  for (uint32_t i = 0; mot_rules_goal_info(diff->rules[DIFF_NEW], i, &info); i++)
    standing_tell(standing_add(goals), DIFF_NEW, info.name, &index->goals[DIFF_NEW][i]);
  for (uint32_t i = 0; mot_rules_goal_info(diff->rules[DIFF_OLD], i, &info); i++) {
    uint32_t there = goal_named(diff->rules[DIFF_NEW], count, i, &info);
    standing_tell(there == MOT_NOT_FOUND ? standing_add(goals) : index->goals[DIFF_NEW][there], DIFF_OLD, info.name,
                  &index->goals[DIFF_OLD][i]);
  }
  return true;
}

/* ---- experiences and MOTs ---- */

static DiffRow *row_add(DiffExperience *experience, const char *name)
{
  DiffRow *row = &experience->rows[experience->row_count++];
  *row = (DiffRow){.name = name, .mot = {MOT_NOT_FOUND, MOT_NOT_FOUND}};
  return row;
}

/* Names are mostly in one order: the search begins at `near`. */
static DiffRow *row_named(DiffExperience *experience, size_t near, const char *name)
{
  for (size_t i = 0; i + 1 < experience->row_count; i++) {
    DiffRow *row = &experience->rows[1 + (near + i) % (experience->row_count - 1)];
    if (strcmp(row->name, name) == 0) return row;
  }
  return NULL;
}

/* "GettingOnline.OnTime" */
static bool is_full_name(const char *full, const char *experience, const char *mot)
{
  size_t len = strlen(experience);
  return strncmp(full, experience, len) == 0 && full[len] == '.' && strcmp(full + len + 1, mot) == 0;
}

/* The row of a MOT that only has another name under the new rules. */
static DiffRow *row_renamed(const Diff *diff, DiffExperience *experience, const char *name)
{
  mot_change change;
  for (size_t i = 0; mot_comparison_change(diff->comparison, i, &change); i++) {
    bool here = change.of == MOT_CHANGE_OF_MOT && change.renamed && is_full_name(change.renamed, experience->name, name);
    DiffRow *row = here ? row_named(experience, 0, strrchr(change.name, '.') + 1) : NULL;
    if (!row || row->there[DIFF_OLD]) continue;
    row->was = name;
    return row;
  }
  return NULL;
}

/* Within one side names differ. */
static DiffRow *row_of(const Diff *diff, DiffExperience *experience, int side, const char *name, size_t near)
{
  DiffRow *row = side == DIFF_NEW ? NULL : row_named(experience, near, name);
  if (!row && side == DIFF_OLD) row = row_renamed(diff, experience, name);
  return row ? row : row_add(experience, name);
}

static void add_mot(const Diff *diff, DiffExperience *experience, const DiffIndex *index, int side, uint32_t number,
                    size_t near)
{
  DiffRow *row = row_of(diff, experience, side, mot_rules_mot_name(diff->rules[side], number), near);
  row->mot[side] = number;
  row->there[side] = true;
  index->mots[side][number] = row;
}

static uint32_t mots_of(const Diff *diff, const DiffExperience *experience, int side, uint32_t *ret_first)
{
  mot_experience_info info;
  if (!mot_rules_experience_info(diff->rules[side], experience->number[side], &info)) return 0;
  *ret_first = info.first_mot;
  return info.mots;
}

static bool fill_experience(const Diff *diff, const DiffIndex *index, DiffExperience *experience)
{
  uint32_t first[DIFF_SIDES] = {0, 0}, count[DIFF_SIDES];
  for (int side = 0; side < DIFF_SIDES; side++) count[side] = mots_of(diff, experience, side, &first[side]);
  experience->rows = calloc(count[DIFF_OLD] + count[DIFF_NEW] + 1, sizeof *experience->rows);
  if (!experience->rows) return false;
  DiffRow *sco = row_add(experience, "SCO");
  for (int side = 0; side < DIFF_SIDES; side++) sco->there[side] = experience->number[side] != MOT_NOT_FOUND;
  for (int side = DIFF_NEW; side >= DIFF_OLD; side--)
    for (uint32_t i = first[side]; i < first[side] + count[side]; i++)
      add_mot(diff, experience, index, side, i, i - first[side]);
  for (size_t i = 0; i < experience->row_count; i++)
    if (!pair_targets(diff, index, &experience->rows[i])) return false;
  return true;
}

static void add_experience(Diff *diff, const DiffIndex *index, int side, uint32_t number)
{
  mot_experience_info info;
  DiffExperience *experience = NULL;
  if (!mot_rules_experience_info(diff->rules[side], number, &info)) return;
  for (size_t i = 0; i < diff->run.experience_count; i++)
    if (strcmp(diff->run.experiences[i].name, info.name) == 0) experience = &diff->run.experiences[i];
  if (!experience) {
    experience = &diff->run.experiences[diff->run.experience_count++];
    *experience = (DiffExperience){.name = info.name, .number = {MOT_NOT_FOUND, MOT_NOT_FOUND}};
  }
  experience->number[side] = number;
  if (info.expires > experience->expires) experience->expires = info.expires;
  index->experiences[side][number] = experience;
}

bool rows_make(Diff *diff, DiffIndex *ret_index)
{
  *ret_index = (DiffIndex){.mots = {NULL, NULL}};
  if (!index_make(diff, ret_index)) return false;
  size_t count[DIFF_SIDES] = {count_experiences(diff->rules[DIFF_OLD]), count_experiences(diff->rules[DIFF_NEW])};
  diff->run.experiences = calloc(count[DIFF_OLD] + count[DIFF_NEW] + 1, sizeof *diff->run.experiences);
  if (!diff->run.experiences) return false;
  for (int side = DIFF_NEW; side >= DIFF_OLD; side--)
    for (uint32_t i = 0; i < count[side]; i++) add_experience(diff, ret_index, side, i);
  for (size_t i = 0; i < diff->run.experience_count; i++)
    if (!fill_experience(diff, ret_index, &diff->run.experiences[i])) return false;
  return pair_goals(diff, ret_index);
}

/* ---- at the end ---- */

static void take_mot(DiffRow *row, int side, mot_run *run)
{
  mot_mot_stats stats;
  if (!mot_run_mot_stats(run, row->mot[side], &stats)) return;
  DiffCounts *counts = &row->counts[side];
  counts->opened = stats.opened;
  counts->produced = stats.produced;
  counts->missed = stats.missed;
  counts->voided = stats.voided + stats.superseded + stats.paused + stats.fault;
  counts->open = stats.open;
}

static void take_experience(DiffExperience *experience, int side, mot_run *run)
{
  mot_experience_stats stats;
  experience->disruption[side] = -1;
  if (!mot_run_experience_stats(run, experience->number[side], &stats)) return;
  experience->started[side] = stats.started;
  experience->over[side] = stats.over;
  experience->disruption[side] = stats.disruption;
  DiffCounts *counts = &experience->rows[0].counts[side];
  counts->opened = stats.started;
  counts->produced = stats.produced;
  counts->missed = stats.missed;
  counts->voided = stats.voided;
  counts->open = stats.open;
  for (size_t i = 1; i < experience->row_count; i++) take_mot(&experience->rows[i], side, run);
}

static void take_target(DiffStanding *standing, int side, mot_run *run, uint32_t target)
{
  mot_target_standing now;
  if (!standing || !mot_run_target(run, target, &now)) return;
  standing->state[side] = now.state;
  standing->value[side] = now.value;
}

static void take_goal(DiffStanding *standing, int side, mot_run *run, uint32_t goal)
{
  mot_goal_standing now;
  if (!mot_run_goal(run, goal, &now)) return;
  standing->state[side] = now.state;
  if (now.rolled_up >= 0) standing->value[side] = (mot_value){.type = MOT_TYPE_NUMBER, .number = now.rolled_up};
}

void rows_take(Diff *diff, const DiffIndex *index, int side, mot_run *run)
{
  mot_run_get_stats(run, &diff->run.stats[side]);
  for (size_t i = 0; i < diff->run.experience_count; i++) take_experience(&diff->run.experiences[i], side, run);
  size_t targets = count_targets(diff->rules[side]), goals = count_goals(diff->rules[side]);
  for (uint32_t i = 0; i < targets; i++) take_target(index->targets[side][i], side, run, i);
  for (uint32_t i = 0; i < goals; i++) take_goal(index->goals[side][i], side, run, i);
}
