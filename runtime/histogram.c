/*
 * histogram.c - buckets of constant relative width, in order: counts, and behind them the keys, which are
 * looked through often.
 */
#include "runtime/histogram.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
  BUCKETS = 64, BUCKET_BITS = 6, /* from one power of two to the next */
  LEAST_EXPONENT = -1074, ROOM_FIRST = 4
};

struct Histogram {
  uint32_t count, room;
  uint64_t counts[];       /* `room`, then as many int32_t */
};

/* ---- keys ---- */

/* Of a value that is lead·2^(exponent - 6), 64 <= lead < 128. */
static int32_t key_of(int exponent, unsigned lead, bool negative)
{
  int32_t key = (exponent - LEAST_EXPONENT) * BUCKETS + (int32_t)lead - BUCKETS + 1;
  return negative ? -key : key;
}

int32_t histogram_key_int(int64_t value)
{
  if (value == 0) return 0;
  uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
  int exponent = 63 - __builtin_clzll(size);
  unsigned lead = (unsigned)(exponent > BUCKET_BITS ? size >> (exponent - BUCKET_BITS)
                                                    : size << (BUCKET_BITS - exponent));
  return key_of(exponent, lead, value < 0);
}

int32_t histogram_key_double(double value)
{
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint64_t size = bits & (UINT64_MAX >> 1);
  assert(size >> 52 != 0x7ff);
  if (size >> 52)
    return key_of((int)(size >> 52) - 1023, BUCKETS + ((size >> 46) & (BUCKETS - 1)), bits >> 63);
  if (size == 0) return 0;
  int exponent = 63 - __builtin_clzll(size); /* of a whole number of 2^-1074 */
  unsigned lead = (unsigned)(exponent > BUCKET_BITS ? size >> (exponent - BUCKET_BITS)
                                                    : size << (BUCKET_BITS - exponent));
  return key_of(exponent + LEAST_EXPONENT, lead, bits >> 63);
}

typedef struct Bucket {
  int exponent;
  unsigned lead;
} Bucket;

static Bucket bucket_of(int32_t key)
{
  unsigned place = (unsigned)(key < 0 ? -key : key) - 1;
  return (Bucket){(int)(place / BUCKETS) + LEAST_EXPONENT, place % BUCKETS + BUCKETS};
}

double histogram_middle_double(int32_t key)
{
  if (key == 0) return 0;
  Bucket bucket = bucket_of(key);
  double middle = ldexp((double)bucket.lead + 0.5, bucket.exponent - BUCKET_BITS);
  return key < 0 ? -middle : middle;
}

int64_t histogram_middle_int(int32_t key)
{
  if (key == 0) return 0;
  Bucket bucket = bucket_of(key);
  if (bucket.exponent < 0) return 0;
  if (bucket.exponent > 63) return key < 0 ? INT64_MIN : INT64_MAX;
  unsigned __int128 twice = (unsigned __int128)(2 * bucket.lead + 1) << bucket.exponent;
  unsigned __int128 middle = twice >> (BUCKET_BITS + 1), most = INT64_MAX;
  if (middle > most) return key < 0 ? INT64_MIN : INT64_MAX;
  return key < 0 ? -(int64_t)middle : (int64_t)middle;
}

/* ---- buckets ---- */

static size_t bytes_of(uint32_t room)
{
  return sizeof(Histogram) + room * (sizeof(uint64_t) + sizeof(int32_t));
}

static int32_t *keys_of(const Histogram *histogram)
{
  return (int32_t *)(uintptr_t)(histogram->counts + histogram->room);
}

/* Room for `count` buckets. */
static void make_room(Histogram **histogram, Mem *mem, uint32_t count)
{
  Histogram *old = *histogram;
  uint32_t had = old ? old->room : 0, room = had * 2 > ROOM_FIRST ? had * 2 : ROOM_FIRST;
  if (count <= had) return;
  if (room < count) room = count;
  Histogram *grown = mem_resize(mem, old, old ? bytes_of(had) : 0, bytes_of(room));
  if (!grown) mem_fail(mem);
  if (!old) grown->count = 0;
  grown->room = room;
  memmove(grown->counts + room, grown->counts + had, grown->count * sizeof(int32_t));
  *histogram = grown;
}

/* The place of the first key that is not less. */
static uint32_t place_of(const Histogram *histogram, int32_t key)
{
  const int32_t *keys = keys_of(histogram), *at = keys;
  uint32_t left = histogram->count;
  while (left > 1) { /* no branch depends on what is found */
    uint32_t half = left / 2;
    at += at[half - 1] < key ? half : 0;
    left -= half;
  }
  return (uint32_t)(at - keys) + (left == 1 && *at < key);
}

static void insert(Histogram **histogram, Mem *mem, uint32_t place, int32_t key, uint64_t count)
{
  make_room(histogram, mem, (*histogram ? (*histogram)->count : 0) + 1);
  Histogram *h = *histogram;
  int32_t *keys = keys_of(h);
  memmove(keys + place + 1, keys + place, (h->count - place) * sizeof *keys);
  memmove(h->counts + place + 1, h->counts + place, (h->count - place) * sizeof *h->counts);
  keys[place] = key;
  h->counts[place] = count;
  h->count++;
}

void histogram_add(Histogram **histogram, Mem *mem, int32_t key, uint64_t count)
{
  Histogram *h = *histogram;
  uint32_t place = h ? place_of(h, key) : 0;
  if (h && place < h->count && keys_of(h)[place] == key)
    h->counts[place] += count;
  else
    insert(histogram, mem, place, key, count);
}

/* How many keys both have. */
static uint32_t shared(const Histogram *a, const Histogram *b)
{
  const int32_t *a_keys = keys_of(a), *b_keys = keys_of(b);
  uint32_t both = 0;
  for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
    int32_t x = a_keys[i], y = b_keys[k];
    both += x == y;
    i += x <= y;
    k += y <= x;
  }
  return both;
}

/* From the greatest key down, so that what is there moves only up. */
void histogram_merge(Histogram **into, const Histogram *from, Mem *mem)
{
  if (!from) return;
  uint32_t left = *into ? (*into)->count : 0, other = from->count;
  uint32_t total = left + other - (*into ? shared(*into, from) : 0);
  make_room(into, mem, total);
  Histogram *h = *into;
  int32_t *keys = keys_of(h), *from_keys = keys_of(from);
  h->count = total;
  while (other > 0) {
    int32_t key = from_keys[other - 1];
    if (left > 0 && keys[left - 1] > key) {
      keys[--total] = keys[--left];
      h->counts[total] = h->counts[left];
      continue;
    }
    uint64_t here = left > 0 && keys[left - 1] == key ? h->counts[--left] : 0;
    keys[--total] = key;
    h->counts[total] = here + from->counts[--other];
  }
}

void histogram_free(Histogram **histogram, Mem *mem)
{
  if (*histogram) mem_resize(mem, *histogram, bytes_of((*histogram)->room), 0);
  *histogram = NULL;
}

int32_t histogram_at_rank(const Histogram *histogram, uint64_t rank)
{
  uint32_t place = 0;
  while (place + 1 < histogram->count && rank > histogram->counts[place]) rank -= histogram->counts[place++];
  return keys_of(histogram)[place];
}

uint32_t histogram_buckets(const Histogram *histogram)
{
  return histogram ? histogram->count : 0;
}

uint64_t histogram_bucket(const Histogram *histogram, uint32_t place, int32_t *ret_key)
{
  *ret_key = keys_of(histogram)[place];
  return histogram->counts[place];
}
