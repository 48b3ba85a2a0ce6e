/*
 * check_window.c - the lengths of windows: `per`, `over`, `step`, `every`.
 *
 * Here days and weeks are those of the calendar on the wall, which a clock
 * change makes an hour longer or shorter; hours and less are exact.
 */
#include <string.h>

#include "compiler/check_expr.h"
#include "compiler/check_measure.h"

#define MICROS_PER_MINUTE INT64_C(60000000)
#define MICROS_PER_HOUR INT64_C(3600000000)

enum {
  STEPS_MAX = 20000, /* parts a window is kept in */
  DAYS_MAX = 36600   /* a century */
};

/* ---- one length ------------------------------------------------------------------ */

/* UNIT_DAYS or UNIT_WEEKS of a written unit; of others UNIT_MICROSECONDS. */
static uint8_t unit_of_word(const char *text, size_t len)
{
  static const struct { const char *word; uint8_t unit; } words[] = {
    {"d", UNIT_DAYS}, {"day", UNIT_DAYS}, {"days", UNIT_DAYS},
    {"w", UNIT_WEEKS}, {"week", UNIT_WEEKS}, {"weeks", UNIT_WEEKS},
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (strlen(words[i].word) == len && memcmp(words[i].word, text, len) == 0) return words[i].unit;
  return UNIT_MICROSECONDS;
}

/* What is written decides: `1 d` is a local day, `24 h` is not. */
static uint8_t unit_written(Checker *ck, Span span, int64_t micros)
{
  if (span.file >= ck->sources->count || micros % MICROS_PER_DAY != 0) return UNIT_MICROSECONDS;
  const char *text = ck->sources->files[span.file].text;
  uint8_t unit = UNIT_WEEKS;
  for (uint32_t i = span.start; i < span.end;) {
    uint32_t from = i;
    while (i < span.end && text[i] >= 'a' && text[i] <= 'z') i++;
    if (i == from) {
      i++;
      continue;
    }
    uint8_t word = unit_of_word(text + from, i - from);
    if (word == UNIT_MICROSECONDS) return word;
    if (word == UNIT_DAYS) unit = UNIT_DAYS;
  }
  return unit;
}

static Length duration_length(Checker *ck, const AstExpr *expr)
{
  int64_t micros = expr->u.i;
  uint8_t unit = unit_written(ck, expr->n.span, micros);
  if (unit == UNIT_WEEKS) return (Length){unit, micros / (7 * MICROS_PER_DAY)};
  if (unit == UNIT_DAYS) return (Length){unit, micros / MICROS_PER_DAY};
  return (Length){UNIT_MICROSECONDS, micros};
}

static bool word_length(const Checker *ck, Sym word, Length *length)
{
  static const struct { const char *name; uint8_t unit; } words[] = {
    {"day", UNIT_DAYS}, {"week", UNIT_WEEKS}, {"month", UNIT_MONTHS},
    {"quarter", UNIT_QUARTERS}, {"year", UNIT_YEARS},
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (strcmp(sym_text(ck->names, word), words[i].name) != 0) continue;
    *length = (Length){words[i].unit, 1};
    return true;
  }
  return false;
}

static void say_no_length(Checker *ck, Span span, const char *what)
{
  Diag *diag = SAY(ck, E0507, span, "%s", what);
  diag_help(ck->diags, diag, "write a length such as `15 min`, `7 d`, `1 w` or `1 month`");
}

static int64_t unit_days(Length length)
{
  return length.unit == UNIT_WEEKS ? 7 * length.count : length.unit == UNIT_DAYS ? length.count : 0;
}

static int64_t unit_months(Length length)
{
  switch (length.unit) {
  case UNIT_MONTHS: return length.count;
  case UNIT_QUARTERS: return 3 * length.count;
  case UNIT_YEARS: return 12 * length.count;
  default: return 0;
  }
}

/* Roughly, in days: to tell short from long. */
static double rough_days(Length length)
{
  if (length.unit == UNIT_MICROSECONDS) return (double)length.count / (double)MICROS_PER_DAY;
  return (double)unit_days(length) + 31.0 * (double)unit_months(length);
}

static bool length_found(Checker *ck, const AstExpr *expr, Length *length)
{
  switch (expr->n.kind) {
  case AX_DURATION: *length = duration_length(ck, expr); break;
  case AX_CALSPAN:
    *length = (Length){(uint8_t)(UNIT_MONTHS + (expr->u.span.unit - AST_MONTH)), expr->u.span.count};
    break;
  case AX_ERROR: return false;
  default:
    if (expr->n.kind == AX_PATH && word_length(ck, single_word(expr), length)) break;
    say_no_length(ck, expr->n.span, "this is not a length of time");
    return false;
  }
  if (length->count > 0 && rough_days(*length) <= DAYS_MAX) return true;
  say_no_length(ck, expr->n.span, length->count > 0 ? "nothing here lasts longer than a century"
                                                    : "this length is nothing at all");
  return false;
}

bool length_of(Checker *ck, const Ctx *ctx, const AstSpanOf *span, Length *length)
{
  const AstExpr *expr = span->value;
  const Env *env = ctx->env;
  for (;;) { /* a parameter stands for its argument */
    expr = bare_expr(expr);
    Sym word = expr->n.kind == AX_PATH ? single_word(expr) : 0;
    const Binding *binding = word ? env_find(env, word) : NULL;
    if (!binding) break;
    if (!binding->value) return false;
    expr = binding->value;
    env = binding->env;
  }
  return length_found(ck, expr, length);
}

/* ---- windows and their steps -------------------------------------------------------- */

static Length default_step(Length over)
{
  double days = rough_days(over);
  if (days <= 1.0 / 24) return (Length){UNIT_MICROSECONDS, MICROS_PER_MINUTE};
  if (days <= 2) return (Length){UNIT_MICROSECONDS, MICROS_PER_HOUR};
  return (Length){UNIT_DAYS, 1};
}

/* Whether windows of this length can begin at every midnight. */
static bool tiles_the_day(Length length)
{
  return length.unit != UNIT_MICROSECONDS || MICROS_PER_DAY % length.count == 0;
}

static bool is_multiple(Length over, Length step)
{
  int64_t over_months = unit_months(over), step_months = unit_months(step);
  int64_t over_days = unit_days(over), step_days = unit_days(step);
  if (step_months > 0) return over_months > 0 && over_months % step_months == 0;
  if (over_months > 0) return step_days <= 1; /* a part of a day, or one */
  if (step_days > 0)
    return over_days > 0 ? over_days % step_days == 0 : over.count % (step_days * MICROS_PER_DAY) == 0;
  return over_days > 0 || over.count % step.count == 0;
}

static void say_uneven(Checker *ck, Span span, const char *what)
{
  Diag *diag = SAY(ck, E0507, span, "windows %s this length cannot begin at midnight every day", what);
  diag_help(ck->diags, diag, "take what goes evenly into 24 h, as `15 min` or `6 h`, or whole days: `2 d`");
}

static void say_no_multiple(Checker *ck, Span span, bool given)
{
  Diag *diag = SAY(ck, E0506, span, "the window is not a whole number of %s",
                   given ? "its steps" : "the steps it gets");
  if (given)
    diag_help(ck->diags, diag, "write a step that goes into the window evenly");
  else
    diag_help(ck->diags, diag, "without `step` they are 1 min up to 1 h, 1 h up to 2 d, else 1 d");
}

static bool check_step(Checker *ck, const AstSpanOf *over, const AstSpanOf *step, Length length, Length by)
{
  Span span = step->value ? step->span : over->span;
  if (!tiles_the_day(by)) {
    say_uneven(ck, span, "that move on by");
    return false;
  }
  if (!is_multiple(length, by)) {
    say_no_multiple(ck, span, step->value != NULL);
    return false;
  }
  if (rough_days(length) / rough_days(by) <= STEPS_MAX) return true;
  Diag *diag = SAY(ck, E0506, span, "the window has more than %d steps", STEPS_MAX);
  diag_help(ck->diags, diag, "write a longer `step`");
  return false;
}

static bool check_hopping(Checker *ck, const Ctx *ctx, const AstSpanOf *over, const AstSpanOf *step,
                          WindowUse *window)
{
  Length length, by;
  if (!length_of(ck, ctx, over, &length)) return false;
  by = default_step(length);
  if (step->value && !length_of(ck, ctx, step, &by)) return false;
  if (!check_step(ck, over, step, length, by)) return false;
  *window = (WindowUse){WINDOW_HOPPING, length.unit, by.unit, length.count, by.count};
  return true;
}

bool check_window(Checker *ck, const Ctx *ctx, const AstSpanOf *per, const AstSpanOf *over,
                  const AstSpanOf *step, WindowUse *window)
{
  static const AstSpanOf none = {{0, 0, 0}, NULL};
  Length length;
  if (!per || !per->value) return check_hopping(ck, ctx, over, step ? step : &none, window);
  if (!length_of(ck, ctx, per, &length)) return false;
  if (!tiles_the_day(length)) {
    say_uneven(ck, per->span, "of");
    return false;
  }
  *window = (WindowUse){WINDOW_TUMBLING, length.unit, UNIT_MICROSECONDS, length.count, 0};
  return true;
}
