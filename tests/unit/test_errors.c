/* test_errors.c - every code is provoked by its wrong example and by nothing in its right one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "tests/support/arena_fixture.h"

/* ---- files in memory --------------------------------------------------------------- */

typedef struct MemoryFile {
  const char *name, *text;
} MemoryFile;

/* Files of a test, ended by a name of NULL; a text of NULL cannot be read. */
static bool find_in_memory(void *user, const char *module, const char *from_file, const char **name,
                           const char **text, size_t *len, const char **why)
{
  char path[256];
  (void)from_file;
  snprintf(path, sizeof path, "%s", module);
  for (char *c = path; *c; c++)
    if (*c == '.') *c = '/';
  strncat(path, ".mot", sizeof path - strlen(path) - 1);
  for (const MemoryFile *file = user; file && file->name; file++) {
    if (strcmp(file->name, path) != 0) continue;
    *name = file->name;
    *text = file->text;
    *len = file->text ? strlen(file->text) : 0;
    if (!file->text) *why = "permission denied";
    return file->text != NULL;
  }
  return false;
}

/* ---- compiling ------------------------------------------------------------------------ */

static Compile *compile_text(Arena *arena, const char *text, size_t len, const MemoryFile *files)
{
  Compile *compile = ARENA_NEW(arena, Compile);
  Loader loader = {find_in_memory, (void *)(uintptr_t)files};
  compile_init(compile, arena, loader);
  uint32_t file = sources_add(&compile->sources, "main.mot", text, len);
  compile_file(compile, file, false);
  return compile;
}

static bool has_code(const Compile *compile, DiagCode code)
{
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->code == code && !diag->allowed) return true;
  return false;
}

static const char *said(Arena *arena, const Compile *compile)
{
  const char *all = "nothing";
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    all = arena_printf(arena, "%s\n#     %s%s %s", diag == compile->diags.first ? "" : all,
                       diag_info[diag->code].code, diag->allowed ? " (allowed)" : "", diag->message);
  return all;
}

/* ---- frames ------------------------------------------------------------------------------ */

static char *frame(Arena *arena, const char *name)
{
  char path[64];
  snprintf(path, sizeof path, "tests/frame/%s.mot", name);
  FILE *file = fopen(path, "rb");
  if (!file) fail_msg("%s is missing: run this from the root of the tree", path);
  char *text = arena_alloc(arena, 1 << 16);
  size_t len = fread(text, 1, (1 << 16) - 1, file);
  fclose(file);
  text[len] = 0;
  return text;
}

/* Its lines as far in as the frame has them: where a clause stands tells how a mistake is read. */
static const char *indented(Arena *arena, const char *example)
{
  Buf text;
  buf_init(&text, arena);
  for (; *example; example++) {
    if (text.len == 0 || example[-1] == '\n') buf_text(&text, "    ");
    buf_char(&text, *example);
  }
  return text.len ? text.data : "";
}

/* The example as a whole file; NULL: its frame is none of those. */
static const char *completed(Arena *arena, const DiagInfo *info, const char *example)
{
  if (strcmp(info->frame, "file") == 0) return example;
  if (strcmp(info->frame, "decls") == 0)
    return arena_printf(arena, "%s\n%s\n", frame(arena, "decls"), example);
  if (strcmp(info->frame, "mot") != 0) return NULL;
  char *mot = frame(arena, "mot");
  char *mark = strstr(mot, "#@");
  assert_non_null(mark);
  *mark = 0;
  return arena_printf(arena, "%s\n%s%s%s\n", frame(arena, "decls"), mot, indented(arena, example),
                      mark + 2);
}

static int examples_failed;

static void check_wrong(Arena *arena, DiagCode code)
{
  const DiagInfo *info = &diag_info[code];
  const char *text = completed(arena, info, info->wrong);
  const Compile *compile = compile_text(arena, text, strlen(text), NULL);
  if (has_code(compile, code)) return;
  examples_failed++;
  print_message("# %s: the wrong example says %s\n", info->code, said(arena, compile));
}

static void check_right(Arena *arena, DiagCode code)
{
  const DiagInfo *info = &diag_info[code];
  const char *text = completed(arena, info, info->right);
  const Compile *compile = compile_text(arena, text, strlen(text), NULL);
  if (!has_code(compile, code) && compile->diags.errors == 0) return;
  examples_failed++;
  print_message("# %s: the right example says %s\n", info->code, said(arena, compile));
}

static void each_code_is_provoked_by_its_wrong_example_only(void **state)
{
  examples_failed = 0;
  for (DiagCode code = 0; code < DIAG_CODES; code++) {
    if (!completed(*state, &diag_info[code], "")) continue;
    check_wrong(*state, code);
    check_right(*state, code);
  }
  assert_int_equal(examples_failed, 0);
}

/* ---- codes that take more than a text --------------------------------------------------------- */

static void expect_code(Arena *arena, const char *text, const MemoryFile *files, DiagCode code)
{
  const Compile *compile = compile_text(arena, text, strlen(text), files);
  if (!has_code(compile, code))
    fail_msg("%s was not said but %s", diag_info[code].code, said(arena, compile));
}

static void a_file_that_is_not_there_is_reported(void **state)
{
  const MemoryFile files[] = {{"locked.mot", NULL}, {NULL, NULL}};
  expect_code(*state, diag_info[E0710].wrong, files, E0710);
  expect_code(*state, "use a.b", files, E0710);
  expect_code(*state, "use locked", files, E0710);
}

static void files_in_a_circle_are_reported(void **state)
{
  const MemoryFile files[] = {
    {"a.mot", "use b\nuse main"}, {"b.mot", "use a"}, {"main.mot", "use a"}, {NULL, NULL}};
  expect_code(*state, "use a", files, E0711);
  expect_code(*state, "use main", files, E0711);
  expect_code(*state, diag_info[E0711].wrong, files, E0711);
}

static void a_file_that_gives_itself_another_name_is_reported(void **state)
{
  const MemoryFile files[] = {{"a/b.mot", "module a.c"}, {NULL, NULL}};
  expect_code(*state, "use a.b", files, E0712);
}

/* `x` is another file for `y`, which stands in another folder. */
static bool find_by_folder(void *user, const char *module, const char *from_file, const char **name,
                           const char **text, size_t *len, const char **why)
{
  (void)user;
  (void)why;
  bool inner = strncmp(from_file, "one/", 4) == 0;
  *name = strcmp(module, "y") == 0 ? "one/y.mot" : inner ? "one/x.mot" : "x.mot";
  *text = strcmp(module, "y") == 0 ? "use x" : "";
  *len = strlen(*text);
  return true;
}

static void two_files_of_one_name_are_reported(void **state)
{
  Compile compile;
  compile_init(&compile, *state, (Loader){find_by_folder, NULL});
  const char *text = "use x\nuse y";
  compile_file(&compile, sources_add(&compile.sources, "main.mot", text, strlen(text)), true);
  assert_true(has_code(&compile, E0713));
}

static void too_much_is_reported(void **state)
{
  Buf text;
  buf_init(&text, *state);
  buf_text(&text, "event Big {");
  for (int i = 0; i < 4097; i++) buf_printf(&text, " f%d: id", i);
  buf_text(&text, " }");
  expect_code(*state, text.data, NULL, E0714);
}

static void text_that_is_not_utf_8_is_reported(void **state)
{
  expect_code(*state, "event A # \xff\n", NULL, E0102);
}

static void nesting_without_end_is_reported(void **state)
{
  Buf text;
  buf_init(&text, *state);
  buf_text(&text, "def f(x: int) = ");
  buf_fill(&text, '(', 300);
  buf_text(&text, "x");
  buf_fill(&text, ')', 300);
  expect_code(*state, text.data, NULL, E0128);
}

static void an_expression_too_long_is_reported(void **state)
{
  Buf text;
  buf_init(&text, *state);
  buf_text(&text, "def f(x: int) = x");
  for (int i = 0; i < 3000; i++) buf_text(&text, " + x");
  expect_code(*state, text.data, NULL, E0129);
}

/* Those with a test of their own, here or where the comment says. */
static const DiagCode elsewhere[] = {
  E0102, E0128, E0129, E0710, E0711, E0712, E0713, E0714,
  E0136, /* never: the formatter checks itself */
  E0701, /* files: test_api */
  E0790, /* layout: test_gen */
  E0801, /* modules: test_module */
};

static void no_code_is_without_a_test(void **state)
{
  for (DiagCode code = 0; code < DIAG_CODES; code++) {
    bool tested = completed(*state, &diag_info[code], "") != NULL;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) tested |= elsewhere[i] == code;
    if (!tested) fail_msg("%s has the frame \"%s\" and no test", diag_info[code].code, diag_info[code].frame);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(each_code_is_provoked_by_its_wrong_example_only),
    ARENA_TEST(a_file_that_is_not_there_is_reported),
    ARENA_TEST(files_in_a_circle_are_reported),
    ARENA_TEST(a_file_that_gives_itself_another_name_is_reported),
    ARENA_TEST(two_files_of_one_name_are_reported),
    ARENA_TEST(too_much_is_reported),
    ARENA_TEST(text_that_is_not_utf_8_is_reported),
    ARENA_TEST(nesting_without_end_is_reported),
    ARENA_TEST(an_expression_too_long_is_reported),
    ARENA_TEST(no_code_is_without_a_test),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
