/*
 * words.c - what the formats say alike.
 */
#include <stdio.h>
#include <string.h>

#include "cli/diff/diff.h"
#include "cli/value_text.h"

/* ---- changes ---- */

static size_t add_count(char *text, size_t used, uint64_t count, const char *one, const char *many)
{
  char shown[SHOWN_MAX];
  if (count == 0) return used;
  int size = snprintf(text + used, DIFF_TEXT - used, "%s%s %s", used ? ", " : "", shown_count(count, shown),
                      count == 1 ? one : many);
  return used + (size_t)size;
}

static const char *nothing_words(const Diff *diff)
{
  if (diff->same_texts) return "no change at all: the texts are the same";
  return "no change in meaning: only how it is written differs, or its tests";
}

const char *diff_summary(const Diff *diff, char ret[DIFF_TEXT])
{
  static const char *const many[] = {"texts", "bounds", "conditions", "keys", "new", "gone"};
  static const mot_change_kind order[] = {MOT_CHANGE_KEY, MOT_CHANGE_CONDITION, MOT_CHANGE_BOUND, MOT_CHANGE_NEW,
                                          MOT_CHANGE_GONE, MOT_CHANGE_TEXT};
  size_t used = 0;
  if (diff_changes(diff) == 0) return nothing_words(diff);
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    used = add_count(ret, used, diff->kinds[order[i]], diff_kind_name(order[i]), many[order[i]]);
  if (diff_changes(diff) == diff->kinds[MOT_CHANGE_TEXT])
    snprintf(ret + used, DIFF_TEXT - used, ": no change in meaning");
  return ret;
}

const char *diff_state_words(const Diff *diff)
{
  if (diff->same_texts) return "States saved under the one can be loaded with the other.";
  return "A state belongs to the very texts that it was saved under, comments too: one of the old rules cannot be loaded "
         "with the new ones. What is open stays with the old rules until it is decided.";
}

/* ---- over events ---- */

const char *diff_run_summary(const Diff *diff, char ret[DIFF_TEXT])
{
  uint64_t other = 0, moved = 0, only[DIFF_SIDES] = {0, 0};
  for (size_t i = 0; i < diff->run.experience_count; i++) {
    const DiffExperience *experience = &diff->run.experiences[i];
    for (size_t k = 0; k < experience->row_count; k++) {
      const DiffRow *row = &experience->rows[k];
      if (!row->there[DIFF_OLD] || !row->there[DIFF_NEW]) continue;
      other += diff_row_differs(row) - row->only[DIFF_OLD] - row->only[DIFF_NEW];
      moved += row->moved;
      only[DIFF_OLD] += row->only[DIFF_OLD];
      only[DIFF_NEW] += row->only[DIFF_NEW];
    }
  }
  if (diff_run_differs(&diff->run) == 0) return "all that both rules have ends as before, at the same times";
  size_t used = add_count(ret, 0, other, "ends differently", "end differently");
  used = add_count(ret, used, moved, "is decided at another time", "are decided at another time");
  used = add_count(ret, used, only[DIFF_OLD], "is only under the old rules", "are only under the old rules");
  used = add_count(ret, used, only[DIFF_NEW], "is only under the new rules", "are only under the new rules");
  return used ? ret : "journeys are over otherwise";
}

const char *diff_end_words(const Diff *diff, const DiffEnd *end, char ret[DIFF_TEXT])
{
  char when[64] = "";
  if (!end->there) return "not opened";
  if (end->decided == MOT_NO_TIME) return "still open at the end";
  mot_rules_local_time(diff->rules[DIFF_NEW], end->decided, when, sizeof when);
  const char *reason = diff_reason_name(end->reason);
  snprintf(ret, DIFF_TEXT, "%s%s%s %s", diff_outcome_name(end->outcome), *reason ? ", " : "", reason, when);
  return ret;
}

const char *diff_standing_words(const DiffStanding *standing, int side, char ret[DIFF_TEXT])
{
  char value[SHOWN_MAX];
  if (!standing->text[side]) return "none";
  const char *state = mot_state_name(standing->state[side]);
  if (standing->value[side].type == MOT_TYPE_NONE)
    snprintf(ret, DIFF_TEXT, "%s", state);
  else if (standing->value[side].type == MOT_TYPE_NUMBER)
    snprintf(ret, DIFF_TEXT, "%s, %.1f", state, standing->value[side].number);
  else
    snprintf(ret, DIFF_TEXT, "%s, %s", state, shown_value(&standing->value[side], value));
  return ret;
}

const char *diff_rate_words(const DiffCounts *counts, char ret[SHOWN_MAX])
{
  double rate = diff_rate(counts);
  if (rate < 0) return "-";
  snprintf(ret, SHOWN_MAX, "%.1f %%", rate);
  return ret;
}
