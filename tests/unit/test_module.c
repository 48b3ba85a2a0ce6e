/* test_module.c - modules written, read back, cut, changed, and written without memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode/disasm.h"
#include "bytecode/names.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/sample_module.h"

static ModuleBuilder *new_builder(Arena *arena)
{
  ModuleBuilder *b = ARENA_NEW(arena, ModuleBuilder);
  builder_init(b, arena);
  return b;
}

static Buf sample_bytes(Arena *arena)
{
  ModuleBuilder *b = new_builder(arena);
  Buf out;
  sample_module(b);
  buf_init(&out, arena);
  module_write(b, &out);
  return out;
}

/* Reads exactly `size` bytes, so that the sanitizer sees a read behind them; lists what is accepted. */
static bool read_copy(const void *bytes, size_t size, ModuleError *error)
{
  Mem mem;
  Arena scratch;
  jmp_buf oom;
  Module module;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  if (setjmp(oom) != 0) fail_msg("out of memory");
  arena_init(&scratch, &mem);
  void *copy = malloc(size ? size : 1);
  memcpy(copy, bytes, size);
  bool ok = module_read(&module, copy, size, &scratch, error);
  if (ok) {
    Buf out;
    buf_init(&out, &scratch);
    module_disasm(&module, &out);
  }
  arena_free(&scratch);
  free(copy);
  return ok;
}

static void seal(Buf *bytes)
{
  ((ModuleHeader *)(void *)bytes->data)->checksum = module_checksum(bytes->data, bytes->len);
}

/* ---- writing and reading ---- */

static void test_the_sample_has_a_row_in_every_table(void **state)
{
  ModuleBuilder *b = new_builder(*state);
  sample_module(b);
#define TABLE(N, text) \
  if (b->N.len == 0) fail_msg("%s: none", #N);
#include "bytecode/tables_only.h"
}

static void test_what_is_written_is_read(void **state)
{
  ModuleBuilder *b = new_builder(*state);
  Buf out;
  Module module;
  ModuleError error;
  sample_module(b);
  buf_init(&out, *state);
  module_write(b, &out);
  if (!module_read(&module, out.data, out.len, *state, &error)) fail_msg("%s", error.text);
#define TABLE(N, text)                              \
  assert_int_equal(module.N##_count, b->N.len);     \
  assert_memory_equal(module.N, b->N.data, b->N.len * sizeof(N##Row));
#include "bytecode/tables_only.h"
  assert_int_equal(module.code_count, b->code.len);
  assert_memory_equal(module.code, b->code.data, b->code.len * sizeof(Instr));
  assert_string_equal(module_string(&module, module.Meta[0].name, NULL), "acme.sample");
  assert_string_equal(module_string(&module, 0, NULL), "");
}

static void test_the_same_content_gives_the_same_bytes(void **state)
{
  Buf a = sample_bytes(*state), b = sample_bytes(*state);
  assert_int_equal(a.len, b.len);
  assert_memory_equal(a.data, b.data, a.len);
}

static void test_a_module_can_stand_behind_other_bytes(void **state)
{
  ModuleBuilder *b = new_builder(*state);
  Buf out, alone = sample_bytes(*state);
  sample_module(b);
  buf_init(&out, *state);
  buf_text(&out, "abc");
  module_write(b, &out);
  assert_int_equal(out.len, alone.len + 3);
  assert_memory_equal(out.data + 3, alone.data, alone.len);
}

static void test_equal_texts_and_constants_share_a_number(void **state)
{
  ModuleBuilder *b = new_builder(*state);
  uint32_t ana = builder_string(b, "ana", 3);
  assert_int_equal(builder_string(b, "anabel", 3), ana);
  assert_int_not_equal(builder_string(b, "anabel", 6), ana);
  assert_int_equal(builder_string(b, "", 0), 0);
  assert_int_equal(builder_constant(b, 7), builder_constant(b, 7));
  assert_int_not_equal(builder_constant(b, 7), builder_constant(b, -7));
  assert_int_equal(builder_constant_f(b, 0.0), builder_constant(b, 0));
  assert_int_not_equal(builder_constant_f(b, 0.0), builder_constant_f(b, -0.0));
  assert_int_equal(b->Constant.len, 4);
}

static void test_an_empty_builder_is_no_module(void **state)
{
  Buf out;
  ModuleError error;
  buf_init(&out, *state);
  module_write(new_builder(*state), &out);
  assert_false(read_copy(out.data, out.len, &error));
  assert_string_equal(error.text, "meta: 0 rows instead of 1");
}

/* ---- damage ---- */

static void test_a_module_cut_anywhere_is_refused(void **state)
{
  Buf whole = sample_bytes(*state);
  for (size_t cut = 0; cut < whole.len; cut++) {
    ModuleError error;
    if (read_copy(whole.data, cut, &error) || error.text[0] == '\0') fail_msg("cut at %zu", cut);
  }
}

/* Cut, then made to look whole: the sections do not fit any more. */
static void test_a_module_cut_and_sealed_is_refused(void **state)
{
  Buf whole = sample_bytes(*state);
  for (size_t cut = sizeof(ModuleHeader); cut < whole.len; cut += 3) {
    ModuleError error;
    Buf part = {.arena = *state};
    buf_put(&part, whole.data, cut);
    ((ModuleHeader *)(void *)part.data)->size = cut;
    seal(&part);
    if (read_copy(part.data, part.len, &error) || error.text[0] == '\0') fail_msg("cut at %zu", cut);
  }
}

static void test_every_changed_byte_is_seen(void **state)
{
  Buf bytes = sample_bytes(*state);
  for (size_t i = 0; i < bytes.len; i++) {
    ModuleError error;
    bytes.data[i] ^= (char)(1 << i % 8);
    if (read_copy(bytes.data, bytes.len, &error)) fail_msg("byte %zu", i);
    bytes.data[i] ^= (char)(1 << i % 8);
  }
}

/* With a fitting checksum a change is either valid or refused; neither reads outside. */
static void test_changed_bytes_with_a_checksum_do_no_harm(void **state)
{
  static const unsigned char masks[] = {0x01, 0x10, 0x80, 0xff};
  Buf bytes = sample_bytes(*state);
  size_t accepted = 0, refused = 0;
  for (size_t i = 0; i < bytes.len; i++) {
    for (size_t k = 0; k < sizeof masks; k++) {
      ModuleError error;
      bytes.data[i] ^= (char)masks[k];
      seal(&bytes);
      bool ok = read_copy(bytes.data, bytes.len, &error);
      accepted += ok;
      refused += !ok;
      if (!ok && error.text[0] == '\0') fail_msg("byte %zu: refused without a reason", i);
      bytes.data[i] ^= (char)masks[k];
    }
  }
  assert_true(refused > accepted && accepted > 100);
}

static void test_words_of_extreme_values_do_no_harm(void **state)
{
  static const uint32_t values[] = {0, 0x7fffffff, 0x80000000, 0xffffffff};
  Buf bytes = sample_bytes(*state);
  for (size_t i = 0; i + 4 <= bytes.len; i += 4) {
    uint32_t before;
    memcpy(&before, bytes.data + i, 4);
    for (size_t k = 0; k < 4; k++) {
      ModuleError error;
      memcpy(bytes.data + i, &values[k], 4);
      seal(&bytes);
      read_copy(bytes.data, bytes.len, &error);
    }
    memcpy(bytes.data + i, &before, 4);
  }
}

static void expect_header_error(Arena *arena, size_t at, unsigned char value, const char *words)
{
  ModuleError error;
  Buf bytes = sample_bytes(arena);
  bytes.data[at] = (char)value;
  if (at >= 24) seal(&bytes);
  assert_false(read_copy(bytes.data, bytes.len, &error));
  if (!strstr(error.text, words)) fail_msg("\"%s\" has no \"%s\"", error.text, words);
}

static void test_the_header_says_what_is_wrong(void **state)
{
  expect_header_error(*state, 0, 'M', "not a compiled module");
  expect_header_error(*state, 4, 9, "the module is of format 9");
  expect_header_error(*state, 8, 1, "the module says it has");
  expect_header_error(*state, 16, 0x5a, "changed after it was compiled");
  expect_header_error(*state, 24, 99, "header.sections");
  expect_header_error(*state, 28, 1, "header.flags");
  expect_header_error(*state, 32, 1, "section strings: begins at");
  expect_header_error(*state, 44, 1, "section strings: rows of 1 bytes");
  expect_header_error(*state, 58, 0xff, "section meta: ends behind");
}

static void test_a_module_must_be_aligned(void **state)
{
  Buf bytes = sample_bytes(*state);
  Module module;
  ModuleError error;
  assert_false(module_read(&module, bytes.data + 1, bytes.len - 1, *state, &error));
  assert_non_null(strstr(error.text, "multiple of 8"));
}

/* ---- no memory ---- */

static void write_read_list(Arena *arena, void *user)
{
  Buf bytes = sample_bytes(arena), out;
  Module module;
  ModuleError error;
  if (!module_read(&module, bytes.data, bytes.len, arena, &error)) fail_msg("%s", error.text);
  buf_init(&out, arena);
  module_disasm(&module, &out);
  *(size_t *)user += out.len;
}

static void test_every_refused_request_leaves_cleanly(void **state)
{
  (void)state;
  size_t len = 0;
  assert_true(refuse_each_request(write_read_list, &len) > 3);
  assert_true(len > 1000);
}

/* ---- the tables of names ---- */

static void test_every_op_and_field_is_described(void **state)
{
  (void)state;
  for (unsigned op = 0; op < OP_COUNT; op++) {
    assert_non_null(op_info[op].name);
    assert_true(op_info[op].synopsis[0] != '\0');
  }
  assert_string_equal(op_info[OP_ADD_I].name, "add.i");
  assert_int_equal(op_info[OP_FAULT].operands[0], OPERAND___);
  assert_string_equal(enum_text(ENUM_BOUND, BOUND_OPEN_DAYS), "within open days");
  assert_string_equal(enum_text(ENUM_BOUND, 77), "?");
  assert_int_equal(builtin_info[BUILTIN_ADD_OPEN].count, 2);
  assert_int_equal(builtin_info[BUILTIN_ADD_OPEN].needs, NEEDS_CALENDAR);
  for (uint32_t t = SECTION_STRINGS + 1; t < SECTION_CODE; t++) {
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < table_info[t].count; i++) bytes += field_size(table_info[t].fields[i].kind);
    assert_int_equal(bytes, table_info[t].row);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_the_sample_has_a_row_in_every_table),
    ARENA_TEST(test_what_is_written_is_read),
    ARENA_TEST(test_the_same_content_gives_the_same_bytes),
    ARENA_TEST(test_a_module_can_stand_behind_other_bytes),
    ARENA_TEST(test_equal_texts_and_constants_share_a_number),
    ARENA_TEST(test_an_empty_builder_is_no_module),
    ARENA_TEST(test_a_module_cut_anywhere_is_refused),
    ARENA_TEST(test_a_module_cut_and_sealed_is_refused),
    ARENA_TEST(test_every_changed_byte_is_seen),
    ARENA_TEST(test_changed_bytes_with_a_checksum_do_no_harm),
    ARENA_TEST(test_words_of_extreme_values_do_no_harm),
    ARENA_TEST(test_the_header_says_what_is_wrong),
    ARENA_TEST(test_a_module_must_be_aligned),
    cmocka_unit_test(test_every_refused_request_leaves_cleanly),
    ARENA_TEST(test_every_op_and_field_is_described),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
