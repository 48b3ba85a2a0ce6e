/*
 * test_run.c - a run gives the same bytes however the stream is handed in.
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

typedef struct Fixture {
  mot_rules *rules;
  char *stream, *expected;
  size_t size;
} Fixture;

static Fixture begin(unsigned seed, unsigned events)
{
  Fixture f = {.rules = running_rules(running_example)};
  f.stream = running_stream(seed, events, &f.size);
  f.expected = running_all(f.rules, f.stream, f.size, &(Feeding){0});
  assert_non_null(strstr(f.expected, "\"kind\":\"moment\""));
  return f;
}

static void end(Fixture *f)
{
  free(f->stream);
  free(f->expected);
  mot_rules_free(f->rules);
}

static void same(const Fixture *f, const Feeding *feeding, const char *what)
{
  char *found = running_all(f->rules, f->stream, f->size, feeding);
  running_same(f->expected, found, what);
  free(found);
}

static void the_stream_has_all_kinds_of_trouble(void **state)
{
  (void)state;
  Fixture f = begin(1, 2000);
  assert_non_null(strstr(f.expected, "\nlate stream line "));
  assert_non_null(strstr(f.expected, " json "));
  assert_non_null(strstr(f.expected, " type ok\n"));
  assert_non_null(strstr(f.expected, " missing customer\n"));
  assert_non_null(strstr(f.expected, " value kind\n"));
  assert_null(strstr(f.expected, " duplicate 0 "));
  assert_null(strstr(f.expected, " unmapped 0 "));
  assert_null(strstr(f.expected, " unreached 0 "));
  end(&f);
}

static void a_stream_may_be_cut_at_every_byte(void **state)
{
  (void)state;
  Fixture f = begin(2, 50);
  char what[32];
  for (size_t cut = 1; cut < f.size; cut++) {
    snprintf(what, sizeof what, "cut at %zu", cut);
    same(&f, &(Feeding){.cut = cut}, what);
    same(&f, &(Feeding){.cut = cut, .flush = true}, what);
  }
  end(&f);
}

static void pieces_of_any_size_make_no_difference(void **state)
{
  (void)state;
  Fixture f = begin(3, 600);
  static const size_t pieces[] = {1, 7, 100, 4096};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    same(&f, &(Feeding){.piece = pieces[i]}, "pieces");
    same(&f, &(Feeding){.piece = pieces[i], .flush = true, .one_by_one = true}, "pieces, flushed");
  }
  end(&f);
}

static void big_pieces_are_read_where_they_are(void **state)
{
  (void)state;
  Fixture f = begin(4, 12000);
  static const size_t pieces[] = {16 << 10, 20001, 64 << 10, 300001, 1 << 20};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
    same(&f, &(Feeding){.piece = pieces[i]}, "big pieces");
  end(&f);
}

static void batches_of_any_size_make_no_difference(void **state)
{
  (void)state;
  Fixture f = begin(5, 600);
  for (size_t batch = 1; batch < 300; batch = batch * 2 + 1)
    same(&f, &(Feeding){.options = {.batch = batch}}, "batches");
  end(&f);
}

static void the_number_of_threads_makes_no_difference(void **state)
{
  (void)state;
  Fixture f = begin(6, 12000);
  for (unsigned threads = 1; threads <= 5; threads++) {
    same(&f, &(Feeding){.options = {.threads = threads}}, "threads");
    same(&f, &(Feeding){.options = {.threads = threads}, .piece = 100000, .flush = true}, "threads, pieces");
    same(&f, &(Feeding){.options = {.threads = threads, .batch = 333}}, "threads, batches");
  }
  end(&f);
}

static void a_stream_may_be_several_sources(void **state)
{
  (void)state;
  Fixture f = begin(7, 400);
  char *whole = NULL, *parts = NULL;
  mot_run *run = NULL;
  for (int way = 0; way < 2; way++) {
    char **out = way ? &parts : &whole;
    assert_int_equal(mot_run_open(f.rules, NULL, &run, NULL), MOT_OK);
    const char *at = f.stream, *stop = f.stream + f.size;
    for (int i = 0; at < stop; i++) { /* sources end with a line, whose end is missing in every second one */
      const char *middle = memchr(at + (stop - at) / 3, '\n', (size_t)(stop - at - (stop - at) / 3));
      const char *upto = way == 0 || !middle ? stop : middle;
      assert_int_equal(mot_run_source(run, "part", MOT_NDJSON), MOT_OK);
      assert_int_equal(mot_run_feed(run, at, (size_t)(upto - at) + (i % 2 && upto < stop)), MOT_OK);
      at = upto + 1;
    }
    assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
    *out = running_take(run, *out, false);
    mot_run_free(run);
  }
  running_same(whole, parts, "sources");
  free(whole);
  free(parts);
  end(&f);
}

static void records_that_pile_up_stay_in_order(void **state)
{
  (void)state;
  Fixture f = begin(8, 12000);
  mot_run_options options = {.threads = 2, .batch = 500};
  mot_run *run = NULL;
  char *out = NULL;
  assert_int_equal(mot_run_open(f.rules, &options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "stream", MOT_NDJSON), MOT_OK);
  assert_int_equal(mot_run_feed(run, f.stream, f.size), MOT_OK);
  mot_record record;
  for (int i = 0; i < 10 && mot_run_next(run, &record); i++) { /* some one by one, the others together */
    size_t size;
    char *line = strdup(mot_record_json(run, &record, &size));
    out = i == 0 ? line : strcat(realloc(out, strlen(out) + size + 1), line);
    if (i > 0) free(line);
  }
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  out = running_take_stats(run, running_take_rejected(run, running_take(run, out, false)));
  running_same(f.expected, out, "piled up");
  free(out);
  mot_run_free(run);
  end(&f);
}

static void a_run_without_records_counts_the_same(void **state)
{
  (void)state;
  Fixture f = begin(9, 800);
  mot_run *run = NULL;
  mot_run_options options = {.records = MOT_RECORDS_NONE};
  mot_mot_stats with, without;
  mot_record record;
  mot_run *other = NULL;
  assert_int_equal(mot_run_open(f.rules, &options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_open(f.rules, NULL, &other, NULL), MOT_OK);
  for (int i = 0; i < 2; i++) {
    mot_run *one = i ? run : other;
    assert_int_equal(mot_run_source(one, "stream", MOT_NDJSON), MOT_OK);
    assert_int_equal(mot_run_feed(one, f.stream, f.size), MOT_OK);
    assert_int_equal(mot_run_end(one, MOT_NO_TIME), MOT_OK);
  }
  assert_false(mot_run_next(run, &record));
  for (uint32_t mot = 0; mot_rules_mot_name(f.rules, mot); mot++) {
    assert_true(mot_run_mot_stats(run, mot, &without));
    assert_true(mot_run_mot_stats(other, mot, &with));
    assert_memory_equal(&with, &without, sizeof with);
    assert_true(with.opened > 0);
  }
  mot_run_free(run);
  mot_run_free(other);
  end(&f);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_stream_has_all_kinds_of_trouble),
    cmocka_unit_test(a_stream_may_be_cut_at_every_byte),
    cmocka_unit_test(pieces_of_any_size_make_no_difference),
    cmocka_unit_test(big_pieces_are_read_where_they_are),
    cmocka_unit_test(batches_of_any_size_make_no_difference),
    cmocka_unit_test(the_number_of_threads_makes_no_difference),
    cmocka_unit_test(a_stream_may_be_several_sources),
    cmocka_unit_test(records_that_pile_up_stay_in_order),
    cmocka_unit_test(a_run_without_records_counts_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
