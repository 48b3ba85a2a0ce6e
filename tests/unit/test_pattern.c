/* Patterns with state: counts, chains and silences, at the edges of their windows and at equal times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/moment_bench.h"

static void come(Bench *bench, const char *minute)
{
  char *end;
  bench->scene.now = BENCH_START + strtoll(minute, &end, 10) * MINUTE + (*end == '+') - (*end == '-');
}

/* Feeds matches at these minutes, apart by blanks; "." for each that does not complete it, "!" for one that does. */
static const char *count(Bench *bench, const char *minutes)
{
  char *words = arena_printf(bench->arena, "%s", minutes), *said = arena_printf(bench->arena, "%s", minutes);
  size_t len = 0;
  for (char *word; (word = strtok_r(words, " ", &words)) != NULL;) {
    come(bench, word);
    said[len++] = pattern_count(&bench->scene, 0) ? '!' : '.';
  }
  said[len] = 0;
  return said;
}

static void test_counts(void **state)
{
  static const char *const three = "3 A within 1 h";
  assert_string_equal(count(bench_when(*state, three), "0 30 60"), "..!");
  assert_string_equal(count(bench_when(*state, three), "0 30 60+"), "...");
  assert_string_equal(count(bench_when(*state, three), "0 30 60+ 90 91"), "...!.");
  assert_string_equal(count(bench_when(*state, three), "5 5 5 5 5 5"), "..!..!");
  assert_string_equal(count(bench_when(*state, three), "0 50 70 100 101 102"), "...!..");
  assert_string_equal(count(bench_when(*state, three), "0 100 200 300 310 320"), ".....!");
  assert_string_equal(count(bench_when(*state, "2 A within 8 h of Office"), "1000 3400+ 3500"), "..!");
  assert_string_equal(count(bench_when(*state, "2 A within 1 open days of Office"), "600 2460"), ".!");
  assert_string_equal(count(bench_when(*state, "2 A within 1 open days of Office"), "600 2460+"), "..");
}

/* ---- windows that are computed ---- */

static void test_computed_window(void **state)
{
  Bench *bench = bench_when(*state, "2 A within start.at - start.at + 1 h");
  assert_true(pattern_arm(&bench->scene, 0, 0, 10 * MINUTE));
  assert_string_equal(count(bench, "0 11 21"), "..!");
  assert_string_equal(count(bench, "30"), ".");
  assert_true(pattern_arm(&bench->scene, 0, 0, 60 * MINUTE));
  assert_string_equal(count(bench, "90"), "!");
}

/* A wrong window is a fault; the match that brought it does not count. */
static void test_wrong_window(void **state)
{
  Bench *bench = bench_when(*state, "2 A within start.at - start.at + 1 h");
  come(bench, "5");
  assert_false(pattern_arm(&bench->scene, 0, 0, 0));
  come(bench, "60");
  assert_true(pattern_arm(&bench->scene, 0, 0, 10 * MINUTE));
  assert_false(pattern_count(&bench->scene, 0));
  come(bench, "70");
  assert_true(pattern_arm(&bench->scene, 0, 0, 10 * MINUTE));
  assert_true(pattern_count(&bench->scene, 0));
}

/* ---- chains ---- */

/* Steps by letter at minutes: "a0 b60". */
static const char *chain(Bench *bench, const char *story)
{
  char *words = arena_printf(bench->arena, "%s", story), *said = arena_printf(bench->arena, "%s", story);
  size_t len = 0;
  for (char *word; (word = strtok_r(words, " ", &words)) != NULL;) {
    come(bench, word + 1);
    said[len++] = pattern_step(&bench->scene, 0, (uint32_t)(word[0] - 'a')) ? 'y' : '-';
  }
  said[len] = 0;
  return said;
}

static void test_chains(void **state)
{
  static const char *const two = "A then B within 1 h", *const three = "A then B within 1 h then C within 4 d";
  assert_string_equal(chain(bench_when(*state, two), "b0 a0 b60 b60"), "-yy-");
  assert_string_equal(chain(bench_when(*state, two), "a0 b60+ a70 b70"), "y-yy");
  assert_string_equal(chain(bench_when(*state, two), "a0 a30 b90"), "yyy");
  assert_string_equal(chain(bench_when(*state, two), "a0 a30 b90+"), "yy-");
  assert_string_equal(chain(bench_when(*state, three), "c0 a1 c1 b2 c5000 c5000 b5001"), "-y-yy--");
  assert_string_equal(chain(bench_when(*state, three), "a1 b2 a30 b90 b91 c92"), "yyyy-y");
  assert_string_equal(chain(bench_when(*state, "A then B within 2 h of Office"), "a0 b660"), "yy");
  assert_string_equal(chain(bench_when(*state, "A then B within 2 h of Office"), "a0 b660+"), "y-");
}

/* Only a match whose bound is known counts; the latest one decides. */
static void test_computed_bounds(void **state)
{
  Bench *bench = bench_when(*state, "A then B within start.at - start.at + 1 h");
  assert_string_equal(chain(bench, "a0 b1"), "y-");
  assert_true(pattern_arm(&bench->scene, 0, 1, 30 * MINUTE));
  assert_string_equal(chain(bench, "a10"), "y");
  assert_false(pattern_arm(&bench->scene, 0, 1, 0));
  assert_string_equal(chain(bench, "b31 b31+"), "y-");
  assert_string_equal(chain(bench, "a40"), "y");
  assert_true(pattern_arm(&bench->scene, 0, 1, 60 * MINUTE));
  assert_string_equal(chain(bench, "a50"), "y");
  assert_true(pattern_arm(&bench->scene, 0, 1, MINUTE));
  assert_string_equal(chain(bench, "b52"), "-");
}

/* ---- silences ---- */

static void test_silences(void **state)
{
  Bench *bench = bench_when(*state, "no A for 1 h");
  Scene *scene = &bench->scene;
  assert_int_equal(pattern_silence_due(scene, 0), INT64_MAX);
  pattern_quiet(scene, 0, BENCH_START, 60 * MINUTE);
  assert_int_equal(pattern_silence_due(scene, 0), BENCH_START + 60 * MINUTE);
  pattern_quiet(scene, 0, BENCH_START + MINUTE, 60 * MINUTE);
  assert_int_equal(pattern_silence_due(scene, 0), BENCH_START + 61 * MINUTE);
  pattern_silence_over(scene, 0);
  assert_int_equal(pattern_silence_due(scene, 0), INT64_MAX);
  pattern_quiet(scene, 0, -5, 5);
  assert_int_equal(pattern_silence_due(scene, 0), 0);
  pattern_quiet(scene, 0, BENCH_START, 0);
  assert_int_equal(pattern_silence_due(scene, 0), INT64_MAX);
  pattern_quiet(scene, 0, BENCH_START, INT64_MAX);
  assert_int_equal(pattern_silence_due(scene, 0), INT64_MAX);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_counts),
    ARENA_TEST(test_computed_window),
    ARENA_TEST(test_wrong_window),
    ARENA_TEST(test_chains),
    ARENA_TEST(test_computed_bounds),
    ARENA_TEST(test_silences),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
