/*
 * mutate_step.c - the literal one step below and above another.
 */
#include <string.h>

#include "bytecode/zonetime.h"
#include "compiler/mutate.h"

/* ---- numbers ---- */

enum { DIGITS_MOST = 17 }; /* of a number that is counted with as an integer */

/* The number at the start of a text: its digits without the point, and how many stand behind it. */
typedef struct Digits {
  int64_t value;
  uint32_t behind, length; /* length: bytes of the text */
  bool fits;
} Digits;

static Digits digits_of(const char *text, uint32_t size)
{
  Digits d = {.fits = true};
  bool point = false;
  uint32_t count = 0;
  for (; d.length < size; d.length++) {
    char c = text[d.length];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    if (count++ < DIGITS_MOST) d.value = 10 * d.value + (c - '0');
    d.behind += point;
  }
  d.fits = count > 0 && count <= DIGITS_MOST;
  return d;
}

/* `value` with the point where `like` has it, and what stands behind the number. */
static const char *digits_text(const Mutator *m, int64_t value, Digits like, const char *rest, uint32_t size)
{
  int64_t unit = 1;
  for (uint32_t i = 0; i < like.behind; i++) unit *= 10;
  if (like.behind == 0) return arena_printf(m->arena, "%lld%.*s", (long long)value, (int)size, rest);
  return arena_printf(m->arena, "%lld.%0*lld%.*s", (long long)(value / unit), (int)like.behind,
                      (long long)(value % unit), (int)size, rest);
}

static Steps number_steps(const Mutator *m, const AstExpr *literal)
{
  const char *text = m->text + literal->n.span.start;
  uint32_t size = literal->n.span.end - literal->n.span.start;
  Digits d = digits_of(text, size);
  Steps steps = {NULL, NULL};
  if (!d.fits) return steps;
  const char *rest = text + d.length;
  if (d.value > 0) steps.less = digits_text(m, d.value - 1, d, rest, size - d.length);
  steps.more = digits_text(m, d.value + 1, d, rest, size - d.length);
  return steps;
}

/* More than 100 % is no share. */
static Steps percent_steps(const Mutator *m, const AstExpr *literal)
{
  Steps steps = number_steps(m, literal);
  const char *text = m->text + literal->n.span.start;
  if (strncmp(text, "100%", 4) == 0 || strncmp(text, "100.", 4) == 0) steps.more = NULL;
  return steps;
}

/* ---- lengths of time ---- */

typedef struct Unit {
  const char *name;
  int64_t micros;
} Unit;

#define SECOND INT64_C(1000000)
static const Unit units[] = {
  /* the next smaller one stands before each */
  {"ms", 1000},         {"s", SECOND},         {"min", 60 * SECOND},
  {"h", 3600 * SECOND}, {"d", 86400 * SECOND}, {"w", 7 * 86400 * SECOND},
};

/* The last unit of `1 h 30 min`, short or spelled out. */
static uint32_t last_unit(const char *text, uint32_t size)
{
  uint32_t start = size;
  while (start > 0 && text[start - 1] >= 'a' && text[start - 1] <= 'z') start--;
  switch (text[start]) {
  case 's': return 1;
  case 'm': return text[start + 1] == 's' ? 0 : 2;
  case 'h': return 3;
  case 'd': return 4;
  default: return 5;
  }
}

static const char *length_text(const Mutator *m, int64_t count, uint32_t unit)
{
  return arena_printf(m->arena, "%lld %s", (long long)count, units[unit].name);
}

static Steps duration_steps(const Mutator *m, const AstExpr *literal)
{
  int64_t micros = literal->u.i;
  uint32_t unit = last_unit(m->text + literal->n.span.start, literal->n.span.end - literal->n.span.start);
  while (unit > 0 && (micros <= units[unit].micros || micros % units[unit].micros != 0)) unit--;
  int64_t count = micros / units[unit].micros;
  Steps steps = {NULL, NULL};
  if (count > 1) steps.less = length_text(m, count - 1, unit);
  if (count < INT64_MAX / units[unit].micros) steps.more = length_text(m, count + 1, unit);
  return steps;
}

/* ---- times ---- */

/* The date, or date and minute, of microseconds since 1970; what stood behind it stays. */
static const char *time_text(const Mutator *m, const AstExpr *literal, int64_t micros)
{
  const char *text = m->text + literal->n.span.start;
  int64_t seconds = micros / SECOND - (micros % SECOND < 0), day = day_of_second(seconds);
  if (day < CIVIL_FIRST_DAY || day > CIVIL_LAST_DAY) return NULL;
  CivilDate date = civil_from_days(day);
  int64_t minute = (seconds - day * SECONDS_OF_DAY) / 60;
  const char *written = arena_printf(m->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
  if (!literal->u.time.has_time) return written;
  int rest = (int)(literal->n.span.end - literal->n.span.start) - 16;
  return arena_printf(m->arena, "%s%c%02d:%02d%.*s", written, text[10], (int)(minute / 60),
                      (int)(minute % 60), rest, text + 16);
}

static Steps time_steps(const Mutator *m, const AstExpr *literal)
{
  uint32_t size = literal->n.span.end - literal->n.span.start;
  Steps steps = {NULL, NULL};
  if (literal->u.time.has_time && (size < 16 || m->text[literal->n.span.start + 13] != ':')) return steps;
  int64_t step = literal->u.time.has_time ? 60 * SECOND : SECONDS_OF_DAY * SECOND;
  steps.less = time_text(m, literal, literal->u.time.micros - step);
  steps.more = time_text(m, literal, literal->u.time.micros + step);
  return steps;
}

/* ---- all of them ---- */

Steps mutate_steps(const Mutator *m, const AstExpr *literal)
{
  switch (literal->n.kind) {
  case AX_INT:
  case AX_DECIMAL:
  case AX_MONEY:
  case AX_CALSPAN: return number_steps(m, literal);
  case AX_PERCENT: return percent_steps(m, literal);
  case AX_DURATION: return duration_steps(m, literal);
  case AX_TIME: return time_steps(m, literal);
  default: return (Steps){NULL, NULL};
  }
}

void mutate_literal(Mutator *m, const AstExpr *literal, const Use *use, int64_t least)
{
  Steps steps = mutate_steps(m, literal);
  bool lowest = literal->n.kind == AX_INT && literal->u.i <= least;
  lowest = lowest || (literal->n.kind == AX_CALSPAN && literal->u.span.count <= 1);
  if (steps.less && !lowest) mutate_replace(m, use->kind, literal->n.span, steps.less, "%s", use->less);
  if (steps.more) mutate_replace(m, use->kind, literal->n.span, steps.more, "%s", use->more);
}
