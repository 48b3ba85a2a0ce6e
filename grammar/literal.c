/*
 * literal.c - numbers, lengths of time and names.
 */
#include "grammar/literal.h"

#include <string.h>

#include "grammar/build.h"
#include "grammar/mot.tab.h"

/* ---- numbers ------------------------------------------------------------------------ */

static Sym intern_text(Parser *p, const char *text, size_t len)
{
  return intern(p->in->interner, text, len);
}

static bool too_long(Parser *p, size_t len, Span span)
{
  if (len <= NUMBER_DIGITS + 1) return false;
  say(p, E0109, span, "a number of %zu digits is more than can be calculated with", len);
  return true;
}

static AstExpr *digits_expr(Parser *p, AstExprKind kind, const char *text, size_t len, Span span)
{
  AstExpr *expr = expr_new(p, kind, span);
  if (too_long(p, len, span)) len = 1;
  expr->u.num.digits = intern_text(p, text, len);
  return expr;
}

/* False when it no longer fits. */
static bool add_digit(int64_t *value, char digit)
{
  return !__builtin_mul_overflow(*value, 10, value) && !__builtin_add_overflow(*value, digit - '0', value);
}

static AstExpr *int_expr(Parser *p, const char *text, size_t len, Span span)
{
  AstExpr *expr = expr_new(p, AX_INT, span);
  int64_t value = 0;
  for (size_t i = 0; i < len; i++) {
    if (!add_digit(&value, text[i])) {
      say(p, E0109, span, "this whole number is too large; the largest is 9223372036854775807");
      return expr;
    }
  }
  expr->u.i = value;
  return expr;
}

int number_token(Parser *p, const char *text, size_t len, Span span, AstExpr **ret_expr)
{
  if (text[len - 1] < '0' || text[len - 1] > '9') {
    *ret_expr = duration_token(p, text, len, span);
    return DURATION;
  }
  if (!memchr(text, '.', len)) {
    *ret_expr = int_expr(p, text, len, span);
    return INT;
  }
  *ret_expr = digits_expr(p, AX_DECIMAL, text, len, span);
  return DECIMAL;
}

AstExpr *percent_token(Parser *p, const char *text, size_t len, Span span)
{
  return digits_expr(p, AX_PERCENT, text, len - 1, span);
}

/* ---- lengths of time ------------------------------------------------------------------ */

#define SECOND INT64_C(1000000)

/* Microseconds of a unit by its letters: `m` alone is none, `mi` and `ms` tell apart. */
static int64_t unit_micros(const char *unit)
{
  switch (unit[0]) {
  case 'm': return unit[1] == 's' ? 1000 : 60 * SECOND;
  case 's': return SECOND;
  case 'h': return 3600 * SECOND;
  case 'd': return 86400 * SECOND;
  default: return 7 * 86400 * SECOND;
  }
}

typedef struct Part { /* `1.5 h` */
  const char *whole, *fraction; /* digits; fraction at the point, or NULL */
  const char *unit, *end;
} Part;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static Part part_at(const char *s)
{
  Part part = {0};
  while (is_blank(*s)) s++;
  part.whole = s;
  while (is_digit(*s)) s++;
  if (*s == '.') {
    part.fraction = s++;
    while (is_digit(*s)) s++;
  }
  while (is_blank(*s)) s++;
  part.unit = s;
  while (is_letter(*s)) s++;
  part.end = s;
  return part;
}

typedef enum Exact { EXACT, TOO_LARGE, TOO_FINE } Exact;

static Exact add_part(const Part *part, int64_t *micros)
{
  int64_t unit = unit_micros(part->unit), whole = 0;
  const char *s = part->whole;
  for (; is_digit(*s); s++) {
    if (!add_digit(&whole, *s)) return TOO_LARGE;
  }
  if (__builtin_mul_overflow(whole, unit, &whole)) return TOO_LARGE;
  if (__builtin_add_overflow(*micros, whole, micros)) return TOO_LARGE;
  if (!part->fraction) return EXACT;
  for (s = part->fraction + 1; is_digit(*s); s++) {
    if (*s != '0' && unit % 10 != 0) return TOO_FINE;
    unit /= 10;
    if (__builtin_add_overflow(*micros, (*s - '0') * unit, micros)) return TOO_LARGE;
  }
  return EXACT;
}

AstExpr *duration_token(Parser *p, const char *text, size_t len, Span span)
{
  AstExpr *expr = expr_new(p, AX_DURATION, span);
  int64_t micros = 0;
  Exact exact = EXACT;
  for (const char *s = text; s < text + len && exact == EXACT;) {
    Part part = part_at(s);
    exact = add_part(&part, &micros);
    s = part.end;
  }
  if (exact == TOO_LARGE) say(p, E0110, span, "this length of time is too long; 290,000 years is the most");
  if (exact == TOO_FINE) say(p, E0110, span, "this length of time is finer than a microsecond");
  expr->u.i = exact == EXACT ? micros : SECOND;
  return expr;
}

size_t label_start(const char *text, size_t len)
{
  len--; /* the colon */
  while (len > 0 && strchr(" \t\v\f\r\n", text[len - 1])) len--;
  while (len > 0 && text[len - 1] >= 'a' && text[len - 1] <= 'z') len--;
  while (len > 0 && is_blank(text[len - 1])) len--;
  return len;
}

size_t duration_prefix(const char *text, size_t len)
{
  static const char *const UNITS[] = {"ms",      "s",    "min",   "h",   "d",    "w",    "second", "seconds",
                                      "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks"};
  Part first = part_at(text);
  const char *number = first.unit;
  while (number > text && is_blank(number[-1])) number--;
  size_t good = (size_t)(number - text);
  for (const char *s = text; s < text + len;) {
    Part part = part_at(s);
    size_t letters = (size_t)(part.end - part.unit);
    bool known = false;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
      known |= strlen(UNITS[i]) == letters && memcmp(UNITS[i], part.unit, letters) == 0;
    bool ends = part.end == text + len || (part.end < text + len && is_blank(*part.end));
    if (!known || !ends) break;
    good = (size_t)(part.end - text);
    s = part.end;
  }
  return good;
}

AstExpr *calspan_token(Parser *p, const char *text, size_t len, Span span)
{
  (void)len;
  AstExpr *expr = expr_new(p, AX_CALSPAN, span);
  Part part = part_at(text);
  int64_t count = 0;
  bool fits = true;
  for (const char *s = part.whole; is_digit(*s) && fits; s++) fits = add_digit(&count, *s);
  if (!fits || count == 0 || count > 1200) {
    say(p, E0110, span, "a span of the calendar is from 1 to 1200 months, quarters or years");
    count = 1;
  }
  expr->u.span.count = (uint32_t)count;
  expr->u.span.unit = part.unit[0] == 'm' ? AST_MONTH : part.unit[0] == 'q' ? AST_QUARTER : AST_YEAR;
  return expr;
}

/* ---- names -------------------------------------------------------------------------------- */

AstName name_token(Parser *p, const char *text, size_t len, Span span)
{
  return (AstName){intern_text(p, text, len), span};
}

int word_kind(const Parser *p, Sym sym)
{
  int token = p->after_dot ? 0 : keyword_token(p, sym);
  return token != 0 ? token : LNAME;
}

AstName label_token(Parser *p, const char *text, size_t len, Span span)
{
  size_t letters = len - 1;
  while (letters > 0 && strchr(" \t\v\f\r\n", text[letters - 1])) letters--;
  span.end = span.start + (uint32_t)letters;
  return name_token(p, text, letters, span);
}

AstName quoted_name(Parser *p, const char *text, size_t len, Span span)
{
  return name_token(p, text + 1, len - 2, span);
}

AstName bad_quoted_name(Parser *p, const char *text, size_t len, Span span)
{
  Diag *diag = say(p, E0108, span, "between backticks stands one name, in small letters, digits and `_`");
  diag_help(p->in->diags, diag, "write for example `owner` in backticks; text for people goes in \"quotes\"");
  size_t end = len > 1 && text[len - 1] == '`' ? len - 1 : len;
  return name_token(p, text + 1, end - 1, span);
}
