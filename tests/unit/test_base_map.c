#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

static void an_empty_map_has_nothing(void **state)
{
  Map map;
  map_init(&map, *state);
  assert_null(map_get(&map, 0));
  assert_null(map_get(&map, UINT64_MAX));
}

static void every_key_may_be_used_zero_too(void **state)
{
  Map map;
  int values[3];
  const uint64_t keys[] = {0, 1, UINT64_MAX};
  map_init(&map, *state);
  for (int i = 0; i < 3; i++) assert_null(map_put(&map, keys[i], &values[i]));
  for (int i = 0; i < 3; i++) assert_ptr_equal(map_get(&map, keys[i]), &values[i]);
  assert_int_equal(map.len, 3);
}

static void putting_again_replaces_and_returns_the_one_before(void **state)
{
  Map map;
  int first, second;
  map_init(&map, *state);
  map_put(&map, 7, &first);
  assert_ptr_equal(map_put(&map, 7, &second), &first);
  assert_ptr_equal(map_get(&map, 7), &second);
  assert_int_equal(map.len, 1);
}

/* Keys as the compiler builds them: two small numbers side by side. */
static void pairs_of_small_numbers_are_all_found_again(void **state)
{
  enum { SIDE = 300 };
  static int values[SIDE * SIDE];
  Map map;
  map_init(&map, *state);
  for (uint64_t i = 0; i < SIDE * SIDE; i++) map_put(&map, (i / SIDE) << 32 | i % SIDE, &values[i]);
  for (uint64_t i = 0; i < SIDE * SIDE; i++)
    assert_ptr_equal(map_get(&map, (i / SIDE) << 32 | i % SIDE), &values[i]);
  assert_null(map_get(&map, (uint64_t)SIDE << 32));
  assert_int_equal(map.len, SIDE * SIDE);
}

static void put_many(Arena *arena, void *user)
{
  Map map;
  map_init(&map, arena);
  for (uint64_t i = 0; i < 2000; i++) map_put(&map, i, user);
}

static void a_refused_request_loses_nothing(void **state)
{
  int value;
  (void)state;
  assert_in_range(refuse_each_request(put_many, &value), 3, 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(an_empty_map_has_nothing),
    ARENA_TEST(every_key_may_be_used_zero_too),
    ARENA_TEST(putting_again_replaces_and_returns_the_one_before),
    ARENA_TEST(pairs_of_small_numbers_are_all_found_again),
    cmocka_unit_test(a_refused_request_loses_nothing),
  };
  return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
