/*
 * json.h - JSON written from the outside in, commas set by itself.
 *
 * `name` is that of the member of an object, NULL in an array.
 */
#ifndef MOT_REPORT_JSON_H
#define MOT_REPORT_JSON_H

#include "base/buf.h"
#include "report/review.h"

typedef struct Json {
  Buf *page;
  const Review *review;
  bool first;                  /* of its object or array */
  unsigned depth;
} Json;

/* bracket: '{' or '['. */
void json_open(Json *json, const char *name, char bracket);
void json_close(Json *json, char bracket);
void json_none(Json *json, const char *name);
void json_count(Json *json, const char *name, uint64_t count);
void json_whole(Json *json, const char *name, int64_t number);
void json_truth(Json *json, const char *name, bool truth);
/* null when it is no finite number. */
void json_number(Json *json, const char *name, double number);
/* null below 0. */
void json_percent(Json *json, const char *name, double percent);
/* Bytes that are no UTF-8 become U+FFFD.  json_text: null when NULL. */
void json_text(Json *json, const char *name, const char *text);
void json_bytes(Json *json, const char *name, const char *text, size_t size);
/* ISO 8601 in UTC; null for MOT_NO_TIME. */
void json_time(Json *json, const char *name, int64_t time);
/* Whole milliseconds; null for MOT_NO_TIME. */
void json_length(Json *json, const char *name, int64_t micros);

/* ---- parts of reviews: json_part.c ---- */

void json_span(Json *json, const char *name, ReviewSpan span);
/* null when it is unknown. */
void json_estimate(Json *json, const char *name, Estimate estimate);
/* Members of an object: produced, missed, rate. */
void json_rate_members(Json *json, const ReviewRate *rate);
void json_rate(Json *json, const char *name, const ReviewRate *rate);
/* null without a previous period. */
void json_change(Json *json, const char *name, const ReviewChange *change);
void json_series(Json *json, const char *name, const ReviewSeries *series);
void json_comparison(Json *json, const char *name, const Comparison *comparison);
/* null without cases. */
void json_spread(Json *json, const char *name, const ReviewSpread *spread);
void json_amounts(Json *json, const char *name, const ReviewAmounts *amounts);
/* value, and unit where it is a percentage or a length of time */
void json_value_members(Json *json, const mot_value *value);
/* The name of an owner, MOT; null: none. */
void json_owner(Json *json, const char *name, uint32_t owner);
void json_mot(Json *json, const char *name, uint32_t mot);

/* ---- json_experience.c, json_mot.c, json_people.c ---- */

void json_experience(Json *json, const ReviewExperience *experience);
void json_mots(Json *json, const ReviewExperience *experience);
void json_people(Json *json, const ReviewExperience *experience);

#endif
