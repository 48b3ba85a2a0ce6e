/* Leaves of each kind, decided both ways: before, at and behind their deadline, by time, by the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/moment_bench.h"

#define TELL(stories) bench_tell(*state, "", stories, sizeof(stories) / sizeof *(stories))

static void test_some(void **state)
{
  static const Story stories[] = {
    {"A within 1 h", "0.0@60-", "true@60- by 60: A at 2026-03-02T00:59:59.999999Z"},
    {"A within 1 h", "0.0@60", "true@60 by 60: A at 2026-03-02T01:00:00.000Z"},
    {"A within 1 h", "0.0@60+", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A within 1 h", "time@60 0.0@60", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A within 1 h", "", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A within 31 d", "", "false@43200 by 43200: no A by 2026-04-01T00:00:00.000Z"},
    {"A within 30 d", "0.0@43200", "true@43200 by 43200: A at 2026-04-01T00:00:00.000Z"},
    {"A", "0.0@100", "true@100 by 43200: A at 2026-03-02T01:40:00.000Z"},
    {"A", "ends@100", "false@100 by 43200: no A by 2026-03-02T01:40:00.000Z"},
    {"A", "", "false@43200 by 43200: no A by 2026-04-01T00:00:00.000Z"},
    {"A within 3 h", "ends@100 0.0@180", "true@180 by 180: A at 2026-03-02T03:00:00.000Z"},
    {"not A within 1 h", "0.0@60", "false@60 by 60: A at 2026-03-02T01:00:00.000Z"},
    {"not A within 1 h", "", "true@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A by 2026-03-02T01:00Z", "0.0@60", "true@60 by 60: A at 2026-03-02T01:00:00.000Z"},
    {"A by 2026-03-02T01:00Z", "0.0@60+", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A by 2026-03-01T01:00Z", "", "false@0 by 0: no A by 2026-03-01T01:00:00.000Z"},
    {"A by 2026-03-02", "0.0@0", "true@0 by 0: A at 2026-03-02T00:00:00.000Z"},
  };
  TELL(stories);
}

static void test_counted(void **state)
{
  static const Story stories[] = {
    {"no A within 1 h", "0.0@60", "false@60 by 60: A at 2026-03-02T01:00:00.000Z"},
    {"no A within 1 h", "0.0@60+", "true@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"at most 1 A within 1 h", "0.0@59 0.0@60", "false@60 by 60: A came 2 times, at most 1 allowed"},
    {"at most 1 A within 1 h", "0.0@60 0.0@60+",
     "true@60 by 60: A came 1 times by 2026-03-02T01:00:00.000Z, at most 1 allowed"},
    {"at least 2 A within 1 h", "0.0@1 0.0@60", "true@60 by 60: A came 2 times, at least 2 wanted"},
    {"at least 2 A within 1 h", "0.0@1 0.0@60+",
     "false@60 by 60: A came 1 times by 2026-03-02T01:00:00.000Z, at least 2 wanted"},
    {"exactly 1 A within 1 h", "0.0@59 0.0@60", "false@60 by 60: A came 2 times, exactly 1 wanted"},
    {"exactly 1 A within 1 h", "0.0@60 0.0@60+",
     "true@60 by 60: A came 1 times by 2026-03-02T01:00:00.000Z, exactly 1 wanted"},
    {"exactly 1 A within 1 h", "", "false@60 by 60: A came 0 times, exactly 1 wanted"},
    {"at most 300 A", "0.0@1 ends@2",
     "true@2 by 43200: A came 1 times by 2026-03-02T00:02:00.000Z, at most 300 allowed"},
  };
  TELL(stories);
}

static void test_before(void **state)
{
  static const Story stories[] = {
    {"A before B", "0.0@5", "true@5 by 43200: A at 2026-03-02T00:05:00.000Z before B"},
    {"A before B", "0.1@5", "false@5 by 43200: no A before B"},
    {"A before B", "0.1+0.0@5", "false@5 by 43200: no A before B"},
    {"A before B", "ends@7 0.0@7", "false@7 by 43200: no A before B"},
    {"A before B", "", "false@43200 by 43200: no A before B"},
  };
  TELL(stories);
}

static void test_sequence(void **state)
{
  static const Story stories[] = {
    {"A within 1 h then B within 1 h", "0.0@60 0.1@120",
     "true@120 by 120: A, then B at 2026-03-02T02:00:00.000Z"},
    {"A within 1 h then B within 1 h", "0.0@60 0.1@120+",
     "false@120 by 120: no A, then B by 2026-03-02T02:00:00.000Z"},
    {"A within 1 h then B within 1 h", "0.0@60+ 0.1@70",
     "false@60 by 60: no A, then B by 2026-03-02T01:00:00.000Z"},
    {"A within 1 h then B within 1 h", "0.1@10 0.0@10",
     "false@70 by 70: no A, then B by 2026-03-02T01:10:00.000Z"},
    /* a second A gives B more time; one too late does not */
    {"A within 1 h then B within 1 h", "0.0@10 0.0@50 0.1@110",
     "true@110 by 110: A, then B at 2026-03-02T01:50:00.000Z"},
    {"A within 1 h then B within 1 h", "0.0@50 0.0@61 0.1@111",
     "false@110 by 110: no A, then B by 2026-03-02T01:50:00.000Z"},
    /* B's time is over, but A may come again */
    {"A within 2 h then B within 10 min", "0.0@10 0.1@30 0.0@100 0.1@105",
     "true@105 by 120: A, then B at 2026-03-02T01:45:00.000Z"},
    /* one event is tried from the last step to the first */
    {"A within 1 h then A within 1 h", "0.1+0.0@10 0.1+0.0@20",
     "true@20 by 70: A, then A at 2026-03-02T00:20:00.000Z"},
    {"A within 1 h then B within 1 h then C within 1 h", "0.0@10 0.1@20 0.0@55 0.1@100 0.2@160",
     "true@160 by 160: A, then B, then C at 2026-03-02T02:40:00.000Z"},
    {"A within 1 h then B within 1 h then C within 1 h", "0.0@10 0.1@20 0.0@55 0.1@100 0.2@160+",
     "false@160 by 160: no A, then B, then C by 2026-03-02T02:40:00.000Z"},
  };
  TELL(stories);
}

static void test_sequence_that_counts(void **state)
{
  static const Story stories[] = {
    {"A within 1 h then no B within 1 h", "0.0@60",
     "true@120 by 120: A, then no B by 2026-03-02T02:00:00.000Z"},
    {"A within 1 h then no B within 1 h", "0.0@60 0.1@120", "false@120 by 120: A, then no B did not hold"},
    {"A within 1 h then no B within 1 h", "0.1@20 0.0@30 0.0@50",
     "true@90 by 90: A, then no B by 2026-03-02T01:30:00.000Z"},
    {"A within 1 h then no B within 1 h", "", "false@60 by 60: A, then no B did not hold"},
    {"A within 1 h then at most 1 B within 1 h", "0.0@10 0.1@20 0.1@70",
     "false@70 by 70: A, then at most 1 B did not hold"},
    {"A within 1 h then at most 1 B within 1 h", "0.0@10 0.1@20 0.1@70+",
     "true@70 by 70: A, then at most 1 B by 2026-03-02T01:10:00.000Z"},
    /* an event that begins the last step is not counted in it */
    {"A within 1 h then no A within 1 h", "0.1+0.0@10",
     "true@70 by 70: A, then no A by 2026-03-02T01:10:00.000Z"},
    {"A within 1 h then no B by 2026-03-02T00:30Z", "0.0@40",
     "true@40 by 60: A, then no B by 2026-03-02T00:30:00.000Z"},
  };
  TELL(stories);
}

static void test_sequence_and_the_end(void **state)
{
  static const Story stories[] = {
    {"A then B", "ends@9", "false@9 by 43200: no A, then B by 2026-03-02T00:09:00.000Z"},
    {"A then B", "0.0@4 ends@9", "false@9 by 43200: no A, then B by 2026-03-02T00:09:00.000Z"},
    {"A within 1 h then B", "ends@9", "false@9 by 60: no A, then B by 2026-03-02T00:09:00.000Z"},
    {"A then B within 1 h", "0.0@4 ends@9 0.1@64", "true@64 by 64: A, then B at 2026-03-02T01:04:00.000Z"},
    {"A then B within 1 h", "0.0@4 ends@9 0.0@10",
     "false@64 by 64: no A, then B by 2026-03-02T00:09:00.000Z"},
    {"A within 1 h then no B", "0.0@4 ends@9", "true@9 by 43200: A, then no B by 2026-03-02T00:09:00.000Z"},
    {"A within 1 h then no B", "ends@9 0.0@50", "true@50 by 60: A, then no B by 2026-03-02T00:50:00.000Z"},
    {"A within 1 h then no B", "0.0@50", "true@43200 by 43200: A, then no B by 2026-04-01T00:00:00.000Z"},
  };
  TELL(stories);
}

static void test_bounds_that_move(void **state)
{
  static const Story stories[] = {
    {"A by 2026-03-02T01:00Z", "0.0=90@10 0.0@90", "true@90 by 90: A at 2026-03-02T01:30:00.000Z"},
    {"A by 2026-03-02T01:00Z", "0.0=30@40", "false@40 by 40: no A by 2026-03-02T00:30:00.000Z"},
    {"A by 2026-03-02T01:00Z", "0.0=40@40 0.0@40", "true@40 by 40: A at 2026-03-02T00:40:00.000Z"},
    {"A by 2026-03-02T01:00Z or B within 2 h", "0.0=30@40 0.0=90@41 1.0@120",
     "true@120 by 120: B at 2026-03-02T02:00:00.000Z"},
    {"A by 2026-03-02T01:00Z then B within 2 h", "0.0@5 0.0=30@40 0.0=90@41 0.0@50",
     "false@125 by 125: no A, then B by 2026-03-02T02:05:00.000Z"},
  };
  TELL(stories);
}

static void test_calendars(void **state)
{
  static const Story stories[] = { /* opened on Monday at midnight; 540 is 09:00 */
    {"A within 2 h of Office", "0.0@660", "true@660 by 660: A at 2026-03-02T11:00:00.000Z"},
    {"A within 2 h of Office", "0.0@660+", "false@660 by 660: no A by 2026-03-02T11:00:00.000Z"},
    {"A within 8 h of Office", "", "false@1020 by 1020: no A by 2026-03-02T17:00:00.000Z"},
    {"A within 1 open days of Office", "", "false@2460 by 2460: no A by 2026-03-03T17:00:00.000Z"},
    {"A within 3 open days of Office", "", "false@6780 by 6780: no A by 2026-03-06T17:00:00.000Z"},
    {"A within 30 open days of Office", "", "false@43200 by 43200: no A by 2026-04-01T00:00:00.000Z"},
    /* four hours a night; on the 29th the clock skips one of them; 39180 is the 29th at 05:00 */
    {"A within 111 h of Night", "", "false@39060 by 39060: no A by 2026-03-29T03:00:00.000Z"},
    {"A within 112 h of Night", "", "false@40320 by 40320: no A by 2026-03-30T00:00:00.000Z"},
  };
  TELL(stories);
}

/* ---- what stories do not reach ---- */

static void test_dynamic_lengths(void **state)
{
  Bench *bench = bench_moment(*state, "A within opening.at - start.at + 1 h then B within 1 h", "");
  Scene *scene = &bench->scene;
  assert_false(leaf_arm_dynamic(scene, 0, 0, 0));
  assert_false(leaf_arm_dynamic(scene, 0, 0, -5));
  assert_true(leaf_arm_dynamic(scene, 0, 0, INT64_MAX));
  assert_int_equal(condition_due(scene), INT64_MAX);
  assert_int_equal(condition_deadline(scene), scene->expiry);
  assert_string_equal(bench_play(bench, "0.0@10 0.1@70"), "true@70 by 43200: A, then B at 2026-03-02T01:10:00.000Z");
}

/* A shorter time for a later match leaves the earlier match's time. */
static void test_armed_again_keeps_the_later(void **state)
{
  Bench *bench = bench_moment(*state, "A within 2 h then B within last(Word).wait", "");
  Scene *scene = &bench->scene;
  bool taken;
  bench_come(bench, BENCH_START + 10 * MINUTE);
  assert_true(leaf_hit(scene, 0, 0, &taken) && taken);
  assert_true(leaf_arm_dynamic(scene, 0, 1, 60 * MINUTE));
  bench_come(bench, BENCH_START + 20 * MINUTE);
  assert_true(leaf_hit(scene, 0, 0, &taken) && taken);
  assert_true(leaf_arm_dynamic(scene, 0, 1, 10 * MINUTE));
  assert_string_equal(bench_play(bench, "0.1@70"), "true@70 by 120: A, then B at 2026-03-02T01:10:00.000Z");
}

static void test_flags(void **state)
{
  Bench *bench = bench_moment(*state, "A within 1 h and B within 2 h", "");
  Scene *scene = &bench->scene;
  bool taken;
  bench_come(bench, BENCH_START + 10 * MINUTE);
  assert_false(scene->moved || scene->settled);
  assert_true(leaf_hit(scene, 0, 0, &taken) && taken);
  assert_true(scene->settled && !scene->moved);
  assert_false(leaf_open(scene, 0));
  assert_int_equal(leaf_get(scene, 0), VERDICT_TRUE);
  assert_true(leaf_hit(scene, 0, 0, &taken) && !taken);
  assert_int_equal(condition_due(scene), BENCH_START + 120 * MINUTE);
  leaf_is(scene, 1, true);
  assert_int_equal(condition_verdict(scene), VERDICT_TRUE);
  assert_int_equal(condition_due(scene), INT64_MAX);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_some),
    ARENA_TEST(test_counted),
    ARENA_TEST(test_before),
    ARENA_TEST(test_sequence),
    ARENA_TEST(test_sequence_that_counts),
    ARENA_TEST(test_sequence_and_the_end),
    ARENA_TEST(test_bounds_that_move),
    ARENA_TEST(test_calendars),
    ARENA_TEST(test_dynamic_lengths),
    ARENA_TEST(test_armed_again_keeps_the_later),
    ARENA_TEST(test_flags),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
