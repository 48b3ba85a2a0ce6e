/*
 * gen_condition.c - conditions: how their leaves are armed when the subject
 * opens, tested by events, and joined to a verdict.
 */
#include "compiler/gen_parts.h"

/* ---- rows ---- */

void fill_bound(Gen *g, const Bound *bound, uint32_t *ret_kind, uint32_t *ret_calendar, int64_t *ret_length,
                uint32_t *ret_dynamic)
{
  *ret_kind = bound->kind;
  *ret_calendar = calendar_row(g, bound->calendar);
  *ret_length = bound_length(bound);
  *ret_dynamic = !bound_constant(bound);
}

static void write_step(Gen *g, const Step *step, const StepPlan *plan)
{
  StepRow row = {.deadline = plan->deadline, .matched = plan->matched, .counted = step->counted};
  fill_bound(g, &step->bound, &row.bound, &row.calendar, &row.length, &row.dynamic);
  *VEC_PUSH(g->arena, &g->out->Step) = row;
}

static void write_leaf(Gen *g, const Leaf *leaf, const LeafPlan *plan)
{
  LeafRow row = {.kind = leaf->kind, .count = (uint32_t)leaf->count, .state = plan->state,
                 .counter = plan->counter, .settled = plan->settled, .steps = g->out->Step.len,
                 .steps_count = leaf->kind == LEAF_PREDICATE ? 0 : leaf->steps.len};
  evidence(g, leaf, &row.produced, &row.missed);
  *VEC_PUSH(g->arena, &g->out->Leaf) = row;
  for (uint32_t i = 0; i < row.steps_count; i++) write_step(g, &leaf->steps.data[i], &plan->steps[i]);
}

/* ---- the verdict ---- */

static uint8_t gen_cond(Fn *fn, const Cond *cond)
{
  if (cond->kind == COND_LEAF) {
    uint8_t reg = reg_new(fn, CLASS_T);
    fn_at(fn, cond->leaf->span);
    fn_emit(fn, OP_LEAF_GET, reg, cond->leaf->row, 0, 0);
    return reg;
  }
  uint8_t a = gen_cond(fn, cond->a);
  if (cond->kind == COND_NOT) {
    fn_emit(fn, OP_NOT_T, a, a, 0, 0);
    return a;
  }
  uint8_t b = gen_cond(fn, cond->b);
  fn_at(fn, cond->span);
  fn_emit(fn, cond->kind == COND_AND ? OP_AND_T : OP_OR_T, a, a, b, 0);
  reg_free(fn, CLASS_T, b);
  return a;
}

/* ---- what silence makes of it ---- */

typedef enum Truth { FALSE_THEN, TRUE_THEN, DROPS_OUT } Truth;

static Truth leaf_in_silence(const Leaf *leaf)
{
  switch (leaf->kind) {
  case LEAF_PREDICATE: return DROPS_OUT;
  case LEAF_NO: case LEAF_AT_MOST: return TRUE_THEN;
  case LEAF_AT_LEAST: case LEAF_EXACTLY: return leaf->count == 0 ? TRUE_THEN : FALSE_THEN;
  default: return FALSE_THEN;
  }
}

/* Predicates are settled at the opening: where the condition is open after it, they left it to the rest. */
static Truth in_silence(const Cond *cond)
{
  if (cond->kind == COND_LEAF) return leaf_in_silence(cond->leaf);
  Truth a = in_silence(cond->a);
  if (cond->kind == COND_NOT) return a == DROPS_OUT ? a : a == TRUE_THEN ? FALSE_THEN : TRUE_THEN;
  Truth b = in_silence(cond->b);
  if (a == DROPS_OUT) return b;
  if (b == DROPS_OUT) return a;
  bool both = a == TRUE_THEN && b == TRUE_THEN, one = a == TRUE_THEN || b == TRUE_THEN;
  return (cond->kind == COND_AND ? both : one) ? TRUE_THEN : FALSE_THEN;
}

void gen_condition(Gen *g, ConditionPlan *plan, const Fn *subject)
{
  const Condition *condition = plan->condition;
  ConditionRow row = {.subject = plan->subject, .of = plan->of, .leaves = g->out->Leaf.len,
                      .leaves_count = condition->leaves.len,
                      .silence = in_silence(condition->root) == TRUE_THEN};
  plan->row = g->out->Condition.len;
  if (condition->leaves.len > UINT16_MAX)
    too_large(g, condition->span, "condition", "more than 65,535 parts");
  for (uint32_t i = 0; i < condition->leaves.len; i++) {
    condition->leaves.data[i]->row = i;
    write_leaf(g, condition->leaves.data[i], &plan->leaves[i]);
  }
  Fn *fn = fn_new(g, FUNCTION_VERDICT, subject->name, condition->span);
  fn->experience = subject->experience;
  fn->mot = subject->mot;
  fn->correction = subject->correction;
  fn_emit(fn, OP_RET_T, gen_cond(fn, condition->root), 0, 0, 0);
  row.verdict = fn_finish(fn);
  *VEC_PUSH(g->arena, &g->out->Condition) = row;
}

/* ---- arming ---- */

static void gen_arm(Fn *fn, const Leaf *leaf, uint32_t step)
{
  const Bound *bound = &leaf->steps.data[step].bound;
  fn_at(fn, bound->span);
  if (bound->kind == BOUND_NONE) return;
  if (bound_constant(bound)) {
    fn_emit(fn, OP_LEAF_ARM, 0, leaf->row, step, 0);
    return;
  }
  Val val = gen_value(fn, bound->value, -1);
  val_needed(fn, val);
  fn_emit(fn, OP_LEAF_ARM_I, val.reg, leaf->row, step, 0);
  val_free(fn, val);
}

void gen_arming(Fn *fn, const ConditionPlan *plan)
{
  for (uint32_t i = 0; i < plan->condition->leaves.len; i++) {
    const Leaf *leaf = plan->condition->leaves.data[i];
    if (leaf->kind == LEAF_PREDICATE) {
      uint8_t reg = gen_truth(fn, leaf->predicate, -1);
      fn_emit(fn, OP_LEAF_IS, reg, leaf->row, 0, 0);
      reg_free(fn, CLASS_B, reg);
    } else {
      gen_arm(fn, leaf, 0);
    }
  }
}

/* ---- testing: items are first the bounds that move, then the leaves ---- */

typedef struct MoveUses {
  Gen *g;
  Uses *uses;
  uint32_t item, part;
} MoveUses;

static void move_use(void *user, Expr *expr)
{
  const MoveUses *move = user;
  if (expr->kind == EX_REF && expr->u.ref->kind == REF_LAST)
    uses_add(move->g, move->uses, expr->u.ref->match, move->item, move->part);
}

void condition_uses(Gen *g, Uses *uses, const Condition *condition)
{
  uint32_t count = condition->leaves.len;
  for (uint32_t i = 0; i < count; i++) {
    const Leaf *leaf = condition->leaves.data[i];
    for (uint32_t k = 0; k < leaf->steps.len && leaf->kind != LEAF_PREDICATE; k++) {
      const Step *step = &leaf->steps.data[k];
      if (step->bound.moves) each_expr(step->bound.value, move_use, &(MoveUses){g, uses, i, k});
      uses_add(g, uses, &step->match, count + i, leaf->steps.len - 1 - k);
    }
  }
}

/* ---- what can fault is not worked out for a step that does not wait ---- */

static void look_for_fault(void *user, Expr *expr)
{
  bool arithmetic = expr->kind >= EX_ADD && expr->kind <= EX_NEG;
  if (arithmetic || expr->kind == EX_CALL || expr->kind == EX_HISTORY) *(bool *)user = true;
}

bool may_fault(Expr *expr)
{
  bool found = false;
  each_expr(expr, look_for_fault, &found);
  return found;
}

static void gen_guard(Fn *fn, const Leaf *leaf, uint32_t step, Jumps *miss)
{
  uint8_t open = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_LEAF_OPEN, open, leaf->row, step, 0);
  *VEC_PUSH(fn->g->arena, miss) = fn_jump(fn, OP_JF, open);
  reg_free(fn, CLASS_B, open);
}

/* A bound that follows last(E) is worked out anew with each such event: whether it is one of those the bound
 * means shows in what is kept, so that a `where` that faults is no fault here. */
static void gen_move(Fn *fn, const Leaf *leaf, uint32_t step)
{
  Jumps miss = {0};
  const Bound *bound = &leaf->steps.data[step].bound;
  fn_at(fn, bound->span);
  if (bound->value->type.optional || may_fault(bound->value)) gen_guard(fn, leaf, step, &miss);
  Val val = gen_value(fn, bound->value, -1);
  val_needed(fn, val);
  fn_emit(fn, OP_LEAF_MOVE, val.reg, leaf->row, step, 0);
  val_free(fn, val);
  fn_land_all(fn, &miss);
}

static bool any_may_fault(const Uses *uses, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++)
    if (may_fault(uses->data[i].at->where)) return true;
  return false;
}

static void gen_hit(Fn *fn, const Leaf *leaf, uint32_t step, const Uses *uses, uint32_t from, uint32_t to)
{
  Jumps miss = {0};
  fn_at(fn, leaf->steps.data[step].span);
  if (any_may_fault(uses, from, to)) gen_guard(fn, leaf, step, &miss);
  gen_match(fn, uses, from, to, &miss);
  uint8_t taken = reg_new(fn, CLASS_B);
  fn_emit(fn, OP_LEAF_HIT, taken, leaf->row, step, 0);
  reg_free(fn, CLASS_B, taken);
  bool arms = leaf->kind == LEAF_SEQUENCE && step + 1 < leaf->steps.len
    && !bound_constant(&leaf->steps.data[step + 1].bound);
  if (arms) {
    *VEC_PUSH(fn->g->arena, &miss) = fn_jump(fn, OP_JF, taken);
    gen_arm(fn, leaf, step + 1);
  }
  fn_land_all(fn, &miss);
}

void gen_test(Fn *fn, const Condition *condition, const Uses *uses, uint32_t from, uint32_t to)
{
  uint32_t count = condition->leaves.len;
  for (uint32_t i = from; i < to; i = same_part(uses, i)) {
    const Use *use = &uses->data[i];
    const Leaf *leaf = condition->leaves.data[use->item % count];
    if (use->item < count)
      gen_move(fn, leaf, use->part);
    else
      gen_hit(fn, leaf, leaf->steps.len - 1 - use->part, uses, i, same_part(uses, i));
  }
  fn_emit(fn, OP_RET, 0, 0, 0, 0);
}
