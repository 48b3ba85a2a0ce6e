/*
 * history.c - count, sum, avg, min, max over the events of a journey.
 */
#include <math.h>

#include "tests/reference/reference.h"

typedef VEC(Value) Values;

static bool in_window(const Scene *env, const History *history, const Item *item)
{
  if (history->kind != HISTORY_TIME) return true;
  return item->time > env->now - history->window && item->time <= env->now;
}

/* The values that count, oldest first. */
static void collect(Scene *env, const History *history, Values *values)
{
  for (uint32_t i = 0; i < env->log && !env->fault; i++) {
    const Item *item = env->journey->items.data[i];
    if (!in_window(env, history, item)) continue;
    Scene then = {.run = env->run, .journey = env->journey, .at = item, .log = i + 1, .now = item->time};
    int which = match_item(&then, history->match, item);
    if (which < 0) continue;
    Value value = {.known = true};
    if (history->values.len > 0) value = value_of(&then, history->values.data[which]);
    if (value.known && !then.fault) *VEC_PUSH(env->run->arena, values) = value;
  }
}

static bool doubles(const History *history)
{
  return history->value_type.base == VALUE_NUMBER || history->value_type.base == VALUE_PERCENT;
}

typedef __int128 Wide; /* whole numbers are added without end */

static Wide whole_sum(const Values *values)
{
  Wide sum = 0;
  for (uint32_t i = 0; i < values->len; i++) sum += values->data[i].i;
  return sum;
}

static double real_sum(Scene *env, const Values *values)
{
  double sum = 0;
  for (uint32_t i = 0; i < values->len; i++) sum += values->data[i].f;
  if (!isfinite(sum)) env->fault = true;
  return sum;
}

static Value sum_of(Scene *env, const History *history, const Values *values)
{
  if (doubles(history)) return (Value){.known = true, .f = real_sum(env, values)};
  Wide sum = whole_sum(values);
  if (sum < INT64_MIN || sum > INT64_MAX) env->fault = true;
  return (Value){.known = true, .i = (int64_t)sum};
}

/* A quotient of whole numbers, half to even. */
static int64_t mean(Wide sum, int64_t count)
{
  Wide quotient = sum / count, rest = sum % count;
  Wide twice = 2 * (rest < 0 ? -rest : rest);
  bool away = twice > count || (twice == count && quotient % 2 != 0);
  return (int64_t)(away ? quotient + (sum < 0 ? -1 : 1) : quotient);
}

static Value average(Scene *env, const History *history, Type type, const Values *values)
{
  Value value = {.known = true};
  if (doubles(history)) value.f = real_sum(env, values) / values->len;
  else if (type.base == VALUE_NUMBER) value.f = (double)whole_sum(values) / values->len;
  else value.i = mean(whole_sum(values), values->len);
  return value;
}

static Value extreme(const History *history, const Values *values)
{
  int sign = history->aggregate == AGGREGATE_MIN ? -1 : 1;
  Value best = values->data[0];
  for (uint32_t i = 1; i < values->len; i++) {
    Value v = values->data[i];
    int order = doubles(history) ? (v.f > best.f) - (v.f < best.f) : (v.i > best.i) - (v.i < best.i);
    if (order * sign > 0) best = v;
  }
  return best;
}

Value history_value(Scene *env, const History *history, Type type)
{
  Values values = {0};
  if (!env->journey) return (Value){0};
  collect(env, history, &values);
  if (history->kind == HISTORY_TIME && !history->exact && values.len > history->keep) env->fault = true;
  if (env->fault) return (Value){0};
  if (history->kind == HISTORY_NUMBER && values.len > history->last) {
    values.data += values.len - history->last;
    values.len = history->last;
  }
  if (history->aggregate == AGGREGATE_COUNT) return (Value){.known = true, .i = values.len};
  if (history->aggregate == AGGREGATE_SUM) return sum_of(env, history, &values);
  if (values.len == 0) return (Value){0};
  if (history->aggregate == AGGREGATE_AVG) return average(env, history, type, &values);
  return extreme(history, &values);
}
