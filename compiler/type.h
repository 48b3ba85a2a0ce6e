/*
 * type.h - types in words, and the few questions that dimensions ask.
 */
#ifndef MOT_COMPILER_TYPE_H
#define MOT_COMPILER_TYPE_H

#include "compiler/check.h"

static inline Type type_plain(unsigned base) { return (Type){.base = (uint8_t)base}; }
static inline Type type_error(void) { return type_plain(TYPE_ERROR); }
static inline bool type_wrong(Type type) { return type.base == TYPE_ERROR; }
/* The type when it is there, and when it may be missing. */
static inline Type type_there(Type type) { type.optional = false; return type; }
static inline Type type_maybe(Type type) { type.optional = true; return type; }
/* int, number, percent: what money and durations can be multiplied by. */
static inline bool type_scalar(Type type)
{
  return type.base == VALUE_INT || type.base == VALUE_NUMBER || type.base == VALUE_PERCENT;
}
/* Kept as a double. */
static inline bool type_double(Type type) { return type.base == VALUE_NUMBER || type.base == VALUE_PERCENT; }
/* Kept as text. */
static inline bool type_string(Type type) { return type.base == VALUE_TEXT || type.base == VALUE_ID; }
/* Has an order: < <= > >=. */
bool type_ordered(Type type);

/* For sentences: "a length of time", "an amount of EUR", "one of phone, chat". */
const char *type_phrase(const Checker *ck, Type type);
/* The place of a value's name in a listed type, or -1. */
int64_t listed_index(const ListedType *listed, Sym name);

#endif
