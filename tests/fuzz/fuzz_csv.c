/*
 * fuzz_csv.c - bytes as CSV: a header, then records, each a row or a reject; in pieces of whole records as at
 * once.
 */
#include "tests/fuzz/decoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode(FuzzRun *run, const uint8_t *data, size_t size, Position *at, EventBatch *batch)
{
  uint64_t rejects = 0, before = batch->count, first = at->arrival;
  char *copy = fuzz_copy(data, size);
  decode_csv(run->decoder, copy, size, at, batch, fuzz_count, &rejects);
  if (at->arrival - first != batch->count - before + rejects) abort();
  free(copy);
}

/* As they come: some bytes more each time. */
static void decode_pieces(FuzzRun *run, const uint8_t *data, size_t size, Position *at, EventBatch *batch)
{
  size_t from = 0, to = 0;
  while (from < size) {
    to = to + 7 < size ? to + 7 : size;
    size_t n = csv_whole((const char *)data + from, to - from, to == size);
    if (n > to - from) abort();
    if (n) decode(run, data + from, n, at, batch);
    from += n;
  }
}

static void decode_both(FuzzRun *run, const uint8_t *data, size_t size)
{
  EventBatch whole, pieces;
  Position at = {0}, also = {0};
  batch_init(&whole, &run->mem);
  batch_init(&pieces, &run->mem);
  decode(run, data, size, &at, &whole);
  decode_pieces(run, data, size, &also, &pieces);
  fuzz_check(run, &whole);
  bool same = at.line == also.line && at.offset == also.offset && at.arrival == also.arrival &&
              whole.size == pieces.size;
  if (!same || (whole.size && memcmp(whole.bytes, pieces.bytes, whole.size) != 0)) abort();
  batch_free(&whole);
  batch_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  FuzzRun *run = fuzz_begin();
  char *copy = fuzz_copy(data, size);
  size_t used;
  Reject reject;
  if (decode_csv_header(run->decoder, copy, size, &used, &reject)) {
    if (used > size) abort();
    decode_both(run, data + used, size - used);
  }
  free(copy);
  fuzz_end(run);
  return 0;
}
