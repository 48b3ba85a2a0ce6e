/*
 * json_put.c - see json_put.h.
 */
#include "runtime/json_put.h"

#include <math.h>
#include <stdlib.h>

#include "runtime/instant.h"
#include "runtime/json_scan.h"

/* ---- whole numbers ---- */

static char *put_unsigned(char *to, uint64_t value)
{
  static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
  char digits[20], *at = digits + sizeof digits;
  for (; value >= 100; value /= 100) memcpy(at -= 2, pairs + 2 * (value % 100), 2);
  if (value >= 10) memcpy(at -= 2, pairs + 2 * value, 2);
  else *--at = (char)('0' + value);
  return put_bytes(to, at, (size_t)(digits + sizeof digits - at));
}

char *put_int(char *to, int64_t value)
{
  if ((uint64_t)value < 10) {
    *to++ = (char)('0' + value);
    return to;
  }
  if (value >= 0) return put_unsigned(to, (uint64_t)value);
  *to++ = '-';
  return put_unsigned(to, 0 - (uint64_t)value);
}

char *put_money(char *to, const Module *module, uint32_t currency, int64_t minor)
{
  const CurrencyRow *row = &module->Currency[currency];
  uint64_t amount = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor, unit = 1;
  for (uint32_t i = 0; i < row->exponent; i++) unit *= 10;
  to = PUT_LITERAL(to, "{\"amount\":\"");
  if (minor < 0) *to++ = '-';
  to = put_unsigned(to, amount / unit);
  if (row->exponent) *to++ = '.';
  for (uint64_t rest = amount % unit; unit > 1; rest %= unit) {
    unit /= 10;
    *to++ = (char)('0' + rest / unit);
  }
  uint32_t len;
  const char *code = module_string(module, row->code, &len);
  to = PUT_LITERAL(to, "\",\"currency\":\"");
  to = put_bytes(to, code, len);
  return PUT_LITERAL(to, "\"}");
}

/* ---- doubles ---- */

/* "d.ddd" of `count` digits, whose first stands for 10 to the power of `point`, as a plain decimal. */
static char *put_plain(char *to, const char *digits, int count, int point)
{
  if (point < 0) {
    to = PUT_LITERAL(to, "0.");
    for (int i = point + 1; i < 0; i++) *to++ = '0';
    return put_bytes(to, digits, (size_t)count);
  }
  to = put_bytes(to, digits, (size_t)point + 1);
  if (point + 1 == count) return to;
  *to++ = '.';
  return put_bytes(to, digits + point + 1, (size_t)(count - point - 1));
}

/* The fewest digits come as "-d.ddde-dd". */
static char *put_fraction(char *to, double value)
{
  char text[DOUBLE_TEXT_MAX + 1], digits[DOUBLE_TEXT_MAX];
  size_t len = double_write(value, text);
  text[len] = 0;
  const char *at = text;
  if (*at == '-') *to++ = *at++;
  int count = 0;
  const char *first = at;
  for (; *at && *at != 'e'; at++)
    if (*at != '.') digits[count++] = *at;
  int point = *at ? atoi(at + 1) : 0;
  if (point < -4 || point >= count) return put_bytes(to, first, (size_t)(text + len - first));
  return put_plain(to, digits, count, point);
}

char *put_number(char *to, double value)
{
  if (fabs(value) < 1e15 && value == floor(value)) return put_int(to, (int64_t)value);
  return put_fraction(to, value);
}

/* ---- texts ---- */

char *put_instant(char *to, int64_t instant)
{
  *to++ = '"';
  to += instant_text(instant, to);
  *to++ = '"';
  return to;
}

static char *put_strange(char *to, unsigned char c)
{
  static const char hex[] = "0123456789abcdef";
  *to++ = '\\';
  switch (c) {
  case '\n': *to++ = 'n'; return to;
  case '\t': *to++ = 't'; return to;
  case '\r': *to++ = 'r'; return to;
  case '"':
  case '\\': *to++ = (char)c; return to;
  default:
    to = PUT_LITERAL(to, "u00");
    *to++ = hex[c >> 4];
    *to++ = hex[c & 15];
    return to;
  }
}

static bool is_plain(unsigned char c)
{
  return c >= 0x20 && c != '"' && c != '\\';
}

/* The same of eight bytes; an answer of true is sure, else they are looked at one by one. */
static bool are_plain(uint64_t bytes)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
  uint64_t quotes = bytes ^ ones * '"', slashes = bytes ^ ones * '\\';
  uint64_t found = (bytes - ones * 0x20) & ~bytes;
  found |= ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
  return (found & high) == 0;
}

static uint64_t word_at(const char *text)
{
  uint64_t bytes;
  memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

static size_t plain_length(const char *text, size_t len)
{
  size_t i = 0;
  while (i + 8 <= len && are_plain(word_at(text + i))) i += 8;
  while (i < len && is_plain((unsigned char)text[i])) i++;
  return i;
}

char *put_escaped(char *to, const char *text, size_t len)
{
  if (len >= 8 && len <= 16) {
    uint64_t first = word_at(text), last = word_at(text + len - 8);
    if (are_plain(first) && are_plain(last)) {
      memcpy(to, &first, 8);
      memcpy(to + len - 8, &last, 8);
      return to + len;
    }
  }
  while (len > 0) {
    size_t plain = plain_length(text, len);
    memcpy(to, text, plain);
    to += plain;
    if (plain == len) break;
    to = put_strange(to, (unsigned char)text[plain]);
    text += plain + 1;
    len -= plain + 1;
  }
  return to;
}
