/*
 * measures.c - see measures.h.
 */
#include "runtime/measures.h"

enum { INDIVIDUALS = 10000 }; /* as many as groups of a metric, unless that says otherwise */

typedef struct Making {
  const Plan *plan;
  const Module *module;
  Arena *arena;
  Measure *all;
  uint32_t targets;
} Making;

/* ---- one measure ---- */

/* Type of what goes into an aggregate: that of the functions that make its values. */
static uint32_t input_type(const Module *module, const AggregateRow *row)
{
  uint32_t function = row->value;
  if (row->over == AGGREGATE_OVER_EVENTS)
    function = row->inputs_count ? module->AggregateInput[row->inputs].value : MOT_NONE;
  return function == MOT_NONE ? VALUE_NONE : module->Function[function].result;
}

static void take_aggregates(const Making *making, Measure *measure, uint32_t first, uint32_t count)
{
  TallyKind *kinds = ARENA_ARRAY(making->arena, TallyKind, count);
  measure->aggregates = first;
  measure->count = count;
  measure->tallies = kinds;
  measure->plain = false;
  for (uint32_t i = 0; i < count; i++) {
    const AggregateRow *row = &making->module->Aggregate[first + i];
    kinds[i] = (TallyKind){row->kind, input_type(making->module, row), row->quantile};
  }
}

static void take_built_in(const Making *making, Measure *measure, uint32_t kind)
{
  TallyKind *tally = ARENA_NEW(making->arena, TallyKind);
  *tally = (TallyKind){.kind = kind};
  measure->tallies = tally;
  measure->count = 1;
  measure->built_in = measure->plain = true;
}

static Measure fresh(const Making *making, uint32_t window)
{
  const Module *module = making->module;
  return (Measure){.target = MOT_NONE, .metric = MOT_NONE, .goal = MOT_NONE, .value = MOT_NONE,
                   .places = INDIVIDUALS,
                   .window = window_plan(&module->Window[window], making->plan->zones[module->Meta->zone])};
}

static void make_metric(const Making *making, uint32_t metric)
{
  const MetricRow *row = &making->module->Metric[metric];
  Measure measure = fresh(making, row->window);
  measure.of = MEASURED_EVENTS;
  measure.metric = metric;
  measure.value = row->value;
  measure.grouped = *module_string(making->module, row->group_1, NULL) != '\0';
  measure.places = row->groups;
  take_aggregates(making, &measure, row->aggregates, row->aggregates_count);
  making->all[making->targets + metric] = measure;
}

/* What a target measures of moments: as it is written, or the share of those produced. */
static void of_moments(const Making *making, Measure *measure, const TargetRow *row, uint32_t mot)
{
  measure->of = MEASURED_MOMENTS;
  measure->row = mot;
  measure->value = row->value;
  if (row->aggregates_count == 0)
    take_built_in(making, measure, AGGREGATE_RATE);
  else
    take_aggregates(making, measure, row->aggregates, row->aggregates_count);
}

static void of_goal(const Making *making, Measure *measure, const TargetRow *row, const GoalRow *goal)
{
  const Module *module = making->module;
  measure->row = module->Nsat[goal->nsat].experience;
  switch (goal->measure) {
  case MEASURE_MOT:
    of_moments(making, measure, row, goal->mot);
    measure->grouped = *module_string(module, goal->each, NULL) != '\0';
    measure->plain &= !measure->grouped;
    break;
  case MEASURE_SCO:
    measure->of = MEASURED_SCO;
    take_built_in(making, measure, AGGREGATE_RATE);
    break;
  case MEASURE_DISRUPTION:
    measure->of = MEASURED_DISRUPTION;
    take_built_in(making, measure, AGGREGATE_DISRUPTION);
    break;
  default: {
    const MetricRow *metric = &module->Metric[goal->metric];
    measure->of = MEASURED_EVENTS;
    measure->value = metric->value;
    take_aggregates(making, measure, metric->aggregates, metric->aggregates_count);
  }
  }
}

static void make_targets(const Making *making)
{
  const Module *module = making->module;
  for (uint32_t i = 0; i < making->targets; i++) {
    making->all[i] = fresh(making, module->Target[i].window);
    making->all[i].target = i;
  }
  for (uint32_t m = 0; m < module->Mot_count; m++)
    for (uint32_t i = 0; i < module->Mot[m].targets_count; i++) {
      uint32_t target = module->Mot[m].targets + i;
      of_moments(making, &making->all[target], &module->Target[target], m);
    }
  for (uint32_t g = 0; g < module->Goal_count; g++)
    for (uint32_t i = 0; i < module->Goal[g].targets_count; i++) {
      uint32_t target = module->Goal[g].targets + i;
      making->all[target].goal = g;
      of_goal(making, &making->all[target], &module->Target[target], &module->Goal[g]);
    }
}

/* ---- who is fed by what ---- */

static bool is_fed_by_mot(const Making *making, const Measure *measure, uint32_t mot)
{
  return measure->of == MEASURED_MOMENTS ? measure->row == mot
         : measure->of == MEASURED_DISRUPTION && measure->row == making->module->Mot[mot].experience;
}
static bool is_fed_by_sco(const Making *making, const Measure *measure, uint32_t experience)
{
  (void)making;
  return measure->of == MEASURED_SCO && measure->row == experience;
}

typedef bool (*IsFed)(const Making *making, const Measure *measure, uint32_t row);

static const MeasureList *lists(const Making *making, uint32_t rows, IsFed is_fed)
{
  MeasureList *ret = ARENA_ARRAY(making->arena, MeasureList, rows);
  uint32_t *found = ARENA_ARRAY(making->arena, uint32_t, making->targets);
  for (uint32_t row = 0; row < rows; row++) {
    uint32_t len = 0;
    ret[row].plain = true;
    for (uint32_t i = 0; i < making->targets; i++) {
      if (!is_fed(making, &making->all[i], row)) continue;
      found[len++] = i;
      ret[row].plain &= making->all[i].plain;
    }
    uint32_t *data = ARENA_ARRAY(making->arena, uint32_t, len);
    for (uint32_t i = 0; i < len; i++) data[i] = found[i];
    ret[row].data = data;
    ret[row].len = len;
  }
  return ret;
}


/* A target of a MOT may count events too; those know no individuals. */
static bool takes_events(const Measure *measure)
{
  if (measure->built_in || measure->of == MEASURED_NOTHING) return false;
  return measure->of == MEASURED_EVENTS || !measure->grouped;
}

/* Each input of each measure of events, in the order of the measures. */
static uint32_t visit_inputs(const Making *making, uint32_t count, MeasureInputs *events, bool fill)
{
  uint32_t all = 0;
  for (uint32_t m = 0; m < count; m++) {
    const Measure *measure = &making->all[m];
    if (!takes_events(measure)) continue;
    for (uint32_t a = 0; a < measure->count; a++) {
      const AggregateRow *row = &making->module->Aggregate[measure->aggregates + a];
      if (row->over != AGGREGATE_OVER_EVENTS) continue;
      for (uint32_t i = 0; i < row->inputs_count; i++, all++) {
        const AggregateInputRow *input = &making->module->AggregateInput[row->inputs + i];
        MeasureInputs *of = &events[input->event];
        if (fill) ((MeasureInput *)of->data)[of->len] = (MeasureInput){m, a, input};
        of->len++;
      }
    }
  }
  return all;
}

static const MeasureInputs *inputs(const Making *making, uint32_t count)
{
  uint32_t events = making->module->Event_count;
  MeasureInputs *ret = ARENA_ARRAY(making->arena, MeasureInputs, events);
  MeasureInput *next = ARENA_ARRAY(making->arena, MeasureInput, visit_inputs(making, count, ret, false));
  for (uint32_t i = 0; i < events; i++) {
    ret[i].data = next;
    next += ret[i].len;
    ret[i].len = 0;
  }
  visit_inputs(making, count, ret, true);
  return ret;
}

const Measures *measures_new(const Plan *plan, Arena *arena)
{
  const Module *module = plan->module;
  uint32_t count = module->Target_count + module->Metric_count;
  Making making = {plan, module, arena, ARENA_ARRAY(arena, Measure, count), module->Target_count};
  make_targets(&making);
  for (uint32_t i = 0; i < module->Metric_count; i++) make_metric(&making, i);
  Measures *ret = ARENA_NEW(arena, Measures);
  *ret = (Measures){.plan = plan, .all = making.all, .count = count, .targets = making.targets,
                    .mots = lists(&making, module->Mot_count, is_fed_by_mot),
                    .scos = lists(&making, module->Experience_count, is_fed_by_sco),
                    .events = inputs(&making, count)};
  return ret;
}
