/*
 * rounding.h - money and durations times, or by, a number: half to even.
 *
 * One body for what is computed once by the compiler and for what the run computes.
 * A result beyond 64 bits gives false; then *ret is untouched.
 */
#ifndef MOT_BYTECODE_ROUNDING_H
#define MOT_BYTECODE_ROUNDING_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* The integer nearest to `value`, of two the even one. */
static inline bool nearest_even(double value, int64_t *ret)
{
  const double far = 4503599627370496.0; /* 2^52: from here on there are no fractions */
  if (!(fabs(value) < 9223372036854775808.0)) return false;
  if (fabs(value) < far) value = (fabs(value) + far - far) * (value < 0 ? -1 : 1);
  *ret = (int64_t)value;
  return true;
}

/* amount * factor; exact when the factor is whole. */
static inline bool scale_amount(int64_t amount, double factor, int64_t *ret)
{
  bool whole = fabs(factor) < 9e15 && factor == (double)(int64_t)factor;
  if (!whole) return nearest_even((double)amount * factor, ret);
  int64_t product;
  if (__builtin_mul_overflow(amount, (int64_t)factor, &product)) return false;
  *ret = product;
  return true;
}

/* amount / divisor, which is not zero. */
static inline bool divide_amount(int64_t amount, double divisor, int64_t *ret)
{
  return nearest_even((double)amount / divisor, ret);
}

#endif
