/*
 * demands.c - what is demanded of the tests of a MOT, of a journey and its SCO.
 */
#include "cli/coverage/demands.h"

#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

enum { ABOUT_MOST = 60 };

/* A stretch of text in one line, without comments, cut when it is long. */
static char *one_line(const char *text, size_t size)
{
  char line[ABOUT_MOST + 8];
  size_t used = 0;
  bool blank = false, quoted = false;
  for (size_t i = 0; i < size && used < ABOUT_MOST; i++) {
    char c = text[i];
    if (c == '"') quoted = !quoted;
    if (c == '#' && !quoted)
      while (i + 1 < size && text[i + 1] != '\n') i++;
    else if (strchr(" \t\r\n", c))
      blank = used > 0;
    else {
      if (blank) line[used++] = ' ';
      blank = false;
      line[used++] = c;
    }
  }
  if (used >= ABOUT_MOST) {
    while (used > 0 && (line[used - 1] & 0xc0) == 0x80) used--;
    if (used > 0 && (line[used - 1] & 0x80)) used--;
    memcpy(line + used, "…", 3);
    used += 3;
  }
  return strndup(line, used);
}

static char *text_at(const Subject *subject, const mot_place *place)
{
  size_t size;
  const char *text = place->file ? mot_rules_source_line(subject->rules, place->file, 1, &size) : NULL;
  return text ? one_line(text + place->offset, place->length) : strdup("");
}

/* ---- adding ---- */

static bool inside(const mot_place *place, const mot_place *whole)
{
  return place->file && strcmp(place->file, whole->file) == 0 && place->offset >= whole->offset &&
    place->offset + place->length <= whole->offset + whole->length;
}

static bool add_at(Subject *subject, DemandKind kind, uint32_t number, const mot_place *origin)
{
  if (subject->count == subject->room) {
    size_t room = subject->room ? 2 * subject->room : 16;
    Demand *demands = realloc(subject->demands, room * sizeof *demands);
    if (!demands) return false;
    subject->demands = demands;
    subject->room = room;
  }
  Demand *demand = &subject->demands[subject->count++];
  *demand = (Demand){.kind = kind, .number = number, .nearest = -1, .origin = *origin};
  demand->place = inside(origin, &subject->place) ? *origin : subject->place;
  demand->about = text_at(subject, origin);
  return demand->about != NULL;
}

/* At clause `index` of a kind. */
static bool add(Subject *subject, DemandKind kind, uint32_t number, mot_clause clause, size_t index)
{
  mot_place place;
  if (!mot_rules_clause_place(subject->rules, subject->experience, subject->mot, clause, index, &place))
    place = subject->place;
  return add_at(subject, kind, number, &place);
}

Demand *subject_demand(Subject *subject, DemandKind kind, uint32_t number)
{
  for (size_t i = 0; i < subject->count; i++)
    if (subject->demands[i].kind == kind && subject->demands[i].number == number) return &subject->demands[i];
  return NULL;
}

void subject_hit(Subject *subject, DemandKind kind, uint32_t number)
{
  Demand *demand = subject_demand(subject, kind, number);
  if (demand) demand->hits++;
}

/* ---- what both have ---- */

/* The one part of a condition says what the outcome says. */
static bool add_parts(Subject *subject)
{
  mot_part_info part;
  size_t count = 0;
  while (mot_rules_part(subject->rules, subject->experience, subject->mot, count, &part)) count++;
  bool fine = true;
  for (uint32_t i = 0; count > 1 && i < count && fine; i++)
    fine = add(subject, DEMAND_HOLDS, i, MOT_CLAUSE_PART, i) && add(subject, DEMAND_FAILS, i, MOT_CLAUSE_PART, i);
  return fine;
}

static bool add_condition(Subject *subject, mot_clause clause, bool deadline)
{
  return add(subject, DEMAND_PRODUCED, 0, clause, 0) && add(subject, DEMAND_MISSED, 0, clause, 0) &&
    add_parts(subject) &&
    (!deadline || (add(subject, DEMAND_BEFORE, 0, clause, 0) && add(subject, DEMAND_AT, 0, clause, 0) &&
                   add(subject, DEMAND_AFTER, 0, clause, 0)));
}

static bool add_alert(Subject *subject, uint32_t number, const mot_action_info *action)
{
  /* Those about targets go with these. */
  if (strcmp(action->when, "breached") == 0 || strcmp(action->when, "met") == 0) return true;
  bool risk = strcmp(action->when, "at risk") == 0;
  return add(subject, risk ? DEMAND_RISK : DEMAND_RAISED, number, MOT_CLAUSE_ACTION, number);
}

static bool add_action(Subject *subject, uint32_t number, const mot_action_info *action)
{
  if (!action->correction) return add_alert(subject, number, action);
  bool risk = strcmp(action->when, "at risk") == 0;
  return (!risk || add(subject, DEMAND_RISK, number, MOT_CLAUSE_ACTION, number)) &&
    add(subject, DEMAND_CORRECTED, number, MOT_CLAUSE_ACTION, number) &&
    add(subject, DEMAND_DONE, number, MOT_CLAUSE_ACTION, number) &&
    add(subject, DEMAND_OVERDUE, number, MOT_CLAUSE_ACTION, number);
}

static bool add_actions(Subject *subject)
{
  mot_action_info action;
  for (uint32_t i = 0; mot_rules_action(subject->rules, subject->experience, subject->mot, i, &action); i++)
    if (!add_action(subject, i, &action)) return false;
  return true;
}

/* ---- experiences ---- */

static bool add_starts(Subject *subject)
{
  mot_trigger trigger;
  for (uint32_t i = 0; mot_rules_start(subject->rules, subject->experience, i, &trigger); i++)
    if (!add(subject, DEMAND_STARTED, i, MOT_CLAUSE_STARTS, 0)) return false;
  return true;
}

static bool add_goal(Subject *subject, DemandKind kind, uint32_t number, const char *name)
{
  if (!add_at(subject, kind, number, &subject->place)) return false;
  Demand *demand = &subject->demands[subject->count - 1];
  free(demand->about);
  demand->about = strdup(name);
  return demand->about != NULL;
}

/* Numbered within the experience. */
static bool add_goals(Subject *subject)
{
  mot_goal_info goal;
  uint32_t number = 0;
  for (uint32_t i = 0; mot_rules_goal_info(subject->rules, i, &goal); i++) {
    if (goal.experience != subject->experience || goal.targets == 0) continue;
    if (!add_goal(subject, DEMAND_GOAL_BREACHED, number, goal.name)) return false;
    if (!add_goal(subject, DEMAND_GOAL_MET, number++, goal.name)) return false;
  }
  return true;
}

bool add_journey_demands(Subject *subject)
{
  mot_experience_traits traits;
  if (!mot_rules_experience_traits(subject->rules, subject->experience, &traits)) return true;
  return add_starts(subject) && (!traits.sco || add_condition(subject, MOT_CLAUSE_SCO, traits.deadline)) &&
    (!traits.ends || add(subject, DEMAND_ENDED, 0, MOT_CLAUSE_ENDS, 0)) &&
    add(subject, DEMAND_EXPIRED, 0, MOT_CLAUSE_EXPIRES, 0) &&
    (!traits.voids || add(subject, DEMAND_OVER_VOID, 0, MOT_CLAUSE_VOIDS, 0)) && add_actions(subject) &&
    add_goals(subject);
}

/* ---- MOTs ---- */

static bool same_place(const mot_place *a, const mot_place *b)
{
  return a->offset == b->offset && a->length == b->length && strcmp(a->file, b->file) == 0;
}

uint32_t choice_of(const Subject *subject, uint32_t choice)
{
  mot_place place, other;
  const mot_rules *rules = subject->rules;
  if (!mot_rules_clause_place(rules, subject->experience, subject->mot, MOT_CLAUSE_CHOICE, choice, &place)) return choice;
  for (uint32_t i = 0; i < choice; i++)
    if (mot_rules_clause_place(rules, subject->experience, subject->mot, MOT_CLAUSE_CHOICE, i, &other) &&
        same_place(&place, &other))
      return i;
  return choice;
}

static bool add_choices(Subject *subject)
{
  mot_trigger trigger;
  for (uint32_t i = 0; mot_rules_opening(subject->rules, subject->mot, i, &trigger); i++)
    if (choice_of(subject, i) == i && !add(subject, DEMAND_OPENED, i, MOT_CLAUSE_CHOICE, i)) return false;
  return true;
}

static bool add_clock(Subject *subject, const mot_mot_traits *traits)
{
  bool fine = true;
  if (traits->pausable)
    fine = add(subject, DEMAND_PAUSED, 0, MOT_CLAUSE_PAUSES, 0) && add(subject, DEMAND_RESUMED, 0, MOT_CLAUSE_PAUSES, 0) &&
      add(subject, DEMAND_STILL_PAUSED, 0, MOT_CLAUSE_PAUSES, 0);
  return fine && (!traits->risk || add(subject, DEMAND_NO_RISK, 0, MOT_CLAUSE_SMOTO, 0));
}

static bool add_targets(Subject *subject)
{
  mot_mot_info mot;
  bool fine = true;
  mot_rules_mot_info(subject->rules, subject->mot, &mot);
  for (uint32_t i = 0; fine && i < mot.targets; i++)
    fine = add(subject, DEMAND_BREACHED, i, MOT_CLAUSE_TARGET, i) && add(subject, DEMAND_MET, i, MOT_CLAUSE_TARGET, i);
  return fine;
}

/* Whether it is decided when it opens: then it is never open, and nothing can happen to it. */
static bool settled_at_once(const Subject *subject)
{
  mot_part_info part;
  for (size_t i = 0; mot_rules_part(subject->rules, subject->experience, subject->mot, i, &part); i++)
    if (!part.predicate) return false;
  return true;
}

bool add_mot_demands(Subject *subject)
{
  mot_mot_traits traits;
  if (!mot_rules_mot_traits(subject->rules, subject->mot, &traits)) return true;
  if (settled_at_once(subject)) traits = (mot_mot_traits){false};
  return add_choices(subject) && add_condition(subject, MOT_CLAUSE_SMOTO, traits.deadline) &&
    (!traits.voids || add(subject, DEMAND_VOIDED, 0, MOT_CLAUSE_VOIDS, 0)) &&
    (!traits.supersedes || add(subject, DEMAND_SUPERSEDED, 0, MOT_CLAUSE_WHEN, 0)) && add_clock(subject, &traits) &&
    add_actions(subject) && add_targets(subject);
}

bool add_awaits(Subject *subject)
{
  mot_trigger trigger;
  size_t count = 0;
  while (mot_rules_awaits(subject->rules, subject->experience, subject->mot, count, &trigger)) count++;
  subject->awaits = calloc(count + 1, sizeof *subject->awaits);
  if (!subject->awaits) return false;
  for (; subject->awaits_count < count; subject->awaits_count++)
    mot_rules_awaits(subject->rules, subject->experience, subject->mot, subject->awaits_count,
                     &subject->awaits[subject->awaits_count]);
  return true;
}
