/* Alerts and corrections of journeys, as the engine makes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tale.h"

/* A MOT that is produced by A within an hour of B. */
#define FRAME "  starts on Go\n  sco \"It is well\" Q within 4 h\n  ends on Bye\n  expires after 6 h\n"
#define PEOPLE "    manager ben  producers care  target 90% over 7 d\n"
#define MOT(rest) FRAME "  mot M \"You come\" {\n" PEOPLE "    when B\n    smoto A within 1 h\n" rest "  }\n"
#define SCO(rest) MOT("") rest
#define OF(rule) "X." rule "/c1/2026-03-02T10:10:00.000Z"

/* What alerts and corrections come of a story; `more`: kinds of records beside. */
static const char *told(void **state, const char *clauses, uint32_t more, const char *story)
{
  Arena *arena = *state;
  Tale *tale = tale_new(arena, arena->mem, clauses);
  tale->engine->kinds = 1u << OUTCOME_KIND_ALERT | 1u << OUTCOME_KIND_CORRECTION | more;
  const char *ret = tale_play(tale, story);
  assert_true(tale->engine->counts.faults == 0);
  tale_free(tale);
  return ret;
}

static const char *acts(void **state, const char *clauses, const char *story)
{
  return told(state, clauses, 0, story);
}

enum { DECISIONS = 1 << OUTCOME_KIND_MOMENT | 1 << OUTCOME_KIND_SCO | 1 << OUTCOME_KIND_JOURNEY };

/* ---- alerts ---- */

static void test_alerts_at_the_decision(void **state)
{
  const char *missed = MOT("    on missed { alert ben }\n");
  assert_string_equal(acts(state, missed, "Go@0 B@10 |@100"), "raised(missed) ben M c1@70");
  assert_string_equal(acts(state, missed, "Go@0 B@10 A@20 |@100"), "");
  assert_string_equal(acts(state, MOT("    on void { alert ana }\n    void on P\n"), "Go@0 B@10 P@20 |@21"),
                      "raised(void) ana M c1@20");
  assert_string_equal(told(state, missed, DECISIONS, "Go@0 B@10 |@100 Q@101 Bye@110 |@111"),
                      "missed M c1@70  raised(missed) ben M c1@70  sco produced c1@101  ended c1@110  "
                      "cleared(over) ben M c1@110");
  assert_string_equal(
    acts(state, MOT("    on produced { alert ana  alert ben }\n"), "Go@0 B@10 A@20 |@361"),
    "raised(produced) ana M c1@20  raised(produced) ben M c1@20  cleared(over) ana M c1@360  "
    "cleared(over) ben M c1@360");
}

static void test_alerts_of_the_sco(void **state)
{
  assert_string_equal(acts(state, SCO("  on missed { alert ana }\n"), "Go@0 |@300"),
                      "raised(missed) ana sco c1@240");
  assert_string_equal(acts(state, SCO("  on produced { alert ana }\n"), "Go@0 Q@10 |@300"),
                      "raised(produced) ana sco c1@10");
}

static void test_alerts_are_acknowledged(void **state)
{
  const char *missed = MOT("    on missed { alert ben }\n");
  const char *risk = MOT("    on at risk 30 min before deadline { alert ben repeat every 5 min }\n");
  assert_string_equal(acts(state, missed, "Go@0 B@10 |@100 Ack:" OF("M:missed") "@101 Ack:" OF("M:missed")
                                          "@102 |@400"),
                      "raised(missed) ben M c1@70  cleared(acknowledged) ben M c1@101");
  assert_string_equal(acts(state, missed, "Go@0 B@10 |@100 Ack:X.M:missed/c2/2026@101 Q@102 Bye@103 |@104"),
                      "raised(missed) ben M c1@70  cleared(over) ben M c1@103");
  assert_string_equal(acts(state, risk, "Go@0 B@10 |@46 Ack:" OF("M:at-risk") "@47 Ack:" OF("M:at-risk")
                                        "@48 |@99"),
                      "raised(at risk) ben M c1@40  repeated(at risk) ben M c1@45  "
                      "acknowledged(at risk) ben M c1@47  cleared(decided) ben M c1@70");
}

static void test_alerts_go_up_and_repeat(void **state)
{
  const char *rules = MOT("    on missed { alert care escalate after 10 min repeat every 15 min }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@116 Ack:" OF("M:missed") "@116 |@300"),
                      "raised(missed) care M c1@70  escalated(missed) ben M c1@80  "
                      "repeated(missed) ben M c1@85  "
                      "escalated(missed) ana M c1@90  repeated(missed) ana M c1@100  "
                      "repeated(missed) ana M c1@115  cleared(acknowledged) ana M c1@116");
}

static void test_alerts_wait(void **state)
{
  const char *rules = MOT("    on at risk 30 min before deadline { alert ben for 10 min }\n"
                          "    pause on P until Q\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@51 A@52 |@60"),
                      "raised(at risk) ben M c1@50  cleared(decided) ben M c1@52");
  assert_string_equal(acts(state, rules, "Go@0 B@10 A@50 |@60"), "");
  assert_string_equal(acts(state, rules, "Go@0 B@10 P@45 Q@47 |@100"),
                      "raised(at risk) ben M c1@57  cleared(decided) ben M c1@72");
}

static void test_alerts_are_held(void **state)
{
  const char *rules =
    MOT("    on at risk 30 min before deadline { alert ben hold 20 min repeat every 25 min }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@51 A@52 |@100"),
                      "raised(at risk) ben M c1@40  repeated(at risk) ben M c1@65  "
                      "cleared(decided) ben M c1@72");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@51 A@52 Q@53 Bye@60 |@100"),
                      "raised(at risk) ben M c1@40  cleared(over) ben M c1@60");
}

static void test_one_alert_under_an_id(void **state)
{
  const char *rules = MOT("    on missed { alert ben }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 B@10 B@11 |@100"),
                      "raised(missed) ben M c1@70  raised(missed) ben M c1@71");
}

static void test_an_alert_at_the_expiry(void **state)
{
  const char *rules = MOT("    on missed { alert ben }\n");
  assert_string_equal(told(state, rules, 1 << OUTCOME_KIND_JOURNEY, "Go@0 Q@1 B@330 |@400"),
                      "raised(missed) ben M c1@360  expired c1@360  cleared(over) ben M c1@360");
}

/* ---- corrections ---- */

static void test_corrections_are_done(void **state)
{
  const char *rules = MOT("    on missed { correct \"Call\" by care within 30 min until P }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@80 P@100 P@101 |@300"),
                      "opened(missed) care M c1@70  done(missed) care M c1@100");
  assert_string_equal(told(state, rules, 1 << OUTCOME_KIND_JOURNEY, "Go@0 B@10 Q@20 Bye@30 |@80 P@90 |@300"),
                      "opened(missed) care M c1@70  done(missed) care M c1@90  ended c1@90");
  rules = MOT("    on missed { correct \"Call\" by care within 30 min }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@80 Done:" OF("M:missed") "@100 |@300"),
                      "opened(missed) care M c1@70  done(missed) care M c1@100");
}

static void test_corrections_are_overdue(void **state)
{
  const char *rules = MOT("    on missed { alert ana  correct \"Call\" by care within 30 min until P }\n");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@110 P@111 |@300"),
                      "raised(missed) ana M c1@70  opened(missed) care M c1@70  "
                      "overdue(missed) care M c1@100  "
                      "raised(overdue) ben M c1@100  done(missed) care M c1@111  cleared(done) ben M c1@111");
  assert_string_equal(acts(state, rules, "Go@0 B@10 |@110 Ack:" OF("M:missed-2") ":overdue@120 |@361"),
                      "raised(missed) ana M c1@70  opened(missed) care M c1@70  "
                      "overdue(missed) care M c1@100  "
                      "raised(overdue) ben M c1@100  cleared(acknowledged) ben M c1@120  "
                      "withdrawn(expired) care M c1@360  cleared(over) ana M c1@360");
}

static void test_corrections_are_withdrawn(void **state)
{
  const char *rules = FRAME "  void on P\n  mot M \"You come\" {\n" PEOPLE
                            "    when B\n    smoto A within 1 h\n"
                            "    on void { correct \"Call\" by care within 30 min }\n"
                            "    on missed { correct \"Call\" by care within 5 h }\n  }\n";
  assert_string_equal(told(state, rules, DECISIONS, "Go@0 B@10 Q@20 |@80 B@81 P@90 |@91"),
                      "sco produced c1@20  missed M c1@70  opened(missed) care M c1@70  "
                      "void(voided) M c1@90  opened(void) care M c1@90  withdrawn(void) care M c1@90  "
                      "withdrawn(void) care M c1@90  void c1@90");
  assert_string_equal(acts(state, rules, "Go@0 B@10 B@350 |@400"),
                      "opened(missed) care M c1@70  withdrawn(expired) care M c1@360");
}

static void test_conditions_of_corrections(void **state)
{
  const char *quiet =
    MOT("    on missed { correct \"Wait\" by care within 30 min until no P within 20 min }\n");
  assert_string_equal(acts(state, quiet, "Go@0 B@10 |@300"),
                      "opened(missed) care M c1@70  done(missed) care M c1@90");
  assert_string_equal(acts(state, quiet, "Go@0 B@10 |@80 P@81 |@300"),
                      "opened(missed) care M c1@70  overdue(missed) care M c1@100  "
                      "raised(overdue) ben M c1@100");
  const char *voided = MOT("    void on P\n    on void { correct \"Call\" by care within 30 min until P }\n");
  assert_string_equal(acts(state, voided, "Go@0 B@10 P@20 |@21 P@22 |@23"),
                      "opened(void) care M c1@20  withdrawn(void) care M c1@22");
  assert_string_equal(acts(state, voided, "Go@0 B@10 P@20 P@20 |@21"),
                      "opened(void) care M c1@20  withdrawn(void) care M c1@20");
  const char *heard = MOT("    on missed { correct \"Call\" by care within 30 min until missed M }\n");
  assert_string_equal(acts(state, heard, "Go@0 B@10 |@80"),
                      "opened(missed) care M c1@70  done(missed) care M c1@70");
}

/* A correction that is done at once leaves a closing journey as it is until its block is through. */
static void test_a_block_is_run_to_its_end(void **state)
{
  const char *sco = FRAME "  mot M \"You come\" {\n" PEOPLE "    when B\n    smoto A within 1 h\n  }\n"
                          "  on missed { correct \"Now\" by care within 1 h until count(B) == 0"
                          "  alert ben  correct \"Call\" by care within 1 h }\n";
  assert_string_equal(told(state, sco, 1 << OUTCOME_KIND_JOURNEY,
                           "Go@0 Bye@10 |@250 Done:X:missed-3/c1/2026-03-02T10:00:00.000Z@260 |@261"),
                      "opened(missed) care sco c1@240  done(missed) care sco c1@240  "
                      "raised(missed) ben sco c1@240  "
                      "opened(missed) care sco c1@240  done(missed) care sco c1@260  ended c1@260  "
                      "cleared(over) ben sco c1@260");
}

/* Whatever the alerts and corrections are, memory is given back. */
static void test_nothing_is_left_behind(void **state)
{
  Arena *arena = *state;
  Tale *tale = tale_new(arena, arena->mem,
                        MOT("    on at risk 30 min before deadline { alert ben for 10 min }\n"
                            "    on missed { alert ben  correct \"Call\" by care within 30 min }\n"));
  tale_play(tale, "Go@0 B@10 B@12 B@100 |@361 Go@370 B@375 |@800 |@801");
  assert_int_equal(tale->engine->alerts.in_use, 0);
  assert_int_equal(tale->engine->active.count, 0);
  assert_int_equal(tale->engine->texts.in_use, 0);
  assert_int_equal(tale->engine->moments.in_use, 0);
  tale_free(tale);
}

/* ---- refused memory ---- */

static void play_refused(Mem *mem, void *user)
{
  Tale *tale = user;
  tale->mem = mem;
  batch_init(&tale->batch, mem);
  outcomes_init(&tale->outcomes, mem);
  tale->decoder = decoder_new(tale->plan, mem);
  tale->engine = engine_new(tale->plan, mem, &tale->options);
  tale_play(tale, "Go@0 B@10 B@12 P@40 |@90 Ack:" OF("M:missed") "@95 Done:" OF("M:missed-2")
                  "@96 B@100 |@400");
}

static void undo_refused(void *user)
{
  Tale *tale = user;
  tale_free(tale);
  tale->engine = NULL;
  tale->decoder = NULL;
}

static void test_refused_memory_leaves_nothing_behind(void **state)
{
  Arena *arena = *state;
  const char *clauses =
    MOT("    on at risk 30 min before deadline { alert ben for 10 min  alert care hold 1 h }\n"
        "    on missed { alert ben \"{customer}\"  correct \"Call\" by care within 30 min\n"
        "      correct \"Ask\" by care within 30 min until P }\n");
  Tale *tale = tale_new(arena, arena->mem, clauses);
  undo_refused(tale);
  assert_true(refuse_each_resize(play_refused, undo_refused, tale) > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_alerts_at_the_decision),
    ARENA_TEST(test_alerts_of_the_sco),
    ARENA_TEST(test_alerts_are_acknowledged),
    ARENA_TEST(test_alerts_go_up_and_repeat),
    ARENA_TEST(test_alerts_wait),
    ARENA_TEST(test_alerts_are_held),
    ARENA_TEST(test_one_alert_under_an_id),
    ARENA_TEST(test_an_alert_at_the_expiry),
    ARENA_TEST(test_corrections_are_done),
    ARENA_TEST(test_corrections_are_overdue),
    ARENA_TEST(test_corrections_are_withdrawn),
    ARENA_TEST(test_conditions_of_corrections),
    ARENA_TEST(test_a_block_is_run_to_its_end),
    ARENA_TEST(test_nothing_is_left_behind),
    ARENA_TEST(test_refused_memory_leaves_nothing_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
