/*
 * tally.c - what one aggregate makes of a list of values, by definition.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "tests/reference/reference.h"

static const Value missing = {0};

static Value whole(int64_t i) { return (Value){.known = true, .i = i}; }
static Value real(double f) { return isfinite(f) ? (Value){.known = true, .f = f} : missing; }

Type tally_type(const AggregateUse *use)
{
  const Expr *value = use->value ? use->value : use->values.len ? use->values.data[0] : NULL;
  return value ? value->type : (Type){.base = VALUE_NONE};
}

static bool doubles(Type type)
{
  return type.base == VALUE_NUMBER || type.base == VALUE_PERCENT;
}

/* ---- sums of doubles: whole numbers of 2^-1074, in parts of 32 bits ---- */

enum { PARTS = 70, LOWEST = 1074 };
typedef struct Huge {
  int64_t parts[PARTS]; /* lowest first; carried on when all is added */
} Huge;

static void huge_add(Huge *huge, double value)
{
  int exponent;
  double fraction = frexp(fabs(value), &exponent); /* value = fraction · 2^exponent */
  uint64_t bits = (uint64_t)ldexp(fraction, 53);
  int shift = exponent - 53 + LOWEST;
  if (shift < 0) {
    bits >>= -shift; /* the digits lost are zero */
    shift = 0;
  }
  unsigned __int128 wide = (unsigned __int128)bits << shift % 32;
  for (int i = 0; i < 3; i++, wide >>= 32) {
    int64_t part = (int64_t)(wide & 0xffffffff);
    huge->parts[shift / 32 + i] += value < 0 ? -part : part;
  }
}

/* Makes every part lie in 0 … 2^32 - 1; true when the whole is negative. */
static bool carry(Huge *huge)
{
  int64_t over = 0;
  for (int i = 0; i < PARTS; i++) {
    int64_t sum = huge->parts[i] + over;
    huge->parts[i] = sum & 0xffffffff;
    over = (sum - huge->parts[i]) / ((int64_t)1 << 32);
  }
  return over < 0;
}

static bool bit(const Huge *huge, int place)
{
  return place >= 0 && (huge->parts[place / 32] >> place % 32 & 1);
}

/* Nearest, ties to even. */
static double huge_double(Huge huge)
{
  bool negative = carry(&huge), rest = false;
  for (int i = 0; negative && i < PARTS; i++) huge.parts[i] = -huge.parts[i];
  if (negative) {
    huge.parts[PARTS - 1] += (int64_t)1 << 32; /* of which it was short */
    carry(&huge);
  }
  int top = PARTS * 32 - 1;
  while (top >= 0 && !bit(&huge, top)) top--;
  if (top < 0) return 0;
  int low = top - 52 > 0 ? top - 52 : 0;
  uint64_t digits = 0;
  for (int i = top; i >= low; i--) digits = digits << 1 | bit(&huge, i);
  for (int i = 0; i < low - 1; i++) rest = rest || bit(&huge, i);
  if (bit(&huge, low - 1) && (rest || digits % 2)) digits++;
  double size = ldexp((double)digits, low - LOWEST);
  return negative ? -size : size;
}

/* ---- sum, avg ---- */

static double real_sum(const Value *values, uint32_t count)
{
  Huge huge = {{0}};
  for (uint32_t i = 0; i < count; i++) huge_add(&huge, values[i].f);
  return huge_double(huge);
}

static __int128 whole_sum(const Value *values, uint32_t count)
{
  __int128 sum = 0;
  for (uint32_t i = 0; i < count; i++) sum += values[i].i;
  return sum;
}

static Value sum_of(Type type, const Value *values, uint32_t count)
{
  if (doubles(type)) return real(real_sum(values, count));
  __int128 sum = whole_sum(values, count);
  return sum < INT64_MIN || sum > INT64_MAX ? missing : whole((int64_t)sum);
}

/* Half to even. */
static int64_t mean(__int128 sum, int64_t count)
{
  __int128 quotient = sum / count, rest = sum % count, twice = 2 * (rest < 0 ? -rest : rest);
  bool away = twice > count || (twice == count && quotient % 2 != 0);
  return (int64_t)(away ? quotient + (sum < 0 ? -1 : 1) : quotient);
}

static Value average(Type type, const Value *values, uint32_t count)
{
  if (count == 0) return missing;
  if (doubles(type)) return real(real_sum(values, count) / count);
  __int128 sum = whole_sum(values, count);
  if (type.base == VALUE_INT) return real((double)sum / count);
  return whole(mean(sum, count));
}

/* ---- order: min, max, percentiles ---- */

static int by_whole(const void *a, const void *b)
{
  const Value *x = a, *y = b;
  return (x->i > y->i) - (x->i < y->i);
}

static int by_real(const void *a, const void *b)
{
  const Value *x = a, *y = b;
  return (x->f > y->f) - (x->f < y->f);
}

/* (⌊64·m⌋ + ½)·2^e / 64 of m·2^e, 1 ≤ m < 2. */
static double middle_real(double value)
{
  int exponent;
  double m = frexp(fabs(value), &exponent) * 2;
  double middle = ldexp((floor(64 * m) + 0.5) / 64, exponent - 1);
  return value < 0 ? -middle : middle;
}

static __int128 middle_whole(int64_t value)
{
  unsigned __int128 size = value < 0 ? -(unsigned __int128)(__int128)value : (unsigned __int128)value;
  unsigned places = 0;
  while (size >> places >= 128) places++;
  if (places == 0) return value; /* below 128 */
  __int128 middle = (__int128)(size >> places << places) + ((__int128)1 << (places - 1));
  return value < 0 ? -middle : middle;
}

static Value percentile(const AggregateUse *use, bool real_ones, const Value *sorted, uint32_t count)
{
  double rank = ceil(use->quantile * count * (1 - 1e-12));
  uint32_t place = rank < 1 ? 0 : rank > count ? count - 1 : (uint32_t)rank - 1;
  Value least = sorted[0], most = sorted[count - 1], at = sorted[place];
  if (real_ones) {
    double middle = at.f == 0 ? 0 : middle_real(at.f);
    return real(middle < least.f ? least.f : middle > most.f ? most.f : middle);
  }
  __int128 middle = middle_whole(at.i);
  return whole(middle < least.i ? least.i : middle > most.i ? most.i : (int64_t)middle);
}

static Value ordered(Run *run, const AggregateUse *use, const Value *values, uint32_t count)
{
  bool real_ones = doubles(tally_type(use));
  Value *sorted = ARENA_ARRAY(run->arena, Value, count + 1);
  if (count == 0) return missing;
  memcpy(sorted, values, count * sizeof *values);
  qsort(sorted, count, sizeof *sorted, real_ones ? by_real : by_whole);
  if (use->kind == AGGREGATE_MIN) return sorted[0];
  if (use->kind == AGGREGATE_MAX) return sorted[count - 1];
  return percentile(use, real_ones, sorted, count);
}

/* ---- distinct ---- */

enum { EXACTLY = 256, REGISTERS = 4096 };

static uint64_t hash_of(Type type, Value value)
{
  unsigned char bytes[8];
  if (type.base == VALUE_TEXT || type.base == VALUE_ID) return XXH3_64bits(value.s, strlen(value.s));
  uint64_t word = (uint64_t)value.i;
  double f = value.f == 0 ? 0 : value.f;
  if (doubles(type)) memcpy(&word, &f, sizeof word);
  for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(word >> 8 * i);
  return XXH3_64bits(bytes, sizeof bytes);
}

static int by_hash(const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static double estimate(const uint64_t *hashes, uint32_t count)
{
  uint8_t registers[REGISTERS] = {0};
  double sum = 0, zero = 0, m = REGISTERS;
  for (uint32_t i = 0; i < count; i++) {
    uint8_t rank = 1, *to = &registers[hashes[i] >> 52];
    for (int place = 51; place >= 0 && !(hashes[i] >> place & 1); place--) rank++;
    if (rank > *to) *to = rank;
  }
  for (int i = 0; i < REGISTERS; i++) {
    sum += ldexp(1, -registers[i]);
    zero += registers[i] == 0;
  }
  double raw = 0.7213 / (1 + 1.079 / m) * m * m / sum;
  return raw <= 2.5 * m && zero > 0 ? m * log(m / zero) : raw;
}

static Value distinct(Run *run, Type type, const Value *values, uint32_t count)
{
  uint64_t *hashes = ARENA_ARRAY(run->arena, uint64_t, count + 1);
  uint32_t different = 0;
  for (uint32_t i = 0; i < count; i++) hashes[i] = hash_of(type, values[i]);
  if (count) qsort(hashes, count, sizeof *hashes, by_hash);
  for (uint32_t i = 0; i < count; i++) different += i == 0 || hashes[i] != hashes[i - 1];
  return whole(different <= EXACTLY ? different : llround(estimate(hashes, count)));
}

/* ---- shares ---- */

static Value share(const Value *values, uint32_t count)
{
  uint32_t hits = 0;
  for (uint32_t i = 0; i < count; i++) hits += values[i].i != 0;
  return count ? real((double)hits / count) : missing;
}

static Value disruption(const Value *values, uint32_t count)
{
  Huge missed = {{0}}, all = {{0}};
  for (uint32_t i = 0; i < count; i++) {
    huge_add(&all, values[i].f);
    if (values[i].i) huge_add(&missed, values[i].f);
  }
  double sum = huge_double(all);
  return sum > 0 ? real(huge_double(missed) / sum) : missing;
}

Value tally_value_of(Run *run, const AggregateUse *use, const Value *values, uint32_t count)
{
  switch (use->kind) {
  case AGGREGATE_COUNT: return whole(count);
  case AGGREGATE_RATE: return share(values, count);
  case AGGREGATE_DISRUPTION: return disruption(values, count);
  case AGGREGATE_SUM: return sum_of(tally_type(use), values, count);
  case AGGREGATE_AVG: return average(tally_type(use), values, count);
  case AGGREGATE_DISTINCT: return distinct(run, tally_type(use), values, count);
  default: return ordered(run, use, values, count);
  }
}
