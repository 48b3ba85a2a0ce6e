/*
 * board_goal.c - goals: attainment, scores rolled up, states.
 *
 *   A = 100 when the target holds, else 100 v / g (less is better: 100 g / v), 0 unless both are positive
 *   R = (A + sum of w R / sum of w) / 2 over the children that have one, or what there is of the two
 */
#include <stdlib.h>
#include <string.h>

#include "runtime/board_parts.h"
#include "runtime/grow.h"

enum { NONE = -1 }; /* no score */

/* ---- attainment ---- */

static double as_double(const TargetRow *row, TallyValue value)
{
  return row->type == VALUE_NUMBER || row->type == VALUE_PERCENT ? value.f : (double)value.i;
}

static double goal_of(const TargetRow *row)
{
  TallyValue goal = {.i = row->goal};
  memcpy(&goal.f, &row->goal, sizeof goal.f);
  return as_double(row, goal);
}

static double attainment(const TargetRow *row, const Standing *standing)
{
  if (!standing->enough) return NONE;
  if (target_holds(row, standing->value)) return 100;
  double v = as_double(row, standing->value), g = goal_of(row);
  if (v <= 0 || g <= 0) return 0;
  bool more = row->compare == COMPARE_GE || row->compare == COMPARE_GT;
  return more ? 100 * v / g : 100 * g / v;
}

/* Takes one more target into account: the least attainment counts, and the worst state. */
static void take_target(GoalStanding *goal, const TargetRow *row, const Standing *standing)
{
  double a = attainment(row, standing);
  if (standing->state > goal->state) goal->state = standing->state;
  if (a < 0 || (goal->score >= 0 && goal->score <= a)) return;
  goal->score = goal->rolled_up = a;
  goal->cases = standing->cases;
}

static const GoalStanding nothing = {STANDING_UNKNOWN, NONE, NONE, 0};

/* By its own targets alone. */
static GoalStanding by_targets(const Board *board, const GoalRow *row, const GroupName *name)
{
  GoalStanding ret = nothing;
  for (uint32_t i = 0; i < row->targets_count; i++) {
    uint32_t target = row->targets + i;
    const Series *series = &board->series[target];
    const SeriesGroup *group = name ? series_group(series, name) : series->whole;
    if (group) take_target(&ret, &board->module->Target[target], &group->standing);
  }
  return ret;
}

GoalStanding goal_individual(const Board *board, uint32_t goal, const GroupName *name)
{
  return by_targets(board, &board->module->Goal[goal], name);
}

/* ---- individuals ---- */

static bool is_each(const Board *board, const GoalRow *row)
{
  return *module_string(board->module, row->each, NULL) != '\0';
}

static int by_name(const void *a, const void *b)
{
  return group_order(*(SeriesGroup *const *)a, *(SeriesGroup *const *)b);
}

/* Whether an earlier target of the goal has a group of that name too. */
static bool is_known(const Board *board, const GoalRow *row, uint32_t before, const SeriesGroup *group)
{
  GroupName name = group_name(group);
  for (uint32_t i = 0; i < before; i++) {
    const SeriesGroup *other = series_group(&board->series[row->targets + i], &name);
    if (other && other->placed) return true;
  }
  return false;
}

static void list_individuals(Board *board, uint32_t goal)
{
  const GoalRow *row = &board->module->Goal[goal];
  size_t most = 0;
  board->individual_count = 0;
  for (uint32_t i = 0; i < row->targets_count; i++) most += board->series[row->targets + i].group_count;
  board->individuals = grow(board->mem, board->individuals, &board->individual_room, most,
                            sizeof *board->individuals);
  for (uint32_t i = 0; i < row->targets_count; i++) {
    const Series *series = &board->series[row->targets + i];
    for (uint32_t k = 0; k < series->group_count; k++)
      if (series->groups[k]->placed && !is_known(board, row, i, series->groups[k]))
        board->individuals[board->individual_count++] = series->groups[k];
  }
  if (board->individual_count > 1)
    qsort(board->individuals, board->individual_count, sizeof *board->individuals, by_name);
  board->individuals_of = goal;
}

/* The mean of their attainments by cases. */
static double mean_of_individuals(Board *board, uint32_t goal, uint64_t *ret_cases)
{
  double sum = 0, cases = 0;
  *ret_cases = 0;
  list_individuals(board, goal);
  for (uint32_t i = 0; i < board->individual_count; i++) {
    GroupName name = group_name(board->individuals[i]);
    GoalStanding one = goal_individual(board, goal, &name);
    if (one.score < 0) continue;
    sum += (double)one.cases * one.score;
    cases += (double)one.cases;
    *ret_cases += one.cases;
  }
  return cases > 0 ? sum / cases : NONE;
}

/* ---- the tree ---- */

/* The weighted mean of the children's scores; they come behind their parent. */
static double mean_of_children(const Board *board, uint32_t goal)
{
  double sum = 0, weights = 0;
  for (uint32_t i = goal + 1; i < board->module->Goal_count; i++) {
    const GoalRow *child = &board->module->Goal[i];
    if (child->parent != goal || board->rolled[i] < 0) continue;
    sum += child->weight * board->rolled[i];
    weights += child->weight;
  }
  return weights > 0 ? sum / weights : NONE;
}

void goals_score(Board *board)
{
  for (uint32_t goal = board->module->Goal_count; goal-- > 0;) {
    const GoalRow *row = &board->module->Goal[goal];
    if (is_each(board, row)) {
      board->scores[goal] = mean_of_individuals(board, goal, &board->cases[goal]);
    } else {
      GoalStanding own = by_targets(board, row, NULL);
      board->scores[goal] = own.score;
      board->cases[goal] = own.cases;
    }
    double a = board->scores[goal], children = mean_of_children(board, goal);
    board->rolled[goal] = a < 0 ? children : children < 0 ? a : (a + children) / 2;
  }
}

GoalStanding board_goal(Board *board, uint32_t goal)
{
  const GoalRow *row = &board->module->Goal[goal];
  goals_score(board);
  uint8_t state = is_each(board, row) ? STANDING_UNKNOWN : by_targets(board, row, NULL).state;
  return (GoalStanding){state, board->scores[goal], board->rolled[goal], board->cases[goal]};
}

bool board_individual(Board *board, uint32_t goal, size_t index, GroupName *ret_name,
                      GoalStanding *ret_standing)
{
  if (!is_each(board, &board->module->Goal[goal])) return false;
  if (index == 0 || board->individuals_of != goal) list_individuals(board, goal);
  if (index >= board->individual_count) return false;
  *ret_name = group_name(board->individuals[index]);
  *ret_standing = goal_individual(board, goal, ret_name);
  return true;
}

/* ---- states ---- */

static bool was_judged(const Board *board, const GoalRow *row)
{
  for (uint32_t i = 0; i < row->targets_count; i++)
    if (board->judged[row->targets + i]) return true;
  return false;
}

/* How an individual stood before what was judged at this instant. */
static uint8_t state_before(const Board *board, const GoalRow *row, const GroupName *name)
{
  uint8_t worst = STANDING_UNKNOWN;
  for (uint32_t i = 0; i < row->targets_count; i++) {
    const SeriesGroup *group = series_group(&board->series[row->targets + i], name);
    if (!group) continue;
    bool judged = board->judged[row->targets + i] && group->standing.window.to == board->now;
    uint8_t state = judged ? group->standing.before : group->standing.state;
    if (state > worst) worst = state;
  }
  return worst;
}

/* One that has left a target may stand as unknown again: that is not told. */
static void tell_individuals(Board *board, uint32_t goal)
{
  const GoalRow *row = &board->module->Goal[goal];
  list_individuals(board, goal);
  for (uint32_t i = 0; i < board->individual_count; i++) {
    GroupName name = group_name(board->individuals[i]);
    GoalStanding now = goal_individual(board, goal, &name);
    bool changes = state_before(board, row, &name) != now.state;
    if (changes && now.state != STANDING_UNKNOWN) emit_goal(board, goal, &name, now);
  }
}

void goals_tell(Board *board)
{
  bool scored = false;
  for (uint32_t goal = 0; goal < board->module->Goal_count; goal++) {
    const GoalRow *row = &board->module->Goal[goal];
    if (!was_judged(board, row)) continue;
    if (is_each(board, row)) {
      tell_individuals(board, goal);
      continue;
    }
    uint8_t state = by_targets(board, row, NULL).state;
    if (state == board->goals[goal]) continue;
    board->goals[goal] = state;
    if (!scored) goals_score(board);
    scored = true;
    GoalStanding now = {state, board->scores[goal], board->rolled[goal], board->cases[goal]};
    emit_goal(board, goal, NULL, now);
  }
}
