#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/intern.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

static void equal_texts_get_one_number(void **state)
{
  Interner *in = intern_new(*state);
  Sym a = intern_z(in, "wait");
  assert_int_equal(intern(in, "waiting", 4), a);
  assert_int_not_equal(intern_z(in, "waiting"), a);
}

static void symbols_count_from_one_in_the_order_of_coming(void **state)
{
  Interner *in = intern_new(*state);
  assert_int_equal(intern_z(in, "b"), 1);
  assert_int_equal(intern_z(in, "a"), 2);
  assert_int_equal(intern_z(in, "b"), 1);
  assert_int_equal(intern_count(in), 2);
}

static void the_empty_text_is_a_symbol_and_none_reads_as_empty(void **state)
{
  Interner *in = intern_new(*state);
  assert_string_equal(sym_text(in, 0), "");
  assert_int_equal(sym_len(in, 0), 0);
  Sym empty = intern(in, NULL, 0);
  assert_int_not_equal(empty, 0);
  assert_string_equal(sym_text(in, empty), "");
}

static void a_text_may_hold_nul_bytes(void **state)
{
  Interner *in = intern_new(*state);
  Sym a = intern(in, "x\0y", 3), b = intern(in, "x\0z", 3);
  assert_int_not_equal(a, b);
  assert_int_equal(sym_len(in, a), 3);
  assert_memory_equal(sym_text(in, a), "x\0y", 4);
}

static void the_text_is_a_copy_that_stays_while_others_come(void **state)
{
  Interner *in = intern_new(*state);
  char name[] = "Visit";
  const char *text = sym_text(in, intern_z(in, name));
  name[0] = 'v';
  for (int i = 0; i < 20000; i++) intern_z(in, arena_printf(*state, "n%d", i));
  assert_string_equal(text, "Visit");
}

static void many_texts_are_all_found_again(void **state)
{
  Interner *in = intern_new(*state);
  for (uint32_t i = 0; i < 50000; i++)
    assert_int_equal(intern_z(in, arena_printf(*state, "name%u", i)), i + 1);
  for (uint32_t i = 0; i < 50000; i++) {
    const char *text = arena_printf(*state, "name%u", i);
    assert_int_equal(intern_z(in, text), i + 1);
    assert_string_equal(sym_text(in, i + 1), text);
  }
  assert_int_equal(intern_count(in), 50000);
}

static void intern_many(Arena *arena, void *user)
{
  (void)user;
  Interner *in = intern_new(arena);
  for (int i = 0; i < 3000; i++) intern_z(in, arena_printf(arena, "name%d", i));
}

static void a_refused_request_loses_nothing(void **state)
{
  (void)state;
  assert_in_range(refuse_each_request(intern_many, NULL), 3, 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(equal_texts_get_one_number),
    ARENA_TEST(symbols_count_from_one_in_the_order_of_coming),
    ARENA_TEST(the_empty_text_is_a_symbol_and_none_reads_as_empty),
    ARENA_TEST(a_text_may_hold_nul_bytes),
    ARENA_TEST(the_text_is_a_copy_that_stays_while_others_come),
    ARENA_TEST(many_texts_are_all_found_again),
    cmocka_unit_test(a_refused_request_loses_nothing),
  };
  return cmocka_run_group_tests_name("intern", tests, NULL, NULL);
}
