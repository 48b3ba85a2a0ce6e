/* Lines of JSON: what is taken, what is rejected and why, exactly where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/decoding.h"

#define HEAD "module t.decode\n"
#define STREAM "stream { type from \"type\" time from \"time\" zone \"Europe/Amsterdam\" }\n"
#define PEOPLE \
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.example\" }\n" \
  "owner ben \"Ben\" { role mot_manager contact \"mailto:a@b.example\" }\n" \
  "team desk \"Desk\" { lead ben role producer }\n"
#define EXPERIENCE \
  "experience Exp \"Exp\" { for customer manager ana starts on A\n" \
  "  sco \"x\" A within 1 d expires after 9 d\n" \
  "  mot M \"m\" { manager ben producers desk target 90% over 1 d when A smoto A within 2 h } }\n"

static const char kinds[] = HEAD STREAM
  "event A from \"a\" { customer: id  n: int in -5..100?  x: number?  b: bool?  s: text?  t: time?  "
  "d: duration?\n"
  "  w: duration(ms)?  u: time(unix_s)?  m: money(EUR)?  l: one of red, blue = \"dark blue\"?\n"
  "  deep: int? from \"one.two.three\"  p: time(\"%d/%m/%Y %H:%M\")?  y: money(JPY)? }\n" PEOPLE EXPERIENCE;

static const char *one(Arena *arena, const char *rules, const char *text)
{
  Decoding *decoding = decoding_new(arena, rules);
  const char *shown = decoding_json(decoding, text, strlen(text));
  decoding_free(decoding);
  return shown;
}

#define T "\"time\":\"2026-03-02T10:00:00Z\""
#define A "{\"type\":\"a\"," T ",\"customer\":\"c1\""
#define ROW "A@1772445600000000 customer=\"c1\""

typedef struct Sample {
  const char *members, *shown;
} Sample;

static void values_read_as_their_types(void **state)
{
  static const Sample samples[] = {
    {"\"n\":7", ROW " n=7\n"}, {"\"n\":7.0", ROW " n=7\n"}, {"\"n\":\"7\"", ROW " n=7\n"},
    {"\"n\":1e1", ROW " n=10\n"},
    {"\"n\":-0", ROW " n=0\n"}, {"\"n\":7.5", "! 1 @0 type n\n"}, {"\"n\":101", "! 1 @0 range n\n"},
    {"\"n\":-6", "! 1 @0 range n\n"}, {"\"n\":null", ROW "\n"}, {"\"n\":true", "! 1 @0 type n\n"},
    {"\"n\":99999999999999999999", "! 1 @0 range n\n"}, {"\"n\":[1]", "! 1 @0 type n\n"},
    {"\"q\":99999999999999999999", ROW "\n"}, {"\"n\":1e400", "! 1 @0 range n\n"},
    {"\"x\":0.1", ROW " x=0.10000000000000001\n"}, {"\"x\":\"2.5e3\"", ROW " x=2500\n"},
    {"\"x\":\"\"", "! 1 @0 type x\n"}, {"\"x\":1e400", "! 1 @0 range x\n"}, {"\"x\":1e-400", ROW " x=0\n"},
    {"\"x\":1e-99999999999999999999", ROW " x=0\n"}, {"\"x\":0.1e99999999999999999999", "! 1 @0 range x\n"},
    {"\"b\":true", ROW " b=1\n"}, {"\"b\":\"false\"", ROW " b=0\n"}, {"\"b\":1", "! 1 @0 type b\n"},
    {"\"s\":\"\"", ROW " s=\"\"\n"}, {"\"s\":5", "! 1 @0 type s\n"},
    {"\"s\":\"\\u00e9\\n\\ud83d\\ude00\\\"\"", ROW " s=\"\xc3\xa9\n\xf0\x9f\x98\x80\"\"\n"},
    {"\"t\":\"2026-03-02\"", ROW " t=1772406000000000\n"}, {"\"t\":\"2026-02-30\"", "! 1 @0 type t\n"},
    {"\"t\":\"2026-03-02T10:00:00.1234567+01:00\"", ROW " t=1772442000123456\n"},
    {"\"t\":\"2026-03-02T10:00:00.123456Z\"", ROW " t=1772445600123456\n"},
    {"\"t\":\"2026-03-02T10:00:60Z\"", ROW " t=1772445660000000\n"},
    {"\"t\":\"2026-03-02T10:00:61Z\"", "! 1 @0 type t\n"},
    {"\"t\":\"2026-03-02T1:000:00Z\"", "! 1 @0 type t\n"},
    {"\"t\":5", "! 1 @0 type t\n"},
    {"\"d\":\"PT5M\"", ROW " d=300000000\n"}, {"\"d\":1.5", ROW " d=1500000\n"},
    {"\"d\":\"P1M\"", "! 1 @0 type d\n"},
    {"\"w\":\"250\"", ROW " w=250000\n"}, {"\"u\":1772445600.25", ROW " u=1772445600250000\n"},
    {"\"m\":45.5", ROW " m=4550\n"}, {"\"m\":\"45.50\"", ROW " m=4550\n"},
    {"\"m\":45.505", "! 1 @0 type m\n"},
    {"\"m\":-0.29", ROW " m=-29\n"}, {"\"m\":45.50000000000000001", ROW " m=4550\n"},
    {"\"y\":12", ROW " y=12\n"},
    {"\"m\":92233720368547758.08", "! 1 @0 range m\n"},
    {"\"l\":\"dark blue\"", ROW " l=1\n"}, {"\"l\":\"blue\"", "! 1 @0 value l\n"},
    {"\"l\":3", "! 1 @0 type l\n"},
    {"\"one\":{\"two\":{\"x\":[1,{}],\"three\":3}}", ROW " deep=3\n"}, {"\"one\":{\"two\":null}", ROW "\n"},
    {"\"one\":{\"two\":5}", ROW "\n"},
    {"\"one\":{\"two\":{\"three\":1,\"three\":2}}", "! 1 @0 duplicate deep\n"},
    {"\"p\":\"02/03/2026 11:00\"", ROW " p=1772445600000000\n"},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    Arena *arena = *state;
    const char *line = arena_printf(arena, A ",%s}\n", samples[i].members);
    if (strcmp(one(arena, kinds, line), samples[i].shown) != 0)
      fail_msg("%s gave %s", samples[i].members, one(arena, kinds, line));
  }
}

static void an_id_may_be_a_whole_number(void **state)
{
  const char *text = "{\"type\":\"a\"," T ",\"customer\":12}\n{\"type\":\"a\"," T ",\"customer\":-0}\n"
                     "{\"type\":\"a\"," T ",\"customer\":1.0}\n"
                     "{\"type\":\"a\"," T ",\"customer\":99999999999999999999}\n";
  assert_string_equal(one(*state, kinds, text),
                      "A@1772445600000000 customer=\"12\"\nA@1772445600000000 customer=\"0\"\n"
                      "! 3 @114 type customer\n! 4 @172 range customer\n");
}

static void what_is_no_object_on_its_line_is_rejected(void **state)
{
  static const char *const bad[] = {
    "{", "}", "[]", "5", "\"x\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1}}", "{\"a\":1} 2",
    "{a:1}", "{\"a\":01}",
    "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":tru}", "{\"a\":truex}", "{\"a\":nul}",
    "{\"a\":1\"b\"}",
    "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\t\"}", "{\"a\":\"b}",
    "{\"a\":[1,]}", "{\"a\":[1}", "{\"a\":{\"b\"}}", "{\"a\":{\"b\":1,}}", "{\"a\":[1 2]}",
    "{\"a\":\"\xff\"}", "{\"a\":\"\xc3\"}",
    "{\"a\" \"b\"}", "{\"a\":1 \"b\":2}", "{\"a\":\"x\"y}", "{\"a\":\\\"x\"}", "{\"a\":1,\"b\":[}",
    "{\"a\":--1}", "{\"a\":\"x\"\"y\"}",
    "\xef\xbb\xbf{}", "{\"a\":-}", "{\"a\":1}\\", "\x01", "{\"a\":1\x01}", "{\"a\":[[[[}",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    Arena *arena = *state;
    const char *text = arena_printf(arena, A "}\n%s\n" A "}\n", bad[i]);
    const char *wanted = ROW "\n! 2 @59 json\n" ROW "\n";
    if (strcmp(one(arena, kinds, text), wanted) != 0) fail_msg("%s gave %s", bad[i], one(arena, kinds, text));
  }
}

static void an_object_ends_on_its_line(void **state)
{
  assert_string_equal(one(*state, kinds, A ",\n\"n\":1}\n" A "}\n"), "! 1 @0 json\n! 2 @59 json\n" ROW "\n");
  assert_string_equal(one(*state, kinds, A ",\"q\":[\n1]}\n" A "}"), "! 1 @0 json\n! 2 @64 json\n" ROW "\n");
  assert_string_equal(one(*state, kinds, A "}\r\n\n \t\r\n  " A "} \r\n" A), ROW "\n" ROW "\n"
  "! 5 @128 json\n");
  assert_string_equal(one(*state, kinds, "\n \n"), "");
  assert_string_equal(one(*state, kinds, ""), "");
}

static void blanks_may_stand_between(void **state)
{
  const char *line = "{ \"type\" : \"a\" , \"time\": \"2026-03-02T10:00:00Z\"  ,"
                     "\"n\":\t5 , \"customer\":\"c1\", "
                     "\"one\" : { \"two\" : { \"three\" : 4 } } }\n";
  assert_string_equal(one(*state, kinds, line), ROW " n=5 deep=4\n");
}

static void type_and_time_may_stand_anywhere(void **state)
{
  const char *text = "{\"customer\":\"c1\",\"n\":1," T ",\"type\":\"a\"}\n"
                     "{" T ",\"customer\":\"c1\",\"type\":\"a\",\"n\":2}\n"
                     "{\"n\":3,\"t\\u0079pe\":\"\\u0061\"," T ",\"customer\":\"c1\"}\n";
  assert_string_equal(one(*state, kinds, text), ROW " n=1\n" ROW " n=2\n" ROW " n=3\n");
}

static void type_comes_first_then_time_then_fields_in_order(void **state)
{
  const char *text = "{}\n{\"type\":5}\n{\"type\":null}\n{\"type\":\"a\"}\n{\"type\":\"a\",\"time\":5}\n"
                     "{\"type\":\"z\",\"time\":\"2026-03-02T10:00:00Z\",\"customer\":{}}\n"
                     "{\"type\":\"a\",\"n\":{},\"x\":{}," T "}\n"
                     "{\"type\":\"a\",\"x\":{},\"n\":{}," T ",\"customer\":\"c\"}\n";
  assert_string_equal(one(*state, kinds, text),
                      "! 1 @0 missing type\n! 2 @3 type type\n! 3 @14 missing type\n! 4 @28 missing time\n"
                      "! 5 @41 type time\n-@1772445600000000\n! 7 @120 missing customer\n! 8 @177 type n\n");
}

static void what_is_used_stands_once(void **state)
{
  assert_string_equal(one(*state, kinds, A ",\"q\":1,\"q\":2}\n"), ROW "\n");
  assert_string_equal(one(*state, kinds, A ",\"n\":1,\"n\":1}\n" A ",\"n\":1,\"n\":1}\n"),
                      "! 1 @0 duplicate n\n! 2 @71 duplicate n\n");
  assert_string_equal(one(*state, kinds, A ",\"type\":\"z\"}\n"), "! 1 @0 duplicate type\n");
  assert_string_equal(one(*state, kinds, "{\"type\":\"z\"," T ",\"n\":1,\"n\":1}\n"
                                         "{\"type\":\"z\"," T "," T "}\n"),
                      "-@1772445600000000\n! 2 @55 duplicate time\n");
  assert_string_equal(one(*state, kinds, A ",\"one\":1,\"one\":1}\n"), "! 1 @0 duplicate deep\n");
}

static void depth_is_bounded(void **state)
{
  Arena *arena = *state;
  char *deep = arena_alloc(arena, 5000);
  for (int depth = 2046; depth <= 2048; depth++) {
    memset(deep, '[', (size_t)depth);
    memset(deep + depth, ']', (size_t)depth);
    deep[2 * depth] = '\0';
    const char *shown = one(arena, kinds, arena_printf(arena, A ",\"q\":%s}\n", deep));
    assert_string_equal(shown, depth <= 2047 ? ROW "\n" : "! 1 @0 json\n");
  }
}

static void lines_have_a_longest(void **state)
{
  Decoding *decoding = decoding_new(*state, kinds);
  decoder_max_line(decoding->decoder, 58);
  const char *text = A "}\n" A " }\n" A "}\n"
  "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n";
  assert_string_equal(decoding_json(decoding, text, strlen(text)), ROW "\n! 2 @59 long\n" ROW "\n"
  "! 4 @178 long\n");
  decoding_free(decoding);
}

static void many_shapes_are_kept_apart(void **state)
{
  Arena *arena = *state;
  Decoding *decoding = decoding_new(arena, kinds);
  for (int i = 0; i < 20000; i++) {
    char line[200];
    snprintf(line, sizeof line,
             "{\"k%d\":%d,\"type\":\"%s%d\"," T ",\"v%d\":{},\"n\":%d,\"customer\":\"c1\"}\n", i % 700, i,
             i % 3 ? "z" : "a\",\"i\":\"", i, i / 50, i % 100);
    const char *shown = decoding_json(decoding, line, strlen(line));
    char wanted[100] = "-@1772445600000000\n";
    if (i % 3 == 0) snprintf(wanted, sizeof wanted, ROW " n=%d\n", i % 100);
    assert_string_equal(shown, wanted);
    batch_clear(&decoding->batch);
    decoding->shown = 0;
  }
  assert_true(arena->mem->peak < 64 << 20);
  decoding_free(decoding);
}

static void an_empty_text_is_hashed_as_a_key(void **state)
{
  Decoding *decoding = decoding_new(*state, kinds);
  decoding_json(decoding, A "}\n", strlen(A "}\n"));
  const EventData *row = batch_event(&decoding->batch, 0);
  assert_true(row->hash == key_hash("c1", 2));
  assert_true(key_hash("", 0) != 0);
  decoding_free(decoding);
}

/* ---- lines like those before them ---- */

/* What a text gives, and again; offsets of rejects left out. */
static void shown_twice(Decoding *decoding, const char *before, const char *line, char *ret)
{
  char text[1000];
  int len = snprintf(text, sizeof text, "%s%s\n%s%s\n", before, line, before, line);
  decoding->at = (Position){0};
  batch_clear(&decoding->batch);
  decoding->shown = 0;
  const char *shown = decoding_json(decoding, text, (size_t)len);
  bool offset = false;
  for (; *shown; shown++) {
    offset = (offset || (*shown == '@' && shown[-1] == ' ')) && *shown != ' ';
    if (!offset) *ret++ = *shown;
  }
  *ret = '\0';
}

/* `line` after `usual` gives what it gives behind a blank, since such lines are walked name by name. */
static void reads_as_if_alone(Decoding *decoding, Decoding *walking, const char *usual, const char *line)
{
  char first[2000], shown[2000], wanted[2000];
  shown_twice(decoding, "", usual, first);
  shown_twice(decoding, "", line, shown);
  shown_twice(walking, " ", line, wanted);
  if (strcmp(shown, wanted) != 0) fail_msg("%s\nafter %s\ngave %salone %s", line, usual, shown, wanted);
}

static void lines_like_those_before_are_read_as_if_alone(void **state)
{
  static const char *const usual[] = {
    A ",\"n\":5,\"q\":[1,\"r\",{}],\"x\":1.5,\"b\":true}",
    "{\"n\": -5, \"one\": {\"two\": {\"three\": 4}}, \"type\": \"a\" , " T ", \"customer\": \"c\"}\r",
    "{\"type\":\"unknown_type_with_more_bytes\"," T ",\"a_name_of_more_than_16_bytes\":\"\",\"n\":null}",
  };
  static const char others[] = "\"\\,:{}[] \n\r\t0-.eant\x01\x80";
  Decoding *decoding = decoding_new(*state, kinds), *walking = decoding_new(*state, kinds);
  for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
    size_t len = strlen(usual[i]);
    for (size_t at = 0; at < len; at++) {
      char line[300];
      for (const char *other = others; *other; other++) {
        snprintf(line, sizeof line, "%.*s%c%s", (int)at, usual[i], *other, usual[i] + at + 1);
        reads_as_if_alone(decoding, walking, usual[i], line);
        snprintf(line, sizeof line, "%.*s%c%s", (int)at, usual[i], *other, usual[i] + at);
        reads_as_if_alone(decoding, walking, usual[i], line);
      }
      snprintf(line, sizeof line, "%.*s%s", (int)at, usual[i], usual[i] + at + 1);
      reads_as_if_alone(decoding, walking, usual[i], line);
    }
  }
  decoding_free(walking);
  decoding_free(decoding);
}

static void a_long_form_ends_within_the_text(void **state)
{
  Arena *arena = *state;
  Decoding *decoding = decoding_new(arena, kinds);
  for (int names = 1; names < 60; names++) {
    Buf line;
    buf_init(&line, arena);
    buf_text(&line, A);
    for (int i = 0; i < names; i++)
      buf_printf(&line, ",\"%.*s%d\":%s", names, "a long name that has many bytes, that is: many of them", i,
                 i % 2 ? "\"\"" : "0");
    buf_text(&line, "}\n");
    for (int again = 0; again < 3; again++) {
      batch_clear(&decoding->batch);
      decoding->shown = 0;
      assert_string_equal(decoding_json(decoding, line.data, strlen(line.data)), ROW "\n");
    }
  }
  decoding_free(decoding);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(values_read_as_their_types),
    ARENA_TEST(an_id_may_be_a_whole_number),
    ARENA_TEST(what_is_no_object_on_its_line_is_rejected),
    ARENA_TEST(an_object_ends_on_its_line),
    ARENA_TEST(blanks_may_stand_between),
    ARENA_TEST(type_and_time_may_stand_anywhere),
    ARENA_TEST(type_comes_first_then_time_then_fields_in_order),
    ARENA_TEST(what_is_used_stands_once),
    ARENA_TEST(depth_is_bounded),
    ARENA_TEST(lines_have_a_longest),
    ARENA_TEST(many_shapes_are_kept_apart),
    ARENA_TEST(an_empty_text_is_hashed_as_a_key),
    ARENA_TEST(lines_like_those_before_are_read_as_if_alone),
    ARENA_TEST(a_long_form_ends_within_the_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
