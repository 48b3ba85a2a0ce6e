/* A clock that stops and runs on: what is left of each kind of bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/moment_bench.h"

#define TELL(stories) bench_tell(*state, "pause on P until Q", stories, sizeof(stories) / sizeof *(stories))

static void test_within(void **state)
{
  static const Story stories[] = {
    {"A within 1 h", "stop@20 run@50 0.0@90", "true@90 by 90: A at 2026-03-02T01:30:00.000Z"},
    {"A within 1 h", "stop@20 run@50 0.0@90+", "false@90 by 90: no A by 2026-03-02T01:30:00.000Z"},
    {"A within 1 h", "stop@20 run@50 stop@50 run@70", "false@110 by 110: no A by 2026-03-02T01:50:00.000Z"},
    /* an event counts while the clock stands; then the deadline is the expiry */
    {"A within 1 h", "stop@20 0.0@1000", "true@1000 by 43200: A at 2026-03-02T16:40:00.000Z"},
    {"A within 1 h", "stop@20", "open"},
    /* stopped at the deadline: due when it runs on, and an event of then is in time */
    {"A within 1 h", "stop@60 run@90", "false@90 by 90: no A by 2026-03-02T01:30:00.000Z"},
    {"A within 1 h", "stop@60 run@90 0.0@90", "true@90 by 90: A at 2026-03-02T01:30:00.000Z"},
    {"A within 1 h", "stop@60 run@90 stop@90 run@95 0.0@95", "true@95 by 95: A at 2026-03-02T01:35:00.000Z"},
    {"A within 1 h", "stop@60+ run@90", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A by 2026-03-02T01:00Z", "stop@20 run@50", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A by 2026-03-02T01:00Z", "stop@20", "false@60 by 60: no A by 2026-03-02T01:00:00.000Z"},
    {"A", "stop@20 ends@70", "false@70 by 43200: no A by 2026-03-02T01:10:00.000Z"},
  };
  TELL(stories);
}

static void test_sequences(void **state)
{
  static const Story stories[] = {
    {"A within 1 h then B within 1 h", "0.0@10 stop@20 run@50 0.1@100",
     "true@100 by 100: A, then B at 2026-03-02T01:40:00.000Z"},
    {"A within 1 h then B within 1 h", "0.0@10 stop@20 run@50 0.1@100+",
     "false@100 by 100: no A, then B by 2026-03-02T01:40:00.000Z"},
    /* armed while the clock stands */
    {"A within 1 h then B within 1 h", "stop@20 0.0@30 run@50",
     "false@110 by 110: no A, then B by 2026-03-02T01:50:00.000Z"},
    {"A within 1 h then B within 1 h", "stop@20 0.0@20 0.0@30 0.1@900 ",
     "true@900 by 43200: A, then B at 2026-03-02T15:00:00.000Z"},
    /* what has passed stays passed; its instant is not lost */
    {"A within 1 h then B within 1 h", "0.0@50 stop@70 0.0@80 run@100",
     "false@140 by 140: no A, then B by 2026-03-02T02:20:00.000Z"},
    {"A within 30 min then B by 2026-03-02T00:45Z", "0.0@5 stop@10 run@12",
     "false@45 by 45: no A, then B by 2026-03-02T00:45:00.000Z"},
    {"A within 30 min then no B within 1 h", "0.0@5 stop@10 0.1@11",
     "false@11 by 43200: A, then no B did not hold"},
    {"A within 30 min then no B within 1 h", "0.0@5 stop@10 run@20",
     "true@75 by 75: A, then no B by 2026-03-02T01:15:00.000Z"},
  };
  TELL(stories);
}

static void test_calendar(void **state)
{
  static const Story stories[] = { /* 540 is Monday 09:00, 1020 its close, 1980 Tuesday 09:00 */
    {"A within 2 h of Office", "stop@570 run@600", "false@690 by 690: no A by 2026-03-02T11:30:00.000Z"},
    {"A within 2 h of Office", "stop@100 run@200", "false@660 by 660: no A by 2026-03-02T11:00:00.000Z"},
    {"A within 8 h of Office", "stop@1019 run@1100", "false@1981 by 1981: no A by 2026-03-03T09:01:00.000Z"},
    /* used up exactly: due when the calendar is open and the clock runs */
    {"A within 8 h of Office", "stop@1020 run@1100", "false@1980 by 1980: no A by 2026-03-03T09:00:00.000Z"},
    {"A within 8 h of Office", "stop@1020 run@1100 0.0@1980",
     "true@1980 by 1980: A at 2026-03-03T09:00:00.000Z"},
    {"A within 8 h of Office", "stop@1020 run@1100 stop@1200 run@2000",
     "false@2000 by 2000: no A by 2026-03-03T09:20:00.000Z"},
  };
  TELL(stories);
}

static void test_open_days(void **state)
{
  static const Story stories[] = { /* closes: Tuesday 2460, Wednesday 3900, Friday 6780, Monday 11100 */
    {"A within 2 open days of Office", "stop@2000 run@2100",
     "false@3900 by 3900: no A by 2026-03-04T17:00:00.000Z"},
    {"A within 2 open days of Office", "stop@2000 run@2500",
     "false@6780 by 6780: no A by 2026-03-06T17:00:00.000Z"},
    /* a close at which a pause begins does not count, one at which it ends does */
    {"A within 2 open days of Office", "stop@2460 run@2470",
     "false@6780 by 6780: no A by 2026-03-06T17:00:00.000Z"},
    {"A within 2 open days of Office", "stop@2000 run@2460",
     "false@3900 by 3900: no A by 2026-03-04T17:00:00.000Z"},
    {"A within 1 open days of Office", "stop@2000 run@2460",
     "false@2460 by 2460: no A by 2026-03-03T17:00:00.000Z"},
    {"A within 1 open days of Office", "stop@2460 run@2461",
     "false@3900 by 3900: no A by 2026-03-04T17:00:00.000Z"},
    /* the day of the opening does not count, also when its close comes after the pause */
    {"A within 1 open days of Office", "stop@100 run@200",
     "false@2460 by 2460: no A by 2026-03-03T17:00:00.000Z"},
    {"A within 1 open days of Office", "stop@100 run@200 stop@300 run@2470",
     "false@3900 by 3900: no A by 2026-03-04T17:00:00.000Z"},
    /* likewise the day of the step before */
    {"A within 2005 min then B within 1 open days of Office", "0.0@2000 stop@2010 run@2020",
     "false@3900 by 3900: no A, then B by 2026-03-04T17:00:00.000Z"},
    {"A then B within 1 open days of Office", "stop@1990 0.0@2000 run@2020 0.1@3900",
     "true@3900 by 43200: A, then B at 2026-03-04T17:00:00.000Z"},
  };
  TELL(stories);
}

static void test_how_long_it_stood(void **state)
{
  Bench *bench = bench_moment(*state, "A within 1 h", "pause on P until Q");
  Scene *scene = &bench->scene;
  assert_false(moment_paused(scene));
  bench_come(bench, BENCH_START + 10 * MINUTE);
  moment_run(scene);
  assert_int_equal(moment_stood(scene), 0);
  moment_stop(scene);
  assert_true(moment_paused(scene));
  assert_int_equal(condition_due(scene), INT64_MAX);
  bench_come(bench, BENCH_START + 25 * MINUTE);
  moment_stop(scene);
  assert_int_equal(moment_stood(scene), 15 * MINUTE);
  moment_run(scene);
  bench_come(bench, BENCH_START + 30 * MINUTE);
  assert_int_equal(moment_stood(scene), 15 * MINUTE);
  assert_int_equal(condition_due(scene), BENCH_START + 75 * MINUTE);
  moment_stop(scene);
  bench_come(bench, BENCH_START + 31 * MINUTE);
  assert_int_equal(moment_stood(scene), 16 * MINUTE);
}

static void test_a_clock_that_cannot_stand(void **state)
{
  Bench *bench = bench_moment(*state, "A within 1 h", "");
  moment_stop(&bench->scene);
  assert_false(moment_paused(&bench->scene));
  assert_int_equal(moment_stood(&bench->scene), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_within),
    ARENA_TEST(test_sequences),
    ARENA_TEST(test_calendar),
    ARENA_TEST(test_open_days),
    ARENA_TEST(test_how_long_it_stood),
    ARENA_TEST(test_a_clock_that_cannot_stand),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
