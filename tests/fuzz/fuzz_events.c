/*
 * fuzz_events.c - bytes as lines of JSON: each is a row or a reject, and it makes no difference whether they
 * come at once or line by line.
 */
#include "tests/fuzz/decoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Result {
  EventBatch batch;
  uint64_t rejects;
  Position at;
} Result;

static void feed(FuzzRun *run, const uint8_t *data, size_t size, Result *result)
{
  char *copy = fuzz_copy(data, size);
  decode_json(run->decoder, copy, size, &result->at, &result->batch, fuzz_count, &result->rejects);
  free(copy);
}

static void feed_lines(FuzzRun *run, const uint8_t *data, size_t size, Result *result)
{
  while (size > 0) {
    const uint8_t *feed_at = memchr(data, '\n', size);
    size_t n = feed_at ? (size_t)(feed_at + 1 - data) : size;
    feed(run, data, n, result);
    data += n;
    size -= n;
  }
}

static void same(const Result *a, const Result *b)
{
  bool rows = a->batch.size == b->batch.size && a->batch.count == b->batch.count;
  bool places = a->at.line == b->at.line && a->at.arrival == b->at.arrival;
  if (!rows || !places || a->rejects != b->rejects) abort();
  if (a->at.offset != b->at.offset || a->at.arrival != a->batch.count + a->rejects) abort();
  if (a->batch.size && memcmp(a->batch.bytes, b->batch.bytes, a->batch.size) != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  FuzzRun *run = fuzz_begin();
  Result whole = {0}, lines = {0};
  batch_init(&whole.batch, &run->mem);
  batch_init(&lines.batch, &run->mem);
  feed(run, data, size, &whole);
  feed_lines(run, data, size, &lines);
  fuzz_check(run, &whole.batch);
  same(&whole, &lines);
  batch_free(&whole.batch);
  batch_free(&lines.batch);
  fuzz_end(run);
  return 0;
}
