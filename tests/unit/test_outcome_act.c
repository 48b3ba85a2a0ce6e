/* Records of targets, alerts, corrections, measures, goals and sentiments: their JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/outcome.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)
#define MONDAY (INT64_C(1772442000) * SECOND) /* 2026-03-02T09:00:00Z */

static const char rules[] =
  "module some.rules\n"
  "event Order { customer: id  order: id  agent: id  price: money(EUR) }\n"
  "event Call { customer: id  order: id  wait: duration  channel: one of phone, chat }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { lead ben  role producer }\n"
  "experience Sale \"A sale\" {\n  for customer, order\n  manager ana\n  starts on Order\n"
  "  sco \"it works\" Call within 20 d\n  expires after 30 d\n"
  "  mot Quick \"Quick\" { manager ben producers care by agent when Order smoto Call where wait > 0.5 s within 1 d"
  "    target 97% over 7 d min 30 cases }\n}\n"
  "metric Wait = p95(Call.wait) by channel, order per 1 h\n"
  "metric Calls = count(Call) per 1 d\n"
  "nsat NorthStar \"North\" for Sale {\n"
  "  goal Whole \"Whole\" { owner ana measure sco target 90% over 30 d\n"
  "    goal Visits \"Visits\" each agent { owner ben measure Quick target 95% over 7 d } }\n}\n";

typedef struct Bench {
  Module module;
  const RecordForms *forms;
  union {
    ActRecord act;
    char bytes[sizeof(ActRecord) + 512];
  } record;
  uint32_t used; /* of the texts behind the record */
} Bench;

static Bench *bench_new(Arena *arena)
{
  Compiled compiled = compiled_text(arena, "rules.mot", rules);
  assert_string_equal(compiled.errors, "");
  Bench *bench = ARENA_NEW(arena, Bench);
  bench->module = compiled.module;
  bench->forms = record_forms_new(plan_new(&bench->module, arena), arena);
  return bench;
}

static OutcomeText text_new(Bench *bench, const char *text)
{
  OutcomeText ret = {(uint32_t)sizeof(ActRecord) + bench->used, (uint32_t)strlen(text)};
  assert_true(ret.at + ret.len <= sizeof bench->record);
  memcpy(bench->record.bytes + ret.at, text, ret.len);
  bench->used += ret.len;
  return ret;
}

static ActRecord *act_new(Bench *bench, OutcomeKind kind, ActState state)
{
  memset(&bench->record, 0, sizeof bench->record);
  bench->used = 0;
  ActRecord *act = &bench->record.act;
  act->base.kind = (uint8_t)kind;
  act->base.experience = act->base.mot = MOT_NONE;
  act->base.time = MONDAY;
  act->state = (uint8_t)state;
  act->owner = act->target = act->goal = act->metric = MOT_NONE;
  act->due = INT64_MAX;
  act->score = act->rolled_up = -1;
  return act;
}

/* It belongs to the journey of customer c1 and order o"1. */
static void set_keys(Bench *bench)
{
  OutcomeRecord *base = &bench->record.act.base;
  OutcomeText keys[2] = {text_new(bench, "c1"), text_new(bench, "o\"1")};
  while (bench->used % 8) bench->used++;
  base->keys = (OutcomeText){(uint32_t)sizeof(ActRecord) + bench->used, sizeof keys};
  memcpy(bench->record.bytes + base->keys.at, keys, sizeof keys);
  bench->used += sizeof keys;
  base->experience = 0;
}

static void expect(Bench *bench, const char *wanted)
{
  static char text[1 << 14];
  size_t room = outcome_json_room(bench->forms, &bench->record.act.base);
  assert_true(room < sizeof text);
  size_t len = outcome_json(bench->forms, &bench->record.act.base, text);
  assert_true(len <= room);
  text[len] = 0;
  assert_string_equal(text, wanted);
}

#define KEYS "\"key\":{\"customer\":\"c1\",\"order\":\"o\\\"1\"}"
#define WINDOW "\"window\":{\"from\":\"2026-03-02T08:00:00.000Z\",\"to\":\"2026-03-02T09:00:00.000Z\"}"
#define AT "\"at\":\"2026-03-02T09:00:00.000Z\""

static void set_window(ActRecord *act, OutcomeValue value, uint64_t cases)
{
  act->from = MONDAY - HOUR;
  act->to = MONDAY;
  act->value = value;
  act->cases = cases;
}

static void test_targets_of_a_mot_and_of_a_goal(void **state)
{
  Bench *bench = bench_new(*state);
  ActRecord *act = act_new(bench, OUTCOME_KIND_TARGET, ACT_BREACHED);
  act->base.experience = act->base.mot = 0;
  act->target = bench->module.Mot[0].targets;
  set_window(act, (OutcomeValue){.type = VALUE_PERCENT, .f = 57.0 / 100}, 57);
  expect(bench, "{\"kind\":\"target\",\"state\":\"breached\",\"experience\":\"Sale\",\"mot\":\"Quick\","
                "\"target\":\"97% over 7 d min 30 cases\"," WINDOW ",\"value\":57,\"unit\":\"%\",\"cases\":57," AT "}\n");
  act = act_new(bench, OUTCOME_KIND_TARGET, ACT_MET);
  act->goal = 1;
  act->target = bench->module.Goal[1].targets;
  act->group_count = 1;
  act->groups[0] = (OutcomeValue){.type = VALUE_ID, .s = text_new(bench, "t7")};
  set_window(act, (OutcomeValue){.type = VALUE_PERCENT, .f = 2.0 / 3}, 25);
  expect(bench, "{\"kind\":\"target\",\"state\":\"met\",\"nsat\":\"NorthStar\",\"goal\":\"Visits\",\"group\":\"t7\","
                "\"target\":\"95% over 7 d\"," WINDOW ",\"value\":66.66666666666666,\"unit\":\"%\",\"cases\":25," AT "}\n");
}

static void test_alerts_of_journeys_goals_and_mots(void **state)
{
  Bench *bench = bench_new(*state);
  ActRecord *act = act_new(bench, OUTCOME_KIND_ALERT, ACT_RAISED);
  set_keys(bench);
  act->base.mot = 0;
  act->owner = 1;
  act->severity = SEVERITY_HIGH;
  act->cause = CAUSE_AT_RISK;
  act->id = text_new(bench, "Sale.Quick:at-risk/c1/o%221/x");
  act->text = text_new(bench, "Quick:\nat risk");
  expect(bench, "{\"kind\":\"alert\",\"state\":\"raised\",\"experience\":\"Sale\",\"mot\":\"Quick\"," KEYS ","
                "\"id\":\"Sale.Quick:at-risk/c1/o%221/x\",\"to\":\"ben\",\"severity\":\"high\","
                "\"text\":\"Quick:\\nat risk\"," AT ",\"cause\":\"at risk\"}\n");
  act->base.mot = MOT_NONE;
  act->state = ACT_CLEARED;
  act->cause = CAUSE_OVER;
  expect(bench, "{\"kind\":\"alert\",\"state\":\"cleared\",\"experience\":\"Sale\"," KEYS ","
                "\"id\":\"Sale.Quick:at-risk/c1/o%221/x\",\"to\":\"ben\",\"severity\":\"high\","
                "\"text\":\"Quick:\\nat risk\"," AT ",\"cause\":\"over\"}\n");
  act = act_new(bench, OUTCOME_KIND_ALERT, ACT_RAISED);
  act->goal = 0;
  act->owner = 0;
  act->cause = CAUSE_BREACHED;
  act->id = text_new(bench, "NorthStar.Whole:breached/1/x");
  act->text = text_new(bench, "t");
  expect(bench, "{\"kind\":\"alert\",\"state\":\"raised\",\"nsat\":\"NorthStar\",\"goal\":\"Whole\","
                "\"id\":\"NorthStar.Whole:breached/1/x\",\"to\":\"ana\",\"severity\":\"low\",\"text\":\"t\"," AT
                ",\"cause\":\"breached\"}\n");
  act->goal = MOT_NONE;
  act->base.experience = act->base.mot = 0;
  act->cause = CAUSE_NONE;
  expect(bench, "{\"kind\":\"alert\",\"state\":\"raised\",\"experience\":\"Sale\",\"mot\":\"Quick\","
                "\"id\":\"NorthStar.Whole:breached/1/x\",\"to\":\"ana\",\"severity\":\"low\",\"text\":\"t\"," AT "}\n");
}

static void test_corrections(void **state)
{
  Bench *bench = bench_new(*state);
  ActRecord *act = act_new(bench, OUTCOME_KIND_CORRECTION, ACT_OPENED);
  set_keys(bench);
  act->base.mot = 0;
  act->owner = 2;
  act->cause = CAUSE_MISSED;
  act->due = MONDAY + HOUR / 2;
  act->id = text_new(bench, "Sale.Quick:missed/c1/o%221/x");
  act->text = text_new(bench, "Call");
  expect(bench, "{\"kind\":\"correction\",\"state\":\"opened\",\"experience\":\"Sale\",\"mot\":\"Quick\"," KEYS ","
                "\"id\":\"Sale.Quick:missed/c1/o%221/x\",\"text\":\"Call\",\"by\":\"care\","
                "\"due\":\"2026-03-02T09:30:00.000Z\"," AT ",\"cause\":\"missed\"}\n");
  act->state = ACT_WITHDRAWN;
  act->cause = CAUSE_EXPIRED;
  act->due = INT64_MAX;
  expect(bench, "{\"kind\":\"correction\",\"state\":\"withdrawn\",\"experience\":\"Sale\",\"mot\":\"Quick\"," KEYS ","
                "\"id\":\"Sale.Quick:missed/c1/o%221/x\",\"text\":\"Call\",\"by\":\"care\"," AT
                ",\"cause\":\"expired\"}\n");
}

static void test_measures_of_groups(void **state)
{
  Bench *bench = bench_new(*state);
  ActRecord *act = act_new(bench, OUTCOME_KIND_MEASURE, ACT_UNKNOWN);
  act->metric = 0;
  act->group_count = 2;
  act->groups[0] = (OutcomeValue){.type = VALUE_LISTED, .of = 0, .i = 1};
  set_window(act, (OutcomeValue){.type = VALUE_DURATION, .i = 95000999}, 40);
  expect(bench, "{\"kind\":\"measure\",\"metric\":\"Wait\",\"group\":{\"channel\":\"chat\",\"order\":null}," WINDOW
                ",\"value\":95000,\"unit\":\"ms\",\"cases\":40}\n");
  act->other = 1;
  act->group_count = 0;
  expect(bench, "{\"kind\":\"measure\",\"metric\":\"Wait\",\"group\":\"(other)\"," WINDOW
                ",\"value\":95000,\"unit\":\"ms\",\"cases\":40}\n");
  act->metric = 1;
  act->other = 0;
  act->value = (OutcomeValue){.type = VALUE_MONEY, .of = 0, .i = -4505};
  expect(bench, "{\"kind\":\"measure\",\"metric\":\"Calls\"," WINDOW
                ",\"value\":{\"amount\":\"-45.05\",\"currency\":\"EUR\"},\"cases\":40}\n");
  act->value = (OutcomeValue){0};
  expect(bench, "{\"kind\":\"measure\",\"metric\":\"Calls\"," WINDOW ",\"cases\":40}\n");
}

static void test_goals_and_sentiments(void **state)
{
  Bench *bench = bench_new(*state);
  ActRecord *act = act_new(bench, OUTCOME_KIND_GOAL, ACT_BREACHED);
  act->goal = 0;
  act->score = 94.3;
  act->rolled_up = 96.1;
  expect(bench, "{\"kind\":\"goal\",\"state\":\"breached\",\"nsat\":\"NorthStar\",\"goal\":\"Whole\",\"score\":94.3,"
                "\"rolled_up\":96.1," AT "}\n");
  act->score = -1;
  expect(bench, "{\"kind\":\"goal\",\"state\":\"breached\",\"nsat\":\"NorthStar\",\"goal\":\"Whole\","
                "\"rolled_up\":96.1," AT "}\n");
  act = act_new(bench, OUTCOME_KIND_SENTIMENT, ACT_UNKNOWN);
  set_keys(bench);
  act->value = (OutcomeValue){.type = VALUE_INT, .i = 9};
  expect(bench, "{\"kind\":\"sentiment\",\"experience\":\"Sale\"," KEYS ",\"value\":9," AT "}\n");
}

static void test_words(void **state)
{
  (void)state;
  assert_string_equal(act_state_word(ACT_WITHDRAWN), "withdrawn");
  assert_string_equal(act_cause_word(CAUSE_EXPIRED), "expired");
  assert_string_equal(act_severity_word(SEVERITY_CRITICAL), "critical");
  assert_string_equal(act_state_word(ACT_STATES), "");
  assert_string_equal(act_cause_word(CAUSES), "");
  assert_string_equal(act_severity_word(SEVERITY_END), "");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_targets_of_a_mot_and_of_a_goal),
    cmocka_unit_test(test_alerts_of_journeys_goals_and_mots),
    cmocka_unit_test(test_corrections),
    cmocka_unit_test(test_measures_of_groups),
    cmocka_unit_test(test_goals_and_sentiments),
    cmocka_unit_test(test_words),
  };
  return cmocka_run_group_tests_name("outcome_act", tests, arena_setup, arena_teardown);
}
