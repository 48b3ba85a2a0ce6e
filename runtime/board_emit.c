/*
 * board_emit.c - records of targets, measures, goals, and of alerts about targets.
 */
#include <string.h>

#include "runtime/board_parts.h"

static bool wants(const Board *board, OutcomeKind kind)
{
  return board->kinds >> kind & 1;
}

/* ---- one record after the other ---- */

/* A record that is being written: its texts follow it. */
typedef struct Writing {
  ActRecord *act;
  uint32_t size;
} Writing;

/* `texts`: room for them, at most. */
static Writing begin(Board *board, OutcomeKind kind, size_t texts)
{
  ActRecord *act = (ActRecord *)(void *)outcomes_room(board->outcomes, sizeof *act + texts + OUTCOME_ALIGN);
  memset(act, 0, sizeof *act);
  act->base.kind = (uint8_t)kind;
  act->base.experience = act->base.mot = MOT_NONE;
  act->base.time = board->now;
  act->base.opened = act->base.started = board->now;
  act->base.deadline = INT64_MAX;
  act->base.number = board->number++;
  act->owner = act->target = act->goal = act->metric = MOT_NONE;
  act->due = INT64_MAX;
  act->score = act->rolled_up = -1;
  return (Writing){act, sizeof *act};
}

static OutcomeText add_text(Writing *writing, const char *text, size_t len)
{
  OutcomeText ret = {writing->size, (uint32_t)len};
  if (len) memcpy((char *)writing->act + writing->size, text, len);
  writing->size += (uint32_t)len;
  return ret;
}

static void end(Board *board, Writing *writing)
{
  outcomes_add(board->outcomes, &writing->act->base, writing->size);
}

/* What a group's name says: a whole number, a truth, or a text. */
static OutcomeValue group_value(Writing *writing, uint32_t type, VmText text)
{
  OutcomeValue ret = {.type = type, .of = MOT_NONE};
  if (type == VALUE_BOOL) {
    ret.i = text.len == 4; /* "true" */
  } else if (type == VALUE_INT) {
    bool minus = text.len > 0 && text.text[0] == '-';
    for (uint64_t i = minus; i < text.len; i++) ret.i = ret.i * 10 - (text.text[i] - '0');
    ret.i = minus ? ret.i : -ret.i;
  } else if (type != VALUE_NONE) {
    ret.s = add_text(writing, text.text, text.len);
  }
  return ret;
}

static void add_groups(Writing *writing, const GroupName *name, uint32_t count)
{
  writing->act->group_count = (uint8_t)count;
  for (uint32_t i = 0; i < count; i++)
    writing->act->groups[i] = group_value(writing, name->types[i], name->texts[i]);
}

static OutcomeValue value_of(uint32_t type, uint32_t currency, TallyValue value)
{
  OutcomeValue ret = {.type = value.known ? type : VALUE_NONE, .of = currency};
  if (type == VALUE_NUMBER || type == VALUE_PERCENT)
    ret.f = value.f;
  else
    ret.i = value.i;
  return ret;
}

/* ---- records ---- */

/* Whose a target is: MOT, or goal. */
static void add_owner(const Board *board, ActRecord *act, uint32_t target)
{
  const Measure *measure = &board->measures->all[target];
  act->target = target;
  act->goal = measure->goal;
  if (measure->goal != MOT_NONE) {
    act->base.experience = board->module->Nsat[board->module->Goal[measure->goal].nsat].experience;
  } else {
    act->base.mot = measure->row;
    act->base.experience = board->module->Mot[measure->row].experience;
  }
}

void emit_target(Board *board, uint32_t target, const SeriesGroup *group, const Standing *standing)
{
  const TargetRow *row = &board->module->Target[target];
  if (!wants(board, OUTCOME_KIND_TARGET)) return;
  Writing writing = begin(board, OUTCOME_KIND_TARGET, group ? group->size : 0);
  add_owner(board, writing.act, target);
  writing.act->state = standing->state;
  writing.act->from = standing->window.from;
  writing.act->to = standing->window.to;
  writing.act->value = value_of(row->type, row->currency, standing->value);
  writing.act->cases = standing->cases;
  GroupName name = group ? group_name(group) : (GroupName){0};
  add_groups(&writing, &name, group != NULL);
  end(board, &writing);
}

void emit_measure(Board *board, uint32_t metric, const SeriesGroup *group, Stretch window, TallyValue value,
                  uint64_t cases)
{
  const MetricRow *row = &board->module->Metric[metric];
  const Measure *measure = &board->measures->all[measure_of_metric(board->measures, metric)];
  uint32_t fields = !measure->grouped ? 0 : *module_string(board->module, row->group_2, NULL) ? 2 : 1;
  Writing writing = begin(board, OUTCOME_KIND_MEASURE, group->size);
  GroupName name = group_name(group);
  writing.act->metric = metric;
  writing.act->other = fields > 0 && group == board->series[measure_of_metric(board->measures, metric)].whole;
  writing.act->from = window.from;
  writing.act->to = window.to;
  writing.act->value = value_of(row->type, row->currency, value);
  writing.act->cases = cases;
  add_groups(&writing, &name, writing.act->other ? 0 : fields);
  end(board, &writing);
}

void emit_goal(Board *board, uint32_t goal, const GroupName *name, GoalStanding standing)
{
  if (!wants(board, OUTCOME_KIND_GOAL)) return;
  Writing writing = begin(board, OUTCOME_KIND_GOAL, name ? name->texts[0].len : 0);
  writing.act->goal = goal;
  writing.act->base.experience = board->module->Nsat[board->module->Goal[goal].nsat].experience;
  writing.act->state = standing.state;
  writing.act->score = standing.score;
  writing.act->rolled_up = standing.rolled_up;
  writing.act->cases = standing.cases;
  GroupName none = {0};
  add_groups(&writing, name ? name : &none, name != NULL);
  end(board, &writing);
}

/* ---- alerts ---- */

/* Which of its MOT's or goal's targets a target is, from 1. */
static uint32_t place_of(const Board *board, uint32_t target)
{
  const Measure *measure = &board->measures->all[target];
  uint32_t first = measure->goal != MOT_NONE ? board->module->Goal[measure->goal].targets
                                             : board->module->Mot[measure->row].targets;
  return target - first + 1;
}

size_t alert_id_room(const Board *board, const BoardAlert *alert)
{
  size_t name = 1 + (size_t)alert->len * ACT_ID_GROWTH;
  return board->rules[alert->action].len + ACT_ID_NUMBER + ACT_ID_OPENING + name;
}

size_t alert_id(const Board *board, const BoardAlert *alert, char *to)
{
  char *at = act_id_number(act_id_rule(to, &board->rules[alert->action]), place_of(board, alert->target));
  if (alert->type != VALUE_NONE) at = act_id_key(at, alert->name, alert->len);
  return (size_t)(act_id_opening(at, alert->opened) - to);
}

/* The text of an alert that has none: title or name, the target, what became of it. */
static size_t usual_text(const Board *board, const BoardAlert *alert, char *to)
{
  const Module *module = board->module;
  const Measure *measure = &board->measures->all[alert->target];
  bool of_goal = measure->goal != MOT_NONE;
  uint32_t title = of_goal ? module->Goal[measure->goal].title : module->Mot[measure->row].title;
  uint32_t name = of_goal ? module->Goal[measure->goal].name : module->Mot[measure->row].name;
  uint32_t lens[4], size = 0;
  const char *parts[4] = {module_string(module, title, &lens[0]), ": "};
  if (lens[0] == 0) parts[0] = module_string(module, name, &lens[0]);
  lens[1] = 2;
  parts[2] = module_string(module, module->Target[alert->target].text, &lens[2]);
  parts[3] = alert->cause == CAUSE_BREACHED ? " breached" : " met";
  lens[3] = (uint32_t)strlen(parts[3]);
  for (unsigned i = 0; i < 4; i++) {
    if (to) memcpy(to + size, parts[i], lens[i]);
    size += lens[i];
  }
  return size;
}

/* Texts about targets have no values in them.  Without `to` only the length. */
static size_t alert_text(const Board *board, const BoardAlert *alert, char *to)
{
  const ActionRow *row = &board->module->Action[alert->action];
  size_t size = 0;
  if (row->text_count == 0) return usual_text(board, alert, to);
  for (uint32_t i = 0; i < row->text_count; i++) {
    uint32_t len;
    const char *text = module_string(board->module, board->module->TextPiece[row->text + i].literal, &len);
    if (to) memcpy(to + size, text, len);
    size += len;
  }
  return size;
}

void emit_alert(Board *board, const BoardAlert *alert, uint8_t state, uint8_t cause)
{
  board->acts.alerts[state]++;
  if (!wants(board, OUTCOME_KIND_ALERT)) return;
  size_t text = alert_text(board, alert, NULL), id = alert_id_room(board, alert);
  Writing writing = begin(board, OUTCOME_KIND_ALERT, text + id + alert->len);
  add_owner(board, writing.act, alert->target);
  writing.act->state = state;
  writing.act->cause = cause;
  writing.act->severity = (uint8_t)board->module->Action[alert->action].severity;
  writing.act->owner = alert->to;
  writing.act->base.opened = alert->opened;
  writing.act->text = (OutcomeText){writing.size, (uint32_t)text};
  writing.size += (uint32_t)alert_text(board, alert, (char *)writing.act + writing.size);
  writing.act->id = (OutcomeText){writing.size, 0};
  writing.act->id.len = (uint32_t)alert_id(board, alert, (char *)writing.act + writing.size);
  writing.size += writing.act->id.len;
  GroupName name = {{alert->type, VALUE_NONE}, {{alert->name, alert->len}, {NULL, 0}}};
  add_groups(&writing, &name, alert->type != VALUE_NONE);
  end(board, &writing);
}
