/* test_tally_state.c - tallies saved and loaded: the same bytes for the same content, damage is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "runtime/tally_state.h"
#include "tests/support/failing_alloc.h"

enum { HEAD = 24, SUM = 16, ROOM = 1 << 16 }; /* of a state: before and behind what is put */

static const MetaRow META = {0};
static const Module MODULE = {.Meta = &META};
static const Plan PLAN = {.module = &MODULE};

static const TallyKind KINDS[] = {
  {AGGREGATE_COUNT, VALUE_NONE, 0}, {AGGREGATE_RATE, VALUE_NONE, 0}, {AGGREGATE_DISRUPTION, VALUE_NONE, 0},
  {AGGREGATE_SUM, VALUE_INT, 0}, {AGGREGATE_SUM, VALUE_NUMBER, 0}, {AGGREGATE_AVG, VALUE_MONEY, 0},
  {AGGREGATE_AVG, VALUE_NUMBER, 0}, {AGGREGATE_MIN, VALUE_TIME, 0}, {AGGREGATE_MAX, VALUE_PERCENT, 0},
  {AGGREGATE_QUANTILE, VALUE_DURATION, 0.95}, {AGGREGATE_QUANTILE, VALUE_NUMBER, 0.5},
  {AGGREGATE_DISTINCT, VALUE_TEXT, 0}, {AGGREGATE_DISTINCT, VALUE_INT, 0},
  {AGGREGATE_DISTINCT, VALUE_NUMBER, 0},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static Mem plain_mem(void)
{
  Mem mem;
  mem_init(&mem, NULL, NULL);
  return mem;
}

/* The i-th of some values. */
static void take(Tally *tally, Mem *mem, TallyKind kind, unsigned i)
{
  int64_t whole = (int64_t)(i * 2654435761u) - (INT64_C(1) << 31);
  char text[4] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676 % 26), 0};
  switch (kind.kind) {
  case AGGREGATE_COUNT: tally_count(tally); return;
  case AGGREGATE_RATE: tally_rate(tally, i % 3 == 0); return;
  case AGGREGATE_DISRUPTION: tally_weight(tally, mem, ldexp(i % 9, (int)(i % 700)), i % 4 == 0); return;
  default: break;
  }
  if (kind.type == VALUE_TEXT)
    tally_text(tally, mem, kind, text, 3);
  else if (kind.type == VALUE_NUMBER || kind.type == VALUE_PERCENT)
    tally_double(tally, mem, kind, ldexp((double)whole, (int)(i % 90) - 60));
  else
    tally_int(tally, mem, kind, whole);
}

/* ---- bytes ---- */

typedef struct Bytes {
  size_t size;
  uint8_t bytes[ROOM];
} Bytes;

static bool keep(void *user, const void *bytes, size_t size)
{
  Bytes *kept = user;
  if (size > ROOM - kept->size) return false;
  memcpy(kept->bytes + kept->size, bytes, size);
  kept->size += size;
  return true;
}

static void save(const Tally *tally, TallyKind kind, Bytes *ret)
{
  Mem mem = plain_mem();
  ret->size = 0;
  StateOut *out = state_out_new(&PLAN, &mem, keep, ret);
  tally_save(tally, kind, out);
  assert_true(state_out_end(out));
  state_out_free(out);
}

static StateIn reading(const uint8_t *bytes, size_t size)
{
  return (StateIn){.plan = &PLAN, .at = bytes, .end = bytes + size};
}

static StateIn reading_of(const Bytes *saved)
{
  return reading(saved->bytes + HEAD, saved->size - HEAD - SUM);
}

static void same_bytes(const Bytes *a, const Bytes *b)
{
  assert_int_equal(a->size, b->size);
  assert_memory_equal(a->bytes, b->bytes, a->size);
}

/* ---- tests ---- */

static const unsigned COUNTS[] = {0, 1, 2, 100, 256, 257, 1500};
enum { COUNT_COUNT = sizeof COUNTS / sizeof *COUNTS };

static void check_order(TallyKind kind, unsigned count, Bytes *one, Bytes *two)
{
  Mem mem = plain_mem();
  Tally forward = {0}, backward = {0}, parts[2] = {{0}};
  for (unsigned i = 0; i < count; i++) {
    take(&forward, &mem, kind, i);
    take(&parts[i * 7 % 3 == 0], &mem, kind, count - 1 - i);
  }
  for (unsigned i = 0; i < 2; i++) tally_merge(&backward, &parts[i], &mem, kind);
  save(&forward, kind, one);
  save(&backward, kind, two);
  same_bytes(one, two);
  tally_free(&forward, &mem, kind);
  tally_free(&backward, &mem, kind);
  for (unsigned i = 0; i < 2; i++) tally_free(&parts[i], &mem, kind);
  assert_int_equal(mem.in_use, 0);
}

static void test_the_same_content_is_the_same_bytes(void **state)
{
  static Bytes one, two;
  (void)state;
  for (unsigned k = 0; k < KIND_COUNT; k++)
    for (unsigned c = 0; c < COUNT_COUNT; c++) check_order(KINDS[k], COUNTS[c], &one, &two);
}

static void test_what_was_saved_is_loaded_and_goes_on(void **state)
{
  static Bytes saved, again;
  (void)state;
  Mem mem = plain_mem();
  for (unsigned k = 0; k < KIND_COUNT; k++)
    for (unsigned c = 0; c < COUNT_COUNT; c++) {
      TallyKind kind = KINDS[k];
      Tally tally = {0}, loaded = {0};
      for (unsigned i = 0; i < COUNTS[c]; i++) take(&tally, &mem, kind, i);
      save(&tally, kind, &saved);
      StateIn in = reading_of(&saved);
      assert_true(tally_load(&loaded, &mem, kind, &in));
      assert_ptr_equal(in.at, in.end);
      save(&loaded, kind, &again);
      same_bytes(&saved, &again);
      for (unsigned i = 0; i < 300; i++) {
        take(&tally, &mem, kind, i * 3);
        take(&loaded, &mem, kind, i * 3);
      }
      save(&tally, kind, &saved);
      save(&loaded, kind, &again);
      same_bytes(&saved, &again);
      tally_free(&tally, &mem, kind);
      tally_free(&loaded, &mem, kind);
    }
  assert_int_equal(mem.in_use, 0);
}

/* What is loaded of damaged bytes is empty, or a tally that is saved as those very bytes. */
static void check_damaged(const uint8_t *bytes, size_t size, TallyKind kind)
{
  static Bytes again;
  Mem mem = plain_mem();
  Tally loaded = {0};
  StateIn in = reading(bytes, size);
  bool fine = tally_load(&loaded, &mem, kind, &in);
  assert_int_equal(fine, !in.failed);
  if (fine) {
    tally_value(&loaded, kind);
    save(&loaded, kind, &again);
    size_t used = (size_t)(in.at - bytes);
    assert_int_equal(again.size - HEAD - SUM, used);
    assert_memory_equal(again.bytes + HEAD, bytes, used);
  } else {
    assert_true(strlen(in.error) > 20 && loaded.cases == 0 && mem.in_use == 0);
  }
  tally_free(&loaded, &mem, kind);
  assert_int_equal(mem.in_use, 0);
}

static void test_damage_is_told(void **state)
{
  static Bytes saved;
  (void)state;
  Mem mem = plain_mem();
  for (unsigned k = 0; k < KIND_COUNT; k++)
    for (unsigned c = 1; c < COUNT_COUNT; c++) {
      TallyKind kind = KINDS[k];
      Tally tally = {0};
      for (unsigned i = 0; i < COUNTS[c]; i++) take(&tally, &mem, kind, i);
      save(&tally, kind, &saved);
      tally_free(&tally, &mem, kind);
      size_t size = saved.size - HEAD - SUM, stride = size / 400 + 1;
      for (size_t cut = 0; cut < size; cut += stride) {
        StateIn in = reading(saved.bytes + HEAD, cut);
        assert_false(tally_load(&tally, &mem, kind, &in));
        assert_string_equal(in.error[0] ? "told" : "", "told");
      }
      for (size_t at = 0; at < size; at += stride)
        for (unsigned bit = 0; bit < 8; bit += 1 + (size > 100)) {
          saved.bytes[HEAD + at] ^= (uint8_t)(1u << bit);
          check_damaged(saved.bytes + HEAD, size, kind);
          saved.bytes[HEAD + at] ^= (uint8_t)(1u << bit);
        }
    }
  assert_int_equal(mem.in_use, 0);
}

static void test_a_negative_zero_is_no_extreme(void **state)
{
  (void)state;
  uint8_t bytes[24] = {1};
  StateIn in = reading(bytes, sizeof bytes);
  Mem mem = plain_mem();
  Tally tally = {0};
  TallyKind kind = {AGGREGATE_MIN, VALUE_NUMBER, 0};
  assert_true(tally_load(&tally, &mem, kind, &in));
  tally_free(&tally, &mem, kind);
  bytes[15] = 0x80;
  in = reading(bytes, sizeof bytes);
  assert_false(tally_load(&tally, &mem, kind, &in));
}

/* ---- without memory ---- */

typedef struct Short {
  TallyKind kind;
  Bytes saved;
  Tally tally;
  Mem *mem;
} Short;

static void load_all(Mem *mem, void *user)
{
  Short *few = user;
  StateIn in = reading_of(&few->saved);
  few->mem = mem;
  assert_true(tally_load(&few->tally, mem, few->kind, &in));
}

static void undo(void *user)
{
  Short *few = user;
  tally_free(&few->tally, few->mem, few->kind);
}

static void test_loading_without_memory_leaves_what_can_be_freed(void **state)
{
  static Short few;
  (void)state;
  for (unsigned k = 0; k < KIND_COUNT; k++) {
    Mem mem = plain_mem();
    Tally tally = {0};
    few = (Short){.kind = KINDS[k]};
    for (unsigned i = 0; i < 200 + k % 2 * 200; i++) take(&tally, &mem, few.kind, i);
    save(&tally, few.kind, &few.saved);
    tally_free(&tally, &mem, few.kind);
    refuse_each_resize(load_all, undo, &few);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_same_content_is_the_same_bytes),
    cmocka_unit_test(test_what_was_saved_is_loaded_and_goes_on),
    cmocka_unit_test(test_damage_is_told),
    cmocka_unit_test(test_a_negative_zero_is_no_extreme),
    cmocka_unit_test(test_loading_without_memory_leaves_what_can_be_freed),
  };
  return cmocka_run_group_tests_name("tally_state", tests, NULL, NULL);
}
