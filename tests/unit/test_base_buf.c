#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"

static void text_is_terminated_after_every_call(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  buf_text(&buf, "at ");
  assert_string_equal(buf.data, "at ");
  buf_char(&buf, '9');
  assert_string_equal(buf.data, "at 9");
  buf_printf(&buf, ":%02d", 5);
  assert_string_equal(buf.data, "at 9:05");
  buf_fill(&buf, '.', 3);
  assert_string_equal(buf.data, "at 9:05...");
  buf_put(&buf, "!?", 1);
  assert_string_equal(buf.data, "at 9:05...!");
  assert_int_equal(buf.len, strlen(buf.data));
}

static void putting_nothing_still_terminates(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  buf_put(&buf, NULL, 0);
  assert_string_equal(buf.data, "");
}

static void a_printed_text_longer_than_the_room_is_whole(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  for (int i = 0; i < 200; i++) {
    size_t before = buf.len;
    buf_printf(&buf, "%*d", i, 7);
    assert_int_equal(buf.len - before, i == 0 ? 1 : i);
    assert_int_equal(buf.data[buf.len - 1], '7');
  }
}

static void integers_are_little_endian(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  buf_u8(&buf, 0x01);
  buf_u16(&buf, 0x0302);
  buf_u32(&buf, 0x07060504);
  buf_u64(&buf, 0x0F0E0D0C0B0A0908);
  for (size_t i = 0; i < 15; i++) assert_int_equal(buf.data[i], i + 1);
  assert_int_equal(buf.len, 15);
}

static void aligning_adds_zero_bytes_only_where_needed(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  buf_align(&buf, 8);
  assert_int_equal(buf.len, 0);
  buf_text(&buf, "abcde");
  buf_align(&buf, 8);
  buf_align(&buf, 8);
  assert_int_equal(buf.len, 8);
  assert_memory_equal(buf.data, "abcde\0\0\0", 8);
}

static void many_pieces_are_kept_in_order(void **state)
{
  Buf buf;
  buf_init(&buf, *state);
  for (uint32_t i = 0; i < 50000; i++) buf_u32(&buf, i);
  for (uint32_t i = 0; i < 50000; i++) {
    uint32_t v;
    memcpy(&v, buf.data + (size_t)4 * i, 4);
    assert_int_equal(v, i);
  }
}

static void fill_a_buffer(Arena *arena, void *user)
{
  (void)user;
  Buf buf;
  buf_init(&buf, arena);
  for (int i = 0; i < 2000; i++) buf_printf(&buf, "%d ", i);
}

static void a_refused_request_loses_nothing(void **state)
{
  (void)state;
  assert_in_range(refuse_each_request(fill_a_buffer, NULL), 2, 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(text_is_terminated_after_every_call),
    ARENA_TEST(putting_nothing_still_terminates),
    ARENA_TEST(a_printed_text_longer_than_the_room_is_whole),
    ARENA_TEST(integers_are_little_endian),
    ARENA_TEST(aligning_adds_zero_bytes_only_where_needed),
    ARENA_TEST(many_pieces_are_kept_in_order),
    cmocka_unit_test(a_refused_request_loses_nothing),
  };
  return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
