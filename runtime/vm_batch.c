/*
 * vm_batch.c - predicates of events, over batches.
 */
#include <string.h>

#include "runtime/vm_columns.h"

enum { BITS = 32 }; /* predicates that have bits in an event */

/* A square of eight times eight bits, a byte a row, mirrored at its diagonal.  Henry S. Warren,
 * Hacker's Delight, 2nd edition, section 7-3. */
static uint64_t mirrored(uint64_t x)
{
  uint64_t t = (x ^ x >> 7) & UINT64_C(0x00aa00aa00aa00aa);
  x ^= t ^ t << 7;
  t = (x ^ x >> 14) & UINT64_C(0x0000cccc0000cccc);
  x ^= t ^ t << 14;
  t = (x ^ x >> 28) & UINT64_C(0x00000000f0f0f0f0);
  return x ^ t ^ t << 28;
}

/* From words by predicate, a bit for each event, to words by event, a bit for each predicate. */
static void turn(const uint64_t *by_predicate, uint32_t predicates, uint32_t *by_event)
{
  memset(by_event, 0, sizeof *by_event * LANES);
  for (uint32_t from = 0; from < predicates; from += 8)
    for (uint32_t lane = 0; lane < LANES; lane += 8) {
      uint64_t square = 0;
      for (uint32_t k = 0; k < 8; k++) square |= (by_predicate[from + k] >> lane & 255) << 8 * k;
      square = mirrored(square);
      for (uint32_t i = 0; i < 8; i++) by_event[lane + i] |= (uint32_t)(square >> 8 * i & 255) << from;
    }
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

static void run_one(Lanes *lanes, uint32_t number)
{
  const VmFunction *function = &lanes->plan->program->functions[number];
  if (function->columns)
    columns_run(lanes, function);
  else
    run_alone(lanes, number);
}

static void run_block(Lanes *lanes, const EventRow *event, EventData *const *events)
{
  uint32_t predicates = event->predicates_count < BITS ? event->predicates_count : BITS, answers[LANES];
  uint64_t truths[BITS] = {0}, faults[BITS] = {0}, any = 0;
  lanes->all = ~UINT64_C(0) >> (LANES - lanes->count);
  for (uint32_t i = 0; i < lanes->count; i++) lanes->rows[i] = (const uint8_t *)events[i];
  for (uint32_t k = 0; k < predicates; k++) {
    run_one(lanes, lanes->plan->module->Predicate[event->predicates + k].test);
    truths[k] = lanes->truths;
    faults[k] = lanes->faults;
    any |= lanes->faults;
  }
  turn(truths, predicates, answers);
  for (uint32_t i = 0; i < lanes->count; i++) events[i]->truths = answers[i];
  turn(faults, any ? predicates : 0, answers);
  for (uint32_t i = 0; i < lanes->count; i++) events[i]->faults = answers[i];
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
