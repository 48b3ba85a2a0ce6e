/*
 * instants.h - times and lengths of time as they are written in data.
 *
 * Instants and lengths are microseconds.  Digits finer than that are cut.
 */
#ifndef MOT_RUNTIME_INSTANTS_H
#define MOT_RUNTIME_INSTANTS_H

#include "bytecode/zonetime.h"

/* Reads times; remembers the last date, since most are of the same day. */
typedef struct InstantReader {
  ZoneView zone;        /* of times without an offset */
  char date[10];        /* "2026-03-02"; zeroes at first */
  int64_t day;          /* its first second, as if in UTC */
} InstantReader;

/* ISO 8601: a date, with a time of day after 'T' or a blank, with an offset or 'Z'. */
bool instant_iso(InstantReader *reader, const char *text, size_t len, int64_t *ret);
/* By a pattern of %Y %y %m %d %H %M %S %f %b %B %z %%; a blank stands for any number of them. */
bool instant_pattern(InstantReader *reader, const char *text, size_t len, const char *pattern, int64_t *ret);
/* ISO 8601: P1W, P2DT3H, PT1.5S; months and years have no length. */
bool length_iso(const char *text, size_t len, int64_t *ret);

#endif
