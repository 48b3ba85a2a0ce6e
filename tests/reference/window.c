/*
 * window.c - where windows of time end and begin.
 */
#include "tests/reference/reference.h"

#define DAY_MICROS (SECONDS_OF_DAY * MICROS)

static ZoneView zone_of(const Run *run)
{
  return builder_zone(&run->zones, run->stream_zone);
}

static int64_t second_of(int64_t t)
{
  return t / MICROS - (t % MICROS < 0);
}

/* Microseconds of a local day as an instant; what a clock change skips is the first instant after it. */
static int64_t instant_at(const Run *run, int64_t day, int64_t micros)
{
  ZoneFit fit;
  int64_t local = day * SECONDS_OF_DAY + micros / MICROS;
  int64_t utc = zone_to_utc(zone_of(run), local, ZONE_SKIP_JUMP, &fit);
  return utc * MICROS + (fit == ZONE_SKIPPED ? 0 : micros % MICROS);
}

/* The local day that begins last of those not after t. */
static int64_t day_at(const Run *run, int64_t t)
{
  int64_t second = second_of(t);
  int64_t day = day_of_second(second + zone_offset(zone_of(run), second)) + 1;
  while (instant_at(run, day, 0) > t) day--;
  return day;
}

static int64_t floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

static int64_t months_of_day(int64_t day)
{
  CivilDate date = civil_from_days(day);
  return ((int64_t)date.year - 1970) * 12 + date.month - 1;
}

static int64_t day_of_months(int64_t months)
{
  int64_t year = floor_div(months, 12);
  return days_from_civil((int32_t)(1970 + year), (int32_t)(months - year * 12 + 1), 1);
}

static int64_t months_in(uint8_t unit, int64_t count)
{
  return unit == UNIT_YEARS ? 12 * count : unit == UNIT_QUARTERS ? 3 * count : count;
}

/* The first end after t of windows that follow each other. */
static int64_t tile_end(const Run *run, uint8_t unit, int64_t length, int64_t t)
{
  int64_t day = day_at(run, t);
  if (unit == UNIT_MICROSECONDS) {
    int64_t midnight = instant_at(run, day, 0), next = instant_at(run, day + 1, 0);
    int64_t end = midnight + ((t - midnight) / length + 1) * length;
    return end < next ? end : next;
  }
  if (unit == UNIT_DAYS || unit == UNIT_WEEKS) {
    int64_t days = unit == UNIT_WEEKS ? 7 * length : length, first = unit == UNIT_WEEKS ? 4 : 0;
    return instant_at(run, first + (floor_div(day - first, days) + 1) * days, 0);
  }
  int64_t months = months_in(unit, length);
  return instant_at(run, day_of_months((floor_div(months_of_day(day), months) + 1) * months), 0);
}

int64_t window_next_end(const Run *run, const WindowUse *window, int64_t t)
{
  if (window->kind == WINDOW_TUMBLING) return tile_end(run, window->unit, window->length, t);
  return tile_end(run, window->step_unit, window->step, t);
}

/* The beginning of the tile that ends at `end`. */
static int64_t tile_begin(const Run *run, uint8_t unit, int64_t length, int64_t end)
{
  int64_t day = day_at(run, end - 1);
  if (unit == UNIT_MICROSECONDS) {
    int64_t midnight = instant_at(run, day, 0);
    return midnight + (end - 1 - midnight) / length * length;
  }
  if (unit == UNIT_DAYS || unit == UNIT_WEEKS) {
    int64_t days = unit == UNIT_WEEKS ? 7 * length : length, first = unit == UNIT_WEEKS ? 4 : 0;
    return instant_at(run, first + floor_div(day - first, days) * days, 0);
  }
  int64_t months = months_in(unit, length);
  return instant_at(run, day_of_months(floor_div(months_of_day(day), months) * months), 0);
}

/* The latest that a wall clock has shown by t; where t is the beginning of a day, its midnight. */
static int64_t wall_time(const Run *run, int64_t t)
{
  int64_t second = second_of(t);
  ZoneSpan span = zone_span(zone_of(run), second);
  int64_t local = t + (int64_t)span.offset * MICROS, day = floor_div(local, DAY_MICROS);
  if (span.from != INT64_MIN) {
    int64_t shown = span.from + zone_offset(zone_of(run), span.from - 1);
    if (shown * MICROS > local) return shown * MICROS;
  }
  return instant_at(run, day, 0) == t ? day * DAY_MICROS : local;
}

/* The same wall-clock time so many days or months before. */
static int64_t earlier(const Run *run, uint8_t unit, int64_t length, int64_t end)
{
  if (unit == UNIT_MICROSECONDS) return end - length;
  int64_t local = wall_time(run, end);
  int64_t day = floor_div(local, DAY_MICROS), micros = local - day * DAY_MICROS;
  if (unit == UNIT_DAYS) return instant_at(run, day - length, micros);
  if (unit == UNIT_WEEKS) return instant_at(run, day - 7 * length, micros);
  int64_t month = months_of_day(day), into = day - day_of_months(month);
  int64_t first = day_of_months(month - months_in(unit, length));
  int64_t end_of_month = day_of_months(month - months_in(unit, length) + 1);
  if (first + into >= end_of_month) return instant_at(run, end_of_month, 0);
  return instant_at(run, first + into, micros);
}

int64_t window_begin_of(const Run *run, const WindowUse *window, int64_t end)
{
  if (window->kind == WINDOW_TUMBLING) return tile_begin(run, window->unit, window->length, end);
  return earlier(run, window->unit, window->length, end);
}
