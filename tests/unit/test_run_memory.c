/*
 * test_run_memory.c - memory refused at any moment of a run, by one thread or several.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

typedef struct Work {
  const mot_rules *rules;
  const char *stream;
  size_t size, piece;
  mot_run_options options;
} Work;

static mot_status typed(mot_run *run)
{
  static const char customer[] = "a customer with a rather long name, for whom memory is needed";
  mot_status status = mot_event_begin(run, 0, INT64_C(1772450000000000));
  if (status != MOT_OK) return status;
  mot_event_text(run, 0, customer, sizeof customer - 1);
  mot_event_id(run, "t1", 2);
  return mot_event_submit(run);
}

static mot_status feed_all(mot_run *run, const Work *work)
{
  mot_status status = mot_run_source(run, "stream", MOT_NDJSON);
  mot_rejected rejected;
  for (size_t at = 0, n; status == MOT_OK && at < work->size; at += n) {
    n = work->size - at < work->piece ? work->size - at : work->piece;
    status = mot_run_feed(run, work->stream + at, n);
  }
  while (mot_run_next_rejected(run, &rejected)) assert_non_null(rejected.source);
  return status;
}

static mot_status run_through(mot_run *run, const Work *work)
{
  const char *lines;
  size_t size;
  mot_record record;
  mot_status status = feed_all(run, work);
  if (status == MOT_OK) status = typed(run);
  if (status == MOT_OK && mot_run_next(run, &record) && !mot_record_json(run, &record, &size))
    status = MOT_NO_MEMORY;
  if (status == MOT_OK) status = mot_run_take_json(run, &lines, &size);
  if (status == MOT_OK) status = mot_run_end(run, MOT_NO_TIME);
  do status = status == MOT_OK ? mot_run_take_json(run, &lines, &size) : status;
  while (status == MOT_OK && size > 0);
  return status;
}

/* After a refusal nothing but freeing works, and nothing crashes. */
static void poke(mot_run *run)
{
  mot_record record;
  mot_run_stats stats;
  assert_int_equal(mot_run_feed(run, "x\n", 2), MOT_NO_MEMORY);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_NO_MEMORY);
  assert_int_equal(mot_event_begin(run, 0, 0), MOT_NO_MEMORY);
  mot_event_int(run, 0, 0);
  assert_false(mot_run_next(run, &record));
  mot_run_get_stats(run, &stats);
  assert_non_null(strstr(mot_run_error(run), "memory"));
}

static size_t refuse_each(const Work *work)
{
  for (size_t n = 1;; n++) {
    SharedAlloc shared = {.lock = PTHREAD_MUTEX_INITIALIZER};
    mot_allocator allocator = {shared_resize, &shared};
    mot_run_options options = work->options;
    mot_run *run = NULL;
    failing_alloc_init(&shared.alloc, n);
    options.allocator = &allocator;
    mot_status status = mot_run_open(work->rules, &options, &run, NULL);
    if (status == MOT_OK) status = run_through(run, work);
    if (run && status != MOT_OK) poke(run);
    mot_run_free(run);
    assert_int_equal(shared.alloc.pieces, 0);
    assert_int_equal(shared.alloc.bytes, 0);
    if (status == MOT_OK) return n - 1;
    assert_int_equal(status, MOT_NO_MEMORY);
  }
}

static void every_refusal_ends_the_run_and_leaks_nothing(void **state)
{
  (void)state;
  Work work = {.rules = running_rules(running_example), .piece = 1000};
  char *stream = running_stream(11, 300, &work.size);
  work.stream = stream;
  assert_true(refuse_each(&work) > 30);
  work.piece = 1 << 20;
  work.options = (mot_run_options){.has_lateness = true, .lateness = INT64_C(3600000000), .key = "c3",
                                   .batch = 20};
  assert_true(refuse_each(&work) > 30);
  work.options = (mot_run_options){.records = MOT_RECORDS_DEFAULT | MOT_RECORD_OPEN, .batch = 5};
  assert_true(refuse_each(&work) > 30);
  free(stream);
  mot_rules_free((mot_rules *)(uintptr_t)work.rules);
}

static void a_refusal_in_any_thread_does_too(void **state)
{
  (void)state;
  Work work = {.rules = running_rules(running_example), .piece = 1 << 20, .options = {.threads = 3}};
  char *stream = running_stream(12, 3000, &work.size);
  work.stream = stream;
  assert_true(refuse_each(&work) > 50);
  free(stream);
  mot_rules_free((mot_rules *)(uintptr_t)work.rules);
}

static void loading_rules_survives_every_refusal(void **state)
{
  (void)state;
  mot_compilation *c = NULL;
  size_t size;
  assert_int_equal(mot_compile_text("t.mot", running_example, strlen(running_example), NULL, &c, NULL), MOT_OK);
  const void *module = mot_module(c, &size);
  mot_status status = MOT_NO_MEMORY;
  for (size_t n = 1; status != MOT_OK; n++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, n);
    mot_allocator allocator = {failing_resize, &alloc};
    mot_rules *rules = NULL;
    status = mot_rules_load(module, size, &allocator, &rules, NULL);
    assert_true(status == MOT_OK || status == MOT_NO_MEMORY);
    mot_rules_free(rules);
    assert_int_equal(alloc.pieces, 0);
  }
  mot_compilation_free(c);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_refusal_ends_the_run_and_leaks_nothing),
    cmocka_unit_test(a_refusal_in_any_thread_does_too),
    cmocka_unit_test(loading_rules_survives_every_refusal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
