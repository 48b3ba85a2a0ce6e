/*
 * statistics.h - how sure a figure is: intervals for shares, their differences and ratios, for means, and
 * whether shares rise or fall.
 *
 * All intervals are two-sided at 95 %.  Everything here is a pure function of its counts.  That two shares
 * differ is an association, whatever brought it about.
 */
#ifndef MOT_REPORT_STATISTICS_H
#define MOT_REPORT_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>

/* The 97.5 % quantile of the normal distribution. */
#define STATISTICS_Z 1.959963984540054

/* A value and the interval that goes with it. */
typedef struct Estimate {
  bool known;                  /* false: too few cases for any value, the rest is 0 */
  bool bounded;                /* false: the value has no interval (low and high are the value) */
  double value, low, high;
} Estimate;

/* The share hits / cases, with the score interval of E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927) 209-212; without continuity correction.
 *  Unknown without cases. */
Estimate share_estimate(uint64_t hits, uint64_t cases);

/* Share 1 less share 2, with the hybrid score interval of R. G. Newcombe, "Interval estimation for the
 * difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17
 * (1998) 873-890, method 10: from the two Wilson intervals.  Unknown when one has no cases. */
Estimate share_difference(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2);

/* Share 1 by share 2 (the risk ratio), with the interval on the log scale of D. Katz, J. Baptista, S.
 * P. Azen, M. C. Pike, "Obtaining confidence intervals for the risk ratio in cohort studies",
 * Biometrics 34 (1978) 469-474. Unknown when one has no cases or share 2 is 0; without an interval when
 * share 1 is 0 or both are 1. */
Estimate share_ratio(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2);

/* What two groups say about each other. */
typedef enum Effect {
  EFFECT_UNKNOWN,              /* one of them has no cases */
  EFFECT_NONE,                 /* the interval of the difference includes 0: no sign of an association */
  EFFECT_MORE,                 /* likelier in the first */
  EFFECT_LESS                  /* less likely in the first */
} Effect;

/* Two groups, and how many of each were hit (a miss, a failed SCO). */
typedef struct Comparison {
  uint64_t hits[2], cases[2];
  Estimate share[2];
  Estimate difference, ratio;  /* of the first to the second */
  Effect effect;
} Comparison;

Comparison compare_shares(uint64_t hits1, uint64_t cases1, uint64_t hits2, uint64_t cases2);

/* Values that were counted: enough for a mean and its variance.  Begins as all zero. */
typedef struct Sample {
  uint64_t cases;
  double mean, squares;        /* squares: sum of squared distances from the mean */
} Sample;

/* `times` values of `value`: B. P. Welford, "Note on a method for calculating corrected sums of squares and
 * products", Technometrics 4 (1962) 419-420, with a weight (D. H. D. West, CACM 22 (1979) 532-535). */
void sample_add(Sample *sample, double value, uint64_t times);
/* The values of both: T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", Stanford STAN-CS-79-773 (1979). */
void sample_merge(Sample *sample, const Sample *other);
/* The mean with the interval mean ± z·s/√n; unknown without cases, without an interval below two. */
Estimate mean_estimate(const Sample *sample);
/* Mean 1 less mean 2, ± z·√(s₁²/n₁ + s₂²/n₂): the large-sample interval for unequal variances.  Unknown
 * when one has no cases, without an interval when one has fewer than two. */
Estimate mean_difference(const Sample *first, const Sample *second);

/* Whether shares rise or fall over sub-periods that follow each other: the z of the test of P.
 * Armitage, "Tests for linear trends in proportions and frequencies", Biometrics 11 (1955) 375-386 (W.
 * G. Cochran 1954), with 0, 1, 2, … as scores.  Positive: they rise.  0 when it cannot be said: all or
 * none were hit, or all cases lie in one. */
double trend_z(const uint64_t *hits, const uint64_t *cases, uint32_t count);

#endif
