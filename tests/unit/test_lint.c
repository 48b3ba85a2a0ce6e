/*
 * test_lint.c - the framework checks: what they find, where, and what they leave
 * alone.
 *
 * A file of tests/corpus/lint/ is compiled behind the common declarations of
 * tests/frame/decls.mot.  `# expect W0301 …` at the end of a line says what is
 * found on that line; whatever else is found is a failure.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "mot/mot.h"

#define CORPUS "tests/corpus/lint"

/* ---- texts ---- */

typedef struct Text {
  char *data;
  size_t len;
} Text;

static void add(Text *text, const char *data, size_t len)
{
  text->data = realloc(text->data, text->len + len + 1);
  assert_non_null(text->data);
  memcpy(text->data + text->len, data, len);
  text->len += len;
  text->data[text->len] = 0;
}

static void add_text(Text *text, const char *data)
{
  add(text, data, strlen(data));
}

static void add_file(Text *text, const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file) fail_msg("%s cannot be read", path);
  char piece[4096];
  for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) add(text, piece, n);
  fclose(file);
}

static size_t lines_of(const Text *text)
{
  size_t lines = 0;
  for (size_t i = 0; i < text->len; i++) lines += text->data[i] == '\n';
  return lines;
}

static Text framed(void)
{
  Text text = {0};
  add_file(&text, "tests/frame/decls.mot");
  return text;
}

static mot_compilation *check(const Text *text)
{
  mot_compilation *c = NULL;
  mot_error error = {{0}};
  mot_compile_options options = {.check_only = true};
  mot_status status = mot_compile_text("test.mot", text->data, text->len, &options, &c, &error);
  if (status != MOT_OK && status != MOT_REJECTED) fail_msg("%s", error.text);
  return c;
}

/* ---- expectations ---- */

enum { CODE = 5, KEY_MAX = 32, FINDINGS_MAX = 500 };

typedef struct List { /* "12 W0301", as many as there are */
  char key[FINDINGS_MAX][KEY_MAX];
  int count;
} List;

static void push(List *list, size_t line, const char *code)
{
  assert_true(list->count < FINDINGS_MAX);
  snprintf(list->key[list->count++], KEY_MAX, "%zu %.*s", line, CODE, code);
}

static bool take(List *list, const char *key)
{
  for (int i = 0; i < list->count; i++) {
    if (strcmp(list->key[i], key) != 0) continue;
    memmove(list->key[i], list->key[--list->count], KEY_MAX);
    return true;
  }
  return false;
}

static void expected_on(List *list, size_t number, const char *line, size_t len)
{
  char copy[512];
  snprintf(copy, sizeof copy, "%.*s", (int)len, line);
  const char *at = strstr(copy, "# expect ");
  if (!at) return;
  for (at = strchr(at, 't') + 1; (at = strpbrk(at, "WE")); at += CODE) push(list, number, at);
}

static void expected(List *list, const char *text)
{
  for (size_t number = 1; *text; number++) {
    size_t len = strcspn(text, "\n");
    expected_on(list, number, text, len);
    text += len + (text[len] == '\n');
  }
}

/* Findings behind the first `skip` lines that no `allow` silences. */
static int compare_findings(mot_compilation *c, List *list, size_t skip)
{
  int wrong = 0;
  mot_finding finding;
  for (size_t i = 0; mot_finding_get(c, i, &finding); i++) {
    if (finding.allowed || finding.place.line <= skip) continue;
    char key[KEY_MAX];
    snprintf(key, sizeof key, "%zu %s", finding.place.line - skip, finding.code);
    if (take(list, key)) continue;
    print_error("not expected: line %s %s\n", key, finding.message);
    wrong++;
  }
  for (int i = 0; i < list->count; i++) print_error("not found: line %s\n", list->key[i]);
  return wrong + list->count;
}

static int check_corpus_file(const char *path)
{
  Text text = framed(), own = {0};
  size_t skip = lines_of(&text);
  add_file(&own, path);
  add_text(&text, own.data);
  static List list;
  list.count = 0;
  expected(&list, own.data);
  mot_compilation *c = check(&text);
  int wrong = compare_findings(c, &list, skip);
  if (wrong) print_error("in %s\n", path);
  mot_compilation_free(c);
  free(text.data);
  free(own.data);
  return wrong;
}

static void every_line_of_the_corpus_gets_what_it_expects(void **state)
{
  (void)state;
  int wrong = 0, files = 0;
  DIR *dir = opendir(CORPUS);
  assert_non_null(dir);
  for (struct dirent *entry; (entry = readdir(dir));) {
    char path[512];
    if (!strstr(entry->d_name, ".mot")) continue;
    snprintf(path, sizeof path, CORPUS "/%s", entry->d_name);
    wrong += check_corpus_file(path);
    files++;
  }
  closedir(dir);
  assert_true(files >= 6);
  assert_int_equal(wrong, 0);
}

/* ---- single questions ---- */

static const char REPAIR[] =
  "experience Repair \"Repaired\" {\n"
  "  for customer  manager ana  starts on Complaint\n"
  "  sco \"It works again\" CallEnded where resolved within 7 d\n"
  "  expires after 30 d\n"
  "  allow W0316 \"no goals yet\"\n";

static mot_compilation *check_in_repair(const char *items, Text *text)
{
  *text = framed();
  add_text(text, REPAIR);
  add_text(text, items);
  add_text(text, "}\n");
  return check(text);
}

/* The first finding of the code, and the text it points at. */
static bool find(mot_compilation *c, const Text *text, const char *code, mot_finding *ret_finding,
                 char *ret_text)
{
  for (size_t i = 0; mot_finding_get(c, i, ret_finding); i++) {
    if (strcmp(ret_finding->code, code) != 0) continue;
    snprintf(ret_text, 200, "%.*s", (int)ret_finding->place.length, text->data + ret_finding->place.offset);
    return true;
  }
  return false;
}

static void a_finding_points_at_what_it_is_about(void **state)
{
  (void)state;
  static const struct { const char *items, *code, *at; } cases[] = {
    {"mot M \"m\" { producers care  when Complaint  smoto CallEnded within 2 d  target 90% over 1 d }",
     "W0304", "M"},
    {"mot M \"m\" { manager ana  producers care  when Complaint  smoto CallEnded within 2 d }", "W0305",
     "manager ana"},
    {"mot M \"m\" { manager ben  producers ben  when Complaint  smoto CallEnded within 2 d }", "W0307",
     "producers ben"},
    {"mot M \"m\" { manager ben  producers care  when Complaint  smoto CallEnded within 50 d }", "W0318",
     "within 50 d"},
    {"mot M \"m\" { manager ben  producers care  when Survey where (score > 10 and score < 12)\n"
     "smoto score > 7 }",
     "W0410", "score > 10 and score < 12"},
    {"mot M \"m\" { manager ben  producers care  when Survey where (score > 5 or score > 10)\n"
     "smoto score > 7 }",
     "W0410", "score > 10"},
    {"mot M \"m\" { manager ben  producers care  when Complaint  smoto CallEnded by start.at - 1 d }",
     "W0413",
     "smoto CallEnded by start.at - 1 d"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Text text;
    mot_finding finding;
    char at[200] = "";
    mot_compilation *c = check_in_repair(cases[i].items, &text);
    if (!find(c, &text, cases[i].code, &finding, at)) fail_msg("no %s for %s", cases[i].code, cases[i].items);
    assert_string_equal(at, cases[i].at);
    assert_non_null(finding.help);
    mot_compilation_free(c);
    free(text.data);
  }
}

static void an_allowed_finding_keeps_its_reason_and_does_not_count(void **state)
{
  (void)state;
  Text text;
  mot_finding finding;
  char at[200];
  const char *with = "mot M \"m\" { manager ben  producers care  when Complaint  smoto CallEnded within 2 d\n"
                     "  allow W0308 \"measured elsewhere\" }\n";
  const char *without = "mot M \"m\" { manager ben  producers care  when Complaint\n"
                        "smoto CallEnded within 2 d }\n";
  mot_compilation *c = check_in_repair(with, &text);
  assert_true(find(c, &text, "W0308", &finding, at));
  assert_string_equal(finding.allowed, "measured elsewhere");
  assert_false(find(c, &text, "W0510", &finding, at));
  size_t allowed = mot_warning_count(c);
  mot_compilation_free(c);
  free(text.data);
  c = check_in_repair(without, &text);
  assert_int_equal(mot_warning_count(c), allowed + 1);
  mot_compilation_free(c);
  free(text.data);
}

static void with_errors_no_allow_is_said_to_silence_nothing(void **state)
{
  (void)state;
  Text text;
  mot_finding finding;
  char at[200];
  const char *items = "mot M \"m\" { manager ben  producers care  when Complaint  smoto CallEnded within 2\n"
                      "  allow W0308 \"measured elsewhere\" }\n";
  mot_compilation *c = check_in_repair(items, &text);
  assert_true(mot_error_count(c) > 0);
  assert_false(find(c, &text, "W0510", &finding, at));
  mot_compilation_free(c);
  free(text.data);
}

static void a_file_that_only_declares_has_nothing_unused(void **state)
{
  (void)state;
  Text text = framed();
  mot_compilation *c = check(&text);
  assert_int_equal(mot_error_count(c), 0);
  assert_int_equal(mot_warning_count(c), 0);
  mot_compilation_free(c);
  free(text.data);
}

/* ---- size ---- */

static void add_mots(Text *text, int count, const char *format)
{
  for (int i = 0; i < count; i++) {
    char line[400];
    snprintf(line, sizeof line, format, i, i);
    add_text(text, line);
  }
}

static void two_thousand_mots_of_one_event_take_seconds_at_most(void **state)
{
  (void)state;
  Text text = framed();
  add_text(&text, REPAIR);
  add_mots(&text, 2000,
           "  mot M%d \"m\" { manager ben  producers care  when CallEnded where (wait > %d s and resolved)\n"
           "    smoto Complaint within 3 d or (no Survey where score > 8 within 9 d\n"
           "      and ServiceActive within 2 d) }\n");
  add_text(&text, "}\n");
  clock_t begin = clock();
  mot_compilation *c = check(&text);
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  assert_int_equal(mot_error_count(c), 0);
  assert_true(mot_warning_count(c) >= 2000);
  if (seconds > 20) fail_msg("%g seconds", seconds);
  mot_compilation_free(c);
  free(text.data);
}

static void conditions_made_to_be_hard_are_given_up(void **state)
{
  (void)state;
  Text text = framed();
  add_text(&text, "metric Hard = count(Survey where (score > 0");
  add_mots(&text, 150, " and (score != %d or score * %d > 5)");
  add_text(&text, ")) per 1 d\n");
  clock_t begin = clock();
  mot_compilation *c = check(&text);
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  if (seconds > 20) fail_msg("%g seconds", seconds);
  mot_compilation_free(c);
  free(text.data);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_line_of_the_corpus_gets_what_it_expects),
    cmocka_unit_test(a_finding_points_at_what_it_is_about),
    cmocka_unit_test(an_allowed_finding_keeps_its_reason_and_does_not_count),
    cmocka_unit_test(with_errors_no_allow_is_said_to_silence_nothing),
    cmocka_unit_test(a_file_that_only_declares_has_nothing_unused),
    cmocka_unit_test(two_thousand_mots_of_one_event_take_seconds_at_most),
    cmocka_unit_test(conditions_made_to_be_hard_are_given_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
