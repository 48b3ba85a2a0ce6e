/* test_scanner.c - words, literals and their values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "grammar/mot.tab.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/parsing.h"

/* The right side of `def f() = 0 < …`. */
static AstExpr *value_of(Arena *arena, const char *literal, Parsed **ret_parsed)
{
  Parsed *parsed = parse_z(arena, arena_printf(arena, "def f() = 0 < %s\n", literal));
  const AstDecl *decl = (const AstDecl *)(const void *)parsed->tree->decls.first;
  *ret_parsed = parsed;
  assert_non_null(decl);
  if (decl->n.kind != AD_DEF) fail_msg("%s: %s", literal, codes_said(arena, parsed));
  return decl->u.def.body->u.bin.r;
}

static AstExpr *good_value(Arena *arena, const char *literal)
{
  Parsed *parsed;
  AstExpr *expr = value_of(arena, literal, &parsed);
  if (parsed->diags.errors != 0) fail_msg("%s: %s", literal, codes_said(arena, parsed));
  return expr;
}

static void lengths_of_time_are_microseconds(void **state)
{
  static const struct { const char *text; int64_t micros; } CASES[] = {
    {"500 ms", 500000}, {"90 s", 90000000}, {"90s", 90000000}, {"15 min", 900000000}, {"2 h", 7200000000},
    {"7 d", 604800000000}, {"1 w", 604800000000}, {"1 h 30 min", 5400000000}, {"2 days", 172800000000},
    {"1 minute 1 second", 61000000}, {"1.5 h", 5400000000}, {"0.000001 s", 1}, {"1.50 s", 1500000},
    {"106751991 d", 106751991 * INT64_C(86400000000)},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    AstExpr *expr = good_value(*state, CASES[i].text);
    assert_int_equal(expr->n.kind, AX_DURATION);
    assert_int_equal(expr->u.i, CASES[i].micros);
  }
}

static void times_are_read_as_written(void **state)
{
  static const struct { const char *text; int64_t micros; int has_time, has_offset, offset; } CASES[] = {
    {"1970-01-01", 0, 0, 0, 0},
    {"2026-03-02", INT64_C(1772409600000000), 0, 0, 0},
    {"2026-03-02 09:00", INT64_C(1772442000000000), 1, 0, 0},
    {"2026-03-02T09:00:00+01:00", INT64_C(1772442000000000), 1, 1, 60},
    {"2026-03-02T09:00:00-05:30", INT64_C(1772442000000000), 1, 1, -330},
    {"2026-03-02T09:00:00.123456789Z", INT64_C(1772442000123456), 1, 1, 0},
    {"2024-02-29", INT64_C(1709164800000000), 0, 0, 0},
    {"0001-01-01", INT64_C(-62135596800000000), 0, 0, 0},
    {"9999-12-31 23:59:59", INT64_C(253402300799000000), 1, 0, 0},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    AstExpr *expr = good_value(*state, CASES[i].text);
    assert_int_equal(expr->n.kind, AX_TIME);
    assert_int_equal(expr->u.time.micros, CASES[i].micros);
    assert_int_equal(expr->u.time.has_time, CASES[i].has_time);
    assert_int_equal(expr->u.time.has_offset, CASES[i].has_offset);
    assert_int_equal(expr->u.time.offset_min, CASES[i].offset);
  }
}

static void decimals_keep_their_digits(void **state)
{
  Parsed *parsed;
  AstExpr *expr = value_of(*state, "45.50 EUR", &parsed);
  assert_int_equal(expr->n.kind, AX_MONEY);
  assert_string_equal(sym_of(parsed, expr->u.num.digits), "45.50");
  assert_string_equal(sym_of(parsed, expr->u.num.unit), "EUR");
  expr = value_of(*state, "99.90%", &parsed);
  assert_int_equal(expr->n.kind, AX_PERCENT);
  assert_string_equal(sym_of(parsed, expr->u.num.digits), "99.90");
  expr = value_of(*state, "0.10", &parsed);
  assert_int_equal(expr->n.kind, AX_DECIMAL);
  assert_string_equal(sym_of(parsed, expr->u.num.digits), "0.10");
}

static void whole_numbers_have_64_bits(void **state)
{
  assert_int_equal(good_value(*state, "9223372036854775807")->u.i, INT64_MAX);
  assert_int_equal(good_value(*state, "007")->u.i, 7);
}

static void escapes_are_resolved(void **state)
{
  Parsed *parsed;
  AstExpr *expr = value_of(*state, "\"a\\\"b\\\\c\\nd\\u{20AC}\\u{1F600}\"", &parsed);
  assert_int_equal(expr->n.kind, AX_TEXT);
  assert_string_equal(sym_of(parsed, expr->u.text), "a\"b\\c\nd\xE2\x82\xAC\xF0\x9F\x98\x80");
  expr = value_of(*state, "\"\"", &parsed);
  assert_int_not_equal(expr->u.text, 0);
  assert_string_equal(sym_of(parsed, expr->u.text), "");
}

static void wrong_literals_are_said(void **state)
{
  static const struct { const char *text, *code; } CASES[] = {
    {"9223372036854775808", "E0109:1"}, {"106751992 d", "E0110:1"}, {"0.1 ms 0.0000001 s", "E0110:1"},
    {"2025-02-29", "E0111:1"}, {"2026-00-01", "E0111:1"}, {"2026-01-32", "E0111:1"}, {"2026-1-1", "E0111:1"},
    {"2026-01-01 24:00", "E0111:1"}, {"2026-01-01T10:00+0100", "E0111:1"}, {"0000-01-01", "E0111:1"},
    {"\"open", "E0106:1"}, {"\"\\x\"", "E0107:1"}, {"\"\\u{DFFF}\"", "E0107:1"}, {"\"\\u{0}\"", "E0107:1"},
    {"`A`", "E0108:1"}, {"5 fortnights", "E0112:1"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    Parsed *parsed = parse_z(*state, arena_printf(*state, "def f() = 0 < %s\n", CASES[i].text));
    const char *said = codes_said(*state, parsed);
    if (strcmp(said, CASES[i].code) != 0) fail_msg("%s: %s", CASES[i].text, said);
  }
}

static void a_number_before_a_word_is_no_length_of_time(void **state)
{
  Parsed *parsed = parse_z(
    *state, "experience X { mot A { when 3 Days within 7 d smoto E within 3 open days of C } }");
  assert_string_equal(codes_said(*state, parsed), "");
  parsed = parse_z(*state, "test \"t\" { at 2026-01-01 E { score 3\n d 2 } }");
  assert_string_equal(codes_said(*state, parsed), "");
}

static void every_keyword_can_name_a_field(void **state)
{
  for (uint32_t i = 0; keyword_text(i); i++) {
    const char *word = keyword_text(i);
    const char *text = arena_printf(
      *state,
      "event E { %s: id }\nexperience X { for %s }\n"
      "metric M = p50(E.%s) by %s per 1 d\nevent F is E where `%s` == start.%s\n"
      "test \"t\" { at 2026-01-01 E { %s 1 } }\nevent G { a: one of %s, %s = \"x\" }\n",
      word, word, word, word, word, word, word, word, word);
    const char *said = codes_said(*state, parse_z(*state, text));
    if (*said) fail_msg("%s: %s", word, said);
  }
}

static void every_keyword_has_a_token_of_its_own(void **state)
{
  for (uint32_t i = 0; keyword_text(i); i++) {
    Parsed *parsed = parse_z(*state, keyword_text(i));
    assert_int_equal(parsed->token_count, 1);
    assert_int_equal(parsed->tokens[0].kind, KW_MODULE + (int)i);
  }
}

static void spans_are_bytes_of_the_text(void **state)
{
  const char *text = "\xEF\xBB\xBF# \xC3\xA9\r\nevent  Aa\t{ bb : id }";
  Parsed *parsed = parse_z(*state, text);
  static const char *const WORDS[] = {"event", "Aa", "{", "bb :", "id", "}"};
  assert_string_equal(codes_said(*state, parsed), "");
  assert_int_equal(parsed->token_count, 6);
  for (int i = 0; i < 6; i++) {
    Span span = parsed->tokens[i].span;
    assert_int_equal(span.end - span.start, strlen(WORDS[i]));
    assert_memory_equal(text + span.start, WORDS[i], strlen(WORDS[i]));
  }
  assert_int_equal(parsed->comments.count, 1);
}

static void the_text_is_left_as_it_was(void **state)
{
  static const char *const TEXTS[] = {"event A { a: id }", "((((", "event A {", "", "\"", "a\0b"};
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
    size_t len = i == 5 ? 3 : strlen(TEXTS[i]);
    Parsed *parsed = parse_bytes(*state, TEXTS[i], len);
    assert_memory_equal(parsed->sources.files[0].text, TEXTS[i], len);
  }
}

static void bytes_that_are_no_text_are_refused(void **state)
{
  assert_string_equal(codes_said(*state, parse_bytes(*state, "event A\0{}", 10)), "E0103:1");
  Parsed *parsed = parse_z(*state, "# ok\n# \xFF\xFE\n# \xC3(\n# \xED\xA0\x80\n# \xFF\n");
  assert_string_equal(codes_said(*state, parsed), "E0102:2 E0102:3 E0102:4");
  assert_string_equal(codes_said(*state, parse_z(*state, "event\x01 A")), "E0103:1");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(lengths_of_time_are_microseconds),
    ARENA_TEST(times_are_read_as_written),
    ARENA_TEST(decimals_keep_their_digits),
    ARENA_TEST(whole_numbers_have_64_bits),
    ARENA_TEST(escapes_are_resolved),
    ARENA_TEST(wrong_literals_are_said),
    ARENA_TEST(a_number_before_a_word_is_no_length_of_time),
    ARENA_TEST(every_keyword_can_name_a_field),
    ARENA_TEST(every_keyword_has_a_token_of_its_own),
    ARENA_TEST(spans_are_bytes_of_the_text),
    ARENA_TEST(the_text_is_left_as_it_was),
    ARENA_TEST(bytes_that_are_no_text_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
