/*
 * literal_time.c - dates and times of day.
 */
#include <string.h>

#include "grammar/build.h"
#include "grammar/literal.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct Reader {
  const char *at;
  const char *wrong; /* the first thing found wrong; NULL: nothing */
} Reader;

/* A number of `width` digits from `low` to `high`. */
static int64_t field(Reader *r, int width, int64_t low, int64_t high, const char *wrong)
{
  int64_t value = 0;
  int digits = 0;
  for (; *r->at >= '0' && *r->at <= '9' && digits < width; digits++) value = value * 10 + (*r->at++ - '0');
  bool good = digits == width && value >= low && value <= high;
  if (!good && !r->wrong) r->wrong = wrong;
  return good ? value : low;
}

static void sign(Reader *r, char c)
{
  if (*r->at == c)
    r->at++;
  else if (!r->wrong)
    r->wrong = "a date reads year-month-day, with two digits for month, day, hour and minute";
}

static int64_t days_of_month(int64_t year, int64_t month)
{
  static const uint8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : DAYS[month - 1];
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar: the year begins in
 * March, so that the leap day is its last (Hinnant, chrono-compatible algorithms). */
static int64_t days_since_epoch(int64_t year, int64_t month, int64_t day)
{
  year -= month <= 2;
  int64_t era = year / 400, of_era = year % 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t read_date(Reader *r)
{
  int64_t year = field(r, 4, 1, 9999, "the year is from 0001 to 9999");
  sign(r, '-');
  int64_t month = field(r, 2, 1, 12, "the month is from 01 to 12");
  sign(r, '-');
  int64_t day = field(r, 2, 1, days_of_month(year, month), "that month has no such day");
  return days_since_epoch(year, month, day) * DAY;
}

/* Digits behind the point beyond the sixth are cut. */
static int64_t read_fraction(Reader *r)
{
  int64_t micros = 0, worth = SECOND / 10;
  if (*r->at != '.') return 0;
  for (r->at++; *r->at >= '0' && *r->at <= '9'; r->at++, worth /= 10) micros += (*r->at - '0') * worth;
  return micros;
}

static int64_t read_clock(Reader *r, int64_t last_hour)
{
  int64_t micros = field(r, 2, 0, last_hour, "the hour is from 00 to 23, in two digits") * HOUR;
  sign(r, ':');
  micros += field(r, 2, 0, 59, "the minute is from 00 to 59, in two digits") * MINUTE;
  if (*r->at != ':') return micros;
  r->at++;
  micros += field(r, 2, 0, 59, "the second is from 00 to 59, in two digits") * SECOND;
  return micros + read_fraction(r);
}

static void read_offset(Reader *r, AstExpr *expr)
{
  if (*r->at == '\0') return;
  expr->u.time.has_offset = 1;
  if (*r->at == 'Z') {
    r->at++;
    return;
  }
  int32_t factor = *r->at == '-' ? -1 : 1;
  if (*r->at == '-' || *r->at == '+') r->at++;
  int64_t hours = field(r, 2, 0, 18, "the offset from UTC reads +01:00, and is at most 18 hours");
  sign(r, ':');
  int64_t minutes = field(r, 2, 0, 59, "the minutes of the offset are from 00 to 59");
  expr->u.time.offset_min = factor * (int32_t)(hours * 60 + minutes);
}

static void say_no_time(Parser *p, Span span, const char *wrong)
{
  Diag *diag = say(p, E0111, span, "there is no such date or time: %s", wrong);
  diag_help(p->in->diags, diag, "write 2026-03-02, 2026-03-02 09:00 or 2026-03-02T09:00:00+01:00");
}

AstExpr *time_token(Parser *p, const char *text, size_t len, Span span)
{
  AstExpr *expr = expr_new(p, AX_TIME, span);
  Reader r = {text, NULL};
  int64_t micros = read_date(&r);
  if (*r.at != '\0' && !r.wrong) {
    expr->u.time.has_time = 1;
    while (*r.at == ' ' || *r.at == '\t' || *r.at == 'T') r.at++;
    micros += read_clock(&r, 23);
    read_offset(&r, expr);
  }
  if (!r.wrong && r.at != text + len) r.wrong = "there is something behind it";
  if (r.wrong) say_no_time(p, span, r.wrong);
  expr->u.time.micros = micros;
  return expr;
}

int64_t tod_token(Parser *p, const char *text, Span span)
{
  Reader r = {text, NULL};
  int64_t micros = read_clock(&r, 24);
  if (!r.wrong && micros > DAY) r.wrong = "the day ends at 24:00";
  if (!r.wrong) return micros;
  Diag *diag = say(p, E0111, span, "there is no such time of day: %s", r.wrong);
  diag_help(p->in->diags, diag, "write 08:00 or 17:30");
  return 0;
}
