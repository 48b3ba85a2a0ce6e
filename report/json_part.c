/*
 * json_part.c - rates, changes, comparisons and the like as JSON.
 */
#include <math.h>
#include <stdio.h>

#include "report/json.h"

void json_span(Json *json, const char *name, ReviewSpan span)
{
  json_open(json, name, '{');
  json_time(json, "from", span.from);
  json_time(json, "to", span.to);
  json_close(json, '}');
}

void json_estimate(Json *json, const char *name, Estimate estimate)
{
  if (!estimate.known) {
    json_none(json, name);
    return;
  }
  json_open(json, name, '{');
  json_number(json, "value", estimate.value);
  json_number(json, "low", estimate.bounded ? estimate.low : NAN);
  json_number(json, "high", estimate.bounded ? estimate.high : NAN);
  json_close(json, '}');
}

void json_rate_members(Json *json, const ReviewRate *rate)
{
  json_count(json, "produced", rate->produced);
  json_count(json, "missed", rate->missed);
  json_estimate(json, "rate", rate->rate);
}

void json_rate(Json *json, const char *name, const ReviewRate *rate)
{
  json_open(json, name, '{');
  json_rate_members(json, rate);
  json_close(json, '}');
}

static const char *effect_name(Effect effect)
{
  static const char *const names[] = {[EFFECT_UNKNOWN] = "unknown", [EFFECT_NONE] = "none", [EFFECT_MORE] = "more",
    [EFFECT_LESS] = "less"};
  return names[effect];
}

void json_change(Json *json, const char *name, const ReviewChange *change)
{
  if (json->review->previous.from == MOT_NO_TIME) {
    json_none(json, name);
    return;
  }
  json_open(json, name, '{');
  json_rate(json, "previous", &change->previous);
  json_estimate(json, "difference", change->difference);
  json_text(json, "effect", effect_name(change->effect));
  json_close(json, '}');
}

void json_series(Json *json, const char *name, const ReviewSeries *series)
{
  static const char *const trends[] = {[REVIEW_TREND_UNKNOWN] = "unknown", [REVIEW_TREND_STEADY] = "steady",
    [REVIEW_TREND_RISING] = "rising", [REVIEW_TREND_FALLING] = "falling"};
  json_open(json, name, '{');
  json_text(json, "direction", trends[series->trend]);
  json_number(json, "z", series->trend_z);
  json_open(json, "points", '[');
  for (uint32_t i = 0; i < series->count; i++) json_rate(json, NULL, &series->series[i]);
  json_close(json, ']');
  json_close(json, '}');
}

void json_comparison(Json *json, const char *name, const Comparison *comparison)
{
  json_open(json, name, '{');
  json_open(json, "groups", '[');
  for (int i = 0; i < 2; i++) {
    json_open(json, NULL, '{');
    json_count(json, "missed", comparison->hits[i]);
    json_count(json, "cases", comparison->cases[i]);
    json_estimate(json, "share", comparison->share[i]);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_estimate(json, "difference", comparison->difference);
  json_estimate(json, "ratio", comparison->ratio);
  json_text(json, "effect", effect_name(comparison->effect));
  json_close(json, '}');
}

void json_spread(Json *json, const char *name, const ReviewSpread *spread)
{
  if (spread->cases == 0) {
    json_none(json, name);
    return;
  }
  json_open(json, name, '{');
  json_count(json, "cases", spread->cases);
  json_length(json, "least_ms", spread->least);
  json_length(json, "p10_ms", spread->p10);
  json_length(json, "p50_ms", spread->p50);
  json_length(json, "p90_ms", spread->p90);
  json_length(json, "p95_ms", spread->p95);
  json_length(json, "most_ms", spread->most);
  json_close(json, '}');
}

/* ---- values ---- */

static void money(Json *json, const char *name, const mot_value *value)
{
  uint64_t amount = value->integer < 0 ? 0 - (uint64_t)value->integer : (uint64_t)value->integer, unit = 1;
  char text[48];
  for (unsigned i = 0; i < value->exponent; i++) unit *= 10;
  int used = snprintf(text, sizeof text, "%s%llu", value->integer < 0 ? "-" : "", (unsigned long long)(amount / unit));
  if (value->exponent > 0)
    snprintf(text + used, sizeof text - (size_t)used, ".%0*llu", (int)value->exponent,
             (unsigned long long)(amount % unit));
  json_open(json, name, '{');
  json_text(json, "amount", text);
  json_text(json, "currency", value->currency);
  json_close(json, '}');
}

static const char *unit_of(mot_type type)
{
  return type == MOT_TYPE_PERCENT ? "%" : type == MOT_TYPE_DURATION ? "ms" : NULL;
}

static void one_value(Json *json, const char *name, const mot_value *value)
{
  switch (value->type) {
  case MOT_TYPE_BOOL: json_truth(json, name, value->integer != 0); break;
  case MOT_TYPE_INT: json_whole(json, name, value->integer); break;
  case MOT_TYPE_NUMBER: json_number(json, name, value->number); break;
  case MOT_TYPE_PERCENT: json_number(json, name, 100 * value->number); break;
  case MOT_TYPE_TEXT: json_bytes(json, name, value->text, value->size); break;
  case MOT_TYPE_TIME: json_time(json, name, value->integer); break;
  case MOT_TYPE_DURATION: json_length(json, name, value->integer); break;
  case MOT_TYPE_MONEY: money(json, name, value); break;
  case MOT_TYPE_NONE: json_none(json, name); break;
  }
}

void json_value_members(Json *json, const mot_value *value)
{
  one_value(json, "value", value);
  json_text(json, "unit", unit_of(value->type));
}

void json_amounts(Json *json, const char *name, const ReviewAmounts *amounts)
{
  json_open(json, name, '[');
  for (uint32_t i = 0; i < amounts->count; i++) {
    const ReviewAmount *amount = &amounts->amounts[i];
    json_open(json, NULL, '{');
    one_value(json, "sum", &amount->sum);
    json_text(json, "unit", unit_of(amount->type));
    json_count(json, "cases", amount->cases);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* ---- names ---- */

void json_owner(Json *json, const char *name, uint32_t owner)
{
  json_text(json, name, owner == MOT_NOT_FOUND ? NULL : json->review->rules->owners[owner].name);
}

void json_mot(Json *json, const char *name, uint32_t mot)
{
  json_text(json, name, mot == MOT_NOT_FOUND ? NULL : json->review->rules->mots[mot].info.name);
}
