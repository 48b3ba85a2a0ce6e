/* What a module costs to run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/cost.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

static Compiled example(Arena *arena)
{
  Compiled result = compiled_file(arena, "tests/golden/order.mot");
  assert_string_equal(result.errors, "");
  return result;
}

static void test_cost_has_the_sizes_of_the_records(void **state)
{
  Compiled result = example(*state);
  Cost cost = cost_of(&result.module, *state);
  assert_int_equal(cost.experience_count, 1);
  assert_int_equal(cost.experiences[0].journey_bytes, result.module.Experience[0].size);
  assert_int_equal(cost.experiences[0].handlers, 3);
  assert_int_equal(cost.experiences[0].mot_count, 2);
  assert_string_equal(cost.experiences[0].mots[0].name, "Answered");
  assert_false(cost.experiences[0].mots[0].single);
  assert_true(cost.experiences[0].mots[1].single);
}

static uint64_t longest(const Module *module, uint32_t kind)
{
  uint64_t most = 0;
  for (uint32_t i = 0; i < module->Function_count; i++)
    if (module->Function[i].kind == kind && module->Function[i].longest > most)
      most = module->Function[i].longest;
  return most;
}

static void test_cost_bounds_every_function_that_a_handler_calls(void **state)
{
  Compiled result = example(*state);
  Cost cost = cost_of(&result.module, *state);
  uint64_t journey = longest(&result.module, FUNCTION_HISTORY) + longest(&result.module, FUNCTION_OPENING);
  uint64_t moment = longest(&result.module, FUNCTION_TEST) + longest(&result.module, FUNCTION_VERDICT);
  assert_true(cost.experiences[0].instructions >= journey);
  assert_true(cost.experiences[0].per_moment >= moment);
  assert_true(cost.experiences[0].instructions <= result.module.code_count * 2);
}

static void test_cost_reads_as_sentences(void **state)
{
  Compiled result = example(*state);
  Buf out;
  buf_init(&out, *state);
  cost_text(&result.module, &out);
  assert_non_null(strstr(out.data, "experience Sale: "));
  assert_non_null(strstr(out.data, " instructions an event and journey, and "));
  assert_non_null(strstr(out.data, "mot Quiet: "));
  assert_non_null(strstr(out.data, ", at most one a journey"));
}

static void test_a_module_without_experiences_costs_nothing(void **state)
{
  Compiled result = compiled_text(*state, "a.mot", "module a.b\nevent Order { customer: id }\n");
  assert_true(result.accepted);
  assert_int_equal(cost_of(&result.module, *state).experience_count, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_cost_has_the_sizes_of_the_records),
    ARENA_TEST(test_cost_bounds_every_function_that_a_handler_calls),
    ARENA_TEST(test_cost_reads_as_sentences),
    ARENA_TEST(test_a_module_without_experiences_costs_nothing),
  };
  return cmocka_run_group_tests_name("cost", tests, NULL, NULL);
}
