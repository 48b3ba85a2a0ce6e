/* test_check_experience.c - experiences, MOTs and patterns: what is reported, and what the program says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/compiled.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/corpus.h"

static const char events[] =
  "event Placed { customer: id  order: id  price: money(EUR)  promised: time }\n"
  "event Called { customer: id  wait: duration  agent: id }\n"
  "event Done { customer: id  order: id }\n"
  "event Survey { customer: id  score: int in 0..10 }\n"
  "owner ana \"Ana\" { role experience_manager }\n"
  "team ops \"Operations\" { role producer }\n";

static Compile *compile_with(Arena *arena, const char *text)
{
  return compile_text(arena, arena_printf(arena, "%s%s", events, text));
}

/* An experience with these clauses beside those that it needs. */
static Compile *compile_clauses(Arena *arena, const char *before, const char *clauses)
{
  return compile_with(arena, arena_printf(arena, "%s\nexperience Order {\n  for customer, order\n  starts on "
                                                 "Placed\n"
                                                 "  expires after 60 d\n%s\n}\n", before, clauses));
}

/* Fails with the first finding if there is an error. */
static Experience *experience_of(Arena *arena, const char *before, const char *clauses)
{
  Compile *compile = compile_clauses(arena, before, clauses);
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s %s", diag_info[diag->code].code, diag->message);
  assert_int_equal(compile->program->experiences.len, 1);
  return compile->program->experiences.data[0];
}

static uint32_t errors_of(const Compile *compile)
{
  return compile->diags.errors;
}

/* ---- what is reported ------------------------------------------------------------------ */

static void every_file_of_the_corpus_reports_what_it_says(void **state)
{
  int files;
  assert_int_equal(corpus_check(*state, "tests/corpus/check/experience", &files), 0);
  assert_true(files >= 4);
}

static void clauses_that_could_not_be_read_are_not_missed(void **state)
{
  const Compile *compile = compile_with(*state, "experience Order { for customer  starts upon Placed }");
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    assert_int_not_equal(diag->code, E0451);
}

static void an_event_without_the_key_is_said_once(void **state)
{
  const Compile *compile = compile_clauses(*state, "event Storm\n",
                                           "  void on Storm\n  sco \"s\" no Storm within 1 d");
  const Diag *diag = needed_finding(compile, E0453);
  assert_int_equal(errors_of(compile), 1);
  assert_string_equal(diag->help, "add `customer: id` to Storm");
}

static void a_near_mot_is_suggested_and_can_be_put_in(void **state)
{
  const Compile *compile = compile_clauses(*state, "",
                                           "  mot Arrived { when Called  smoto Done within 1 d }\n"
                                           "  mot Sorry { when missed Arived  smoto Called within 1 d }");
  assert_string_equal(needed_finding(compile, E0457)->fix_text, "Arrived");
}

static void what_a_pattern_makes_of_its_arguments_shows_the_use(void **state)
{
  const Compile *compile = compile_clauses(*state, "pattern Soon() { smoto wait <= 3 min }",
                                           "  mot M like Soon { when Done }");
  const Diag *diag = needed_finding(compile, E0314);
  assert_int_equal(errors_of(compile), 1);
  assert_non_null(diag->notes);
  const DiagNote *last = diag->notes;
  while (last->next) last = last->next;
  assert_string_equal(last->text, "in this pattern, as M uses it here");
}

static void a_wrong_pattern_is_said_once_however_often_it_is_used(void **state)
{
  const Compile *compile = compile_clauses(*state, "pattern Soon() { when Nothing  smoto Done within 1 d }",
                                           "  mot M like Soon { }\n  mot N like Soon { }");
  assert_int_equal(errors_of(compile), 1);
  assert_null(needed_finding(compile, E0201)->notes);
}

static void a_pattern_nobody_uses_is_checked(void **state)
{
  const Compile *compile = compile_with(
    *state, "pattern Soon(limit: duration) { when Nothing  smoto Done within limit }");
  needed_finding(compile, E0201);
  assert_int_equal(errors_of(compile), 1);
}

static void an_argument_that_does_not_fit_is_said_once(void **state)
{
  const Compile *compile = compile_clauses(
    *state, "pattern Soon(limit: duration) { when Called where wait > limit  smoto Done within limit }",
    "  mot M like Soon(3 EUR) { }");
  needed_finding(compile, E0301);
  assert_int_equal(errors_of(compile), 1);
}

/* ---- what the program says ---------------------------------------------------------------- */

static void the_clauses_of_an_experience(void **state)
{
  const Experience *experience = experience_of(
    *state, "", "  manager ana\n  sco \"It works\" Done by start.promised\n  ends on Done\n"
                "  sentiment Survey.score\n  value start.price * 2\n  on missed { alert ana }");
  assert_int_equal(experience->keys.len, 2);
  assert_false(experience->keys.data[1].optional);
  assert_int_equal(experience->expires, INT64_C(60) * 86400 * 1000000);
  assert_non_null(experience->manager);
  assert_non_null(experience->starts);
  assert_non_null(experience->sco);
  assert_non_null(experience->ends);
  assert_int_equal(experience->sentiment->kind, AGGREGATE_LAST);
  assert_int_equal(experience->sentiment->match->cases.len, 1);
  assert_int_equal(experience->value->type.base, VALUE_MONEY);
  assert_int_equal(experience->actions.len, 1);
  assert_int_equal(experience->actions.data[0]->when, WHEN_MISSED);
}

static void the_clauses_of_a_mot(void **state)
{
  const Experience *experience = experience_of(
    *state, "", "  mot M {\n    manager ana  producers ops by opening.agent  critical\n    when Called  "
                "smoto Done within 1 d\n"
                "    weight 2.5  impact -45 EUR when missed  void on Survey  pause on Survey until Called\n"
                "    target 95% over 7 d\n  }");
  const Mot *mot = experience->mots.data[0];
  assert_non_null(mot->manager);
  assert_int_equal(mot->producers.len, 1);
  assert_int_equal(mot->by->type.base, VALUE_ID);
  assert_true(mot->critical);
  assert_true(mot->weight == 2.5);
  assert_int_equal(mot->impact_missed->u.i, -4500);
  assert_null(mot->impact_produced);
  assert_int_equal(mot->voids.len, 1);
  assert_non_null(mot->pause);
  assert_non_null(mot->resume);
  assert_int_equal(mot->targets.len, 1);
}

static void a_mot_without_a_weight_counts_once(void **state)
{
  const Experience *experience = experience_of(*state, "", "  mot M { when Called  smoto Done within 1 d }");
  assert_true(experience->mots.data[0]->weight == 1);
}

static void own_clauses_override_those_of_the_pattern(void **state)
{
  const Experience *experience = experience_of(
    *state, "pattern Soon(E: event, limit: duration) {\n  when E  smoto Done within limit  weight 3\n"
            "  target 95% over 7 d\n}",
    "  mot M like Soon(Called, 2 h) { weight 5  target 90% over 1 d }\n  mot N like Soon(Survey, 3 h) { }");
  const Mot *m = experience->mots.data[0], *n = experience->mots.data[1];
  assert_true(m->weight == 5);
  assert_true(n->weight == 3);
  assert_int_equal(m->targets.len, 2);
  assert_int_equal(n->targets.len, 1);
  assert_int_equal(m->smoto->leaves.data[0]->steps.data[0].bound.value->u.i, INT64_C(2) * 3600 * 1000000);
  assert_int_equal(n->smoto->leaves.data[0]->steps.data[0].bound.value->u.i, INT64_C(3) * 3600 * 1000000);
  assert_ptr_not_equal(m->when->choices.data[0].steps.data[0].match.cases.data[0].event,
                       n->when->choices.data[0].steps.data[0].match.cases.data[0].event);
}

static void a_model_of_a_parameter_is_listened_to_by_nobody(void **state)
{
  const Compile *compile = compile_with(
    *state, "event Model { wait: duration }\npattern P(E: event like Model) { when E  smoto wait <= 3 min }");
  for (uint32_t i = 0; i < compile->program->events.len; i++) {
    const Event *event = compile->program->events.data[i];
    assert_false(event->used && strcmp(sym_text(compile->names, event->name), "Model") == 0);
  }
}

static void experiences_may_listen_to_each_other(void **state)
{
  const Compile *compile = compile_with(
    *state, "experience A { for customer  starts on Placed  expires after 9 d\n"
            "  mot M { when missed B.N as n  smoto wait <= 3 min }\n"
            "  mot K { when Called  smoto Done within 1 d } }\n"
            "experience B { for customer  starts on Placed  expires after 9 d\n"
            "  mot N { when Called  smoto Done within 1 d }\n"
            "  mot L { when missed A.K  smoto wait <= 3 min } }\n");
  assert_int_equal(errors_of(compile), 0);
  assert_int_equal(compile->program->experiences.len, 2);
  assert_string_equal(sym_text(compile->names, compile->program->experiences.data[0]->name), "A");
}

static void the_example_has_nothing_to_report(void **state)
{
  static char text[1 << 16];
  FILE *file = fopen("examples/broadband/broadband.mot", "rb");
  assert_non_null(file);
  size_t len = fread(text, 1, sizeof text, file);
  fclose(file);
  assert_true(len > 0 && len < sizeof text);
  Compile *compile = ARENA_NEW((Arena *)*state, Compile);
  compile_init(compile, *state, (Loader){NULL, NULL});
  compile_file(compile, sources_add(&compile->sources, "broadband.mot", text, len), true);
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (!diag->allowed) fail_msg("%s %s", diag_info[diag->code].code, diag->message);
  assert_true(compile->program->tests.len >= 5);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(every_file_of_the_corpus_reports_what_it_says),
    ARENA_TEST(clauses_that_could_not_be_read_are_not_missed),
    ARENA_TEST(an_event_without_the_key_is_said_once),
    ARENA_TEST(a_near_mot_is_suggested_and_can_be_put_in),
    ARENA_TEST(what_a_pattern_makes_of_its_arguments_shows_the_use),
    ARENA_TEST(a_wrong_pattern_is_said_once_however_often_it_is_used),
    ARENA_TEST(a_pattern_nobody_uses_is_checked),
    ARENA_TEST(an_argument_that_does_not_fit_is_said_once),
    ARENA_TEST(the_clauses_of_an_experience),
    ARENA_TEST(the_clauses_of_a_mot),
    ARENA_TEST(a_mot_without_a_weight_counts_once),
    ARENA_TEST(own_clauses_override_those_of_the_pattern),
    ARENA_TEST(a_model_of_a_parameter_is_listened_to_by_nobody),
    ARENA_TEST(experiences_may_listen_to_each_other),
    ARENA_TEST(the_example_has_nothing_to_report),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
