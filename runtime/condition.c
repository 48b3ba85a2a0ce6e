/*
 * condition.c - the leaves joined.
 *
 * VERDICT functions only join leaves, so they are read here directly: once for what
 * holds now, and for any later instant as if nothing more happened by then.
 */
#include "runtime/condition.h"
#include "runtime/leaf_parts.h"

/* ---- three values ---- */

static Verdict both(Verdict a, Verdict b)
{
  if (a == VERDICT_FALSE || b == VERDICT_FALSE) return VERDICT_FALSE;
  return a == VERDICT_TRUE ? b : a;
}

static Verdict either(Verdict a, Verdict b)
{
  if (a == VERDICT_TRUE || b == VERDICT_TRUE) return VERDICT_TRUE;
  return a == VERDICT_FALSE ? b : a;
}

static Verdict opposite(Verdict a)
{
  return a == VERDICT_OPEN ? a : a == VERDICT_TRUE ? VERDICT_FALSE : VERDICT_TRUE;
}

/* ---- joining ---- */

/* `passing`: at that instant; NULL: what the leaves are now. */
static Verdict value_of(const Scene *scene, uint32_t leaf, const Passing *passing)
{
  const LeafRow *row = leaf_row(scene, leaf);
  return passing ? leaf_at(scene, row, passing) : leaf_state(scene, row);
}

static Verdict joined(const Scene *scene, const Passing *passing)
{
  const Module *module = scene->plan->module;
  const FunctionRow *function = &module->Function[scene->subject.condition->verdict];
  const Instr *code = module->code + function->first, *end = code + function->count;
  uint8_t regs[MOT_REGISTERS];
  memset(regs, VERDICT_OPEN, function->registers);
  for (; code < end; code++) {
    switch (code->op) {
    case OP_LEAF_GET: regs[code->a] = (uint8_t)value_of(scene, code->b, passing); break;
    case OP_AND_T: regs[code->a] = (uint8_t)both(regs[code->b], regs[code->c]); break;
    case OP_OR_T: regs[code->a] = (uint8_t)either(regs[code->b], regs[code->c]); break;
    case OP_NOT_T: regs[code->a] = (uint8_t)opposite(regs[code->b]); break;
    case OP_RET_T: return (Verdict)regs[code->a];
    default: break;
    }
  }
  return VERDICT_OPEN;
}

Verdict condition_verdict(const Scene *scene)
{
  if (!scene->subject.condition) return VERDICT_OPEN;
  return condition_is_leaf(scene) ? leaf_state(scene, leaf_row(scene, 0)) : joined(scene, NULL);
}

/* ---- the deadline ---- */

static int64_t due_after(const Scene *scene, const Passing *passing)
{
  int64_t due = INT64_MAX;
  for (uint32_t i = 0; i < scene->subject.condition->leaves_count; i++) {
    const LeafRow *row = leaf_row(scene, i);
    if (leaf_at(scene, row, passing) != VERDICT_OPEN) continue;
    int64_t end = leaf_due(scene, row, passing->passed);
    if (end < due) due = end;
  }
  return due;
}

/* The first instant in (low, expiry) at which it is decided, else the expiry: what is decided stays so. */
static int64_t search_deadline(const Scene *scene, Passing passing)
{
  int64_t low = passing.passed, high = scene->expiry;
  while (high - low > 1) {
    passing.passed = low + (high - low) / 2;
    if (joined(scene, &passing) == VERDICT_OPEN) low = passing.passed;
    else high = passing.passed;
  }
  return high;
}

enum { FEW_STEPS = 8 };

static int64_t simulated_deadline(const Scene *scene, Passing passing)
{
  if (joined(scene, &passing) != VERDICT_OPEN) return passing.passed + 1;
  for (unsigned i = 0; i < FEW_STEPS; i++) {
    int64_t due = due_after(scene, &passing);
    if (due >= scene->expiry) return scene->expiry;
    passing.passed = due;
    if (joined(scene, &passing) != VERDICT_OPEN) return due;
  }
  return search_deadline(scene, passing);
}

int64_t deadline_from(const Scene *scene, Passing passing)
{
  const ConditionRow *condition = scene->subject.condition;
  if (!condition) return INT64_MAX;
  const LeafRow *row = leaf_row(scene, 0);
  bool simple = condition->leaves_count == 1 && row->steps_count == 1;
  if (!simple || leaf_state(scene, row) != VERDICT_OPEN) return simulated_deadline(scene, passing);
  int64_t due = step_due(scene, step_row(scene, row, 0));
  return due < scene->expiry ? due : scene->expiry;
}

int64_t condition_deadline(const Scene *scene)
{
  return deadline_from(scene, passing_now(scene));
}

int64_t condition_deadline_before(const Scene *scene)
{
  return scene->before != INSTANT_NONE ? scene->before : condition_deadline(scene);
}

int64_t condition_risk(const Scene *scene)
{
  Passing passing = passing_now(scene);
  int64_t deadline = deadline_from(scene, passing);
  if (deadline == INT64_MAX) return INT64_MAX;
  passing.passed = deadline;
  if (deadline >= scene->expiry) passing = (Passing){INT64_MAX, true, passing.end};
  return joined(scene, &passing) == VERDICT_FALSE ? deadline : INT64_MAX;
}
