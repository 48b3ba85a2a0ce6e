/* Plans: key spaces, routes, steps of handlers, listeners, lanes, sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/plan.h"
#include "runtime/record.h"
#include "runtime/timers.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const char RULES[] =
  "module some.rules\n"
  "event Order { customer: id  order: id }\n"
  "event Call { order: id  customer: id  wait: duration }\n"
  "event Login { customer: id }\n"
  "event Visit { agent: id  customer: id }\n"
  "event Unused { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { role producer  lead ben  contact \"mailto:c@acme.example\" }\n"
  "experience Sale \"A sale\" {\n"
  "  for customer, order\n  manager ana\n  starts on Order\n"
  "  sco \"it works\" Call within 2 h or Call within 3 h\n"
  "  void on 3 Login within 1 h\n"
  "  ends on no Login for 20 d\n"
  "  expires after 30 d\n"
  "  mot Quick \"quick\" {\n    manager ben\n    producers care\n    when Call\n"
  "    smoto Login within 2 h and no Call within 1 h\n    void on 2 Login within 1 min\n"
  "    on at risk 5 min before deadline { alert ben }\n    on missed { alert ben }\n  }\n"
  "  mot Still \"still\" {\n    manager ben\n    producers care\n    when no Call for 3 d or missed Quick\n"
  "    smoto Login by opening.at + 1 d\n  }\n"
  "}\n"
  "experience Work \"Work\" {\n"
  "  for agent\n  manager ana\n  starts on Visit\n  sco \"done\" Visit within 1 h\n  expires after 30 d\n}\n"
  "experience Care \"Care\" {\n"
  "  for customer\n  manager ana\n  starts on 2 Login within 1 d\n  sco \"well\" Call within 1 h\n"
  "  expires after 40 d\n"
  "  mot After \"after\" {\n    manager ben\n    producers care\n    when missed Sale.Quick\n"
  "    smoto Login within 1 h\n  }\n"
  "}\n";

static Module rules(Arena *arena, const char *text)
{
  Compiled result = compiled_text(arena, "rules.mot", text);
  assert_string_equal(result.errors, "");
  assert_string_equal(result.fault, "");
  return result.module;
}

static const EventPlan *event_of(const Plan *plan, const char *name)
{
  return &plan->events[compiled_event(plan->module, name)];
}

static void test_experiences_with_one_partition_key_share_a_space(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  assert_int_equal(plan->space_count, 2);
  assert_int_equal(plan->experiences[0].space, 0);
  assert_int_equal(plan->experiences[1].space, 1);
  assert_int_equal(plan->experiences[2].space, 0);
  assert_string_equal(module_string(&module, plan->spaces[0].name, NULL), "customer");
  assert_int_equal(plan->spaces[0].rank, 1); /* behind "agent" */
  assert_int_equal(plan->spaces[1].rank, 0);
}

static void test_events_go_to_each_space_whose_key_they_have(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  const EventPlan *call = event_of(plan, "Call"), *visit = event_of(plan, "Visit");
  assert_int_equal(call->route_count, 1);
  assert_int_equal(call->routes[0].key, 1);
  assert_int_equal(call->routes[0].handler_count, 2);
  assert_int_equal(call->routes[0].handlers[0]->experience, 0);
  assert_int_equal(call->routes[0].handlers[1]->experience, 2);
  assert_int_equal(call->routes[0].handlers[0]->key_count, 2);
  assert_int_equal(call->routes[0].handlers[0]->keys[0], 1);
  assert_int_equal(call->routes[0].handlers[0]->keys[1], 0);
  assert_int_equal(visit->route_count, 1);
  assert_int_equal(visit->routes[0].space, 1);
  assert_int_equal(visit->routes[0].key, 0);
  assert_int_equal(event_of(plan, "Login")->routes[0].handlers[0]->keys[1], MOT_NONE);
  assert_int_equal(event_of(plan, "Unused")->route_count, 0);
  assert_false(event_of(plan, "Unused")->mapped);
  assert_true(call->mapped);
}

static void test_handlers_are_taken_apart(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  const HandlerPlan *login = event_of(plan, "Login")->routes[0].handlers[0];
  uint32_t quick = compiled_mot(&module, "Quick"), still = compiled_mot(&module, "Still");
  assert_int_equal(login->voids.len, 2); /* of the journey, and what feeds the MOT's */
  assert_int_not_equal(login->ends, MOT_NONE);
  assert_int_equal(login->starts, MOT_NONE);
  assert_int_equal(login->mot_voids.len, 1);
  assert_int_equal(login->mot_voids.data[0].mot, quick);
  assert_int_equal(login->tests.len, 2);
  assert_int_equal(login->tests.data[0].mot, quick);
  assert_int_equal(login->tests.data[1].mot, still);
  assert_int_equal(module.Function[login->tests.data[1].function].mot, still);
  assert_int_equal(login->opens.len, 0);
  const HandlerPlan *order = event_of(plan, "Order")->routes[0].handlers[0];
  assert_int_equal(module.Function[order->starts].kind, FUNCTION_JOURNEY_TEST);
  assert_int_equal(module.Function[order->start].kind, FUNCTION_START);
  assert_int_equal(event_of(plan, "Call")->routes[0].handlers[0]->opens.len, 2); /* one hears silence */
}

static void test_outcomes_are_heard_in_the_same_key_space(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  const MotPlan *quick = &plan->mots[compiled_mot(&module, "Quick")];
  assert_int_equal(quick->listener_count[OUTCOME_MISSED], 2);
  assert_int_equal(quick->listeners[OUTCOME_MISSED][0]->experience, 0);
  assert_int_equal(quick->listeners[OUTCOME_MISSED][1]->experience, 2);
  assert_null(quick->listeners[OUTCOME_MISSED][0]->keys);
  assert_int_equal(quick->listener_count[OUTCOME_PRODUCED], 0);
  assert_int_equal(plan->experiences[0].listener_count[OUTCOME_MISSED], 0);
  assert_int_equal(plan->experiences[2].listener_count[OUTCOME_MISSED], 0);
}

static void test_constant_bounds_have_lanes(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  const MotPlan *quick = &plan->mots[compiled_mot(&module, "Quick")];
  assert_int_equal(plan->lanes[quick->lane].delay, HOUR);
  assert_int_equal(plan->lanes[quick->lane].kind, TIMER_MOMENT);
  assert_int_equal(plan->mots[compiled_mot(&module, "Still")].lane, MOT_NONE);
  assert_int_equal(plan->mots[compiled_mot(&module, "After")].lane, quick->lane);
  assert_int_equal(plan->lanes[plan->experiences[0].sco_lane].delay, 2 * HOUR);
  assert_int_equal(plan->lanes[plan->experiences[0].sco_lane].kind, TIMER_SCO);
  assert_int_equal(plan->experiences[0].expiry_lane, plan->experiences[1].expiry_lane);
  assert_int_equal(plan->lanes[plan->experiences[2].expiry_lane].delay, 40 * DAY);
  assert_int_equal(plan->lanes[plan->experiences[2].expiry_lane].kind, TIMER_EXPIRY);
}

static void test_records_and_what_waits(void **state)
{
  Module module = rules(*state, RULES);
  const Plan *plan = plan_new(&module, *state);
  const ExperiencePlan *sale = &plan->experiences[0];
  assert_int_equal(sale->further, module.Experience[0].size);
  assert_int_equal(sale->ended, sale->further + 8); /* a handle, rounded up */
  assert_int_equal(sale->alerts, sale->ended + 8);
  assert_int_equal(sale->size, sale->alerts + 8);
  assert_int_equal(plan->experiences[2].ended, 0);
  assert_int_equal(plan->experiences[2].size, module.Experience[2].size);
  assert_false(sale->waits);
  assert_true(plan->experiences[2].waits);
  assert_int_equal(sale->silence_count, 2);
  assert_int_equal(module.Pattern[module.Experience[0].patterns + sale->silences[0]].purpose, PURPOSE_ENDS);
  assert_int_equal(module.Pattern[module.Experience[0].patterns + sale->silences[1]].purpose, PURPOSE_OPENS);
  assert_int_equal(plan->mots[compiled_mot(&module, "Quick")].risks, 1);
}

static void test_patterns_stand_in_the_order_of_the_text(void **state)
{
  Module module = rules(*state,
    "module some.rules\nevent A { customer: id }\nevent B { customer: id }\n"
    "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
    "experience Sale \"A sale\" {\n  for customer\n  manager ana\n"
    "  mot First \"first\" { when no A for 3 d  smoto B within 1 d }\n"
    "  ends on no B for 3 d\n  void on no B for 4 d\n"
    "  starts on 2 A within 1 d\n  sco \"ok\" B within 1 d\n  expires after 30 d\n}\n");
  static const uint8_t purposes[] = {PURPOSE_STARTS, PURPOSE_OPENS, PURPOSE_ENDS, PURPOSE_VOIDS};
  assert_int_equal(module.Experience[0].patterns_count, 4);
  for (uint32_t i = 0; i < 4; i++)
    assert_int_equal(module.Pattern[module.Experience[0].patterns + i].purpose, purposes[i]);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_experiences_with_one_partition_key_share_a_space),
    ARENA_TEST(test_events_go_to_each_space_whose_key_they_have),
    ARENA_TEST(test_handlers_are_taken_apart),
    ARENA_TEST(test_outcomes_are_heard_in_the_same_key_space),
    ARENA_TEST(test_constant_bounds_have_lanes),
    ARENA_TEST(test_records_and_what_waits),
    ARENA_TEST(test_patterns_stand_in_the_order_of_the_text),
  };
  return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
