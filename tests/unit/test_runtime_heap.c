/* Heaps: pieces apart from one another, used again by size, given back after a refusal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/heap.h"
#include "tests/support/failing_alloc.h"

static uint64_t seed;

static uint32_t any(uint32_t below)
{
  seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((seed >> 33) % below);
}

typedef struct Piece {
  Handle handle;
  size_t size;
  uint8_t fill;
} Piece;

static void check_piece(const Heap *heap, const Piece *piece)
{
  const uint8_t *at = heap_at(heap, piece->handle);
  assert_int_equal((uintptr_t)at % 8, 0);
  for (size_t i = 0; i < piece->size; i += i < 64 ? 1 : 97) assert_int_equal(at[i], piece->fill);
  if (piece->size > 0) assert_int_equal(at[piece->size - 1], piece->fill);
}

static size_t any_size(void)
{
  switch (any(20)) {
  case 0: return any(3 << 20);
  case 1: return any(1 << 17);
  case 2: return any(8 << 10);
  default: return any(600);
  }
}

static void test_pieces_keep_what_is_in_them(void **state)
{
  (void)state;
  enum { PIECES = 500 };
  static Piece pieces[PIECES];
  Mem mem;
  Heap heap;
  mem_init(&mem, NULL, NULL);
  heap_init(&heap, &mem);
  memset(pieces, 0, sizeof pieces);
  for (int round = 0; round < 20000; round++) {
    Piece *piece = &pieces[any(PIECES)];
    if (piece->handle != 0) {
      check_piece(&heap, piece);
      heap_release(&heap, piece->handle, piece->size);
      piece->handle = 0;
      continue;
    }
    *piece = (Piece){.size = any_size(), .fill = (uint8_t)any(256)};
    piece->handle = heap_alloc(&heap, piece->size);
    assert_int_not_equal(piece->handle, 0);
    memset(heap_at(&heap, piece->handle), piece->fill, piece->size);
  }
  for (int i = 0; i < PIECES; i++) {
    if (pieces[i].handle == 0) continue;
    check_piece(&heap, &pieces[i]);
    heap_release(&heap, pieces[i].handle, pieces[i].size);
  }
  assert_int_equal(heap.in_use, 0);
  assert_true(heap.reserved <= mem.in_use);
  heap_free_all(&heap);
  assert_int_equal(mem.in_use, 0);
}

static void test_what_is_given_back_is_used_again(void **state)
{
  (void)state;
  static const size_t sizes[] = {0, 1, 8, 9, 512, 513, 1000, 4096, 300000, 1 << 20, (1 << 20) + 1, 3000000};
  Mem mem;
  Heap heap;
  mem_init(&mem, NULL, NULL);
  heap_init(&heap, &mem);
  for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    Handle a = heap_alloc(&heap, sizes[i]), b = heap_alloc(&heap, sizes[i]);
    assert_int_not_equal(a, b);
    heap_release(&heap, a, sizes[i]);
    heap_release(&heap, b, sizes[i]);
    uint64_t reserved = heap.reserved;
    assert_int_equal(heap_alloc(&heap, sizes[i]), b);
    assert_int_equal(heap_alloc(&heap, sizes[i]), a);
    assert_int_equal(heap.reserved, reserved);
  }
  heap_free_all(&heap);
  heap_free_all(&heap); /* may be used, and freed, again */
}

static void test_a_large_first_piece_is_not_the_handle_of_none(void **state)
{
  (void)state;
  Mem mem;
  Heap heap;
  mem_init(&mem, NULL, NULL);
  heap_init(&heap, &mem);
  assert_int_not_equal(heap_alloc(&heap, 5 << 20), 0);
  heap_free_all(&heap);
}

static void test_small_pieces_lie_side_by_side(void **state)
{
  (void)state;
  Mem mem;
  Heap heap;
  mem_init(&mem, NULL, NULL);
  heap_init(&heap, &mem);
  for (int i = 0; i < 500000; i++) heap_alloc(&heap, 48);
  assert_int_equal(heap.in_use, 500000 * 48);
  assert_true(heap.reserved < 500000 * 48 + (5 << 20));
  heap_free_all(&heap);
}

static void test_texts(void **state)
{
  (void)state;
  Mem mem;
  Heap heap;
  uint32_t len;
  mem_init(&mem, NULL, NULL);
  heap_init(&heap, &mem);
  assert_int_equal(text_keep(&heap, "", 0), 0);
  assert_string_equal(text_of(&heap, 0, &len), "");
  assert_int_equal(len, 0);
  Handle text = text_keep(&heap, "promised", 8);
  assert_memory_equal(text_of(&heap, text, &len), "promised", 8);
  assert_int_equal(len, 8);
  text_release(&heap, text);
  text_release(&heap, 0);
  assert_int_equal(heap.in_use, 0);
  heap_free_all(&heap);
}

static bool is_refused(size_t size)
{
  FailingAlloc alloc;
  Mem mem;
  Heap heap;
  jmp_buf oom;
  volatile bool refused = true;
  failing_alloc_init(&alloc, 4); /* the tables and the first chunk */
  mem_init(&mem, failing_resize, &alloc);
  mem.oom = &oom;
  heap_init(&heap, &mem);
  if (setjmp(oom) == 0) {
    heap_alloc(&heap, size);
    refused = false;
  }
  heap_free_all(&heap);
  assert_int_equal(alloc.pieces, 0);
  return refused;
}

/* What no heap can hold is refused as memory is. */
static void test_sizes_beyond_all_bounds(void **state)
{
  (void)state;
  assert_true(is_refused(SIZE_MAX));
  assert_true(is_refused(SIZE_MAX / 2));
  assert_true(is_refused((size_t)1 << 46));
  assert_true(is_refused(400000));
  assert_false(is_refused(4000));
}

static void fill(Mem *mem, void *user)
{
  Heap *heap = user;
  heap_init(heap, mem);
  for (int i = 0; i < 3000; i++) heap_alloc(heap, 4096);
  for (int i = 0; i < 20; i++) heap_alloc(heap, 300000);
}

static void empty(void *user)
{
  heap_free_all(user);
}

static void test_refused_memory_leaves_a_heap_that_can_be_freed(void **state)
{
  (void)state;
  Heap heap;
  assert_true(refuse_each_resize(fill, empty, &heap) > 20);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_pieces_keep_what_is_in_them),
    cmocka_unit_test(test_what_is_given_back_is_used_again),
    cmocka_unit_test(test_a_large_first_piece_is_not_the_handle_of_none),
    cmocka_unit_test(test_small_pieces_lie_side_by_side),
    cmocka_unit_test(test_texts),
    cmocka_unit_test(test_sizes_beyond_all_bounds),
    cmocka_unit_test(test_refused_memory_leaves_a_heap_that_can_be_freed),
  };
  return cmocka_run_group_tests_name("heap", tests, NULL, NULL);
}
