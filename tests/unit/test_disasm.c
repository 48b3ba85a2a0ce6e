/* test_disasm.c - the listing of the sample: what it shows, how wide it is, that it stays the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode/disasm.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/sample_module.h"

static const char *list(Arena *arena, ModuleBuilder *b)
{
  Buf bytes, out;
  Module module;
  ModuleError error;
  buf_init(&bytes, arena);
  buf_init(&out, arena);
  module_write(b, &bytes);
  if (!module_read(&module, bytes.data, bytes.len, arena, &error)) fail_msg("%s", error.text);
  module_disasm(&module, &out);
  return out.data;
}

static ModuleBuilder *sample(Arena *arena)
{
  ModuleBuilder *b = ARENA_NEW(arena, ModuleBuilder);
  builder_init(b, arena);
  sample_module(b);
  return b;
}

static void expect_lines(const char *listing, const char *const *lines, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (!strstr(listing, lines[i])) fail_msg("not in the listing: %s", lines[i]);
}
#define EXPECT(listing, lines) expect_lines(listing, lines, sizeof lines / sizeof *lines)

static void test_the_module_and_its_world_are_shown(void **state)
{
  static const char *const lines[] = {
    "module acme.sample: format 4, ",
    "source 0 sample.mot, 196 bytes\n",
    "zone Europe/Amsterdam, dedupe 1 d, lateness 1 min, ahead 5 min\n",
    "event OrderPlaced from \"order.placed\"\n",
    "     2  plan                listed of basic, max\n",
    "     3  price               money EUR?\n",
    "     1  wait                duration as s\n",
    "owner ben               \"Ben Okafor\" mot_manager, reports to ana\n",
    "team ops                \"Field operations\" producer, lead ben\n",
    "  open   mon 08:00..18:00\n",
    "  closed 2024-10-04..2024-10-05\n",
  };
  EXPECT(list(*state, sample(*state)), lines);
}

static void test_layouts_and_conditions_are_shown(void **state)
{
  static const char *const lines[] = {
    "experience GettingOnline \"Getting online\"\n"
    "  manager ana, for customer, order, expires after 60 d\n  record 240 bytes\n",
    "    slot 4    at 84         4 bytes  string  last(CallEnded).agent\n",
    "     1  kind in last time  aggregate count  window 604800000000 (1 w)  keep 3  exact 1",
    "  weight 2, critical, manager ben, producers ops\n  record 104 bytes, can pause\n",
    "    leaf 1: at most 300; produced \"CallEnded at {at}\"",
    "      step 0: within of calendar 4 h, calendar FieldHours\n",
    "      step 1: within open days 2, calendar FieldHours\n",
    "      step 0: by, computed\n",
  };
  EXPECT(list(*state, sample(*state)), lines);
}

static void test_code_is_shown_with_names_and_source(void **state)
{
  static const char *const lines[] = {
    "  f15 OnTime: smoto  (verdict, mot OnTime; registers 8, longest way 9)\n",
    "     2  and.t        r0, r0, r1\n",
    "     0  ev.i         r0, .price                                   ; 3: mot OnTime \"You come",
    "     1  ms.i         r0, own.[opening.price]\n",
    "     5  call.zon     r2, end_of_day, r2, zone Europe/Amsterdam\n",
    "     1  jf           r0, -> 4\n",
    "     0  k.i          r0, 1800000000 (30 min)",
    "     1  k.f          r1, 0.5\n",
    "     3  open         choice 0\n",
    "     1  x.starts     f21 starts, f22 start\n",
    "     0  ol.i         r0, its.[opening.price]",
    "  on OrderPlaced, keys customer order\n",
    "  on missed OnTime\n",
  };
  EXPECT(list(*state, sample(*state)), lines);
}

static void test_every_function_stands_once_in_the_listing(void **state)
{
  ModuleBuilder *b = sample(*state);
  const char *listing = list(*state, b);
  for (uint32_t i = 0; i < b->Function.len; i++) {
    char heading[24];
    snprintf(heading, sizeof heading, "\n  f%u ", i);
    const char *first = strstr(listing, heading);
    if (!first || strstr(first + 1, heading)) fail_msg("function %u", i);
  }
}

static void test_lines_are_of_a_readable_width(void **state)
{
  const char *line = list(*state, sample(*state));
  for (; *line; line += strcspn(line, "\n") + 1) {
    size_t width = 0, len = strcspn(line, "\n");
    for (size_t i = 0; i < len; i++) width += ((unsigned char)line[i] & 0xc0) != 0x80;
    if (width > 124) fail_msg("%zu columns: %.*s", width, (int)len, line);
    if (len > 0 && line[len - 1] == ' ') fail_msg("blank at the end: %.*s", (int)len, line);
  }
}

static void test_long_and_odd_texts_are_cut_to_one_line(void **state)
{
  ModuleBuilder *b = sample(*state);
  static char name[5000];
  memset(name, 'x', sizeof name);
  memcpy(name, "a\nb\tc\x1b[31m", 10);
  b->Event.data[0].name = builder_string(b, name, sizeof name);
  b->Mot.data[0].title = builder_string(b, "\xe2\x82\xac\xe2\x82\xac", 6);
  const char *listing = list(*state, b);
  assert_null(strstr(listing, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
  assert_null(strchr(listing, 0x1b));
  assert_non_null(strstr(listing, "event a b c [31mxxxxx"));
  assert_non_null(strstr(listing, "x\xe2\x80\xa6 from"));
  assert_non_null(strstr(listing, "\"\xe2\x82\xac\xe2\x82\xac\""));
}

static void test_the_same_module_gives_the_same_listing(void **state)
{
  assert_string_equal(list(*state, sample(*state)), list(*state, sample(*state)));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_the_module_and_its_world_are_shown),
    ARENA_TEST(test_layouts_and_conditions_are_shown),
    ARENA_TEST(test_code_is_shown_with_names_and_source),
    ARENA_TEST(test_every_function_stands_once_in_the_listing),
    ARENA_TEST(test_lines_are_of_a_readable_width),
    ARENA_TEST(test_long_and_odd_texts_are_cut_to_one_line),
    ARENA_TEST(test_the_same_module_gives_the_same_listing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
