/*
 * meter.c - see meter.h.
 */
#include "runtime/meter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

Meter *meter_new(const Measures *measures, Mem *mem, uint32_t shard, uint32_t shards)
{
  Meter *meter = mem_resize(mem, NULL, 0, sizeof *meter);
  if (!meter) mem_fail(mem);
  *meter = (Meter){.mem = mem, .measures = measures, .shard = shard, .shards = shards,
                   .scene = {.plan = measures->plan, .now = INT64_MIN}};
  size_t size = sizeof *meter->series * measures->count;
  meter->series = size ? mem_resize(mem, NULL, 0, size) : NULL;
  if (size && !meter->series) {
    mem_resize(mem, meter, sizeof *meter, 0);
    mem_fail(mem);
  }
  meter->scene.faults = &meter->faults;
  for (uint32_t i = 0; i < measures->count; i++) series_init(&meter->series[i], &measures->all[i], mem);
  return meter;
}

void meter_free(Meter *meter)
{
  if (!meter) return;
  uint32_t count = meter->measures->count;
  for (uint32_t i = 0; i < count; i++) series_free(&meter->series[i]);
  if (count) mem_resize(meter->mem, meter->series, sizeof *meter->series * count, 0);
  mem_resize(meter->mem, meter, sizeof *meter, 0);
}

/* ---- values and groups ---- */

static void take_value(Meter *meter, Tally *tally, TallyKind kind, VmValue value)
{
  switch (kind.type) {
  case VALUE_NUMBER:
  case VALUE_PERCENT: tally_double(tally, meter->mem, kind, value.f); break;
  case VALUE_TEXT:
  case VALUE_ID: tally_text(tally, meter->mem, kind, value.s.text, (uint32_t)value.s.len); break;
  default: tally_int(tally, meter->mem, kind, value.i);
  }
}

/* What a group is called. */
typedef struct GroupText {
  uint32_t type;
  VmText text;
  char room[32];
} GroupText;

/* A number that a loaded record has, but no value of the list, is a value that is missing. */
static void name_listed(const Module *module, const ListedRow *listed, VmValue value, GroupText *ret)
{
  uint32_t len;
  if ((uint64_t)value.i >= listed->values_count) {
    *ret = (GroupText){.type = VALUE_NONE};
    return;
  }
  const char *name = module_string(module, module->ListedValue[listed->values + value.i].name, &len);
  ret->text = (VmText){name, len};
}

/* `listed`: row of the values' list. */
static void name_value(const Module *module, uint32_t type, uint32_t listed, VmValue value, GroupText *ret)
{
  ret->type = type == VALUE_INT || type == VALUE_BOOL ? type : VALUE_ID;
  switch (type) {
  case VALUE_TEXT:
  case VALUE_ID: ret->text = value.s; return;
  case VALUE_BOOL: ret->text = value.i ? (VmText){"true", 4} : (VmText){"false", 5}; return;
  case VALUE_LISTED: name_listed(module, &module->Listed[listed], value, ret); return;
  case VALUE_NUMBER:
  case VALUE_PERCENT:
    ret->text = (VmText){ret->room, (uint64_t)snprintf(ret->room, sizeof ret->room, "%.17g", value.f)};
    return;
  default:
    ret->text = (VmText){ret->room, (uint64_t)snprintf(ret->room, sizeof ret->room, "%" PRId64, value.i)};
  }
}

/* ---- events ---- */

/* The list of a field's values, by the field's name. */
static uint32_t listed_of(const Module *module, uint32_t event, uint32_t name)
{
  const EventRow *row = &module->Event[event];
  for (uint32_t i = 0; i < row->fields_count; i++)
    if (module->Field[row->fields + i].name == name) return module->Field[row->fields + i].listed;
  return MOT_NONE;
}

/* False: the function faults, so that the event belongs to no group. */
static bool name_field(Meter *meter, const MeasureInput *input, uint32_t function, uint32_t field,
                       GroupText *ret)
{
  const Module *module = meter->measures->plan->module;
  VmValue value = {0};
  *ret = (GroupText){.type = VALUE_NONE};
  if (function == MOT_NONE) return true;
  VmStatus status = vm_run(&meter->scene, function, &value);
  if (status == VM_DONE)
    name_value(module, module->Function[function].result, listed_of(module, input->row->event, field), value,
               ret);
  return status != VM_FAULT;
}

static Tally *tallies_of_event(Meter *meter, const MeasureInput *input, int64_t t)
{
  const Measure *measure = &meter->measures->all[input->measure];
  Series *series = &meter->series[input->measure];
  if (!measure->grouped) return series_at(series, t);
  const MetricRow *metric = &meter->measures->plan->module->Metric[measure->metric];
  GroupText first, second;
  if (!name_field(meter, input, input->row->group_1, metric->group_1, &first) ||
      !name_field(meter, input, input->row->group_2, metric->group_2, &second))
    return NULL;
  GroupName name = {{first.type, second.type}, {first.text, second.text}};
  return series_at_group(series, &name, t);
}

static bool passes(Meter *meter, const MeasureInput *input)
{
  VmValue value = {0};
  if (input->row->test == MOT_NONE) return true;
  return vm_run(&meter->scene, input->row->test, &value) == VM_DONE && value.i != 0;
}

/* False: the event does not pass its test. */
static bool take_input(Meter *meter, const MeasureInput *input, int64_t t)
{
  const Measure *measure = &meter->measures->all[input->measure];
  TallyKind kind = measure->tallies[input->tally];
  bool valued = input->row->value != MOT_NONE;
  VmValue value = {0};
  if (!passes(meter, input)) return false;
  if (valued && vm_run(&meter->scene, input->row->value, &value) != VM_DONE) return true;
  Tally *tallies = tallies_of_event(meter, input, t);
  if (!tallies) return true;
  Tally *tally = &tallies[input->tally];
  if (kind.kind == AGGREGATE_COUNT)
    tally_count(tally);
  else if (kind.kind == AGGREGATE_RATE)
    tally_rate(tally, value.i != 0);
  else
    take_value(meter, tally, kind, value);
  return true;
}

static void take_event(Meter *meter, const MeasureInputs *inputs, int64_t t)
{
  const MeasureInput *taken = NULL;
  for (uint32_t i = 0; i < inputs->len; i++) {
    const MeasureInput *input = &inputs->data[i];
    if (taken && taken->measure == input->measure && taken->tally == input->tally) continue;
    if (take_input(meter, input, t)) taken = input;
  }
}

static bool is_mine(const Meter *meter, const EventData *event)
{
  return meter->shards <= 1 || event->hash % meter->shards == meter->shard;
}

void meter_events(Meter *meter, EventData *const *events, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const EventData *event = events[i];
    if (event->event == MOT_NONE) continue;
    const MeasureInputs *inputs = &meter->measures->events[event->event];
    if (inputs->len == 0 || !is_mine(meter, event)) continue;
    meter->scene.event = event;
    meter->scene.now = event->time;
    take_event(meter, inputs, event->time);
  }
}

/* ---- moments ---- */

static void take_plain(Meter *meter, uint32_t measure, double weight, bool missed, int64_t t)
{
  Tally *tally = series_at(&meter->series[measure], t);
  if (meter->measures->all[measure].tallies->kind == AGGREGATE_RATE)
    tally_rate(tally, !missed);
  else
    tally_weight(tally, meter->mem, weight, missed);
}

void meter_plain(Meter *meter, const MeasureList *list, double weight, bool missed, int64_t t)
{
  for (uint32_t i = 0; i < list->len; i++) take_plain(meter, list->data[i], weight, missed, t);
}

/* A decided moment. */
typedef struct Decided {
  Scene *scene;
  double weight;
  bool missed;
  int64_t t;
} Decided;

/* What goes into one tally of a moment's measure. */
static void take_aggregate(Meter *meter, const Decided *decided, uint32_t row, TallyKind kind, Tally *tally)
{
  const AggregateRow *aggregate = &meter->measures->plan->module->Aggregate[row];
  VmValue value = {0};
  if (aggregate->over == AGGREGATE_OVER_EVENTS) return;
  if (kind.kind == AGGREGATE_DISRUPTION) {
    tally_weight(tally, meter->mem, decided->weight, decided->missed);
    return;
  }
  uint32_t function = aggregate->test != MOT_NONE ? aggregate->test : aggregate->value;
  if (function != MOT_NONE && vm_run(decided->scene, function, &value) != VM_DONE) return;
  if (kind.kind == AGGREGATE_RATE)
    tally_rate(tally, value.i != 0);
  else if (kind.kind == AGGREGATE_COUNT)
    tally_count(tally);
  else
    take_value(meter, tally, kind, value);
}

/* The individual's tallies; NULL: it has none. */
static Tally *tallies_of_moment(Meter *meter, Scene *scene, uint32_t measure, int64_t t)
{
  const Measure *at = &meter->measures->all[measure];
  Series *series = &meter->series[measure];
  if (!at->grouped) return series_at(series, t);
  const Module *module = meter->measures->plan->module;
  const MotRow *mot = &module->Mot[at->row];
  VmValue value = {0};
  GroupText text = {0};
  if (mot->group == MOT_NONE || vm_run(scene, mot->group, &value) != VM_DONE) return NULL;
  name_value(module, mot->group_type, mot->group_listed, value, &text);
  if (text.type == VALUE_NONE) return NULL;
  return series_at_group(series, &(GroupName){{text.type, VALUE_NONE}, {text.text, {NULL, 0}}}, t);
}

static void take_moment(Meter *meter, const Decided *decided, uint32_t measure)
{
  const Measure *at = &meter->measures->all[measure];
  Tally *tallies = tallies_of_moment(meter, decided->scene, measure, decided->t);
  if (!tallies) return;
  if (at->built_in)
    tally_rate(tallies, !decided->missed);
  else
    for (uint32_t i = 0; i < at->count; i++)
      take_aggregate(meter, decided, at->aggregates + i, at->tallies[i], &tallies[i]);
}

void meter_moment(Meter *meter, Scene *scene, uint32_t mot, bool missed, int64_t t)
{
  const MeasureList *list = &meter->measures->mots[mot];
  double weight = meter->measures->plan->module->Mot[mot].weight;
  const Decided decided = {scene, weight, missed, t};
  for (uint32_t i = 0; i < list->len; i++) {
    if (meter->measures->all[list->data[i]].plain)
      take_plain(meter, list->data[i], weight, missed, t);
    else
      take_moment(meter, &decided, list->data[i]);
  }
}
