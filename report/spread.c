/*
 * spread.c - lengths of time by buckets.
 */
#include "report/spread.h"

#include <math.h>

enum { PER_POWER = 64 };

static int power_of(int64_t length)
{
  return 63 - __builtin_clzll((unsigned long long)length);
}

/* ⌊64·m⌋ - 64 of length = m·2^power, 1 <= m < 2. */
static uint32_t bucket_of(int64_t length, int power)
{
  uint64_t v = (uint64_t)length;
  return (uint32_t)(power >= 6 ? v >> (power - 6) : v << (6 - power)) & (PER_POWER - 1);
}

static uint64_t *counts_of(Arena *arena, Spread *spread, int power)
{
  if (!spread->powers[power]) spread->powers[power] = ARENA_ARRAY(arena, uint64_t, PER_POWER);
  return spread->powers[power];
}

static void widen(Spread *spread, int64_t least, int64_t most)
{
  if (spread->cases == 0 || least < spread->least) spread->least = least;
  if (spread->cases == 0 || most > spread->most) spread->most = most;
}

void spread_add(Arena *arena, Spread *spread, int64_t length)
{
  if (length < 0) length = 0;
  widen(spread, length, length);
  spread->cases++;
  if (length == 0) {
    spread->zeros++;
    return;
  }
  int power = power_of(length);
  counts_of(arena, spread, power)[bucket_of(length, power)]++;
}

void spread_merge(Arena *arena, Spread *spread, const Spread *other)
{
  if (other->cases == 0) return;
  widen(spread, other->least, other->most);
  spread->cases += other->cases;
  spread->zeros += other->zeros;
  for (int power = 0; power < 63; power++) {
    if (!other->powers[power]) continue;
    uint64_t *counts = counts_of(arena, spread, power);
    for (int i = 0; i < PER_POWER; i++) counts[i] += other->powers[power][i];
  }
}

/* The middle of a bucket, within what there was. */
static int64_t middle_of(const Spread *spread, int power, int bucket)
{
  double middle = rint(ldexp(PER_POWER + bucket + 0.5, power - 6));
  if (middle <= (double)spread->least) return spread->least;
  return middle >= (double)spread->most ? spread->most : (int64_t)middle;
}

/* The value of rank ⌈percent·n/100⌉. */
static int64_t percentile(const Spread *spread, unsigned percent)
{
  uint64_t rank = spread->cases / 100 * percent + (spread->cases % 100 * percent + 99) / 100;
  uint64_t below = spread->zeros;
  if (rank <= below) return 0;
  for (int power = 0; power < 63; power++)
    for (int i = 0; spread->powers[power] && i < PER_POWER; i++)
      if ((below += spread->powers[power][i]) >= rank) return middle_of(spread, power, i);
  return spread->most;
}

ReviewSpread spread_result(const Spread *spread)
{
  if (spread->cases == 0) return (ReviewSpread){0};
  return (ReviewSpread){
    .cases = spread->cases,
    .least = spread->least,
    .p10 = percentile(spread, 10),
    .p50 = percentile(spread, 50),
    .p90 = percentile(spread, 90),
    .p95 = percentile(spread, 95),
    .most = spread->most,
  };
}
