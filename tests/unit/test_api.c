/*
 * test_api.c - the library as a program sees it: every refusal of memory, every
 * cut and change of a module, findings, formats, listings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode/module.h"
#include "mot/mot.h"
#include "tests/support/failing_alloc.h"

/* The text of a file of the tree; from malloc. */
static char *slurp(const char *path, size_t *ret_size)
{
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *text = malloc((size_t)size + 1);
  assert_int_equal(fread(text, 1, (size_t)size, f), size);
  text[size] = 0;
  fclose(f);
  *ret_size = (size_t)size;
  return text;
}

/* Short, as all of it is tried again for each piece of memory, each byte. */
static const char *const example = "tests/corpus/syntax/good/broadband.mot";

static mot_compilation *compile_example(void)
{
  mot_compilation *c = NULL;
  mot_error error;
  assert_int_equal(mot_compile_file(example, NULL, &c, &error), MOT_OK);
  return c;
}

/* ---- memory that is refused ---- */

typedef mot_status (*Attempt)(const mot_allocator *allocator, void *user);

static void refuse_in_turn(Attempt attempt, void *user)
{
  mot_status status = MOT_NO_MEMORY;
  size_t n = 0;
  while (status == MOT_NO_MEMORY) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, ++n);
    mot_allocator allocator = {failing_resize, &alloc};
    status = attempt(&allocator, user);
    assert_int_equal(alloc.pieces, 0);
    assert_int_equal(alloc.bytes, 0);
  }
  assert_int_equal(status, MOT_OK);
  assert_true(n > 2);
}

static mot_status compile_with(const mot_allocator *allocator, void *user)
{
  mot_compile_options options = {.allocator = allocator};
  mot_compilation *c = NULL;
  mot_error error;
  mot_status status = mot_compile_file(user, &options, &c, &error);
  if (status == MOT_NO_MEMORY) {
    assert_null(c);
    assert_non_null(strstr(error.text, "not enough memory"));
  }
  mot_compilation_free(c);
  return status;
}

static void compiling_survives_every_refusal_of_memory(void **state)
{
  (void)state;
  refuse_in_turn(compile_with, (void *)(uintptr_t)example);
}

static mot_status format_with(const mot_allocator *allocator, void *user)
{
  mot_compile_options options = {.allocator = allocator};
  mot_compilation *c = NULL;
  const char *text;
  size_t size;
  mot_status status = mot_format_text(example, user, strlen(user), &options, &c, &text, &size, NULL);
  mot_compilation_free(c);
  return status;
}

static void formatting_survives_every_refusal_of_memory(void **state)
{
  (void)state;
  size_t size;
  char *text = slurp(example, &size);
  refuse_in_turn(format_with, text);
  free(text);
}

typedef struct Block {
  const void *bytes;
  size_t size;
} Block;

static mot_status list_with(const mot_allocator *allocator, void *user)
{
  const Block *block = user;
  mot_listing *listing = NULL;
  mot_status status = mot_disassemble(block->bytes, block->size, allocator, &listing, NULL);
  mot_listing_free(listing);
  return status;
}

static mot_status cost_with(const mot_allocator *allocator, void *user)
{
  const Block *block = user;
  mot_cost *cost = NULL;
  mot_status status = mot_cost_of(block->bytes, block->size, allocator, &cost, NULL);
  mot_cost_free(cost);
  return status;
}

static void listing_and_cost_survive_every_refusal_of_memory(void **state)
{
  (void)state;
  mot_compilation *c = compile_example();
  Block block;
  block.bytes = mot_module(c, &block.size);
  refuse_in_turn(list_with, &block);
  refuse_in_turn(cost_with, &block);
  mot_compilation_free(c);
}

/* ---- modules that are cut or changed ---- */

static mot_status list_status(const void *bytes, size_t size)
{
  mot_listing *listing = NULL;
  mot_error error;
  mot_status status = mot_disassemble(bytes, size, NULL, &listing, &error);
  if (status == MOT_INVALID) assert_int_not_equal(error.text[0], 0);
  mot_listing_free(listing);
  return status;
}

static void a_module_cut_at_any_byte_is_refused(void **state)
{
  (void)state;
  mot_compilation *c = compile_example();
  size_t size;
  const char *module = mot_module(c, &size);
  for (size_t cut = 0; cut < size; cut++) {
    char *part = malloc(cut + 1); /* of its own, so that a read past it is seen */
    memcpy(part, module, cut);
    assert_int_equal(list_status(part, cut), MOT_INVALID);
    free(part);
  }
  mot_compilation_free(c);
}

/* With the checksum made right again only the verifier stands between the change and the listing. */
static void try_change(uint8_t *copy, size_t size, size_t at, uint8_t value)
{
  uint8_t was = copy[at];
  copy[at] = value;
  ModuleHeader header;
  memcpy(&header, copy, sizeof header);
  assert_int_equal(list_status(copy, size), MOT_INVALID);
  header.checksum = module_checksum(copy, size);
  memcpy(copy, &header, sizeof header);
  list_status(copy, size);
  copy[at] = was;
  header.checksum = module_checksum(copy, size);
  memcpy(copy, &header, sizeof header);
}

static void a_module_with_any_byte_changed_is_refused_or_harmless(void **state)
{
  (void)state;
  mot_compilation *c = compile_example();
  size_t size;
  const void *module = mot_module(c, &size);
  uint8_t *copy = malloc(size);
  memcpy(copy, module, size);
  for (size_t at = sizeof(ModuleHeader); at < size; at++) {
    if (copy[at] != 0xff) try_change(copy, size, at, 0xff);
    if (at % 3 == 0) try_change(copy, size, at, (uint8_t)(copy[at] + 1));
  }
  assert_memory_equal(copy, module, size);
  free(copy);
  mot_compilation_free(c);
}

static void a_module_that_is_not_aligned_is_read_all_the_same(void **state)
{
  (void)state;
  mot_compilation *c = compile_example();
  size_t size;
  const void *module = mot_module(c, &size);
  char *shifted = malloc(size + 1);
  memcpy(shifted + 1, module, size);
  assert_int_equal(list_status(shifted + 1, size), MOT_OK);
  free(shifted);
  mot_compilation_free(c);
}

/* ---- findings and texts ---- */

static void the_same_rules_give_the_same_module(void **state)
{
  (void)state;
  mot_compilation *a = compile_example(), *b = compile_example();
  size_t size_a, size_b;
  const void *module_a = mot_module(a, &size_a), *module_b = mot_module(b, &size_b);
  assert_int_equal(size_a, size_b);
  assert_memory_equal(module_a, module_b, size_a);
  mot_compilation_free(a);
  mot_compilation_free(b);
}

static void findings_have_place_message_and_remedy(void **state)
{
  (void)state;
  static const char text[] = "event Asked { customer: id }\nevent Late is Askde where true\n";
  mot_compilation *c = NULL;
  assert_int_equal(mot_compile_text("t.mot", text, strlen(text), NULL, &c, NULL), MOT_REJECTED);
  mot_finding f;
  assert_true(mot_finding_get(c, 0, &f));
  assert_string_equal(f.place.file, "t.mot");
  assert_int_equal(f.place.line, 2);
  assert_int_equal(f.place.column, 15);
  assert_int_equal(f.place.end_column, 20);
  assert_int_equal(f.place.length, 5);
  assert_non_null(strstr(f.message, "Askde"));
  assert_non_null(strstr(f.help, "Asked"));
  assert_int_equal(mot_error_count(c), 1);
  size_t size;
  assert_null(mot_module(c, &size));
  assert_false(mot_finding_get(c, mot_finding_count(c), &f));
  const char *line = mot_source_line(c, "t.mot", 2, &size);
  assert_memory_equal(line, "event Late is Askde where true", size);
  assert_null(mot_source_line(c, "t.mot", 9, &size));
  assert_null(mot_source_line(c, "u.mot", 1, &size));
  mot_compilation_free(c);
}

static void a_file_that_is_not_there_is_an_error_with_words(void **state)
{
  (void)state;
  mot_compilation *c = NULL;
  mot_error error;
  assert_int_equal(mot_compile_file("no/such.mot", NULL, &c, &error), MOT_IO);
  assert_null(c);
  assert_non_null(strstr(error.text, "no/such.mot"));
}

static void nothing_is_freed_for_nothing(void **state)
{
  (void)state;
  mot_compilation_free(NULL);
  mot_listing_free(NULL);
  mot_cost_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(compiling_survives_every_refusal_of_memory),
    cmocka_unit_test(formatting_survives_every_refusal_of_memory),
    cmocka_unit_test(listing_and_cost_survive_every_refusal_of_memory),
    cmocka_unit_test(a_module_cut_at_any_byte_is_refused),
    cmocka_unit_test(a_module_with_any_byte_changed_is_refused_or_harmless),
    cmocka_unit_test(a_module_that_is_not_aligned_is_read_all_the_same),
    cmocka_unit_test(the_same_rules_give_the_same_module),
    cmocka_unit_test(findings_have_place_message_and_remedy),
    cmocka_unit_test(a_file_that_is_not_there_is_an_error_with_words),
    cmocka_unit_test(nothing_is_freed_for_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
