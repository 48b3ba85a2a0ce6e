/*
 * truths.c - predicates of events, many of one kind together.
 */
#include "runtime/truths.h"

#include <string.h>

#include "runtime/vm.h"

enum { TOGETHER = 64 };

typedef struct TruthBin {
  uint32_t count;
  EventData *rows[TOGETHER];
} TruthBin;

static size_t size_of(const Plan *plan)
{
  return plan->module->Event_count * sizeof(TruthBin);
}

void truths_init(Truths *truths, const Plan *plan, Mem *mem)
{
  *truths = (Truths){.mem = mem, .plan = plan};
  if (plan->module->Predicate_count == 0) return;
  truths->bins = mem_resize(mem, NULL, 0, size_of(plan));
  if (!truths->bins) mem_fail(mem);
  memset(truths->bins, 0, size_of(plan));
}

void truths_free(Truths *truths)
{
  if (truths->bins) mem_resize(truths->mem, truths->bins, size_of(truths->plan), 0);
  truths->bins = NULL;
}

static void empty(Truths *truths, uint32_t event)
{
  TruthBin *bin = &truths->bins[event];
  if (bin->count > 0) vm_predicates(truths->plan, event, bin->rows, bin->count);
  bin->count = 0;
}

void truths_find(Truths *truths, const EventBatch *batch)
{
  const Module *module = truths->plan->module;
  if (!truths->bins) return;
  for (uint32_t i = 0; i < batch->count; i++) {
    EventData *row = batch_event(batch, i);
    if (row->event == MOT_NONE || module->Event[row->event].predicates_count == 0) continue;
    TruthBin *bin = &truths->bins[row->event];
    bin->rows[bin->count++] = row;
    if (bin->count == TOGETHER) empty(truths, row->event);
  }
  for (uint32_t i = 0; i < module->Event_count; i++) empty(truths, i);
}
