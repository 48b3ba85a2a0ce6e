/*
 * zonetime.c - local time.
 *
 * A zone is a list of spans of one offset each: those between its transitions,
 * then, when it has a rule, two a year for ever.  Everything asks for the span
 * of an instant.
 */
#include "bytecode/zonetime.h"

/* ---- the civil calendar ---- */

enum { DAYS_OF_ERA = 146097 /* 400 years */, EPOCH_SHIFT = 719468 /* from 0000-03-01 to 1970-01-01 */ };

int64_t days_from_civil(int32_t year, int32_t month, int32_t day)
{
  int64_t y = (int64_t)year - (month <= 2); /* years begin in March, so that the leap day is the last */
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_OF_ERA + day_of_era - EPOCH_SHIFT;
}

CivilDate civil_from_days(int64_t days)
{
  days += EPOCH_SHIFT;
  int64_t era = (days >= 0 ? days : days - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
  int64_t day_of_era = days - era * DAYS_OF_ERA;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * day_of_year + 2) / 153; /* from March */
  int32_t civil_month = (int32_t)(month < 10 ? month + 3 : month - 9);
  return (CivilDate){(int32_t)(year_of_era + era * 400) + (civil_month <= 2), civil_month,
                     (int32_t)(day_of_year - (153 * month + 2) / 5 + 1)};
}

unsigned weekday_of(int64_t days)
{
  int64_t weekday = (days + 3) % 7; /* 1970-01-01 was a Thursday */
  return (unsigned)(weekday < 0 ? weekday + 7 : weekday);
}

unsigned days_of_month(int32_t year, int32_t month)
{
  static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap);
}

int64_t day_of_second(int64_t seconds)
{
  return seconds / SECONDS_OF_DAY - (seconds % SECONDS_OF_DAY < 0);
}

/* ---- zones ---- */

ZoneView module_zone(const Module *module, uint32_t zone)
{
  const ZoneRow *row = &module->Zone[zone];
  return (ZoneView){row, module->Transition + row->transitions};
}

ZoneView builder_zone(const ModuleBuilder *builder, uint32_t zone)
{
  const ZoneRow *row = &builder->Zone.data[zone];
  return (ZoneView){row, row->transitions_count ? builder->Transition.data + row->transitions : NULL};
}

/* Local seconds of week `week` (5: the last), day `weekday` from Sunday of a month of a year, plus `time`. */
static int64_t rule_local(int32_t year, uint32_t month, uint32_t week, uint32_t weekday, int32_t time)
{
  int64_t first = days_from_civil(year, (int32_t)month, 1);
  unsigned first_weekday = (weekday_of(first) + 1) % 7; /* from Sunday */
  unsigned day = (weekday + 7 - first_weekday) % 7 + (week - 1) * 7;
  if (day >= days_of_month(year, (int32_t)month)) day -= 7;
  return (first + day) * SECONDS_OF_DAY + time;
}

/* The two instants of a year at which the rule moves the clock. */
static int64_t rule_start(const ZoneRow *row, int32_t year)
{
  return rule_local(year, row->start_month, row->start_week, row->start_day, (int32_t)row->start_time)
    - (int32_t)row->std_offset;
}

static int64_t rule_end(const ZoneRow *row, int32_t year)
{
  return rule_local(year, row->end_month, row->end_week, row->end_day, (int32_t)row->end_time)
    - (int32_t)row->dst_offset;
}

/* Narrows `span` around `utc` by a change to `offset` at `at`. */
static void narrow(ZoneSpan *span, int64_t utc, int64_t at, int32_t offset)
{
  if (at <= utc && at >= span->from) {
    span->from = at;
    span->offset = offset;
  }
  if (at > utc && at < span->until) span->until = at;
}

/* The span of the rule: times of a rule are at most a week off their day, so
 * that the years beside settle it. */
static ZoneSpan rule_span(const ZoneRow *row, int64_t utc)
{
  int64_t day = day_of_second(utc);
  if (day < CIVIL_FIRST_DAY) return (ZoneSpan){INT64_MIN, INT64_MAX, (int32_t)row->std_offset};
  if (day > CIVIL_LAST_DAY) return (ZoneSpan){INT64_MIN, INT64_MAX, (int32_t)row->std_offset};
  int32_t year = civil_from_days(day).year;
  ZoneSpan span = {INT64_MIN, INT64_MAX, (int32_t)row->std_offset};
  for (int32_t y = year - 2; y <= year + 2; y++) {
    narrow(&span, utc, rule_start(row, y), (int32_t)row->dst_offset);
    narrow(&span, utc, rule_end(row, y), (int32_t)row->std_offset);
  }
  return span;
}

/* How many transitions are at or before `utc`. */
static uint32_t transitions_until(ZoneView zone, int64_t utc)
{
  uint32_t low = 0, high = zone.row->transitions_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (zone.transitions[middle].at <= utc)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

ZoneSpan zone_span(ZoneView zone, int64_t utc)
{
  uint32_t count = zone.row->transitions_count, passed = transitions_until(zone, utc);
  int64_t from = passed == 0 ? INT64_MIN : zone.transitions[passed - 1].at;
  if (passed == count && zone.row->has_rule) {
    ZoneSpan span = rule_span(zone.row, utc);
    if (span.from < from) span.from = from;
    return span;
  }
  uint32_t offset = passed == 0 ? zone.row->first_offset : zone.transitions[passed - 1].offset;
  return (ZoneSpan){from, passed == count ? INT64_MAX : zone.transitions[passed].at, (int32_t)offset};
}

int32_t zone_offset(ZoneView zone, int64_t utc)
{
  return zone_span(zone, utc).offset;
}

/* Offsets are less than a day, so that the instant of a local time is within a
 * day of it, on either side. */
int64_t zone_to_utc(ZoneView zone, int64_t local, ZoneSkip skip, ZoneFit *ret_fit)
{
  ZoneSpan span = zone_span(zone, local - SECONDS_OF_DAY);
  ZoneFit fit = ZONE_FITS;
  int64_t utc = local - span.offset;
  while (utc >= span.until) { /* later than this span: in the next one, or in the gap between */
    ZoneSpan next = zone_span(zone, span.until);
    if (local - next.offset < next.from) {
      fit = ZONE_SKIPPED;
      if (skip == ZONE_SKIP_JUMP) utc = next.from;
      break;
    }
    span = next;
    utc = local - span.offset;
  }
  if (fit == ZONE_FITS && span.until != INT64_MAX && local - zone_span(zone, span.until).offset >= span.until)
    fit = ZONE_REPEATED;
  if (ret_fit) *ret_fit = fit;
  return utc;
}
