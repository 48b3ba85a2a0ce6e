/*
 * tally.c - what an aggregate has taken in.
 *
 * Memory first, then what cannot fail: a tally that could not take a value is as it was.
 */
#include "runtime/tally.h"

#include <math.h>
#include <string.h>

#include "runtime/distinct.h"
#include "runtime/histogram.h"

_Static_assert(sizeof(Tally) == MOT_TALLY_BYTES, "an aggregate");
_Static_assert(2 * sizeof(ExactSum) == MOT_WEIGHTS_BYTES, "two sums");
_Static_assert(EXACT_DIGITS * sizeof(int64_t) == MOT_EXACT_BYTES, "the longest sum");

enum { MISSED, DECIDED, WEIGHTS }; /* of DISRUPTION */

static bool is_of_doubles(TallyKind kind)
{
  return kind.type == VALUE_NUMBER || kind.type == VALUE_PERCENT;
}

/* ---- taking in ---- */

void tally_count(Tally *tally)
{
  tally->cases++;
}

void tally_rate(Tally *tally, bool hit)
{
  tally->hits += hit;
  tally->cases++;
}

static void begin_weights(Tally *tally, Mem *mem)
{
  if (tally->weights) return;
  ExactSum *weights = mem_resize(mem, NULL, 0, WEIGHTS * sizeof *weights);
  if (!weights) mem_fail(mem);
  memset(weights, 0, WEIGHTS * sizeof *weights);
  tally->weights = weights;
}

void tally_weight(Tally *tally, Mem *mem, double weight, bool missed)
{
  begin_weights(tally, mem);
  exact_sum_room(&tally->weights[DECIDED], mem, weight);
  if (missed) {
    exact_sum_room(&tally->weights[MISSED], mem, weight);
    exact_sum_add(&tally->weights[MISSED], weight);
  }
  exact_sum_add(&tally->weights[DECIDED], weight);
  tally->cases++;
}

static void widen_int(Tally *tally, int64_t least, int64_t most)
{
  if (tally->cases == 0 || least < tally->i.least) tally->i.least = least;
  if (tally->cases == 0 || most > tally->i.most) tally->i.most = most;
}

static void widen_double(Tally *tally, double least, double most)
{
  if (tally->cases == 0 || least < tally->f.least) tally->f.least = least;
  if (tally->cases == 0 || most > tally->f.most) tally->f.most = most;
}

void tally_int(Tally *tally, Mem *mem, TallyKind kind, int64_t value)
{
  switch (kind.kind) {
  case AGGREGATE_SUM: case AGGREGATE_AVG: tally->sum += value; break;
  case AGGREGATE_QUANTILE:
    histogram_add(&tally->histogram, mem, histogram_key_int(value), 1); /* fall through */
  case AGGREGATE_MIN: case AGGREGATE_MAX: widen_int(tally, value, value); break;
  case AGGREGATE_DISTINCT: distinct_add(&tally->hashes, mem, distinct_hash_bits((uint64_t)value)); break;
  default: break;
  }
  tally->cases++;
}

static uint64_t bits_of(double value)
{
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

void tally_double(Tally *tally, Mem *mem, TallyKind kind, double value)
{
  value += 0.0; /* there is one zero only */
  switch (kind.kind) {
  case AGGREGATE_SUM: case AGGREGATE_AVG:
    exact_sum_room(&tally->exact, mem, value);
    exact_sum_add(&tally->exact, value);
    break;
  case AGGREGATE_QUANTILE:
    histogram_add(&tally->histogram, mem, histogram_key_double(value), 1); /* fall through */
  case AGGREGATE_MIN: case AGGREGATE_MAX: widen_double(tally, value, value); break;
  case AGGREGATE_DISTINCT: distinct_add(&tally->hashes, mem, distinct_hash_bits(bits_of(value))); break;
  default: break;
  }
  tally->cases++;
}

void tally_text(Tally *tally, Mem *mem, TallyKind kind, const char *text, uint32_t len)
{
  if (kind.kind == AGGREGATE_DISTINCT) distinct_add(&tally->hashes, mem, distinct_hash_text(text, len));
  tally->cases++;
}

/* ---- merging ---- */

static void merge_weights(Tally *into, const Tally *from, Mem *mem)
{
  begin_weights(into, mem);
  for (unsigned i = 0; i < WEIGHTS; i++) exact_sum_merge_room(&into->weights[i], &from->weights[i], mem);
  for (unsigned i = 0; i < WEIGHTS; i++) exact_sum_merge(&into->weights[i], &from->weights[i]);
}

static void merge_sums(Tally *into, const Tally *from, Mem *mem, TallyKind kind)
{
  if (!is_of_doubles(kind)) {
    into->sum += from->sum;
    return;
  }
  exact_sum_merge_room(&into->exact, &from->exact, mem);
  exact_sum_merge(&into->exact, &from->exact);
}

static void merge_range(Tally *into, const Tally *from, TallyKind kind)
{
  if (is_of_doubles(kind))
    widen_double(into, from->f.least, from->f.most);
  else
    widen_int(into, from->i.least, from->i.most);
}

void tally_merge(Tally *into, const Tally *from, Mem *mem, TallyKind kind)
{
  if (from->cases == 0) return;
  switch (kind.kind) {
  case AGGREGATE_RATE: into->hits += from->hits; break;
  case AGGREGATE_DISRUPTION: merge_weights(into, from, mem); break;
  case AGGREGATE_SUM: case AGGREGATE_AVG: merge_sums(into, from, mem, kind); break;
  case AGGREGATE_QUANTILE: histogram_merge(&into->histogram, from->histogram, mem); /* fall through */
  case AGGREGATE_MIN: case AGGREGATE_MAX: merge_range(into, from, kind); break;
  case AGGREGATE_DISTINCT: distinct_merge(&into->hashes, from->hashes, mem); break;
  default: break;
  }
  into->cases += from->cases;
}

/* ---- what comes out ---- */

static TallyValue whole(int64_t value)
{
  return (TallyValue){.known = true, .i = value};
}

static TallyValue fraction(bool known, double value)
{
  return (TallyValue){.known = known, .is_double = true, .f = known ? value : 0};
}

static TallyValue disruption(const Tally *tally)
{
  double missed, decided;
  if (!tally->weights) return fraction(false, 0);
  bool known = exact_sum_value(&tally->weights[MISSED], &missed);
  known = exact_sum_value(&tally->weights[DECIDED], &decided) && known && decided > 0;
  return fraction(known, known ? missed / decided : 0);
}

static TallyValue sum_of_doubles(const Tally *tally, TallyKind kind)
{
  double sum = 0;
  bool known = exact_sum_value(&tally->exact, &sum);
  if (kind.kind == AGGREGATE_SUM) return fraction(known, sum);
  return fraction(known && tally->cases > 0, sum / (double)tally->cases);
}

/* sum / cases, half to even: between the least and the greatest value. */
static int64_t mean_of(const Tally *tally)
{
  __int128 cases = tally->cases, mean = tally->sum / cases, rest = tally->sum % cases;
  __int128 twice = rest < 0 ? -2 * rest : 2 * rest;
  if (twice > cases || (twice == cases && mean % 2 != 0)) mean += rest < 0 ? -1 : 1;
  return (int64_t)mean;
}

static TallyValue sum_of_ints(const Tally *tally, TallyKind kind)
{
  if (kind.kind == AGGREGATE_SUM) {
    TallyValue value = whole((int64_t)tally->sum);
    value.known = tally->sum >= INT64_MIN && tally->sum <= INT64_MAX;
    return value;
  }
  bool known = tally->cases > 0;
  if (kind.type == VALUE_INT) return fraction(known, (double)tally->sum / (double)tally->cases);
  return known ? whole(mean_of(tally)) : (TallyValue){0};
}

/* ceil(quantile * cases) for the quantile as it was written: up to nine decimals of it. */
static uint64_t rank_of(uint64_t cases, double quantile)
{
  const unsigned __int128 parts = 1000000000;
  unsigned __int128 share = (unsigned __int128)(quantile > 0 ? llround(quantile * 1e9) : 0);
  unsigned __int128 rank = (share * cases + parts - 1) / parts;
  return rank < 1 ? 1 : rank > cases ? cases : (uint64_t)rank;
}

static TallyValue quantile(const Tally *tally, TallyKind kind)
{
  int32_t key = histogram_at_rank(tally->histogram, rank_of(tally->cases, kind.quantile));
  if (is_of_doubles(kind)) {
    double value = histogram_middle_double(key);
    return fraction(true, fmax(tally->f.least, fmin(tally->f.most, value)));
  }
  int64_t value = histogram_middle_int(key);
  return whole(value < tally->i.least ? tally->i.least : value > tally->i.most ? tally->i.most : value);
}

static TallyValue extreme(const Tally *tally, TallyKind kind)
{
  bool least = kind.kind == AGGREGATE_MIN;
  if (is_of_doubles(kind)) return fraction(true, least ? tally->f.least : tally->f.most);
  return whole(least ? tally->i.least : tally->i.most);
}

TallyValue tally_value(const Tally *tally, TallyKind kind)
{
  bool any = tally->cases > 0;
  switch (kind.kind) {
  case AGGREGATE_COUNT: return whole((int64_t)tally->cases);
  case AGGREGATE_RATE: return fraction(any, (double)tally->hits / (double)tally->cases);
  case AGGREGATE_DISRUPTION: return disruption(tally);
  case AGGREGATE_SUM:
  case AGGREGATE_AVG: return is_of_doubles(kind) ? sum_of_doubles(tally, kind) : sum_of_ints(tally, kind);
  case AGGREGATE_DISTINCT: return whole(distinct_count(tally->hashes));
  case AGGREGATE_MIN:
  case AGGREGATE_MAX: return any ? extreme(tally, kind) : fraction(false, 0);
  case AGGREGATE_QUANTILE: return any ? quantile(tally, kind) : fraction(false, 0);
  default: return fraction(false, 0);
  }
}

void tally_free(Tally *tally, Mem *mem, TallyKind kind)
{
  if (kind.kind == AGGREGATE_DISRUPTION && tally->weights) {
    for (unsigned i = 0; i < WEIGHTS; i++) exact_sum_free(&tally->weights[i], mem);
    mem_resize(mem, tally->weights, WEIGHTS * sizeof *tally->weights, 0);
  }
  if ((kind.kind == AGGREGATE_SUM || kind.kind == AGGREGATE_AVG) && is_of_doubles(kind))
    exact_sum_free(&tally->exact, mem);
  if (kind.kind == AGGREGATE_DISTINCT) distinct_free(&tally->hashes, mem);
  histogram_free(&tally->histogram, mem);
  *tally = (Tally){0};
}
