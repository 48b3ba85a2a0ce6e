/* test_parser.c - trees, mistakes and where reading goes on after them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/parsing.h"

static const char GOOD[] = "tests/corpus/syntax/good", BAD[] = "tests/corpus/syntax/bad";
static const char BROADBAND[] = "tests/corpus/syntax/good/broadband.mot";

static AstDecl *first_decl(Arena *arena, const char *text, Parsed **ret_parsed)
{
  *ret_parsed = parse_z(arena, text);
  if ((*ret_parsed)->diags.errors != 0) fail_msg("%s: %s", text, codes_said(arena, *ret_parsed));
  return (AstDecl *)(void *)(*ret_parsed)->tree->decls.first;
}

/* ---- trees ------------------------------------------------------------------------------ */

/* An expression in full parentheses. */
static const char *shape(Arena *arena, const Parsed *parsed, const AstExpr *e)
{
  static const char *const SIGNS[] = {"or", "and", "not", "?", "+", "-", "*", "/", "-", "known", "else"};
  switch (e->n.kind) {
  case AX_OR: case AX_AND: case AX_COMPARE: case AX_ADD: case AX_SUB: case AX_MUL: case AX_DIV: case AX_ELSE:
    return arena_printf(arena, "(%s %s %s)", shape(arena, parsed, e->u.bin.l), SIGNS[e->n.kind],
                        shape(arena, parsed, e->u.bin.r));
  case AX_NOT: case AX_NEG: case AX_KNOWN:
    return arena_printf(arena, "(%s %s)", SIGNS[e->n.kind], shape(arena, parsed, e->u.bin.l));
  case AX_PAREN: return arena_printf(arena, "[%s]", shape(arena, parsed, e->u.bin.l));
  case AX_PATH: return sym_of(parsed, ((const AstWord *)(const void *)e->u.call.path.words.last)->sym);
  case AX_INT: return arena_printf(arena, "%d", (int)e->u.i);
  case AX_HAPPEN:
    return arena_printf(arena, "<%u%s>", e->u.happen->counted, e->u.happen->bound.kind ? "!" : "");
  case AX_BOUNDED: return arena_printf(arena, "{%s}", shape(arena, parsed, e->u.bounded.inner));
  case AX_SEQUENCE: return arena_printf(arena, "seq%u", e->u.seq.steps.count);
  default: return arena_printf(arena, "#%u", e->n.kind);
  }
}

static void operators_bind_as_they_read(void **state)
{
  static const struct { const char *text, *shape; } CASES[] = {
    {"a or b and c", "(a or (b and c))"},
    {"not a and b", "((not a) and b)"},
    {"a + b * c - d", "((a + (b * c)) - d)"},
    {"a - b - c", "((a - b) - c)"},
    {"-a * b", "((- a) * b)"},
    {"a else 0 >= 8 and b known", "(((a else 0) ? 8) and (known b))"},
    {"a else -1", "(a else (- 1))"},
    {"(a + b) * 2 <= c", "(([(a + b)] * 2) ? c)"},
    {"E within 2 h and F", "(<0!> and <0>)"},
    {"(E or F) within 4 h and no G within 3 d", "({(<0> or <0>)} and <1!>)"},
    {"E within 2 h then F within 1 d then no G within 3 d", "seq3"},
    {"not (E within 2 h) and (F or G)", "((not [<0!>]) and [(<0> or <0>)])"},
    {"at most 2 E within 1 d or exactly 3 F", "(<2!> or <4>)"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed;
    AstDecl *decl = first_decl(*state, arena_printf(*state, "def f() = %s", CASES[i].text), &parsed);
    assert_string_equal(shape(*state, parsed, decl->u.def.body), CASES[i].shape);
  }
}

static void an_event_alone_is_an_argument(void **state)
{
  Parsed *parsed;
  AstDecl *decl = first_decl(*state, "metric M = count(E where x) / count(F.y) per 1 d", &parsed);
  const AstExpr *ratio = decl->u.metric.value;
  const AstExpr *event = (const AstExpr *)(const void *)ratio->u.bin.l->u.call.args.first;
  const AstExpr *field = (const AstExpr *)(const void *)ratio->u.bin.r->u.call.args.first;
  assert_int_equal(event->n.kind, AX_MATCHED);
  assert_non_null(event->u.match.matched->where);
  assert_int_equal(field->n.kind, AX_EVENT_FIELD);
}

static void documentation_reaches_what_it_stands_before(void **state)
{
  Parsed *parsed = parse_z(*state, "## About\n##  the file.\nmodule a\n## Lost\n\n## A call.\n"
                                   "event C {\n  ## Who.\n  a: id\n  b: id\n}\n"
                                   "experience X {\n  ## M.\n  mot M { }\n}\n");
  const AstDecl *event = (const AstDecl *)(const void *)parsed->tree->decls.first;
  const AstField *a = (const AstField *)(const void *)event->u.event.fields.first;
  const AstDecl *experience = (const AstDecl *)(const void *)event->n.next;
  const AstItem *mot = (const AstItem *)(const void *)experience->items.first;
  assert_string_equal(sym_of(parsed, parsed->tree->doc), "About\n the file.");
  assert_string_equal(sym_of(parsed, event->doc), "Lost\nA call.");
  assert_string_equal(sym_of(parsed, a->doc), "Who.");
  assert_int_equal(((const AstField *)(const void *)a->n.next)->doc, 0);
  assert_string_equal(sym_of(parsed, mot->u.mot->doc), "M.");
}

static void a_metric_may_bound_its_groups(void **state)
{
  Parsed *parsed;
  AstDecl *decl = first_decl(*state, "metric M = count(E) by f per 1 d groups 500", &parsed);
  assert_non_null(decl->u.metric.groups);
  assert_int_equal(decl->u.metric.groups->u.i, 500);
}

/* ---- the corpus --------------------------------------------------------------------------- */

static void expect_nothing(Arena *arena, const char *path)
{
  size_t len;
  char *text = file_bytes(arena, path, &len);
  const char *said = codes_said(arena, parse_bytes(arena, text, len));
  if (*said) fail_msg("%s: %s", path, said);
}

static void good_files_have_no_findings(void **state)
{
  assert_true(each_rule_file(*state, GOOD, expect_nothing) >= 20);
}

/* The codes behind `# expect`, as codes_said has them. */
static const char *codes_expected(Arena *arena, char *text)
{
  const char *all = "";
  unsigned number = 1;
  for (char *line = text; line && *line; number++) {
    char *end = strchr(line, '\n');
    if (end) *end = '\0';
    const char *comment = strstr(line, "# expect E");
    if (comment) all = arena_printf(arena, "%s%s%.5s:%u", all, *all ? " " : "", comment + 9, number);
    if (end) *end = '\n';
    line = end ? end + 1 : NULL;
  }
  return all;
}

/* Several of one code on a line count once. */
static const char *codes_by_line(Arena *arena, Parsed *parsed)
{
  const char *all = "", *before = "";
  for (const Diag *diag = parsed->diags.first; diag; diag = diag->next) {
    Place place = source_place(&parsed->sources, parsed->file, diag->span.start);
    const char *one = arena_printf(arena, "%s:%u", diag_info[diag->code].code, place.line);
    if (strcmp(one, before) != 0) all = arena_printf(arena, "%s%s%s", all, *all ? " " : "", one);
    before = one;
  }
  return all;
}

static void expect_marked(Arena *arena, const char *path)
{
  size_t len;
  char *text = file_bytes(arena, path, &len);
  const char *said = codes_by_line(arena, parse_bytes(arena, text, len));
  text[len] = '\0';
  const char *expected = codes_expected(arena, text);
  if (strcmp(said, expected) != 0) fail_msg("%s\n  said     %s\n  expected %s", path, said, expected);
}

static void bad_files_have_the_findings_they_mark(void **state)
{
  assert_true(each_rule_file(*state, BAD, expect_marked) >= 20);
}

/* ---- mistakes ------------------------------------------------------------------------------- */

static void twenty_mistakes_make_twenty_messages(void **state)
{
  size_t len;
  char *text = file_bytes(*state, "tests/corpus/syntax/twenty.mot", &len);
  Parsed *parsed = parse_bytes(*state, text, len);
  text[len] = '\0';
  assert_string_equal(codes_said(*state, parsed), codes_expected(*state, text));
  assert_int_equal(parsed->diags.errors, 20);
}

typedef struct Mutants {
  unsigned runs, silent, one, more;
} Mutants;

static void count_mutant(const char *text, size_t len, Mutants *counts)
{
  Mem mem;
  Arena arena;
  mem_init(&mem, NULL, NULL);
  arena_init(&arena, &mem);
  Parsed *parsed = parse_bytes(&arena, text, len);
  uint32_t errors = parsed->diags.errors;
  if (errors > 3) fail_msg("%u messages for one slip: %s", errors, codes_said(&arena, parsed));
  counts->runs++;
  counts->silent += errors == 0;
  counts->one += errors == 1;
  counts->more += errors > 1;
  arena_free(&arena);
}

/* Each token left out, and each written twice. */
static void one_slip_makes_one_message(void **state)
{
  size_t len;
  const char *text = file_bytes(*state, BROADBAND, &len);
  Parsed *parsed = parse_bytes(*state, text, len);
  char *mutant = arena_alloc(*state, len + 200);
  Mutants counts = {0, 0, 0, 0};
  for (uint32_t i = 0; i < parsed->token_count; i++) {
    Span span = parsed->tokens[i].span;
    size_t size = span.end - span.start;
    memcpy(mutant, text, span.start);
    memcpy(mutant + span.start, text + span.end, len - span.end);
    count_mutant(mutant, len - size, &counts);
    memcpy(mutant, text, span.end);
    mutant[span.end] = ' ';
    memcpy(mutant + span.end + 1, text + span.start, len - span.start);
    count_mutant(mutant, len + size + 1, &counts);
  }
  assert_true(counts.runs > 1000);
  assert_true(counts.more * 50 < counts.runs);
  assert_true(counts.silent * 10 < counts.runs);
}

static void help_names_what_was_probably_meant(void **state)
{
  static const struct { const char *text, *fix; } CASES[] = {
    {"event callEnded { a: id }", "CallEnded"},
    {"owner Ana \"A\" { role x }", "ana"},
    {"experience X { mot A {\n smotto B within 1 h } }", "smoto"},
    {"event A is B where x = 3", "=="},
    {"event A is B where (x && y)", "and"},
    {"event A is B where open == true", "`open`"},
    {"event A from \xE2\x80\x9Cq\xE2\x80\x9D", "\"q\""},
    {"event A { a: id; }", ""},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed = parse_z(*state, CASES[i].text);
    assert_int_equal(parsed->diags.errors, 1);
    assert_non_null(parsed->diags.first->fix_text);
    assert_string_equal(parsed->diags.first->fix_text, CASES[i].fix);
  }
}

static void habits_of_other_languages_get_a_hint(void **state)
{
  static const struct { const char *text, *part; } CASES[] = {
    {"event A { a: id, b: id }", "separated by commas"},
    {"experience X { for a and b }", "separated by commas"},
    {"experience X { mot A { smoto B in 4 h } }", "within 4 h"},
    {"experience X { mot A { smoto max 2 B within 4 h } }", "at most 2"},
    {"experience X { mot A { target 95% per 7 d } }", "over 7 d"},
    {"experience X { mot A { impact 45$ when missed } }", "45 EUR"},
    {"calendar C { open mon-fri 08:00..17:00 }", "two dots"},
    {"def f(a, b) = a", "with its type"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed = parse_z(*state, CASES[i].text);
    const char *help = parsed->diags.first ? parsed->diags.first->help : NULL;
    assert_int_equal(parsed->diags.errors, 1);
    if (!help || !strstr(help, CASES[i].part)) fail_msg("%s: %s", CASES[i].text, help ? help : "no help");
  }
}

/* ---- limits ----------------------------------------------------------------------------------- */

static Parsed *parse_repeated(Arena *arena, const char *before, const char *piece, int times,
                              const char *after)
{
  Buf buf;
  buf_init(&buf, arena);
  buf_text(&buf, before);
  for (int i = 0; i < times; i++) buf_text(&buf, piece);
  buf_text(&buf, after);
  return parse_bytes(arena, buf.data, buf.len);
}

static void deep_nesting_is_one_error(void **state)
{
  static const struct { const char *before, *piece, *after, *code; } CASES[] = {
    {"def f() = ", "(", "", "E0128:1"},
    {"def f() = ", "case n { a: ", "", "E0128:1"},
    {"nsat N for X {", "goal G {", "", "E0128:1"},
    {"def f() = ", "not ", "n", "E0128:1"},
    {"def f() = ", "- ", "n", "E0128:1"},
    {"def f() = a", " or a", "", "E0129:1"},
    {"def f() = a", " + a", "", "E0129:1"},
    {"def f() = a", " else 1", "", "E0129:1"},
    {"def f() = a", "(a)", "", "E0120:1"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed = parse_repeated(*state, CASES[i].before, CASES[i].piece, 100000, CASES[i].after);
    const char *said = codes_said(*state, parsed);
    if (strcmp(said, CASES[i].code) != 0) fail_msg("%s: %s", CASES[i].piece, said);
  }
}

static void long_lists_are_no_nesting(void **state)
{
  static const struct { const char *before, *piece; int times; } CASES[] = {
    {"event A is B", " or B", 20000},
    {"def f() = a", ".a", 20000},
    {"def f() = A", " then A within 1 d", 20000},
    {"def f() = a", " + a", 999},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed = parse_repeated(*state, CASES[i].before, CASES[i].piece, CASES[i].times, "");
    assert_string_equal(codes_said(*state, parsed), "");
  }
}

static void parse_broadband(Arena *arena, void *user)
{
  size_t len;
  const char *text = file_bytes(user, BROADBAND, &len);
  Parsed *parsed = parse_bytes(arena, text, len);
  assert_int_equal(parsed->diags.errors, 0);
}

static void memory_that_is_refused_is_no_crash(void **state)
{
  assert_true(refuse_each_request(parse_broadband, *state) > 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(operators_bind_as_they_read),
    ARENA_TEST(an_event_alone_is_an_argument),
    ARENA_TEST(documentation_reaches_what_it_stands_before),
    ARENA_TEST(a_metric_may_bound_its_groups),
    ARENA_TEST(good_files_have_no_findings),
    ARENA_TEST(bad_files_have_the_findings_they_mark),
    ARENA_TEST(twenty_mistakes_make_twenty_messages),
    ARENA_TEST(one_slip_makes_one_message),
    ARENA_TEST(help_names_what_was_probably_meant),
    ARENA_TEST(habits_of_other_languages_get_a_hint),
    ARENA_TEST(deep_nesting_is_one_error),
    ARENA_TEST(long_lists_are_no_nesting),
    ARENA_TEST(memory_that_is_refused_is_no_crash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
