/*
 * test_run_stretch.c - much that is due at once: evaluated stretch by stretch as records are taken, with the bytes
 * of one piece and without its memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/running.h"

#define SECOND INT64_C(1000000)

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" as unix_s lateness 1 h }\n"
  "event A { customer: id } event B { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience E \"E\" { for customer manager ana starts on A expires after 60 d sco \"S\" B within 50 d\n"
  "  mot M \"M\" { manager ben producers desk when A smoto B within 20 d target 90% over 1 d }\n"
  "  mot N \"N\" { manager ben producers desk when A smoto B within 10 min target 90% over 1 d } }\n";

/* Alerts that are raised and repeat many times before anything else is due. */
static const char repeating[] =
  "stream { type from \"type\" time from \"time\" as unix_s }\n"
  "event A { customer: id } event B { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben  role producer }\n"
  "experience E \"E\" { for customer manager ana starts on A expires after 60 d sco \"S\" B within 50 d\n"
  "  mot M \"M\" { manager ben producers desk when A smoto B within 10 min target 90% over 1 d\n"
  "    on missed { alert ben repeat every 6 h } on breached { alert ana repeat every 1 min } } }\n";

enum { KINDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY };
enum { BEGIN = 1772450000, LATEST = 100 * 86400 /* when the last deadline has passed, after the beginning */ };

/* ---- memory ---- */

typedef struct Meter {
  size_t now, peak;
} Meter;

static void *metered(void *user, void *p, size_t old, size_t size)
{
  Meter *meter = user;
  void *ret = size == 0 ? NULL : realloc(p, size);
  if (size == 0) free(p);
  if (size != 0 && !ret) return NULL;
  meter->now = meter->now - old + size;
  if (meter->now > meter->peak) meter->peak = meter->now;
  return ret;
}

/* ---- runs ---- */

typedef struct Taken {
  uint64_t hash, bytes, largest, pieces; /* of the lines, the largest text of them, how many texts */
} Taken;

static void add(Taken *taken, const char *lines, size_t size)
{
  for (size_t i = 0; i < size; i++) taken->hash = (taken->hash ^ (uint8_t)lines[i]) * UINT64_C(0x100000001b3);
  taken->bytes += size;
  taken->pieces++;
  if (size > taken->largest) taken->largest = size;
}

static void take(mot_run *run, Taken *taken)
{
  const char *lines;
  size_t size;
  do {
    assert_int_equal(mot_run_take_json(run, &lines, &size), MOT_OK);
    if (size > 0) add(taken, lines, size);
  } while (size > 0);
}

static void take_singly(mot_run *run, Taken *taken)
{
  mot_record record;
  size_t size;
  while (mot_run_next(run, &record)) {
    const char *line = mot_record_json(run, &record, &size);
    assert_non_null(line);
    add(taken, line, size);
  }
}

static mot_run *open_run(const mot_rules *rules, const mot_run_options *options)
{
  mot_run *run = NULL;
  assert_int_equal(mot_run_open(rules, options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "s", MOT_NDJSON), MOT_OK);
  return run;
}

/* One event A of each of `customers`, `apart` microseconds one after the other, in order of key or not. */
static void feed_customers(mot_run *run, unsigned customers, unsigned apart)
{
  char line[100];
  for (unsigned i = 0; i < customers; i++) {
    int n = snprintf(line, sizeof line, "{\"type\":\"A\",\"time\":%llu,\"customer\":\"c%u\"}\n",
                     BEGIN + (unsigned long long)i * apart / 1000000, i * 7919 % customers);
    assert_int_equal(mot_run_feed(run, line, (size_t)n), MOT_OK);
  }
}

static void feed_late_event(mot_run *run, const char *type)
{
  char line[100];
  int n = snprintf(line, sizeof line, "{\"type\":\"%s\",\"time\":%d,\"customer\":\"c1\"}\n", type, BEGIN + LATEST);
  assert_int_equal(mot_run_feed(run, line, (size_t)n), MOT_OK);
}

/* ---- tests ---- */

enum { LIVE = 200000, ALL_AT_ONCE = 1 << 30 };

typedef struct End {
  Taken taken;
  size_t more; /* memory beyond that before the end */
} End;

static End end_of(const mot_rules *rules, size_t batch, unsigned threads, bool singly)
{
  End ret = {{0}, 0};
  Meter meter = {0, 0};
  mot_allocator allocator = {metered, &meter};
  mot_run_options options = {.allocator = threads > 1 ? NULL : &allocator, .batch = batch, .threads = threads};
  mot_run *run = open_run(rules, &options);
  feed_customers(run, LIVE, 100000);
  take(run, &ret.taken);
  size_t before = meter.peak = meter.now;
  assert_int_equal(mot_run_end(run, (BEGIN + LATEST) * SECOND), MOT_OK);
  if (singly)
    take_singly(run, &ret.taken);
  else
    take(run, &ret.taken);
  ret.more = meter.peak - before;
  mot_run_free(run);
  assert_int_equal(meter.now, 0);
  return ret;
}

static void same(const End *a, const End *b)
{
  assert_int_equal(a->taken.bytes, b->taken.bytes);
  assert_true(a->taken.hash == b->taken.hash);
}

static void ending_takes_little_memory_and_gives_the_same(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  End whole = end_of(rules, ALL_AT_ONCE, 1, false), parts = end_of(rules, 0, 1, false);
  End singly = end_of(rules, 0, 1, true), threads = end_of(rules, 0, 3, false);
  assert_true(parts.taken.pieces > 4);
  assert_true(whole.more > 100 << 20);
  assert_in_range(parts.more, 1, whole.more / 3);
  assert_in_range(singly.more, 1, 24 << 20);
  same(&whole, &parts);
  same(&whole, &singly);
  same(&whole, &threads);
  mot_rules_free(rules);
}

static void a_clock_that_jumps_takes_little_memory(void **state)
{
  (void)state;
  Meter meter = {0, 0};
  Taken taken = {0};
  mot_allocator allocator = {metered, &meter};
  mot_run_options options = {.allocator = &allocator, .records = KINDS};
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = open_run(rules, &options);
  feed_customers(run, LIVE, 100000);
  take_singly(run, &taken);
  size_t before = meter.peak = meter.now;
  feed_late_event(run, "A");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  take_singly(run, &taken);
  assert_in_range(meter.peak - before, 1, 24 << 20);
  assert_int_equal(taken.pieces, 4 * LIVE);
  mot_run_free(run);
  mot_rules_free(rules);
}

static End repeats_of(const mot_rules *rules, size_t batch)
{
  End ret = {{0}, 0};
  Meter meter = {0, 0};
  mot_allocator allocator = {metered, &meter};
  mot_run_options options = {.allocator = &allocator, .batch = batch};
  mot_run *run = open_run(rules, &options);
  feed_customers(run, 500, 100000);
  size_t before = meter.peak = meter.now;
  assert_int_equal(mot_run_end(run, (BEGIN + LATEST) * SECOND), MOT_OK);
  take_singly(run, &ret.taken);
  ret.more = meter.peak - before;
  mot_run_free(run);
  return ret;
}

static void what_repeats_takes_little_memory(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(repeating);
  End whole = repeats_of(rules, ALL_AT_ONCE), parts = repeats_of(rules, 0);
  assert_true(parts.taken.pieces > 200000);
  assert_in_range(parts.more, 1, whole.more / 3);
  same(&whole, &parts);
  mot_rules_free(rules);
}

/* Whatever is called between, with stretches of a few timers each. */
typedef enum Between { NOTHING, FIGURES, SAVING, FEEDING, CALLS } Between;

static mot_run *call_between(mot_run *run, const mot_rules *rules, const mot_run_options *options, Between call,
                             Taken *taken)
{
  mot_run_stats stats;
  mot_mot_stats mot;
  if (call == FIGURES) {
    mot_run_get_stats(run, &stats);
    if (options->records == (KINDS | MOT_RECORD_OPEN)) assert_int_equal(stats.records, 4 * 500);
    assert_true(mot_run_mot_stats(run, 0, &mot));
    assert_int_equal(mot.missed, 500);
  }
  if (call == SAVING) {
    assert_int_equal(running_reload(rules, options, &run), MOT_MISUSE);
    take(run, taken);
    assert_int_equal(running_reload(rules, options, &run), MOT_OK);
  }
  feed_late_event(run, "A");
  feed_late_event(run, "B");
  if (call == FEEDING) feed_late_event(run, "X");
  assert_int_equal(mot_run_end(run, (BEGIN + LATEST + 61 * 86400) * SECOND), MOT_OK);
  return run;
}

static Taken with_between(const mot_rules *rules, const mot_run_options *options, Between call)
{
  Taken taken = {0};
  mot_record record;
  size_t size;
  mot_run *run = open_run(rules, options);
  feed_customers(run, 500, 100000);
  assert_int_equal(mot_run_advance(run, (BEGIN + LATEST) * SECOND), MOT_OK);
  if (call != SAVING) /* some are taken */
    for (unsigned i = 0; i < 100 && mot_run_next(run, &record); i++) {
      const char *line = mot_record_json(run, &record, &size);
      add(&taken, line, size);
    }
  run = call_between(run, rules, options, call, &taken);
  take_singly(run, &taken);
  mot_run_free(run);
  return taken;
}

static void any_call_between(const mot_rules *rules, unsigned records)
{
  mot_run_options whole = {.batch = ALL_AT_ONCE, .records = records};
  Taken expected = with_between(rules, &whole, NOTHING);
  for (unsigned batch = 0; batch < 40; batch += batch < 8 ? 1 : 9) {
    for (Between call = NOTHING; call < CALLS; call++) {
      mot_run_options options = {.batch = batch, .threads = 1 + batch % 3, .records = records};
      Taken found = with_between(rules, &options, call);
      assert_int_equal(found.bytes, expected.bytes);
      assert_true(found.hash == expected.hash);
    }
  }
}

static void what_is_called_between_changes_nothing(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  any_call_between(rules, KINDS | MOT_RECORD_OPEN);
  any_call_between(rules, MOT_RECORDS_DEFAULT | MOT_RECORD_OPEN); /* targets among them */
  mot_rules_free(rules);
}

/* All that is open at the end, an instant at which much is decided too. */
static Taken all_open(const mot_rules *rules, size_t batch, unsigned threads, unsigned customers, size_t *ret_more)
{
  Taken taken = {0};
  Meter meter = {0, 0};
  mot_allocator allocator = {metered, &meter};
  mot_run_options options = {.allocator = threads > 1 ? NULL : &allocator, .batch = batch, .threads = threads,
                             .records = KINDS | MOT_RECORD_OPEN};
  mot_run *run = open_run(rules, &options);
  feed_customers(run, customers, 0); /* all at once */
  take_singly(run, &taken);
  size_t before = meter.peak = meter.now;
  assert_int_equal(mot_run_end(run, (BEGIN + 600) * SECOND), MOT_OK);
  take_singly(run, &taken);
  *ret_more = meter.peak - before;
  mot_run_free(run);
  assert_int_equal(taken.pieces, 3 * customers);
  return taken;
}

static void what_is_open_comes_some_keys_at_a_time(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  size_t more, whole_more;
  for (unsigned batch = 1; batch < 400; batch += batch < 6 ? 1 : 97) {
    Taken whole = all_open(rules, ALL_AT_ONCE, 1, 300, &more), parts = all_open(rules, batch, 1 + batch % 4, 300, &more);
    assert_int_equal(parts.bytes, whole.bytes);
    assert_true(parts.hash == whole.hash);
  }
  all_open(rules, 0, 1, LIVE / 4, &whole_more);
  all_open(rules, 0, 1, LIVE, &more);
  assert_true(more < 6 * whole_more); /* what is decided at that very instant, and a list of keys */
  mot_rules_free(rules);
}

static void counts_alone_are_complete_at_once(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run_options options = {.batch = 3, .records = MOT_RECORDS_NONE};
  mot_run *run = open_run(rules, &options);
  mot_mot_stats mot;
  mot_record record;
  feed_customers(run, 500, 100000);
  assert_int_equal(mot_run_end(run, (BEGIN + LATEST) * SECOND), MOT_OK);
  assert_true(mot_run_mot_stats(run, 1, &mot));
  assert_int_equal(mot.missed, 500);
  assert_false(mot_run_next(run, &record));
  mot_run_free(run);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(ending_takes_little_memory_and_gives_the_same),
    cmocka_unit_test(a_clock_that_jumps_takes_little_memory),
    cmocka_unit_test(what_repeats_takes_little_memory),
    cmocka_unit_test(what_is_called_between_changes_nothing),
    cmocka_unit_test(what_is_open_comes_some_keys_at_a_time),
    cmocka_unit_test(counts_alone_are_complete_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
