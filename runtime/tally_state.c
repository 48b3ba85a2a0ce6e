/*
 * tally_state.c - tallies in a saved state: the same bytes for the same content, in whatever order it came.
 *
 *   u64 cases; without any nothing follows.  Then by kind:
 *   RATE        u64 hits
 *   SUM, AVG    i64 upper and u64 lower half; of doubles the digits: u32 negative, first, count, count u32
 *   DISRUPTION  digits of missed, and of missed or produced
 *   MIN, MAX    least, most: i64 or f64
 *   QUANTILE    the same, then u64 buckets, each i32 key, u64 count, keys ascending
 *   DISTINCT    u32 hashes, each u64, ascending; or MOT_NONE and the registers, a byte each
 */
#include "runtime/tally_state.h"

#include <math.h>

#include "runtime/distinct.h"
#include "runtime/histogram.h"

enum { MISSED, DECIDED, WEIGHTS, REACH = EXACT_DIGITS - 2 };

static bool is_of_doubles(TallyKind kind)
{
  return kind.type == VALUE_NUMBER || kind.type == VALUE_PERCENT;
}

/* ---- writing ---- */

static void save_digits(const ExactSum *sum, StateOut *out)
{
  ExactDigits digits;
  exact_sum_digits(sum, &digits);
  state_put_u32(out, digits.negative);
  state_put_u32(out, digits.first);
  state_put_u32(out, digits.count);
  for (uint32_t i = 0; i < digits.count; i++) state_put_u32(out, digits.digits[i]);
}

static void save_sum(const Tally *tally, TallyKind kind, StateOut *out)
{
  if (is_of_doubles(kind)) {
    save_digits(&tally->exact, out);
    return;
  }
  state_put_i64(out, (int64_t)(tally->sum >> 64));
  state_put_u64(out, (uint64_t)tally->sum);
}

static void save_range(const Tally *tally, TallyKind kind, StateOut *out)
{
  if (is_of_doubles(kind)) {
    state_put_f64(out, tally->f.least);
    state_put_f64(out, tally->f.most);
  } else {
    state_put_i64(out, tally->i.least);
    state_put_i64(out, tally->i.most);
  }
}

static void save_buckets(const Histogram *histogram, StateOut *out)
{
  uint32_t buckets = histogram_buckets(histogram);
  state_put_u64(out, buckets);
  for (uint32_t i = 0; i < buckets; i++) {
    int32_t key;
    uint64_t count = histogram_bucket(histogram, i, &key);
    state_put_u32(out, (uint32_t)key);
    state_put_u64(out, count);
  }
}

static void save_hashes(const HashSet *set, StateOut *out)
{
  uint32_t count;
  const uint64_t *hashes = distinct_hashes(set, &count);
  state_put_u32(out, hashes ? count : MOT_NONE);
  if (!hashes) state_put_bytes(out, distinct_registers(set), DISTINCT_REGISTERS);
  for (uint32_t i = 0; hashes && i < count; i++) state_put_u64(out, hashes[i]);
}

void tally_save(const Tally *tally, TallyKind kind, StateOut *out)
{
  state_put_u64(out, tally->cases);
  if (tally->cases == 0) return;
  switch (kind.kind) {
  case AGGREGATE_RATE: state_put_u64(out, tally->hits); break;
  case AGGREGATE_SUM: case AGGREGATE_AVG: save_sum(tally, kind, out); break;
  case AGGREGATE_DISRUPTION:
    for (unsigned i = 0; i < WEIGHTS; i++) save_digits(&tally->weights[i], out);
    break;
  case AGGREGATE_MIN: case AGGREGATE_MAX: save_range(tally, kind, out); break;
  case AGGREGATE_QUANTILE:
    save_range(tally, kind, out);
    save_buckets(tally->histogram, out);
    break;
  case AGGREGATE_DISTINCT: save_hashes(tally->hashes, out); break;
  default: break;
  }
}

/* ---- reading ---- */

static bool damaged(StateIn *in, const char *what)
{
  return state_fail(in, "the saved state is damaged: %s", what);
}

static bool load_rate(Tally *tally, StateIn *in)
{
  tally->hits = state_get_u64(in);
  return tally->hits <= tally->cases || damaged(in, "a rate counts more in its share than in all");
}

static bool digits_fit(const ExactDigits *digits)
{
  if (digits->count == 0) return !digits->negative && digits->first == 0;
  return digits->digits[0] != 0 && digits->digits[digits->count - 1] != 0;
}

/* `signs`: 1 when it may be negative, else 0. */
static bool load_digits(ExactSum *sum, Mem *mem, uint32_t signs, StateIn *in)
{
  ExactDigits digits;
  uint32_t negative = state_get_u32(in);
  digits.negative = negative == 1;
  digits.first = state_get_u32(in);
  digits.count = state_get_u32(in);
  if (negative > signs || digits.first > REACH || digits.count > REACH - digits.first)
    return damaged(in, "a sum is none");
  for (uint32_t i = 0; i < digits.count; i++) digits.digits[i] = state_get_u32(in);
  if (in->failed) return false;
  if (!digits_fit(&digits)) return damaged(in, "a sum is none");
  exact_sum_from(sum, mem, &digits);
  return true;
}

static bool load_sum(Tally *tally, Mem *mem, TallyKind kind, StateIn *in)
{
  if (is_of_doubles(kind)) return load_digits(&tally->exact, mem, 1, in);
  int64_t high = state_get_i64(in);
  tally->sum = (__int128)high * ((__int128)1 << 64) + state_get_u64(in);
  __int128 most = (__int128)INT64_MAX * tally->cases, least = (__int128)INT64_MIN * tally->cases;
  return (tally->sum >= least && tally->sum <= most) || damaged(in, "a sum is more than its values can make");
}

/* A weight of nothing makes both sums, so that the tally can be freed at any time. */
static bool load_weights(Tally *tally, Mem *mem, StateIn *in)
{
  double missed = 0, decided = 0;
  uint64_t cases = tally->cases;
  tally_weight(tally, mem, 0, false);
  tally->cases = cases;
  for (unsigned i = 0; i < WEIGHTS; i++) {
    exact_sum_free(&tally->weights[i], mem);
    if (!load_digits(&tally->weights[i], mem, 0, in)) return false;
  }
  bool small = exact_sum_value(&tally->weights[MISSED], &missed);
  bool both = exact_sum_value(&tally->weights[DECIDED], &decided) && small;
  return !both || missed <= decided || damaged(in, "more weight was missed than decided");
}

static bool load_range(Tally *tally, TallyKind kind, StateIn *in)
{
  bool fits;
  if (is_of_doubles(kind)) {
    tally->f.least = state_get_f64(in);
    tally->f.most = state_get_f64(in);
    bool zeros = tally->f.least == 0 && signbit(tally->f.least);
    zeros |= tally->f.most == 0 && signbit(tally->f.most);
    fits = tally->f.least <= tally->f.most && !zeros;
  } else {
    tally->i.least = state_get_i64(in);
    tally->i.most = state_get_i64(in);
    fits = tally->i.least <= tally->i.most;
  }
  return fits || damaged(in, "the least of some values is more than the greatest");
}

/* The outermost buckets are those of the least and the greatest value. */
static bool ends_fit(const Tally *tally, TallyKind kind, int32_t first, int32_t last)
{
  if (is_of_doubles(kind))
    return first == histogram_key_double(tally->f.least) && last == histogram_key_double(tally->f.most);
  return first == histogram_key_int(tally->i.least) && last == histogram_key_int(tally->i.most);
}

static bool load_buckets(Tally *tally, Mem *mem, TallyKind kind, StateIn *in)
{
  uint64_t buckets = state_get_count(in, 12), left = tally->cases;
  int32_t first = 0, key = -HISTOGRAM_KEY_MOST - 1;
  for (uint64_t i = 0; i < buckets; i++) {
    int32_t before = key;
    key = (int32_t)state_get_u32(in);
    uint64_t count = state_get_u64(in);
    if (key <= before || key > HISTOGRAM_KEY_MOST || count == 0 || count > left)
      return damaged(in, "the values of a percentile are in disorder");
    left -= count;
    if (i == 0) first = key;
    histogram_add(&tally->histogram, mem, key, count);
  }
  if (in->failed) return false;
  bool fits = left == 0 && ends_fit(tally, kind, first, key);
  return fits || damaged(in, "values of a percentile are missing");
}

static bool load_registers(Tally *tally, Mem *mem, StateIn *in)
{
  const uint8_t *registers = state_get_bytes(in, DISTINCT_REGISTERS);
  if (!registers) return false;
  for (uint32_t i = 0; i < DISTINCT_REGISTERS; i++)
    if (registers[i] > DISTINCT_RANK_MOST) return damaged(in, "a count of different values is none");
  distinct_from_registers(&tally->hashes, mem, registers);
  return tally->cases > DISTINCT_EXACT || damaged(in, "more different values than values");
}

static bool load_hashes(Tally *tally, Mem *mem, StateIn *in)
{
  uint32_t count = state_get_u32(in);
  uint64_t before = 0;
  if (count == MOT_NONE) return load_registers(tally, mem, in);
  if (count == 0 || count > DISTINCT_EXACT || count > tally->cases)
    return damaged(in, "a count of different values is none");
  for (uint32_t i = 0; i < count; i++) {
    uint64_t hash = state_get_u64(in);
    if (in->failed) return false;
    if (i > 0 && hash <= before) return damaged(in, "different values are in disorder");
    distinct_add(&tally->hashes, mem, hash);
    before = hash;
  }
  return true;
}

static bool load_content(Tally *tally, Mem *mem, TallyKind kind, StateIn *in)
{
  switch (kind.kind) {
  case AGGREGATE_RATE: return load_rate(tally, in);
  case AGGREGATE_SUM: case AGGREGATE_AVG: return load_sum(tally, mem, kind, in);
  case AGGREGATE_DISRUPTION: return load_weights(tally, mem, in);
  case AGGREGATE_MIN: case AGGREGATE_MAX: return load_range(tally, kind, in);
  case AGGREGATE_QUANTILE: return load_range(tally, kind, in) && load_buckets(tally, mem, kind, in);
  case AGGREGATE_DISTINCT: return load_hashes(tally, mem, in);
  default: return true;
  }
}

bool tally_load(Tally *tally, Mem *mem, TallyKind kind, StateIn *in)
{
  uint64_t cases = state_get_u64(in);
  if (cases == 0) return !in->failed;
  if (cases > INT64_MAX) return damaged(in, "there are more cases than anything can count");
  tally->cases = cases;
  bool fine = load_content(tally, mem, kind, in) && !in->failed;
  if (!fine) tally_free(tally, mem, kind);
  return fine;
}
