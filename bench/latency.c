/*
 * latency.c - the time of single events, of a start, and memory over time.
 *
 *   latency RULES MOT EVENTS_FILE
 *
 * Events are handed in one by one, each evaluated at once and its records taken, while timers of other
 * customers fall due; a third of the orders is never delivered.  Then `MOT run RULES EVENTS_FILE` is started a
 * few times, up to its first byte of output.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mot/mot.h"

extern char **environ;

enum { EVENTS = 2000000, PARTS = 8, CUSTOMERS = 50000, STARTS = 21 };
#define STEP INT64_C(100000) /* microseconds between two events */

typedef struct Feed {
  mot_run *run;
  uint32_t ordered, delivered, customer_of_ordered, customer_of_delivered;
} Feed;

static void die(const char *what)
{
  fprintf(stderr, "latency: %s\n", what);
  exit(1);
}

static uint64_t now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static mot_rules *load(const char *path)
{
  mot_compilation *compilation;
  mot_rules *rules;
  size_t size;
  if (mot_compile_file(path, NULL, &compilation, NULL) != MOT_OK) die("the rules do not compile");
  const void *module = mot_module(compilation, &size);
  if (mot_rules_load(module, size, NULL, &rules, NULL) != MOT_OK) die("the module does not load");
  mot_compilation_free(compilation);
  return rules;
}

/* Every customer orders in turn; two of three are delivered half a round later. */
static void submit(const Feed *feed, uint32_t number)
{
  char text[16];
  uint32_t customer = number / 2 % CUSTOMERS;
  bool order = number % 2 == 0;
  if (!order) customer = (customer + CUSTOMERS / 2) % CUSTOMERS;
  if (!order && customer % 3 == 0) order = true;
  int len = snprintf(text, sizeof text, "c%u", customer);
  mot_event_begin(feed->run, order ? feed->ordered : feed->delivered, (int64_t)number * STEP);
  mot_event_text(feed->run, order ? feed->customer_of_ordered : feed->customer_of_delivered, text, (size_t)len);
  if (mot_event_submit(feed->run) != MOT_OK || mot_run_flush(feed->run) != MOT_OK) die(mot_run_error(feed->run));
}

static void single_events(const mot_rules *rules)
{
  static uint32_t took[EVENTS];
  mot_record record;
  mot_run_stats stats;
  Feed feed = {.ordered = mot_rules_event(rules, "Ordered"), .delivered = mot_rules_event(rules, "Delivered")};
  feed.customer_of_ordered = mot_rules_field(rules, feed.ordered, "customer");
  feed.customer_of_delivered = mot_rules_field(rules, feed.delivered, "customer");
  if (mot_run_open(rules, NULL, &feed.run, NULL) != MOT_OK) die("the run does not open");
  printf("memory after each of %d parts of %d events (MB):", PARTS, EVENTS / PARTS);
  for (uint32_t i = 0; i < EVENTS; i++) {
    uint64_t before = now();
    submit(&feed, i);
    while (mot_run_next(feed.run, &record)) continue;
    took[i] = (uint32_t)(now() - before);
    if ((i + 1) % (EVENTS / PARTS) != 0) continue;
    mot_run_get_stats(feed.run, &stats);
    printf(" %.1f", (double)stats.memory / 1e6);
  }
  qsort(took, EVENTS, sizeof *took, by_size);
  printf("\none event, submitted, evaluated, records taken (us): median %.2f  p99 %.2f  p99.9 %.2f  largest %.0f\n",
         took[EVENTS / 2] / 1e3, took[EVENTS / 100 * 99] / 1e3, took[EVENTS / 1000 * 999] / 1e3,
         took[EVENTS - 1] / 1e3);
  mot_run_free(feed.run);
}

static uint32_t start_once(const char *mot, const char *rules, const char *events)
{
  char *const args[] = {(char *)mot, "run", (char *)rules, (char *)events, "--summary", "none", NULL};
  posix_spawn_file_actions_t actions;
  int ends[2], status;
  char byte;
  pid_t child;
  if (pipe(ends) != 0) die("no pipe");
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  uint64_t before = now();
  if (posix_spawn(&child, mot, &actions, NULL, args, environ) != 0) die("the command does not start");
  close(ends[1]);
  if (read(ends[0], &byte, 1) != 1) die("no record came");
  uint64_t took = now() - before;
  close(ends[0]);
  waitpid(child, &status, 0);
  posix_spawn_file_actions_destroy(&actions);
  return (uint32_t)(took / 1000);
}

static void starts(const char *mot, const char *rules, const char *events)
{
  uint32_t took[STARTS];
  for (int i = 0; i < STARTS; i++) took[i] = start_once(mot, rules, events);
  qsort(took, STARTS, sizeof *took, by_size);
  printf("from the start of mot run to the first byte of records (ms): median %.1f  slowest %.1f\n",
         took[STARTS / 2] / 1e3, took[STARTS - 1] / 1e3);
}

int main(int argc, char **argv)
{
  if (argc != 4) die("latency RULES MOT EVENTS");
  mot_rules *rules = load(argv[1]);
  single_events(rules);
  mot_rules_free(rules);
  starts(argv[2], "examples/broadband/broadband.mot", argv[3]);
  return 0;
}
