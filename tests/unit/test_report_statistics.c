/*
 * test_report_statistics.c - intervals and trends beside those of scipy and statsmodels: the tables are what
 * tests/statistics/check.py prints.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/statistics.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static void near(double value, double expected)
{
  bool is_near = fabs(value - expected) <= 1e-12 * fmax(1, fabs(expected));
  if (!is_near) print_error("%.17g, not %.17g\n", value, expected);
  assert_true(is_near);
}

static void between(Estimate estimate, double low, double high)
{
  assert_true(estimate.known);
  assert_true(estimate.bounded);
  assert_true(estimate.low <= estimate.value && estimate.value <= estimate.high);
  near(estimate.low, low);
  near(estimate.high, high);
}

typedef struct Pair {
  uint64_t hits1, cases1, hits2, cases2;
  double low, high;
} Pair;

static void shares_have_the_score_interval_of_wilson(void **state)
{
  (void)state;
  static const struct {
    uint64_t hits, cases;
    double low, high;
  } shares[] = {
    {0, 1, 0.0, 0.7934506856227627},
    {1, 1, 0.2065493143772374, 1.0},
    {0, 10, 0.0, 0.27753279986288926},
    {1, 10, 0.017876213095072924, 0.40415002679523854},
    {5, 10, 0.23659309051256394, 0.7634069094874361},
    {10, 10, 0.7224672001371106, 1.0},
    {81, 263, 0.2552885198782742, 0.36620957698280004},
    {15, 148, 0.06238639953073628, 0.16048724172330803},
    {999, 1000, 0.9943574414020421, 0.9998234536293739},
    {16648, 24913, 0.6623732394464759, 0.6740658719816048},
  };
  for (size_t i = 0; i < LENGTH(shares); i++)
    between(share_estimate(shares[i].hits, shares[i].cases), shares[i].low, shares[i].high);
}

static void differences_have_the_hybrid_interval_of_newcombe(void **state)
{
  (void)state;
  static const Pair pairs[] = {
    {1, 10, 3, 10, -0.5141461574374272, 0.1597936015062252},
    {12, 20, 30, 90, 0.02993448831368914, 0.4684492410813715},
    {7, 100, 7, 100, -0.0763459891027845, 0.0763459891027845},
    {900, 1000, 1, 3, 0.10721744408132661, 0.8390447635858342},
    {56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614},
    {9, 10, 3, 10, 0.1705227239345029, 0.809017973535488},
    {6, 7, 2, 7, 0.05822792748231209, 0.8062496375242278},
    {5, 56, 0, 29, -0.038137147903536936, 0.19256001385511165},
    {0, 10, 0, 20, -0.1611251580528194, 0.27753279986288926},
    {10, 10, 0, 20, 0.6790860371419145, 1.0},
  };
  for (size_t i = 0; i < LENGTH(pairs); i++) {
    const Pair *p = &pairs[i];
    between(share_difference(p->hits1, p->cases1, p->hits2, p->cases2), p->low, p->high);
    between(share_difference(p->hits2, p->cases2, p->hits1, p->cases1), -p->high, -p->low);
  }
}

/* Printed in the paper, to four digits: table II, method 10. */
static void newcombes_own_examples_come_out(void **state)
{
  (void)state;
  Estimate e = share_difference(56, 70, 48, 80);
  assert_true(fabs(e.low - 0.0524) < 5e-5 && fabs(e.high - 0.3339) < 5e-5);
  e = share_difference(9, 10, 3, 10);
  assert_true(fabs(e.low - 0.1705) < 5e-5 && fabs(e.high - 0.8090) < 5e-5);
}

static void ratios_have_the_interval_of_katz(void **state)
{
  (void)state;
  static const Pair pairs[] = {
    {1, 10, 3, 10, 0.04137190361525645, 2.685665908545175},
    {12, 20, 30, 90, 1.1340765681631604, 2.8569499546646653},
    {7, 100, 7, 100, 0.36410533407271634, 2.7464579791085613},
    {900, 1000, 1, 3, 0.544882299310939, 13.379036186748907},
    {56, 70, 48, 80, 1.0766264227631928, 1.6512485112663873},
    {9, 10, 3, 10, 1.1383503574476699, 7.906177514784793},
    {6, 7, 2, 7, 0.8948459075994671, 10.057597541171745},
  };
  for (size_t i = 0; i < LENGTH(pairs); i++) {
    const Pair *p = &pairs[i];
    between(share_ratio(p->hits1, p->cases1, p->hits2, p->cases2), p->low, p->high);
  }
}

static void without_cases_nothing_is_known(void **state)
{
  (void)state;
  assert_false(share_estimate(0, 0).known);
  assert_false(share_difference(0, 0, 1, 2).known);
  assert_false(share_difference(1, 2, 0, 0).known);
  assert_false(share_ratio(1, 2, 0, 2).known);
  assert_false(share_ratio(0, 0, 1, 2).known);
  assert_true(share_ratio(0, 2, 1, 2).known);
  assert_false(share_ratio(0, 2, 1, 2).bounded);
  assert_false(share_ratio(3, 3, 2, 2).bounded);
  assert_int_equal(compare_shares(0, 0, 1, 2).effect, EFFECT_UNKNOWN);
}

static void an_effect_is_one_whose_interval_leaves_zero_out(void **state)
{
  (void)state;
  assert_int_equal(compare_shares(1, 10, 3, 10).effect, EFFECT_NONE);
  assert_int_equal(compare_shares(56, 70, 48, 80).effect, EFFECT_MORE);
  assert_int_equal(compare_shares(48, 80, 56, 70).effect, EFFECT_LESS);
  Comparison none = compare_shares(0, 10, 0, 20);
  assert_int_equal(none.effect, EFFECT_NONE);
  assert_false(none.ratio.known);
}

static Sample sample_of(const double *values, size_t count)
{
  Sample sample = {0};
  for (size_t i = 0; i < count; i++) sample_add(&sample, values[i], 1);
  return sample;
}

static void means_have_large_sample_intervals(void **state)
{
  (void)state;
  static const double a[] = {9, 8, 10, 7}, b[] = {2, 4, 3}, c[] = {1, 1, 1, 5, 5}, d[] = {1, 2, 3, 4, 5, 6};
  Sample sa = sample_of(a, 4), sb = sample_of(b, 3), sc = sample_of(c, 5), sd = sample_of(d, 6);
  between(mean_estimate(&sa), 7.23484868811834, 9.76515131188166);
  between(mean_estimate(&sb), 1.8684142659238283, 4.131585734076172);
  between(mean_difference(&sa, &sb), 3.8026213988857425, 7.1973786011142575);
  between(mean_estimate(&sc), 0.6796353294578761, 4.520364670542124);
  between(mean_difference(&sc, &sd), -3.3348822243805962, 1.5348822243805964);
}

static void a_value_may_be_added_several_times_at_once(void **state)
{
  (void)state;
  Sample sample = {0};
  sample_add(&sample, 1, 3);
  sample_add(&sample, 9, 0);
  sample_add(&sample, 5, 2);
  between(mean_estimate(&sample), 0.6796353294578761, 4.520364670542124);
  near(mean_estimate(&sample).value, 2.6);
}

static void one_value_has_a_mean_and_no_interval(void **state)
{
  (void)state;
  Sample none = {0}, one = {0};
  sample_add(&one, 4, 1);
  assert_false(mean_estimate(&none).known);
  assert_true(mean_estimate(&one).known);
  assert_false(mean_estimate(&one).bounded);
  assert_false(mean_difference(&one, &none).known);
  assert_false(mean_difference(&one, &one).bounded);
}

static void a_trend_is_the_test_of_cochran_and_armitage(void **state)
{
  (void)state;
  static const uint64_t h1[] = {1, 2, 3, 4}, c1[] = {10, 10, 10, 10};
  static const uint64_t h2[] = {30, 20, 25, 10}, c2[] = {100, 90, 120, 80};
  static const uint64_t h3[] = {0, 3, 0, 9, 7}, c3[] = {0, 20, 0, 30, 12};
  near(trend_z(h1, c1, 4), 1.6329931618554523);
  near(trend_z(h2, c2, 4), -2.745686065420274);
  near(trend_z(h3, c3, 5), 2.332860179737442);
}

static void there_is_no_trend_in_one_sub_period_or_when_all_were_hit(void **state)
{
  (void)state;
  static const uint64_t hits[] = {0, 5, 0}, cases[] = {0, 9, 0}, all[] = {3, 4, 5};
  near(trend_z(hits, cases, 3), 0);
  near(trend_z(all, all, 3), 0);
  near(trend_z(hits, cases, 0), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(shares_have_the_score_interval_of_wilson),
    cmocka_unit_test(differences_have_the_hybrid_interval_of_newcombe),
    cmocka_unit_test(newcombes_own_examples_come_out),
    cmocka_unit_test(ratios_have_the_interval_of_katz),
    cmocka_unit_test(without_cases_nothing_is_known),
    cmocka_unit_test(an_effect_is_one_whose_interval_leaves_zero_out),
    cmocka_unit_test(means_have_large_sample_intervals),
    cmocka_unit_test(a_value_may_be_added_several_times_at_once),
    cmocka_unit_test(one_value_has_a_mean_and_no_interval),
    cmocka_unit_test(a_trend_is_the_test_of_cochran_and_armitage),
    cmocka_unit_test(there_is_no_trend_in_one_sub_period_or_when_all_were_hit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
