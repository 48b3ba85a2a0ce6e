/*
 * judge.c - targets and metrics at the ends of their windows, and the alerts of targets,
 * instant after instant.
 */
#include <string.h>

#include "tests/reference/reference.h"

/* ---- one window ---- */

static bool same(const char *a, const char *b)
{
  return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static bool belongs(const Fact *fact, const Fact *group)
{
  if (!group) return true;
  if (fact->other || group->other) return fact->other == group->other;
  return same(fact->group[0], group->group[0]) && same(fact->group[1], group->group[1]);
}

static Value aggregate_at(Run *run, const Judging *judging, uint32_t aggregate, const Fact *group,
                          const Measured *window, uint32_t *cases)
{
  VEC(Value) values = {0};
  for (uint32_t i = 0; i < judging->facts.len; i++) {
    const Fact *fact = &judging->facts.data[i];
    bool in = fact->time >= window->from && fact->time < window->to;
    if (!in || fact->aggregate != aggregate || !belongs(fact, group)) continue;
    *VEC_PUSH(run->arena, &values) = fact->value;
  }
  *cases = values.len;
  return tally_value_of(run, judging->uses.data[aggregate], values.data, values.len);
}

Measured measure_at(Run *run, const Judging *judging, const Fact *group, int64_t end)
{
  Measured measured = {.from = window_begin_of(run, judging->window, end), .to = end};
  Value *values = ARENA_ARRAY(run->arena, Value, judging->uses.len + 1);
  bool all = true;
  for (uint32_t i = 0; i < judging->uses.len; i++) {
    uint32_t cases;
    values[i] = aggregate_at(run, judging, i, group, &measured, &cases);
    if (cases > measured.cases) measured.cases = cases;
    all = all && values[i].known;
  }
  Scene env = {.run = run, .judging = judging, .aggregates = values, .deadline = NEVER};
  measured.value = judging->value ? value_of(&env, judging->value) : values[0];
  measured.value.known = measured.value.known && !env.fault && all;
  return measured;
}

/* ---- targets ---- */

static bool is_double(Type type) { return type.base == VALUE_NUMBER || type.base == VALUE_PERCENT; }

static double goal_number(const Target *target)
{
  return target->goal->kind == EX_NUMBER ? target->goal->u.f : (double)target->goal->u.i;
}

static bool holds(const Target *target, Value value)
{
  int order;
  if (is_double(target->type)) order = (value.f > goal_number(target)) - (value.f < goal_number(target));
  else order = (value.i > target->goal->u.i) - (value.i < target->goal->u.i);
  switch (target->compare) {
  case COMPARE_LT: return order < 0;
  case COMPARE_LE: return order <= 0;
  case COMPARE_GT: return order > 0;
  default: return order >= 0;
  }
}

static double attainment(const Target *target, Value value)
{
  double v = is_double(target->type) ? value.f : (double)value.i, g = goal_number(target);
  bool less = target->compare == COMPARE_LT || target->compare == COMPARE_LE;
  if (holds(target, value)) return 100;
  if (v <= 0 || g <= 0) return 0;
  return less ? 100 * g / v : 100 * v / g;
}

static void changes(Run *run, Standing *standing, uint8_t state, const Measured *measured)
{
  bool silent = standing->state == STANDS_UNKNOWN && state == STANDS_MET;
  standing->state = state;
  standing->rights = 0;
  if (silent) return;
  record_target(run, standing, measured);
  alerts_of_target(run, standing, measured->to);
}

static void judged(Run *run, Standing *standing, const Measured *measured)
{
  const Target *target = standing->of->target;
  standing->enough = measured->value.known && measured->cases >= target->min_cases;
  standing->cases = measured->cases;
  if (!standing->enough) return;
  standing->attained = attainment(target, measured->value);
  if (!holds(target, measured->value)) {
    standing->rights = 0;
    if (standing->state != STANDS_BREACHED) changes(run, standing, STANDS_BREACHED, measured);
  } else if (standing->state == STANDS_UNKNOWN) {
    changes(run, standing, STANDS_MET, measured);
  } else if (standing->state == STANDS_BREACHED && ++standing->rights == 2) {
    changes(run, standing, STANDS_MET, measured);
  }
}

/* ---- individuals ---- */

static Standing *standing_known(const Judging *judging, const char *group)
{
  for (uint32_t i = 0; i < judging->standings.len; i++) {
    if (same(judging->standings.data[i]->group, group)) return judging->standings.data[i];
  }
  return NULL;
}

const Standing *standing_of(const Judging *judging, const char *group)
{
  const Standing *standing = standing_known(judging, group);
  return standing && !standing->gone ? standing : NULL;
}

static void standing_add(Run *run, Judging *judging, const char *group, const char *json)
{
  Standing *standing = standing_known(judging, group);
  if (standing) {
    standing->gone = false;
    return;
  }
  standing = ARENA_NEW(run->arena, Standing);
  *standing = (Standing){.of = judging, .group = group, .json = json};
  uint32_t at = judging->standings.len;
  (void)*VEC_PUSH(run->arena, &judging->standings);
  for (; group && at > 0 && strcmp(judging->standings.data[at - 1]->group, group) > 0; at--)
    judging->standings.data[at] = judging->standings.data[at - 1];
  judging->standings.data[at] = standing;
}

/* Those of whom there is a case in the window; the others leave unless they are breached. */
static void individuals_at(Run *run, Judging *judging, int64_t end)
{
  int64_t from = window_begin_of(run, judging->window, end);
  for (uint32_t i = 0; i < judging->facts.len; i++) {
    const Fact *fact = &judging->facts.data[i];
    bool in = fact->time >= from && fact->time < end;
    if (!in || standing_of(judging, fact->group[0])) continue;
    standing_add(run, judging, fact->group[0], fact->json[0]);
  }
  for (uint32_t i = 0; i < judging->standings.len; i++) {
    Standing *standing = judging->standings.data[i];
    Fact group = {.group = {standing->group}};
    bool here = measure_at(run, judging, &group, end).cases > 0;
    if (here || standing->state == STANDS_BREACHED) continue;
    *standing = (Standing){.of = judging, .group = standing->group, .json = standing->json, .gone = true};
  }
}

static void target_judged(Run *run, Judging *judging, int64_t end)
{
  bool each = judging->goal && judging->goal->each;
  if (each) individuals_at(run, judging, end);
  else if (judging->standings.len == 0) standing_add(run, judging, NULL, NULL);
  for (uint32_t i = 0; i < judging->standings.len; i++) {
    Standing *standing = judging->standings.data[i];
    Fact group = {.group = {standing->group}};
    if (standing->gone) continue;
    Measured measured = measure_at(run, judging, each ? &group : NULL, end);
    judged(run, standing, &measured);
  }
}

/* ---- metrics ---- */

/* Once for every group that has a case in the window. */
static void metric_measured(Run *run, const Judging *judging, int64_t end)
{
  int64_t from = window_begin_of(run, judging->window, end);
  for (uint32_t i = 0; i < judging->facts.len; i++) {
    const Fact *fact = &judging->facts.data[i];
    bool in = fact->time >= from && fact->time < end, again = false;
    for (uint32_t k = 0; in && k < i; k++) {
      const Fact *before = &judging->facts.data[k];
      again = again || (before->time >= from && belongs(before, fact));
    }
    if (!in || again) continue;
    Measured measured = measure_at(run, judging, fact, end);
    record_measure(run, judging, fact, &measured);
  }
}

/* ---- instant after instant ---- */

static bool empty_window(const Run *run, const Judging *judging, int64_t end)
{
  int64_t from = window_begin_of(run, judging->window, end);
  for (uint32_t i = 0; i < judging->facts.len; i++) {
    if (judging->facts.data[i].time >= from && judging->facts.data[i].time < end) return false;
  }
  return true;
}

/* The end of the first window after `t` that could change anything. */
static int64_t next_of(const Run *run, const Judging *judging, int64_t t)
{
  if (t != INT64_MIN && !empty_window(run, judging, t)) return window_next_end(run, judging->window, t);
  for (uint32_t i = 0; i < judging->facts.len; i++) {
    int64_t time = judging->facts.data[i].time;
    if (time >= t) return window_next_end(run, judging->window, time);
  }
  return NEVER;
}

static int64_t next_judgement(const Run *run)
{
  int64_t next = NEVER;
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    if (run->judgings.data[i]->next < next) next = run->judgings.data[i]->next;
  }
  return next;
}

static void judge_at(Run *run, int64_t now)
{
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    Judging *judging = run->judgings.data[i];
    if (judging->next != now) continue;
    if (judging->target) target_judged(run, judging, now);
    else metric_measured(run, judging, now);
    judging->next = next_of(run, judging, now);
  }
  goals_told(run, now);
}

static void alerts_at(Run *run, int64_t now)
{
  for (;;) {
    Alert *alert = alert_next(run, false);
    if (!alert || alert_due(alert) > now) return;
    alert_timer(run, alert, alert_due(alert));
  }
}

/* All that comes before `t`, and what is judged and due at it when `with` is set. */
static void go_on(Run *run, int64_t t, bool with)
{
  for (;;) {
    const Alert *alert = alert_next(run, false);
    int64_t judgement = next_judgement(run), timer = alert ? alert_due(alert) : NEVER;
    int64_t next = judgement < timer ? judgement : timer;
    if (next == NEVER || next > t || (next == t && !with)) return;
    if (judgement == next) judge_at(run, next);
    alerts_at(run, next);
  }
}

void judge_all(Run *run)
{
  facts_gather(run);
  for (uint32_t i = 0; i < run->judgings.len; i++)
    run->judgings.data[i]->next = next_of(run, run->judgings.data[i], INT64_MIN);
  for (uint32_t i = 0; i < run->events.len; i++) {
    const Item *item = run->events.data[i];
    bool mine = run->hears_acknowledged && item->event &&
                strcmp(sym(run, item->event->shown), "std.alert.Acknowledged") == 0;
    if (!mine) continue;
    go_on(run, item->time, false);
    alert_acknowledged(run, item->fields[0].s, false, item->time);
  }
  go_on(run, run->end, true);
}
