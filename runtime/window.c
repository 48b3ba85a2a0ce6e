/*
 * window.c - windows of time.
 *
 * Everything rests on the midnights of a zone, each the first instant at which its clock shows it or more, so
 * that they never go back.  Steps and tumbling windows are cells: stretches of a grid of midnights, or parts
 * of the time between two of them.
 */
#include "runtime/window.h"

#include <stdbool.h>

#define SECOND INT64_C(1000000)
#define DAY (SECONDS_OF_DAY * SECOND)
#define FIRST (CIVIL_FIRST_DAY * DAY)        /* the first instant that can be told … */
#define LIMIT ((CIVIL_LAST_DAY + 1) * DAY)   /* … and the first behind the last */

enum {
  MONTHS_OF_YEAR = 12, FIRST_MONDAY = 4,     /* 1970-01-05 */
  MONTH_LEAST = -12 * 1971, MONTH_MOST = 12 * 8032 /* beyond all that can be told, from January 1970 */
};

static int64_t floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
  return value < least ? least : value > most ? most : value;
}

static int64_t told(int64_t t)
{
  return t < FIRST ? FIRST : t < LIMIT ? t : INT64_MAX;
}

/* ---- wall clocks ---- */

/* The clock of a zone, and a time in which it does not change: what lies well inside of it needs no search.
 * (A pane of `over 1 h` took 27,000 instructions without, and takes 2,300.) */
typedef struct Clock {
  ZoneView zone;
  ZoneSpan span;
} Clock;

static Clock clock_at(ZoneView zone, int64_t t)
{
  return (Clock){zone, zone_span(zone, floor_div(clamp(t, FIRST, LIMIT), SECOND))};
}

/* Changes are by less than a day: from a day after one to the next the clock shows everything once. */
static bool is_plain(const Clock *clock, int64_t second)
{
  const ZoneSpan *span = &clock->span;
  return second < span->until && (span->from == INT64_MIN || second - 2 * SECONDS_OF_DAY >= span->from);
}

/* The first instant at which the clock shows a local time or more; both in microseconds. */
static int64_t instant_of(const Clock *clock, int64_t local)
{
  ZoneFit fit;
  int64_t second = floor_div(local, SECOND), utc = second - clock->span.offset;
  if (is_plain(clock, utc)) return local - clock->span.offset * SECOND;
  utc = zone_to_utc(clock->zone, second, ZONE_SKIP_JUMP, &fit);
  return utc * SECOND + (fit == ZONE_SKIPPED ? 0 : local - second * SECOND);
}

static int64_t midnight(const Clock *clock, int64_t day)
{
  return instant_of(clock, clamp(day, CIVIL_FIRST_DAY - 2, CIVIL_LAST_DAY + 2) * DAY);
}

/* The wall-clock time for which an instant stands.  It never goes back: what a change repeats is,
 * the second time, the end of what is repeated; a day whose midnight is skipped begins with it. */
static int64_t wall_of(const Clock *clock, int64_t t)
{
  int64_t second = floor_div(t, SECOND);
  if (is_plain(clock, second)) return t + clock->span.offset * SECOND;
  ZoneSpan span = zone_span(clock->zone, second);
  int64_t local = second + span.offset, day = day_of_second(local) * SECONDS_OF_DAY;
  if (span.from == INT64_MIN) return t + span.offset * SECOND;
  int64_t before = span.from + zone_offset(clock->zone, span.from - 1); /* shown until the last change */
  if (local < before) return before * SECOND;
  bool changes = second == span.from && t == second * SECOND;
  return changes && before <= day ? day * SECOND : t + span.offset * SECOND;
}

/* The local day that began last. */
static int64_t day_at(const Clock *clock, int64_t t)
{
  int64_t day = floor_div(wall_of(clock, t), DAY);
  return midnight(clock, day) > t ? day - 1 : day;
}

/* ---- cells ---- */

static int64_t month_of_day(int64_t day)
{
  CivilDate date = civil_from_days(day);
  return ((int64_t)date.year - 1970) * MONTHS_OF_YEAR + date.month - 1;
}

static int64_t first_of_month(int64_t month)
{
  month = clamp(month, MONTH_LEAST, MONTH_MOST);
  int64_t year = floor_div(month, MONTHS_OF_YEAR);
  return days_from_civil((int32_t)(year + 1970), (int32_t)(month - year * MONTHS_OF_YEAR) + 1, 1);
}

static int64_t months_in(uint32_t unit)
{
  switch (unit) {
  case UNIT_MONTHS: return 1;
  case UNIT_QUARTERS: return 3;
  case UNIT_YEARS: return MONTHS_OF_YEAR;
  default: return 0;
  }
}

/* A size that multiplied by a window's number stays far from overflowing. */
static int64_t sized(int64_t count, int64_t unit)
{
  return clamp(count, 1, 1 << 20) * unit;
}

static Stretch period(const Clock *clock, uint32_t unit, int64_t every, int64_t t, int64_t offset)
{
  int64_t day = day_at(clock, clamp(t, FIRST, LIMIT - 1)), from, to;
  offset = clamp(offset, -(1 << 30), 1 << 30);
  if (months_in(unit)) {
    int64_t size = sized(every, months_in(unit)), number = floor_div(month_of_day(day), size) + offset;
    from = first_of_month(number * size);
    to = first_of_month(number * size + size);
  } else {
    int64_t shift = unit == UNIT_WEEKS ? FIRST_MONDAY : 0, size = sized(every, unit == UNIT_WEEKS ? 7 : 1);
    from = (floor_div(day - shift, size) + offset) * size + shift;
    to = from + size;
  }
  return (Stretch){told(midnight(clock, from)), told(midnight(clock, to))};
}

Stretch window_period(ZoneView zone, uint32_t unit, int64_t every, int64_t t, int64_t offset)
{
  Clock clock = clock_at(zone, t);
  return period(&clock, unit, every, t, offset);
}

/* The part of a local day, counted in steps of `length` from its midnight, that holds `t`. */
static Stretch part_of_day(const Clock *clock, int64_t length, int64_t t)
{
  int64_t day = day_at(clock, t), begin = midnight(clock, day), end = midnight(clock, day + 1);
  int64_t from = begin + (t - begin) / length * length;
  int64_t to = length < end - from ? from + length : end;
  return (Stretch){told(from), told(to)};
}

/* The step (of a tumbling window: the window) that holds `t`. */
static Stretch cell(const WindowPlan *plan, const Clock *clock, int64_t t)
{
  t = clamp(t, FIRST, LIMIT - 1);
  if (plan->step_unit == UNIT_MICROSECONDS) return part_of_day(clock, plan->step, t);
  return period(clock, plan->step_unit, plan->step, t, 0);
}

/* ---- windows ---- */

WindowPlan window_plan(const WindowRow *row, ZoneView zone)
{
  bool hops = row->kind == WINDOW_HOPPING;
  return (WindowPlan){.zone = zone, .kind = row->kind, .unit = row->unit, .length = row->length,
                      .step_unit = hops ? row->step_unit : row->unit, .step = hops ? row->step : row->length};
}

int64_t window_next_end(const WindowPlan *plan, int64_t t)
{
  Clock clock = clock_at(plan->zone, t);
  return t >= LIMIT ? INT64_MAX : cell(plan, &clock, t).to;
}

/* A date `months` later at the same time of day; where the month has no such day, the month's end. */
static int64_t add_months(int64_t local, int64_t months)
{
  int64_t day = floor_div(local, DAY);
  CivilDate date = civil_from_days(day);
  int64_t month = month_of_day(day) + months, first = first_of_month(month), end = first_of_month(month + 1);
  if (first + date.day > end) return end * DAY;
  return (first + date.day - 1) * DAY + (local - day * DAY);
}

/* The wall-clock time the window's length (`by` 1) or its negative (-1) further. */
static int64_t shifted(const WindowPlan *plan, int64_t local, int by)
{
  if (months_in(plan->unit)) return add_months(local, by * sized(plan->length, months_in(plan->unit)));
  int64_t days = plan->length * (plan->unit == UNIT_WEEKS ? 7 : 1);
  return local + by * clamp(days, 1, CIVIL_LAST_DAY - CIVIL_FIRST_DAY + 4) * DAY;
}

/* T - D, which never is less for a later T. */
static int64_t hop_begin(const WindowPlan *plan, const Clock *clock, int64_t end)
{
  if (end >= LIMIT) return INT64_MAX;
  if (plan->unit == UNIT_MICROSECONDS) return end < FIRST + plan->length ? FIRST : end - plan->length;
  int64_t local = shifted(plan, wall_of(clock, end), -1);
  if (floor_div(local, DAY) < CIVIL_FIRST_DAY - 1) return FIRST;
  return told(instant_of(clock, local));
}

int64_t window_begin(const WindowPlan *plan, int64_t end)
{
  Clock clock = clock_at(plan->zone, end);
  if (plan->kind == WINDOW_HOPPING) return hop_begin(plan, &clock, end);
  return cell(plan, &clock, end - 1).from;
}

/* An instant `x`, good for now, near the ends of those windows that begin around `t`. */
static int64_t near_end(const WindowPlan *plan, const Clock *clock, int64_t t)
{
  if (plan->unit == UNIT_MICROSECONDS) return plan->length < LIMIT - t ? t + plan->length : LIMIT;
  int64_t local = shifted(plan, wall_of(clock, t), 1);
  if (floor_div(local, DAY) > CIVIL_LAST_DAY + 1) return LIMIT;
  return instant_of(clock, local);
}

/* The two ends between which the beginnings pass `t`, found by halving: when the clock or the calendar is in
 * the way. */
static Stretch search_ends(const WindowPlan *plan, const Clock *clock, int64_t t)
{
  int64_t low = FIRST, high = LIMIT; /* the window ending with low's cell begins by t, with high's not */
  Stretch first = cell(plan, clock, low);
  if (hop_begin(plan, clock, first.to) > t) return first;
  while (low < high - 1) {
    int64_t middle = low + (high - low) / 2;
    Stretch at = cell(plan, clock, middle);
    if (hop_begin(plan, clock, at.to) <= t)
      low = middle < at.to - 1 ? at.to - 1 : middle;
    else
      high = at.from > low ? at.from : low + 1;
  }
  return cell(plan, clock, high);
}

Stretch window_pane(const WindowPlan *plan, int64_t t)
{
  t = clamp(t, FIRST, LIMIT - 1);
  Clock clock = clock_at(plan->zone, t);
  Stretch pane = cell(plan, &clock, t);
  if (plan->kind != WINDOW_HOPPING) return pane;
  int64_t x = near_end(plan, &clock, t);
  Stretch ends = x < LIMIT ? cell(plan, &clock, x) : (Stretch){INT64_MAX, INT64_MAX};
  int64_t from = hop_begin(plan, &clock, ends.from), to = hop_begin(plan, &clock, ends.to);
  if (from > t || to <= t) {
    ends = search_ends(plan, &clock, t);
    from = hop_begin(plan, &clock, ends.from);
    to = hop_begin(plan, &clock, ends.to);
  }
  if (from <= t && from > pane.from) pane.from = from;
  if (to < pane.to) pane.to = to;
  return pane;
}
