/*
 * test_api_test.c - what the tests in the rules say, through the library.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mot/tools.h"
#include "tests/support/running.h"

static const char rules_text[] =
  "event Asked { customer: id  urgent: bool?  share: percent?  price: money(EUR)?  kind: one of a, b = \"B!\" }\n"
  "event Done { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager }\n"
  "experience Help \"Help\" { for customer manager ana starts on Asked expires after 10 d\n"
  "  sco \"I am helped\" Done within 3 d\n"
  "  mot Fast \"You are fast\" { manager ana when Asked or Done smoto Done within 2 h target 90% over 1 d min 1 cases } }\n"
  "test \"ä one\" {\n"
  "  at 2026-03-02 09:00 Asked { customer \"c}1\" urgent true share 95% price 12.50 EUR kind b }  # a } comment\n"
  "  after 1 h Done { customer \"#\" }\n"
  "  end at 2026-03-03\n"
  "  expect no missed Fast for \"c1\"   # why\n"
  "    at 2026-03-02 11:00\n"
  "  expect alert to ana severity high  expect correct overdue ana expect journey expect void sco expect breached Fast\n"
  "}\n"
  "test \"two\" { at 2026-03-02 09:00 Done { customer \"c\" } expect no journey }\n";

static mot_rules *make_rules(void)
{
  return running_rules(rules_text);
}

static void same_text(const char *text, const char *found, size_t size)
{
  assert_int_equal(size, strlen(text));
  assert_memory_equal(text, found, size);
}

static void tests_and_steps(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_test_info info;
  mot_test_step step;
  assert_true(mot_rules_test(rules, 0, &info));
  assert_string_equal(info.name, "ä one");
  assert_int_equal(info.place.line, 7);
  assert_int_equal(info.place.column, 1);
  assert_int_equal(info.steps, 3);
  assert_int_equal(info.expectations, 6);
  assert_true(mot_rules_test_step(rules, 0, 0, &step));
  assert_int_equal(step.event, mot_rules_event(rules, "Asked"));
  assert_int_equal(step.time, INT64_C(1772442000000000));
  assert_int_equal(step.values, 5);
  assert_int_equal(step.place.line, 8);
  same_text("at 2026-03-02 09:00 Asked { customer \"c}1\" urgent true share 95% price 12.50 EUR kind b }",
            strstr(rules_text, "at 2026"), step.place.length);
  assert_true(mot_rules_test_step(rules, 0, 1, &step));
  assert_int_equal(step.place.end_column, step.place.column + strlen("after 1 h Done { customer \"#\" }"));
  assert_true(mot_rules_test_step(rules, 0, 2, &step));
  assert_int_equal(step.event, MOT_NOT_FOUND);
  assert_int_equal(step.time, INT64_C(1772496000000000));
  assert_false(mot_rules_test_step(rules, 0, 3, &step));
  assert_true(mot_rules_test(rules, 1, &info));
  assert_false(mot_rules_test(rules, 2, &info));
  assert_false(mot_rules_test_step(rules, 2, 0, &step));
  mot_rules_free(rules);
}

static void values(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_given given[5];
  for (size_t i = 0; i < 5; i++) assert_true(mot_rules_test_value(rules, 0, 0, i, &given[i]));
  assert_int_equal(given[0].kind, MOT_GIVEN_TEXT);
  same_text("c}1", given[0].text, given[0].size);
  assert_int_equal(given[1].kind, MOT_GIVEN_INT);
  assert_int_equal(given[1].integer, 1);
  assert_int_equal(given[2].kind, MOT_GIVEN_NUMBER);
  assert_true(given[2].number == 0.95);
  assert_int_equal(given[3].integer, 1250);
  same_text("B!", given[4].text, given[4].size);
  assert_int_equal(given[4].field, 4);
  assert_false(mot_rules_test_value(rules, 0, 0, 5, given));
  assert_false(mot_rules_test_value(rules, 0, 2, 0, given));
  assert_false(mot_rules_test_value(rules, 9, 0, 0, given));
  mot_rules_free(rules);
}

static void expectations(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_expectation e;
  assert_true(mot_rules_expectation(rules, 0, 0, &e));
  assert_int_equal(e.kind, MOT_EXPECT_MOMENT);
  assert_true(e.negated);
  assert_int_equal(e.outcome, MOT_MISSED);
  assert_int_equal(e.mot, 0);
  assert_string_equal(e.key, "c1");
  assert_int_equal(e.at, INT64_C(1772449200000000));
  assert_int_equal(e.place.line, 11);
  assert_int_equal(e.place.end_line, 12);
  assert_true(mot_rules_expectation(rules, 0, 1, &e));
  assert_int_equal(e.kind, MOT_EXPECT_ALERT);
  assert_string_equal(e.severity, "high");
  assert_int_equal(e.owner, 0);
  assert_int_equal(e.at, MOT_NO_TIME);
  assert_null(e.key);
  assert_int_equal(e.place.length, strlen("expect alert to ana severity high"));
  assert_true(mot_rules_expectation(rules, 0, 2, &e));
  assert_int_equal(e.kind, MOT_EXPECT_CORRECTION);
  assert_int_equal(e.state, MOT_STATE_OVERDUE);
  assert_true(mot_rules_expectation(rules, 0, 3, &e));
  assert_int_equal(e.kind, MOT_EXPECT_JOURNEY);
  assert_true(mot_rules_expectation(rules, 0, 4, &e));
  assert_int_equal(e.kind, MOT_EXPECT_SCO);
  assert_int_equal(e.outcome, MOT_VOID);
  assert_true(mot_rules_expectation(rules, 0, 5, &e));
  assert_int_equal(e.kind, MOT_EXPECT_TARGET);
  assert_int_equal(e.state, MOT_STATE_BREACHED);
  assert_int_equal(e.mot, 0);
  assert_false(mot_rules_expectation(rules, 0, 6, &e));
  mot_rules_free(rules);
}

static void sources_and_triggers(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_test_info info;
  mot_trigger trigger;
  size_t size;
  assert_true(mot_rules_test(rules, 0, &info));
  const char *line = mot_rules_source_line(rules, info.place.file, 10, &size);
  same_text("  end at 2026-03-03", line, size);
  assert_null(mot_rules_source_line(rules, info.place.file, 0, &size));
  assert_null(mot_rules_source_line(rules, info.place.file, 99, &size));
  assert_null(mot_rules_source_line(rules, "elsewhere.mot", 1, &size));
  assert_true(mot_rules_start(rules, 0, 0, &trigger));
  assert_int_equal(trigger.event, mot_rules_event(rules, "Asked"));
  assert_int_equal(trigger.mot, MOT_NOT_FOUND);
  assert_false(mot_rules_start(rules, 0, 1, &trigger));
  assert_false(mot_rules_start(rules, 1, 0, &trigger));
  assert_true(mot_rules_opening(rules, 0, 0, &trigger));
  assert_true(mot_rules_opening(rules, 0, 1, &trigger));
  assert_int_equal(trigger.event, mot_rules_event(rules, "Done"));
  assert_false(mot_rules_opening(rules, 0, 2, &trigger));
  assert_false(mot_rules_opening(rules, 1, 0, &trigger));
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(tests_and_steps),
    cmocka_unit_test(values),
    cmocka_unit_test(expectations),
    cmocka_unit_test(sources_and_triggers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
