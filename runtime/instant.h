/*
 * instant.h - an instant as text.
 */
#ifndef MOT_RUNTIME_INSTANT_H
#define MOT_RUNTIME_INSTANT_H

#include <stddef.h>
#include <stdint.h>

/* An instant in microseconds since 1970-01-01 UTC, of the years 0001 to 9999, as ISO 8601: three digits of a
 * second ("2026-03-03T10:15:00.000Z"), six where the microseconds are not zero.  Returns its length; not ended
 * by NUL.  An instant outside of those years gives that of the nearer end. */
enum { INSTANT_TEXT_MAX = 27 };
size_t instant_text(int64_t instant, char ret[INSTANT_TEXT_MAX]);

/* The same for many instants of a few days, whose dates are kept; begins with zeroes. */
enum { DAY_TEXTS = 32 };
typedef struct DayText {
  int64_t first;          /* its first microsecond */
  char text[16];          /* "2026-03-03"; empty: none is known */
} DayText;
typedef struct DayTexts {
  DayText days[DAY_TEXTS];
} DayTexts;
size_t day_texts_instant(DayTexts *texts, int64_t instant, char ret[INSTANT_TEXT_MAX]);

#endif
