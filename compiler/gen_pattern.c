/*
 * gen_pattern.c - patterns that need more than the event at hand: counts,
 * chains, silences.
 *
 * A chain tries its steps from the last to the first, so that one event does not
 * take two steps in a row; an event that completes it is used up by that.
 */
#include "compiler/gen_parts.h"

/* Parts are steps, last first. */
void choice_uses(Gen *g, Uses *uses, const Choice *choice, uint32_t item)
{
  for (uint32_t i = 0; i < choice->steps.len; i++)
    uses_add(g, uses, &choice->steps.data[i].match, item, choice->steps.len - 1 - i);
}

void ways_add(Gen *g, Ways *ways, const Pattern *pattern)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    choice_uses(g, &ways->uses, &pattern->choices.data[i], ways->choices.len);
    *VEC_PUSH(g->arena, &ways->choices) = &pattern->choices.data[i];
  }
}

void ways_add_state(Gen *g, Ways *ways, const Pattern *pattern)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    if (!has_state(choice)) continue;
    choice_uses(g, &ways->uses, choice, ways->choices.len);
    *VEC_PUSH(g->arena, &ways->choices) = choice;
  }
}

/* ---- feeding ---- */

/* Of a chain that starts a journey the journey's own record keeps what its steps are named for. */
static void gen_start_captures(Fn *fn, const ChoicePlan *plan, uint32_t step)
{
  const ExperiencePlan *of = experience_plan(fn->g, fn->experience);
  for (uint32_t i = 0; i < of->experience->refs.len; i++) {
    const Ref *ref = of->experience->refs.data[i];
    bool named = ref->kind == REF_AS && ref->slot != REF_UNUSED && step_named(plan->choice, ref->as) == step;
    if (!named) continue;
    Val val = gen_ref_field(fn, ref, ref->known != MOT_NONE);
    gen_store(fn, OP_JS_I, &of->record, ref->slot, ref->known, val);
    val_free(fn, val);
  }
}

static void gen_captures(Fn *fn, const ChoicePlan *plan, uint32_t step)
{
  const RecordPlan *record = &experience_plan(fn->g, fn->experience)->record;
  if (plan->purpose == PURPOSE_STARTS) gen_start_captures(fn, plan, step);
  for (uint32_t i = 0; i < plan->captures.len; i++) {
    const Capture *capture = &plan->captures.data[i];
    if (capture->step != step) continue;
    Val val = gen_ref_field(fn, capture->ref, capture->known != MOT_NONE);
    gen_store(fn, OP_JS_I, record, capture->slot, capture->known, val);
    val_free(fn, val);
  }
}

static void gen_arm_step(Fn *fn, const ChoicePlan *plan, uint32_t step)
{
  const Bound *bound = &plan->choice->steps.data[step].bound;
  if (bound_constant(bound)) return;
  Val val = gen_value(fn, bound->value, -1);
  val_needed(fn, val);
  fn_emit(fn, OP_P_ARM_I, val.reg, plan->pattern, step, 0);
  val_free(fn, val);
}

static void gen_chain_step(Fn *fn, const ChoicePlan *plan, uint32_t step, uint8_t complete, Jumps *done)
{
  bool last = step + 1 == plan->choice->steps.len;
  uint8_t taken = last ? complete : reg_new(fn, CLASS_B);
  fn_emit(fn, OP_P_STEP, taken, plan->pattern, step, 0);
  if (last) {
    *VEC_PUSH(fn->g->arena, done) = fn_jump(fn, OP_JT, taken);
    return;
  }
  uint32_t skip = fn_jump(fn, OP_JF, taken);
  gen_arm_step(fn, plan, step + 1); /* a match whose bound faults does not count */
  gen_captures(fn, plan, step);
  fn_land(fn, skip);
  reg_free(fn, CLASS_B, taken);
}

static void gen_step(Fn *fn, const ChoicePlan *plan, uint32_t step, uint8_t complete, Jumps *done)
{
  switch (plan->choice->shape) {
  case AST_COUNT:
    gen_arm_step(fn, plan, 0);
    fn_emit(fn, OP_P_COUNT, complete, plan->pattern, 0, 0);
    break;
  case AST_CHAIN: gen_chain_step(fn, plan, step, complete, done); break;
  default: fn_emit(fn, OP_P_QUIET, 0, plan->pattern, 0, 0); break;
  }
}

bool can_complete(const Choice *choice, const Uses *uses, uint32_t first)
{
  return choice->shape != AST_SILENCE && uses->data[first].part == 0;
}

/* What can fault is not worked out for a step that is not in turn: the one before matched, and its time for
 * this one is not over.  No match is kept as an instant behind all others. */
static void gen_turn(Fn *fn, const ChoicePlan *plan, uint32_t step, Jumps *miss)
{
  const RecordPlan *journey = &experience_plan(fn->g, fn->experience)->record;
  uint8_t now = reg_new(fn, CLASS_I), at = reg_new(fn, CLASS_I), in = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_NOW, now, 0, 0, 0);
  fn_emit(fn, OP_JL_I, at, slot_in(journey, plan->steps[step - 1].matched), 0, 0);
  fn_emit(fn, OP_LE_I, in, at, now, 0);
  *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JF, in);
  if (plan->steps[step].deadline != MOT_NONE) {
    fn_emit(fn, OP_JL_I, at, slot_in(journey, plan->steps[step].deadline), 0, 0);
    fn_emit(fn, OP_LE_I, in, now, at, 0);
    *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JF, in);
  }
  reg_free(fn, CLASS_I, now);
  reg_free(fn, CLASS_I, at);
  reg_free(fn, CLASS_B, in);
}

static void gen_tried(Fn *fn, const ChoicePlan *plan, const Uses *uses, uint32_t from, uint32_t to,
                      Jumps *miss)
{
  uint32_t step = plan->choice->steps.len - 1 - uses->data[from].part;
  bool faults = false;
  for (uint32_t i = from; i < to; i++) faults = faults || may_fault(uses->data[i].at->where);
  if (faults && plan->choice->shape == AST_CHAIN && step > 0) gen_turn(fn, plan, step, miss);
  gen_match(fn, uses, from, to, miss);
}

int gen_feed(Fn *fn, const ChoicePlan *plan, const Uses *uses, uint32_t from, uint32_t to)
{
  bool completes = can_complete(plan->choice, uses, from);
  uint8_t complete = completes ? reg_new(fn, CLASS_B) : 0;
  Jumps done = {0};
  fn_at(fn, plan->choice->span);
  if (completes) fn_emit(fn, OP_K_B, complete, 0, 0, 0);
  for (uint32_t i = from; i < to; i = same_part(uses, i)) {
    Jumps miss = {0};
    gen_tried(fn, plan, uses, i, same_part(uses, i), &miss);
    gen_step(fn, plan, plan->choice->steps.len - 1 - uses->data[i].part, complete, &done);
    fn_land_all(fn, &miss);
  }
  fn_land_all(fn, &done);
  return completes ? complete : -1;
}

static const Choice *way(const Ways *ways, uint32_t use)
{
  return ways->choices.data[ways->uses.data[use].item];
}

static void load_flag(Fn *fn, uint32_t slot, uint8_t jump, Jumps *to)
{
  uint8_t flag = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_JL_B, flag, slot_in(&experience_plan(fn->g, fn->experience)->record, slot), 0, 0);
  *VEC_PUSH(fn->g->arena, to) = fn_jump(fn, jump, flag);
  reg_free(fn, CLASS_B, flag);
}

void gen_fed_answer(Fn *fn, const ChoicePlan *plan, Jumps *stop, Jumps *miss)
{
  if (plan->wrong != MOT_NONE) load_flag(fn, plan->wrong, OP_JT, stop);
  if (miss) load_flag(fn, plan->flag, OP_JF, miss);
}

/* Those with state were fed before.  False: none of these cases completes it. */
static bool gen_way(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, Jumps *stop, Jumps *miss)
{
  const Choice *choice = way(ways, from);
  bool completes = can_complete(choice, &ways->uses, from);
  fn_at(fn, choice->span);
  if (!has_state(choice))
    gen_match(fn, &ways->uses, from, to, miss);
  else if (choice->shape != AST_SILENCE)
    gen_fed_answer(fn, choice_plan(fn->g, choice), stop, completes ? miss : NULL);
  return completes;
}

/* In register `any`, which is false before. */
static void gen_in_order(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, uint8_t any)
{
  Jumps stop = {0};
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i)) {
    Jumps miss = {0};
    if (!gen_way(fn, ways, i, same_item(&ways->uses, i), &stop, &miss)) continue;
    fn_emit(fn, OP_K_B, any, 1, 0, 0);
    if (miss.len == 0) break;
    if (same_item(&ways->uses, i) < to) *VEC_PUSH(fn->g->arena, &stop) = fn_jump(fn, OP_JMP, 0);
    fn_land_all(fn, &miss);
  }
  fn_land_all(fn, &stop);
}

uint8_t gen_ways(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  uint8_t any = reg_new(fn, CLASS_B);
  const MatchCase *only = to - from == 1 && !has_state(way(ways, from)) ? ways->uses.data[from].at : NULL;
  if (only && only->where) return gen_truth(fn, only->where, any);
  if (only) return fn_constant(fn, any, CLASS_B, 1), any;
  fn_emit(fn, OP_K_B, any, 0, 0, 0);
  gen_in_order(fn, ways, from, to, any);
  return any;
}

static void gen_yes(Fn *fn, bool yes)
{
  uint8_t reg = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, reg, yes, 0, 0);
  fn_emit(fn, OP_RET_B, reg, 0, 0, 0);
  reg_free(fn, CLASS_B, reg);
}

/* True when it holds whatever the event says: what follows is never reached. */
static bool gen_way_alone(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  Jumps miss = {0};
  fn_at(fn, way(ways, from)->span);
  if (has_state(way(ways, from))) {
    const ChoicePlan *plan = choice_plan(fn->g, way(ways, from));
    int answer = gen_feed(fn, plan, &ways->uses, from, to);
    if (answer < 0) return false;
    const RecordPlan *journey = &experience_plan(fn->g, fn->experience)->record;
    if (plan->flag != MOT_NONE) fn_emit(fn, OP_JS_B, (uint32_t)answer, slot_in(journey, plan->flag), 0, 0);
    *VEC_PUSH(fn->g->arena, &miss) = fn_jump(fn, OP_JF, (uint32_t)answer);
    reg_free(fn, CLASS_B, (uint8_t)answer);
  } else {
    gen_match(fn, &ways->uses, from, to, &miss);
  }
  gen_yes(fn, true);
  bool certain = miss.len == 0;
  fn_land_all(fn, &miss);
  return certain;
}

static bool way_may_fault(const Ways *ways, uint32_t from, uint32_t to)
{
  const Choice *choice = way(ways, from);
  for (uint32_t i = from; i < to; i++)
    if (may_fault(ways->uses.data[i].at->where)) return true;
  for (uint32_t i = 0; has_state(choice) && choice->shape != AST_SILENCE && i < choice->steps.len; i++)
    if (!bound_constant(&choice->steps.data[i].bound)) return true;
  return false;
}

bool ways_may_fault(const Ways *ways, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i))
    if (way_may_fault(ways, i, same_item(&ways->uses, i))) return true;
  return false;
}

/* A fault ends the trying, but what has state sees the event; and silences are not tried. */
static bool faults_before_others(const Ways *ways, uint32_t from, uint32_t to)
{
  bool faults = false;
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i)) {
    bool may = way_may_fault(ways, i, same_item(&ways->uses, i));
    if (faults && has_state(way(ways, i))) return true;
    if (may && way(ways, i)->shape == AST_SILENCE) return true;
    faults = faults || may;
  }
  return false;
}

/* Its answer in register `answer`, which is false before. */
static void gen_way_into(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, uint8_t answer)
{
  Jumps miss = {0};
  fn_at(fn, way(ways, from)->span);
  if (!has_state(way(ways, from))) {
    gen_match(fn, &ways->uses, from, to, &miss);
    fn_emit(fn, OP_K_B, answer, 1, 0, 0);
    fn_land_all(fn, &miss);
    return;
  }
  const ChoicePlan *plan = choice_plan(fn->g, way(ways, from));
  int complete = gen_feed(fn, plan, &ways->uses, from, to);
  if (complete < 0) return;
  const RecordPlan *journey = &experience_plan(fn->g, fn->experience)->record;
  if (plan->flag != MOT_NONE) fn_emit(fn, OP_JS_B, (uint32_t)complete, slot_in(journey, plan->flag), 0, 0);
  fn_emit(fn, OP_MOV_B, answer, (uint32_t)complete, 0, 0);
  reg_free(fn, CLASS_B, (uint8_t)complete);
}

/* Likewise; after a fault `over` is true, but for a silence, which is not tried. */
static void gen_way_tried(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, uint8_t answer, uint8_t over)
{
  uint8_t fault = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, fault, way(ways, from)->shape != AST_SILENCE, 0, 0);
  uint32_t guard = fn_try(fn);
  gen_way_into(fn, ways, from, to, answer);
  fn_emit(fn, OP_K_B, fault, 0, 0, 0);
  fn_land(fn, guard);
  uint32_t none = fn_jump(fn, OP_JF, fault);
  fn_emit(fn, OP_K_B, over, 1, 0, 0);
  fn_land(fn, none);
  reg_free(fn, CLASS_B, fault);
}

/* Tried unless one before it faulted, which register `over` tells; one with state sees the event anyway. */
static void gen_way_guarded(Fn *fn, const Ways *ways, uint32_t from, uint32_t to, uint8_t over)
{
  Jumps next = {0};
  uint8_t answer = reg_new(fn, CLASS_B);
  if (!has_state(way(ways, from))) *VEC_PUSH(fn->g->arena, &next) = fn_jump(fn, OP_JT, over);
  fn_emit(fn, OP_K_B, answer, 0, 0, 0);
  if (way_may_fault(ways, from, to)) gen_way_tried(fn, ways, from, to, answer, over);
  else gen_way_into(fn, ways, from, to, answer);
  *VEC_PUSH(fn->g->arena, &next) = fn_jump(fn, OP_JT, over);
  *VEC_PUSH(fn->g->arena, &next) = fn_jump(fn, OP_JF, answer);
  gen_yes(fn, true);
  fn_land_all(fn, &next);
  reg_free(fn, CLASS_B, answer);
}

static void gen_ways_guarded(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  uint8_t over = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, over, 0, 0, 0);
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i))
    gen_way_guarded(fn, ways, i, same_item(&ways->uses, i), over);
  gen_yes(fn, false);
}

void gen_ways_answer(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  bool state = false, certain = false;
  if (faults_before_others(ways, from, to)) {
    gen_ways_guarded(fn, ways, from, to);
    return;
  }
  for (uint32_t i = from; i < to; i++) state = state || has_state(way(ways, i));
  if (!state) {
    fn_emit(fn, OP_RET_B, gen_ways(fn, ways, from, to), 0, 0, 0);
    return;
  }
  for (uint32_t i = from; i < to && !certain; i = same_item(&ways->uses, i))
    certain = gen_way_alone(fn, ways, i, same_item(&ways->uses, i));
  if (!certain) gen_yes(fn, false);
}

bool ways_answer(const Ways *ways, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i))
    if (can_complete(way(ways, i), &ways->uses, i)) return true;
  return false;
}

static bool computed_bound(const Choice *choice)
{
  for (uint32_t i = 0; i < choice->steps.len; i++) {
    const Expr *value = choice->steps.data[i].bound.value;
    if (value && value->kind != EX_INT) return true;
  }
  return false;
}

bool choice_may_fault(const Choice *choice)
{
  for (uint32_t i = 0; i < choice->steps.len; i++) {
    const Match *match = &choice->steps.data[i].match;
    for (uint32_t k = 0; k < match->cases.len; k++)
      if (may_fault(match->cases.data[k].where)) return true;
  }
  return computed_bound(choice);
}

bool when_fed_apart(const Mot *mot)
{
  const Pattern *when = mot->when;
  for (uint32_t i = 0; i < when->choices.len && when->choices.len > 1; i++) {
    const Choice *choice = &when->choices.data[i];
    if (has_state(choice) && choice_may_fault(choice)) return true;
  }
  return false;
}

static void store_flag(Fn *fn, uint32_t slot, bool value)
{
  if (slot == MOT_NONE) return;
  uint8_t flag = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, flag, value, 0, 0);
  fn_emit(fn, OP_JS_B, flag, slot_in(&experience_plan(fn->g, fn->experience)->record, slot), 0, 0);
  reg_free(fn, CLASS_B, flag);
}

void gen_feed_apart(Fn *fn, const Ways *ways, uint32_t from, uint32_t to)
{
  const ChoicePlan *plan = choice_plan(fn->g, way(ways, from));
  store_flag(fn, plan->wrong, true);
  int answer = gen_feed(fn, plan, &ways->uses, from, to);
  if (answer < 0) {
    store_flag(fn, plan->flag, false);
  } else {
    const RecordPlan *journey = &experience_plan(fn->g, fn->experience)->record;
    if (plan->flag != MOT_NONE) fn_emit(fn, OP_JS_B, (uint32_t)answer, slot_in(journey, plan->flag), 0, 0);
    reg_free(fn, CLASS_B, (uint8_t)answer);
  }
  store_flag(fn, plan->wrong, false);
}

/* ---- rows ---- */

static void write_steps(Gen *g, const ChoicePlan *plan, PatternRow *row)
{
  row->steps = g->out->PatternStep.len;
  if (plan->choice->shape == AST_SILENCE) return;
  row->steps_count = plan->choice->steps.len;
  for (uint32_t i = 0; i < plan->choice->steps.len; i++) {
    PatternStepRow step = {.matched = plan->steps[i].matched, .deadline = plan->steps[i].deadline,
                           .calendar = MOT_NONE};
    if (i > 0 || plan->choice->shape == AST_COUNT)
      fill_bound(g, &plan->choice->steps.data[i].bound, &step.bound, &step.calendar, &step.length,
                 &step.dynamic);
    *VEC_PUSH(g->arena, &g->out->PatternStep) = step;
  }
}

/* The length of a silence, or the function that tells it. */
static void write_length(Gen *g, const ExperiencePlan *of, const ChoicePlan *plan, PatternRow *row)
{
  const Bound *bound = &plan->choice->steps.data[0].bound;
  if (plan->choice->shape != AST_SILENCE) return;
  if (bound->value->kind == EX_INT) {
    row->within = bound->value->u.i;
  } else {
    Fn *fn = fn_new(g, FUNCTION_JOURNEY_VALUE, text_of(g, of->experience->name), bound->span);
    fn->experience = of->experience;
    row->length = gen_value_function(fn, bound->value);
  }
}

static uint32_t silent_choice(const Gen *g, const ChoicePlan *plan)
{
  if (plan->choice->shape != AST_SILENCE || plan->purpose != PURPOSE_OPENS) return MOT_NONE;
  const MotPlan *mot = mot_plan(g, plan->mot);
  for (uint32_t i = 0; i < mot->openings.len; i++)
    if (&plan->mot->when->choices.data[mot->openings.data[i].choice] == plan->choice)
      return g->out->Mot.data[plan->mot->row].choices + mot->openings.data[i].number;
  return MOT_NONE;
}

void gen_pattern_rows(Gen *g, ExperiencePlan *plan)
{
  for (uint32_t i = 0; i < plan->patterns.len; i++) {
    const ChoicePlan *of = plan->patterns.data[i];
    PatternRow row = {.kind = of->choice->shape == AST_COUNT ? PATTERN_COUNT
                        : of->choice->shape == AST_CHAIN ? PATTERN_CHAIN : PATTERN_QUIET,
                      .purpose = of->purpose,
                      .mot = of->mot ? of->mot->row : MOT_NONE,
                      .count = of->choice->shape == AST_COUNT ? (uint32_t)of->choice->count : 0,
                      .store = of->store,
                      .calendar = MOT_NONE,
                      .length = MOT_NONE,
                      .choice = silent_choice(g, of)};
    write_steps(g, of, &row);
    write_length(g, plan, of, &row);
    *VEC_PUSH(g->arena, &g->out->Pattern) = row;
  }
}
