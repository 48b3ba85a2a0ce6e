/*
 * test_report_session.c - the review of a run, from its rules and events.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/session.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" zone \"Europe/Amsterdam\" }\n"
  "event Asked { customer: id  order: id }\n"
  "event Answered { customer: id  agent: text? }\n"
  "event Unheard { customer: id }\n"
  "event Said { customer: id  score: int in 0..10 }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager reports to ana }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Help \"Help\" { for customer, order manager ana starts on Asked expires after 10 d\n"
  "  value 20 EUR  sentiment Said.score\n"
  "  sco \"I am helped\" Answered within 3 d\n"
  "  mot Fast \"You answer fast\" { manager ben producers desk by last(Answered).agent\n"
  "    when Asked smoto Answered within 2 h impact -5 EUR when missed target 90% over 1 d min 1 cases } }\n"
  "nsat Star \"Star\" for Help {\n"
  "  goal Helped \"Helped\" { owner ana measure sco target 90% over 7 d min 1 cases\n"
  "    goal Quick \"Quick\" { owner desk measure Fast target 90% over 7 d min 1 cases } } }\n";

static const char events_text[] =
  "{\"type\":\"Asked\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"c1\",\"order\":\"o1\"}\n"
  "{\"type\":\"Answered\",\"time\":\"2026-03-02T10:00:00Z\",\"customer\":\"c1\",\"agent\":\"ann\"}\n"
  "{\"type\":\"Asked\",\"time\":\"2026-03-02T12:00:00Z\",\"customer\":\"c2\",\"order\":\"o2\"}\n"
  "{\"type\":\"Poll\",\"time\":\"2026-03-03T12:00:00Z\",\"customer\":\"c2\"}\n"
  "{\"type\":\"Said\",\"time\":\"2026-03-03T13:00:00Z\",\"customer\":\"c2\",\"score\":3}\n"
  "{\"type\":\"Unheard\",\"time\":\"2026-03-20T12:00:00Z\",\"customer\":\"c2\"}\n";

static const ReviewAsk everything = {
  .period = {MOT_NO_TIME, MOT_NO_TIME},
  .previous = {MOT_NO_TIME, MOT_NO_TIME},
  .experience = MOT_NOT_FOUND,
};

typedef struct Reviewed {
  mot_rules *rules;
  mot_run *run;
  ReviewSession *session;
  const Review *review;
} Reviewed;

static void review_all(Reviewed *reviewed, const ReviewAsk *ask)
{
  mot_run_options options = {.records = REVIEW_RECORDS};
  reviewed->rules = running_rules(rules_text);
  assert_int_equal(mot_run_open(reviewed->rules, &options, &reviewed->run, NULL), MOT_OK);
  reviewed->session = review_open(reviewed->rules, ask);
  assert_non_null(reviewed->session);
  mot_run_source(reviewed->run, "events", MOT_NDJSON);
  mot_run_feed(reviewed->run, events_text, strlen(events_text));
  assert_true(review_take(reviewed->session, reviewed->run));
  mot_run_end(reviewed->run, MOT_NO_TIME);
  assert_true(review_take(reviewed->session, reviewed->run));
  reviewed->review = review_close(reviewed->session, reviewed->run);
  assert_non_null(reviewed->review);
}

static void done(Reviewed *reviewed)
{
  review_free(reviewed->session);
  mot_run_free(reviewed->run);
  mot_rules_free(reviewed->rules);
}

static void a_review_knows_what_the_rules_say(void **state)
{
  (void)state;
  Reviewed reviewed;
  review_all(&reviewed, &everything);
  const ReviewRules *rules = reviewed.review->rules;
  assert_int_equal(rules->experience_count, 1);
  assert_string_equal(rules->experiences[0].info.title, "Help");
  assert_string_equal(rules->experiences[0].keys[1], "order");
  assert_int_equal(rules->mot_count, 1);
  assert_string_equal(rules->owners[rules->mots[0].producers[0]].name, "desk");
  assert_int_equal(rules->goal_count, 2);
  assert_int_equal(rules->target_count, 3);
  assert_int_equal(strlen(rules->hash), 32);
  done(&reviewed);
}

static void a_review_has_the_figures_of_its_run(void **state)
{
  (void)state;
  Reviewed reviewed;
  review_all(&reviewed, &everything);
  const ReviewExperience *help = &reviewed.review->experiences[0];
  assert_int_equal(help->started, 2);
  assert_int_equal(help->over, 2);
  assert_int_equal(help->sco.produced, 1);
  assert_int_equal(help->sco.missed, 1);
  assert_int_equal(help->mots[0].contribution.cases[0], 1);
  assert_int_equal(help->mots[0].contribution.hits[0], 1);
  assert_true(help->journey_disruption.value == 50);
  assert_int_equal(help->value.amounts[0].sum.integer, 4000);
  assert_string_equal(help->value.amounts[0].currency, "EUR");
  assert_int_equal(help->impact.amounts[0].sum.integer, -500);
  assert_int_equal(help->sentiment.said, 1);
  assert_int_equal(help->sentiment.missed_cases, 1);
  assert_int_equal(help->individual_count, 2);
  assert_string_equal(help->individuals[0].who, "ann");
  assert_true(help->individuals[1].nobody); /* the one that nobody answered */
  assert_int_equal(help->individuals[1].rate.missed, 1);
  assert_string_equal(help->good.keys[1], "o1");
  assert_string_equal(help->bad.keys[0], "c2");
  assert_int_equal(help->bad.moment_count, 2);
  assert_string_equal(help->bad.moments[0].because, "no Answered by 2026-03-02T14:00:00.000Z");
  done(&reviewed);
}

static void a_review_has_where_targets_and_goals_stand(void **state)
{
  (void)state;
  Reviewed reviewed;
  review_all(&reviewed, &everything);
  const Review *review = reviewed.review;
  assert_int_equal(review->goal_count, 2);
  assert_int_equal(review->goals[1].depth, 1);
  assert_int_equal(review->targets[0].breached, 1);
  assert_int_equal(review->landscape.events, 6);
  assert_int_equal(review->landscape.touched, 3);
  assert_int_equal(review->landscape.unmapped, 2);
  assert_string_equal(review->landscape.types[0].type, "Poll");
  done(&reviewed);
}

/* Days are those of Amsterdam: the first begins at 23:00 UTC. */
static void periods_are_those_of_the_zone(void **state)
{
  (void)state;
  Reviewed reviewed;
  review_all(&reviewed, &everything);
  int64_t start;
  assert_true(mot_rules_time(reviewed.rules, "2026-03-01T23:00:00Z", &start));
  assert_int_equal(reviewed.review->period.from, start);
  assert_int_equal(reviewed.review->step, REVIEW_BY_DAY);
  assert_int_equal(reviewed.review->point_count, 19);
  done(&reviewed);
}

static ReviewSpan span_of(const mot_rules *rules, const char *from, const char *to)
{
  ReviewSpan span;
  assert_true(mot_rules_time(rules, from, &span.from));
  assert_true(mot_rules_time(rules, to, &span.to));
  return span;
}

static void before_is(const char *from, const char *to, const char *from_before)
{
  mot_rules *rules = running_rules(rules_text);
  ReviewSpan before, expected = span_of(rules, from_before, from);
  assert_true(review_period_before(rules, span_of(rules, from, to), &before));
  assert_int_equal(before.from, expected.from);
  assert_int_equal(before.to, expected.to);
  mot_rules_free(rules);
}

static void the_period_before_is_of_the_same_kind_or_as_long(void **state)
{
  (void)state;
  before_is("2026-03-01", "2026-04-01", "2026-02-01");
  before_is("2026-04-01", "2026-07-01", "2026-01-01");
  before_is("2026-01-01", "2027-01-01", "2025-01-01");
  before_is("2026-03-30", "2026-03-31", "2026-03-29"); /* the day of the clock change has 23 hours */
  before_is("2026-03-02", "2026-03-09", "2026-02-23");
  before_is("2026-03-02", "2026-03-04", "2026-02-28");
  before_is("2026-03-20", "2026-04-04", "2026-03-05"); /* days of the calendar, across the change */
  before_is("2026-01-01", "2026-03-01", "2025-11-01");
  mot_rules *rules = running_rules(rules_text);
  ReviewSpan before;
  assert_false(review_period_before(rules, everything.period, &before));
  mot_rules_free(rules);
}

static void a_period_is_compared_with_the_one_before(void **state)
{
  (void)state;
  Reviewed reviewed;
  mot_rules *rules = running_rules(rules_text);
  ReviewAsk ask = everything;
  ask.period = span_of(rules, "2026-03-03", "2026-03-10");
  assert_true(review_period_before(rules, ask.period, &ask.previous));
  mot_rules_free(rules);
  review_all(&reviewed, &ask);
  const ReviewExperience *help = &reviewed.review->experiences[0];
  assert_int_equal(help->sco.missed, 1);
  assert_int_equal(help->sco.produced, 0);
  assert_int_equal(help->sco_change.previous.produced, 1);
  assert_int_equal(help->moments.produced + help->moments.missed, 0);
  assert_true(help->disruption < 0);
  assert_true(help->disruption_before == 50);
  done(&reviewed);
}

/* ---- memory ---- */

/* One pass in which request `n` and all after it are refused; true: it got through. */
static bool try_refusing(const mot_rules *rules, size_t n)
{
  FailingAlloc alloc;
  failing_alloc_init(&alloc, n);
  mot_allocator allocator = {failing_resize, &alloc};
  mot_run_options options = {.records = REVIEW_RECORDS};
  ReviewAsk ask = everything;
  ask.allocator = &allocator;
  mot_run *run;
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  ReviewSession *session = review_open(rules, &ask);
  mot_run_source(run, "events", MOT_NDJSON);
  mot_run_feed(run, events_text, strlen(events_text));
  mot_run_end(run, MOT_NO_TIME);
  bool through = session && review_take(session, run) && review_close(session, run) != NULL;
  if (session && !through) assert_null(review_close(session, run));
  review_free(session);
  mot_run_free(run);
  assert_int_equal(alloc.pieces, 0);
  return through;
}

static void refused_memory_is_said_and_all_is_given_back(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  size_t n = 1;
  while (!try_refusing(rules, n)) n++;
  assert_true(n > 5);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_review_knows_what_the_rules_say),
    cmocka_unit_test(a_review_has_the_figures_of_its_run),
    cmocka_unit_test(a_review_has_where_targets_and_goals_stand),
    cmocka_unit_test(periods_are_those_of_the_zone),
    cmocka_unit_test(the_period_before_is_of_the_same_kind_or_as_long),
    cmocka_unit_test(a_period_is_compared_with_the_one_before),
    cmocka_unit_test(refused_memory_is_said_and_all_is_given_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
