/* values.c - see values.h. */
#include "runtime/values.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "runtime/decimal.h"

enum { PLACES_OF_SECONDS = 6, PLACES_OF_MILLISECONDS = 3 }; /* decimals down to a microsecond */

uint64_t key_hash(const char *text, uint32_t len)
{
  uint64_t hash = XXH3_64bits(text, len);
  return hash ? hash : 1;
}

/* ---- types ---- */

static const TextTable *listed_texts(const Module *module, const ListedRow *listed, Arena *arena)
{
  TextTable *table = ARENA_NEW(arena, TextTable);
  texttable_init(table, arena, listed->values_count);
  for (uint32_t i = 0; i < listed->values_count; i++) {
    uint32_t len;
    const char *raw = module_string(module, module->ListedValue[listed->values + i].raw, &len);
    texttable_add(table, raw, len, i);
  }
  return table;
}

ValueType value_type(const Module *module, const FieldRow *field, Arena *arena)
{
  ValueType type = {.type = field->type, .format = field->format, .has_range = field->has_range,
                    .low = field->low, .high = field->high};
  type.pattern = module_string(module, field->pattern, NULL);
  if (field->currency != MOT_NONE) type.exponent = module->Currency[field->currency].exponent;
  if (field->listed == MOT_NONE) return type;
  type.listed_count = module->Listed[field->listed].values_count;
  type.listed = listed_texts(module, &module->Listed[field->listed], arena);
  return type;
}

/* ---- kinds of values ---- */

static ValueVerdict verdict_of(NumberResult result)
{
  return result == NUMBER_OK ? VERDICT_OK : result == NUMBER_BEYOND ? VERDICT_RANGE : VERDICT_TYPE;
}

static ValueVerdict scaled(const RawValue *raw, unsigned places, bool exact, int64_t *ret)
{
  if (raw->kind == RAW_NUMBER) return verdict_of(json_number_scaled(raw->text, raw->len, places, exact, ret));
  if (raw->kind == RAW_TEXT) return verdict_of(decimal_scaled(raw->text, raw->len, places, exact, ret));
  return VERDICT_TYPE;
}

static ValueVerdict as_double(const RawValue *raw, double *ret)
{
  if (raw->kind == RAW_NUMBER) return verdict_of(json_number_double(raw->text, raw->len, ret));
  if (raw->kind == RAW_TEXT) return verdict_of(decimal_double(raw->text, raw->len, ret));
  return VERDICT_TYPE;
}

static bool text_is(const RawValue *raw, const char *text)
{
  size_t len = strlen(text);
  return raw->kind == RAW_TEXT && raw->len == len && memcmp(raw->text, text, len) == 0;
}

static ValueVerdict as_bool(const RawValue *raw, int64_t *ret)
{
  *ret = raw->kind == RAW_TRUE || text_is(raw, "true");
  return *ret || raw->kind == RAW_FALSE || text_is(raw, "false") ? VERDICT_OK : VERDICT_TYPE;
}

static ValueVerdict as_length(const ValueType *type, const RawValue *raw, int64_t *ret)
{
  if (type->format == FORMAT_MILLISECONDS) return scaled(raw, PLACES_OF_MILLISECONDS, false, ret);
  bool iso = type->format == FORMAT_PLAIN && raw->kind == RAW_TEXT && length_iso(raw->text, raw->len, ret);
  return iso ? VERDICT_OK : scaled(raw, PLACES_OF_SECONDS, false, ret);
}

static ValueVerdict as_listed(const ValueType *type, const RawValue *raw, int64_t *ret)
{
  if (raw->kind != RAW_TEXT) return VERDICT_TYPE;
  uint32_t number = texttable_find(type->listed, raw->text, raw->len);
  *ret = number;
  return number == UINT32_MAX ? VERDICT_UNLISTED : VERDICT_OK;
}

static ValueVerdict unix_time(const RawValue *raw, int places, int64_t *ret)
{
  ValueVerdict verdict = scaled(raw, places, false, ret);
  return verdict == VERDICT_OK && !time_of_years(*ret) ? VERDICT_RANGE : verdict;
}

ValueVerdict value_time_any(InstantReader *instants, FORMAT_enum format, const char *pattern,
                            const RawValue *raw, int64_t *ret)
{
  bool read = false;
  if (format == FORMAT_UNIX_SECONDS) return unix_time(raw, PLACES_OF_SECONDS, ret);
  if (format == FORMAT_UNIX_MILLISECONDS) return unix_time(raw, PLACES_OF_MILLISECONDS, ret);
  if (raw->kind != RAW_TEXT) return VERDICT_TYPE;
  if (format == FORMAT_PATTERN) read = instant_pattern(instants, raw->text, raw->len, pattern, ret);
  else read = instant_iso(instants, raw->text, raw->len, ret);
  return read ? VERDICT_OK : VERDICT_TYPE;
}

ValueVerdict value_range(const ValueType *type, const EventValue *value)
{
  if (!type->has_range) return VERDICT_OK;
  bool real = type->type == VALUE_NUMBER || type->type == VALUE_PERCENT;
  bool inside = real ? value->f >= (double)type->low && value->f <= (double)type->high
                     : value->i >= type->low && value->i <= type->high;
  return inside ? VERDICT_OK : VERDICT_RANGE;
}

ValueVerdict value_read(InstantReader *instants, const ValueType *type, const RawValue *raw, EventValue *ret)
{
  ValueVerdict verdict = VERDICT_TYPE;
  switch (type->type) {
  case VALUE_BOOL: verdict = as_bool(raw, &ret->i); break;
  case VALUE_INT: verdict = scaled(raw, 0, true, &ret->i); break;
  case VALUE_NUMBER:
  case VALUE_PERCENT: verdict = as_double(raw, &ret->f); break;
  case VALUE_TIME: verdict = value_time(instants, type->format, type->pattern, raw, &ret->i); break;
  case VALUE_DURATION: verdict = as_length(type, raw, &ret->i); break;
  case VALUE_MONEY: verdict = scaled(raw, type->exponent, true, &ret->i); break;
  case VALUE_LISTED: verdict = as_listed(type, raw, &ret->i); break;
  default: break;
  }
  return verdict == VERDICT_OK ? value_range(type, ret) : verdict;
}

ValueVerdict value_text(const ValueType *type, const RawValue *raw, const char **ret, size_t *ret_len)
{
  static const char zero[64] = "0"; /* readers of texts may look at some bytes behind */
  int64_t number;
  *ret = raw->text;
  *ret_len = raw->len;
  if (raw->kind == RAW_TEXT) return VERDICT_OK;
  if (raw->kind != RAW_NUMBER || type->type != VALUE_ID) return VERDICT_TYPE;
  if (!json_number_whole(raw->text, raw->len)) return VERDICT_TYPE;
  NumberResult result = decimal_scaled(raw->text, raw->len, 0, true, &number);
  if (result != NUMBER_OK) return VERDICT_RANGE;
  if (number == 0) { /* also -0 */
    *ret = zero;
    *ret_len = 1;
  }
  return VERDICT_OK;
}
