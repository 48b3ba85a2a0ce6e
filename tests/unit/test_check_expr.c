/* test_check_expr.c - values: what is reported, what types come out, what is computed beforehand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"
#include "tests/support/corpus.h"

#define ORDER                                                                                          \
  "event Order { customer: id  price: money(EUR)  yen: money(JPY)  promised: time  seen: time  took: " \
  "duration  n: int  x: number  share: percent  rank: int?  plan: one of basic, plus, max }\n"

/* The predicate of `event E is Order where …`. */
static const Expr *predicate(Arena *arena, const char *where)
{
  const char *text = arena_printf(arena, ORDER "event E is Order where %s\n", where);
  const Compile *compile = compile_text(arena, text);
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s: %s %s", where, diag_info[diag->code].code, diag->message);
  const Program *program = compile->program;
  for (uint32_t i = 0; i < program->events.len; i++)
    if (program->events.data[i]->derived) return program->events.data[i]->members.cases.data[0].where;
  fail_msg("%s: no event", where);
  return NULL;
}

/* The type of the left side of a comparison, as text. */
static void left_side_is(Arena *arena, const char *where, unsigned base)
{
  const Expr *expr = predicate(arena, where);
  if (expr->kind != EX_COMPARE || expr->a->type.base != base)
    fail_msg("%s: kind %d, type %d", where, expr->kind, expr->a ? expr->a->type.base : 99);
}

/* What the right side of a comparison was computed to. */
static void right_side_is(Arena *arena, const char *where, int64_t value)
{
  const Expr *expr = predicate(arena, where);
  assert_int_equal(expr->kind, EX_COMPARE);
  if (expr->b->kind != EX_INT || expr->b->u.i != value)
    fail_msg("%s: kind %d, %lld", where, expr->b->kind, (long long)expr->b->u.i);
}

static void right_number_is(Arena *arena, const char *where, double value)
{
  const Expr *expr = predicate(arena, where);
  assert_int_equal(expr->kind, EX_COMPARE);
  if (expr->b->kind != EX_NUMBER || expr->b->u.f != value)
    fail_msg("%s: kind %d, %.17g", where, expr->b->kind, expr->b->u.f);
}

/* ---- what is reported ------------------------------------------------------------------------ */

static void every_file_of_the_corpus_reports_what_it_says(void **state)
{
  int files;
  assert_int_equal(corpus_check(*state, "tests/corpus/check/values", &files), 0);
  assert_true(files >= 4);
}

typedef struct Mended {
  const char *where, *fix;
} Mended;

static void what_was_meant_can_be_put_in(void **state)
{
  static const Mended cases[] = {
    {"price > 30", "30 EUR"}, {"share > 95", "95%"},         {"plan == \"max\"", "max"},
    {"plan == baisc", "basic"}, {"proce > 30 EUR", "price"}, {"promised > end_of_dya(seen)", "end_of_day"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const Compile *compile =
      compile_text(*state, arena_printf(*state, ORDER "event E is Order where %s", cases[i].where));
    const Diag *diag = compile->diags.first;
    while (diag && !diag->fix_text) diag = diag->next;
    if (!diag || strcmp(diag->fix_text, cases[i].fix) != 0)
      fail_msg("%s: %s", cases[i].where, diag ? diag->fix_text : "nothing is put in");
  }
}

static void one_mistake_is_reported_once_though_several_kinds_are_meant(void **state)
{
  const Compile *compile =
    compile_text(*state, "event A { customer: id  n: int }\nevent B { customer: id  n: int }\n"
                         "event C { customer: id  n: int }\nevent D is A or B or C\nevent E is D where m > "
                             "3\n");
  assert_int_equal(compile->diags.errors, 1);
  assert_non_null(finding(compile, E0314));
}

static void only_what_all_kinds_have_can_be_used(void **state)
{
  const Compile *compile = compile_text(*state, "event A { customer: id  n: int }\nevent B { customer: id }\n"
                                                "event D is A or B\nevent E is D where n > 3\n");
  const Diag *diag = finding(compile, E0314);
  assert_non_null(diag);
  assert_string_equal(diag->message, "B has no field `n`");
}

/* ---- dimensions ------------------------------------------------------------------------------- */

typedef struct Typed {
  const char *where;
  unsigned base;
} Typed;

static void dimensions_follow_from_the_operands(void **state)
{
  static const Typed cases[] = {
    {"promised - seen > 1 h", VALUE_DURATION},      {"promised + took > seen", VALUE_TIME},
    {"took + promised > seen", VALUE_TIME},         {"promised - took > seen", VALUE_TIME},
    {"took + took > 1 h", VALUE_DURATION},          {"2 * took > 1 h", VALUE_DURATION},
    {"took * x > 1 h", VALUE_DURATION},             {"took / 2 > 1 h", VALUE_DURATION},
    {"took / 1 h > 2", VALUE_NUMBER},               {"price + price > 1 EUR", VALUE_MONEY},
    {"share * price > 1 EUR", VALUE_MONEY},         {"price / 1 EUR > 2", VALUE_NUMBER},
    {"n + n > 2", VALUE_INT},                       {"n * n > 2", VALUE_INT},
    {"n + x > 2", VALUE_NUMBER},                    {"n / 2 > 2", VALUE_NUMBER},
    {"n > 2.5", VALUE_NUMBER},                      {"share + share > 5%", VALUE_PERCENT},
    {"share * 100 > 30", VALUE_NUMBER},             {"share / 2 > 5%", VALUE_PERCENT},
    {"share / 1% > 5", VALUE_NUMBER},               {"share > 0", VALUE_PERCENT},
    {"rank else 0 > 2", VALUE_INT},                 {"rank else 0.5 > 2", VALUE_NUMBER},
    {"(n / n) else 0 > 2", VALUE_NUMBER},           {"-took < 1 h", VALUE_DURATION},
    {"end_of_day(promised) > seen", VALUE_TIME},    {"plan == max", VALUE_LISTED},
    {"case plan { max: 1  else: 2.5 } > x", VALUE_NUMBER},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) left_side_is(*state, cases[i].where,
                                                                         cases[i].base);
}

static void a_number_times_an_amount_has_the_amount_first(void **state)
{
  const Expr *expr = predicate(*state, "2.5 * price > 1 EUR");
  assert_int_equal(expr->a->kind, EX_MUL);
  assert_int_equal(expr->a->a->type.base, VALUE_MONEY);
  assert_int_equal(expr->a->b->kind, EX_NUMBER);
}

static void a_division_may_be_missing_unless_its_divisor_is_a_constant(void **state)
{
  const Expr *expr = predicate(*state, "n / 2 > 1");
  assert_false(expr->a->type.optional);
  expr = predicate(*state, "(n / n) else 1 > 1");
  assert_int_equal(expr->a->kind, EX_ELSE);
  assert_true(expr->a->a->type.optional);
}

/* ---- constants --------------------------------------------------------------------------------- */

static void constants_are_computed_beforehand(void **state)
{
  static const int64_t second = 1000000;
  right_side_is(*state, "took > 1 h 30 min", 5400 * second);
  right_side_is(*state, "took > 2 * 1 h - 30 min", 5400 * second);
  right_side_is(*state, "took > 1 h / 2", 1800 * second);
  right_side_is(*state, "took > 3 s * 0.5", 1500000);
  right_side_is(*state, "n > 2 * 3 + 1", 7);
  right_side_is(*state, "n > -(3 - 5)", 2);
  right_side_is(*state, "price > 45.50 EUR", 4550);
  right_side_is(*state, "price > 45.500 EUR", 4550);
  right_side_is(*state, "price > 0.01 EUR * 0.5", 0);
  right_side_is(*state, "price > 0.03 EUR * 0.5", 2);
  right_side_is(*state, "yen > 45 JPY", 45);
  right_side_is(*state, "promised > 1970-01-02 01:00 + 1 h", 26 * 3600 * second);
  right_side_is(*state, "promised > 1970-01-01T02:00:00+01:00", 3600 * second);
  right_side_is(*state, "plan == max", 2);
  right_side_is(*state, "took > case true { true: 1 h  false: 2 h }", 3600 * second);
}

static void decimals_are_read_exactly(void **state)
{
  right_number_is(*state, "share > 95%", 0.95);
  right_number_is(*state, "share > 99.9%", 0.999);
  right_number_is(*state, "x > 0.1 + 0.2", 0.1 + 0.2);
  right_number_is(*state, "x > 3", 3);
  right_number_is(*state, "x > 1 / 4", 0.25);
}

static void settled_parts_fall_away(void **state)
{
  assert_int_equal(predicate(*state, "(1 < 2 and n > 3)")->kind, EX_COMPARE);
  assert_int_equal(predicate(*state, "(n > 3 and 1 < 2)")->kind, EX_COMPARE);
  assert_int_equal(predicate(*state, "(1 < 2 or n > 3)")->kind, EX_BOOL);
  assert_int_equal(predicate(*state, "(n > 3 and 1 > 2)")->kind, EX_AND);
  assert_int_equal(predicate(*state, "not 1 > 2")->kind, EX_BOOL);
}

/* ---- functions ----------------------------------------------------------------------------------- */

static void a_def_is_filled_in_where_it_is_called(void **state)
{
  const char *text = ORDER "def late(t: time, limit: time) = t > limit\nevent E is Order where late(seen, "
      "promised)";
  const Compile *compile = compile_text(*state, text);
  assert_int_equal(compile->diags.errors, 0);
  const Program *program = compile->program;
  const Expr *where = program->events.data[program->events.len - 1]->members.cases.data[0].where;
  assert_int_equal(where->kind, EX_COMPARE);
  assert_string_equal(sym_text(program->names, where->a->u.field->name), "seen");
  assert_string_equal(sym_text(program->names, where->b->u.field->name), "promised");
}

static void an_argument_means_what_it_means_where_it_is_written(void **state)
{
  const char *text = ORDER "def twice(n: int) = n + n\ndef more(x: int) = twice(x + 1)\n"
                           "event E is Order where more(n) > 3";
  const Compile *compile = compile_text(*state, text);
  assert_int_equal(compile->diags.errors, 0);
}

static void a_def_may_be_about_events_and_a_parameter(void **state)
{
  const Compile *compile =
    compile_text(*state, ORDER "def a(f: number) = avg(f * Order.took)\ndef b(f: number) = "
                 "avg(Order.took * f)\n"
                               "def c(limit: int, n: int) = rate(n >= limit)\n"
                               "metric M = a(2) + b(2.5) per 1 d\nmetric N = c(3, Order.n) per 1 d");
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s %s", diag_info[diag->code].code, diag->message);
}

static void what_defs_grow_to_is_bounded(void **state)
{
  const Compile *compile = compile_text(*state, ORDER "def a(x: int) = x + x\nevent E is Order where "
                                                      "a(a(a(a(a(a(a(a(a(a(a(a(a(a(n)))))))))))))) > 3");
  assert_int_equal(compile->diags.errors, 1);
  assert_non_null(finding(compile, E0322));
}

static void a_long_chain_of_defs_is_refused(void **state)
{
  Buf text;
  buf_init(&text, *state);
  buf_text(&text, ORDER);
  for (int i = 0; i < 1500; i++) buf_printf(&text, "def f%d(x: int) = f%d(x) + 1\n", i, i + 1);
  buf_text(&text, "def f1500(x: int) = x\nevent E is Order where f0(n) > 3");
  assert_non_null(finding(compile_text(*state, text.data), E0322));
}

static void kinds_that_multiply_are_refused(void **state)
{
  Buf text;
  buf_init(&text, *state);
  buf_text(&text, ORDER "event E0 is Order\n");
  for (int i = 1; i < 9; i++) {
    buf_printf(&text, "event E%d is E%d", i, i - 1);
    for (int k = 0; k < 30; k++) buf_printf(&text, " or E%d", i - 1);
    buf_char(&text, '\n');
  }
  assert_non_null(finding(compile_text(*state, text.data), E0322));
}

/* ---- aggregates ------------------------------------------------------------------------------------ */

static const Metric *metric(Arena *arena, const char *value)
{
  const Compile *compile = compile_text(arena, arena_printf(arena, ORDER "metric M = %s per 1 d", value));
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) fail_msg("%s: %s %s", value, diag_info[diag->code].code, diag->message);
  return compile->program->metrics.data[0];
}

static void aggregates_have_the_type_of_what_they_are_about(void **state)
{
  static const Typed cases[] = {
    {"count(Order)", VALUE_INT},          {"count(Order where n > 3)", VALUE_INT},
    {"rate(Order.n > 3)", VALUE_PERCENT}, {"rate(Order where n > 3)", VALUE_PERCENT},
    {"sum(Order.n)", VALUE_INT},          {"avg(Order.n)", VALUE_NUMBER},
    {"avg(Order.took)", VALUE_DURATION},  {"max(Order.price)", VALUE_MONEY},
    {"distinct(Order.plan)", VALUE_INT},  {"p95(Order.took)", VALUE_DURATION},
    {"avg(Order.rank)", VALUE_NUMBER},    {"min(Order.n)", VALUE_INT},
    {"100 * (rate(Order.n > 3) - rate(Order.n < 1))", VALUE_NUMBER},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(metric(*state, cases[i].where)->type.base, cases[i].base);
}

static void a_percentile_may_have_decimals(void **state)
{
  const Metric *m = metric(*state, "p99.9(Order.took)");
  assert_int_equal(m->value->kind, EX_AGGREGATE);
  assert_true(m->value->u.aggregate->quantile == 0.999);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(every_file_of_the_corpus_reports_what_it_says),
    ARENA_TEST(what_was_meant_can_be_put_in),
    ARENA_TEST(one_mistake_is_reported_once_though_several_kinds_are_meant),
    ARENA_TEST(only_what_all_kinds_have_can_be_used),
    ARENA_TEST(dimensions_follow_from_the_operands),
    ARENA_TEST(a_number_times_an_amount_has_the_amount_first),
    ARENA_TEST(a_division_may_be_missing_unless_its_divisor_is_a_constant),
    ARENA_TEST(constants_are_computed_beforehand),
    ARENA_TEST(decimals_are_read_exactly),
    ARENA_TEST(settled_parts_fall_away),
    ARENA_TEST(a_def_is_filled_in_where_it_is_called),
    ARENA_TEST(an_argument_means_what_it_means_where_it_is_written),
    ARENA_TEST(a_def_may_be_about_events_and_a_parameter),
    ARENA_TEST(what_defs_grow_to_is_bounded),
    ARENA_TEST(a_long_chain_of_defs_is_refused),
    ARENA_TEST(kinds_that_multiply_are_refused),
    ARENA_TEST(aggregates_have_the_type_of_what_they_are_about),
    ARENA_TEST(a_percentile_may_have_decimals),
  };
  return cmocka_run_group_tests_name("check_expr", tests, NULL, NULL);
}
