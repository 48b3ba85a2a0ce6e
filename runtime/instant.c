/*
 * instant.c - see instant.h.
 */
#include "runtime/instant.h"

#include <string.h>

#include "bytecode/zonetime.h"

#define SECOND INT64_C(1000000)
#define DAY (SECOND * SECONDS_OF_DAY)

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

static char *put_date(char *to, int64_t day)
{
  CivilDate date = civil_from_days(day);
  unsigned year = (unsigned)date.year;
  to = put_two(put_two(to, year / 100), year % 100);
  *to++ = '-';
  to = put_two(to, (unsigned)date.month);
  *to++ = '-';
  return put_two(to, (unsigned)date.day);
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

size_t instant_text(int64_t instant, char ret[INSTANT_TEXT_MAX])
{
  const int64_t first = CIVIL_FIRST_DAY * DAY, last = (CIVIL_LAST_DAY + 1) * DAY - 1;
  if (instant < first) instant = first;
  if (instant > last) instant = last;
  int64_t day = instant / DAY - (instant % DAY < 0);
  int64_t left = instant - day * DAY; /* of the day */
  unsigned micros = (unsigned)(left % SECOND);
  char *to = put_clock(put_date(ret, day), (unsigned)(left / SECOND));
  *to++ = '.';
  to = put_three(to, micros / 1000);
  if (micros % 1000) to = put_three(to, micros % 1000);
  *to++ = 'Z';
  return (size_t)(to - ret);
}
