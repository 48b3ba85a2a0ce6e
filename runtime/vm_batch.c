/*
 * vm_batch.c - predicates of events, over batches.
 */
#include <string.h>

#include "runtime/vm_columns.h"

/* What the predicates of one block of events say, by event. */
typedef struct Answers {
  uint32_t truths[LANES], faults[LANES];
} Answers;

static void note(uint32_t *words, uint64_t lanes, uint32_t predicate)
{
  for (; lanes; lanes &= lanes - 1) words[__builtin_ctzll(lanes)] |= 1u << predicate;
}

/* Event by event: functions that are too large for columns. */
static void run_alone(Lanes *lanes, uint32_t function)
{
  Scene scene = {.plan = lanes->plan};
  lanes->truths = lanes->faults = 0;
  for (uint32_t i = 0; i < lanes->count; i++) {
    VmValue value = {0};
    scene.event = (const EventData *)(const void *)lanes->rows[i];
    scene.now = scene.event->time;
    VmStatus status = vm_run(&scene, function, &value);
    lanes->truths |= (uint64_t)(status == VM_DONE && value.i) << i;
    lanes->faults |= (uint64_t)(status == VM_FAULT) << i;
  }
}

static void run_block(Lanes *lanes, const EventRow *event, EventData *const *events)
{
  const Plan *plan = lanes->plan;
  uint32_t predicates = event->predicates_count < 32 ? event->predicates_count : 32;
  Answers answers = {0};
  lanes->all = ~UINT64_C(0) >> (LANES - lanes->count);
  for (uint32_t i = 0; i < lanes->count; i++) lanes->rows[i] = (const uint8_t *)events[i];
  for (uint32_t k = 0; k < predicates; k++) {
    uint32_t number = plan->module->Predicate[event->predicates + k].test;
    const VmFunction *function = &plan->program->functions[number];
    if (function->columns)
      columns_run(lanes, function);
    else
      run_alone(lanes, number);
    note(answers.truths, lanes->truths, k);
    note(answers.faults, lanes->faults, k);
  }
  for (uint32_t i = 0; i < lanes->count; i++) {
    events[i]->truths = answers.truths[i];
    events[i]->faults = answers.faults[i];
  }
}

void vm_predicates(const Plan *plan, uint32_t number, EventData *const *events, uint32_t count)
{
  Lanes lanes;
  lanes.plan = plan;
  memset(lanes.pending, 0, sizeof lanes.pending);
  for (uint32_t i = 0; i < count; i += LANES) {
    lanes.count = count - i < LANES ? count - i : LANES;
    run_block(&lanes, &plan->module->Event[number], events + i);
  }
}
