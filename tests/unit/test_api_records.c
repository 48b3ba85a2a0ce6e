/* What records and rules say through the library, beyond their heads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mot/tools.h"
#include "tests/support/running.h"

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" zone \"Europe/Amsterdam\" }\n"
  "event A { customer: id  order: id  agent: id  price: money(EUR) } event B { customer: id  ok: bool }\n"
  "event Survey { customer: id  score: int }\n"
  "owner ana \"Ana Ruiz\" { role experience_manager  contact \"mailto:ana@x.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@x.example\" }\n"
  "team desk \"Desk\" { lead ben  role producer } team crew \"Crew\" { lead ben  role producer }\n"
  "experience E \"Title of E\" { for customer, order manager ana starts on A expires after 10 d value start.price\n"
  "  sentiment avg(Survey.score)\n"
  "  sco \"In words\" B where ok within 2 d\n"
  "  mot M \"Title of M\" { manager ben producers desk, crew by agent weight 2 critical when A smoto B within 1 h\n"
  "    target 90% over 1 d min 5 cases  impact -12.50 EUR when missed\n"
  "    on missed { alert ben severity high \"{customer} \\\"waits\\\"\" correct \"Call\" by desk within 1 h } } }\n"
  "metric Score = avg(Survey.score) by customer per 1 d\n"
  "nsat N \"Of N\" for E { goal Top \"Of Top\" { owner ana measure sco target 90% over 30 d\n"
  "  goal Each \"Of Each\" each agent { owner ben measure M target 80% over 30 d } } }\n"
  "review Often { every 2 weeks on E chair ana }\n";

/* ---- rules ---- */

static void test_people(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_owner_info info, above;
  assert_true(mot_rules_owner_info(rules, 1, &info));
  assert_string_equal(info.name, "ben");
  assert_string_equal(info.title, "Ben");
  assert_string_equal(info.contact, "mailto:ben@x.example");
  assert_string_equal(info.role, "mot_manager");
  assert_false(info.team);
  assert_true(mot_rules_owner_info(rules, info.above, &above));
  assert_string_equal(above.name, "ana");
  assert_int_equal(above.above, MOT_NOT_FOUND);
  assert_true(mot_rules_owner_info(rules, 2, &info));
  assert_true(info.team);
  assert_int_equal(info.above, 1);
  assert_false(mot_rules_owner_info(rules, 4, &info));
  mot_rules_free(rules);
}

static void test_experiences_and_mots(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_experience_info e;
  mot_mot_info m;
  mot_owner_info team;
  assert_true(mot_rules_experience_info(rules, 0, &e));
  assert_string_equal(e.title, "Title of E");
  assert_string_equal(e.sco, "In words");
  assert_int_equal(e.manager, 0);
  assert_int_equal(e.mots, 1);
  assert_int_equal(e.value, MOT_TYPE_MONEY);
  assert_int_not_equal(e.sentiment, MOT_TYPE_NONE);
  assert_string_equal(mot_rules_key_name(rules, 0, 1), "order");
  assert_null(mot_rules_key_name(rules, 0, 2));
  assert_null(mot_rules_key_name(rules, 1, 0));
  assert_true(mot_rules_mot_info(rules, 0, &m));
  assert_string_equal(m.title, "Title of M");
  assert_true(m.critical && m.grouped);
  assert_true(m.weight == 2);
  assert_int_equal(m.producers, 2);
  assert_true(mot_rules_owner_info(rules, mot_rules_producer(rules, 0, 1), &team));
  assert_string_equal(team.name, "crew");
  assert_int_equal(mot_rules_producer(rules, 0, 2), MOT_NOT_FOUND);
  assert_int_equal(mot_rules_producer(rules, 1, 0), MOT_NOT_FOUND);
  assert_false(mot_rules_experience_info(rules, 1, &e));
  assert_false(mot_rules_mot_info(rules, 1, &m));
  mot_rules_free(rules);
}

static void test_targets_goals_metrics_and_reviews(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_target_info t;
  mot_goal_info g;
  mot_metric_info metric;
  mot_review_info review;
  char hash[33];
  assert_true(mot_rules_target_info(rules, 0, &t));
  assert_string_equal(t.text, "90% over 1 d min 5 cases");
  assert_true(t.mot == 0 && t.experience == 0 && t.goal == MOT_NOT_FOUND && t.more_is_better);
  assert_true(t.value.type == MOT_TYPE_PERCENT && t.value.number == 0.9);
  assert_int_equal(t.min_cases, 5);
  assert_true(mot_rules_target_info(rules, 2, &t));
  assert_true(t.goal == 1 && t.mot == MOT_NOT_FOUND);
  assert_false(mot_rules_target_info(rules, 3, &t));
  assert_true(mot_rules_goal_info(rules, 1, &g));
  assert_string_equal(g.name, "Each");
  assert_string_equal(g.nsat_title, "Of N");
  assert_string_equal(g.each, "agent");
  assert_string_equal(g.measure, "M");
  assert_true(g.parent == 0 && g.owner == 1 && g.mot == 0 && g.first_target == 2 && g.targets == 1);
  assert_true(mot_rules_goal_info(rules, 0, &g));
  assert_string_equal(g.measure, "sco");
  assert_int_equal(g.parent, MOT_NOT_FOUND);
  assert_true(mot_rules_metric_info(rules, 0, &metric));
  assert_string_equal(metric.groups[0], "customer");
  assert_string_equal(metric.groups[1], "");
  assert_int_equal(metric.type, MOT_TYPE_NUMBER);
  assert_true(mot_rules_review_info(rules, 0, &review));
  assert_string_equal(review.name, "Often");
  assert_true(review.unit == MOT_WEEKS && review.every == 2 && review.chair == 0);
  assert_false(mot_rules_review_info(rules, 1, &review));
  mot_rules_hash(rules, hash);
  assert_int_equal(strlen(hash), 32);
  assert_int_equal(strspn(hash, "0123456789abcdef"), 32);
  mot_rules_free(rules);
}

static void test_times_of_the_rules_zone(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  int64_t time, from, to, wanted;
  char text[64];
  assert_true(mot_rules_time(rules, "2026-03-29T12:30:00.5", &time)); /* a day of 23 hours */
  assert_int_equal(mot_rules_local_time(rules, time, text, sizeof text), strlen("2026-03-29 12:30:00.5"));
  assert_string_equal(text, "2026-03-29 12:30:00.5");
  assert_int_equal(mot_rules_local_time(rules, time, text, 5), strlen("2026-03-29 12:30:00.5"));
  assert_string_equal(text, "2026");
  assert_true(mot_rules_period(rules, time, MOT_DAYS, 1, 0, &from, &to));
  assert_int_equal(to - from, 23 * HOUR);
  assert_true(mot_rules_period(rules, time, MOT_MONTHS, 1, -1, &from, &to));
  assert_true(mot_rules_time(rules, "2026-02-01", &wanted) && from == wanted);
  assert_true(mot_rules_time(rules, "2026-03-01", &wanted) && to == wanted);
  assert_true(mot_rules_period(rules, time, MOT_YEARS, 1, 1, &from, &to));
  assert_true(mot_rules_time(rules, "2027-01-01", &wanted) && from == wanted);
  assert_false(mot_rules_period(rules, time, MOT_YEARS, 1, 9000, &from, &to));
  assert_false(mot_rules_period(rules, time, MOT_YEARS, 0, 0, &from, &to));
  assert_false(mot_rules_period(rules, time, (mot_unit)77, 1, 0, &from, &to));
  mot_rules_free(rules);
}

/* ---- records ---- */

static const char stream[] =
  "{\"type\":\"A\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"c1\",\"order\":\"o1\",\"agent\":\"t7\",\"price\":20}\n"
  "{\"type\":\"B\",\"time\":\"2026-03-02T10:00:01Z\",\"customer\":\"c1\",\"ok\":true}\n"
  "{\"type\":\"Survey\",\"time\":\"2026-03-02T11:00:00Z\",\"customer\":\"c1\",\"score\":9}\n"
  "{\"type\":\"B\",\"time\":\"2026-03-20T10:00:00Z\",\"customer\":\"c2\",\"ok\":true}\n";

static mot_run *run_all(const mot_rules *rules)
{
  mot_run *run;
  mot_run_options options = {.records = MOT_RECORDS_DEFAULT | MOT_RECORD_MEASURE | MOT_RECORD_SENTIMENT};
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "s", MOT_NDJSON), MOT_OK);
  assert_int_equal(mot_run_feed(run, stream, sizeof stream - 1), MOT_OK);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  return run;
}

/* The next record of a kind; false: there is none. */
static bool next_of(mot_run *run, unsigned kind, mot_record *ret)
{
  while (mot_run_next(run, ret))
    if (ret->kind == kind) return true;
  return false;
}

static void assert_text(mot_value value, const char *wanted)
{
  assert_int_equal(value.type, MOT_TYPE_TEXT);
  assert_int_equal(value.size, strlen(wanted));
  assert_memory_equal(value.text, wanted, value.size);
}

static void test_moments_and_journeys(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = run_all(rules);
  mot_record record;
  mot_moment moment;
  mot_act act;
  assert_true(next_of(run, MOT_RECORD_MOMENT, &record));
  assert_true(record.started == record.opened && record.outcome == MOT_MISSED);
  assert_true(mot_record_moment(run, &record, &moment));
  assert_false(mot_record_act(run, &record, &act));
  assert_text(moment.group, "t7");
  assert_true(moment.impact.type == MOT_TYPE_MONEY && moment.impact.integer == -1250 && moment.impact.exponent == 2);
  assert_string_equal(moment.impact.currency, "EUR");
  assert_string_equal(moment.because, "no B by 2026-03-02T10:00:00.000Z");
  assert_true(next_of(run, MOT_RECORD_JOURNEY, &record));
  assert_true(mot_record_moment(run, &record, &moment));
  assert_true(moment.missed == 1 && moment.produced == 0 && moment.disruption == 100);
  assert_true(moment.impact.integer == 2000);
  assert_null(moment.because);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void test_alerts_and_corrections(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = run_all(rules);
  mot_record record;
  mot_moment moment;
  mot_act act;
  size_t size;
  assert_true(next_of(run, MOT_RECORD_ALERT, &record));
  assert_false(mot_record_moment(run, &record, &moment));
  assert_true(mot_record_act(run, &record, &act));
  assert_int_equal(act.state, MOT_STATE_RAISED);
  assert_string_equal(mot_state_name(act.state), "raised");
  assert_string_equal(act.id, "E.M:missed/c1/o1/2026-03-02T09:00:00.000Z");
  assert_string_equal(act.text, "c1 \"waits\"");
  assert_string_equal(act.severity, "high");
  assert_string_equal(act.cause, "missed");
  assert_int_equal(act.owner, 1);
  assert_memory_equal(mot_record_key(run, &record, 1, &size), "o1", 2);
  assert_true(next_of(run, MOT_RECORD_CORRECTION, &record));
  assert_true(mot_record_act(run, &record, &act));
  assert_int_equal(act.state, MOT_STATE_OPENED);
  assert_string_equal(act.text, "Call");
  assert_int_equal(act.due, record.time + HOUR);
  assert_null(act.severity);
  mot_act_stats stats;
  mot_run_act_stats(run, &stats);
  assert_true(stats.opened == 1 && stats.overdue == 1 && stats.withdrawn == 1 && stats.open == 0);
  assert_true(stats.raised == 2 && stats.cleared == 2 && stats.active == 0);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void test_measures_and_sentiments(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = run_all(rules);
  mot_record record;
  mot_act act;
  assert_true(next_of(run, MOT_RECORD_SENTIMENT, &record));
  assert_true(mot_record_act(run, &record, &act));
  assert_true(act.value.type == MOT_TYPE_INT ? act.value.integer == 9 : act.value.number == 9);
  assert_true(next_of(run, MOT_RECORD_MEASURE, &record));
  assert_true(mot_record_act(run, &record, &act));
  assert_true(act.metric == 0 && act.cases == 1 && act.group_count == 1 && act.value.number == 9);
  assert_text(act.groups[0], "c1");
  assert_int_equal(act.to - act.from, 24 * HOUR);
  mot_run_free(run);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_people),
    cmocka_unit_test(test_experiences_and_mots),
    cmocka_unit_test(test_targets_goals_metrics_and_reviews),
    cmocka_unit_test(test_times_of_the_rules_zone),
    cmocka_unit_test(test_moments_and_journeys),
    cmocka_unit_test(test_alerts_and_corrections),
    cmocka_unit_test(test_measures_and_sentiments),
  };
  return cmocka_run_group_tests_name("api_records", tests, NULL, NULL);
}
