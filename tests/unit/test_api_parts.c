/*
 * test_api_parts.c - parts of the rules and where they stand, through the library.
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
  "event Asked { customer: id  urgent: bool }\n"
  "event Done { customer: id  good: bool }\n"
  "event Wait { customer: id }\n"
  "event Go { customer: id }\n"
  "event Other { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager }\n"
  "pattern Soon(limit: duration) { when Asked  smoto Done within limit }\n"
  "experience Help \"Help\" {\n"
  "  for customer  manager ana  starts on Asked or Go  expires after 10 d  ends on Go  void on Wait\n"
  "  sco \"I am helped\" Done within 3 d and\n"
  "    no Wait\n"
  "  mot Fast \"You are fast\" {\n"
  "    manager ana\n"
  "    when  latest Asked where urgent or Done\n"
  "    smoto opening.at < start.at + 1 d and (Wait within 1 d or Done)\n"
  "    pause on Wait until Go  void on Go\n"
  "    target 90% over 1 d\n"
  "    on at risk 1 h before deadline { alert ana }\n"
  "    on missed { alert ana severity high }\n"
  "  }\n"
  "  mot Kept \"You keep\" like Soon(2 h) { manager ana target 90% over 1 d }\n"
  "  mot After \"After\" { manager ana when missed Kept smoto Done target 90% over 1 d }\n"
  "}\n";

static mot_rules *make_rules(void)
{
  return running_rules(rules_text);
}

static void declarations_stand_from_their_keyword_to_their_end(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_place place;
  assert_true(mot_rules_experience_place(rules, 0, &place));
  assert_int_equal(place.line, 8);
  assert_int_equal(place.column, 1);
  assert_int_equal(place.end_line, 23);
  assert_int_equal(place.end_column, 2);
  assert_true(mot_rules_mot_place(rules, 0, &place));
  assert_int_equal(place.line, 12);
  assert_int_equal(place.column, 3);
  assert_int_equal(place.end_line, 20);
  assert_true(mot_rules_mot_place(rules, 1, &place));
  assert_int_equal(place.line, 21);
  assert_false(mot_rules_experience_place(rules, 1, &place));
  assert_false(mot_rules_mot_place(rules, 3, &place));
  assert_false(mot_rules_mot_place(rules, MOT_NOT_FOUND, &place));
  mot_rules_free(rules);
}

static void clauses_stand_where_they_are_written(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_place place;
  const struct { uint32_t mot; mot_clause clause; size_t index; uint32_t line; const char *text; } want[] = {
    {MOT_NOT_FOUND, MOT_CLAUSE_STARTS, 0, 9, "Asked or Go"},
    {MOT_NOT_FOUND, MOT_CLAUSE_SCO, 0, 10, "Done within 3 d and\n    no Wait"},
    {MOT_NOT_FOUND, MOT_CLAUSE_PART, 1, 11, "no Wait"},
    {MOT_NOT_FOUND, MOT_CLAUSE_ENDS, 0, 9, "Go"},
    {MOT_NOT_FOUND, MOT_CLAUSE_EXPIRES, 0, 9, "10 d"},
    {MOT_NOT_FOUND, MOT_CLAUSE_VOIDS, 0, 9, "Wait"},
    {0, MOT_CLAUSE_CHOICE, 0, 14, "latest Asked where urgent"},
    {0, MOT_CLAUSE_PART, 0, 15, "opening.at < start.at + 1 d"},
    {0, MOT_CLAUSE_PART, 1, 15, "Wait within 1 d"},
    {0, MOT_CLAUSE_PAUSES, 0, 16, "Wait until Go"},
    {0, MOT_CLAUSE_VOIDS, 0, 16, "Go"},
    {0, MOT_CLAUSE_TARGET, 0, 17, "90% over 1 d"},
    {0, MOT_CLAUSE_ACTION, 1, 19, "alert ana severity high"},
    {1, MOT_CLAUSE_WHEN, 0, 7, "Asked"},
    {1, MOT_CLAUSE_PART, 0, 7, "Done within limit"},
    {2, MOT_CLAUSE_CHOICE, 0, 22, "missed Kept"},
  };
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
    assert_true(mot_rules_clause_place(rules, 0, want[i].mot, want[i].clause, want[i].index, &place));
    assert_int_equal(place.line, want[i].line);
    assert_int_equal(place.length, strlen(want[i].text));
    assert_memory_equal(rules_text + place.offset, want[i].text, place.length);
  }
  assert_false(mot_rules_clause_place(rules, 0, 0, MOT_CLAUSE_VOIDS, 1, &place));
  assert_false(mot_rules_clause_place(rules, 0, 1, MOT_CLAUSE_PAUSES, 0, &place));
  assert_false(mot_rules_clause_place(rules, 0, 9, MOT_CLAUSE_WHEN, 0, &place));
  assert_false(mot_rules_clause_place(rules, 9, MOT_NOT_FOUND, MOT_CLAUSE_SCO, 0, &place));
  mot_rules_free(rules);
}

static void parts_say_what_they_are(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_part_info part;
  assert_true(mot_rules_part(rules, 0, 0, 0, &part));
  assert_true(part.predicate);
  assert_false(part.bounded);
  assert_string_equal(part.produced, "opening.at < start.at + 1 d held");
  assert_true(mot_rules_part(rules, 0, 0, 1, &part));
  assert_true(part.bounded);
  assert_string_equal(part.missed, "no Wait by {deadline}");
  assert_true(mot_rules_part(rules, 0, 0, 2, &part));
  assert_false(part.bounded || part.predicate);
  assert_false(mot_rules_part(rules, 0, 0, 3, &part));
  assert_true(mot_rules_part(rules, 0, MOT_NOT_FOUND, 1, &part));
  assert_string_equal(part.produced, "no Wait by {deadline}");
  assert_false(mot_rules_part(rules, 0, MOT_NOT_FOUND, 2, &part));
  assert_false(mot_rules_part(rules, 1, MOT_NOT_FOUND, 0, &part));
  assert_false(mot_rules_part(rules, 0, 3, 0, &part));
  mot_rules_free(rules);
}

static void what_moves_a_condition_is_told(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_trigger trigger;
  uint32_t done = mot_rules_event(rules, "Done"), wait = mot_rules_event(rules, "Wait");
  assert_true(mot_rules_awaits(rules, 0, 0, 0, &trigger));
  assert_int_equal(trigger.event, done);
  assert_true(mot_rules_awaits(rules, 0, 0, 1, &trigger));
  assert_int_equal(trigger.event, wait);
  assert_false(mot_rules_awaits(rules, 0, 0, 2, &trigger));
  assert_true(mot_rules_awaits(rules, 0, 1, 0, &trigger));
  assert_int_equal(trigger.event, done);
  assert_false(mot_rules_awaits(rules, 0, 1, 1, &trigger));
  assert_true(mot_rules_awaits(rules, 0, MOT_NOT_FOUND, 1, &trigger));
  assert_int_equal(trigger.event, wait);
  assert_false(mot_rules_awaits(rules, 0, MOT_NOT_FOUND, 2, &trigger));
  assert_false(mot_rules_awaits(rules, 1, MOT_NOT_FOUND, 0, &trigger));
  assert_false(mot_rules_awaits(rules, 0, 3, 0, &trigger));
  mot_rules_free(rules);
}

static void traits_tell_what_a_run_may_use(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_mot_traits mot;
  mot_experience_traits experience;
  assert_true(mot_rules_mot_traits(rules, 0, &mot));
  assert_true(mot.pausable && mot.risk && mot.deadline && mot.voids && mot.supersedes);
  assert_true(mot_rules_mot_traits(rules, 1, &mot));
  assert_true(mot.deadline);
  assert_false(mot.pausable || mot.risk || mot.voids || mot.supersedes);
  assert_true(mot_rules_mot_traits(rules, 2, &mot));
  assert_false(mot.deadline);
  assert_false(mot_rules_mot_traits(rules, 3, &mot));
  assert_true(mot_rules_experience_traits(rules, 0, &experience));
  assert_true(experience.sco && experience.deadline && experience.voids && experience.ends);
  assert_false(mot_rules_experience_traits(rules, 1, &experience));
  mot_rules_free(rules);
}

static void what_ends_voids_and_pauses_is_told(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  uint32_t wait = mot_rules_event(rules, "Wait"), go = mot_rules_event(rules, "Go");
  mot_trigger trigger;
  assert_true(mot_rules_end(rules, 0, 0, &trigger));
  assert_int_equal(trigger.event, go);
  assert_false(mot_rules_end(rules, 0, 1, &trigger));
  assert_true(mot_rules_void(rules, 0, MOT_NOT_FOUND, 0, &trigger));
  assert_int_equal(trigger.event, wait);
  assert_true(mot_rules_void(rules, 0, 0, 0, &trigger));
  assert_int_equal(trigger.event, go);
  assert_false(mot_rules_void(rules, 0, 0, 1, &trigger) || mot_rules_void(rules, 0, 1, 0, &trigger));
  assert_true(mot_rules_pause(rules, 0, 0, &trigger));
  assert_true(trigger.event == wait && mot_rules_pause(rules, 0, 1, &trigger) && trigger.event == go);
  assert_false(mot_rules_pause(rules, 1, 0, &trigger) || mot_rules_pause(rules, 3, 0, &trigger));
  mot_rules_free(rules);
}

static void actions_say_when_and_whom(void **state)
{
  (void)state;
  mot_rules *rules = make_rules();
  mot_action_info action;
  assert_true(mot_rules_action(rules, 0, 0, 0, &action));
  assert_string_equal(action.when, "at risk");
  assert_string_equal(action.severity, "medium");
  assert_true(!action.correction && action.owner == 0 && !action.escalates);
  assert_true(mot_rules_action(rules, 0, 0, 1, &action));
  assert_string_equal(action.when, "missed");
  assert_string_equal(action.severity, "high");
  assert_false(mot_rules_action(rules, 0, 0, 2, &action));
  assert_false(mot_rules_action(rules, 0, MOT_NOT_FOUND, 0, &action));
  assert_false(mot_rules_goal_action(rules, 0, 0, &action));
  mot_rules_free(rules);
}

/* The events before the last of a chain start nothing, and those of a pattern with state only feed it. */
static void only_what_completes_a_pattern_is_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(
    "event A { customer: id } event B { customer: id } event C { customer: id }\n"
    "owner ana \"Ana\" { role experience_manager }\n"
    "experience E \"E\" { for customer manager ana starts on A then B within 1 d or C expires after 10 d sco \"s\" C within 3 d\n"
    "  mot M \"M\" { manager ana when C smoto A within 1 d void on A then B within 1 d target 90% over 1 d } }\n");
  uint32_t b = mot_rules_event(rules, "B"), c = mot_rules_event(rules, "C");
  mot_trigger trigger;
  assert_true(mot_rules_start(rules, 0, 0, &trigger));
  uint32_t first = trigger.event;
  assert_true(mot_rules_start(rules, 0, 1, &trigger));
  assert_true((first == b && trigger.event == c) || (first == c && trigger.event == b));
  assert_false(mot_rules_start(rules, 0, 2, &trigger));
  assert_false(mot_rules_void(rules, 0, MOT_NOT_FOUND, 0, &trigger));
  assert_true(mot_rules_void(rules, 0, 0, 0, &trigger));
  assert_int_equal(trigger.event, b);
  assert_false(mot_rules_void(rules, 0, 0, 1, &trigger));
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(declarations_stand_from_their_keyword_to_their_end),
    cmocka_unit_test(clauses_stand_where_they_are_written),
    cmocka_unit_test(parts_say_what_they_are),
    cmocka_unit_test(what_moves_a_condition_is_told),
    cmocka_unit_test(traits_tell_what_a_run_may_use),
    cmocka_unit_test(only_what_completes_a_pattern_is_told),
    cmocka_unit_test(what_ends_voids_and_pauses_is_told),
    cmocka_unit_test(actions_say_when_and_whom),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
