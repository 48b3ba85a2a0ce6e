/*
 * gen_journey.c - the code of an experience: histories, what starts, voids and
 * ends a journey, its SCO, its row.
 */
#include "compiler/gen_parts.h"

static Fn *journey_fn(Gen *g, uint8_t kind, const ExperiencePlan *plan, Span span)
{
  Fn *fn = fn_new(g, kind, text_of(g, plan->experience->name), span);
  fn->experience = plan->experience;
  return fn;
}

/* ---- histories ---- */

/* The latest E: its field and that there was one. */
static void gen_last(Fn *fn, const ExperiencePlan *plan, const Ref *ref)
{
  Val val = gen_ref_field(fn, ref, true);
  gen_store(fn, OP_JS_I, &plan->record, ref->slot, ref->known, val);
  val_free(fn, val);
}

static void gen_push(Fn *fn, const History *history, uint32_t place)
{
  if (history->aggregate == AGGREGATE_COUNT) {
    fn_emit(fn, OP_H_PUSH, 0, history->row, 0, 0);
    return;
  }
  Val val = gen_value(fn, history->values.data[place], -1);
  uint32_t skip = val.known >= 0 ? fn_jump(fn, OP_JF, (uint32_t)val.known) : 0;
  fn_emit(fn, val.cls == CLASS_F ? OP_H_PUSH_F : OP_H_PUSH_I, val.reg, history->row, 0, 0);
  if (val.known >= 0) fn_land(fn, skip);
  val_free(fn, val);
}

/* One history or latest event: the first case that holds counts. */
static void gen_item(Fn *fn, const ExperiencePlan *plan, const Uses *uses, uint32_t from, uint32_t to)
{
  const Experience *experience = plan->experience;
  uint32_t item = uses->data[from].item, refs = experience->refs.len;
  Jumps done = {0};
  for (uint32_t i = from; i < to; i++) {
    Jumps miss = {0};
    gen_match(fn, uses, i, i + 1, &miss);
    if (item < refs)
      gen_last(fn, plan, experience->refs.data[item]);
    else
      gen_push(fn, experience->histories.data[item - refs], uses->data[i].place);
    if (miss.len == 0) break;
    if (i + 1 < to) *VEC_PUSH(fn->g->arena, &done) = fn_jump(fn, OP_JMP, 0);
    fn_land_all(fn, &miss);
  }
  fn_land_all(fn, &done);
}

static bool item_may_fault(const ExperiencePlan *plan, const Uses *uses, uint32_t from, uint32_t to)
{
  const Experience *experience = plan->experience;
  uint32_t item = uses->data[from].item, refs = experience->refs.len;
  const History *history = item < refs ? NULL : experience->histories.data[item - refs];
  for (uint32_t i = from; i < to; i++) {
    const Use *use = &uses->data[i];
    if (may_fault(use->at->where)) return true;
    if (history && history->values.len > 0 && may_fault(history->values.data[use->place])) return true;
  }
  return false;
}

static bool is_kept(const Ref *ref)
{
  return ref->slot != REF_UNUSED && ref->slot != REF_KEPT;
}

static void collect_pushes(Gen *g, ExperiencePlan *plan)
{
  Uses *uses = plan->pushes = ARENA_NEW(g->arena, Uses);
  const Experience *experience = plan->experience;
  uint32_t refs = experience->refs.len;
  for (uint32_t i = 0; i < refs; i++)
    if (experience->refs.data[i]->kind == REF_LAST && is_kept(experience->refs.data[i]))
      uses_add(g, uses, experience->refs.data[i]->match, i, 0);
  for (uint32_t i = 0; i < experience->histories.len; i++)
    uses_add(g, uses, experience->histories.data[i]->match, refs + i, 0);
  uses_sort(uses);
}

/* Everything of one trigger, from its first use on.  A fault ends only what it is in; of the last that needs
 * no care when `last` says that nothing of the function follows it. */
static void gen_pushes(Fn *fn, const ExperiencePlan *plan, uint32_t from, bool last)
{
  uint32_t to = same_trigger(plan->pushes, from);
  for (uint32_t i = from, end; i < to; i = end) {
    end = same_item(plan->pushes, i);
    bool apart = (end < to || !last) && item_may_fault(plan, plan->pushes, i, end);
    uint32_t guard = apart ? fn_try(fn) : 0;
    gen_item(fn, plan, plan->pushes, i, end);
    if (apart) fn_land(fn, guard);
  }
}

static void gen_histories(Gen *g, ExperiencePlan *plan)
{
  const Uses *uses = plan->pushes;
  for (uint32_t i = 0; i < uses->len; i = same_trigger(uses, i)) {
    Fn *fn = journey_fn(g, FUNCTION_HISTORY, plan, plan->experience->span);
    fn_event(fn, uses->data[i].at);
    gen_pushes(fn, plan, i, true);
    fn_emit(fn, OP_RET, 0, 0, 0, 0);
    handler_step(g, plan, uses->data[i].trigger, ORDER_HIST, OP_X_HIST, fn_finish(fn), 0);
  }
}

static uint32_t first_push(const Uses *uses, uint32_t trigger)
{
  uint32_t low = 0, high = uses->len;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (uses->data[middle].trigger < trigger)
      low = middle + 1;
    else
      high = middle;
  }
  return low < uses->len && uses->data[low].trigger == trigger ? low : MOT_NONE;
}

static void write_histories(Gen *g, const ExperiencePlan *plan, ExperienceRow *row)
{
  row->histories = g->out->History.len;
  row->histories_count = plan->experience->histories.len;
  for (uint32_t i = 0; i < plan->experience->histories.len; i++) {
    const History *history = plan->experience->histories.data[i];
    HistoryRow entry = {.kind = history->kind, .aggregate = history->aggregate, .window = history->window,
                        .keep = history->kind == HISTORY_TOTAL ? 0 : history->keep,
                        .exact = history->exact, .type = history->value_type.base,
                        .store = plan->histories[i].store, .total = plan->histories[i].total,
                        .count = plan->histories[i].count};
    *VEC_PUSH(g->arena, &g->out->History) = entry;
  }
}

/* ---- void on, ends on ---- */

static void gen_journey_tests(Gen *g, ExperiencePlan *plan, Ways *ways, HandlerOrder order, uint8_t op)
{
  uses_sort(&ways->uses);
  for (uint32_t i = 0, end; i < ways->uses.len; i = end) {
    end = same_trigger(&ways->uses, i);
    Fn *fn = journey_fn(g, FUNCTION_JOURNEY_TEST, plan, plan->experience->span);
    fn_event(fn, ways->uses.data[i].at);
    gen_ways_answer(fn, ways, i, end);
    handler_step(g, plan, ways->uses.data[i].trigger, order, op, fn_finish(fn), 0);
  }
}

/* A pattern of a MOT that sees each event once, whatever moments are open; each choice apart, so that a fault
 * in one harms no other. */
static void gen_fed(Gen *g, ExperiencePlan *plan, const Mot *mot, const Pattern *pattern)
{
  Ways fed = {0};
  ways_add_state(g, &fed, pattern);
  uses_sort(&fed.uses);
  for (uint32_t i = 0, end; i < fed.uses.len; i = end) {
    end = same_item(&fed.uses, i);
    Fn *fn = journey_fn(g, FUNCTION_JOURNEY_TEST, plan, mot->span);
    fn_event(fn, fed.uses.data[i].at);
    gen_feed_apart(fn, &fed, i, end);
    uint8_t no = reg_new(fn, CLASS_B);
    fn_emit(fn, OP_K_B, no, 0, 0, 0);
    fn_emit(fn, OP_RET_B, no, 0, 0, 0);
    handler_step(g, plan, fed.uses.data[i].trigger, ORDER_VOID, OP_X_VOID, fn_finish(fn), 0);
  }
}

static void gen_journey_voids(Gen *g, ExperiencePlan *plan)
{
  const Experience *experience = plan->experience;
  Ways ways = {0};
  for (uint32_t i = 0; i < experience->voids.len; i++) ways_add(g, &ways, experience->voids.data[i]);
  gen_journey_tests(g, plan, &ways, ORDER_VOID, OP_X_VOID);
  for (uint32_t i = 0; i < experience->mots.len; i++) {
    const Mot *mot = experience->mots.data[i];
    for (uint32_t k = 0; k < mot->voids.len; k++) gen_fed(g, plan, mot, mot->voids.data[k]);
    gen_fed(g, plan, mot, mot->pause);
    gen_fed(g, plan, mot, mot->resume);
  }
}

static void gen_ends(Gen *g, ExperiencePlan *plan)
{
  Ways ways = {0};
  ways_add(g, &ways, plan->experience->ends);
  gen_journey_tests(g, plan, &ways, ORDER_ENDS, OP_X_ENDS);
}

/* ---- starts on ---- */

static uint32_t gen_start_test(Gen *g, const ExperiencePlan *plan, const Ways *ways, uint32_t from,
                               uint32_t to)
{
  Fn *fn = journey_fn(g, FUNCTION_JOURNEY_TEST, plan, plan->experience->starts->span);
  fn_event(fn, ways->uses.data[from].at);
  gen_ways_answer(fn, ways, from, to);
  return fn_finish(fn);
}

static void store_start(Fn *fn, const ExperiencePlan *plan, const Ref *ref)
{
  Val val = gen_ref_field(fn, ref, ref->known != MOT_NONE);
  gen_store(fn, OP_JS_I, &plan->record, ref->slot, ref->known, val);
  val_free(fn, val);
}

/* A chain on the way to its end has kept what its steps are named for. */
static bool kept_by_chain(const ExperiencePlan *plan, const Ref *ref)
{
  const Pattern *starts = plan->experience->starts;
  for (uint32_t i = 0; i < starts->choices.len; i++) {
    const Choice *choice = &starts->choices.data[i];
    uint32_t step = step_named(choice, ref->as);
    if (choice->shape == AST_CHAIN && step != MOT_NONE && step + 1 < choice->steps.len) return true;
  }
  return false;
}

static void forget(Fn *fn, const ExperiencePlan *plan, uint32_t known)
{
  uint8_t no = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_K_B, no, 0, 0, 0);
  fn_emit(fn, OP_JS_B, no, slot_in(&plan->record, known), 0, 0);
  reg_free(fn, CLASS_B, no);
}

/* Names of other choices than the one that started the journey stand for nothing; true when there are any. */
static bool forget_others(Fn *fn, const ExperiencePlan *plan, const Choice *choice, bool dry)
{
  bool any = false;
  for (uint32_t i = 0; i < plan->experience->refs.len; i++) {
    const Ref *ref = plan->experience->refs.data[i];
    if (ref->kind != REF_AS || !is_kept(ref) || ref->known == MOT_NONE) continue;
    if (step_named(choice, ref->as) != MOT_NONE || !kept_by_chain(plan, ref)) continue;
    if (!dry) forget(fn, plan, ref->known);
    any = true;
  }
  return any;
}

/* Fields of the event by the name that the choice gives it; true when there are any. */
static bool store_named(Fn *fn, const ExperiencePlan *plan, const Choice *choice, bool dry)
{
  bool any = false;
  for (uint32_t i = 0; i < plan->experience->refs.len; i++) {
    const Ref *ref = plan->experience->refs.data[i];
    if (ref->kind != REF_AS || !is_kept(ref) || step_named(choice, ref->as) + 1 != choice->steps.len)
      continue;
    if (!dry) store_start(fn, plan, ref);
    any = true;
  }
  return any;
}

/* Falls through when it was this choice that started the journey. */
static void gen_chosen(Fn *fn, const ExperiencePlan *plan, const Ways *ways, uint32_t from, uint32_t to,
                       Jumps *miss)
{
  const Choice *choice = ways->choices.data[ways->uses.data[from].item];
  if (!has_state(choice)) {
    gen_match(fn, &ways->uses, from, to, miss);
    return;
  }
  uint8_t complete = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_JL_B, complete, slot_in(&plan->record, choice_plan(fn->g, choice)->flag), 0, 0);
  *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JF, complete);
  reg_free(fn, CLASS_B, complete);
}

/* What the choice by which it started gives a name to. */
static void gen_start_names(Fn *fn, const ExperiencePlan *plan, const Ways *ways, uint32_t from, uint32_t to)
{
  Jumps done = {0};
  for (uint32_t i = from; i < to; i = same_item(&ways->uses, i)) {
    const Choice *choice = ways->choices.data[ways->uses.data[i].item];
    bool alone = i == from && same_item(&ways->uses, i) == to;
    if (!can_complete(choice, &ways->uses, i)) continue;
    bool changes = store_named(fn, plan, choice, true) || forget_others(fn, plan, choice, true);
    if (!changes && (alone || same_item(&ways->uses, i) == to)) continue;
    Jumps miss = {0};
    if (!alone) gen_chosen(fn, plan, ways, i, same_item(&ways->uses, i), &miss);
    store_named(fn, plan, choice, false);
    forget_others(fn, plan, choice, false);
    if (miss.len == 0) break;
    *VEC_PUSH(fn->g->arena, &done) = fn_jump(fn, OP_JMP, 0);
    fn_land_all(fn, &miss);
  }
  fn_land_all(fn, &done);
}

/* Histories come before the SCO, whose predicates may read them, and behind the start's values, which their
 * `where` may read. */
static uint32_t gen_start(Gen *g, const ExperiencePlan *plan, const Ways *ways, uint32_t from, uint32_t to)
{
  Fn *fn = journey_fn(g, FUNCTION_START, plan, plan->experience->starts->span);
  fn_event(fn, ways->uses.data[from].at);
  fn->starting = true;
  for (uint32_t i = 0; i < plan->experience->refs.len; i++) {
    const Ref *ref = plan->experience->refs.data[i];
    if (ref->kind == REF_START && is_kept(ref)) store_start(fn, plan, ref);
  }
  gen_start_names(fn, plan, ways, from, to);
  uint32_t push = first_push(plan->pushes, ways->uses.data[from].trigger);
  if (push != MOT_NONE) gen_pushes(fn, plan, push, false);
  if (plan->sco.condition) gen_arming(fn, &plan->sco);
  fn_emit(fn, OP_RET, 0, 0, 0, 0);
  return fn_finish(fn);
}

static void gen_starts(Gen *g, ExperiencePlan *plan)
{
  Ways ways = {0};
  ways_add(g, &ways, plan->experience->starts);
  uses_sort(&ways.uses);
  for (uint32_t i = 0, end; i < ways.uses.len; i = end) {
    end = same_trigger(&ways.uses, i);
    uint32_t test = gen_start_test(g, plan, &ways, i, end);
    handler_step(g, plan, ways.uses.data[i].trigger, ORDER_STARTS, OP_X_STARTS, test,
                 gen_start(g, plan, &ways, i, end));
  }
}

/* ---- the row ---- */

static void write_keys(Gen *g, const Experience *experience, ExperienceRow *row)
{
  row->keys = g->out->Key.len;
  row->keys_count = experience->keys.len;
  for (uint32_t i = 0; i < experience->keys.len; i++)
    *VEC_PUSH(g->arena, &g->out->Key) =
      (KeyRow){text_of(g, experience->keys.data[i].name), experience->keys.data[i].optional};
}

static void write_value(Gen *g, const ExperiencePlan *plan, ExperienceRow *row)
{
  Expr *value = plan->experience->value;
  row->value = row->value_currency = MOT_NONE;
  if (!value) return;
  row->value_type = value->type.base;
  row->value_currency = currency_row(value->type);
  row->value = gen_value_function(journey_fn(g, FUNCTION_JOURNEY_VALUE, plan, value->span), value);
}

static void write_experience(Gen *g, ExperiencePlan *plan, ExperienceRow row, const Fn *like)
{
  Experience *experience = plan->experience;
  row.name = text_of(g, experience->name);
  row.title = text_of(g, experience->title);
  row.doc = text_of(g, experience->doc);
  row.manager = owner_row(experience->manager);
  row.sco_text = text_of(g, experience->sco_text);
  row.sco = plan->sco.condition ? plan->sco.row : MOT_NONE;
  row.expires = experience->expires;
  row.size = plan->record.size;
  row.slots = plan->record.first;
  row.slots_count = plan->record.count;
  row.actions = gen_actions(g, experience->actions.data, experience->actions.len, like);
  row.actions_count = experience->actions.len;
  row.sentiment = MOT_NONE;
  if (experience->sentiment) row.sentiment = gen_aggregate(g, experience->sentiment, NULL, NULL);
  gen_experience_clauses(g, experience, &row);
  g->out->Experience.data[experience->row] = row;
}

void gen_experience(Gen *g, ExperiencePlan *plan)
{
  Experience *experience = plan->experience;
  ExperienceRow row = {.serial = experience->row};
  Fn *like = journey_fn(g, FUNCTION_SUBJECT_VALUE, plan, experience->span);
  row.mots = experience->mots.len ? experience->mots.data[0]->row : 0;
  row.mots_count = experience->mots.len;
  collect_pushes(g, plan);
  gen_histories(g, plan);
  gen_journey_voids(g, plan);
  if (plan->sco.condition) gen_condition(g, &plan->sco, like);
  gen_mots(g, plan);
  gen_corrections_code(g, plan);
  if (plan->sco.condition) gen_sco_tests(g, plan, like);
  gen_ends(g, plan);
  gen_starts(g, plan);
  write_keys(g, experience, &row);
  write_histories(g, plan, &row);
  row.patterns = g->out->Pattern.len;
  gen_pattern_rows(g, plan);
  row.patterns_count = g->out->Pattern.len - row.patterns;
  row.handlers = g->out->Handler.len;
  gen_handlers(g, plan);
  row.handlers_count = g->out->Handler.len - row.handlers;
  write_value(g, plan, &row);
  write_experience(g, plan, row, like);
  fn_drop(like);
}
