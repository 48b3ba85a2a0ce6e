#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

static int all_zero(const char *bytes, size_t len)
{
  for (size_t i = 0; i < len; i++)
    if (bytes[i] != 0) return 0;
  return 1;
}

static void a_piece_is_zeroed_and_aligned_whatever_its_size(void **state)
{
  (void)state;
  FailingAlloc alloc; /* its bytes come as rubbish */
  Mem mem;
  Arena arena;
  failing_alloc_init(&alloc, 0);
  mem_init(&mem, failing_resize, &alloc);
  arena_init(&arena, &mem);
  for (size_t size = 0; size < 3000; size = size * 3 / 2 + 1) {
    char *p = arena_alloc(&arena, size);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 8, 0);
    assert_true(all_zero(p, size));
    memset(p, 0xFF, size);
  }
  arena_free(&arena);
  assert_int_equal(alloc.bytes, 0);
}

static void pieces_do_not_overlap(void **state)
{
  char *pieces[500];
  for (size_t i = 0; i < 500; i++) memset(pieces[i] = arena_alloc(*state, i), (int)i, i);
  for (size_t i = 0; i < 500; i++)
    for (size_t j = 0; j < i; j++) assert_int_equal((unsigned char)pieces[i][j], i & 0xFF);
}

static void pieces_of_no_bytes_have_different_addresses(void **state)
{
  assert_ptr_not_equal(arena_alloc(*state, 0), arena_alloc(*state, 0));
}

static void a_big_piece_leaves_the_newest_block_in_use(void **state)
{
  char *before = arena_alloc(*state, 8);
  char *big = arena_alloc(*state, 5 << 20);
  char *after = arena_alloc(*state, 8);
  memset(big, 1, 5 << 20);
  assert_ptr_equal(after, before + 8);
}

static void the_newest_piece_grows_in_place(void **state)
{
  char *p = arena_alloc(*state, 10);
  memcpy(p, "0123456789", 10);
  assert_ptr_equal(arena_grow(*state, p, 10, 100), p);
  assert_memory_equal(p, "0123456789", 10);
  assert_true(all_zero(p + 10, 90));
}

static void an_older_piece_moves_when_it_grows(void **state)
{
  char *p = arena_copy(*state, "abc", 3);
  char *newer = arena_copy(*state, "xyz", 3);
  char *moved = arena_grow(*state, p, 4, 4000);
  assert_ptr_not_equal(moved, p);
  assert_string_equal(moved, "abc");
  assert_string_equal(newer, "xyz");
  assert_true(all_zero(moved + 4, 3996));
}

static void a_large_piece_grows_and_leaves_nothing_behind(void **state)
{
  Arena *arena = *state;
  size_t size = 100000;
  char *p = arena_alloc(arena, size), *newer = arena_alloc(arena, 200000);
  memset(p, 'p', size);
  memset(newer, 'n', 200000);
  for (; size < 10000000; size *= 2) {
    p = arena_grow(arena, p, size, size * 2);
    assert_true(p[0] == 'p' && p[size - 1] == 'p' && all_zero(p + size, size));
    memset(p + size, 'p', size);
    assert_true(newer[0] == 'n' && newer[199999] == 'n');
  }
  assert_in_range(arena->mem->in_use, size, size + 300000);
}

static void growing_within_the_alignment_needs_no_new_place(void **state)
{
  char *p = arena_alloc(*state, 3);
  arena_alloc(*state, 8);
  assert_ptr_equal(arena_grow(*state, p, 3, 8), p);
}

static void growing_nothing_allocates(void **state)
{
  assert_non_null(arena_grow(*state, NULL, 0, 16));
}

static void shrinking_keeps_the_piece(void **state)
{
  char *p = arena_alloc(*state, 64);
  assert_ptr_equal(arena_grow(*state, p, 64, 8), p);
}

static void bytes_cut_off_come_back_as_zero(void **state)
{
  char *p = arena_alloc(*state, 16);
  memset(p, 'x', 16);
  p = arena_grow(*state, p, 16, 9);
  p = arena_grow(*state, p, 9, 16);
  assert_true(all_zero(p + 9, 7));
}

static void printing_takes_texts_of_any_length(void **state)
{
  char expected[1001];
  for (int len = 0; len <= 1000; len += 50) {
    memset(expected, '0', (size_t)len);
    expected[len] = '\0';
    assert_string_equal(arena_printf(*state, "%.*s", len, expected), expected);
  }
}

static void an_arena_can_be_used_again_after_it_was_freed(void **state)
{
  Arena *arena = *state;
  arena_alloc(arena, 100000);
  arena_free(arena);
  assert_int_equal(arena->mem->in_use, 0);
  assert_true(arena->mem->peak >= 100000);
  assert_string_equal(arena_copy(arena, "again", 5), "again");
}

static void blocks_grow_up_to_four_mebibytes(void **state)
{
  Arena *arena = *state;
  arena_alloc(arena, 8);
  assert_int_equal(arena->mem->in_use, 4 << 10);
  for (int i = 0; i < 200000; i++) arena_alloc(arena, 64);
  size_t before = arena->mem->in_use;
  while (arena->mem->in_use == before) arena_alloc(arena, 64);
  assert_int_equal(arena->mem->in_use - before, 4 << 20);
}

static void a_size_that_overflows_is_refused_as_lack_of_memory(void **state)
{
  Arena *arena = *state;
  jmp_buf oom;
  arena->mem->oom = &oom;
  for (volatile size_t i = 0; i < 3; i++) {
    const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 7, (size_t)PTRDIFF_MAX};
    if (setjmp(oom) == 0) {
      arena_alloc(arena, sizes[i]);
      fail_msg("%zu bytes were given", sizes[i]);
    }
  }
}

static void fill_an_arena(Arena *arena, void *user)
{
  (void)user;
  char *grown = NULL;
  for (size_t i = 1; i < 300; i++) {
    grown = arena_grow(arena, grown, (i - 1) * 1000, i * 1000);
    arena_printf(arena, "%zu", i);
  }
}

static void a_refused_request_leaves_through_the_jump_buffer(void **state)
{
  (void)state;
  assert_in_range(refuse_each_request(fill_an_arena, NULL), 3, 1000);
}

static void a_refused_resize_leaves_the_piece_and_the_counts(void **state)
{
  (void)state;
  FailingAlloc alloc;
  Mem mem;
  failing_alloc_init(&alloc, 2);
  mem_init(&mem, failing_resize, &alloc);
  char *p = mem_resize(&mem, NULL, 0, 10);
  p[9] = 'x';
  assert_null(mem_resize(&mem, p, 10, 20));
  assert_int_equal(p[9], 'x');
  assert_int_equal(mem.in_use, 10);
  mem_resize(&mem, p, 10, 0);
  assert_int_equal(mem.in_use, 0);
  assert_int_equal(alloc.pieces, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_piece_is_zeroed_and_aligned_whatever_its_size),
    ARENA_TEST(pieces_do_not_overlap),
    ARENA_TEST(pieces_of_no_bytes_have_different_addresses),
    ARENA_TEST(a_big_piece_leaves_the_newest_block_in_use),
    ARENA_TEST(the_newest_piece_grows_in_place),
    ARENA_TEST(an_older_piece_moves_when_it_grows),
    ARENA_TEST(a_large_piece_grows_and_leaves_nothing_behind),
    ARENA_TEST(growing_within_the_alignment_needs_no_new_place),
    ARENA_TEST(growing_nothing_allocates),
    ARENA_TEST(shrinking_keeps_the_piece),
    ARENA_TEST(bytes_cut_off_come_back_as_zero),
    ARENA_TEST(printing_takes_texts_of_any_length),
    ARENA_TEST(an_arena_can_be_used_again_after_it_was_freed),
    ARENA_TEST(blocks_grow_up_to_four_mebibytes),
    ARENA_TEST(a_size_that_overflows_is_refused_as_lack_of_memory),
    cmocka_unit_test(a_refused_request_leaves_through_the_jump_buffer),
    cmocka_unit_test(a_refused_resize_leaves_the_piece_and_the_counts),
  };
  return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
