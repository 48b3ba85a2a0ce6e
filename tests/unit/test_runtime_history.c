/* Records: fresh ones, slots; histories: windows and totals, what is exact and what faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/history.h"
#include "runtime/record.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define SECOND INT64_C(1000000)
#define DAY (86400 * SECOND)

/* ---- slots ---- */

static void test_slots_keep_what_their_storage_can(void **state)
{
  (void)state;
  uint64_t record[8] = {0};
  SlotRow t48 = {.storage = STORAGE_T48, .offset = 10, .size = 6};
  SlotRow u16 = {.storage = STORAGE_U16, .offset = 8, .size = 2};
  int64_t start = 1000 * DAY;
  slot_store_i(&u16, record, 0, 65535);
  assert_int_equal(slot_load_i(&t48, record, start), start);
  static const int64_t since[] = {0, 1, 86400000000, (INT64_C(1) << 48) - 2};
  for (unsigned i = 0; i < sizeof since / sizeof *since; i++) {
    slot_store_i(&t48, record, start, start + since[i]);
    assert_int_equal(slot_load_i(&t48, record, start), start + since[i]);
  }
  slot_store_i(&t48, record, start, INSTANT_NONE);
  assert_int_equal(slot_load_i(&t48, record, start), INSTANT_NONE);
  slot_store_i(&t48, record, start, start - 5); /* not before the journey */
  assert_int_equal(slot_load_i(&t48, record, start), start);
  assert_int_equal(slot_load_i(&u16, record, 0), 65535);
  assert_int_equal(record[2], 0);
}

/* ---- histories ---- */

static Module module_with(Arena *arena, const char *predicate)
{
  Compiled result = compiled_text(arena, "rules.mot", arena_printf(arena,
    "module some.rules\n"
    "event Order { customer: id }\nevent Call { customer: id  wait: duration  parts: int  score: number }\n"
    "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
    "experience Sale \"A sale\" {\n  for customer\n  manager ana\n  starts on Order\n"
    "  sco \"it works\" Call where (%s) within 20 d then Call within 1 d\n  expires after 30 d\n}\n",
    predicate));
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  return result.module;
}

static HistoryView fresh(Arena *arena, Module *module, const char *predicate)
{
  *module = module_with(arena, predicate);
  assert_int_equal(module->Experience[0].histories_count, 1);
  void *record = arena_alloc(arena, module->Experience[0].size);
  record_init_journey(module, 0, -DAY, record);
  return (HistoryView){module, module->History, record};
}

static void test_fresh_records_have_nothing_armed(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "count(Call) > 3");
  const ConditionRow *sco = &module.Condition[module.Experience[0].sco];
  const LeafRow *leaf = &module.Leaf[sco->leaves];
  assert_int_equal(leaf->steps_count, 2);
  for (uint32_t i = 0; i < 2; i++)
    assert_int_equal(slot_load_i(&module.Slot[module.Step[leaf->steps + i].deadline], history.record, 0),
                     INSTANT_NONE);
  assert_int_equal(slot_load_i(&module.Slot[module.Step[leaf->steps].matched], history.record, 0),
                   INSTANT_NONE);
  assert_int_equal(slot_load_i(&module.Slot[leaf->state], history.record, 0), 0);
  assert_int_equal(((JourneyHeader *)history.record)->start, -DAY);
}

static int64_t get_i(HistoryView history, int64_t now, bool known)
{
  HistoryValue value = {.i = -1};
  bool there = !known;
  assert_true(history_get(history, now, &value, &there));
  assert_int_equal(there, known);
  return value.i;
}

static void push_i(HistoryView history, int64_t now, int64_t value)
{
  assert_true(history_push(history, now, (HistoryValue){.i = value}));
}

static void test_a_window_of_time_is_open_at_its_beginning(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(sum(Call.wait) in last 1 d) > 3 s");
  int64_t now = 100 * DAY;
  assert_int_equal(get_i(history, now, true), 0);
  push_i(history, now, 5);
  push_i(history, now, 7);
  push_i(history, now + 10, 100);
  assert_int_equal(get_i(history, now + 10, true), 112);
  assert_int_equal(get_i(history, now + DAY - 1, true), 112);
  assert_int_equal(get_i(history, now + DAY, true), 100);
  assert_int_equal(get_i(history, now + DAY + 10, true), 0);
}

static void test_more_than_are_kept_is_a_fault_only_while_it_matters(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(max(Call.wait) in last 1 d keep 3 else 0 s) > 3 s");
  int64_t now = 100 * DAY, value = 0;
  bool known = false;
  HistoryValue got = {0};
  for (int i = 0; i < 3; i++) push_i(history, now + i, 9 - i);
  assert_int_equal(get_i(history, now + 3, true), 9);
  push_i(history, now + 3, 1);
  assert_false(history_get(history, now + 3, &got, &known));
  assert_false(history_count(history, now + 3, &value));
  /* The first of the four has left: three are what it may hold. */
  assert_int_equal(get_i(history, now + DAY, true), 8);
  assert_true(history_count(history, now + DAY, &value));
  assert_int_equal(value, 3);
  get_i(history, now + 2 * DAY, false);
}

static void test_counts_that_need_no_more_never_fault(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(count(Call) in last 7 d) < 3");
  assert_int_equal(history.row->exact, 1);
  int64_t value = 0;
  for (int i = 0; i < 10; i++) assert_true(history_push(history, i * DAY, (HistoryValue){0}));
  assert_true(history_count(history, 9 * DAY, &value));
  assert_true(value >= 3);
  assert_true(history_count(history, 14 * DAY, &value));
  assert_int_equal(value, 2);
}

static void test_the_last_ones_by_number(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(avg(Call.wait) in last 2 else 0 s) > 3 s");
  get_i(history, 5, false);
  push_i(history, 1, 5);
  assert_int_equal(get_i(history, 99 * DAY, true), 5);
  push_i(history, 2, 2);
  assert_int_equal(get_i(history, 2, true), 4); /* 3.5, half to even */
  push_i(history, 3, 3);
  assert_int_equal(get_i(history, 3, true), 2); /* 2.5 */
  push_i(history, 3, -8);
  push_i(history, 3, 3);
  assert_int_equal(get_i(history, 3, true), -2); /* -2.5 */
}

static void test_sums_are_exact_beyond_64_bits(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(sum(Call.parts) in last 3) > 3");
  HistoryValue got = {0};
  bool known = false;
  push_i(history, 1, INT64_MAX);
  push_i(history, 1, INT64_MAX);
  assert_false(history_get(history, 1, &got, &known));
  push_i(history, 1, -INT64_MAX);
  assert_int_equal(get_i(history, 1, true), INT64_MAX);
  history = fresh(*state, &module, "(avg(Call.parts) in last 3 else 0) > 3");
  for (int i = 0; i < 3; i++) push_i(history, 1, INT64_MAX);
  assert_true(history_get(history, 1, &got, &known));
  assert_true(got.f == 9223372036854775807.0);
  assert_true(history_gives_number(history.row));
}

static void test_totals(void **state)
{
  Module module;
  HistoryView history = fresh(*state, &module, "(min(Call.parts) else 0) > 3");
  get_i(history, 1, false);
  push_i(history, 1, 5);
  push_i(history, 2, 7);
  push_i(history, 3, -2);
  assert_int_equal(get_i(history, 3, true), -2);
  history = fresh(*state, &module, "sum(Call.parts) > 3");
  HistoryValue got = {0};
  bool known = false;
  push_i(history, 1, INT64_MAX);
  push_i(history, 1, 1);
  assert_false(history_get(history, 1, &got, &known)); /* too large only as long as it is */
  push_i(history, 1, -2);
  assert_int_equal(get_i(history, 1, true), INT64_MAX - 1);
  for (int i = 0; i < 4; i++) push_i(history, 1, INT64_MIN);
  assert_false(history_get(history, 1, &got, &known));
  for (int i = 0; i < 4; i++) push_i(history, 1, INT64_MAX);
  assert_int_equal(get_i(history, 1, true), INT64_MAX - 5);
  history = fresh(*state, &module, "(avg(Call.parts) else 0) > 3");
  for (int i = 0; i < 3; i++) push_i(history, 1, INT64_MIN);
  assert_true(history_get(history, 1, &got, &known));
  assert_true(known && got.f == -9223372036854775808.0);
  history = fresh(*state, &module, "sum(Call.score) > 3");
  for (int i = 0; i < 2; i++) assert_true(history_push(history, 1, (HistoryValue){.f = 1.7e308}));
  assert_false(history_get(history, 1, &got, &known));
  history = fresh(*state, &module, "(avg(Call.score) else 0.0) > 3");
  assert_true(history_push(history, 1, (HistoryValue){.f = 1}));
  assert_true(history_push(history, 1, (HistoryValue){.f = 2}));
  assert_true(history_get(history, 1, &got, &known));
  assert_true(known && got.f == 1.5);
  history = fresh(*state, &module, "count(Call) > 3");
  int64_t count = 0;
  for (int i = 0; i < 7; i++) assert_true(history_push(history, 1, (HistoryValue){0}));
  assert_true(history_count(history, 1, &count));
  assert_int_equal(count, 7);
}

/* A ring of every size against a list of all entries. */
static void test_windows_as_a_list_of_all(void **state)
{
  srand(1);
  for (int size = 1; size <= 6; size++) {
    Module module;
    const char *read = arena_printf(*state, "(sum(Call.parts) in last 1 d keep %d) > 3", size);
    HistoryView history = fresh(*state, &module, read);
    int64_t instants[300], values[300], now = 0;
    for (int i = 0; i < 300; i++) {
      now += rand() % 3 ? rand() % (DAY / 2) : 0;
      instants[i] = now;
      values[i] = rand() % 100 - 50;
      push_i(history, now, values[i]);
      int64_t later = now + rand() % DAY, sum = 0, count = 0;
      for (int k = 0; k <= i; k++)
        if (instants[k] > later - DAY) sum += values[k], count++;
      HistoryValue got = {0};
      bool known = false, fine = history_get(history, later, &got, &known);
      assert_int_equal(fine, count <= size);
      if (fine) assert_int_equal(got.i, sum);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_slots_keep_what_their_storage_can),
    ARENA_TEST(test_fresh_records_have_nothing_armed),
    ARENA_TEST(test_a_window_of_time_is_open_at_its_beginning),
    ARENA_TEST(test_more_than_are_kept_is_a_fault_only_while_it_matters),
    ARENA_TEST(test_counts_that_need_no_more_never_fault),
    ARENA_TEST(test_the_last_ones_by_number),
    ARENA_TEST(test_sums_are_exact_beyond_64_bits),
    ARENA_TEST(test_totals),
    ARENA_TEST(test_windows_as_a_list_of_all),
  };
  return cmocka_run_group_tests_name("runtime_history", tests, NULL, NULL);
}
