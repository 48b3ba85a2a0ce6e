/* The engine's timers: they come when they should, once, and do not pile up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/tale.h"

#define PEOPLE "    manager ben  producers care  target 90% over 7 d\n"
#define FRAME "starts on Go\n  sco \"It is fine\" A within 60 d\n  ends on Bye\n  expires after 90 d\n"
#define MOT(clauses) FRAME "  mot M \"M\" {\n" PEOPLE clauses "  }\n"

static Tale *tale_of(void **state, const char *clauses)
{
  Arena *arena = *state;
  return tale_new(arena, arena->mem, clauses);
}

static void assert_tale(void **state, const char *clauses, const char *story, const char *told)
{
  Tale *tale = tale_of(state, clauses);
  assert_string_equal(tale_play(tale, story), told);
  tale_free(tale);
  Tale *again = tale_of(state, clauses);
  again->piecemeal = true;
  assert_string_equal(tale_play(again, story), told);
  tale_free(again);
}

/* ---- when ---- */

static void test_a_deadline_that_moves(void **state)
{
  const char *clauses = MOT("    when B\n    smoto A by last(Due).due else (opening.at + 1 h)\n");
  assert_tale(state, clauses, "Go@0 B@10 |@69 |@71", "missed M c1@70");
  assert_tale(state, clauses, "Go@0 B@10 Due:200@20 |@199 Due:90@200 |@300", "missed M c1@200");
  assert_tale(state, clauses, "Go@0 B@10 Due:200@20 Due:90@30 |@300", "missed M c1@90");
  assert_tale(state, clauses, "Go@0 B@10 Due:20@30 |@300", "missed M c1@30");
}

static void test_a_clock_that_stands(void **state)
{
  const char *clauses = MOT("    when B\n    smoto A within 1 h\n    pause on P until Q\n");
  assert_tale(state, clauses, "Go@0 B@10 P@20 |@100 Q@120 |@169 |@171", "missed M c1@170");
  assert_tale(state, clauses, "Go@0 B@10 P@20 Q@30 P@40 Q@50 |@300", "missed M c1@90");
  assert_tale(state, clauses, "Go@0 B@10 P@70 Q@90 |@300", "missed M c1@90");
}

static void test_a_silence(void **state)
{
  const char *clauses = MOT("    when no P for 1 h\n    smoto Q within 10 min\n");
  assert_tale(state, clauses, "Go@0 P@30 |@89 |@101", "missed M c1@100");
  assert_tale(state, clauses, "Go@0 P@30 P@60 P@90 P@120 |@400 P@500 Q@565 |@600",
              "missed M c1@190  produced M c1@565");
}

/* ---- how many ---- */

static size_t grown(Tale *tale, const char *first, const char *again, unsigned times)
{
  tale_play(tale, first);
  size_t before = timers_bytes(tale->engine->timers);
  for (unsigned i = 0; i < times; i++)
    tale_play(tale, arena_printf(tale->arena, again, 20 + i, 9000 + i, 20 + i));
  size_t after = timers_bytes(tale->engine->timers);
  tale_free(tale);
  return after - before;
}

static void test_a_deadline_put_off_again_and_again_keeps_one_timer(void **state)
{
  Tale *tale = tale_of(state, MOT("    when B\n    smoto A by last(Due).due else (opening.at + 1 h)\n"));
  assert_true(grown(tale, "Go@0 B@10 |@11", "|@%d Due:%d@%d", 3000) < 8192);
}

static void test_a_silence_that_is_broken_again_and_again_keeps_one_timer(void **state)
{
  Tale *tale = tale_of(state, MOT("    when no P for 30 d\n    smoto Q within 10 min\n"));
  assert_true(grown(tale, "Go@0 |@11", "|@%d A:c%d@%d P@20", 3000) < 8192);
}

static void test_places_used_again_do_not_keep_the_timers_of_others(void **state)
{
  Tale *tale = tale_of(state, MOT("    when B\n    smoto A within 1 h\n"));
  tale_play(tale, "Go@0 |@1");
  for (int i = 0; i < 3000; i++)
    tale_play(tale, arena_printf(tale->arena, "B@%d A@%d", 10 + 7 * i, 12 + 7 * i));
  size_t before = timers_bytes(tale->engine->timers);
  for (int i = 3000; i < 9000; i++)
    tale_play(tale, arena_printf(tale->arena, "B@%d A@%d |@%d", 10 + 7 * i, 12 + 7 * i, 13 + 7 * i));
  assert_true(timers_bytes(tale->engine->timers) <= before);
  assert_int_equal(engine_counts(tale->engine)->mots[0].decided[OUTCOME_MISSED], 0);
  tale_free(tale);
}

/* ---- at risk ---- */

static const char *risks_of(void **state, const char *smoto, const char *story)
{
  Arena *arena = *state;
  const char *clauses = arena_printf(
    arena,
    FRAME "  mot M \"M\" {\n    manager ben  producers care  target 90%% over 7 d\n    when B\n    %s\n"
    "    on at risk 10 min before deadline { alert ben }\n  }\n", smoto);
  Tale *tale = tale_new(arena, arena->mem, clauses);
  tale->engine->kinds = 1 << OUTCOME_KIND_ALERT;
  const char *told = tale_play(tale, story);
  tale_free(tale);
  return told;
}

static void test_a_moment_at_risk_is_told_once(void **state)
{
  const char *within = "smoto A within 1 h";
  assert_string_equal(risks_of(state, within, "Go@0 B@10 |@59 |@61 |@100"),
                      "raised(at risk) ben M c1@60  cleared(decided) ben M c1@70");
  assert_string_equal(risks_of(state, within, "Go@0 B@10 A@60 |@100"), "");
  assert_string_equal(risks_of(state, "smoto A within 5 min", "Go@0 B@10 |@100"),
                      "raised(at risk) ben M c1@10  cleared(decided) ben M c1@15");
  assert_string_equal(risks_of(state, "smoto A within 1 h\n pause on P until Q",
                               "Go@0 B@10 P@20 |@100 Q@120 |@300"),
                      "raised(at risk) ben M c1@160  cleared(decided) ben M c1@170");
  assert_string_equal(risks_of(state, "smoto A by last(Due).due else (opening.at + 1 h)",
                               "Go@0 B@10 |@65 Due:200@66 |@300"),
                      "raised(at risk) ben M c1@60  cleared(decided) ben M c1@200");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_a_deadline_that_moves),
    ARENA_TEST(test_a_clock_that_stands),
    ARENA_TEST(test_a_silence),
    ARENA_TEST(test_a_deadline_put_off_again_and_again_keeps_one_timer),
    ARENA_TEST(test_a_silence_that_is_broken_again_and_again_keeps_one_timer),
    ARENA_TEST(test_places_used_again_do_not_keep_the_timers_of_others),
    ARENA_TEST(test_a_moment_at_risk_is_told_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
