/*
 * cost_measure.c - what a module's metrics and targets keep while it runs.
 */
#include "compiler/cost.h"

#include "bytecode/names.h"

enum { INDIVIDUALS = 10000 }; /* of a goal, at a time */

/* ---- panes ---- */

static double rough_days(uint32_t unit, int64_t length)
{
  static const double days[UNIT_END] = {[UNIT_MICROSECONDS] = 1 / 86400e6, [UNIT_DAYS] = 1, [UNIT_WEEKS] = 7,
                                        [UNIT_MONTHS] = 31, [UNIT_QUARTERS] = 92, [UNIT_YEARS] = 366};
  return days[unit] * (double)length;
}

static int64_t months(uint32_t unit, int64_t length)
{
  static const int64_t months_in[UNIT_END] = {[UNIT_MONTHS] = 1, [UNIT_QUARTERS] = 3, [UNIT_YEARS] = 12};
  return months_in[unit] * length;
}

/* Steps that a window has; of one that tumbles it is a single one. */
static uint64_t panes_of(const WindowRow *row)
{
  if (row->kind == WINDOW_TUMBLING) return 1;
  int64_t over = months(row->unit, row->length), step = months(row->step_unit, row->step);
  if (over && step) return (uint64_t)((over + step - 1) / step);
  double steps = rough_days(row->unit, row->length) / rough_days(row->step_unit, row->step);
  uint64_t whole = (uint64_t)steps;
  return whole + (steps - (double)whole > 1e-6) + (whole == 0);
}

/* ---- bytes ---- */

/* One aggregate in a pane: when it holds a value, and at most. */
static void add_tally(MeasureCost *cost, uint32_t kind, bool doubles)
{
  uint32_t least = 0, most = 0;
  switch (kind) {
  case AGGREGATE_SUM: case AGGREGATE_AVG:
    least = doubles ? MOT_EXACT_LEAST : 0;
    most = doubles ? MOT_EXACT_BYTES : 0;
    break;
  case AGGREGATE_DISRUPTION:
    least = MOT_WEIGHTS_BYTES + MOT_EXACT_LEAST;
    most = MOT_WEIGHTS_BYTES + 2 * MOT_EXACT_BYTES;
    break;
  case AGGREGATE_QUANTILE:
    least = most = MOT_BUCKETS_LEAST;
    cost->bucket_bytes += MOT_BUCKET_BYTES;
    break;
  case AGGREGATE_DISTINCT:
    least = MOT_DISTINCT_LEAST;
    most = MOT_DISTINCT_BYTES;
    break;
  default: break;
  }
  cost->pane_bytes += MOT_TALLY_BYTES + least;
  cost->pane_bytes_most += MOT_TALLY_BYTES + most;
}

/* Whether doubles go into an aggregate. */
static bool takes_doubles(const Module *m, const AggregateRow *row)
{
  uint32_t function = row->value;
  if (row->over == AGGREGATE_OVER_EVENTS)
    function = row->inputs_count ? m->AggregateInput[row->inputs].value : MOT_NONE;
  uint32_t type = function == MOT_NONE ? VALUE_NONE : m->Function[function].result;
  return type == VALUE_NUMBER || type == VALUE_PERCENT;
}

static MeasureCost measure_cost(const Module *m, const char *name, uint32_t window)
{
  return (MeasureCost){.name = name, .groups = 1, .panes = panes_of(&m->Window[window]),
                       .pane_bytes = MOT_PANE_BYTES, .pane_bytes_most = MOT_PANE_BYTES};
}

static void add_tallies(const Module *m, MeasureCost *cost, uint32_t first, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const AggregateRow *row = &m->Aggregate[first + i];
    add_tally(cost, row->kind, takes_doubles(m, row));
  }
}

/* ---- each of them ---- */

static MeasureCost metric_cost(const Module *m, const MetricRow *row)
{
  MeasureCost cost = measure_cost(m, module_string(m, row->name, NULL), row->window);
  if (*module_string(m, row->group_1, NULL)) cost.groups = (uint64_t)row->groups + 1; /* and `(other)` */
  add_tallies(m, &cost, row->aggregates, row->aggregates_count);
  return cost;
}

static MeasureCost target_cost(const Module *m, const TargetRow *row, const char *of, const char *name,
                               Arena *arena)
{
  const char *text = arena_printf(arena, "%s.%s: %s", of, name, module_string(m, row->text, NULL));
  MeasureCost cost = measure_cost(m, text, row->window);
  add_tallies(m, &cost, row->aggregates, row->aggregates_count);
  return cost;
}

/* A target of a goal has the aggregates of the goal's measure, unless it has its own. */
static MeasureCost goal_target_cost(const Module *m, const TargetRow *row, const GoalRow *goal, Arena *arena)
{
  const char *nsat = module_string(m, m->Nsat[goal->nsat].name, NULL);
  MeasureCost cost = target_cost(m, row, nsat, module_string(m, goal->name, NULL), arena);
  if (*module_string(m, goal->each, NULL)) cost.groups = INDIVIDUALS + 1;
  if (goal->measure == MEASURE_METRIC) {
    const MetricRow *metric = &m->Metric[goal->metric];
    add_tallies(m, &cost, metric->aggregates, metric->aggregates_count);
  } else if (row->aggregates_count == 0) {
    add_tally(&cost, goal->measure == MEASURE_DISRUPTION ? AGGREGATE_DISRUPTION : AGGREGATE_RATE, false);
  }
  return cost;
}

static void cost_mot_targets(const Module *m, const MotRow *mot, Arena *arena, Cost *cost)
{
  const char *experience = module_string(m, m->Experience[mot->experience].name, NULL);
  for (uint32_t i = 0; i < mot->targets_count; i++) {
    const TargetRow *row = &m->Target[mot->targets + i];
    MeasureCost *to = &cost->measures[cost->measure_count++];
    *to = target_cost(m, row, experience, module_string(m, mot->name, NULL), arena);
    if (row->aggregates_count == 0) add_tally(to, AGGREGATE_RATE, false);
  }
}

void cost_measures(const Module *m, Arena *arena, Cost *cost)
{
  cost->measures = ARENA_ARRAY(arena, MeasureCost, (size_t)m->Metric_count + m->Target_count + 1);
  for (uint32_t i = 0; i < m->Metric_count; i++)
    cost->measures[cost->measure_count++] = metric_cost(m, &m->Metric[i]);
  for (uint32_t i = 0; i < m->Mot_count; i++) cost_mot_targets(m, &m->Mot[i], arena, cost);
  for (uint32_t g = 0; g < m->Goal_count; g++)
    for (uint32_t i = 0; i < m->Goal[g].targets_count; i++)
      cost->measures[cost->measure_count++] =
        goal_target_cost(m, &m->Target[m->Goal[g].targets + i], &m->Goal[g], arena);
}
