/*
 * opentime.c - calendars.
 *
 * A wall-clock time stands for the first instant at which the clock shows it or
 * more, so that later wall-clock times never stand for earlier instants.  Opening
 * hours are therefore intervals of instants in ascending order, and everything
 * here walks over them day by day.  Where neither a closed day nor a clock change
 * is near, all weeks are alike and are taken together.
 */
#include "runtime/opentime.h"

#include <assert.h>

#define SECOND INT64_C(1000000)
#define DAY (SECONDS_OF_DAY * SECOND)

static int64_t floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

/* ---- days of a zone ---- */

static int64_t local_day(ZoneView zone, int64_t t)
{
  int64_t second = floor_div(t, SECOND);
  return day_of_second(second + zone_offset(zone, second));
}

/* The instant of a time of a local day, 0 <= time <= 24 h. */
static int64_t instant_of(ZoneView zone, int64_t day, int64_t time)
{
  int64_t second = day * SECONDS_OF_DAY + time / SECOND;
  ZoneFit fit;
  int64_t utc = zone_to_utc(zone, second, ZONE_SKIP_JUMP, &fit);
  return utc * SECOND + (fit == ZONE_SKIPPED ? 0 : time % SECOND);
}

static bool day_fits(int64_t day)
{
  return day >= CIVIL_FIRST_DAY && day <= CIVIL_LAST_DAY;
}

static bool instant_fits(int64_t t)
{
  return t >= CIVIL_FIRST_DAY * DAY && t < (CIVIL_LAST_DAY + 1) * DAY;
}

/* Hands over an instant that can be written down. */
static bool give(int64_t t, int64_t *ret)
{
  if (!instant_fits(t)) return false;
  *ret = t;
  return true;
}

bool start_of_day(ZoneView zone, int64_t t, int64_t *ret)
{
  return instant_fits(t) && give(instant_of(zone, local_day(zone, t), 0), ret);
}

/* A clock may be set back over midnight: then the day goes on after the next one has begun. */
bool end_of_day(ZoneView zone, int64_t t, int64_t *ret)
{
  if (!instant_fits(t)) return false;
  int64_t day = local_day(zone, t), end = instant_of(zone, day, DAY) - 1;
  if (end < t) end = ((day + 1) * SECONDS_OF_DAY - zone_offset(zone, floor_div(t, SECOND))) * SECOND - 1;
  return give(end, ret);
}

bool add_days(ZoneView zone, int64_t t, int64_t days, int64_t *ret)
{
  const int64_t most = CIVIL_LAST_DAY - CIVIL_FIRST_DAY;
  if (!instant_fits(t) || days > most || days < -most) return false;
  int64_t local = t + zone_offset(zone, floor_div(t, SECOND)) * SECOND;
  int64_t day = floor_div(local, DAY);
  if (!day_fits(day + days)) return false;
  return give(instant_of(zone, day + days, local - day * DAY), ret);
}

/* ---- days of a calendar ---- */

OpenTime open_time(const Module *module, uint32_t number)
{
  const CalendarRow *row = &module->Calendar[number];
  OpenTime calendar = {.zone = module_zone(module, row->zone),
                       .hours = module->OpenHours + row->hours,
                       .closed = module->ClosedDays + row->closed,
                       .hours_count = row->hours_count,
                       .closed_count = row->closed_count};
  assert(row->hours_count > 0);
  uint32_t at = 0;
  for (uint32_t weekday = 0; weekday < 7; weekday++) {
    calendar.first_of[weekday] = at;
    for (; at < row->hours_count && calendar.hours[at].weekday == weekday; at++)
      calendar.week += calendar.hours[at].to - calendar.hours[at].from;
    calendar.week_days += at > calendar.first_of[weekday];
  }
  calendar.first_of[7] = at;
  return calendar;
}

typedef struct Rows {
  const OpenHoursRow *first, *end;
} Rows;

static Rows hours_of(const OpenTime *calendar, int64_t day)
{
  unsigned weekday = weekday_of(day);
  return (Rows){calendar->hours + calendar->first_of[weekday],
                calendar->hours + calendar->first_of[weekday + 1]};
}

/* The first closed days that end at `day` or later; NULL when there are none. */
static const ClosedDaysRow *closed_from(const OpenTime *calendar, int64_t day)
{
  uint32_t low = 0, high = calendar->closed_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (calendar->closed[middle].last < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low < calendar->closed_count ? &calendar->closed[low] : NULL;
}

/* How many weeks from `day` on have neither a closed day nor a clock change. */
static int64_t even_weeks(const OpenTime *calendar, int64_t day)
{
  const ClosedDaysRow *closed = closed_from(calendar, day);
  int64_t end = closed ? closed->first : CIVIL_LAST_DAY + 1;
  int64_t second = floor_div(instant_of(calendar->zone, day, 0), SECOND);
  int64_t until = zone_span(calendar->zone, second).until;
  /* The change is in one of the local days around its day in UTC. */
  if (until != INT64_MAX && day_of_second(until) - 1 < end) end = day_of_second(until) - 1;
  return end > day ? (end - day) / 7 : 0;
}

/* A walk over the days of a calendar from one day on, for as long as there are any. */
typedef struct Walk {
  const OpenTime *calendar;
  int64_t day;
} Walk;

/* The walk from the local day of `t`; a day before it, since the clock may have been set back over
 * midnight. */
static Walk walk_from(const OpenTime *calendar, int64_t t)
{
  int64_t day = local_day(calendar->zone, t) - 1;
  return (Walk){calendar, day < CIVIL_FIRST_DAY ? CIVIL_FIRST_DAY : day};
}

/* Over closed days to the next that may be open; false when none is left. */
static bool walk_on(Walk *walk)
{
  const ClosedDaysRow *closed = closed_from(walk->calendar, walk->day);
  while (closed && closed->first <= walk->day) {
    walk->day = closed->last + 1;
    closed = closed + 1 < walk->calendar->closed + walk->calendar->closed_count ? closed + 1 : NULL;
  }
  return walk->day <= CIVIL_LAST_DAY;
}

typedef struct Interval {
  int64_t from, to; /* instants; empty when a clock change swallows it */
} Interval;

static Interval opening(const OpenTime *calendar, int64_t day, const OpenHoursRow *row)
{
  return (Interval){instant_of(calendar->zone, day, row->from), instant_of(calendar->zone, day, row->to)};
}

/* ---- open time ---- */

bool next_open(const OpenTime *calendar, int64_t t, int64_t *ret)
{
  if (!instant_fits(t)) return false;
  for (Walk walk = walk_from(calendar, t); walk_on(&walk); walk.day++) {
    Rows rows = hours_of(calendar, walk.day);
    for (const OpenHoursRow *row = rows.first; row < rows.end; row++) {
      Interval open = opening(calendar, walk.day, row);
      if (open.from < open.to && t < open.to) return give(t > open.from ? t : open.from, ret);
    }
  }
  return false;
}

bool is_open(const OpenTime *calendar, int64_t t)
{
  int64_t open;
  return next_open(calendar, t, &open) && open == t;
}

/* Days from that of `t` on: what takes more of them is not looked for. */
static int64_t days_left(const OpenTime *calendar, int64_t t)
{
  return CIVIL_LAST_DAY - local_day(calendar->zone, t) + 1;
}

bool add_open(const OpenTime *calendar, int64_t t, int64_t length, int64_t *ret)
{
  if (!instant_fits(t) || length < 0 || length / DAY > days_left(calendar, t)) return false;
  if (length == 0) return give(t, ret);
  for (Walk walk = walk_from(calendar, t); walk_on(&walk); walk.day++) {
    bool whole = instant_of(calendar->zone, walk.day, 0) >= t;
    int64_t weeks = whole && length > calendar->week ? even_weeks(calendar, walk.day) : 0;
    if (weeks > (length - 1) / calendar->week) weeks = (length - 1) / calendar->week;
    length -= weeks * calendar->week;
    walk.day += weeks * 7;
    if (!walk_on(&walk)) return false;
    Rows rows = hours_of(calendar, walk.day);
    for (const OpenHoursRow *row = rows.first; row < rows.end; row++) {
      Interval open = opening(calendar, walk.day, row);
      if (open.from < t) open.from = t;
      if (open.to <= open.from) continue;
      if (open.to - open.from >= length) return give(open.from + length, ret);
      length -= open.to - open.from;
    }
  }
  return false;
}

/* What of the hours of `day` lies in [from, to). */
static int64_t open_of_day(const OpenTime *calendar, int64_t day, int64_t from, int64_t to)
{
  int64_t sum = 0;
  Rows rows = hours_of(calendar, day);
  for (const OpenHoursRow *row = rows.first; row < rows.end; row++) {
    Interval open = opening(calendar, day, row);
    if (open.from < from) open.from = from;
    if (open.to > to) open.to = to;
    if (open.to > open.from) sum += open.to - open.from;
  }
  return sum;
}

int64_t open_between(const OpenTime *calendar, int64_t from, int64_t to)
{
  int64_t sum = 0;
  if (from >= to || !instant_fits(from)) return 0;
  if (!instant_fits(to)) to = (CIVIL_LAST_DAY + 1) * DAY;
  int64_t last = local_day(calendar->zone, to - 1);
  for (Walk walk = walk_from(calendar, from); walk_on(&walk) && walk.day <= last + 1; walk.day++) {
    bool whole = instant_of(calendar->zone, walk.day, 0) >= from;
    int64_t weeks = whole ? even_weeks(calendar, walk.day) : 0;
    if (weeks > (last - walk.day) / 7) weeks = last > walk.day ? (last - walk.day) / 7 : 0;
    sum += weeks * calendar->week;
    walk.day += weeks * 7;
    if (!walk_on(&walk)) break;
    sum += open_of_day(calendar, walk.day, from, to);
  }
  return sum;
}

/* ---- open days ---- */

/* When a day closes for good; false when it does not open.  Hours that a clock change skips are none. */
static bool close_of(const OpenTime *calendar, int64_t day, int64_t *ret)
{
  Rows rows = hours_of(calendar, day);
  for (const OpenHoursRow *row = rows.end; row-- > rows.first;) {
    int64_t from = instant_of(calendar->zone, day, row->from), to = instant_of(calendar->zone, day, row->to);
    if (from >= to) continue;
    *ret = to;
    return true;
  }
  return false;
}

/* The walk over days after that of `t` which can close at `from` or later. */
static Walk walk_closes(const OpenTime *calendar, int64_t t, int64_t from)
{
  Walk walk = walk_from(calendar, from > t ? from : t);
  int64_t after = local_day(calendar->zone, t) + 1;
  if (walk.day < after) walk.day = after;
  return walk;
}

bool nth_close(const OpenTime *calendar, int64_t t, int64_t from, int64_t n, int64_t *ret)
{
  if (!instant_fits(t) || !instant_fits(from) || n < 1 || n > days_left(calendar, t)) return false;
  for (Walk walk = walk_closes(calendar, t, from); walk_on(&walk); walk.day++) {
    bool whole = instant_of(calendar->zone, walk.day, 0) >= from;
    int64_t weeks = whole && n > calendar->week_days ? even_weeks(calendar, walk.day) : 0;
    if (weeks > (n - 1) / calendar->week_days) weeks = (n - 1) / calendar->week_days;
    n -= weeks * calendar->week_days;
    walk.day += weeks * 7;
    if (!walk_on(&walk)) return false;
    int64_t close = 0;
    if (close_of(calendar, walk.day, &close) && close >= from && --n == 0) return give(close, ret);
  }
  return false;
}

bool add_open_days(const OpenTime *calendar, int64_t t, int64_t n, int64_t *ret)
{
  return nth_close(calendar, t, t, n, ret);
}

int64_t closes_between(const OpenTime *calendar, int64_t t, int64_t from, int64_t to)
{
  int64_t count = 0;
  if (!instant_fits(t) || !instant_fits(from) || from > to) return 0;
  int64_t last = instant_fits(to) ? local_day(calendar->zone, to) : CIVIL_LAST_DAY;
  for (Walk walk = walk_closes(calendar, t, from); walk_on(&walk) && walk.day <= last + 1; walk.day++) {
    bool whole = instant_of(calendar->zone, walk.day, 0) >= from;
    int64_t weeks = whole ? even_weeks(calendar, walk.day) : 0;
    if (weeks > (last - walk.day) / 7) weeks = last > walk.day ? (last - walk.day) / 7 : 0;
    count += weeks * calendar->week_days;
    walk.day += weeks * 7;
    if (!walk_on(&walk)) break;
    int64_t close = 0;
    if (close_of(calendar, walk.day, &close)) count += close >= from && close <= to;
  }
  return count;
}
