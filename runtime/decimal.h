/*
 * decimal.h - numbers as they are written in data: [-]digits[.digits][e[+-]digits].
 */
#ifndef MOT_RUNTIME_DECIMAL_H
#define MOT_RUNTIME_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum NumberResult {
  NUMBER_OK,
  NUMBER_WRONG,   /* no number, or one with a fraction where it must be exact */
  NUMBER_BEYOND   /* does not fit */
} NumberResult;

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
