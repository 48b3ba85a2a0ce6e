/*
 * values.c - values as texts and as numbers.
 */
#include "report/values.h"

#include <inttypes.h>
#include <stdio.h>

ReviewText review_value_text(const mot_value *value, char room[VALUE_ROOM])
{
  int size = 0;
  switch (value->type) {
  case MOT_TYPE_NONE: return (ReviewText){"", 0};
  case MOT_TYPE_TEXT: return (ReviewText){value->text, value->size};
  case MOT_TYPE_BOOL: return value->integer ? (ReviewText){"yes", 3} : (ReviewText){"no", 2};
  case MOT_TYPE_NUMBER:
  case MOT_TYPE_PERCENT: size = snprintf(room, VALUE_ROOM, "%.15g", value->number); break;
  default: size = snprintf(room, VALUE_ROOM, "%" PRId64, value->integer);
  }
  return (ReviewText){room, (size_t)size};
}

bool review_value_number(const mot_value *value, double *ret_number)
{
  switch (value->type) {
  case MOT_TYPE_NUMBER:
  case MOT_TYPE_PERCENT: *ret_number = value->number; return true;
  case MOT_TYPE_BOOL:
  case MOT_TYPE_INT:
  case MOT_TYPE_DURATION:
  case MOT_TYPE_MONEY: *ret_number = (double)value->integer; return true;
  default: return false;
  }
}
