/*
 * vm.c - what predicates cost, event by event and in batches.
 *
 *   vm MODULE   (of bench/vm.mot)
 *
 * Nanoseconds of processor time, the least of several rounds, over 64 events that stay in the cache.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/vm.h"

enum { EVENTS = 64, ROW = 256, ROUNDS = 40, TIMES = 4000 };

typedef struct Bench {
  Mem mem;
  Arena arena;
  jmp_buf oom;
  Module module;
  const Plan *plan;
  uint32_t event;
  EventData *events[EVENTS];
} Bench;

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void die(const char *why)
{
  fprintf(stderr, "vm: %s\n", why);
  exit(1);
}

/* ---- what is measured ---- */

static void read_module(Bench *bench, const char *path)
{
  enum { SIZE = 1 << 20 };
  void *bytes = arena_alloc(&bench->arena, SIZE);
  FILE *file = fopen(path, "rb");
  size_t size = file ? fread(bytes, 1, SIZE, file) : 0;
  ModuleError error = {"cannot be read"};
  if (file) fclose(file);
  if (size == 0 || !module_read(&bench->module, bytes, size, &bench->arena, &error)) die(error.text);
  bench->plan = plan_new(&bench->module, &bench->arena);
  while (bench->event < bench->module.Event_count && bench->module.Event[bench->event].predicates_count == 0)
    bench->event++;
  if (bench->event == bench->module.Event_count) die("no predicates");
}

static EventValue some_value(const FieldRow *field, EventData *row, uint32_t i)
{
  uint32_t at = ROW - 8 * (i + 1);
  switch (field->type) {
  case VALUE_NUMBER: return (EventValue){.f = rand() / (double)RAND_MAX * 2};
  case VALUE_TEXT: case VALUE_ID:
    memcpy((char *)row + at, rand() % 2 ? "a7" : "b9", 2);
    return (EventValue){.s = {at, 2}};
  case VALUE_BOOL: return (EventValue){.i = rand() % 2};
  case VALUE_LISTED: return (EventValue){.i = rand() % 3};
  case VALUE_DURATION: return (EventValue){.i = rand() % 600 * INT64_C(1000000)};
  default: return (EventValue){.i = rand() % 6000};
  }
}

static void make_events(Bench *bench)
{
  const EventRow *event = &bench->module.Event[bench->event];
  uint8_t *rows = arena_alloc(&bench->arena, EVENTS * ROW);
  for (uint32_t i = 0; i < EVENTS; i++) {
    EventData *row = bench->events[i] = (EventData *)(void *)(rows + i * ROW);
    row->event = bench->event;
    for (uint32_t k = 0; k < event->fields_count; k++) {
      row->values[k] = some_value(&bench->module.Field[event->fields + k], row, k);
      ((uint64_t *)(void *)(row->values + event->fields_count))[0] |= UINT64_C(1) << k;
    }
  }
}

/* ---- measuring ---- */

static double alone(const Bench *bench, uint32_t function, uint32_t *ret_truths)
{
  double least = 1e18;
  Scene scene = {.plan = bench->plan};
  for (int round = 0; round < ROUNDS; round++) {
    double start = now();
    *ret_truths = 0;
    for (int i = 0; i < TIMES * EVENTS; i++) {
      VmValue value;
      scene.event = bench->events[i % EVENTS];
      bool holds = vm_run(&scene, function, &value) == VM_DONE && value.i;
      if (i < EVENTS) *ret_truths += holds;
    }
    double took = (now() - start) / (TIMES * EVENTS);
    if (took < least) least = took;
  }
  return least;
}

static double together(const Bench *bench)
{
  double least = 1e18;
  for (int round = 0; round < ROUNDS; round++) {
    double start = now();
    for (int i = 0; i < TIMES; i++) vm_predicates(bench->plan, bench->event, bench->events, EVENTS);
    double took = (now() - start) / (TIMES * EVENTS);
    if (took < least) least = took;
  }
  return least;
}

/* The event's predicates alone, in batches, by letting it have no others. */
static double column(Bench *bench, uint32_t predicate)
{
  EventRow *event = (EventRow *)&bench->module.Event[bench->event];
  EventRow all = *event;
  event->predicates += predicate;
  event->predicates_count = 1;
  double took = together(bench);
  *event = all;
  return took;
}

int main(int argc, char **argv)
{
  Bench bench = {.event = 0};
  if (argc < 2) die("wants the module of bench/vm.mot");
  if (setjmp(bench.oom)) die("out of memory");
  mem_init(&bench.mem, NULL, NULL);
  bench.mem.oom = &bench.oom;
  arena_init(&bench.arena, &bench.mem);
  read_module(&bench, argv[1]);
  make_events(&bench);
  const EventRow *event = &bench.module.Event[bench.event];
  printf("predicate   instructions   holds   ns alone   ns in batches\n");
  for (uint32_t i = 0; i < event->predicates_count; i++) {
    uint32_t function = bench.module.Predicate[event->predicates + i].test, truths;
    double one = alone(&bench, function, &truths);
    printf("%9u   %12u   %2u/%u   %8.1f   %13.1f\n", i, bench.module.Function[function].count, truths, EVENTS,
           one, column(&bench, i));
  }
  printf("all of an event in batches: %.1f ns\n", together(&bench));
  arena_free(&bench.arena);
  return 0;
}
