/*
 * decoding.h - events decoded by some rules, and what came of them as text: a line an event.
 *
 *   Kind@1772445600000000 name=value …       values as they stand in the row; texts in quotes
 *   -@1772445600000000                       unmapped
 *   ! 3 @120 range score                     rejected: line, offset, reason, field
 */
#ifndef MOT_TESTS_DECODING_H
#define MOT_TESTS_DECODING_H

#include "runtime/decode.h"

typedef struct Decoding {
  Arena *arena;
  Module module;
  Decoder *decoder;
  EventBatch batch;
  Position at;
  Buf out;
  uint32_t shown;       /* rows of the batch that are in `out` */
} Decoding;

/* Compiles the rules; fails the test when they have errors. */
Decoding *decoding_new(Arena *arena, const char *rules);
void decoding_free(Decoding *decoding);
/* Decodes whole lines (of CSV: with the header, when it begins the source); what they gave. */
const char *decoding_json(Decoding *decoding, const char *text, size_t size);
const char *decoding_csv(Decoding *decoding, const char *text, size_t size);
/* All the rows in the batch that were not shown yet. */
const char *decoding_shown(Decoding *decoding);

#endif
