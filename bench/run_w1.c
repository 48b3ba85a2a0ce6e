/*
 * run_w1.c - the speed of a run: events of a file through the library.
 *
 *   run_w1 RULES EVENTS [--threads N] [--typed] [--json | --count | --none] [--lateness SECONDS]
 *
 * EVENTS are lines of JSON, with --typed records of event.h.  --count (the default) counts moments by day in
 * the process and prints `MOT day produced missed`; --json writes records to /dev/null; --none keeps only counts.
 * One line of figures goes to standard error.
 */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/event.h"
#include "mot/mot.h"

/* What is read at once: it fits into a core's cache; with threads, into that which they share. */
enum { PIECE_ALONE = 256 << 10, PIECE_THREADS = 4 << 20, DAYS = 128, MOTS = 32 };

typedef enum Taking { TAKE_COUNT, TAKE_JSON, TAKE_NONE } Taking;

typedef struct Bench {
  mot_rules *rules;
  mot_run *run;
  Taking taking;
  FILE *null;
  uint64_t counts[MOTS][DAYS][2];
  uint64_t json_bytes;
} Bench;

static void die(const char *what, const char *why)
{
  fprintf(stderr, "run_w1: %s: %s\n", what, why);
  exit(1);
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void need(Bench *bench, mot_status status)
{
  if (status != MOT_OK) die("run", mot_run_error(bench->run));
}

/* ---- records ---- */

static void count_records(Bench *bench)
{
  mot_record record;
  while (mot_run_next(bench->run, &record)) {
    if (record.kind != MOT_RECORD_MOMENT || record.outcome > MOT_PRODUCED) continue;
    int64_t day = (record.time / 1000 - BASE_MS) / 86400000;
    if (day >= 0 && day < DAYS && record.mot < MOTS) bench->counts[record.mot][day][record.outcome]++;
  }
}

static void take(Bench *bench)
{
  const char *lines;
  size_t size;
  if (bench->taking == TAKE_COUNT) count_records(bench);
  if (bench->taking != TAKE_JSON) return;
  do {
    need(bench, mot_run_take_json(bench->run, &lines, &size));
    fwrite(lines, 1, size, bench->null);
    bench->json_bytes += size;
  } while (size > 0);
}

static void print_counts(const Bench *bench)
{
  for (uint32_t mot = 0; mot_rules_mot_name(bench->rules, mot); mot++) {
    for (int day = 0; day < DAYS; day++) {
      const uint64_t *n = bench->counts[mot][day];
      if (n[0] + n[1] == 0) continue;
      printf("%s\t%lld\t%llu\t%llu\n", mot_rules_mot_name(bench->rules, mot),
             (long long)(BASE_MS / 86400000 + day), (unsigned long long)n[MOT_PRODUCED],
             (unsigned long long)n[MOT_MISSED]);
    }
  }
}

/* ---- lines of JSON ---- */

static void feed_file(Bench *bench, int file, char *buffer)
{
  ssize_t n;
  need(bench, mot_run_source(bench->run, "events", MOT_NDJSON));
  while ((n = read(file, buffer, PIECE_ALONE)) > 0) {
    need(bench, mot_run_feed(bench->run, buffer, (size_t)n));
    take(bench);
  }
}

/* With threads a thread of its own reads the next piece, as in the command. */
typedef struct Ahead {
  int file;
  char *buffers[2];
  ssize_t sizes[2];
  sem_t empty, full; /* how many of them are */
} Ahead;

static void *read_ahead(void *user)
{
  Ahead *ahead = user;
  for (unsigned i = 0;; i++) {
    sem_wait(&ahead->empty);
    ssize_t n = ahead->sizes[i % 2] = read(ahead->file, ahead->buffers[i % 2], PIECE_THREADS);
    sem_post(&ahead->full);
    if (n <= 0) return NULL;
  }
}

static void feed_ahead(Bench *bench, int file, char *buffer)
{
  Ahead ahead = {.file = file, .buffers = {buffer, malloc(PIECE_THREADS)}};
  pthread_t reader;
  if (!ahead.buffers[1] || sem_init(&ahead.empty, 0, 2) != 0 || sem_init(&ahead.full, 0, 0) != 0 ||
      pthread_create(&reader, NULL, read_ahead, &ahead) != 0)
    die("reading", "there is no thread for it");
  need(bench, mot_run_source(bench->run, "events", MOT_NDJSON));
  for (unsigned i = 0;; i++) {
    sem_wait(&ahead.full);
    if (ahead.sizes[i % 2] <= 0) break;
    need(bench, mot_run_feed(bench->run, ahead.buffers[i % 2], (size_t)ahead.sizes[i % 2]));
    take(bench);
    sem_post(&ahead.empty);
  }
  pthread_join(reader, NULL);
  free(ahead.buffers[1]);
}

/* ---- typed events ---- */

typedef struct Kind {
  uint32_t event, customer, promised, score, wait, resolved, channel, amount, method;
} Kind;

static const char *rule_name(unsigned type)
{
  static const char *const names[EVENT_TYPES] = {"", "OrderPlaced", "AppointmentConfirmed", "TechnicianArrived",
    "ServiceActive", "Survey", "CallStarted", "CallEnded", "Complaint", "Invoice", "Payment", "Cancelled"};
  return names[type];
}

static void find_kinds(const mot_rules *rules, Kind kinds[EVENT_TYPES])
{
  for (unsigned i = 1; i < EVENT_TYPES; i++) {
    uint32_t event = mot_rules_event(rules, rule_name(i));
    kinds[i] = (Kind){
      event, mot_rules_field(rules, event, "customer"), mot_rules_field(rules, event, "promised"),
      mot_rules_field(rules, event, "score"), mot_rules_field(rules, event, "wait"),
      mot_rules_field(rules, event, "resolved"), mot_rules_field(rules, event, "channel"),
      mot_rules_field(rules, event, "amount"), mot_rules_field(rules, event, "method"),
    };
  }
}

/* Events that are handed over together, their values and texts. */
enum { TOGETHER = 128, VALUES = 4 };
typedef struct Hand {
  mot_event events[TOGETHER];
  mot_given values[TOGETHER][VALUES];
  char customers[TOGETHER][10];
  size_t count;
} Hand;

static void put_customer(char text[10], uint32_t customer)
{
  memcpy(text, "c-00000000", 10);
  for (int i = 9; customer > 0; i--, customer /= 10) text[i] = (char)('0' + customer % 10);
}

static mot_given whole(uint32_t field, int64_t value)
{
  return (mot_given){.field = field, .kind = MOT_GIVEN_INT, .integer = value};
}

static mot_given text(uint32_t field, const char *value, size_t size)
{
  return (mot_given){.field = field, .kind = MOT_GIVEN_TEXT, .text = value, .size = size};
}

static void put_event(Hand *hand, const Kind *kind, const struct bench_event *event)
{
  mot_given *first = hand->values[hand->count], *value = first;
  char *customer = hand->customers[hand->count];
  const char *channel = channels[event->channel % CHANNELS], *method = methods[event->channel % METHODS];
  if (kind->event == MOT_NOT_FOUND) return;
  put_customer(customer, event->customer);
  *value++ = text(kind->customer, customer, sizeof hand->customers[0]);
  if (kind->promised != MOT_NOT_FOUND) *value++ = whole(kind->promised, event->promised * 1000);
  if (kind->score != MOT_NOT_FOUND) *value++ = whole(kind->score, event->score);
  if (kind->wait != MOT_NOT_FOUND) *value++ = whole(kind->wait, event->wait * INT64_C(1000000));
  if (kind->resolved != MOT_NOT_FOUND) *value++ = whole(kind->resolved, event->resolved);
  if (kind->amount != MOT_NOT_FOUND) *value++ = whole(kind->amount, event->amount);
  if (kind->channel != MOT_NOT_FOUND) *value++ = text(kind->channel, channel, strlen(channel));
  if (kind->method != MOT_NOT_FOUND) *value++ = text(kind->method, method, strlen(method));
  hand->events[hand->count++] = (mot_event){.event = kind->event, .count = (uint32_t)(value - first),
                                            .time = event->time * 1000, .values = first};
}

static void hand_over(Bench *bench, Hand *hand)
{
  need(bench, mot_run_feed_events(bench->run, hand->events, hand->count));
  hand->count = 0;
}

static void submit_file(Bench *bench, int file, char *buffer)
{
  enum { AT_ONCE = 4096 };
  static Hand hand;
  Kind kinds[EVENT_TYPES] = {{0}};
  ssize_t n;
  find_kinds(bench->rules, kinds);
  while ((n = read(file, buffer, AT_ONCE * sizeof(struct bench_event))) > 0) {
    const struct bench_event *events = (const struct bench_event *)(void *)buffer;
    for (size_t i = 0; i < (size_t)n / sizeof *events; i++) {
      if (events[i].type < EVENT_TYPES) put_event(&hand, &kinds[events[i].type], &events[i]);
      if (hand.count == TOGETHER) hand_over(bench, &hand);
    }
    hand_over(bench, &hand);
    take(bench);
  }
}

/* ---- all of it ---- */

static void load_rules(Bench *bench, const char *path)
{
  mot_compilation *compilation;
  mot_error error;
  size_t size;
  if (mot_compile_file(path, NULL, &compilation, &error) != MOT_OK) die(path, "it does not compile");
  const void *module = mot_module(compilation, &size);
  if (mot_rules_load(module, size, NULL, &bench->rules, &error) != MOT_OK) die(path, error.text);
  mot_compilation_free(compilation);
}

static void print_figures(Bench *bench, double seconds, unsigned threads, bool typed)
{
  mot_run_stats stats;
  mot_experience_stats experience;
  mot_run_get_stats(bench->run, &stats);
  mot_run_experience_stats(bench->run, 0, &experience);
  uint64_t live = experience.live + experience.closing;
  fprintf(stderr, "#mot %s threads=%u events %llu sec %.4f ns/ev %.2f records %llu rejected %llu late %llu "
          "customers %llu state/customer %.1f memory/customer %.1f memory-peak %.1f MB json %.1f MB\n",
          typed ? "typed" : "json", threads, (unsigned long long)stats.events, seconds,
          seconds * 1e9 / (double)stats.events, (unsigned long long)stats.records,
          (unsigned long long)stats.rejected, (unsigned long long)stats.late, (unsigned long long)live,
          live ? (double)stats.state / (double)live : 0.0, live ? (double)stats.memory / (double)live : 0.0,
          (double)stats.memory_peak / 1e6, (double)bench->json_bytes / 1e6);
}

int main(int argc, char **argv)
{
  static Bench bench;
  mot_run_options options = {.records = MOT_RECORD_MOMENT};
  bool typed = false;
  mot_error error;
  if (argc < 3) die("usage", "run_w1 RULES EVENTS [--threads N] [--typed] [--json | --count | --none]");
  for (int i = 3; i < argc; i++) {
    if (strcmp(argv[i], "--typed") == 0) typed = true;
    else if (strcmp(argv[i], "--json") == 0) bench.taking = TAKE_JSON, options.records = MOT_RECORDS_DEFAULT;
    else if (strcmp(argv[i], "--none") == 0) bench.taking = TAKE_NONE, options.records = MOT_RECORDS_NONE;
    else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc) options.threads = (unsigned)atoi(argv[++i]);
    else if (strcmp(argv[i], "--lateness") == 0 && i + 1 < argc)
      options.has_lateness = true, options.lateness = atoll(argv[++i]) * 1000000;
    else if (strcmp(argv[i], "--count") != 0) die("unknown", argv[i]);
  }
  load_rules(&bench, argv[1]);
  int file = open(argv[2], O_RDONLY);
  char *buffer = malloc(PIECE_THREADS);
  bench.null = fopen("/dev/null", "w");
  if (file < 0 || !buffer || !bench.null) die(argv[2], "cannot be read");
  double begin = now();
  if (mot_run_open(bench.rules, &options, &bench.run, &error) != MOT_OK) die("run", error.text);
  if (typed) submit_file(&bench, file, buffer);
  else if (options.threads > 1) feed_ahead(&bench, file, buffer);
  else feed_file(&bench, file, buffer);
  need(&bench, mot_run_end(bench.run, MOT_NO_TIME));
  take(&bench);
  double seconds = now() - begin;
  if (bench.taking == TAKE_COUNT) print_counts(&bench);
  print_figures(&bench, seconds, options.threads ? options.threads : 1, typed);
  mot_run_free(bench.run);
  mot_rules_free(bench.rules);
  fclose(bench.null);
  free(buffer);
  close(file);
  return 0;
}
