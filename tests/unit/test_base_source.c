#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/source.h"
#include "tests/support/arena_fixture.h"

static Sources one_file(Arena *arena, const char *text)
{
  Sources sources;
  sources_init(&sources, arena);
  assert_int_equal(sources_add(&sources, "a.mot", text, strlen(text)), 0);
  return sources;
}

static void place_is(Sources *sources, uint32_t offset, uint32_t line, uint32_t column)
{
  Place place = source_place(sources, 0, offset);
  assert_int_equal(place.line, line);
  assert_int_equal(place.column, column);
}

static void line_is(Sources *sources, uint32_t offset, const char *text)
{
  Span span = source_line(sources, 0, offset);
  assert_int_equal(span.end - span.start, strlen(text));
  assert_memory_equal(sources->files[0].text + span.start, text, strlen(text));
}

static void lines_and_columns_count_from_one(void **state)
{
  Sources sources = one_file(*state, "ab\ncd\n");
  place_is(&sources, 0, 1, 1);
  place_is(&sources, 1, 1, 2);
  place_is(&sources, 2, 1, 3); /* the line end belongs to its line */
  place_is(&sources, 3, 2, 1);
  place_is(&sources, 6, 3, 1);
}

static void columns_count_code_points(void **state)
{
  Sources sources = one_file(*state, "é€😀x\n\"ü\" y");
  place_is(&sources, 0, 1, 1);
  place_is(&sources, 2, 1, 2);
  place_is(&sources, 5, 1, 3);
  place_is(&sources, 9, 1, 4);
  place_is(&sources, 16, 2, 5);
}

static void a_line_comes_without_its_end_also_with_crlf(void **state)
{
  Sources sources = one_file(*state, "one\r\ntwo\r\n\r\nfour\nfive");
  line_is(&sources, 0, "one");
  line_is(&sources, 4, "one"); /* at the line feed */
  line_is(&sources, 5, "two");
  line_is(&sources, 10, "");
  line_is(&sources, 12, "four");
  line_is(&sources, 17, "five");
  line_is(&sources, 21, "five");
  place_is(&sources, 5, 2, 1);
  place_is(&sources, 12, 4, 1);
}

static void an_empty_file_has_one_empty_line(void **state)
{
  Sources sources = one_file(*state, "");
  place_is(&sources, 0, 1, 1);
  line_is(&sources, 0, "");
}

static void an_offset_past_the_end_means_the_end(void **state)
{
  Sources sources = one_file(*state, "a\nbc");
  place_is(&sources, 1000, 2, 3);
  line_is(&sources, 1000, "bc");
}

static void name_and_text_are_copies_with_two_nuls_behind(void **state)
{
  Sources sources;
  char name[] = "b.mot", text[] = "xyz";
  sources_init(&sources, *state);
  sources_add(&sources, name, text, 3);
  name[0] = text[0] = '-';
  assert_string_equal(sources.files[0].name, "b.mot");
  assert_memory_equal(sources.files[0].text, "xyz\0\0", 5);
  assert_int_equal(sources.files[0].len, 3);
}

static void many_files_keep_their_numbers(void **state)
{
  Sources sources;
  sources_init(&sources, *state);
  for (uint32_t i = 0; i < 100; i++) {
    const char *name = arena_printf(*state, "%u.mot", i);
    assert_int_equal(sources_add(&sources, name, "\n\n", i % 3), i);
    source_place(&sources, i, 0); /* its lines are built while others are still to come */
  }
  assert_string_equal(sources.files[42].name, "42.mot");
  assert_int_equal(source_place(&sources, 41, 9).line, 3);
}

static void a_joined_span_runs_from_one_to_the_other(void **state)
{
  (void)state;
  Span span = span_join((Span){3, 10, 12}, (Span){3, 20, 25});
  assert_int_equal(span.file, 3);
  assert_int_equal(span.start, 10);
  assert_int_equal(span.end, 25);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(lines_and_columns_count_from_one),
    ARENA_TEST(columns_count_code_points),
    ARENA_TEST(a_line_comes_without_its_end_also_with_crlf),
    ARENA_TEST(an_empty_file_has_one_empty_line),
    ARENA_TEST(an_offset_past_the_end_means_the_end),
    ARENA_TEST(name_and_text_are_copies_with_two_nuls_behind),
    ARENA_TEST(many_files_keep_their_numbers),
    cmocka_unit_test(a_joined_span_runs_from_one_to_the_other),
  };
  return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
