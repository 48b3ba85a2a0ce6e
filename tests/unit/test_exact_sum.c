/* test_exact_sum.c - sums of doubles, beside a number that is kept bit by bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>

#include "runtime/exact_sum.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

/* ---- a number as counts of powers of two ---- */

enum { BITS = 2300, POINT = 1074 };

typedef struct Naive {
  int64_t bits[BITS]; /* of 2^(i - POINT) */
} Naive;

static void naive_add(Naive *naive, double value, int sign)
{
  int exponent;
  double rest = frexp(fabs(value), &exponent);
  if (value < 0) sign = -sign;
  for (int i = exponent - 1; rest > 0; i--) {
    rest *= 2;
    if (rest < 1) continue;
    naive->bits[i + POINT] += sign;
    rest -= 1;
  }
}

/* Whether it is below zero; then, or if not, the bits are those of its size. */
static bool naive_settle(Naive *naive)
{
  for (int round = 0; round < 2; round++) {
    int64_t carry = 0;
    for (int i = 0; i < BITS; i++) {
      carry += naive->bits[i];
      naive->bits[i] = carry & 1;
      carry >>= 1;
    }
    if (carry == 0) return round > 0;
    /* below zero: its two's complement, bits and a -1 above all of them */
    for (int i = 0; i < BITS; i++) naive->bits[i] = -naive->bits[i];
    naive->bits[BITS - 1] += 2;
  }
  fail_msg("too big");
  return false;
}

static int naive_compare(const Naive *a, const Naive *b)
{
  for (int i = BITS - 1; i >= 0; i--)
    if (a->bits[i] != b->bits[i]) return a->bits[i] < b->bits[i] ? -1 : 1;
  return 0;
}

/* |sum of values - value| */
static Naive distance(const double *values, size_t count, double value)
{
  Naive naive = {{0}};
  for (size_t i = 0; i < count; i++) naive_add(&naive, values[i], 1);
  naive_add(&naive, value, -1);
  naive_settle(&naive);
  return naive;
}

static bool is_even(double value)
{
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits % 2 == 0;
}

static void check_nearest(const double *values, size_t count, double sum)
{
  Naive here = distance(values, count, sum);
  for (int way = -1; way <= 1; way += 2) {
    double other = nextafter(sum, way * INFINITY);
    if (isinf(other)) continue;
    Naive there = distance(values, count, other);
    int side = naive_compare(&here, &there);
    if (side > 0 || (side == 0 && !is_even(sum))) fail_msg("%a is nearer than %a", other, sum);
  }
}

/* ---- tests ---- */

static uint64_t random_bits(uint64_t *seed)
{
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

/* Of any size, or of sizes near each other, so that much cancels. */
static double random_double(uint64_t *seed, bool any)
{
  double value;
  do {
    uint64_t bits = random_bits(seed);
    if (!any) bits = (bits & ~(UINT64_C(0x7ff) << 52)) | (uint64_t)(1023 + (bits >> 40) % 100) << 52;
    memcpy(&value, &bits, sizeof value);
  } while (!isfinite(value) || fabs(value) > DBL_MAX / 64);
  return value;
}

static void add(ExactSum *sum, Mem *mem, double value)
{
  exact_sum_room(sum, mem, value);
  exact_sum_add(sum, value);
}

static double sum_of(Mem *mem, const double *values, size_t count)
{
  ExactSum sum = {0};
  double value = NAN;
  for (size_t i = 0; i < count; i++) add(&sum, mem, values[i]);
  assert_true(exact_sum_value(&sum, &value));
  exact_sum_free(&sum, mem);
  return value;
}

static Mem plain_mem(void)
{
  Mem mem;
  mem_init(&mem, NULL, NULL);
  return mem;
}

static void test_sums_are_rounded_once(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  double values[40];
  uint64_t seed = 88172645463325252;
  for (unsigned round = 0; round < 150; round++) {
    size_t count = round % 40 + 1;
    for (size_t i = 0; i < count; i++) values[i] = random_double(&seed, round % 3 == 0);
    check_nearest(values, count, sum_of(&mem, values, count));
  }
  assert_int_equal(mem.in_use, 0);
}

static void test_what_cancels_leaves_the_rest(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  const double huge[] = {1e308, 1, -1e308, DBL_MAX, 1e308, DBL_TRUE_MIN, -1e308, -DBL_MAX, -1};
  const double half[] = {9007199254740992.0, 1};                    /* 2^53 + 1: to even */
  const double more[] = {9007199254740992.0, 1, DBL_TRUE_MIN};      /* a little above */
  const double less[] = {9007199254740992.0, 1, -DBL_TRUE_MIN};
  const double odd[] = {9007199254740994.0, 1};
  const double tiny[] = {DBL_MIN, -DBL_TRUE_MIN, DBL_TRUE_MIN, DBL_TRUE_MIN};
  const double none[] = {-0.0, 3, -3};
  assert_true(sum_of(&mem, huge, 9) == DBL_TRUE_MIN);
  assert_true(sum_of(&mem, half, 2) == 9007199254740992.0);
  assert_true(sum_of(&mem, more, 3) == 9007199254740994.0);
  assert_true(sum_of(&mem, less, 3) == 9007199254740992.0);
  assert_true(sum_of(&mem, odd, 2) == 9007199254740996.0);
  assert_true(sum_of(&mem, tiny, 4) == DBL_MIN + DBL_TRUE_MIN);
  double zero = sum_of(&mem, none, 3);
  assert_true(zero == 0 && !signbit(zero));
  zero = sum_of(&mem, none, 0);
  assert_true(zero == 0 && !signbit(zero));
}

static void test_a_sum_may_be_too_big_in_between_and_at_the_end(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  ExactSum sum = {0};
  double value = 7;
  for (unsigned i = 0; i < 1000; i++) add(&sum, &mem, DBL_MAX);
  assert_false(exact_sum_value(&sum, &value));
  for (unsigned i = 0; i < 2000; i++) add(&sum, &mem, -DBL_MAX);
  assert_false(exact_sum_value(&sum, &value));
  assert_true(value == 7);
  for (unsigned i = 0; i < 999; i++) add(&sum, &mem, DBL_MAX);
  assert_true(exact_sum_value(&sum, &value) && value == -DBL_MAX);
  add(&sum, &mem, -0x1p970); /* half of the last place: to even, which would be infinite */
  assert_false(exact_sum_value(&sum, &value));
  exact_sum_free(&sum, &mem);
}

static void same_sums(const ExactSum *a, const ExactSum *b)
{
  ExactDigits x, y;
  exact_sum_digits(a, &x);
  exact_sum_digits(b, &y);
  assert_true(x.negative == y.negative && x.first == y.first && x.count == y.count);
  assert_memory_equal(x.digits, y.digits, x.count * sizeof *x.digits);
}

/* Doubled again and again the carries must move on: 2^40 values, more than may wait. */
static void test_carries_do_not_wait_for_ever(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  ExactSum sum = {0}, copy = {0}, doubled = {0}, once = {0};
  const double value = -0x1.fffffffffffffp600;
  double result = 0;
  add(&sum, &mem, value);
  for (unsigned i = 0; i < 40; i++) {
    exact_sum_merge_room(&copy, &sum, &mem);
    exact_sum_merge(&copy, &sum);
    exact_sum_merge_room(&sum, &copy, &mem);
    exact_sum_merge(&sum, &copy);
    exact_sum_free(&copy, &mem);
  }
  assert_true(exact_sum_value(&sum, &result) && result == ldexp(value, 40));
  for (unsigned i = 0; i < 5; i++) {
    exact_sum_merge_room(&doubled, &sum, &mem);
    exact_sum_merge(&doubled, &sum);
    exact_sum_room(&once, &mem, ldexp(value, 40));
    exact_sum_add(&once, ldexp(value, 40));
  }
  same_sums(&doubled, &once);
  exact_sum_free(&sum, &mem);
  exact_sum_free(&doubled, &mem);
  exact_sum_free(&once, &mem);
  assert_int_equal(mem.in_use, 0);
}

static void test_parts_make_the_whole(void **state)
{
  (void)state;
  Mem mem = plain_mem();
  uint64_t seed = 12345678910111213;
  for (unsigned round = 0; round < 300; round++) {
    ExactSum whole = {0}, parts[3] = {{0}}, merged = {0}, back = {0};
    ExactDigits digits;
    for (unsigned i = 0; i < round % 50; i++) {
      double value = random_double(&seed, round % 2);
      add(&whole, &mem, value);
      add(&parts[random_bits(&seed) % 3], &mem, value);
    }
    for (unsigned i = 3; i-- > 0;) {
      exact_sum_merge_room(&merged, &parts[i], &mem);
      exact_sum_merge(&merged, &parts[i]);
      exact_sum_free(&parts[i], &mem);
    }
    same_sums(&merged, &whole);
    exact_sum_digits(&whole, &digits);
    exact_sum_from(&back, &mem, &digits);
    same_sums(&back, &whole);
    exact_sum_free(&whole, &mem);
    exact_sum_free(&merged, &mem);
    exact_sum_free(&back, &mem);
  }
  assert_int_equal(mem.in_use, 0);
}

/* ---- without memory ---- */

static ExactSum kept[2];

static void add_some(Mem *mem, void *user)
{
  static const double values[] = {1, 1e300, -1e-300, 1e-310, -7};
  double before, after;
  (void)user;
  for (unsigned i = 0; i < 5; i++) {
    assert_true(exact_sum_value(&kept[i % 2], &before));
    exact_sum_room(&kept[i % 2], mem, values[i]);
    assert_true(exact_sum_value(&kept[i % 2], &after) && before == after);
    exact_sum_add(&kept[i % 2], values[i]);
  }
  exact_sum_merge_room(&kept[1], &kept[0], mem);
  exact_sum_merge(&kept[1], &kept[0]);
}

static Mem *undo_mem;

static void give_back(void *user)
{
  (void)user;
  for (unsigned i = 0; i < 2; i++) {
    double value;
    assert_true(exact_sum_value(&kept[i], &value));
    exact_sum_free(&kept[i], undo_mem);
  }
}

static void add_some_by(Mem *mem, void *user)
{
  undo_mem = mem;
  add_some(mem, user);
}

static void test_without_memory_a_sum_stays_what_it_is(void **state)
{
  (void)state;
  assert_true(refuse_each_resize(add_some_by, give_back, NULL) > 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sums_are_rounded_once),
    cmocka_unit_test(test_what_cancels_leaves_the_rest),
    cmocka_unit_test(test_a_sum_may_be_too_big_in_between_and_at_the_end),
    cmocka_unit_test(test_carries_do_not_wait_for_ever),
    cmocka_unit_test(test_parts_make_the_whole),
    cmocka_unit_test(test_without_memory_a_sum_stays_what_it_is),
  };
  return cmocka_run_group_tests_name("exact_sum", tests, NULL, NULL);
}
