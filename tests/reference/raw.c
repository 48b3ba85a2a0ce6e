/*
 * raw.c - raw values of the data as values of their fields.
 */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/reference/reference.h"

/* ---- decimals ---- */

typedef struct Decimal { /* digits without a point, times ten to the power */
  bool negative;
  char digits[64];
  int count, power;
} Decimal;

static bool read_digits(Decimal *decimal, const char **text)
{
  bool point = false, any = false;
  for (;; (*text)++) {
    char c = **text;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return any;
    any = true;
    if (point) decimal->power--;
    if (decimal->count == 0 && c == '0') continue;
    if (decimal->count == 60) return false;
    decimal->digits[decimal->count++] = c;
  }
}

static bool read_decimal(const char *text, Decimal *decimal)
{
  *decimal = (Decimal){.negative = *text == '-'};
  if (*text == '-') text++;
  if (!read_digits(decimal, &text)) return false;
  if (*text == 'e' || *text == 'E') {
    char *end;
    long power = strtol(text + 1, &end, 10);
    if (end == text + 1 || labs(power) > 1000) return false;
    decimal->power += (int)power;
    text = end;
  }
  return *text == '\0';
}

bool decimal_scaled(const char *text, int64_t scale, bool exact, int64_t *ret, bool *beyond)
{
  Decimal decimal;
  int64_t value = 0;
  if (!read_decimal(text, &decimal)) return false;
  for (; scale > 1; scale /= 10) decimal.power++;
  for (int i = 0; i < decimal.count + (decimal.power > 0 ? decimal.power : 0); i++) {
    int digit = i < decimal.count ? decimal.digits[i] - '0' : 0;
    if (i - decimal.count >= decimal.power) { /* beyond the point */
      if (exact && digit != 0) return false;
      continue;
    }
    *beyond = __builtin_mul_overflow(value, 10, &value) ||
              __builtin_add_overflow(value, decimal.negative ? -digit : digit, &value);
    if (*beyond) return false;
  }
  *ret = value;
  return true;
}

/* ---- numbers as they were written ---- */

/* The shortest decimal that reads back as the number. */
static const char *number_text(Run *run, const json_t *json)
{
  if (json_is_string(json)) return json_string_value(json);
  if (json_is_integer(json)) return arena_printf(run->arena, "%lld", (long long)json_integer_value(json));
  if (!json_is_real(json)) return NULL;
  char text[40];
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, json_real_value(json));
    if (strtod(text, NULL) == json_real_value(json)) break;
  }
  return arena_printf(run->arena, "%s", text);
}

static bool scaled(Run *run, const json_t *json, int64_t scale, bool exact, int64_t *ret, const char **why)
{
  const char *text = number_text(run, json);
  bool beyond = false, fine = text && decimal_scaled(text, scale, exact, ret, &beyond);
  if (beyond) *why = "range";
  return fine;
}

static bool as_double(Run *run, const json_t *json, double *ret, const char **why)
{
  const char *text = number_text(run, json);
  Decimal decimal;
  if (!text || !read_decimal(text, &decimal)) return false;
  *ret = strtod(text, NULL);
  if (!isfinite(*ret)) *why = "range";
  return isfinite(*ret);
}

/* ---- kinds of values ---- */

static bool as_bool(const json_t *json, Value *ret)
{
  const char *text = json_is_string(json) ? json_string_value(json) : "";
  bool yes = json_is_true(json) || strcmp(text, "true") == 0;
  bool no = json_is_false(json) || strcmp(text, "false") == 0;
  ret->i = yes;
  return yes || no;
}

static bool as_text(Run *run, const json_t *json, bool id, Value *ret)
{
  if (id && json_is_integer(json)) {
    ret->s = number_text(run, json);
    return true;
  }
  if (!json_is_string(json)) return false;
  ret->s = arena_copy(run->arena, json_string_value(json), json_string_length(json));
  return true;
}

static bool as_listed(const Run *run, const json_t *json, const ListedType *listed, Value *ret)
{
  for (uint32_t i = 0; json_is_string(json) && i < listed->count; i++) {
    Sym raw = listed->values[i].raw ? listed->values[i].raw : listed->values[i].name;
    if (strcmp(sym(run, raw), json_string_value(json)) != 0) continue;
    ret->i = i;
    return true;
  }
  return false;
}

static bool as_duration(Run *run, const json_t *json, uint8_t format, int64_t *ret, const char **why)
{
  if (format == FORMAT_MILLISECONDS) return scaled(run, json, 1000, false, ret, why);
  const char *text = json_is_string(json) ? json_string_value(json) : "";
  if (format == FORMAT_PLAIN && duration_iso(text, ret)) return true;
  return scaled(run, json, MICROS, false, ret, why);
}

static bool as_money(Run *run, const json_t *json, const Type *type, int64_t *ret, const char **why)
{
  int64_t unit = 1;
  for (unsigned i = 0; i < run->program->currencies.data[type->currency].exponent; i++) unit *= 10;
  return scaled(run, json, unit, true, ret, why);
}

/* A time of the years 0001 to 9999. */
static bool unix_time(Run *run, const json_t *json, int64_t scale, int64_t *ret, const char **why)
{
  const int64_t day = MICROS * 86400;
  if (!scaled(run, json, scale, false, ret, why)) return false;
  *why = "range";
  return *ret >= CIVIL_FIRST_DAY * day && *ret < (CIVIL_LAST_DAY + 1) * day;
}

bool raw_time(Run *run, const json_t *json, uint8_t format, Sym pattern, int64_t *ret, const char **why)
{
  if (format == FORMAT_UNIX_SECONDS) return unix_time(run, json, MICROS, ret, why);
  if (format == FORMAT_UNIX_MILLISECONDS) return unix_time(run, json, 1000, ret, why);
  if (!json_is_string(json)) return false;
  if (format == FORMAT_PATTERN) return instant_pattern(run, json_string_value(json), sym(run, pattern), ret);
  return instant_iso(run, json_string_value(json), ret);
}

static bool in_range(const Field *field, const Value *value)
{
  bool real = field->type.base == VALUE_NUMBER || field->type.base == VALUE_PERCENT;
  if (!field->has_range) return true;
  if (real) return value->f >= (double)field->low && value->f <= (double)field->high;
  return value->i >= field->low && value->i <= field->high;
}

static bool read_as(Run *run, const json_t *json, const Field *field, Value *ret, const char **why)
{
  switch (field->type.base) {
  case VALUE_BOOL: return as_bool(json, ret);
  case VALUE_INT: return scaled(run, json, 1, true, &ret->i, why);
  case VALUE_NUMBER:
  case VALUE_PERCENT: return as_double(run, json, &ret->f, why);
  case VALUE_TEXT: return as_text(run, json, false, ret);
  case VALUE_ID: return as_text(run, json, true, ret);
  case VALUE_TIME: return raw_time(run, json, field->format, field->pattern, &ret->i, why);
  case VALUE_DURATION: return as_duration(run, json, field->format, &ret->i, why);
  case VALUE_MONEY: return as_money(run, json, &field->type, &ret->i, why);
  default: return as_listed(run, json, field->type.listed, ret);
  }
}

bool raw_value(Run *run, const json_t *json, const Field *field, Value *ret, const char **why)
{
  *ret = (Value){.known = true};
  *why = field->type.base == VALUE_LISTED && json_is_string(json) ? "value" : "type";
  if (!read_as(run, json, field, ret, why)) return false;
  *why = "range";
  return in_range(field, ret);
}
