/* test_check_names.c - names and declarations: what is reported, and what the program says after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/corpus.h"

static Compile *compile_text(Arena *arena, const char *text)
{
  Compile *compile = ARENA_NEW(arena, Compile);
  compile_init(compile, arena, (Loader){NULL, NULL});
  compile_file(compile, sources_add(&compile->sources, "test.mot", text, strlen(text)), true);
  return compile;
}

/* Fails with the first finding if there is an error. */
static Program *program_of(Arena *arena, const char *text, Compile **ret_compile)
{
  Compile *compile = compile_text(arena, text);
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s %s", diag_info[diag->code].code, diag->message);
  if (ret_compile) *ret_compile = compile;
  return compile->program;
}

static const Diag *finding(const Compile *compile, DiagCode code)
{
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->code == code) return diag;
  return NULL;
}

static Event *event_of(const Program *program, const char *name)
{
  for (uint32_t i = 0; i < program->events.len; i++) {
    Event *event = program->events.data[i];
    if (strcmp(sym_text(program->names, event->name), name) == 0) return event;
  }
  fail_msg("there is no event %s", name);
  return NULL;
}

static Field *field_of(const Program *program, const char *event, const char *field)
{
  Field *found = event_field(event_of(program, event), intern_z(program->names, field));
  if (!found) fail_msg("%s has no %s", event, field);
  return found;
}

static bool has_field(const Program *program, const char *event, const char *field)
{
  return event_field(event_of(program, event), intern_z(program->names, field)) != NULL;
}

/* ---- what is reported ------------------------------------------------------------------ */

static void every_file_of_the_corpus_reports_what_it_says(void **state)
{
  int files;
  assert_int_equal(corpus_check(*state, "tests/corpus/check/names", &files), 0);
  assert_true(files >= 10);
}

static void a_near_name_is_suggested_and_can_be_put_in(void **state)
{
  const Compile *compile =
    compile_text(*state, "event CallEnded { customer: id }\nevent L is CallEnd or CallEnded");
  const Diag *diag = finding(compile, E0201);
  assert_non_null(diag);
  assert_string_equal(diag->help, "did you mean `CallEnded`?");
  assert_string_equal(diag->fix_text, "CallEnded");
}

static void a_name_in_another_case_is_the_nearest(void **state)
{
  const Compile *compile =
    compile_text(*state, "event SMSSent\nevent SmsRead\nevent X is SmsSent or SmsRead");
  assert_string_equal(finding(compile, E0201)->fix_text, "SMSSent");
}

static void a_clash_names_both_places(void **state)
{
  const Compile *compile = compile_text(*state, "event Visit\nevent Other\nevent Visit");
  const Diag *diag = finding(compile, E0203);
  assert_non_null(diag);
  assert_int_equal(diag->span.start, 30);
  assert_int_equal(diag->notes->span.start, 6);
}

static void a_circle_shows_its_chain(void **state)
{
  const Compile *compile = compile_text(*state, "event A is B\nevent B is C\nevent C is A");
  const Diag *diag = finding(compile, E0215);
  assert_non_null(diag);
  assert_string_equal(diag->notes->text, "`A` needs `B`");
  assert_string_equal(diag->notes->next->next->text, "`C` needs `A`");
  assert_null(diag->notes->next->next->next);
}

static void nothing_is_invented_where_a_declaration_could_not_be_read(void **state)
{
  const Compile *compile = compile_text(*state, "event Call { customer: id } }\nevnt Chat { customer: id }\n"
                                                "event Contact is Call or Chat");
  assert_true(compile->diags.errors > 0);
  assert_null(finding(compile, E0201));
}

/* ---- what the program says ----------------------------------------------------------------- */

static void types_read_as_they_are_written(void **state)
{
  Compile *compile;
  const Program *p = program_of(*state,
                                "event E { a: int? in_range: int in -5..5 m: money(JPY) d: duration(ms)\n"
                                "  t: time(\"%d/%m/%Y\") u: time(unix_s)? from \"x.y\" }", &compile);
  assert_true(field_of(p, "E", "a")->type.optional);
  assert_int_equal(field_of(p, "E", "in_range")->low, -5);
  assert_int_equal(p->currencies.data[field_of(p, "E", "m")->type.currency].exponent, 0);
  assert_int_equal(field_of(p, "E", "d")->format, FORMAT_MILLISECONDS);
  assert_int_equal(field_of(p, "E", "t")->format, FORMAT_PATTERN);
  assert_string_equal(sym_text(p->names, field_of(p, "E", "t")->pattern), "%d/%m/%Y");
  assert_int_equal(field_of(p, "E", "u")->format, FORMAT_UNIX_SECONDS);
  assert_string_equal(sym_text(p->names, field_of(p, "E", "u")->path), "x.y");
  assert_string_equal(sym_text(p->names, field_of(p, "E", "a")->path), "a");
}

static void the_same_names_are_the_same_type_in_any_order(void **state)
{
  const Program *p = program_of(*state, "event A { c: one of phone, chat }\n"
                                        "event B { c: one of chat, phone }\n"
                                        "event C { c: one of chat = \"CHAT\", phone }\n"
                                        "event D { c: one of chat }", NULL);
  Type a = field_of(p, "A", "c")->type, b = field_of(p, "B", "c")->type, c = field_of(p, "C", "c")->type;
  assert_ptr_equal(a.listed, b.listed);
  assert_true(type_same(a, c));
  assert_ptr_not_equal(a.listed, c.listed);
  assert_string_equal(sym_text(p->names, c.listed->values[1].raw), "CHAT");
  assert_false(type_same(a, field_of(p, "D", "c")->type));
  assert_int_equal(p->listed.len, 3);
}

static void like_takes_the_fields_and_own_ones_override(void **state)
{
  const Program *p = program_of(*state, "event Call { customer: id wait: duration }\n"
                                        "event Chat like Call from \"chat\" { wait: int more: text }", NULL);
  assert_int_equal(event_of(p, "Chat")->fields.len, 3);
  assert_int_equal(field_of(p, "Chat", "wait")->type.base, VALUE_INT);
  assert_int_equal(field_of(p, "Call", "wait")->type.base, VALUE_DURATION);
  assert_string_equal(sym_text(p->names, event_of(p, "Chat")->raw), "chat");
  assert_string_equal(sym_text(p->names, event_of(p, "Call")->raw), "Call");
}

static void a_kind_that_follows_has_what_all_have_in_common(void **state)
{
  const Program *p = program_of(*state, "event Both is Call or Chat\nevent All is Both or Mail\n"
                                        "event Call { customer: id wait: duration agent: id? }\n"
                                        "event Chat { customer: id wait: duration agent: id }\n"
                                        "event Mail { customer: id wait: int agent: id }", NULL);
  assert_int_equal(event_of(p, "Both")->members.cases.len, 2);
  assert_int_equal(event_of(p, "All")->members.cases.len, 3);
  assert_true(field_of(p, "Both", "agent")->type.optional);
  assert_true(has_field(p, "Both", "wait"));
  assert_false(has_field(p, "All", "wait"));
  assert_string_equal(sym_text(p->names, p->events.data[0]->name), "Both");
  assert_string_equal(sym_text(p->names, p->events.data[4]->name), "Mail");
}

static void models_of_used_files_stay_out_of_the_program(void **state)
{
  const Program *p = program_of(*state, "use std.contact\nevent CallEnded like std.contact.CallEnded", NULL);
  assert_int_equal(p->events.len, 1);
  assert_string_equal(sym_text(p->names, p->events.data[0]->shown), "CallEnded");
}

static void open_hours_are_ordered_and_joined(void **state)
{
  const Program *p = program_of(*state, "calendar Office { open tue 12:00..24:00, mon..tue 08:00..12:00\n"
                                        "  closed 2026-01-02, 2026-01-01, 1969-12-31 }", NULL);
  const Calendar *office = p->calendars.data[0];
  assert_int_equal(office->hours.len, 2);
  assert_int_equal(office->hours.data[1].weekday, 1);
  assert_true(office->hours.data[1].to == INT64_C(86400000000));
  assert_int_equal(office->closed.len, 2);
  assert_int_equal(office->closed.data[0].first, -1);
  assert_int_equal(office->closed.data[1].last - office->closed.data[1].first, 1);
  assert_string_equal(sym_text(p->names, office->zone), "UTC");
}

static void the_stream_has_its_defaults(void **state)
{
  const Program *p = program_of(*state, "event A", NULL);
  assert_string_equal(sym_text(p->names, p->stream.time_path), "time");
  assert_int_equal(p->stream.id_path, 0);
  assert_int_equal(p->stream.lateness, 0);
  assert_int_equal(p->stream.idle, -1);
  assert_true(p->stream.ahead == INT64_C(300000000));
}

static void people_answer_to_whom_they_say(void **state)
{
  const Program *p = program_of(*state, "team care \"Care\" { lead ben }\n"
                                        "owner ben \"Ben\" { reports to ana }\n"
                                        "owner ana \"Ana\" { role experience_manager }", NULL);
  assert_ptr_equal(p->owners.data[0]->lead, p->owners.data[1]);
  assert_ptr_equal(p->owners.data[1]->reports_to, p->owners.data[2]);
  assert_int_equal(p->owners.data[2]->role, ROLE_EXPERIENCE_MANAGER);
  assert_int_equal(p->owners.data[0]->kind, OWNER_TEAM);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(every_file_of_the_corpus_reports_what_it_says),
    ARENA_TEST(a_near_name_is_suggested_and_can_be_put_in),
    ARENA_TEST(a_name_in_another_case_is_the_nearest),
    ARENA_TEST(a_clash_names_both_places),
    ARENA_TEST(a_circle_shows_its_chain),
    ARENA_TEST(nothing_is_invented_where_a_declaration_could_not_be_read),
    ARENA_TEST(types_read_as_they_are_written),
    ARENA_TEST(the_same_names_are_the_same_type_in_any_order),
    ARENA_TEST(like_takes_the_fields_and_own_ones_override),
    ARENA_TEST(a_kind_that_follows_has_what_all_have_in_common),
    ARENA_TEST(models_of_used_files_stay_out_of_the_program),
    ARENA_TEST(open_hours_are_ordered_and_joined),
    ARENA_TEST(the_stream_has_its_defaults),
    ARENA_TEST(people_answer_to_whom_they_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
