/*
 * zonetime.h - local time: days of the civil calendar, offsets of a zone.
 *
 * All of it counts in seconds since 1970-01-01 00:00, UTC or local, and in days
 * since 1970-01-01 of the proleptic Gregorian calendar, for the years 0001 to
 * 9999.
 */
#ifndef MOT_BYTECODE_ZONETIME_H
#define MOT_BYTECODE_ZONETIME_H

#include "bytecode/module.h"

/* ---- the civil calendar ---- */

typedef struct CivilDate {
  int32_t year, month, day; /* month 1..12, day 1..31 */
} CivilDate;

enum { SECONDS_OF_DAY = 86400 };
#define CIVIL_FIRST_DAY INT64_C(-719162) /* 0001-01-01 */
#define CIVIL_LAST_DAY INT64_C(2932896)  /* 9999-12-31 */

/* Days since 1970-01-01, and back.  The algorithms are those of Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", 2013. */
int64_t days_from_civil(int32_t year, int32_t month, int32_t day);
CivilDate civil_from_days(int64_t days);
/* 0 Monday … 6 Sunday. */
unsigned weekday_of(int64_t days);
unsigned days_of_month(int32_t year, int32_t month);
/* The day in which a second lies: rounds down, also before 1970. */
int64_t day_of_second(int64_t seconds);

/* ---- zones ---- */

/* A zone to compute with: of a module that was read, or of one being built. */
typedef struct ZoneView {
  const ZoneRow *row;
  const TransitionRow *transitions; /* row->transitions_count of them */
} ZoneView;

ZoneView module_zone(const Module *module, uint32_t zone);
ZoneView builder_zone(const ModuleBuilder *builder, uint32_t zone);

/* A time during which the offset stays the same: [from, until), in UTC. */
typedef struct ZoneSpan {
  int64_t from, until; /* INT64_MIN, INT64_MAX: no end */
  int32_t offset;      /* seconds east of UTC */
} ZoneSpan;

ZoneSpan zone_span(ZoneView zone, int64_t utc);
int32_t zone_offset(ZoneView zone, int64_t utc);

/* What a local time means that a clock change skips. */
typedef enum ZoneSkip {
  ZONE_SKIP_COUNT, /* counted on from before the jump: 02:30 of a jump at 02:00 is half an hour after it */
  ZONE_SKIP_JUMP   /* the first instant after the jump */
} ZoneSkip;
typedef enum ZoneFit { ZONE_FITS, ZONE_REPEATED, ZONE_SKIPPED } ZoneFit;

/* The instant of a local time; of a repeated one the first.  *ret_fit, if not
 * NULL, tells which case it was. */
int64_t zone_to_utc(ZoneView zone, int64_t local, ZoneSkip skip, ZoneFit *ret_fit);

#endif
