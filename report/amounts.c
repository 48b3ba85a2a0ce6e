/*
 * amounts.c - sums of values.
 */
#include "report/amounts.h"

#include <stdlib.h>
#include <string.h>

static bool is_whole(mot_type type)
{
  return type == MOT_TYPE_INT || type == MOT_TYPE_DURATION || type == MOT_TYPE_MONEY;
}

static bool is_summed(mot_type type)
{
  return is_whole(type) || type == MOT_TYPE_NUMBER || type == MOT_TYPE_PERCENT;
}

static Amount *amount_of(Arena *arena, Amounts *amounts, mot_type type, const char *currency,
                         unsigned exponent)
{
  for (uint32_t i = 0; i < amounts->len; i++) {
    Amount *one = &amounts->data[i];
    if (one->type == type && strcmp(one->currency, currency) == 0) return one;
  }
  Amount *amount = VEC_PUSH(arena, amounts);
  *amount = (Amount){
    .type = type,
    .currency = arena_copy(arena, currency, strlen(currency)),
    .exponent = exponent,
    .whole = is_whole(type),
  };
  return amount;
}

static void increase(Amount *amount, int64_t integer, double number, uint64_t cases)
{
  amount->cases += cases;
  amount->number += number;
  bool beyond = amount->whole && __builtin_add_overflow(amount->integer, integer, &amount->integer);
  amount->beyond = amount->beyond || beyond;
}

void amounts_add(Arena *arena, Amounts *amounts, const mot_value *value)
{
  if (!is_summed(value->type)) return;
  const char *currency = value->type == MOT_TYPE_MONEY && value->currency ? value->currency : "";
  Amount *amount = amount_of(arena, amounts, value->type, currency, value->exponent);
  increase(amount, value->integer, value->number, 1);
}

void amounts_merge(Arena *arena, Amounts *amounts, const Amounts *other)
{
  for (uint32_t i = 0; i < other->len; i++) {
    const Amount *from = &other->data[i];
    Amount *to = amount_of(arena, amounts, from->type, from->currency, from->exponent);
    increase(to, from->integer, from->number, from->cases);
    to->beyond = to->beyond || from->beyond;
  }
}

static int by_type(const void *a, const void *b)
{
  const ReviewAmount *x = a, *y = b;
  if (x->type != y->type) return x->type < y->type ? -1 : 1;
  return strcmp(x->currency, y->currency);
}

static ReviewAmount amount_result(const Amount *amount)
{
  ReviewAmount result = {
    .type = amount->type,
    .currency = amount->currency,
    .exponent = amount->exponent,
    .cases = amount->cases,
  };
  if (amount->beyond) return result;
  result.sum = (mot_value){
    .type = amount->type,
    .integer = amount->integer,
    .number = amount->number,
    .currency = amount->currency,
    .exponent = amount->exponent,
  };
  return result;
}

ReviewAmounts amounts_result(Arena *arena, const Amounts *amounts)
{
  if (amounts->len == 0) return (ReviewAmounts){0};
  ReviewAmount *results = ARENA_ARRAY(arena, ReviewAmount, amounts->len);
  for (uint32_t i = 0; i < amounts->len; i++) results[i] = amount_result(&amounts->data[i]);
  qsort(results, amounts->len, sizeof *results, by_type);
  return (ReviewAmounts){results, amounts->len};
}
