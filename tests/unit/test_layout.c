/* Places in records: compact, aligned, the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bytecode/names.h"
#include "compiler/layout.h"
#include "tests/support/arena_fixture.h"

enum { HEADER = 40 };

static void begin(Arena *arena, ModuleBuilder *builder, Layout *layout)
{
  builder_init(builder, arena);
  layout_init(layout, builder);
}

static void test_small_slots_fill_what_large_ones_leave(void **state)
{
  ModuleBuilder builder;
  Layout layout;
  uint32_t place[6];
  begin(*state, &builder, &layout);
  static const uint8_t storages[] = {STORAGE_BOOL, STORAGE_I64, STORAGE_T48, STORAGE_STRING, STORAGE_U8,
                                     STORAGE_U16};
  for (unsigned i = 0; i < 6; i++) layout_want(&layout, 0, storages[i], &place[i]);
  assert_true(layout_place(&layout, HEADER));
  assert_int_equal(layout.size, 64); /* 8 + 4 + 6 + 2 + 1 + 1 = 22, rounded up */
  for (unsigned i = 0; i < 6; i++) {
    const SlotRow *row = &builder.Slot.data[place[i]];
    assert_int_equal(row->storage, storages[i]);
    assert_int_equal(row->offset % storage_align(storages[i]), 0);
    assert_in_range(row->offset, HEADER, layout.size - row->size);
  }
}

static void test_slots_stand_apart_in_order_of_their_rows(void **state)
{
  ModuleBuilder builder;
  Layout layout;
  uint32_t place[40];
  begin(*state, &builder, &layout);
  for (unsigned i = 0; i < 40; i++) layout_want(&layout, 0, i * 7 % STORAGE_RING, &place[i]);
  assert_true(layout_place(&layout, HEADER));
  for (uint32_t i = 1; i < builder.Slot.len; i++) {
    const SlotRow *before = &builder.Slot.data[i - 1], *row = &builder.Slot.data[i];
    assert_true(before->offset + before->size <= row->offset);
  }
}

static void test_rings_come_last(void **state)
{
  ModuleBuilder builder;
  Layout layout;
  uint32_t ring, flag;
  begin(*state, &builder, &layout);
  layout_want_ring(&layout, 0, STORAGE_RING48, 3, true, &ring);
  layout_want(&layout, 0, STORAGE_BOOL, &flag);
  assert_true(layout_place(&layout, HEADER));
  assert_int_equal(builder.Slot.data[flag].offset, HEADER);
  assert_int_equal(builder.Slot.data[ring].offset, HEADER + 1);
  assert_int_equal(builder.Slot.data[ring].size, MOT_STORE_HEADER + 3 * 14);
  assert_int_equal(layout.size, HEADER + 48); /* 1 + 4 + 42, rounded up */
}

static void test_an_empty_record_is_its_header(void **state)
{
  ModuleBuilder builder;
  Layout layout;
  begin(*state, &builder, &layout);
  assert_true(layout_place(&layout, HEADER));
  assert_int_equal(layout.size, HEADER);
  assert_int_equal(layout.count, 0);
}

static void test_a_record_has_a_largest_size(void **state)
{
  ModuleBuilder builder;
  Layout layout;
  uint32_t ring[20];
  begin(*state, &builder, &layout);
  for (unsigned i = 0; i < 20; i++) layout_want_ring(&layout, 0, STORAGE_RING, UINT16_MAX, false, &ring[i]);
  assert_false(layout_place(&layout, HEADER));
}

static void test_numbers_get_the_smallest_storage(void **state)
{
  (void)state;
  assert_int_equal(storage_for(0), STORAGE_U8);
  assert_int_equal(storage_for(255), STORAGE_U8);
  assert_int_equal(storage_for(256), STORAGE_U16);
  assert_int_equal(storage_for(65536), STORAGE_U32);
  assert_int_equal(storage_for(UINT64_C(1) << 32), STORAGE_I64);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_small_slots_fill_what_large_ones_leave),
    ARENA_TEST(test_slots_stand_apart_in_order_of_their_rows),
    ARENA_TEST(test_rings_come_last),
    ARENA_TEST(test_an_empty_record_is_its_header),
    ARENA_TEST(test_a_record_has_a_largest_size),
    ARENA_TEST(test_numbers_get_the_smallest_storage),
  };
  return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
