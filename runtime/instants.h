/*
 * instants.h - times and lengths of time as they are written in data.
 *
 * Instants and lengths are microseconds.  Digits finer than that are cut.
 */
#ifndef MOT_RUNTIME_INSTANTS_H
#define MOT_RUNTIME_INSTANTS_H

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
bool instant_iso(InstantReader *reader, const char *text, size_t len, int64_t *ret);
/* By a pattern of %Y %y %m %d %H %M %S %f %b %B %z %%; a blank stands for any number of them. */
bool instant_pattern(InstantReader *reader, const char *text, size_t len, const char *pattern, int64_t *ret);
/* ISO 8601: P1W, P2DT3H, PT1.5S; months and years have no length. */
bool length_iso(const char *text, size_t len, int64_t *ret);

#endif
