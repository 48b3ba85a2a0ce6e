/*
 * calendar.c - days of a zone, and opening hours, day by day.
 *
 * A wall-clock time that a clock change skips is the first instant after it, a
 * repeated one the first.
 */
#include "tests/reference/reference.h"

#define DAY_MICROS (SECONDS_OF_DAY * MICROS)

static int64_t seconds_of(int64_t t)
{
  return t / MICROS - (t % MICROS < 0);
}

static int64_t local_day(ZoneView zone, int64_t t)
{
  int64_t seconds = seconds_of(t);
  return day_of_second(seconds + zone_offset(zone, seconds));
}

/* Microseconds of a local day as an instant; whole seconds decide about clock changes. */
static int64_t instant(ZoneView zone, int64_t day, int64_t micros)
{
  int64_t local = day * SECONDS_OF_DAY + micros / MICROS;
  ZoneFit fit;
  int64_t utc = zone_to_utc(zone, local, ZONE_SKIP_JUMP, &fit);
  return utc * MICROS + (fit == ZONE_SKIPPED ? 0 : micros % MICROS);
}

/* ---- the stream's zone ---- */

int64_t stream_start_of_day(const Run *run, int64_t t)
{
  ZoneView zone = builder_zone(&run->zones, run->stream_zone);
  return instant(zone, local_day(zone, t), 0);
}

int64_t stream_add_days(const Run *run, int64_t t, int64_t days)
{
  ZoneView zone = builder_zone(&run->zones, run->stream_zone);
  int64_t day = local_day(zone, t);
  int64_t local = t + (int64_t)zone_offset(zone, seconds_of(t)) * MICROS;
  return instant(zone, day + days, local - day * DAY_MICROS);
}

/* ---- calendars ---- */

static ZoneView zone_of(const Run *run, const Calendar *calendar)
{
  uint32_t place = 0;
  while (run->program->calendars.data[place] != calendar) place++;
  return builder_zone(&run->zones, run->calendar_zone[place]);
}

static bool closed(const Calendar *calendar, int64_t day)
{
  for (uint32_t i = 0; i < calendar->closed.len; i++) {
    if (day >= calendar->closed.data[i].first && day <= calendar->closed.data[i].last) return true;
  }
  return false;
}

typedef struct Opening {
  int64_t from, to;
} Opening;

/* The n-th opening of a local day; false: there is none. */
static bool opening_of(const Calendar *calendar, ZoneView zone, int64_t day, uint32_t n, Opening *ret)
{
  if (closed(calendar, day)) return false;
  for (uint32_t i = 0; i < calendar->hours.len; i++) {
    const OpenHoursOf *hours = &calendar->hours.data[i];
    if (hours->weekday != weekday_of(day) || n-- > 0) continue;
    *ret = (Opening){instant(zone, day, hours->from), instant(zone, day, hours->to)};
    return true;
  }
  return false;
}

int64_t calendar_next_open(const Run *run, const Calendar *calendar, int64_t t)
{
  ZoneView zone = zone_of(run, calendar);
  int64_t first = local_day(zone, t) - 1;
  Opening open;
  for (int64_t day = first; day <= CIVIL_LAST_DAY; day++) {
    for (uint32_t n = 0; opening_of(calendar, zone, day, n, &open); n++) {
      if (t < open.to && open.from < open.to) return t > open.from ? t : open.from;
    }
  }
  return NEVER;
}

int64_t calendar_open_between(const Run *run, const Calendar *calendar, int64_t from, int64_t to)
{
  ZoneView zone = zone_of(run, calendar);
  int64_t sum = 0, last = local_day(zone, to) + 1;
  Opening open;
  for (int64_t day = local_day(zone, from) - 1; day <= last; day++) {
    for (uint32_t n = 0; opening_of(calendar, zone, day, n, &open); n++) {
      int64_t a = open.from > from ? open.from : from, b = open.to < to ? open.to : to;
      if (b > a) sum += b - a;
    }
  }
  return sum;
}

int64_t calendar_add_open(const Run *run, const Calendar *calendar, int64_t t, int64_t length)
{
  ZoneView zone = zone_of(run, calendar);
  int64_t first = local_day(zone, t) - 1;
  Opening open;
  if (length / DAY_MICROS > CIVIL_LAST_DAY - first) return NEVER;
  for (int64_t day = first; day <= CIVIL_LAST_DAY; day++) {
    for (uint32_t n = 0; opening_of(calendar, zone, day, n, &open); n++) {
      int64_t from = open.from > t ? open.from : t;
      if (open.to <= from) continue;
      if (length <= open.to - from) return from + length;
      length -= open.to - from;
    }
  }
  return NEVER;
}

static int64_t close_of_day(const Calendar *calendar, ZoneView zone, int64_t day)
{
  int64_t close = NEVER;
  Opening open;
  for (uint32_t n = 0; opening_of(calendar, zone, day, n, &open); n++) {
    if (open.from < open.to) close = open.to;
  }
  return close;
}

int64_t calendar_close_after_day(const Run *run, const Calendar *calendar, int64_t t)
{
  ZoneView zone = zone_of(run, calendar);
  int64_t first = local_day(zone, t) + 1;
  for (int64_t day = first; day <= CIVIL_LAST_DAY; day++) {
    int64_t close = close_of_day(calendar, zone, day);
    if (close != NEVER) return close;
  }
  return NEVER;
}

int64_t calendar_add_open_days(const Run *run, const Calendar *calendar, int64_t t, int64_t days)
{
  ZoneView zone = zone_of(run, calendar);
  int64_t first = local_day(zone, t) + 1;
  if (days > CIVIL_LAST_DAY - first) return NEVER;
  for (int64_t day = first; day <= CIVIL_LAST_DAY; day++) {
    int64_t close = close_of_day(calendar, zone, day);
    if (close != NEVER && --days == 0) return close;
  }
  return NEVER;
}
