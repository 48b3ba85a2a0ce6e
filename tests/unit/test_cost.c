/* What a module costs to run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/cost.h"
#include "runtime/series.h"
#include "bytecode/records.h"
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
  assert_int_equal(cost.experiences[0].journey_bytes, journey_parts(&result.module, 0).size);
  assert_true(cost.experiences[0].journey_bytes >= result.module.Experience[0].size);
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

static const MeasureCost *measure_named(const Cost *cost, const char *name)
{
  for (uint32_t i = 0; i < cost->measure_count; i++)
    if (strcmp(cost->measures[i].name, name) == 0) return &cost->measures[i];
  fail_msg("no measure %s", name);
  return NULL;
}

static void test_cost_of_targets(void **state)
{
  Compiled result = example(*state);
  Cost cost = cost_of(&result.module, *state);
  assert_int_equal(cost.measure_count, result.module.Target_count);
  const MeasureCost *target = measure_named(&cost, "Sale.Answered: 90% over 7 d");
  assert_true(target->groups == 1 && target->panes == 7 && target->bucket_bytes == 0);
  assert_int_equal(target->pane_bytes, sizeof(Pane) + sizeof(Tally));
  assert_int_equal(target->pane_bytes_most, target->pane_bytes);
}

/* The bytes of a metric, with one value as they are measured. */
static void check_metric(const Module *module, const Cost *cost, const char *name, uint64_t groups,
                         uint64_t panes)
{
  const MeasureCost *metric = measure_named(cost, name);
  Mem mem;
  Tally tally = {0};
  const AggregateRow *row = &module->Aggregate[module->Metric[metric - cost->measures].aggregates];
  TallyKind kind = {row->kind, row->type, row->quantile};
  mem_init(&mem, NULL, NULL);
  assert_true(metric->groups == groups && metric->panes == panes);
  if (row->type == VALUE_NUMBER && row->kind != AGGREGATE_RATE)
    tally_double(&tally, &mem, kind, 5);
  else
    tally_int(&tally, &mem, kind, 5);
  assert_int_equal(metric->pane_bytes, sizeof(Pane) + sizeof(Tally) + mem.in_use);
  for (int64_t i = 1; i < 1000; i++)
    if (row->type == VALUE_NUMBER && row->kind != AGGREGATE_RATE)
      tally_double(&tally, &mem, kind, i % 2 ? 1e308 : 5e-324);
    else
      tally_int(&tally, &mem, kind, i);
  uint64_t buckets = metric->bucket_bytes * 1000;
  assert_true(sizeof(Pane) + sizeof(Tally) + mem.in_use <= metric->pane_bytes_most + buckets);
  tally_free(&tally, &mem, kind);
}

static void test_cost_of_metrics(void **state)
{
  static const struct { const char *name; uint64_t groups, panes; } metrics[] = {
    {"Rate", 1, 1}, {"Sum", 1, 60}, {"Exact", 101, 48}, {"Median", 10001, 30}, {"Kinds", 1, 31},
    {"Year", 1, 12}, {"Month", 1, 744},
  };
  Compiled result = compiled_text(*state, "a.mot",
    "event Order { customer: id  n: int  x: number }\n"
    "metric Rate   = rate(Order where n > 3) per 1 month\n"
    "metric Sum    = sum(Order.n) over 1 h\n"
    "metric Exact  = sum(Order.x) by customer over 2 d groups 100\n"
    "metric Median = p50(Order.n) by customer over 30 d\n"
    "metric Kinds  = distinct(Order.n) over 1 month\n"
    "metric Year   = max(Order.n) over 1 year step 1 month\n"
    "metric Month  = max(Order.n) over 1 month step 1 h\n");
  assert_string_equal(result.errors, "");
  Cost cost = cost_of(&result.module, *state);
  assert_int_equal(cost.measure_count, 7);
  for (unsigned i = 0; i < 7; i++)
    check_metric(&result.module, &cost, metrics[i].name, metrics[i].groups, metrics[i].panes);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_cost_has_the_sizes_of_the_records),
    ARENA_TEST(test_cost_bounds_every_function_that_a_handler_calls),
    ARENA_TEST(test_cost_reads_as_sentences),
    ARENA_TEST(test_a_module_without_experiences_costs_nothing),
    ARENA_TEST(test_cost_of_targets),
    ARENA_TEST(test_cost_of_metrics),
  };
  return cmocka_run_group_tests_name("cost", tests, NULL, NULL);
}
