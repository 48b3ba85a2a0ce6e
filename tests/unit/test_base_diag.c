#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "tests/support/arena_fixture.h"

/* The tests need codes, not particular ones: the first of either kind, in the table's order. */
static DiagCode error_code(void)
{
  return 0;
}

static DiagCode warning_code(void)
{
  DiagCode code = 0;
  while (diag_info[code].severity != SEV_WARNING) code++;
  return code;
}

static Span at(uint32_t file, uint32_t start)
{
  return (Span){file, start, start + 1};
}

static void a_finding_has_its_code_place_and_words(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  Diag *diag = diag_add(&diags, error_code(), at(0, 5), "nothing is called %s", "Visit");
  assert_string_equal(diag->message, "nothing is called Visit");
  assert_int_equal(diag->severity, SEV_ERROR);
  assert_int_equal(diag->span.start, 5);
  assert_ptr_equal(diags.first, diag);
  assert_int_equal(diags.errors, 1);
  assert_int_equal(diags.warnings, 0);
}

static void notes_help_and_fix_are_added_in_order(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  Diag *diag = diag_add(&diags, warning_code(), at(0, 0), "unused");
  assert_int_equal(diag->severity, SEV_WARNING);
  assert_null(diag->help);
  assert_null(diag->fix_text);
  diag_note(&diags, diag, at(1, 1), "first %d", 1);
  diag_note(&diags, diag, at(1, 2), "second %d", 2);
  diag_help(&diags, diag, "take it out, or write %s", "allow");
  diag_fix(&diags, diag, at(0, 7), "%s", "");
  assert_string_equal(diag->notes->text, "first 1");
  assert_string_equal(diag->notes->next->text, "second 2");
  assert_null(diag->notes->next->next);
  assert_string_equal(diag->help, "take it out, or write allow");
  assert_string_equal(diag->fix_text, "");
  assert_int_equal(diag->fix.start, 7);
}

static void sorting_goes_by_file_then_place_then_code(void **state)
{
  const struct {
    uint32_t file, start;
    DiagCode code;
    const char *message;
  } in[] = {{1, 0, error_code(), "f"}, {0, 9, error_code(), "e"}, {0, 3, warning_code(), "d"},
            {0, 3, error_code(), "c"}, {0, 3, error_code(), "b"},
            {0, 1, warning_code(), "a"}};
  Diags diags;
  char order[7] = "";
  diags_init(&diags, *state);
  for (size_t i = 0; i < 6; i++)
    diag_add(&diags, in[i].code, at(in[i].file, in[i].start), "%s", in[i].message);
  diags_sort(&diags);
  for (const Diag *diag = diags.first; diag; diag = diag->next) strcat(order, diag->message);
  assert_string_equal(order, "abcdef");
}

static void exact_repeats_are_dropped_and_not_counted(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  for (int i = 0; i < 3; i++) {
    diag_add(&diags, error_code(), at(0, 4), "same");
    diag_add(&diags, warning_code(), at(0, 4), "same");
    diag_add(&diags, error_code(), at(0, 4), "other %d", i);
  }
  diags_sort(&diags);
  assert_int_equal(diags.kept, 5);
  assert_int_equal(diags.errors, 4);
  assert_int_equal(diags.warnings, 1);
}

static void findings_can_be_added_after_sorting(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  diags_sort(&diags);
  for (int i = 0; i < 2; i++) diag_add(&diags, error_code(), at(0, 4), "same");
  diags_sort(&diags);
  Diag *last = diag_add(&diags, error_code(), at(0, 2), "new");
  assert_ptr_equal(diags.first->next, last);
  diags_sort(&diags);
  assert_ptr_equal(diags.first, last);
}

static void past_the_cap_findings_are_counted_only(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  for (uint32_t i = 0; i < DIAG_KEPT + 50; i++) {
    Diag *diag = diag_add(&diags, warning_code(), at(0, i), "w%u", i);
    assert_non_null(diag);
    diag_note(&diags, diag, at(0, i), "note");
    diag_help(&diags, diag, "help");
    diag_fix(&diags, diag, at(0, i), "fix");
  }
  assert_int_equal(diags.kept, DIAG_KEPT);
  assert_int_equal(diags.warnings, DIAG_KEPT + 50);
  uint32_t listed = 0;
  for (const Diag *diag = diags.first; diag; diag = diag->next) listed++;
  assert_int_equal(listed, DIAG_KEPT);
}

static void many_warnings_do_not_hide_an_error(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  for (uint32_t i = 0; i < DIAG_KEPT + 50; i++) diag_add(&diags, warning_code(), at(0, i), "w");
  Diag *error = diag_add(&diags, error_code(), at(0, 0), "e");
  diags_sort(&diags);
  assert_ptr_equal(diags.first, error);
}

static void a_code_is_found_by_its_text(void **state)
{
  (void)state;
  assert_int_equal(diag_code(diag_info[error_code()].code), error_code());
  assert_int_equal(diag_code(diag_info[warning_code()].code), warning_code());
  assert_int_equal(diag_code("E9999"), DIAG_CODES);
  assert_int_equal(diag_code(""), DIAG_CODES);
}

static void every_row_of_the_table_is_whole(void **state)
{
  (void)state;
  for (DiagCode code = 0; code < DIAG_CODES; code++) {
    const DiagInfo *info = &diag_info[code];
    const char *texts[] = {info->code, info->title, info->frame, info->cause, info->wrong, info->right};
    for (size_t i = 0; i < 6; i++)
      if (texts[i][0] == '\0') fail_msg("%s: text %zu is empty", info->code, i);
    if (strchr(info->title, '\n')) fail_msg("%s: the title is longer than a line", info->code);
  }
}

static void codes_ascend_and_their_letter_gives_the_severity(void **state)
{
  (void)state;
  for (DiagCode code = 0; code < DIAG_CODES; code++) {
    const DiagInfo *info = &diag_info[code];
    if (info->severity != (info->code[0] == 'E' ? SEV_ERROR : SEV_WARNING))
      fail_msg("%s: letter and severity differ", info->code);
    if (code > 0 && strcmp(diag_info[code - 1].code, info->code) >= 0)
      fail_msg("%s stands after %s", info->code, diag_info[code - 1].code);
  }
}

static void edit_distance_counts_the_steps_between_two_names(void **state)
{
  (void)state;
  const struct {
    const char *a, *b;
    unsigned distance;
  } cases[] = {
    {"", "", 0},           {"wait", "wait", 0},  {"wait", "wiat", 1},   {"wait", "waits", 1},
    {"wait", "ait", 1},    {"wait", "want", 1},  {"", "abc", 3},        {"kitten", "sitting", 3},
    {"ca", "abc", 3},      {"abcd", "badc", 2},  {"within", "wihtni", 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_int_equal(edit_distance(cases[i].a, cases[i].b, 9), cases[i].distance);
    assert_int_equal(edit_distance(cases[i].b, cases[i].a, 9), cases[i].distance);
  }
}

static void edit_distance_stops_just_past_its_limit(void **state)
{
  (void)state;
  assert_int_equal(edit_distance("abcdef", "uvwxyz", 2), 3);
  assert_int_equal(edit_distance("a", "abcdefgh", 2), 3);
  assert_int_equal(edit_distance("abc", "abd", 0), 1);
}

static void very_long_names_are_equal_or_far_apart(void **state)
{
  (void)state;
  char a[201], b[201];
  memset(a, 'a', 200);
  memset(b, 'a', 200);
  a[200] = b[200] = '\0';
  assert_int_equal(edit_distance(a, b, 3), 0);
  b[100] = 'b';
  assert_int_equal(edit_distance(a, b, 3), 4);
}

static void names_may_differ_by_a_third_to_be_suggested(void **state)
{
  (void)state;
  assert_int_equal(suggestion_limit(""), 0);
  assert_int_equal(suggestion_limit("a"), 0);
  assert_int_equal(suggestion_limit("ab"), 1);
  assert_int_equal(suggestion_limit("wait"), 1);
  assert_int_equal(suggestion_limit("CallEnded"), 3);
}

static void a_very_long_text_is_cut_between_characters(void **state)
{
  Diags diags;
  char name[9001] = "";
  for (int i = 0; i < 3000; i++) memcpy(name + 3 * i, "€", 4);
  diags_init(&diags, *state);
  Diag *diag = diag_add(&diags, error_code(), at(0, 5), "nothing is called %s", name);
  diag_fix(&diags, diag, at(0, 5), "%s", name);
  size_t len = strlen(diag->message);
  assert_in_range(len, 3990, 4000);
  assert_string_equal(diag->message + len - 6, "€…");
  assert_null(diag->fix_text);
}

static void controls_in_a_quoted_text_are_shown_as_they_are_written(void **state)
{
  Diags diags;
  diags_init(&diags, *state);
  Diag *diag = diag_add(&diags, error_code(), at(0, 5), "no zone \"%s\"", "a\x1b[31m\n\x7f\xc2\x85\xef\xbf\xbfé");
  assert_string_equal(diag->message, "no zone \"a\\u{1b}[31m\\n\\u{7f}\\u{85}\\u{ffff}é\"");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(a_finding_has_its_code_place_and_words),
    ARENA_TEST(notes_help_and_fix_are_added_in_order),
    ARENA_TEST(sorting_goes_by_file_then_place_then_code),
    ARENA_TEST(exact_repeats_are_dropped_and_not_counted),
    ARENA_TEST(findings_can_be_added_after_sorting),
    ARENA_TEST(past_the_cap_findings_are_counted_only),
    ARENA_TEST(many_warnings_do_not_hide_an_error),
    cmocka_unit_test(a_code_is_found_by_its_text),
    cmocka_unit_test(every_row_of_the_table_is_whole),
    cmocka_unit_test(codes_ascend_and_their_letter_gives_the_severity),
    cmocka_unit_test(edit_distance_counts_the_steps_between_two_names),
    cmocka_unit_test(edit_distance_stops_just_past_its_limit),
    cmocka_unit_test(very_long_names_are_equal_or_far_apart),
    ARENA_TEST(a_very_long_text_is_cut_between_characters),
    ARENA_TEST(controls_in_a_quoted_text_are_shown_as_they_are_written),
    cmocka_unit_test(names_may_differ_by_a_third_to_be_suggested),
  };
  return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
