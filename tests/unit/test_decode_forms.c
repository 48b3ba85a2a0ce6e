/* Lines that are read by the form of those before them give what they give when their names are walked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/json_state.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/decoding.h"

static const char rules[] =
  "module t.forms\n"
  "stream { type from \"type\" time from \"time\" id from \"id\" dedupe 1 h zone \"UTC\" }\n"
  "event A from \"a\" { customer: id  n: int in -500..500?  x: number?  b: bool?  s: text?  t: time?\n"
  "  m: money(EUR)?  l: one of red, blue?  deep: int? from \"one.two\" }\n"
  "event LongName from \"a_type_with_a_long_name\" { customer: id  d: duration(s)  s: text }\n"
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.example\" }\n"
  "owner ben \"Ben\" { role mot_manager contact \"mailto:a@b.example\" }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Exp \"Exp\" { for customer manager ana starts on A\n"
  "  sco \"x\" A within 1 d expires after 9 d\n"
  "  mot M \"m\" { manager ben producers desk target 90% over 1 d when A smoto A within 2 h } }\n";

typedef struct Dice {
  uint64_t state;
} Dice;

static uint32_t dice(Dice *d, uint32_t faces)
{
  d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(d->state >> 33) % faces;
}

/* ---- lines ---- */

/* Lines as they may come: at # a value, which is one of `values` behind its letter. */
static const char *const layouts[] = {
  "{\"type\":\"a\",\"time\":#t,\"customer\":#s,\"id\":#s,\"n\":#n,\"x\":#n,\"s\":#s}\n",
  "{\"type\":\"a\",\"time\":#t,\"customer\":#s,\"n\":#n,\"b\":#b,\"m\":#n,\"l\":#l,\"unused\":#s}\n",
  "{\"type\":\"a_type_with_a_long_name\",\"time\":#t,\"customer\":#s,\"d\":#n,\"s\":#s}\n",
  "{\"type\":\"nobody_knows\",\"time\":#t,\"n\":#n,\"a_name_that_needs_more_than_sixteen_bytes\":#s}\n",
  "{\"type\": \"a\", \"time\": #t, \"customer\": #s, \"one\": {\"two\": #n, \"three\": [#s, #n, {}]}}\r\n",
  "{\"id\":#s,\"time\":#t,\"type\":\"a\",\"customer\":#s,\"x\":#n,\"t\":#t}\n",
  "{\"time\":#t,\"type\":\"a\",\"customer\":#s,\"n\":#n,\"n\":#n}\n",
  "{\"type\":\"a\",\"id\":#n,\"time\":#t,\"customer\":#n,\"b\":#b}\n",
  "{\"type\":#s,\"time\":#t,\"customer\":#s}\n",
  "\n", " \r\n", "[]\n", "{\"type\":\"a\",\"time\":#t}\n",
};

static const char *const times[] = {
  "\"2026-03-02T10:00:00Z\"", "\"2026-03-02T10:00:00.125Z\"", "\"2026-03-03T23:59:60.999Z\"", "null", "5",
  "\"x\"",
  "\"2026-02-30T10:00:00Z\"", "\"2026-03-02T10:00:00.125+01:00\"", "\"2026-03-02 24:00:00Z\"",
};
static const char *const texts[] = {
  "\"\"", "\"c-1\"", "\"c-00000012\"", "\"a text that is longer than 32 bytes, so it takes another way\"",
  "\"M\xc3\xbcnchen\"", "\"\xf0\x9f\x98\x80\"", "\"\xc3\"", "\"\xff\"", "\"a\\\"b\"", "\"\\u00e9\"", "\"\\x\"",
  "\"tab\there\"",
  "\"nul\x01\"", "\"\x7f\"", "null", "17", "\"a\"", "\"nobody_knows\"", "\"a_type_with_a_long_name\"", "\"open", "open\"",
};
static const char *const numbers[] = {
  "0", "7", "-7", "499", "500.0", "501", "-0", "00", "01", "1.", ".5", "1.5", "12.345678", "12345678", "123456789",
  "1234567890123456789012", "1e2", "1E+2", "2.5e-1", "1e", "1.2.3", "1-", "-", "+1", "0x1", "null", "true",
  "\"7\"",
  "nul", "9007199254740993", "0.1", "[1]", "{}", "", " 5", "5 ", "99999999", "9999999.", "1.234567", "0.000001",
};
static const char *const bools[] = {"true", "false", "null", "tru", "truee", "\"true\"", "1"};
static const char *const listed[] = {"\"red\"", "\"blue\"", "\"green\"", "null", "\"\"", "3"};

#define ONE_OF(d, usual, list) (list)[dice(d, dice(d, 16) ? (usual) : sizeof(list) / sizeof(list)[0])]

static void put_value(Dice *d, Buf *out, char kind)
{
  const char *value = kind == 't' ? ONE_OF(d, 3, times) : kind == 's' ? ONE_OF(d, 4, texts)
    : kind == 'n' ? ONE_OF(d, 4, numbers) : kind == 'b' ? ONE_OF(d, 2, bools) : ONE_OF(d, 2, listed);
  buf_text(out, value);
}

static void put_line(Dice *d, Buf *out, const char *layout)
{
  for (const char *p = layout; *p; p++) {
    if (*p == '#') put_value(d, out, *++p);
    else buf_char(out, *p);
  }
}

/* A byte of the line from `begin` on is changed, left out or doubled. */
static void spoil(Dice *d, Buf *out, size_t begin)
{
  static const char bytes[] = "\"\\,:{}[] \n\r\t0-.ent\x01\x80\xc3";
  size_t at = begin + dice(d, (uint32_t)(out->len - begin));
  uint32_t how = dice(d, 4);
  if (how == 0) {
    memmove(out->data + at, out->data + at + 1, out->len - at - 1);
    out->len--;
  } else if (how == 1) {
    char last = out->data[out->len - 1];
    memmove(out->data + at + 1, out->data + at, out->len - at - 1);
    buf_char(out, last);
  } else {
    out->data[at] = bytes[dice(d, sizeof bytes - 1)];
  }
}

/* Lines of which most are like others before. */
static void put_lines(Dice *d, Buf *out, unsigned count)
{
  const uint32_t all = sizeof layouts / sizeof layouts[0];
  uint32_t kinds = 1 + dice(d, all), first = dice(d, all);
  unsigned spoiled = dice(d, 3) ? 40 : 2;
  for (unsigned i = 0; i < count; i++) {
    size_t begin = out->len;
    put_line(d, out, layouts[(first + dice(d, kinds)) % all]);
    if (dice(d, spoiled) == 0) spoil(d, out, begin);
  }
  if (dice(d, 2) && out->len) out->len--; /* without the last line feed */
}

/* Each line with a blank before it has no form. */
static void put_apart(Buf *out, const Buf *lines)
{
  bool begins = true;
  for (size_t i = 0; i < lines->len; i++) {
    if (begins) buf_char(out, ' ');
    buf_char(out, lines->data[i]);
    begins = lines->data[i] == '\n';
  }
}

/* ---- what they give ---- */

typedef struct Given {
  Buf rejects;
  bool apart;             /* each line has one byte more */
} Given;

static const char *rejects_of(const Given *given)
{
  return given->rejects.len ? given->rejects.data : "";
}

static void note_reject(void *user, const Reject *reject)
{
  Given *given = user;
  uint64_t offset = reject->offset - (given->apart ? reject->line - 1 : 0);
  buf_printf(&given->rejects, "%llu @%llu #%llu %s %s\n", (unsigned long long)reject->line,
             (unsigned long long)offset, (unsigned long long)reject->arrival, reject_word(reject->reason),
             reject->field ? reject->field : "");
}

/* The ways that other processors take. */
static void change_ways(Decoder *decoder, Dice *d)
{
  if (!decoder->json) return;
  MarksFinder finder = marks_finder_any(dice(d, 3));
  if (finder) decoder->json->find_marks = finder;
  decoder->json->take_formed = json_formed_taker(dice(d, 2));
}

/* Cut in up to four pieces, each of whole lines. */
static void decode(Decoding *decoding, Dice *d, const Buf *lines, Given *given)
{
  decoding->at = (Position){0};
  batch_clear(&decoding->batch);
  change_ways(decoding->decoder, d);
  for (size_t from = 0, n; from < lines->len; from += n) {
    n = dice(d, 4) ? lines->len - from : 1 + dice(d, (uint32_t)(lines->len - from));
    while (from + n < lines->len && lines->data[from + n - 1] != '\n') n++;
    char *copy = malloc(n + DECODE_SPARE);
    assert_non_null(copy);
    memcpy(copy, lines->data + from, n);
    memset(copy + n, "\"}\n0"[dice(d, 4)], DECODE_SPARE);
    decode_json(decoding->decoder, copy, n, &decoding->at, &decoding->batch, note_reject, given);
    free(copy);
  }
}

static void same(const Decoding *a, const Decoding *b, const Buf *lines)
{
  bool rows = a->batch.count == b->batch.count && a->batch.size == b->batch.size;
  if (rows && a->batch.size == 0) return;
  if (rows && memcmp(a->batch.bytes, b->batch.bytes, a->batch.size) == 0) return;
  fail_msg("other rows: %u, %u\n%.*s", a->batch.count, b->batch.count, (int)lines->len, lines->data);
}

static void forms_make_no_difference(void **state)
{
  Arena *arena = *state;
  Dice d = {2026};
  for (unsigned round = 0; round < 300; round++) {
    Decoding *decoding = decoding_new(arena, rules), *walking = decoding_new(arena, rules);
    for (unsigned part = 0; part < 4; part++) {
      Buf lines, apart;
      Given given = {.apart = false}, wanted = {.apart = true};
      buf_init(&lines, arena);
      buf_init(&apart, arena);
      buf_init(&given.rejects, arena);
      buf_init(&wanted.rejects, arena);
      put_lines(&d, &lines, 1 + dice(&d, 120));
      put_apart(&apart, &lines);
      decode(decoding, &d, &lines, &given);
      decode(walking, &d, &apart, &wanted);
      assert_string_equal(rejects_of(&given), rejects_of(&wanted));
      same(decoding, walking, &lines);
    }
    decoding_free(walking);
    decoding_free(decoding);
  }
}

/* ---- marks ---- */

static void marks_stand_where_they_should(void **state)
{
  static Marks marks;
  static char text[MARKS_PIECE + 64];
  Dice d = {7};
  (void)state;
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)dice(&d, dice(&d, 2) ? 256 : 64);
  for (unsigned number = 0; marks_finder_any(number); number++) {
    for (size_t size = 1; size <= MARKS_PIECE; size = size * 3 + 1) {
      marks_find(marks_finder_any(number), text, size, &marks);
      for (uint32_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        assert_int_equal(marks.quotes[i / 64] >> i % 64 & 1, c == '"');
        assert_int_equal(marks.others[i / 64] >> i % 64 & 1, c == '\\' || c < 0x20 || c > 0x7f);
      }
    }
  }
  assert_non_null(marks_finder());
}

static void the_next_mark_is_found_from_anywhere(void **state)
{
  static Marks marks;
  static char text[4096 + 64];
  (void)state;
  for (size_t far = 1; far < 600; far = far * 2 + 1) {
    memset(text, 'x', sizeof text);
    for (size_t i = far; i < 4096; i += far) text[i] = '"';
    marks_find(marks_finder(), text, 4096, &marks);
    for (uint32_t at = 0; at < 4096; at++) {
      uint32_t next = at;
      while (next < 4096 && text[next] != '"') next++;
      if (next < 4096) assert_int_equal(marks_next(marks.quotes, at), next);
      else assert_true(marks_next(marks.quotes, at) >= 4096);
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(forms_make_no_difference),
    ARENA_TEST(marks_stand_where_they_should),
    ARENA_TEST(the_next_mark_is_found_from_anywhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
