/*
 * vm_batch.c - predicates of events, over batches.
 */
#include "runtime/vm_code.h"

void vm_predicates(const Plan *plan, uint32_t number, EventData *const *events, uint32_t count)
{
  const EventRow *event = &plan->module->Event[number];
  uint32_t predicates = event->predicates_count < 32 ? event->predicates_count : 32;
  Scene scene = {.plan = plan};
  for (uint32_t i = 0; i < count; i++) {
    scene.event = events[i];
    scene.now = events[i]->time;
    events[i]->truths = events[i]->faults = 0;
    for (uint32_t k = 0; k < predicates; k++) {
      VmValue value = {0};
      VmStatus status = vm_run(&scene, plan->module->Predicate[event->predicates + k].test, &value);
      events[i]->truths |= (uint32_t)(status == VM_DONE && value.i) << k;
      events[i]->faults |= (uint32_t)(status == VM_FAULT) << k;
    }
  }
}
