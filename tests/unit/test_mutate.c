/*
 * test_mutate.c - rules with one thing changed: which changes, where, and that what comes of them can be
 * read; which rules mean the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mot/tools.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/parsing.h"
#include "tests/support/running.h"

/* ---- the changes of a text, as "was>is" with bars between ---- */

static mot_mutations *changes_of(const char *text)
{
  mot_mutations *mutations = NULL;
  assert_int_equal(mot_mutations_of("test.mot", text, strlen(text), NULL, &mutations, NULL), MOT_OK);
  return mutations;
}

static const char *changes(Arena *arena, const char *text)
{
  mot_mutations *mutations = changes_of(text);
  mot_mutation m;
  const char *all = "";
  for (size_t i = 0; mot_mutation_at(mutations, i, &m); i++)
    all = arena_printf(arena, "%s%s%.*s>%s", all, i ? "|" : "", (int)m.place.length, text + m.place.offset,
                       m.with);
  mot_mutations_free(mutations);
  return all;
}

static void expect_changes(Arena *arena, const char *text, const char *wanted)
{
  assert_string_equal(changes(arena, text), wanted);
}

/* … of a SMOTO, of a trigger, of a truth. */
static void smoto(Arena *arena, const char *condition, const char *wanted)
{
  expect_changes(arena, arena_printf(arena, "experience X { mot M { smoto %s } }", condition), wanted);
}

static void trigger(Arena *arena, const char *pattern, const char *wanted)
{
  expect_changes(arena, arena_printf(arena, "experience X { mot M { when %s } }", pattern), wanted);
}

static void truth(Arena *arena, const char *test, const char *wanted)
{
  expect_changes(arena, arena_printf(arena, "experience X { mot M { when A where (%s) } }", test),
                 arena_printf(arena, "where (%s)>%s%s", test, *wanted ? "|" : "", wanted));
}

static void clause(Arena *arena, const char *text, const char *wanted)
{
  expect_changes(arena, arena_printf(arena, "experience X { mot M { %s } }", text), wanted);
}

/* ---- steps ---- */

static void lengths_of_time(void **state)
{
  Arena *arena = *state;
  smoto(arena, "A within 15 min", "15 min>14 min|15 min>16 min");
  smoto(arena, "A within 1 h", "1 h>59 min|1 h>61 min");
  smoto(arena, "A within 1 d", "1 d>23 h|1 d>25 h");
  smoto(arena, "A within 1 w", "1 w>6 d|1 w>8 d");
  smoto(arena, "A within 1 min", "1 min>59 s|1 min>61 s");
  smoto(arena, "A within 1 s", "1 s>999 ms|1 s>1001 ms");
  smoto(arena, "A within 1 ms", "1 ms>2 ms");
  smoto(arena, "A within 2 days", "2 days>1 d|2 days>3 d");
  smoto(arena, "A within 10 minutes", "10 minutes>9 min|10 minutes>11 min");
  smoto(arena, "A within 1 h 30 min", "1 h 30 min>89 min|1 h 30 min>91 min");
  smoto(arena, "A within 1.5 h", "1.5 h>89 min|1.5 h>91 min");
  smoto(arena, "A within 0.5 s", "0.5 s>499 ms|0.5 s>501 ms");
  smoto(arena, "A within 4 h of Hours", "4 h>3 h|4 h>5 h");
  smoto(arena, "A within 3 open days of Hours", "3>2|3>4");
  smoto(arena, "A within 1 open days of Hours", "1>2");
  smoto(arena, "A by v.slot + 15 min", "15 min>14 min|15 min>16 min");
  smoto(arena, "A within (case start.p { low: 2 h else: 3 h })", "2 h>1 h|2 h>3 h|3 h>2 h|3 h>4 h");
}

static void values(void **state)
{
  Arena *arena = *state;
  truth(arena, "x < 8", "<><=|8>7|8>9");
  truth(arena, "x <= 0.50", "<=><|0.50>0.49|0.50>0.51");
  truth(arena, "x >= 95%", ">=>>|95%>94%|95%>96%");
  truth(arena, "x == 100%", "==>!=|100%>99%");
  truth(arena, "x != 99.9%", "!=>==|99.9%>99.8%|99.9%>100.0%");
  truth(arena, "x > 45 EUR", ">>>=|45 EUR>44 EUR|45 EUR>46 EUR");
  truth(arena, "x > 45.50 EUR", ">>>=|45.50 EUR>45.49 EUR|45.50 EUR>45.51 EUR");
  truth(arena, "x > 0", ">>>=|0>1");
  truth(arena, "x > -3", ">>>=|3>2|3>4");
  truth(arena, "x > 2026-03-01", ">>>=|2026-03-01>2026-02-28|2026-03-01>2026-03-02");
  truth(arena, "x > 2026-03-01 00:00",
        ">>>=|2026-03-01 00:00>2026-02-28 23:59|2026-03-01 00:00>2026-03-01 00:01");
  truth(arena, "x > 2026-03-01T09:30:15Z",
        ">>>=|2026-03-01T09:30:15Z>2026-03-01T09:29:15Z|2026-03-01T09:30:15Z>2026-03-01T09:31:15Z");
  truth(arena, "x == true", "==>!=|true>false");
  truth(arena, "(x else 3) > y", "3>2|3>4|>>>=");
  truth(arena, "x == \"a\"", "==>!=");
  truth(arena, "count(B) in last 7 d < 3", "7 d>6 d|7 d>8 d|<><=|3>2|3>4");
  truth(arena, "sum(B.f) in last 3 < 3", "3>2|3>4|<><=|3>2|3>4");
}

static void listed_values(void **state)
{
  Arena *arena = *state;
  static const char event[] = "event A { plan: one of basic, plus, max = \"Max\"  other: one of alone }";
  expect_changes(arena, arena_printf(arena, "%s experience X { starts on A where plan == basic }", event),
                 "where plan == basic>|==>!=|basic>plus");
  expect_changes(arena, arena_printf(arena, "%s experience X { starts on A where max != plan }", event),
                 "where max != plan>|max>basic|!=>==");
  expect_changes(arena, arena_printf(arena, "%s experience X { starts on A where other == alone }", event),
                 "where other == alone>|==>!=");
}

static void logic(void **state)
{
  Arena *arena = *state;
  truth(arena, "a and b or not c", "and>or|or>and|not>");
  smoto(arena, "A and not B", "and>or|not>");
  smoto(arena, "A before B where c", "A before B where c>B where c before A|where c>");
  smoto(arena, "missed N", "missed>produced");
  smoto(arena, "produced N within 2 d", "produced>missed|2 d>1 d|2 d>3 d");
  trigger(arena, "missed N as n", "missed>produced");
}

/* ---- counts ---- */

static void counts(void **state)
{
  Arena *arena = *state;
  smoto(arena, "at most 2 A",
        "at most 2>at least 2|at most 2>exactly 2|at most 2>at most 1|at most 2>at most 3");
  smoto(arena, "at most 1 A", "at most 1>at least 1|at most 1>exactly 1|at most 1>no|at most 1>at most 2");
  smoto(arena, "at least 1 A", "at least 1>at most 1|at least 1>exactly 1|at least 1>at least 2");
  smoto(arena, "exactly 1 A", "exactly 1>at most 1|exactly 1>at least 1|exactly 1>no|exactly 1>exactly 2");
  smoto(arena, "at most n A", "at most n>at least n|at most n>exactly n");
  smoto(arena, "exactly 1A", "exactly 1>at most 1 |exactly 1>at least 1 |exactly 1>no |exactly 1>exactly 2 ");
  smoto(arena, "no A where b", "no>at most 1|no>|where b>");
  smoto(arena, "no (A or B) within 2 d", "no>at most 1|no>|A or >| or B>|2 d>1 d|2 d>3 d");
  smoto(arena, "(A or B) within 2 d", "or>and|2 d>1 d|2 d>3 d");
  smoto(arena, "A within 2 h then no B within 3 h",
        "2 h>1 h|2 h>3 h| then no B within 3 h>|no>at most 1|no>|3 h>2 h|3 h>4 h");
}

/* ---- patterns ---- */

static void triggers(void **state)
{
  Arena *arena = *state;
  trigger(arena, "A", "");
  trigger(arena, "each A", "");
  trigger(arena, "first A", "first>");
  trigger(arena, "latest A where b as v", "latest>|where b>");
  trigger(arena, "A or B or C", "A or >| or B>| or C>");
  trigger(arena, "3 A within 7 d", "3>2|3>4|7 d>6 d|7 d>8 d");
  trigger(arena, "A then B within 7 d", " then B within 7 d>|7 d>6 d|7 d>8 d");
  trigger(arena, "no A for 30 d", "30 d>29 d|30 d>31 d");
}

/* ---- clauses ---- */

static void clauses(void **state)
{
  Arena *arena = *state;
  clause(arena, "void on A", "void on A>");
  clause(arena, "pause on A until B where c", "pause on A until B where c>|where c>");
  clause(arena, "critical weight 2 manager a producers b by c.d impact -3 EUR when missed", "");
  clause(arena, "target 95% over 7 d", "target 95% over 7 d>|95%>94%|95%>96%|7 d>6 d|7 d>8 d");
  clause(arena, "target p95(wait) <= 3 min over 1 d step 2 h min 30 cases",
         "target p95(wait) <= 3 min over 1 d step 2 h min 30 cases>|3 min>2 min|3 min>4 min|1 d>23 h|1 d>25 "
         "h|2 h>1 h|"
         "2 h>3 h|min 30 cases>|30>29|30>31");
  clause(arena, "target 95% over 1 month", "target 95% over 1 month>|95%>94%|95%>96%|1 month>2 month");
  expect_changes(arena,
                 "experience X { starts on A ends on B expires after 60 d sentiment A.b value start.c }",
                 "ends on B>|60 d>59 d|60 d>61 d");
  expect_changes(arena, "experience X { sco \"text\" A within 2 d }", "2 d>1 d|2 d>3 d");
  expect_changes(arena, "experience X { mot M like P(A, 60 s, 3) { } }", "60 s>59 s|60 s>61 s|3>2|3>4");
}

static void actions(void **state)
{
  Arena *arena = *state;
  clause(arena, "on missed { alert ana severity high }",
         "on missed { alert ana severity high }>|high>critical");
  clause(arena, "on void { }", "");
  clause(arena, "on missed { alert ana alert ben severity critical }",
         "on missed { alert ana alert ben severity critical }>|alert ana>|alert ben severity "
         "critical>|critical>high");
  clause(arena, "on at risk 30 min before deadline { alert a }",
         "on at risk 30 min before deadline { alert a }>|30 min>29 min|30 min>31 min");
  clause(arena, "on met { alert a escalate after 2 d }",
         "on met { alert a escalate after 2 d }>|escalate after 2 d>|2 d>1 d|2 d>3 d");
  clause(arena, "on met { alert a hold 2 d repeat every 3 h for 4 s }",
         "on met { alert a hold 2 d repeat every 3 h for 4 s }>|hold 2 d>|2 d>1 d|2 d>3 d|repeat every 3 "
         "h>|3 h>2 h|"
         "3 h>4 h|for 4 s>|4 s>3 s|4 s>5 s");
  clause(arena, "on missed { correct \"x\" by a within 2 h until B where c }",
         "on missed { correct \"x\" by a within 2 h until B where c }>|2 h>1 h|2 h>3 h|until B where "
         "c>|where c>");
}

/* ---- what no expectation can see ---- */

static void hidden_things(void **state)
{
  Arena *arena = *state;
  expect_changes(arena, "metric M = count(A) where x > 3 per 1 d", "");
  expect_changes(arena, "metric M = count(A) where x > 3 per 1 d nsat N for X { goal G { measure M } }",
                 ">>>=|3>2|3>4");
  expect_changes(arena, "event L is A where x > 3 metric M = count(L) per 1 d", "");
  expect_changes(arena, "event L is A where x > 3 experience X { starts on L }", "where x > 3>|>>>=|3>2|3>4");
  expect_changes(arena, "def f(x: int) = x > 3", "");
  expect_changes(arena, "def f(x: int) = x > 3 experience X { starts on A where f(b) }",
                 ">>>=|3>2|3>4|where f(b)>");
  expect_changes(arena, "pattern P(d: duration) { smoto A within 2 h }", "");
  expect_changes(arena, "pattern P(d: duration) { smoto A within 2 h } experience X { mot M like P(d) { } }",
                 "2 h>1 h|2 h>3 h");
  expect_changes(
    arena, "experience X { mot M { weight 2 } } nsat N for X { goal G { measure disruption weight 3 } }",
    "2>1|2>3");
  expect_changes(arena, "test \"t\" { at 2026-01-01 A { x 3 } expect missed M at 2026-01-02 }", "");
  expect_changes(arena, "stream { lateness 60 s } review R { every 2 weeks }", "");
}

/* ---- words and places ---- */

static void words_and_places(void **state)
{
  (void)state;
  static const char text[] = "# é\nexperience X {\n  mot M { smoto A # why\n   within 15 min } }";
  mot_mutations *mutations = changes_of(text);
  mot_mutation m;
  assert_true(mot_mutation_at(mutations, 1, &m));
  assert_int_equal(m.kind, MOT_MUTATE_BOUND);
  assert_string_equal(m.what, "15 min made 16 min");
  assert_string_equal(m.hint, "no test tells 15 min from 16 min: send A a second after 15 min");
  assert_string_equal(m.place.file, "test.mot");
  assert_int_equal(m.place.line, 4);
  assert_int_equal(m.place.column, 11);
  assert_int_equal(m.place.end_line, 4);
  assert_int_equal(m.place.end_column, 17);
  assert_int_equal(m.place.offset, strstr(text, "15 min") - text);
  assert_int_equal(m.place.length, 6);
  assert_false(mot_mutation_at(mutations, 2, &m));
  mot_mutations_free(mutations);
}

static void words_of_clauses(void **state)
{
  (void)state;
  mot_mutations *mutations = changes_of("experience X { mot M { void on A # why\n where b } }");
  mot_mutation m;
  assert_true(mot_mutation_at(mutations, 0, &m));
  assert_int_equal(m.kind, MOT_MUTATE_CLAUSE);
  assert_string_equal(m.what, "`void on A where b` dropped");
  assert_string_equal(m.with, "");
  mot_mutations_free(mutations);
}

static void errors_of_syntax_are_refused(void **state)
{
  (void)state;
  mot_mutations *mutations = NULL;
  mot_error error;
  static const char text[] = "experience { smoto";
  assert_int_equal(mot_mutations_of("x", text, strlen(text), NULL, &mutations, &error), MOT_REJECTED);
  assert_null(mutations);
  assert_string_equal(error.text, "");
  mot_mutations_free(NULL);
}

/* ---- whatever is changed can be read ---- */

static const char *applied(Arena *arena, const char *text, size_t size, const mot_mutation *m)
{
  size_t end = m->place.offset + m->place.length;
  assert_true(end <= size);
  return arena_printf(arena, "%.*s%s%s", (int)m->place.offset, text, m->with, text + end);
}

static void read_each(Arena *arena, const char *path)
{
  size_t size;
  const char *text = file_bytes(arena, path, &size);
  mot_mutations *mutations = NULL;
  mot_mutation m;
  uint32_t before = 0;
  assert_int_equal(mot_mutations_of(path, text, size, NULL, &mutations, NULL), MOT_OK);
  for (size_t i = 0; mot_mutation_at(mutations, i, &m); i++) {
    Arena scratch;
    arena_init(&scratch, arena->mem);
    const char *other = applied(&scratch, text, size, &m);
    Parsed *parsed = parse_z(&scratch, other);
    if (parsed->diags.errors > 0)
      fail_msg("%s:%u:%u: %s: %s", path, m.place.line, m.place.column, m.what, codes_said(&scratch, parsed));
    assert_true(m.place.offset >= before);
    assert_string_not_equal(other, text);
    before = m.place.offset;
    arena_free(&scratch);
  }
  mot_mutations_free(mutations);
}

static void each_change_gives_a_text_that_can_be_read(void **state)
{
  assert_true(each_rule_file(*state, "tests/corpus/syntax/good", read_each) > 0);
  assert_true(each_rule_file(*state, "examples/broadband", read_each) > 0);
  assert_true(each_rule_file(*state, "stdlib/std", read_each) > 0);
}

/* ---- the same meaning ---- */

static const char framework[] =
  "%s event A { k: id  n: int } event B { k: id }\n"
  "owner o \"O\" { role experience_manager }\n"
  "experience X \"X\" { for k manager o starts on A expires after 10 d %s\n"
  "  sco \"good\" B within 3 d\n"
  "  mot M \"m\" { manager o producers o when A where %s smoto B within %s target 90%% over 1 d %s } }\n"
  "test \"t\" { at 2026-03-02 A { k \"1\" n 3 } expect missed M }\n";

typedef struct Said {
  const char *before, *clause, *where, *within, *cases;
} Said;

static mot_rules *rules_of(Arena *arena, Said said)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return running_rules(
    arena_printf(arena, framework, said.before, said.clause, said.where, said.within, said.cases));
#pragma GCC diagnostic pop
}

static bool same(Arena *arena, Said said, Said other)
{
  mot_rules *a = rules_of(arena, said), *b = rules_of(arena, other);
  bool is = mot_rules_same(a, b);
  assert_int_equal(mot_rules_same(b, a), is);
  assert_true(mot_rules_same(a, a));
  mot_rules_free(a);
  mot_rules_free(b);
  return is;
}

static void the_same_meaning(void **state)
{
  Arena *arena = *state;
  const Said said = {"", "", "n > 2", "1 d", ""};
  assert_true(same(arena, said, said));
  assert_true(same(arena, said, (Said){"# more\n", "", "n > 2", "1 d", ""}));
  assert_true(same(arena, said, (Said){"", "", "(n > 2)", "24 h", ""}));
  assert_true(same(arena, said, (Said){"", "", "n > 2", "1 d", "min 20 cases"}));
  assert_false(same(arena, said, (Said){"", "", "n > 2", "1 d", "min 19 cases"}));
  assert_false(same(arena, said, (Said){"", "", "n > 3", "1 d", ""}));
  assert_false(same(arena, said, (Said){"", "", "n >= 2", "1 d", ""}));
  assert_false(same(arena, said, (Said){"", "", "n > 2", "25 h", ""}));
  assert_false(same(arena, said, (Said){"", "ends on B", "n > 2", "1 d", ""}));
  assert_false(same(arena, said, (Said){"event C { k: id }\n", "ends on C", "n > 2", "1 d", ""}));
}

/* ---- compiled without looking at the framework ---- */

static mot_compilation *compiled(const char *text, bool errors_only)
{
  mot_compilation *c = NULL;
  mot_compile_options options = {.errors_only = errors_only};
  assert_int_equal(mot_compile_text("x.mot", text, strlen(text), &options, &c, NULL), MOT_OK);
  return c;
}

static void the_framework_is_not_looked_at(void **state)
{
  Arena *arena = *state;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const char *text = arena_printf(arena, framework, "", "", "n > 2", "1 d", "");
#pragma GCC diagnostic pop
  mot_compilation *all = compiled(text, false), *quick = compiled(text, true);
  size_t size, quick_size;
  const void *module = mot_module(all, &size), *quick_module = mot_module(quick, &quick_size);
  assert_true(mot_warning_count(all) > 0);
  assert_int_equal(mot_warning_count(quick), 0);
  assert_int_equal(size, quick_size);
  assert_memory_equal(module, quick_module, size);
  mot_compilation_free(all);
  mot_compilation_free(quick);
}

/* ---- memory ---- */

static void find_in(Mem *mem, void *user)
{
  static const char text[] =
    "experience X { mot M { when A where b > 3 smoto C within 2 h target 90% over 7 d } }";
  mot_allocator allocator = {mem->resize, mem->user};
  mot_compile_options options = {.allocator = &allocator};
  mot_mutations *mutations = NULL;
  mot_status status = mot_mutations_of("x", text, strlen(text), &options, &mutations, NULL);
  (void)user;
  mot_mutations_free(mutations);
  if (status == MOT_NO_MEMORY) mem_fail(mem);
  assert_int_equal(status, MOT_OK);
}

static void nothing(void *user)
{
  (void)user;
}

static void refused_memory_is_told(void **state)
{
  (void)state;
  assert_true(refuse_each_resize(find_in, nothing, NULL) > 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(lengths_of_time),
    ARENA_TEST(values),
    ARENA_TEST(listed_values),
    ARENA_TEST(logic),
    ARENA_TEST(counts),
    ARENA_TEST(triggers),
    ARENA_TEST(clauses),
    ARENA_TEST(actions),
    ARENA_TEST(hidden_things),
    ARENA_TEST(the_same_meaning),
    ARENA_TEST(the_framework_is_not_looked_at),
    ARENA_TEST(each_change_gives_a_text_that_can_be_read),
    cmocka_unit_test(words_and_places),
    cmocka_unit_test(words_of_clauses),
    cmocka_unit_test(errors_of_syntax_are_refused),
    cmocka_unit_test(refused_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
