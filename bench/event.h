/*
 * event.h - the record of 40 bytes in which an event stands in the binary streams of the benchmark.
 */
#ifndef MOT_BENCH_EVENT_H
#define MOT_BENCH_EVENT_H

#include <stdint.h>

#define BASE_MS INT64_C(1735689600000) /* 2025-01-01T00:00:00Z */

struct bench_event {
  int64_t time;      /* ms since 1970, UTC */
  int64_t promised;  /* appointment_confirmed: ms; else 0 */
  uint32_t customer; /* "c-%08u" in NDJSON */
  uint32_t ref;
  int32_t amount;    /* cents */
  uint16_t wait;     /* call_ended: seconds */
  uint16_t agent;
  uint8_t type;      /* of event_types, from 1 */
  uint8_t channel;   /* of channels, from 1; payment: of methods */
  uint8_t resolved, score;
  uint32_t pad;
};

static const char *const event_types[] = {"?", "order_placed", "appointment_confirmed", "technician_arrived",
  "service_active", "survey", "call_started", "call_ended", "complaint", "invoice", "payment", "cancelled"};
static const char *const channels[] = {"?", "phone", "web", "app", "chat", "shop"};
static const char *const methods[] = {"?", "card", "sepa", "paypal", "cash"};

enum { EVENT_TYPES = 12, CHANNELS = 6, METHODS = 5 };

#endif
