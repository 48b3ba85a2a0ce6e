/*
 * event.h - a decoded event: one flat, self-contained row of bytes.
 *
 *   EventData | values[fields] | known words | texts
 *
 * A row holds no pointer: texts are places in it, counted from its start, so that
 * rows can be copied, kept back, written to a file and read by another process.
 * Rows are aligned to 8 and their size is a multiple of 8.
 */
#ifndef MOT_RUNTIME_EVENT_H
#define MOT_RUNTIME_EVENT_H

#include "bytecode/module.h"

/* A text in a row: bytes from its start; not ended by NUL. */
typedef struct EventText {
  uint32_t at, len;
} EventText;

typedef union EventValue {
  int64_t i; /* also bool, time, duration, money in minor units, number of a listed value within its list */
  double f;
  EventText s;
} EventValue;

typedef struct EventData {
  int64_t time;
  uint64_t arrival;     /* place in the stream, from 0 */
  uint64_t hash;        /* key_hash() of its key in key space 0; 0 when it has none; unmapped, while `truths` is 0: a
                         * place (EventText) where the type stands, or 0 and 1 + the row of an unused event */
  uint32_t event;       /* row of the module's Event table; MOT_NONE: unmapped, nothing but its time counts */
  uint32_t size;        /* bytes of the row */
  EventText id;         /* for duplicates; len 0: none */
  uint32_t truths;      /* predicates 0 … 31 of the event: bit set when it holds; unmapped: number of the type */
  uint32_t faults;      /* … or faulted */
  EventValue values[];  /* of each field of the event; zero when missing */
} EventData;

/* Which fields are there: bit i % 64 of word i / 64. */
static inline const uint64_t *event_known_words(const EventData *row, uint32_t fields)
{
  return (const uint64_t *)(const void *)(row->values + fields);
}
static inline bool event_known(const EventData *row, uint32_t fields, uint32_t field)
{
  return event_known_words(row, fields)[field / 64] >> field % 64 & 1;
}
/* Bytes of a row before its texts. */
static inline uint32_t event_base_size(uint32_t fields)
{
  return (uint32_t)(sizeof(EventData) + sizeof(EventValue) * fields + 8 * ((fields + 63) / 64));
}
static inline const char *event_text(const EventData *row, EventText text)
{
  return (const char *)row + text.at;
}

/* Hash of a key's text: XXH3-64, never 0. */
uint64_t key_hash(const char *text, uint32_t len);

#endif
