/*
 * instants.h - times and lengths of time as they are written in data.
 *
 * Instants and lengths are microseconds.  Digits finer than that are cut.
 */
#ifndef MOT_RUNTIME_INSTANTS_H
#define MOT_RUNTIME_INSTANTS_H

#include <string.h>

#include "bytecode/zonetime.h"

/* A date that was read, and its first second, as if in UTC. */
typedef struct KnownDate {
  uint64_t year_month;  /* the bytes "2026-03-" */
  uint64_t day;         /* "02" */
  int64_t seconds;
} KnownDate;

/* Reads times; remembers some dates, since most are of a few days. */
enum { KNOWN_DATES = 16 };
typedef struct InstantReader {
  ZoneView zone;        /* of times without an offset */
  KnownDate known[KNOWN_DATES]; /* in places by their day; zeroes at first */
} InstantReader;

/* ISO 8601: a date, with a time of day after 'T' or a blank, with an offset or 'Z'. */
bool instant_iso_any(InstantReader *reader, const char *text, size_t len, int64_t *ret);
static inline bool instant_iso(InstantReader *reader, const char *text, size_t len, int64_t *ret);
/* By a pattern of %Y %y %m %d %H %M %S %f %b %B %z %%; a blank stands for any number of them. */
bool instant_pattern(InstantReader *reader, const char *text, size_t len, const char *pattern, int64_t *ret);
/* ISO 8601: P1W, P2DT3H, PT1.5S; months and years have no length. */
bool length_iso(const char *text, size_t len, int64_t *ret);

/* ---- the usual layout: 2026-03-02T10:15:00.123Z, and the same without a fraction ---- */

enum { USUAL_SECONDS = 20, USUAL_MILLIS = 24 };

static inline KnownDate *known_date(InstantReader *reader, uint16_t day)
{
  return &reader->known[(day >> 8 ^ day << 2) % KNOWN_DATES];
}

/*
 * Eight and four bytes at once: each less its '0' (or what stands there instead) must be at most 9 (or 0),
 * which adding what is missing to 0x80 shows in the highest bit.  Then tens and units of each pair of digits
 * are joined.  False: another layout, or a date that is not known.
 */
static inline __attribute__((always_inline)) bool instant_usual(InstantReader *reader, const char *text, bool fraction, int64_t *ret)
{
  uint64_t year_month, clock;
  uint32_t millis = 0, others;
  uint16_t day;
  memcpy(&year_month, text, sizeof year_month);
  memcpy(&day, text + 8, sizeof day);
  memcpy(&clock, text + 11, sizeof clock);
  if (fraction) memcpy(&millis, text + 20, sizeof millis);
  const KnownDate *known = known_date(reader, day);
  clock ^= UINT64_C(0x30303a30303a3030);
  millis ^= fraction ? UINT32_C(0x5a303030) : 0;
  others = ((millis + UINT32_C(0x7f767676)) | millis) & UINT32_C(0x80808080);
  others |= (uint32_t)(text[10] ^ 'T') | (uint32_t)(text[19] ^ (fraction ? '.' : 'Z'));
  uint64_t wrong = ((clock + UINT64_C(0x76767f76767f7676)) | clock) & UINT64_C(0x8080808080808080);
  if (wrong | others | (known->year_month ^ year_month) | (known->day ^ day)) return false;
  clock = clock * 10 + (clock >> 8);
  unsigned hour = clock & 0xff, minute = clock >> 24 & 0xff, second = clock >> 48 & 0xff;
  if ((hour > 23) | (minute > 59) | (second > 60)) return false;
  millis = (millis & 0xff) * 100 + (millis >> 8 & 0xff) * 10 + (millis >> 16);
  *ret = (known->seconds + hour * 3600 + minute * 60 + second) * INT64_C(1000000) + millis * 1000;
  return true;
}

static inline bool instant_iso(InstantReader *reader, const char *text, size_t len, int64_t *ret)
{
  if (len == USUAL_MILLIS && instant_usual(reader, text, true, ret)) return true;
  if (len == USUAL_SECONDS && instant_usual(reader, text, false, ret)) return true;
  return instant_iso_any(reader, text, len, ret);
}

#endif
