/*
 * stream.c - makes a stream of events for w0.mot and w1.mot, in order of arrival, a few up to a minute late.
 *
 *   stream EVENTS CUSTOMERS LINES.ndjson RECORDS.bin
 *
 * The same numbers give the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/event.h"

static uint64_t state = 42;

/* splitmix64 */
static uint64_t next(void)
{
  uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static uint32_t below(uint32_t n)
{
  return (uint32_t)((next() >> 32) * n >> 32);
}

static struct bench_event make(int64_t clock, uint32_t customers)
{
  /* Each as often as it stands here. */
  static const uint8_t types[] = {1, 1, 2, 2, 3, 4, 5, 6, 6, 6, 7, 7, 7, 8, 9, 9, 10, 10, 11};
  struct bench_event e = {.type = types[below(sizeof types)]};
  e.customer = below(5) ? below(customers) : below(customers / 5 + 1);
  e.time = clock - (below(20) ? 0 : below(60000));
  e.ref = below(1000000);
  e.amount = (int32_t)below(20000) - 200;
  e.wait = (uint16_t)below(120);
  e.agent = (uint16_t)below(2000);
  e.channel = (uint8_t)(1 + below(e.type == 10 ? METHODS - 1 : CHANNELS - 1));
  e.resolved = below(10) < 7;
  e.score = (uint8_t)below(11);
  if (e.type == 2) e.promised = e.time + (int64_t)(1 + below(240)) * 1800000;
  return e;
}

static void put_time(FILE *out, const char *name, int64_t ms)
{
  int64_t day = ms / 86400000, rest = ms % 86400000;
  int64_t z = day + 719468, era = z / 146097, doe = z % 146097; /* days to a date, as H. Hinnant has it */
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;
  fprintf(out, "\"%s\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\",", name, (int)(yoe + era * 400 + (month <= 2)),
          (int)month, (int)(doy - (153 * mp + 2) / 5 + 1), (int)(rest / 3600000), (int)(rest / 60000 % 60),
          (int)(rest / 1000 % 60), (int)(rest % 1000));
}

static void put_line(FILE *out, const struct bench_event *e, uint64_t number)
{
  fprintf(out, "{\"type\":\"%s\",", event_types[e->type]);
  put_time(out, "time", e->time);
  unsigned long long id = number * UINT64_C(0x9e3779b97f4a7c15);
  fprintf(out, "\"customer\":\"c-%08u\",\"id\":\"%016llx\",\"source\":\"field-eu-%u\",\"ref\":\"r-%010u\",",
          e->customer, id, e->agent % 4, e->ref);
  if (e->type == 2) put_time(out, "promised", e->promised);
  if (e->type == 5) fprintf(out, "\"score\":%u,", e->score);
  if (e->type == 7) fprintf(out, "\"wait\":%u,\"resolved\":%s,", e->wait, e->resolved ? "true" : "false");
  if (e->type == 10)
    fprintf(out, "\"amount\":%s%d.%02d,\"currency\":\"EUR\",\"method\":\"%s\",", e->amount < 0 ? "-" : "",
            abs(e->amount) / 100, abs(e->amount) % 100, methods[e->channel]);
  else
    fprintf(out, "\"channel\":\"%s\",", channels[e->channel]);
  fprintf(out, "\"agent\":\"a-%04u\",\"region\":\"north\"}\n", e->agent);
}

int main(int argc, char **argv)
{
  if (argc != 5) {
    fprintf(stderr, "usage: stream EVENTS CUSTOMERS LINES RECORDS\n");
    return 2;
  }
  uint64_t events = strtoull(argv[1], NULL, 10);
  uint32_t customers = (uint32_t)strtoul(argv[2], NULL, 10);
  FILE *lines = fopen(argv[3], "wb"), *records = fopen(argv[4], "wb");
  if (!lines || !records || events == 0 || customers == 0) {
    fprintf(stderr, "stream: a number that is none, or a file that cannot be written\n");
    return 1;
  }
  for (uint64_t i = 0; i < events; i++) { /* 30 days */
    int64_t clock = BASE_MS + (int64_t)((double)i * (30 * 86400000.0) / (double)events);
    struct bench_event e = make(clock, customers);
    put_line(lines, &e, i);
    fwrite(&e, sizeof e, 1, records);
  }
  return fclose(lines) != 0 || fclose(records) != 0;
}
