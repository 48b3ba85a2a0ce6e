/*
 * board_judge.c - windows that end now: values of metrics, states of targets.
 */
#include <string.h>

#include "runtime/board_parts.h"

/* ---- values ---- */

typedef struct TallyGroup {
  Group group;               /* first: what functions see */
  const Measure *measure;
  const Tally *tallies;
} TallyGroup;

static Aggregated get_aggregate(const Group *group, uint32_t aggregate)
{
  const TallyGroup *of = (const TallyGroup *)(const void *)group;
  TallyValue value = tally_value(&of->tallies[aggregate], of->measure->tallies[aggregate]);
  return (Aggregated){.i = value.i, .f = value.f, .known = value.known};
}

static bool is_double(uint32_t type)
{
  return type == VALUE_NUMBER || type == VALUE_PERCENT;
}

static uint32_t type_of(const Board *board, const Measure *measure)
{
  return measure->metric != MOT_NONE ? board->module->Metric[measure->metric].type
                                     : board->module->Target[measure->target].type;
}

/* Whether each aggregate with a case has a value: a sum may be more than its type holds. */
static bool all_fit(const Measure *measure, const Tally *tallies)
{
  for (uint32_t i = 0; i < measure->count; i++)
    if (tallies[i].cases > 0 && !tally_value(&tallies[i], measure->tallies[i]).known) return false;
  return true;
}

static TallyValue value_of(Board *board, const Measure *measure, const Tally *tallies)
{
  if (measure->value == MOT_NONE) return tally_value(tallies, measure->tallies[0]);
  if (!all_fit(measure, tallies)) return (TallyValue){.known = false};
  TallyGroup group = {{get_aggregate}, measure, tallies};
  VmValue value = {0};
  board->scene.group = &group.group;
  VmStatus status = vm_run(&board->scene, measure->value, &value);
  board->scene.group = NULL;
  if (status != VM_DONE) return (TallyValue){.known = false};
  if (is_double(type_of(board, measure))) return (TallyValue){.known = true, .is_double = true, .f = value.f};
  return (TallyValue){.known = true, .i = value.i};
}

/* A window of a group: what it comes to.  Zero cases: there is nothing in it. */
typedef struct Judged {
  TallyValue value;
  uint64_t cases;
} Judged;

static Judged judge(Board *board, uint32_t number, const SeriesGroup *group, Stretch window)
{
  const Measure *measure = &board->measures->all[number];
  Judged ret = {.value = {.known = false}};
  board->scratch_of = measure;
  memset(board->scratch, 0, sizeof *board->scratch * measure->count);
  if (series_window(&board->series[number], group, window, board->scratch, board->mem)) {
    ret.cases = tallies_cases(board->scratch, measure->count);
    if (ret.cases > 0) ret.value = value_of(board, measure, board->scratch);
  }
  tallies_free(board->scratch, measure, board->mem);
  board->scratch_of = NULL;
  return ret;
}

static Stretch window_now(const Board *board, uint32_t measure)
{
  return (Stretch){window_begin(&board->measures->all[measure].window, board->now), board->now};
}

/* ---- metrics ---- */

static void tell_metric(Board *board, uint32_t metric, const SeriesGroup *group, Stretch window)
{
  Judged judged = judge(board, measure_of_metric(board->measures, metric), group, window);
  if (judged.cases > 0) emit_measure(board, metric, group, window, judged.value, judged.cases);
}

void judge_metric(Board *board, uint32_t metric)
{
  uint32_t number = measure_of_metric(board->measures, metric);
  Series *series = &board->series[number];
  Stretch window = window_now(board, number);
  if (!(board->kinds >> OUTCOME_KIND_MEASURE & 1)) return;
  series_sort(series);
  for (uint32_t i = 0; i < series->group_count; i++)
    if (series->groups[i]->placed) tell_metric(board, metric, series->groups[i], window);
  if (series->whole) tell_metric(board, metric, series->whole, window);
}

/* ---- targets ---- */

bool target_holds(const TargetRow *row, TallyValue value)
{
  int order;
  if (is_double(row->type)) {
    double goal;
    memcpy(&goal, &row->goal, sizeof goal);
    order = (value.f > goal) - (value.f < goal);
  } else {
    order = (value.i > row->goal) - (value.i < row->goal);
  }
  switch (row->compare) {
  case COMPARE_LT: return order < 0;
  case COMPARE_LE: return order <= 0;
  case COMPARE_GT: return order > 0;
  default: return order >= 0;
  }
}

/* What a judgement with enough cases makes of a target; true when it changes in a way that is told. */
static bool move(Standing *standing, bool right)
{
  enum { RECOVERS = 2 };
  uint8_t before = standing->state;
  if (!right) {
    standing->state = STANDING_BREACHED;
    standing->rights = 0;
    return before != STANDING_BREACHED;
  }
  if (before == STANDING_UNKNOWN) standing->state = STANDING_MET;
  if (before != STANDING_BREACHED || ++standing->rights < RECOVERS) return false;
  standing->state = STANDING_MET;
  standing->rights = 0;
  return true;
}

static void judge_group(Board *board, uint32_t target, SeriesGroup *group, Stretch window)
{
  const TargetRow *row = &board->module->Target[target];
  Standing *standing = &group->standing;
  Judged judged = judge(board, target, group, window);
  standing->enough = judged.cases >= row->min_cases && judged.value.known;
  standing->cases = judged.cases;
  standing->value = judged.value;
  standing->window = window;
  standing->before = standing->state;
  if (!standing->enough || !move(standing, target_holds(row, judged.value))) return;
  bool individual = board->measures->all[target].grouped;
  emit_target(board, target, individual ? group : NULL, standing);
  alerts_change(board, target, individual ? group : NULL, standing->state == STANDING_BREACHED);
}

void judge_target(Board *board, uint32_t target)
{
  Series *series = &board->series[target];
  Stretch window = window_now(board, target);
  if (!board->measures->all[target].grouped) {
    if (series->whole) judge_group(board, target, series->whole, window);
    return;
  }
  series_sort(series);
  for (uint32_t i = 0; i < series->group_count; i++)
    if (series->groups[i]->placed) judge_group(board, target, series->groups[i], window);
}
