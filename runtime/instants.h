/*
 * instants.h - times and lengths of time as they are written in data.
 *
 * Instants and lengths are microseconds.  Digits finer than that are cut.
 */
#ifndef MOT_RUNTIME_INSTANTS_H
#define MOT_RUNTIME_INSTANTS_H

#include <string.h>

#include "bytecode/zonetime.h"

/* A date that was read, and its first microsecond, as if in UTC. */
typedef struct KnownDate {
  uint64_t year_month;  /* the bytes "2026-03-" */
  uint64_t day;         /* "02T00:00" */
  int64_t micros;
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

static inline KnownDate *known_date(InstantReader *reader, uint64_t day)
{
  return &reader->known[(day >> 8 ^ day << 2) % KNOWN_DATES];
}

/*
 * Eight bytes at once: each less its '0' (or what stands there instead) must be at most 9 (or 0), which adding
 * what is missing to 0x80 shows in the highest bit.  Then tens and units of each pair of digits are joined.
 * False: another layout, or a date that is not known.
 */
static inline __attribute__((always_inline)) bool instant_usual(InstantReader *reader, const char *text,
                                                                bool fraction, int64_t *ret)
{
  uint64_t year_month, clock, rest = 0;
  memcpy(&year_month, text, 8);
  memcpy(&clock, text + 8, 8);
  memcpy(&rest, text + 16, fraction ? 8 : 4);
  const KnownDate *known = known_date(reader, clock);
  clock ^= known->day;
  rest ^= fraction ? UINT64_C(0x5a3030302e30303a) : UINT64_C(0x5a30303a);
  uint64_t digits = ((clock + UINT64_C(0x76767f76767f7f7f)) | clock | rest) & UINT64_C(0x8080808080808080);
  uint64_t others = (rest + (fraction ? UINT64_C(0x7f7676767f76767f) : UINT64_C(0x7f76767f)));
  if ((digits | (others & UINT64_C(0x8080808080808080))) | (known->year_month ^ year_month)) return false;
  clock = clock * 10 + (clock >> 8);
  uint64_t pairs = rest * 10 + (rest >> 8);
  unsigned hour = clock >> 24 & 0xff, minute = clock >> 48 & 0xff, second = pairs >> 8 & 0xff;
  unsigned millis = fraction ? (unsigned)(pairs >> 32 & 0xff) * 10 + (unsigned)(rest >> 48) : 0;
  if ((hour > 23) | (minute > 59) | (second > 60)) return false;
  *ret = known->micros + ((hour * 60 + minute) * 60 + second) * INT64_C(1000000) + millis * 1000;
  return true;
}

static inline bool instant_iso(InstantReader *reader, const char *text, size_t len, int64_t *ret)
{
  if (len == USUAL_MILLIS && instant_usual(reader, text, true, ret)) return true;
  if (len == USUAL_SECONDS && instant_usual(reader, text, false, ret)) return true;
  return instant_iso_any(reader, text, len, ret);
}

#endif
