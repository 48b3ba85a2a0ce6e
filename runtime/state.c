/* state.c - the frame of a saved state, and the pieces of which it is made: see state.h. */
#define XXH_STATIC_LINKING_ONLY
#include "runtime/state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

enum { MAGIC_SIZE = 4, HASH_SIZE = 16, HEAD_SIZE = MAGIC_SIZE + 4 + HASH_SIZE, BUFFER_SIZE = 64 << 10 };
static const char MAGIC[MAGIC_SIZE] = {'m', 'o', 't', 's'};

struct StateOut {
  Mem *mem;
  StateSink sink;
  void *user;
  bool refused;
  size_t used;
  XXH3_state_t *hash;        /* in `space`, aligned */
  uint8_t space[sizeof(XXH3_state_t) + 64];
  uint8_t buffer[BUFFER_SIZE];
};

/* ---- writing ---- */

StateOut *state_out_new(const Plan *plan, Mem *mem, StateSink sink, void *user)
{
  const MetaRow *meta = plan->module->Meta;
  StateOut *out = mem_resize(mem, NULL, 0, sizeof *out);
  if (!out) mem_fail(mem);
  out->mem = mem;
  out->sink = sink;
  out->user = user;
  out->refused = false;
  out->used = 0;
  out->hash = (XXH3_state_t *)(void *)(((uintptr_t)out->space + 63) & ~(uintptr_t)63);
  XXH3_INITSTATE(out->hash);
  XXH3_128bits_reset(out->hash);
  state_put_bytes(out, MAGIC, MAGIC_SIZE);
  state_put_u32(out, STATE_VERSION);
  state_put_i64(out, meta->hash_low);
  state_put_i64(out, meta->hash_high);
  return out;
}

void state_out_free(StateOut *out)
{
  if (out) mem_resize(out->mem, out, sizeof *out, 0);
}

static void send(StateOut *out, const void *bytes, size_t size)
{
  if (!out->refused && size > 0 && !out->sink(out->user, bytes, size)) out->refused = true;
}

static void flush(StateOut *out)
{
  XXH3_128bits_update(out->hash, out->buffer, out->used);
  send(out, out->buffer, out->used);
  out->used = 0;
}

void state_put_bytes(StateOut *out, const void *bytes, size_t size)
{
  const uint8_t *at = bytes;
  while (size > 0) {
    if (out->used == BUFFER_SIZE) flush(out);
    size_t part = BUFFER_SIZE - out->used < size ? BUFFER_SIZE - out->used : size;
    memcpy(out->buffer + out->used, at, part);
    out->used += part;
    at += part;
    size -= part;
  }
}

bool state_out_end(StateOut *out)
{
  uint8_t sum[HASH_SIZE];
  XXH128_canonical_t canonical;
  flush(out);
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(out->hash));
  memcpy(sum, canonical.digest, HASH_SIZE);
  send(out, sum, HASH_SIZE);
  return !out->refused;
}

void state_put_u32(StateOut *out, uint32_t value)
{
  uint8_t bytes[4];
  for (unsigned i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> 8 * i);
  state_put_bytes(out, bytes, sizeof bytes);
}

void state_put_u64(StateOut *out, uint64_t value)
{
  state_put_u32(out, (uint32_t)value);
  state_put_u32(out, (uint32_t)(value >> 32));
}

void state_put_i64(StateOut *out, int64_t value)
{
  state_put_u64(out, (uint64_t)value);
}

void state_put_f64(StateOut *out, double value)
{
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  state_put_u64(out, bits);
}

void state_put_text(StateOut *out, const char *text, uint32_t len)
{
  state_put_u32(out, len);
  state_put_bytes(out, text, len);
}

/* ---- reading ---- */

bool state_fail(StateIn *in, const char *format, ...)
{
  va_list args;
  if (in->failed) return false;
  in->failed = true;
  va_start(args, format);
  vsnprintf(in->error, sizeof in->error, format, args);
  va_end(args);
  return false;
}

static bool sum_fits(const uint8_t *bytes, size_t size)
{
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, size - HASH_SIZE));
  return memcmp(canonical.digest, bytes + size - HASH_SIZE, HASH_SIZE) == 0;
}

bool state_in_begin(StateIn *in, const Plan *plan, const void *bytes, size_t size)
{
  const MetaRow *meta = plan->module->Meta;
  *in = (StateIn){.plan = plan, .at = bytes, .end = (const uint8_t *)bytes + size};
  if (size < MAGIC_SIZE || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0)
    return state_fail(in, "this is not the saved state of a run");
  if (size < HEAD_SIZE + HASH_SIZE) return state_fail(in, "the saved state is cut off");
  in->at += MAGIC_SIZE;
  uint32_t version = state_get_u32(in);
  if (version != STATE_VERSION)
    return state_fail(in, "the saved state has format %u; this version of mot reads format %d", version,
                      STATE_VERSION);
  if (!sum_fits(bytes, size))
    return state_fail(in, "the saved state is damaged or cut off: its checksum is wrong");
  in->end -= HASH_SIZE;
  int64_t low = state_get_i64(in), high = state_get_i64(in);
  if (low != meta->hash_low || high != meta->hash_high)
    return state_fail(in, "the state was saved by a run of other rules");
  return true;
}

bool state_in_end(StateIn *in)
{
  if (!in->failed && in->at != in->end)
    state_fail(in, "the saved state is damaged: it goes on behind its end");
  return !in->failed;
}

const void *state_get_bytes(StateIn *in, size_t size)
{
  if (!in->failed && size > (size_t)(in->end - in->at))
    state_fail(in, "the saved state is damaged: it ends too early");
  if (in->failed) return NULL;
  const void *bytes = in->at;
  in->at += size;
  return bytes;
}

uint32_t state_get_u32(StateIn *in)
{
  const uint8_t *bytes = state_get_bytes(in, 4);
  if (!bytes) return 0;
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint64_t state_get_u64(StateIn *in)
{
  uint64_t low = state_get_u32(in);
  return low | (uint64_t)state_get_u32(in) << 32;
}

int64_t state_get_i64(StateIn *in)
{
  return (int64_t)state_get_u64(in);
}

double state_get_f64(StateIn *in)
{
  uint64_t bits = state_get_u64(in);
  double value;
  memcpy(&value, &bits, sizeof value);
  if (isfinite(value)) return value;
  state_fail(in, "the saved state is damaged: a number is none");
  return 0;
}

uint64_t state_get_count(StateIn *in, size_t least)
{
  uint64_t count = state_get_u64(in);
  if (!in->failed && count > (uint64_t)(in->end - in->at) / (least ? least : 1))
    state_fail(in, "the saved state is damaged: it says that more follows than there is");
  return in->failed ? 0 : count;
}

const char *state_get_text(StateIn *in, uint32_t *ret_len)
{
  uint32_t len = state_get_u32(in);
  const char *text = state_get_bytes(in, len);
  *ret_len = text ? len : 0;
  return text ? text : "";
}
