/* Values in words, and ids of alerts and corrections. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/act_id.h"
#include "runtime/words.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

static const char rules[] =
  "module some.rules\nstream { type from \"t\" time from \"at\" zone \"Europe/Amsterdam\" }\n"
  "event Go { customer: id  price: money(EUR)  yen: money(JPY)  kind: one of basic, max }\n"
  "event A { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:a@b.example\" }\n"
  "team care \"Care\" { lead ana  role producer }\n"
  "experience X \"An experience\" {\n  for customer\n  manager ana\n  starts on Go\n"
  "  sco \"well\" A within 1 d\n"
  "  expires after 2 d\n  on missed { alert ana  alert care }\n"
  "  mot M \"M\" {\n    manager ana  producers care  target 90% over 7 d\n    when Go\n"
  "    smoto A within 1 h\n"
  "    impact start.price when missed\n    impact start.yen when produced\n"
  "    on missed { alert ana  correct \"call\" by care within 1 h }\n    on produced { alert ana }\n"
  "    on missed { alert care }\n    on breached { alert ana }\n"
  "    on at risk 5 min before deadline { alert ana }\n"
  "  }\n}\n"
  "nsat N \"N\" for X {\n  goal G \"G\" {\n    owner ana\n    measure M\n    target 90% over 7 d\n"
  "    on met { alert ana }\n  }\n}\n";

static Module module_of(void **state)
{
  Compiled compiled = compiled_text(*state, "rules.mot", rules);
  assert_string_equal(compiled.errors, "");
  return compiled.module;
}

static char text[256];

static const char *ended(char *to)
{
  *to = 0;
  return text;
}

static void test_lengths(void **state)
{
  (void)state;
  const int64_t second = 1000000;
  assert_string_equal(ended(spell_duration(text, 0)), "0 s");
  assert_string_equal(ended(spell_duration(text, 90 * 60 * second)), "1 h 30 min");
  assert_string_equal(ended(spell_duration(text, 86400 * second + 5 * second)), "1 d 5 s");
  assert_string_equal(ended(spell_duration(text, second + 250500)), "1 s 250.5 ms");
  assert_string_equal(ended(spell_duration(text, 250)), "0.25 ms");
  assert_string_equal(ended(spell_duration(text, 1)), "0.001 ms");
  assert_string_equal(ended(spell_duration(text, -90 * second)), "-1 min 30 s");
  assert_string_equal(ended(spell_duration(text, INT64_MIN)), "-106751991 d 4 h 54 s 775.808 ms");
}

static void test_percentages_and_numbers(void **state)
{
  (void)state;
  assert_string_equal(ended(spell_percent(text, 0.95)), "95%");
  assert_string_equal(ended(spell_percent(text, 0.07)), "7%");
  assert_string_equal(ended(spell_percent(text, 0.915)), "91.5%");
  assert_string_equal(ended(spell_percent(text, 0)), "0%");
  assert_string_equal(ended(spell_percent(text, 1)), "100%");
  assert_string_equal(ended(spell_percent(text, -0.001)), "-0.1%");
  assert_string_equal(ended(spell_percent(text, 0.00025)), "0.025%");
  assert_string_equal(ended(spell_percent(text, 12)), "1200%");
  assert_string_equal(ended(spell_percent(text, 1.0 / 3)), "33.33333333333333%");
  assert_string_equal(ended(spell_number(text, 2.5)), "2.5");
  assert_string_equal(ended(spell_int(text, -7)), "-7");
}

static void test_times(void **state)
{
  Module module = module_of(state);
  ZoneView zone = module_zone(&module, module.Meta->zone);
  const int64_t at = INT64_C(1772445600000000); /* 2026-03-02 10:00 UTC */
  assert_string_equal(ended(spell_time(text, zone, at)), "2026-03-02 11:00");
  assert_string_equal(ended(spell_time(text, zone, at + 30000000)), "2026-03-02 11:00:30");
  assert_string_equal(ended(spell_time(text, zone, at + 30500000)), "2026-03-02 11:00:30.5");
  assert_string_equal(ended(spell_time(text, zone, at + 1)), "2026-03-02 11:00:00.000001");
}

static const char *spelt(const Module *module, uint32_t type, uint32_t listed, const VmValue *value)
{
  return ended(spell_value(text, module, (WordsType){type, MOT_NONE, listed}, value));
}

static void test_money_and_other_values(void **state)
{
  Module module = module_of(state);
  assert_int_equal(module.Currency_count, 2);
  assert_string_equal(ended(spell_money(text, &module, 0, 4500)), "45.00 EUR");
  assert_string_equal(ended(spell_money(text, &module, 0, -5)), "-0.05 EUR");
  assert_string_equal(ended(spell_money(text, &module, 1, 4500)), "4500 JPY");
  assert_string_equal(ended(spell_money(text, &module, 1, 0)), "0 JPY");
  VmValue value = {.i = 1}, name = {.s = {"Zoë", 4}};
  assert_string_equal(spelt(&module, VALUE_BOOL, MOT_NONE, &value), "yes");
  assert_string_equal(spelt(&module, VALUE_LISTED, 0, &value), "max");
  assert_string_equal(spelt(&module, VALUE_ID, MOT_NONE, &name), "Zoë");
  assert_string_equal(spelt(&module, VALUE_INT, MOT_NONE, NULL), "unknown");
}

/* ---- ids ---- */

static void test_rules_are_named(void **state)
{
  static const char *const names[] = {"X:missed", "X:missed-2", "X.M:missed", "X.M:missed-2", "X.M:produced",
                                      "X.M:missed-3", "X.M:breached", "X.M:at-risk", "N.G:met"};
  Module module = module_of(state);
  const ActRule *all = act_rules_new(&module, *state);
  uint32_t found = 0;
  for (uint32_t i = 0; i < module.Action_count; i++)
    for (uint32_t k = 0; k < sizeof names / sizeof *names; k++)
      found += all[i].len == strlen(names[k]) && memcmp(all[i].text, names[k], all[i].len) == 0;
  assert_int_equal(module.Action_count, sizeof names / sizeof *names);
  assert_int_equal(found, module.Action_count);
}

static void test_ids_are_put_together(void **state)
{
  (void)state;
  ActRule rule = {"X.M:missed", 10};
  char *to = act_id_rule(text, &rule);
  to = act_id_key(to, "a/b c%\x01\x7f \xc3\xa9", strlen("a/b c%\x01\x7f \xc3\xa9"));
  to = act_id_opening(act_id_key(to, "", 0), INT64_C(1772445600000000));
  assert_string_equal(ended(act_id_overdue(to)),
                      "X.M:missed/a%2Fb%20c%25%01%7F%20é//2026-03-02T10:00:00.000Z:overdue");
  assert_string_equal(ended(act_id_number(text, 4294967295u)), "/4294967295");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_lengths),
    cmocka_unit_test(test_percentages_and_numbers),
    ARENA_TEST(test_times),
    ARENA_TEST(test_money_and_other_values),
    ARENA_TEST(test_rules_are_named),
    cmocka_unit_test(test_ids_are_put_together),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
