/*
 * verify_measure.c - aggregates and windows, metrics and targets, actions and
 * their texts, goals and reviews.
 */
#include <math.h>
#include <string.h>

#include "bytecode/verify.h"

static Parent parent_of(Place at)
{
  return at.v->parents[at.table][at.row];
}

static bool money_has_currency(Place at, uint32_t type, uint32_t currency)
{
  return need(at, type != VALUE_MONEY || currency != MOT_NONE, "currency", "missing");
}

/* What a value of a goal's, a mot's or an experience's moments is computed over. */
static bool moments_of(const Module *m, Parent owner, AtHand *hand)
{
  *hand = NOTHING_AT_HAND;
  if (owner.table == SECTION_Mot) {
    hand->mot = owner.row;
    hand->experience = m->Mot[owner.row].experience;
  } else if (owner.table == SECTION_Experience) {
    hand->experience = owner.row;
  } else {
    const GoalRow *goal = &m->Goal[owner.row];
    hand->mot = goal->measure == MEASURE_MOT ? goal->mot : MOT_NONE;
    hand->experience = hand->mot != MOT_NONE ? m->Mot[hand->mot].experience : m->Nsat[goal->nsat].experience;
    return goal->measure == MEASURE_MOT || goal->measure == MEASURE_SCO;
  }
  return true;
}

/* ---- aggregates ---- */

static bool check_quantile(Place at, const AggregateRow *row)
{
  return need(at, row->kind != AGGREGATE_QUANTILE || (row->quantile > 0 && row->quantile < 1), "quantile",
              "not between 0 and 1");
}

static bool check_moments(Place at, const AggregateRow *row)
{
  AtHand hand;
  Parent target = parent_of(at);
  if (!need(at, target.table == SECTION_Target, "over", "moments are aggregated by targets only"))
    return false;
  bool some = moments_of(at.v->module, at.v->parents[SECTION_Target][target.row], &hand);
  bool used = row->value != MOT_NONE || row->test != MOT_NONE;
  return need(at, row->inputs_count == 0, "inputs", "none where moments are aggregated")
    && need(at, some || !used, "value", "its goal has no moments")
    && function_fits(at, "value", row->value, hand, CLASS_NONE)
    && function_fits(at, "test", row->test, hand, CLASS_B);
}

static bool check_aggregate(Place at)
{
  const AggregateRow *row = ROW(Aggregate);
  ValueClass class = value_class(row->type);
  if (!check_quantile(at, row) || !money_has_currency(at, row->type, row->currency)
      || !need(at, class != CLASS_NONE, "type", "none"))
    return false;
  if (row->over == AGGREGATE_OVER_MOMENTS) return check_moments(at, row);
  return need(at, row->value == MOT_NONE && row->test == MOT_NONE, "value",
              "events have theirs in the inputs")
    && need(at, row->inputs_count > 0, "inputs", "none");
}

/* Which class of value an aggregate takes; CLASS_NONE: any. */
static ValueClass taken_class(const AggregateRow *row)
{
  switch (row->kind) {
  case AGGREGATE_RATE: return CLASS_B;
  case AGGREGATE_SUM:
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
  case AGGREGATE_QUANTILE:
  case AGGREGATE_LAST: return value_class(row->type);
  default: return CLASS_NONE;
  }
}

static bool check_input(Place at)
{
  const AggregateInputRow *row = ROW(AggregateInput);
  const AggregateRow *aggregate = &at.v->module->Aggregate[parent_of(at).row];
  AtHand hand = NOTHING_AT_HAND;
  hand.event = row->event;
  return need(at, (row->value == MOT_NONE) == (aggregate->kind == AGGREGATE_COUNT), "value",
              "does not go with the aggregate")
    && function_fits(at, "test", row->test, hand, CLASS_B)
    && function_fits(at, "value", row->value, hand, taken_class(aggregate))
    && function_fits(at, "group_1", row->group_1, hand, CLASS_NONE)
    && function_fits(at, "group_2", row->group_2, hand, CLASS_NONE);
}

/* ---- windows, metrics, targets ---- */

/* More than a run should have to keep of one window. */
#define STEPS_MAX 100000.0

static double rough_length(uint32_t unit, int64_t length)
{
  static const double days[UNIT_END] = {[UNIT_DAYS] = 1, [UNIT_WEEKS] = 7, [UNIT_MONTHS] = 31,
                                        [UNIT_QUARTERS] = 92,
                                        [UNIT_YEARS] = 366};
  return (double)length * (unit == UNIT_MICROSECONDS ? 1 : days[unit] * 86400e6);
}

static bool check_steps(Place at, const WindowRow *row)
{
  double steps = rough_length(row->unit, row->length) / rough_length(row->step_unit, row->step);
  return need(at, steps <= STEPS_MAX, "step", "too many in the window");
}

static bool check_window(Place at)
{
  const WindowRow *row = ROW(Window);
  int64_t most = row->unit == UNIT_MICROSECONDS ? SPAN_MAX : 3652500;
  int64_t most_step = row->step_unit == UNIT_MICROSECONDS ? SPAN_MAX : 3652500;
  return need(at, row->length > 0 && row->length <= most, "length", "no length of time")
    && need(at, row->kind == WINDOW_TUMBLING || (row->step > 0 && row->step <= most_step), "step",
            "no length of time")
    && (row->kind == WINDOW_TUMBLING || check_steps(at, row));
}

static bool check_metric(Place at)
{
  const MetricRow *row = ROW(Metric);
  const FunctionRow *value = &at.v->module->Function[row->value];
  return need(at, row->group_1 == 0 || row->groups > 0, "groups", "none")
    && need(at, value->aggregates_of == at.row, "value", "a function of another metric")
    && need(at, value_class(value->result) == value_class(row->type), "value", "a function of another type")
    && money_has_currency(at, row->type, row->currency);
}

static bool check_goal_value(Place at, const TargetRow *row)
{
  double goal;
  memcpy(&goal, &row->goal, sizeof goal);
  return need(at, value_class(row->type) != CLASS_F || isfinite(goal), "goal", "not a finite number");
}

static bool check_target(Place at)
{
  const TargetRow *row = ROW(Target);
  const FunctionRow *value = row->value == MOT_NONE ? NULL : &at.v->module->Function[row->value];
  return need(at, !value || value->target == at.row, "value", "a function of another target")
    && need(at, !value || value_class(value->result) == value_class(row->type), "value",
            "a function of another type")
    && money_has_currency(at, row->type, row->currency) && check_goal_value(at, row);
}

/* ---- acting ---- */

static bool at_decision(uint32_t when)
{
  return when != WHEN_BREACHED && when != WHEN_MET;
}

static bool check_risk(Place at, const ActionRow *row, AtHand hand)
{
  bool risk = row->when == WHEN_AT_RISK, function = row->risk != MOT_NONE;
  return need(at, risk ? function != (row->risk_before >= 0) : !function, "risk",
              "at risk has either a constant or a function, others have none")
    && need(at, row->risk_before <= SPAN_MAX, "risk_before", "no length of time")
    && function_fits(at, "risk", row->risk, hand, CLASS_I);
}

static bool check_spans(Place at, const ActionRow *row)
{
  const int64_t spans[] = {row->raise_after, row->hold, row->escalate, row->repeat};
  static const char *const names[] = {"raise_after", "hold", "escalate", "repeat"};
  for (unsigned i = 0; i < 4; i++)
    if (!need(at, spans[i] >= -1 && spans[i] <= SPAN_MAX, names[i], "no length of time")) return false;
  return need(at, row->repeat != 0, "repeat", "without end");
}

static bool check_correct(Place at, const ActionRow *row, AtHand hand)
{
  bool corrects = row->kind == ACTION_CORRECT;
  if (!need(at, corrects == (row->correction != MOT_NONE), "correction", "does not go with the kind"))
    return false;
  if (!corrects) return true;
  const CorrectionRow *correction = &at.v->module->Correction[row->correction];
  return need(at, at_decision(row->when), "correction", "no moment is at hand to mend")
    && need(at, correction->experience == hand.experience && correction->mot == hand.mot, "correction",
            "of another subject");
}

static bool check_action(Place at)
{
  const ActionRow *row = ROW(Action);
  AtHand hand;
  Parent owner = parent_of(at);
  moments_of(at.v->module, owner, &hand);
  return need(at, owner.table != SECTION_Goal || !at_decision(row->when), "when", "not of a goal")
    && check_risk(at, row, hand) && check_spans(at, row) && check_correct(at, row, hand);
}

static bool check_text(Place at)
{
  const TextPieceRow *row = ROW(TextPiece);
  Parent action = parent_of(at);
  AtHand hand;
  moments_of(at.v->module, at.v->parents[SECTION_Action][action.row], &hand);
  if (row->value == MOT_NONE) return true;
  return need(at, at_decision(at.v->module->Action[action.row].when), "value", "no moment is at hand")
    && need(at, (row->type == VALUE_LISTED) <= (row->listed != MOT_NONE), "listed", "missing")
    && money_has_currency(at, row->type, row->currency)
    && need(at, row->type != VALUE_NONE, "type", "none")
    && function_fits(at, "value", row->value, hand, value_class(row->type));
}

/* ---- goals and reviews ---- */

static bool check_goal(Place at)
{
  const GoalRow *row = ROW(Goal);
  return need(at, row->measure != MEASURE_MOT || row->mot != MOT_NONE, "mot", "missing")
    && need(at, row->measure != MEASURE_METRIC || row->metric != MOT_NONE, "metric", "missing")
    && need(at, row->weight >= 0, "weight", "below zero");
}

static bool check_review(Place at)
{
  const ReviewRow *row = ROW(Review);
  int64_t most = row->unit == UNIT_MICROSECONDS ? SPAN_MAX : 3652500;
  return need(at, row->every > 0 && row->every <= most, "every", "no length of time");
}

/* ---- all of it ---- */

bool verify_measures(Verifier *v)
{
  static const TableCheck checks[] = {
    {SECTION_Goal, check_goal},     {SECTION_Aggregate, check_aggregate},
    {SECTION_AggregateInput, check_input},
    {SECTION_Window, check_window}, {SECTION_Metric, check_metric},       {SECTION_Target, check_target},
    {SECTION_Action, check_action}, {SECTION_TextPiece, check_text},      {SECTION_Review, check_review},
  };
  return verify_each(v, checks, sizeof checks / sizeof *checks);
}
