/*
 * words_figure.c - counts, shares, lengths of time, money.
 */
#include "report/words.h"

#include <math.h>
#include <string.h>

/* Digits in groups of three. */
static const char *grouped(const Words *words, const char *digits)
{
  Buf buf;
  buf_init(&buf, words->arena);
  size_t whole = strspn(digits, "0123456789");
  for (size_t i = 0; i < whole; i++) {
    if (i > 0 && (whole - i) % 3 == 0) buf_char(&buf, ',');
    buf_char(&buf, digits[i]);
  }
  buf_text(&buf, digits + whole);
  return buf.data;
}

const char *words_count(const Words *words, uint64_t count)
{
  return grouped(words, arena_printf(words->arena, "%llu", (unsigned long long)count));
}

const char *words_many(const Words *words, uint64_t count, const char *one, const char *many)
{
  return arena_printf(words->arena, "%s %s", words_count(words, count), count == 1 ? one : many);
}

/* ---- shares ---- */

const char *words_share(const Words *words, double share)
{
  if (share == 1 || share == 0) return share == 1 ? "100 %" : "0 %";
  if (share < 0.0005) return "<0.1 %";
  if (share >= 0.9995) return ">99.9 %";
  return arena_printf(words->arena, "%.1f %%", 100 * share);
}

const char *words_estimate(const Words *words, Estimate share)
{
  return share.known ? words_share(words, share.value) : WORDS_NOTHING;
}

const char *words_bounds(const Words *words, Estimate share)
{
  if (!share.known || !share.bounded) return WORDS_NOTHING;
  return arena_printf(words->arena, "%.1f–%.1f", 100 * share.low, 100 * share.high);
}

const char *words_interval(const Words *words, Estimate share)
{
  if (!share.known || !share.bounded) return WORDS_NOTHING;
  return arena_printf(words->arena, "%s %%", words_bounds(words, share));
}

const char *words_rate(const Words *words, Estimate share)
{
  if (!share.known || !share.bounded) return words_estimate(words, share);
  return arena_printf(words->arena, "%s (%s)", words_estimate(words, share), words_interval(words, share));
}

/* Points of a difference; no "-0.0". */
static double points_of(double difference)
{
  return fabs(100 * difference) < 0.05 ? 0.0 : 100 * difference;
}

const char *words_points(const Words *words, Estimate difference)
{
  if (!difference.known) return WORDS_NOTHING;
  return arena_printf(words->arena, "%+.1f points", points_of(difference.value));
}

const char *words_points_interval(const Words *words, Estimate difference)
{
  if (!difference.known || !difference.bounded) return WORDS_NOTHING;
  return arena_printf(words->arena, "%+.1f to %+.1f", points_of(difference.low), points_of(difference.high));
}

const char *words_percentage(const Words *words, double percent)
{
  return percent < 0 ? WORDS_NOTHING : words_share(words, percent / 100);
}

const char *words_number(const Words *words, double number)
{
  if (fabs(number) >= 1e15) return arena_printf(words->arena, "%.6g", number);
  char *text = arena_printf(words->arena, "%.2f", fabs(number));
  char *end = text + strlen(text);
  while (end[-1] == '0') *--end = '\0';
  if (end[-1] == '.') *--end = '\0';
  bool negative = number < 0 && strcmp(text, "0") != 0;
  return arena_printf(words->arena, "%s%s", negative ? "-" : "", grouped(words, text));
}

const char *words_mean(const Words *words, Estimate mean)
{
  if (!mean.known) return WORDS_NOTHING;
  if (!mean.bounded) return words_number(words, mean.value);
  return arena_printf(words->arena, "%s (%s to %s)", words_number(words, mean.value), words_number(words, mean.low),
                      words_number(words, mean.high));
}

/* ---- lengths of time ---- */

#define SECOND INT64_C(1000000)

/* A number of a greater and a smaller unit. */
static const char *in_two(const Words *words, int64_t parts, int64_t per, const char *great, const char *small)
{
  if (parts % per == 0) return arena_printf(words->arena, "%lld %s", (long long)(parts / per), great);
  return arena_printf(words->arena, "%lld %s %lld %s", (long long)(parts / per), great, (long long)(parts % per), small);
}

const char *words_length(const Words *words, int64_t micros)
{
  if (micros == MOT_NO_TIME) return WORDS_NOTHING;
  if (micros < 0) return arena_printf(words->arena, "-%s", words_length(words, -micros));
  if (micros == 0) return "0 s";
  if (micros < 10 * SECOND)
    return arena_printf(words->arena, "%s s", words_number(words, (double)micros / (double)SECOND));
  int64_t seconds = (micros + SECOND / 2) / SECOND;
  if (seconds < 60) return arena_printf(words->arena, "%lld s", (long long)seconds);
  if (seconds < 3600) return in_two(words, seconds, 60, "min", "s");
  if (seconds < 86400) return in_two(words, (seconds + 30) / 60, 60, "h", "min");
  return in_two(words, (seconds + 1800) / 3600, 24, "d", "h");
}

/* ---- values ---- */

static const char *money(const Words *words, int64_t minor, const char *currency, unsigned exponent)
{
  uint64_t amount = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor, unit = 1;
  for (unsigned i = 0; i < exponent; i++) unit *= 10;
  const char *whole = words_count(words, amount / unit), *sign = minor < 0 ? "-" : "";
  if (exponent == 0) return arena_printf(words->arena, "%s%s %s", sign, whole, currency);
  return arena_printf(words->arena, "%s%s.%0*llu %s", sign, whole, (int)exponent, (unsigned long long)(amount % unit),
                      currency);
}

static const char *integer(const Words *words, int64_t value)
{
  const char *count = words_count(words, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
  return value < 0 ? arena_printf(words->arena, "-%s", count) : count;
}

const char *words_value(const Words *words, const mot_value *value)
{
  switch (value->type) {
  case MOT_TYPE_BOOL: return value->integer ? "yes" : "no";
  case MOT_TYPE_INT: return integer(words, value->integer);
  case MOT_TYPE_NUMBER: return words_number(words, value->number);
  case MOT_TYPE_PERCENT: return arena_printf(words->arena, "%.1f %%", 100 * value->number);
  case MOT_TYPE_TEXT: return arena_copy(words->arena, value->text, value->size);
  case MOT_TYPE_TIME: return words_instant(words, value->integer);
  case MOT_TYPE_DURATION: return words_length(words, value->integer);
  case MOT_TYPE_MONEY: return money(words, value->integer, value->currency, value->exponent);
  case MOT_TYPE_NONE: break;
  }
  return WORDS_NOTHING;
}

const char *words_amount(const Words *words, const ReviewAmount *amount)
{
  return amount->sum.type == MOT_TYPE_NONE ? "too large to show" : words_value(words, &amount->sum);
}

const char *words_amounts(const Words *words, const ReviewAmounts *amounts)
{
  if (amounts->count == 0) return WORDS_NOTHING;
  const char *all = words_amount(words, &amounts->amounts[0]);
  for (uint32_t i = 1; i < amounts->count; i++)
    all = arena_printf(words->arena, "%s, %s", all, words_amount(words, &amounts->amounts[i]));
  return all;
}
