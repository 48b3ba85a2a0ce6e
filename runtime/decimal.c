/* decimal.c - see decimal.h. */
#include "runtime/decimal.h"

#include "runtime/json_scan.h"

/* ---- short ones: up to 18 digits, no exponent ---- */

typedef struct Short {
  int64_t mantissa;   /* without its sign */
  unsigned fraction;  /* how many of the digits stand behind the point */
  bool negative;
} Short;

const int64_t decimal_powers[DECIMAL_POWERS] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
  1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
  1000000000000000000,
};

/* False: longer, or no such number. */
static bool read_short(const char *text, size_t len, Short *ret)
{
  const char *p = text, *end = text + len, *point = NULL;
  *ret = (Short){.negative = len && *text == '-'};
  p += ret->negative;
  if (end - p > 19) return false;
  const char *first = p;
  for (; p < end; p++) {
    unsigned digit = (unsigned char)*p - (unsigned)'0';
    if (digit < 10) ret->mantissa = (int64_t)((uint64_t)ret->mantissa * 10 + digit); /* 19 are refused */
    else if (*p == '.' && !point) point = p;
    else return false;
  }
  size_t digits = (size_t)(end - first) - (point != NULL);
  ret->fraction = point ? (unsigned)(end - point - 1) : 0;
  return digits > 0 && digits <= 18;
}

static NumberResult scale_short(const Short *number, unsigned places, bool exact, int64_t *ret)
{
  int64_t value = number->mantissa;
  if (number->fraction > places) {
    int64_t cut = decimal_powers[number->fraction - places];
    if (exact && value % cut != 0) return NUMBER_WRONG;
    value /= cut;
  } else if (__builtin_mul_overflow(value, decimal_powers[places - number->fraction], &value)) {
    return NUMBER_BEYOND;
  }
  *ret = number->negative ? -value : value;
  return NUMBER_OK;
}

/* ---- any ---- */

enum { DIGITS = 60, POWER_MAX = 1000 };

typedef struct Decimal { /* digits without a point, times ten to the power */
  bool negative;
  char digits[DIGITS];
  int count, power;
} Decimal;

static bool is_digit(const char *p, const char *end)
{
  return p < end && *p >= '0' && *p <= '9';
}

/* Digits with or without a point; leading zeroes are left out.  NULL: none, or too many. */
static const char *read_digits(Decimal *decimal, const char *p, const char *end)
{
  bool point = false, any = false;
  for (; p < end; p++) {
    if (*p == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(p, end)) break;
    any = true;
    if (point) decimal->power--;
    if (decimal->count == 0 && *p == '0') continue;
    if (decimal->count == DIGITS) return NULL;
    decimal->digits[decimal->count++] = *p;
  }
  return any ? p : NULL;
}

static bool read_power(Decimal *decimal, const char *p, const char *end)
{
  int power = 0;
  bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (!is_digit(p, end)) return false;
  for (; is_digit(p, end); p++) {
    power = power * 10 + (*p - '0');
    if (power > POWER_MAX) return false;
  }
  decimal->power += negative ? -power : power;
  return p == end;
}

static bool read_decimal(const char *text, size_t len, Decimal *ret)
{
  const char *p = text, *end = text + len;
  *ret = (Decimal){.negative = len && *text == '-'};
  p = read_digits(ret, p + ret->negative, end);
  if (!p) return false;
  return p == end || ((*p == 'e' || *p == 'E') && read_power(ret, p + 1, end));
}

/* Digit by digit; negative ones downward, so that the smallest integer has its place too. */
static bool push_digit(int64_t *value, int digit, bool negative)
{
  if (__builtin_mul_overflow(*value, 10, value)) return false;
  return !__builtin_add_overflow(*value, negative ? -digit : digit, value);
}

static NumberResult scale(const Decimal *decimal, unsigned places, bool exact, int64_t *ret)
{
  int power = decimal->power + (int)places;
  int64_t value = 0;
  if (decimal->count == 0) power = 0;
  for (int i = 0; i < decimal->count + (power > 0 ? power : 0); i++) {
    int digit = i < decimal->count ? decimal->digits[i] - '0' : 0;
    if (i - decimal->count >= power) { /* beyond the point */
      if (exact && digit != 0) return NUMBER_WRONG;
    } else if (!push_digit(&value, digit, decimal->negative)) {
      return NUMBER_BEYOND;
    }
  }
  *ret = value;
  return NUMBER_OK;
}

NumberResult decimal_scaled(const char *text, size_t len, unsigned places, bool exact, int64_t *ret)
{
  Short number;
  Decimal decimal;
  if (read_short(text, len, &number)) return scale_short(&number, places, exact, ret);
  if (!read_decimal(text, len, &decimal)) return NUMBER_WRONG;
  return scale(&decimal, places, exact, ret);
}

/* ---- doubles ---- */

/* Both are exact as doubles, so that one rounding makes the nearest one (Clinger, "How to read floating
 * point numbers accurately", 1990). */
static bool short_double(const char *text, size_t len, double *ret)
{
  Short number;
  if (!read_short(text, len, &number) || number.mantissa > INT64_C(1) << 53) return false;
  double value = (double)number.mantissa / (double)decimal_powers[number.fraction];
  *ret = number.negative ? -value : value;
  return true;
}

NumberResult decimal_double(const char *text, size_t len, double *ret)
{
  Decimal decimal;
  if (short_double(text, len, ret)) return NUMBER_OK;
  if (!read_decimal(text, len, &decimal)) return NUMBER_WRONG;
  return double_read(text, len, ret) ? NUMBER_OK : NUMBER_BEYOND;
}

/* ---- numbers of JSON ---- */

bool json_number_whole(const char *text, size_t len)
{
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '.' || text[i] == 'e' || text[i] == 'E') return false;
  }
  return true;
}

enum { EXACT_DIGITS = 15 }; /* so many are the same in a double and back */

NumberResult json_number_scaled(const char *text, size_t len, unsigned places, bool exact, int64_t *ret)
{
  Short number;
  double value;
  char digits[DOUBLE_TEXT_MAX];
  if (read_short(text, len, &number) && (number.mantissa < decimal_powers[EXACT_DIGITS] || number.fraction == 0))
    return scale_short(&number, places, exact, ret);
  if (json_number_whole(text, len)) return decimal_scaled(text, len, places, exact, ret);
  if (!double_read(text, len, &value)) return NUMBER_BEYOND;
  return decimal_scaled(digits, double_write(value, digits), places, exact, ret);
}

NumberResult json_number_double(const char *text, size_t len, double *ret)
{
  if (short_double(text, len, ret) || double_read(text, len, ret)) {
    if (*ret == 0 && json_number_whole(text, len)) *ret = 0; /* -0 is a whole number */
    return NUMBER_OK;
  }
  return NUMBER_BEYOND;
}
