/*
 * sentiment.h - what customers say of how it was: records of the values of an experience's `sentiment`.
 */
#ifndef MOT_RUNTIME_SENTIMENT_H
#define MOT_RUNTIME_SENTIMENT_H

#include "runtime/outcome.h"
#include "runtime/vm_value.h"

/* Whose events are told of. */
typedef struct SentimentShare {
  uint32_t shard, shards;    /* those of keys with hash % shards == shard */
  const char *key;           /* only of this key; NULL: all */
  uint32_t key_len;
} SentimentShare;

/* A record of each value, ordered among those of its key by the event's place in the stream. */
void sentiments_tell(const Plan *plan, SentimentShare share, EventData *const *events, uint32_t count,
                     Outcomes *outcomes);

#endif
