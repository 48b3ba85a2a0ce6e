/*
 * exact_sum.c - sums of doubles without any rounding.
 */
#include "runtime/exact_sum.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
  DIGIT = 32, MANTISSA = 53, LEAST_EXPONENT = -1074,
  SPREAD = 3,            /* chunks that a value may touch: 53 bits, shifted by up to 31 */
  PENDING_MOST = 1 << 29 /* values whose carries may wait; twice as many still fit, while sums are merged */
};

/* ---- room ---- */

/* Chunks for all of [first, end). */
static void cover(ExactSum *sum, Mem *mem, unsigned first, unsigned end)
{
  unsigned old_end = sum->first + sum->count;
  if (sum->count > 0 && sum->first < first) first = sum->first;
  if (sum->count > 0 && old_end > end) end = old_end;
  unsigned count = end - first, below = sum->count > 0 ? sum->first - first : 0;
  if (count == sum->count) return;
  int64_t *chunks = mem_resize(mem, sum->chunks, sum->count * sizeof *chunks, count * sizeof *chunks);
  if (!chunks) mem_fail(mem);
  if (sum->count > 0) memmove(chunks + below, chunks, sum->count * sizeof *chunks);
  memset(chunks, 0, below * sizeof *chunks);
  memset(chunks + below + sum->count, 0, (count - below - sum->count) * sizeof *chunks);
  sum->chunks = chunks;
  sum->first = (uint16_t)first;
  sum->count = (uint16_t)count;
}

/* One chunk more, for what is carried out of the last. */
static void cover_carry(ExactSum *sum, Mem *mem)
{
  unsigned end = sum->first + sum->count;
  if (end < EXACT_DIGITS) cover(sum, mem, sum->first, end + 1);
}

/* Hands all carries on. */
static void carry_on(ExactSum *sum)
{
  for (unsigned i = 0; i + 1 < sum->count; i++) {
    int64_t carry = sum->chunks[i] >> DIGIT;
    sum->chunks[i] &= UINT32_MAX;
    sum->chunks[i + 1] += carry;
  }
  sum->pending = 1;
}

static uint64_t bits_of(double value)
{
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* The place of the lowest bit of a value's mantissa; 0 is 2^-1074. */
static unsigned place_of(uint64_t bits)
{
  unsigned exponent = (unsigned)(bits >> (MANTISSA - 1)) & 0x7ff;
  assert(exponent != 0x7ff);
  return exponent ? exponent - 1 : 0;
}

static bool covers(const ExactSum *sum, unsigned first, unsigned end)
{
  return sum->count > 0 && first >= sum->first && end <= (unsigned)sum->first + sum->count;
}

void exact_sum_room(ExactSum *sum, Mem *mem, double value)
{
  unsigned chunk = place_of(bits_of(value)) / DIGIT;
  if (!covers(sum, chunk, chunk + SPREAD)) cover(sum, mem, chunk, chunk + SPREAD);
  if (sum->pending < PENDING_MOST) return;
  cover_carry(sum, mem);
  carry_on(sum);
}

void exact_sum_merge_room(ExactSum *into, const ExactSum *from, Mem *mem)
{
  if (from->count > 0) cover(into, mem, from->first, from->first + from->count);
  if (into->pending + from->pending + 1 > PENDING_MOST) cover_carry(into, mem);
}

void exact_sum_free(ExactSum *sum, Mem *mem)
{
  if (sum->chunks) mem_resize(mem, sum->chunks, sum->count * sizeof *sum->chunks, 0);
  *sum = (ExactSum){0};
}

/* ---- adding ---- */

void exact_sum_add(ExactSum *sum, double value)
{
  uint64_t bits = bits_of(value), mantissa = bits & ((UINT64_C(1) << (MANTISSA - 1)) - 1);
  unsigned place = place_of(bits);
  if (bits << 1 >> MANTISSA) mantissa |= UINT64_C(1) << (MANTISSA - 1);
  unsigned __int128 wide = (unsigned __int128)mantissa << place % DIGIT;
  int64_t *chunk = sum->chunks + (place / DIGIT - sum->first);
  int64_t low = (uint32_t)wide, middle = (uint32_t)(wide >> DIGIT), high = (uint32_t)(wide >> 2 * DIGIT);
  int64_t sign = bits >> 63 ? -1 : 1;
  chunk[0] += sign * low;
  chunk[1] += sign * middle;
  chunk[2] += sign * high;
  sum->pending++;
}

void exact_sum_merge(ExactSum *into, const ExactSum *from)
{
  for (unsigned i = 0; i < from->count; i++) into->chunks[from->first - into->first + i] += from->chunks[i];
  into->pending += from->pending + 1;
  if (into->pending > PENDING_MOST) carry_on(into);
}

/* ---- the sum ---- */

/* Digits in the two's complement; whether it is negative. */
static bool carried(const ExactSum *sum, uint32_t *digits)
{
  int64_t carry = 0;
  for (unsigned i = 0; i < EXACT_DIGITS; i++) {
    unsigned chunk = i - sum->first;
    if (i >= sum->first && chunk < sum->count) carry += sum->chunks[chunk];
    digits[i] = (uint32_t)carry;
    carry >>= DIGIT;
  }
  return carry < 0;
}

static void negate(uint32_t *digits)
{
  uint64_t carry = 1;
  for (unsigned i = 0; i < EXACT_DIGITS; i++) {
    carry += (uint32_t)~digits[i];
    digits[i] = (uint32_t)carry;
    carry >>= DIGIT;
  }
}

void exact_sum_digits(const ExactSum *sum, ExactDigits *ret)
{
  uint32_t *digits = ret->digits;
  unsigned first = 0, end = EXACT_DIGITS;
  ret->negative = carried(sum, digits);
  if (ret->negative) negate(digits);
  while (end > 0 && digits[end - 1] == 0) end--;
  while (first < end && digits[first] == 0) first++;
  ret->first = first;
  ret->count = end - first;
  memmove(digits, digits + first, ret->count * sizeof *digits);
}

void exact_sum_from(ExactSum *sum, Mem *mem, const ExactDigits *digits)
{
  assert(digits->first + digits->count <= EXACT_DIGITS - 2);
  if (digits->count == 0) return;
  cover(sum, mem, digits->first, digits->first + digits->count);
  for (unsigned i = 0; i < digits->count; i++)
    sum->chunks[i] = digits->negative ? -(int64_t)digits->digits[i] : (int64_t)digits->digits[i];
  sum->pending = 1;
}

/* 64 bits from `place`, counted from the lowest of all digits. */
static uint64_t window(const ExactDigits *digits, unsigned place)
{
  unsigned __int128 bits = 0;
  for (unsigned i = 0; i < SPREAD; i++) {
    unsigned digit = place / DIGIT + i;
    if (digit < digits->count) bits |= (unsigned __int128)digits->digits[digit] << DIGIT * i;
  }
  return (uint64_t)(bits >> place % DIGIT);
}

static bool any_below(const ExactDigits *digits, unsigned place)
{
  for (unsigned i = 0; i < place / DIGIT; i++)
    if (digits->digits[i]) return true;
  return digits->digits[place / DIGIT] & ((UINT32_C(1) << place % DIGIT) - 1);
}

bool exact_sum_value(const ExactSum *sum, double *ret)
{
  ExactDigits digits;
  exact_sum_digits(sum, &digits);
  double value = 0;
  if (digits.count > 0) {
    unsigned length = digits.count * DIGIT - (unsigned)__builtin_clz(digits.digits[digits.count - 1]);
    unsigned shift = length > MANTISSA ? length - MANTISSA : 0;
    uint64_t mantissa = window(&digits, shift);
    bool half = shift > 0 && (window(&digits, shift - 1) & 1);
    if (half && ((mantissa & 1) || any_below(&digits, shift - 1))) mantissa++;
    value = ldexp((double)mantissa, LEAST_EXPONENT + (int)(digits.first * DIGIT + shift));
  }
  if (isinf(value)) return false;
  *ret = digits.negative ? -value : value;
  return true;
}
