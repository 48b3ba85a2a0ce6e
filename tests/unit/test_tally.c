/* test_tally.c - what aggregates take in: the same in any order and parts, exact or within their bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>

#include "runtime/distinct.h"
#include "runtime/histogram.h"
#include "runtime/tally.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

static Mem plain_mem(void)
{
  Mem mem;
  mem_init(&mem, NULL, NULL);
  return mem;
}

static uint64_t random_bits(uint64_t *seed)
{
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

/* ---- values of all kinds ---- */

static const TallyKind KINDS[] = {
  {AGGREGATE_COUNT, VALUE_NONE, 0}, {AGGREGATE_RATE, VALUE_NONE, 0}, {AGGREGATE_DISRUPTION, VALUE_NONE, 0},
  {AGGREGATE_SUM, VALUE_INT, 0}, {AGGREGATE_SUM, VALUE_MONEY, 0}, {AGGREGATE_SUM, VALUE_NUMBER, 0},
  {AGGREGATE_AVG, VALUE_INT, 0}, {AGGREGATE_AVG, VALUE_DURATION, 0}, {AGGREGATE_AVG, VALUE_PERCENT, 0},
  {AGGREGATE_MIN, VALUE_TIME, 0}, {AGGREGATE_MIN, VALUE_NUMBER, 0}, {AGGREGATE_MAX, VALUE_INT, 0},
  {AGGREGATE_MAX, VALUE_NUMBER, 0}, {AGGREGATE_QUANTILE, VALUE_INT, 0.5},
  {AGGREGATE_QUANTILE, VALUE_DURATION, 0.95}, {AGGREGATE_QUANTILE, VALUE_NUMBER, 0.999},
  {AGGREGATE_DISTINCT, VALUE_TEXT, 0}, {AGGREGATE_DISTINCT, VALUE_INT, 0},
  {AGGREGATE_DISTINCT, VALUE_NUMBER, 0},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

/* A value from a few bits; spread 0: few different ones, 1: many, 2: of all sizes. */
static void take(Tally *tally, Mem *mem, TallyKind kind, uint64_t bits, unsigned spread)
{
  int64_t whole = spread == 0 ? (int64_t)(bits % 7) - 3 : spread == 1 ? (int64_t)(bits % 100000) - 20000
                                                         : (int64_t)bits >> bits % 60;
  double number = ldexp((double)whole, spread == 2 ? (int)(bits % 1800) - 900 : -3);
  char text[24];
  int len = snprintf(text, sizeof text, "v%lld", (long long)whole);
  if (kind.kind == AGGREGATE_COUNT)
    tally_count(tally);
  else if (kind.kind == AGGREGATE_RATE)
    tally_rate(tally, whole > 0);
  else if (kind.kind == AGGREGATE_DISRUPTION)
    tally_weight(tally, mem, fabs(number), bits % 3 == 0);
  else if (kind.type == VALUE_TEXT)
    tally_text(tally, mem, kind, text, (uint32_t)len);
  else if (kind.type == VALUE_NUMBER || kind.type == VALUE_PERCENT)
    tally_double(tally, mem, kind, number);
  else
    tally_int(tally, mem, kind, whole);
}

static void same_value(TallyValue a, TallyValue b)
{
  assert_true(a.known == b.known && a.is_double == b.is_double && a.i == b.i);
  assert_memory_equal(&a.f, &b.f, sizeof a.f);
}

/* `count` values, in one tally and in parts that are merged in another order. */
static void check_parts(TallyKind kind, uint64_t seed, unsigned count, unsigned spread)
{
  enum { PARTS = 4 };
  Mem mem = plain_mem();
  Tally whole = {0}, merged = {0}, parts[PARTS] = {{0}};
  for (unsigned i = 0; i < count; i++) {
    uint64_t bits = random_bits(&seed);
    take(&whole, &mem, kind, bits, spread);
    take(&parts[(bits >> 40) % PARTS], &mem, kind, bits, spread);
  }
  for (unsigned i = 0; i < PARTS; i++) {
    unsigned part = (unsigned)(i + seed) % PARTS;
    tally_merge(&merged, &parts[part], &mem, kind);
    tally_free(&parts[part], &mem, kind);
  }
  assert_int_equal(merged.cases, count);
  same_value(tally_value(&merged, kind), tally_value(&whole, kind));
  for (unsigned p = 1; p < 100 && kind.kind == AGGREGATE_QUANTILE; p++) {
    TallyKind other = {kind.kind, kind.type, p / 100.0};
    same_value(tally_value(&merged, other), tally_value(&whole, other));
  }
  tally_free(&merged, &mem, kind);
  tally_free(&whole, &mem, kind);
  assert_int_equal(mem.in_use, 0);
}

static void test_parts_make_the_whole(void **state)
{
  (void)state;
  static const unsigned counts[] = {0, 1, 2, 3, 10, 200, 300, 2000};
  for (unsigned k = 0; k < KIND_COUNT; k++)
    for (unsigned c = 0; c < 8; c++)
      for (unsigned spread = 0; spread < 3; spread++)
        for (unsigned round = 1; round <= 4; round++)
          check_parts(KINDS[k], round * UINT64_C(0x9e3779b97f4a7c15) + c, counts[c], spread);
}

/* ---- without cases ---- */

static void test_nothing_taken_in(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  for (unsigned k = 0; k < KIND_COUNT; k++) {
    uint32_t kind = KINDS[k].kind;
    bool zero = kind == AGGREGATE_COUNT || kind == AGGREGATE_SUM || kind == AGGREGATE_DISTINCT;
    Tally tally = {0}, other = {0};
    tally_merge(&tally, &other, &mem, KINDS[k]);
    TallyValue value = tally_value(&tally, KINDS[k]);
    assert_true(value.known == zero && value.i == 0 && value.f == 0);
    tally_free(&tally, &mem, KINDS[k]);
  }
}

/* ---- sums and means ---- */

static TallyValue of_ints(TallyKind kind, const int64_t *values, size_t count)
{
  Mem mem = plain_mem();
  Tally tally = {0};
  for (size_t i = 0; i < count; i++) tally_int(&tally, &mem, kind, values[i]);
  TallyValue value = tally_value(&tally, kind);
  tally_free(&tally, &mem, kind);
  return value;
}

static TallyValue of_doubles(TallyKind kind, const double *values, size_t count)
{
  Mem mem = plain_mem();
  Tally tally = {0};
  for (size_t i = 0; i < count; i++) tally_double(&tally, &mem, kind, values[i]);
  TallyValue value = tally_value(&tally, kind);
  tally_free(&tally, &mem, kind);
  return value;
}

#define OF_INTS(kind, ...) \
  of_ints(kind, (int64_t[]){__VA_ARGS__}, sizeof(int64_t[]){__VA_ARGS__} / sizeof(int64_t))
#define OF_DOUBLES(kind, ...) \
  of_doubles(kind, (double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double))

static void test_sums_beyond_their_type_are_missing_unless_they_come_back(void **state)
{
  (void)state;
  const TallyKind sum = {AGGREGATE_SUM, VALUE_MONEY, 0}, number = {AGGREGATE_SUM, VALUE_NUMBER, 0};
  assert_false(OF_INTS(sum, INT64_MAX, 1).known);
  assert_int_equal(OF_INTS(sum, INT64_MAX, INT64_MAX, INT64_MIN, -7).i, INT64_MAX - 8);
  assert_int_equal(OF_INTS(sum, INT64_MIN, 0).i, INT64_MIN);
  assert_false(OF_INTS(sum, INT64_MIN, -1).known);
  assert_false(OF_DOUBLES(number, DBL_MAX, DBL_MAX).known);
  assert_true(OF_DOUBLES(number, DBL_MAX, DBL_MAX, -DBL_MAX).f == DBL_MAX);
  assert_true(OF_DOUBLES(number, 0.1, 0.2, 0.3, -0.3, -0.2, -0.1).f == 0);
}

static void test_means_of_money_are_rounded_half_to_even(void **state)
{
  (void)state;
  const TallyKind money = {AGGREGATE_AVG, VALUE_MONEY, 0}, whole = {AGGREGATE_AVG, VALUE_INT, 0};
  assert_int_equal(OF_INTS(money, 1, 2).i, 2);
  assert_int_equal(OF_INTS(money, 2, 3).i, 2);
  assert_int_equal(OF_INTS(money, -1, -2).i, -2);
  assert_int_equal(OF_INTS(money, -2, -3).i, -2);
  assert_int_equal(OF_INTS(money, 0, -1).i, 0);
  assert_int_equal(OF_INTS(money, 1, 1, 2).i, 1);
  assert_int_equal(OF_INTS(money, -1, -2, -2).i, -2);
  assert_int_equal(OF_INTS(money, INT64_MAX, INT64_MAX, INT64_MAX).i, INT64_MAX);
  assert_int_equal(OF_INTS(money, INT64_MIN, INT64_MIN).i, INT64_MIN);
  assert_true(OF_INTS(whole, 1, 2).is_double && OF_INTS(whole, 1, 2).f == 1.5);
  assert_true(OF_INTS(whole, INT64_MAX, INT64_MAX).f == 9223372036854775808.0);
}

static void test_weights_below_and_above(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  const TallyKind kind = {AGGREGATE_DISRUPTION, VALUE_NONE, 0};
  Tally tally = {0};
  tally_weight(&tally, &mem, 0, true);
  assert_false(tally_value(&tally, kind).known);
  tally_weight(&tally, &mem, 3, false);
  assert_true(tally_value(&tally, kind).f == 0);
  tally_weight(&tally, &mem, 1, true);
  assert_true(tally_value(&tally, kind).f == 0.25);
  tally_weight(&tally, &mem, DBL_MAX, true);
  assert_true(tally_value(&tally, kind).f == 1);
  tally_weight(&tally, &mem, DBL_MAX, true);
  assert_false(tally_value(&tally, kind).known);
  tally_free(&tally, &mem, kind);
  assert_int_equal(mem.in_use, 0);
}

/* ---- percentiles ---- */

static void test_extremes_of_whole_numbers(void **state)
{
  (void)state;
  const TallyKind median = {AGGREGATE_QUANTILE, VALUE_INT, 0.5};
  assert_int_equal(OF_INTS(median, INT64_MAX).i, INT64_MAX);
  assert_int_equal(OF_INTS(median, INT64_MIN).i, INT64_MIN);
  assert_int_equal(OF_INTS(median, INT64_MIN, INT64_MAX).i, INT64_MIN);
  assert_int_equal(OF_INTS(median, -5, 0, 5).i, 0);
  for (int64_t v = -127; v <= 127; v++)
    assert_int_equal(OF_INTS(median, -1000000, v, 1000000).i, v);
}

static void check_bucket_int(int64_t value)
{
  int32_t key = histogram_key_int(value);
  int64_t middle = histogram_middle_int(key);
  double off = fabs((double)middle - (double)value), bound = fabs((double)value) * 0.0078125;
  assert_int_equal(histogram_key_int(-value), -key);
  if (off > bound) fail_msg("%lld stands for %lld", (long long)middle, (long long)value);
  if (middle != INT64_MAX && middle != INT64_MIN) assert_int_equal(histogram_key_int(middle), key);
}

static void check_bucket_double(double value)
{
  int32_t key = histogram_key_double(value), next = histogram_key_double(nextafter(value, INFINITY));
  double middle = histogram_middle_double(key);
  assert_int_equal(histogram_key_double(-value), -key);
  assert_true(abs(key) <= HISTOGRAM_KEY_MOST && key <= next);
  if (fabs(value) < DBL_MIN) return; /* there the doubles are coarser than buckets */
  assert_true(next <= key + 1);
  if (fabs(middle - value) > fabs(value) * 0.0078125) fail_msg("%a stands for %a", middle, value);
  assert_int_equal(histogram_key_double(middle), key);
}

static void test_a_bucket_is_within_its_bound(void **state)
{
  (void)state;
  uint64_t seed = 4711;
  for (int64_t i = 1; i < 5000; i++) check_bucket_int(i);
  for (unsigned i = 0; i < 50000; i++) {
    uint64_t bits = random_bits(&seed);
    double value;
    memcpy(&value, &bits, sizeof value);
    check_bucket_int((int64_t)(bits >> 1) >> bits % 63);
    if (fabs(value) < DBL_MAX) check_bucket_double(value);
    check_bucket_double((double)(bits % 1000) * DBL_TRUE_MIN);
  }
  check_bucket_double(nextafter(DBL_MAX, 0));
  assert_int_equal(histogram_key_double(-DBL_MAX), -HISTOGRAM_KEY_MOST);
  check_bucket_int((INT64_C(1) << 53) + 1);
  assert_int_equal(histogram_key_int((INT64_C(1) << 60) - 1) + 1, histogram_key_int(INT64_C(1) << 60));
}

static void test_whole_numbers_and_doubles_share_their_buckets(void **state)
{
  (void)state;
  for (int64_t i = -70000; i <= 70000; i++)
    assert_int_equal(histogram_key_int(i), histogram_key_double((double)i));
}

static int by_size(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void test_percentiles_are_the_nearest_rank_within_a_percent(void **state)
{
  (void)state;
  static const struct { double quantile; unsigned count, rank; } ranks[] = {
    {0.5, 1, 1}, {0.5, 2, 1}, {0.5, 3, 2}, {0.95, 100, 95}, {0.95, 20, 19}, {0.95, 21, 20}, {0.07, 100, 7},
    {0.55, 100, 55}, {0.57, 100, 57}, {0.999, 1000, 999}, {0.999, 10, 10}, {0.99, 100, 99}, {0.01, 100, 1},
    {0.29, 100, 29}, {0.9, 10, 9}, {0.1, 10, 1}, {0.1, 11, 2},
  };
  double values[1000];
  uint64_t seed = 99;
  for (unsigned i = 0; i < sizeof ranks / sizeof *ranks; i++) {
    for (unsigned k = 0; k < ranks[i].count; k++)
      values[k] = ldexp((double)(random_bits(&seed) % 1000000) - 300000, (int)(seed % 40) - 20);
    double found = of_doubles((TallyKind){AGGREGATE_QUANTILE, VALUE_NUMBER, ranks[i].quantile}, values,
                              ranks[i].count).f;
    qsort(values, ranks[i].count, sizeof *values, by_size);
    double exact = values[ranks[i].rank - 1];
    if (fabs(found - exact) > fabs(exact) * 0.0078125)
      fail_msg("p%g of %u: %g, not %g", ranks[i].quantile * 100, ranks[i].count, found, exact);
  }
}

static void test_a_percentile_lies_between_the_extremes(void **state)
{
  (void)state;
  const TallyKind kind = {AGGREGATE_QUANTILE, VALUE_NUMBER, 0.95};
  assert_true(OF_DOUBLES(kind, 3.3).f == 3.3);
  assert_true(OF_DOUBLES(kind, DBL_TRUE_MIN).f == DBL_TRUE_MIN);
  assert_true(OF_DOUBLES(kind, DBL_MAX).f == DBL_MAX);
  assert_true(OF_DOUBLES(kind, -DBL_MAX).f == -DBL_MAX);
  assert_true(OF_DOUBLES(kind, -7.7, -7.7).f == -7.7);
  double zero = OF_DOUBLES(kind, -0.0).f;
  assert_true(zero == 0 && !signbit(zero));
}

/* ---- different values ---- */

static int64_t different(unsigned count)
{
  Mem mem = plain_mem();
  const TallyKind kind = {AGGREGATE_DISTINCT, VALUE_INT, 0};
  Tally tally = {0};
  for (unsigned round = 0; round < 2; round++)
    for (unsigned i = 0; i < count; i++) tally_int(&tally, &mem, kind, (int64_t)i * 7919 - 1000);
  int64_t found = tally_value(&tally, kind).i;
  tally_free(&tally, &mem, kind);
  assert_int_equal(mem.in_use, 0);
  return found;
}

static void test_few_different_values_are_counted_many_estimated(void **state)
{
  (void)state;
  static const unsigned many[] = {257, 300, 1000, 5000, 9000, 10240, 12000, 20000, 100000, 1000000};
  for (unsigned i = 0; i <= 256; i++) assert_int_equal(different(i), i);
  for (unsigned i = 0; i < sizeof many / sizeof *many; i++) {
    double off = fabs((double)different(many[i]) / many[i] - 1);
    if (off > 4 * 0.01625) fail_msg("%u different values are off by %g", many[i], off);
  }
}

static void test_different_texts_and_zeros(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  const TallyKind text = {AGGREGATE_DISTINCT, VALUE_ID, 0}, number = {AGGREGATE_DISTINCT, VALUE_NUMBER, 0};
  Tally tally = {0};
  tally_text(&tally, &mem, text, "", 0);
  tally_text(&tally, &mem, text, "a", 1);
  tally_text(&tally, &mem, text, "a\0b", 3);
  tally_text(&tally, &mem, text, "a", 1);
  assert_int_equal(tally_value(&tally, text).i, 3);
  assert_int_equal(tally.cases, 4);
  tally_free(&tally, &mem, text);
  assert_int_equal(OF_DOUBLES(number, 0.0, -0.0, 1, -1).i, 3);
}

/* The last register, and hashes whose other bits are all zero, through the set itself. */
static void test_hashes_of_all_forms(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  HashSet *set = NULL, *other = NULL;
  uint32_t count;
  for (uint64_t i = 0; i < 256; i++) distinct_add(&set, &mem, i << 56);
  distinct_add(&set, &mem, 0);
  assert_non_null(distinct_hashes(set, &count));
  assert_int_equal(count, 256);
  distinct_add(&set, &mem, UINT64_MAX);
  assert_null(distinct_hashes(set, &count));
  assert_int_equal(distinct_registers(set)[0], DISTINCT_RANK_MOST);
  assert_int_equal(distinct_registers(set)[DISTINCT_REGISTERS - 1], 1);
  distinct_from_registers(&other, &mem, distinct_registers(set));
  assert_memory_equal(distinct_registers(set), distinct_registers(other), DISTINCT_REGISTERS);
  distinct_free(&set, &mem);
  distinct_free(&other, &mem);
  assert_int_equal(mem.in_use, 0);
}

/* ---- without memory ---- */

typedef struct Short {
  TallyKind kind;
  Tally tallies[2];
  Mem *mem;
} Short;

static void take_much(Mem *mem, void *user)
{
  Short *few = user;
  uint64_t seed = 31337;
  few->mem = mem;
  for (unsigned i = 0; i < 700; i++) take(&few->tallies[i % 2], mem, few->kind, random_bits(&seed), i % 3);
  tally_merge(&few->tallies[0], &few->tallies[1], mem, few->kind);
  assert_int_equal(few->tallies[0].cases, 700);
}

/* What was taken in can be taken in again: it is a tally of so many values. */
static void check_and_free(void *user)
{
  Short *few = user;
  uint64_t seed = 31337;
  Mem mem = plain_mem();
  Tally again[2] = {{0}};
  uint64_t cases = few->tallies[0].cases + few->tallies[1].cases;
  bool whole = few->tallies[0].cases == 700;
  for (unsigned i = 0; i < (whole ? 700 : cases); i++)
    take(&again[whole ? 0 : i % 2], &mem, few->kind, random_bits(&seed), i % 3);
  for (unsigned i = 0; i < 2; i++) {
    if (!whole || i == 0)
      same_value(tally_value(&few->tallies[i], few->kind), tally_value(&again[i], few->kind));
    tally_free(&few->tallies[i], few->mem, few->kind);
    tally_free(&again[i], &mem, few->kind);
  }
  assert_int_equal(mem.in_use, 0);
}

static void test_without_memory_a_tally_stays_what_it_is(void **state)
{
  (void)state;
  for (unsigned k = 0; k < KIND_COUNT; k++) {
    Short few = {.kind = KINDS[k]};
    refuse_each_resize(take_much, check_and_free, &few);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parts_make_the_whole),
    cmocka_unit_test(test_nothing_taken_in),
    cmocka_unit_test(test_sums_beyond_their_type_are_missing_unless_they_come_back),
    cmocka_unit_test(test_means_of_money_are_rounded_half_to_even),
    cmocka_unit_test(test_weights_below_and_above),
    cmocka_unit_test(test_extremes_of_whole_numbers),
    cmocka_unit_test(test_a_bucket_is_within_its_bound),
    cmocka_unit_test(test_whole_numbers_and_doubles_share_their_buckets),
    cmocka_unit_test(test_percentiles_are_the_nearest_rank_within_a_percent),
    cmocka_unit_test(test_a_percentile_lies_between_the_extremes),
    cmocka_unit_test(test_few_different_values_are_counted_many_estimated),
    cmocka_unit_test(test_different_texts_and_zeros),
    cmocka_unit_test(test_hashes_of_all_forms),
    cmocka_unit_test(test_without_memory_a_tally_stays_what_it_is),
  };
  return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
