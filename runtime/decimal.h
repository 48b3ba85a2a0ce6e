/*
 * decimal.h - numbers as they are written in data: [-]digits[.digits][e[+-]digits].
 */
#ifndef MOT_RUNTIME_DECIMAL_H
#define MOT_RUNTIME_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum NumberResult {
  NUMBER_OK,
  NUMBER_WRONG,   /* no number, or one with a fraction where it must be exact */
  NUMBER_BEYOND   /* does not fit */
} NumberResult;

/* Powers of ten, to that of DECIMAL_POWERS - 1. */
enum { DECIMAL_POWERS = 19 };
extern const int64_t decimal_powers[DECIMAL_POWERS];

/* Up to eight bytes, eight more of which are readable, that are digits and perhaps a point: the digits as an
 * integer, and how many stand behind the point.  False: they are not (a point alone counts as 0).  The digits
 * are moved to the end of a word whose first byte is lowest, zeroes before them, and joined to pairs, fours
 * and eights. */
static inline bool decimal_short(const char *text, size_t len, uint64_t *ret_digits, unsigned *ret_fraction)
{
  uint64_t bytes;
  if (len - 1 > 7) return false;
  memcpy(&bytes, text, sizeof bytes);
  bytes = (bytes ^ UINT64_C(0x3030303030303030)) << (64 - 8 * len);
  uint64_t others = ((bytes & UINT64_C(0x7f7f7f7f7f7f7f7f)) + UINT64_C(0x7676767676767676)) | bytes;
  others &= UINT64_C(0x8080808080808080);
  *ret_fraction = 0;
  if (others) {
    unsigned at = (unsigned)__builtin_ctzll(others) & ~7u; /* where the point should be */
    if ((others & (others - 1)) || (bytes >> at & 0xff) != ('.' ^ '0')) return false;
    uint64_t before = (UINT64_C(1) << at) - 1;
    bytes = (bytes & before) << 8 | (bytes & ~before & ~(UINT64_C(0xff) << at));
    *ret_fraction = 7 - at / 8;
  }
  bytes = bytes * 10 + (bytes >> 8);
  bytes = (bytes & UINT64_C(0x00ff00ff00ff00ff)) * (1 + (UINT64_C(100) << 16)) >> 16;
  *ret_digits = (bytes & UINT64_C(0x0000ffff0000ffff)) * (1 + (UINT64_C(10000) << 32)) >> 32;
  return true;
}

/* The number times ten to `places` (0 … 18) as an integer; what is smaller is cut, or wrong if `exact`. */
NumberResult decimal_scaled(const char *text, size_t len, unsigned places, bool exact, int64_t *ret);
/* As the nearest double. */
NumberResult decimal_double(const char *text, size_t len, double *ret);

/* The same of a number of JSON, which counts as the shortest decimal that reads back as its double when it
 * has a fraction or an exponent.  `text` is sound JSON. */
NumberResult json_number_scaled(const char *text, size_t len, unsigned places, bool exact, int64_t *ret);
NumberResult json_number_double(const char *text, size_t len, double *ret);
/* Whether it has neither fraction nor exponent. */
bool json_number_whole(const char *text, size_t len);

#endif
