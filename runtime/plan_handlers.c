/* plan_handlers.c - handlers, taken apart into what an engine runs one after the other. */
#include "bytecode/names.h"
#include "runtime/plan_parts.h"

bool next_handler(HandlerWalk *walk)
{
  const Module *m = walk->module;
  for (; walk->experience < m->Experience_count; walk->experience++, walk->next = 0) {
    const ExperienceRow *row = &m->Experience[walk->experience];
    if (walk->next == row->handlers_count) continue;
    walk->handler = row->handlers + walk->next++;
    return true;
  }
  return false;
}

/* The code of a handler. */
typedef struct HandlerCode {
  const Instr *code;
  uint32_t count;
  Arena *arena;
} HandlerCode;

/* All steps of one kind, in their order.  `on_moments`: operand c says of which MOT or correction, counted from
 * `first`. */
static MotSteps steps_of(HandlerCode of, uint8_t op, bool on_moments, uint32_t first)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < of.count; i++) count += of.code[i].op == op;
  if (count == 0) return (MotSteps){0};
  MotStep *steps = ARENA_ARRAY(of.arena, MotStep, count);
  count = 0;
  for (uint32_t i = 0; i < of.count; i++) {
    if (of.code[i].op != op) continue;
    uint32_t mot = on_moments ? first + instr_operand(of.code[i], 2) : MOT_NONE;
    steps[count++] = (MotStep){mot, instr_operand(of.code[i], 1)};
  }
  return (MotSteps){steps, count};
}

/* Operand `which` of the first step of a kind, MOT_NONE when there is none. */
static uint32_t only(HandlerCode of, uint8_t op, unsigned which)
{
  for (uint32_t i = 0; i < of.count; i++)
    if (of.code[i].op == op) return instr_operand(of.code[i], which);
  return MOT_NONE;
}

static const uint32_t *keys_of(const Module *module, const HandlerRow *row, Arena *arena)
{
  if (row->keys_count == 0) return NULL;
  uint32_t *keys = ARENA_ARRAY(arena, uint32_t, row->keys_count);
  for (uint32_t i = 0; i < row->keys_count; i++) {
    const KeyFieldRow *key = &module->KeyField[row->keys + i];
    uint32_t first = module->Event[module->Trigger[row->trigger].event].fields;
    keys[i] = key->field == MOT_NONE ? MOT_NONE : key->field - first;
  }
  return keys;
}

static HandlerPlan plan_handler(const Module *module, uint32_t handler, Arena *arena)
{
  const HandlerRow *row = &module->Handler[handler];
  const FunctionRow *function = &module->Function[row->code];
  HandlerCode of = {module->code + function->first, function->count, arena};
  return (HandlerPlan){
    .experience = row->experience, .trigger = row->trigger, .handler = handler,
    .history = only(of, OP_X_HIST, 1),
    .voids = steps_of(of, OP_X_VOID, false, 0),
    .ends = only(of, OP_X_ENDS, 1),
    .sco = only(of, OP_X_SCO, 1),
    .starts = only(of, OP_X_STARTS, 1), .start = only(of, OP_X_STARTS, 2),
    .mot_voids = steps_of(of, OP_X_MVOID, true, 0), .pauses = steps_of(of, OP_X_PAUSE, true, 0),
    .tests = steps_of(of, OP_X_TEST, true, 0), .opens = steps_of(of, OP_X_OPEN, true, 0),
    .corrections = steps_of(of, OP_X_CTEST, true, module->Mot_count),
    .correction_voids = steps_of(of, OP_X_CVOID, true, module->Mot_count),
    .keys = keys_of(module, row, arena), .key_count = row->keys_count,
  };
}

const HandlerPlan *plan_handlers(const Module *module, Arena *arena)
{
  HandlerPlan *plans = ARENA_ARRAY(arena, HandlerPlan, module->Handler_count);
  for (uint32_t i = 0; i < module->Handler_count; i++) plans[i] = plan_handler(module, i, arena);
  return plans;
}
