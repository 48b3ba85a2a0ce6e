/* test_fmt.c - one layout for a file: nothing lost, and stable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/fmt.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/parsing.h"

static const char GOOD[] = "tests/corpus/syntax/good", BROADBAND[] = "tests/corpus/syntax/good/broadband.mot";

/* NULL if the formatter declines. */
static const char *format_bytes(Arena *arena, const char *text, size_t len)
{
  Sources sources;
  Diags diags;
  Buf out;
  sources_init(&sources, arena);
  diags_init(&diags, arena);
  buf_init(&out, arena);
  ParseInput in = {arena, intern_new(arena), &sources, &diags};
  uint32_t file = sources_add(&sources, "test.mot", text, len);
  if (!fmt_text(&in, file, &out)) {
    assert_int_not_equal(diags.errors, 0);
    assert_int_not_equal(diags.first->code, E0136);
    return NULL;
  }
  return out.data ? out.data : "";
}

static const char *format_z(Arena *arena, const char *text)
{
  return format_bytes(arena, text, strlen(text));
}

static void expect_layout(Arena *arena, const char *text, const char *layout)
{
  const char *got = format_z(arena, text);
  assert_non_null(got);
  assert_string_equal(got, layout);
  assert_string_equal(format_z(arena, got), layout);
}

/* ---- layouts ---------------------------------------------------------------------------- */

static void clauses_stand_one_a_line_and_line_up(void **state)
{
  expect_layout(*state, "experience   X \"x\" { for customer,order\nmanager ana expires after 60d }",
                "experience X \"x\" {\n"
                "  for     customer, order\n"
                "  manager ana\n"
                "  expires after 60 d\n"
                "}\n");
}

static void fields_line_up(void **state)
{
  expect_layout(*state, "event A {\n a : id\n  longer: duration ( s )from \"x\"\n b: id ?\n}",
                "event A {\n"
                "  a:      id\n"
                "  longer: duration(s) from \"x\"\n"
                "  b:      id?\n"
                "}\n");
}

static void short_blocks_stay_on_their_line(void **state)
{
  expect_layout(*state, "event A{a:id b:id}\nevent Longer { a: id }\n\nevent C { }\n",
                "event A      { a: id  b: id }\n"
                "event Longer { a: id }\n"
                "\n"
                "event C { }\n");
}

static void empty_lines_are_kept_once(void **state)
{
  expect_layout(*state, "\n\nuse a\n\n\n\nuse b\nuse c\nevent A {\n\n  a: id\n\n\n  b: id\n\n}\n\n\n",
                "use a\n\nuse b\nuse c\nevent A {\n  a: id\n\n  b: id\n}\n");
}

static void comments_keep_their_places(void **state)
{
  expect_layout(*state,
                "# first\nuse a # behind\nevent A { # opens\n# own\na: id #x\n"
                "longer: id    # y  \n# last\n}\n#end",
                "# first\n"
                "use a  # behind\n"
                "event A {  # opens\n"
                "  # own\n"
                "  a:      id  #x\n"
                "  longer: id  # y\n"
                "  # last\n"
                "}\n"
                "#end\n");
}

static void a_comment_inside_a_clause_breaks_it(void **state)
{
  expect_layout(*state, "event A is B # one\nor C\n# two\nor D",
                "event A is B  # one\n"
                "    or C\n"
                "    # two\n"
                "    or D\n");
}

static void long_conditions_break_before_their_joints(void **state)
{
  expect_layout(*state,
                "experience X {\n mot M {\n smoto Aaaaaaaaaaaaaaaaaaaaaaaaa within 4 h "
                "and (Bbbbbbbbbbbbbbbbbbbbb or Cccccccccccccccccccc) within 2 d\n weight 2\n}\n}\n",
                "experience X {\n"
                "  mot M {\n"
                "    smoto  Aaaaaaaaaaaaaaaaaaaaaaaaa within 4 h\n"
                "           and (Bbbbbbbbbbbbbbbbbbbbb or Cccccccccccccccccccc) within 2 d\n"
                "    weight 2\n"
                "  }\n"
                "}\n");
}

static void breaks_before_joints_are_kept(void **state)
{
  expect_layout(*state, "event A is B\n  or C or\n D",
                "event A is B\n"
                "    or C or D\n");
}

static void what_is_long_breaks_before_like_and_until(void **state)
{
  expect_layout(*state,
                "experience X {\n mot Aaaaaaaaaaaaaaa \"Bbbbbbbbbbbbbbbbbbbbbbbbbbb\" like Ccccccccccccccccc"
                "(Dddddddddddd, Eeeeeeeeeee, 14 d) {\n on missed { correct \"Ffffffffffffffffffffffffffffffffffffffffffff\" "
                "by care within 4 h of Hhhhhhhhh until (I or J)\nalert ben }\n}\n}\n",
                "experience X {\n"
                "  mot Aaaaaaaaaaaaaaa \"Bbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n"
                "      like Ccccccccccccccccc(Dddddddddddd, Eeeeeeeeeee, 14 d) {\n"
                "    on missed {\n"
                "      correct \"Ffffffffffffffffffffffffffffffffffffffffffff\" by care within 4 h of Hhhhhhhhh\n"
                "          until (I or J)\n"
                "      alert ben\n"
                "    }\n"
                "  }\n"
                "}\n");
}

static void the_value_of_a_long_def_has_a_line(void **state)
{
  expect_layout(*state, "def waiting(urgency: one of (urgent, soon, routine)) = case urgency { urgent: 2 d soon: 8 d else: 22 d }",
                "def waiting(urgency: one of (urgent, soon, routine)) =\n"
                "    case urgency { urgent: 2 d  soon: 8 d  else: 22 d }\n");
}

static void signs_and_calls_are_spaced_as_they_read(void **state)
{
  expect_layout(*state, "def f ( a : int in - 5 .. 5 ) = - a * ( a - 1 )+f( -a,2 ) and not ( a == - 1 )",
                "def f(a: int in -5..5) = -a * (a - 1) + f(-a, 2) and not (a == -1)\n");
  expect_layout(*state, "metric M = count( a . b . E where(x)) in last 5 by `open` per 1  month",
                "metric M = count(a.b.E where (x)) in last 5 by `open` per 1 month\n");
}

static void steps_of_a_test_line_up(void **state)
{
  expect_layout(*state,
                "test \"t\" { at 2026-03-02   09:00 A { c \"1\" x -5 }\nafter 1 h B { }\nexpect no journey }",
                "test \"t\" {\n"
                "  at 2026-03-02 09:00  A { c \"1\" x -5 }\n"
                "  after 1 h            B { }\n"
                "  expect no journey\n"
                "}\n");
}

static void a_number_never_meets_a_unit(void **state)
{
  expect_layout(*state, "test \"t\" { at 2026-03-02 A { score 3\nd 2 } }",
                "test \"t\" {\n"
                "  at 2026-03-02  A { score 3\n"
                "                   d 2 }\n"
                "}\n");
}

static void what_has_errors_is_left_alone(void **state)
{
  assert_null(format_z(*state, "event a { b: id }"));
  assert_string_equal(format_z(*state, ""), "");
  assert_string_equal(format_z(*state, " \n\n"), "");
  assert_string_equal(format_z(*state, "# only"), "# only\n");
}

/* ---- properties over the corpus ----------------------------------------------------------- */

static void expect_stable(Arena *arena, const char *path)
{
  size_t len;
  char *text = file_bytes(arena, path, &len);
  const char *once = format_bytes(arena, text, len);
  if (!once) fail_msg("%s is not formatted", path);
  if (strcmp(format_z(arena, once), once) != 0) fail_msg("%s is formatted differently the second time", path);
}

static void formatting_twice_is_formatting_once(void **state)
{
  assert_true(each_rule_file(*state, GOOD, expect_stable) >= 20);
}

/* Other white space between the tokens: all that is not in quotes or comments. */
static char *respaced(Arena *arena, const Parsed *parsed, const char *text, uint32_t seed)
{
  static const char *const SPACES[] = {" ", "\n", "  \n\n\n ", " # c\n", "\n# own\n", "\r\n\t"};
  Buf buf;
  buf_init(&buf, arena);
  for (uint32_t i = 0; i < parsed->token_count; i++) {
    Span span = parsed->tokens[i].span;
    seed = seed * 1664525 + 1013904223;
    uint32_t choice = seed >> 24;
    bool apart = i > 0 && parsed->tokens[i - 1].span.end != span.start;
    if (apart || choice > 250) buf_text(&buf, SPACES[choice < 160 ? 0 : choice % 6]);
    buf_put(&buf, text + span.start, span.end - span.start);
  }
  buf_char(&buf, '\n');
  return buf.data;
}

static void expect_stable_respaced(Arena *arena, const char *path)
{
  size_t len;
  char *text = file_bytes(arena, path, &len);
  Parsed *parsed = parse_bytes(arena, text, len);
  for (uint32_t seed = 1; seed <= 20; seed++) {
    const char *other = respaced(arena, parsed, text, seed);
    const char *once = format_z(arena, other);
    if (!once) continue; /* a break between a number and its unit made other tokens */
    if (strcmp(format_z(arena, once), once) != 0) fail_msg("%s, seed %u: not stable", path, seed);
  }
}

static void any_white_space_comes_to_rest(void **state)
{
  each_rule_file(*state, GOOD, expect_stable_respaced);
}

static void format_broadband(Arena *arena, void *user)
{
  size_t len;
  const char *text = file_bytes(user, BROADBAND, &len);
  assert_non_null(format_bytes(arena, text, len));
}

static void memory_that_is_refused_is_no_crash(void **state)
{
  assert_true(refuse_each_request(format_broadband, *state) > 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(clauses_stand_one_a_line_and_line_up),
    ARENA_TEST(fields_line_up),
    ARENA_TEST(short_blocks_stay_on_their_line),
    ARENA_TEST(empty_lines_are_kept_once),
    ARENA_TEST(comments_keep_their_places),
    ARENA_TEST(a_comment_inside_a_clause_breaks_it),
    ARENA_TEST(long_conditions_break_before_their_joints),
    ARENA_TEST(breaks_before_joints_are_kept),
    ARENA_TEST(what_is_long_breaks_before_like_and_until),
    ARENA_TEST(the_value_of_a_long_def_has_a_line),
    ARENA_TEST(signs_and_calls_are_spaced_as_they_read),
    ARENA_TEST(steps_of_a_test_line_up),
    ARENA_TEST(a_number_never_meets_a_unit),
    ARENA_TEST(what_has_errors_is_left_alone),
    ARENA_TEST(formatting_twice_is_formatting_once),
    ARENA_TEST(any_white_space_comes_to_rest),
    ARENA_TEST(memory_that_is_refused_is_no_crash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
