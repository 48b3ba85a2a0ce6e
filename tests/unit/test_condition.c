/* Leaves joined: the tables of three values, the deadline, which side speaks, the words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/moment_bench.h"

#define TELL(stories) bench_tell(*state, "pause on P until Q", stories, sizeof(stories) / sizeof *(stories))

/* ---- three values ---- */

static Verdict joined(Arena *arena, const char *smoto, const char *values)
{
  Bench *bench = bench_moment(arena, smoto, "");
  for (uint32_t i = 0; values[i]; i++)
    if (values[i] != '?') leaf_is(&bench->scene, i, values[i] == 't');
  return condition_verdict(&bench->scene);
}

static void test_tables(void **state)
{
  static const char *const sides[] = {"tt", "tf", "t?", "ft", "ff", "f?", "?t", "?f", "??"};
  static const char *const ands = "tf?fff?f?", *const ors = "ttttf?t??";
  for (unsigned i = 0; i < 9; i++) {
    static const Verdict of[] = {['?'] = VERDICT_OPEN, ['t'] = VERDICT_TRUE, ['f'] = VERDICT_FALSE};
    assert_int_equal(joined(*state, "A within 1 h and B within 2 h", sides[i]), of[(unsigned char)ands[i]]);
    assert_int_equal(joined(*state, "A within 1 h or B within 2 h", sides[i]), of[(unsigned char)ors[i]]);
  }
  assert_int_equal(joined(*state, "not A within 1 h", "t"), VERDICT_FALSE);
  assert_int_equal(joined(*state, "not A within 1 h", "f"), VERDICT_TRUE);
  assert_int_equal(joined(*state, "not A within 1 h", "?"), VERDICT_OPEN);
  assert_int_equal(joined(*state, "not (A within 1 h and B within 2 h) or C within 3 h", "t??"), VERDICT_OPEN);
  assert_int_equal(joined(*state, "not (A within 1 h and B within 2 h) or C within 3 h", "?f?"), VERDICT_TRUE);
}

/* ---- deadlines and sentences ---- */

static void test_which_side_speaks(void **state)
{
  static const Story stories[] = {
    {"A within 1 h and B within 2 h", "1.0@10 0.0@20",
     "true@20 by 60: A at 2026-03-02T00:20:00.000Z and B at 2026-03-02T00:10:00.000Z"},
    {"A within 1 h and B within 2 h", "1.0@10", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A within 2 h and B within 1 h", "", "false@60 by 60: no B by 2026-03-02T01:00:00.000Z"},
    {"A within 1 h or B within 2 h", "1.0@60", "true@60 by 120: B at 2026-03-02T01:00:00.000Z"},
    {"A within 1 h or B within 2 h", "1.0+0.0@60", "true@60 by 120: A at 2026-03-02T01:00:00.000Z"},
    {"A within 1 h or B within 2 h", "",
     "false@120 by 120: no A by 2026-03-02T01:00:00.000Z and no B by 2026-03-02T02:00:00.000Z"},
    {"(A or B) within 1 h", "0.0@9", "true@9 by 60: A at 2026-03-02T00:09:00.000Z"},
    {"not (A within 1 h or B within 1 h)", "",
     "true@60 by 60: no A by 2026-03-02T01:00:00.000Z and no B by 2026-03-02T01:00:00.000Z"},
    {"not (A within 1 h or B within 1 h)", "1.0@5", "false@5 by 60: B at 2026-03-02T00:05:00.000Z"},
    {"A within 1 h or (B within 2 h and C within 3 h)", "1.0@100",
     "false@180 by 180: no A by 2026-03-02T01:00:00.000Z and no C by 2026-03-02T03:00:00.000Z"},
    /* what has no bound keeps the instant of its own */
    {"A and B", "0.0@5 1.0@9",
     "true@9 by 43200: A at 2026-03-02T00:05:00.000Z and B at 2026-03-02T00:09:00.000Z"},
    {"A or B within 1 h", "ends@9",
     "false@60 by 60: no A by 2026-03-02T00:09:00.000Z and no B by 2026-03-02T01:00:00.000Z"},
    {"A or B", "",
     "false@43200 by 43200: no A by 2026-04-01T00:00:00.000Z and no B by 2026-04-01T00:00:00.000Z"},
  };
  TELL(stories);
}

static void test_deadlines_while_the_clock_stands(void **state)
{
  static const Story stories[] = {
    {"A within 1 h or B by 2026-03-02T02:00Z", "stop@10 1.0@20",
     "true@20 by 43200: B at 2026-03-02T00:20:00.000Z"},
    {"A within 1 h and B by 2026-03-02T02:00Z", "stop@10 0.0@20 1.0@30",
     "true@30 by 120: A at 2026-03-02T00:20:00.000Z and B at 2026-03-02T00:30:00.000Z"},
    {"A within 1 h and B by 2026-03-02T02:00Z", "stop@10 run@90",
     "false@120 by 120: no B by 2026-03-02T02:00:00.000Z"},
  };
  TELL(stories);
}

/* Many different deadlines, of which the last decides. */
static void test_many_deadlines(void **state)
{
  char smoto[2000] = "A within 1 min";
  for (int i = 2; i <= 40; i++) sprintf(smoto + strlen(smoto), " or A within %d min", i);
  Bench *bench = bench_moment(*state, smoto, "");
  assert_int_equal(condition_deadline(&bench->scene), BENCH_START + 40 * MINUTE);
  const char *result = bench_play(bench, "39.0@33");
  assert_string_equal(result, "true@33 by 40: A at 2026-03-02T00:33:00.000Z");
  smoto[0] = 0;
  for (int i = 1; i <= 40; i++) sprintf(smoto + strlen(smoto), "%sno A within %d d", i > 1 ? " or " : "", i);
  bench = bench_moment(*state, smoto, "");
  assert_int_equal(condition_deadline(&bench->scene), BENCH_START + 24 * 60 * MINUTE);
  for (uint32_t i = 0; i < 29; i++) leaf_is(&bench->scene, i, false);
  assert_int_equal(condition_deadline(&bench->scene), bench->scene.expiry);
}

/* ---- words ---- */

static void test_only_place_holders_are_replaced(void **state)
{
  Bench *bench = bench_moment(*state, "Word where word == \"{at {deadline}} {at}{{\" within 1 h", "");
  const char *result = bench_play(bench, "0.0@5");
  assert_string_equal(result,
    "true@5 by 60: Word where word == \\\"{at {deadline}} {at}{{\\\" at 2026-03-02T00:05:00.000Z");
}

static void test_no_condition(void **state)
{
  Bench *bench = bench_moment(*state, "A within 1 h", "");
  Evidence evidence;
  assert_int_equal(condition_evidence(&bench->scene, &evidence, 1), 0);
  bench->scene.subject.condition = NULL;
  assert_int_equal(condition_verdict(&bench->scene), VERDICT_OPEN);
  assert_int_equal(condition_deadline(&bench->scene), INT64_MAX);
  assert_int_equal(condition_due(&bench->scene), INT64_MAX);
  assert_int_equal(condition_evidence(&bench->scene, &evidence, 1), 0);
  condition_pass(&bench->scene, INT64_MAX);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_tables),
    ARENA_TEST(test_which_side_speaks),
    ARENA_TEST(test_deadlines_while_the_clock_stands),
    ARENA_TEST(test_many_deadlines),
    ARENA_TEST(test_only_place_holders_are_replaced),
    ARENA_TEST(test_no_condition),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
