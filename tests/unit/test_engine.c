/* The engine: what it keeps, gives back, tells and counts. What rules mean is for tests/cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/tale.h"
#include "tests/support/failing_alloc.h"

#define PEOPLE "    manager ben  producers care  target 90% over 7 d\n"
#define SALE \
  "starts on Go\n  sco \"It is fine\" A within 3 h\n  ends on Bye\n  expires after 1 d\n" \
  "  mot M \"M\" {\n" PEOPLE "    when Go\n    smoto A within 1 h\n  }\n" \
  "  mot L \"L\" {\n" PEOPLE "    when latest P\n    smoto Q within 2 h\n  }\n"

static Tale *tale_of(void **state, const char *clauses)
{
  Arena *arena = *state;
  return tale_new(arena, arena->mem, clauses);
}

static bool is_empty(const Engine *engine)
{
  return engine->partitions.count == 0 && engine->journeys.in_use == 0 && engine->moments.in_use == 0
    && engine->texts.in_use == 0 && engine->partitions.heap.in_use == 0 && engine->crowds.in_use == 0;
}

/* ---- one story, in batches of any size ---- */

static const char story[] =
  "Go@0 Go:c2@5 A@10 P:c2@20 P:c2@30 Q:c2@40 |@64 |@66 Bye@70 A:c2@80 P:c2@90 |@4000";
static const char told[] =
  "produced M c1@10  sco produced c1@10  void(superseded) L c2@30  produced L c2@40  missed M c2@65"
  "  ended c1@70  sco produced c2@80  missed L c2@210  expired c2@1445";

static void test_what_happens_in_one_story(void **state)
{
  Tale *tale = tale_of(state, SALE);
  assert_string_equal(tale_play(tale, story), told);
  tale_free(tale);
}

static void test_batches_make_no_difference(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale->piecemeal = true;
  assert_string_equal(tale_play(tale, story), told);
  tale_free(tale);
}

static void test_what_is_over_is_given_back(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale_play(tale, "Go@0 Go:c2@5 P:c2@20 |@30");
  assert_false(is_empty(tale->engine));
  tale_play(tale, "|@4000");
  assert_true(is_empty(tale->engine));
  tale_free(tale);
}

static void test_events_that_reach_nobody_leave_nothing(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale_play(tale, "A@0 P:c2@5 Bye:c3@6 |@30");
  assert_true(is_empty(tale->engine));
  assert_int_equal(engine_counts(tale->engine)->unreached, 3);
  assert_int_equal(engine_counts(tale->engine)->heard, 0);
  tale_free(tale);
}

/* Moments live long: more may open meanwhile than serial numbers tell apart. */
static void test_a_moment_hears_outcomes_however_many_opened_since(void **state)
{
  for (uint32_t since = 0; since < 4; since++) {
    Tale *tale = tale_of(state, "starts on Go\n  sco \"It is fine\" A within 9 h\n  expires after 1 d\n"
                                "  mot M \"M\" {\n" PEOPLE
                                "    when Go\n    smoto produced L within 5 h\n  }\n"
                                "  mot L \"L\" {\n" PEOPLE "    when P\n    smoto Q within 2 h\n  }\n");
    tale_play(tale, "Go@0 |@5");
    tale->engine->serial += since << 30;
    assert_string_equal(tale_play(tale, "P@10 Q@20 |@30"), "produced L c1@20  produced M c1@20");
    tale_free(tale);
  }
}

/* Thirty journeys of one key within an hour, each closing while its moment is open. */
static const char *many_closing(Arena *arena)
{
  Buf buf;
  buf_init(&buf, arena);
  for (int i = 0; i < 30; i++) buf_printf(&buf, "Go@%d Bye@%d ", 2 * i, 2 * i + 1);
  buf_text(&buf, "|@60");
  return buf.data;
}

static void test_many_journeys_of_one_key_are_heard_and_given_back(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale_play(tale, many_closing(*state));
  assert_int_equal(engine_counts(tale->engine)->experiences[0].closing, 30);
  assert_true(tale->engine->crowds.in_use > 0);
  tale_play(tale, "A@60 |@61");
  assert_int_equal(engine_counts(tale->engine)->mots[0].decided[OUTCOME_PRODUCED], 30);
  tale_play(tale, "|@4000");
  assert_true(is_empty(tale->engine));
  tale_free(tale);
}

/* ---- counts ---- */

static void test_counts(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale_play(tale, "Go@0 Go:c2@5 A@10 P:c2@20 P:c2@30 |@40");
  const EngineCounts *counts = engine_counts(tale->engine);
  const ExperienceCounts *x = &counts->experiences[0];
  assert_int_equal(x->started, 2);
  assert_int_equal(x->live, 2);
  assert_int_equal(x->sco[OUTCOME_PRODUCED], 1);
  assert_int_equal(x->sco[OUTCOME_OPEN], 1);
  assert_int_equal(counts->mots[0].opened, 2);
  assert_int_equal(counts->mots[0].decided[OUTCOME_PRODUCED], 1);
  assert_int_equal(counts->mots[0].decided[OUTCOME_OPEN], 1);
  assert_int_equal(counts->mots[1].reasons[VOID_SUPERSEDED], 1);
  assert_int_equal(counts->heard, 5);
  tale_play(tale, "Bye@50 |@60");
  assert_int_equal(engine_counts(tale->engine)->experiences[0].over, 1);
  assert_int_equal(engine_counts(tale->engine)->experiences[0].live, 1);
  tale_free(tale);
}

static void test_records_that_are_not_wanted_are_only_counted(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale->engine->kinds = 1 << OUTCOME_KIND_JOURNEY;
  assert_string_equal(tale_play(tale, story), "ended c1@70  expired c2@1445");
  assert_int_equal(engine_counts(tale->engine)->mots[0].decided[OUTCOME_MISSED], 1);
  assert_int_equal(engine_counts(tale->engine)->mots[1].decided[OUTCOME_PRODUCED], 1);
  assert_true(is_empty(tale->engine));
  tale_free(tale);
}

static void test_what_is_open(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale_play(tale, "Go:c2@0 P:c2@5 Go@10 |@20");
  assert_string_equal(tale_open(tale, 20),
                      "open M c1@20  sco open c1@20  open M c2@20  open L c2@20  sco open c2@20");
  tale_free(tale);
}

/* ---- whose partitions ---- */

static void test_shards_share_the_keys(void **state)
{
  uint64_t heard = 0, started = 0;
  for (uint32_t shard = 0; shard < 3; shard++) {
    Tale *tale = tale_of(state, SALE);
    tale->options.shard = shard;
    tale->options.shards = 3;
    tale_play(tale, "Go@0 Go:c2@0 Go:c3@0 Go:c4@0 Go:c5@0 Go:c6@0 A:c3@1 |@4");
    heard += engine_counts(tale->engine)->heard;
    started += engine_counts(tale->engine)->experiences[0].started;
    tale_free(tale);
  }
  assert_int_equal(heard, 7);
  assert_int_equal(started, 6);
}

static void test_one_key_alone(void **state)
{
  Tale *tale = tale_of(state, SALE);
  tale->options.key = "c2";
  tale->options.key_len = 2;
  assert_string_equal(tale_play(tale, "Go@0 Go:c2@0 A@5 A:c2@6 |@9"), "produced M c2@6  sco produced c2@6");
  tale_free(tale);
}

/* ---- records that wait for a journey to begin ---- */

#define WAITS \
  "starts on %s\n  sco \"It is fine\" A within 3 h\n  ends on Bye\n  expires after 1 d\n" \
  "  mot M \"M\" {\n    manager ben  producers care  target 90%% over 7 d\n" \
  "    when A\n    smoto B within 1 h\n  }\n"

static bool waits_at_all(void **state, const char *starts, const char *first)
{
  Arena *arena = *state;
  Tale *tale = tale_of(state, arena_printf(arena, WAITS, starts));
  tale_play(tale, first);
  bool waits = !is_empty(tale->engine);
  tale_free(tale);
  return waits;
}

static void test_a_record_waits_while_its_window_lasts(void **state)
{
  assert_true(waits_at_all(state, "2 Go within 1 h", "Go@0 |@30"));
  assert_true(waits_at_all(state, "2 Go within 1 h", "Go@0 |@60"));
  assert_false(waits_at_all(state, "2 Go within 1 h", "Go@0 |@61"));
  assert_true(waits_at_all(state, "3 Go within 1 h", "Go@0 Go@50 |@100"));
  assert_false(waits_at_all(state, "3 Go within 1 h", "Go@0 Go@50 |@200"));
  assert_true(waits_at_all(state, "Go then P within 1 h", "Go@0 Go@50 |@100"));
  assert_false(waits_at_all(state, "Go then P within 1 h", "Go@0 Go@50 |@200"));
  assert_false(waits_at_all(state, "Go then P within 1 h", "P@0 |@1"));
}

static void test_a_journey_begins_in_the_record_that_waited(void **state)
{
  Arena *arena = *state;
  Tale *tale = tale_of(state, arena_printf(arena, WAITS, "2 Go within 1 h"));
  assert_string_equal(tale_play(tale, "Go@0 Go@30 A@40 |@45 Go@50 Bye@60 Go@70 |@75"),
                      "sco produced c1@40");
  assert_int_equal(engine_counts(tale->engine)->experiences[0].closing, 1);
  assert_string_equal(tale_play(tale, "Go@80 |@4000"),
                      "missed M c1@100  ended c1@100  sco missed c1@260  expired c1@1520");
  assert_true(is_empty(tale->engine));
  tale_free(tale);
}

/* ---- memory that is refused ---- */

typedef struct Refused {
  Arena *arena;
  Tale *tale;
  const char *story;
} Refused;

static void play_refused(Mem *mem, void *user)
{
  Refused *refused = user;
  Tale *tale = refused->tale;
  tale->mem = mem;
  batch_init(&tale->batch, mem);
  outcomes_init(&tale->outcomes, mem);
  tale->decoder = decoder_new(tale->plan, mem);
  tale->engine = engine_new(tale->plan, mem, &tale->options);
  tale_play(tale, refused->story);
}

static void undo_refused(void *user)
{
  Tale *tale = ((Refused *)user)->tale;
  tale_free(tale);
  tale->engine = NULL;
  tale->decoder = NULL;
}

static void test_refused_memory_leaves_nothing_behind(void **state)
{
  Refused refused = {*state, tale_of(state, SALE), story};
  undo_refused(&refused);
  assert_true(refuse_each_resize(play_refused, undo_refused, &refused) > 10);
  refused.story = many_closing(*state);
  assert_true(refuse_each_resize(play_refused, undo_refused, &refused) > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_what_happens_in_one_story),
    ARENA_TEST(test_batches_make_no_difference),
    ARENA_TEST(test_what_is_over_is_given_back),
    ARENA_TEST(test_events_that_reach_nobody_leave_nothing),
    ARENA_TEST(test_a_moment_hears_outcomes_however_many_opened_since),
    ARENA_TEST(test_many_journeys_of_one_key_are_heard_and_given_back),
    ARENA_TEST(test_counts),
    ARENA_TEST(test_records_that_are_not_wanted_are_only_counted),
    ARENA_TEST(test_what_is_open),
    ARENA_TEST(test_shards_share_the_keys),
    ARENA_TEST(test_one_key_alone),
    ARENA_TEST(test_a_record_waits_while_its_window_lasts),
    ARENA_TEST(test_a_journey_begins_in_the_record_that_waited),
    ARENA_TEST(test_refused_memory_leaves_nothing_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
