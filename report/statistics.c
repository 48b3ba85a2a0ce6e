/*
 * statistics.c - intervals and trends; the header names the sources.
 */
#include "report/statistics.h"

#include <math.h>

static Estimate unbounded(double value)
{
  return (Estimate){.known = true, .value = value, .low = value, .high = value};
}

static Estimate bounded(double value, double low, double high)
{
  return (Estimate){.known = true, .bounded = true, .value = value, .low = low, .high = high};
}

/* With p = hits/n: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).  At p = 0 and 1 one end is exactly p,
 * which rounding may miss. */
Estimate share_estimate(uint64_t hits, uint64_t cases)
{
  if (cases == 0) return (Estimate){0};
  double n = (double)cases, p = (double)hits / n, zz = STATISTICS_Z * STATISTICS_Z;
  double middle = (p + zz / (2 * n)) / (1 + zz / n);
  double half = STATISTICS_Z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n);
  return bounded(p, hits == 0 ? 0 : middle - half, hits == cases ? 1 : middle + half);
}

static double distance(double a, double b)
{
  return sqrt(a * a + b * b);
}

Estimate share_difference(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2)
{
  if (cases1 == 0 || cases2 == 0) return (Estimate){0};
  Estimate a = share_estimate(hits1, cases1), b = share_estimate(hits2, cases2);
  double value = a.value - b.value;
  return bounded(value, value - distance(a.value - a.low, b.high - b.value),
                 value + distance(a.high - a.value, b.value - b.low));
}

/* The logarithm's standard error is √(1/hits1 - 1/cases1 + 1/hits2 - 1/cases2). */
Estimate share_ratio(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2)
{
  if (cases1 == 0 || cases2 == 0 || hits2 == 0) return (Estimate){0};
  if (hits1 == 0) return unbounded(0);
  double x1 = (double)hits1, n1 = (double)cases1, x2 = (double)hits2, n2 = (double)cases2;
  double ratio = (x1 / n1) / (x2 / n2);
  if (hits1 == cases1 && hits2 == cases2) return unbounded(1);
  double error = sqrt((n1 - x1) / (x1 * n1) + (n2 - x2) / (x2 * n2));
  return bounded(ratio, ratio * exp(-STATISTICS_Z * error), ratio * exp(STATISTICS_Z * error));
}

static Effect effect_of(Estimate difference)
{
  if (!difference.known) return EFFECT_UNKNOWN;
  if (difference.low > 0) return EFFECT_MORE;
  return difference.high < 0 ? EFFECT_LESS : EFFECT_NONE;
}

Comparison compare_shares(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2)
{
  Comparison comparison = {
    .hits = {hits1, hits2},
    .cases = {cases1, cases2},
    .share = {share_estimate(hits1, cases1), share_estimate(hits2, cases2)},
    .difference = share_difference(hits1, cases1, hits2, cases2),
    .ratio = share_ratio(hits1, cases1, hits2, cases2),
  };
  comparison.effect = effect_of(comparison.difference);
  return comparison;
}

void sample_add(Sample *sample, double value, uint64_t times)
{
  if (times == 0) return;
  sample->cases += times;
  double away = value - sample->mean, share = (double)times / (double)sample->cases;
  sample->mean += away * share;
  sample->squares += (double)times * away * (value - sample->mean);
}

void sample_merge(Sample *sample, const Sample *other)
{
  if (other->cases == 0) return;
  double before = (double)sample->cases, more = (double)other->cases, away = other->mean - sample->mean;
  sample->cases += other->cases;
  sample->mean += away * more / (before + more);
  sample->squares += other->squares + away * away * before * more / (before + more);
}

/* The square of the mean's standard error, s²/n. */
static double error_squared(const Sample *sample)
{
  double n = (double)sample->cases;
  return sample->squares / (n - 1) / n;
}

Estimate mean_estimate(const Sample *sample)
{
  if (sample->cases == 0) return (Estimate){0};
  if (sample->cases == 1) return unbounded(sample->mean);
  double half = STATISTICS_Z * sqrt(error_squared(sample));
  return bounded(sample->mean, sample->mean - half, sample->mean + half);
}

Estimate mean_difference(const Sample *first, const Sample *second)
{
  if (first->cases == 0 || second->cases == 0) return (Estimate){0};
  double value = first->mean - second->mean;
  if (first->cases == 1 || second->cases == 1) return unbounded(value);
  double half = STATISTICS_Z * sqrt(error_squared(first) + error_squared(second));
  return bounded(value, value - half, value + half);
}

/* T = Σ tᵢ (hitsᵢ - casesᵢ p), its variance p (1-p) (Σ casesᵢ tᵢ² - (Σ casesᵢ tᵢ)² / n). */
double trend_z(const uint64_t *hits, const uint64_t *cases, uint32_t count)
{
  double n = 0, x = 0, nt = 0, xt = 0, ntt = 0;
  for (uint32_t i = 0; i < count; i++) {
    double t = i, c = (double)cases[i], h = (double)hits[i];
    n += c;
    x += h;
    nt += c * t;
    xt += h * t;
    ntt += c * t * t;
  }
  if (n == 0 || x == 0 || x == n) return 0;
  double p = x / n, spread = ntt - nt * nt / n;
  return spread <= 0 ? 0 : (xt - p * nt) / sqrt(p * (1 - p) * spread);
}
