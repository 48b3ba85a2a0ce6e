/*
 * vm_batch.c - predicates of events, over batches.
 */
#include <string.h>

#include "runtime/vm.h"
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

/* From words by predicate, a bit for each event, to what each event holds of eight predicates. */
static void turn(const uint64_t *by_predicate, uint32_t predicates, uint8_t *by_event)
{
  if (predicates > 8) predicates = 8;
  for (uint32_t lane = 0; lane < LANES; lane += 8) {
    uint64_t square = 0;
    for (uint32_t k = 0; k < predicates; k++) square |= (by_predicate[k] >> lane & 255) << 8 * k;
    square = mirrored(square);
    memcpy(by_event + lane, &square, sizeof square); /* little-endian */
  }
}

/* Event by event: functions that are too large for columns. */
static void run_alone(Lanes *lanes, uint32_t function)
{
  Scene scene = {.plan = lanes->plan};
  lanes->truths = lanes->faults = 0;
  for (uint32_t i = 0; i < lanes->count; i++) {
    VmValue value = {0};
    scene.event = lanes->events[i];
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

typedef struct Answers {
  uint64_t truths[BITS], faults[BITS]; /* by predicate */
  uint64_t faulty;                     /* events with any fault */
} Answers;

static void give_truths(EventData *const *events, uint32_t count, const Answers *answers, uint32_t predicates)
{
  uint8_t eight[LANES];
  for (uint32_t from = 0; from < predicates; from += 8) {
    turn(answers->truths + from, predicates - from, eight);
    if (from == 0)
      for (uint32_t i = 0; i < count; i++) events[i]->truths = eight[i], events[i]->faults = 0;
    else
      for (uint32_t i = 0; i < count; i++) events[i]->truths |= (uint32_t)eight[i] << from;
  }
}

static void give_faults(EventData *const *events, uint32_t count, const Answers *answers, uint32_t predicates)
{
  uint8_t eight[LANES];
  for (uint32_t from = 0; from < predicates; from += 8) {
    turn(answers->faults + from, predicates - from, eight);
    for (uint32_t i = 0; i < count; i++) events[i]->faults |= (uint32_t)eight[i] << from;
  }
}

static void run_block(Lanes *lanes, const EventRow *event, EventData *const *events)
{
  uint32_t predicates = event->predicates_count < BITS ? event->predicates_count : BITS;
  Answers answers;
  answers.faulty = 0;
  lanes->all = ~UINT64_C(0) >> (LANES - lanes->count);
  lanes->events = events;
  for (uint32_t k = 0; k < predicates; k++) {
    run_one(lanes, lanes->plan->module->Predicate[event->predicates + k].test);
    answers.truths[k] = lanes->truths;
    answers.faults[k] = lanes->faults;
    answers.faulty |= lanes->faults;
  }
  give_truths(events, lanes->count, &answers, predicates);
  if (answers.faulty) give_faults(events, lanes->count, &answers, predicates);
}

void vm_predicates(const Plan *plan, uint32_t number, EventData *const *events, uint32_t count)
{
  const EventRow *event = &plan->module->Event[number];
  Lanes lanes;
  lanes.plan = plan;
  for (uint32_t i = 0; i < count; i += LANES) {
    lanes.count = count - i < LANES ? count - i : LANES;
    if (event->predicates_count > 0)
      run_block(&lanes, event, events + i);
    else
      for (uint32_t k = 0; k < lanes.count; k++) events[i + k]->truths = events[i + k]->faults = 0;
  }
}
