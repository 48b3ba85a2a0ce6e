#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

typedef struct Pair {
  uint64_t a, b;
} Pair;

static void an_item_pushed_is_zeroed(void **state)
{
  VEC(Pair) v = {0};
  for (uint32_t i = 0; i < 100; i++) {
    Pair *pair = VEC_PUSH(*state, &v);
    assert_true(pair->a == 0 && pair->b == 0);
    *pair = (Pair){i, ~(uint64_t)0};
  }
  assert_int_equal(v.len, 100);
}

static void items_keep_their_values_while_the_vector_moves(void **state)
{
  VEC(uint32_t) v = {0};
  for (uint32_t i = 0; i < 10000; i++) {
    *VEC_PUSH(*state, &v) = i;
    if (i % 100 == 0) arena_alloc(*state, 1); /* in the way: the vector cannot grow in place */
  }
  for (uint32_t i = 0; i < 10000; i++) assert_int_equal(v.data[i], i);
}

static void room_begins_at_four_and_doubles(void **state)
{
  uint32_t cap = 0;
  void *data = vec_room(*state, NULL, 0, &cap, 2);
  assert_int_equal(cap, 4);
  vec_room(*state, data, 4, &cap, 2);
  assert_int_equal(cap, 8);
}

static void more_items_than_can_be_counted_are_refused(void **state)
{
  Arena *arena = *state;
  jmp_buf oom;
  uint32_t cap = UINT32_MAX / 2 + 1;
  arena->mem->oom = &oom;
  if (setjmp(oom) == 0) {
    vec_room(arena, NULL, 0, &cap, 1);
    fail_msg("room for 2^32 items was given");
  }
  assert_int_equal(cap, UINT32_MAX / 2 + 1);
}

static void push_many(Arena *arena, void *user)
{
  (void)user;
  VEC(Pair) v = {0};
  for (uint32_t i = 0; i < 5000; i++) VEC_PUSH(arena, &v)->a = i;
}

static void a_refused_request_loses_nothing(void **state)
{
  (void)state;
  assert_in_range(refuse_each_request(push_many, NULL), 3, 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(an_item_pushed_is_zeroed),
    ARENA_TEST(items_keep_their_values_while_the_vector_moves),
    ARENA_TEST(room_begins_at_four_and_doubles),
    ARENA_TEST(more_items_than_can_be_counted_are_refused),
    cmocka_unit_test(a_refused_request_loses_nothing),
  };
  return cmocka_run_group_tests_name("vec", tests, NULL, NULL);
}
