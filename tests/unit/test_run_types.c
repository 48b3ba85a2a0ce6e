/* Events by kind and those that no rule uses by type: counted exactly, however the stream is handed in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/types.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 60 s lateness 10 s }\n"
  "event A { customer: id  shop: id } event B { customer: id  shop: id  ok: bool } event C { customer: id }\n"
  "event Declared from \"declared.only\" { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience One \"One\" { for customer manager ana starts on A ends on C expires after 10 min\n"
  "  mot Soon \"Soon\" { manager ben producers desk when A smoto B where ok within 20 s target 90% over 1 d } }\n"
  "experience Two \"Two\" { for shop manager ana starts on A expires after 10 min\n"
  "  mot Late \"Late\" { manager ben producers desk when A smoto B within 40 s target 90% over 1 d } }\n";

static void take_through(mot_run *run, const char *stream)
{
  assert_int_equal(mot_run_source(run, "s", MOT_NDJSON), MOT_OK);
  assert_int_equal(mot_run_feed(run, stream, strlen(stream)), MOT_OK);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
}

static mot_event_stats kind(mot_run *run, const mot_rules *rules, const char *name)
{
  mot_event_stats stats;
  assert_true(mot_run_event_stats(run, mot_rules_event(rules, name), &stats));
  return stats;
}

static void assert_type(mot_run *run, size_t index, const char *wanted, uint64_t events)
{
  const char *type;
  size_t size;
  uint64_t found;
  assert_true(mot_run_unmapped(run, index, &type, &size, &found));
  assert_int_equal(size, strlen(wanted));
  assert_memory_equal(type, wanted, size);
  assert_int_equal(found, events);
}

#define EVENT(type, second, rest) "{\"type\":\"" type "\",\"time\":\"2026-03-02T09:00:" second "Z\"" rest "}\n"
#define C1 ",\"customer\":\"c1\",\"shop\":\"s1\""

static void test_events_that_concern_a_moment(void **state)
{
  (void)state;
  for (unsigned threads = 1; threads <= 3; threads++) {
    mot_rules *rules = running_rules(rules_text);
    mot_run *run;
    mot_run_options options = {.threads = threads};
    assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
    take_through(run,
      EVENT("B", "00", C1 ",\"ok\":true")                 /* nobody waits for it */
      EVENT("A", "01", C1 ",\"id\":\"1\"")                /* opens in both key spaces */
      EVENT("A", "01", C1 ",\"id\":\"1\"")                /* a duplicate */
      EVENT("B", "02", C1 ",\"ok\":false")                /* tested by both, settles one */
      EVENT("B", "03", C1 ",\"ok\":true")                 /* tested by one, settles it */
      EVENT("B", "04", C1 ",\"ok\":true")                 /* none is open any more */
      EVENT("A", "05", ",\"customer\":\"c2\",\"shop\":\"s2\"") /* opens in others */
      EVENT("C", "06", ",\"customer\":\"c2\"")            /* ends a journey, concerns no moment */
      EVENT("B", "59", ",\"customer\":\"c2\",\"shop\":\"s2\",\"ok\":true")); /* its time is over */
    assert_int_equal(kind(run, rules, "A").events, 2);
    assert_int_equal(kind(run, rules, "A").touched, 2);
    assert_int_equal(kind(run, rules, "B").events, 5);
    assert_int_equal(kind(run, rules, "B").touched, 2);
    assert_int_equal(kind(run, rules, "C").events, 1);
    assert_int_equal(kind(run, rules, "C").touched, 0);
    mot_run_free(run);
    mot_rules_free(rules);
  }
}

static void test_types_that_no_rule_uses(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run;
  const char *type;
  size_t size;
  uint64_t events;
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  take_through(run, EVENT("x", "01", "") EVENT("y", "01", "") EVENT("y", "02", "") EVENT("declared.only", "03", "")
                    EVENT("\\u0079", "04", "") EVENT("z", "05", ",\"id\":\"1\"") EVENT("z", "05", ",\"id\":\"1\"")
                    EVENT("", "06", "") "{\"type\":7,\"time\":\"2026-03-02T09:00:07Z\"}\n");
  assert_type(run, 0, "y", 3);
  assert_type(run, 1, "x", 1);
  assert_type(run, 2, "declared.only", 1);
  assert_type(run, 3, "z", 1);
  assert_type(run, 4, "", 1);
  assert_false(mot_run_unmapped(run, 5, &type, &size, &events));
  assert_int_equal(kind(run, rules, "Declared").events, 1);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void test_unused_events_that_are_typed(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run;
  uint32_t declared = mot_rules_event(rules, "Declared");
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(mot_event_begin(run, declared, 1000000 * i), MOT_OK);
    assert_int_equal(mot_event_submit(run), MOT_OK);
  }
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_type(run, 0, "declared.only", 3);
  assert_int_equal(kind(run, rules, "Declared").events, 3);
  mot_run_free(run);
  mot_rules_free(rules);
}

/* Types by chance, some rarely, some as escapes; `types` at most. */
static char *random_stream(unsigned seed, unsigned types, unsigned events, size_t *ret_size)
{
  char *stream = malloc((size_t)events * 128), *to = stream;
  for (unsigned i = 0; i < events; i++) {
    unsigned type = below(&seed, 1 + below(&seed, types));
    const char *escape = below(&seed, 20) == 0 ? "\\u0074" : "t";
    to += sprintf(to, "{\"time\":\"2026-03-02T09:%02u:%02uZ\",\"type\":\"%sype.of.%u\"", i / 60 % 60, i % 60, escape, type);
    if (below(&seed, 3) == 0) to += sprintf(to, ",\"id\":\"%u\"", i - below(&seed, 4));
    to += sprintf(to, below(&seed, 5) ? "}\n" : ",\"n\":%u}\n", i);
  }
  *ret_size = (size_t)(to - stream);
  return stream;
}

static void test_counts_do_not_depend_on_threads_cuts_and_saving(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  for (unsigned seed = 1; seed <= 6; seed++) {
    size_t size;
    char *stream = random_stream(seed, seed % 2 ? 40 : 4000, 3000, &size);
    Feeding feeding = {.format = MOT_NDJSON};
    char *expected = running_all(rules, stream, size, &feeding);
    const Feeding others[] = {{.piece = 100}, {.piece = 70000, .options.threads = 3}, {.options.threads = 2},
                              {.piece = 5000, .flush = true}, {.save_at = size / 3}, {.save_at = size / 2, .threads_after = 3}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
      char *found = running_all(rules, stream, size, &others[i]);
      running_same(expected, found, "events by type");
      free(found);
    }
    free(expected);
    free(stream);
  }
  mot_rules_free(rules);
}

static void test_only_the_first_thousand_are_told_apart(void **state)
{
  (void)state;
  Mem mem;
  Types types;
  char text[400];
  memset(text, 'x', sizeof text);
  mem_init(&mem, NULL, NULL);
  types_init(&types, &mem);
  assert_int_equal(types_find(&types, "a", 1), TYPE_NEW);
  for (unsigned i = 1; i <= TYPES_MOST; i++)
    assert_int_equal(types_add(&types, text, (size_t)snprintf(text, sizeof text, "%u", i)), i);
  assert_int_equal(types_add(&types, "new", 3), TYPE_OTHER);
  assert_int_equal(types_find(&types, "new", 3), TYPE_OTHER);
  assert_int_equal(types_find(&types, "17", 2), 17);
  types_count(&types, 17);
  types_count(&types, TYPE_OTHER);
  assert_int_equal(types.others, 1);
  assert_int_equal(types_by_frequency(&types, 0)->events, 1);
  assert_null(types_by_frequency(&types, 1));
  types_free(&types);
  assert_int_equal(mem.in_use, 0);
}

static void test_long_types_count_by_their_beginning(void **state)
{
  (void)state;
  Mem mem;
  Types types;
  char text[400];
  memset(text, 'x', sizeof text);
  mem_init(&mem, NULL, NULL);
  types_init(&types, &mem);
  assert_int_equal(types_add(&types, text, 300), 1);
  assert_int_equal(types_add(&types, text, 400), 1);
  assert_int_equal(types_add(&types, text, 255), 2);
  types_free(&types);
}

static void test_refused_memory(void **state)
{
  (void)state;
  volatile bool through = false;
  for (volatile size_t n = 1; !through && n < 20; n++) {
    FailingAlloc alloc;
    Mem mem;
    Types types;
    jmp_buf oom;
    failing_alloc_init(&alloc, n);
    mem_init(&mem, failing_resize, &alloc);
    mem.oom = &oom;
    types_init(&types, &mem);
    if (setjmp(oom) == 0) {
      types_add(&types, "one", 3);
      types_add(&types, "two", 3);
      through = true;
    }
    types_free(&types);
    assert_int_equal(alloc.pieces, 0);
  }
  assert_true(through);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_events_that_concern_a_moment),
    cmocka_unit_test(test_types_that_no_rule_uses),
    cmocka_unit_test(test_unused_events_that_are_typed),
    cmocka_unit_test(test_counts_do_not_depend_on_threads_cuts_and_saving),
    cmocka_unit_test(test_only_the_first_thousand_are_told_apart),
    cmocka_unit_test(test_long_types_count_by_their_beginning),
    cmocka_unit_test(test_refused_memory),
  };
  return cmocka_run_group_tests_name("run_types", tests, NULL, NULL);
}
