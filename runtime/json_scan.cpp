// json_scan.cpp - see json_scan.h.  The only C++ of the project; nothing is thrown.
#include "runtime/json_scan.h"

#include <charconv>
#include <climits>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

#include <simdjson.h>

using simdjson::internal::dom_parser_implementation;

struct JsonScan {
  std::unique_ptr<dom_parser_implementation> parser;
  size_t capacity;
};

static_assert(JSON_SCAN_SPARE >= simdjson::SIMDJSON_PADDING, "callers leave too little behind a text");

extern "C" JsonScan *json_scan_new(void)
{
  return new (std::nothrow) JsonScan{nullptr, 0};
}

extern "C" void json_scan_free(JsonScan *scan)
{
  delete scan;
}

// Room for the tokens of `size` bytes; the library wants the depth for what is not used here.
static bool reserve(JsonScan *scan, size_t size)
{
  if (size <= scan->capacity) return true;
  scan->capacity = 0;
  scan->parser.reset();
  size_t capacity = size + size / 4 + 256;
  auto &best = simdjson::get_active_implementation();
  if (best->create_dom_parser_implementation(capacity, 1, scan->parser) != simdjson::SUCCESS) return false;
  scan->capacity = capacity;
  return true;
}

extern "C" JsonScanResult json_scan(JsonScan *scan, const char *text, size_t size,
                                    const uint32_t **ret_tokens, uint32_t *ret_count)
{
  if (!reserve(scan, size)) return JSON_SCAN_NO_MEMORY;
  auto bytes = reinterpret_cast<const uint8_t *>(text);
  auto mode = simdjson::stage1_mode::regular;
  if (scan->parser->stage1(bytes, size, mode) != simdjson::SUCCESS) return JSON_SCAN_BAD;
  *ret_tokens = scan->parser->structural_indexes.get();
  *ret_count = scan->parser->n_structural_indexes;
  return JSON_SCAN_OK;
}

extern "C" bool utf8_sound(const char *text, size_t size)
{
  return simdjson::validate_utf8(text, size);
}

// What is too small to be told from zero is zero; the library says "out of range" to both ends.
static bool beyond(const char *text, size_t len, double *ret)
{
  long exponent = 0, point = 0;
  const char *e = static_cast<const char *>(memchr(text, 'e', len));
  if (!e) e = static_cast<const char *>(memchr(text, 'E', len));
  const char *end = e ? e : text + len;
  if (e && std::from_chars(e + 1 + (e[1] == '+'), text + len, exponent).ec != std::errc())
    exponent = e[1] == '-' ? LONG_MIN / 2 : LONG_MAX / 2;
  for (const char *p = text; p < end && *p != '.'; p++) point += *p != '-';
  if (exponent + point > 0) return false;
  *ret = *text == '-' ? -0.0 : 0.0;
  return true;
}

extern "C" bool double_read(const char *text, size_t len, double *ret)
{
  double value;
  auto result = std::from_chars(text, text + len, value);
  if (result.ec == std::errc::result_out_of_range) return beyond(text, len, ret);
  if (result.ec != std::errc() || result.ptr != text + len || !std::isfinite(value)) return false;
  *ret = value;
  return true;
}

// The fewest digits with which the correctly rounded decimal reads back.  The library's own shortest form is
// that, but where the two neighbours are at different distances: at powers of two.
extern "C" size_t double_write(double value, char text[DOUBLE_TEXT_MAX])
{
  char *limit = text + DOUBLE_TEXT_MAX, *end = text;
  int exponent;
  if (std::fabs(std::frexp(value, &exponent)) != 0.5) {
    end = std::to_chars(text, limit, value, std::chars_format::scientific).ptr;
    return static_cast<size_t>(end - text);
  }
  for (int digits = 0; digits <= 16; digits++) {
    double back;
    end = std::to_chars(text, limit, value, std::chars_format::scientific, digits).ptr;
    if (std::from_chars(text, end, back).ec == std::errc() && back == value) break;
  }
  return static_cast<size_t>(end - text);
}
