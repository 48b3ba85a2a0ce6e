/*
 * ways.c - running a pair through libmot.
 */
#include "tests/differential/ways.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const Way ways[] = {
  {.name = "whole", .threads = 1},
  {.name = "three threads", .threads = 3},
  {.name = "one event a batch, records one by one", .threads = 1, .batch = 1, .one_by_one = true},
  {.name = "in pieces, two threads, small batches", .threads = 2, .batch = 3, .piece = 200,
   .one_by_one = true, .flushed = true},
  {.name = "in files", .threads = 1, .piece = 600, .cut_files = true},
  {.name = "saved and loaded", .threads = 1, .piece = 300, .saves = 2, .one_by_one = true},
  {.name = "saved and loaded, other threads", .threads = 2, .batch = 7, .piece = 120, .saves = 9},
  {.name = "one key alone", .threads = 1, .key = "c1"},
  {.name = "traced", .threads = 1, .batch = 5, .piece = 500, .saves = 9, .one_by_one = true, .traced = true},
};
const size_t way_count = sizeof ways / sizeof ways[0];

enum {
  DECIDED = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN,
  RECORDS = DECIDED | MOT_RECORD_TARGET | MOT_RECORD_ALERT | MOT_RECORD_CORRECTION | MOT_RECORD_MEASURE |
            MOT_RECORD_GOAL | MOT_RECORD_SENTIMENT
};

void text_add(Text *text, const void *bytes, size_t size)
{
  char *data = realloc(text->data, text->size + size + 1);
  if (!data) abort();
  memcpy(data + text->size, bytes, size);
  text->data = data;
  text->size += size;
  data[text->size] = '\0';
}

void output_free(Output *output)
{
  free(output->records.data);
  free(output->dead.data);
  *output = (Output){0};
}

/* ---- the rules ---- */

/* "2026-03-02T09:00:00Z" as the generator writes it. */
static int64_t time_of(const char *text)
{
  int64_t y, m, d, hour, minute, second;
  static const char form[] = "%" SCNd64 "-%" SCNd64 "-%" SCNd64 "T%" SCNd64 ":%" SCNd64 ":%" SCNd64 "Z";
  if (!text || sscanf(text, form, &y, &m, &d, &hour, &minute, &second) != 6) return MOT_NO_TIME;
  y -= m <= 2;
  int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int64_t day = y * 365 + y / 4 - y / 100 + y / 400 + doy - 719468;
  return ((day * 24 + hour) * 60 + minute) * 60000000 + second * 1000000;
}

bool pair_load(Pair *pair)
{
  char path[4096];
  mot_compilation *compilation = NULL;
  mot_error error = {""};
  size_t size = 0;
  pair->until_time = time_of(pair->until);
  snprintf(path, sizeof path, "%s/rules.mot", pair->folder);
  bool fine = mot_compile_file(path, NULL, &compilation, &error) == MOT_OK;
  const void *module = fine ? mot_module(compilation, &size) : NULL;
  fine = fine && mot_rules_load(module, size, NULL, &pair->rules, &error) == MOT_OK;
  if (!fine) printf("#   %s\n", error.text);
  mot_compilation_free(compilation);
  return fine;
}

/* ---- a run ---- */

enum { MOTS = 64, EXPERIENCES = 8 };

typedef struct Tally { /* records by what was decided */
  uint64_t moments[MOTS][4], reasons[MOTS][5], scos[EXPERIENCES][4], journeys[EXPERIENCES], all;
} Tally;

typedef struct Running {
  const Pair *pair;
  const Way *way;
  mot_run *run;
  mot_run_options options;
  Output *to;
  uint64_t random;
  Tally tally, told; /* records; steps of a traced run */
  uint64_t dead;
} Running;

static unsigned below(Running *in, unsigned n)
{
  in->random ^= in->random << 13;
  in->random ^= in->random >> 7;
  in->random ^= in->random << 17;
  return (unsigned)(in->random >> 11) % n;
}

static bool fine(Running *in, mot_status status, const char *what, const char *why)
{
  if (status == MOT_OK) return true;
  if (!in->to->failed) snprintf(in->to->why, sizeof in->to->why, "%s: status %d: %s", what, (int)status, why);
  in->to->failed = true;
  return false;
}

static bool call_fine(Running *in, mot_status status, const char *what)
{
  return status == MOT_OK || fine(in, status, what, mot_run_error(in->run));
}

static void count(Tally *tally, const mot_record *record)
{
  bool moment = record->mot != MOT_NOT_FOUND && record->mot < MOTS;
  bool journey = record->kind == MOT_RECORD_JOURNEY && record->experience < EXPERIENCES;
  bool sco = !moment && record->kind != MOT_RECORD_JOURNEY && record->experience < EXPERIENCES;
  tally->all++;
  if (!(record->kind & DECIDED)) return;
  if (moment) tally->moments[record->mot][record->outcome]++;
  if (moment) tally->reasons[record->mot][record->reason]++;
  if (sco) tally->scos[record->experience][record->outcome]++;
  if (journey) tally->journeys[record->experience]++;
}

static void same_count(Running *in, const char *what, uint64_t want, uint64_t got)
{
  if (want == got || in->to->failed) return;
  in->to->failed = true;
  snprintf(in->to->why, sizeof in->to->why, "%s: %" PRIu64 " records, but %" PRIu64 " by the counts",
           what, want, got);
}

static void same_counts(Running *in)
{
  mot_mot_stats mot;
  mot_experience_stats experience;
  mot_run_stats stats;
  for (uint32_t i = 0; i < MOTS && mot_run_mot_stats(in->run, i, &mot); i++) {
    const uint64_t *n = in->tally.moments[i], *why = in->tally.reasons[i];
    same_count(in, "produced", n[MOT_PRODUCED], mot.produced);
    same_count(in, "missed", n[MOT_MISSED], mot.missed);
    same_count(in, "open", n[MOT_OPEN], mot.open);
    same_count(in, "voided", why[MOT_VOIDED], mot.voided);
    same_count(in, "superseded", why[MOT_SUPERSEDED], mot.superseded);
    same_count(in, "paused", why[MOT_PAUSED], mot.paused);
    same_count(in, "fault", why[MOT_FAULT], mot.fault);
    same_count(in, "opened", n[0] + n[1] + n[2] + n[3], mot.opened);
  }
  for (uint32_t i = 0; i < EXPERIENCES && mot_run_experience_stats(in->run, i, &experience); i++) {
    const uint64_t *n = in->tally.scos[i];
    same_count(in, "SCOs produced", n[MOT_PRODUCED], experience.produced);
    same_count(in, "SCOs missed", n[MOT_MISSED], experience.missed);
    same_count(in, "SCOs void", n[MOT_VOID], experience.voided);
    same_count(in, "SCOs open", n[MOT_OPEN], experience.open);
    same_count(in, "journeys over", in->tally.journeys[i], experience.over);
    uint64_t all = n[0] + n[1] + n[2] + n[3]; /* none without a condition */
    same_count(in, "journeys", all, all ? experience.started : 0);
    same_count(in, "live and closing", experience.started - experience.over,
               experience.live + experience.closing);
  }
  mot_run_get_stats(in->run, &stats);
  same_count(in, "records", in->tally.all, stats.records);
  same_count(in, "dead letters", in->dead, stats.rejected + stats.late);
}

/* What was decided, as its steps tell it, is what the records say. */
static void same_steps(Running *in)
{
  const Tally *want = &in->tally, *got = &in->told;
  for (uint32_t i = 0; i < MOTS; i++) {
    uint64_t open = want->moments[i][MOT_OPEN];
    for (int k = 0; k < MOT_OPEN; k++) same_count(in, "steps of moments", want->moments[i][k], got->moments[i][k]);
    same_count(in, "steps of openings", open, got->moments[i][MOT_OPEN]);
    for (int k = MOT_VOIDED; k <= MOT_FAULT; k++)
      same_count(in, "steps of voids", want->reasons[i][k], got->reasons[i][k]);
  }
  for (uint32_t i = 0; i < EXPERIENCES; i++) {
    for (int k = 0; k < MOT_OPEN; k++) same_count(in, "steps of SCOs", want->scos[i][k], got->scos[i][k]);
    same_count(in, "steps of journeys", want->journeys[i], got->journeys[i]);
  }
}

/* OPEN: opened and not decided. */
static void count_step(Tally *tally, const mot_trace *step)
{
  bool moment = step->mot != MOT_NOT_FOUND && step->mot < MOTS;
  if (step->kind == MOT_TRACE_OPENED && moment) tally->moments[step->mot][MOT_OPEN]++;
  if (step->kind == MOT_TRACE_OVER && step->experience < EXPERIENCES) tally->journeys[step->experience]++;
  if (step->kind != MOT_TRACE_DECIDED) return;
  if (moment) {
    tally->moments[step->mot][step->outcome]++;
    tally->moments[step->mot][MOT_OPEN]--;
    tally->reasons[step->mot][step->reason]++;
  } else if (step->experience < EXPERIENCES) {
    tally->scos[step->experience][step->outcome]++;
  }
}

static void take_steps(Running *in)
{
  mot_trace step;
  int64_t last = INT64_MIN;
  while (in->way->traced && mot_run_next_trace(in->run, &step)) {
    if (step.time < last) fine(in, MOT_INVALID, "steps", "a step is earlier than the one before");
    last = step.time;
    count_step(&in->told, &step);
  }
}

static void take_dead(Running *in)
{
  mot_rejected letter;
  char line[5000];
  while (mot_run_next_rejected(in->run, &letter)) {
    int n = snprintf(line, sizeof line, "{\"kind\":\"%s\",\"source\":\"%s\",\"line\":%" PRIu64
                     ",\"offset\":%" PRIu64 ",\"reason\":\"%s\"", letter.late ? "late" : "rejected",
                     letter.source, letter.line, letter.offset, letter.reason);
    text_add(&in->to->dead, line, (size_t)n);
    in->dead++;
    n = letter.field ? snprintf(line, sizeof line, ",\"field\":\"%s\"}\n", letter.field)
                     : snprintf(line, sizeof line, "}\n");
    text_add(&in->to->dead, line, (size_t)n);
  }
}

static void take(Running *in)
{
  const char *lines = NULL;
  size_t size = 0;
  mot_record record;
  take_steps(in);
  while (in->way->one_by_one && mot_run_next(in->run, &record)) {
    lines = mot_record_json(in->run, &record, &size);
    if (lines) text_add(&in->to->records, lines, size);
    count(&in->tally, &record);
  }
  while (!in->way->one_by_one && call_fine(in, mot_run_take_json(in->run, &lines, &size), "taking records")) {
    if (size == 0) break;
    text_add(&in->to->records, lines, size);
  }
  take_dead(in);
}

static bool keep(void *user, const void *bytes, size_t size)
{
  text_add(user, bytes, size);
  return true;
}

/* The run is saved, given up, and goes on from what was saved. */
static bool save_and_load(Running *in)
{
  Text state = {0};
  mot_error error = {""};
  mot_run *next = NULL;
  take(in);
  if (!call_fine(in, mot_run_save(in->run, keep, &state), "saving")) return false;
  in->options.threads = in->way->traced ? 1 : 1 + below(in, in->way->threads + 1);
  bool loaded = fine(in, mot_run_load(in->pair->rules, &in->options, state.data, state.size, &next, &error),
                     "loading", error.text);
  free(state.data);
  if (!loaded) return false;
  mot_run_free(in->run);
  in->run = next;
  return true;
}

/* How much is fed next: to the end of a line when files are cut. */
static size_t next_piece(Running *in, const char *at, size_t left)
{
  size_t size = in->way->piece ? 1 + below(in, in->way->piece) : left;
  if (size > left) size = left;
  if (!in->way->cut_files) return size;
  const char *end = memchr(at + size - 1, '\n', left - size + 1);
  return end ? (size_t)(end - at) + 1 : left;
}

static bool feed_all(Running *in)
{
  const Text *events = &in->pair->events;
  if (!call_fine(in, mot_run_source(in->run, in->pair->source, MOT_NDJSON), "the source")) return false;
  for (size_t at = 0, size; at < events->size; at += size) {
    size = next_piece(in, events->data + at, events->size - at);
    if (!call_fine(in, mot_run_feed(in->run, events->data + at, size), "feeding")) return false;
    if (in->way->flushed && !call_fine(in, mot_run_flush(in->run), "flushing")) return false;
    if (in->way->piece) take(in);
    if (in->way->saves && below(in, in->way->saves) == 0 && !save_and_load(in)) return false;
    bool more = in->way->cut_files && at + size < events->size;
    if (more && !call_fine(in, mot_run_source(in->run, in->pair->source, MOT_NDJSON), "the next source"))
      return false;
  }
  return true;
}

void run_way(const Pair *pair, const Way *way, Output *ret)
{
  mot_error error = {""};
  Running in = {.pair = pair, .way = way, .to = ret, .random = UINT64_C(0x9E3779B97F4A7C15) ^ pair->seed};
  in.options = (mot_run_options){.threads = way->threads, .records = RECORDS, .batch = way->batch,
                                 .trace = way->traced};
  in.options.key = way->key;
  if (!fine(&in, mot_run_open(pair->rules, &in.options, &in.run, &error), "opening", error.text)) return;
  if (feed_all(&in) && call_fine(&in, mot_run_end(in.run, pair->until_time), "ending")) take(&in);
  if (way->one_by_one && !ret->failed) same_counts(&in);
  if (way->traced && !ret->failed) same_steps(&in);
  mot_run_free(in.run);
}
