/*
 * instant.c - see instant.h.
 */
#include "runtime/instant.h"

#include <string.h>

#include "bytecode/zonetime.h"

#define SECOND INT64_C(1000000)
#define DAY (SECOND * SECONDS_OF_DAY)
enum { DATE_LEN = 10 }; /* "2026-03-03" */

static const char pairs[] =
  "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
  "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static char *put_two(char *to, unsigned value)
{
  memcpy(to, pairs + 2 * value, 2);
  return to + 2;
}

static char *put_three(char *to, unsigned value)
{
  *to = (char)('0' + value / 100);
  return put_two(to + 1, value % 100);
}

/* `day` since 1970-01-01, of the years 0001 to 9999.  The algorithm is that of C. Neri and L. Schneider,
 * "Euclidean affine functions and their application to calendar algorithms", 2022: half the time of
 * civil_from_days(), which any day may be given to. */
static char *put_date(char *to, int64_t day)
{
  enum { FROM_MARCH_0000 = 719468, DAYS_OF_ERA = 146097 /* 400 years */, DAY_OF_JANUARY = 306 };
  uint32_t quarter_days = 4 * (uint32_t)(day + FROM_MARCH_0000) + 3;
  uint32_t century = quarter_days / DAYS_OF_ERA, of_century = quarter_days % DAYS_OF_ERA | 3;
  uint64_t years = UINT64_C(2939745) * of_century; /* 2^32 / 1461 */
  uint32_t day_of_year = (uint32_t)years / 2939745 / 4, months = 2141 * day_of_year + 197913;
  bool next = day_of_year >= DAY_OF_JANUARY;
  uint32_t year = 100 * century + (uint32_t)(years >> 32) + next, month = months >> 16;
  to = put_two(put_two(to, year / 100), year % 100);
  *to++ = '-';
  to = put_two(to, next ? month - 12 : month);
  *to++ = '-';
  return put_two(to, (months & 0xffff) / 2141 + 1);
}

static char *put_clock(char *to, unsigned second)
{
  *to++ = 'T';
  to = put_two(to, second / 3600);
  *to++ = ':';
  to = put_two(to, second / 60 % 60);
  *to++ = ':';
  return put_two(to, second % 60);
}

/* Behind the date, `left` microseconds since its beginning. */
static inline char *put_rest(char *to, uint64_t left)
{
  uint32_t second = (uint32_t)(left / (uint64_t)SECOND);
  unsigned micros = (unsigned)(left - second * (uint64_t)SECOND);
  to = put_clock(to, second);
  *to++ = '.';
  to = put_three(to, micros / 1000);
  if (micros % 1000) to = put_three(to, micros % 1000);
  *to++ = 'Z';
  return to;
}

size_t instant_text(int64_t instant, char ret[INSTANT_TEXT_MAX])
{
  const int64_t first = CIVIL_FIRST_DAY * DAY, last = (CIVIL_LAST_DAY + 1) * DAY - 1;
  if (instant < first) instant = first;
  if (instant > last) instant = last;
  int64_t day = instant / DAY - (instant % DAY < 0);
  return (size_t)(put_rest(put_date(ret, day), (uint64_t)(instant - day * DAY)) - ret);
}

/* Days have places by times of nearly ten hours; two of them may share one. */
size_t day_texts_instant(DayTexts *texts, int64_t instant, char ret[INSTANT_TEXT_MAX])
{
  DayText *day = &texts->days[((uint64_t)instant >> 35) % DAY_TEXTS];
  uint64_t left = (uint64_t)instant - (uint64_t)day->first;
  if (left < (uint64_t)DAY && day->text[0]) {
    memcpy(ret, day->text, 16);
    return (size_t)(put_rest(ret + DATE_LEN, left) - ret);
  }
  size_t len = instant_text(instant, ret);
  if (instant < CIVIL_FIRST_DAY * DAY || instant >= (CIVIL_LAST_DAY + 1) * DAY) return len;
  day->first = instant - instant % DAY - (instant % DAY < 0 ? DAY : 0);
  memcpy(day->text, ret, DATE_LEN);
  return len;
}
