/*
 * json.c - one JSON object, for programs; docs/comparing.md says what is in it.
 */
#include <jansson.h>
#include <string.h>

#include "cli/diff/diff.h"

static const char *const side_words[] = {"old", "new"};

/* Text of data may be anything but JSON's: what is no UTF-8 becomes null. */
static json_t *text_json(const char *text)
{
  json_t *string = text ? json_string(text) : NULL;
  return string ? string : json_null();
}

static json_t *time_json(int64_t micros)
{
  char text[SHOWN_MAX];
  return micros == MOT_NO_TIME ? json_null() : json_string(shown_instant(micros, text));
}

static json_t *count_json(uint64_t count)
{
  return json_integer((json_int_t)count);
}

static json_t *share_json(double value)
{
  return value < 0 ? json_null() : json_real(value);
}

/* ---- changes ---- */

static json_t *place_json(const mot_place *place)
{
  if (!place->file) return json_null();
  return json_pack("{s:s, s:I, s:I}", "file", place->file, "line", (json_int_t)place->line, "column",
                   (json_int_t)place->column);
}

static json_t *changes_json(const Diff *diff)
{
  json_t *changes = json_array();
  mot_change change;
  for (size_t i = 0; mot_comparison_change(diff->comparison, i, &change); i++)
    json_array_append_new(
      changes, json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:o, s:o, s:o}", "kind", diff_kind_name(change.kind), "of",
                         diff_of_name(change.of), "name", change.name, "clause", change.clause, "before",
                         text_json(change.before), "after", text_json(change.after), "meaning", change.meaning, "renamed", text_json(change.renamed),
                         "old_place", place_json(&change.old_place), "new_place", place_json(&change.new_place)));
  return changes;
}

static json_t *counts_of_kinds(const Diff *diff)
{
  json_t *counts = json_object();
  for (int kind = 0; kind < DIFF_KINDS; kind++)
    json_object_set_new(counts, diff_kind_name((mot_change_kind)kind), count_json(diff->kinds[kind]));
  return counts;
}

/* ---- events ---- */

static json_t *counts_json(const DiffCounts *counts)
{
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "opened", count_json(counts->opened), "produced",
                   count_json(counts->produced), "missed", count_json(counts->missed), "void",
                   count_json(counts->voided), "open", count_json(counts->open), "rate", share_json(diff_rate(counts)),
                   "alerts", count_json(counts->alerts), "corrections", count_json(counts->corrections), "overdue",
                   count_json(counts->overdue));
}

static json_t *end_json(const DiffEnd *end)
{
  if (!end->there) return json_null();
  json_t *json = json_pack("{s:s, s:o, s:o}", "outcome", diff_outcome_name(end->outcome), "decided",
                           time_json(end->decided), "because", text_json(end->because));
  if (end->reason != MOT_REASON_NONE) json_object_set_new(json, "reason", json_string(diff_reason_name(end->reason)));
  return json;
}

static json_t *examples_json(const DiffRow *row)
{
  json_t *examples = json_array();
  for (size_t i = 0; i < row->example_count; i++) {
    const DiffExample *example = &row->examples[i];
    json_array_append_new(examples, json_pack("{s:o, s:o, s:o, s:o}", "key", text_json(example->key), "opened",
                                              time_json(example->opened), "old", end_json(&example->end[DIFF_OLD]),
                                              "new", end_json(&example->end[DIFF_NEW])));
  }
  return examples;
}

static json_t *turned_json(const DiffRow *row)
{
  json_t *turned = json_array();
  for (int was = 0; was < DIFF_OUTCOMES; was++)
    for (int is = 0; is < DIFF_OUTCOMES; is++)
      if (was != is && row->turned[was][is])
        json_array_append_new(turned, json_pack("{s:s, s:s, s:o}", "old", diff_outcome_name((mot_outcome)was), "new",
                                                diff_outcome_name((mot_outcome)is), "count",
                                                count_json(row->turned[was][is])));
  return turned;
}

static json_t *standing_side_json(const DiffStanding *standing, int side)
{
  const mot_value *value = &standing->value[side];
  if (!standing->text[side]) return json_null();
  bool whole = value->type == MOT_TYPE_INT || value->type == MOT_TYPE_DURATION || value->type == MOT_TYPE_MONEY;
  json_t *number = value->type == MOT_TYPE_NONE ? json_null()
                   : whole ? json_integer((json_int_t)value->integer) : json_real(value->number);
  return json_pack("{s:s, s:s, s:o, s:o}", "text", standing->text[side], "state",
                   mot_state_name(standing->state[side]), "value", number, "breached",
                   count_json(standing->breached[side]));
}

static json_t *standings_json(const DiffStandings *standings)
{
  json_t *list = json_array();
  for (size_t i = 0; i < standings->count; i++)
    json_array_append_new(list, json_pack("{s:o, s:o}", "old", standing_side_json(&standings->list[i], DIFF_OLD), "new",
                                          standing_side_json(&standings->list[i], DIFF_NEW)));
  return list;
}

static json_t *row_json(const DiffRow *row)
{
  json_t *json = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "name", row->name, "differ", count_json(diff_row_differs(row)),
                           "turned", turned_json(row), "moved", count_json(row->moved), "targets",
                           standings_json(&row->targets), "examples", examples_json(row));
  if (row->was) json_object_set_new(json, "was", json_string(row->was));
  json_t *only = json_object();
  for (int side = 0; side < DIFF_SIDES; side++) {
    json_object_set_new(json, side_words[side], row->there[side] ? counts_json(&row->counts[side]) : json_null());
    json_object_set_new(only, side_words[side], count_json(row->only[side]));
  }
  json_object_set_new(json, "only", only);
  return json;
}

static json_t *experience_side_json(const DiffExperience *experience, int side)
{
  if (experience->number[side] == MOT_NOT_FOUND) return json_null();
  return json_pack("{s:o, s:o, s:o}", "started", count_json(experience->started[side]), "over",
                   count_json(experience->over[side]), "disruption", share_json(experience->disruption[side]));
}

static json_t *experience_json(const DiffExperience *experience)
{
  json_t *mots = json_array();
  for (size_t i = 1; i < experience->row_count; i++) json_array_append_new(mots, row_json(&experience->rows[i]));
  return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "name", experience->name, "old",
                   experience_side_json(experience, DIFF_OLD), "new", experience_side_json(experience, DIFF_NEW),
                   "over_otherwise", count_json(experience->ended_otherwise), "sco", row_json(&experience->rows[0]),
                   "mots", mots);
}

static json_t *stats_json(const mot_run_stats *stats)
{
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "events", count_json(stats->events), "rejected",
                   count_json(stats->rejected), "late", count_json(stats->late), "duplicate",
                   count_json(stats->duplicate), "unmapped", count_json(stats->unmapped), "faults",
                   count_json(stats->faults));
}

static json_t *run_json(const Diff *diff)
{
  const DiffRun *run = &diff->run;
  if (!diff->evaluated) return json_null();
  json_t *experiences = json_array();
  for (size_t i = 0; i < run->experience_count; i++)
    json_array_append_new(experiences, experience_json(&run->experiences[i]));
  return json_pack("{s:o, s:o, s:o, s:o, s:o}", "differ", count_json(diff_run_differs(run)), "old",
                   stats_json(&run->stats[DIFF_OLD]), "new", stats_json(&run->stats[DIFF_NEW]), "experiences",
                   experiences, "goals", standings_json(&run->goals));
}

bool diff_json(const Diff *diff)
{
  json_t *root = json_pack("{s:s, s:s, s:s, s:b, s:b, s:o, s:o, s:o}", "version", mot_version(), "old",
                           diff->path[DIFF_OLD], "new", diff->path[DIFF_NEW], "same_texts", diff->same_texts, "differs",
                           diff_differs(diff), "counts", counts_of_kinds(diff), "changes", changes_json(diff), "run",
                           run_json(diff));
  bool ok = root && json_dumpf(root, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
  json_decref(root);
  return ok;
}
