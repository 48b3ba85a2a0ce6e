/*
 * test_run_state.c - a run that is saved and loaded on the way gives the same bytes as one that never stopped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <xxhash.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

typedef struct Kept {
  char *bytes;
  size_t size, most; /* most: writes are refused beyond */
} Kept;

static bool keep(void *user, const void *bytes, size_t size)
{
  Kept *kept = user;
  if (kept->most && kept->size + size > kept->most) return false;
  kept->bytes = realloc(kept->bytes, kept->size + size + 1);
  memcpy(kept->bytes + kept->size, bytes, size);
  kept->size += size;
  return true;
}

static void a_run_goes_on_from_any_byte(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  size_t size;
  char *stream = running_stream(21, 60, &size), *expected = running_all(rules, stream, size, &(Feeding){0});
  char what[32];
  for (size_t at = 1; at < size; at += 3) {
    Feeding feeding = {.save_at = at, .flush = at % 2};
    snprintf(what, sizeof what, "saved at %zu", at);
    char *found = running_all(rules, stream, size, &feeding);
    running_same(expected, found, what);
    free(found);
  }
  free(stream);
  free(expected);
  mot_rules_free(rules);
}

static void the_number_of_threads_may_change(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  size_t size;
  char *stream = running_stream(22, 9000, &size), *expected = running_all(rules, stream, size, &(Feeding){0});
  for (unsigned before = 1; before <= 3; before++) {
    for (unsigned after = 1; after <= 3; after++) {
      Feeding feeding = {.options = {.threads = before}, .threads_after = after, .save_at = size / 2,
                         .piece = 50000};
      char *found = running_all(rules, stream, size, &feeding);
      running_same(expected, found, "threads");
      free(found);
    }
  }
  /* what filled half a block of three threads is more than a block of one */
  Feeding feeding = {.options = {.threads = 3, .max_line = 300}, .threads_after = 1, .save_at = size - 1000};
  char *found = running_all(rules, stream, size, &feeding);
  running_same(expected, found, "blocks");
  free(found);
  free(stream);
  free(expected);
  mot_rules_free(rules);
}

static void what_is_kept_back_is_saved_too(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  size_t size;
  char *stream = running_stream(23, 1500, &size);
  Feeding feeding = {.options = {.has_lateness = true, .lateness = INT64_C(3600000000)}};
  char *expected = running_all(rules, stream, size, &feeding);
  feeding.save_at = size * 2 / 3;
  feeding.flush = true;
  feeding.piece = 4000;
  char *found = running_all(rules, stream, size, &feeding);
  running_same(expected, found, "kept back");
  free(found);
  free(stream);
  free(expected);
  mot_rules_free(rules);
}

static void a_header_of_columns_is_saved_too(void **state)
{
  (void)state;
  static const char text[] = "\xEF\xBB\xBFtype,customer,time,id,n,ok,kind\r\n"
                             "A,c1,2026-03-02T09:00:00Z,1,5,,\r\n"
                             "A,\"c\n2\",2026-03-02T09:00:01Z,2,,,\r\n\r\n"
                             "B,c1,2026-03-02T09:00:02Z,3,,true,\r\n"
                             "B,\"c\n2\",2026-03-02T09:00:03Z,3,,true,\r\n"
                             "C,c1,2026-03-02T09:00:04Z,4,,,green\r\n"
                             "C,c1,2026-03-02T09:00:40Z,5,,,blue\r\n"
                             "A,c1,2026-03-02T09:00:01Z,6,,,\r\n"
                             "A,c3,2026-03-02T09:02:01Z,7,x,,\r\nA,c4,2026-03-02T09:02:01Z,8,,,";
  mot_rules *rules = running_rules(running_example);
  char *expected = running_all(rules, text, sizeof text - 1, &(Feeding){.format = MOT_CSV});
  assert_non_null(strstr(expected, "\"customer\":\"c\\n2\""));
  assert_non_null(strstr(expected, "rejected stream line 9 offset "));
  assert_non_null(strstr(expected, "late stream line 11 offset "));
  for (size_t i = 1; i < sizeof text - 1; i++) {
    Feeding saved = {.format = MOT_CSV, .save_at = i, .flush = i % 2};
    Feeding cut = {.format = MOT_CSV, .cut = i, .options = {.batch = 1 + i % 3}};
    char *found = running_all(rules, text, sizeof text - 1, &saved);
    running_same(expected, found, "CSV saved");
    free(found);
    found = running_all(rules, text, sizeof text - 1, &cut);
    running_same(expected, found, "CSV cut");
    free(found);
  }
  free(expected);
  mot_rules_free(rules);
}

/* A total of numbers that overflowed: what asks for it faults, before and after. */
static void a_total_beyond_all_numbers_is_saved_too(void **state)
{
  (void)state;
  static const char text[] = "{\"type\":\"A\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"c\",\"n\":1e308}\n"
                             "{\"type\":\"A\",\"time\":\"2026-03-02T09:00:01Z\",\"customer\":\"c\",\"n\":1e308}\n"
                             "{\"type\":\"A\",\"time\":\"2026-03-02T09:00:02Z\",\"customer\":\"c\",\"n\":-1e308}\n";
  mot_rules *rules = running_rules(
    "event A { customer: id  n: number }\n"
    "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
    "team desk \"Desk\" { lead ben role producer }\n"
    "experience Try \"Trying\" { for customer manager ana starts on A expires after 1 h sco \"S\" no A within 1 min\n"
    "  mot Sum \"Sum\" { manager ben producers desk when A smoto sum(A.n) > 5 target 90% over 1 d } }\n");
  char *expected = running_all(rules, text, sizeof text - 1, &(Feeding){0});
  assert_non_null(strstr(expected, "\"reason\":\"fault\""));
  for (size_t i = 1; i < sizeof text - 1; i++) {
    char *found = running_all(rules, text, sizeof text - 1, &(Feeding){.save_at = i, .flush = true});
    running_same(expected, found, "total saved");
    free(found);
  }
  free(expected);
  mot_rules_free(rules);
}

static mot_run *half_way(const mot_rules *rules, const mot_run_options *options)
{
  mot_run *run = NULL;
  size_t size;
  char *stream = running_stream(24, 200, &size);
  assert_int_equal(mot_run_open(rules, options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "stream", MOT_NDJSON), MOT_OK);
  assert_int_equal(mot_run_feed(run, stream, size), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_OK);
  free(stream);
  return run;
}

static void records_must_be_taken_first(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_run *run = half_way(rules, NULL);
  Kept kept = {0}, other = {.most = 100};
  assert_int_equal(mot_run_save(run, keep, &kept), MOT_MISUSE);
  assert_non_null(strstr(mot_run_error(run), "take them first"));
  assert_int_equal(kept.size, 0);
  free(running_take(run, NULL, false));
  assert_int_equal(mot_run_save(run, keep, &other), MOT_IO);
  assert_int_equal(mot_run_save(run, keep, &kept), MOT_OK);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  free(running_take(run, NULL, false));
  assert_int_equal(mot_run_save(run, keep, &kept), MOT_MISUSE);
  mot_run_free(run);
  free(kept.bytes);
  free(other.bytes);
  mot_rules_free(rules);
}

/* A state with its sum made right again, so that what is changed in it is found by looking at it. */
static void damage_is_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_run *run = half_way(rules, NULL), *loaded = NULL;
  Kept kept = {0};
  mot_error error;
  free(running_take(run, NULL, false));
  assert_int_equal(mot_run_save(run, keep, &kept), MOT_OK);
  mot_run_free(run);
  for (size_t i = 0; i < kept.size; i += 7) {
    kept.bytes[i] ^= 0x10;
    assert_int_equal(mot_run_load(rules, NULL, kept.bytes, kept.size, &loaded, &error), MOT_INVALID);
    assert_true(strlen(error.text) > 10);
    kept.bytes[i] ^= 0x10;
    assert_int_equal(mot_run_load(rules, NULL, kept.bytes, i, &loaded, &error), MOT_INVALID);
  }
  mot_rules *others = running_rules("stream { type from \"type\" time from \"time\" }\n"
    "event A { customer: id } owner ana \"Ana\" { role experience_manager }\n"
    "experience E \"E\" { for customer manager ana starts on A expires after 1 d sco \"S\" no A within 1 h }\n");
  assert_int_equal(mot_run_load(others, NULL, kept.bytes, kept.size, &loaded, &error), MOT_INVALID);
  assert_null(loaded);
  free(kept.bytes);
  mot_rules_free(others);
  mot_rules_free(rules);
}

/* Places in a state, of eight bytes: behind its head stand the horizon, the lateness and these. */
enum { LATEST = 40, WATERMARK = 48, SOURCE = 104, SUM = 16 };

static void expect_damaged(const mot_rules *rules, Kept kept, size_t at, uint64_t value)
{
  mot_run *loaded = NULL;
  mot_error error;
  XXH128_canonical_t sum;
  char *bytes = malloc(kept.size);
  memcpy(bytes, kept.bytes, kept.size);
  memcpy(bytes + at, &value, at == SOURCE ? 4 : 8);
  XXH128_canonicalFromHash(&sum, XXH3_128bits(bytes, kept.size - SUM));
  memcpy(bytes + kept.size - SUM, sum.digest, SUM);
  assert_int_equal(mot_run_load(rules, NULL, bytes, kept.size, &loaded, &error), MOT_INVALID);
  assert_non_null(strstr(error.text, "damaged"));
  assert_null(strstr(error.text, "checksum"));
  free(bytes);
}

static void a_clock_and_a_source_that_cannot_be_are_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_run *run = half_way(rules, NULL);
  Kept kept = {0};
  assert_int_equal(mot_run_feed(run, "{\"type\"", 7), MOT_OK);
  free(running_take(run, NULL, false));
  assert_int_equal(mot_run_save(run, keep, &kept), MOT_OK);
  expect_damaged(rules, kept, LATEST, INT64_MAX);
  expect_damaged(rules, kept, WATERMARK, INT64_MAX);
  expect_damaged(rules, kept, SOURCE, 0); /* bytes wait for the end of their line */
  mot_run_free(run);
  free(kept.bytes);
  mot_rules_free(rules);
}

static void refused_memory_ends_saving_and_loading(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_status status = MOT_NO_MEMORY;
  Kept kept = {0};
  for (size_t n = 1; status == MOT_NO_MEMORY; n++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, 0);
    mot_allocator allocator = {failing_resize, &alloc};
    mot_run *run = half_way(rules, &(mot_run_options){.allocator = &allocator});
    free(running_take(run, NULL, false));
    alloc.fail_at = alloc.requests + n;
    kept.size = 0;
    status = mot_run_save(run, keep, &kept);
    mot_run_free(run);
    assert_int_equal(alloc.pieces, 0);
  }
  assert_int_equal(status, MOT_OK);
  status = MOT_NO_MEMORY;
  for (size_t n = 1; status == MOT_NO_MEMORY; n++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, n);
    mot_allocator allocator = {failing_resize, &alloc};
    mot_run *run = NULL;
    mot_run_options options = {.allocator = &allocator};
    status = mot_run_load(rules, &options, kept.bytes, kept.size, &run, NULL);
    mot_run_free(run);
    assert_int_equal(alloc.pieces, 0);
  }
  assert_int_equal(status, MOT_OK);
  free(kept.bytes);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_run_goes_on_from_any_byte),
    cmocka_unit_test(the_number_of_threads_may_change),
    cmocka_unit_test(what_is_kept_back_is_saved_too),
    cmocka_unit_test(a_header_of_columns_is_saved_too),
    cmocka_unit_test(a_total_beyond_all_numbers_is_saved_too),
    cmocka_unit_test(records_must_be_taken_first),
    cmocka_unit_test(damage_is_told),
    cmocka_unit_test(a_clock_and_a_source_that_cannot_be_are_told),
    cmocka_unit_test(refused_memory_ends_saving_and_loading),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
