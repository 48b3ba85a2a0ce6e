/*
 * gen_handler.c - what an experience does on each trigger: the lines that the
 * other parts have asked for, in the one order in which they run.
 */
#include <stdlib.h>

#include "compiler/gen_parts.h"

void handler_step(Gen *g, ExperiencePlan *plan, uint32_t trigger, HandlerOrder order, uint8_t op,
                  uint32_t function, uint32_t of)
{
  const TriggerRow *row = &g->out->Trigger.data[trigger];
  uint32_t place = row->kind == TRIGGER_EVENT ? row->event : MOT_NONE;
  StepUse step = {place, trigger, order, plan->steps.len, function, of, op};
  *VEC_PUSH(g->arena, &plan->steps) = step;
}

static int by_order(const void *a, const void *b)
{
  const StepUse *x = a, *y = b;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  if (x->trigger != y->trigger) return x->trigger < y->trigger ? -1 : 1;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

static void write_keys(Gen *g, const Experience *experience, uint32_t event, HandlerRow *row)
{
  row->keys = g->out->KeyField.len;
  if (event == MOT_NONE) return;
  row->keys_count = experience->keys.len;
  for (uint32_t i = 0; i < experience->keys.len; i++) {
    const Field *field = field_named(g->events[event].event, experience->keys.data[i].name);
    if (field) use_field(g, field);
    *VEC_PUSH(g->arena, &g->out->KeyField) = (KeyFieldRow){field ? field->row : MOT_NONE, 0};
  }
}

static void write_handler(Gen *g, const ExperiencePlan *plan, uint32_t from, uint32_t to)
{
  uint32_t trigger = plan->steps.data[from].trigger;
  TriggerRow of = g->out->Trigger.data[trigger];
  HandlerRow row = {.experience = plan->experience->row, .trigger = trigger};
  Fn *fn = fn_new(g, FUNCTION_HANDLER, text_of(g, plan->experience->name), plan->experience->span);
  fn->experience = plan->experience;
  for (uint32_t i = from; i < to; i++) {
    const StepUse *step = &plan->steps.data[i];
    fn_emit(fn, step->op, 0, step->function, step->of, 0);
  }
  fn_emit(fn, OP_RET, 0, 0, 0, 0);
  row.code = fn_finish(fn);
  write_keys(g, plan->experience, of.event, &row);
  *VEC_PUSH(g->arena, &g->out->Handler) = row;
}

void gen_handlers(Gen *g, ExperiencePlan *plan)
{
  if (plan->steps.len > 1) qsort(plan->steps.data, plan->steps.len, sizeof *plan->steps.data, by_order);
  for (uint32_t i = 0, end; i < plan->steps.len; i = end) {
    end = i;
    while (end < plan->steps.len && plan->steps.data[end].trigger == plan->steps.data[i].trigger) end++;
    write_handler(g, plan, i, end);
  }
}
