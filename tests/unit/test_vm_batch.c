/* Predicates over batches give what each event gives alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/vm.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

enum { FIELDS = 16, PREDICATES = 8, CODE = 40, LONG = 300, EVENTS = 200, ROW = 400, CONSTANTS = 24 };

/* Fields and registers by class: four of integers, then numbers, truths and texts. */
enum { I = 0, F = 4, B = 8, S = 12 };

static int below(int count)
{
  return rand() % count;
}

/* ---- values with edges ---- */

static int64_t some_integer(void)
{
  static const int64_t edges[] = {0, 1, -1, 2, 5, INT64_MAX, INT64_MIN, INT64_MAX - 1, 1000000,
                                  1772438400000000};
  return below(4) ? edges[below(10)] : below(20) - 10;
}

static double some_number(void)
{
  static const double edges[] = {0, -0.0, 0.5, 1.5, -2.5, 1, 1e308, -1e308, 1e-300, 3};
  return below(4) ? edges[below(10)] : below(100) / 7.0;
}

static const char strings[] = "\0a\0b\0not short";
static const uint32_t string_offsets[] = {0, 1, 3, 5, 15};

static EventData *some_event(Arena *arena)
{
  static const char *const texts[] = {"", "a", "b", "not short"};
  EventData *row = arena_alloc(arena, ROW);
  uint32_t at = event_base_size(FIELDS);
  *row = (EventData){.time = some_integer(), .size = ROW};
  for (int field = 0; field < FIELDS; field++) {
    bool known = below(5) != 0;
    ((uint64_t *)(void *)(row->values + FIELDS))[0] |= (uint64_t)known << field;
    const char *text = texts[below(4)];
    if (!known) continue;
    if (field < F) {
      row->values[field].i = some_integer();
    } else if (field < B) {
      row->values[field].f = some_number();
    } else if (field < S) {
      row->values[field].i = below(2);
    } else {
      row->values[field].s = (EventText){at, (uint32_t)strlen(text)};
      memcpy((char *)row + at, text, strlen(text));
      at += 16;
    }
  }
  return row;
}

/* ---- functions of any instructions ---- */

static uint8_t one(int class)
{
  return (uint8_t)(class + below(4));
}

static Instr some_value(void)
{
  switch (below(12)) {
  case 0: return (Instr){OP_K_I, one(I), (uint16_t)below(CONSTANTS / 2), 0, 0};
  case 1: return (Instr){OP_K_F, one(F), (uint16_t)(CONSTANTS / 2 + below(CONSTANTS / 2)), 0, 0};
  case 2: return (Instr){OP_K_B, one(B), (uint16_t)below(2), 0, 0};
  case 3: return (Instr){OP_K_S, one(S), (uint16_t)below(4), 0, 0};
  case 4: return (Instr){OP_EV_I, one(I), one(I), 0, 0};
  case 5: return (Instr){OP_EV_F, one(F), one(F), 0, 0};
  case 6: return (Instr){OP_EV_B, one(B), one(B), 0, 0};
  case 7: return (Instr){OP_EV_S, one(S), one(S), 0, 0};
  case 8: return (Instr){OP_EV_KNOWN, one(B), (uint16_t)below(FIELDS), 0, 0};
  case 9: return (Instr){below(2) ? OP_EV_TIME : OP_NOW, one(I), 0, 0, 0};
  case 10: {
    int class = below(3) * 4;
    uint8_t op = class == I ? OP_MOV_I : class == F ? OP_MOV_F : OP_MOV_B;
    return (Instr){op, one(class), one(class), 0, 0};
  }
  default: return (Instr){OP_MOV_S, one(S), one(S), 0, 0};
  }
}

static Instr some_arithmetic(void)
{
  static const uint8_t whole[] = {OP_ADD_I, OP_SUB_I, OP_MUL_I}, real[] = {OP_ADD_F, OP_SUB_F, OP_MUL_F};
  switch (below(9)) {
  case 0: return (Instr){OP_NEG_I, one(I), one(I), 0, 0};
  case 1: return (Instr){OP_NEG_F, one(F), one(F), 0, 0};
  case 2: return (Instr){OP_I_TO_F, one(F), one(I), 0, 0};
  case 3: return (Instr){OP_MUL_IF, one(I), one(I), one(F), 0};
  case 4: return (Instr){OP_DIV_II, one(F), one(I), one(I), one(B)};
  case 5: return (Instr){OP_DIV_FF, one(F), one(F), one(F), one(B)};
  case 6: return (Instr){OP_DIV_IF, one(I), one(I), one(F), one(B)};
  case 7: return (Instr){whole[below(3)], one(I), one(I), one(I), 0};
  default: return (Instr){real[below(3)], one(F), one(F), one(F), 0};
  }
}

static Instr some_truth(void)
{
  static const uint8_t whole[] = {OP_LT_I, OP_LE_I, OP_EQ_I}, real[] = {OP_LT_F, OP_LE_F, OP_EQ_F};
  switch (below(5)) {
  case 0: return (Instr){whole[below(3)], one(B), one(I), one(I), 0};
  case 1: return (Instr){real[below(3)], one(B), one(F), one(F), 0};
  case 2: return (Instr){OP_EQ_S, one(B), one(S), one(S), 0};
  case 3: return (Instr){OP_EQ_B, one(B), one(B), one(B), 0};
  default: return (Instr){OP_NOT_B, one(B), one(B), 0, 0};
  }
}

static Instr some_way(uint16_t left)
{
  uint16_t further = (uint16_t)(1 + below(left < 8 ? left : 8));
  static const uint8_t ways[] = {OP_JT, OP_JF};
  if (below(8) == 0) return (Instr){OP_RET_B, one(B), 0, 0, 0};
  if (below(16) == 0) return (Instr){OP_FAULT, 0, 0, 0, 0};
  if (below(6) == 0) return (Instr){OP_JMP, 0, 0, 0, further};
  return (Instr){ways[below(2)], one(B), 0, 0, further};
}

/* A load, a constant and a comparison, mostly of the two: what is joined when nobody else looks. */
static void some_comparison(Instr *code)
{
  static const uint8_t fields[] = {OP_EV_I, OP_EV_F, 0, OP_EV_S}, constants[] = {OP_K_I, OP_K_F, 0, OP_K_S};
  static const uint8_t compares[3][3] = {{OP_LT_I, OP_LE_I, OP_EQ_I}, {OP_LT_F, OP_LE_F, OP_EQ_F}};
  int class = below(3) == 0 ? S : below(2) ? I : F, first = below(4) == 0;
  uint8_t x = one(class), y = one(class);
  int constant = class == S ? below(4) : below(CONSTANTS / 2) + (class == F ? CONSTANTS / 2 : 0);
  code[first] = (Instr){fields[class / 4], x, one(class), 0, 0};
  code[!first] = (Instr){constants[class / 4], y, (uint16_t)constant, 0, 0};
  code[2] = (Instr){class == S ? OP_EQ_S : compares[class / 4][below(3)], one(B), x, y, 0};
  if (below(2)) code[2].b = y, code[2].c = x;
  if (below(6) == 0) code[2].b = one(class);
}

/* Every register is written first, then anything. */
static void some_function(Instr *code, int length)
{
  static const uint8_t loads[] = {OP_EV_I, OP_EV_F, OP_EV_B, OP_EV_S};
  for (int i = 0; i < 16; i++) code[i] = (Instr){loads[i / 4], (uint8_t)i, one(i / 4 * 4), 0, 0};
  for (int i = 16; i < length - 1; i++) {
    int what = below(10);
    if (below(4) == 0 && i + 3 < length) {
      some_comparison(code + i);
      i += 2;
      continue;
    }
    code[i] = what < 3 ? some_value() : what < 5 ? some_arithmetic() : what < 8 ? some_truth()
            : some_way((uint16_t)(length - 1 - i));
  }
  code[length - 1] = (Instr){OP_RET_B, one(B), 0, 0, 0};
}

/* ---- both ways ---- */

static void compare(const Plan *plan, uint32_t event, EventData *const *events, uint32_t count)
{
  const EventRow *row = &plan->module->Event[event];
  for (uint32_t i = 0; i < count; i++) events[i]->truths = events[i]->faults = 0xaaaaaaaa;
  vm_predicates(plan, event, events, count);
  for (uint32_t i = 0; i < count; i++) {
    Scene scene = {.plan = plan, .event = events[i], .now = events[i]->time};
    uint32_t truths = 0, faults = 0;
    for (uint32_t k = 0; k < row->predicates_count && k < 32; k++) {
      VmValue value = {0};
      VmStatus status = vm_run(&scene, plan->module->Predicate[row->predicates + k].test, &value);
      truths |= (uint32_t)(status == VM_DONE && value.i) << k;
      faults |= (uint32_t)(status == VM_FAULT) << k;
    }
    assert_int_equal(events[i]->truths, truths);
    assert_int_equal(events[i]->faults, faults);
  }
}

/* The same function behind which much else stands is too long to be joined or run in columns. */
static void compare_long(const Plan *plan, EventData *const *events, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    Scene scene = {.plan = plan, .event = events[i], .now = events[i]->time};
    for (uint32_t k = 0; k < PREDICATES; k++) {
      VmValue value = {0}, wanted = {0};
      VmStatus status = vm_run(&scene, PREDICATES + k, &wanted);
      assert_int_equal(vm_run(&scene, k, &value), status);
      if (status == VM_DONE) assert_int_equal(value.i, wanted.i);
    }
  }
}

static FunctionRow function_at(uint32_t first, uint32_t count, uint32_t registers)
{
  return (FunctionRow){.kind = FUNCTION_PREDICATE, .first = first, .count = count, .registers = registers,
                       .experience = MOT_NONE, .mot = MOT_NONE, .correction = MOT_NONE, .source = MOT_NONE,
                       .source_sco = MOT_NONE};
}

static void try_functions(Arena *arena, EventData *const *events, uint32_t count, uint32_t registers)
{
  Instr *code = ARENA_ARRAY(arena, Instr, PREDICATES * (CODE + LONG)), *more = code + PREDICATES * CODE;
  FunctionRow functions[PREDICATES * 2];
  PredicateRow predicates[PREDICATES];
  ConstantRow constants[CONSTANTS];
  EventRow event = {.fields_count = FIELDS, .predicates_count = PREDICATES};
  for (int i = 0; i < CONSTANTS; i++) {
    double number = some_number();
    constants[i].bits = some_integer();
    if (i >= CONSTANTS / 2) memcpy(&constants[i].bits, &number, sizeof number);
  }
  for (uint32_t i = 0; i < PREDICATES; i++) {
    some_function(code + i * CODE, CODE);
    memcpy(more + i * LONG, code + i * CODE, sizeof *code * CODE);
    predicates[i] = (PredicateRow){.test = i};
    functions[i] = function_at(i * CODE, CODE, registers);
    functions[PREDICATES + i] = function_at(PREDICATES * CODE + i * LONG, LONG, registers);
    for (uint32_t k = CODE; k < LONG; k++) more[i * LONG + k] = (Instr){OP_FAULT, 0, 0, 0, 0};
  }
  Module module = {.Event = &event, .Function = functions, .Predicate = predicates, .Constant = constants,
                   .code = code, .code_count = PREDICATES * (CODE + LONG), .Function_count = PREDICATES * 2,
                   .string_offsets = string_offsets, .string_bytes = strings, .string_count = 4};
  Plan plan = {.module = &module, .program = vm_program(&module, arena)};
  compare_long(&plan, events, count);
  compare(&plan, 0, events, count);
}

static void test_any_function_over_any_events(void **state)
{
  EventData *events[EVENTS];
  srand(7);
  for (int i = 0; i < EVENTS; i++) events[i] = some_event(*state);
  for (int round = 0; round < 150; round++)
    try_functions(*state, events, (uint32_t)(round % 10 == 0 ? below(EVENTS) : 1 + below(130)), 16);
  try_functions(*state, events, EVENTS, 200); /* more registers than there are columns */
}

/* ---- rules ---- */

static const char rules[] =
  "module some.rules\n"
  "stream { zone \"Europe/Amsterdam\" }\n"
  "calendar Hours { zone \"Europe/Amsterdam\" open mon..fri 09:00..17:00 }\n"
  "event Order { customer: id }\n"
  "event Call { customer: id  a: duration  b: duration  n: int  m: int  x: number  y: number\n"
  "  p: bool  q: bool?\n"
  "  price: money(EUR)  channel: one of phone, chat, email  agent: id?  said: text\n"
  "  due: time }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "experience Sale \"A sale\" {\n  for customer\n  manager ana\n  starts on Order\n  expires after 30 d\n"
  "  sco \"it works\"\n"
  "    no Call where (a > b) within 9 d and no Call where (a * 1.5 > b and p) within 9 d\n"
  "    and no Call where (n + m > 5 or n * m == 6) within 9 d\n"
  "    and no Call where (not p or (q else true)) within 9 d\n"
  "    and no Call where (((x / y) else 0.5) < 2) within 9 d and no Call where (n / 3 >= m / 7) within 9 d\n"
  "    and no Call where (((price / x) else 1 EUR) > 30 EUR) within 9 d\n"
  "    and no Call where (case channel { phone: a  chat: b  else: 2 min } > 1 min) within 9 d\n"
  "    and no Call where ((agent else \"x\") == \"a7\" or agent known and said == \"ja\") within 9 d\n"
  "    and no Call where (due > end_of_day(Call.at)) within 9 d\n"
  "    and no Call where (add_open(due, a, Hours) > add_open_days(due, n, Hours)) within 9 d\n"
  "    and no Call where (next_open(add_days(due, m), Hours) == due) within 9 d\n"
  "    and no Call where (start_of_day(due) + a - b != due) within 9 d\n}\n";

/* Whatever the type of the field. */
static void fill(const Module *module, const EventRow *row, EventData *event)
{
  static const char *const texts[] = {"a7", "ja", "", "x"};
  uint32_t at = event_base_size(row->fields_count);
  uint64_t *known = (uint64_t *)(void *)(event->values + row->fields_count);
  for (uint32_t i = 0; i < row->fields_count; i++) {
    const FieldRow *field = &module->Field[row->fields + i];
    if (field->optional && below(2)) continue;
    known[i / 64] |= UINT64_C(1) << i % 64;
    const char *text = texts[below(4)];
    switch (field->type) {
    case VALUE_NUMBER: event->values[i].f = some_number(); break;
    case VALUE_BOOL: event->values[i].i = below(2); break;
    case VALUE_LISTED: event->values[i].i = below(3); break;
    case VALUE_TIME: event->values[i].i = 1772438400000000 + below(1000) * INT64_C(3600000000); break;
    case VALUE_TEXT: case VALUE_ID:
      event->values[i].s = (EventText){at, (uint32_t)strlen(text)};
      memcpy((char *)event + at, text, strlen(text));
      at += 8;
      break;
    default: event->values[i].i = below(3) ? below(10) * 30000000 : some_integer(); break;
    }
  }
}

static void test_predicates_of_rules(void **state)
{
  Compiled compiled = compiled_text(*state, "rules.mot", rules);
  EventData *events[EVENTS];
  assert_string_equal(compiled.errors, "");
  assert_string_equal(compiled.fault, "");
  uint32_t call = compiled_event(&compiled.module, "Call"), truths = 0, faults = 0;
  const EventRow *row = &compiled.module.Event[call];
  assert_int_equal(row->predicates_count, 13);
  srand(8);
  for (uint32_t i = 0; i < EVENTS; i++) {
    events[i] = arena_alloc(*state, 600);
    *events[i] = (EventData){.time = 1772438400000000 + i * INT64_C(1000000), .event = call, .size = 600};
    fill(&compiled.module, row, events[i]);
  }
  compare(plan_new(&compiled.module, *state), call, events, EVENTS);
  for (uint32_t i = 0; i < EVENTS; i++) {
    truths |= events[i]->truths;
    faults |= events[i]->faults;
  }
  assert_int_equal(truths, 0x1fff);
  assert_true(faults != 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_any_function_over_any_events),
    ARENA_TEST(test_predicates_of_rules),
  };
  return cmocka_run_group_tests_name("vm_batch", tests, NULL, NULL);
}
