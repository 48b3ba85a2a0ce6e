/*
 * deadline.c - how close to their deadlines moments were tried.
 *
 * Near is within a second, or within 1 % of the time from opening to deadline where that is longer.  At a deadline is
 * within its millisecond, the shortest time the language has; at one that is the last microsecond of a second, as the
 * end of a day is, within that second, which is how people write it: 23:59:59.
 */
#include "cli/coverage/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "cli/coverage/demands.h"

enum { MILLISECOND = 1000, SECOND = 1000000 };

static int64_t near(const Life *life)
{
  int64_t hundredth = (life->deadline - life->opened) / 100;
  return hundredth > SECOND ? hundredth : SECOND;
}

/* A try `distance` from the deadline; `hits`: it is the one demanded. */
static void try_it(Subject *subject, DemandKind kind, bool hits, int64_t distance, bool late)
{
  Demand *demand = subject_demand(subject, kind, 0);
  if (!demand) return;
  demand->hits += hits;
  if (demand->nearest >= 0 && demand->nearest <= distance) return;
  demand->nearest = distance;
  demand->late = late;
}

/* What counts as at the deadline begins then. */
static int64_t begin_of(int64_t deadline)
{
  int64_t in_second = deadline % SECOND;
  if (in_second < 0) in_second += SECOND;
  return in_second == SECOND - 1 ? deadline - in_second : deadline - (MILLISECOND - 1);
}

void deadline_taken(Subject *subject, const Life *life, int64_t time)
{
  if (life->deadline == MOT_NO_TIME || time > life->deadline) return;
  int64_t begin = begin_of(life->deadline), left = begin - time;
  bool whole = life->deadline - begin >= MILLISECOND; /* distances are those that people would count */
  if (!whole) left = life->deadline - time;
  bool at = time >= begin;
  try_it(subject, DEMAND_AT, at, at ? 0 : left, false);
  if (!at) try_it(subject, DEMAND_BEFORE, left <= near(life), left, false);
}

/* ---- behind it ---- */

static bool is_awaited(const Subject *subject, const mot_trigger *happened)
{
  for (size_t i = 0; i < subject->awaits_count; i++) {
    const mot_trigger *one = &subject->awaits[i];
    if (one->event == happened->event && one->mot == happened->mot && one->experience == happened->experience &&
        (one->event != MOT_NOT_FOUND || one->outcome == happened->outcome))
      return true;
  }
  return false;
}

static bool same_text(const char *text, size_t size, const char *other, size_t other_size)
{
  return size == other_size && memcmp(text, other, size) == 0;
}

/* Key `key` of what happens: of an event its field of that name, which it may not have. */
static bool has_key(const Watch *watch, const mot_run *run, const mot_trace *step, const Life *life, size_t key)
{
  size_t size, its = 0;
  const char *own = life_key(life, key, &its), *happened = mot_trace_key(run, step, key, &size);
  if (happened) return same_text(own, its, happened, size);
  if (step->kind != MOT_TRACE_EVENT) return true;
  const char *name = mot_rules_key_name(watch->rules->rules, life->experience, key);
  uint32_t field = mot_rules_field(watch->rules->rules, step->event, name);
  if (field == MOT_NOT_FOUND) return true;
  mot_value value = mot_trace_value(run, step, field);
  return value.type != MOT_TYPE_TEXT || same_text(own, its, value.text, value.size);
}

static bool has_keys(const Watch *watch, const mot_run *run, const mot_trace *step, const Life *life)
{
  size_t size;
  for (size_t i = 0; life_key(life, i, &size); i++)
    if (!has_key(watch, run, step, life, i)) return false;
  return true;
}

/* Nothing that comes later can be a try, or a nearer one than there was. */
static bool is_past(Subject *subject, const Life *life, int64_t behind)
{
  const Demand *demand = subject_demand(subject, DEMAND_AFTER, 0);
  return !demand || (behind > near(life) && demand->nearest >= 0 && demand->late && demand->nearest <= behind);
}

void deadline_missed(Watch *watch, const mot_run *run, const mot_trace *step, const mot_trigger *happened)
{
  for (size_t i = watch->closed.count; i-- > 0;) {
    Life *life = &watch->closed.data[i];
    Subject *subject = watch_subject(watch, life->experience, life->mot);
    int64_t behind = step->time - life->deadline;
    if (behind <= 0 || !subject) continue;
    if (is_awaited(subject, happened) && has_keys(watch, run, step, life)) {
      try_it(subject, DEMAND_AFTER, behind <= near(life), behind, true);
      try_it(subject, DEMAND_AT, false, behind, true);
    }
    if (is_past(subject, life, behind)) free(lives_take(&watch->closed, life).keys);
  }
}
