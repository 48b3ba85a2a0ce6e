/* test_check_measure.c - targets, metrics, actions, goals, tests: what is reported, what the program says. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/compiled.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/corpus.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)

static const char rules[] =
  "stream { type from \"type\"  time from \"time\"  zone \"Europe/Amsterdam\" }\n"
  "event Placed { customer: id  order: id  price: money(EUR)  promised: time }\n"
  "event Called { customer: id  wait: duration  channel: one of phone, chat  agent: id? }\n"
  "event Chatted { customer: id  wait: duration  channel: one of phone, chat }\n"
  "event Contact is Called or Chatted\n"
  "event Done { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager }\n"
  "team ops \"Operations\" { role producer }\n";

static Compile *compile_with(Arena *arena, const char *text)
{
  return compile_text(arena, arena_printf(arena, "%s%s", rules, text));
}

/* Fails with the first finding if there is an error. */
static Program *program_of(Arena *arena, const char *text)
{
  Compile *compile = compile_with(arena, text);
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s %s", diag_info[diag->code].code, diag->message);
  return compile->program;
}

static const char *in_mot(Arena *arena, const char *items, const char *after)
{
  return arena_printf(arena, "experience Order {\n  for customer\n  starts on Placed\n  expires after 60 d\n"
                             "  sco \"It works\" Done within 9 d\n"
                             "  mot M { when Called as c  smoto Done within 1 d  producers ops by "
                             "opening.agent else \"x\"\n"
                             "    %s\n  }\n}\n%s", items, after);
}

static Mot *mot_of(Arena *arena, const char *items)
{
  return program_of(arena, in_mot(arena, items, ""))->experiences.data[0]->mots.data[0];
}

static Metric *metric_of(Arena *arena, const char *text)
{
  return program_of(arena, arena_printf(arena, "metric X = %s\n", text))->metrics.data[0];
}

/* ---- what is reported ------------------------------------------------------------------ */

static void every_file_of_the_corpus_reports_what_it_says(void **state)
{
  int files;
  assert_int_equal(corpus_check(*state, "tests/corpus/check/measure", &files), 0);
  assert_true(files >= 5);
  assert_int_equal(corpus_check(*state, "tests/corpus/check/test", &files), 0);
  assert_true(files >= 1);
}

static const char *text_at(const Compile *compile, const Diag *diag, Arena *arena)
{
  const char *text = compile->sources.files[diag->span.file].text;
  return arena_copy(arena, text + diag->span.start, diag->span.end - diag->span.start);
}

static void a_name_in_a_text_is_pointed_at(void **state)
{
  const Compile *compile = compile_with(
    *state, in_mot(*state, "on missed { alert ana \"\\u{e9}\\u{20ac} \\\"quoted\\\" {{ { c.wiat } \" }", ""));
  const Diag *diag = needed_finding(compile, E0205);
  assert_string_equal(text_at(compile, diag, *state), "wiat");
  assert_string_equal(diag->fix_text, "wait");
}

static void weights_say_what_is_left(void **state)
{
  const Compile *compile = compile_with(
    *state, in_mot(*state, "", "nsat N for Order {\n  goal A { measure sco  weight 60% }\n"
                               "  goal B { measure M  weight 30% }\n}\n"));
  assert_string_equal(needed_finding(compile, E0501)->help, "10 % are left to give");
}

static void a_bare_value_of_disruption_can_be_mended(void **state)
{
  const Compile *compile = compile_with(
    *state, in_mot(*state, "", "nsat N for Order { goal A { measure disruption  target 5% over 30 d } }\n"));
  assert_string_equal(needed_finding(compile, E0524)->fix_text, "<= ");
}

static void missing_values_are_said_together(void **state)
{
  const Compile *compile = compile_with(
    *state, "test \"t\" { at 2026-03-02 09:00 Called { customer \"c\" } }");
  const Diag *diag = needed_finding(compile, E0604);
  assert_int_equal(compile->diags.errors, 1);
  assert_string_equal(diag->message, "Called needs `wait`, `channel`, which are not given");
  assert_string_equal(diag->help, "add `wait 1 min  channel phone`");
}

/* ---- windows and targets ------------------------------------------------------------------ */

static void assert_window(WindowUse window, uint8_t unit, int64_t length, uint8_t step_unit, int64_t step)
{
  assert_int_equal(window.unit, unit);
  assert_int_equal(window.length, length);
  assert_int_equal(window.step_unit, step_unit);
  assert_int_equal(window.step, step);
}

static void days_are_local_and_hours_are_exact(void **state)
{
  assert_window(metric_of(*state, "count(Called) per 1 d")->window, UNIT_DAYS, 1, UNIT_MICROSECONDS, 0);
  assert_window(metric_of(*state, "count(Called) per 24 h")->window, UNIT_MICROSECONDS, 24 * HOUR,
                UNIT_MICROSECONDS, 0);
  assert_window(metric_of(*state, "count(Called) per 2 weeks")->window, UNIT_WEEKS, 2, UNIT_MICROSECONDS, 0);
  assert_window(metric_of(*state, "count(Called) per 1 w 2 d")->window, UNIT_DAYS, 9, UNIT_MICROSECONDS, 0);
  assert_window(metric_of(*state, "count(Called) per quarter")->window, UNIT_QUARTERS, 1, UNIT_MICROSECONDS,
                0);
  assert_int_equal(metric_of(*state, "count(Called) per 1 d")->window.kind, WINDOW_TUMBLING);
}

static void steps_follow_the_length_of_the_window(void **state)
{
  assert_window(metric_of(*state, "count(Called) over 30 min")->window, UNIT_MICROSECONDS, 30 * MINUTE,
                UNIT_MICROSECONDS, MINUTE);
  assert_window(metric_of(*state, "count(Called) over 1 h")->window, UNIT_MICROSECONDS, HOUR,
                UNIT_MICROSECONDS, MINUTE);
  assert_window(metric_of(*state, "count(Called) over 2 d")->window, UNIT_DAYS, 2, UNIT_MICROSECONDS, HOUR);
  assert_window(metric_of(*state, "count(Called) over 3 d")->window, UNIT_DAYS, 3, UNIT_DAYS, 1);
  assert_window(metric_of(*state, "count(Called) over 1 month step 1 d")->window, UNIT_MONTHS, 1, UNIT_DAYS,
                1);
  assert_int_equal(metric_of(*state, "count(Called) over 1 h")->window.kind, WINDOW_HOPPING);
}

static void a_bare_value_means_at_least(void **state)
{
  const Target *target = mot_of(*state, "target 95% over 7 d")->targets.data[0];
  assert_null(target->value);
  assert_int_equal(target->compare, COMPARE_GE);
  assert_int_equal(target->type.base, VALUE_PERCENT);
  assert_true(fabs(target->goal->u.f - 0.95) < 1e-12);
  assert_int_equal(target->min_cases, 20);
  assert_int_equal(target->of, TARGET_OF_MOT);
}

static void a_target_over_a_summary(void **state)
{
  const Target *target = mot_of(*state, "target p95(wait) <= 3 min over 1 d min 5 cases")->targets.data[0];
  assert_int_equal(target->value->kind, EX_AGGREGATE);
  assert_int_equal(target->value->u.aggregate->over, AGGREGATE_OVER_MOMENTS);
  assert_int_equal(target->compare, COMPARE_LE);
  assert_int_equal(target->goal->u.i, 3 * MINUTE);
  assert_int_equal(target->min_cases, 5);
}

static void disruption_is_a_measure_of_a_mot(void **state)
{
  const Target *target = mot_of(*state, "target disruption <= 5% over 30 d")->targets.data[0];
  assert_int_equal(target->value->u.aggregate->kind, AGGREGATE_DISRUPTION);
  assert_int_equal(target->type.base, VALUE_PERCENT);
}

/* ---- metrics --------------------------------------------------------------------------------- */

static void where_narrows_every_kind_of_every_summary(void **state)
{
  const Metric *metric = metric_of(
    *state, "count(Contact) / count(Called where wait > 1 min) where channel == phone per 1 d");
  assert_int_equal(metric->aggregates.len, 2);
  const Match *all = metric->aggregates.data[0]->match, *some = metric->aggregates.data[1]->match;
  assert_int_equal(all->cases.len, 2);
  assert_int_equal(all->cases.data[0].where->kind, EX_COMPARE);
  assert_int_equal(all->cases.data[1].where->kind, EX_COMPARE);
  assert_int_equal(some->cases.data[0].where->kind, EX_AND);
}

static void groups_have_names_and_a_limit(void **state)
{
  const Metric *metric = metric_of(*state, "p95(Called.wait) by channel, agent per 1 h groups 50");
  assert_int_not_equal(metric->group[0], 0);
  assert_int_not_equal(metric->group[1], 0);
  assert_int_equal(metric->groups, 50);
  assert_int_equal(metric_of(*state, "count(Called) per 1 d")->groups, 10000);
  assert_int_equal(metric->type.base, VALUE_DURATION);
  assert_false(metric->type.optional);
}

/* ---- actions ---------------------------------------------------------------------------------- */

static void options_of_an_alert(void **state)
{
  const Mot *mot = mot_of(*state, "target 95% over 7 d\n"
                                  "on at risk 30 min before deadline { alert ana severity critical for 5 min "
                                  "hold 10 min }\n"
                                  "on breached { alert ops escalate after 2 d repeat every 1 h }");
  const Action *risk = mot->actions.data[0], *breach = mot->actions.data[1];
  assert_int_equal(risk->when, WHEN_AT_RISK);
  assert_int_equal(risk->risk->u.i, 30 * MINUTE);
  assert_int_equal(risk->severity, SEVERITY_CRITICAL);
  assert_int_equal(risk->raise_after, 5 * MINUTE);
  assert_int_equal(risk->hold, 10 * MINUTE);
  assert_int_equal(risk->escalate, -1);
  assert_int_equal(breach->when, WHEN_BREACHED);
  assert_int_equal(breach->severity, SEVERITY_MEDIUM);
  assert_int_equal(breach->escalate, 48 * HOUR);
  assert_int_equal(breach->repeat, HOUR);
}

static void a_text_is_cut_at_its_names(void **state)
{
  Program *program = program_of(
    *state, in_mot(*state, "on missed { alert ana \"{customer}: {{ waited {c.wait} until {deadline}}}\" }",
                   ""));
  const Action *action = program->experiences.data[0]->mots.data[0]->actions.data[0];
  assert_int_equal(action->text.len, 4);
  assert_int_equal(action->text.data[0].literal, 0);
  assert_int_equal(action->text.data[0].value->kind, EX_KEY);
  assert_string_equal(sym_text(program->names, action->text.data[1].literal), ": { waited ");
  assert_int_equal(action->text.data[1].value->kind, EX_REF);
  assert_int_equal(action->text.data[2].value->kind, EX_DEADLINE);
  assert_string_equal(sym_text(program->names, action->text.data[3].literal), "}");
  assert_null(action->text.data[3].value);
}

static void a_correction_belongs_to_its_experience(void **state)
{
  Program *program = program_of(
    *state, in_mot(*state, "on missed { correct \"Call\" by ops within 30 min until Called where wait < 3 "
                           "min }", ""));
  const Experience *experience = program->experiences.data[0];
  const Correction *correction = experience->mots.data[0]->actions.data[0]->correction;
  assert_int_equal(experience->corrections.len, 1);
  assert_ptr_equal(experience->corrections.data[0], correction);
  assert_ptr_equal(correction->mot, experience->mots.data[0]);
  assert_int_equal(correction->within.value->u.i, 30 * MINUTE);
  assert_non_null(correction->until);
}

/* ---- goals, reviews, tests ---------------------------------------------------------------------- */

static void goals_stand_parents_before_children(void **state)
{
  Program *program = program_of(
    *state, in_mot(*state, "", "metric Wait = avg(Called.wait) per 1 d\n"
                               "nsat N \"North\" for Order {\n"
                               "  goal A { measure sco  owner ana  target 92% over 30 d  weight 70%\n"
                               "    goal A1 each agent { measure M  target 95% over 7 d }\n  }\n"
                               "  goal B { measure Wait  target <= 3 min over 1 d  weight 30%  on breached { "
                               "alert ana } }\n}\n"));
  assert_int_equal(program->goals.len, 3);
  const Goal *a = program->goals.data[0], *child = program->goals.data[1], *b = program->goals.data[2];
  assert_ptr_equal(child->parent, a);
  assert_int_equal(a->goals.len, 1);
  assert_int_equal(a->measure, MEASURE_SCO);
  assert_int_equal(child->measure, MEASURE_MOT);
  assert_int_not_equal(child->each, 0);
  assert_int_equal(b->measure, MEASURE_METRIC);
  assert_int_equal(b->targets.data[0]->type.base, VALUE_DURATION);
  assert_true(a->weight_percent && fabs(a->weight - 0.7) < 1e-12);
  assert_int_equal(b->actions.len, 1);
}

static void a_review_is_held_in_local_units(void **state)
{
  Program *program = program_of(*state, in_mot(*state, "", "review A { every month  on Order  chair ana }\n"
                                                           "review B { every 2 w  on Order }\n"));
  assert_int_equal(program->reviews.data[0]->unit, UNIT_MONTHS);
  assert_int_equal(program->reviews.data[0]->every, 1);
  assert_non_null(program->reviews.data[0]->chair);
  assert_int_equal(program->reviews.data[1]->unit, UNIT_WEEKS);
  assert_int_equal(program->reviews.data[1]->every, 2);
}

static void steps_have_absolute_times(void **state)
{
  Program *program = program_of(
    *state, in_mot(*state, "", "test \"t\" {\n  at 2026-03-02 09:00  Placed { customer 17 order \"o\" price "
                               "30.5 EUR promised 2026-03-05 }\n"
                               "  after 1 h 30 min  Called { customer \"17\" wait 90 s channel chat }\n"
                               "  end at 2026-03-04\n  expect missed M for \"17\" at 2026-03-03 10:30\n  "
                               "expect no missed sco\n"
                               "  expect open Order\n}\n"));
  const TestOf *test = program->tests.data[0];
  int64_t start = INT64_C(1772438400) * 1000000; /* 2026-03-02T08:00:00Z */
  assert_int_equal(test->steps.len, 3);
  assert_int_equal(test->steps.data[0].at, start);
  assert_int_equal(test->steps.data[1].at, start + 90 * MINUTE);
  assert_null(test->steps.data[2].event);
  assert_string_equal(sym_text(program->names, test->steps.data[0].values.data[0].text), "17");
  assert_int_equal(test->steps.data[0].values.data[2].value, 3050);
  assert_int_equal(test->steps.data[1].values.data[2].value, 1);
  assert_int_equal(test->expects.len, 3);
  assert_int_equal(test->expects.data[0].kind, EXPECT_MOMENT);
  assert_int_equal(test->expects.data[0].at, start + 25 * HOUR + 30 * MINUTE);
  assert_int_equal(test->expects.data[1].kind, EXPECT_SCO);
  assert_true(test->expects.data[1].negated);
  assert_int_equal(test->expects.data[2].kind, EXPECT_SCO);
  assert_int_equal(test->expects.data[2].outcome, OUTCOME_OPEN);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(every_file_of_the_corpus_reports_what_it_says),
    ARENA_TEST(a_name_in_a_text_is_pointed_at),
    ARENA_TEST(weights_say_what_is_left),
    ARENA_TEST(a_bare_value_of_disruption_can_be_mended),
    ARENA_TEST(missing_values_are_said_together),
    ARENA_TEST(days_are_local_and_hours_are_exact),
    ARENA_TEST(steps_follow_the_length_of_the_window),
    ARENA_TEST(a_bare_value_means_at_least),
    ARENA_TEST(a_target_over_a_summary),
    ARENA_TEST(disruption_is_a_measure_of_a_mot),
    ARENA_TEST(where_narrows_every_kind_of_every_summary),
    ARENA_TEST(groups_have_names_and_a_limit),
    ARENA_TEST(options_of_an_alert),
    ARENA_TEST(a_text_is_cut_at_its_names),
    ARENA_TEST(a_correction_belongs_to_its_experience),
    ARENA_TEST(goals_stand_parents_before_children),
    ARENA_TEST(a_review_is_held_in_local_units),
    ARENA_TEST(steps_have_absolute_times),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
