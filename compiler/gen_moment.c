/*
 * gen_moment.c - the code of a MOT: how it opens, what voids and pauses it, how
 * events test it, its values at the decision.
 */
#include "compiler/gen_parts.h"

static Fn *mot_fn(Gen *g, uint8_t kind, Mot *mot, Span span)
{
  Fn *fn = fn_new(g, kind, text_of(g, mot->name), span);
  fn->experience = mot->experience;
  fn->mot = mot;
  return fn;
}

/* ---- openings ---- */

static uint32_t gen_opening(Gen *g, const MotPlan *plan, const Choice *choice, const MatchCase *at)
{
  Fn *fn = mot_fn(g, FUNCTION_OPENING, plan->mot, choice->span);
  fn->choice = choice;
  if (at) fn_event(fn, at);
  for (uint32_t i = 0; i < plan->mot->refs.len; i++) {
    const Ref *ref = plan->mot->refs.data[i];
    if (ref->slot == REF_UNUSED || ref->slot == REF_KEPT) continue;
    fn_at(fn, choice->span);
    Val val = gen_opening_ref(fn, ref, -1);
    gen_store(fn, OP_MS_I, &plan->record, ref->slot, ref->known, val);
    val_free(fn, val);
  }
  gen_arming(fn, &plan->condition);
  fn_emit(fn, OP_RET, 0, 0, 0, 0);
  return fn_finish(fn);
}

static void write_choice(Gen *g, MotPlan *plan, uint32_t item, const Use *use)
{
  const Choice *choice = &plan->mot->when->choices.data[item];
  const ChoicePlan *of = choice_plan(g, choice);
  ChoiceRow row = {.mot = plan->mot->row, .mode = choice->mode, .trigger = use ? use->trigger : MOT_NONE,
                   .opened = of ? of->opened : MOT_NONE};
  row.opening = gen_opening(g, plan, choice, use ? use->at : NULL);
  uint32_t number = plan->openings.len;
  *VEC_PUSH(g->arena, &plan->openings) = (OpeningRow){item, row.trigger, number};
  *VEC_PUSH(g->arena, &g->out->Choice) = row;
}

/* One row for each kind of event or outcome by which a choice can open. */
static void write_choices(Gen *g, MotPlan *plan)
{
  const Pattern *when = plan->mot->when;
  for (uint32_t i = 0; i < when->choices.len; i++) {
    const Choice *choice = &when->choices.data[i];
    if (choice->shape == AST_SILENCE) {
      write_choice(g, plan, i, NULL);
      continue;
    }
    Uses uses = {0};
    uses_add(g, &uses, &choice->steps.data[choice->steps.len - 1].match, i, 0);
    uses_sort(&uses);
    for (uint32_t k = 0; k < uses.len; k = same_trigger(&uses, k)) write_choice(g, plan, i, &uses.data[k]);
  }
}

/* Openings stand ordered by choice, then trigger. */
static uint32_t opening_number(const MotPlan *plan, uint32_t choice, uint32_t trigger)
{
  uint32_t low = 0, high = plan->openings.len;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const OpeningRow *row = &plan->openings.data[middle];
    if (row->choice < choice || (row->choice == choice && row->trigger < trigger))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- which choice opens ---- */

/* Patterns with state see every event, also one by which an earlier choice opens. */
static void feed_apart(Gen *g, ExperiencePlan *of, const MotPlan *plan, const Ways *ways, uint32_t from,
                       uint32_t to)
{
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i)) {
    if (!has_state(ways->choices.data[ways->uses.data[i].item])) continue;
    Fn *fn = mot_fn(g, FUNCTION_TRIGGER, plan->mot, plan->mot->when->span);
    fn_event(fn, ways->uses.data[i].at);
    gen_feed_apart(fn, ways, i, same_item(&ways->uses, i));
    fn_emit(fn, OP_RET, 0, 0, 0, 0);
    handler_step(g, of, ways->uses.data[i].trigger, ORDER_OPEN, OP_X_OPEN, fn_finish(fn), plan->mot->row);
  }
}

static void feed_states(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, int *answers)
{
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i)) {
    const Choice *choice = ways->choices.data[ways->uses.data[i].item];
    int *answer = &answers[ways->uses.data[i].item];
    *answer = -1;
    if (has_state(choice))
      *answer = gen_feed(fn, choice_plan(fn->g, choice), &ways->uses, i, same_item(&ways->uses, i));
  }
}

/* A choice that opens once is not tried again. */
static void gen_unless_opened(Fn *fn, const ChoicePlan *of, Jumps *miss)
{
  if (!of || of->opened == MOT_NONE) return;
  uint8_t opened = reg_new(fn, CLASS_B);
  const RecordPlan *journey = &experience_plan(fn->g, fn->experience)->record;
  fn_emit(fn, OP_JL_B, opened, slot_in(journey, of->opened), 0, 0);
  *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JT, opened);
  reg_free(fn, CLASS_B, opened);
}

/* True when it opens whatever the event says: what follows is never reached. */
static bool gen_open(Fn *fn, const MotPlan *plan, const Ways *ways, uint32_t from, uint32_t to, int answer,
                     Jumps *stop)
{
  const Use *use = &ways->uses.data[from];
  const Choice *choice = ways->choices.data[use->item];
  const ChoicePlan *of = choice_plan(fn->g, choice);
  Jumps miss = {0};
  bool apart = has_state(choice) && of->flag != MOT_NONE;
  bool completes = can_complete(choice, &ways->uses, from);
  if (apart && !completes) gen_fed_answer(fn, of, stop, NULL);
  if (!completes) return false;
  fn_at(fn, choice->span);
  gen_unless_opened(fn, of, &miss);
  if (apart)
    gen_fed_answer(fn, of, stop, &miss);
  else if (has_state(choice))
    *VEC_PUSH(fn->g->arena, &miss) = fn_jump(fn, OP_JF, (uint32_t)answer);
  else
    gen_match(fn, &ways->uses, from, to, &miss);
  fn_emit(fn, OP_OPEN, 0, opening_number(plan, use->item, use->trigger), 0, 0);
  bool certain = miss.len == 0;
  fn_land_all(fn, &miss);
  return certain;
}

static uint32_t gen_trigger(Gen *g, MotPlan *plan, const Ways *ways, uint32_t from, uint32_t to, int *answers)
{
  Fn *fn = mot_fn(g, FUNCTION_TRIGGER, plan->mot, plan->mot->when->span);
  fn_event(fn, ways->uses.data[from].at);
  Jumps stop = {0};
  if (!when_fed_apart(plan->mot)) feed_states(fn, ways, from, to, answers);
  bool certain = false;
  for (uint32_t i = from; i < to && !certain; i = same_item(&ways->uses, i))
    certain = gen_open(fn, plan, ways, i, same_item(&ways->uses, i), answers[ways->uses.data[i].item], &stop);
  bool stops = stop.len > 0;
  fn_land_all(fn, &stop);
  if (!certain || stops) fn_emit(fn, OP_RET, 0, 0, 0, 0);
  return fn_finish(fn);
}

static void gen_triggers(Gen *g, ExperiencePlan *of, MotPlan *plan)
{
  Ways ways = {0};
  ways_add(g, &ways, plan->mot->when);
  uses_sort(&ways.uses);
  int *answers = ARENA_ARRAY(g->arena, int, ways.choices.len + 1);
  for (uint32_t i = 0, end; i < ways.uses.len; i = end) {
    end = same_trigger(&ways.uses, i);
    if (when_fed_apart(plan->mot)) feed_apart(g, of, plan, &ways, i, end);
    uint32_t function = gen_trigger(g, plan, &ways, i, end, answers);
    handler_step(g, of, ways.uses.data[i].trigger, ORDER_OPEN, OP_X_OPEN, function, plan->mot->row);
  }
}

/* ---- voids ---- */

static uint32_t gen_void(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  fn_event(fn, ways->uses.data[from].at);
  fn_emit(fn, OP_RET_B, gen_ways(fn, ways, from, to), 0, 0, 0);
  return fn_finish(fn);
}

/* What voids a moment withdraws its corrections. */
static void gen_voids(Gen *g, ExperiencePlan *of, MotPlan *plan)
{
  Ways ways = {0};
  for (uint32_t i = 0; i < plan->mot->voids.len; i++) ways_add(g, &ways, plan->mot->voids.data[i]);
  uses_sort(&ways.uses);
  for (uint32_t i = 0, end; i < ways.uses.len; i = end) {
    end = same_trigger(&ways.uses, i);
    uint32_t trigger = ways.uses.data[i].trigger;
    if (!ways_answer(&ways, i, end)) continue;
    Fn *fn = mot_fn(g, FUNCTION_SUBJECT_TEST, plan->mot, plan->mot->voids.data[0]->span);
    handler_step(g, of, trigger, ORDER_MVOID, OP_X_MVOID, gen_void(fn, &ways, i, end), plan->mot->row);
    for (uint32_t k = 0; k < plan->corrections.len; k++) {
      Correction *correction = plan->corrections.data[k];
      fn = mot_fn(g, FUNCTION_SUBJECT_TEST, plan->mot, correction->span);
      fn->mot = NULL;
      fn->correction = correction;
      handler_step(g, of, trigger, ORDER_CVOID, OP_X_CVOID, gen_void(fn, &ways, i, end), correction->row);
    }
  }
}

/* ---- pauses ---- */

/* Register that tells whether one is complete, or -1.  `apart`: a fault is none, and ends nothing else. */
static int gen_pause_answer(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, bool apart)
{
  if (from == to) return -1;
  if (!apart || !ways_may_fault(ways, from, to)) return gen_ways(fn, ways, from, to);
  uint8_t answer = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, answer, 0, 0, 0);
  uint32_t guard = fn_try(fn);
  uint8_t any = gen_ways(fn, ways, from, to);
  fn_emit(fn, OP_MOV_B, answer, any, 0, 0);
  fn_land(fn, guard);
  reg_free(fn, CLASS_B, any);
  return answer;
}

static uint32_t gen_pause(Gen *g, const MotPlan *plan, const Ways *ways, uint32_t from, uint32_t to)
{
  Fn *fn = mot_fn(g, FUNCTION_PAUSE, plan->mot, plan->mot->pause->span);
  fn_event(fn, ways->uses.data[from].at);
  uint32_t middle = from, stops = plan->mot->pause->choices.len;
  while (middle < to && ways->uses.data[middle].item < stops) middle++;
  uint8_t result = reg_new(fn, CLASS_I), more = reg_new(fn, CLASS_I);
  bool both = from < middle && middle < to;
  int stop = gen_pause_answer(fn, ways, from, middle, both);
  int run = gen_pause_answer(fn, ways, middle, to, both);
  fn_constant(fn, result, CLASS_I, 0);
  for (int bit = 0; bit < 2; bit++) {
    int answer = bit ? run : stop;
    if (answer < 0) continue;
    uint32_t skip = fn_jump(fn, OP_JF, (uint32_t)answer);
    fn_constant(fn, more, CLASS_I, 1 + bit);
    fn_emit(fn, OP_ADD_I, result, result, more, 0);
    fn_land(fn, skip);
  }
  fn_emit(fn, OP_RET_I, result, 0, 0, 0);
  return fn_finish(fn);
}

static void gen_pauses(Gen *g, ExperiencePlan *of, MotPlan *plan)
{
  Ways ways = {0};
  if (!plan->mot->pause) return;
  ways_add(g, &ways, plan->mot->pause);
  ways_add(g, &ways, plan->mot->resume);
  uses_sort(&ways.uses);
  for (uint32_t i = 0, end; i < ways.uses.len; i = end) {
    end = same_trigger(&ways.uses, i);
    if (!ways_answer(&ways, i, end)) continue;
    uint32_t function = gen_pause(g, plan, &ways, i, end);
    handler_step(g, of, ways.uses.data[i].trigger, ORDER_PAUSE, OP_X_PAUSE, function, plan->mot->row);
  }
}

/* ---- tests ---- */

static void gen_tests_of(Gen *g, ExperiencePlan *of, const Condition *condition, const Fn *like, uint8_t op,
                         uint32_t subject)
{
  Uses uses = {0};
  condition_uses(g, &uses, condition);
  uses_sort(&uses);
  for (uint32_t i = 0, end; i < uses.len; i = end) {
    end = same_trigger(&uses, i);
    Fn *fn = fn_new(g, FUNCTION_TEST, like->name, condition->span);
    fn->experience = like->experience;
    fn->mot = like->mot;
    fn->correction = like->correction;
    fn_event(fn, uses.data[i].at);
    gen_test(fn, condition, &uses, i, end);
    uint32_t function = fn_finish(fn);
    handler_step(g, of, uses.data[i].trigger, op == OP_X_SCO ? ORDER_SCO : ORDER_TEST, op, function, subject);
  }
}

void gen_sco_tests(Gen *g, ExperiencePlan *of, const Fn *like)
{
  gen_tests_of(g, of, of->sco.condition, like, OP_X_SCO, 0);
}

/* ---- the row ---- */

static uint32_t gen_subject_value(Gen *g, Mot *mot, Expr *value)
{
  return value ? gen_value_function(mot_fn(g, FUNCTION_SUBJECT_VALUE, mot, value->span), value) : MOT_NONE;
}

static bool single(const Pattern *when)
{
  if (when->choices.len == 1 && when->choices.data[0].mode == MODE_FIRST) return true;
  for (uint32_t i = 0; i < when->choices.len; i++)
    if (when->choices.data[i].mode != MODE_LATEST) return false;
  return true;
}

static void write_values(Gen *g, Mot *mot, MotRow *row)
{
  row->group = gen_subject_value(g, mot, mot->by);
  row->group_type = mot->by ? mot->by->type.base : VALUE_NONE;
  row->group_currency = mot->by ? currency_row(mot->by->type) : MOT_NONE;
  row->group_listed = mot->by ? listed_row(mot->by->type) : MOT_NONE;
  row->impact_missed = gen_subject_value(g, mot, mot->impact_missed);
  row->missed_currency = mot->impact_missed ? currency_row(mot->impact_missed->type) : MOT_NONE;
  row->impact_produced = gen_subject_value(g, mot, mot->impact_produced);
  row->produced_currency = mot->impact_produced ? currency_row(mot->impact_produced->type) : MOT_NONE;
}

static void write_producers(Gen *g, const Mot *mot, MotRow *row)
{
  row->producers = g->out->Producer.len;
  row->producers_count = mot->producers.len;
  for (uint32_t i = 0; i < mot->producers.len; i++)
    *VEC_PUSH(g->arena, &g->out->Producer) = (ProducerRow){owner_row(mot->producers.data[i]), 0};
}

static void write_mot(Gen *g, const MotPlan *plan, uint32_t choices, const Fn *like)
{
  Mot *mot = plan->mot;
  MotRow row = {.experience = mot->experience->row, .name = text_of(g, mot->name),
                .title = text_of(g, mot->title),
                .doc = text_of(g, mot->doc), .critical = mot->critical, .manager = owner_row(mot->manager),
                .weight = mot->weight, .size = plan->record.size, .single = single(mot->when),
                .slots = plan->record.first, .slots_count = plan->record.count,
                .condition = plan->condition.row,
                .pausable = mot->pause != NULL, .choices = choices, .choices_count = plan->openings.len};
  write_values(g, mot, &row);
  write_producers(g, mot, &row);
  row.targets = gen_targets(g, mot->targets.data, mot->targets.len, like);
  row.targets_count = mot->targets.len;
  row.actions = gen_actions(g, mot->actions.data, mot->actions.len, like);
  row.actions_count = mot->actions.len;
  gen_mot_clauses(g, plan, &row);
  g->out->Mot.data[mot->row] = row;
}

void gen_mots(Gen *g, ExperiencePlan *of)
{
  for (uint32_t i = 0; i < of->experience->mots.len && !g->failed; i++) {
    MotPlan *plan = mot_plan(g, of->experience->mots.data[i]);
    Fn *like = mot_fn(g, FUNCTION_SUBJECT_VALUE, plan->mot, plan->mot->span);
    uint32_t choices = g->out->Choice.len;
    gen_condition(g, &plan->condition, like);
    g->out->Mot.data[plan->mot->row].choices = choices;
    write_choices(g, plan);
    gen_triggers(g, of, plan);
    gen_voids(g, of, plan);
    gen_pauses(g, of, plan);
    gen_tests_of(g, of, plan->condition.condition, like, OP_X_TEST, plan->mot->row);
    write_mot(g, plan, choices, like);
    fn_drop(like);
  }
}

/* ---- corrections ---- */

static Fn *correction_fn(Gen *g, uint8_t kind, Correction *correction)
{
  Fn *fn = fn_new(g, kind, text_of(g, correction->mot ? correction->mot->name : correction->experience->name),
                  correction->span);
  fn->experience = correction->experience;
  fn->correction = correction;
  return fn;
}

/* Copies what it needs from the record of the moment, which will be gone before it is done. */
static uint32_t gen_correction_opening(Gen *g, const CorrectionPlan *plan)
{
  Fn *fn = correction_fn(g, FUNCTION_OPENING, plan->correction);
  const MotPlan *mot = plan->correction->mot ? mot_plan(g, plan->correction->mot) : NULL;
  fn->source = plan->correction->mot;
  for (uint32_t i = 0; mot && i < plan->captures.len; i++) {
    const Capture *capture = &plan->captures.data[i];
    const Ref *ref = capture->ref;
    bool opened = ref->kind == REF_OPENING && ref->field == 0 && !mot->opens_by_outcome;
    Val val = {CLASS_I, 0, -1};
    if (opened) {
      val.reg = reg_new(fn, CLASS_I);
      fn_emit(fn, OP_O_OPENED, val.reg, 0, 0, 0);
    } else {
      val = gen_load(fn, OP_OL_I, &mot->record, ref->slot, ref->known, class_of(ref->type), -1);
    }
    gen_store(fn, OP_MS_I, &plan->record, capture->slot, capture->known, val);
    val_free(fn, val);
  }
  if (plan->condition.condition) gen_arming(fn, &plan->condition);
  fn_emit(fn, OP_RET, 0, 0, 0, 0);
  return fn_finish(fn);
}

static void write_correction(Gen *g, const CorrectionPlan *plan)
{
  const Correction *correction = plan->correction;
  uint32_t dynamic = 0;
  CorrectionRow row = {.text = text_of(g, correction->text), .by = owner_row(correction->by),
                       .experience = correction->experience->row, .size = plan->record.size,
                       .mot = correction->mot ? correction->mot->row : MOT_NONE, .due = MOT_NONE,
                       .condition = plan->condition.condition ? plan->condition.row : MOT_NONE,
                       .slots = plan->record.first, .slots_count = plan->record.count};
  fill_bound(g, &correction->within, &row.bound, &row.calendar, &row.length, &dynamic);
  if (dynamic)
    row.due = gen_value_function(correction_fn(g, FUNCTION_SUBJECT_VALUE, plan->correction),
                                 correction->within.value);
  row.opening = gen_correction_opening(g, plan);
  g->out->Correction.data[correction->row] = row;
}

void gen_corrections_code(Gen *g, ExperiencePlan *of)
{
  for (uint32_t i = 0; i < of->experience->corrections.len && !g->failed; i++) {
    CorrectionPlan *plan = &g->corrections[of->experience->corrections.data[i]->row];
    Fn *like = correction_fn(g, FUNCTION_TEST, plan->correction);
    if (plan->condition.condition) {
      gen_condition(g, &plan->condition, like);
      gen_tests_of(g, of, plan->condition.condition, like, OP_X_CTEST, plan->correction->row);
    }
    write_correction(g, plan);
    fn_drop(like);
  }
}
