/*
 * test_run_input.c - bytes as they come: byte order marks, line ends, long lines, columns; sources in turn.
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

#define AT(S) "\"time\":\"2026-03-02T09:00:" S "Z\""

static char *run_text(const char *text, size_t size, const Feeding *feeding)
{
  mot_rules *rules = running_rules(running_example);
  char *out = running_all(rules, text, size, feeding);
  mot_rules_free(rules);
  return out;
}

/* Every cut of the text gives the same as the whole, which has all of `wanted`. */
static void has(const char *text, size_t size, Feeding feeding, const char *const *wanted)
{
  char *expected = run_text(text, size, &feeding);
  for (; *wanted; wanted++)
    if (!strstr(expected, *wanted)) fail_msg("no \"%s\" in\n%s", *wanted, expected);
  for (size_t cut = 1; cut < size; cut++) {
    feeding.cut = cut;
    feeding.flush = cut % 2;
    feeding.options.batch = cut % 3;
    char *found = run_text(text, size, &feeding);
    running_same(expected, found, "cut");
    free(found);
  }
  free(expected);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
  (void)state;
  static const char text[] = "\xEF\xBB\xBF{\"type\":\"A\"," AT("01") ",\"customer\":\"c\"}\n\xEF\xBB\xBF{}\n";
  has(text, sizeof text - 1, (Feeding){0},
      (const char *const[]){"events 2 rejected 1", "line 2 offset 61 json", NULL});
  has("\xEF\xBB\xBF", 3, (Feeding){0}, (const char *const[]){"bytes 3 events 0 rejected 0", NULL});
  has("\xEF\xBB", 2, (Feeding){0}, (const char *const[]){"events 1 rejected 1", NULL});
}

static void lines_may_end_in_either_way(void **state)
{
  (void)state;
  static const char text[] = "\r\n{\"type\":\"A\"," AT("01") ",\"customer\":\"c\"}\r\n\n \t\r\n"
                             "{\"type\":\"B\"," AT("02") ",\"customer\":\"c\",\"ok\":true}";
  has(text, sizeof text - 1, (Feeding){0},
      (const char *const[]){"events 2 rejected 0", "\"mot\":\"Soon\",\"key\":{\"customer\":\"c\"}", NULL});
}

static void lines_that_are_too_long_are_rejected(void **state)
{
  (void)state;
  char text[600];
  int n = snprintf(text, sizeof text, "{\"type\":\"A\"," AT("01") ",\"customer\":\"c\"}\n"
                   "{\"type\":\"A\"," AT("02") ",\"customer\":\"%0100d\"}\n"
                   "{\"type\":\"B\"," AT("03") ",\"customer\":\"c\",\"ok\":true}\n%0200d", 7, 7);
  static const char *const wanted[] = {"line 2 offset 58 long", "line 4 offset ", "events 4 rejected 2",
                                       "\"produced\"", NULL};
  has(text, (size_t)n, (Feeding){.options = {.max_line = 90}}, wanted);
}

static void a_line_may_be_longer_than_a_block(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  enum { LONG = 3 << 20 };
  char *text = malloc(LONG + 500);
  int n = sprintf(text, "{\"type\":\"A\"," AT("01") ",\"customer\":\"c\",\"x\":\"");
  memset(text + n, 'x', LONG);
  size_t size = (size_t)n + LONG;
  size += (size_t)sprintf(text + size, "\"}\n{\"type\":\"B\"," AT("02") ",\"customer\":\"c\",\"ok\":true}\n");
  static const size_t pieces[] = {0, 1 << 20, 65536, 1000};
  for (size_t i = 0; i < 4; i++) {
    for (unsigned threads = 1; threads <= 2; threads++) {
      Feeding feeding = {.piece = pieces[i], .options = {.threads = threads}};
      char *out = running_all(rules, text, size, &feeding);
      assert_non_null(strstr(out, "events 2 rejected 0"));
      free(out);
      feeding.options.max_line = LONG;
      out = running_all(rules, text, size, &feeding);
      assert_non_null(strstr(out, "rejected stream line 1 offset 0 long"));
      assert_non_null(strstr(out, "events 2 rejected 1"));
      free(out);
    }
  }
  free(text);
  mot_rules_free(rules);
}

static void a_record_of_csv_may_have_line_breaks(void **state)
{
  (void)state;
  static const char text[] = "\"type\",time,customer,ok\n\"A\",2026-03-02T09:00:00Z,\"c\r\n\"\"1\"\"\",\n"
                             "B,2026-03-02T09:00:01Z,\"c\r\n\"\"1\"\"\",true\r\n"
                             "B,2026-03-02T09:00:01Z,\"c,true";
  static const char *const wanted[] = {"{\"customer\":\"c\\r\\n\\\"1\\\"\"}", "line 6 offset 101 csv",
                                       "events 3 rejected 1", NULL};
  has(text, sizeof text - 1, (Feeding){.format = MOT_CSV}, wanted);
}

static void columns_that_are_not_named_are_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_run *run = NULL;
  mot_rejected rejected;
  mot_run_stats stats;
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "bad.csv", MOT_CSV), MOT_OK);
  assert_int_equal(mot_run_feed(run, "type,customer\nA,c\nB,c\n", 22), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_INVALID);
  assert_non_null(strstr(mot_run_error(run), "bad.csv"));
  assert_true(mot_run_next_rejected(run, &rejected));
  assert_string_equal(rejected.source, "bad.csv");
  assert_int_equal(rejected.line, 1);
  assert_false(mot_run_next_rejected(run, &rejected));
  assert_int_equal(mot_run_feed(run, "A,c\n", 4), MOT_OK); /* passed over */
  assert_int_equal(mot_run_source(run, "good.csv", MOT_CSV), MOT_OK);
  static const char good[] = "type,customer,time\nA,c,2026-03-02T09:00:00Z\nX,c\n";
  assert_int_equal(mot_run_feed(run, good, sizeof good - 1), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_OK);
  mot_run_get_stats(run, &stats);
  assert_int_equal(stats.events, 3);
  assert_int_equal(stats.rejected, 2);
  assert_true(mot_run_next_rejected(run, &rejected));
  assert_string_equal(rejected.source, "good.csv");
  assert_int_equal(rejected.line, 3);
  mot_run_free(run);
  mot_rules_free(rules);
}

/* Alone, and behind a source whose columns are known. */
static void a_header_that_is_too_long_is_none(void **state)
{
  (void)state;
  static const char good[] = "type,customer,time\nA,c,2026-03-02T09:00:00Z\n";
  char text[300];
  size_t size = (size_t)snprintf(text, sizeof text, "type,customer,time,%0100d\nA,c,%s\n", 7, "2026-03-02T09:00:00Z");
  mot_rules *rules = running_rules(running_example);
  for (unsigned way = 0; way < 4; way++) {
    mot_run *run = NULL;
    mot_rejected rejected;
    mot_run_options options = {.max_line = 60, .threads = 1 + way % 2};
    assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
    if (way / 2) {
      assert_int_equal(mot_run_source(run, "good.csv", MOT_CSV), MOT_OK);
      assert_int_equal(mot_run_feed(run, good, sizeof good - 1), MOT_OK);
    }
    assert_int_equal(mot_run_source(run, "long.csv", MOT_CSV), MOT_OK);
    assert_int_equal(mot_run_feed(run, text, size), MOT_OK);
    assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_INVALID);
    assert_true(mot_run_next_rejected(run, &rejected));
    assert_string_equal(rejected.reason, "long");
    assert_int_equal(rejected.line, 1);
    assert_false(mot_run_next_rejected(run, &rejected));
    mot_run_free(run);
  }
  mot_rules_free(rules);
}

static void only_one_key_can_be_looked_at(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  size_t size;
  char *stream = running_stream(31, 500, &size);
  char *all = running_all(rules, stream, size, &(Feeding){0});
  char *one = running_all(rules, stream, size, &(Feeding){.options = {.key = "c3", .threads = 2}});
  char *at = one; /* every line with that key, and no other */
  for (char *line = strtok(all, "\n"); line; line = strtok(NULL, "\n")) {
    if (line[0] != '{' || !strstr(line, "\"customer\":\"c3\"")) continue;
    assert_int_equal(strncmp(at, line, strlen(line)), 0);
    at += strlen(line) + 1;
  }
  assert_true(at > one && at[0] != '{');
  free(all);
  free(one);
  free(stream);
  mot_rules_free(rules);
}

/* Memory does not grow with the length of the stream. */
static void memory_follows_what_is_kept(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(running_example);
  mot_run *run = NULL;
  size_t size, first = 0;
  mot_run_options options = {.threads = 2, .records = MOT_RECORDS_NONE};
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  char *stream = running_stream(32, 4000, &size);
  for (int i = 0; i < 12; i++) {
    char name[20];
    mot_run_stats stats;
    mot_rejected rejected;
    snprintf(name, sizeof name, "source %d", i);
    assert_int_equal(mot_run_source(run, name, MOT_NDJSON), MOT_OK);
    assert_int_equal(mot_run_feed(run, stream, size), MOT_OK);
    while (mot_run_next_rejected(run, &rejected)) continue;
    mot_run_get_stats(run, &stats);
    if (i == 2) first = stats.memory_peak;
    if (i > 2) assert_true(stats.memory_peak <= first + 100);
  }
  free(stream);
  mot_run_free(run);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_byte_order_mark_is_passed_over),
    cmocka_unit_test(lines_may_end_in_either_way),
    cmocka_unit_test(lines_that_are_too_long_are_rejected),
    cmocka_unit_test(a_line_may_be_longer_than_a_block),
    cmocka_unit_test(a_record_of_csv_may_have_line_breaks),
    cmocka_unit_test(columns_that_are_not_named_are_told),
    cmocka_unit_test(a_header_that_is_too_long_is_none),
    cmocka_unit_test(only_one_key_can_be_looked_at),
    cmocka_unit_test(memory_follows_what_is_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
