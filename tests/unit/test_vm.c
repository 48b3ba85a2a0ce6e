/* The interpreter, instruction by instruction: what each computes, when it faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "runtime/vm.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

enum { FIELDS = 70, CONSTANTS = 70000, SLOTS = 10, RECORD = 128, START = 1000000 };

/* A module of one experience, one MOT, one kind of event and the function that is tried. */
typedef struct Bench {
  Module module;
  Plan plan;
  ExperiencePlan experience_plan;
  ExperienceRow experience;
  MotRow mot;
  EventRow event;
  FunctionRow functions[2];
  ConstantRow *constants;
  PredicateRow predicates[33];
  HistoryRow history;
  Heap texts;
  TextDrops drops;
  Scene scene;
  uint64_t journey[RECORD / 8], moment[RECORD / 8], outcome[RECORD / 8];
  uint64_t row[256];
} Bench;

/* One of each storage. */
static const SlotRow slots[SLOTS] = {
  {.storage = STORAGE_BOOL, .offset = 80, .size = 1}, {.storage = STORAGE_U8, .offset = 81, .size = 1},
  {.storage = STORAGE_U16, .offset = 82, .size = 2},  {.storage = STORAGE_U32, .offset = 84, .size = 4},
  {.storage = STORAGE_I64, .offset = 88, .size = 8},  {.storage = STORAGE_F64, .offset = 96, .size = 8},
  {.storage = STORAGE_STRING, .offset = 104, .size = 4}, {.storage = STORAGE_T48, .offset = 108, .size = 6},
  {.storage = STORAGE_I64, .offset = 120, .size = 8},
};
enum { BOOL, U8, U16, U32, I64, F64, STRING, T48, TOTAL };

static const char strings[] = "\0yes\0no\0yes";
static const uint32_t string_offsets[] = {0, 1, 5, 8, 12};

static FunctionRow row_of(uint32_t kind, uint32_t first, uint32_t count)
{
  return (FunctionRow){.kind = kind, .first = first, .count = count, .registers = 256, .correction = MOT_NONE,
                       .source_sco = MOT_NONE};
}

static Bench *bench_new(Arena *arena)
{
  Bench *b = ARENA_NEW(arena, Bench);
  b->constants = ARENA_ARRAY(arena, ConstantRow, CONSTANTS);
  b->experience = (ExperienceRow){.slots_count = SLOTS, .keys_count = 2, .sco = MOT_NONE};
  b->mot = (MotRow){.slots_count = SLOTS, .condition = MOT_NONE};
  b->event = (EventRow){.fields_count = FIELDS, .predicates_count = 33};
  b->predicates[32].test = 1;
  b->history = (HistoryRow){.aggregate = AGGREGATE_SUM, .type = VALUE_INT, .store = I64, .total = TOTAL,
                            .count = U32};
  b->module = (Module){.Experience = &b->experience, .Mot = &b->mot, .Event = &b->event, .Slot = slots,
                       .Function = b->functions, .Constant = b->constants, .Predicate = b->predicates,
                       .History = &b->history, .Constant_count = CONSTANTS, .Function_count = 1,
                       .string_offsets = string_offsets, .string_bytes = strings, .string_count = 4};
  b->experience_plan.further = 124;
  b->plan = (Plan){.module = &b->module, .experiences = &b->experience_plan};
  heap_init(&b->texts, arena->mem);
  JourneyHeader *journey = (JourneyHeader *)(void *)b->journey;
  journey->start = START;
  EventData *event = (EventData *)(void *)b->row;
  event->time = 77;
  b->scene = (Scene){.plan = &b->plan, .texts = &b->texts, .drops = &b->drops, .now = 99, .event = event,
                     .journey = journey, .journey_slots = slots, .key = "k7", .key_len = 2,
                     .subject = {.record = (uint8_t *)b->moment, .slots = slots, .opened = 5},
                     .outcome = (uint8_t *)b->outcome, .outcome_slots = slots, .outcome_opened = 6,
                     .outcome_start = 2 * START, .decided = 30};
  return b;
}

static void bench_free(Bench *b)
{
  mem_resize(b->texts.mem, b->drops.texts, sizeof(Handle) * b->drops.room, 0);
  heap_free_all(&b->texts);
}

/* Runs `code`; NOW before it keeps it from being answered beforehand. */
static VmStatus run(Arena *arena, Bench *b, const Instr *code, uint32_t count, VmValue *ret)
{
  Instr *all = ARENA_ARRAY(arena, Instr, count + 4);
  all[0] = (Instr){OP_NOW, 255, 0, 0, 0};
  memcpy(all + 1, code, sizeof *code * count);
  b->functions[0] = row_of(FUNCTION_TEST, 0, count + 1);
  b->functions[1] = row_of(FUNCTION_PREDICATE, count + 1, 2);
  all[count + 1] = (Instr){OP_EV_B, 0, 1, 0, 0};
  all[count + 2] = (Instr){OP_RET_B, 0, 0, 0, 0};
  b->module.code = all;
  b->module.code_count = count + 3;
  b->module.Function_count = 2;
  b->plan.program = vm_program(&b->module, arena);
  return vm_run(&b->scene, 0, ret);
}

#define RUN(ret, ...) \
  run(*state, b, (const Instr[]){__VA_ARGS__}, sizeof((const Instr[]){__VA_ARGS__}) / sizeof(Instr), ret)

static void constant_i(Bench *b, uint32_t at, int64_t value) { b->constants[at].bits = value; }
static void constant_f(Bench *b, uint32_t at, double value) { memcpy(&b->constants[at].bits, &value, 8); }

/* ---- arithmetic ---- */

typedef struct WholeCase {
  uint8_t op;
  int64_t a, b;
  bool faults;
  int64_t result;
} WholeCase;

static void test_integers_fault_beyond_64_bits(void **state)
{
  static const WholeCase cases[] = {
    {OP_ADD_I, 2, 3, false, 5},
    {OP_ADD_I, INT64_MAX, 1, true, 0},
    {OP_ADD_I, INT64_MIN, -1, true, 0},
    {OP_ADD_I, INT64_MAX, INT64_MIN, false, -1},
    {OP_SUB_I, 2, 3, false, -1},
    {OP_SUB_I, INT64_MIN, 1, true, 0},
    {OP_SUB_I, 0, INT64_MIN, true, 0},
    {OP_SUB_I, -1, INT64_MIN, false, INT64_MAX},
    {OP_MUL_I, -7, 6, false, -42},
    {OP_MUL_I, INT64_MIN, -1, true, 0},
    {OP_MUL_I, INT64_C(1) << 32, INT64_C(1) << 31, true, 0},
    {OP_MUL_I, INT64_C(1) << 32, -(INT64_C(1) << 31), false, INT64_MIN},
    {OP_NEG_I, 7, 0, false, -7},
    {OP_NEG_I, INT64_MAX, 0, false, -INT64_MAX},
    {OP_NEG_I, INT64_MIN, 0, true, 0},
  };
  Bench *b = bench_new(*state);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    VmValue ret = {.i = -99};
    constant_i(b, 0, cases[i].a);
    constant_i(b, 69999, cases[i].b);
    VmStatus status = RUN(&ret, {OP_K_I, 1, 0, 0, 0}, {OP_K_I, 2, 69999 - 65536, 1, 0},
                          {cases[i].op, 3, 1, cases[i].op == OP_NEG_I ? 0 : 2, 0}, {OP_RET_I, 3, 0, 0, 0});
    assert_int_equal(status, cases[i].faults ? VM_FAULT : VM_DONE);
    if (!cases[i].faults) assert_int_equal(ret.i, cases[i].result);
  }
}

typedef struct RealCase {
  uint8_t op;
  double a, b;
  bool faults;
  double result;
} RealCase;

static void test_numbers_fault_beyond_the_finite(void **state)
{
  static const RealCase cases[] = {
    {OP_ADD_F, 0.5, 0.25, false, 0.75},
    {OP_ADD_F, 1.7e308, 1.7e308, true, 0},
    {OP_SUB_F, -1.7e308, 1.7e308, true, 0},
    {OP_SUB_F, 1.7e308, 1.7e308, false, 0},
    {OP_MUL_F, 1e200, 1e200, true, 0},
    {OP_MUL_F, 1e-200, 1e-200, false, 0},
    {OP_NEG_F, 2.5, 0, false, -2.5},
    {OP_DIV_FF, 1, 4, false, 0.25},
    {OP_DIV_FF, 1e200, 1e-200, true, 0},
    {OP_DIV_FF, 5, 0, false, 0},
    {OP_DIV_FF, 5, -0.0, false, 0},
  };
  Bench *b = bench_new(*state);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    VmValue ret = {.f = -99};
    constant_f(b, 0, cases[i].a);
    constant_f(b, 1, cases[i].b);
    bool divides = cases[i].op == OP_DIV_FF;
    VmStatus status = RUN(&ret, {OP_K_F, 1, 0, 0, 0}, {OP_K_F, 2, 1, 0, 0},
                          {cases[i].op, 3, 1, cases[i].op == OP_NEG_F ? 0 : 2, divides ? 4 : 0},
                          {OP_RET_F, 3, 0, 0, 0});
    assert_int_equal(status, cases[i].faults ? VM_FAULT : VM_DONE);
    if (!cases[i].faults) assert_true(ret.f == cases[i].result);
    if (!divides || cases[i].faults) continue;
    RUN(&ret, {OP_K_F, 1, 0, 0, 0}, {OP_K_F, 2, 1, 0, 0}, {OP_DIV_FF, 3, 1, 2, 4}, {OP_RET_B, 4, 0, 0, 0});
    assert_int_equal(ret.i, cases[i].b != 0);
  }
}

static void test_integers_by_integers(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  constant_i(b, 0, 7);
  constant_i(b, 1, -2);
  constant_i(b, 2, 0);
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 0, 0, 0}, {OP_K_I, 1, 1, 0, 0}, {OP_DIV_II, 2, 0, 1, 3},
                       {OP_RET_F, 2, 0, 0, 0}), VM_DONE);
  assert_true(ret.f == -3.5);
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 0, 0, 0}, {OP_K_I, 1, 2, 0, 0}, {OP_DIV_II, 2, 0, 1, 1},
                       {OP_RET_B, 1, 0, 0, 0}), VM_DONE);
  assert_int_equal(ret.i, 0);
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 1, 0, 0}, {OP_I_TO_F, 0, 0, 0, 0}, {OP_RET_F, 0, 0, 0, 0}), VM_DONE);
  assert_true(ret.f == -2.0);
}

/* By definition: the nearest, of two the even one; whole factors are exact. */
static bool defined(bool times, int64_t amount, double number, int64_t *ret)
{
  if (times && floor(number) == number && fabs(number) < 9e15)
    return !__builtin_mul_overflow(amount, (int64_t)number, ret);
  double value = nearbyint(times ? (double)amount * number : (double)amount / number);
  if (!(fabs(value) < 9223372036854775808.0)) return false;
  *ret = (int64_t)value;
  return true;
}

static void try_scaling(Arena *arena, Bench *b, bool times, int64_t amount, double number)
{
  VmValue ret = {.i = -99};
  int64_t wanted = 0;
  const Instr code[] = {{OP_K_I, 0, 0, 0, 0}, {OP_K_F, 1, 1, 0, 0},
                        {times ? OP_MUL_IF : OP_DIV_IF, 2, 0, 1, times ? 0 : 3}, {OP_RET_I, 2, 0, 0, 0}};
  constant_i(b, 0, amount);
  constant_f(b, 1, number);
  VmStatus status = run(arena, b, code, 4, &ret);
  if (!times && number == 0) {
    assert_int_equal(status, VM_DONE);
    assert_int_equal(ret.i, 0);
  } else if (defined(times, amount, number, &wanted)) {
    assert_int_equal(status, VM_DONE);
    assert_int_equal(ret.i, wanted);
  } else {
    assert_int_equal(status, VM_FAULT);
  }
}

static void test_money_times_and_by_numbers_is_half_to_even(void **state)
{
  static const int64_t amounts[] = {0, 1, -1, 3, 5, -5, 12345678901, 9007199254740993, -9007199254740993,
                                    INT64_MAX, INT64_MIN, INT64_MAX - 1};
  static const double numbers[] = {0, -0.0, 0.5, -0.5, 1.5, 2.5, 1, -1, 3, 1.0 / 3, 1e-300, 1e300, 9e15,
                                   8.9e15, 1.0000000000000002, 0.1, 2, 1e10, -1e10, 0.9999999999999999};
  Bench *b = bench_new(*state);
  for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
      try_scaling(*state, b, true, amounts[i], numbers[k]);
      try_scaling(*state, b, false, amounts[i], numbers[k]);
    }
  srand(2);
  for (int i = 0; i < 3000; i++) {
    int64_t amount = (int64_t)((uint64_t)rand() << 33 ^ (uint64_t)rand() << 11) >> rand() % 64;
    double number = (rand() - RAND_MAX / 2) / (double)(1 + (rand() >> rand() % 30));
    try_scaling(*state, b, i % 2, amount, rand() % 4 ? number : floor(number * 4) / 2);
  }
}

/* ---- comparison and truth ---- */

static bool compared(Arena *arena, Bench *b, uint8_t op, uint8_t load)
{
  VmValue ret = {0};
  const Instr code[] = {{load, 0, 0, 0, 0}, {load, 1, 1, 0, 0}, {op, 2, 0, 1, 0}, {OP_RET_B, 2, 0, 0, 0}};
  assert_int_equal(run(arena, b, code, 4, &ret), VM_DONE);
  return ret.i;
}

static void test_comparisons(void **state)
{
  static const int64_t whole[][2] = {{1, 2}, {2, 2}, {2, 1}, {INT64_MIN, INT64_MAX}, {INT64_MAX, INT64_MIN}};
  static const double real[][2] = {{1.5, 2}, {2, 2}, {2, 1.5}, {-0.0, 0.0}, {-1e300, 1e300}};
  Bench *b = bench_new(*state);
  for (size_t i = 0; i < 5; i++) {
    for (uint32_t k = 0; k < 2; k++) constant_i(b, k, whole[i][k]);
    assert_int_equal(compared(*state, b, OP_LT_I, OP_K_I), whole[i][0] < whole[i][1]);
    assert_int_equal(compared(*state, b, OP_LE_I, OP_K_I), whole[i][0] <= whole[i][1]);
    assert_int_equal(compared(*state, b, OP_EQ_I, OP_K_I), whole[i][0] == whole[i][1]);
    for (uint32_t k = 0; k < 2; k++) constant_f(b, k, real[i][k]);
    assert_int_equal(compared(*state, b, OP_LT_F, OP_K_F), real[i][0] < real[i][1]);
    assert_int_equal(compared(*state, b, OP_LE_F, OP_K_F), real[i][0] <= real[i][1]);
    assert_int_equal(compared(*state, b, OP_EQ_F, OP_K_F), real[i][0] == real[i][1]);
  }
  for (uint16_t i = 0; i < 2; i++)
    for (uint16_t k = 0; k < 2; k++) {
      VmValue ret;
      RUN(&ret, {OP_K_B, 0, i, 0, 0}, {OP_K_B, 1, k, 0, 0}, {OP_EQ_B, 0, 0, 1, 0}, {OP_NOT_B, 1, 0, 0, 0},
          {OP_RET_B, 1, 0, 0, 0});
      assert_int_equal(ret.i, i != k);
    }
  for (uint16_t i = 0; i < 4; i++) {
    VmValue ret;
    RUN(&ret, {OP_K_S, 0, 1, 0, 0}, {OP_K_S, 1, i, 0, 0}, {OP_EQ_S, 2, 0, 1, 0}, {OP_RET_B, 2, 0, 0, 0});
    assert_int_equal(ret.i, i == 1 || i == 3);
  }
}

static int64_t joined(Arena *arena, Bench *b, uint8_t op, int left, int right)
{
  VmValue ret = {.i = -1};
  /* Verdicts come from leaves; any register of the class does. */
  const Instr code[] = {{OP_K_I, 0, 0, 0, 0}, {OP_K_I, 1, 1, 0, 0}, {op, 2, 0, op == OP_NOT_T ? 0 : 1, 0},
                        {OP_RET_T, 2, 0, 0, 0}};
  constant_i(b, 0, left);
  constant_i(b, 1, right);
  assert_int_equal(run(arena, b, code, 4, &ret), VM_DONE);
  return ret.i;
}

static void test_verdicts_are_joined_by_the_tables(void **state)
{
  enum { O = VERDICT_OPEN, T = VERDICT_TRUE, F = VERDICT_FALSE };
  static const int all[] = {O, T, F}, and[3][3] = {{O, O, F}, {O, T, F}, {F, F, F}};
  static const int or[3][3] = {{O, T, O}, {T, T, T}, {O, T, F}}, not[] = {O, F, T};
  Bench *b = bench_new(*state);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(joined(*state, b, OP_NOT_T, all[i], O), not[i]);
    for (int k = 0; k < 3; k++) {
      assert_int_equal(joined(*state, b, OP_AND_T, all[i], all[k]), and[i][k]);
      assert_int_equal(joined(*state, b, OP_OR_T, all[i], all[k]), or[i][k]);
    }
  }
}

static void test_jumps(void **state)
{
  Bench *b = bench_new(*state);
  constant_i(b, 1, 11);
  constant_i(b, 2, 12);
  for (uint16_t truth = 0; truth < 2; truth++)
    for (int on_true = 0; on_true < 2; on_true++) {
      VmValue ret;
      RUN(&ret, {OP_K_B, 0, truth, 0, 0}, {on_true ? OP_JT : OP_JF, 0, 0, 0, 3}, {OP_K_I, 1, 1, 0, 0},
          {OP_JMP, 0, 0, 0, 2}, {OP_K_I, 1, 2, 0, 0}, {OP_MOV_I, 2, 1, 0, 0}, {OP_RET_I, 2, 0, 0, 0});
      assert_int_equal(ret.i, truth == on_true ? 12 : 11);
    }
}

static void test_faults_end_what_stands_between(void **state)
{
  Bench *b = bench_new(*state);
  uint64_t faults = 0;
  VmValue ret;
  constant_i(b, 1, 7);
  constant_i(b, 2, INT64_MAX);
  b->scene.faults = &faults;
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 1, 0, 0}, {OP_TRY, 0, 0, 0, 3}, {OP_K_I, 1, 2, 0, 0},
                       {OP_ADD_I, 0, 1, 1, 0}, {OP_RET_I, 0, 0, 0, 0}), VM_DONE);
  assert_int_equal(ret.i, 7);
  assert_int_equal(faults, 1);
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 1, 0, 0}, {OP_TRY, 0, 0, 0, 2}, {OP_FAULT, 0, 0, 0, 0},
                       {OP_TRY, 0, 0, 0, 2}, {OP_FAULT, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0}), VM_DONE);
  assert_int_equal(faults, 3);
  /* where it leads, and behind that, a fault ends the function */
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 2, 0, 0}, {OP_TRY, 0, 0, 0, 2}, {OP_FAULT, 0, 0, 0, 0},
                       {OP_ADD_I, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0}), VM_FAULT);
  assert_int_equal(faults, 4);
  b->scene.faults = NULL;
  assert_int_equal(RUN(&ret, {OP_TRY, 0, 0, 0, 2}, {OP_FAULT, 0, 0, 0, 0}, {OP_RET, 0, 0, 0, 0}), VM_DONE);
}

/* Joined, the comparison would leave a register unwritten that is read after the fault. */
static void test_what_is_read_after_a_fault(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  constant_i(b, 1, 7);
  constant_i(b, 2, INT64_MAX);
  assert_int_equal(RUN(&ret, {OP_K_I, 1, 2, 0, 0}, {OP_K_I, 0, 2, 0, 0}, {OP_TRY, 0, 0, 0, 5},
                       {OP_K_I, 0, 1, 0, 0}, {OP_EQ_I, 2, 0, 1, 0}, {OP_ADD_I, 1, 1, 1, 0},
                       {OP_K_I, 0, 1, 0, 0}, {OP_RET_I, 0, 0, 0, 0}), VM_DONE);
  assert_int_equal(ret.i, 7);
}

/* ---- what is at hand ---- */

static void test_fields_of_the_event(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  EventData *event = (EventData *)(void *)b->row;
  event->values[69].i = 1234;
  event->values[3].f = 2.5;
  event->values[4].s = (EventText){1000, 3};
  event->values[1].i = 1;
  memcpy((char *)event + 1000, "abc", 3);
  uint64_t *known = (uint64_t *)(void *)(event->values + FIELDS);
  known[1] = UINT64_C(1) << 5;
  assert_int_equal(RUN(&ret, {OP_EV_I, 0, 69, 0, 0}, {OP_RET_I, 0, 0, 0, 0}), VM_DONE);
  assert_int_equal(ret.i, 1234);
  RUN(&ret, {OP_EV_F, 0, 3, 0, 0}, {OP_MOV_F, 1, 0, 0, 0}, {OP_RET_F, 1, 0, 0, 0});
  assert_true(ret.f == 2.5);
  RUN(&ret, {OP_EV_S, 0, 4, 0, 0}, {OP_MOV_S, 1, 0, 0, 0}, {OP_RET_S, 1, 0, 0, 0});
  assert_int_equal(ret.s.len, 3);
  assert_memory_equal(ret.s.text, "abc", 3);
  RUN(&ret, {OP_EV_B, 0, 1, 0, 0}, {OP_MOV_B, 1, 0, 0, 0}, {OP_RET_B, 1, 0, 0, 0});
  assert_int_equal(ret.i, 1);
  for (uint16_t field = 0; field < FIELDS; field++) {
    RUN(&ret, {OP_EV_KNOWN, 0, field, 0, 0}, {OP_RET_B, 0, 0, 0, 0});
    assert_int_equal(ret.i, field == 69);
  }
}

static void test_instants_at_hand(void **state)
{
  static const struct { uint8_t op; int64_t instant; } cases[] = {
    {OP_EV_TIME, 77}, {OP_NOW, 99}, {OP_J_START, START}, {OP_M_OPENED, 5}, {OP_O_OPENED, 6}, {OP_M_TOOK, 25},
  };
  Bench *b = bench_new(*state);
  VmValue ret;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    RUN(&ret, {cases[i].op, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0});
    assert_int_equal(ret.i, cases[i].instant);
  }
  b->scene.event = NULL; /* an outcome: its time is that of its decision */
  RUN(&ret, {OP_EV_TIME, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0});
  assert_int_equal(ret.i, 99);
}

static void test_bits_of_predicates(void **state)
{
  Bench *b = bench_new(*state);
  EventData *event = (EventData *)(void *)b->row;
  VmValue ret;
  event->truths = 1u << 31 | 1;
  event->faults = 4;
  for (uint16_t i = 0; i < 32; i++) {
    VmStatus status = RUN(&ret, {OP_EV_BIT, 0, i, 0, 0}, {OP_RET_B, 0, 0, 0, 0});
    assert_int_equal(status, i == 2 ? VM_FAULT : VM_DONE);
    if (i != 2) assert_int_equal(ret.i, i == 0 || i == 31);
  }
  for (int64_t truth = 0; truth < 2; truth++) { /* the last has no bit and is run */
    event->values[1].i = truth;
    assert_int_equal(RUN(&ret, {OP_EV_BIT, 0, 32, 0, 0}, {OP_RET_B, 0, 0, 0, 0}), VM_DONE);
    assert_int_equal(ret.i, truth);
  }
}

/* ---- records ---- */

static void test_slots_of_every_storage(void **state)
{
  static const struct { uint16_t slot; int64_t value; } cases[] = {
    {U8, 255}, {U16, 65535}, {U32, 4294967295}, {I64, -5}, {T48, START + 17}, {T48, INSTANT_NONE},
  };
  Bench *b = bench_new(*state);
  VmValue ret;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint16_t slot = cases[i].slot;
    constant_i(b, 0, cases[i].value);
    RUN(&ret, {OP_K_I, 0, 0, 0, 0}, {OP_JS_I, 0, slot, 0, 0}, {OP_JL_I, 1, slot, 0, 0},
        {OP_RET_I, 1, 0, 0, 0});
    assert_int_equal(ret.i, cases[i].value);
    RUN(&ret, {OP_MS_I, 255, slot == T48 ? I64 : slot, 0, 0}, {OP_K_I, 0, 0, 0, 0}, {OP_MS_I, 0, slot, 0, 0},
        {OP_ML_I, 1, slot, 0, 0}, {OP_RET_I, 1, 0, 0, 0});
    assert_int_equal(ret.i, cases[i].value);
    memcpy(b->outcome, b->journey, sizeof b->outcome);
    RUN(&ret, {OP_OL_I, 1, slot, 0, 0}, {OP_RET_I, 1, 0, 0, 0}); /* counts from the other journey's start */
    bool moved = slot == T48 && cases[i].value != INSTANT_NONE;
    assert_int_equal(ret.i, cases[i].value + (moved ? START : 0));
  }
}

static void test_slots_of_numbers_and_truths(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  constant_f(b, 0, 0.1);
  RUN(&ret, {OP_K_F, 0, 0, 0, 0}, {OP_JS_F, 0, F64, 0, 0}, {OP_MS_F, 0, F64, 0, 0}, {OP_JL_F, 1, F64, 0, 0},
      {OP_RET_F, 1, 0, 0, 0});
  assert_true(ret.f == 0.1);
  RUN(&ret, {OP_ML_F, 1, F64, 0, 0}, {OP_RET_F, 1, 0, 0, 0});
  assert_true(ret.f == 0.1);
  RUN(&ret, {OP_K_B, 0, 1, 0, 0}, {OP_JS_B, 0, BOOL, 0, 0}, {OP_MS_B, 0, BOOL, 0, 0},
      {OP_JL_B, 1, BOOL, 0, 0},
      {OP_ML_B, 2, BOOL, 0, 0}, {OP_EQ_B, 1, 1, 2, 0}, {OP_RET_B, 1, 0, 0, 0});
  assert_int_equal(ret.i, 1);
  memcpy(b->outcome, b->moment, sizeof b->outcome);
  RUN(&ret, {OP_OL_F, 1, F64, 0, 0}, {OP_RET_F, 1, 0, 0, 0});
  assert_true(ret.f == 0.1);
  RUN(&ret, {OP_OL_B, 1, BOOL, 0, 0}, {OP_RET_B, 1, 0, 0, 0});
  assert_int_equal(ret.i, 1);
}

static void test_texts_are_kept_and_old_ones_dropped_later(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  RUN(&ret, {OP_K_S, 0, 1, 0, 0}, {OP_JS_S, 0, STRING, 0, 0}, {OP_JL_S, 1, STRING, 0, 0},
      {OP_RET_S, 1, 0, 0, 0});
  assert_int_equal(ret.s.len, 3);
  assert_memory_equal(ret.s.text, "yes", 3);
  assert_int_equal(b->drops.count, 0);
  Handle first = slot_load_s(&slots[STRING], b->journey);
  RUN(&ret, {OP_K_S, 0, 3, 0, 0}, {OP_JS_S, 0, STRING, 0, 0}, {OP_RET, 0, 0, 0, 0});
  assert_int_equal(slot_load_s(&slots[STRING], b->journey), first); /* it says the same */
  RUN(&ret, {OP_K_S, 0, 2, 0, 0}, {OP_JS_S, 0, STRING, 0, 0}, {OP_RET, 0, 0, 0, 0});
  assert_int_equal(b->drops.count, 1);
  assert_int_equal(b->drops.texts[0], first);
  RUN(&ret, {OP_K_S, 0, 0, 0, 0}, {OP_JS_S, 0, STRING, 0, 0}, {OP_MS_S, 0, STRING, 0, 0},
      {OP_ML_S, 0, STRING, 0, 0},
      {OP_RET_S, 0, 0, 0, 0});
  assert_int_equal(ret.s.len, 0);
  assert_int_equal(b->drops.count, 2);
  RUN(&ret, {OP_K_S, 0, 1, 0, 0}, {OP_MS_S, 0, STRING, 0, 0}, {OP_RET, 0, 0, 0, 0});
  memcpy(b->outcome, b->moment, sizeof b->outcome);
  RUN(&ret, {OP_OL_S, 0, STRING, 0, 0}, {OP_RET_S, 0, 0, 0, 0});
  assert_memory_equal(ret.s.text, "yes", 3);
  bench_free(b);
}

typedef struct Kept {
  Heap texts;
  TextDrops drops;
  uint64_t record[RECORD / 8];
} Kept;

static void keep_many(Mem *mem, void *user)
{
  Kept *kept = user;
  Scene scene = {.texts = &kept->texts, .drops = &kept->drops};
  memset(kept, 0, sizeof *kept);
  heap_init(&kept->texts, mem);
  for (int i = 0; i < 100; i++) scene_store_text(&scene, &slots[STRING], kept->record, "abcdef", 1 + i % 6);
}

static void give_back(void *user)
{
  Kept *kept = user;
  mem_resize(kept->texts.mem, kept->drops.texts, sizeof(Handle) * kept->drops.room, 0);
  heap_free_all(&kept->texts);
}

static void test_texts_when_memory_is_refused(void **state)
{
  (void)state;
  Kept kept;
  assert_true(refuse_each_resize(keep_many, give_back, &kept) >= 3);
  assert_int_equal(kept.drops.count, 99);
}

static void test_keys_of_the_journey(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  RUN(&ret, {OP_J_KEY, 0, 0, 0, 0}, {OP_RET_S, 0, 0, 0, 0});
  assert_int_equal(ret.s.len, 2);
  assert_memory_equal(ret.s.text, "k7", 2);
  RUN(&ret, {OP_J_KEY, 0, 1, 0, 0}, {OP_RET_S, 0, 0, 0, 0});
  assert_int_equal(ret.s.len, 0); /* it has none */
  *journey_key(&b->plan, b->scene.journey, 1) = text_keep(&b->texts, "order 9", 7);
  RUN(&ret, {OP_J_KEY, 0, 1, 0, 0}, {OP_RET_S, 0, 0, 0, 0});
  assert_memory_equal(ret.s.text, "order 9", 7);
  bench_free(b);
}

static void test_histories(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret;
  constant_i(b, 0, 40);
  constant_i(b, 1, INT64_MAX);
  assert_int_equal(RUN(&ret, {OP_K_I, 0, 0, 0, 0}, {OP_H_PUSH_I, 0, 0, 0, 0}, {OP_H_PUSH_I, 0, 0, 0, 0},
                       {OP_H_GET_I, 1, 0, 2, 0}, {OP_JF, 2, 0, 0, 2}, {OP_RET_I, 1, 0, 0, 0},
                       {OP_RET_NONE, 0, 0, 0, 0}),
                   VM_DONE);
  assert_int_equal(ret.i, 80);
  VmStatus status = RUN(&ret, {OP_K_I, 0, 1, 0, 0}, {OP_H_PUSH_I, 0, 0, 0, 0}, {OP_H_GET_I, 1, 0, 2, 0},
                        {OP_RET_I, 1, 0, 0, 0});
  assert_int_equal(status, VM_FAULT);
}

/* ---- aggregates, ends ---- */

static Aggregated some_aggregate(const Group *group, uint32_t aggregate)
{
  (void)group;
  return (Aggregated){.i = 100 + aggregate, .f = 0.5 + aggregate, .known = aggregate != 2};
}

static void test_aggregates(void **state)
{
  static const Group group = {some_aggregate};
  Bench *b = bench_new(*state);
  VmValue ret;
  b->scene.group = &group;
  RUN(&ret, {OP_AGG_I, 0, 1, 1, 0}, {OP_RET_I, 0, 0, 0, 0});
  assert_int_equal(ret.i, 101);
  RUN(&ret, {OP_AGG_F, 0, 1, 1, 0}, {OP_RET_F, 0, 0, 0, 0});
  assert_true(ret.f == 1.5);
  RUN(&ret, {OP_AGG_F, 0, 2, 1, 0}, {OP_RET_B, 1, 0, 0, 0});
  assert_int_equal(ret.i, 0);
}

static void test_how_functions_end(void **state)
{
  Bench *b = bench_new(*state);
  VmValue ret = {0};
  assert_int_equal(RUN(&ret, {OP_RET, 0, 0, 0, 0}), VM_DONE);
  assert_int_equal(RUN(&ret, {OP_RET_NONE, 0, 0, 0, 0}), VM_MISSING);
  assert_int_equal(RUN(&ret, {OP_FAULT, 0, 0, 0, 0}), VM_FAULT);
  assert_int_equal(RUN(&ret, {OP_OPEN, 0, 3, 0, 0}), VM_OPENS);
  assert_int_equal(ret.i, 3);
}

/* The same without anything before them, which is answered without running. */
static void test_what_is_the_same_every_time(void **state)
{
  static const struct { Instr code[3]; VmStatus status; int64_t result; } cases[] = {
    {{{OP_RET, 0, 0, 0, 0}}, VM_DONE, 0},
    {{{OP_RET_NONE, 0, 0, 0, 0}}, VM_MISSING, 0},
    {{{OP_FAULT, 0, 0, 0, 0}}, VM_FAULT, 0},
    {{{OP_OPEN, 0, 4, 0, 0}}, VM_OPENS, 4},
    {{{OP_K_B, 0, 1, 0, 0}, {OP_RET_B, 0, 0, 0, 0}}, VM_DONE, 1},
    {{{OP_K_I, 0, 7, 0, 0}, {OP_ADD_I, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0}}, VM_DONE, 42},
    {{{OP_K_I, 0, 8, 0, 0}, {OP_NEG_I, 0, 0, 0, 0}, {OP_RET_I, 0, 0, 0, 0}}, VM_FAULT, 0},
    {{{OP_EV_BIT, 2, 0, 0, 0}, {OP_RET_B, 2, 0, 0, 0}}, VM_DONE, 1},
    {{{OP_EV_BIT, 2, 3, 0, 0}, {OP_RET_B, 2, 0, 0, 0}}, VM_FAULT, 0},
  };
  Bench *b = bench_new(*state);
  constant_i(b, 7, 21);
  constant_i(b, 8, INT64_MIN);
  ((EventData *)(void *)b->row)->truths = 1;
  ((EventData *)(void *)b->row)->faults = 8;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    VmValue ret = {0};
    uint32_t count = 1;
    while (count < 3 && cases[i].code[count].op != OP_K_I) count++;
    b->functions[0] = row_of(FUNCTION_TEST, 0, count);
    b->module.code = cases[i].code;
    b->module.code_count = count;
    b->module.Function_count = 1;
    b->plan.program = vm_program(&b->module, *state);
    assert_int_equal(vm_run(&b->scene, 0, &ret), cases[i].status);
    if (cases[i].status != VM_FAULT) assert_int_equal(ret.i, cases[i].result);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_integers_fault_beyond_64_bits),
    ARENA_TEST(test_numbers_fault_beyond_the_finite),
    ARENA_TEST(test_integers_by_integers),
    ARENA_TEST(test_money_times_and_by_numbers_is_half_to_even),
    ARENA_TEST(test_comparisons),
    ARENA_TEST(test_verdicts_are_joined_by_the_tables),
    ARENA_TEST(test_jumps),
    ARENA_TEST(test_faults_end_what_stands_between),
    ARENA_TEST(test_what_is_read_after_a_fault),
    ARENA_TEST(test_fields_of_the_event),
    ARENA_TEST(test_instants_at_hand),
    ARENA_TEST(test_bits_of_predicates),
    ARENA_TEST(test_slots_of_every_storage),
    ARENA_TEST(test_slots_of_numbers_and_truths),
    ARENA_TEST(test_texts_are_kept_and_old_ones_dropped_later),
    cmocka_unit_test(test_texts_when_memory_is_refused),
    ARENA_TEST(test_keys_of_the_journey),
    ARENA_TEST(test_histories),
    ARENA_TEST(test_aggregates),
    ARENA_TEST(test_how_functions_end),
    ARENA_TEST(test_what_is_the_same_every_time),
  };
  return cmocka_run_group_tests_name("vm", tests, NULL, NULL);
}
