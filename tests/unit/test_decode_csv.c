/* Records of CSV: quotes, line breaks, columns; and where each stood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/decoder.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/decoding.h"

static const char kinds[] =
  "module t.decode\n"
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 1 d zone \"UTC\" }\n"
  "event A from \"a\" { customer: id  n: int?  b: bool?  s: text?  d: int? from \"x.y\" }\n"
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager contact \"mailto:a@b.example\" }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Exp \"Exp\" { for customer manager ana starts on A\n"
  "  sco \"x\" A within 1 d expires after 9 d\n"
  "  mot M \"m\" { manager ben producers desk target 90% over 1 d when A smoto A within 2 h } }\n";

#define HEADER "type,time,customer,n,s\n"
#define T "2026-03-02T10:00:00Z"
#define ROW "A@1772445600000000"

static const char *one(Arena *arena, const char *text)
{
  Decoding *decoding = decoding_new(arena, kinds);
  const char *shown = decoding_csv(decoding, text, strlen(text));
  decoding_free(decoding);
  return shown;
}

static void cells_read_as_texts(void **state)
{
  assert_string_equal(one(*state, HEADER "a," T ",c1,5,hello\n"), ROW " customer=\"c1\" n=5 s=\"hello\"\n");
  assert_string_equal(one(*state, HEADER "a," T ",c1,,\n"), ROW " customer=\"c1\"\n");
  assert_string_equal(one(*state, HEADER "a," T ",,5,\n"), "! 2 @23 missing customer\n");
  assert_string_equal(one(*state, HEADER "z," T ",,x,\n"), "-@1772445600000000\n");
  assert_string_equal(one(*state, HEADER "a," T ",c1,5.5,\n"), "! 2 @23 type n\n");
  assert_string_equal(one(*state, HEADER "a,,c1,5,\n,,,,\n"), "! 2 @23 missing time\n! 3 @32 missing type\n");
  assert_string_equal(one(*state, "b,x.y,type,time,customer,id\ntrue,7,a," T ",c1,e9\n"),
                      ROW " #e9 customer=\"c1\" b=1 d=7\n");
}

static void quotes_hold_commas_quotes_and_line_breaks(void **state)
{
  const char *text = HEADER "a," T ",\"c,1\",\"5\",\"say \"\"hi\"\"\n\nyou\"\r\n\"a\"," T ",c2,6,\"\"\n";
  assert_string_equal(one(*state, text), ROW " customer=\"c,1\" n=5 s=\"say \"hi\"\n\nyou\"\n" ROW
                                             " customer=\"c2\" n=6\n");
}

static void lines_are_those_of_the_file(void **state)
{
  const char *text = HEADER "a," T ",c1,1,\"x\ny\n\"\n\r\n \na," T ",c1,x,\na," T ",c1\n";
  assert_string_equal(one(*state, text),
                      ROW " customer=\"c1\" n=1 s=\"x\ny\n\"\n! 7 @62 type n\n! 8 @91 csv\n");
}

static void a_quote_out_of_place_costs_one_record(void **state)
{
  const char *text = HEADER "a," T ",c\"1,1,\na," T ",\"c\"1,1,\na," T ",c2,1,\n";
  assert_string_equal(one(*state, text), "! 2 @23 csv\n! 3 @53 csv\n" ROW " customer=\"c2\" n=1\n");
  assert_string_equal(one(*state, HEADER "a," T ",c2,1,\"open\na," T ",c2,1,\n"), "! 2 @23 csv\n");
}

static void text_is_utf8(void **state)
{
  assert_string_equal(one(*state, HEADER "a," T ",c\xff,1,\na," T ",\xc3\xa9,1,\n"),
                      "! 2 @23 csv\n" ROW " customer=\"\xc3\xa9\" n=1\n");
}

static void a_header_names_what_is_used_once(void **state)
{
  const char *row = ROW " customer=\"c1\"\n";
  assert_string_equal(one(*state, "\xef\xbb\xbftype,time,customer\r\na," T ",c1\r\n"), row);
  assert_string_equal(one(*state, "\"type\",\"time\",\"customer\",q,q\na," T ",c1,1,2"), row);
  assert_string_equal(one(*state, "type,time,customer,customer\n"), "! 1 @0 duplicate customer\n");
  assert_string_equal(one(*state, "type,customer\n"), "! 1 @0 missing time\n");
  assert_string_equal(one(*state, "kind,time\n"), "! 1 @0 missing type\n");
  assert_string_equal(one(*state, ""), "! 1 @0 csv\n");
  assert_string_equal(one(*state, "type,ti\"me\n"), "! 1 @0 csv\n");
}

static void whole_records_end_outside_quotes(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    size_t whole;
  } samples[] = {
    {"", 0}, {"a", 0}, {"a\n", 2}, {"a\nb", 2}, {"\"a\n", 0}, {"\"a\n\"", 0}, {"\"a\n\"\n", 5},
    {"x\n\"a\nb", 2},
    {"x\n\"a\"\"\nb\"\n", 10}, {"a\"b\n\"", 4}, {"a,\"b\nc\",d\ne", 10}, {"\"a\"\n\"b\"\n", 8},
    {"\"a\"x\"\n", 6},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    size_t size = strlen(samples[i].text);
    assert_int_equal(csv_whole(samples[i].text, size, false), samples[i].whole);
    assert_int_equal(csv_whole(samples[i].text, size, true), size);
  }
}

static void commas_without_end_cost_no_memory(void **state)
{
  enum { COMMAS = 1000000 };
  static char text[COMMAS + 1];
  Decoding *decoding = decoding_new(*state, kinds);
  assert_string_equal(decoding_csv(decoding, HEADER, strlen(HEADER)), "");
  const Mem *mem = decoding->decoder->mem;
  size_t before = mem->in_use;
  memset(text, ',', COMMAS);
  text[COMMAS] = '\n';
  assert_string_equal(decoding_csv(decoding, text, sizeof text), "! 2 @23 csv\n");
  assert_in_range(mem->in_use, before, before + COMMAS);
  assert_string_equal(decoding_csv(decoding, "a," T ",c1,5,\n", 29), ROW " customer=\"c1\" n=5\n");
  decoding_free(decoding);
}

/* In pieces of whole records the same comes out as in one. */
static void pieces_make_no_difference(void **state)
{
  Arena *arena = *state;
  const char *text = HEADER "a," T ",c1,1,\"x\ny\"\na," T ",c\"2,1,\n\n"
                     "\"a\"," T ",\"c3\",,\"\"\"\"\nz," T ",,,";
  size_t size = strlen(text);
  const char *whole = one(arena, text);
  Decoding *decoding = decoding_new(arena, kinds);
  Buf all;
  buf_init(&all, arena);
  for (size_t from = 0, to = 1; from < size; to++) {
    size_t n = csv_whole(text + from, to - from, to == size);
    if (n == 0) continue;
    buf_text(&all, decoding_csv(decoding, text + from, n));
    from += n;
  }
  assert_string_equal(all.data, whole);
  decoding_free(decoding);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(cells_read_as_texts),
    ARENA_TEST(quotes_hold_commas_quotes_and_line_breaks),
    ARENA_TEST(lines_are_those_of_the_file),
    ARENA_TEST(a_quote_out_of_place_costs_one_record),
    ARENA_TEST(text_is_utf8),
    ARENA_TEST(a_header_names_what_is_used_once),
    ARENA_TEST(whole_records_end_outside_quotes),
    ARENA_TEST(commas_without_end_cost_no_memory),
    ARENA_TEST(pieces_make_no_difference),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
