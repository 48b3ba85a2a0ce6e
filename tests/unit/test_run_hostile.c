/*
 * test_run_hostile.c - streams with bytes changed at random: whatever they say, they say it however they are
 * handed in.
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

static void mutate(char *text, size_t from, size_t size, unsigned *seed)
{
  static const char bytes[] = {'\n', '"', ',', '{', '}', '\\', '\xFF', '\r', ' ', 0, ':', '\xC3', '9', '['};
  for (unsigned n = 1 + below(seed, 40); n > 0 && size > from; n--)
    text[from + below(seed, (unsigned)(size - from))] = bytes[below(seed, sizeof bytes)];
}

static char *csv_stream(unsigned events, unsigned *seed, size_t *ret_size)
{
  char *text = malloc(events * 100 + 100), *at = text;
  at += sprintf(at, "type,time,customer,id,n,ok,kind,extra\n");
  for (unsigned i = 0; i < events; i++)
    at += sprintf(at, "%c,2026-03-02T09:%02u:%02uZ,%s%u%s,%u,%s,%s,%s,\"%s\"%s", "ABCX"[below(seed, 4)], i / 60 % 60,
                  (i - below(seed, 3)) % 60, i % 3 ? "" : "\"c", below(seed, 9), i % 3 ? "" : "\"", i,
                  i % 2 ? "5" : "", i % 5 ? "true" : "", i % 4 ? "red" : "blue",
                  i % 7 ? "" : "a \"\"quoted\"\"\nline", i % 3 ? "\n" : "\r\n");
  *ret_size = (size_t)(at - text);
  return text;
}

static Feeding any_way(mot_format format, size_t size, unsigned *seed)
{
  Feeding feeding = {.format = format, .options = {.max_line = 150}};
  feeding.options.threads = below(seed, 4);
  feeding.options.batch = below(seed, 3) ? 0 : 1 + below(seed, 50);
  feeding.piece = below(seed, 3) ? 1 + below(seed, 20000) : 0;
  feeding.flush = below(seed, 2);
  feeding.one_by_one = below(seed, 2);
  if (below(seed, 2)) feeding.save_at = 1 + below(seed, (unsigned)size);
  feeding.threads_after = below(seed, 4);
  return feeding;
}

static void try_format(mot_format format, unsigned seed)
{
  mot_rules *rules = running_rules(running_example);
  unsigned moments = 0, longs = 0;
  for (unsigned round = 0; round < 60; round++) {
    size_t size;
    char *text = format == MOT_CSV ? csv_stream(300, &seed, &size) : running_stream(seed, 300, &size), what[64];
    mutate(text, format == MOT_CSV ? 40 : 0, size, &seed);
    char *expected = running_all(rules, text, size, &(Feeding){.format = format, .options = {.max_line = 150}});
    moments += strstr(expected, "\"kind\":\"moment\"") != NULL;
    longs += strstr(expected, " long -\n") != NULL;
    for (unsigned way = 0; way < 4; way++) {
      Feeding feeding = any_way(format, size, &seed);
      snprintf(what, sizeof what, "round %u, way %u", round, way);
      char *found = running_all(rules, text, size, &feeding);
      running_same(expected, found, what);
      free(found);
    }
    free(expected);
    free(text);
  }
  mot_rules_free(rules);
  assert_true(moments > 30 && (longs > 5 || format == MOT_NDJSON));
}

static void lines_with_bytes_changed(void **state)
{
  (void)state;
  try_format(MOT_NDJSON, 1);
}

static void records_of_csv_with_bytes_changed(void **state)
{
  (void)state;
  try_format(MOT_CSV, 2);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_with_bytes_changed),
    cmocka_unit_test(records_of_csv_with_bytes_changed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
