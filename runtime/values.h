/*
 * values.h - raw values of the data as values of their declared types.  The same for all forms of input:
 * a cell of CSV reads as a text of JSON does.
 */
#ifndef MOT_RUNTIME_VALUES_H
#define MOT_RUNTIME_VALUES_H

#include "runtime/event.h"
#include "runtime/instants.h"
#include "runtime/texttable.h"

typedef enum RawKind {
  RAW_TEXT,
  RAW_NUMBER, /* of JSON, sound */
  RAW_TRUE,
  RAW_FALSE,
  RAW_OTHER   /* an object or a list */
} RawKind;

typedef struct RawValue {
  RawKind kind;
  const char *text;     /* of TEXT (escapes decoded) and NUMBER */
  size_t len;
} RawValue;

/* What a value must be. */
typedef struct ValueType {
  VALUE_enum type;
  FORMAT_enum format;
  unsigned exponent;    /* of money: decimals of its currency */
  const char *pattern;  /* of times */
  const TextTable *listed; /* raw texts of the listed values */
  uint32_t listed_count;
  bool has_range;
  int64_t low, high;
} ValueType;

typedef enum ValueVerdict {
  VERDICT_OK,
  VERDICT_TYPE,
  VERDICT_RANGE,
  VERDICT_UNLISTED
} ValueVerdict;

/* The type of a row of Field. */
ValueType value_type(const Module *module, const FieldRow *field, Arena *arena);
static inline bool value_is_text(const ValueType *type)
{
  return type->type == VALUE_TEXT || type->type == VALUE_ID;
}

/* Reads a value of any type but text and id. */
ValueVerdict value_read(InstantReader *instants, const ValueType *type, const RawValue *raw, EventValue *ret);
/* Reads a text or an id, which may be an integer: *ret is a view into `raw`, or into nothing that changes. */
ValueVerdict value_text(const ValueType *type, const RawValue *raw, const char **ret, size_t *ret_len);
/* Whether a time is of the years 0001 to 9999. */
static inline bool time_of_years(int64_t time)
{
  const int64_t day = INT64_C(1000000) * SECONDS_OF_DAY;
  return time >= CIVIL_FIRST_DAY * day && time < (CIVIL_LAST_DAY + 1) * day;
}
/* A time in a format, as the stream's is. */
ValueVerdict value_time_any(InstantReader *instants, FORMAT_enum format, const char *pattern,
                            const RawValue *raw, int64_t *ret);
static inline ValueVerdict value_time(InstantReader *instants, FORMAT_enum format, const char *pattern,
                                      const RawValue *raw, int64_t *ret)
{
  if (format == FORMAT_PLAIN && raw->kind == RAW_TEXT)
    return instant_iso(instants, raw->text, raw->len, ret) ? VERDICT_OK : VERDICT_TYPE;
  return value_time_any(instants, format, pattern, raw, ret);
}
/* Whether a value that is typed already lies in the declared range. */
ValueVerdict value_range(const ValueType *type, const EventValue *value);

#endif
