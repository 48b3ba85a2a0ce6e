/*
 * quantity.h - lengths of time, sizes and counts as they are typed on the command line, and shown.
 */
#ifndef MOT_CLI_QUANTITY_H
#define MOT_CLI_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A length of time as in the language, in microseconds: "60 s", "1 h 30 min", "2 days".  False: it is none. */
bool length_read(const char *text, int64_t *ret);
/* Bytes: "65536", "64K", "16 MiB" (powers of 1024). */
bool size_read(const char *text, size_t *ret);
/* Percent, from 0 to 100: "90", "90%", "89.5 %". */
bool percent_read(const char *text, double *ret);
bool count_read(const char *text, unsigned *ret);

/* Texts of at most this many bytes, with the NUL. */
enum { SHOWN_MAX = 40 };
/* "1,234,567" */
const char *shown_count(uint64_t count, char ret[SHOWN_MAX]);
/* "45.1 MB" (powers of 1000) */
const char *shown_bytes(double bytes, char ret[SHOWN_MAX]);
/* "0.42 s", "3 min 05 s", "2 h 10 min" */
const char *shown_time(double seconds, char ret[SHOWN_MAX]);
/* The same in whole seconds, upwards. */
const char *shown_left(double seconds, char ret[SHOWN_MAX]);
/* "2026-03-02T09:00:00Z" */
const char *shown_instant(int64_t micros, char ret[SHOWN_MAX]);

#endif
