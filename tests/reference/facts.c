/*
 * facts.c - the cases of every target and metric: decided moments and SCOs, accepted events.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

/* ---- what is judged ---- */

static void uses_of(Run *run, Judging *judging, const Expr *expr)
{
  if (!expr) return;
  if (expr->kind == EX_AGGREGATE) {
    for (uint32_t i = 0; i < judging->uses.len; i++) {
      if (judging->uses.data[i] == expr->u.aggregate) return;
    }
    *VEC_PUSH(run->arena, &judging->uses) = expr->u.aggregate;
    return;
  }
  uses_of(run, judging, expr->a);
  uses_of(run, judging, expr->b);
  for (uint32_t i = 0; expr->kind == EX_CALL && i < expr->u.call.count; i++)
    uses_of(run, judging, expr->u.call.args[i]);
  for (uint32_t i = 0; expr->kind == EX_CASE && i < expr->u.choose.count; i++)
    uses_of(run, judging, expr->u.choose.arms[i].value);
}

/* The measure itself: a production rate, disruption. */
static void built_in(Run *run, Judging *judging, uint8_t kind)
{
  AggregateUse *use = ARENA_NEW(run->arena, AggregateUse);
  use->kind = kind;
  use->over = AGGREGATE_OVER_MOMENTS;
  use->type = (Type){.base = VALUE_PERCENT};
  *VEC_PUSH(run->arena, &judging->uses) = use;
}

static Judging *judging_new(Run *run, const Expr *value, const WindowUse *window, uint32_t declaration)
{
  Judging *judging = ARENA_NEW(run->arena, Judging);
  *judging = (Judging){.value = value, .window = window, .declaration = declaration, .next = NEVER};
  uses_of(run, judging, value);
  *VEC_PUSH(run->arena, &run->judgings) = judging;
  return judging;
}

static void targets_of(Run *run, Target *const *targets, uint32_t count, const Mot *mot, const Goal *goal)
{
  bool of_metric = goal && goal->measure == MEASURE_METRIC;
  for (uint32_t i = 0; i < count; i++) {
    const Expr *value = of_metric ? goal->metric->value : targets[i]->value;
    Judging *judging = judging_new(run, value, &targets[i]->window, run->judgings.len);
    judging->target = targets[i];
    judging->mot = mot;
    judging->goal = goal;
    judging->number = i + 1;
    bool disrupted = goal && goal->measure == MEASURE_DISRUPTION;
    if (!value) built_in(run, judging, disrupted ? AGGREGATE_DISRUPTION : AGGREGATE_RATE);
  }
}

static void judgings_made(Run *run)
{
  const Program *program = run->program;
  for (uint32_t i = 0; i < program->experiences.len; i++) {
    const Experience *experience = program->experiences.data[i];
    for (uint32_t k = 0; k < experience->mots.len; k++) {
      const Mot *mot = experience->mots.data[k];
      targets_of(run, mot->targets.data, mot->targets.len, mot, NULL);
    }
  }
  for (uint32_t i = 0; i < program->goals.len; i++) {
    const Goal *goal = program->goals.data[i];
    targets_of(run, goal->targets.data, goal->targets.len, NULL, goal);
  }
  for (uint32_t i = 0; i < program->metrics.len; i++) {
    const Metric *metric = program->metrics.data[i];
    judging_new(run, metric->value, &metric->window, i)->metric = metric;
  }
}

/* ---- cases: events ---- */

static Type field_type(const Event *event, Sym name)
{
  for (uint32_t i = 0; i < event->fields.len; i++) {
    if (event->fields.data[i]->name == name) return event->fields.data[i]->type;
  }
  return (Type){.base = VALUE_TEXT};
}

static void fact_groups(Run *run, const Metric *metric, const Item *item, Fact *fact)
{
  for (unsigned i = 0; metric && i < 2 && metric->group[i]; i++) {
    Type type = field_type(item->event, metric->group[i]);
    Value value = field_of(item, metric->group[i]);
    fact->group[i] = group_text(run, type, value);
    fact->json[i] = group_json(run, type, value);
  }
}

static void event_facts(Run *run, Judging *judging, uint32_t aggregate)
{
  const AggregateUse *use = judging->uses.data[aggregate];
  for (uint32_t i = 0; i < run->events.len; i++) {
    const Item *item = run->events.data[i];
    Scene env = {.run = run, .at = item, .now = item->time};
    int which = item->event ? match_item(&env, use->match, item) : -1;
    if (which < 0 || env.fault) continue;
    Fact fact = {.time = item->time, .aggregate = aggregate, .value = {.known = true}};
    if (use->values.len) fact.value = value_of(&env, use->values.data[which]);
    if (env.fault || !fact.value.known) continue;
    fact_groups(run, judging->metric, item, &fact);
    *VEC_PUSH(run->arena, &judging->facts) = fact;
  }
}

/* ---- cases: moments and SCOs ---- */

static bool counts(const Judging *judging, const Subject *subject)
{
  const Goal *goal = judging->goal;
  if (subject->outcome == OUTCOME_VOID) return false;
  if (judging->mot) return subject->mot == judging->mot;
  bool of_it = subject->journey->experience == goal->nsat->experience;
  switch (goal->measure) {
  case MEASURE_SCO: return !subject->mot && of_it;
  case MEASURE_DISRUPTION: return subject->mot && of_it;
  case MEASURE_MOT: return subject->mot == goal->mot;
  default: return false;
  }
}

/* The moment as it was when it was decided. */
static Value moment_value(Run *run, const Subject *subject, const Expr *expr)
{
  Scene env = {.run = run, .journey = subject->journey, .subject = subject, .log = subject->decided_log,
               .now = subject->decided};
  Value value = value_of(&env, expr);
  value.known = value.known && !env.fault;
  return value;
}

static Value case_value(Run *run, const AggregateUse *use, const Subject *subject)
{
  bool missed = subject->outcome == OUTCOME_MISSED;
  if (use->value) return moment_value(run, subject, use->value);
  if (use->kind == AGGREGATE_RATE) return (Value){.known = true, .i = !missed};
  return (Value){.known = true, .i = missed, .f = subject->mot ? subject->mot->weight : 1};
}

static void moment_facts(Run *run, Judging *judging, uint32_t aggregate)
{
  const AggregateUse *use = judging->uses.data[aggregate];
  const Goal *goal = judging->goal;
  for (uint32_t i = 0; i < run->decided.len; i++) {
    const Subject *subject = run->decided.data[i];
    if (!counts(judging, subject)) continue;
    Fact fact = {.time = subject->decided, .aggregate = aggregate, .value = case_value(run, use, subject)};
    if (!fact.value.known) continue;
    if (goal && goal->each) {
      Value by = moment_value(run, subject, goal->mot->by);
      if (!by.known) continue;
      fact.group[0] = group_text(run, goal->mot->by->type, by);
      fact.json[0] = group_json(run, goal->mot->by->type, by);
    }
    *VEC_PUSH(run->arena, &judging->facts) = fact;
  }
}

/* ---- sentiments ---- */

static void sentiment_told(Run *run, const Experience *experience, const Item *item)
{
  const AggregateUse *use = experience->sentiment;
  Scene env = {.run = run, .at = item, .now = item->time};
  int which = use && item->event ? match_item(&env, use->match, item) : -1;
  if (which < 0 || env.fault) return;
  Value key = field_of(item, experience->keys.data[0].name), value = value_of(&env, use->values.data[which]);
  if (env.fault || !value.known || !key.known || !key.s) return;
  record_sentiment(run, experience, key.s, item->time, use->values.data[which]->type, value);
}

void sentiments_told(Run *run)
{
  for (uint32_t i = 0; i < run->events.len; i++) {
    for (uint32_t k = 0; k < run->program->experiences.len; k++)
      sentiment_told(run, run->program->experiences.data[k], run->events.data[i]);
  }
}

/* ---- in order ---- */

static int by_text(const char *a, const char *b)
{
  if (!a || !b) return !!a - !!b;
  return strcmp(a, b);
}

static int by_time(const void *a, const void *b)
{
  const Fact *x = a, *y = b;
  if (x->time != y->time) return x->time < y->time ? -1 : 1;
  int order = by_text(x->group[0], y->group[0]);
  return order ? order : by_text(x->group[1], y->group[1]);
}

static bool same_group(const Fact *a, const Fact *b)
{
  return by_text(a->group[0], b->group[0]) == 0 && by_text(a->group[1], b->group[1]) == 0;
}

/* Whether the group of the fact has a place when it comes; *places: how many have one. */
static bool has_place(const Run *run, const Judging *judging, uint32_t fact, uint32_t *places)
{
  const Fact *facts = judging->facts.data;
  int64_t end = window_next_end(run, judging->window, facts[fact].time);
  int64_t from = window_begin_of(run, judging->window, end);
  *places = 0;
  for (uint32_t i = 0; i < fact; i++) {
    if (facts[i].time < from || facts[i].other) continue;
    if (same_group(&facts[i], &facts[fact])) return true;
    bool again = false;
    for (uint32_t k = 0; k < i; k++)
      again = again || (facts[k].time >= from && !facts[k].other && same_group(&facts[k], &facts[i]));
    *places += !again;
  }
  return false;
}

static void places_given(const Run *run, Judging *judging)
{
  for (uint32_t i = 0; judging->metric && i < judging->facts.len; i++) {
    uint32_t places;
    Fact *fact = &judging->facts.data[i];
    if (has_place(run, judging, i, &places) || places < judging->metric->groups) continue;
    fact->other = true;
  }
}

void facts_gather(Run *run)
{
  judgings_made(run);
  for (uint32_t i = 0; i < run->judgings.len; i++) {
    Judging *judging = run->judgings.data[i];
    for (uint32_t k = 0; k < judging->uses.len; k++) {
      if (judging->uses.data[k]->over == AGGREGATE_OVER_MOMENTS) moment_facts(run, judging, k);
      else if (!judging->goal || !judging->goal->each) event_facts(run, judging, k);
    }
    if (judging->facts.len)
      qsort(judging->facts.data, judging->facts.len, sizeof *judging->facts.data, by_time);
    places_given(run, judging);
  }
}
