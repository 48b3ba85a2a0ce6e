/* Numbers, times and lengths from text; doubles as the shortest text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/decimal.h"
#include "runtime/instants.h"
#include "runtime/json_scan.h"
#include "tests/support/arena_fixture.h"

static void short_decimals_are_what_long_ones_are(void **state)
{
  static const char bytes[] = "0123456789...-e /:\x80";
  unsigned seed = 3;
  (void)state;
  for (unsigned round = 0; round < 200000; round++) {
    char text[25] = "";
    for (size_t i = 0; i < sizeof text - 1; i++) {
      seed = seed * 1103515245 + 12345;
      text[i] = bytes[(seed >> 16) % (round % 2 ? 11 : sizeof bytes - 1)];
    }
    uint64_t digits = 0;
    unsigned fraction = 0;
    int64_t wanted = -1;
    size_t len = round % 10;
    bool is_short = decimal_short(text, len, &digits, &fraction);
    bool is_usual = len > 0 && len <= 8 && strspn(text, "0123456789.") >= len;
    if (len == 1 && *text == '.') continue;
    if (decimal_scaled(text, len, 8, true, &wanted) != NUMBER_OK || !is_usual) {
      assert_false(is_short);
      continue;
    }
    assert_true(is_short);
    assert_int_equal((int64_t)digits * decimal_powers[8 - fraction], wanted);
  }
}

static void decimals_are_scaled_exactly(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    unsigned places;
    bool exact;
    NumberResult result;
    int64_t value;
  } samples[] = {
    {"0", 0, true, NUMBER_OK, 0}, {"-12.50", 2, true, NUMBER_OK, -1250}, {"1.005", 2, true, NUMBER_WRONG, 0},
    {"1.005", 2, false, NUMBER_OK, 100}, {"-1.999", 0, false, NUMBER_OK, -1}, {".5", 1, true, NUMBER_OK, 5},
    {"5.", 0, true, NUMBER_OK, 5}, {"1e3", 0, true, NUMBER_OK, 1000}, {"1E-3", 3, true, NUMBER_OK, 1},
    {"9223372036854775807", 0, true, NUMBER_OK, INT64_MAX}, {"-9223372036854775808", 0, true, NUMBER_OK, INT64_MIN},
    {"9223372036854775808", 0, true, NUMBER_BEYOND, 0}, {"0e1000", 0, true, NUMBER_OK, 0},
    {"1e1001", 0, true, NUMBER_WRONG, 0}, {"", 0, true, NUMBER_WRONG, 0}, {".", 0, true, NUMBER_WRONG, 0},
    {"-", 0, true, NUMBER_WRONG, 0}, {"1 ", 0, true, NUMBER_WRONG, 0}, {"+1", 0, true, NUMBER_WRONG, 0},
    {"1.2.3", 0, false, NUMBER_WRONG, 0}, {"1e", 0, false, NUMBER_WRONG, 0}, {"0x1", 0, false, NUMBER_WRONG, 0},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
    int64_t value = 0;
    size_t len = strlen(samples[i].text);
    NumberResult result = decimal_scaled(samples[i].text, len, samples[i].places, samples[i].exact, &value);
    if (result != samples[i].result || value != samples[i].value) fail_msg("%s", samples[i].text);
  }
}

static void numbers_of_json_count_as_the_shortest_decimal(void **state)
{
  (void)state;
  int64_t value;
  double number;
  assert_int_equal(json_number_scaled("4.35", 4, 2, true, &value), NUMBER_OK);
  assert_int_equal(value, 435);
  assert_int_equal(json_number_scaled("4.35000000000000000001", 22, 2, true, &value), NUMBER_OK);
  assert_int_equal(value, 435);
  assert_int_equal(json_number_scaled("0.30000000000000004", 19, 2, true, &value), NUMBER_WRONG);
  assert_int_equal(json_number_scaled("9007199254740993", 16, 0, true, &value), NUMBER_OK);
  assert_true(value == INT64_C(9007199254740993));
  assert_int_equal(json_number_scaled("9007199254740993.0", 18, 0, true, &value), NUMBER_OK);
  assert_true(value == INT64_C(9007199254740992));
  assert_int_equal(json_number_double("1e400", 5, &number), NUMBER_BEYOND);
  assert_int_equal(json_number_double("5e-324", 6, &number), NUMBER_OK);
  assert_true(number > 0);
}

static void doubles_read_back_as_they_were_written(void **state)
{
  (void)state;
  uint64_t seed = 1;
  for (int i = 0; i < 20000; i++) {
    double value, back;
    char text[DOUBLE_TEXT_MAX];
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    memcpy(&value, &seed, sizeof value);
    if (!(value - value == 0)) continue; /* infinite, or none */
    size_t len = double_write(value, text);
    assert_true(len <= sizeof text && double_read(text, len, &back));
    assert_memory_equal(&value, &back, sizeof value);
  }
}

/* What the usual layout gives, the full reader gives too. */
static void times_are_the_same_whichever_way_they_are_read(void **state)
{
  (void)state;
  InstantReader reader = {0}, other = {0};
  static const char *const texts[] = {
    "2026-03-02T10:15:00.123Z", "2026-03-02T23:59:60Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
    "2024-02-29T12:00:00Z", "2025-02-29T12:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T10:15:00.12aZ",
    "2026-03-02T10:15:00.123z", "2026-03-02T10:15:00.123+", "2026-03-02t10:15:00.123Z", "2026-03-0aT10:15:00.123Z",
    "2026-03-02T1:015:00.123Z", "2026-03-02T10:15:61.123Z", "2026-03-02T10:60:00.123Z", "2026-03-02T10:15:00,123Z",
  };
  for (int round = 0; round < 2; round++) { /* the second time the dates are known */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
      int64_t a = 0, b = 0;
      size_t len = strlen(texts[i]);
      char spare[64] = "";
      memcpy(spare, texts[i], len);
      bool read = instant_iso(&reader, spare, len, &a);
      if (read != instant_iso_any(&other, spare, len, &b) || a != b) fail_msg("%s", texts[i]);
    }
  }
}

/* … of any bytes in the places of others. */
static void spoilt_times_are_the_same_too(void **state)
{
  static const char bytes[] = "00112233456789:-.TZ /;@\x7f\x80\xff";
  InstantReader reader = {0}, other = {0};
  unsigned seed = 9;
  (void)state;
  for (unsigned round = 0; round < 300000; round++) {
    char text[64] = "2026-03-02T10:15:00.123Z";
    size_t len = 24;
    int64_t a = 0, b = 0;
    if (round % 3 == 0) strcpy(text + (len = 20) - 1, "Z");
    for (unsigned changes = round % 4; changes > 0; changes--) {
      seed = seed * 1103515245 + 12345;
      text[(seed >> 16) % (len - 1)] = bytes[(seed >> 24) % (sizeof bytes - 1)];
    }
    bool read = instant_iso(&reader, text, len, &a);
    if (read != instant_iso_any(&other, text, len, &b) || a != b) fail_msg("%s", text);
  }
}

static void lengths_add_up(void **state)
{
  (void)state;
  int64_t value;
  assert_true(length_iso("P1W2DT3H4M5.5S", 14, &value));
  assert_true(value == INT64_C(788645500000));
  assert_true(length_iso("-PT1S", 5, &value));
  assert_true(value == -1000000);
  assert_false(length_iso("P1M", 3, &value));
  assert_false(length_iso("P", 1, &value));
  assert_false(length_iso("PT99999999999999H", 17, &value));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(decimals_are_scaled_exactly),
    ARENA_TEST(short_decimals_are_what_long_ones_are),
    ARENA_TEST(numbers_of_json_count_as_the_shortest_decimal),
    ARENA_TEST(doubles_read_back_as_they_were_written),
    ARENA_TEST(times_are_the_same_whichever_way_they_are_read),
    ARENA_TEST(spoilt_times_are_the_same_too),
    ARENA_TEST(lengths_add_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
