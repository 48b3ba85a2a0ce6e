/*
 * facts.c - what a comparison comes to.
 */
#include "cli/diff/diff.h"

size_t diff_changes(const Diff *diff)
{
  size_t count = 0;
  for (int kind = 0; kind < DIFF_KINDS; kind++) count += diff->kinds[kind];
  return count;
}

bool diff_differs(const Diff *diff)
{
  if (diff_changes(diff) > diff->kinds[MOT_CHANGE_TEXT]) return true;
  return diff->evaluated && diff_run_differs(&diff->run) > 0;
}

uint64_t diff_row_differs(const DiffRow *row)
{
  if (!row->there[DIFF_OLD] || !row->there[DIFF_NEW]) return 0;
  uint64_t count = row->only[DIFF_OLD] + row->only[DIFF_NEW];
  for (int was = 0; was < DIFF_OUTCOMES; was++)
    for (int is = 0; is < DIFF_OUTCOMES; is++) count += was == is ? 0 : row->turned[was][is];
  return count;
}

uint64_t diff_run_differs(const DiffRun *run)
{
  uint64_t count = 0;
  for (size_t i = 0; i < run->experience_count; i++) {
    const DiffExperience *experience = &run->experiences[i];
    count += experience->ended_otherwise;
    for (size_t k = 0; k < experience->row_count; k++)
      count += diff_row_differs(&experience->rows[k]) + experience->rows[k].moved;
  }
  return count;
}

double diff_rate(const DiffCounts *counts)
{
  uint64_t decided = counts->produced + counts->missed;
  return decided ? 100.0 * (double)counts->produced / (double)decided : -1;
}

bool diff_standing_changed(const DiffStanding *standing)
{
  return standing->state[DIFF_OLD] != standing->state[DIFF_NEW] ||
    standing->breached[DIFF_OLD] != standing->breached[DIFF_NEW];
}

/* ---- names ---- */

const char *diff_kind_name(mot_change_kind kind)
{
  static const char *const names[] = {"text", "bound", "condition", "key", "new", "gone"};
  return names[kind];
}

const char *diff_of_name(mot_change_of of)
{
  static const char *const names[] = {"stream", "calendar", "event", "owner", "experience",
                                      "mot", "metric", "goal", "review"};
  return names[of];
}

const char *diff_outcome_name(mot_outcome outcome)
{
  static const char *const names[] = {"missed", "produced", "void", "open"};
  return names[outcome];
}

const char *diff_reason_name(mot_reason reason)
{
  static const char *const names[] = {"", "voided", "superseded", "paused", "fault"};
  return names[reason];
}
